"""The first pass over the sections of a manifest: every paragraph in its place, with its number and its mark.

Nothing is filled in yet, so that the second pass (`sections`) can say "paragraph 4" of what stands further down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from paraph.assembly.context import Context
from paraph.assembly.numbering import Counter
from paraph.model.clause import Clause
from paraph.model.finding import KeyPath
from paraph.model.form import Numbering, SectionStyle
from paraph.model.manifest import Section, Use
from paraph.model.text import Inline, Line, LineKind, Number
from paraph.model.writing import Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Whose words these are: a clause as the manifest uses it, or the manifest's or form's own (no clause).

    `at` is where the manifest names it, for a finding about it.
    """

    clause: Clause | None = None
    use: Use | None = None
    at: KeyPath = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """One paragraph with its place and number, its text not yet filled in."""

    key: str
    role: str
    level: int
    number: Number | None
    inlines: tuple[Inline, ...]
    mark: Mark
    origin: Origin
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: its section, the path of its number (empty: none), the key of its first paragraph."""

    section: str
    path: tuple[int, ...]
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """All sections laid out, and where each clause stands, once for each use."""

    sections: tuple[tuple[Section, tuple[Laid, ...]], ...]
    places: Mapping[str, tuple[Place, ...]]


def lay_out(context: Context) -> Layout:
    """Every paragraph of every section, in order, with its number."""
    counter = Counter(context.rules)
    places: dict[str, list[Place]] = {}
    sections = []
    for position, section in enumerate(context.manifest.sections):
        style = context.form.styles.get(section.style)
        if style is not None:
            walk = _Walk(context=context, counter=counter, section=section, style=style, places=places)
            sections.append((section, tuple(walk.lines(("sections", position)))))
    return Layout(sections=tuple(sections), places={clause: tuple(found) for clause, found in places.items()})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Slot:
    """What awaits a clause in its place: the key and the number above it, its level, and the mark that will end it."""

    above: str
    path: tuple[int, ...] = ()
    level: int = 0
    mark: Mark
    at: KeyPath


@dataclass(kw_only=True, slots=True)
class _Walk:
    """Goes through one section; `counter` and `places` are shared by all sections of the document."""

    context: Context
    counter: Counter
    section: Section
    style: SectionStyle
    places: dict[str, list[Place]]
    keys: dict[str, int] = field(default_factory=dict)

    def lines(self, at: KeyPath) -> Iterator[Laid]:
        section, context = self.section, self.context
        if section.chapeau:
            text = context.own(section.chapeau, (*at, "chapeau"), f"the chapeau of section {section.id}")
            yield Laid(
                key=f"{section.id}/chapeau",
                role="chapeau",
                level=0,
                number=None,
                inlines=context.inlines(text, (*at, "chapeau", context.code)),
                mark=Mark.COLON if section.uses else Mark.NONE,
                origin=Origin(at=(*at, "chapeau")),
                keep_next=bool(section.uses),
            )
        for position, use in enumerate(section.uses):
            last = position == len(section.uses) - 1
            mark = self.style.last if last else self.style.each
            yield from self._use(use, _Slot(above=section.id, mark=mark, at=(*at, "clauses", position)))

    def _use(self, use: Use, slot: _Slot) -> Iterator[Laid]:
        clause = self.context.library.clauses.get(use.clause)
        text = clause.text(self.context.code) if clause else None
        if clause is None:
            return  # the library has a finding
        if text is None:
            self.context.finding(
                "translation-missing",
                f"clause {clause.id} has no {self.context.code}",
                f"Translate it in {clause.source.file}, or leave {self.context.code} out of languages:.",
                at=slot.at,
            )
            return
        key = self._key(f"{slot.above}/{clause.id}")
        number = self._number(slot)
        addressed = slot.level == 0 or slot.path  # “(a)” of what has no number is no address
        below = number.path if number and addressed else ()
        self.places.setdefault(clause.id, []).append(Place(self.section.id, below, f"{key}/0"))
        goes_on = text.lines[-1].kind is LineKind.ORDERED and text.lines[-1].level == 0
        own_mark = slot.mark if not use.under else _inner(self.style) if goes_on else Mark.COLON
        origin = Origin(clause=clause, use=use, at=slot.at)
        yield from self._lines(text.lines, origin, key, number, slot.level, own_mark)
        for position, child in enumerate(use.under):
            mark = slot.mark if position == len(use.under) - 1 else _inner(self.style)
            at = (*slot.at, "under", position)
            yield from self._use(child, _Slot(above=key, path=below, level=slot.level + 1, mark=mark, at=at))

    def _key(self, key: str) -> str:
        """`key`, and from its second use on with a count, which no id can hold: a key is unique in its document."""
        copies = self.keys[key] = self.keys.get(key, 0) + 1
        return key if copies == 1 else f"{key}~{copies}"

    def _number(self, slot: _Slot) -> Number | None:
        match self.style.numbering:
            case Numbering.BULLET:
                return self.counter.bullet(slot.above)
            case Numbering.NONE if slot.level == 0:
                return None
            case Numbering.THROUGH if slot.level == 0:
                return self.counter.next("through", 0)
            case Numbering.STEPS if slot.level == 0:
                return self.counter.step(slot.above)
            case _:
                return self.counter.next(slot.above, slot.level, slot.path)

    def _lines(
        self, lines: tuple[Line, ...], origin: Origin, key: str, number: Number | None, level: int, mark: Mark
    ) -> Iterator[Laid]:
        """The lines of one clause: its number stands at the first, the mark after the last."""
        series: list[str] = []
        paths: list[tuple[int, ...]] = [number.path if number else ()]
        for position, line in enumerate(lines):
            following = lines[position + 1] if position + 1 < len(lines) else None
            line_number = number if position == 0 else None
            if line.is_item:
                del paths[line.level + 1 :], series[line.level + 1 :]
                if len(series) <= line.level or line.ordinal == 1:
                    del series[line.level :]
                    series.append(self._series(line, key, position))
                line_number = self._list_number(line, series[-1], level, paths[-1])
                paths.append(line_number.path)
            yield Laid(
                key=f"{key}/{position}",
                role=self._role(line),
                level=level + line.level + line.is_item,
                number=line_number,
                inlines=line.inlines,
                mark=mark if following is None else self._mark_before(line, following),
                origin=origin,
                keep_next=following.level > line.level if following else bool(origin.use and origin.use.under),
            )

    def _series(self, line: Line, key: str, position: int) -> str:
        """The series in which a line of a list is counted.

        All lettered items of a clause are one series, so that no letter stands twice under one number: a second list
        goes on where the first ended. Every other list begins anew.
        """
        return key if line.kind is LineKind.ORDERED and line.level == 0 else f"{key}/{position}"

    def _list_number(self, line: Line, series: str, level: int, above: tuple[int, ...]) -> Number:
        if line.kind is LineKind.BULLET:
            return self.counter.bullet(series)
        return self.counter.next(series, level + line.level + 1, above)

    def _role(self, line: Line) -> str:
        match line.kind:
            case LineKind.ORDERED | LineKind.BULLET:
                return "item"
            case LineKind.QUOTE:
                return "quote"
            case _:
                return self.style.role

    def _mark_before(self, line: Line, following: Line) -> Mark:
        """The mark after a line that is not the clause's last: a colon before a list, and what ends an item of one."""
        if following.is_item and (following.level > line.level or not line.is_item):
            return Mark.COLON
        return _inner(self.style) if line.is_item else Mark.NONE


def _inner(style: SectionStyle) -> Mark:
    return style.each if style.each in (Mark.NONE, Mark.FULL_STOP) else Mark.SEMICOLON
