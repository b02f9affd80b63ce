"""Every field that somebody can write holds markup, script and worse; it comes out as words. Rehearsals all.

What is looked at is what a browser, a feed reader, a program and the schema of Akoma Ntoso make of it.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from lxml import etree

from desk import clause
from judges import axe, needs_browser
from rehearsal import ASKED, DOCUMENT, FILES, Past, Rehearsal
from test_publish import assert_atom

EVIL = """"'><script>document.title='pwned'</script><img src=x onerror=alert(1)></script>]]>{{7*7}}&#60;b&lt;"""
"""What breaks out of an attribute, an element, CDATA, JSON-LD, a template."""

YAML = json.dumps(EVIL)
HOSTILE = {
    **FILES,
    **clause("detention", "*No child* is detained", "*Aucun enfant* n’est détenu", kind="position"),
    "statements/clauses/test/schooling.yml": FILES["statements/clauses/test/schooling.yml"]
    .replace("title: {en: schooling, fr: schooling}", f"title: {{en: {YAML}, fr: {YAML}}}")
    .replace("*Every child* goes", "*Every child* \\<script>alert(1)\\</script> ]]\\> javascript:alert(1) onerror=x goes"),
    "statements/statements/rehearsal.yml": DOCUMENT.replace(
        "title: {en: A rehearsal, fr: Une répétition}",
        f"title: {{en: {json.dumps(EVIL + ' A title')}, fr: {json.dumps(EVIL + ' Un titre')}}}\n"
        f"subtitle: {{en: {YAML}, fr: {YAML}}}\nplace: {{en: {YAML}, fr: {YAML}}}",
    ),
}
ACTIVE = "//script[not(@type='application/ld+json') and not(starts-with(@src, '../assets/'))] | //*[@*[starts-with(name(), 'on')]]"


@pytest.fixture
def site(rehearsal: Rehearsal, past: Past) -> Path:
    return past.come_to("hostile", rehearsal, _publish).root


def _publish(world: Rehearsal) -> None:
    for name, text in HOSTILE.items():
        (world.root / name).write_text(text.lstrip("\n"), encoding="utf-8")
    for name, old, new in (
        ("statements/institutions.yml", "en: People’s Advocate", f"en: {YAML}"),
        ("paraph.yml", "en: Association of Mediterranean Ombudsmen", f"en: {YAML}"),
    ):
        path = world.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), encoding="utf-8")
    path = world.root / "paraph.yml"
    path.write_text(path.read_text(encoding="utf-8") + "publish: {address: https://example.org/s/}\n", encoding="utf-8")
    evil = shlex.quote(EVIL)
    world.circulates()
    world.does(f"decide c1 --as albania --reserve en={evil} --reserve fr={evil}")
    world.all_approve("c1", "albania")
    world.does("close c1", "release rehearsal --reference A-1", f"withdraw A-1 --reason en={evil} --reason fr={evil}")
    world.does("publish")


def test_hostile(site: Path) -> None:
    print(list(site.rglob("*.html"))[:5])
