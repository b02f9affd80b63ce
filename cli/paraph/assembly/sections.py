"""The second pass over the sections: what `layout` has put in its place, filled in and ended with its mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from paraph.assembly.context import HEADING, Context
from paraph.assembly.fill import Filler
from paraph.assembly.layout import Laid, Layout, Origin
from paraph.assembly.numbering import reference_words
from paraph.assembly.values import built_in, written
from paraph.model.document import Part
from paraph.model.finding import KeyPath
from paraph.model.form import Numbering
from paraph.model.manifest import Section
from paraph.model.text import Block, ClauseRef, Heading, Inline, Note, Paragraph, Placeholder, Text, plain
from paraph.model.value import RawValue, ValueKind
from paraph.model.writing import Mark

_ENDED = "?!…:;,.؟؛،"
_CLOSING = "\"'”’»)]\u00a0\u202f"


def section_parts(context: Context, layout: Layout, filler: Filler) -> Iterator[Part]:
    """One part per section: its heading, its chapeau, its paragraphs, filled in."""
    for position, (section, laid) in enumerate(layout.sections):
        blocks: list[Block] = []
        if section.heading:
            at: KeyPath = ("sections", position, "heading")
            text = context.own(section.heading, at, f"the heading of section {section.id}")
            words = replace(filler, key=f"{section.id}/heading").fill(context.inlines(text, (*at, context.code)))
            blocks.append(Heading(key=f"{section.id}/heading", role="section", level=HEADING, inlines=words))
        blocks += (_paragraph(context, layout, section, one, filler) for one in laid)
        yield Part(name="section", id=section.id, blocks=tuple(blocks))


def _paragraph(context: Context, layout: Layout, section: Section, laid: Laid, filler: Filler) -> Paragraph:
    filled = replace(
        filler,
        key=laid.key,
        value=lambda placeholder: value_of(context, placeholder, laid.origin),
        reference=lambda reference: _reference(context, layout, section, reference, laid.origin.at),
    ).fill(laid.inlines)
    return Paragraph(
        key=laid.key,
        role=laid.role,
        level=laid.level,
        number=laid.number,
        inlines=_ended(context, filled, laid.mark),
        keep_next=laid.keep_next,
    )


def value_of(context: Context, placeholder: Placeholder, origin: Origin) -> tuple[Inline, ...]:
    """The words of a placeholder: the value given with the clause, then the manifest's, then a built-in one."""
    name, clause, use, at = placeholder.name, origin.clause, origin.use, origin.at
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
    abbreviated = mark is not Mark.FULL_STOP and context.rules.abbreviated(words)  # one point ends both
    if mark is Mark.NONE or not words or (words[-1] in _ENDED and not abbreviated):
        return inlines
    written_mark = Text(context.rules.marks[mark])
    end = len(inlines)
    while end and isinstance(inlines[end - 1], Note) and not context.rules.note_before_mark:
        end -= 1
    return (*inlines[:end], written_mark, *inlines[end:])
