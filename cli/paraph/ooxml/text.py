"""Runs and paragraphs, each marked with its language and direction.

Words keep every space, tab and line break. A run that reads right to left carries `w:rtl`, and its language in
`w:bidi`: Word takes fonts, sizes and weights for complex scripts from the `…Cs` properties then.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paraph.errors import RenderError
from paraph.ooxml.names import PARAGRAPH_ORDER, RUN_ORDER, Element, el, put

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_PIECES = re.compile("([\t\n])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a run is set: its language (BCP 47) and direction, a character style's id, bold, italic.

    `base` holds properties that the run inherits from the place that it is written to (a `w:rPr`), or None.
    """

    lang: str
    rtl: bool = False
    style: str = ""
    bold: bool = False
    italic: bool = False
    base: Element | None = None


def run(look: Look, *content: Element) -> Element:
    """A run with its properties."""
    properties = copy.deepcopy(look.base) if look.base is not None else el("w:rPr")
    made = []
    if look.style:
        made.append(el("w:rStyle", {"w:val": look.style}))
    if look.bold:
        made += [el("w:b"), el("w:bCs")]
    if look.italic:
        made += [el("w:i"), el("w:iCs")]
    for one in (*made, *_direction(look)):
        put(properties, one, RUN_ORDER)
    return el("w:r", None, properties, *content)


def _direction(look: Look) -> Iterator[Element]:
    if look.rtl:
        yield el("w:rtl")
    yield language(look.lang, rtl=look.rtl)


def language(lang: str, *, rtl: bool) -> Element:
    """The language mark of a run; of a right-to-left run `w:bidi` is the one that counts."""
    marks = {"w:val": lang, "w:eastAsia": lang}
    return el("w:lang", marks | ({"w:bidi": lang} if rtl else {}))


def words(text: str) -> Iterator[Element]:
    """The content of a run that prints `text`. RenderError: a character that no XML file can hold."""
    if bad := _UNPRINTABLE.search(text):
        raise RenderError(f"Word cannot hold U+{ord(bad[0]):04X}, in {text[:60]!r}", "Delete the character.")
    for piece in _PIECES.split(text):
        if piece == "\t":
            yield el("w:tab")
        elif piece == "\n":
            yield el("w:br")
        elif piece:
            yield el("w:t", {"xml:space": "preserve"}, text=piece)


def hyperlink(relationship: str, runs: Iterable[Element]) -> Element:
    """A link over `runs` to the address of `relationship`."""
    return el("w:hyperlink", {"r:id": relationship, "w:history": 1}, *runs)


MARKS = ("\u200e", "\u200f")
"""The marks of either direction (UAX 9, 2.6)."""


def direction_mark(look: Look) -> Element:
    """A run that holds only the mark of its own direction, U+200E or U+200F, set where what runs one way meets what
    runs the other.

    Word needs no more than runs with and without `w:rtl`; LibreOffice 7.4 turns "09-08" round without the mark, takes
    no notice of `w:dir`, and pandoc drops the words inside that. `w:noProof` tells this run from one that a document
    might hold.
    """
    made = run(look, el("w:t", text=MARKS[look.rtl]))
    put(made[0], el("w:noProof"), RUN_ORDER)
    return made


def paragraph(
    style: str,
    content: Iterable[Element],
    look: Look,
    *,
    base: Element | None = None,
    properties: Iterable[Element] = (),
) -> Element:
    """A paragraph in a style (by id). `base` is a `w:pPr` to start from, `properties` are set over it.

    The paragraph mark is marked with the language too: an empty paragraph has nothing else to say which it is in.
    """
    made = copy.deepcopy(base) if base is not None else el("w:pPr")
    if style:
        put(made, el("w:pStyle", {"w:val": style}), PARAGRAPH_ORDER)
    for one in properties:
        put(made, one, PARAGRAPH_ORDER)
    if look.rtl:
        put(made, el("w:bidi"), PARAGRAPH_ORDER)
    mark = el("w:rPr")
    for one in _direction(look):
        put(mark, one, RUN_ORDER)
    put(made, mark, PARAGRAPH_ORDER)
    return el("w:p", None, made, *content)


def field(code: str, look: Look, shown: str = "1") -> Iterator[Element]:
    """A field (`PAGE`, `NUMPAGES`) as Word writes it; `shown` stands until it is computed."""
    yield run(look, el("w:fldChar", {"w:fldCharType": "begin"}))
    yield run(look, el("w:instrText", {"xml:space": "preserve"}, text=f" {code} "))
    yield run(look, el("w:fldChar", {"w:fldCharType": "separate"}))
    yield run(look, *words(shown))
    yield run(look, el("w:fldChar", {"w:fldCharType": "end"}))
