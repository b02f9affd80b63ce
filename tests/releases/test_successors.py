"""Which release is to be read instead of another, whatever became of the one that took its place. Rehearsals all."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paraph.model.event import Draft, Fact, ReleaseCorrected, Released, ReleaseWithdrawn, Subject, SubjectKind
from paraph.model.release import Fate, leads_to
from paraph.workflow.record.ledger import opened
from paraph.workflow.record.ledger import settings as workspace_settings
from paraph.workflow.releases.fates import announced, holds, recorded_fates, to_be_told
from paraph.workflow.releases.shelf import releases_of
from rehearsal import Past, Rehearsal

OLD = "releases/A-1/rehearsal.en.md"


@pytest.fixture
def two(rehearsal: Rehearsal) -> Rehearsal:
    """A-1, and A-2 with the same words in its place, which was withdrawn."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    rehearsal.does("release rehearsal -f md -f html --reissue --reference A-2", "withdraw A-2 --reason 'Too early'")
    return rehearsal


def test_a_successor_that_was_withdrawn_is_said_to_be(two: Rehearsal) -> None:
    assert "A-1 was replaced by A-2, which was withdrawn" in two.refuses(f"verify {OLD}")
    assert "replaced by A-2, which was withdrawn" in two.does("show A-1")
    told = two.words("status rehearsal")
    assert "Released as" not in told, "none of the two is in force"
    assert "Ready for release" not in told
    assert "A-1 was replaced by A-2, which was withdrawn: “paraph release rehearsal --reissue”" in told
    two.does("publish")
    page = (two.root / "site/en/A-1.html").read_text(encoding="utf-8")
    assert "This text was replaced by" in page
    assert "which was withdrawn" in page
    assert "Read instead" not in page


def test_the_next_release_is_the_successor(two: Rehearsal) -> None:
    two.does("release rehearsal -f md -f html --reissue --reference A-3")
    assert "A-1 was replaced by A-3\n" in two.refuses(f"verify {OLD}")
    assert "replaced by A-3\n" in two.does("show A-1")
    assert "A-2 was withdrawn" in two.refuses("verify releases/A-2/rehearsal.en.md")
    assert "Released as A-3\n" in two.does("status rehearsal")
    two.does("publish", "register verify", "rebuild A-2 --verify")
    assert "Read instead" in (two.root / "site/en/A-1.html").read_text(encoding="utf-8")


def test_only_the_last_edition_is_in_force(two: Rehearsal) -> None:
    two.does("release rehearsal -f md -f html --reissue --reference A-3")
    two.does("release rehearsal -f md -f html -f docx --reissue --reference A-4")
    assert "Released as A-4\n" in two.does("status rehearsal")
    two.does("withdraw A-3 --reason 'Not this one, either'")
    assert {one.reference: one.fate.successor for one in releases_of(two.root)} == {
        "A-1": "A-4",
        "A-2": "",
        "A-3": "A-4",
        "A-4": "",
    }


