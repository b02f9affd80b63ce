"""The words of a run, and what stands there for words: tabs, signs of a symbol font, dates, formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paraph.ooxml.archive import PackageError
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


_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W, _W14 = name("w:p")[:-1], name("w14:p")[:-1]
_HOLDERS = frozenset(
    name(f"w:{kind}") for kind in ("sdtContent", "smartTag", "customXml", "ruby", "rubyBase", "txbxContent")
)
"""Hold runs or paragraphs as they stand; any other element of Word's in which words are does not belong there."""


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


def walk_backwards(walk: Walk, element: Element, around: Context) -> None:
    """Words that run against their letters."""
    walk.oddity("words set to run in the other direction", around)
    walk.children(element, around)


def walk_above(walk: Walk, element: Element, around: Context) -> None:
    """Words above others, as the sound of Chinese signs."""
    walk.oddity("small words set above others", around)


def walk_refused(walk: Walk, element: Element, around: Context) -> None:
    """Another document, which programs show in place of this."""
    raise PackageError(
        "The Word file has another document inside that its own text does not show",
        "Open it in Word, save it under a new name, and send that file.",
    )


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


def walk_properties(walk: Walk, element: Element, around: Context) -> None:
    """Properties, which are read where they belong to."""
    if holds_words(element):
        walk.oddity(AMONG_PROPERTIES, around)


def walk_unknown(walk: Walk, element: Element, around: Context) -> None:
    """What has no rule of its own is walked over where text may stand in it; a comment of XML is nothing.

    What stands in an element of somebody's own, Word shows or not, as the file has it (ECMA-376 Part 3, 7.4). A
    file with words in one of Word's where none belong it may not open, and other programs show them.
    """
    if not isinstance(element.tag, str):
        return
    if element.tag in _HOLDERS or element.tag.startswith(_M):
        walk.children(element, around)
    elif len(element) or (element.text or "").strip():
        odd = "words in an element that is not Word’s, which it may show or not"
        if element.tag.startswith((_W, _W14)):
            odd = "words in an element that holds none, which may be shown or not"
        walk.remark(odd, around)
        walk.children(element, around._replace(odd=odd))
