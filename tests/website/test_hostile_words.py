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
from rehearsal import DOCUMENT, FILES, Past, Rehearsal
from site_world import LEAFLET, released
from test_publish import assert_atom

EVIL = """"'><script> document.title = 'pwned' </script><img src=x onerror=alert(1)> </script>]]> {% 7*7 %}&#60;b&lt;"""
"""What breaks out of an attribute, an element, CDATA, JSON-LD, a template; in words that a panel has room for."""

YAML = json.dumps(EVIL)
WEBSITE = "https://example.org/\"onclick=alert(1)'><script>alert(1)</script>javascript:alert(1)"
HOSTILE = {
    **FILES,
    **clause("detention", "*No child* is detained", "*Aucun enfant* n’est détenu", kind="position"),
    "statements/clauses/test/schooling.yml": FILES["statements/clauses/test/schooling.yml"]
    .replace("title: {en: schooling, fr: schooling}", f"title: {{en: {YAML}, fr: {YAML}}}")
    .replace(
        "*Every child* goes", "*Every child* \\<script>alert(1)\\</script> ]]\\> javascript:alert(1) onerror=x goes"
    ),
    "statements/statements/rehearsal.yml": DOCUMENT.replace(
        "title: {en: A rehearsal, fr: Une répétition}",
        f"title: {{en: {json.dumps(EVIL + ' A title')}, fr: {json.dumps(EVIL + ' Un titre')}}}\n"
        f"subtitle: {{en: {YAML}, fr: {YAML}}}\nplace: {{en: {YAML}, fr: {YAML}}}",
    ),
    **clause("asking", "You can ask us", "Tu peux nous demander", kind="message"),
    "statements/leaflets/leaflet.yml": LEAFLET.replace(
        "readers: {en: For readers aged 10 to 14", f"contact: {{en: {YAML}, fr: {YAML}}}\n  readers: {{en: {YAML}"
    ),
}
ACTIVE = (
    "//script[not(@type='application/ld+json') and not(starts-with(@src, '../assets/'))]"
    " | //*[@*[starts-with(name(), 'on')]]"
)


@pytest.fixture
def site(rehearsal: Rehearsal, past: Past) -> Path:
    return past.come_to("hostile", rehearsal, _publish).root


