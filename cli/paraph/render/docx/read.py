"""Reading a DOCX back: its paragraphs as Word shows them, for comparison with the document they were made from.

It walks the finished file with code of its own, and shares nothing with the writer: numbers are counted from
numbering.xml as Word counts them, footnotes are read from footnotes.xml, of one in two languages the paragraphs in its
own, and which language a paragraph belongs to is told from the mark that it carries. Paragraphs in a style whose name
begins with "Paraph House", or with a bookmark `_paraph_house_…`, are the template's own words. Panels of a folded sheet
are read in the order of their bookmarks.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from paraph.errors import FidelityError
from paraph.model.document import Edition, Printed
from paraph.render.docx.order import own_order

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOUSE = "paraph house"
_MARKS = ("\u200e", "\u200f")
_ABJAD = ["أ", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م", "ن", "س", "ع", "ف", "ص", "ق", "ر", "ش", "ت"]
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def read_back(data: bytes, edition: Edition) -> tuple[tuple[Printed, ...], ...]:
    """Number and words of every paragraph in the file, for each document of `edition`, the footnotes last."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist() if one.startswith("word/")}
    codes = [_bare(one.language.locale or one.language.code) for one in edition.documents]
    walk = _Walk(
        codes=codes,
        styles=_house_styles(_xml(parts, "word/styles.xml")),
        numbers=_Numbers.read(_xml(parts, "word/numbering.xml")),
        footnotes={one.get(f"{_W}id", ""): one for one in _xml(parts, "word/footnotes.xml")},
    )
    found: list[list[Printed]] = [[] for _ in codes]
    panels: list[list[int]] = [[] for _ in codes]
    notes: list[list[Printed]] = [[] for _ in codes]
    main = _xml(parts, "word/document.xml")
    by_cell = _panels(main)
    for paragraph in main.iter(f"{_W}p"):
        if walk.is_house(paragraph):
            continue
        at = walk.language(paragraph)
        found[at].append(Printed(walk.label(paragraph), _words(paragraph)))
        panels[at].append(next((by_cell[cell] for cell in paragraph.iterancestors(f"{_W}tc") if cell in by_cell), 0))
        notes[at] += walk.notes(paragraph)
    for at, numbers in enumerate(panels):
        found[at] = [found[at][place] for place in sorted(range(len(numbers)), key=numbers.__getitem__)]
    return tuple(
        (*_reordered(found[at], edition, at), *sorted(notes[at], key=_count)) for at in range(len(edition.documents))
    )


def _panels(main: etree._Element) -> dict[etree._Element, int]:
    """The cells that are panels of a folded sheet, with their numbers in the order in which they are read."""
    found = {}
    for mark in main.iter(f"{_W}bookmarkStart"):
        kind, _, number = _value(mark, "name").rpartition("_")
        cell = next(reversed([*mark.iterancestors(f"{_W}tc")]), None)  # what stands on it may stand in tables too
        if kind == "_paraph_panel" and cell is not None and number.isdecimal():
            found[cell] = int(number)
    return found


def _reordered(found: list[Printed], edition: Edition, position: int) -> list[Printed]:
    """The paragraphs of one language as it has them alone: side by side, rows stand in the order of the first."""
    order = own_order(edition, position)
    if len(edition.documents) == 1 or sorted(order) != list(range(len(found))):
        return found
    return [found[place] for place in order]


def _count(note: Printed) -> int:
    return int(note.label) if note.label.isdecimal() else 0


def _xml(parts: dict[str, bytes], part: str) -> etree._Element:
    if part not in parts:
        raise FidelityError(f"the Word file has no {part}")
    return etree.fromstring(parts[part], etree.XMLParser(resolve_entities=False, no_network=True))


def _bare(locale: str) -> str:
    return locale.replace("_", "-").casefold()


def _value(element: etree._Element | None, key: str = "val") -> str:
    return element.get(_W + key, "") if element is not None else ""


def _house_styles(styles: etree._Element) -> frozenset[str]:
    found = (one for one in styles.iter(f"{_W}style") if _value(one.find(f"{_W}name")).casefold().startswith(_HOUSE))
    return frozenset(_value(one, "styleId") for one in found)


def _language(paragraph: etree._Element, codes: list[str]) -> str:
    mark = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}lang")
    code = _bare(_value(mark))
    if code not in codes:
        raise FidelityError(
            f"a paragraph of the Word file is in no language of the edition: “{_words(paragraph)[:60]}”"
        )
    return code


def _referring(element: etree._Element) -> dict[etree._Element, tuple[str, str]]:
    """The runs of fields that repeat the number of a note, each with the bookmark of its call and what it shows."""
    found: dict[etree._Element, tuple[str, str]] = {}
    runs = list(element.iter(f"{_W}r"))
    for place, run in enumerate(runs):
        code = (run.findtext(f"{_W}instrText") or "").split()
        if code[:1] != ["NOTEREF"]:
            continue
        ends = (_value(one.find(f"{_W}fldChar"), "fldCharType") == "end" for one in runs[place:])
        field = runs[place - 1 : place + [*ends].index(True) + 1]
        shown = "".join(one.text or "" for part in field for one in part.iter(f"{_W}t"))
        found |= dict.fromkeys(field, (code[1], shown))
    return found


def _words(element: etree._Element) -> str:
    """The text of a paragraph without its footnote calls, and without runs that are nothing but a mark of direction."""
    pieces, referring = [], _referring(element)
    for run in element.iter(f"{_W}r"):
        if run.find(f"{_W}footnoteReference") is not None or run.find(f"{_W}footnoteRef") is not None:
            continue
        if run in referring:
            continue
        if run.find(f"{_W}rPr/{_W}noProof") is not None and "".join(one.text or "" for one in run) in _MARKS:
            continue
        for one in run:
            if one.tag == f"{_W}t":
                pieces.append(one.text or "")
            elif one.tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
            elif one.tag == f"{_W}tab":
                pieces.append("\t")
    return "".join(pieces)


