"""The website: the released words, what is known of them, delivery that is cut off and completed. Rehearsals all."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from desk import desk
from paraph.errors import BrokenError, RefusedError
from paraph.model.event import Head
from paraph.publish import deliver as delivering
from paraph.publish.article import article
from paraph.publish.document import Documents
from paraph.publish.origin import Origin
from paraph.publish.pages import Pages
from paraph.publish.state import ENDED, MANIFEST, STATE, TURN
from paraph.publish.unit import Unit
from paraph.starter import starter
from paraph.workflow.files import write
from paraph.workflow.site import publish as publishing
from paraph.workflow.site.folder import Folder
from paths import NODE_MODULES, TESTS
from rehearsal import Past, Rehearsal
from site_world import ARABIC, released, words

LARGEST = 60_000
LAST = (TURN, ENDED)


def tree(root: Path) -> dict[str, bytes]:
    """The files below a folder, but for those that say which run was there last."""
    files = (path for path in root.rglob("*") if path.is_file() and path.relative_to(root).as_posix() not in LAST)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def world(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    """A statement in three languages is released as AOM-2026-01."""
    return past.come_to("published", rehearsal, _release)


def _release(rehearsal: Rehearsal) -> None:
    for name, text in ARABIC.items():
        path = rehearsal.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    assert released(rehearsal, "rehearsal", "c1", "-f html -f md") == "AOM-2026-01"


def test_panels_look_on_the_site_as_in_the_released_page() -> None:
    """What the one style sheet says of panels the other says, too: a number in its disc has room beside it."""

    def rules(name: str, start: str, end: str) -> dict[str, set[str]]:
        sheet = (starter() / "templates" / name).read_text(encoding="utf-8")
        block = re.sub(r"/\*.*?\*/", "", sheet[sheet.index(start) : sheet.index(end)], flags=re.DOTALL)
        block = re.sub(r"@media \(min-width.*?\}\s*\}", "", block).replace(".text ", "").replace("> ", "")
        said: dict[str, set[str]] = {}
        for selectors, declared in re.findall(r"([^{}]+)\{([^{}]*)\}", block.replace("@media screen {", "")):
            for selector in selectors.split(", "):
                said.setdefault(selector.strip("} \n"), set()).update(filter(None, map(str.strip, declared.split(";"))))
        return said

    page = rules("common/page.css", "/* Panels of a folded sheet", "/* Redlines")
    site = rules("site/site.css", "/* Panels of a folded sheet", ".text .notes {")
    assert {one: said - site.get(one, set()) for one, said in page.items() if said - site.get(one, set())} == {}


def test_machines_are_told_themes_in_the_language_of_the_text(world: Rehearsal) -> None:
    def told(language: str) -> tuple[list[str], list[str]]:
        page = (world.root / f"site/{language}/AOM-2026-01.html").read_text(encoding="utf-8")
        subjects = re.findall('<meta name="DCTERMS.subject" content="(.*?)">', page)
        linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert linked is not None
        return subjects, json.loads(linked[1])["keywords"]

    world.does("publish")
    assert told("fr") == (["test"], ["test"]), "an id where nothing else is known"
    path = world.root / "templates/site/strings.yml"
    named = "themes:\n  test: {en: To try, fr: Essais}\n"
    path.write_text(path.read_text(encoding="utf-8").replace("themes:\n", named, 1), encoding="utf-8")
    world.does("publish")
    assert told("fr") == (["Essais"], ["Essais"])
    assert told("ar") == (["To try"], ["To try"]), "as the list of themes has it there"


def test_a_slip_in_the_name_of_a_target_makes_no_folder(world: Rehearsal) -> None:
    path = world.root / "paraph.yml"
    path.write_text(path.read_text(encoding="utf-8") + "publish: {targets: {web: ../public}}\n", encoding="utf-8")
    said = world.refuses("publish --to wbe", 2)
    assert "there is no target “wbe”" in said
    assert "paraph.yml has web. A new folder is ./wbe." in said
    assert not (world.root / "wbe").exists()
    world.does("publish --to ./wbe", "publish --to wbe", "publish --to web")
    assert tree(world.root / "wbe") == tree(world.root.parent / "public")


def test_institutions_stand_in_the_order_of_the_language(world: Rehearsal) -> None:
    """Espagne, Malte: as in the block of signatures, and so again once one is placed otherwise."""

    def stood(language: str) -> list[str]:
        page = (world.root / f"site/{language}/AOM-2026-01.html").read_text(encoding="utf-8")
        listed = re.search(r'class="stood">(.*?)</ul>', page, re.DOTALL)
        assert listed is not None
        return re.findall(r'members/([a-z-]+)\.html"', listed[1])

    world.does("publish")
    assert stood("en") == ["albania", "malta", "spain"]
    assert stood("fr") == ["albania", "spain", "malta"]
    path = world.root / "statements/institutions.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("sort: Espagne", "sort: Zone", 1), encoding="utf-8")
    world.does("publish")
    assert stood("fr") == ["albania", "malta", "spain"]
    assert stood("en") == ["albania", "malta", "spain"]


def test_the_words_on_the_page_are_those_released(world: Rehearsal) -> None:
    assert "files sent" in world.does("publish")
    site, folder = world.root / "site", world.root / "releases/AOM-2026-01"
    for language in ("en", "fr", "ar"):
        page = site / f"{language}/AOM-2026-01.html"
        assert words(page) == words(folder / f"rehearsal.{language}.html", "main", "")
        assert len(page.read_bytes()) < LARGEST
    for path in folder.iterdir():
        assert (site / "files/AOM-2026-01" / path.name).read_bytes() == path.read_bytes()
    text = (site / "en/AOM-2026-01.html").read_text(encoding="utf-8")
    assert "Adopted by consensus on 1 February 2026 by 3 institutions" in text
    assert "Adopté par consensus le 1er février 2026 par 3 institutions" in (site / "fr/AOM-2026-01.html").read_text(
        encoding="utf-8"
    )
    assert '<link rel="alternate" hreflang="ar" href="../ar/AOM-2026-01.html">' in text
    octets = (folder / "rehearsal.en.html").stat().st_size
    assert re.search(rf'rehearsal\.en\.html"[^>]*>Web page<.*? <span class="quiet">{round(octets / 1000)}.kB<', text)
    assert 'dir="rtl"' in (site / "ar/index.html").read_text(encoding="utf-8")
    assert "everything is there" in world.does("publish")


def test_every_page_is_small_and_asks_nobody(world: Rehearsal) -> None:
    world.does("publish")
    pages = {
        name: data for name, data in tree(world.root / "site").items() if name.endswith(".html") and name[:5] != "files"
    }
    assert len(pages) > 40
    assert {name: len(data) for name, data in pages.items() if len(data) >= LARGEST} == {}
    for name, data in pages.items():
        found = etree.HTML(data.decode("utf-8"))
        fetched = found.xpath(
            "//script/@src | //img/@src | //link[@rel='stylesheet']/@href | //@srcset | //iframe/@src"
        )
        assert [one for one in fetched if ":" in one] == [], name
        assert found.xpath("//style | //*[@style] | //*[starts-with(name(@*), 'on')]") == [], name
        assert "default-src 'none'" in found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        for target in found.xpath("//a/@href"):
            if ":" not in target:
                path = (world.root / "site" / name).parent / target.partition("#")[0]
                assert path.is_file() or target.startswith("#"), (name, target)


def test_a_file_that_is_not_the_one_released_is_refused_by_name(world: Rehearsal) -> None:
    path = world.root / "releases/AOM-2026-01/rehearsal.fr.html"
    path.write_bytes(path.read_bytes().replace(b"enfant", b"Enfant", 1))
    out = world.refuses("publish", 3)
    assert "releases/AOM-2026-01/rehearsal.fr.html is not the file that was released" in out
    assert not (world.root / "site/fr/AOM-2026-01.html").exists()
    assert "is not the one on record" in _altered(world, "record.json")


def _altered(world: Rehearsal, name: str) -> str:
    path = world.root / "releases/AOM-2026-01" / name
    path.write_bytes(path.read_bytes().replace(b"consensus", b"unanimity", 1))
    return world.refuses("publish")


def test_a_correction_shows_and_nothing_else_is_sent(world: Rehearsal) -> None:
    world.does("publish")
    before = tree(world.root / "site")
    world.moves_to("2026-05-02")
    world.edit("detention", "is detained", "is ever detained")
    assert released(world, "rehearsal", "c2", "-f html --confirm", "--corrects AOM-2026-01") == "AOM-2026-02"
    world.does("correct AOM-2026-01 --by AOM-2026-02 --reason 'A word was missing'")
    listed = world.does("publish --dry-run").splitlines()[:-1]
    assert tree(world.root / "site") == before
    assert "en/AOM-2026-02.html" in listed
    world.does("publish")
    after = tree(world.root / "site")
    changed = {name for name in after if after[name] != before.get(name) and not name.startswith(STATE)}
    assert changed == set(listed)
    assert not any("members/turkiye" in name or "verify" in name or name.endswith(".css") for name in changed)
    old = after["en/AOM-2026-01.html"].decode()
    assert "This text was corrected. Read instead:" in old
    assert 'href="AOM-2026-02.html"' in old
    assert "A word was missing" in old
    assert "Corrects" in after["en/AOM-2026-02.html"].decode()
    assert "<title>A rehearsal · AOM-2026-01 – " in old, "the two are told apart by their tabs"
    news = etree.fromstring(after["en/feed.xml"])
    entry = next(one for one in news.iter("{*}entry") if "AOM-2026-01" in str(one.findtext("{*}id")))
    assert str(entry.findtext("{*}updated")).startswith("2026-05-02"), "a reader of feeds hears of it"
    assert "AOM-2026-02" in str(entry.findtext("{*}summary"))
    assert "is not issued in “de”" in world.refuses("withdraw AOM-2026-02 --reason 'de=Nicht so'", 2)
    world.does("withdraw AOM-2026-02 --reason 'en=Not so' --reason 'fr=Pas ainsi'", "publish")
    site = world.root / "site"
    pages = {code: (site / code / "AOM-2026-02.html").read_text(encoding="utf-8") for code in ("en", "fr", "ar")}
    assert "Reason: Not so</p>" in pages["en"]
    for code in ("en", "fr", "ar"):
        for name in (f"AOM-2026-02-withdrawn.{code}.pdf", f"AOM-2026-02-withdrawn.{code}.docx"):
            assert f'href="../files/AOM-2026-02/{name}"' in pages[code]
            made = (world.root / f"releases/AOM-2026-02/notice/{name}").read_bytes()
            assert (site / f"files/AOM-2026-02/{name}").read_bytes() == made, "the same one, made anew"
    assert "AOM-2026-01-corrected-3.fr.pdf" in (site / "fr/AOM-2026-01.html").read_text(encoding="utf-8")
    assert "notice-files" not in (site / "fr/index.html").read_text(encoding="utf-8")
    assert "Motif : Pas ainsi</p>" in pages["fr"].replace("\u202f", " ").replace("\xa0", " ")
    assert '<span lang="en" dir="ltr">Not so</span>' in pages["ar"], "no reason in Arabic: that in English, marked so"
    with zipfile.ZipFile(world.root / "releases/AOM-2026-02/notice/AOM-2026-02-withdrawn.ar.docx") as notice:
        written = notice.read("word/document.xml").decode()
    assert re.search(r'<w:rPr><w:lang w:val="en"[^>]*/></w:rPr><w:t [^>]*>Not so</w:t>', written), "so in its notice"
    assert "Pas ainsi" in (site / "fr/feed.xml").read_text(encoding="utf-8")
    assert "withdrawn" in (world.root / "site/en/index.html").read_text(encoding="utf-8")


def test_one_fallback_for_the_reason_wherever_it_is_read(world: Rehearsal) -> None:
    """Given in English and for all others: nowhere is it another one than in the notice."""
    world.does("withdraw AOM-2026-01 --reason 'en=Not so' --reason 'Pas ainsi'", "publish")
    site = world.root / "site"
    for code, word in (("en", "Reason: Not so"), ("fr", "Motif : Pas ainsi"), ("ar", "السبب: Pas ainsi")):
        notice = world.root / f"releases/AOM-2026-01/notice/AOM-2026-01-withdrawn.{code}.docx"
        for found in (text_of(site / code / "AOM-2026-01.html"), text_of(notice), text_of(site / code / "feed.xml")):
            assert word in found, (code, notice)
            assert ("Not so" in found) == (code == "en")


def text_of(path: Path) -> str:
    """The words of a page, a feed or a Word file, without what stands around them."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as file:
            data = file.read("word/document.xml")
    return re.sub(r"<[^>]+>", "", data.decode()).replace("\u202f", " ").replace("\xa0", " ")


