"""Which release is to be read instead of another, whatever became of the one that took its place. Rehearsals all."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paraph.model.event import ReleaseCorrected, Released, ReleaseWithdrawn, Subject, SubjectKind
from paraph.workflow.releases.shelf import announced, recorded_fates, releases_of
from rehearsal import Rehearsal

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
    rehearsal.does("release rehearsal -f md --reference A-3")
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


def test_a_reason_of_which_nothing_would_be_recorded(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.circulates("--corrects A-1")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2", "withdraw A-1 --reason 'Nobody’s words'")
    assert "A-1 was withdrawn" in rehearsal.refuses("release rehearsal -f md --reference A-2 --reason 'A word'")
    rehearsal.does("release rehearsal -f md --reference A-2")


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
            if was in gone or (was in corrected and corrected[was] not in gone) or (what == "correct" and was == by):
                continue  # `correct` and `withdraw` refuse it
            if what == "withdraw":
                gone.add(was)
                facts.append(ReleaseWithdrawn(reference=was, reason="Why"))
            else:
                corrected[was] = by
                facts.append(ReleaseCorrected(reference=was, successor=by, reason="Why"))
    at = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    events = [SimpleNamespace(fact=fact, number=number, at=at) for number, fact in enumerate(facts, 1)]
    reader: Any = SimpleNamespace(events=lambda _: iter(events))
    fates = recorded_fates(reader)
    for place, fact in enumerate(made):
        fate = fates[fact.reference]
        said = [one for one in facts if not isinstance(one, Released) and one.reference == fact.reference]
        assert [one for one, _ in announced(reader, fact.reference)] == said
        assert fate.withdrawn == (fact.reference in gone)
        assert fate.successor != fact.reference
        assert fate.gone == (fate.successor in gone)
        later = [
            one.reference
            for one in made[place + 1 :]
            if one.subject == fact.subject and not one.provisionally and fates[one.reference].standing == "in-force"
        ]
        assert not (fate.gone and later)
