"""The sections of a manifest: clauses in their order, numbered, with their terminal punctuation composed.

Two passes: the first lays out every paragraph with its number, so that the second can say "paragraph 4" of what stands
further down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from paraph.assembly.context import Context
from paraph.assembly.fill import Filler
from paraph.assembly.numbering import Counter, reference_words
from paraph.assembly.values import built_in, written
from paraph.model.clause import Clause
from paraph.model.document import Part
from paraph.model.finding import KeyPath
from paraph.model.form import Numbering, SectionStyle
from paraph.model.manifest import Section, Use
from paraph.model.text import (
    Block,
    ClauseRef,
    Heading,
    Inline,
    Line,
    LineKind,
    Note,
    Number,
    Paragraph,
    Placeholder,
    Text,
    plain,
)
from paraph.model.value import RawValue, ValueKind
from paraph.model.writing import Mark

_ENDED = "?!…:;,.؟؛،"
_CLOSING = "\"'”’»)]\u00a0\u202f"


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """One paragraph with its place and number, its text not yet filled in. `clause` is None for a chapeau."""

    key: str
    role: str
    level: int
    number: Number | None
    inlines: tuple[Inline, ...]
    mark: Mark
    clause: Clause | None
    use: Use | None
    at: KeyPath
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
                clause=None,
                use=None,
                at=(*at, "chapeau"),
                keep_next=bool(section.uses),
            )
        for position, use in enumerate(section.uses):
            last = position == len(section.uses) - 1
            mark = self.style.last if last else self.style.each
            yield from self._use(use, section.id, 0, (), mark, (*at, "clauses", position))

    def _use(self, use: Use, above: str, level: int, path: tuple[int, ...], mark: Mark, at: KeyPath) -> Iterator[Laid]:
        clause = self.context.library.clauses.get(use.clause)
        text = clause.text(self.context.code) if clause else None
        if clause is None:
            return  # the library has a finding
        if text is None:
            self.context.finding(
                "translation-missing",
                f"clause {clause.id} has no {self.context.code}",
                f"Translate it in {clause.source.file}, or leave {self.context.code} out of languages:.",
                at=at,
            )
            return
        key = self._key(f"{above}/{clause.id}")
        number = self._number(above, level, path)
        below = number.path if number and (level == 0 or path) else ()  # “(a)” of what has no number is no address
        self.places.setdefault(clause.id, []).append(Place(self.section.id, below, f"{key}/0"))
        goes_on = text.lines[-1].kind is LineKind.ORDERED and text.lines[-1].level == 0
        own_mark = mark if not use.under else _inner(self.style) if goes_on else Mark.COLON
        yield from self._clause(clause, use, text.lines, key, level, number, own_mark, at)
        for position, child in enumerate(use.under):
            child_mark = mark if position == len(use.under) - 1 else _inner(self.style)
            yield from self._use(child, key, level + 1, below, child_mark, (*at, "under", position))

    def _key(self, key: str) -> str:
        """`key`, and from its second use on with a count, which no id can hold: a key is unique in its document."""
        copies = self.keys[key] = self.keys.get(key, 0) + 1
        return key if copies == 1 else f"{key}~{copies}"

    def _number(self, above: str, level: int, path: tuple[int, ...]) -> Number | None:
        match self.style.numbering:
            case Numbering.BULLET:
                return self.counter.bullet(above)
            case Numbering.NONE if level == 0:
                return None
            case Numbering.THROUGH if level == 0:
                return self.counter.next("through", 0)
            case _:
                return self.counter.next(above, level, path)

    def _clause(
        self,
        clause: Clause,
        use: Use,
        lines: tuple[Line, ...],
        key: str,
        level: int,
        number: Number | None,
        mark: Mark,
        at: KeyPath,
    ) -> Iterator[Laid]:
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
                clause=clause,
                use=use,
                at=at,
                keep_next=following is not None and following.level > line.level,
            )

    def _series(self, line: Line, key: str, position: int) -> str:
        """Under one number a letter stands once: a second list, and what stands under the clause, number on."""
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
        """The mark of a line that is not the clause's last: only items of a list are ended, or opened, by one."""
        if following.is_item and (following.level > line.level or not line.is_item):
            return Mark.COLON
        return _inner(self.style) if line.is_item else Mark.NONE


