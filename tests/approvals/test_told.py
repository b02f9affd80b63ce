"""What the secretariat is told beside what it records: what a word means, and what is to be done. Rehearsals all."""

from __future__ import annotations

import json

import pytest

from desk import desk
from paraph.errors import RegisterError
from rehearsal import DOCUMENT, Rehearsal

SILENCE = "--rule 'silence 7 days'"


def test_a_late_objection_is_never_told_to_be_accepted_after_the_close(rehearsal: Rehearsal) -> None:
    """13: before the close it can be; then the words are put to the members again, or it takes back its approval."""
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.moves_to("2026-03-02")
    out = rehearsal.does("decide detention --as spain --object 'Too late'")
    assert "it came late and counts for nothing until it is accepted: --accept-late" in out
    rehearsal.say("close c1")
    out = rehearsal.does("decide detention --as malta --object 'Not these words'")
    assert "--accept-late" not in out
    assert "c1 is closed, after which no objection is accepted" in out
    assert "“paraph circulate rehearsal --until … --whole”" in out
    assert "let the member take back its approval (--withdraw)" in out
    refused = rehearsal.refuses("decide detention --as malta --accept-late 'It insists'")
    assert "“paraph circulate rehearsal --until … --whole”" in refused
    out = rehearsal.does("decide schooling --as spain --object 'Nor these'")
    assert "--whole" in out
    assert "--withdraw" not in out, "it has approved nothing"
    rehearsal.does("decide schooling --as spain --approve")
    log = rehearsal.does("log detention")
    assert log.count("late: it counts for nothing, and after the close no objection is accepted") == 2


def test_a_late_decision_after_which_another_came_awaits_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.moves_to("2026-03-02")
    rehearsal.say("close c1")
    rehearsal.does("decide detention --as malta --approve", "decide detention --as malta --abstain")
    last = json.loads(rehearsal.does("log detention --json"))[-1]["number"]
    told = f"→ late: it counted for nothing, and was superseded by event {last}"
    assert told in rehearsal.does("log detention")
    rehearsal.does("decide detention --as malta --accept-late 'The post'")
    log = rehearsal.does("log detention")
    assert told in log
    assert "until it is accepted" not in log


@pytest.mark.parametrize("more", ["", SILENCE])
def test_a_comment_is_said_to_break_no_silence(rehearsal: Rehearsal, more: str) -> None:
    rehearsal.circulates(more)
    if more:
        rehearsal.does("notice c1 --to malta")
    comment = "--comment 'We cannot live with this sentence.' -l en"
    out = rehearsal.does(f"decide detention --as malta {comment}")
    assert ("at the deadline silence is consent" in out) is bool(more)
    assert ("the member has still to decide" in out) is not bool(more)
    out = rehearsal.does(f"decide detention --as spain {comment}")
    assert "the member has still to decide" in out, "no notice: its silence would mean nothing"
    if more:
        rehearsal.moves_to("2026-03-02")
        rehearsal.does("notice c1 --received '2026-02-01 12:00'", "close c1")
        out = rehearsal.does(f"decide detention --as malta {comment.replace('sentence', 'word')}")
        assert "its silence was consent, and stays so" in out


