"""The DOCX itself as PDF, through LibreOffice, for a house that restyles its documents in Word (`--pdf-from docx`).

LibreOffice runs with a profile of its own, so that it neither meets nor disturbs one that is open, and with the fonts
of the fontpkg packages beside the machine's. Its PDFs are tagged, but differ from run to run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from paraph.errors import RenderError
from paraph.ooxml.names import attribute, name
from paraph.ooxml.package import Package
from paraph.render.fonts import font_dirs

TIME_LIMIT = 120
"""Seconds; a first start on a slow machine takes ten."""

_FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},' + (
    '"ExportBookmarks":{"type":"boolean","value":"true"},"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"}}'
)
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{folders}
<cachedir>{cache}</cachedir>
</fontconfig>
"""


def print_docx(data: bytes, soffice: str = "soffice", workdir: Path | None = None) -> bytes:
    """The PDF of a DOCX. `soffice` is the program, by name or path; what it writes on the way goes below `workdir`.

    RenderError: LibreOffice is not there, takes longer than TIME_LIMIT, or makes no PDF.
    """
    program = shutil.which(soffice)
    if program is None:
        raise RenderError(f"LibreOffice ({soffice}) was not found", "Install it, or leave --pdf-from docx out.")
    with tempfile.TemporaryDirectory(dir=workdir, prefix="print-") as folder:
        place = Path(folder)
        source = place / "document.docx"
        source.write_bytes(_marked_once(data))
        fonts = place / "fonts.conf"
        folders = "\n".join(f"<dir>{escape(str(one))}</dir>" for one in font_dirs())
        fonts.write_text(_FONTS.format(folders=folders, cache=escape(str(place / "cache"))), encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            _FILTER,
            "--outdir",
            folder,
            str(source),
        ]
        _run(command, fonts)
        made = place / "document.pdf"
        if not made.exists():
            raise RenderError("LibreOffice made no PDF of the Word file", "Open the DOCX in LibreOffice to see why.")
        return made.read_bytes()


def _marked_once(data: bytes) -> bytes:
    """The file without the marks that open a note whose call has its own mark: LibreOffice sets them a second time."""
    package = Package.read(data)
    for part in package.related("word/document.xml", "footnotes").values():
        for note in package.xml(part):
            runs = list(note.iter(name("w:r")))
            if runs and attribute(note, "w:id") > "0" and runs[0].find(name("w:footnoteRef")) is None:
                for run in runs[:2]:
                    note[0].remove(run)
    return package.data()


def _run(command: list[str], fonts: Path) -> None:
    try:
        subprocess.run(  # noqa: S603 - a program of the user's choice, no shell
            command,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            check=True,
            capture_output=True,
            timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"LibreOffice did not finish in {TIME_LIMIT} seconds", "Close it, then try again.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip()
        raise RenderError(
            f"LibreOffice failed: {said or error.returncode}", "Open the DOCX in it to see why."
        ) from error
