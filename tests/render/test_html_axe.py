"""Pages in a real browser: axe-core finds nothing, nothing is fetched, nothing is wider than a telephone."""

from __future__ import annotations

from pathlib import Path

from judges import axe, needs_browser
from paraph.model.document import Edition
from paraph.render.html.page import render
from paths import TEMPLATES
from rehearsal import Rehearsal
from samples import EDITIONS, PIXEL, edition, kit, tiny


def test_no_violation_in_any_edition(tmp_path: Path) -> None:
    needs_browser()
    pages = {}
    for languages in EDITIONS:
        pages["-".join(languages)] = render(edition(*languages), kit())
    leaflet = kit().files | {"form.css": (TEMPLATES / "leaflet" / "form.css").read_bytes()}
    pages["leaflet"] = render(edition("en"), kit(files=leaflet))
    pages["letter"] = render(Edition(documents=(tiny("Dear Madam or Sir,", "Yours faithfully,"),)), kit())
    pages["logo"] = render(edition("en", draft=False), kit(logo=PIXEL))
    files = []
    for name, data in pages.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_bytes(data)
    assert axe(files) == []


def test_no_violation_in_a_table_of_approvals(rehearsal: Rehearsal) -> None:
    needs_browser()
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --approve", "decide detention --as spain --object 'Too weak' -l en")
    rehearsal.edit("schooling", "goes to", "went to")
    rehearsal.does("status rehearsal --html en.html", "status rehearsal --html ar.html -l ar")
    assert axe([rehearsal.root / "en.html", rehearsal.root / "ar.html"]) == []
