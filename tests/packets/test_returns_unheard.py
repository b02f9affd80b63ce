"""What members say in packets that a slip, a second file or a colleague must not make unheard; and who said it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from paraph.__main__ import main
from paraph.errors import UsageError
from paraph.model.event import AmendmentProposed, Choice, Decided, PacketReturned, Receipt
from paraph.register.store import Register
from paraph.workflow.approvals.circulation import circulate
from paraph.workflow.packets.propose import propose
from paraph.workflow.packets.record_answers import record
from paraph.workflow.packets.write import write_packets
from pen import Pen, W
from rehearsal import Past
from test_reply import mail, saved
from test_returned import AT, rehearsal, token
from test_returns import RECEIVED, answering, decided, events, pen, read, sent_back

BODY = "word/document.xml"
AT_LAST = AT.replace(day=9)
TOO_EARLY = ("--received", "2026-02-05 10:00")


@pytest.fixture
def office(tmp_path: Path, past: Past) -> Path:
    return past.copy("office", tmp_path / "office", rehearsal)


def objecting(root: Path) -> Pen:
    one = pen(root)
    one.tick(1, "object")
    one.words(1, "This does too little.")
    return one


def copied(root: Path) -> Pen:
    """The packet that was written, to be answered once more."""
    return Pen.on((root / "build" / "packets" / "c1" / "c1-malta.docx").read_bytes())


def rewritten(root: Path) -> Pen:
    """A second packet for the member, with a token of its own."""
    (one,) = write_packets(root, "c1", ("malta",), None, AT, lambda _: token("malta again"))
    return Pen.on(one.files[0].read_bytes())


def damaged(one: Pen) -> bytes:
    """A file whose body cannot be read, and whose properties can."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(one.data())) as sent, zipfile.ZipFile(made, "w") as broken:
        for name in sent.namelist():
            broken.writestr(name, sent.read(name)[: -20 if name == BODY else None])
    return made.getvalue()


@pytest.mark.parametrize("made", [Pen.data, damaged], ids=["good", "damaged"])
def test_nothing_is_recorded_that_would_have_come_before_it_was_asked(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, made: Callable[[Pen], bytes]
) -> None:
    answering(monkeypatch)
    reply, before = office / "c1-malta.docx", len(events(office))
    one = objecting(office)
    reply.write_bytes(made(one))
    assert read(office, str(reply), *TOO_EARLY) == 1
    assert "nothing was received in it on 2026-02-05" in capsys.readouterr().out
    assert len(events(office)) == before + 1  # that it was written
    assert read(office, str(reply), *RECEIVED) == (0 if made is Pen.data else 1)
    assert isinstance(events(office)[-1].fact, PacketReturned)
    assert bool(decided(office)) == (made is Pen.data)
    assert main(["-C", str(office), "register", "verify"]) == 0


def test_whoever_asks_records_nothing_too_early(office: Path) -> None:
    reply = Path(sent_back(office, objecting(office)))
    received = AT.replace(day=5)
    (found,) = propose(office, (reply,), Receipt(received=received, channel="email"), received)
    early = replace(found, receipt=Receipt(received=AT.replace(month=2), channel="email"))
    with pytest.raises(UsageError, match="nothing was received in it"):
        record(office, early, received)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("what", ["object", "unclear", "a comment", "the same"])
def test_what_the_file_beside_it_answers_was_not_left_open(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str, *, turned: bool
) -> None:
    one = objecting(office) if what == "object" else pen(office)
    other = copied(office)
    if what == "unclear":
        one.tick(1, "approve")
        one.tick(1, "object")
    elif what == "a comment":
        one.words(1, "Only if the reports are public.")
    elif what == "the same":
        one.tick(1, "approve")
    other.tick(4, "approve")
    files = [sent_back(office, one), sent_back(office, other, "c1-malta (1).docx")]
    asked = answering(monkeypatch, A_comment_only=False)
    assert read(office, *(reversed(files) if turned else files), *RECEIVED) == (
        0 if what in ("object", "the same") else 1
    )
    expected = {"object": {Choice.OBJECT}, "the same": {Choice.APPROVE}}.get(what, set())
    assert {choice for subject, choice, _ in decided(office) if subject == "wait@1" and choice != "comment"} == expected
    assert ("see@1", Choice.APPROVE, "") in decided(office)
    left = "the 2 texts left open: 1, 2" if what == "the same" else "the 1 text left open: 2"
    assert any(left in text for text in asked)
    if what == "object":
        assert f"not left open: {files[0]} says “object” on it" in capsys.readouterr().out
    elif what != "the same":
        backs = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
        assert [[str(one) for one in back.unrecorded] for back in backs] == [["wait@1"], ["wait@1"]]