def test_an_old_text_leads_to_the_one_in_force(world: Rehearsal) -> None:
    world.does("publish")
    for number, (old, new) in enumerate((("is detained", "is ever detained"), ("ever detained", "kept detained")), 2):
        world.edit("detention", old, new)
        released(
            world,
            "rehearsal",
            f"c{number}",
            "-f html --confirm --reason 'A word'",
            f"--corrects AOM-2026-0{number - 1}",
        )
    world.does("publish")
    page = world.root / "site/fr/AOM-2026-01.html"
    assert "Lire désormais : AOM-2026-02" in text_of(page)
    assert "En vigueur : AOM-2026-03" in text_of(page)
    assert 'href="AOM-2026-03.html"' in page.read_text(encoding="utf-8")
    assert "En vigueur" not in text_of(world.root / "site/fr/AOM-2026-02.html"), "one step alone"
    strings = world.root / "templates/site/strings.yml"
    lines = strings.read_text(encoding="utf-8").splitlines(keepends=True)
    later = ("  corrected-gone:", "  replaced-gone:", "  corrected-back:", "  in-force:")
    strings.write_text("".join(line for line in lines if not line.startswith(later)), encoding="utf-8")
    world.does("withdraw AOM-2026-03 --reason 'Too early'", "publish")
    told = text_of(world.root / "site/fr/AOM-2026-02.html").partition("A rehearsal")[0]
    assert "Ce texte a été corrigé." in told
    assert "Lire désormais" not in told, "strings of before that was said send nobody to what was withdrawn"


