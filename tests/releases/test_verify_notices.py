"""Notices of corrections and withdrawals: what `paraph verify` says of them, and of what only looks like one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from judges import needed
from paraph.errors import RefusedError
from paraph.model.event import ReleaseWithdrawn
from paraph.model.release import Fate
from paraph.workflow.record.ledger import opened, settings
from paraph.workflow.releases.announce import Announced
from paraph.workflow.releases.fates import after, recorded_fates
from rehearsal import Past, Rehearsal
from test_verify import _release_two, in_part


@pytest.fixture
def told(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    """A-1 was corrected by A-2, which was withdrawn: there are notices of both."""
    return past.come_to("two releases, one withdrawn", rehearsal, _withdrawn)


def _withdrawn(rehearsal: Rehearsal) -> None:
    _release_two(rehearsal)
    rehearsal.does("withdraw A-2 --reason 'en=It was not meant' --reason 'fr=Ce n’était pas voulu'", "publish")


def test_a_notice_is_known_wherever_it_lies(told: Rehearsal, tmp_path: Path) -> None:
    assert len([*told.root.glob("releases/*/notice/*")]) == 12, "three notices, two languages, two formats"
    made = [path for path in sorted(told.root.glob("releases/*/notice/*")) if "A-1-corrected." not in path.name]
    for path in made:
        out = told.does(f"verify {path}")
        standing = "withdrawn" if "A-2" in path.name else "corrected"
        assert f"{path}: authentic\n  the notice that A-{path.name[2]} was {standing}, {path.name} (rehearsal@" in out
    on_site = [told.root / "site/files" / path.parents[1].name / path.name for path in made]
    assert [path.read_bytes() for path in on_site] == [path.read_bytes() for path in made]
    said = json.loads(told.does(f"verify --json {on_site[0]}"))[0]
    assert (said["verdict"], said["notice"], said["reference"]) == ("authentic", "corrected", "A-1")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(told.root / "register.db", elsewhere / "r.db")
    shutil.copy(made[-1], elsewhere / "x.pdf")
    out = told.does(f"-C {elsewhere} verify {elsewhere}/x.pdf --register {elsewhere}/r.db")
    assert "the notice that A-2 was withdrawn" in out, "no workspace is needed"


def test_a_notice_with_another_word(told: Rehearsal) -> None:
    path = told.root / "releases/A-2/notice/A-2-withdrawn.en.docx"
    copy = told.root / "copy.docx"
    copy.write_bytes(in_part(path.read_bytes(), "word/document.xml", "It was not meant", "It was meant"))
    out = told.refuses("verify copy.docx")
    assert "copy.docx: ALTERED\n  nearest to the notice that A-2 was withdrawn, A-2-withdrawn.en.docx" in out
    assert "It was [-not-] meant" in out.replace("[-not -]", "[-not-] ")


def test_a_notice_of_what_never_happened(rehearsal: Rehearsal, past: Past) -> None:
    """The notice that A-1 was corrected, made into one that A-2 was withdrawn, which is in force."""
    world = past.come_to("two releases", rehearsal, _release_two)
    data = (world.root / "releases/A-1/notice/A-1-corrected.en.docx").read_bytes()
    for was, is_ in (("Correction of A-1", "Withdrawal of A-2"), ("reference A-1", "reference A-2")):
        data = in_part(data, "word/document.xml", was, is_)
    (world.root / "copy.docx").write_bytes(data)
    out = world.refuses("verify copy.docx")
    assert "copy.docx: unknown\n  it takes itself for the notice that A-2 was withdrawn" in out
    assert "by the register A-2 was never withdrawn: nobody issued such a notice" in out


def test_a_notice_stays_what_it_is_whatever_the_form_says_later(told: Rehearsal, tmp_path: Path) -> None:
    """Other words, another name of the network, a form that is faulty, none at all: the register has that of then."""
    folder = told.root / "releases/A-2/notice"
    issued = {path.name: path.read_bytes() for path in folder.iterdir()}
    in_file(told, "paraph.yml", "Association of Mediterranean Ombudsmen", "Association of Others")
    for change in ("Whoever has published", "Whoever printed"), ("field: copies", "field: others"), ("", ""):
        in_file(told, "templates/notice/form.yml", *change)
        assert "authentic\n  the notice that A-2 was withdrawn" in told.does(f"verify {folder}/A-2-withdrawn.en.docx")
        out = told.does("rebuild A-2 --verify")
        assert "the same     notice/A-2-withdrawn.en.docx" in out
        assert out.endswith("A-2 comes out as it was released\n")
    shutil.rmtree(folder)
    shutil.rmtree(told.root / "site")
    told.does("publish")
    assert {name: (told.root / "site/files/A-2" / name).read_bytes() for name in issued} == issued
    shutil.rmtree(told.root / "templates")
    told.does(f"rebuild A-2 -o {tmp_path}/again", f"verify {tmp_path}/again/notice/A-2-withdrawn.fr.pdf")
    assert {path.name: path.read_bytes() for path in (tmp_path / "again/notice").iterdir()} == issued


def in_file(told: Rehearsal, name: str, was: str, is_: str) -> None:
    """Other words in a file of the workspace; none: the file is gone."""
    path = told.root / name
    text = path.read_text(encoding="utf-8")
    assert was in text
    if was:
        path.write_text(text.replace(was, is_), encoding="utf-8")
    else:
        path.unlink()


def test_a_notice_that_was_changed_in_its_place(told: Rehearsal) -> None:
    assert "whole" in told.does("register verify"), "notices lie beside what was released"
    path = told.root / "releases/A-2/notice/A-2-withdrawn.en.docx"
    issued = path.read_bytes()
    path.write_bytes(in_part(issued, "word/document.xml", "It was not meant", "It was meant"))
    out = told.refuses("register verify")
    assert "releases/A-2/notice/A-2-withdrawn.en.docx is no notice of A-2 on record" in out
    shutil.rmtree(told.root / "site")
    told.does("publish")
    assert (told.root / "site/files/A-2" / path.name).read_bytes() == issued, "as the register has it"


_NOTICE = "releases/A-2/notice/"


@pytest.mark.parametrize("name", ["A-2-withdrawn.en.odt", "A-2-withdrawn.en.txt", "A-2-withdrawn.es.docx"])
def test_a_copy_beside_a_notice_tells_of_no_other_register(told: Rehearsal, name: str) -> None:
    """Somebody saved the notice in another format, or put it into another language: the withdrawal is on record."""
    (told.root / _NOTICE / name).write_text("x")
    told.edit("detention", "detained", "kept")
    for command in ("publish", "circulate rehearsal --until 2026-04-01"):
        told.does(command)
    assert f"wrong: {_NOTICE}{name} is no notice of A-2 on record" in told.refuses("register verify")
    (told.root / _NOTICE / name).rename(told.root / _NOTICE / name.replace("withdrawn", "withdrawn-2"))
    assert "A-2-withdrawn-2.* says that A-2 was withdrawn, which is not in this register" in told.refuses("publish")


@pytest.mark.parametrize("folder", ["releases/A-2/", _NOTICE])
def test_what_programs_leave_in_a_folder_is_no_fault_of_the_register(told: Rehearsal, folder: str) -> None:
    kept = "~$2-withdrawn.en.docx", ".~lock.A-2-withdrawn.en.docx#", ".A-2-withdrawn.en.pdf.ab_d1234.part"
    for name in (".DS_Store", "._A-2-withdrawn.en.pdf", "Thumbs.db", "desktop.ini", *kept):
        (told.root / folder / name).write_text("x")
    told.does("register verify", "publish")
    (told.root / folder / "~A-2.docx").write_text("x")
    told.refuses("register verify")


def test_what_a_killed_run_left_of_a_notice_is_swept_by_the_next(told: Rehearsal) -> None:
    parts = [told.root / _NOTICE / f".A-2-withdrawn.en.pdf.{age}{age}d1234_.part" for age in "02"]
    for age, part in zip((0, 2), parts, strict=True):
        part.write_text("half")
        when = part.stat().st_mtime - age * 3600
        os.utime(part, (when, when))
    told.does("register verify")
    told.refuses("withdraw A-2 --reason Again")
    assert [part.exists() for part in parts] == [True, False], "somebody may be writing the younger one just now"


def test_a_notice_that_could_not_be_made_when_it_was_due(rehearsal: Rehearsal, past: Past) -> None:
    """The form was faulty that day: what was recorded stands, and the notice is made once the form is right. Nothing
    of it is on record, as of notices before that was recorded: with another form it is not known any more."""
    world = past.come_to("two releases", rehearsal, _release_two)
    in_file(world, "templates/notice/form.yml", "field: copies", "field: others")
    out = world.does("withdraw A-2 --reason 'It was not meant'")
    assert "the notice of A-2, A-1 could not be made, and “paraph publish” or the next release" in out
    in_file(world, "templates/notice/form.yml", "field: others", "field: copies")
    world.does("publish")
    path = world.root / "site/files/A-2/A-2-withdrawn.en.docx"
    assert "authentic\n  the notice that A-2 was withdrawn" in world.does(f"verify {path}")
    world.does("register verify", "rebuild A-2 --verify")
    in_file(world, "templates/notice/form.yml", "field: copies", "field: others")
    out = world.refuses(f"verify {path}")
    assert "unknown\n  it takes itself for the notice that A-2 was withdrawn" in out
    assert "A-2 was withdrawn, but this is not its notice as it is made here" in out


def test_what_was_recorded_while_a_notice_was_made_is_heard(told: Rehearsal) -> None:
    """A withdrawal of A-1 was prepared when nothing had become of it; now there is its correction."""
    said = ReleaseWithdrawn(reference="A-1", reason="It was not meant")
    then = after(Fate(known=True), said, told.now)
    made = Announced(said=(said,), at=told.now, told={"A-1": then})
    with opened(told.root, settings(told.root)) as register, register.reading() as reader:
        with pytest.raises(RefusedError, match="something else was recorded of A-1 while its notice was made"):
            made.confirm(reader, [said], [said])
        then = after(recorded_fates(reader)["A-1"], said, told.now)
        assert replace(made, told={"A-1": then}).confirm(reader, [said], [said]) == (said,)


def test_a_notice_that_another_one_followed(rehearsal: Rehearsal, past: Past) -> None:
    """The first one was true in its time; what became of the release since is said, and where to read it."""
    world = past.come_to("two releases, the reason unsaid", rehearsal, _unsaid)
    first, second = (f"releases/A-1/notice/A-1-corrected{n}.en.docx" for n in ("", "-2"))
    assert "authentic" in world.does(f"verify {first}")
    world.does("correct A-1 --by A-2 --reason 'A word was missing'", "publish")
    out = world.refuses(f"verify {first}")
    assert f"{first}: authentic, but no longer in force\n  the notice that A-1 was corrected" in out
    assert "a later notice says what became of it since" in out
    assert "authentic\n" in world.does(f"verify {second}")


def _unsaid(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does("circulate rehearsal --until 2026-04-01 --corrects A-1")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2", "release rehearsal -f md --reference A-2", "publish")


def test_a_record_knows_of_no_notice(told: Rehearsal) -> None:
    out = told.refuses("verify releases/A-2/notice/A-2-withdrawn.fr.pdf --record releases/A-2/record.json")
    assert "unknown\n  it takes itself for the notice that A-2 was withdrawn (rehearsal@2" in out
    assert "a record is made before any notice, and cannot know of one" in out


@pytest.mark.parametrize("format_", ["docx", "odt", "pdf"])
def test_a_notice_that_libreoffice_saved_again(told: Rehearsal, format_: str, tmp_path: Path) -> None:
    source = told.root / "releases/A-2/notice/A-2-withdrawn.fr.docx"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        needed(shutil.which("soffice"), "LibreOffice"),
        profile,
        "--headless",
        "--convert-to",
        format_,
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    out = told.refuses(f"verify {tmp_path / source.stem}.{format_}")
    assert "the same words in other bytes\n  nearest to the notice that A-2 was withdrawn" in out
