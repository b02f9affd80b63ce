"""Pages in a real browser: axe-core finds nothing, nothing is fetched, nothing is wider than a telephone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from paraph.model.document import Edition
from paraph.render.html.page import render
from rehearsal import Rehearsal
from samples import edition, tiny
from test_html import EDITIONS, PIXEL, TEMPLATES, kit

MODULES = Path(__file__).parent / "node" / "node_modules"


def needs_browser() -> None:
    missing = [name for name in ("node", "chromium") if not shutil.which(name)]
    missing += [name for name in ("axe-core", "playwright-core") if not (MODULES / name).is_dir()]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing


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


def axe(files: list[Path], site: Path | None = None) -> list[str]:
    """What is wrong with these pages, in a real browser; they may load what lies in `site`."""
    done = subprocess.run(
        ["node", Path(__file__).with_name("axe.cjs"), *files],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NODE_PATH": str(MODULES)} | ({"AXE_SITE": str(site)} if site else {}),
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found