def test_a_withdrawn_text_leads_to_what_is_in_force_for_the_same_document(world: Rehearsal) -> None:
    world.does("publish", "withdraw AOM-2026-01 --reason 'Not so'", "publish")
    page = world.root / "site/fr/AOM-2026-01.html"
    assert "En vigueur" not in text_of(page)
    world.edit("detention", "is detained", "is ever detained")
    released(world, "rehearsal", "c2", "-f html --confirm")
    world.does("publish", "publish --to whole")
    assert "En vigueur : AOM-2026-02" in text_of(page)
    assert 'href="AOM-2026-02.html"' in page.read_text(encoding="utf-8")
    assert tree(world.root / "site") == tree(world.root / "whole"), (
        "step by step as at once, with what it knows of itself"
    )


NAMES = {
    "Ombudsman of Spain (Defensor del Pueblo)\n": "Defender of the People, renamed\n",
    "Parliamentary Ombudsman of Malta\n": "Ombudsman of Malta, renamed\n",
    "Ombudsman parlementaire de Malte\n": "Ombudsman de Malte, renommé\n",
}


def test_a_member_renamed_keeps_its_name_of_that_day_on_what_was_released(world: Rehearsal) -> None:
    """In whatever language the page is; what lists of today print is sent anew."""
    assert released(world, "leaflet", "c2", "-f html -f pdf") == "AOM-2026-02"
    world.does("publish")
    site, pages = world.root / "site", (world.root / "site").glob("*/AOM-2026-0?.html")
    before = {page: page.read_bytes() for page in pages}
    _members_become(world, NAMES)
    world.does("publish", "publish --to whole")
    assert tree(site) == tree(world.root / "whole"), "step by step as at once"
    assert {page: page.read_bytes() for page in before} == before
    assert len(before) == 5
    arabic = (site / "ar/AOM-2026-01.html").read_text(encoding="utf-8")
    assert 'lang="en" dir="ltr">Ombudsman of Spain (Defensor del Pueblo)</a>' in arabic, "the first authentic name"
    assert "Parliamentary Ombudsman of Malta – English" in text_of(site / "en/AOM-2026-02.html")
    assert "Ombudsman of Malta, renamed – PDF" in text_of(site / "en/leaflets.html")
    assert "Ombudsman de Malte, renommé" in text_of(site / "fr/members/index.html")


