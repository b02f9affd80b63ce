"""Circulations and decisions as the secretariat enters them, from the opening to the close. Rehearsals all."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from openpyxl import load_workbook

from paraph.markup import digest
from rehearsal import ASKED, UNTIL, Rehearsal


def row(rehearsal: Rehearsal, subject: str, of: str = "rehearsal") -> dict[str, str]:
    """How each member stands on a subject: "approved", "approved ~1" where it lapsed with version 1."""
    found = next(one for one in status(rehearsal, of)["rows"] if one["id"] == subject)
    return {
        member: stand["state"] + (f" ~{stand['version']}" if stand["lapsed"] else "")
        for member, stand in found["stands"].items()
    }


def status(rehearsal: Rehearsal, of: str = "rehearsal") -> dict[str, object]:
    return json.loads(rehearsal.does(f"status {of} --json"))


def test_from_the_opening_to_adoption(rehearsal_anywhere: Rehearsal) -> None:
    rehearsal = rehearsal_anywhere
    out = rehearsal.does(f"circulate rehearsal --until '{UNTIL}'")
    assert "3 to decide on, 3 of them for the first time" in out
    assert "turkiye  everything (invited, not counted)" in out
    rehearsal.all_approve("c1", "malta")
    assert "malta has not decided on detention, schooling and rehearsal" in rehearsal.refuses("close c1")
    rehearsal.does("decide detention schooling --as malta --abstain", "decide rehearsal --as malta --approve")
    out = rehearsal.does("close c1")
    assert "detention@1  adopted: 2 approved, 1 abstained" in out
    assert "closed already" in rehearsal.refuses("close c1")
    report = status(rehearsal)
    assert {one["word"] for one in report["rows"]} == {"agreed"}
    assert report["causes"] == []
    assert "there is nothing to ask" in rehearsal.refuses("circulate rehearsal --until 2026-04-01")


def test_nothing_is_asked_of_a_document_that_is_being_asked_about(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    assert "rehearsal@1 is being asked about in c1" in rehearsal.refuses("circulate rehearsal --until 2026-04-01")


def test_nothing_is_asked_of_a_document_in_a_language_that_its_form_does_not_speak(rehearsal: Rehearsal) -> None:
    """No edition of it in that could be released, whatever the members decide; that its clauses are not translated yet
    is no hindrance."""
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    words = path.read_text(encoding="utf-8").replace(
        "fr: Une répétition}", "fr: Une répétition, es: Un ensayo, ar: تدريب}"
    )
    path.write_text(words.replace("[en, fr]", "[en, fr, es]"), encoding="utf-8")
    out = rehearsal.refuses(f"circulate rehearsal --until '{UNTIL}'")
    assert "templates/statement/form.yml:2:1: error: the form statement has no name in es [language-missing]" in out
    assert not (rehearsal.root / "register.db").exists()
    path.write_text(words.replace("[en, fr]", "[en, fr, ar]"), encoding="utf-8")
    rehearsal.circulates()


def test_a_circulation_opened_by_mistake_is_called_off(rehearsal_anywhere: Rehearsal) -> None:
    rehearsal = rehearsal_anywhere
    rehearsal.does("circulate rehearsal --until 2206-03-01 --rule 'silence 7 days'", "notice c1")
    rehearsal.does("decide detention --as spain --object 'Not these words'", "decide rehearsal --as malta --approve")
    assert "or call it off" in rehearsal.refuses("circulate rehearsal --until 2026-04-01")
    assert "reason is missing" in rehearsal.refuses("close c1 --call-off ''", 2)
    assert "for a count" in rehearsal.refuses("close c1 --call-off slip --unsettled slip", 2)
    rehearsal.does("close c1 --call-off 'The year was mistyped.'", "register verify")
    assert "closed already" in rehearsal.refuses("close c1 --call-off again")
    report = status(rehearsal)
    assert {one["word"] for one in report["rows"]} == {"called-off"}
    assert {cause["why"] for cause in report["causes"]} == {"called-off"}
    assert "called off in c1" in rehearsal.does("status rehearsal")
    assert "called off: The year was mistyped." in rehearsal.does("status")
    assert "reason: The year was mistyped." in rehearsal.does("log c1")
    rehearsal.circulates()  # the same words
    assert row(rehearsal, "detention") == dict.fromkeys(("albania", "malta", "turkiye"), "pending") | {
        "spain": "objected"
    }
    assert row(rehearsal, "rehearsal")["malta"] == "approved"


def test_what_is_called_off_leaves_an_earlier_count_as_it_was(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does(
        "circulate rehearsal --until 2026-05-01 --whole --rule unanimity", "close c2 --call-off 'The wrong rule.'"
    )
    report = status(rehearsal)
    assert report["circulation"] == "c1"
    assert {one["word"] for one in report["rows"]} == {"agreed"}
    assert report["causes"] == []


REFUSED = (
    ("circulate nosuch --until 2026-04-01", 2, "There is: rehearsal."),
    ("circulate rehearsal --until soon", 2, "“soon” is no date and time"),
    ("circulate rehearsal --until 2026-01-01", 2, "is over"),
    ("circulate rehearsal --until '2026-03-29 02:30'", 2, "skipped or comes twice"),
    ("circulate rehearsal --until 2026-04-01 --rule '7 of 10'", 2, "Write 3 of 3"),
    ("circulate rehearsal --until 2026-04-01 --rule perhaps", 2, "“perhaps” is no rule"),
    ("circulate rehearsal --until 2026-02-03 --rule 'silence 7 days'", 2, "notice would have been due"),
    ("decide detention --as malta", 2, "Say one"),
    ("decide detention --as malta --approve --abstain", 2, "Say one"),
    ("decide detention --as malte --approve", 2, "Did you mean “malta”?"),
    ("decide detention --as france --approve", 2, "c1 asks albania, malta, spain, turkiye."),
    ("decide detnetion --as malta --approve", 2, "was never put to the members"),
    ("decide detention@2 --as malta --approve", 2, "was never put to the members"),
    ("decide c7 --as malta --approve", 2, "there is no circulation “c7”"),
    ("decide detention --as malta --object ''", 2, "the words are missing"),
    ("decide detention --as malta --approve --evidence nothing.eml", 2, "nothing.eml cannot be read"),
    ("decide detention --as malta --approve --received '2026-05-01 00:00'", 2, "is still to come"),
    (
        "decide detention --as malta --approve --received '2026-01-31 00:00'",
        2,
        "nothing was received in it on 2026-01-31",
    ),
    (
        "decide detention --as malta --amend Other -l en --received '2026-01-31 00:00'",
        2,
        "nothing was received in it on",
    ),
    ("notice c1 --received '2026-02-01 09:59'", 2, "c1 was opened on 2026-02-01 10:00 Europe/Paris"),
    ("decide detention --as malta --approve --evidence /dev/zero", 2, "/dev/zero cannot be read: it is no file"),
    ("decide detention --as malta --withdraw ''", 2, "the reason is missing"),
    ("decide detention --as malta --accept-late ' '", 2, "the reason is missing"),
    ("decide detention --as malta --withdraw 'a \u202eslip'", 2, "U+202E"),
    ("decide detention --as malta --approve --channel '\x1b[31mred'", 2, "U+001B"),
    ("decide detention --as malta --approve --channel ''", 2, "nothing stands after --channel"),
    ("decide detention --as malta --approve --by 'A \u202ename'", 2, "U+202E"),
    ("decide detention --as malta --withdraw 'a slip'", 1, "has decided nothing on detention@1"),
    ("decide detention --as malta --accept-late 'the post'", 1, "no late decision on detention@1"),
    ("notice c1 --to france", 2, "france is not asked in c1"),
    ("notice c9", 2, "there is no circulation “c9”"),
    ("close c9", 2, "there is no circulation “c9”"),
    ("status c9", 2, "there is no circulation “c9”"),
)
"""Commands, their exit code, and what they must say."""


def test_what_cannot_be_is_refused_in_a_line(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    before = status(rehearsal)["head"]
    for command, code, says in REFUSED:
        assert says in rehearsal.refuses(command, code), command
    assert status(rehearsal)["head"] == before, "and nothing is written"


def test_nothing_is_written_by_a_clock_that_is_behind_the_record(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal.circulates()
    rehearsal.now += dt.timedelta(hours=1)
    rehearsal.does("decide c1 --as spain --approve")
    rehearsal.now -= dt.timedelta(minutes=29)
    rehearsal.does("decide c1 --as spain --comment 'Written while clocks differ a little.'")
    rehearsal.now -= dt.timedelta(hours=2)
    said = rehearsal.refuses("register head --witness malta", 3)
    assert "the clock of this machine says 2026-02-01 07:" in said
    monkeypatch.setenv("PARAPH_CLOCK", "right")
    rehearsal.does("register head --witness malta")


def test_a_decision_said_again_is_written_but_for_what_is_received_at_once(rehearsal: Rehearsal) -> None:
    """Said anew, it outlives a withdrawal that was received between the two; entered twice, it is the same one."""
    rehearsal.circulates()
    rehearsal.moves_to("2026-02-05")
    again = "decide detention --as malta --reserve 'Our law differs' -l en --received '2026-02-03 10:00'"
    (first,) = re.findall(r"event (\d+)", rehearsal.does(again))
    head = status(rehearsal)["head"]
    assert "nothing was written" in rehearsal.does(again)
    assert status(rehearsal)["head"] == head
    assert "it replaces" in rehearsal.does("decide detention --as malta --reserve 'Our law differs' -l en")
    rehearsal.does(f"decide detention --as malta --withdraw 'No' --event {first} --received '2026-02-04 10:00'")
    assert row(rehearsal, "detention")["malta"] == "reserved"
    out = rehearsal.does("decide detention --as malta --approve")
    assert "it replaces what the member decided before (reserved)" in out
    assert row(rehearsal, "detention")["malta"] == "approved"


def test_an_old_copy_of_a_clause_takes_nothing_back_unseen(rehearsal: Rehearsal) -> None:
    """3: the words of @1 put again would lapse what was adopted since, for good."""
    rehearsal.adopted()
    rehearsal.edit("detention", "is detained", "may be detained")
    rehearsal.does("circulate rehearsal --until 2026-06-01")
    rehearsal.edit("detention", "may be detained", "is detained")
    same_clauses(rehearsal)
    out = " ".join(rehearsal.refuses("circulate other --until 2026-06-01").split())
    assert "these are the words of detention@1: detention@2, which is being asked about in c2, lapses with them" in out
    rehearsal.all_approve("c2")
    rehearsal.does("close c2")
    out = " ".join(rehearsal.refuses("circulate other --until 2026-06-01").split())
    assert "detention@2, adopted in c2, lapses with them, for good" in out
    assert "c3" in rehearsal.does("circulate other --until 2026-06-01 --confirm")


def test_a_day_alone_is_no_time_of_receipt(rehearsal: Rehearsal) -> None:
    """7: whether it was in time is judged to the second."""
    rehearsal.circulates()
    rehearsal.moves_to("2026-02-10")
    assert "names no hour" in rehearsal.refuses("decide detention --as malta --approve --received 2026-02-05", 2)


def test_a_word_for_all_is_heard_where_another_circulation_heard_another(rehearsal: Rehearsal) -> None:
    """What the member said through c2 after the deadline of c1 is nothing to c1, to which it objected in time."""
    same_clauses(rehearsal)
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1", "circulate other --until 2026-06-01")
    rehearsal.moves_to("2026-03-03")
    rehearsal.does("decide detention schooling --as malta --approve -c c2")
    out = rehearsal.does("decide c1 --as malta --object 'No.' --received '2026-02-27 10:00'")
    assert "not written" not in out
    out = rehearsal.say("close c1")[1]
    assert "detention@1  NOT ADOPTED" in out
    assert "schooling@1  NOT ADOPTED" in out


def test_a_word_for_all_said_again_outlives_what_was_taken_back_before(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --approve")
    rehearsal.moves_to("2026-02-10")
    (rehearsal.root / "letter.txt").write_text("We approve. (A rehearsal.)", encoding="utf-8")
    again = "decide c1 --as malta --approve --evidence letter.txt --received '2026-02-09 10:00'"
    assert "not written" not in rehearsal.does(again)
    event = status(rehearsal)["rows"][0]["stands"]["malta"]["event"]
    rehearsal.does("decide c1 --as malta --reserve 'Hm.' --again --received '2026-02-05 10:00'")
    assert status(rehearsal)["rows"][0]["stands"]["malta"]["event"] == event


def test_the_last_word_is_the_one_received_last(rehearsal: Rehearsal) -> None:
    """An older e-mail, found after a late objection, does not hide it (11, 21)."""
    rehearsal.adopted()
    rehearsal.moves_to("2026-03-06")
    (objection,) = re.findall(
        r"event (\d+)", rehearsal.does("decide rehearsal --as malta --object 'No.' --received '2026-03-05 10:00'")
    )
    rehearsal.does("decide rehearsal --as malta --reserve 'Hm.' -l en --received '2026-03-02 10:00'")
    assert "malta objected too late to count" in rehearsal.refuses("release rehearsal -f md")
    assert "after which no objection is accepted" in rehearsal.refuses(
        "decide rehearsal --as malta --accept-late 'Why not'"
    )
    log = rehearsal.words("log rehearsal")
    assert f"it counted for nothing, and was superseded by event {objection}" in log
    assert "rehearsal@1: malta objected too late to count" in rehearsal.words("status rehearsal")
    rehearsal.does(f"decide rehearsal --as malta --withdraw 'Settled' --event {objection}")
    assert "malta reserved too late to count" in rehearsal.refuses("release rehearsal -f md")
    rehearsal.does("release rehearsal -f md --confirm")


def test_an_old_circulation_shows_what_was_said_of_its_own_words(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.does("decide detention --as spain --object 'No.'")
    rehearsal.edit("detention", "is detained", "may be detained")
    rehearsal.does("circulate rehearsal --until 2026-06-01", "decide c2 --as spain --approve")
    assert row(rehearsal, "detention", "c1")["spain"] == "objected"
    assert "lapsed" not in rehearsal.does("status c1")
    assert row(rehearsal, "detention")["spain"] == "approved"


def test_what_counted_for_nothing_elsewhere_is_written_where_it_is_in_time(rehearsal: Rehearsal) -> None:
    """Late in c1, and in time in c2, in the very same words."""
    same_clauses(rehearsal)
    rehearsal.circulates()
    rehearsal.all_approve("c1", "malta")
    rehearsal.does("decide detention --as malta --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("decide schooling --as malta --object 'Never.'", "decide detention --as malta --object 'Never.'")
    rehearsal.refuses("close c1")
    said = rehearsal.does("circulate other --until 2026-06-01 --whole")
    assert "malta    everything" in said  # an approval and an objection that came too late among them
    rehearsal.all_approve("c2", "malta")
    assert "detention@1: malta objected too late to count" in rehearsal.refuses("close c2")
    rehearsal.now += dt.timedelta(hours=1)
    for clause in ("schooling", "detention"):
        again = f"decide {clause} --as malta --object 'Never.' -c c2 --received '2026-03-02 13:30'"
        assert "nothing was written" not in rehearsal.does(again)
        assert row(rehearsal, clause, "other")["malta"] == "objected"
        assert "nothing was written" in rehearsal.does(again)


def test_other_words_that_were_late_elsewhere_are_asked_for_again(rehearsal: Rehearsal) -> None:
    same_clauses(rehearsal)
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("circulate other --until 2026-06-01 --rule 'silence 7 days'")
    rehearsal.moves_to("2026-03-02")
    again = "decide detention --as malta --amend 'Other words' -l en -c"
    rehearsal.does(f"{again} c1")
    assert "nothing was written" not in rehearsal.does(f"{again} c2")
    assert "nothing was written" in rehearsal.does(f"{again} c2")


def test_what_is_said_again_later_outlives_what_was_taken_back_before(rehearsal: Rehearsal) -> None:
    """Objected on the 3rd and the 5th: a withdrawal of the 4th, found last, takes back the first alone."""
    rehearsal.circulates()
    rehearsal.moves_to("2026-02-10")
    first, second = (
        re.findall(
            r"event (\d+)",
            rehearsal.does(f"decide detention --as malta --object 'Never.' --received '2026-02-{day} 00:00'"),
        )[0]
        for day in ("03", "05")
    )
    said = rehearsal.does("decide detention --as malta --object 'Never.' --received '2026-02-05 00:00'")
    assert "nothing was written" in said
    said = rehearsal.does(
        f"decide detention --as malta --withdraw 'After all' --received '2026-02-04 00:00' --event {first}"
    )
    assert f"event {second}, object, was received after that, and stands" in said
    assert row(rehearsal, "detention")["malta"] == "objected"


def test_a_word_for_all_that_changes_nothing_is_refused(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --approve")
    told = rehearsal.refuses("decide c1 --as malta --object 'No.'")
    assert "malta has spoken on detention@1, schooling@1 and rehearsal@1 already, and nothing was written" in told
    assert "- detention@1: the member has decided already (approved)" in told
    assert "it replaces what the member decided before (approved)" in rehearsal.does("decide c1 --as malta --approve")
    rehearsal.does("decide c1 --as malta --object 'No.' --again")


def test_what_comes_to_hand_late_stands_where_its_date_puts_it(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.moves_to("2026-02-10")
    rehearsal.does("decide detention --as malta --object 'Not yet'")
    out = rehearsal.does("decide detention --as malta --approve --received '2026-02-08 12:00'")
    assert "it was received before what the member decided since (objected, event " in out
    assert row(rehearsal, "detention")["malta"] == "objected"
    for day in ("07", "09"):  # before both, and between what was recorded last and what was received last
        out = rehearsal.refuses(f"decide detention --as malta --withdraw 'a slip' --received '2026-02-{day} 12:00'")
        assert f"was received after 2026-02-{day} 12:00" in out
    assert row(rehearsal, "detention")["malta"] == "objected"


def test_a_document_in_translations_alone_is_not_put_to_the_members(rehearsal: Rehearsal) -> None:
    document = rehearsal.root / "statements/statements/rehearsal.yml"
    document.write_text(
        document.read_text(encoding="utf-8")
        .replace("languages: [en, fr]", "languages: [es]")
        .replace("fr: Une répétition", "fr: Une répétition, es: Un ensayo"),
        encoding="utf-8",
    )
    for clause in ("detention", "schooling"):
        rehearsal.edit(
            clause,
            "kind: position",
            "kind: position\ntranslations: {es: {source: en, digest: '', status: unchecked, text: Algo}}",
        )
    assert "issued in no authentic language" in rehearsal.refuses(f"circulate rehearsal --until '{UNTIL}'")


def test_a_proof_that_comes_later_is_recorded(rehearsal: Rehearsal) -> None:
    """Said by telephone, then in a letter: the letter is on record, and once."""
    rehearsal.circulates()
    rehearsal.does("decide detention --as malta --approve --channel telephone")
    (rehearsal.root / "letter.txt").write_text("We approve. (A rehearsal.)", encoding="utf-8")
    written = "decide detention --as malta --approve --channel letter --evidence letter.txt"
    assert "not written" not in rehearsal.does(written)
    assert "word for word: nothing was written" in rehearsal.does(written)
    assert row(rehearsal, "detention")["malta"] == "approved"


def test_one_entered_as_late_is_entered_again_as_received_in_time(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("decide detention --as malta --object 'Too weak'")
    assert row(rehearsal, "detention")["malta"] == "pending"
    rehearsal.does("decide detention --as malta --object 'Too weak' --received '2026-02-27 10:00'")
    assert row(rehearsal, "detention")["malta"] == "objected"


def test_who_kept_silent_and_then_speaks_is_heard(rehearsal: Rehearsal) -> None:
    """Silence is no decision: an answer to all of a circulation is not left out for it."""
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    assert row(rehearsal, "detention")["malta"] == "tacit"
    assert "detention@1 tacit: albania, malta, spain" in rehearsal.does("log detention")
    assert "not written" not in rehearsal.does("decide c1 --as malta --approve")
    rehearsal.does("decide c1 --as malta --accept-late 'Sent by post'")
    assert row(rehearsal, "detention")["malta"] == "approved"


def test_a_word_for_all_leaves_what_was_said_of_one(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide detention --as malta --object 'Too weak'")
    assert "the member has decided already (objected)" in rehearsal.does("decide c1 --as malta --approve")
    assert (row(rehearsal, "detention")["malta"], row(rehearsal, "schooling")["malta"]) == ("objected", "approved")
    rehearsal.does("decide c1 detention --as malta --approve")
    assert row(rehearsal, "detention")["malta"] == "approved"


def test_each_decides_for_itself(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve()
    rehearsal.does("decide detention --as spain --object 'Too weak'")
    assert row(rehearsal, "detention") == {
        "albania": "approved",
        "malta": "approved",
        "spain": "objected",
        "turkiye": "pending",
    }
    code, out = rehearsal.say("close c1")
    assert code == 1
    assert "spain has objected" in out
    assert "schooling@1  adopted" in out


def test_what_is_taken_back_is_pending_until_decided_anew(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --approve", "decide c1 --as malta --abstain --again")
    said = rehearsal.does("decide detention --as malta --withdraw 'We decide on Monday'")
    assert "approve, does not come back: the member is pending until it decides anew" in said
    assert row(rehearsal, "detention")["malta"] == "pending"
    assert row(rehearsal, "schooling")["malta"] == "abstained"
    assert "decided nothing" in rehearsal.refuses("decide detention --as malta --withdraw 'again'")


def same_clauses(rehearsal: Rehearsal) -> None:
    """Another document, `other`, of the same clauses."""
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    text = path.read_text(encoding="utf-8").replace("id: rehearsal", "id: other")
    path.with_name("other.yml").write_text(text, encoding="utf-8")


def test_what_was_said_elsewhere_is_taken_back_by_the_deadline_there(rehearsal: Rehearsal) -> None:
    """12: an objection given in c2, still open, is taken back at once, though the deadline of c1 is over."""
    same_clauses(rehearsal)
    rehearsal.circulates()
    rehearsal.does("circulate other --until 2026-06-01", "decide detention --as malta --object 'No' -c c2")
    rehearsal.does("decide schooling --as malta --approve -c c1")
    rehearsal.moves_to("2026-03-02")
    assert "after the deadline of c1, and changes nothing in its tally" in rehearsal.does(
        "decide detention --as malta --withdraw 'Yes' -c c1"
    )
    assert row(rehearsal, "detention")["malta"] == "pending"
    assert "after the deadline of c1" in rehearsal.does("decide schooling --as malta --withdraw 'No' -c c2")
    assert row(rehearsal, "schooling")["malta"] == "pending"
    out = rehearsal.words("status c1")
    assert "malta, withdrawal on schooling@1" in out
    assert "the tally counts what it takes back" in out


def test_what_is_said_again_after_it_was_taken_back_is_written(rehearsal: Rehearsal) -> None:
    """Late for c1, in time for c2: the objection after the withdrawal is another."""
    same_clauses(rehearsal)
    rehearsal.circulates()
    rehearsal.does("circulate other --until 2026-06-01", "decide detention --as malta --object 'No' -c c1")
    rehearsal.moves_to("2026-03-02")
    assert "after the deadline of c1" in rehearsal.does("decide detention --as malta --withdraw 'Yes' -c c2")
    assert "nothing was written" not in rehearsal.does("decide detention --as malta --object 'No' -c c2")
    rehearsal.say("close c1")
    assert row(rehearsal, "detention")["malta"] == "objected"


def test_what_is_said_elsewhere_after_the_deadline_is_accepted_here(rehearsal: Rehearsal) -> None:
    """16: c1 and c2 ask about the same clauses; an answer in c2 counts in c1 once it is recorded there and accepted."""
    same_clauses(rehearsal)
    rehearsal.circulates()
    rehearsal.all_approve("c1", "malta")
    rehearsal.does("circulate other --until 2026-06-01", "decide rehearsal -c c1 --as malta --approve")
    rehearsal.moves_to("2026-03-02")
    out = rehearsal.does("decide c2 --as malta --approve")
    assert "it came after the deadline of c1: to count there, record it there as well, and accept it" in out
    out = rehearsal.words("status c1")
    assert "malta: detention@1 and schooling@1 (answered in another circulation after this deadline" in out
    assert "it came late" in rehearsal.does("decide detention schooling -c c1 --as malta --approve")
    rehearsal.does("decide c1 --as malta --accept-late 'It was in the post'")
    out = rehearsal.does("close c1")
    assert "detention@1  adopted" in out
    assert "whole" in rehearsal.does("register verify")


def test_a_register_that_is_not_there_is_named(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"There is no register at {rehearsal.root / 'register.db'}: “paraph circulate" in rehearsal.does("status")
    rehearsal.circulates()
    monkeypatch.setenv("PARAPH_REGISTER", "sqlite:///registr.db")
    out = rehearsal.refuses("status", 3)
    assert f"there is no register at {rehearsal.root / 'registr.db'}, though register.db lies beside" in out
    assert not (rehearsal.root / "registr.db").exists()


def test_a_mistyped_address_begins_no_second_register(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rehearsal.does("circulate rehearsal --until 2026-03-01").startswith("The register begins with this.")
    rehearsal.does("close c1 --call-off 'the year was wrong'")
    monkeypatch.setenv("PARAPH_REGISTER", "sqlite:///registr.db")
    again = "circulate rehearsal --until 2026-04-01"
    assert "registr.db, though register.db lies beside paraph.yml" in rehearsal.refuses(again)
    out = rehearsal.does("build -l en -f html -o build")
    assert "[register-unread]" in out
    assert "though register.db lies beside" in out
    assert not (rehearsal.root / "registr.db").exists()
    assert "The register begins with this." in rehearsal.does(f"{again} --new-register")
    monkeypatch.delenv("PARAPH_REGISTER")
    (rehearsal.root / "register.db").unlink()
    shelf = rehearsal.root / "releases/AOM-2026-01"
    shelf.mkdir(parents=True)
    (shelf / "record.json").write_text("{}")
    assert "though something was released (releases/AOM-2026-01)" in rehearsal.refuses(again)
    lost = "though something was released (releases/AOM-2026-01)"
    for question in (
        "status rehearsal",
        "status",
        "status c1",
        "log detention",
        "show detention@1",
        "find detained",
        "diff detention",
    ):
        assert lost in rehearsal.refuses(question, 3), question
    for act in ("release rehearsal -f md", "decide detention --as malta --approve"):
        assert lost in rehearsal.refuses(act, 3), act
    monkeypatch.setenv("PARAPH_REGISTER", "sqlite://")
    assert "it names no file" in rehearsal.refuses("register head", 3)


def test_who_only_looks_is_not_turned_down_for_a_mistake_in_an_entry(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    path = rehearsal.root / "statements/institutions.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("country: MT", "country: XQ"), encoding="utf-8")
    for command in ("status", "status c1", "status c1 --html page.html", "log c1", "register log", "register verify"):
        rehearsal.does(command)
    assert "country" in rehearsal.refuses("decide c1 --as malta --approve")


def test_late_counts_when_it_is_accepted(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.moves_to("2026-03-02")
    late = "decide c1 --as spain --approve --received '2026-03-02 13:00'"
    assert "it came late" in rehearsal.does(late)
    assert "nothing was written" in rehearsal.does(late)
    out = rehearsal.words("status rehearsal")
    assert "spain, approve on detention@1" in out
    assert "(2026-03-02 13:00 Europe/Paris, 3 events from " in out
    assert "late: it counts for nothing until it is accepted" in out
    rehearsal.does("decide c1 --as spain --accept-late 'The post was late'")
    assert "no late decision" in rehearsal.refuses("decide c1 --as spain --accept-late 'twice'")
    assert "detention@1  adopted" in rehearsal.does("close c1")


def test_received_in_time_is_in_time_however_late_it_is_entered(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.moves_to("2026-03-02")
    assert "late" not in rehearsal.does("decide c1 --as spain --approve --received '2026-03-01 18:00'")
    rehearsal.does("close c1")


def test_an_objection_after_the_close_changes_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("decide detention --as spain --object 'On reflection'")
    assert row(rehearsal, "detention")["spain"] == "approved"
    assert "put the words to the members again" in rehearsal.refuses("decide detention --as spain --accept-late 'no'")
    assert status(rehearsal)["causes"] == []


def test_a_withdrawal_after_the_close_stops_the_release_and_not_the_outcome(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("decide rehearsal --as spain --withdraw 'Our board disagrees'")
    report = status(rehearsal)
    assert report["rows"][-1]["word"] == "no-longer-agreed"
    assert {cause["why"] for cause in report["causes"]} == {"pending"}


def test_silence_is_consent_only_after_notice(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1 --to malta --to albania", "decide detention --as spain --approve")
    assert "nothing to note" in rehearsal.does("notice c1 --to malta")
    rehearsal.moves_to("2026-02-28")
    rehearsal.does("notice c1 --to spain")
    out = rehearsal.words("status c1")
    assert "spain: schooling@1 and rehearsal@1 (no notice on record in time: its silence means nothing)" in out
    assert out.count("no notice on record") == 1
    rehearsal.moves_to("2026-03-02")
    code, out = rehearsal.say("close c1")
    assert code == 1
    assert out.count("no notice to spain is on record in time: that silence means nothing") == 2
    assert "detention@1  adopted: 2 tacit, 1 approved" in out
    assert "schooling@1  NOT ADOPTED: 2 silent, 1 pending" in out
    assert set(row(rehearsal, "schooling").values()) == {"pending"}
    assert row(rehearsal, "detention") == {
        "albania": "tacit",
        "malta": "tacit",
        "spain": "approved",
        "turkiye": "pending",
    }


@pytest.mark.parametrize(
    "said",
    [
        ["--object 'Never.'"],
        ["--amend 'No child, *ever*' -l en"],
        ["--approve", "--amend 'No child, *ever*' -l en"],
        ["--approve", "--unclear --evidence came.txt"],
    ],
)
def test_who_spoke_against_an_earlier_version_is_not_overlooked_as_silent(
    rehearsal: Rehearsal, said: list[str]
) -> None:
    """A packet of the circulation before comes in the next one: what it says is lapsed, and still was said."""
    (rehearsal.root / "came.txt").write_text("both boxes", encoding="utf-8")
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1", "decide c1 --as albania --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.edit("detention", "n’est détenu", "n’est jamais détenu")
    rehearsal.does("circulate rehearsal --until '2026-04-01 18:00' --rule 'silence 7 days'", "notice c2")
    rehearsal.does("decide c2 --as albania --approve", *(f"decide detention@1 --as malta {one}" for one in said))
    told = "malta spoke against an earlier version after this one was put: ask what stands"
    assert f"detention@2: {told}" in rehearsal.words("status c2")
    rehearsal.moves_to("2026-04-02")
    assert told in rehearsal.words("close c2")
    assert f"detention@2: {told}" in " ".join(rehearsal.refuses("release rehearsal --reference R-1").split())
    if len(said) > 1:
        return
    rehearsal.does("decide detention@1 --as malta --withdraw 'We can live with it'")
    assert told not in rehearsal.say("release rehearsal --reference R-1")[1]


@pytest.mark.parametrize(
    ("said", "received", "heard"),
    [
        ("--object 'Never.'", "2026-03-04 10:00", False),
        ("--amend 'No child, *ever*' -l en", "2026-03-04 10:00", False),
        ("--unclear --evidence came.txt", "2026-03-04 10:00", False),
        ("--approve", "2026-03-04 10:00", True),
        ("--comment 'Thank you.'", "2026-03-04 10:00", True),
        ("--object 'Never.'", "2026-03-02 18:00", False),
        ("--object 'Never.'", "2026-03-01 18:00", True),
    ],
)
def test_who_spoke_against_an_earlier_version_after_it_decided_is_not_overlooked(
    rehearsal: Rehearsal, said: str, received: str, *, heard: bool
) -> None:
    """Received after the decision on the next version, or before it and recorded after it, which knew nothing of it;
    not what came before that was put. The decision, said again, is the later word."""
    (rehearsal.root / "came.txt").write_text("both boxes", encoding="utf-8")
    rehearsal.circulates("--rule consensus")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.edit("detention", "n’est détenu", "n’est jamais détenu")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("circulate rehearsal --until '2026-04-01 18:00' --rule consensus")
    rehearsal.moves_to("2026-03-03")
    rehearsal.does(*(f"decide c2 --as {one} --approve" for one in ("albania", "malta", "spain")))
    rehearsal.moves_to("2026-03-05")
    rehearsal.does(f"decide detention@1 --as malta {said} --received '{received}'")
    told = "malta spoke against an earlier version after this one was put: ask what stands"
    assert (told in rehearsal.words("status c2")) is not heard
    code, closed = rehearsal.say("close c2")
    assert (told in closed) is not heard, (code, closed)
    if heard:
        return
    assert f"detention@2: {told}" in " ".join(rehearsal.refuses("release rehearsal --reference R-1").split())
    again = "decide detention@2 --as malta"
    rehearsal.does(f"{again} --approve", f"{again} --accept-late 'Malta confirms it'")
    assert told not in rehearsal.say("release rehearsal --reference R-1")[1]


def test_a_word_for_all_texts_is_none_over_what_was_said_against_an_earlier_version(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule consensus")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.edit("detention", "n’est détenu", "n’est jamais détenu")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("circulate rehearsal --until '2026-04-01 18:00' --rule consensus")
    rehearsal.does("decide detention@1 --as malta --object 'Never.'")
    left = "the member spoke against an earlier version since this was put: left so; name the text, or say --again"
    assert left in rehearsal.does("decide c2 --as malta --approve")
    assert row(rehearsal, "detention")["malta"] == "pending"
    rehearsal.does("decide detention@2 --as malta --approve")
    assert row(rehearsal, "detention")["malta"] == "approved"


@pytest.mark.parametrize(
    ("day", "said", "why"),
    [
        (
            "2026-03-02",
            "--unclear --evidence letter.txt",
            "answer of the member on it was not recorded, and is not settled",
        ),
        ("2026-03-02", "--amend 'No child is held.' -l en", "the member asked for other words (event"),
        ("2026-03-12", "--object 'Never.'", "what the member decided came late (object, event"),
    ],
)
def test_a_word_for_all_texts_goes_over_nothing_that_was_said_of_one(
    day: str, said: str, why: str, rehearsal: Rehearsal
) -> None:
    rehearsal.circulates("--rule consensus")
    rehearsal.moves_to(day)
    (rehearsal.root / "letter.txt").write_text("Well, well.")
    rehearsal.does(f"decide detention@1 --as malta {said}")
    told = " ".join(rehearsal.does("decide c1 --as malta --approve").split())
    assert why in told
    assert "left so; name the text, or say --again" in told
    rehearsal.say("decide c1 --as malta --accept-late 'It came late'")
    assert row(rehearsal, "detention")["malta"] == ("objected" if "--object" in said else "pending")
    assert row(rehearsal, "schooling")["malta"] == "approved"
    rehearsal.does("decide c1 --as malta --approve --again")
    rehearsal.say("decide c1 --as malta --accept-late 'It is meant so'")
    assert row(rehearsal, "detention")["malta"] == "approved"


def test_what_a_decision_settles_or_follows_is_told(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule consensus")
    (rehearsal.root / "letter.txt").write_text("Well, well.")
    rehearsal.does("decide detention@1 --as malta --unclear --evidence letter.txt")
    told = rehearsal.does("decide detention@1 --as malta --approve")
    assert re.search(r"event \d+, an answer that was not recorded, is settled by it", told)
    rehearsal.does("decide schooling@1 --as malta --object 'No.'", "decide schooling@1 --as malta --withdraw 'Not so'")
    told = rehearsal.does("decide c1 --as malta --approve")
    assert re.search(r"event \d+ took back what the member had decided on it: it decides anew", told)


def test_nothing_is_told_to_be_settled_or_decided_anew_that_is_not(rehearsal: Rehearsal) -> None:
    """By a decision that comes late, or was received before the withdrawal of another one."""
    rehearsal.circulates("--rule consensus")
    (rehearsal.root / "letter.txt").write_text("Well, well.")
    rehearsal.does("decide c1 --as malta --unclear --evidence letter.txt")
    told = rehearsal.refuses("decide c1 --as malta --approve")
    assert "- detention@1: an answer of the member on it was not recorded, and is not settled" in told
    rehearsal.does("decide detention@1 --as spain --object 'No.'")
    rehearsal.moves_to("2026-03-04")
    rehearsal.does("decide detention@1 --as spain --withdraw 'Not so'")
    told = rehearsal.does("decide detention@1 --as spain --approve --received '2026-03-03 09:00'")
    assert "received after it, takes it back" in told
    assert "it decides anew" not in told
    rehearsal.moves_to("2026-03-12")
    assert "is settled by it" not in rehearsal.does("decide detention@1 --as malta --approve")


def test_who_took_back_what_it_approved_before_is_not_overlooked_as_silent(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1", "decide c1 --as albania --approve", "decide c1 --as malta --approve")
    rehearsal.does("decide detention --as spain --object 'Never.'")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.edit("detention", "n’est détenu", "n’est jamais détenu")
    rehearsal.moves_to("2026-03-02")
    rehearsal.say("close c1")
    rehearsal.does("circulate rehearsal --until '2026-04-01 18:00' --rule 'silence 7 days'", "notice c2")
    rehearsal.does("decide c2 --as albania --approve", "decide detention@1 --as malta --withdraw 'We take it back'")
    rehearsal.does("decide detention@1 --as spain --withdraw 'We can live with it'")
    told = "malta spoke against an earlier version after this one was put: ask what stands"
    assert f"detention@2: {told}" in rehearsal.words("status c2")
    rehearsal.moves_to("2026-04-02")
    assert told in rehearsal.say("close c2")[1]
    assert f"detention@2: {told}" in " ".join(rehearsal.refuses("release rehearsal --reference R-1").split())


def test_other_words_break_the_silence_until_they_are_taken_back(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1", "decide detention schooling --as malta --approve")
    out = rehearsal.does("decide detention schooling --as malta --amend 'No child is ever detained' -l en")
    assert "it is no decision; under a rule of silence it breaks it" in out
    assert "nothing was written" in rehearsal.does(
        "decide detention --as malta --amend 'No child is ever detained' -l en"
    )
    assert "which words, in which language?" in rehearsal.refuses("decide detention --as malta --amend 'Other'", 2)
    said = status(rehearsal)["said"]
    event = next(one["event"] for one in said if one["kind"] == "amendment" and "detention" in one["subject"]["id"])
    assert "other words" in rehearsal.does(
        f"decide detention --as malta --withdraw 'We can live with it' --event {event}"
    )
    assert row(rehearsal, "detention")["malta"] == "approved", "the approval is another matter"
    assert "malta, amendment on schooling@1" in rehearsal.does("status rehearsal")
    rehearsal.moves_to("2026-03-02")
    code, out = rehearsal.say("close c1")
    assert code == 1
    assert "detention@1  adopted: 2 tacit, 1 approved" in out
    assert "malta has asked for other words, which breaks the silence" in out
    assert rehearsal.does("log detention").count("→ taken back by event") == 1, "the amendment, not the approval"
    assert "malta: approve" in rehearsal.does("log malta")


def test_of_several_things_it_is_said_which_is_taken_back(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide detention --as malta --approve", "decide detention --as malta --amend 'Other' -l en")
    out = rehearsal.refuses("decide detention --as malta --withdraw 'One'")
    first, second = (int(number) for number in re.findall(r"event ([0-9]+), (?:approve|other words)", out))
    assert "approve" in rehearsal.does(f"decide detention --as malta --withdraw 'One' --event {first}")
    assert row(rehearsal, "detention")["malta"] == "pending"
    assert f"it takes back event {second}, other words" in rehearsal.does("decide c1 --as malta --withdraw 'Two'")
    assert "decided nothing" in rehearsal.refuses("decide detention --as malta --withdraw 'Three'")
    assert "--event is for --withdraw" in rehearsal.refuses("decide c1 --as malta --approve --event 3", 2)


def test_an_approval_that_is_taken_back_is_not_mistaken_for_what_came_late(rehearsal: Rehearsal) -> None:
    """12: the late objection, which nobody accepted, is not what “we take back our approval” means."""
    rehearsal.circulates()
    rehearsal.all_approve("c1")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("decide detention --as malta --object 'No'")
    out = rehearsal.refuses("decide detention --as malta --withdraw 'We take back our approval'")
    approval, objection = re.findall(r"event ([0-9]+), (?:approve|object \(late\)|object)", out)
    out = rehearsal.does(f"decide detention --as malta --withdraw 'A slip' --event {objection}")
    assert "the member stays as it was, approved" in out
    assert "late" not in rehearsal.does("status c1")
    assert "no late decision" in rehearsal.refuses("decide detention --as malta --accept-late 'It came'")
    rehearsal.does("decide detention --as malta --object 'No, after all'")
    out = rehearsal.does(f"decide detention --as malta --withdraw 'Ours, too' --event {approval}")
    assert "and with it the late event" in out
    assert "after the deadline of c1, and changes nothing in its tally" in out
    assert "and agreed no longer: malta has taken back its approval" in rehearsal.does("close c1")


def test_a_withdrawal_on_record_stops_every_release(rehearsal: Rehearsal) -> None:
    """14, 21: nor does it wait for the close of the circulation after whose deadline it came."""
    same_clauses(rehearsal)
    rehearsal.circulates()
    rehearsal.does("circulate other --until 2026-06-01")
    rehearsal.all_approve("c1")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2")
    assert status(rehearsal, "other")["causes"] == []
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("decide detention --as malta --withdraw 'Our board disagrees' -c c1")
    assert row(rehearsal, "detention", "other")["malta"] == "pending"
    assert "malta has taken back its approval" in rehearsal.refuses("release other -f html")
    assert "detention@1  adopted: 3 approved" in rehearsal.does("close c1")
    assert "malta has taken back its approval" in rehearsal.refuses("release rehearsal -f html")
    assert ", after the deadline of c1, whose tally counts it" in rehearsal.does("log detention")


def test_a_document_is_not_released_while_it_is_being_asked_about_again(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve("c1")
    rehearsal.does("close c1", "circulate rehearsal --until 2026-06-01 --whole")
    assert "c2: these words are being put to the members again" in rehearsal.refuses("release rehearsal -f html")


def test_no_words_are_in_a_language_that_is_not_there(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    assert "“zz” is no language here" in rehearsal.refuses("decide detention --as malta --amend 'Other' -l zz", 2)
    assert "it breaks no silence" in rehearsal.does("decide detention --as turkiye --amend 'Other' -l en")


def test_what_keeps_a_document_that_a_member_left_from_its_release_is_put_again(rehearsal: Rehearsal) -> None:
    """21: it was put to the member, and must not go out as if it had agreed; of those that are there now, it may."""
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    text = path.read_text(encoding="utf-8").replace("members: [albania, malta, spain, turkiye]\n", "")
    path.write_text(text, encoding="utf-8")
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1", "decide c1 --as spain --approve", "decide c1 --as albania --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    same_clauses(rehearsal)
    rehearsal.does("circulate other --until 2026-06-01", "decide detention --as malta --amend 'Other words' -l en")
    out = rehearsal.does("decide detention --as malta --approve")
    assert "other words, stands beside it, and breaks a silence" in out
    leaves(rehearsal, "malta")
    assert "malta has asked for other words" in rehearsal.refuses("release rehearsal -f html")
    out = rehearsal.does("circulate rehearsal --until 2026-04-01 --confirm")
    assert not re.search("^ +malta", out, re.MULTILINE)
    assert re.search("spain +nothing: it has decided on all of it", out)


def test_an_answer_that_stops_a_release_is_named(rehearsal: Rehearsal) -> None:
    """16a, 21: in whatever circulation it lies."""
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    same_clauses(rehearsal)
    (rehearsal.root / "mail.eml").write_text("Perhaps.", encoding="utf-8")
    rehearsal.does("circulate other --until 2026-06-01", "decide detention --as malta --unclear --evidence mail.eml")
    assert "malta gave an answer that is not recorded" in rehearsal.words("status rehearsal")


def test_who_kept_silent_is_asked_anew_under_another_rule(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1", "decide c1 --as spain --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    out = rehearsal.does("circulate rehearsal --until 2026-04-01 --rule consensus")
    assert "malta    everything" in out
    assert "spain    nothing: it has decided on all of it" in out
    assert "malta has not decided" in rehearsal.refuses("close c2")


def leaves(rehearsal: Rehearsal, member: str) -> None:
    path = rehearsal.root / "statements/institutions.yml"
    before, entry = path.read_text(encoding="utf-8").split(f"\n  {member}:\n")
    path.write_text(f"{before}\n  {member}:\n{entry.replace('active', 'left', 1)}", encoding="utf-8")


def test_members_that_join_leave_or_wait(rehearsal: Rehearsal) -> None:
    """8 and 23: who joins after the opening is not asked; who leaves counts no more; the invited never counted."""
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.does("decide c1 --as turkiye --object 'We disagree'")
    leaves(rehearsal, "spain")
    assert "spain: everything (has left, by institutions.yml" in rehearsal.words("status c1")
    assert "spain left: it no longer counts in c1" in rehearsal.refuses("close c1")
    out = rehearsal.does("close c1 --confirm")
    assert "detention@1  adopted: 2 approved" in out
    members = {one["id"] for one in status(rehearsal, "c1")["columns"]}
    assert members == {*ASKED, "turkiye"}, "and it stays visible"
    assert [one["id"] for one in status(rehearsal, "c1")["columns"] if one["left"]] == ["spain"]
    rehearsal.does("status c1 --html report.html --xlsx report.xlsx")
    assert "° left before the close, not counted" in rehearsal.does("status c1")
    assert "(left, not counted)" in (rehearsal.root / "report.html").read_text(encoding="utf-8")
    said = load_workbook(rehearsal.root / "report.xlsx").active
    (place,) = (cell for line in said for cell in line if "(left, not counted)" in str(cell.value))
    assert said.row_dimensions[place.row].height >= 30  # points: a long name takes two lines, over no other row


def test_agreed_wording_is_not_asked_about_again(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.edit("detention", "is detained", "is ever detained")
    out = rehearsal.does("circulate rehearsal --until 2026-04-01")
    assert "already agreed wording: schooling@1" in out
    assert "albania  everything" in out
    assert "2 to decide on" in out
    assert "without" not in out


def test_whom_wording_was_agreed_without_is_named_as_it_is_left_out(rehearsal: Rehearsal) -> None:
    """Who approved or abstained has said so; of the others nobody would learn that they are not asked."""
    rehearsal.circulates("--rule '1 of 3'")
    rehearsal.does("decide schooling --as malta --object 'Not so.'", "decide schooling --as albania --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.refuses("close c1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    out = rehearsal.words("circulate rehearsal --until 2026-04-01 --rule '1 of 3'")
    assert "schooling@1: agreed without malta, spain, and not asked about again" in out
    assert "call c2 off and add --whole" in out
    rehearsal.does("decide schooling --as spain --abstain", "decide schooling --as spain --accept-late 'It abstains'")
    rehearsal.does("close c2 --call-off 'All are to be asked'")
    out = rehearsal.words("circulate rehearsal --until 2026-04-01 --rule '1 of 3'")
    assert "schooling@1: agreed without malta, and not asked about again" in out
    rehearsal.does("close c3 --call-off 'All are to be asked'")
    assert "without" not in rehearsal.does("circulate rehearsal --until 2026-04-01 --rule '1 of 3' --whole")


def test_one_character_lapses_every_approval_and_shows_it(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve("c1", "malta")
    rehearsal.does("decide c1 --as malta --reserve 'Our law differs' -l en", "close c1")
    rehearsal.edit("detention", "is detained", "is not detained")
    assert row(rehearsal, "detention") == {
        "albania": "approved ~1",
        "malta": "reserved ~1",
        "spain": "approved ~1",
        "turkiye": "pending",
    }
    out = rehearsal.does("status rehearsal")
    assert "detention has changed since @1" in out
    assert "{+not +}" in out
    assert "approved @1, lapsed: albania, spain" in out
    assert "reserved @1, lapsed: malta" in out
    rehearsal.edit("detention", "is not detained", "is detained")
    assert row(rehearsal, "detention")["albania"] == "approved", "nobody was asked: it has not happened"


def test_an_old_text_restored_is_not_revived(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.edit("detention", "is detained", "is ever detained")
    out = rehearsal.does("circulate rehearsal --until 2026-04-01")
    rehearsal.edit("detention", "is ever detained", "is detained")
    assert row(rehearsal, "detention")["albania"] == "approved ~1"
    assert "goes back to words of before" in rehearsal.refuses("circulate rehearsal --until 2026-04-01")
    out = rehearsal.does("circulate rehearsal --until 2026-04-01 --confirm")
    assert "c2 is still open: what is decided there counts for its words alone" in out
    assert status(rehearsal)["rows"][0]["current"]["version"] == 3
    assert row(rehearsal, "detention")["albania"] == "approved ~1"


def test_a_courtesy_translation_lapses_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    path = rehearsal.root / "statements/clauses/test/detention.yml"
    pinned = digest("*No child* is detained")
    more = (
        f'translations:\n  ar:\n    source: en\n    digest: "{pinned}"\n    status: unchecked\n    text: |-\n      نص\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert status(rehearsal)["causes"] == []


def test_who_spoke_and_what_proves_it_are_kept(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    (rehearsal.root / "mail.eml").write_text("We approve.")
    rehearsal.does("decide c1 --as malta --approve --by 'A. Person' --evidence mail.eml --channel letter")
    assert status(rehearsal)["missing"].keys() == {"albania", "spain"}


OTHER = """
id: other
form: statement
title: {en: Another rehearsal, fr: Une autre répétition}
networks: [aom]
members: [albania, malta, spain]
languages: [en, fr]
adoption: {mode: each, rule: consensus}
sections:
  - id: s
    style: prose
    clauses: [schooling]