def _inner(style: SectionStyle) -> Mark:
    return style.each if style.each in (Mark.NONE, Mark.FULL_STOP) else Mark.SEMICOLON


# --- second pass -----------------------------------------------------------------------------------------------------


def section_parts(context: Context, layout: Layout, filler: Filler) -> Iterator[Part]:
    """One part per section: its heading, its chapeau, its paragraphs, filled in."""
    for position, (section, laid) in enumerate(layout.sections):
        blocks: list[Block] = []
        if section.heading:
            at: KeyPath = ("sections", position, "heading")
            text = context.own(section.heading, at, f"the heading of section {section.id}")
            words = replace(filler, key=f"{section.id}/heading").fill(context.inlines(text, (*at, context.code)))
            blocks.append(Heading(key=f"{section.id}/heading", role="section", level=2, inlines=words))
        blocks += (_paragraph(context, layout, section, one, filler) for one in laid)
        yield Part(name="section", id=section.id, blocks=tuple(blocks))


def _paragraph(context: Context, layout: Layout, section: Section, laid: Laid, filler: Filler) -> Paragraph:
    filled = replace(
        filler,
        key=laid.key,
        value=lambda placeholder: value_of(context, placeholder, laid.clause, laid.use, laid.at),
        reference=lambda reference: _reference(context, layout, section, reference, laid.at),
    ).fill(laid.inlines)
    return Paragraph(
        key=laid.key,
        role=laid.role,
        level=laid.level,
        number=laid.number,
        inlines=_ended(context, filled, laid.mark),
        keep_next=laid.keep_next,
    )


def value_of(
    context: Context, placeholder: Placeholder, clause: Clause | None, use: Use | None, at: KeyPath
) -> tuple[Inline, ...]:
    """The words of a placeholder: the value given with the clause, then the manifest's, then a built-in one."""
    name = placeholder.name
    kind: ValueKind | None = (clause.values if clause else context.form.values).get(name)
    found: RawValue | None = use.values.get(name) if use else None
    where: KeyPath = (*at, "values", name)
    if found is None:
        found, where = context.manifest.values.get(name), ("values", name)
    if found is None and (own := built_in(context, name)):
        kind, found, where = kind or own[0], own[1], at
    if kind is None or found is None:
        advice = f"Give {name}: under values:, here or for the whole document."
        context.finding("value-missing", f"the value “{name}” is not given", advice, at=at)
        return ()
    return written(context, kind, found, placeholder.form, where)


def _reference(
    context: Context, layout: Layout, section: Section, reference: ClauseRef, at: KeyPath
) -> tuple[Inline, ...]:
    places = layout.places.get(reference.clause, ())
    here = [place for place in places if place.section == section.id] or list(places)
    through = {one.id for one, _ in layout.sections if context.form.styles[one.style].numbering is Numbering.THROUGH}
    if not here:
        problem, advice = "is not in this document", "Add it to a section, or rewrite the sentence."
    elif len(here) > 1:
        problem, advice = "stands here more than once", "Keep one of them, or name the paragraph in words."
    elif reference.children:
        return (ClauseRef(here[0].key, reference.children),)
    elif not here[0].path:
        problem, advice = "has no number here", "Refer to numbered paragraphs only."
    elif here[0].section != section.id and not {here[0].section, section.id} <= through:
        problem = "stands in a section with numbers of its own, so that its number alone would mislead"
        advice = "Number the sections through (a style with numbering: through), or name the section in words."
    else:
        words = context.string("paragraph", number=reference_words(context.rules, here[0].path))
        return (ClauseRef(here[0].key, (Text(words),)),)
    context.finding("reference", f"clause {reference.clause}, which this one refers to, {problem}", advice, at=at)
    return ()


def _ended(context: Context, inlines: tuple[Inline, ...], mark: Mark) -> tuple[Inline, ...]:
    """`inlines` with their terminal mark, before or after a last footnote call as the language has it."""
    words = plain(inlines).rstrip(_CLOSING)
    if mark is Mark.NONE or not words or words[-1] in _ENDED:
        return inlines
    written_mark = Text(context.rules.marks[mark])
    end = len(inlines)
    while end and isinstance(inlines[end - 1], Note) and not context.rules.note_before_mark:
        end -= 1
    return (*inlines[:end], written_mark, *inlines[end:])
