"""The pictures of a document: pictograms beside headings and messages, each with what it shows in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paraph.assembly.context import Context
from paraph.assembly.drawing import drawing_fault
from paraph.assembly.layout import Layout
from paraph.assembly.publisher import codes
from paraph.model.document import Picture
from paraph.model.finding import KeyPath, Source

_NEAR = "near-scene.svg"
"""The drawing below the frame for the local partner (templates/common/panels.typ)."""


def pictures(context: Context, layout: Layout) -> Mapping[str, Picture]:
    """By the key of the block that each stands beside; of a form without a place for any, none."""
    if not any(name.endswith(".svg") for name in context.form.files):
        return {}
    if context.form.sheet is not None:
        _drawn(context, _NEAR, context.form.source, ())
    found = {key: _picture(context, name, source, at) for key, name, source, at in _named(context, layout)}
    if any(part.kind == "publisher" for part in context.form.parts):
        found |= codes(context)
    return {key: picture for key, picture in found.items() if picture is not None}


def _named(context: Context, layout: Layout) -> Iterator[tuple[str, str, Source, KeyPath]]:
    manifest = context.manifest
    for number, part in enumerate(context.form.parts):
        if part.picture:
            yield f"{part.kind}/heading", part.picture, context.form.source, ("parts", number, "picture")
    if manifest.picture:
        yield "title", manifest.picture, manifest.source, ("picture",)
    for position, (section, laid) in enumerate(layout.sections):
        if section.picture and section.heading:
            yield f"{section.id}/heading", section.picture, manifest.source, ("sections", position, "picture")
        seen = set()
        for line in laid:
            clause = line.origin.clause
            if clause and clause.picture and line.origin.at not in seen:
                seen.add(line.origin.at)
                yield line.key, clause.picture, clause.source, ("picture",)


def _picture(context: Context, name: str, source: Source, at: KeyPath) -> Picture | None:
    if f"{name}.svg" not in context.form.files:
        known = sorted(one.removesuffix(".svg") for one in context.form.files if one.endswith(".svg"))
        message, advice = f"there is no pictogram “{name}”", f"The pictograms are {', '.join(known)}."
        context.findings.append(source.finding("unknown-picture", message, advice, at=at))
        return None
    if not all(_drawn(context, file, source, at) for file in (f"{name}.svg", f"{name}-scene.svg")):
        return None
    return Picture(name=name, alt=context.string(f"picture-{name}"))


def _drawn(context: Context, file: str, source: Source, at: KeyPath) -> bool:
    """Whether a file of the form, if there is one of this name, is a drawing."""
    data = context.form.files.get(file)
    fault = drawing_fault(data) if data is not None else ""
    if fault:
        message, advice = f"{file} cannot be drawn: {fault}", "Save it as plain SVG, with all that it shows in it."
        context.findings.append(source.finding("unusable-picture", message, advice, at=at))
    return not fault
