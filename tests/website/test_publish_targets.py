"""Real servers: publish, cut off, complete, correct; passwords nowhere. Rehearsals all."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from lxml import etree

from paraph.commands.report import show_error
from paraph.errors import BrokenError, UsageError
from paraph.publish import deliver
from paraph.publish.targets.address import VARIABLE, address, password
from paraph.publish.targets.sftp import Sftp
from paraph.publish.targets.webdav import WebDav
from paraph.publish.targets.wordpress_api import Page, WordPress
from rehearsal import Past, Rehearsal
from servers import PASSWORD, Server, certified, sftp, webdav, wordpress
from site_world import ARABIC, released, words
from test_publish import tree, what_stands_in_the_way


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without keys, agent or password."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("SSH_AUTH_SOCK", VARIABLE):
        monkeypatch.delenv(name, raising=False)
    return folder


def cut_after(server: Server, target: type[Any], writes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server dies, with all its connections, after so many files."""
    write, left = target.write, [writes]

    def wrapped(self: object, path: str, data: bytes) -> None:
        if left[0] == 0:
            server.cut()
        left[0] -= 1
        write(self, path, data)

    monkeypatch.setattr(target, "write", wrapped)


def another_machine(world: Rehearsal) -> Path:
    """A copy of the workspace, in which the text was withdrawn since."""
    other = world.root.with_name(f"{world.root.name}-elsewhere")
    shutil.copytree(world.root, other)
    world.does(f"-C {other} withdraw AOM-2026-01 --reason 'A rehearsal'")
    return other


