"""Whether a person reads the words of an ODT as they stand in it: what its styles make of them, whatever their names
(OpenDocument 1.3, part 3, 16 and 20)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from paraph.ooxml.reading.legible import BOUNDS, LEAST_CONTRAST, LEAST_LINE
from paraph.ooxml.reading.palette import contrast
from paraph.ooxml.reading.symbols import is_symbolic
from paraph.proof.odt_called import called, names_of
from paraph.proof.odt_names import found, name, number, points

_LEAST_SIZE, _LARGEST_SIZE = (size / 2 for size in BOUNDS["size"])
"""Points: what nobody reads in a file of Word’s nobody reads in this."""

_USUAL_SIZE, _RAISED = 12.0, 33.0
"""Points of letters, and per cent of them by which they stand over or under a line, where nothing says how many."""

_LEAST_STEP = 1.5
"""Points from one letter to the next, as in a file of Word’s."""

_LEAST_SCALE = BOUNDS["width of letters"][0]
_WIDEST = 430.0
"""Points of indents, of a line and of both sides: beyond, words are off the page, or one below the other."""

_COLOUR = re.compile(r"#([0-9a-fA-F]{6})")
_DEEPEST = 30
_OF_NO_WORDS = ("paraph ", "strikeout", "listlabel ")
"""How styles are called that paraph’s template has for lines without words, pandoc for words struck through, and
LibreOffice for the signs of lists (`_numbers`): no style of a program is."""

_TOLD = 60
_LEAST_OPACITY = 50.0
_SIGNS = "Symbol"
"""In place of the name of a typeface that says that it has signs in place of letters."""

_SYMBOLIC = "signs in place of letters (its font)"
_LEVELS = ("text:list-level-style-number", "text:list-level-style-bullet")
_LINES = ("single", "double")
_SIZES = ("fo:font-size", "style:font-size-asian", "style:font-size-complex")
_SHOWN_SIZES = ("fo:font-size", "style:font-size-complex")
_FONTS = ("style:font-name", "fo:font-family", "style:font-name-complex", "style:font-family-complex")
_CHARSETS, _OF_SIGNS = ("style:font-charset", "style:font-charset-complex"), "x-symbol"
_INDENTS = ("fo:margin-left", "fo:margin-right", "fo:text-indent")
_MARGINS = ("fo:margin-left", "fo:margin-right", "fo:margin-top", "fo:margin-bottom")
_OUTSIDE = -40.0
"""Points of the place where a line begins: before, it is in the margin, where numbers hang, and beyond."""

_SIDES = tuple(
    (size, tuple((kind, side) for kind in ("margin", "padding") for side in sides))
    for size, sides in (("fo:page-width", ("-left", "-right")), ("fo:page-height", ("-top", "-bottom")))
)
_EDGES = (
    "fo:min-height",
    "fo:padding",
    *(f"fo:padding-{one}" for one in ("left", "right", "top", "bottom")),
)
_SHEET = (400.0, 1250.0)
"""Points of the sides of a sheet, from A5 to A3. At least half of each is for words."""

_HIGHEST = 200.0
"""Points of the head or foot of a page, or of the room about it."""

_MOST_COLUMNS = 4
_PARAGRAPHS = (name("text:p"), name("text:h"))
_SPOKEN = (name("svg:title"), name("svg:desc"))
_GROUND = name("loext:graphic-properties")
"""What LibreOffice has a paragraph stand on, beside its own word for that."""

_PROPERTIES = (
    _GROUND,
    *(name(f"style:{one}-properties") for one in ("text", "paragraph", "table-cell", "table-row", "table", "graphic")),
)
_FAMILIES = {
    name("text:p"): ("paragraph", "text:style-name"),
    name("text:h"): ("paragraph", "text:style-name"),
    name("text:span"): ("text", "text:style-name"),
    name("text:a"): ("text", "text:style-name"),
    name("table:table"): ("table", "table:style-name"),
    name("table:table-row"): ("table-row", "table:style-name"),
    name("table:table-cell"): ("table-cell", "table:style-name"),
    name("draw:frame"): ("graphic", "draw:style-name"),
}


def unseen(content: etree._Element, styles: etree._Element, body: etree._Element) -> Iterator[str]:
    """Why words of `body`, or at the head and foot of pages, are not seen or are no words, a line each."""
    colours = (one.get(name("fo:background-color"), "") for one in styles.iter(name("style:page-layout-properties")))
    page = next(filter(_COLOUR.fullmatch, colours), "")
    behind = {"behind": page} if page else {}
    # Each part names its own automatic styles: one of the head of a page is none of the text, whatever its name.
    own, heads = Sheet.read(content, styles), Sheet.read(styles, styles)
    yield from _below(body, dict(behind), own)
    edges = found(styles, "//style:master-page/*")
    for root in edges:
        yield from _below(root, dict(behind), heads)
    yield from _idle(own, styles, (body, *edges))
    for part, sheet in ((content, own), (styles, heads)):
        counts = (number(one.get(name("fo:column-count"), "")) or 1 for one in part.iter(name("style:columns")))
        if any(count > _MOST_COLUMNS for count in counts):
            yield "text that nobody can see (its columns)"
        yield from (*_cut(part), *_numbers(part, sheet))


def _numbers(part: etree._Element, sheet: Sheet) -> Iterator[str]:
    """What lists make of their numbers, whether or not there is one. A bullet may be of a font of signs."""
    for level in (one for tag in _LEVELS for one in part.iter(name(tag))):
        looks = sheet.looks("text", level.get(name("text:style-name"), ""), "", {})
        for properties in level.iter(name("style:text-properties")):
            _add(looks, properties, "text")
        if any(one != _SYMBOLIC for one in _objections(looks, sheet.fonts)):
            yield "numbers of a list that nobody can see"


def _cut(part: etree._Element) -> Iterator[str]:
    """What page styles make of the room on a page, whether or not one has that style."""
    for one in part.iter(name("style:page-layout-properties")):
        for size, sides in _SIDES:
            whole = points(one.get(name(size), ""))
            around = (one.get(name(f"fo:{kind}{side}"), one.get(name(f"fo:{kind}"), "")) for kind, side in sides)
            taken = [points(length) or 0.0 for length in around]
            if whole is None:
                cut = any(not 0 <= length <= _HIGHEST for length in taken)
            else:
                cut = not _SHEET[0] <= whole <= _SHEET[1] or min(taken) < 0 or sum(taken) > whole / 2
            if cut:
                yield "text that nobody can see (its page)"
    for one in part.iter(name("style:header-footer-properties")):
        lengths = [points(str(one.get(name(key)))) or 0.0 for key in (*_MARGINS, *_EDGES) if one.get(name(key))]
        if any(not 0 <= length <= _HIGHEST for length in lengths):
            yield "text that nobody can see (the head or foot of its pages)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The styles of a file by family and name, those of each family that hold where none is named, and its fonts."""

    styles: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    usual: dict[str, etree._Element] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, content: etree._Element, styles: etree._Element) -> Sheet:
        """Of what holds for the whole file, and of the styles of the one part `content`, which come last and hold."""
        made = cls()
        whole = found(styles, "/office:document-styles/office:styles")
        for part in (*whole, content):
            for one in part.iter(name("style:style")):
                made.styles.update({(one.get(name("style:family"), ""), each): one for each in names_of(one)})
            for one in part.iter(name("style:default-style")):
                made.usual[one.get(name("style:family"), "")] = one
            for one in part.iter(name("style:font-face")):
                signs = one.get(name("style:font-charset"), "") == _OF_SIGNS
                made.fonts[one.get(name("style:name"), "")] = _SIGNS if signs else one.get(name("svg:font-family"), "")
        return made

    def looks(self, family: str, named: str, usual: str, around: Mapping[str, str]) -> dict[str, str]:
        """`around` as a style changes it, or that which is `usual` where there is none. Sizes in per cent are of the
        size around, or of the parent style."""
        chain = self.chain(family, named, usual)
        if family == "paragraph" and "paragraph" in self.usual:
            chain.append(self.usual["paragraph"])
        looks = dict(around)
        for style in reversed(chain):
            for properties in style:
                if properties.tag in _PROPERTIES:
                    _add(looks, properties, family)
        return looks

    def chain(self, family: str, named: str, usual: str) -> list[etree._Element]:
        """A style, or that which is `usual` where there is none, and each that it goes back to."""
        made: list[etree._Element] = []
        one = self.styles.get((family, called(named)), self.styles.get((family, called(usual))))
        while one is not None and len(made) < _DEEPEST:
            made.append(one)
            one = self.styles.get((family, called(one.get(name("style:parent-style-name")))))
        return made