@pytest.mark.parametrize("by", ["a tick", "all left open"])
def test_a_tick_in_the_file_beside_it_takes_no_objection_back_unasked(
    office: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """Of two that contradict each other, each is asked about by name; of all left open, abstain and approve."""
    one = objecting(office) if by == "a tick" else pen(office)
    other = copied(office)
    if by == "a tick":
        other.tick(1, "approve")
    else:
        one.tick(4, "abstain")
        other.tick(4, "approve")
    asked = answering(monkeypatch, **{"wait@1: approve": False})
    read(office, sent_back(office, one), sent_back(office, other, "c1-malta (1).docx"), *RECEIVED)
    assert any("1 wait@1: approve, to be looked at. Take it?" in text for text in asked)
    assert ("wait@1", Choice.APPROVE, "") not in decided(office)


@pytest.mark.parametrize("what", ["object", "withdraw", "unclear", "close"])
def test_a_yes_is_to_what_stood_on_record_when_it_was_read(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """While somebody reads the questions, a colleague puts on record what the member said since."""
    one, other = pen(office), copied(office)
    one.tick(1, "approve")
    one.person("Ana Borg")
    reply, beside = sent_back(office, one), "c1-malta (1).docx"
    wait = ["-C", str(office), "decide", "wait@1", "--as", "malta", "-c", "c1"]
    if what == "withdraw":
        assert main([*wait, "--approve", "--received", "2026-03-05 09:00"]) == 0
    other.tick(1, "approve")
    other.tick(1, "object")
    sent_back(office, other, beside)
    done: list[int] = []

    def answer(text: str, **_: object) -> bool:
        if not done:
            done.append(0)
            if what == "unclear":
                read(office, str(office / beside), *RECEIVED)
            elif what == "close":
                main(["-C", str(office), "close", "c1", "--call-off", "the wrong deadline"])
            else:
                main([*wait, f"--{what}", "The ministry must see it first.", "--received", "2026-03-05 09:30"])
            done.append(len(events(office)))
        return True

    monkeypatch.setattr("click.confirm", answer)
    assert read(office, reply, *RECEIVED) == 1
    said = capsys.readouterr().err
    assert "since it was read" in said
    assert "Read it again." in said
    assert len(events(office)) == done[1]


def by_whom(root: Path) -> dict[str, str]:
    """What was recorded of text 1, by its words, with who said it."""
    register = Register.open("sqlite:///register.db", root)
    with register.reading() as reader:
        names = {one.id: one.name for one in reader.persons()}
        facts = [(event.fact, event.by) for event in reader.events()]
    register.close()
    said = [(one.text, by) for one, by in facts if isinstance(one, Decided | AmendmentProposed)]
    return {text: names.get(by, "") for text, by in said}


@pytest.mark.parametrize("comment", ["more", "", "We thank you and would say more."])
def test_who_said_what_is_told_by_the_field_and_not_by_the_words(
    office: Path, monkeypatch: pytest.MonkeyPatch, comment: str
) -> None:
    """A word of a comment in the field, a comment without words, and the same words in both."""
    one = pen(office)
    one.person("Ana Borg")
    one.tick(1, "approve")
    one.words(1, "We thank you and would say more.")
    one.comment(1, "text-en", comment, author="Zoe Other")
    answering(monkeypatch)
    read(office, sent_back(office, one), *RECEIVED)
    said = by_whom(office)
    assert said["We thank you and would say more."] == said[""] == "Ana Borg"
    assert [who for text, who in said.items() if text not in ("We thank you and would say more.", "")] == ["Zoe Other"]


def test_a_name_that_word_gives_passes_for_nobody_who_answers(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = pen(office), copied(office)
    one.change(1, "en", "wait", "act", "Board does not agree")
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 0
    assert "Board does not agree" in by_whom(office).values()
    other.tick(2, "approve")
    other.person("Board does not agree")
    assert read(office, sent_back(office, other), "--yes", *RECEIVED) == 1
    assert "“Board does not agree” stands for the name, and has not answered for malta" in capsys.readouterr().err
    assert decided(office) == []
    assert main(["-C", str(office), "register", "persons"]) == 0
    assert "(named by a file)  Board does not agree" in capsys.readouterr().out
    assert main(["-C", str(office), "register", "forget", "Board does not agree"]) == 0
    assert capsys.readouterr().out.rstrip().endswith(", named by a file")


@pytest.mark.parametrize("author", ["", " ", "\u200b", "\u00ad\u034f", "\u3164", None])
def test_a_change_of_whom_word_names_nobody_is_of_who_answers(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, author: str | None
) -> None:
    one = pen(office)
    one.person("Ana Borg")
    one.change(1, "en", "wait", "act", "Ben")
    one.comment(1, "text-en", "Well done.", author=author or "")
    for change in one.body.iter(f"{W}ins", f"{W}del"):
        del change.attrib[f"{W}author"]
        if author is not None:
            change.set(f"{W}author", author)
    answering(monkeypatch)
    assert read(office, sent_back(office, one), *RECEIVED) == 0
    assert "amendment (en):" in capsys.readouterr().out
    said = by_whom(office)
    assert len(said) == 2
    assert set(said.values()) == {"Ana Borg"}


def put_anew(root: Path) -> Pen:
    """The packet of the next circulation, in which text 2 has other words."""
    file = root / "statements" / "clauses" / "test" / "see.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("to hear", "to listen", 1).replace("d’entendre", "d’écouter", 1), encoding="utf-8")
    circulate(root, "ours", until="2026-03-25 18:00", rule="consensus", at=AT)
    return pen(root, circulation="c2")


@pytest.mark.parametrize("how", ["later", "before", "in one go", "in one go, turned", "all left open"])
def test_what_is_said_of_an_earlier_version_is_asked_about_beside_the_next(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    old = pen(office)
    old.tick(2, "object")
    old.words(2, "This does too little.")
    new = put_anew(office)
    new.tick(4 if how == "all left open" else 2, "approve")
    first, second = sent_back(office, old), sent_back(office, new, "c2-malta.docx")
    if how == "later":
        assert read(office, second, "--yes", *RECEIVED) == 0
        assert read(office, first, "--yes", "--received", "2026-03-06 10:00") == 1
        assert "2 see@1: malta is on record as approved on see@2" in capsys.readouterr().err
        return
    if how in ("before", "all left open"):
        assert read(office, first, "--yes", *RECEIVED) == 0
        asked = answering(monkeypatch, **{"2 see@2: approve": False})
        assert read(office, second, "--received", "2026-03-06 10:00") == 1
    else:
        files = (first, second) if how == "in one go" else (second, first)
        assert read(office, *files, "--yes", *RECEIVED) == 1
        assert f"2 see@2: {first} speaks against see@1, an earlier version" in capsys.readouterr().err
        asked = answering(monkeypatch, **{"2 see@2: approve": False})
        assert read(office, *files, *RECEIVED) == 1
    assert any("2 see@2: approve, to be looked at. Take it?" in text for text in asked)
    assert [one for one in decided(office) if one[0].startswith("see")] == [
        ("see@1", Choice.OBJECT, "This does too little.")
    ]


def in_the_name(one: Pen) -> None:
    one.person("We object to the list of duties")


def both_for_all(one: Pen) -> None:
    one.tick(4, "approve")
    one.tick(4, "abstain")


def for_all(one: Pen) -> None:
    one.tick(4, "approve")


def labels_struck(one: Pen) -> None:
    """All choices but approval, which is taken for one once a person has looked."""
    for label in ("reserve", "abstain", "object"):
        one.set_label(2, label, "strike")


@pytest.mark.parametrize("how", ["in one go", "turned", "e-mail"])
@pytest.mark.parametrize(
    "doubt",
    [
        lambda one: one.after_table(1, "We object to the list of duties."),
        lambda one: one.at_top("We object to the list of duties."),
        in_the_name,
        both_for_all,
        for_all,
        labels_struck,
    ],
    ids=["below 1", "above all", "the name", "both for all", "for all", "struck"],
)
def test_what_may_be_said_of_an_earlier_version_is_asked_about_beside_the_next(
    office: Path, monkeypatch: pytest.MonkeyPatch, doubt: Callable[[Pen], None], how: str
) -> None:
    """As where one is read after the other, and nobody took the first for an answer."""
    old = pen(office)
    doubt(old)
    new = put_anew(office)
    new.tick(2, "approve")
    if how == "e-mail":
        files = [saved(office, mail(("c1-malta.docx", old.data()), ("c2-malta.docx", new.data())))]
    else:
        files = [sent_back(office, old), sent_back(office, new, "c2-malta.docx")]
    asked = answering(monkeypatch, **{"2 see@2: approve": False})
    read(office, *(reversed(files) if how == "turned" else files), *RECEIVED)
    assert any("2 see@2: approve, to be looked at. Take it?" in text for text in asked)
    assert not any(subject == "see@2" and choice is Choice.APPROVE for subject, choice, _ in decided(office))


def test_a_plain_approval_of_an_earlier_version_is_not_asked_about(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = pen(office)
    old.tick(2, "approve")
    new = put_anew(office)
    new.tick(2, "approve")
    files = sent_back(office, old), sent_back(office, new, "c2-malta.docx")
    assert read(office, *files, "--yes", *RECEIVED) == 0, capsys.readouterr()


@pytest.mark.parametrize("late", [False, True])
def test_what_a_member_took_back_no_packet_decides_unasked(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    """The older of two packets may come last: whether it decides anew, a person must say."""
    one, day = pen(office), 21 if late else 5
    wait = ["-C", str(office), "decide", "wait@1", "--as", "malta", "-c", "c1", "--received"]
    assert main([*wait, f"2026-03-{day:02} 10:00", "--object", "Too little."]) == 0
    assert main([*wait, f"2026-03-{day + 1:02} 10:00", "--withdraw", "The ministry must see it."]) == 0
    one.tick(1, "approve")
    file, received = sent_back(office, one), ("--received", f"2026-03-{day + 2:02} 10:00")
    before = len(events(office))
    capsys.readouterr()
    assert read(office, file, "--yes", *received) == 1
    assert "malta took back what it had decided on it" in capsys.readouterr().err
    assert len(events(office)) == before
    asked = answering(monkeypatch, Take_it=False)
    read(office, file, *received)
    assert any("1 wait@1: approve, to be looked at. Take it?" in text for text in asked)


WAIT = ("decide", "wait@1", "--as", "malta", "-c", "c1", "--received", "2026-03-06 10:00")


@pytest.mark.parametrize("by", ["a packet", "decide"])
@pytest.mark.parametrize("choice", ["approve", "abstain", "object"])
def test_no_older_packet_decides_over_other_words_unasked(
    office: Path, capsys: pytest.CaptureFixture[str], choice: str, by: str
) -> None:
    """Of two packets that were written the older may come last, and says nothing of the words asked for since."""
    older, newer = pen(office), rewritten(office)
    newer.change(1, "en", "wait", "act", "Ben")
    if by == "a packet":
        assert read(office, sent_back(office, newer), "--yes", *RECEIVED) == 0
    else:
        words = ("--amend", "Call upon States to act[^1]\n\n[^1]: Until then.", "--language", "en")
        assert main(["-C", str(office), *WAIT, *words]) == 0
    if choice == "object":
        older.words(1, "This does too little.")
    older.tick(1, choice)
    capsys.readouterr()
    assert read(office, sent_back(office, older), "--yes", "--received", "2026-03-07 10:00") == 1
    assert "1 wait@1: malta asked for other words before" in capsys.readouterr().err
    assert decided(office) == []


@pytest.mark.parametrize("stands", ["approve", "abstain", "other words"])
def test_no_older_packet_asks_for_words_over_what_stands_unasked(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, stands: str
) -> None:
    older, newer = pen(office), rewritten(office)
    if stands == "other words":
        newer.change(1, "en", "wait", "sit", "Ben")
    else:
        newer.tick(1, stands)
    older.change(1, "en", "wait", "act", "Ben")
    assert read(office, sent_back(office, newer), "--yes", *RECEIVED) == 0
    file, received = sent_back(office, older), ("--received", "2026-03-07 10:00")
    before = len(events(office))
    assert read(office, file, "--yes", *received) == 1
    assert "does it ask for these" in capsys.readouterr().err
    assert len(events(office)) == before
    asked = answering(monkeypatch)
    assert read(office, file, *received) == 0
    assert any("1 wait@1: other words, to be looked at. Take them?" in text for text in asked)
    assert any("States to act" in text for text in by_whom(office))


def test_the_same_words_asked_for_again_are_no_other_answer(office: Path) -> None:
    """With the objection that came with them, and in another language."""
    newer, again, french = objecting(office), copied(office), copied(office)
    for one in (newer, again):
        one.change(1, "en", "wait", "act", "Ben")
    again.tick(1, "object")
    again.words(1, "This does too little.")
    french.change(2, "fr", "voir", "savoir", "Ben")
    again.change(2, "en", "to see", "to know", "Ben")
    for day, one in enumerate((newer, again, french), 5):
        file, received = sent_back(office, one), ("--received", f"2026-03-{day:02} 10:00")
        (found,) = propose(office, (Path(file),), Receipt(received=AT.replace(day=day), channel="email"), AT_LAST)
        assert [one.look for one in found.returned.answers] == [(), (), ()]
        read(office, file, "--yes", *received)


@pytest.mark.parametrize("then", ["the same words", "other words", "approve"])
def test_other_words_that_were_taken_back_no_packet_asks_for_unasked(
    office: Path, capsys: pytest.CaptureFixture[str], then: str
) -> None:
    older, newer = pen(office), rewritten(office)
    newer.change(1, "en", "wait", "act", "Ben")
    assert read(office, sent_back(office, newer), "--yes", *RECEIVED) == 0
    assert main(["-C", str(office), *WAIT, "--withdraw", "The ministry must see it."]) == 0
    if then == "approve":
        older.tick(1, "approve")
    else:
        older.change(1, "en", "wait", "act" if then == "the same words" else "sit", "Ben")
    before = len(events(office))
    capsys.readouterr()
    assert read(office, sent_back(office, older), "--yes", "--received", "2026-03-07 10:00") == 1
    assert "malta took back other words that it had asked for" in capsys.readouterr().err
    assert len(events(office)) == before


def letter() -> bytes:
    made = docx.Document()
    made.add_paragraph("We object to all of it.")
    made.save(written := io.BytesIO())
    return written.getvalue()


@pytest.mark.parametrize("made", [Pen.data, damaged], ids=["good", "damaged"])
@pytest.mark.parametrize("beside", ["words", "a letter", "nothing"])
def test_what_comes_with_a_file_that_is_on_record_is_asked_about(
    office: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[Pen], bytes], beside: str
) -> None:
    """Words, or a letter in Word alone: be the file good, or one that nobody could read."""
    one = pen(office)
    one.tick(1, "approve")
    packet = made(one)
    (office / "c1-malta.docx").write_bytes(packet)
    answering(monkeypatch)
    read(office, str(office / "c1-malta.docx"), *RECEIVED)
    before = len(events(office))
    more = (("letter.docx", letter()),) if beside == "a letter" else ()
    sent = mail(("c1-malta.docx", packet), *more, text="We take it back." if beside == "words" else "")
    del sent["Subject"]
    again = answering(monkeypatch)
    assert read(office, saved(office, sent), "--received", "2026-03-06 10:00") == 1
    if beside == "nothing":
        assert not again
        assert len(events(office)) == before
        return
    assert ["c1-malta.docx came?" in text for text in again] == [True]
    (event,) = events(office)[before:]
    assert isinstance(event.fact, PacketReturned)
    assert [str(one) for one in event.fact.unrecorded] == ["wait@1", "see@1", "ours@1"]


def test_a_text_is_left_out_of_one_packet_alone(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An e-mail may hold several, in which the same number is another text."""
    one = pen(office)
    one.tick(2, "approve")
    other = put_anew(office)
    other.tick(1, "approve")
    both = saved(office, mail(("c1-malta.docx", one.data()), ("c2-malta.docx", other.data())))
    before = len(events(office))
    assert read(office, both, "--leave", "1", *RECEIVED) == 2
    assert "--leave is about one packet, and there are 2" in capsys.readouterr().err
    assert len(events(office)) == before
