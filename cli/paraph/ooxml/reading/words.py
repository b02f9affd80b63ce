"""The words of a run, and what stands there for words: tabs, signs of a symbol font, dates, formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.context import Context
from paraph.ooxml.reading.symbols import character

if TYPE_CHECKING:
    from paraph.ooxml.reading.walk import Walk

_SPACE = name("xml:space")
SIGNS = {
    name(f"w:{kind}"): text
    for kind, text in (
        ("tab", "\t"), ("ptab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "\u2011"), ("softHyphen", ""),
    )
}  # fmt: skip
"""Elements that stand for a sign each."""
COUNTED = [
    name(f"w:{kind}") for kind in ("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong")
]
AMONG_PROPERTIES = "words among properties, where Word has none, which may be shown or not"
AMONG_WORDS = "words that stand in no run, or with something among them"
_FORMULA = "a formula"
_OTHERS = map(name, ("w:p", "w:r", "w:t", "w:delText", "w:tbl", "w:sym", "w:drawing", "w:pict", "w:object"))
_SAYING = (*_OTHERS, *SIGNS, *COUNTED)


def holds_words(properties: Element) -> bool:
    """Whether anything that may be shown stands among properties: they are said in attributes alone. Word refuses such
    a file or passes over it; other programs show the words."""
    return any(map(str.strip, map(str, properties.itertext()))) or next(properties.iter(*_SAYING), None) is not None


def walk_text(walk: Walk, element: Element, around: Context) -> None:
    """Words, with their spaces as far as the file says that those are shown."""
    text = element.text or ""
    if len(element) or around.run is None:
        text = "".join(map(str, element.itertext()))
        around = around._replace(odd=AMONG_WORDS)
    if text != (bare := text.strip(" \t\r\n")) and not _keeps_spaces(element):
        text = bare
    walk.add(text, around)


def walk_taken_out(walk: Walk, element: Element, around: Context) -> None:
    """Text that was taken out; where no change says so, some programs show it and some do not."""
    if around.deleted is None:
        around = around._replace(odd="words that were taken out, and no tracked change says so")
    walk_text(walk, element, around)


def walk_sign(walk: Walk, element: Element, around: Context) -> None:
    """A tab, the end of a line, a hyphen: an element for each."""
    walk.add(SIGNS[element.tag], around)


def walk_counted(walk: Walk, element: Element, around: Context) -> None:
    """What Word fills in when it shows the file."""
    walk.oddity("a date or number of a page that Word fills in", around)


def walk_formula(walk: Walk, element: Element, around: Context) -> None:
    """Its signs may be struck, hidden, joined by others that stand in no text: nothing of it is certain."""
    walk.oddity(_FORMULA, around)
    walk.children(element, around._replace(odd=_FORMULA))


def walk_symbol(walk: Walk, element: Element, around: Context) -> None:
    """A letter of a symbol font."""
    try:
        code = int(attribute(element, "w:char"), 16)
    except ValueError:
        code = -1
    walk.add(character(attribute(element, "w:font"), code), around)


def _keeps_spaces(element: Element) -> bool:
    """Whether spaces at the edges of a text are shown (`xml:space`, of itself or of what it stands in)."""
    said = next((value for one in (element, *element.iterancestors()) if (value := one.get(_SPACE))), "")
    return said == "preserve"
