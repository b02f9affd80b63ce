"""ODT and RTF made into DOCX by LibreOffice, which then is read like any other.

LibreOffice runs with a profile of its own that is thrown away: macros are off, links are not followed, nothing that it
would fetch is reached (its proxy leads nowhere), and it has a limit of time. What it makes is untrusted all the same.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from paraph.errors import RenderError
from paraph.ooxml.kinds import Kind

TIME_LIMIT = 120
"""Seconds; a first start on a slow machine takes ten."""

_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""Of a profile in which nothing from a file is run or fetched; port 9 discards."""


def as_docx(data: bytes, kind: Kind, soffice: str = "soffice") -> bytes:
    """The DOCX that LibreOffice makes of an ODT or RTF. RenderError: it is not there, too slow, or makes none."""
    program = shutil.which(soffice)
    if program is None:
        raise RenderError(
            f"{kind.upper()} is read through LibreOffice, which was not found",
            "Install it, or save the file as .docx in a word processor.",
        )
    with tempfile.TemporaryDirectory(prefix="paraph-read-") as folder:
        place = Path(folder)
        source = place / f"returned.{kind}"
        source.write_bytes(data)
        _profile(place / "profile")
        command = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(place / "made"),
            str(source),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT)  # noqa: S603  # no shell
        except subprocess.TimeoutExpired as error:
            raise RenderError(f"LibreOffice did not finish in {TIME_LIMIT} seconds", "Save it as .docx.") from error
        except subprocess.CalledProcessError as error:
            raise RenderError("LibreOffice could not read the file", "Save it as .docx.") from error
        made = place / "made" / "returned.docx"
        if not made.exists():
            raise RenderError("LibreOffice could not read the file", "Open it there to see why, and save it as .docx.")
        return made.read_bytes()


def _profile(folder: Path) -> None:
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )
