"""Packets that came back, through the command: what is recorded, what is named, and that nothing else happens."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from pathlib import Path

import pytest

from desk import clause
from paraph.__main__ import main
from paraph.model.event import AmendmentProposed, Choice, Decided, Event, EvidenceClass, PacketReturned, Receipt
from paraph.register.store import Register
from paraph.workflow.approvals.circulation import circulate
from paraph.workflow.approvals.close import close
from paraph.workflow.packets.propose import propose
from paraph.workflow.packets.write import write_packets
from paraph.workflow.record.membership import keep
from pen import Pen
from rehearsal import Past
from test_returned import AT, DECLARATION, rehearsal, token

RECEIVED = ("--received", "2026-03-05 10:00")


@pytest.fixture
def office(tmp_path: Path, past: Past) -> Path:
    return past.copy("office", tmp_path / "office", rehearsal)


def pen(root: Path, member: str = "malta", circulation: str = "c1") -> Pen:
    (one,) = write_packets(root, circulation, (member,), None, AT, lambda _: token(member + circulation))
    return Pen.on(one.files[0].read_bytes())


def sent_back(root: Path, answered: Pen, name: str = "c1-malta.docx") -> str:
    path = root / name
    path.write_bytes(answered.data())
    return str(path)


def known(root: Path, name: str = "Ana Borg", member: str = "malta") -> None:
    """As when somebody has looked at a packet with that name before."""
    register = Register.open("sqlite:///register.db", root)
    register.person(name, member)
    register.close()


def read(root: Path, *arguments: str) -> int:
    return main(["-C", str(root), "packet", "read", *arguments])


def events(root: Path) -> list[Event]:
    register = Register.open("sqlite:///register.db", root)
    with register.reading() as reader:
        found = list(reader.events())
    register.close()
    return found


def decided(root: Path) -> list[tuple[str, Choice, str]]:
    facts = [event.fact for event in events(root)]
    return [(str(one.subject), one.choice, one.text) for one in facts if isinstance(one, Decided)]


def test_what_is_clear_is_recorded_with_the_file_and_the_token(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.tick(2, "object")
    one.words(2, "This does too little.")
    one.change(2, "fr", "voir", "savoir", "Ben")
    one.person("Ana Borg")
    known(office)
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 0, capsys.readouterr()
    assert decided(office) == [("wait@1", Choice.APPROVE, ""), ("see@1", Choice.OBJECT, "This does too little.")]
    made = {type(event.fact): event for event in events(office)}
    amendment, back = made[AmendmentProposed], made[PacketReturned]
    assert isinstance(amendment.fact, AmendmentProposed)
    assert isinstance(back.fact, PacketReturned)
    assert (amendment.fact.language, amendment.fact.text) == ("fr", "Demandent aux États\nde savoir\nd’entendre")
    assert amendment.fact.receipt.grade is EvidenceClass.TOKEN
    assert amendment.fact.receipt.evidence == (back.fact.file,)
    register = Register.open("sqlite:///register.db", office)
    with register.reading() as reader:
        assert reader.evidence(back.fact.file) == (office / "c1-malta.docx").read_bytes()
        names = {person.id: person.name for person in reader.persons()}
    register.close()
    assert (names[back.by], names[amendment.by]) == ("Ana Borg", "Ben")


def test_a_script_records_nothing_where_anything_is_unclear(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.tick(2, "approve")
    one.tick(2, "object")
    before = len(events(office))
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 1
    assert "more than one choice" in capsys.readouterr().err
    assert len(events(office)) == before


def test_a_person_records_what_is_clear(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.tick(2, "approve")
    one.tick(2, "object")
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", lambda text, **_: not asked.append(text))
    assert read(office, sent_back(office, one), *RECEIVED) == 1
    assert decided(office) == [("wait@1", Choice.APPROVE, "")]
    assert "left out: 2 see@1. Ask malta" in capsys.readouterr().out
    assert len(asked) == 1


def answering(monkeypatch: pytest.MonkeyPatch, **answers: bool) -> list[str]:
    """Answers each question by the first of its words that is given, underscores for spaces; all others with yes."""
    asked: list[str] = []

    def answer(text: str, **_: object) -> bool:
        asked.append(text)
        return next((value for words, value in answers.items() if words.replace("_", " ") in text), True)

    monkeypatch.setattr("click.confirm", answer)
    return asked


def test_words_outside_all_texts_are_asked_about_by_themselves(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.tick(2, "approve")
    one.after_table(1, "Well done.")
    one.at_top("Sent from Valletta")
    asked = answering(monkeypatch, Record_it_as_a_comment_on_3=False)
    assert read(office, sent_back(office, one), *RECEIVED) == 0
    assert asked[:3] == [
        "Look: outside all fields stands “Sent from Valletta”, above 1 wait@1. Does it leave what is decided as it is?",
        "Record it as a comment on 3 ours@1?",
        "Look: outside all fields stands “Well done.”, below the decision table of 1 wait@1, above 2 see@1."
        " Does it leave what is decided as it is?",
    ]
    assert decided(office) == [
        ("wait@1", Choice.APPROVE, ""),
        ("wait@1", Choice.COMMENT, "Well done."),
        ("see@1", Choice.APPROVE, ""),
    ]


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        ({"leave_what": False}, ["see@1", "ours@1"]),
        ({"leave_what": False, "about_1_wait@1_alone": False}, ["ours@1"]),
        ({"leave_what": False, "alone?": False}, []),
    ],
)
def test_words_between_two_texts_that_are_a_condition_leave_out_what_they_are_about(
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: dict[str, bool],
    taken: list[str],
) -> None:
    one = pen(office)
    for place in (1, 2, 3):
        one.tick(place, "approve")
    one.after_table(1, "Only if it is short.")
    answering(monkeypatch, **answers)
    assert read(office, sent_back(office, one), *RECEIVED) == 1
    assert decided(office) == [(one, Choice.APPROVE, "") for one in taken]
    assert "left out: 1 wait@1. Ask malta" in capsys.readouterr().out


def test_words_for_all_that_are_a_condition_leave_out_everything(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.at_top("Only if it is short.")
    asked = answering(monkeypatch, leave_what=False)
    assert read(office, sent_back(office, one), *RECEIVED) == 1
    assert decided(office) == []
    assert asked[-1].startswith("Record that it came, and nothing that it says?")
    (back,) = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert [str(one) for one in back.unrecorded] == ["wait@1", "see@1", "ours@1"], "the words may be about each"


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, [("wait@1", Choice.COMMENT, "A typo?")]),
        ({"leave_what": False}, []),
        ({"as_a_comment": False}, []),
    ],
)
def test_a_packet_with_nothing_but_words_outside_is_no_dead_end(
    office: Path, monkeypatch: pytest.MonkeyPatch, answers: dict[str, bool], found: list[object]
) -> None:
    one = pen(office)
    one.after_table(1, "A typo?")
    asked = answering(monkeypatch, **answers)
    read(office, sent_back(office, one), *RECEIVED)
    assert decided(office) == found
    (back,) = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert [str(one) for one in back.unrecorded] == (["wait@1"] if "leave_what" in answers else [])
    assert asked[-1].startswith("Record that it came back blank?") is ("as_a_comment" in answers)


@pytest.mark.parametrize("where", ["on the cover", "at the answer for all"])
@pytest.mark.parametrize(("answers", "waiting"), [({}, 0), ({"leave_what": False}, 3)])
def test_a_comment_at_no_text_is_asked_about_as_words_outside_are(
    office: Path, monkeypatch: pytest.MonkeyPatch, where: str, answers: dict[str, bool], waiting: int
) -> None:
    """The texts without a tick would pass in silence, and the comment is about them."""
    one = pen(office)
    one.tick(1, "approve")
    if where == "on the cover":
        one.comment(0, "person", "The rest we cannot accept")
    else:
        one.comment(4, "approve", "The rest we cannot accept")
    answering(monkeypatch, **answers)
    read(office, sent_back(office, one), *RECEIVED)
    said = [("wait@1", Choice.APPROVE, ""), ("ours@1", Choice.COMMENT, "The rest we cannot accept")]
    assert decided(office) == ([] if answers else said)
    (back,) = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert len(back.unrecorded) == waiting
    if not answers:
        said_by = {event.by for event in events(office) if isinstance(event.fact, Decided) and event.fact.text}
        register = Register.open("sqlite:///register.db", office)
        with register.reading() as reader:
            assert [one.name for one in reader.persons() if one.id in said_by] == ["Ana"], "whose comment it is"
        register.close()


def second_circulation(root: Path, until: str = "2026-03-20 18:00") -> None:
    """The same clauses in another document."""
    other = DECLARATION.replace("id: ours", "id: other").replace(
        "title: {en: Ours, fr: La nôtre}", "title: {en: B, fr: B}"
    )
    (root / "statements" / "declarations" / "other.yml").write_text(textwrap.dedent(other), encoding="utf-8")
    circulate(root, "other", until=until, rule="consensus", at=AT)


@pytest.mark.parametrize("how", ["approve", "all left open"])
def test_two_packets_that_say_otherwise_on_one_text_are_looked_at(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    second_circulation(office)
    one, other = pen(office), pen(office, circulation="c2")
    one.tick(1, "object")
    one.words(1, "This does too little.")
    other.tick(1 if how == "approve" else 4, "approve")
    files = sent_back(office, one), sent_back(office, other, "c2-malta.docx")
    assert read(office, *files, "--yes", *RECEIVED) == 1
    said = f"{files[0]} says “object”" if how == "approve" else f"{files[1]} says “approve”"
    assert f"{said} on it: which one holds?" in capsys.readouterr().err
    assert decided(office) == []
    answering(monkeypatch, **{"wait@1: approve": False})
    assert read(office, *files, *RECEIVED) == (1 if how == "approve" else 0)
    wait = [(choice, words) for subject, choice, words in decided(office) if subject == "wait@1"]
    assert wait == [(Choice.OBJECT, "This does too little.")]


@pytest.mark.parametrize("how", ["at top", "a condition", "unclear"])
def test_a_plain_packet_does_not_settle_what_stands_in_the_one_beside_it(
    office: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Of two circulations: what nobody would take of the one, the other must not approve in the same minute."""
    second_circulation(office)
    one, other = pen(office), pen(office, circulation="c2")
    if how == "at top":
        one.at_top("We object to all of these texts.")
    elif how == "a condition":
        one.tick(1, "approve")
        one.words(1, "Only if the reports are public.")
    else:
        one.at_top("Object")
    other.tick(1, "approve")
    files = sent_back(office, one), sent_back(office, other, "c2-malta.docx")
    asked = answering(monkeypatch, **{"leave_what": False, "wait@1: approve": False})
    assert read(office, *files, *RECEIVED) == 1
    assert [text for text in asked if text.startswith("1 wait@1: approve, to be looked at")]
    assert not [one for one in decided(office) if one[:2] == ("wait@1", Choice.APPROVE)]


