"""What a member answered in a packet and was not recorded: no approval, and no silence either. Rehearsals all."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from io import BytesIO

import pytest

from pen import DOCUMENT, Pen
from rehearsal import Rehearsal

LEFT = "Answered, not recorded: see the packet"
AFTER = "2026-03-02"


@pytest.fixture
def asked(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    """Silence is consent, and everybody was told in time; who is asked to confirm says yes."""
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1")
    return rehearsal


def packet(rehearsal: Rehearsal, member: str = "malta") -> Pen:
    rehearsal.does(f"packet write c1 --member {member} -o out")
    (path,) = (rehearsal.root / "out").glob(f"*{member}*.docx")
    return Pen.on(path.read_bytes())


def back(rehearsal: Rehearsal, data: bytes, code: int = 1, name: str = "c1-malta.docx") -> str:
    (rehearsal.root / name).write_bytes(data)
    got, out = rehearsal.say(f"packet read {name}")
    assert got == code, out
    return out


def objects_without_a_reason(rehearsal: Rehearsal) -> str:
    pen = packet(rehearsal)
    pen.tick(1, "object")
    return back(rehearsal, pen.data())


def broken(data: bytes) -> bytes:
    """As LibreOffice breaks it: a tag of the text closes inside another; the properties are whole."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"</w:body>", b"</w:p></w:body>") if name == DOCUMENT else part)
    return made.getvalue()


def state(rehearsal: Rehearsal, subject: str = "detention", member: str = "malta") -> str:
    rows = json.loads(rehearsal.does("status c1 --json"))["rows"]
    return str(next(one for one in rows if one["id"] == subject)["stands"][member]["state"])


def test_an_objection_without_a_reason_is_no_silence(asked: Rehearsal) -> None:
    out = objects_without_a_reason(asked)
    assert "left out: 1 detention@1. Ask malta" in out
    assert f"{LEFT}\n  malta: detention@1" in asked.does("status c1")
    assert json.loads(asked.does("status c1 --json"))["unrecorded"] == {"malta": ["detention@1"]}
    assert "packet of c1 came back from malta; answered, not recorded: detention@1" in asked.does("log detention")
    asked.moves_to(AFTER)
    said = asked.refuses("close c1")
    assert "malta answered on detention@1: see its packet" in said
    assert "spain" not in said
    code, said = asked.say("close c1 --unsettled 'Nobody answers at the office.'")
    assert code == 1
    assert "detention@1  NOT ADOPTED: 2 silent, 1 pending" in said
    assert "malta has not decided" in said
    assert "schooling@1  adopted: 3 tacit" in said
    assert (state(asked), state(asked, "schooling"), state(asked, member="spain")) == ("pending", "tacit", "pending")
    assert "reason: Nobody answers at the office." in asked.does("log c1")
    asked.does("register verify")


def test_a_decision_settles_it(asked: Rehearsal) -> None:
    objects_without_a_reason(asked)
    asked.does("decide detention --as malta --approve")
    assert LEFT not in asked.does("status c1")
    asked.moves_to(AFTER)
    assert "detention@1  adopted: 2 tacit, 1 approved" in asked.does("close c1")


def test_a_decision_that_was_received_before_does_not(asked: Rehearsal) -> None:
    """What was approved before stands, but the last word of the member is not known."""
    asked.does("decide detention --as malta --approve")
    objects_without_a_reason(asked)
    assert state(asked) == "approved"
    asked.moves_to(AFTER)
    assert "malta answered on detention@1" in asked.refuses("close c1")
    out = asked.does("decide detention --as malta --approve --received '2026-02-20 10:00'")
    assert "not written" not in out
    asked.does("close c1")


def test_a_decision_taken_back_settles_nothing(asked: Rehearsal) -> None:
    objects_without_a_reason(asked)
    asked.does("decide detention --as malta --approve", "decide detention --as malta --withdraw 'By mistake.'")
    asked.moves_to(AFTER)
    assert "malta answered on detention@1" in asked.refuses("close c1")


def test_the_secretariat_settles_it_with_a_reason(asked: Rehearsal) -> None:
    objects_without_a_reason(asked)
    assert "the reason is missing" in asked.refuses("decide detention --as malta --settle ''", 2)
    assert "answered nothing on schooling@1" in asked.refuses("decide schooling --as malta --settle 'No.'")
    assert "answered nothing on detention@1" in asked.refuses("decide detention --as spain --settle 'No.'")
    asked.does("decide c1 --as malta --settle 'A slip of the mouse, says its letter.'")
    assert "reason: A slip of the mouse" in asked.does("log detention")
    assert LEFT not in asked.does("status c1")
    assert "answered nothing on detention@1" in asked.refuses("decide detention --as malta --settle 'Again.'")
    asked.moves_to(AFTER)
    assert "no answer in c1 is left to settle" in asked.refuses("close c1 --unsettled 'None.'", 2)
    assert "detention@1  adopted: 3 tacit" in asked.does("close c1")
    asked.does("register verify")


