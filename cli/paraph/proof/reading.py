"""What a file from anywhere says: words by page, links, and fingerprints of all else that could be changed in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, product

from paraph.errors import BrokenError

_GAPS = "\t\n\r \u00a0\u2000-\u200a\u202f\u205f\u3000"
"""White space: what every program shows as a gap. Of what else Unicode has as such, U+1680 is shown as a dash, U+2028
as nothing at all, and the rest as boxes (Chromium and LibreOffice)."""

_UNSEEN = re.compile(f"[{_GAPS}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff\ufffe]+")
_GAP = re.compile(f"[{_GAPS}]+")
_AROUND = re.compile(f"\\A[{_GAPS}]+|[{_GAPS}]+\\Z")
_LINE_ENDS = re.compile("\r\n?|\n")
_SIGNS_OF_NONE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u1680\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
"""Control signs, white space that is no gap, and what Unicode keeps free: no text has them."""

_SHAPELESS = re.compile("[\u00ad\u200b-\u200d\u2060-\u2065\ufeff\ufffe]")
_JOINING = re.compile("(?<=[\u0600-\u08ff])[\u200c\u200d]|[\u200c\u200d](?=[\u0600-\u08ff])")
"""Marks that join Arabic letters or part them (Unicode 15, 23.2): one word is read as two, or two as one."""

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
LONGEST = 1_000_000
"""Letters of a file, white space and all: three hundred pages. Every piece of them is looked for in what was released,
by the process that has no limits."""

_MOST_MARKS = 300
_SIGNS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS},}}")
_MOST_NUMBERS = 4
"""Of a line at the edge, that may be the page’s own."""

FIELD = "\ufffc"
"""In place of a number that a program counts."""

_AT_FIELD = re.compile(rf"\w{FIELD}|{FIELD}\w")
_TAB, _LETTER = re.compile(r"(\w+)\t+\w+"), re.compile(r"[^\W\d_]")
_ENDS = 3
"""Lines at the head and at the foot of a page that may be the same on every page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A file, read. `pages` are paragraphs or lines by page, one page where the format has none; `margins` what stands
    at the head and foot of pages where the format keeps it apart, `partly` of that what not every page has; `links`
    where its words lead, in order, and `linked` from which words, where that is known.

    `maker` is the program that it says it was made by. `metadata` are what it says of itself, by name, which no page
    shows. `looks` are digests of how its pages look, where that was asked; `parts` digests of all else, by name.
    `oddities` say why a reader may see other words than these. `outline` are its paragraphs as they are seen, where
    that is known: with what is in none of the words, their numbers in lists and the signs of notes (“[1]”), in their
    place and before the notes. `notes` are its footnotes in order, without their numbers, and `beside` lines that its
    pages may repeat or leave out, where the format keeps either apart; `edges` the lines that each page marks as its
    head or foot, which are not among those of the pages. `addressed` are the links, by their words and where they lead,
    after which the format has a printer set the address; `lacked` are those of `margins` and `beside` that the same
    text has not in each format.

    Of a PDF, `upright` are lines along the edges of its pages, last on each, which no program sets as its own head or
    foot; `shapes` the letters that each outline is called by, by its digest; `bookmarks` are what they are called;
    `given` is all that it holds beside what its pages are drawn from, by name with digests; `drawn` are digests of
    that, page by page, `paints` what of it leaves ink, with how often; `pictured` the numbers of the pages on which
    more is drawn than words and lines, `sideways` of those that it turns out of the way in which their words go, and
    that are read without that; `seen` are its pages as they are read from the top, where the file has their words in
    another order.

    `columns` are the lines of each language, where two stand side by side and the format tells them apart; what spans
    both is in the first. `spoken` is what a reading voice is told of pictures and links. `halves` are the pieces of the
    lines of a PDF from the top of each page: those in its right half are the second. `places` are those on the page at
    which paragraphs stand apart from the others, as the address of a letter: from the left, from the top, how wide, in
    points, and of a Word file how high. `pictures` of an office file are in order: the digest, and of those that stand
    as letters do in a Word file, how wide and high; of an ODT 0, or -1 at the head and foot of pages. `sides`, of a
    Word file: of each paragraph with letters or numbers, whether it begins from the right; of an ODT, of each with
    letters of both directions.
    """

    format: str
    pages: tuple[tuple[str, ...], ...]
    margins: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    linked: tuple[tuple[str, str], ...] = ()
    maker: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    looks: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    oddities: tuple[str, ...] = ()
    outline: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    edges: tuple[tuple[str, ...], ...] = ()
    upright: frozenset[str] = frozenset()
    shapes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    addressed: tuple[tuple[str, str], ...] = ()
    lacked: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()
    given: dict[str, str] = field(default_factory=dict)
    drawn: tuple[str, ...] = ()
    paints: tuple[dict[str, int], ...] = ()
    pictured: tuple[int, ...] = ()
    sideways: tuple[int, ...] = ()
    seen: tuple[tuple[str, ...], ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    spoken: tuple[str, ...] = ()
    halves: tuple[tuple[tuple[str, ...], ...], ...] = ()
    places: tuple[tuple[float, ...], ...] = ()
    pictures: tuple[tuple[str, float, float], ...] = ()
    sides: tuple[bool, ...] = ()

    @property
    def feet(self) -> tuple[str, ...]:
        """The lines that pages mark as their head or foot, each once."""
        return tuple(dict.fromkeys(line for page in self.edges for line in page))

    @property
    def text(self) -> str:
        """Every paragraph, a line each, and then what pages have at their head and foot."""
        return "\n".join((*(line for page in self.pages for line in page), *self.feet))

    @property
    def letters(self) -> str:
        """What is read, letter by letter: white space and what nobody sees left out."""
        return _all_letters(self.text)

    @property
    def words(self) -> list[str]:
        """What is read, word by word: “is not able” is not “is notable”, though the letters are the same."""
        shown = unicodedata.normalize("NFC", _TURNING.sub("", _SHAPELESS.sub("", self.text)))
        return [one for one in _GAP.split(shown) if one]

    @property
    def turning(self) -> Counter[str]:
        """The marks that nobody sees and that turn the order in which letters are shown, with how many there are."""
        return Counter(_TURNING.findall("\n".join((self.text, *self.margins))))

    @property
    def joining(self) -> Counter[str]:
        """The marks that nobody sees and that change how Arabic letters join, with how many there are."""
        return Counter(_JOINING.findall("\n".join((self.text, *self.margins))))

    @property
    def strange(self) -> frozenset[str]:
        """The signs that one program shows as nothing and another as a dash or a box."""
        return frozenset(_SIGNS_OF_NONE.findall("\n".join((self.text, *self.margins))))

    def running(self) -> tuple[str, ...]:
        """The lines that stand at one place at the head or foot of most pages, “#” for the page's own numbers."""
        counts = Counter(one for page in self._folded() for one in {(where, line) for where, line, _ in page})
        return tuple(
            dict.fromkeys(line for (_, line), count in counts.items() if count > 1 and count > len(self.pages) / 2)
        )

    def flowing(self) -> tuple[str, ...]:
        """The lines without those of `running`."""
        return tuple(line for page in self.own() for line in page)

    def own(self) -> tuple[tuple[str, ...], ...]:
        """The lines of each page without those of `running`."""
        gone = self.running_places()
        return tuple(
            tuple(line for place, line in enumerate(page) if place not in there)
            for page, there in zip(self.pages, gone, strict=True)
        )

    def around(self) -> tuple[tuple[str, ...], ...]:
        """The lines of each page that are of `running`, as that writes them."""
        return tuple(tuple(there[place] for place in sorted(there)) for there in self.running_places())

    def running_places(self) -> list[dict[int, str]]:
        """Of each page the places of lines of `running`, each line as often as on most pages: what stands there once
        more, such as a number, is of the text."""
        running = {*self.running()}
        found = [{place: line for _, line, place in page if line in running} for page in self._folded()]
        usual = {line: Counter(tally for one in found if (tally := [*one.values()].count(line))) for line in running}
        most = {line: counts.most_common(1)[0][0] for line, counts in usual.items()}
        made = []
        for page, one in zip(self.pages, found, strict=True):
            kept, left = dict[int, str](), Counter(most)
            inward = [min(place, len(page) - 1 - place) for place in range(len(page))]
            for place in sorted(one, key=inward.__getitem__):
                if left[one[place]] > 0:
                    left[one[place]] -= 1
                    kept[place] = one[place]
            made.append(kept)
        return made

    def _folded(self) -> list[list[tuple[int, str, int]]]:
        """The lines at head and foot of each page: place from the top (or from the end, below 0), line, place. Which of
        its numbers are the page’s own (“A-1, page 1”), a line tells by those of other pages."""
        made = []
        for number, page in enumerate(self.pages, 1):
            own = re.compile(rf"(?<!\d)(?:{number}|{len(self.pages)})(?!\d)")
            ends = (*range(min(_ENDS, len(page))), *range(-min(_ENDS, len(page)), 0))
            level = (place for place in ends if page[place] not in self.upright)
            made.append([(place, numbered(own, page[place]), place % len(page)) for place in level])
        counts = Counter(key for page in made for key in {(where, one) for where, each, _ in page for one in each})
        return [
            [
                (where, max(each, key=lambda one: (counts[where, one], one.count("#"))), place)
                for where, each, place in page
            ]
            for page in made
        ]


