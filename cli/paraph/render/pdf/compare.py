"""The first place where a PDF does not say what its document says.

What is compared: every word, its order, the numbers of paragraphs, the calls of footnotes in their places, and the
footnotes. What is not: where a line ends, because a page breaks its lines where it must, and white space is one space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from paraph.errors import RenderError
from paraph.model.document import Document, Edition
from paraph.model.workspace import Brand
from paraph.render.pdf.expected import CALL, expected_body, expected_notes
from paraph.render.pdf.glyphs import code_points
from paraph.render.pdf.read import Line, likeliest, read_back
from paraph.render.pdf.text import seen


def differences(data: bytes, edition: Edition, brand: Brand, drop: str = "") -> str | None:
    """The first place where the PDF does not say what the edition says, in words; None: it says the same.

    `drop` is not read, see `read_back`.

    The letterhead, its address and the notice of a translation may stand before the first part. RenderError: a letter
    or a sign with marks that cannot be read back for certain.
    """
    reading = read_back(data, drop)
    by_number = sorted(reading.notes, key=_note_number)
    notes = _difference(list(expected_notes(edition)), [line for lines in by_number for line in lines])
    expected = list(expected_body(edition))
    lines = [line for paragraph in reading.body for line in paragraph]
    furniture = {_folded(text) for document in edition.documents for text in _furniture(document, brand)} - {""}
    texts = [line.text for line in lines[:_MOST_HEAD_LINES]]
    heads = [n for n in range(len(texts) + 1) if _made_of(_folded(" ".join(texts[:n])), furniture)]
    found = first_found = _difference(expected, lines[heads[-1] :])
    for head in reversed(heads[:-1]):
        if found is None:
            break
        found = _difference(expected, lines[head:])
    first = notes if found is None else first_found
    if first is None:
        return None
    first.refuse_heaped_marks()
    return first.report()


_MOST_HEAD_LINES = 40


def _note_number(lines: tuple[Line, ...]) -> int:
    number = re.match(r"\d+", lines[0].text.strip()) if lines else None
    return int(number[0]) if number else 0


def _furniture(document: Document, brand: Brand) -> Iterator[str]:
    code = document.language.code
    yield from (*document.letterhead.names, *document.letterhead.lines)
    yield from (brand.name.get(code, ""), document.notice)


def _made_of(text: str, pieces: set[str]) -> bool:
    """Whether `text` is pieces one after another."""
    return not text or any(_made_of(text[len(piece) :], pieces) for piece in pieces if text.startswith(piece))


def _folded(text: str) -> str:
    """Without white space: a line may end at a hyphen."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class _Difference:
    """Where the page leaves the expected words, at a place in `wanted`, and what it says from there."""

    wanted: str
    at: int
    said: str

    def report(self) -> str:
        before, after = _shown(self.wanted[max(0, self.at - 30) : self.at]), _shown(self.wanted[self.at :][:40])
        said = _shown(self.said[:40])
        return (
            f"after “{before}” the document says "
            + (f"“{after}”" if after else "nothing")
            + ", the PDF "
            + (f"“{said}”" if said else "nothing")
        )

    def refuse_heaped_marks(self) -> None:
        """RenderError where marks are heaped: typst cuts up such a cluster, and its pieces cannot be told apart."""
        for cluster in _clusters(self.wanted[max(0, self.at - 20) : self.at + 20]):
            marks = cluster[1:]
            if marks and (not cluster[0].isalpha() or (len(marks) > 1 and not _VOWELLED.fullmatch(marks))):
                raise RenderError(
                    f"what stands on “{cluster}” ({code_points(cluster)}) cannot be read back from a PDF",
                    "Write it with fewer marks, and none on a sign.",
                )


_VOWELLED = re.compile("[\u064b-\u0652\u0670]{2}")


def _clusters(text: str) -> list[str]:
    """Each character with the marks on it."""
    found: list[str] = []
    for char in text:
        if found and unicodedata.category(char).startswith("M"):
            found[-1] += char
        else:
            found.append(char)
    return found


def _difference(expected: list[str], lines: list[Line]) -> _Difference | None:
    """Follow the lines of the page through the expected words, in each of their readings; a line ends anywhere.

    White space is one space; where a paragraph or a line of `expected` ends, the page may have a space or nothing.
    """
    wanted = seen("\n".join(expected))
    places = {0}
    for line in lines:
        ways = line.ways
        reached: list[dict[_Place, None]] = [{} for _ in range(len(ways) + 1)]
        reached[0] = {(_past_white(wanted, at), None): None for at in places}
        furthest = (-1, "")
        for start, options in enumerate(ways):
            for place in reached[start]:
                for to, words in options:
                    at, space, rest = _follow(wanted, place, words)
                    if not rest:
                        reached[to][at, space] = None
                    elif at > furthest[0]:
                        furthest = at, rest + likeliest(ways, to)
        places = {_past_white(wanted, at) for at, _ in reached[-1]}
        if not places:
            return _Difference(wanted, *furthest)
    return None if len(wanted) in places else _Difference(wanted, max(places, default=0), "")


_Place: TypeAlias = tuple[int, bool | None]
"""A place in the expected words, and whether the page has a space since; None: its line begins, where none counts."""
_PARTS = re.compile(r"\s+|\S+")


def _follow(wanted: str, place: _Place, said: str) -> tuple[int, bool | None, str]:
    """The place where `said` ends, and what of it is left from where it does not agree with `wanted`."""
    at, space = place
    for part in _PARTS.finditer(said):
        word = part[0]
        if word.isspace():
            space = space if space is None else True
            continue
        after = _past_white(wanted, at)
        if space is not None and space != (after > at) and "\n" not in wanted[at:after]:
            return at, space, said[part.start() :]
        if not wanted.startswith(word, after):
            same = next(n for n, char in enumerate(word) if wanted[after + n : after + n + 1] != char)
            return after + same, space, said[part.start() + same :]
        at, space = after + len(word), False
    return at, space, ""


def _past_white(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _shown(text: str) -> str:
    return " ".join(text.split()).replace(CALL, "^")
