"""What a renderer needs besides the document: the form's template files and the house's look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paraph.model.form import Sheet
    from paraph.model.workspace import Brand


@dataclass(frozen=True, kw_only=True, slots=True)
class Kit:
    """The materials of a rendering.

    `files` are the form's template files by name (word.docx, page.typ, page.html, pictures); `paper` is "a4" or "a5";
    `generator` names the program and its version; `attachments` (name, media type, bytes) travel inside a PDF;
    `sheet` is how it is folded, None where it is read page by page.
    `large`: for readers with low vision. `press`: for the printer, with bleed and crop marks.
    `redline`: nothing is underlined but what came.
    """

    files: Mapping[str, bytes]
    brand: Brand
    logo: bytes | None = None
    logo_alt: Mapping[str, str] = field(default_factory=dict)
    paper: str = "a4"
    generator: str = "paraph"
    attachments: tuple[tuple[str, str, bytes], ...] = ()
    sheet: Sheet | None = None
    large: bool = False
    press: bool = False
    redline: bool = False
