"""What text inherits from the styles of its file: how it is set, and whether Word shows it at all (`w:vanish`).

ECMA-376 Part 1, 17.7.2 and 17.7.3; 17.3.2.41.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from paraph.ooxml.archive import PackageError
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.contradictions import CONTRADICTION, contradictions
from paraph.ooxml.reading.formatting import (
    STRANGE,
    Formatting,
    of_cell,
    of_paragraph,
    of_row,
    of_run,
    of_table,
    switched,
)

_PART = name("w:tblStylePr")
_DEEPEST = 60
"""Styles, each based on the next: Word makes no more than ten or so."""


@dataclass(slots=True)
class InheritedStyles:
    """The styles of a file: what each is based on, what it says, whether it hides its text.

    `lists` is the list that paragraphs of a style are in. `parts` is what a table's style says of single rows and
    columns of it, each by itself. `base` is what holds where no style says anything, `hidden` whether text is then;
    `defaults`, by their kind, the styles of what names none.
    """

    based: dict[str, str] = field(default_factory=dict)
    says: dict[str, Formatting] = field(default_factory=dict)
    parts: dict[str, tuple[Formatting, ...]] = field(default_factory=dict)
    hides_text: dict[str, bool] = field(default_factory=dict)
    lists: dict[str, Element] = field(default_factory=dict)
    base: Formatting = field(default_factory=dict)
    hidden: bool = False
    defaults: dict[str, str] = field(default_factory=dict)
    _formattings: dict[tuple[str, ...], tuple[Formatting, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, styles: Element | None) -> InheritedStyles:
        """From the root of styles.xml; without one nothing is inherited."""
        made = cls()
        if styles is not None and contradictions(styles):
            raise PackageError(f"The styles of the Word file have {CONTRADICTION}", "Save it again in Word.")
        for style in styles.iter(name("w:style")) if styles is not None else ():
            id_ = attribute(style, "w:styleId")
            if id_ in made.based:
                raise PackageError("The Word file has two styles of one name", "Save it again in Word.")
            made.based[id_] = attribute(style.find(name("w:basedOn")), "w:val")
            made.says[id_] = _said(style)
            made.parts[id_] = tuple(filter(None, map(_said, style.findall(_PART))))
            numbered = style.find(f"{name('w:pPr')}/{name('w:numPr')}")
            if numbered is not None:
                made.lists[id_] = numbered
            hidden = switched(style.find(name("w:rPr")), "w:vanish")
            if hidden is not None:
                made.hides_text[id_] = hidden
            is_default = attribute(style, "w:default") in ("1", "true", "on")
            if is_default and made.defaults.setdefault(attribute(style, "w:type"), id_) != id_:
                raise PackageError("The Word file has two styles for what names none", "Save it again in Word.")
        defaults = styles.find(name("w:docDefaults")) if styles is not None else None
        if defaults is not None:
            run = defaults.find(f"{name('w:rPrDefault')}/{name('w:rPr')}")
            paragraph = defaults.find(f"{name('w:pPrDefault')}/{name('w:pPr')}")
            made.base, made.hidden = {**of_paragraph(paragraph), **of_run(run)}, bool(switched(run, "w:vanish"))
        return made

    def formattings(self, table: str, paragraph: str, character: str) -> tuple[Formatting, ...]:
        """How text in these styles may be set: where a table's style has rows or columns of their own, in each."""
        key = (table, paragraph, character)
        if key not in self._formattings:
            whole = {**self.base, **self._merged(self._or_default("table", table))}
            inner = {
                **self._merged(self._or_default("paragraph", paragraph)),
                **self._merged(self._or_default("character", character)),
            }
            parts = [part for one in self._chain(self._or_default("table", table)) for part in self.parts.get(one, ())]
            self._formattings[key] = tuple({**whole, **part, **inner} for part in ({}, *parts))
        return self._formattings[key]

    def numbered(self, paragraph: str) -> Element | None:
        """The list (`w:numPr`) that a paragraph of that style is in, where it says none itself."""
        chain = self._chain(self._or_default("paragraph", paragraph)) if self.lists else ()
        return next((self.lists[one] for one in chain if one in self.lists), None)

    def hides(self, own: bool | None, character: str, paragraph: str) -> bool:
        """Whether text is hidden in a run of that style, in a paragraph of that style.

        What the run says itself holds, its `own`; otherwise a switch in both styles cancels itself out.
        """
        if own is not None:
            return own
        of = self._or_default("paragraph", paragraph), self._or_default("character", character)
        return self.hidden or (self._hides(of[0]) != self._hides(of[1]))

    def _or_default(self, kind: str, id_: str) -> str:
        """The style that holds where none is named."""
        return id_ or self.defaults.get(kind, "")

    def _hides(self, id_: str) -> bool:
        if not self.hides_text:
            return False
        return next((self.hides_text[one] for one in self._chain(id_) if one in self.hides_text), False)

    def _merged(self, id_: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for one in reversed(tuple(self._chain(id_))):
            found |= self.says.get(one, {})
        return found

    def _chain(self, id_: str) -> Iterator[str]:
        """A style and those that it is based on, itself first. PackageError: they are more than anybody makes."""
        seen: set[str] = set()
        while id_ and id_ not in seen:
            if len(seen) > _DEEPEST:
                raise PackageError("The Word file has styles based on each other without end", "Save it again in Word.")
            seen.add(id_)
            yield id_
            id_ = self.based.get(id_, "")


def _said(style: Element) -> Formatting:
    """What a style, or a part of a table's, says of text in it."""
    found: dict[str, str] = {}
    for kind, of in (("tblPr", of_table), ("trPr", of_row), ("tcPr", of_cell), ("pPr", of_paragraph), ("rPr", of_run)):
        found |= of(style.find(name(f"w:{kind}")))
    in_table = style.tag == _PART or attribute(style, "w:type") == "table"
    if in_table and switched(style.find(name("w:rPr")), "w:vanish"):
        found[f"{STRANGE}vanish, of a table’s style"] = "yes"
    return found