def test_a_decision_that_says_not_on_what_may_be_about_any_text(asked: Rehearsal) -> None:
    pen = packet(asked)
    pen.tick(2, "approve")
    pen.at_top("[x] Object")
    out = back(asked, pen.data())
    assert "outside all fields stands a decision" in out
    assert "malta: detention@1 and rehearsal@1" in asked.does("status c1")


def test_a_decision_that_was_left_out_is_no_silence(asked: Rehearsal) -> None:
    pen = packet(asked)
    pen.tick(2, "approve")
    pen.words(2, "except the last line")
    (asked.root / "c1-malta.docx").write_bytes(pen.data())
    assert "left out: 2 schooling@1" in asked.refuses("packet read c1-malta.docx --leave 2")
    assert "malta: schooling@1" in asked.does("status c1")
    asked.moves_to(AFTER)
    assert "malta answered on schooling@1" in asked.refuses("close c1")


REFUSAL = "We cannot live with this text."


@pytest.mark.parametrize("yes", [(), ("what is clear",), ("what is clear", "A comment only?")])
def test_words_without_a_tick_are_a_comment_only_where_a_person_says_so(
    asked: Rehearsal, monkeypatch: pytest.MonkeyPatch, yes: tuple[str, ...]
) -> None:
    pen = packet(asked)
    pen.words(1, REFUSAL)
    questions: list[str] = []

    def answer(said: str, **_: object) -> bool:
        questions.append(said)
        return any(one in said for one in (*yes, "Record that it came"))

    monkeypatch.setattr("click.confirm", answer)
    back(asked, pen.data(), code=0 if len(yes) == 2 else 1)
    assert f"1 detention@1: no decision, and the words “{REFUSAL}”. A comment only?" in questions
    asked.moves_to(AFTER)
    if len(yes) == 2:
        assert "detention@1  adopted: 3 tacit" in asked.does("close c1")
    else:
        assert (REFUSAL in asked.does("log detention")) == bool(yes)
        assert "malta answered on detention@1" in asked.refuses("close c1")
        assert state(asked) == "pending"


def test_a_blank_packet_uses_up_no_token(asked: Rehearsal) -> None:
    pen = packet(asked)
    blank, answered = asked.root / "c1-malta.docx", asked.root / "c1-malta (2).docx"
    blank.write_bytes(pen.data())
    pen.tick(1, "approve")
    answered.write_bytes(pen.data())
    assert "event" in asked.does("packet read c1-malta.docx --yes")
    assert "detention@1: approve" in asked.does("packet read 'c1-malta (2).docx' --yes")
    assert "its packet came back" not in asked.does("status c1")


def test_words_outside_all_fields_may_be_an_answer_to_every_text(
    asked: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = packet(asked)
    pen.at_top("We cannot live with any of this.")
    monkeypatch.setattr("click.confirm", lambda said, **_: "may answer every text" in said)
    assert "may be an answer. Ask malta" in back(asked, pen.data())
    assert LEFT in asked.does("status c1")


def test_a_packet_that_cannot_be_read_is_no_silence_either(asked: Rehearsal) -> None:
    data = broken(packet(asked).data())
    out = back(asked, data)
    assert "It is the packet of c1 for malta: an answer, and no silence." in out
    assert "malta: detention@1, schooling@1 and rehearsal@1" in asked.does("status c1")
    assert "no silence" not in back(asked, data)  # it is on record already
    assert asked.does("log c1").count("came back from malta") == 1
    asked.moves_to(AFTER)
    assert "malta answered on detention@1, schooling@1 and rehearsal@1" in asked.refuses("close c1")


def test_whose_it_is_must_be_known(asked: Rehearsal) -> None:
    pen = packet(asked)
    pen.property("paraph.member", "spain")
    assert "no silence" not in back(asked, broken(pen.data()))
    pen = packet(asked)
    pen.without_properties()
    assert "no silence" not in back(asked, broken(pen.data()))
    assert LEFT not in asked.does("status c1")


def test_what_came_late_counts_for_nothing(asked: Rehearsal) -> None:
    pen = packet(asked)
    pen.tick(1, "object")
    asked.now = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    back(asked, pen.data())
    assert LEFT not in asked.does("status c1")
    assert "detention@1  adopted: 3 tacit" in asked.does("close c1")


def test_a_packet_left_empty_is_silence_and_told(asked: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    pen = packet(asked)
    monkeypatch.setattr("click.confirm", lambda said, **_: said == "Record that it came back blank?")
    assert "malta has still to answer: ask it" in back(asked, pen.data(), 0)
    assert "its packet came back on" in asked.does("status c1")
    asked.does("decide detention --as malta --comment 'Hm.'")
    assert "its packet came back on" in asked.does("status c1"), "a comment decides nothing"
    assert "this very file was recorded already" in asked.refuses("packet read c1-malta.docx")
    asked.moves_to(AFTER)
    assert "detention@1  adopted: 3 tacit" in asked.does("close c1")
