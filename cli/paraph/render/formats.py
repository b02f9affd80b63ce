"""The formats in one table, and the one way to make a file of any of them.

A format is a function `(edition, kit) -> bytes` and an independent walk of the file: either one that gives what each
document prints, as `paraph.model.document.printed` says it, or one that compares by itself (a PDF has no paragraphs
apart from its pages).
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from paraph.errors import FidelityError
from paraph.model.document import Edition, Printed, printed
from paraph.render.kit import Kit

Read: TypeAlias = tuple[tuple[Printed, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A format by its name. Its files end in `ending`, or else in its name.

    `media` is its media type as registered with IANA.

    Functions are named as "module:function": `render(edition, kit) -> bytes`, and
    `read_back(data, edition) -> Read`, or `differences(data, edition, brand) -> str | None`. `bilingual`: it can
    set two languages side by side. `prepare()` loads what its first file would load.
    """

    name: str
    media: str
    render: str
    read_back: str = ""
    differences: str = ""
    bilingual: bool = True
    prepare: str = ""
    ending: str = ""


FORMATS = {
    row.name: row
    for row in (
        Format(
            name="docx",
            media="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            render="docx.document:render",
            read_back="docx.read:read_back",
            prepare="docx.document:prepare",
        ),
        Format(
            name="pdf",
            media="application/pdf",
            render="pdf.document:render",
            differences="pdf.compare:differences",
            prepare="pdf.document:prepare",
        ),
        Format(name="html", media="text/html", render="html.page:render", read_back="html.read:read_back"),
        Format(
            name="odt",
            media="application/vnd.oasis.opendocument.text",
            render="pandoc.document:render_odt",
            read_back="pandoc.document:read_back_odt",
            bilingual=False,
        ),
        Format(
            name="epub",
            media="application/epub+zip",
            render="pandoc.document:render_epub",
            read_back="pandoc.document:read_back_epub",
            bilingual=False,
        ),
        Format(
            name="md",
            media="text/markdown",
            render="pandoc.document:render_md",
            read_back="pandoc.document:read_back_md",
            bilingual=False,
        ),
        Format(
            name="akn",
            ending="akn.xml",
            media="application/akn+xml",
            render="akn.document:render",
            read_back="akn.read:read_back",
            bilingual=False,
        ),
        Format(
            name="large-print",
            ending="large-print.pdf",
            media="application/pdf",
            render="pdf.document:render_large",
            differences="pdf.compare:differences",
            prepare="pdf.document:prepare",
            bilingual=False,
        ),
        Format(
            name="press",
            ending="press.pdf",
            media="application/pdf",
            render="pdf.press:render",
            differences="pdf.compare:differences",
            prepare="pdf.document:prepare",
        ),
    )
}
"""Every format that `paraph build -f` knows."""


def make(edition: Edition, kit: Kit, name: str) -> bytes:
    """The file of `edition` in the format `name`, proved to say what the documents say.

    Raises FidelityError where the words read back differ, RenderError where the engine refuses.
    """
    data: bytes = _call(FORMATS[name].render, edition, kit)
    if difference := differences(data, edition, kit, name):
        raise FidelityError(
            f"{edition.name}.{name} does not say what the document says; it was not written\n{difference}",
            "A template may print a part twice, in another order, or not at all, or words of its own in the text: "
            "docs/templates.md says where those may stand. Compare it with the shipped one.",
        )
    return data


def differences(data: bytes, edition: Edition, kit: Kit, name: str) -> str | None:
    """The first place where a file does not say what the documents say, in words; None: it says the same."""
    row = FORMATS[name]
    if row.differences:
        found: str | None = _call(row.differences, data, edition, kit.brand)
        return found
    return compare(edition, _call(row.read_back, data, edition))


def prepare(names: Sequence[str]) -> None:
    """Load what these formats need before it is needed, in a process that waits for its first file."""
    for row in (FORMATS[name] for name in names):
        for function in filter(None, (row.render, row.read_back, row.differences)):
            importlib.import_module(f"paraph.render.{function.partition(':')[0]}")
        if row.prepare:
            _call(row.prepare)


def _call(name: str, *arguments: object) -> Any:
    """Import an engine only when its format is asked for."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(f"paraph.render.{module}"), function)(*arguments)


def compare(edition: Edition, read: Read) -> str | None:
    """The first difference between what was read back and what the documents print, in words; None: there is none."""
    for document, found in zip(edition.documents, read, strict=True):
        expected = tuple(_folded(line) for line in printed(document))
        got = tuple(_folded(line) for line in found)
        if expected == got:
            continue
        position = next(
            (n for n, (one, other) in enumerate(zip(expected, got, strict=False)) if one != other),
            min(len(expected), len(got)),
        )
        return (
            f"  paragraph {position + 1} of the {document.language.code} text\n"
            f"  document: {_shown(expected, position)}\n"
            f"  file:     {_shown(got, position)}"
        )
    return None


def _folded(line: Printed) -> Printed:
    """White space that no format keeps apart from a space: runs of it, and line breaks inside a paragraph."""
    return Printed(_fold(line.label), _fold(line.text))


def _fold(text: str) -> str:
    return " ".join(part for part in text.replace("\n", " ").replace("\t", " ").split(" ") if part)


def _shown(lines: tuple[Printed, ...], position: int) -> str:
    if position >= len(lines):
        return "(nothing more)"
    line = lines[position]
    return f"{line.label} {line.text}".strip()[:300] or "(an empty paragraph)"