def test_a_member_that_left_before_the_release_has_its_name_of_today(rehearsal: Rehearsal) -> None:
    """The record of what a network says has how it stood, and the names of those alone for whom the text speaks."""
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    path.write_text(re.sub("members:.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    rehearsal.circulates()
    rehearsal.all_approve()
    for member in ("france", "morocco", "north-macedonia"):
        rehearsal.does(f"decide c1 --as {member} --approve")
    rehearsal.does("close c1")
    languages = "\n    networks: [aom]\n    languages: [en, mt]"
    active = f"status: active}}{languages}"
    left = f"status: active}}\n      - {{since: 2026-02-01, status: left}}{languages}"
    _members_become(rehearsal, {active: left})
    rehearsal.does("release rehearsal -f html --confirm", "publish")
    record = json.loads((rehearsal.root / "releases/AOM-2026-01/record.json").read_bytes())["predicate"]
    assert "malta" not in {one["id"] for one in record["institutions"]}
    _members_become(rehearsal, NAMES)
    rehearsal.does("publish", "publish --to whole")
    assert tree(rehearsal.root / "site") == tree(rehearsal.root / "whole")
    told = text_of(rehearsal.root / "site/en/AOM-2026-01.html")
    assert "Ombudsman of Malta, renamed" in told
    assert "Ombudsman of Spain (Defensor del Pueblo)" in told


def _members_become(world: Rehearsal, changes: Mapping[str, str]) -> None:
    path = world.root / "statements/institutions.yml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_what_was_lost_in_a_folder_is_made_again(world: Rehearsal) -> None:
    world.does("publish")
    site, before = world.root / "site", tree(world.root / "site")
    (site / "en/index.html").unlink()
    (site / "fr/AOM-2026-01.html").write_text("Somebody’s")
    (site / "fr/index.html").write_bytes(before["fr/index.html"])
    assert set(world.does("publish --dry-run").splitlines()[:-1]) == {"en/index.html", "fr/AOM-2026-01.html"}
    assert "site: 2 files sent" in world.does("publish")
    assert {name: data for name, data in tree(site).items() if STATE not in name} == {
        name: data for name, data in before.items() if STATE not in name
    }
    assert "everything is there" in world.does("publish")


@pytest.mark.parametrize("where", [".", "releases", "statements/site", "templates", "site/../releases/new"])
def test_the_sources_are_no_place_for_the_site(where: str, world: Rehearsal) -> None:
    before = tree(world.root)
    assert "is of the workspace, where it has its own files" in world.refuses(f"publish --to {where}", 2)
    assert tree(world.root) == before


def test_a_full_disk_is_said_to_be_where_it_is(world: Rehearsal) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    world.does("publish --dry-run")
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with pytest.raises(OSError, match=r"site/en/index\.html"):
            Folder(world.root / "site").write("en/index.html", b"words")
        with pytest.raises(OSError, match=r"notice\.pdf"):
            write(world.root / "releases/notice.pdf", b"words")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


class Cut(Folder):
    """A place that fails after so many files."""

    def __init__(self, root: Path, left: int) -> None:
        super().__init__(root)
        self.left = left

    def write(self, path: str, data: bytes) -> None:
        if self.left == 0:
            raise BrokenError("the line was cut")
        self.left -= 1
        super().write(path, data)


@pytest.mark.parametrize("left", [0, 1, 2, 7, 40, 10_000])
def test_what_was_cut_off_is_completed(left: int, tmp_path: Path) -> None:
    def site(word: str, names: str) -> list[Unit]:
        return [
            Unit(f"page/{n}", word + n, lambda n=n: [(f"{n}/a.html", word.encode()), (f"{n}/{word}", b"x")])
            for n in names
        ]

    root = tmp_path / "site"
    delivering.deliver(site("one", "abcdefgh"), Folder(root))
    (root / "other.txt").write_text("of somebody else")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivering, "_BATCH", 3)
        try:
            delivering.deliver(site("two", "bcdefghi"), Cut(root, left))
        except BrokenError:
            assert left < 10_000
        delivering.deliver(site("three", "cdefghij"), Folder(root))
    fresh = tmp_path / "fresh"
    delivering.deliver(site("three", "cdefghij"), Folder(fresh))
    (fresh / "other.txt").write_text("of somebody else")
    assert tree(root) == tree(fresh)


def test_no_older_register_takes_the_place_of_what_a_newer_one_published(world: Rehearsal) -> None:
    """A copy of yesterday, consistent with the releases beside it: the target alone knows that there was more."""
    old = {path: path.read_bytes() for path in (world.root / "register.db", world.root / "paraph.yml")}
    world.does("publish", "withdraw AOM-2026-01 --reason 'A rehearsal'", "publish")
    new, site = (world.root / "register.db").read_bytes(), tree(world.root / "site")
    assert "everything is there" in world.does("register members", "publish"), "other events, and the same site"
    for path, data in old.items():
        path.write_bytes(data)
    shutil.rmtree(world.root / "releases/AOM-2026-01/notice")
    for command in ("publish", "publish --dry-run", "publish --again"):
        said = " ".join(world.refuses(command).split())
        assert "this one is an older copy, which ends with" in said
        assert "Nothing was written." in said
        assert tree(world.root / "site") == site
    world.does("withdraw AOM-2026-01 --reason 'Another one'", "register members")
    assert "this one is another one" in " ".join(world.refuses("publish").split())
    world.does("publish --other-register", "publish")
    assert "Another one" in (world.root / "site/en/AOM-2026-01.html").read_text("utf-8")
    (world.root / "register.db").write_bytes(new)
    assert world.refuses("publish"), "that one was published last"


def test_what_an_older_register_may_not_is_known_after_a_run_that_was_cut_off(tmp_path: Path) -> None:
    def run(hashes: str, root: Path, word: str, target: type[Folder] = Folder, *left: int) -> None:
        origin = Origin(
            head=Head(number=len(hashes), hash=hashes[-1]), hash=lambda n: dict(enumerate(hashes, 1)).get(n)
        )
        unit = Unit("page", word, lambda: [("a.html", word.encode()), ("b.html", b"")])
        delivering.deliver([unit], target(root, *left), origin=origin)

    run("ab", tmp_path, "one")
    with pytest.raises(BrokenError):
        run("abc", tmp_path, "two", Cut, 2)
    with pytest.raises(RefusedError, match="event 3:c; this one is an older copy"):
        run("ab", tmp_path, "one")
    with pytest.raises(RefusedError, match="this one is another one"):
        run("abx", tmp_path, "one")
    run("abcd", tmp_path, "two")
    with pytest.raises(RefusedError, match="event 4:d"):
        run("abc", tmp_path, "one")


class Slow(Folder):
    """A run that stands still in the middle: `meanwhile` happens just before it writes or deletes for the `left`-th
    time, when it has looked already whether another one has begun."""

    def __init__(self, root: Path, left: int, meanwhile: Callable[[], object]) -> None:
        super().__init__(root)
        self.left, self.meanwhile = left, meanwhile

    def write(self, path: str, data: bytes) -> None:
        self._step()
        super().write(path, data)

    def delete(self, path: str) -> None:
        self._step()
        super().delete(path)

    def _step(self) -> None:
        self.left -= 1
        if self.left == -1:
            self.meanwhile()


def at_event(number: int, word: str, names: str, target: Folder, known: int = 0) -> delivering.Report:
    """A run that has read the register up to an event; in that there are `known` by now."""
    hashes = {n: f"hash of {n}" for n in range(1, max(known, number) + 1)}
    origin = Origin(head=Head(number=number, hash=hashes[number]), hash=hashes.get)
    units = [
        Unit(f"page/{n}", word + n, lambda n=n: [(f"{n}/a.html", word.encode()), (f"{n}/{word}.pdf", b"x")])
        for n in names
    ]
    return delivering.deliver(units, target, origin=origin)


@pytest.mark.parametrize("known", [1, 2], ids=["another machine with an older register", "one register for both"])
@pytest.mark.parametrize("cut", [None, 0, 3, 9, 12])
def test_whatever_a_slow_run_is_overtaken_at_the_next_one_completes(
    known: int, cut: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of a newer register comes wholly, or until it is cut off, between any two steps of one of an older one."""
    monkeypatch.setattr(delivering, "_BATCH", 3)
    monkeypatch.setattr(Folder, "flush", lambda self: None)
    at_event(2, "new", "cdefg", Folder(tmp_path / "fresh"))
    for step in count():
        root, overtaken = tmp_path / f"{step}", list[bool]()

        def newer(root: Path = root, overtaken: list[bool] = overtaken) -> None:
            overtaken.append(b"oldb" not in (root / MANIFEST).read_bytes())
            with suppress(BrokenError):
                at_event(2, "new", "cdefg", Folder(root) if cut is None else Cut(root, cut))

        at_event(1, "first", "abcd", Folder(root))
        try:
            at_event(1, "old", "bcde", Slow(root, step, newer), known)
            stopped = False
        except RefusedError:
            stopped = True
        assert stopped == any(overtaken) or (cut == 0 and not stopped), f"step {step}: the slow run {stopped=}"
        at_event(2, "new", "cdefg", Folder(root))
        assert tree(root) == tree(tmp_path / "fresh"), f"step {step}"
        assert not at_event(2, "new", "cdefg", Folder(root)).written
        if not overtaken:
            assert step > 15
            return


def test_a_run_that_others_always_begin_before_gives_up_and_has_sent_nothing(tmp_path: Path) -> None:
    class Busy(Folder):
        looks = 0

        def read(self, path: str) -> bytes | None:
            if path != TURN:
                return super().read(path)
            self.looks += 1
            return json.dumps({"run": f"run {self.looks}"}).encode()

    at_event(1, "first", "ab", Folder(tmp_path))
    before = tree(tmp_path)
    with pytest.raises(RefusedError, match="just now") as caught:
        at_event(2, "new", "bc", Busy(tmp_path))
    assert "Nothing was written" in caught.value.advice
    assert tree(tmp_path) == before


def test_a_site_of_before_learns_where_the_register_stands_though_nothing_is_new(tmp_path: Path) -> None:
    hashes = {1: "a", 2: "b"}
    unit = Unit("page", "one", lambda: [("a.html", b"")])
    delivering.deliver([unit], Folder(tmp_path))
    new = Origin(head=Head(number=2, hash="b"), hash=hashes.get)
    assert not delivering.deliver([unit], Folder(tmp_path), origin=new).written
    old = Origin(head=Head(number=1, hash="a"), hash={1: "a"}.get)
    with pytest.raises(RefusedError, match="an older copy"):
        delivering.deliver([unit], Folder(tmp_path), origin=old)


def test_a_release_that_is_not_there_is_named_though_nothing_is_new(world: Rehearsal) -> None:
    world.does("publish")
    shutil.move(world.root / "releases", world.root / "elsewhere")
    assert "releases/AOM-2026-01 is not there" in world.refuses("publish")
    assert "releases/AOM-2026-01 is not there" in world.refuses("publish --dry-run")


def test_what_somebody_else_made_stays(world: Rehearsal) -> None:
    folder = world.root / "public"
    (folder / "en").mkdir(parents=True)
    (folder / "en/index.html").write_text("Ours")
    assert "paraph did not make" in world.refuses("publish --to public")
    assert [path.name for path in folder.iterdir()] == ["en"]
    (folder / "en/index.html").rename(folder / "mine.html")
    (folder / "en").rmdir()
    world.does("publish --to public")
    assert (folder / "mine.html").read_text() == "Ours"


def test_the_first_run_looks_where_texts_without_menus_would_lie(world: Rehearsal) -> None:
    strings = world.root / "templates/site/strings.yml"
    said_in = yaml.safe_load(strings.read_bytes())["strings"]
    two = {key: {code: said[code] for code in ("en", "fr")} for key, said in said_in.items()}
    strings.write_text(json.dumps({"strings": two}), encoding="utf-8")
    theirs = world.root / "public/ar/AOM-2026-01.html"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("Somebody’s")
    for more in ("", " --dry-run", " --again"):
        said = world.refuses(f"publish --to public{more}")
        assert "paraph did not make" in said
        assert "ar" in said.split()
        assert tree(world.root / "public") == {"ar/AOM-2026-01.html": "Somebody’s".encode()}
    theirs.unlink()
    theirs.parent.rmdir()
    world.does("publish --to public")
    assert theirs.is_file()
    assert not (theirs.parent / "index.html").exists(), "it has no menus"


def test_later_runs_write_over_nothing_that_somebody_else_made(world: Rehearsal) -> None:
    """Where a release more would lie, files of somebody's stand since: they stay, and nothing of it is sent."""
    world.does("publish", "publish --to fresh")
    site = world.root / "site"
    theirs = {"en/AOM-2026-02.html", "files/AOM-2026-02/record.json"}
    for name in (*theirs, "files/AOM-2026-02/other.txt"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("Somebody’s")
    before = tree(site)
    assert "everything is there" in world.does("publish"), "they are in nobody's way yet"
    assert released(world, "leaflet", "c2") == "AOM-2026-02"
    for more in ("", " --dry-run", " --again"):
        said = world.refuses(f"publish{more}")
        assert "paraph did not make" in said
        assert theirs == {word for word in said.split() if word.startswith(("en/", "files/"))}
        assert "Nothing was written" in said
        assert tree(site) == before
    for name in theirs:
        (site / name).unlink()
    world.does("publish", "publish --to fresh")
    assert (site / "files/AOM-2026-02/other.txt").read_text() == "Somebody’s"
    (site / "files/AOM-2026-02/other.txt").unlink()
    assert tree(site) == tree(world.root / "fresh")


def test_a_dry_run_tells_what_is_sent_from_what_is_taken_away(tmp_path: Path) -> None:
    one, two = (Unit(name, "1", lambda name=name: [(f"{name}.html", b"words")]) for name in ("one", "two"))
    delivering.deliver([one], Folder(tmp_path))
    told = list[str]()
    delivering.deliver([two], Folder(tmp_path), dry_run=True, tell=told.append)
    assert told == ["two.html", "one.html: taken away"]
    assert not (tmp_path / "two.html").exists()


def test_what_is_to_the_byte_what_is_sent_is_nobody_else_s(tmp_path: Path) -> None:
    """As where a run that was overtaken by an earlier version took the names of files off the manifest."""
    delivering.deliver(one_file("1", "en/a.html"), Folder(tmp_path))
    (tmp_path / "en/b.html").write_text("2")
    assert delivering.deliver(one_file("2", "en/a.html", "en/b.html"), Folder(tmp_path)).written
    (tmp_path / "en/c.html").write_text("somebody’s")
    with pytest.raises(RefusedError):
        delivering.deliver(one_file("3", "en/a.html", "en/c.html"), Folder(tmp_path))


def test_of_two_runs_to_one_target_the_second_waits_for_no_half(
    world: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On one machine: it is told so before anything is read or written, under whatever name it knows the target."""
    path = world.root / "paraph.yml"
    path.write_text(path.read_text() + "publish: {targets: {web: ./site}}\n")
    real = publishing.deliver

    def slowly(*arguments: Any, **options: Any) -> delivering.Report:
        monkeypatch.setattr(publishing, "deliver", real)
        for more in ("", " --to web", f" --to {world.root / 'site'}"):
            assert "another “paraph publish” brings" in world.refuses(f"publish{more}")
        assert not (world.root / "site").exists()
        world.does("publish --dry-run", "publish --to ./fresh")
        return real(*arguments, **options)

    monkeypatch.setattr(publishing, "deliver", slowly)
    world.does("publish")
    assert tree(world.root / "site") == tree(world.root / "fresh")
    assert sorted(path.name for path in (world.root / "releases").iterdir()) == ["AOM-2026-01"]
    world.does("publish")


def test_what_was_sent_before_somebody_s_file_is_kept(tmp_path: Path) -> None:
    """Pages are told by batches; what a run wrote before it was refused is ours for the next."""

    def site(names: str) -> list[Unit]:
        return [Unit(f"page/{n}", n, lambda n=n: [(f"{n}/a.html", b"x"), (f"{n}/b.html", b"x")]) for n in names]

    root = tmp_path / "site"
    delivering.deliver(site("a"), Folder(root))
    (root / "e").mkdir()
    (root / "e/b.html").write_text("Somebody’s")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivering, "_BATCH", 3)
        for kept in ("What was sent before is kept.", "Nothing was written."):
            with pytest.raises(RefusedError) as caught:
                delivering.deliver(site("abcdefg"), Folder(root))
            assert caught.value.causes == ("e/b.html",)
            assert kept in caught.value.advice
            assert sorted(path.parent.name for path in root.glob("?/a.html")) == ["a", "b", "c", "d"]
            assert (root / "e/b.html").read_text() == "Somebody’s"
    (root / "e/b.html").unlink()
    delivering.deliver(site("abcdefg"), Folder(root))
    delivering.deliver(site("abcdefg"), Folder(tmp_path / "fresh"))
    assert tree(root) == tree(tmp_path / "fresh")


def test_a_manifest_that_names_a_file_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / STATE).mkdir()
    manifest = {"v": 1, "units": {"page": ["m", {"../out": "d"}]}}
    (tmp_path / STATE / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BrokenError, match="outside"):
        delivering.deliver([], Folder(tmp_path))
    assert tmp_path.exists()


def test_a_release_whose_folder_is_not_here_is_not_taken_off_the_site(
    world: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the machine of a colleague: nothing is known of it there but what the register has."""
    world.does("publish")
    before = tree(world.root / "site")
    (world.root / "releases").rename(world.root / "elsewhere")
    for cache in (world.root / "other-cache", "off"):
        monkeypatch.setenv("PARAPH_CACHE", str(cache))
        for more in ("", " --dry-run"):
            out = world.refuses(f"publish{more}")
            assert "releases/AOM-2026-01 is not there" in out
            assert "paraph rebuild REFERENCE" in out
    assert tree(world.root / "site") == before
    world.does("rebuild AOM-2026-01", "publish")
    assert tree(world.root / "site") == before


def test_nothing_is_published_that_no_register_has(world: Rehearsal) -> None:
    """A folder that somebody put there, with a record that fits, is no release; nor is one known to stand."""
    world.does("withdraw AOM-2026-01 --reason 'A rehearsal'")
    (world.root / "register.db").rename(world.root / "away.db")
    assert "no register here" in world.refuses("publish --to elsewhere")
    assert not (world.root / "elsewhere").exists()


def test_nothing_is_written_or_deleted_through_a_link(tmp_path: Path) -> None:
    """Whoever else may write into the folder of a site leads us to no file of ours elsewhere."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "keys").write_text("whole")
    site = tmp_path / "site"
    site.mkdir()
    (site / ".index.html.part").symlink_to(mine / "keys")
    with pytest.raises(BrokenError, match="link to another place"):
        Folder(site).write("index.html", b"x")
    assert (mine / "keys").read_text() == "whole"


def one_file(mark: str, *paths: str) -> list[Unit]:
    """A site of one unit."""
    return [Unit("page/one", mark, lambda: [(path, mark.encode()) for path in paths], ("en", "files"))]


def what_stands_in_the_way(site: Path, target: Callable[[], delivering.Target], *, links: bool = True) -> None:
    """A file, a link or a folder where the site has something else: a dry run says so as the run does, which then
    writes nothing, here or there."""
    away = site.parent / "away"
    away.mkdir()
    first, more = ("en/a.html", "files/A-1/a.pdf"), ("en/a.html", "files/A-1/a.pdf", "files/A-2/a.pdf")
    delivering.deliver(one_file("1", *first), target())
    (site / "files/A-2").write_text("Somebody’s")
    _refused(site, target, one_file("2", *more), "files/A-2 (a file, and no folder)")
    (site / "files/A-2").unlink()
    (site / "files/A-2/a.pdf").mkdir(parents=True)
    _refused(site, target, one_file("2", *more), "files/A-2/a.pdf (a folder, and no file)")
    (site / "files/A-2/a.pdf").rmdir()
    (site / "files/A-2").rmdir()
    (site / "en/a.html").rename(away / "a.html")
    (site / "en/a.html").mkdir()
    _refused(site, target, one_file("2", *more), "en/a.html (a folder, and no file)")
    (site / "en/a.html").rmdir()
    if links:
        (site / "en/a.html").symlink_to(away / "a.html")
        _refused(site, target, one_file("2", *more), "en/a.html (a link, and no file)")
        _refused(site, target, one_file("2", "files/A-1/a.pdf"), "en/a.html (a link, and no file)")
        (site / "en/a.html").unlink()
    (away / "a.html").rename(site / "en/a.html")
    if links:
        (site / "files/A-1").rename(away / "A-1")
        for place in ("A-1", "A-2"):
            (site / f"files/{place}").symlink_to(away / "A-1", target_is_directory=True)
        ways = "files/A-1 (a link, and no folder)", "files/A-2 (a link, and no folder)"
        _refused(site, target, one_file("2", *more), *ways)
        _refused(site, target, [], ways[0])
        for place in ("A-1", "A-2"):
            (site / f"files/{place}").unlink()
        (away / "A-1").rename(site / "files/A-1")
        (site / STATE).rename(away / "state")
        (site / STATE).symlink_to(away / "state")
        with pytest.raises(RefusedError, match="at the target is a link and no folder"):
            delivering.deliver(one_file("2", *more), target(), dry_run=True)
        (site / STATE).unlink()
        (away / "state").rename(site / STATE)
    delivering.deliver(one_file("2", *more), target())
    assert {name for name in tree(site) if STATE not in name} == set(more)
    delivering.deliver([], target())
    assert {name for name in tree(site) if STATE not in name} == set()
    shutil.rmtree(site)
    site.write_text("Somebody’s")
    for dry_run in (True, False):
        with pytest.raises(RefusedError, match="the target is a file and no folder"):
            delivering.deliver(one_file("1", *first), target(), dry_run=dry_run)
    assert site.read_text() == "Somebody’s"


def _refused(site: Path, target: Callable[[], delivering.Target], units: list[Unit], *causes: str) -> None:
    before = tree(site), tree(site.parent / "away")
    for dry_run in (True, False):
        with pytest.raises(RefusedError, match="paraph did not make") as caught:
            delivering.deliver(units, target(), dry_run=dry_run)
        assert caught.value.causes == causes
        assert "Nothing was written" in caught.value.advice
        assert (tree(site), tree(site.parent / "away")) == before


def test_what_stands_in_the_way_in_a_folder(tmp_path: Path) -> None:
    what_stands_in_the_way(tmp_path / "site", lambda: Folder(tmp_path / "site"))


def test_a_release_is_not_published_through_a_link(world: Rehearsal) -> None:
    """One line says where it is, whatever is run."""
    world.does("publish")
    away = world.root / "away"
    away.mkdir()
    assert released(world, "leaflet", "c2") == "AOM-2026-02"
    (world.root / "site/files/AOM-2026-02").symlink_to(away)
    for more in ("", " --dry-run", " --again"):
        said = world.refuses(f"publish{more}")
        assert "  - files/AOM-2026-02 (a link, and no folder)\n" in said
    assert not [*away.iterdir()]


def test_feeds_map_and_catalogue(world: Rehearsal) -> None:
    path = world.root / "paraph.yml"
    path.write_text(path.read_text() + "publish: {address: https://example.org/s/}\n")
    world.does("publish")
    site = world.root / "site"
    for language in ("en", "fr", "ar"):
        assert_atom(site / language / "feed.xml")
    assert_site_map(site)
    feed = etree.parse(site / "fr/feed.xml").getroot()
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("string(a:entry/a:title)", namespaces=atom) == "Une répétition"
    assert "https://example.org/s/fr/AOM-2026-01.html" in feed.xpath("a:entry/a:link/@href", namespaces=atom)
    places = etree.parse(site / "sitemap-2026.xml").xpath("//*[local-name()='loc']/text()")
    assert "https://example.org/s/ar/AOM-2026-01.html" in places
    entry = json.loads((site / "catalog/2026.json").read_bytes())["releases"][0]
    assert entry["standing"] == "in-force"
    assert (site / entry["record"]["href"]).is_file()
    linked = etree.HTML((site / "en/AOM-2026-01.html").read_bytes()).xpath("string(//script)")
    assert json.loads(linked)["identifier"] == "AOM-2026-01"


def test_a_feed_without_an_address_is_valid_too(world: Rehearsal) -> None:
    world.does("publish")
    feed = world.root / "site/en/feed.xml"
    assert_atom(feed)
    text = feed.read_text(encoding="utf-8")
    for was, is_ in (("<id>", "<id> "), ("<updated>", "<updated>on "), ("</author>", "</author><author/>")):
        feed.write_text(text.replace(was, is_, 1), encoding="utf-8")
        with pytest.raises(etree.DocumentInvalid):
            assert_atom(feed)


FEEDS = TESTS / "feeds"


def assert_atom(path: Path) -> None:
    """RFC 4287, by a grammar and by what a grammar cannot say."""
    feed = etree.parse(path)
    etree.RelaxNG(etree.parse(FEEDS / "atom.rng")).assertValid(feed)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    ids = feed.xpath("//a:entry/a:id/text()", namespaces=atom)
    assert len(ids) == len(set(ids)) > 0
    for one in feed.xpath("//a:feed | //a:entry", namespaces=atom):
        links = one.xpath("a:link[@rel='alternate']", namespaces=atom)
        assert len({(link.get("type"), link.get("hreflang")) for link in links}) == len(links) == 1


def assert_site_map(site: Path) -> None:
    """The schema of sitemaps.org, which comes with the package “sitemap” of npm; the index has that of its own."""
    theirs = NODE_MODULES / "sitemap/schema/sitemap.xsd"
    if not theirs.is_file():
        assert not os.environ.get("CI"), "the schema of site maps is missing: npm install --prefix tests/node"
        return
    ours = (FEEDS / "sitemap.xsd").read_text(encoding="utf-8").replace("SITEMAP", theirs.as_uri())
    schema = etree.XMLSchema(etree.fromstring(ours.encode()))
    for path in site.glob("sitemap-*.xml"):
        schema.assertValid(etree.parse(path))
    index = etree.parse(site / "sitemap.xml")
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    names = index.xpath("/s:sitemapindex/s:sitemap/s:loc/text()", namespaces=space)
    assert [one.rpartition("/")[2] for one in names] == [path.name for path in site.glob("sitemap-*.xml")]


def test_a_reservation_is_said_once_with_its_places(rehearsal: Rehearsal) -> None:
    """The same words of one institution on two clauses are one reservation, as in the document; others are others."""
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.does(
        "decide c1 --as spain --reserve 'Within our law'",
        "decide detention schooling --as albania --reserve 'Within our law'",
        "decide detention --as malta --reserve 'Pas en mer' -l fr",
        "close c1",
        "release rehearsal -f html --reference A-1",
        "publish",
    )
    page = etree.HTML((rehearsal.root / "site/en/A-1.html").read_bytes())
    items = {"".join(one.itertext()).partition(",")[0]: one for one in page.findall(".//ul[@class='reservations']/li")}
    said = {name: "".join(one.itertext()) for name, one in items.items()}
    assert said["People’s Advocate of Albania"].endswith(", on “detention” and “schooling”: “Within our law”"), said
    assert said["Parliamentary Ombudsman of Malta"].endswith(", on “detention”: “Pas en mer”")
    assert [one.text for one in items["Parliamentary Ombudsman of Malta"].findall("bdi[@lang='fr']")] == ["Pas en mer"]
    assert len(said) == 3
    assert sum("on “" in one for one in said.values()) == 2, "Spain reserves on all of it"
    site = publishing.site_of(rehearsal.root)
    documents, card = Documents(site, Pages(site)), site.cards[0]
    doc = documents.doc(card, card.voice("en"), site.shelf.statement(card))

    def press(body: str) -> str:
        more = {"doc": {**doc, "body": body}, "files": []}
        return documents.pages.render(
            "wordpress.html", site.speech("en"), {"lang": "en", "dir": "ltr"}, **more
        ).decode()

    assert press(doc["body"]).count("Pas en mer") == 1, "in WordPress, too: with the words, where they say it,"
    assert press("").count("Pas en mer") == 1, "else below them"


def test_what_is_in_another_language_stands_apart_in_an_arabic_reservation(rehearsal: Rehearsal) -> None:
    """Names, titles and words, lest the marks around them jump; nobody said in which language Spain wrote."""
    desk(rehearsal.root, ARABIC)
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.does(
        "decide detention --as spain --reserve 'Within our law'",
        "decide rehearsal schooling --as spain --approve",
        "decide schooling --as malta --reserve 'Pas en <mer>' -l fr",
        "close c1",
        "release rehearsal -f html --reference A-1",
        "publish",
    )
    page = etree.HTML((rehearsal.root / "site/ar/A-1.html").read_bytes())
    items = page.findall(".//ul[@class='reservations']/li")
    apart = [[(one.get("lang"), one.text) for one in item.findall("bdi")] for item in items]
    assert sorted(apart) == [
        [("en", "Ombudsman of Spain (Defensor del Pueblo)"), ("en", "detention"), ("", "Within our law")],
        [("en", "Parliamentary Ombudsman of Malta"), ("en", "schooling"), ("fr", "Pas en <mer>")],
    ]
    assert "، بشأن «detention»: «Within our law»" in " ".join("".join(item.itertext()) for item in items)


def test_an_authentic_text_is_a_translation_of_none(world: Rehearsal) -> None:
    world.does("publish")
    said = {}
    for code in ("en", "fr", "ar"):
        page = etree.HTML((world.root / f"site/{code}/AOM-2026-01.html").read_bytes())
        found = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
        keys = ("workTranslation", "translationOfWork")
        said[code] = {key: [one["inLanguage"] for one in found[key]] for key in keys if key in found}
    of, by = {"translationOfWork": ["en", "fr"]}, {"workTranslation": ["ar"]}
    assert said == {"en": by, "fr": by, "ar": of}


def test_every_string_of_the_site_is_used() -> None:
    site = publishing.site_of(starter())
    text = "".join(path.read_text(encoding="utf-8") for path in (starter() / "templates/site").glob("*.html"))
    text += "".join(path.read_text(encoding="utf-8") for path in (starter() / "cli/paraph/publish").glob("*.py"))
    made = ("adopted-", "member-", "format-", "mark-", "notice-", "count-", "by-institutions-")
    states = {"approved", "reserved", "tacit", "abstained", "objected", "pending", "lapsed", "authentic", "translation"}
    states |= {"unchecked", "corrected", "replaced", "corrected-gone", "corrected-back", "replaced-gone"}
    keys = [key for key in site.kit.strings["en"] if not key.startswith(made) and key not in states]
    assert [key for key in keys if f'"{key}"' not in text] == []
    assert [*site.speeches] == ["en", "fr", "ar"]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        '<p onclick="x">',
        "<p/onclick=x>",
        '<a title=">" onclick="x">',
        "<style>p{}</style>",
        "</main><main>\n",
        '<a href="javascript:x">',
        '<a href="java&#115;cript:x">',
        '<a href="java&#9;script:x">',
        "<a href='\x01javascript:x'>",
        '<a href="data:text/html,x">',
        '<img src="x" style="position:fixed">',
        "<img srcset=//x.example/a>",
        "<!-- --><b>",
        "<svg onload=x>",
    ],
)
def test_a_page_that_holds_anything_active_is_refused(inside: str) -> None:
    with pytest.raises(BrokenError, match="cannot be shown"):
        article(f"<main>\n<p>Words</p>{inside}\n</main>".encode(), "rehearsal.en.html")


@pytest.mark.parametrize(
    "inside",
    [
        "Words",
        "javascript: is a language, style = manner, data: one=1, on=two",
        'A <a href="https://example.org/?on=x&amp;style=y">link</a> and <a href="mailto:a@example.org">another</a>',
        '<img src="data:image/png;base64,AA" alt="on=x">',
    ],
)
def test_words_about_what_is_active_are_words(inside: str) -> None:
    assert article(f"<main>\n<p>{inside}</p>\n</main>".encode(), "rehearsal.en.html") == f"<p>{inside}</p>"
