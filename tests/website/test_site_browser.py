"""The website in a real browser: axe-core finds nothing on any kind of page, search and languages work from a disk; and
every page is HTML as the W3C's checker has it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from judges import axe, needs_browser
from paraph.publish import document
from paths import NODE_MODULES, TESTS
from rehearsal import Past, Rehearsal
from site_world import ARABIC, released


@pytest.fixture
def site(rehearsal: Rehearsal, past: Past) -> Path:
    """A statement that was corrected, its successor, which was withdrawn, and a leaflet."""
    needs_browser()
    return past.come_to("browsed", rehearsal, _published).root / "site"


def _published(rehearsal: Rehearsal) -> None:
    for name, text in ARABIC.items():
        path = rehearsal.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    released(rehearsal, "rehearsal", "c1")
    released(rehearsal, "leaflet", "c2", "-f html -f pdf")
    rehearsal.moves_to("2026-05-02")
    rehearsal.edit("detention", "is detained", "is ever detained")
    released(rehearsal, "rehearsal", "c3", "-f html --confirm", "--corrects AOM-2026-01")  # its Arabic is as it was
    rehearsal.does("withdraw AOM-2026-03 --reason 'A rehearsal'", "publish")


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
            ["ar", "الطفل"],
            ["en", '"'],
            ["ar", "المدرسة"],
            ["ar", "إلي"],
        ],
    )
    assert seen["left"] == []
    assert seen["found"][0] == ["en/AOM-2026-03.html", "en/AOM-2026-01.html"]
    assert {*seen["found"][1]} == {"fr/AOM-2026-03.html", "fr/AOM-2026-01.html"}
    assert {*seen["found"][2]} == {"ar/AOM-2026-03.html", "ar/AOM-2026-01.html"}
    assert seen["found"][4] == ["en/AOM-2026-02.html"]
    assert seen["found"][5] == []
    assert seen["found"][6] == seen["found"][2], "with its article or without"
    assert seen["found"][7] == [], "no word at all, and said to be found nowhere"
    assert seen["found"][3] == seen["found"][8] == seen["found"][9] == seen["found"][2], "ه for ة, ي for ى"
    assert seen["leaflet"] == "fr/AOM-2026-02.html"
    assert seen["switched"] == ["en/AOM-2026-02.html", "en"]


def test_the_search_leads_to_the_paragraph(site: Path, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a text that stands on several pages, from a disk: the page opens at the paragraph with the words."""
    monkeypatch.setattr(document, "LARGEST", 3_600)
    monkeypatch.setattr(document, "_FRAME", 200)
    monkeypatch.setattr(document, "_LEAST", 300)
    rehearsal.does("publish --to cut")
    seen = use(rehearsal.root / "cut", [["en", "every school", True], ["ar", "مدرسة", True], ["en", "xyzzy"]])
    (english, words, in_sight), (arabic, said, _) = seen["landed"]
    assert english.startswith("en/AOM-2026-03/"), "no first page"
    assert "Every child goes to school" in words
    assert in_sight
    assert arabic.startswith("ar/AOM-2026-03/")
    assert "المدرسة" in said
    assert seen["failed"] == "The search could not be loaded. Try again."
    assert seen["left"] == []


def test_from_a_text_in_a_language_without_menus_that_language_is_searched(site: Path, rehearsal: Rehearsal) -> None:
    """The menu of its page is that of the first language; an option of the search, and another language, stay there."""
    strings = rehearsal.root / "templates/site/strings.yml"
    words = yaml.safe_load(strings.read_text(encoding="utf-8"))
    words["unchecked"] = []
    for said in words["strings"].values():
        said.pop("ar", None)
    strings.write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    rehearsal.does("publish --to fewer")
    fewer = rehearsal.root / "fewer"
    assert not (fewer / "ar/search.html").exists()
    seen = use(
        fewer, [["ar/AOM-2026-03.html", "طفل"], ["fr/AOM-2026-03.html", "école"], ["en", "school"], ["en", "طفل"]]
    )
    assert {*seen["found"][0]} == {"ar/AOM-2026-03.html", "ar/AOM-2026-01.html"}
    assert {*seen["found"][1]} == {"fr/AOM-2026-03.html", "fr/AOM-2026-01.html"}
    assert {*seen["found"][2]} == {"en/AOM-2026-03.html", "en/AOM-2026-01.html"}
    assert seen["found"][3] == []
    assert seen["left"] == []


def faults(pages: list[Path]) -> list[str]:
    """What the Nu Html Checker of the W3C finds; it needs the Java that comes with OmegaT."""
    jar = Path(os.environ.get("PARAPH_VNU", NODE_MODULES / "vnu-jar/build/dist/vnu.jar"))
    if not (jar.is_file() and shutil.which("java")):
        assert not os.environ.get("CI"), "vnu-jar or Java is missing"
        return []
    command = ["java", "-jar", jar, "--errors-only", "--exit-zero-always", "--format", "json", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return [f"{one['url']}: {one['message']}" for one in json.loads(done.stderr)["messages"]]


def use(site: Path, searches: Sequence[Sequence[object]]) -> dict[str, Any]:
    """What a reader finds; where a search is followed (True), where that leads."""
    done = subprocess.run(
        ["node", TESTS / "site.cjs", site, json.dumps(searches)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NODE_PATH": str(NODE_MODULES)},
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
