"""Pages that list stay light however much there is, and are in the order in which readers look for names."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from desk import clause, desk
from paraph.model.release import Fate
from paraph.publish.card import Card, weight_of
from paraph.publish.site import Site, units
from paraph.workflow.site.publish import site_of
from rehearsal import LETTER, Past, Rehearsal
from site_world import ARABIC, released

TITLE = "Joint declaration on the protection of the rights of migrant children, at borders & in “places of detention”"


@pytest.fixture
def world(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    """A leaflet in two languages, with the editions of three members, and a statement in three languages."""
    return past.come_to("listed", rehearsal, _release)


def _release(rehearsal: Rehearsal) -> None:
    for name, text in ARABIC.items():
        path = rehearsal.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    released(rehearsal, "leaflet", "c1", "-f html -f pdf")
    released(rehearsal, "rehearsal", "c2", "-f html -f md")


LARGEST = 60_000
"""Bytes of a page: what is promised, whatever the program is set to."""


def made(site: Site, cards: tuple[Card, ...], name: str) -> dict[str, bytes]:
    """The pages of the units with such a name, where these are the releases."""
    other = dataclasses.replace(site, cards=cards)
    return {path: data for unit in units(other) if re.fullmatch(name, unit.name) for path, data in unit.make()}


def hrefs(pages: Iterable[bytes], start: str) -> list[str]:
    return [one for page in pages for one in etree.HTML(page).xpath("//main//a/@href") if one.startswith(start)]


def copies(card: Card, n: int, *languages: str) -> tuple[Card, ...]:
    """Releases in as many languages, none of them that of a page, each withdrawn and not adopted."""
    voice = msgspec.structs.replace(card.voices[0], title=TITLE, subtitle=TITLE, direction="ltr")
    voices = tuple(msgspec.structs.replace(voice, code=code, name="македонски") for code in languages)
    day = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    fate = Fate(withdrawn=True, reason="A rehearsal", on=day, known=True)
    more = {"voices": voices, "provisional": True, "refused": day, "fate": fate}
    names = [f"AOM-2026-{number:03}" for number in range(100, 100 + n)]
    weights = {name: weight_of(name, card.form_names, voices) for name in names}
    return tuple(
        msgspec.structs.replace(card, folder=name, reference=name, weight=weights[name], **more) for name in names
    )


def test_lists_stay_light_in_many_languages_and_full_pages_stay_as_they_are(world: Rehearsal) -> None:
    site = site_of(world.root)
    statement = next(one for one in site.cards if one.kind == "statements")
    for languages in (("mt", "tr"), ("mt", "tr", "de", "nl", "sq", "es", "mk", "pt", "it", "el")):
        cards = copies(statement, 130, *languages)
        pages = made(site, cards, "(en|ar)/year/.*")
        assert max(map(len, pages.values())) <= LARGEST
        listed = {re.sub(r"\.\./\.\./\w+/", "", one) for one in hrefs(pages.values(), "../../")}
        assert listed == {f"{one.folder}.html" for one in cards}
        full = [path for path in pages if re.search(r"-\d+\.html", path)]
        assert len(full) >= 4
        later = made(site, cards + copies(statement, 131, *languages)[-1:], "(en|ar)/year/.*")
        first = [path for path in full if path.endswith("-1.html")]
        assert {path: later[path] for path in first} == {path: pages[path] for path in first}


def test_the_leaflets_stay_light_and_each_is_on_one_page(world: Rehearsal) -> None:
    site = site_of(world.root)
    leaflet = next(one for one in site.cards if one.kind == "leaflets")
    assert [*made(site, (leaflet,), "en/leaflets.html")] == ["en/leaflets.html"]
    cards = tuple(msgspec.structs.replace(leaflet, reference=f"AOM-2026-{n}") for n in range(60))
    pages = made(site, cards, "en/leaflets.html")
    assert [*pages] == [f"en/leaflets{end}.html" for end in ("", *(f"-{n}" for n in range(2, len(pages) + 1)))]
    assert len(pages) > 1
    assert max(map(len, pages.values())) <= LARGEST
    files = hrefs(pages.values(), "../files/")
    once = hrefs(made(site, (leaflet,), "en/leaflets.html").values(), "../files/")
    assert sorted(files) == sorted(once * 60)
    for path, page in pages.items():
        html = etree.HTML(page)
        assert {*html.xpath("//nav[@class='pager']/a/@href")} == {Path(one).name for one in pages}
        assert html.xpath("//nav[@class='pager']/a[@aria-current='page']/@href") == [Path(path).name]
        for way in html.xpath("//p[@class='jump']//a/@href"):
            there, _, name = way.partition("#")
            assert f'id="{name}"' in pages[f"en/{there}" if there else path].decode()
    assert etree.HTML(pages["en/leaflets.html"]).xpath("//h2/text()")[0] == "English"


def test_a_template_from_before_has_all_leaflets_on_one_page(world: Rehearsal) -> None:
    path = world.root / "templates/site/leaflets.html"
    path.write_text(re.sub(r"{% if page\.sheets %}.*?{% endif %}\n", "", path.read_text(), flags=re.DOTALL))
    assert "sheets" not in path.read_text()
    site = site_of(world.root)
    leaflet = next(one for one in site.cards if one.kind == "leaflets")
    cards = tuple(msgspec.structs.replace(leaflet, reference=f"AOM-2026-{n}") for n in range(60))
    assert [*made(site, cards, "en/leaflets.html")] == ["en/leaflets.html"]


def test_a_leaflet_in_a_language_that_the_workspace_has_no_more_is_listed(world: Rehearsal) -> None:
    site = site_of(world.root)
    leaflet = next(one for one in site.cards if one.kind == "leaflets")
    voices = (msgspec.structs.replace(leaflet.voices[0], code="pt"),)
    other = msgspec.structs.replace(leaflet, voices=voices)
    assert "../pt/AOM-2026-01.html" in hrefs(made(site, (other,), "en/leaflets.html").values(), "../pt/")


def test_institutions_stand_where_their_countries_do(world: Rehearsal) -> None:
    """As in the signature block: `sort` in institutions.yml, in the language of the page."""
    world.does("publish")
    order = {"en": ["albania", "malta", "north-macedonia", "spain"], "fr": ["albania", "spain", "malta"]}
    for code, expected in order.items():
        page = (world.root / f"site/{code}/members/index.html").read_bytes()
        listed = [one.removesuffix(".html") for one in etree.HTML(page).xpath("//main//li/a/@href")]
        assert [one for one in listed if one in expected] == expected
    page = (world.root / "site/en/leaflets.html").read_bytes()
    editions = [one for one in hrefs([page], "../files/") if re.search(r"leaflet\.[a-z]{3,}\.en\.", one)]
    assert [one.split(".")[-3] for one in editions] == ["albania", "malta", "spain"]


def test_who_is_no_active_member_is_said_to_be_none(world: Rehearsal) -> None:
    """Today: who awaits validation, observes or has left; of who is to join, nothing."""
    path = world.root / "statements/institutions.yml"
    text = path.read_text(encoding="utf-8")
    for name, status in (
        ("spain", "- {status: active}\n      - {status: left, since: 2026-01-15}"),
        ("malta", "- {status: observer}"),
        ("france", "- {status: active, since: 2030-01-01}"),
    ):
        head, found, rest = text.partition(f"\n  {name}:")
        text = head + found + rest.replace("- {status: active}", status, 1)
    path.write_text(text, encoding="utf-8")
    world.does("publish")
    said = {"turkiye": "awaiting validation", "spain": "no longer a member", "malta": "observer"}
    listed = etree.HTML((world.root / "site/en/members/index.html").read_bytes())
    for member in ("albania", "france", "turkiye", "spain", "malta"):
        row = "".join(listed.xpath(f"//li[a/@href='{member}.html']/span//text()"))
        own = etree.HTML((world.root / f"site/en/members/{member}.html").read_bytes())
        alone = own.xpath("//h1/following-sibling::p[@class='quiet'][1]/text()")
        assert row.rpartition(" · ")[0] == said.get(member, "")
        assert alone == [said[member]] if member in said else not alone
    assert "en attente de validation" in (world.root / "site/fr/members/turkiye.html").read_text(encoding="utf-8")


def test_a_letter_has_its_title_as_a_heading(rehearsal: Rehearsal) -> None:
    """The text of a letter has none."""
    hello = clause("hello", "{{ salutation }}", "{{ salutation }}", "salutation", "values: {salutation: text}\n")
    spoken = {
        **clause("detention", "No child", "Aucun enfant", "paragraph"),
        **clause("schooling", "Every child", "Tout enfant", "paragraph"),
    }
    desk(rehearsal.root, {"statements/statements/rehearsal.yml": LETTER, **hello, **spoken})
    released(rehearsal, "rehearsal", "c1", "-f html")
    rehearsal.does("publish")
    page = etree.HTML((rehearsal.root / "site/fr/AOM-2026-01.html").read_bytes())
    assert ["".join(one.itertext()) for one in page.iter("h1")] == ["Une répétition"]


def test_long_reservations_are_not_said_twice_where_the_page_would_be_too_heavy(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    words = " ".join(f"reason{n}" for n in range(1_000))
    for member in ("albania", "malta", "spain"):
        rehearsal.does(f"decide c1 --as {member} --approve", f"decide detention --as {member} --reserve '{words}'")
        rehearsal.does(f"decide schooling --as {member} --reserve 'And {words}'")
    rehearsal.does("close c1", "release rehearsal -f html", "publish")
    pages = [*(rehearsal.root / "site/en").glob("AOM-2026-01*")]
    files = [one for path in pages for one in ([path] if path.is_file() else [*path.iterdir()])]
    assert max(one.stat().st_size for one in files) <= LARGEST
    assert sum(one.read_text(encoding="utf-8").count("reason999") for one in files) == 6


def test_a_reason_in_nobody_knows_which_language_stands_apart(world: Rehearsal) -> None:
    world.does("withdraw AOM-2026-02 --reason 'Late (see c2).'", "publish")
    assert "<bdi>Late (see c2).</bdi>" in (world.root / "site/ar/AOM-2026-02.html").read_text(encoding="utf-8")


def test_the_welcome_is_for_whoever_reads_none_of_the_languages(world: Rehearsal) -> None:
    path = world.root / "paraph.yml"
    path.write_text(path.read_text() + "publish: {address: 'https://example.org/s/'}\n")
    world.does("publish")
    ways = {}
    for name in ("index.html", "en/index.html", "fr/index.html", "ar/index.html"):
        page = etree.HTML((world.root / "site" / name).read_bytes())
        ways[name] = {one.get("hreflang"): one.get("href") for one in page.xpath("//link[@hreflang]")}
    assert ways["index.html"] == {
        **{code: f"https://example.org/s/{code}/index.html" for code in ("en", "fr", "ar")},
        "x-default": "https://example.org/s/index.html",
    }
    assert all(found == ways["index.html"] for found in ways.values())