def test_a_tick_after_an_answer_that_waits_is_looked_at(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second_circulation(office)
    one, other = pen(office), pen(office, circulation="c2")
    one.tick(1, "approve")
    one.words(1, "Only if the reports are public.")
    assert read(office, sent_back(office, one), "--leave", "1", "--yes", *RECEIVED) == 1
    other.tick(1, "approve")
    assert read(office, sent_back(office, other, "c2-malta.docx"), "--yes", *RECEIVED) == 1
    assert "what malta answered on it before is not settled: does this settle it?" in capsys.readouterr().err
    assert not [one for one in decided(office) if one[1] is Choice.APPROVE]


@pytest.mark.parametrize("how", ["late", "taken back"])
def test_what_came_late_or_was_taken_back_is_not_among_what_was_left_open(
    office: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    second_circulation(office, "2026-04-20 18:00")
    one, other = pen(office), pen(office, circulation="c2")
    answering(monkeypatch)
    if how == "late":
        one.tick(1, "approve")
        one.tick(1, "object")
        read(office, sent_back(office, one), "--received", "2026-03-23 10:00")
    else:
        one.tick(1, "approve")
        read(office, sent_back(office, one), *RECEIVED)
        received = ("--received", "2026-03-05 11:00")
        back = ["decide", "wait@1", "--as", "malta", "-c", "c1", "--withdraw", "The ministry must see it", *received]
        assert main(["-C", str(office), *back]) == 0
    other.tick(4, "approve")
    before = len(decided(office))
    assert read(office, sent_back(office, other, "c2-malta.docx"), "--received", "2026-03-24 10:00") == 1
    assert [one[0] for one in decided(office)[before:]] == ["see@1"]


def test_that_a_packet_came_and_nothing_that_it_says_is_no_silence_on_any_text(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands at one text may be about the others."""
    one = pen(office)
    one.tick(1, "approve")
    one.words(1, "This one only. The others we cannot accept.")
    answering(monkeypatch, Record_what=False)
    read(office, sent_back(office, one), *RECEIVED)
    (back,) = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert [str(one) for one in back.unrecorded] == ["wait@1", "see@1", "ours@1"]


def test_what_waits_is_not_among_what_was_left_open(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an answer that nobody could record, a tick for all other texts says nothing."""
    second_circulation(office)
    one, other = pen(office), pen(office, circulation="c2")
    one.tick(1, "approve")
    one.tick(1, "object")
    one.change(2, "fr", "voir", "savoir", "Ben")
    other.tick(4, "approve")
    answering(monkeypatch)
    read(office, sent_back(office, one), *RECEIVED)
    assert read(office, sent_back(office, other, "c2-malta.docx"), *RECEIVED) == 1
    assert decided(office) == []
    backs = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert [str(one) for one in backs[-1].unrecorded] == ["wait@1", "see@1"]


def test_without_a_yes_nothing_is_recorded(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = pen(office)
    one.tick(1, "approve")
    before = len(events(office))
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    assert read(office, sent_back(office, one), *RECEIVED) == 1
    assert len(events(office)) == before


def test_a_decision_that_is_a_condition_is_left_out(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.tick(2, "approve")
    one.words(2, "except the last line")
    file = sent_back(office, one)
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, file, "--leave", "9", *RECEIVED) == 2
    assert read(office, file, "--leave", "1", "--yes", *RECEIVED) == 1
    assert decided(office) == []
    assert read(office, file, "--leave", "2", "--yes", *RECEIVED) == 1
    assert decided(office) == [("wait@1", Choice.APPROVE, ""), ("see@1", Choice.COMMENT, "except the last line")]
    assert "left out: 2 see@1. Ask malta" in capsys.readouterr().out


def test_each_decision_to_be_looked_at_is_asked_by_itself(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.tick(2, "approve")
    one.words(2, "except the last line")
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", lambda text, **_: asked.append(text) or "to be looked at" not in text)
    assert read(office, sent_back(office, one), *RECEIVED) == 1
    assert asked[0] == "2 see@1: approve, to be looked at. Take it?"
    assert len(asked) == 2
    assert decided(office) == [("wait@1", Choice.APPROVE, ""), ("see@1", Choice.COMMENT, "except the last line")]
    assert "left out: 2 see@1. Ask malta" in capsys.readouterr().out


@pytest.mark.parametrize(("author", "looked"), [("Ana", True), ("", False)])
def test_words_struck_in_an_rtf_of_libreoffice_are_looked_at(
    office: Path, monkeypatch: pytest.MonkeyPatch, author: str, *, looked: bool
) -> None:
    """The file is a DOCX here, and read as one; what is said of an RTF is said of it."""
    monkeypatch.setattr("paraph.review.returned.rtf.strikes_too_much", lambda data: data.startswith(b"PK"))
    one, later = pen(office), AT + dt.timedelta(days=1)
    one.change(2, "en", "to hear", "", author)
    (made,) = propose(office, [Path(sent_back(office, one))], Receipt(received=later, channel="mail"), later)
    answer = made.returned.answers[1]
    assert answer.amendments
    assert any("ask for DOCX or ODT" in one for one in answer.look) is looked


@pytest.mark.parametrize("taken", [True, False])
def test_other_words_to_be_looked_at_are_asked_about_by_themselves(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    one = pen(office)
    one.change(2, "en", "to hear", "to listen", "Ana")
    one.out_of_list(2, 2)
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", lambda text, **_: asked.append(text) or taken or "Take them" not in text)
    assert read(office, sent_back(office, one), *RECEIVED) == (0 if taken else 1)
    assert asked[0] == "2 see@1: other words, to be looked at. Take them?"
    made = [event.fact for event in events(office) if isinstance(event.fact, AmendmentProposed)]
    assert len(made) == taken
    assert ("left out: 2 see@1. Ask malta" in capsys.readouterr().out) is not taken


@pytest.mark.parametrize("how", ["struck by hand", "looked at"])
def test_other_words_that_the_page_speaks_against_are_recorded_by_nobody_unseen(
    office: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    one = pen(office)
    one.change(2, "fr", "voir", "savoir", "Ben")
    if how == "looked at":
        one.out_of_list(2, 1)
        assert read(office, sent_back(office, one), "--leave", "2", "--yes", *RECEIVED) == 1
    else:
        one.strike_in(2, "text-en")
        asked = answering(monkeypatch, other_words=False)
        assert read(office, sent_back(office, one), *RECEIVED) == 1
        assert any("2 see@1: other words, unclear. Take them?" in text for text in asked)
    assert not [event for event in events(office) if isinstance(event.fact, AmendmentProposed)]
    (back,) = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert [str(one) for one in back.unrecorded] == ["see@1"]


def test_json_stands_alone_on_standard_output(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.tick(1, "approve")
    file = sent_back(office, one)
    capsys.readouterr()
    assert read(office, file, "--json", "--yes", *RECEIVED) == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)) == 1
    assert "events " in said.err


def test_the_same_file_twice(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.tick(1, "approve")
    file = sent_back(office, one)
    assert read(office, file, "--yes", *RECEIVED) == 0
    count = len(events(office))
    assert read(office, file, "--yes", *RECEIVED) == 1
    assert "recorded already" in capsys.readouterr().err
    assert len(events(office)) == count


def test_a_used_token_proves_nothing_more(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 0
    one.sign(1, "approve", "☐")
    one.state(1, "approve", "0")
    one.tick(1, "abstain")
    again = sent_back(office, one, "again.docx")
    assert read(office, again, "--yes", *RECEIVED) == 1
    assert "an answer with this token was recorded already" in capsys.readouterr().err
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, again, "--received", "2026-03-06 00:00") == 0
    last = [event.fact for event in events(office) if isinstance(event.fact, Decided)][-1]
    assert (last.choice, last.receipt.grade) == (Choice.ABSTAIN, EvidenceClass.RECORDED)


@pytest.mark.parametrize("first", ["object", "approve"])
def test_another_packet_takes_no_decision_back_unseen(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """A packet that was written twice has two tokens: the older file may come back last."""
    older = pen(office)
    write_packets(office, "c1", ("malta",), None, AT, lambda _: token("secondmalta"))
    newer = Pen.on((office / "build" / "packets" / "c1" / "c1-malta.docx").read_bytes())
    for one, choice in ((newer, first), (older, "approve" if first == "object" else "object")):
        one.tick(1, choice)
        if choice == "object":
            one.words(1, "This suits no law of ours.")
    assert read(office, sent_back(office, newer), "--yes", "--received", "2026-03-05 10:00") == 0
    said = decided(office)
    for day in ("2026-03-04 10:00", "2026-03-06 10:00"):
        assert read(office, sent_back(office, older), "--yes", "--received", day) == 1
        assert f"look: malta said “{first}” on it before (event " in capsys.readouterr().out
    assert decided(office) == said
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, sent_back(office, older), "--received", "2026-03-06 10:00") == 0
    assert len(decided(office)) == 2


def test_the_same_decision_in_another_packet_is_passed(office: Path) -> None:
    older = pen(office)
    write_packets(office, "c1", ("malta",), None, AT, lambda _: token("secondmalta"))
    newer = Pen.on((office / "build" / "packets" / "c1" / "c1-malta.docx").read_bytes())
    for one in (newer, older):
        one.tick(1, "approve")
        assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 0


def test_another_members_token(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pen(office, "albania")
    one = pen(office)
    one.tick(1, "approve")
    for old, new in ((token("maltac1"), token("albaniac1")),):
        one.property("paraph.token", new)
        one.replace(old, new)
        for name in [part for part in one.parts if "foot" in part or "head" in part]:
            one.parts[name] = one.parts[name].replace(old.encode(), new.encode())
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 1
    assert "its token is that of albania" in capsys.readouterr().err
    assert decided(office) == []


def test_a_token_of_no_packet(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.property("paraph.token", token("nobody"))
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 1
    assert "different tokens" in capsys.readouterr().err
    one.replace(token("maltac1"), token("nobody"))
    for name in [part for part in one.parts if "foot" in part or "head" in part]:
        one.parts[name] = one.parts[name].replace(token("maltac1").encode(), token("nobody").encode())
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 1
    assert "its token is that of no packet written for malta" in capsys.readouterr().err


def test_a_packet_of_another_register_is_none_of_this(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same circulation, member, clauses and words, in the rehearsal that somebody made before."""
    one = pen(office)
    one.property("paraph.head", "9:" + "0" * 64)
    (file,) = [part for part, data in one.parts.items() if b"paraph.token" in data]
    one.parts[file] = one.parts[file].replace(token("maltac1").encode(), token("other").encode())
    one.replace(token("maltac1"), token("other"))
    for name in [part for part in one.parts if "foot" in part or "head" in part]:
        one.parts[name] = one.parts[name].replace(token("maltac1").encode(), token("other").encode())
    one.tick(1, "approve")
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, sent_back(office, one), *RECEIVED) == 1
    assert "it was written from another register: 9:" in capsys.readouterr().out
    assert decided(office) == []


def test_a_token_of_nobody_is_asked_about(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.property("paraph.token", token("nobody"))
    one.replace(token("maltac1"), token("nobody"))
    for name in [part for part in one.parts if "foot" in part or "head" in part]:
        one.parts[name] = one.parts[name].replace(token("maltac1").encode(), token("nobody").encode())
    one.tick(1, "approve")
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", lambda text, **_: bool(asked.append(text)))
    assert read(office, sent_back(office, one), *RECEIVED) == 1
    assert asked[0] == "Look: its token is that of no packet written for malta Go on?"
    assert decided(office) == []


def test_two_packets_in_one(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pen(office, "albania")
    one = pen(office)
    one.property("paraph.member", "albania")
    one.property("paraph.token", token("albaniac1"))
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 1
    said = capsys.readouterr().err
    assert "its properties say c1 of albania" in said
    assert "its pages say c1 of malta" in said


def test_late_after_the_deadline_and_after_the_close(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    file = sent_back(office, one)
    assert read(office, file, "--yes", "--received", "2026-04-01 00:00") == 1
    assert "its token has expired" in capsys.readouterr().err
    close(office, "c1", dt.datetime(2026, 3, 21, tzinfo=dt.UTC))
    assert read(office, file, "--yes", "--received", "2026-04-01 00:00") == 1
    assert "c1 is closed" in capsys.readouterr().err
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, file, "--received", "2026-04-01 00:00") == 0
    assert "counts for nothing until it is accepted" in capsys.readouterr().out
    (fact,) = [event.fact for event in events(office) if isinstance(event.fact, Decided)]
    assert fact.receipt.grade is EvidenceClass.RECORDED


def test_an_answer_to_words_that_have_moved_on(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    file = sent_back(office, one)
    close(office, "c1", dt.datetime(2026, 3, 21, tzinfo=dt.UTC))
    ((name, text),) = clause("wait", "*Call upon* States to act", "*Demandent* aux États d’agir").items()
    (office / name).write_text(text, encoding="utf-8")
    circulate(office, "ours", until="2026-04-20", rule="consensus", at=dt.datetime(2026, 3, 22, tzinfo=dt.UTC))
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, file, "--received", "2026-03-23 00:00") == 0
    said = capsys.readouterr().out
    assert "lapsed: the text has moved on to version 2, and this counts for version 1 alone" in said
    assert decided(office) == [("wait@1", Choice.APPROVE, "")]


def test_a_comment_without_its_words_is_named_and_nobody_records_it_unseen(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = pen(office)
    one.tick(1, "abstain")
    one.comment(1, "text-en", "", "Ana")
    assert read(office, sent_back(office, one), "--yes") == 1
    assert "  2 to 3: no decision\n" in capsys.readouterr().out
    one.comment(2, "text-en", "", "Ana")
    assert read(office, sent_back(office, one), "--yes") == 1
    said = capsys.readouterr().out
    assert "comment by Ana at “Call upon States to wait" in said
    assert said.count("its words did not come back") == 2
    assert said.count("look: a comment came back without its words: ask for them") == 2


def test_what_is_no_packet(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from word_files import p, word

    (office / "other.docx").write_bytes(word(p("Dear colleagues")))
    (office / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    assert read(office, str(office / "other.docx"), str(office / "old.doc"), str(office / "gone.docx"), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert ["no packet" in found[0]["stops"], "(.doc)" in found[1]["stops"], "cannot be read" in found[2]["stops"]] == [
        True,
        True,
        True,
    ]


def test_json_says_what_is_proposed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.change(1, "en", "wait", "act", "Ana")
    assert read(office, sent_back(office, one), "--json", *RECEIVED) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["clear"] is True
    assert found["returned"]["answers"][0]["amendments"][0]["difference"].startswith("Call upon States to [-wait-]")


def test_an_amendment_breaks_silence(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.change(1, "en", "wait", "act", "Ana")
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 0
    assert decided(office) == []
    capsys.readouterr()
    assert main(["-C", str(office), "status", "c1"]) in (0, 1)
    assert "malta" in capsys.readouterr().out


def test_what_came_back_before_it_was_written_is_refused(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.tick(1, "approve")
    reply = sent_back(office, one)
    assert read(office, reply, "--yes", "--received", "2026-02-28 10:00") == 1
    assert "nothing was received in it on 2026-02-28" in capsys.readouterr().out
    assert decided(office) == []


@pytest.mark.parametrize("behind", [" No, we object", " We cannot approve this", " Sans réserve"])
def test_a_script_takes_no_reservation_from_words_behind_a_tick(
    office: Path, capsys: pytest.CaptureFixture[str], behind: str
) -> None:
    one = pen(office)
    one.tick(1, "reserve")
    one.beside(1, "reserve", behind)
    known(office)
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 1
    assert behind.strip() in capsys.readouterr().out
    assert decided(office) == []


@pytest.mark.parametrize(
    ("member", "leaves", "said"),
    [
        ("malta", True, "malta has left and is not counted in c1: what it says stays on record"),
        ("turkiye", False, "turkiye awaits validation and is not counted in c1: once it is validated, what it decided"),
    ],
)
def test_of_who_is_not_counted_it_is_said_whatever_it_sends_and_nobody_is_to_ask(
    office: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    member: str,
    leaves: bool,
    said: str,
) -> None:
    one = pen(office, member)
    if leaves:
        file = office / "statements" / "institutions.yml"
        before, _, after = file.read_text(encoding="utf-8").partition(f"\n  {member}:\n")
        left = after.replace("{status: active}", "{status: left}", 1)
        file.write_text(f"{before}\n  {member}:\n{left}", encoding="utf-8")
        by_file = "by statements/institutions.yml it has left; on record it has not"
        assert read(office, sent_back(office, one, f"c1-{member}.docx"), "--json", *RECEIVED) == 0
        (found,) = json.loads(capsys.readouterr().out)
        assert ([by_file in line for line in found["standing"]], found["counted"]) == ([True], True)
        keep(office, AT, confirmed=True)
        (again,) = write_packets(office, "c1", (member,), None, AT)
        assert said in again.notes[0]
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, sent_back(office, one, f"c1-{member}.docx"), *RECEIVED) == 0
    out = capsys.readouterr().out
    assert said in out
    assert f"{member} is not counted: nobody waits for it." in out
    one.tick(1, "approve")
    one.tick(1, "object")
    one.change(2, "fr", "voir", "savoir", "Ben")
    assert read(office, sent_back(office, one, f"c1-{member}.docx"), *RECEIVED) == 1
    out = capsys.readouterr().out
    assert out.count(said) == 1
    assert f"Nobody waits for {member}, which is not counted." in out
    assert "Ask " not in out