def _idle(sheet: Sheet, styles: etree._Element, roots: Iterable[etree._Element]) -> Iterator[str]:
    """What speaks against styles that no words name. LibreOffice takes one that is called as it shows one of its own
    to a reader (“Default Paragraph Style”, in each language another) for that."""
    those = [each for root in roots for each in root.iter(*_FAMILIES) if "".join(map(str, each.itertext())).strip()]
    kinds = {(*_FAMILIES[one.tag], one) for one in those}
    used = {each for family, key, one in kinds for each in sheet.chain(family, one.get(name(key), ""), usual_of(one))}
    for one in found(styles, "/*/office:styles/style:style[@style:family = 'paragraph' or @style:family = 'text']"):
        named = one.get(name("style:name"), "")
        if one not in used and not called(named).startswith(_OF_NO_WORDS):
            odd = _objections(sheet.looks(one.get(name("style:family"), ""), named, "", {}), sheet.fonts)
            yield from (f"a style of no words that hides them ({named[:_TOLD]}): {each}" for each in odd)


def _add(looks: dict[str, str], properties: etree._Element, family: str) -> None:
    if properties.get(name("style:use-window-font-color")) == "true":
        # Black, or white on what is dark; which of the two holds where a colour stands beside it, programs differ in.
        looks.pop(name("fo:color"), None)
    elif (number(properties.get(name("loext:opacity"), "100%")) or 0) < _LEAST_OPACITY:
        looks["clear"] = "true"
    if properties.tag == _GROUND:
        looks["ground"] = (
            properties.get(name("draw:fill-color"), "") if properties.get(name("draw:fill")) == "solid" else ""
        )
    for key, value in properties.attrib.items():
        attribute = str(key)
        if attribute == name("fo:background-color"):
            if _COLOUR.fullmatch(str(value)):
                looks["behind"] = str(value)
            continue
        if attribute in map(name, _SIZES) and str(value).endswith("%"):
            before = looks.get(attribute, "12pt")
            value = f"{(points(before) or 12.0) * (number(str(value)) or 0) / 100}pt"
        # An indent around a cell is not one in it.
        if family in ("text", "paragraph") or attribute not in map(name, _INDENTS):
            looks[attribute] = str(value)


