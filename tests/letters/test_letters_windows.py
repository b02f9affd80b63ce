"""The address of a letter stands inside the window of the envelope, on paper: what is printed there is measured.

Every window that docs/letters.md offers, with the longest address that a table may have, in every language of the
letter; as PDF, and as the DOCX that LibreOffice prints with the fonts of the house.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from paraph.errors import FindingsError
from paraph.library.files.recipients import judged
from paraph.model.document import Edition
from paraph.model.letter import Recipient, personal
from paraph.model.workspace import Window
from paraph.render.docx import document as docx
from paraph.render.docx import to_pdf as printed
from paraph.render.fonts import font_dirs
from paraph.render.pdf import document as pdf
from paraph.render.pdf.widths import Widths
from paraph.starter import starter
from paraph.workflow.files import copy_workspace
from paraph.workflow.letters.plan import Order, Plan, planned
from servers import needs

DOCS = starter() / "docs/letters.md"
LANGUAGES = ("en", "fr", "es", "ar")
FILL = {
    "en": "MINISTRY of Imaginary Migration & WORK ",
    "fr": "PRÉFECTURE de l’Île-Imaginaire ŒUVRES ",
    "es": "CONSEJERÍA de Migraciones Imaginarias Ñ ",
    "ar": "وزارة الهجرة المتخيلة والشؤون الاجتماعية ",
}
"""Words of which the lines of an address are made, as wide as the window is: capitals are wide, Amiri is high."""
DPI = 100
NEAR = 3.0
"""Millimetres around a window in which nothing else is printed."""
INK = 0.3
"""Millimetres by which ink may lie outside: half a point, the edge of a letter at this resolution."""


def windows() -> list[Window]:
    """Those that the documentation offers."""
    found = re.findall(r"\{left: (\d+), top: (\d+), width: (\d+), height: (\d+)\}", DOCS.read_text(encoding="utf-8"))
    return [Window(**dict(zip(("left", "top", "width", "height"), map(int, one), strict=True))) for one in found]


@dataclass(frozen=True)
class Case:
    """A letter with the longest address for a window; `lines` is how many lines that has."""

    window: Window
    language: str
    plan: Plan
    person: Recipient
    lines: int

    @property
    def name(self) -> str:
        return f"{self.window.left}-{self.window.top}-{self.language}"


def longest(window: Window, language: str, widths: Widths) -> str:
    """A line that fills the window to the last letter."""
    rtl, line = language == "ar", ""
    wide = window.width / ((12.5 if rtl else 10) * 25.4 / 72)
    text = FILL[language] * 5
    for end in range(len(text)):
        if widths(text[:end], rtl) <= wide and text[:end].strip() == text[:end]:
            line = text[:end]
    return line


def rooms(window: Window, language: str) -> int:
    return int(window.height / ((15 if language == "ar" else 13.5) * 25.4 / 72))


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("windows")
    copy_workspace(starter(), folder / "w")
    paraph = folder / "w/paraph.yml"
    text, made = paraph.read_text(encoding="utf-8"), []
    assert len(windows()) >= 4
    for window in {(one.left, one.top): one for one in windows()}.values():
        inside = f"{{left: {window.left}, top: {window.top}, width: {window.width}, height: {window.height}}}"
        paraph.write_text(text.replace("brand:\n", f"brand:\n  window: {inside}\n", 1), encoding="utf-8")
        for language in LANGUAGES:
            plan = _plan(folder, "authority,address\nA,B\n", language)
            line, room = longest(window, language, plan.table.measure), rooms(window, language)  # type: ignore[arg-type]  # it is Widths
            rows = f'authority,address\n"{line}","{"|".join([line] * (room - 1))}"\n'
            plan = _plan(folder, rows, language)
            made.append(Case(window, language, plan, next(iter(plan.people)), room))
            for more in (rows.replace('"\n', f'|{line}"\n'), rows.replace(line, line + FILL[language].split()[0], 1)):
                with pytest.raises(FindingsError) as error:
                    _plan(folder, more, language)
                assert [one.rule for one in error.value.findings] == ["recipients-address"]
    return made


def _plan(folder: Path, rows: str, language: str) -> Plan:
    (folder / "t.csv").write_text(rows, encoding="utf-8")
    table = folder / "t.csv"
    asked = Order(document="letter-authorities", table=table, shown="t.csv", out=folder / "out", order=(language,))
    return planned(folder / "w", asked)


def ink(file: Path, window: Window) -> tuple[tuple[float, float, float, float], int]:
    """What is printed around a window: how far it stays inside its edges in mm (left, top, right, bottom), and how
    many lines it has."""
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-l", "1", str(file)]
    page = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    width, height = map(int, page.split(maxsplit=4)[1:3])
    pixels, scale = page[-width * height :], DPI / 25.4
    first, last = round((window.top - NEAR) * scale), round((window.top + window.height + NEAR) * scale)
    dark = bytes(shade < 160 for shade in range(256))
    rows = [pixels[row * width : (row + 1) * width].translate(dark) for row in range(first, last)]
    inked = [any(row) for row in rows]
    left = min(row.index(1) for row in rows if 1 in row) / scale
    right = max(row.rindex(1) for row in rows if 1 in row) / scale
    upper = (first + inked.index(True)) / scale
    lower = (last - inked[::-1].index(True)) / scale
    edges = (
        left - window.left,
        upper - window.top,
        window.left + window.width - right,
        window.top + window.height - lower,
    )
    return edges, sum(now and not before for before, now in zip([False, *inked], inked, strict=False))


def test_the_longest_address_stands_inside_every_window(cases: list[Case], tmp_path: Path) -> None:
    needs("pdftoppm", "soffice")
    for case in cases:
        job, one = case.plan.job, case.person
        edition = Edition(documents=(personal(job.documents[one.which], one.values),))
        (tmp_path / f"{case.name}.pdf").write_bytes(pdf.render(edition, job.kit))
        (tmp_path / f"{case.name}.docx").write_bytes(docx.render(edition, job.kit))
    _print(tmp_path)
    wrong = []
    for case in cases:
        for file in (tmp_path / f"{case.name}.pdf", tmp_path / "printed" / f"{case.name}.pdf"):
            edges, lines = ink(file, case.window)
            if min(edges) < -INK or (case.language != "ar" and lines != case.lines):
                wrong.append((file.relative_to(tmp_path), [round(edge, 1) for edge in edges], lines, case.lines))
    assert not wrong, "\n".join(map(str, wrong))


def _print(folder: Path) -> None:
    """All DOCX as LibreOffice prints them, in one start, with the fonts of the house."""
    fonts = folder / "fonts.conf"
    dirs = "\n".join(f"<dir>{one}</dir>" for one in font_dirs())
    fonts.write_text(printed._FONTS.format(folders=dirs, cache=folder / "cache"), encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder / "printed"), *map(str, sorted(folder.glob("*.docx")))]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)


def test_words_that_no_line_holds_are_named(cases: list[Case]) -> None:
    table = cases[0].plan.table
    table.path.write_text(f"authority,address\n{'W' * 60},Street\n", encoding="utf-8")
    messages = [one.message for one in judged(table, 1, lambda made: None).findings]
    assert messages[0].endswith("is wider than the window of the envelope")


def test_a_letterhead_that_reaches_into_the_window_makes_no_letter(tmp_path: Path) -> None:
    """DIN 5008 form A leaves 27 mm for the head; that of two networks is longer."""
    copy_workspace(starter(), tmp_path / "w")
    paraph = tmp_path / "w/paraph.yml"
    text = paraph.read_text(encoding="utf-8")
    window = "brand:\n  window: {left: 25, top: 32, width: 80, height: 38}\n"
    paraph.write_text(text.replace("brand:\n", window, 1), encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        _plan(tmp_path, "authority,address\nA,B\n", "fr")
    (one,) = error.value.findings
    assert (one.rule, "the letterhead in fr ends at 4" in one.message) == ("bad-window", True)
