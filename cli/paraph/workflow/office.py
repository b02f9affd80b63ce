"""The one thing that is done outside: printing a DOCX through LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from paraph.errors import RenderError


def pdf_of(docx: bytes) -> bytes:
    """The PDF that LibreOffice prints from `docx`. Raises RenderError where it is not installed or refuses."""
    from paraph.render.docx_print import print_docx

    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        raise RenderError(
            "LibreOffice is not installed, and --pdf-from docx prints through it",
            "Install it, or leave --pdf-from out: the PDF is then typeset without it.",
        )
    with tempfile.TemporaryDirectory(prefix="paraph-") as folder:
        return print_docx(docx, soffice, Path(folder))