def test_a_provisional_release_follows_what_was_adopted(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("release rehearsal -f md --provisional urgent --reference P-1")
    assert "Provisionally released as P-1" in rehearsal.does("status rehearsal")
    rehearsal.all_approve()
    rehearsal.does("close c1", "release rehearsal -f md --reference A-2", "withdraw A-2 --reason 'Too early'")
    assert "Ready for release" in rehearsal.does("status rehearsal")
    rehearsal.does("release rehearsal -f md --reference A-3 --confirm")
    assert "P-1 was replaced by A-3\n" in rehearsal.refuses("verify releases/P-1/rehearsal.en.md")


def test_a_correction_by_a_release_that_was_withdrawn_binds_nobody(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    for last, words in (("A-2", ("is detained", "is ever detained")), ("A-3", ("ever detained", "kept detained"))):
        rehearsal.edit("detention", *words)
        circulation = f"c{last[-1]}"
        rehearsal.circulates("--corrects A-1")
        rehearsal.all_approve(circulation)
        rehearsal.does(f"close {circulation}")
        out = rehearsal.does(f"release rehearsal -f md --reference {last} --reason 'A word for {last}'")
        assert "It corrects A-1, and says so." in out
        assert "releases/A-1/notice" in out
        assert f"A-1 was corrected by {last}: A word for {last}\n" in rehearsal.refuses(f"verify {OLD}")
        if last == "A-2":
            rehearsal.does("withdraw A-2 --reason 'The wrong word'")
            assert "A-1 was corrected by A-2, which was withdrawn" in rehearsal.refuses(f"verify {OLD}")
    assert "corrected by A-3" in rehearsal.refuses("correct A-1 --by A-3 --reason Twice")
    rehearsal.does("register verify", "rebuild A-1 --verify", "publish")


def _withdrawn(rehearsal: Rehearsal) -> None:
    """A-1 was withdrawn while its corrigendum was put to the members, which is adopted."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md -f html --reference A-1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.circulates("--corrects A-1")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2", "withdraw A-1 --reason 'Nobody’s words'")


def _told(world: Rehearsal) -> tuple[str, str, str]:
    """What `verify` says besides that A-1 was withdrawn, what `show` does, and what the page of the site does."""
    world.does("publish")
    page = (world.root / "site/en/A-1.html").read_text(encoding="utf-8")
    head = " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("<h1")[0]).split())
    catalogue = json.loads((world.root / "site/catalog/2026.json").read_bytes())["releases"][0]
    assert (catalogue["reference"], catalogue["standing"]) == ("A-1", "withdrawn")
    verified = world.refuses(f"verify {OLD}")
    assert "A-1 was withdrawn on 2026-02-01: Nobody’s words\n" in verified
    site = head.partition("This text was corrected")[2].partition(" About")[0].strip()
    news = (world.root / "site/en/feed.xml").read_text(encoding="utf-8")
    assert site.replace(" ,", ",").strip(". ") in news, "as on its page"
    shown = world.does("show A-1").partition(": Nobody’s words\n")[2].strip()
    assert catalogue["successor"] == ("" if "was withdrawn" in site else site.rpartition(" ")[2])
    return verified.partition("Nobody’s words\n")[2].strip(), shown, site


def test_a_corrigendum_of_what_was_withdrawn_is_read_instead_as_long_as_it_stands(
    rehearsal: Rehearsal, past: Past
) -> None:
    world = past.come_to("A-1 withdrawn", rehearsal, _withdrawn)
    out = world.does("release rehearsal -f md -f html --reference A-2 --reason 'A word'")
    assert "Its notice, to be sent on: 4 files in releases/A-1/notice, A-1-withdrawn-2.*\n" in out
    said = words_of(world.root / "releases/A-1/notice/A-1-withdrawn-2.en.docx")
    assert "was withdrawn" in said
    assert "Reason: Nobody’s words" in said
    assert "Read instead: A-2" in said
    verified, shown, site = _told(world)
    assert verified == "A-1 was corrected by A-2"
    assert re.fullmatch(r"corrected by A-2 \(event \d+\): A word", shown)
    assert site == ". Read instead: A-2"
    records = "--record releases/A-1/record.json --record releases/A-2/record.json"
    assert "A-1 was corrected by A-2\n" in world.refuses(f"verify {OLD} {records}")
    assert "A-1 was corrected by A-2 (event" in world.refuses("correct A-1 --by A-2 --reason 'Another word'")
    assert "A-1 was withdrawn (event" in world.refuses("withdraw A-1 --reason Again")
    out = world.does("withdraw A-2 --reason 'Too early'")
    assert "the new one, to be sent on: 4 files in releases/A-1/notice, A-1-withdrawn-3.*\n" in out
    said = words_of(world.root / "releases/A-1/notice/A-1-withdrawn-3.en.docx")
    assert "Read instead" not in said
    assert "A-2, which took its place, was withdrawn" in said
    verified, shown, site = _told(world)
    assert verified == "A-1 was corrected by A-2, which was withdrawn"
    assert shown.endswith("\ncorrected by A-2, which was withdrawn")
    assert site == "by A-2 , which was withdrawn."
    out = world.does("release rehearsal -f md -f html --reference A-3 --confirm")
    assert "Its notice, to be sent on: 4 files in releases/A-1/notice, A-1-withdrawn-4.*\n" in out
    assert _told(world)[0] == "A-1 was corrected by A-3"
    world.does("register verify", "rebuild A-1 --verify", "rebuild A-2 --verify", "rebuild A-3 --verify")


def test_a_corrigendum_of_what_was_withdrawn_that_its_record_alone_tells_of(
    rehearsal: Rehearsal, past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As earlier versions left it: nothing was recorded of A-1 with A-2."""
    world = past.come_to("A-1 withdrawn", rehearsal, _withdrawn)
    with monkeypatch.context() as before:
        before.setattr("paraph.workflow.releases.release.correction", lambda *_: None)
        assert "notice" not in world.does("release rehearsal -f md -f html --reference A-2")
    notice = world.root / "releases/A-1/notice/A-1-withdrawn.en.docx"
    assert _told(world) == ("A-1 was corrected by A-2", "corrected by A-2", ". Read instead: A-2")
    world.does("register verify", f"verify {notice}")
    shutil.copytree(world.root, elsewhere := world.root.parent / "elsewhere")
    world.does("withdraw A-2 --reason 'Too early'", "register verify", f"verify {notice}")
    gone = "A-1 was corrected by A-2, which was withdrawn"
    assert _told(world) == (gone, gone.removeprefix("A-1 was "), "by A-2 , which was withdrawn.")
    assert len([*notice.parent.iterdir()]) == 4, "nobody was sent to A-2 by a notice"
    monkeypatch.chdir(elsewhere)
    world.root = elsewhere
    out = world.does("correct A-1 --by A-2 --reason 'A word'")
    assert "A-1-withdrawn-2.*" in out
    assert "A-1-withdrawn-3.*" in world.does("withdraw A-2 --reason 'Too early'")
    world.does("register verify")
    assert _told(world)[0] == gone


def test_what_was_withdrawn_and_released_anew_is_said_to_be_in_force(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1", "withdraw A-1 --reason x")
    assert "in force" not in rehearsal.does("show A-1")
    rehearsal.does("release rehearsal -f md --reference A-2 --confirm")
    assert "in force: A-2\n" in rehearsal.does("show A-1")
    assert "the text in force is A-2\n" in rehearsal.refuses(f"verify {OLD}")
    rehearsal.does("withdraw A-2 --reason x")
    assert "in force" not in rehearsal.does("show A-1")
    assert "in force is" not in rehearsal.refuses(f"verify {OLD}")


def test_in_the_place_of_one_that_was_withdrawn_nothing_need_be_new(two: Rehearsal) -> None:
    two.does("release rehearsal -f md --reissue --reference A-3")
    assert "with all that it has now" in two.refuses("release rehearsal -f md --reissue")


_STEPS = st.lists(
    st.tuples(st.sampled_from(["adopted", "early", "withdraw", "correct"]), st.integers(0, 9), st.integers(0, 9)),
    max_size=16,
)


@given(_STEPS)
@settings(max_examples=300, deadline=None)
def test_nobody_is_sent_to_what_was_withdrawn_while_something_stands(steps: list[tuple[str, int, int]]) -> None:
    made, facts = list[Released](), list[Any]()
    corrected, gone = dict[str, str](), set[str]()
    for what, one, other in steps:
        if what in ("adopted", "early"):
            subject = Subject(kind=SubjectKind.DOCUMENT, id="ab"[one % 2], version=1, digest="")
            early = {"en": "urgent"} if what == "early" else {}
            fact = Released(reference=f"R{len(made)}", subject=subject, clauses=(), files={}, provisionally=early)
            made.append(fact)
            facts.append(fact)
        elif made:
            was, by = (made[number % len(made)].reference for number in (one, other))
            over = was in gone and what == "withdraw"
            if over or (was in corrected and corrected[was] not in gone) or (what == "correct" and was == by):
                continue  # `correct` and `withdraw` refuse it; what else `correct` refuses, earlier versions took
            if what == "withdraw":
                gone.add(was)
                facts.append(ReleaseWithdrawn(reference=was, reason="Why"))
            else:
                corrected[was] = by
                facts.append(ReleaseCorrected(reference=was, successor=by, reason="Why"))
    at = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    reader: Any = _reader(facts, at)
    fates = recorded_fates(reader)
    with_notices = list[Any]()
    for number, fact in enumerate(facts):
        told = to_be_told(_reader(with_notices, at), [fact], at)
        others = {one: {f"{number}.en.pdf": "digest"} for one in told if one != fact.reference}
        with_notices.append(replace(fact, others=others))
    noticed = _reader(with_notices, at)
    for one, fate in recorded_fates(noticed).items():
        issued = announced(noticed, one)
        assert replace(fate, notice={}, earlier={}, noted=None) == replace(fates[one], notice={}, noted=None)
        last = issued[-1].fate if issued else None
        assert bool(last) == bool(fate.withdrawn or fate.corrected)
        assert last is None or holds(last, one, recorded_fates(noticed)), (
            "each says where to read on, or that nobody can"
        )
    for place, fact in enumerate(made):
        fate = fates[fact.reference]
        said = [one for one in facts if not isinstance(one, Released) and one.reference == fact.reference]
        told = {id(one): one for one, _ in announced(reader, fact.reference)}
        assert [one for one in told.values() if one in said] == said, "whatever else came between"
        assert fate.withdrawn == (fact.reference in gone)
        if fact.reference in corrected and not fate.withdrawn:
            assert fate.corrected, "that it was corrected stays said, whatever came since"
            assert fate.reason == "Why"
        assert fate.successor != fact.reference
        assert fate.gone == (fate.successor in gone or fate.back)
        ring = _way(fate.successor, fates)
        assert not fate.back or fact.reference in ring
        assert fact.reference not in ring or any(fates[one].gone for one in ring), "nobody comes back"
        assert leads_to(fact.reference, fates) in ("", *(one for one in fates if fates[one].standing == "in-force"))
        later = [
            one.reference
            for one in made[place + 1 :]
            if one.subject == fact.subject and not one.provisionally and fates[one.reference].standing == "in-force"
        ]
        assert not (fate.gone and later)


def _reader(facts: list[Any], at: dt.datetime) -> Any:
    events = [SimpleNamespace(fact=fact, number=number, at=at) for number, fact in enumerate(facts, 1)]
    return SimpleNamespace(events=lambda _: iter(events))


def _way(reference: str, fates: Mapping[str, Fate]) -> list[str]:
    """Whoever reads on from a release, from successor to successor, until there is none or it comes round."""
    way = list[str]()
    while reference and reference not in way:
        way.append(reference)
        reference = fates[reference].successor
    return way


def recorded(world: Rehearsal, *facts: Fact) -> None:
    """On record as earlier versions took it, which asked less."""
    with opened(world.root, workspace_settings(world.root)) as register:
        drafts = [Draft(fact=fact, request=f"before {number}") for number, fact in enumerate(facts)]
        register.append(lambda _: drafts, world.now)


def corrects(rehearsal: Rehearsal, number: int, old: str, new: str, more: str = "") -> str:
    """Other words are put to the members and released as A-`number`, in the place of the one before."""
    rehearsal.edit("detention", old, new)
    rehearsal.circulates(more)
    rehearsal.all_approve(f"c{number}")
    rehearsal.does(f"close c{number}")
    reason = f"--reason 'en=Word {number}' --reason 'fr=Mot {number}'" if more else ""
    return rehearsal.does(f"release rehearsal -f md -f html --reference A-{number} {reason}")


def _corrected(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md -f html --reference A-1")
    corrects(rehearsal, 2, "is detained", "is ever detained", "--corrects A-1")


def test_only_a_later_release_that_is_in_force_corrects_another(rehearsal: Rehearsal, past: Past) -> None:
    world = past.come_to("A-2 corrects A-1", rehearsal, _corrected)
    corrects(world, 3, "ever detained", "kept detained")
    for by, why in (
        ("A-1", "A-1 was released before A-3: it cannot be what corrects it\n"),
        ("A-2", "A-2 was released before A-3: it cannot be what corrects it\n"),
        ("A-3", "A-3 cannot correct itself\n"),
    ):
        out = world.refuses(f"correct A-3 --by {by} --reason x")
        assert why in out
    assert "circulate rehearsal --until … --corrects A-3" in world.refuses("correct A-3 --by A-1 --reason x")
    out = world.does("withdraw A-2 --reason x")
    assert "The last notice of A-1 holds no more; the new one, to be sent on: 4 files in releases/A-1/notice" in out
    said = words_of(world.root / "releases/A-1/notice/A-1-corrected-2.en.docx")
    assert "Reason: Word 2" in said
    assert "Read instead: A-3" in said
    world.does("withdraw A-3 --reason x")
    assert "A-3 was withdrawn: nobody is sent there" in world.refuses("correct A-1 --by A-3 --reason x")


def test_a_successor_that_was_followed_in_turn_is_not_named_anew(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("release rehearsal -f md --provisional urgent --reference P-1")
    rehearsal.all_approve()
    rehearsal.does("close c1", "release rehearsal -f md --reference A-2")
    rehearsal.does("release rehearsal -f md -f html --reissue --reference A-3")
    out = rehearsal.refuses("correct P-1 --by A-2 --reason x")
    assert "A-2 was replaced by A-3\n“paraph correct P-1 --by A-3” sends readers to what is in force" in out
    rehearsal.does("correct P-1 --by A-3 --reason x")


def test_a_ring_on_record_is_told_and_can_be_left(rehearsal: Rehearsal, past: Past) -> None:
    """Earlier versions let an old release correct what is in force, by way of others the old one’s own successor."""
    world = past.come_to("A-2 corrects A-1", rehearsal, _corrected)
    recorded(world, ReleaseCorrected(reference="A-2", successor="A-1", reason="The ring"))
    assert "A-2 was corrected by A-1, which leads back to it" in world.words("status rehearsal")
    assert "Ready for release" not in world.words("status rehearsal")
    assert "corrected by A-1, which leads back to it" in world.does("show A-2")
    for number, what in ((1, "corrected by A-2"), (2, "corrected by A-1, which leads back to it: The ring")):
        assert f"A-{number} was {what}" in world.refuses(f"verify releases/A-{number}/rehearsal.en.md")
    world.does("publish", "register verify", "rebuild A-2 --verify")
    page = (world.root / "site/en/A-2.html").read_text(encoding="utf-8")
    assert "which is no longer in force" in page
    assert "Read instead" not in page
    world.does("release rehearsal -f md -f html --reissue --reference A-3", "publish")
    assert {one.reference: one.fate.successor for one in releases_of(world.root)} == {
        "A-1": "A-2",
        "A-2": "A-3",
        "A-3": "",
    }


def test_what_is_in_a_ring_can_be_withdrawn(rehearsal: Rehearsal, past: Past) -> None:
    world = past.come_to("A-2 corrects A-1", rehearsal, _corrected)
    recorded(world, ReleaseCorrected(reference="A-2", successor="A-1", reason="The ring"))
    world.does("withdraw A-2 --reason 'Nobody’s words'", "register verify", "rebuild A-1 --verify", "publish")
    assert "A-1 was corrected by A-2, which was withdrawn" in world.refuses(f"verify {OLD}")


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode()).replace("\xa0", " ")


def test_a_notice_that_would_send_readers_to_what_was_withdrawn_is_issued_anew(
    rehearsal: Rehearsal, past: Past
) -> None:
    world = past.come_to("A-2 corrects A-1", rehearsal, _corrected)
    first, notice = (world.root / f"releases/A-1/notice/A-1-corrected{n}.en.docx" for n in ("", "-2"))
    assert "Read instead: A-2" in words_of(first)
    issued = first.read_bytes()
    world.moves_to("2026-02-20")
    out = world.does("withdraw A-2 --reason 'Too early'")
    assert "the new one, to be sent on: 4 files in releases/A-1/notice, A-1-corrected-2.*\n" in out
    assert first.read_bytes() == issued, "nothing is overwritten"
    said = words_of(notice)
    assert "Read instead" not in said
    assert "A-2, which took its place, was withdrawn" in said
    assert "Reason: Word 2" in said
    assert "20 February 2026" in said
    assert "On 1 February 2026, the text" in said
    assert f"{notice}: authentic\n" in world.does(f"verify {notice}")
    out = world.refuses(f"verify {first}")
    assert "A-1-corrected.en.docx: authentic, but no longer in force" in out
    assert "a later notice says what became of it since" in out
    world.does("register verify", "rebuild A-1 --verify", "publish")
    for path in (first, notice):
        assert (world.root / "site/files/A-1" / path.name).read_bytes() == path.read_bytes()
    page = (world.root / "site/en/A-1.html").read_text(encoding="utf-8")
    assert notice.name in page
    assert first.name not in page, "it is kept at its address, and offered to nobody"
    catalogue = json.loads((world.root / "site/catalog/2026.json").read_bytes())
    assert {one["reference"]: one["successor"] for one in catalogue["releases"]} == {"A-1": "", "A-2": ""}
    shutil.rmtree(world.root / "releases/A-1")
    world.does("rebuild A-1")
    assert first.read_bytes() == issued, "both are on record, and made again"
    assert words_of(notice) == said


class Killed(BaseException):
    """The end of a process, which nothing catches."""


def _killed(world: Rehearsal, monkeypatch: pytest.MonkeyPatch, command: str, at: str, left: int = 0) -> None:
    """Run a command that ends with nothing more said when it calls `at` once more than `left` times."""
    with monkeypatch.context() as patch:
        module, _, name = at.rpartition(".")
        called, left_ = getattr(import_module(module), name), iter(range(left))

        def ends(*args: Any, **more: Any) -> Any:
            if next(left_, None) is None:
                raise Killed
            return called(*args, **more)

        patch.setattr(at, ends)
        with pytest.raises(Killed):
            world.say(command)


@pytest.mark.parametrize("then", ["withdraw A-2 --reason x", "correct A-1 --by A-2 --reason x", "publish"])
@pytest.mark.parametrize(
    ("at", "left"),
    [("paraph.workflow.releases.corrections.noticed", 0), ("paraph.workflow.releases.announce.write", 3)],
)
def test_a_notice_is_written_by_the_next_command_where_the_first_was_cut_off(
    rehearsal: Rehearsal, past: Past, monkeypatch: pytest.MonkeyPatch, at: str, left: int, then: str
) -> None:
    """The withdrawal is on record, and of its notices none, or some: of A-2 itself, and the new one of A-1."""
    world = past.come_to("A-2 corrects A-1", rehearsal, _corrected)
    _killed(world, monkeypatch, "withdraw A-2 --reason 'Too early'", at, left)
    notices = {name for one in ("A-1-corrected-2", "A-2-withdrawn") for name in notice_files(one)}
    there = {path.name for path in world.root.glob("releases/*/notice/*")}
    assert len(notices & there) == (left if at.endswith("write") else 0)
    _, out = world.say(then)
    said = {line.split(", to be")[0] for line in out.splitlines() if "to be sent on" in line}
    assert said == {f"The notice of {one}, which was not written then" for one in ("A-1", "A-2")}
    assert notices <= {path.name for path in world.root.glob("releases/*/notice/*")}
    world.does("verify " + " ".join(f"releases/{name[:3]}/notice/{name}" for name in sorted(notices)))
    assert "to be sent on" not in world.say(then)[1]
    (old := world.root / "releases/A-1/notice/A-1-corrected.en.pdf").unlink()
    assert "to be sent on" not in world.say(then)[1], "a later one took its place"
    assert old.exists()


def notice_files(stem: str) -> set[str]:
    return {f"{stem}.{language}.{format_}" for language in ("en", "fr") for format_ in ("pdf", "docx")}


@pytest.mark.parametrize("part", ["flush", "noticed"])
def test_the_notice_of_a_corrigendum_that_was_cut_off(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """After its folder was moved; or, that taken away, as before."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does("circulate rehearsal --until 2026-04-01 --corrects A-1")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2")
    release = "release rehearsal -f md --reference A-2 --reason 'A word'"
    where = "files" if part == "flush" else "release"
    _killed(rehearsal, monkeypatch, release, f"paraph.workflow.releases.{where}.{part}", int(part == "flush"))
    if part == "flush":
        assert (rehearsal.root / "releases/A-2").is_dir()
        shutil.rmtree(rehearsal.root / "releases/A-2")
    assert not (rehearsal.root / "releases/A-1/notice").exists()
    out = rehearsal.does(release) if part == "flush" else rehearsal.refuses(release)
    assert "holds no more" not in out
    assert "The notice of A-1, which was not written then, to be sent on: 4 files in releases/A-1/notice" in out


def test_a_notice_whose_release_is_not_here_is_said_to_be_on_record(rehearsal: Rehearsal, past: Past) -> None:
    world = past.come_to("A-2 corrects A-1", rehearsal, _corrected)
    shutil.rmtree(world.root / "releases/A-1")
    out = world.words("withdraw A-2 --reason x")
    assert "the notice of A-1 is on record, its folder not here: “paraph rebuild A-1” makes both" in out
    assert "Its notice, to be sent on: 4 files in releases/A-2/notice" in out
    world.does("rebuild A-1")
    assert notice_files("A-1-corrected-2") <= {path.name for path in world.root.glob("releases/A-1/notice/*")}


def test_what_was_wrong_is_said_once_for_the_same_words(rehearsal: Rehearsal, past: Past) -> None:
    world = past.come_to("A-2 corrects A-1", rehearsal, _corrected)
    world.does("withdraw A-2 --reason 'Too early'")
    out = world.does("release rehearsal -f md -f html --reference A-3 --confirm")
    assert "It corrects A-1, and says so." in out
    assert "when the same words were first released: Word 2" in out
    assert "Say what was wrong" not in out
    assert "Its notice, to be sent on: 4 files in releases/A-1/notice, A-1-corrected-3.*\n" in out
    assert "holds no more" not in out
    notices = sorted((world.root / "releases/A-1/notice").glob("*-3.*"))
    assert len(notices) == 4
    world.does("verify " + " ".join(map(str, notices)), "rebuild A-1 --verify", "register verify", "publish")
    for path in notices:
        assert (world.root / "site/files/A-1" / path.name).read_bytes() == path.read_bytes()
        if path.suffix == ".docx":
            assert ("Reason: Word 2" if ".en." in path.name else "Motif : Mot 2") in words_of(path)
            assert ": A-3" in words_of(path)
    assert "A-1 was corrected by A-3: Word 2" in world.refuses(f"verify {OLD}")
    assert "Motif : Mot 2" in (world.root / "site/fr/A-1.html").read_text(encoding="utf-8")
    assert "A-3" in world.refuses("correct A-1 --by A-3 --reason Again")


def test_why_a_release_was_corrected_stays_said_when_other_words_replace_it(rehearsal: Rehearsal, past: Past) -> None:
    world = past.come_to("A-2 corrects A-1", rehearsal, _corrected)
    world.does("withdraw A-2 --reason 'Too early'", "publish")
    world.edit("detention", "ever detained", "kept detained")
    world.circulates()
    world.all_approve("c3")
    out = world.does("close c3", "release rehearsal -f md -f html --reference A-3")
    assert "The last notice of A-1 holds no more; the new one, to be sent on: 4 files in releases/A-1/notice" in out
    world.does("publish")
    gone, notice = (f"releases/A-1/notice/A-1-corrected-{n}.en.pdf" for n in (2, 3))
    told = "  A-1 was corrected by A-2, which is no longer in force: Word 2\n  A-1 was replaced by A-3\n"
    assert told in world.refuses(f"verify {OLD}")
    out = world.refuses(f"verify {gone}")
    assert "authentic, but no longer in force" in out
    assert "a later notice says what became of it since" in out
    said = words_of((world.root / notice).with_suffix(".docx"))
    assert "Reason: Word 2" in said
    assert "Read instead: A-3" in said
    assert "authentic\n" in world.does(f"verify {notice}")
    page = (world.root / "site/en/A-1.html").read_text(encoding="utf-8")
    for words in ("corrected by", "no longer in force", "Reason: Word 2", "Read instead", Path(notice).name):
        assert words in page
    assert (world.root / "site/files/A-1" / Path(notice).name).read_bytes() == (world.root / notice).read_bytes()
    assert "Reason: Word 2" in (world.root / "site/en/feed.xml").read_text(encoding="utf-8")
    first = json.loads((world.root / "site/catalog/2026.json").read_bytes())["releases"][0]
    assert (first["reference"], first["standing"], first["successor"]) == ("A-1", "corrected", "A-3")
    world.does("publish --to whole")
    for path in (world.root / "whole").rglob("*.html"):
        assert path.read_bytes() == (world.root / "site" / path.relative_to(world.root / "whole")).read_bytes()
    world.does("withdraw A-3 --reason 'Too early'", "register verify", "rebuild A-1 --verify")
    assert "later notice" in world.refuses(f"verify {notice}")
    last = notice.replace("-3.", "-4.")
    world.does(f"verify {last}")
    said = words_of(world.root / Path(last).with_suffix(".docx"))
    assert "Reason: Word 2" in said
    assert "A-3, which took its place, was withdrawn" in said
    world.refuses(f"verify {OLD}")


def test_a_withdrawn_text_leads_to_what_is_released_again(rehearsal: Rehearsal, past: Past) -> None:
    """A-1 was withdrawn when there was A-2 in its place: its notice sends readers on as long as there is something."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md -f html --reference A-1")
    rehearsal.does("release rehearsal -f md -f html -f docx --reissue --reference A-2", "withdraw A-1 --reason x")
    folder = rehearsal.root / "releases/A-1/notice"
    assert "Read instead: A-2" in words_of(folder / "A-1-withdrawn.en.docx")
    rehearsal.does("withdraw A-2 --reason x", "publish")
    assert "A-2, which took its place, was withdrawn" in words_of(folder / "A-1-withdrawn-2.en.docx")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    out = rehearsal.does("release rehearsal -f md -f html --reference A-3 --confirm")
    assert "to be sent on: 4 files in releases/A-1/notice, A-1-withdrawn-3.*\n" in out
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert "Read instead: A-3" in words_of(folder / "A-1-withdrawn-3.en.docx")
    rehearsal.does("publish", f"verify {folder}/A-1-withdrawn-3.fr.pdf", "register verify", "rebuild A-1 --verify")
    site = rehearsal.root / "site"
    assert "A-1-withdrawn-3.en.pdf" in (site / "en/A-1.html").read_text(encoding="utf-8")
    assert {path.name for path in (site / "files/A-1").glob("*withdrawn*")} == {one.name for one in folder.iterdir()}
    for path in folder.glob("*-3.*"):
        path.unlink()
    shutil.rmtree(rehearsal.root / "releases/A-3")
    out = rehearsal.does("release rehearsal -f md -f html --reference A-3")
    assert "made again" in out, "as after a run that was cut off"
    assert "to be sent on: 4 files in releases/A-1/notice, A-1-withdrawn-3.*\n" in out
    out = rehearsal.does("release rehearsal -f md -f html -f docx --reissue --reference A-4")
    assert "notice" not in out, "A-3 leads to it"


def test_a_notice_that_an_earlier_release_left_stale_is_made_with_the_next(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md -f html --reference A-1")
    rehearsal.does("release rehearsal -f md -f html -f docx --reissue --reference A-2", "withdraw A-1 --reason x")
    rehearsal.does("withdraw A-2 --reason x")
    form = rehearsal.root / "templates/notice/form.yml"
    words = form.read_text(encoding="utf-8")
    form.write_text(words.replace("field: copies", "field: others"), encoding="utf-8")
    out = rehearsal.words("release rehearsal -f md -f html --reference A-3 --confirm")
    assert "the notice of A-1 could not be made, and “paraph publish” or the next release or withdrawal will" in out
    form.write_text(words, encoding="utf-8")
    assert "not so any more" in rehearsal.refuses("verify releases/A-1/notice/A-1-withdrawn-2.en.docx")
    out = rehearsal.does("release rehearsal -f md -f html -f docx --reissue --reference A-4")
    assert "A-1-withdrawn-3.*\n" in out
    assert "Read instead: A-3" in words_of(rehearsal.root / "releases/A-1/notice/A-1-withdrawn-3.en.docx")
    rehearsal.does("verify releases/A-1/notice/A-1-withdrawn-3.en.docx", "register verify", "publish")


def test_the_notice_of_a_correction_that_nobody_gave_a_reason_for(rehearsal: Rehearsal) -> None:
    """It is on record and on the site; so it lies in its place, too, and the one with the reason beside it."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md -f html --reference A-1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.circulates("--corrects A-1")
    rehearsal.all_approve("c2")
    out = rehearsal.does("close c2", "release rehearsal -f md -f html --reference A-2")
    assert "Say what was wrong, and the notice will say it, too: “paraph correct A-1 --by A-2 --reason …”" in out
    assert "Its notice, to be sent on: 4 files in releases/A-1/notice" in out
    notice = rehearsal.root / "releases/A-1/notice/A-1-corrected.en.docx"
    rehearsal.does(f"verify {notice}", "publish")
    assert (rehearsal.root / "site/files/A-1" / notice.name).read_bytes() == notice.read_bytes()
    rehearsal.does("correct A-1 --by A-2 --reason 'A word'", "register verify")
    second = notice.with_name("A-1-corrected-2.en.docx")
    rehearsal.does(f"verify {second}")
    assert "Reason: A word" in words_of(second)
    assert "Reason" not in words_of(notice)
    out = rehearsal.does("release rehearsal -f md -f html -f docx --reissue --reference A-3")
    assert "Say what was wrong" not in out, "A-2 corrected it, and was replaced"
