"""What paraph ships, built as its users build it, before outside judges: every document, language and edition."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from judges import assert_conforms, axe, errors, needed, needs_browser
from once import once
from paraph.starter import starter
from paraph.workflow.building.build import Request, build
from paraph.workflow.desk import documents_of


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    def make(out: Path) -> None:
        build(
            starter(), Request(documents=documents_of(starter(), ()), formats=("docx", "pdf", "html", "odt"), out=out)
        )

    return sorted(once(tmp_path_factory, "shipped", make).iterdir())


def of(files: list[Path], ending: str) -> Iterator[Path]:
    found = [path for path in files if path.suffix == ending]
    assert len(found) >= 11
    yield from found


def unlike(files: list[Path], ending: str) -> list[Path]:
    """One file of those that differ in their words alone: English, Arabic, side by side. Judges take their time."""
    alike = {"fr", "es", "mk", "mt", "sq", "tr", "nl", "de"}
    return [path for path in of(files, ending) if not alike & {*path.name.split(".")}]


def test_every_docx_is_valid(files: list[Path], validator: str) -> None:
    assert {path.name: errors(validator, path) for path in unlike(files, ".docx")} == {
        path.name: [] for path in unlike(files, ".docx")
    }


def test_libreoffice_opens_every_docx_and_odt(files: list[Path], tmp_path: Path) -> None:
    soffice = needed(shutil.which("soffice"), "LibreOffice")
    given = [
        shutil.copy(path, tmp_path / f"{path.stem}-{ending[1:]}{ending}")
        for ending in (".docx", ".odt")
        for path in of(files, ending)
    ]
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path / "pdf"), *map(str, given)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    printed = [tmp_path / "pdf" / f"{path.stem}.pdf" for path in given]
    assert [path.name for path in printed if not path.is_file() or path.stat().st_size < 5_000] == []


def test_every_pdf_is_ua_1_and_a_3a(files: list[Path]) -> None:
    for path in of(files, ".pdf"):
        assert_conforms(path.read_bytes())


def test_every_page_passes_axe(files: list[Path]) -> None:
    needs_browser()
    assert axe(unlike(files, ".html")) == []


def test_every_page_of_every_file_is_marked_as_a_draft(files: list[Path]) -> None:
    import pypdfium2

    strings = yaml.safe_load((starter() / "templates" / "strings.yml").read_text("utf-8"))["strings"]
    marks = [re.compile(r"\s+".join(map(re.escape, text.split()))) for text in strings["draft"].values()]
    for path in of(files, ".pdf"):
        document = pypdfium2.PdfDocument(path)
        try:
            texts = [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()
        if ".ar." not in path.name:  # read from the page as it is drawn, Arabic letters come in their shapes
            assert all(any(mark.search(text) for mark in marks) for text in texts), path.name
