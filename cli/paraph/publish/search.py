"""The search: for each language and year, which words stand in which texts, and where in a long one.

A shard is a script that hands its data to search.js: scripts are loaded from a disk as from a server, other files are
not. Its `rows` are texts, [address, title, day, reference, pages, *what became of it]; after a text that stands on
several pages its passages follow, each [address with an anchor, heading, page]. `words` maps a folded word to the
numbers of the rows that have it, as steps from the one before, in base 36. Words are folded as search.js folds what is
typed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from paraph.publish.addresses import place
from paraph.publish.article import words
from paraph.publish.card import Card, Voice, mark_of
from paraph.publish.unit import Files, Unit

if TYPE_CHECKING:
    from paraph.publish.document import Documents
    from paraph.publish.site import Site

_WORD = re.compile(r"[^\W_]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ARTICLE = "ال"
_VERSION = "3"
_NAMED = re.compile(r'<[a-z][a-z0-9]*\b[^<>]*?\sid="([^"]+)"[^<>]*>')
_NUMBER = re.compile(r'<span class="number">((?:(?!</span>).)*\w.*?)</span>', re.DOTALL)
_HEADING = re.compile(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]>", re.DOTALL)


def languages(site: Site) -> dict[str, tuple[str, str]]:
    """The languages in which there is something to find: name and direction by code, in the order of the workspace."""
    last = {code: [*years.values()][-1][-1][1] for code, years in site.by_language.items()}
    return {code: (voice.name, voice.direction) for code, voice in last.items()}


def units(site: Site, documents: Documents) -> Iterator[Unit]:
    """A shard for each language and year, and the years of each language."""
    marks = {card.folder: documents.mark(card) for card in site.cards}
    for code, shards in site.by_language.items():
        for year, found in shards.items():
            mark = mark_of(_VERSION, code, *(marks[card.folder] for card, _ in found))
            yield Unit(f"search/{code}/{year}.js", mark, partial(_shard, site, documents, code, year, found))
        listed = sorted(shards, reverse=True)
        yield Unit(f"search/{code}/years.js", mark_of(listed), partial(_years, code, listed))


class Passage(msgspec.Struct, array_like=True, frozen=True):
    """The different `words` of a piece of a text, folded, with blanks between.

    A text on one page is one piece, without an address; a longer one has one for each paragraph, at its `address`,
    below its `heading`, after which stands its number, on the page `sheet` (from 1).
    """

    words: str
    address: str = ""
    heading: str = ""
    sheet: int = 1


def _shard(site: Site, documents: Documents, code: str, year: int, found: Sequence[tuple[Card, Voice]]) -> Files:
    rows: list[list[object]] = []
    texts: list[str] = []
    for (card, voice), pieces in zip(found, _read_all(site, documents, code, year, found), strict=True):
        text = [place(card, voice), voice.title, card.day.isoformat(), card.reference]
        rows.append([*text, pieces[-1].sheet, *card.marks])
        texts.append("" if pieces[0].address else pieces[0].words)
        for one in pieces if pieces[0].address else ():
            rows.append([one.address, one.heading, one.sheet])
            texts.append(one.words)
    data = json.dumps({"rows": rows, "words": _inverted(texts)}, ensure_ascii=False, separators=(",", ":"))
    yield f"search/{code}/{year}.js", f"paraph.shard({json.dumps(code)},{year},{data});\n".encode()


def _read_all(
    site: Site, documents: Documents, code: str, year: int, found: Sequence[tuple[Card, Voice]]
) -> list[tuple[Passage, ...]]:
    """The passages of each text; kept together by all that its pages are made of, of which a release more adds one."""
    key = mark_of("words", _VERSION, site.base, code, year)
    before, now = _kept(site.cache.get(key)), {}
    for card, voice in found:
        page = f"{card.folder} {documents.mark(card)}"
        now[page] = before.get(page) or tuple(_passages(site, documents, card, voice))
    if now.keys() != before.keys():
        site.cache.put(key, msgspec.json.encode(now))
    return [*now.values()]


def _kept(data: bytes | None) -> dict[str, tuple[Passage, ...]]:
    try:
        return msgspec.json.decode(data, type=dict[str, tuple[Passage, ...]]) if data else {}
    except (msgspec.MsgspecError, ValueError):
        return {}


def _passages(site: Site, documents: Documents, card: Card, voice: Voice) -> Iterator[Passage]:
    if not voice.page:
        yield Passage(_folded(f"{voice.title} {voice.subtitle}"))
        return
    pages = documents.sheets(card, voice)
    if len(pages) == 1:
        yield Passage(_folded(words(pages[0][1])))
        return
    heading = ""
    for number, (path, body) in enumerate(pages, 1):
        begins = [(0, ""), *((one.start(), one[1]) for one in _NAMED.finditer(body)), (len(body), "")]
        for (begin, name), (end, _) in pairwise(begins):
            piece = body[begin:end]
            if title := _HEADING.match(piece):
                heading = words(title[1])
            if found := _folded(words(piece)):
                label = _NUMBER.search(piece)
                where = f"{heading} {words(label[1])}".strip() if label else heading
                yield Passage(found, f"{path}#{name}" if name else path, where, number)


def _folded(text: str) -> str:
    return " ".join(sorted(fold(text)))


def _years(code: str, years: list[int]) -> Files:
    yield f"search/{code}/years.js", f"paraph.years({json.dumps(code)},{json.dumps(years)});\n".encode()


class _Bare(dict[int, int | None]):
    """Each character as itself, accents, vowel signs and the stroke that widens Arabic words as nothing; Arabic letters
    that are written for each other as one, as `markup.keywords` and the glossary have them."""

    def __missing__(self, n: int) -> int | None:
        self[n] = None if unicodedata.category(chr(n)).startswith("M") or chr(n) == "ـ" else n
        return self[n]


_BARE = _Bare(str.maketrans("ةىٱ", "هيا"))


def fold(text: str) -> set[str]:
    """The different words of `text` without case, accents, vowel signs; Arabic ones also without their article."""
    different = " ".join(set(text.split()))
    if not different.isascii():
        different = unicodedata.normalize("NFKD", different).translate(_BARE)
    found = set(_WORD.findall(different.lower()))
    return found | {
        word.removeprefix(_ARTICLE) for word in found if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 2
    }


def _inverted(texts: list[str]) -> dict[str, str]:
    steps = [_base36(number) for number in range(len(texts))]
    places: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in text.split():
            places[word].append(number)

    @cache
    def written(found: tuple[int, ...]) -> str:
        """Most words stand in the same texts as many others."""
        return " ".join([steps[here - before] for before, here in pairwise((0, *found))])

    return {word: written(tuple(places[word])) for word in sorted(places)}


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