@contextmanager
def meanwhile(target: type[Any], method: str, number: int, happens: Callable[[], object]) -> Iterator[None]:
    """Something happens just before a method of a target is called for the so-many-th time, once."""
    real, left = getattr(target, method), [number]

    def wrapped(self: object, *arguments: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            happens()
        return real(self, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(target, method, wrapped)
        yield


def overtaken(world: Rehearsal, where: str, folder: Path, target: type[Any]) -> None:
    """A slow run stands still in the middle of a file while another machine publishes the withdrawal: it stops, and the
    next run of that machine mends the one file."""
    where, folder = f"{where}-two", folder.with_name(f"{folder.name}-two")
    other = another_machine(world)
    world.does(f"publish --to {where}")
    with meanwhile(target, "write", 9, lambda: world.does(f"-C {other} publish --to {where}")):
        said = world.refuses(f"publish --to {where} --again")
    assert "another “paraph publish” has begun to write there since" in said
    assert "an older copy" in " ".join(world.refuses(f"publish --to {where}").split())
    assert " sent" in world.does(f"-C {other} publish --to {where}")
    world.does(f"-C {other} publish --to fresh")
    assert tree(folder) == tree(other / "fresh")
    assert "nothing new" in world.does(f"-C {other} publish --to {where}")
    shutil.rmtree(other)


def follows(world: Rehearsal, server: Server, where: str, folder: Path, target: type[Any]) -> None:
    """Published, cut off, completed, corrected: each time what is there is what a fresh folder has."""

    def alike() -> None:
        world.does("publish --to fresh")
        assert tree(folder) == tree(world.root / "fresh")

    (folder / "fr").mkdir()
    (folder / "fr/AOM-2026-01.html").write_text("of somebody else")
    assert "paraph did not make" in world.refuses(f"publish --to {where}")
    assert tree(folder) == {"fr/AOM-2026-01.html": b"of somebody else"}
    (folder / "fr/AOM-2026-01.html").unlink()
    (folder / "fr").rmdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deliver, "_BATCH", 4)
        cut_after(server, target, 25, patch)
        assert "Run it again" in world.refuses(f"publish --to {where}", 3)
    server.start()
    (folder / "theirs.txt").write_text("of somebody else")
    world.does(f"publish --to {where}")
    (folder / "theirs.txt").unlink()
    alike()
    assert "nothing new to send; --again sends everything" in world.does(f"publish --to {where}")
    (folder / "theirs.txt").write_text("of somebody else")
    world.does("withdraw AOM-2026-01 --reason 'A rehearsal'")
    notice = folder / "files/AOM-2026-01/AOM-2026-01-withdrawn.en.pdf"
    notice.write_text("of somebody else")
    before = tree(folder)
    for more in ("", " --dry-run"):
        assert "files/AOM-2026-01/AOM-2026-01-withdrawn.en.pdf" in world.refuses(f"publish --to {where}{more}")
    assert tree(folder) == before
    notice.unlink()
    assert "en/AOM-2026-01.html" in world.does(f"publish --to {where} --dry-run")
    world.does(f"publish --to {where}")
    assert (folder / "theirs.txt").read_text() == "of somebody else"
    (folder / "theirs.txt").unlink()
    alike()


@pytest.fixture
def world(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    return past.come_to("sent", rehearsal, lambda one: released(one, "rehearsal", "c1", "-f html -f pdf"))


def test_sftp(world: Rehearsal, tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "srv/site"
    folder.mkdir(parents=True)
    with sftp(folder, home) as (server, where):
        overtaken(world, where, folder, Sftp)
        follows(world, server, where, folder, Sftp)
        (home / ".ssh/known_hosts").write_text("")
        assert "cannot be reached" in world.refuses(f"publish --to {where}", 3), "a server that is not known"


def test_what_stands_in_the_way_on_servers(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sftp/site"
    folder.mkdir(parents=True)
    with sftp(folder, home) as (_, where):
        there = address(where)
        assert there is not None
        (folder / ".a.html.part").write_text("left by a run that was cut off")
        (folder / ".b.html.part").symlink_to(tmp_path / "keys")
        with closing(Sftp(there, None)) as one:
            one.write("a.html", b"x")
            with pytest.raises(BrokenError, match="link to another place"):
                one.write("b.html", b"x")
        assert not (tmp_path / "keys").exists()
        shutil.rmtree(folder)
        with ExitStack() as stack:
            what_stands_in_the_way(folder, lambda: stack.enter_context(closing(Sftp(there, None))))
    folder = tmp_path / "webdav"
    folder.mkdir()
    with webdav(folder) as (_, where), ExitStack() as stack:
        there = address(where)
        assert there is not None
        what_stands_in_the_way(
            folder / "site", lambda: stack.enter_context(closing(WebDav(there, PASSWORD))), links=False
        )


def test_webdav(world: Rehearsal, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "srv"
    (folder / "site").mkdir(parents=True)
    with webdav(folder) as (server, where):
        assert "401" in world.refuses(f"publish --to {where}", 3)
        monkeypatch.setenv(VARIABLE, PASSWORD)
        overtaken(world, where, folder / "site", WebDav)
        follows(world, server, where, folder / "site", WebDav)
    assert_nowhere(PASSWORD, world.root, folder)


@pytest.fixture
def ring() -> Iterator[dict[tuple[str, str], str]]:
    """The keyring of the system, with what a test puts into it."""
    try:
        import keyring
        from keyring.backend import KeyringBackend
    except ImportError:
        assert not os.environ.get("CI"), "keyring is missing"
        pytest.skip("keyring is not installed")
    kept: dict[tuple[str, str], str] = {}

    class Ring(KeyringBackend):
        priority = 9  # type: ignore[assignment]  # a property of classes there

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            raise AssertionError("nothing is written there")

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield kept
    keyring.set_keyring(before)


def test_https_under_an_authority_of_the_house_with_the_password_from_the_keyring(
    world: Rehearsal, tmp_path: Path, home: Path, ring: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "srv"
    (folder / "site").mkdir(parents=True)
    authority, *own = certified(folder.parent)
    with webdav(folder, (own[0], own[1])) as (_, where):
        ring["paraph", where] = PASSWORD
        assert "certificate verify failed" in world.refuses(f"publish --to {where}", 3), "nobody knows it"
        assert [*(folder / "site").iterdir()] == []
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        world.does(f"publish --to {where}", "publish --to fresh")
        assert tree(folder / "site") == tree(world.root / "fresh")
        assert "401" in world.refuses(f"publish --to {where.replace('editor', 'nobody')}", 3)
    assert_nowhere(PASSWORD, world.root, folder, home)


def assert_nowhere(secret: str, *folders: Path) -> None:
    """Nothing that was written holds a password."""
    assert [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.name != "wsgidav.yaml" and secret.encode() in path.read_bytes()
    ] == []


@pytest.fixture
def press(tmp_path: Path) -> Iterator[tuple[Server, str, str, str]]:
    folder = tmp_path / "wordpress"
    folder.mkdir()
    with wordpress(folder) as made:
        yield made


def test_wordpress(
    world: Rehearsal, press: tuple[Server, str, str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, where, secret, of_author = press
    web = where.replace("wordpress+", "").replace("editor@", "")
    path = world.root / "paraph.yml"
    path.write_text(path.read_text() + f"publish: {{targets: {{office: '{where}'}}}}\n")

    def page(language: str) -> dict[str, Any]:
        ask = {
            "rest_route": "/wp/v2/pages",
            "slug": f"aom-2026-01-{language}",
            "status": "draft,publish",
            "context": "edit",
        }
        found = httpx.get(web, params=ask, auth=("editor", secret), timeout=60).json()
        assert len(found) == 1
        one: dict[str, Any] = found[0]
        return one

    assert "application password" in world.refuses("publish --to office", 3)
    monkeypatch.setenv(VARIABLE, of_author)
    author = where.replace("editor@", "author@")
    assert "an account that may edit pages" in world.refuses(f"publish --to {author}", 3), "an author may not"
    monkeypatch.setenv(f"{VARIABLE}_OFFICE", secret)
    assert "would be sent" in world.does("publish --to office --dry-run")
    with pytest.MonkeyPatch.context() as patch:
        save, calls = WordPress.save, []

        def cut(self: WordPress, number: int, fields: dict[str, str]) -> Page:
            calls.append(number)
            if len(calls) == 2:
                server.cut()
            return save(self, number, fields)

        patch.setattr(WordPress, "save", cut)
        assert "Run it again" in world.refuses("publish --to office", 3)
    server.start()
    out = world.does("publish --to office")
    assert secret not in out
    first = page("en")
    assert first["status"] == "draft"
    assert page("fr")["title"]["raw"] == "Une répétition"
    media = httpx.get(web, params={"rest_route": "/wp/v2/media", "per_page": "50"}, timeout=60).json()
    assert len(media) == len(list((world.root / "releases/AOM-2026-01").glob("*.pdf"))), "each file once"
    assert "everything is there" in world.does("publish --to office")
    shown = world.root / "shown.html"
    shown.write_text(re.sub(r'<div lang="en" [^>]*class=.*?>', '<div id="text">', first["content"]["raw"]))
    assert words(shown, "div", "text") == words(world.root / "releases/AOM-2026-01/rehearsal.en.html", "main", "")
    world.does("withdraw AOM-2026-01 --reason 'A rehearsal'", "publish --to office")
    assert page("en")["id"] == first["id"]
    assert "A rehearsal" in page("en")["content"]["raw"]
    for language in ("en", "fr"):
        notice = re.findall(r'href="([^"]*aom-2026-01-withdrawn-[^"]*\.pdf)"', page(language)["content"]["raw"])
        made = world.root / f"releases/AOM-2026-01/notice/AOM-2026-01-withdrawn.{language}.pdf"
        assert [httpx.get(one, timeout=60).content for one in notice] == [made.read_bytes()]
    edited = {"content": page("en")["content"]["raw"].replace("child", "CHILD")}
    ask = {"rest_route": f"/wp/v2/pages/{first['id']}"}
    assert httpx.post(web, params=ask, json=edited, auth=("editor", secret), timeout=60).is_success
    assert "it was changed in WordPress" in world.refuses("publish --to office")
    world.does("publish --to office --again")
    assert "CHILD" not in page("en")["content"]["raw"]
    assert_nowhere(secret, world.root, home)


def test_a_page_is_ours_whatever_its_address(
    world: Rehearsal, press: tuple[Server, str, str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file took the address of one; another was given one of its own by an editor; a third lies in the bin."""
    _, where, secret, _ = press
    web = where.replace("wordpress+", "").replace("editor@", "")
    monkeypatch.setenv(VARIABLE, secret)

    def said(method: str, route: str, **more: Any) -> Any:
        params = {"rest_route": f"/wp/v2/{route}", "context": "edit", **more.pop("params", {})}
        answer = httpx.request(method, web, params=params, auth=("editor", secret), timeout=60, **more)
        assert answer.is_success, answer.text
        return answer.json()

    def pages() -> dict[str, Any]:
        found = said("GET", "pages", params={"status": "draft,publish", "per_page": "100"})
        return {one["slug"]: one for one in found if "paraph" in one["content"]["raw"]}

    taken = {"Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="AOM-2026-01-en.pdf"'}
    assert said("POST", "media", content=b"%PDF-1.4 theirs", headers=taken)["slug"] == "aom-2026-01-en"
    world.does(f"publish --to {where}")
    first = pages()
    assert sorted(first) == ["aom-2026-01-en-2", "aom-2026-01-fr"]
    assert "everything is there" in world.does(f"publish --to {where}")
    french = first["aom-2026-01-fr"]["id"]
    said("POST", f"pages/{french}", json={"slug": "notre-declaration", "status": "publish"})
    assert "everything is there" in world.does(f"publish --to {where}")
    world.does("withdraw AOM-2026-01 --reason 'A rehearsal'", f"publish --to {where}")
    after = pages()
    assert {slug: one["id"] for slug, one in after.items()} == {
        "aom-2026-01-en-2": first["aom-2026-01-en-2"]["id"],
        "notre-declaration": french,
    }
    assert after["notre-declaration"]["status"] == "publish"
    assert all("A rehearsal" in one["content"]["raw"] for one in after.values())
    said("POST", "pages", json={"slug": "a-copy", "content": after["notre-declaration"]["content"]["raw"]})
    assert "aom-2026-01-fr: several pages hold it" in world.refuses(f"publish --to {where}")
    said("POST", f"pages/{french}", json={"slug": "aom-2026-01-fr"})
    assert "everything is there" in world.does(f"publish --to {where}"), "the one at its address"
    said("DELETE", f"pages/{french}")
    said("POST", f"pages/{pages()['a-copy']['id']}", json={"content": "theirs"})
    world.does(f"publish --to {where}")
    assert pages()["aom-2026-01-fr"]["id"] != french, "what was thrown away is made anew, as a draft"


def test_no_older_register_writes_over_a_page_of_a_newer_one(
    world: Rehearsal, press: tuple[Server, str, str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, where, secret, _ = press
    monkeypatch.setenv(VARIABLE, secret)
    before = (world.root / "register.db").read_bytes()
    world.does("withdraw AOM-2026-01 --reason 'A mistake'", f"publish --to {where}")
    there = address(where)
    assert there is not None
    with closing(WordPress(there, secret)) as one:

        def page() -> str:
            found = one.page("aom-2026-01-en")
            assert found is not None
            return found.content.raw

        withdrawn = page()
        number = found[1] if (found := re.match(r"<!-- paraph \S+ \S+ (\d+):", withdrawn)) else ""
        (world.root / "register.db").write_bytes(before)
        shutil.rmtree(world.root / "releases/AOM-2026-01/notice")
        for more in ("", " --again", " --dry-run"):
            said = " ".join(world.refuses(f"publish --to {where}{more}").split())
            assert f"came from a register with event {number}:" in said
            assert "an older copy" in said
        assert page() == withdrawn
        world.does(f"publish --to {where} --other-register")
        assert "A mistake" not in page()
        assert "everything is there" in world.does(f"publish --to {where}")
        numbered = one.page("aom-2026-01-en")
        assert numbered is not None
        one.save(numbered.id, {"content": f"<p>Of somebody else</p>\n\n{page()}"})
        assert "something stands above paraph’s comment" in world.refuses(f"publish --to {where}")
        world.does(f"publish --to {where} --again")
        assert "Of somebody else" not in page()


def test_an_old_page_leads_to_the_next_once_everybody_can_see_that(
    world: Rehearsal, press: tuple[Server, str, str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, where, secret, _ = press
    web = where.replace("wordpress+", "").replace("editor@", "")
    monkeypatch.setenv(VARIABLE, secret)
    world.moves_to("2026-05-02")
    world.edit("detention", "is detained", "is ever detained")
    released(world, "rehearsal", "c2", "-f html --reference AOM-2026-02", "--corrects AOM-2026-01")
    world.does(f"publish --to {where}")
    there = address(where)
    assert there is not None
    with closing(WordPress(there, secret)) as one:

        def page(slug: str) -> Page:
            found = one.page(slug)
            assert found is not None
            return found

        def leads() -> list[str]:
            return re.findall('<a href="([^"]*)"><span dir="auto">AOM-2026-0.</span></a>', page(old).content.raw)

        old, new = "aom-2026-01-en", "aom-2026-02-en"
        assert "AOM-2026-02" in page(old).content.raw
        assert leads() == [], "a draft is for nobody to see"
        one.save(page(new).id, {"status": "publish"})
        world.does(f"publish --to {where}")
        seen = page(new)
        assert leads() == [seen.link] * 2, "in its notice and its history"
        assert httpx.get(leads()[0], timeout=60, follow_redirects=True).is_success
        assert "everything is there" in world.does(f"publish --to {where}")
    assert web in seen.link


@pytest.mark.parametrize("when", ["prove", "save"])
def test_a_slow_run_that_another_one_overtakes_leaves_no_page_in_force(
    when: str, world: Rehearsal, press: tuple[Server, str, str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another machine the text is withdrawn, and published so, before a page is looked at again, or just after."""
    _, where, secret, _ = press
    monkeypatch.setenv(VARIABLE, secret)
    other = another_machine(world)
    with meanwhile(WordPress, when, 1, lambda: world.does(f"-C {other} publish --to {where}")):
        said = " ".join(world.refuses(f"publish --to {where}").split())
    there = address(where)
    assert there is not None
    with closing(WordPress(there, secret)) as one:

        def pages() -> list[Page]:
            return [page for page in one.pages() if "paraph aom-2026-01-" in page.content.raw]

        if when == "prove":
            assert "was written by another “paraph publish”" in said
            assert sorted(page.slug for page in pages()) == ["aom-2026-01-en", "aom-2026-01-fr"]
        else:
            assert "is a second one, which may be deleted there" in said
            assert "an older copy" in " ".join(world.refuses(f"publish --to {where}").split())
            assert "1 files sent" in world.does(f"-C {other} publish --to {where}")
            assert sorted(page.slug for page in pages()) == ["aom-2026-01-en", "aom-2026-01-en-2", "aom-2026-01-fr"]
        assert all("A rehearsal" in page.content.raw for page in pages())
    assert "everything is there" in world.does(f"-C {other} publish --to {where}")


def test_pages_of_the_first_days_have_no_name(
    world: Rehearsal, press: tuple[Server, str, str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, where, secret, _ = press
    monkeypatch.setenv(VARIABLE, secret)
    numbers = []
    with pytest.MonkeyPatch.context() as patch:
        save = WordPress.save

        def nameless(self: WordPress, number: int, fields: dict[str, str]) -> Page:
            content = re.sub("^<!-- paraph [a-z0-9-]+ ([0-9a-f]+) .* -->", r"<!-- paraph \1 -->", fields["content"])
            made = save(self, number, {**fields, "content": content})
            numbers.append(made.id)
            return made

        patch.setattr(WordPress, "save", nameless)
        world.does(f"publish --to {where}")
    there = address(where)
    assert there is not None
    with closing(WordPress(there, secret)) as one:
        assert all(re.match("<!-- paraph [0-9a-f]{64} -->", one.numbered(number).content.raw) for number in numbers)
        assert "2 files sent" in world.does(f"publish --to {where}")
        assert [page.id for page in one.pages() if "paraph aom-2026-01-" in page.content.raw] == numbers
    assert "everything is there" in world.does(f"publish --to {where}")


def test_a_leaflet_in_wordpress(
    world: Rehearsal, press: tuple[Server, str, str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pictures stand inside the released page, which this account may not write; it comes whole all the same."""
    _, where, secret, _ = press
    web = where.replace("wordpress+", "").replace("editor@", "")
    monkeypatch.setenv(VARIABLE, secret)
    for name in ("statements/clauses/test/asking.yml", "statements/leaflets/leaflet.yml"):
        text = ARABIC[name].replace("{en: You can ask,", '{en: "You & us: “ask” <us>",')
        (world.root / name).parent.mkdir(parents=True, exist_ok=True)
        (world.root / name).write_text(text.lstrip("\n"), encoding="utf-8")
    assert released(world, "leaflet", "c2", "-f html -f pdf") == "AOM-2026-02"

    def page() -> dict[str, str]:
        ask = {"rest_route": "/wp/v2/pages", "slug": "aom-2026-02-en", "status": "draft", "context": "edit"}
        found = httpx.get(web, params=ask, auth=("editor", secret), timeout=60).json()[0]
        return {name: found[name]["raw"] for name in ("title", "content")}

    def pictures() -> list[tuple[str, str]]:
        return [(one.get("alt", ""), one.get("src", "")) for one in etree.HTML(page()["content"]).iter("img")]

    with pytest.MonkeyPatch.context() as patch:
        save = WordPress.save

        def lossy(self: WordPress, number: int, fields: dict[str, str]) -> Page:
            return save(
                self, number, {**fields, "content": re.sub(r'(<img [^>]*src=")http:', r"\1", fields["content"])}
            )

        patch.setattr(WordPress, "save", lossy)
        assert "does not hold in WordPress what was sent" in world.refuses(f"publish --to {where}", 3)
    assert "it was changed in WordPress" in world.refuses(f"publish --to {where}")
    world.does(f"publish --to {where} --again")
    inside = etree.HTML((world.root / "releases/AOM-2026-02/leaflet.en.html").read_bytes())
    assert [alt for alt, _ in pictures()] == [one.get("alt") for one in inside.iter("img")] != []
    for _, at in pictures():
        assert httpx.get(at, timeout=60).content.startswith(b"\x89PNG")
    shown = world.root / "shown.html"
    shown.write_text(re.sub(r'<div lang="en" [^>]*class=.*?>', '<div id="text">', page()["content"]), encoding="utf-8")
    assert words(shown, "div", "text") == words(world.root / "releases/AOM-2026-02/leaflet.en.html", "main", "")
    assert page()["title"] == "You &amp; us: “ask” &lt;us&gt;"
    around = etree.HTML(page()["content"])
    assert around.xpath("//body/div/@lang") == ["en"], "what stands around the words has its language, too"
    named = [*map("".join, (one.itertext() for one in around.xpath("//li/a")))]
    assert named == [
        "PDF, English",
        "PDF, English and French",
        "People’s Advocate of Albania – PDF, English",
        "Parliamentary Ombudsman of Malta – PDF, English",
        "Ombudsman of Spain (Defensor del Pueblo) – PDF, English",
    ]
    before = pictures()
    assert "everything is there" in world.does(f"publish --to {where}")
    world.does("""withdraw AOM-2026-02 --reason "It isn't right" """, f"publish --to {where}")
    assert "It isn't right" in unescape(page()["content"])
    assert pictures() == before
    assert "everything is there" in world.does(f"publish --to {where}")


class Hostile(BaseHTTPRequestHandler):
    """Anything in the place of WordPress: `pages` and `media` are what it answers; its files are other ones."""

    pages, media = b"[]", b"[]"
    posted = 0

    def do_GET(self) -> None:
        route = parse_qs(urlsplit(self.path).query).get("rest_route", [""])[0]
        self.answer({"/wp/v2/pages": self.pages, "/wp/v2/media": self.media}.get(route, b"other bytes"))

    def do_POST(self) -> None:
        type(self).posted += 1
        self.answer(b"{}", 500)

    def answer(self, data: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Hostile, "posted", 0)
    with HTTPServer(("127.0.0.1", 0), Hostile) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_site_that_answers_anything(
    world: Rehearsal, hostile: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pages in (b"<html>", b"{}", b"[[]]", b'[{"id": "x"}]', b'[{"id": 1, "content": {}}]', b"\xff", b"[" * 9_999):
        monkeypatch.setattr(Hostile, "pages", pages)
        said = world.refuses(f"publish --to wordpress+http://editor@{hostile}", 3)
        assert "does not answer as WordPress does" in said


@pytest.mark.parametrize("scheme", ["dav", "wordpress+http"])
def test_a_server_that_sends_elsewhere_or_never_ends(
    scheme: str, world: Rehearsal, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No password follows a redirection, and an answer without end is not taken in."""
    monkeypatch.setenv("PARAPH_PUBLISH_PASSWORD", "a secret")
    monkeypatch.setattr("paraph.publish.targets.client.LARGEST", 100_000)
    asked: list[tuple[str, str]] = []

    class Other(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            if self.raw_requestline_is_there():
                asked.append(("other", self.headers.get("Authorization", "")))

        def raw_requestline_is_there(self) -> bool:
            self.raw_requestline = self.rfile.readline(65537)
            self.close_connection = True
            return bool(self.raw_requestline) and self.parse_request()

    class Leading(Other):
        ends = False

        def handle_one_request(self) -> None:
            if not self.raw_requestline_is_there():
                return
            asked.append(("first", self.headers.get("Authorization", "")))
            if not self.ends:
                self.send_response(307)
                self.send_header("Location", f"http://127.0.0.1:{other.server_port}/")
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while True:
                    self.wfile.write(b" " * 10_000)

    with HTTPServer(("127.0.0.1", 0), Other) as other, HTTPServer(("127.0.0.1", 0), Leading) as first:
        for server in (other, first):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        where = f"publish --to {scheme}://editor@127.0.0.1:{first.server_port}/site"
        led = world.refuses(where, 3)
        monkeypatch.setattr(Leading, "ends", True)
        endless = world.refuses(where, 3)
        for server in (other, first):
            server.shutdown()
    assert "307" in led
    assert "too large" in endless
    assert {name for name, _ in asked} == {"first"}
    assert "a secret" not in led + endless


class Answering(BaseHTTPRequestHandler):
    """A server that answers all that it is asked in the same way: `answer`."""

    answer: Callable[[BaseHTTPRequestHandler], None]

    def do_GET(self) -> None:
        type(self).answer(self)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


for method in ("POST", "PUT", "PROPFIND", "MKCOL", "MOVE", "DELETE"):
    setattr(Answering, f"do_{method}", Answering.do_GET)


def never_lets_in(one: BaseHTTPRequestHandler) -> None:
    """It says back what it was sent."""
    sent = one.headers.get("Authorization", "")
    said = base64.b64decode(sent.removeprefix("Basic ")).decode()
    body = json.dumps({"message": f"wrong: {said} {sent}"}).encode()
    one.send_response(401, f"wrong: {said} {sent}")
    one.send_header("WWW-Authenticate", "Basic")
    one.send_header("Content-Length", str(len(body)))
    one.end_headers()
    one.wfile.write(body)


def drop_by_drop(one: BaseHTTPRequestHandler) -> None:
    one.send_response(200)
    one.end_headers()
    with suppress(OSError):
        while True:
            one.wfile.write(b" ")
            time.sleep(0.02)


def head_drop_by_drop(one: BaseHTTPRequestHandler) -> None:
    """Never silent for long, and never done with what comes before the answer."""
    with suppress(OSError):
        one.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            one.wfile.write(b"x")
            time.sleep(0.02)


def has_every_file(one: BaseHTTPRequestHandler) -> None:
    body = b'{"v": 1, "units": {}}'
    if one.command == "PROPFIND":
        body = b'<m xmlns="DAV:"><resourcetype><collection/></resourcetype></m>'
    one.send_response(200)
    one.send_header("Content-Length", str(len(body)))
    one.end_headers()
    one.wfile.write(body)


@pytest.mark.parametrize(
    ("scheme", "answer", "said"),
    [
        ("dav", never_lets_in, "401 wrong: editor:… Basic …"),
        ("wordpress+http", never_lets_in, "401 wrong: editor:… Basic …"),
        ("dav", drop_by_drop, "does not end"),
        ("wordpress+http", drop_by_drop, "does not end"),
        ("dav", head_drop_by_drop, "does not end"),
        ("wordpress+http", head_drop_by_drop, "does not end"),
        ("dav", has_every_file, "the target says that it has .paraph-site/batch-1000.json"),
    ],
)
def test_a_server_that_nobody_would_want(
    scheme: str,
    answer: Callable[[BaseHTTPRequestHandler], None],
    said: str,
    world: Rehearsal,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The run ends, with one line that names no password, whatever the server says back."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    if said == "does not end":  # the others answer at once, however slow the machine is
        monkeypatch.setattr("paraph.publish.targets.client.LONGEST", 0.5)
    monkeypatch.setattr(Answering, "answer", answer, raising=False)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        out = world.refuses(f"publish --to {scheme}://editor@127.0.0.1:{server.server_port}/site", 3)
        server.shutdown()
    assert said in out
    assert PASSWORD not in out
    assert base64.b64encode(f"editor:{PASSWORD}".encode()).decode() not in out
    assert_nowhere(PASSWORD, world.root, home)


def test_an_sftp_server_that_says_nothing(
    world: Rehearsal, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither before we are known to it nor after."""
    monkeypatch.setattr("paraph.publish.targets.sftp._WAIT", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"sftp://editor@127.0.0.1:{silent.getsockname()[1]}/site"
        assert "cannot be reached" in world.refuses(f"publish --to {where}", 3)
    folder = tmp_path / "srv/site"
    folder.mkdir(parents=True)
    with sftp(folder, home, "/bin/sleep 60") as (_, where):
        assert "cannot be reached" in world.refuses(f"publish --to {where}", 3)


def test_an_sftp_server_that_speaks_drop_by_drop(world: Rehearsal, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says who it is a letter at a time, and never ends."""
    monkeypatch.setattr("paraph.publish.targets.sftp._WAIT", 1)

    class Dripping(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                while True:
                    self.request.sendall(b"x")
                    time.sleep(0.05)

    with ThreadingTCPServer(("127.0.0.1", 0), Dripping) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        begun = time.monotonic()
        said = world.refuses(f"publish --to sftp://editor@127.0.0.1:{server.server_address[1]}/site", 3)
        server.shutdown()
    assert "cannot be reached" in said
    assert time.monotonic() - begun < 30


def test_two_references_with_one_address_in_wordpress_are_refused(
    world: Rehearsal, hostile: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release of such a reference is refused; one that is on record all the same writes over no page."""
    world.edit("detention", "is detained", "is ever detained")
    monkeypatch.setattr("paraph.workflow.releases.before.alike", str)
    released(world, "rehearsal", "c2", "-f html --reference AOM.2026.01", "--corrects AOM-2026-01")
    said = world.refuses(f"publish --to wordpress+http://editor@{hostile}")
    assert "aom-2026-01-en: AOM-2026-01 and AOM.2026.01" in said
    assert Hostile.posted == 0


def test_a_file_in_the_media_library_that_is_another_one(
    world: Rehearsal, hostile: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was once uploaded, and then changed there, is no more linked to than what was changed on the way."""
    for place, said in (("http://HERE/x.pdf", "is not the file that was released"), ("ftp://x", "cannot be fetched")):
        monkeypatch.setattr(Hostile, "media", json.dumps([{"source_url": place.replace("HERE", hostile)}]).encode())
        assert said in world.refuses(f"publish --to wordpress+http://editor@{hostile}", 3)
    assert Hostile.posted == 0, "no page was written"


def test_what_a_server_says_moves_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_error(BrokenError("it says \x1b[2J\u202eauthentic", "a\x9bb"))
    assert not set("\x1b\x9b\u202e") & set(capsys.readouterr().err)


def test_addresses() -> None:
    assert address("../public") is None
    there = address("sftp://editor@www.example.org:2222/srv/www")
    assert there is not None
    assert (there.user, there.port, there.path, str(there)) == (
        "editor", 2222, "/srv/www", "sftp://editor@www.example.org:2222/srv/www",
    )  # fmt: skip
    with pytest.raises(UsageError, match="password") as caught:
        address("sftp://editor:secret@example.org/srv")
    assert "secret" not in str(caught.value)
    for wrong in (
        "ftp://example.org/",
        "sftp:///srv",
        "dav://example.org/",
        "wordpress+http://example.org",
        "sftp://a:b:c/",
        "SFTP://editor:secret@example.org/srv",
    ):
        with pytest.raises(UsageError):
            address(wrong)
    environment = {VARIABLE: "one", f"{VARIABLE}_MY_WEB": "two"}
    assert (password(there, "my-web", environment), password(there, "", environment)) == ("two", "one")


def test_a_server_that_is_not_there() -> None:
    there = address("dav://127.0.0.1:9/site")
    assert there is not None
    with pytest.raises(BrokenError, match="cannot be reached"):
        WebDav(there, None).kind("en")