def _publish(world: Rehearsal) -> None:
    for name, text in HOSTILE.items():
        path = world.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    for name, old, new in (
        ("statements/institutions.yml", "name: People’s Advocate of Albania", f"name: {YAML}"),
        ("statements/institutions.yml", "https://avokatipopullit.gov.al", json.dumps(WEBSITE)),
        ("paraph.yml", "name: Association of Mediterranean Ombudsmen", f"name: {YAML}"),
        ("paraph.yml", "en: Joint working group on the rights of migrant children", f"en: {YAML}"),
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
    released(world, "leaflet", "c2", "-f html -f pdf")
    world.does("publish")


def _pages(root: Path) -> dict[str, etree._Element]:
    paths = [*(root / "site").rglob("*.html"), *(root / "releases").rglob("*.html")]
    return {path.relative_to(root).as_posix(): etree.HTML(path.read_bytes()) for path in paths}


def test_no_page_holds_an_element_that_a_person_wrote(site: Path) -> None:
    pages = _pages(site)
    assert len(pages) > 40
    for name, page in pages.items():
        assert page.xpath(ACTIVE) == [], name
        assert page.xpath("//img[not(starts-with(@src, 'data:')) and not(contains(@src, 'assets/'))]") == [], name
        for address in page.xpath("//@href | //@src | //@action"):
            scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", address)
            assert scheme is None or scheme[1] in ("http", "https", "data"), (name, address)
    text = "".join(pages["site/en/A-1.html"].itertext())
    for what in (f"{EVIL} A title", f"Reason: {EVIL}"):
        assert what in text, "whoever reads sees every sign of it"


def test_contact_facts_are_words(site: Path) -> None:
    """Where to write, for whom, the address of an office: on the page of a leaflet, in the list, with a member."""
    pages = _pages(site)
    for name in ("site/en/AOM-2026-01.html", "site/en/leaflets.html"):
        assert EVIL in "".join(pages[name].itertext()), name
    (link,) = pages["site/en/members/albania.html"].xpath("//dd/a[contains(@href, 'onclick')]")
    assert link.get("href") == WEBSITE
    assert dict(link.attrib).keys() == {"href"}
    assert [one.name for one in (site / "site/files/AOM-2026-01").glob("leaflet.albania.*")] != []


def test_what_programs_read_is_whole(site: Path) -> None:
    for language in ("en", "fr"):
        assert_atom(site / f"site/{language}/feed.xml")
        feed = etree.parse(site / f"site/{language}/feed.xml")
        assert EVIL in "".join(feed.getroot().itertext())
    (linked,) = _pages(site)["site/en/A-1.html"].xpath("//script[@type='application/ld+json']")
    said = json.loads(linked.text)
    assert (said["name"], said["author"][0]["name"]) == (f"{EVIL} A title", EVIL)
    year = json.loads((site / "site/catalog/2026.json").read_bytes())
    titles = {one["reference"]: one["texts"][0]["title"] for one in year["releases"]}
    assert titles == {"A-1": f"{EVIL} A title", "AOM-2026-01": "You can ask"}
    script = (site / "site/search/en/2026.js").read_text(encoding="utf-8")
    data = json.loads(script[script.index("{") : script.rindex("}") + 1])
    assert {row[1] for row in data["rows"]} == {f"{EVIL} A title", "You can ask"}
    for path in (site / "releases/A-1").glob("*.akn"):
        found = etree.parse(path)
        assert "onerror=alert(1)" in "".join(found.getroot().itertext())
        assert found.xpath("//*[local-name()='script' or local-name()='img']") == []
    markdown = (site / "releases/A-1/rehearsal.en.md").read_text(encoding="utf-8")
    body = markdown.partition("\n---\n")[2]
    assert "script" in body
    assert re.search(r"(?<!\\)<(?:script|img)", body) is None


def test_a_browser_runs_none_of_it(site: Path) -> None:
    """Nor is anything asked of anybody, and axe-core finds every element where it belongs."""
    needs_browser()
    pages = [site / f"site/{name}.html" for name in ("en/A-1", "fr/A-1", "en/index", "en/members/albania", "en/search")]
    assert axe(pages, site / "site") == []


FOREIGN = "https://example.invalid/"
INTRUDER = f"""<script>console.log("it ran")</script><script src="{FOREIGN}a.js"></script>
<img src="{FOREIGN}a.png" alt="" onerror='console.log("it ran")'><svg onload='console.log("it ran")'></svg>
<iframe src="{FOREIGN}" title="x"></iframe><iframe srcdoc='<script>console.log("it ran")</script>' title="x"></iframe>
<object data="{FOREIGN}a.swf"></object><link rel="stylesheet" href="{FOREIGN}a.css"><style>main {{ color: red }}</style>
<p style="color: red">x</p><base href="{FOREIGN}"><video src="{FOREIGN}a.mp4"></video>"""
REFUSED = ("script-src", "style-src", "img-src", "frame-src", "object-src", "base-uri", "media-src")


@pytest.mark.parametrize("name", ["en/A-1", "en/search"])
def test_the_policy_holds_where_somebody_writes_into_a_page(site: Path, name: str) -> None:
    """Whoever gets markup into a page after it was made gets nothing run or fetched by it."""
    needs_browser()
    page = site / f"site/{name}.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{INTRUDER}</main>"), encoding="utf-8")
    said = "\n".join(axe([page], site / "site"))
    assert "it ran" not in said
    for directive in REFUSED:
        assert re.search(rf"violates the following Content Security Policy directive[^\n]*{directive}", said), directive
    asked = set(re.findall(rf"asks for ({FOREIGN}\S*)", said))
    assert all(f"'{address}'" in said for address in asked), "every request was refused"