"""


def test_approvals_carry_to_another_document_while_the_text_is_unchanged(rehearsal: Rehearsal) -> None:
    """19: of a clause that is agreed wording nobody is asked again; of the new document everybody is."""
    (rehearsal.root / "statements/statements/other.yml").write_text(OTHER.lstrip("\n"), encoding="utf-8")
    rehearsal.adopted()
    out = rehearsal.does("circulate other --until 2026-04-01")
    assert "1 to decide on" in out
    assert "already agreed wording: schooling@1" in out
    rehearsal.all_approve("c2")
    rehearsal.does("close c2", "release other -f md")
    rehearsal.does("decide schooling --as spain --withdraw 'Our board disagrees' -c c1")
    assert "schooling@1: spain has taken back its approval" in rehearsal.refuses("release rehearsal")


def test_who_is_validated_counts_in_what_opens_afterwards(rehearsal: Rehearsal) -> None:
    """23: what it had answered while it waited counts then, and never in what was open before."""
    rehearsal.circulates()
    rehearsal.does("decide detention --as turkiye --approve")
    path = rehearsal.root / "statements/institutions.yml"
    head, mark, tail = path.read_text(encoding="utf-8").partition("\n  turkiye:\n")
    path.write_text(head + mark + tail.replace("status: pending", "status: active", 1), encoding="utf-8")
    rehearsal.all_approve()
    rehearsal.does("close c1")
    rehearsal.edit("schooling", "goes to", "went to")
    out = rehearsal.does("circulate rehearsal --until 2026-04-01 --whole")
    assert "turkiye  schooling@2, rehearsal@2" in out, "on detention@1 it has decided"
    assert "(invited" not in out
    rehearsal.all_approve("c2")
    assert "turkiye has not decided on schooling and rehearsal" in rehearsal.refuses("close c2")


def test_how_a_decision_is_proved_is_on_record(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    assert "what was signed is missing" in rehearsal.refuses("decide c1 --as malta --approve --signed", 2)
    (rehearsal.root / "letter.pdf").write_bytes(b"signed by hand")
    rehearsal.does("decide detention --as malta --approve --signed --evidence letter.pdf --channel letter")
    rehearsal.does("decide schooling --as malta --approve --evidence letter.pdf")
    log = rehearsal.does("register log --about malta")
    assert log.count(", signed, evidence") == 1
    assert log.count(", recorded, evidence") == 1


def test_all_that_a_member_said_in_a_circulation_is_taken_back_and_accepted_at_once(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide detention --as malta --approve")
    out = rehearsal.does("decide c1 --as malta --withdraw 'Our plenary meets first'")
    assert out.count("not written") == 2
    assert out.count("it takes back event") == 1
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("decide schooling --as malta --approve")
    assert rehearsal.does("decide c1 --as malta --accept-late 'The mail was slow'").count("not written") == 2
    assert "nothing on detention@1" in rehearsal.refuses("decide detention --as malta --withdraw 'Again'")
    assert "no late decision" in rehearsal.refuses("decide detention --as malta --accept-late 'Again'")


def test_a_circulation_that_cannot_be_leaves_no_register(rehearsal: Rehearsal) -> None:
    rehearsal.refuses("circulate rehearsal --until '2026-02-02 18:00' --rule 'silence 7 days'", 2)
    assert not (rehearsal.root / "register.db").exists()


def test_what_is_put_again_is_open_though_it_was_agreed(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does(*(f"decide c1 --as {one} --approve" for one in ASKED), "close c1")
    assert {one["word"] for one in status(rehearsal)["rows"]} == {"agreed"}
    rehearsal.does("circulate rehearsal --until 2026-05-01 --whole")
    assert {(one["word"], one["circulation"]) for one in status(rehearsal)["rows"]} == {("open", "c2")}
    rehearsal.does("close c2 --call-off 'Once was enough.'")
    assert {one["word"] for one in status(rehearsal)["rows"]} == {"agreed"}
