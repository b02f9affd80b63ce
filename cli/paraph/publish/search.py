"""The search: for each language and year, which words stand in which texts.

A shard is a script that hands its data to search.js: scripts are loaded from a disk as from a server, other files are
not. `docs` are [address, title, day, reference]; `words` maps a folded word to the numbers of the texts that have it,
as steps from the one before, in base 36. Words are folded as search.js folds what is typed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from paraph.publish.addresses import place
from paraph.publish.article import article, words
from paraph.publish.card import Card, Voice, mark_of
from paraph.publish.unit import Files, Unit

if TYPE_CHECKING:
    from paraph.publish.site import Site

_WORD = re.compile(r"[^\W_]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ARTICLE = "ال"
_VERSION = "1"


def languages(site: Site) -> dict[str, tuple[str, str]]:
    """The languages in which there is something to find: name and direction by code, in the order of the workspace."""
    last = {code: [*years.values()][-1][-1][1] for code, years in site.by_language.items()}
    return {code: (voice.name, voice.direction) for code, voice in last.items()}


def units(site: Site) -> Iterator[Unit]:
    """A shard for each language and year, and the years of each language."""
    for code, shards in site.by_language.items():
        for year, found in shards.items():
            mark = mark_of(_VERSION, code, *(card.record for card, _ in found))
            yield Unit(f"search/{code}/{year}.js", mark, partial(_shard, site, code, year, found))
        listed = sorted(shards, reverse=True)
        yield Unit(f"search/{code}/years.js", mark_of(listed), partial(_years, code, listed))


def _shard(site: Site, code: str, year: int, found: Sequence[tuple[Card, Voice]]) -> Files:
    docs = [[place(card, voice), voice.title, card.day.isoformat(), card.reference] for card, voice in found]
    data = json.dumps(
        {"docs": docs, "words": _inverted(_vocabularies(site, code, year, found))},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    yield f"search/{code}/{year}.js", f"paraph.shard({json.dumps(code)},{year},{data});\n".encode()


def _vocabularies(site: Site, code: str, year: int, found: Sequence[tuple[Card, Voice]]) -> list[str]:
    """The different words of each text, folded, with blanks between; kept together by the digests of the pages that
    they stand in, of which a release more adds one."""
    key = mark_of("words", _VERSION, site.base, code, year)
    before, now = _read(site.cache.get(key)), {}
    for card, voice in found:
        page = voice.digest or card.record
        now[page] = before.get(page) or " ".join(sorted(_vocabulary(site, card, voice)))
    if now.keys() != before.keys():
        site.cache.put(key, msgspec.json.encode(now))
    return [now[voice.digest or card.record] for card, voice in found]


def _read(data: bytes | None) -> dict[str, str]:
    try:
        return msgspec.json.decode(data, type=dict[str, str]) if data else {}
    except (msgspec.MsgspecError, ValueError):
        return {}


def _vocabulary(site: Site, card: Card, voice: Voice) -> set[str]:
    if not voice.page:
        return fold(f"{voice.title} {voice.subtitle}")
    return fold(words(article(site.shelf.file(card, voice.page), voice.page)))


def _years(code: str, years: list[int]) -> Files:
    yield f"search/{code}/years.js", f"paraph.years({json.dumps(code)},{json.dumps(years)});\n".encode()


def fold(text: str) -> set[str]:
    """The different words of `text` without case, accents, vowel signs; Arabic ones also without their article."""
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M") and c != "ـ"
    )
    found = set(_WORD.findall(bare.lower()))
    return found | {
        word.removeprefix(_ARTICLE) for word in found if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 2
    }


def _inverted(texts: list[str]) -> dict[str, str]:
    steps = [_base36(number) for number in range(len(texts))]
    places: dict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for number, text in enumerate(texts):
        for word in text.split():
            places[word].append(steps[number - last.get(word, 0)])
            last[word] = number
    return {word: " ".join(places[word]) for word in sorted(places)}


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