@dataclass(slots=True)
class _Walk:
    codes: list[str]
    styles: frozenset[str]
    numbers: _Numbers
    footnotes: dict[str, etree._Element]
    counted: int = 0
    called: dict[str, tuple[str, str]] = field(default_factory=dict)

    def is_house(self, paragraph: etree._Element) -> bool:
        marks = (_value(one, "name") for one in paragraph.findall(f"{_W}bookmarkStart"))
        return _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) in self.styles or any(
            one.startswith("_paraph_house_") for one in marks
        )

    def label(self, paragraph: etree._Element) -> str:
        """The number that Word computes for a paragraph."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        level = int(_value(properties.find(f"{_W}ilvl")) or 0)
        return self.numbers.next(_value(properties.find(f"{_W}numId")), level)

    def language(self, paragraph: etree._Element) -> int:
        """The place of a paragraph's language in the edition."""
        return self.codes.index(_language(paragraph, self.codes)) if len(self.codes) > 1 else 0

    def notes(self, paragraph: etree._Element) -> Iterator[Printed]:
        """The footnotes that a paragraph calls: by Word's count, by the mark that the call carries, or by the number
        that a field repeats."""
        at, referred = self.language(paragraph), _referring(paragraph)
        for run in paragraph.iter(f"{_W}r"):
            reference = run.find(f"{_W}footnoteReference")
            if reference is not None:
                yield self._called(run, _value(reference, "id"), at)
            elif run in referred and run.find(f"{_W}instrText") is not None:
                named, shown = referred[run]
                if named not in self.called:
                    raise FidelityError("a field in the Word file repeats the number of no footnote")
                number, identifier = self.called[named]
                yield self._marked(shown if shown == number else f"{shown}≠{number}", self._text(identifier, at))

    def _called(self, run: etree._Element, identifier: str, at: int) -> Printed:
        if _value(run.find(f"{_W}footnoteReference"), "customMarkFollows"):
            number = "".join(one.text or "" for one in run.iter(f"{_W}t"))
            return self._marked(number, self._text(identifier, at))
        self.counted += 1
        before = run.getprevious()
        if before is not None and before.tag == f"{_W}bookmarkStart":
            self.called[_value(before, "name")] = str(self.counted), identifier
        return Printed(str(self.counted), self._text(identifier, at).removeprefix("\t"))

    def _text(self, identifier: str, at: int) -> str:
        """What a note says in one language, after the sign that opens it."""
        body = self.footnotes.get(identifier)
        if body is None:
            raise FidelityError("a call of a footnote in the Word file leads nowhere")
        said = []
        for one in body.iter(f"{_W}p"):
            if self.language(one) == at:
                sign = "".join(shown for _, shown in dict.fromkeys(_referring(one).values()))
                said.append(sign + _words(one))
        return "\n".join(said)

    @staticmethod
    def _marked(number: str, text: str) -> Printed:
        """A note whose text begins with its number as words."""
        mark, _, words = text.partition("\t")
        return Printed(number if mark == number else f"{number}≠{mark}", words)


@dataclass(slots=True)
class _Numbers:
    """Counts as Word does: lists that share an abstractNum go on, a level above starts those below again."""

    abstracts: dict[str, dict[int, etree._Element]]
    lists: dict[str, tuple[str, dict[int, int]]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: etree._Element) -> _Numbers:
        abstracts = {
            _value(one, "abstractNumId"): {int(_value(level, "ilvl")): level for level in one.iter(f"{_W}lvl")}
            for one in root.iter(f"{_W}abstractNum")
        }
        lists = {}
        for one in root.iter(f"{_W}num"):
            overrides = {
                int(_value(over, "ilvl")): int(_value(start))
                for over in one.iter(f"{_W}lvlOverride")
                if (start := over.find(f"{_W}startOverride")) is not None
            }
            lists[_value(one, "numId")] = (_value(one.find(f"{_W}abstractNumId")), overrides)
        return cls(abstracts, lists)

    def next(self, identifier: str, level: int) -> str:
        abstract, overrides = self.lists[identifier]
        levels = self.abstracts[abstract]
        counts = self.counts.setdefault(abstract, {})
        if level in overrides and (identifier, level) not in self.begun:
            self.begun.add((identifier, level))
            counts[level] = overrides[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else int(_value(levels[level].find(f"{_W}start")) or 1)
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        text = _value(levels[level].find(f"{_W}lvlText"))
        for one in range(level, -1, -1):
            if f"%{one + 1}" in text:
                kind = _value(levels[one].find(f"{_W}numFmt"))
                value = counts.get(one, int(_value(levels[one].find(f"{_W}start")) or 1))
                text = text.replace(f"%{one + 1}", _written(value, kind))
        return text


def _written(value: int, kind: str) -> str:
    match kind:
        case "lowerLetter":
            return "abcdefghijklmnopqrstuvwxyz"[(value - 1) % 26] * ((value + 25) // 26)
        case "arabicAbjad":
            return _ABJAD[(value - 1) % len(_ABJAD)] * ((value - 1) // len(_ABJAD) + 1)
        case "lowerRoman":
            return _roman(value)
        case "upperRoman":
            return _roman(value).upper()
        case "bullet":
            return ""
        case _:
            return str(value)


def _roman(value: int) -> str:
    written = ""
    for amount, sign in _ROMAN:
        while value >= amount:
            written, value = written + sign, value - amount
    return written
