"""The formats in one table, and the one way to make a file of any of them.

A format is a module with `render(edition, kit) -> bytes` and `read_back(data, edition)`, an independent walk of the
file that gives, for each document of the edition, what `paraph.model.document.printed` says of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from paraph.errors import FidelityError
from paraph.model.document import Edition, Printed, printed
from paraph.render.kit import Kit

Read: TypeAlias = tuple[tuple[Printed, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A format by its name, which is also the ending of its files. `bilingual`: it can set two languages abreast."""

    name: str
    module: str
    bilingual: bool = True
    renderer: str = "render"
    reader: str = "read_back"

    def render(self, edition: Edition, kit: Kit) -> bytes:
        """The file of `edition`, not yet proved: use `paraph.render.formats.make`."""
        function: Callable[[Edition, Kit], bytes] = getattr(importlib.import_module(self.module), self.renderer)
        return function(edition, kit)

    def read_back(self, data: bytes, edition: Edition) -> Read:
        """What the file says, document by document, paragraph by paragraph."""
        function: Callable[[bytes, Edition], Read] = getattr(importlib.import_module(self.module), self.reader)
        return function(data, edition)


FORMATS = {
    row.name: row
    for row in (
        Format(name="docx", module="paraph.render.docx"),
        Format(name="pdf", module="paraph.render.pdf"),
        Format(name="html", module="paraph.render.html"),
        Format(name="odt", module="paraph.render.pandoc", renderer="render_odt", reader="read_back_odt"),
        Format(name="epub", module="paraph.render.pandoc", renderer="render_epub", reader="read_back_epub"),
        Format(name="md", module="paraph.render.pandoc", renderer="render_md", reader="read_back_md"),
    )
}
"""Every format that `paraph build -f` knows."""


def make(edition: Edition, kit: Kit, name: str) -> bytes:
    """The file of `edition` in the format `name`, proved to say what the documents say.

    Raises FidelityError where the words read back differ, RenderError where the engine refuses.
    """
    data = FORMATS[name].render(edition, kit)
    prove(edition, FORMATS[name].read_back(data, edition), f"{edition.name}.{name}")
    return data


def prove(edition: Edition, read: Read, file: str) -> None:
    """Compare what was read back with the documents; the first difference is a FidelityError that shows both."""
    for document, found in zip(edition.documents, read, strict=True):
        expected = tuple(_folded(line) for line in printed(document))
        got = tuple(_folded(line) for line in found)
        if expected == got:
            continue
        position = next(
            (n for n, (one, other) in enumerate(zip(expected, got, strict=False)) if one != other),
            min(len(expected), len(got)),
        )
        raise FidelityError(
            f"{file} does not say what the document says; it was not written\n"
            f"  paragraph {position + 1} of the {document.language.code} text\n"
            f"  document: {_shown(expected, position)}\n"
            f"  file:     {_shown(got, position)}",
            "A template may print a part twice, in another order, or not at all: compare it with the shipped one.",
        )


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