def _below(element: etree._Element, around: dict[str, str], sheet: Sheet) -> Iterator[str]:
    """What speaks against the words below an element."""
    looks = around
    if element.tag in _FAMILIES:
        family, key = _FAMILIES[element.tag]
        looks = sheet.looks(family, element.get(name(key), ""), usual_of(element), around)
    # A gap that nobody sees makes one word of two.
    own = (element.text, *(child.tail or (child.tag == name("text:s")) for child in element))
    if any(own) and _says(element):
        yield from _objections(looks, sheet.fonts)
    for child in element:
        if child.tag not in _SPOKEN:
            yield from _below(child, looks, sheet)


def usual_of(element: etree._Element) -> str:
    """The style that programs take where an element names none."""
    if element.tag == name("text:h"):
        return f"Heading_20_{element.get(name('text:outline-level'), '1')}"
    return {name("text:p"): "Standard", name("text:a"): "Internet_20_link"}.get(str(element.tag), "")


def _says(element: etree._Element) -> bool:
    """Whether what stands in an element is words of a paragraph."""
    return element.tag in _PARAGRAPHS or any(one.tag in _PARAGRAPHS for one in element.iterancestors())


def _objections(looks: Mapping[str, str], fonts: Mapping[str, str]) -> Iterator[str]:
    """What speaks against reading words that look so."""

    def said(key: str) -> str:
        return looks.get(name(key), "")

    if said("style:text-line-through-style") not in ("", "none") or said("style:text-line-through-type") in _LINES:
        yield "words struck through"
    sizes = [size for key in _SHOWN_SIZES if (size := points(said(key))) is not None] or [_USUAL_SIZE]
    if not _LEAST_SIZE <= min(sizes) <= max(sizes) <= _LARGEST_SIZE:
        yield "text that nobody can see (the size)"
    if any(
        _too_small(share, _LEAST_SCALE)
        for share in (said("style:text-scale"), *said("style:text-position").split()[1:])
    ):
        yield "text that nobody can see (the width of letters)"
    scale = number(said("style:text-scale")) or 100.0
    if min(sizes) / 2 * scale / 100 + (points(said("fo:letter-spacing")) or 0.0) < _LEAST_STEP:
        yield "text that nobody can see (its letters on each other)"
    if (height := said("fo:line-height")) not in ("", "normal") and _is_cut(
        height, max(sizes), said("style:text-position")
    ):
        yield "text that nobody can see (the height of the line)"
    left, right, first = (points(said(key)) or 0.0 for key in _INDENTS)
    if max(left + right, left + first, right + first, -first) > _WIDEST or min(left, left + first) < _OUTSIDE:
        yield "text that nobody can see (its indents)"
    if any(is_symbolic(font) for key in _FONTS if (font := fonts.get(said(key)) or said(key))) or any(
        said(key) == _OF_SIGNS for key in _CHARSETS
    ):
        yield _SYMBOLIC
    # Words of no colour are black in some programs, on whatever they stand.
    colour = _COLOUR.fullmatch(said("fo:color"))
    grounds = (looks.get("behind") or "#ffffff", looks.get("ground") or looks.get("behind") or "#ffffff")
    seen = min(contrast(colour[1] if colour else "000000", one[1:]) or 0 for one in grounds)
    if seen < LEAST_CONTRAST or looks.get("clear"):
        yield "text that nobody can see (its colour)"


def _is_cut(height: str, size: float, position: str) -> bool:
    """Whether a line is too low for letters of a size that stand at a position over or under it."""
    if height.endswith("%"):
        return _too_small(height, LEAST_LINE * 100)
    over, *smaller = [*position.split(), "0%"][:2] if position else ["0%"]
    share = (number(smaller[0]) or 100.0) / 100 if smaller else 1.0
    moved = number(over) if over.endswith("%") else _RAISED
    return (points(height) or 0.0) - abs(moved or 0.0) / 100 * size < size * share * LEAST_LINE


def _too_small(share: str, least: float) -> bool:
    amount = number(share) if share.endswith("%") else None
    return amount is not None and abs(amount) < least
