"""What text inherits from the styles of its file: how it is set, and whether Word shows it at all (`w:vanish`).

ECMA-376 Part 1, 17.7.2 and 17.7.3; 17.3.2.41. A style may be named that is none, or one for something else: Word then
takes the default, others the style all the same. A line through the words that a style of a paragraph and one of a run
both draw cancels itself out in Word, and in no other program. Text must be seen, and not struck, in all readings.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from paraph.ooxml.archive import PackageError
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.contradictions import CONTRADICTION, contradictions
from paraph.ooxml.reading.formatting import (
    STRANGE,
    STRUCK,
    STRUCK_TWICE,
    Formatting,
    of_cell,
    of_paragraph,
    of_row,
    of_run,
    of_table,
    switched,
)
from paraph.ooxml.reading.style_names import based_on, known_as, stands_for

_PART = name("w:tblStylePr")
_SAVE = "Save it again in Word."
_DEEPEST = 60
"""Styles, each based on the next: Word makes no more than ten or so."""
_MOST_PARTS = 20
"""Of a table, of which a style says something: there are thirteen (ECMA-376 Part 1, 17.18.89)."""
_MOST_KEPT = 1_000
"""Ways in which styles come together that are kept at a time."""


@dataclass(slots=True)
class InheritedStyles:
    """The styles of a file: of each what it is for (“paragraph”, “character”, “table”), what it is based on, what it
    says, whether it hides its text.

    `lists` is the list that paragraphs of a style are in. `parts` is what a table's style says of single rows and
    columns of it, each by itself. `base` is what holds where no style says anything, `hidden` whether text is then;
    `defaults`, by their kind, the styles of what names none. `known` are the names of styles as programs compare them
    (`style_names`), `named` the styles by kind and such a name, `taken_for_one` the names that two have.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    based: dict[str, str] = field(default_factory=dict)
    says: dict[str, Formatting] = field(default_factory=dict)
    parts: dict[str, tuple[Formatting, ...]] = field(default_factory=dict)
    hides_text: dict[str, bool] = field(default_factory=dict)
    lists: dict[str, Element] = field(default_factory=dict)
    base: Formatting = field(default_factory=dict)
    hidden: bool = False
    defaults: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    taken_for_one: tuple[str, ...] = ()
    _formattings: dict[tuple[str, ...], tuple[Formatting, ...]] = field(default_factory=dict)
    _chains: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, styles: Element | None) -> InheritedStyles:
        """From the root of styles.xml; without one nothing is inherited."""
        made = cls()
        if styles is not None and contradictions(styles):
            raise PackageError(f"The styles of the Word file have {CONTRADICTION}", _SAVE)
        for style in styles.iter(name("w:style")) if styles is not None else ():
            id_ = attribute(style, "w:styleId")
            made.kinds[id_] = kind = attribute(style, "w:type") or "paragraph"
            made.based[id_] = attribute(style.find(name("w:basedOn")), "w:val")
            made.known[id_] = known = known_as(style)
            if made.named.setdefault((kind, known), id_) != id_:
                made.taken_for_one += (known,)
            made.says[id_] = _said(style)
            made.parts[id_] = tuple(filter(None, map(_said, style.findall(_PART))))
            if len(made.parts[id_]) > _MOST_PARTS:
                raise PackageError("The Word file has a style for more parts of a table than there are", _SAVE)
            numbered = style.find(f"{name('w:pPr')}/{name('w:numPr')}")
            if numbered is not None:
                made.lists[id_] = numbered
            hidden = switched(style.find(name("w:rPr")), "w:vanish")
            if hidden is not None:
                made.hides_text[id_] = hidden
            is_default = attribute(style, "w:default") in ("1", "true", "on")
            if is_default and made.defaults.setdefault(kind, id_) != id_:
                raise PackageError("The Word file has two styles for what names none", _SAVE)
        defaults = styles.find(name("w:docDefaults")) if styles is not None else None
        if defaults is not None:
            run = defaults.find(f"{name('w:rPrDefault')}/{name('w:rPr')}")
            paragraph = defaults.find(f"{name('w:pPrDefault')}/{name('w:pPr')}")
            made.base, made.hidden = {**of_paragraph(paragraph), **of_run(run)}, bool(switched(run, "w:vanish"))
        return made

    def formattings(self, table: str, paragraph: str, character: str) -> tuple[Formatting, ...]:
        """How text in these styles may be set, as Word shows it first: in each reading of a name that is no such style,
        and where a table's style has rows or columns of their own, in each."""
        key = (table, paragraph, character)
        if key not in self._formattings:
            readings = (
                self._readings(kind, id_)
                for kind, id_ in (("table", table), ("paragraph", paragraph), ("character", character))
            )
            found: list[Formatting] = []
            for of_tables, *inner in itertools.product(*readings):
                parts = [part for one in of_tables for part in self.parts.get(one, ())]
                said = [self._merged(one) for one in (of_tables, *inner)]
                found += [_together((self.base, said[0], part, *said[1:])) for part in ({}, *parts)]
            if len(self._formattings) >= _MOST_KEPT:
                self._formattings.clear()
            self._formattings[key] = tuple(found)
        return self._formattings[key]

    def numbered(self, paragraph: str) -> Element | None:
        """The list (`w:numPr`) that a paragraph of that style is in, in any reading, where it says none itself."""
        chains = self._readings("paragraph", paragraph) if self.lists else ()
        return next((self.lists[one] for chain in chains for one in chain if one in self.lists), None)

    def hides(self, own: bool | None, character: str, paragraph: str) -> bool:
        """Whether text is hidden in a run of that style, in a paragraph of that style.

        What the run says itself holds, its `own`; otherwise a switch in both styles cancels itself out.
        """
        if own is not None:
            return own
        if self.hidden or not self.hides_text:
            return self.hidden
        readings = itertools.product(self._readings("paragraph", paragraph), self._readings("character", character))
        return any(self._hides(one) != self._hides(other) for one, other in readings)

    def _hides(self, chain: tuple[str, ...]) -> bool:
        return next((self.hides_text[one] for one in chain if one in self.hides_text), False)

    def _readings(self, kind: str, id_: str) -> tuple[tuple[str, ...], ...]:
        """The chains of styles that text may be set in that names one for its `kind`, Word’s first: the default where
        it names none, or one that is not there or for something else. LibreOffice has the default, or a style of its
        own, behind each that is based on none."""
        if (kind, id_) not in self._chains:
            usual = tuple(self._chain(self.defaults.get(kind, "")))
            named = tuple(self._chain(id_))
            proper = tuple(itertools.takewhile(lambda one: self.kinds.get(one) == kind, named))
            chains = (proper or usual, named or usual, *self._otherwise(kind, named, usual))
            self._chains[kind, id_] = tuple(dict.fromkeys(chains))
        return self._chains[kind, id_]

    def _otherwise(self, kind: str, named: tuple[str, ...], usual: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if not named:
            return
        last = named[-1]
        if other := self.named.get((kind, stands_for(self.known.get(named[0], "")))):
            yield (*self._chain(other), *named)
        if kind == "paragraph" and not self.based.get(last):
            behind = self.named.get((kind, based_on(self.known.get(last, ""))), "")
            yield tuple(dict.fromkeys((*named, *self._chain(behind), *usual)))

    def _merged(self, chain: tuple[str, ...]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for one in reversed(chain):
            found |= self.says.get(one, {})
        return found

    def _chain(self, id_: str) -> Iterator[str]:
        """A style and those that it is based on, itself first. PackageError: they are more than anybody makes."""
        seen: set[str] = set()
        while id_ and id_ not in seen:
            if len(seen) > _DEEPEST:
                raise PackageError("The Word file has styles based on each other without end", _SAVE)
            seen.add(id_)
            yield id_
            id_ = self.based.get(id_, "")


def _together(levels: Sequence[Formatting]) -> Formatting:
    """All that holds of the defaults, the table, the paragraph, the run, the later before the earlier; struck where any
    of them is."""
    found: dict[str, str] = {}
    for one in levels:
        found |= one
    return found | {one: "yes" for one in (STRUCK, STRUCK_TWICE) if any(level.get(one) for level in levels)}


def _said(style: Element) -> Formatting:
    """What a style, or a part of a table's, says of text in it."""
    found: dict[str, str] = {}
    for kind, of in (("tblPr", of_table), ("trPr", of_row), ("tcPr", of_cell), ("pPr", of_paragraph), ("rPr", of_run)):
        found |= of(style.find(name(f"w:{kind}")))
    if style.find(f"{name('w:pPr')}/{name('w:framePr')}") is not None:
        found[f"{STRANGE}framePr"] = "yes"
    in_table = style.tag == _PART or attribute(style, "w:type") == "table"
    if in_table and switched(style.find(name("w:rPr")), "w:vanish"):
        found[f"{STRANGE}vanish, of a table’s style"] = "yes"
    return found
