"""The parts of a form, in the order that its form.yml gives: one table, one function a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from paraph.assembly.context import HEADING, Context
from paraph.assembly.fill import Filler
from paraph.assembly.layout import Layout
from paraph.assembly.members import called, in_order
from paraph.assembly.publisher import contact, is_reached, publisher
from paraph.assembly.reservations import reservations
from paraph.assembly.sections import section_parts
from paraph.assembly.signatures import signatures
from paraph.assembly.terms import glossary_rows
from paraph.assembly.values import long_date
from paraph.model.document import Part
from paraph.model.form import CONTACT, PartSpec
from paraph.model.text import Block, Break, Emphasis, Grid, Heading, Inline, Paragraph, Table, Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Assembling:
    """What a part is made from."""

    context: Context
    layout: Layout
    filler: Filler


def parts(assembling: Assembling) -> Iterator[Part]:
    """Every part of the document that has something to print."""
    made = [
        part for spec in assembling.context.form.parts for part in PARTS[spec.kind](assembling, spec) if part.blocks
    ]
    made = _on_panels(assembling.context, made)
    for part, following in zip_longest(made, made[1:]):
        yield _kept(part) if following and following.name in _CLOSING else part


def _on_panels(context: Context, made: list[Part]) -> list[Part]:
    """The parts in the order in which the panels of a folded sheet are read; a finding for each that has no panel."""
    sheet = context.form.sheet
    if sheet is None:
        return made
    placed = [(sheet.place(part.id), part) for part in made]
    for place, part in placed:
        if place is None:
            panels = ", ".join(name for parts in sheet.panels.values() for name in parts)
            message = f"“{part.id}” has no place on the sheet of a {context.form.id}"
            advice = f"Name it by one of {panels}, or give it a panel in {context.form.source.file}."
            context.finding("panel-missing", message, advice, at=("sections",))
    return [part for place, part in sorted(placed, key=lambda one: one[0] or (len(sheet.panels), 0))]


_CLOSING = ("place-date", "signatures")
"""Parts that must not stand alone on a page: the end of the text goes with them."""


def _kept(part: Part) -> Part:
    last = part.blocks[-1]
    return (
        replace(part, blocks=(*part.blocks[:-1], replace(last, keep_next=True)))
        if isinstance(last, Paragraph)
        else part
    )


def _paragraph(kind: str, inlines: tuple[Inline, ...], role: str = "") -> Iterator[Part]:
    if inlines:
        yield Part(name=kind, id=kind, blocks=(Paragraph(key=kind, role=role or kind, inlines=inlines),))


def _label(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context = assembling.context
    name = context.form.names.get(context.code, "")
    if not name:
        advice = f"Add {context.code}: to its name."
        message = f"the form {context.form.id} has no name in {context.code}"
        context.findings.append(context.form.source.finding("language-missing", message, advice, at=("name",)))
    yield from _paragraph("label", (Text(name),) if name else ())


def _title(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context = assembling.context
    text = context.own(context.manifest.title, ("title",), "the title")
    words = replace(assembling.filler, key="title").fill(context.inlines(text, ("title", context.code)))
    yield Part(name="title", id="title", blocks=(Heading(key="title", role="title", level=1, inlines=words),))


def _subtitle(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context = assembling.context
    text = context.own(context.manifest.subtitle, ("subtitle",), "the subtitle")
    if text:
        words = replace(assembling.filler, key="subtitle").fill(context.inlines(text, ("subtitle", context.code)))
        yield from _paragraph("subtitle", words)


def _reference(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context = assembling.context
    if context.manifest.reference:
        words = context.string("reference", reference=context.manifest.reference)
        yield from _paragraph("reference", assembling.filler.fill((Text(words),)))
    record = context.record
    for key, reference in (("corrects", record.corrects), ("replaces", record.replaces)):
        if reference:
            inlines = assembling.filler.fill((Text(context.string(key, reference=reference)),))
            block = Paragraph(key=f"reference/{key}", role="reference", inlines=inlines)
            yield Part(name="reference", id=f"reference-{key}", blocks=(block,))


def _place_date(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context, manifest = assembling.context, assembling.context.manifest
    place = context.own(manifest.place, ("place",), "the place")
    date = long_date(context, manifest.date) if manifest.date else ""
    if place or date:
        pattern = "place-date" if place and date else "place-only" if place else "date-only"
        yield from _paragraph("place-date", (Text(context.string(pattern, place=place, date=date)),))


def _field(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context, at = assembling.context, ("fields", spec.field)
    of_member = spec.field == CONTACT and context.member is not None
    if of_member:
        text = contact(context)
    else:
        text = context.own(context.manifest.fields.get(spec.field, {}), at, f"the field {spec.field}")
    if not text:
        return
    filler = replace(assembling.filler, key=spec.field)
    words: tuple[Inline, ...] = ()
    if of_member or context.form.fields[spec.field].type == "lines":
        for line in text.strip().splitlines():
            words += ((Break(),) if words else ()) + filler.fill((Text(line.strip()),))
    else:
        words = filler.fill(context.inlines(text, (*at, context.code)))
    if spec.string:
        before = Emphasis((Text(context.string(spec.string)),))
        words = (before, Break() if spec.field == CONTACT else Text(" "), *words)  # “How to reach us 1 …”: a line each
    block = Paragraph(key=spec.field, role=spec.role or "field", inlines=words)
    yield Part(name="field", id=spec.field, blocks=(block,))


def _string(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context = assembling.context
    filler = replace(assembling.filler, key=spec.string)
    words = filler.fill(context.inlines(context.string(spec.string), ()))
    block = Paragraph(key=spec.string, role=spec.role or "string", inlines=words)
    yield Part(name="string", id=spec.string, blocks=(block,))


def _sections(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    yield from section_parts(assembling.context, assembling.layout, assembling.filler)


def _members(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context = assembling.context
    cells = tuple(
        (Paragraph(key=f"members/{member.id}", role="member", inlines=words),)
        for member, words in in_order(context, context.speakers())
    )
    if cells:
        yield Part(name="members", id="members", blocks=(Grid(key="members", role="members", cells=cells, columns=1),))


def _publisher(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    """Who issues this edition, headed by a string of the form: “Talk to us”, where it says how."""
    context = assembling.context
    blocks = publisher(context, assembling.filler)
    if blocks and spec.string and is_reached(context):
        words = (Text(context.string(spec.string)),)
        blocks = (Heading(key="publisher/heading", role="section", level=HEADING, inlines=words), *blocks)
    yield Part(name="publisher", id="publisher", blocks=blocks)


def _signatures(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    yield Part(name="signatures", id="signatures", blocks=signatures(assembling.context, spec.string))


def _reservations(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    yield Part(name="reservations", id="reservations", blocks=reservations(assembling.context))


def _approvals(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    """Where the register stood; in a draft also what is missing, so that nobody takes it for more than it is."""
    context = assembling.context
    lines = list(_progress(context))
    lines.extend(_where_it_stood(context))
    blocks: list[Block] = [
        Paragraph(key=f"approvals/{key}", role="small", inlines=assembling.filler.fill((Text(line),)))
        for key, line in lines
    ]
    if len(blocks) > 1:
        words = (Text(context.string("approvals")),)
        blocks.insert(0, Heading(key="approvals/heading", role="annex", level=HEADING, inlines=words))
    yield Part(name="approvals", id="approvals", blocks=tuple(blocks))


def _head(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    """Where the register stood and no more, for a form in which a reader should not meet the state of approvals."""
    lines = [
        Paragraph(key=f"head/{key}", role="small", inlines=assembling.filler.fill((Text(line),)))
        for key, line in _where_it_stood(assembling.context)
    ]
    yield Part(name="head", id="head", blocks=tuple(lines))


def _where_it_stood(context: Context) -> Iterator[tuple[str, str]]:
    if context.record.head:
        yield "head", context.string("approvals-head", head=context.record.head)


def _progress(context: Context) -> Iterator[tuple[str, str]]:
    """What is missing, a line each; members in the order of the files, so that lines stand abreast."""
    progress = context.record.progress
    if context.record.unread:
        yield "unread", context.string("approvals-unread")
    if progress is None:
        return
    counts = {"agreed": str(progress.agreed), "clauses": str(progress.clauses)}
    yield "agreed", context.string("approvals-agreed", **counts)
    if progress.changed:
        yield "changed", context.string("approvals-changed", count=str(len(progress.changed)))
    for key, found in (("objected", progress.objected), ("pending", progress.pending)):
        for id_, member in context.library.institutions.items():
            if id_ in found:
                words = context.string(f"approvals-{key}", name=called(context, member), count=str(found[id_]))
                yield f"{key}/{id_}", words


def _glossary(assembling: Assembling, spec: PartSpec) -> Iterator[Part]:
    context = assembling.context
    rows = glossary_rows(context, context.terms.used(context.manifest))
    if not rows:
        return
    authentic = context.code in context.library.workspace.authentic
    head = tuple(
        (Text(context.string(key)),)
        for key in ("glossary-term", "glossary-definition" if authentic else "glossary-equivalents")
    )
    heading = Heading(key="glossary/heading", role="annex", level=HEADING, inlines=(Text(context.string("glossary")),))
    table = Table(key="glossary", role="glossary", head=head, rows=rows, widths=(1, 2))
    yield Part(name="glossary", id="glossary", blocks=(heading, table))


PARTS: dict[str, Callable[[Assembling, PartSpec], Iterator[Part]]] = {
    "label": _label,
    "title": _title,
    "subtitle": _subtitle,
    "reference": _reference,
    "place-date": _place_date,
    "field": _field,
    "string": _string,
    "sections": _sections,
    "members": _members,
    "signatures": _signatures,
    "publisher": _publisher,
    "reservations": _reservations,
    "approvals": _approvals,
    "head": _head,
    "glossary": _glossary,
}