def numbered(own: re.Pattern[str], line: str) -> tuple[str, ...]:
    """A line with “#” for all, or some, of the numbers that may be the page’s own."""
    places = [found.span() for found in own.finditer(line)][:_MOST_NUMBERS]
    made = [own.sub("#", line)]
    for kept in product((True, False), repeat=len(places)):
        said, end = "", 0
        for (start, after), keep in zip(places, kept, strict=True):
            said += line[end:start] + (line[start:after] if keep else "#")
            end = after
        made.append(said + own.sub("#", line[end:]))
    return tuple(made)


def letters(text: str) -> str:
    """A text without white space and what has no shape, ligatures and the forms of Arabic letters resolved.

    Nothing else is folded: a Cyrillic “а” is no Latin “a”.
    """
    shown = _UNSEEN.sub("", text)
    plain = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), shown)
    return unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=16)
def _all_letters(text: str) -> str:
    """Those of a whole file, which is asked for them again and again."""
    return letters(text)


def refuse_longer(text: str) -> None:
    """Raises BrokenError where a text is longer than one that is read, or has a letter with hundreds of marks on it,
    which take as long to put in order as they are many times many (UAX 15, 13, has no more than thirty)."""
    if len(text) > LONGEST:
        raise BrokenError(f"it has more than {LONGEST:,} letters")
    if any(max(map(len, _marks(found[0])), default=0) > _MOST_MARKS for found in _SIGNS.finditer(text)):
        raise BrokenError("it has letters with hundreds of marks on them")


