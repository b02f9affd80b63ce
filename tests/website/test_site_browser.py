"""The website in a real browser: axe-core finds nothing on any kind of page, search and languages work from a disk; and
every page is HTML as the W3C's checker has it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from judges import axe, needs_browser
from paths import NODE_MODULES, TESTS
from rehearsal import Rehearsal
from site_world import ARABIC, released


@pytest.fixture
def site(rehearsal: Rehearsal) -> Path:
    """A statement that was withdrawn, its successor with a reservation, and a leaflet."""
    needs_browser()
    for name, text in ARABIC.items():
        path = rehearsal.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    released(rehearsal, "rehearsal", "c1")
    released(rehearsal, "leaflet", "c2", "-f html -f pdf")
    rehearsal.moves_to("2026-05-02")
    rehearsal.edit("detention", "is detained", "is ever detained")
    released(rehearsal, "rehearsal", "c3", "-f html", "--corrects AOM-2026-01")
    rehearsal.does("withdraw AOM-2026-03 --reason 'A rehearsal'", "publish")
    return rehearsal.root / "site"


def test_no_violation_on_any_kind_of_page_and_search_works(site: Path) -> None:
    kinds = (
        "index",
        "AOM-2026-01",
        "AOM-2026-03",
        "year/2026",
        "members/index",
        "members/spain",
        "leaflets",
        "search",
        "verify",
    )
    pages = [site / f"{language}/{kind}.html" for language in ("en", "fr", "ar") for kind in kinds]
    pages += [site / "index.html", site / "en/AOM-2026-02.html", site / "fr/theme/test.html"]
    assert [page for page in pages if not page.is_file()] == []
    assert faults(pages) == []
    assert axe(pages, site) == []
    handed_out = (site / "en/leaflets.html").read_text(encoding="utf-8")
    assert "<h3>For readers aged 10 to 14</h3>" in handed_out
    assert handed_out.index("Pour les 10 à 14 ans") > handed_out.index("For readers aged 10 to 14")
    seen = use(
        site,
        [
            ["en", "detain child"],
            ["fr", "ÉCOLE"],
            ["ar", "طفل"],
            ["ar", "مدرسه"],
            ["en", "aom-2026-02"],
            ["en", "xyzzy"],
        ],
    )
    assert seen["left"] == []
    assert seen["found"][0] == ["en/AOM-2026-03.html", "en/AOM-2026-01.html"]
    assert {*seen["found"][1]} == {"fr/AOM-2026-03.html", "fr/AOM-2026-01.html"}
    assert {*seen["found"][2]} == {"ar/AOM-2026-03.html", "ar/AOM-2026-01.html"}
    assert seen["found"][4] == ["en/AOM-2026-02.html"]
    assert seen["found"][5] == []
    assert seen["leaflet"] == "fr/AOM-2026-02.html"
    assert seen["switched"] == ["en/AOM-2026-02.html", "en"]


def faults(pages: list[Path]) -> list[str]:
    """What the Nu Html Checker of the W3C finds; it needs the Java that comes with OmegaT."""
    jar = Path(os.environ.get("PARAPH_VNU", NODE_MODULES / "vnu-jar/build/dist/vnu.jar"))
    if not (jar.is_file() and shutil.which("java")):
        assert not os.environ.get("CI"), "vnu-jar or Java is missing"
        return []
    command = ["java", "-jar", jar, "--errors-only", "--exit-zero-always", "--format", "json", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return [f"{one['url']}: {one['message']}" for one in json.loads(done.stderr)["messages"]]


def use(site: Path, searches: list[list[str]]) -> dict[str, list[str]]:
    """What a reader finds."""
    done = subprocess.run(
        ["node", TESTS / "site.cjs", site, json.dumps(searches)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NODE_PATH": str(NODE_MODULES)},
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found