def test_a_decision_on_words_that_the_file_has_no_longer(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    assert "other words" not in rehearsal.does("decide c1 --as malta --approve")
    rehearsal.edit("detention", "is detained", "is ever detained")
    told = "the file of detention has other words now; this is about {}@1, as it was put to the members"
    assert told.format("detention") in rehearsal.does("decide detention --as spain --approve")
    assert told.format("rehearsal") in rehearsal.does("decide rehearsal --as spain --approve")
    assert "other words" not in rehearsal.does("decide schooling --as spain --approve")
    assert "other words" not in rehearsal.does("decide detention --as spain --comment 'Ah' -l en")
    rehearsal.edit("detention", "kind: position", "kind: [")  # nothing is turned down for a mistake in a file
    assert "event" in rehearsal.does("decide detention --as albania --abstain")
    (rehearsal.root / "statements/statements/rehearsal.yml").unlink()
    assert "event" in rehearsal.does("decide schooling --as albania --abstain")


def test_a_note_that_cannot_be_made_does_not_say_that_nothing_was_written(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal.circulates()

    def busy(*_: object) -> object:
        raise RegisterError("the register is busy")

    monkeypatch.setattr("paraph.workflow.approvals.edited.looked", busy)
    assert "approve by malta in c1: event" in rehearsal.does("decide detention --as malta --approve")


def test_what_was_released_in_the_name_of_who_goes(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md")
    signs = "released as AOM-2026-01, which still lists malta as signing it"
    out = rehearsal.does("decide detention --as malta --object 'Not these words'")
    assert signs in out
    ask = "“paraph circulate rehearsal --until … --whole --corrects AOM-2026-01”"
    assert f"a new edition ({ask}, and after its close “paraph release rehearsal --reissue”) or “paraph with" in out
    assert signs in rehearsal.does("decide rehearsal --as malta --withdraw 'We did not mean it'")
    rehearsal.does("withdraw AOM-2026-01 --reason 'Malta went.'")
    assert "released" not in rehearsal.does("decide rehearsal --as spain --withdraw 'Nor did we'")


def test_a_new_edition_without_who_took_its_signature_back(rehearsal: Rehearsal) -> None:
    """Where the rule is met without it, at once; else once the same words were put to the members again."""
    rehearsal.circulates("--rule '2 of 3'")
    rehearsal.all_approve()
    rehearsal.does("close c1", "release rehearsal -f md --reference A-1")
    out = rehearsal.does("decide rehearsal --as malta --withdraw 'No more'")
    assert "to say otherwise, a new edition (“paraph release rehearsal --reissue”) or “paraph withdraw A-1”" in out
    assert "malta is listed as signing A-1" in rehearsal.refuses("release rehearsal -f md --reissue --reference A-2")
    rehearsal.does("release rehearsal -f md --reissue --reference A-2 --confirm")
    out = rehearsal.does("decide rehearsal --as spain --withdraw 'Nor we'")
    ask = "“paraph circulate rehearsal --until … --whole --corrects A-2”"
    assert f"a new edition ({ask}, and after its close “paraph release rehearsal --reissue”) or" in out
    rehearsal.does("circulate rehearsal --until 2026-04-01 --whole --corrects A-2 --rule '1 of 3'")
    rehearsal.does("decide c2 --as malta --abstain", "decide c2 --as spain --abstain", "close c2")
    assert "spain is listed as signing A-2, and would not be now" in rehearsal.refuses("release rehearsal --reissue")
    assert "It is signed by albania\n" in rehearsal.does("release rehearsal -f md --reissue --confirm")


def test_a_corrigendum_that_fewer_sign_names_who_does_not(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    rehearsal.edit("detention", "No child", "No child at all")
    rehearsal.does("circulate rehearsal --until 2026-04-01 --corrects A-1")
    rehearsal.all_approve("c2", "malta")
    rehearsal.does("decide c2 --as malta --abstain", "close c2")
    line = "malta is listed as signing A-1, and would not be now"
    assert line in rehearsal.words("status rehearsal").partition("Ready for release with --confirm")[2]
    assert line in rehearsal.refuses("release rehearsal -f md --reference A-2")
    rehearsal.does("release rehearsal -f md --reference A-2 --confirm")
    record = json.loads((rehearsal.root / "releases/A-2/record.json").read_text(encoding="utf-8"))["predicate"]
    assert record["changed"] == [line]


def test_who_took_its_approval_back_is_told_from_who_never_decided(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule unanimity")
    rehearsal.all_approve()
    rehearsal.does("close c1", "decide rehearsal --as malta --withdraw 'On reflection'")
    told = "rehearsal@1: malta has taken back its approval"
    assert told in rehearsal.words("status rehearsal")
    assert told in rehearsal.refuses("release rehearsal -f md")
    cause = json.loads(rehearsal.does("status rehearsal --json"))["causes"][0]
    assert (cause["why"], cause["members"], cause["took_back"]) == ("pending", ["malta"], ["malta"])
    rehearsal.does("circulate rehearsal --until 2026-05-01 --whole")
    assert "malta: rehearsal@1 (has taken back its approval)" in rehearsal.words("status c2")
    rehearsal.does("decide detention --as spain --withdraw 'On reflection' -c c2")
    rehearsal.does(
        "decide schooling --as spain --withdraw 'On reflection' -c c2", "decide schooling --as spain --object X"
    )
    assert "spain: detention@1 (has taken back its approval)" in rehearsal.words("status c2")


def test_what_was_not_adopted_is_put_again_and_says_where(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule '3 of 3'")
    rehearsal.does("decide c1 --as malta --approve")
    rehearsal.does("decide detention --as spain --approve", "decide detention --as spain --withdraw 'Not yet'")
    rehearsal.moves_to("2026-03-02")
    out = rehearsal.say("close c1")[1]
    told = "too few members approved: 1 of the 3 that the rule asks for; spain has taken back its approval; albania has"
    assert told in out
    assert "too few members approved: 1 of the 3 that the rule asks for; albania and spain have not decided" in out
    out = rehearsal.refuses("release rehearsal -f md")
    assert "detention@1: not adopted in c1: put it to the members again" in out
    assert told in out
    rehearsal.edit("schooling", "goes to", "went to")
    rehearsal.does("circulate rehearsal --until 2026-05-01 --rule consensus")
    assert "c2: the circulation is still open" in rehearsal.does("status rehearsal")


@pytest.fixture
def objected_late(rehearsal: Rehearsal) -> Rehearsal:
    """Adopted by all; then malta, which signs, objects to a clause."""
    rehearsal.adopted()
    rehearsal.does("decide detention --as malta --object 'Wrong in law' -l en")
    return rehearsal


def test_nothing_is_released_over_a_late_objection_unseen(objected_late: Rehearsal) -> None:
    rehearsal, late = objected_late, "detention@1: malta objected too late to count"
    out = rehearsal.words("status rehearsal")
    assert "late: it counts for nothing):" in out
    assert "until it is accepted" not in out
    assert late in out.partition("Ready for release with --confirm: ")[2]
    assert late in rehearsal.refuses("release rehearsal -f md --reference A-1")
    assert not (rehearsal.root / "releases").exists()
    rehearsal.does("release rehearsal -f md --reference A-1 --confirm")
    kept = json.loads((rehearsal.root / "releases/A-1/record.json").read_text(encoding="utf-8"))["predicate"]
    assert [one for one in kept["changed"] if one.startswith(late)] == kept["changed"] != []
    rehearsal.does("register verify", "rebuild A-1 -o again")


@pytest.mark.parametrize(
    "ended",
    [
        "decide detention --as malta --withdraw 'Heard'",  # the objection, which never counted
        "decide rehearsal --as malta --withdraw 'Not in our name'",
        "decide detention --as malta --approve",
    ],
)
def test_a_late_objection_that_nobody_need_look_at(objected_late: Rehearsal, ended: str) -> None:
    rehearsal = objected_late
    event = json.loads(rehearsal.does("log detention --json"))[-1]["number"]
    rehearsal.does(f"{ended} --event {event}" if "Heard" in ended else ended)
    if "--approve" in ended:
        rehearsal.does("decide detention --as malta --accept-late 'It reads better now'")
    _, out = rehearsal.say("release rehearsal -f md")
    assert "too late to count" not in out


def test_where_the_body_speaks_every_member_is_looked_at(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("mode: each", "mode: body"), encoding="utf-8")
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1", "decide schooling --as spain --object 'Too weak'")
    assert "schooling@1: spain objected too late to count" in rehearsal.refuses("release rehearsal -f md")
    rehearsal.does("release rehearsal -f md --confirm")


def test_of_several_texts_all_that_could_be_taken_back_is_listed(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    events = {}
    for text in ("detention", "schooling"):
        rehearsal.does(f"decide {text} --as malta --approve", f"decide {text} --as malta --amend 'Others' -l en")
        events[text] = [one["number"] for one in json.loads(rehearsal.does(f"log {text} --json"))[-2:]]
    out = " ".join(rehearsal.refuses("decide detention schooling --as malta --withdraw 'All of it'").split())
    for text, (approval, amendment) in events.items():
        assert f"{text}@1: event {approval}, approve; event {amendment}, other words" in out
    every = " ".join(f"--event {one}" for some in events.values() for one in some)
    out = rehearsal.does(f"decide detention schooling --as malta --withdraw 'All of it' {every}")
    for approval, amendment in events.values():
        assert (
            0 < out.index(f"takes back event {approval}, approve") < out.index(f"takes back event {amendment}, other")
        )
    told = json.loads(rehearsal.does("status rehearsal --json"))
    assert [row["stands"]["malta"]["state"] for row in told["rows"]] == ["pending"] * 3
    assert [row["amended"] for row in told["rows"]] == [[]] * 3
    rehearsal.does("register verify")


def test_what_counted_and_what_came_late_are_taken_back_together(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide detention --as malta --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("decide detention --as malta --reserve 'Under our law' -l en")
    approval, late = [one["number"] for one in json.loads(rehearsal.does("log detention --json"))[-2:]]
    out = rehearsal.does(f"decide detention --as malta --withdraw 'Both' --event {approval} --event {late}")
    assert 0 < out.index(f"takes back event {late}, reserve") < out.index(f"takes back event {approval}, approve")
    log = rehearsal.does("log detention")
    assert log.count("taken back by event") == 2
    rehearsal.does("register verify")


def test_a_letter_read_after_a_call_that_took_it_back_is_told_to_revive_nothing(rehearsal: Rehearsal) -> None:
    """12."""
    rehearsal.circulates()
    rehearsal.moves_to("2026-02-13")
    rehearsal.does("decide detention --as malta --approve --received '2026-02-10 09:00'")
    rehearsal.does("decide detention --as malta --withdraw 'By telephone' --received '2026-02-12 09:00'")
    out = rehearsal.does("decide detention --as malta --reserve 'But for one word' --received '2026-02-11 09:00'")
    assert "received after it, takes it back: record what malta decided since" in out
    assert "taken back by event" in rehearsal.does("log detention").rpartition("But for one word")[2]
    row = next(one for one in json.loads(rehearsal.does("status c1 --json"))["rows"] if one["id"] == "detention")
    assert row["stands"]["malta"]["state"] == "pending"


def test_an_objection_in_time_that_is_found_after_the_close_is_told_to_be_no_consent(rehearsal: Rehearsal) -> None:
    """17."""
    rehearsal.circulates(SILENCE)
    rehearsal.does("notice c1")
    rehearsal.moves_to("2026-03-02")
    rehearsal.say("close c1")
    late = rehearsal.does("decide schooling --as malta --object 'Not these words'")
    assert "where silence was counted as consent, it is none" not in late
    out = rehearsal.does("decide detention --as malta --object 'Not these words' --received '2026-02-27 09:00'")
    assert "it came before the deadline: where silence was counted as consent, it is none" in out
    rows = {
        one["id"]: one["stands"]["malta"]["state"] for one in json.loads(rehearsal.does("status c1 --json"))["rows"]
    }
    assert (rows["schooling"], rows["detention"]) == ("tacit", "pending")


@pytest.fixture
def found_late(rehearsal: Rehearsal) -> Rehearsal:
    """Adopted, malta being silent; an amendment and an objection of it, in time, are recorded after the close."""
    rehearsal.circulates(SILENCE)
    rehearsal.does("notice c1", "decide c1 --as albania --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    return rehearsal


def test_an_amendment_in_time_that_is_found_after_the_close_is_told_to_be_no_consent(found_late: Rehearsal) -> None:
    """17."""
    told = "it came before the deadline: where silence was counted as consent, it is none"
    wanted = "decide detention --as malta --amend 'Others' -l en"
    out = found_late.does(f"{wanted} --received '2026-02-27 09:00'")
    assert told in out
    assert "it came late" not in out
    status = found_late.words("status rehearsal")
    assert f"recorded after the close: it counts for nothing; {told}" in status
    assert "detention@1: malta has asked for other words before the deadline, recorded after the close" in status
    assert told in found_late.does("log detention")
    assert "it came late for c1, and never counts there" in found_late.does(wanted.replace("Others", "Still others"))
    assert found_late.does("log detention").count(told) == 1


def test_who_objected_in_time_is_not_called_undecided(found_late: Rehearsal) -> None:
    """17, 22a."""
    found_late.does("decide detention --as malta --object 'Not so.' --received '2026-02-27 09:00'")
    cause = "detention@1: malta has objected before the deadline, recorded after the close"
    status = found_late.words("status rehearsal")
    assert cause in status.partition("Not ready for release")[2]
    heading = "Objected before the deadline, recorded after the close: look at it before a release"
    assert cause in status.partition(heading)[2]
    early = "release rehearsal -f md --provisional urgent --reference P-1"
    assert cause in found_late.refuses(early)
    assert cause in found_late.does(f"{early} --confirm")
    page = (found_late.root / "releases/P-1/rehearsal.en.md").read_text(encoding="utf-8")
    assert "objections: 1" in page
    assert "still to be decided" not in page
    assert "objected before the deadline" in (found_late.root / "releases/P-1/record.json").read_text(encoding="utf-8")
    found_late.does("rebuild P-1 --verify")
    found_late.does("decide detention --as malta --withdraw 'Settled by telephone'")
    assert "detention@1: malta has not decided" in found_late.does("status rehearsal")


@pytest.mark.parametrize("says", ["--reserve 'Not in my country'", "--abstain", "--unclear --evidence mail.eml"])
def test_nothing_is_released_over_a_late_word_unseen(rehearsal: Rehearsal, says: str) -> None:
    """21: malta, which signs, wrote again after the close; nobody prints its name as if it had not."""
    (rehearsal.root / "mail.eml").write_text("Well…", encoding="utf-8")
    rehearsal.adopted()
    rehearsal.moves_to("2026-04-01")
    rehearsal.does(f"decide detention --as malta {says}")
    told = "detention@1: malta"
    assert told in rehearsal.words("status rehearsal").partition("Ready for release with --confirm: ")[2]
    refused = " ".join(rehearsal.refuses("release rehearsal -f md").split())
    assert told in refused
    assert "too late to count" in refused
    rehearsal.does("release rehearsal -f md --confirm")


def test_nothing_is_released_over_an_answer_that_is_not_recorded_unseen(rehearsal: Rehearsal) -> None:
    """16a, 21."""
    (rehearsal.root / "mail.eml").write_text("Well…", encoding="utf-8")
    rehearsal.circulates()
    rehearsal.all_approve()
    rehearsal.does("decide rehearsal --as spain --unclear --evidence mail.eml")
    assert "rehearsal@1: spain gave an answer" not in rehearsal.does("status rehearsal"), "told of the circulation"
    rehearsal.does("close c1 --unsettled 'No reply'")
    cause = "rehearsal@1: spain gave an answer that is not recorded"
    told = rehearsal.words("status rehearsal")
    assert cause in told.partition("Ready for release with --confirm: ")[2]
    assert cause in rehearsal.refuses("release rehearsal -f md --reference A-1")
    rehearsal.does("release rehearsal -f md --reference A-1 --confirm")
    kept = json.loads((rehearsal.root / "releases/A-1/record.json").read_text(encoding="utf-8"))["predicate"]
    assert [one for one in kept["changed"] if one.startswith(cause)] == kept["changed"] != []
    assert cause in rehearsal.words("status rehearsal")
    rehearsal.does("decide rehearsal --as spain --settle 'It meant thanks'", "rebuild A-1 --verify")
    settled = rehearsal.words("status rehearsal")
    assert "look at it before a release" not in settled
    assert settled.count("gave an answer") == settled.count(f"confirmed: {cause}") == 1, "what was noted then stays"


def test_several_things_to_look_at_are_told_with_what_to_do_about_each(objected_late: Rehearsal) -> None:
    path = objected_late.root / "paraph.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("#1f4e79", "#7f1010"), encoding="utf-8")
    refused = " ".join(objected_late.refuses("release rehearsal -f md").split())
    assert "before rehearsal is released, several things want looking at" in refused
    for said in ("accent is “#7f1010”", "malta objected too late", "Put them back as they were", "Ask them: "):
        assert said in refused


def test_an_amendment_of_a_circulation_that_was_called_off_says_what_became_of_both(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide detention --as malta --amend 'No child is ever detained' -l en")
    number = json.loads(rehearsal.does("amend list --json"))[0]["number"]
    assert "called off" not in rehearsal.does("amend list")
    rehearsal.does("close c1 --call-off 'A wrong year.'")
    off = "open (c1 was called off, the amendment stands; detention@1 not put again)"
    assert off in rehearsal.does("amend list")
    assert off in rehearsal.does(f"amend show {number}")
    rehearsal.does("circulate rehearsal --until 2026-04-01")
    assert "the amendment stands; detention@1 put again in c2)" in rehearsal.does("amend list c1")
    rehearsal.does(f"decide detention --as malta --withdraw 'We can live with it' --event {number}")
    assert "withdrawn (c1 was called off; detention@1 put again in c2)" in rehearsal.does("amend list")


def test_who_was_silent_and_objects_too_late_is_looked_at(rehearsal: Rehearsal) -> None:
    """21: signed by each under a rule of silence; a page would count it among those that adopted the text."""
    desk(rehearsal.root, {"statements/statements/rehearsal.yml": DOCUMENT.replace("consensus", "silence 7 days")})
    rehearsal.circulates()
    rehearsal.does("notice c1", "decide c1 --as albania --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1", "decide rehearsal --as spain --object 'We never agreed'")
    told = "rehearsal@1: spain objected too late to count"
    assert told in rehearsal.words("status rehearsal").partition("Ready for release with --confirm: ")[2]
    assert told in " ".join(rehearsal.refuses("release rehearsal -f md").split())