def _marks(signs: str) -> Iterator[str]:
    return ("".join(run) for marked, run in groupby(signs, lambda one: unicodedata.combining(one) > 0) if marked)


def told_to_voices(said: str) -> str:
    """How it is named what screen readers say in place of what a page shows."""
    return f"words for screen readers: {said}"


def pictured(digest_: str) -> str:
    """How a picture is named that stands among words, by the digest of its part of the file."""
    return f"a picture ({digest_[:16]})"


def at_fields(lines: Iterable[str]) -> Iterator[str]:
    """How it is named that a number of a page, `FIELD` in one of the lines, reads as one with what stands beside it."""
    if any(_AT_FIELD.search(line) for line in lines):
        yield "the number of a page that is one with what stands beside it"


def tabbed(said: str) -> Iterator[str]:
    """The words of a paragraph with nothing between them but a tab, which may jump to a stop right behind the first.
    What has no letter before it, such as “1” or “(a)”, is a number of a list."""
    return (one[0] for one in _TAB.finditer(said) if _LETTER.search(said, 0, one.end(1)))


def digest(*pieces: str | bytes) -> str:
    """The digest of pieces, each apart from the next."""
    made = hashlib.sha256()
    for piece in pieces:
        data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8) + data)
    return made.hexdigest()


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line for one in _LINE_ENDS.split(text) if (line := trimmed(one)))


def trimmed(text: str) -> str:
    """A text without the white space around it."""
    return _AROUND.sub("", text)


def one_line(text: str) -> str:
    """A text with one space for each gap between its words, and none around them."""
    return " ".join(one for one in _GAP.split(text) if one)


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names with their texts; of one name several texts are joined."""
    found: dict[str, str] = {}
    for name, text in pairs:
        found[name] = f"{found[name]}; {text}" if name in found else text
    return found
