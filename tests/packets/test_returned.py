"""What comes back in packets: the table of all the ways in which people answer, each with its proposal."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk import clause, desk
from paraph.model.event import Choice, Subject
from paraph.ooxml.reading.file import read_word
from paraph.ooxml.reading.passages import Passages
from paraph.ooxml.reading.shown import Run, Shown
from paraph.review import identity
from paraph.review.returned.answer import Returned
from paraph.review.returned.left_open import taken_for_all
from paraph.review.returned.looks import NOT_STRUCK, otherwise
from paraph.review.returned.marks import Mark, Phrases, mark
from paraph.review.returned.read import read_returned
from paraph.workflow.approvals.circulation import circulate
from paraph.workflow.packets.write import paper_of, write_packets
from paths import TESTS
from pen import Pen, W

AT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
CASES = yaml.safe_load((TESTS / "corpus" / "returned.yml").read_text(encoding="utf-8"))
DECLARATION = """
    id: ours
    form: declaration
    title: {en: Ours, fr: La nôtre}
    networks: [aom, aomf]
    date: 2026-03-02
    languages: [en, fr]
    sections:
      - {id: calls, clauses: [wait, see]}
"""


@dataclass(frozen=True)
class Sent:
    data: bytes
    shown: Shown
    subjects: tuple[Subject, ...]
    phrases: Phrases


def rehearsal(root: Path) -> Path:
    """A workspace in which two clauses and a document were put to the members. No institution decided any of it."""
    files = {
        **clause(
            "wait",
            "*Call upon* States to wait[^1]\n\n[^1]: Until then.",
            "*Demandent* aux États d’attendre[^1]\n\n[^1]: Jusque-là.",
        ),
        **clause(
            "see", "*Call upon* States\n\n1. to see\n2. to hear", "*Demandent* aux États\n\n1. de voir\n2. d’entendre"
        ),
        "statements/declarations/ours.yml": DECLARATION,
    }
    made = desk(root, files)
    with pytest.MonkeyPatch.context() as patch:  # what is random in an event: the same bytes each time
        patch.setattr("paraph.workflow.approvals.circulation.new_request", lambda: "rehearsal")
        circulate(made, "ours", until="2026-03-20 18:00", rule="consensus", at=AT)
    return made


def token(member: str) -> str:
    return identity.token_from(sum(member.encode()))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    return sent_to("malta", rehearsal(tmp_path_factory.mktemp("desk")))


def sent_to(member: str, root: Path) -> Sent:
    (one,) = write_packets(root, "c1", (member,), None, AT, token)
    data = one.files[0].read_bytes()
    sent = read_word(data)
    found = identity.read_properties(dict(sent.properties))
    assert found is not None
    return Sent(data, sent, found.subjects, Phrases.of(paper_of(root)))


def did(pen: Pen, line: str) -> None:
    """One line of the table as a call: `words 1 "No."`."""
    what, *arguments = shlex.split(line)
    values: list[Any] = [
        int(one) if one.isdigit() and place < 2 else _plain(one) for place, one in enumerate(arguments)
    ]
    if what == "state":
        values[2] = arguments[2]
    named = dict(str(one).split("=") for one in values if what.startswith("set_") and "=" in str(one))
    getattr(pen, what)(*(one for one in values if not (named and "=" in str(one))), **named)


def _plain(text: str) -> str:
    """Escapes as in JSON, since the table's lines are plain."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text.replace(r"\n", "\n"))


def said(returned: Returned) -> Iterator[str]:
    """A proposal, a line each, as the table writes it."""
    if returned.person:
        yield f"all person {returned.person}"
    yield from (f"all unclear: {one}" for one in returned.unclear)
    yield from (f"all look: {one}" for one in (*returned.look, *returned.outside))
    if returned.for_all:
        yield f"all look: {returned.for_all_in_short}"
    for one in returned.answers:
        if one.choice:
            yield f"{one.place} {one.choice}{f': {one.words}' if one.words else ''}"
        for amendment in one.amendments:
            how = "" if amendment.tracked else ", not tracked"
            by = f" by {', '.join(amendment.authors)}" if amendment.authors else ""
            yield f"{one.place} amendment {amendment.language}{how}{by}: {amendment.difference}"
        for comment in one.comments:
            yield f"{one.place} comment{f' ({comment.about})' if comment.about else ''}: {comment.text}"
        yield from (f"{one.place} unclear: {why}" for why in one.unclear)
        yield from (f"{one.place} look: {why}" for why in one.look)


def returned(written: Sent, lines: list[str]) -> Returned:
    pen = Pen.on(written.data)
    for line in lines:
        did(pen, line)
    found = read_returned(written.shown, read_word(pen.data()), written.subjects, written.phrases, "en")
    return taken_for_all(found, found.left_open, ()) if found.left_open else found


def test_what_was_decided_before_is_not_among_what_was_left_open(written: Sent) -> None:
    pen = Pen.on(written.data)
    pen.tick(4, "abstain")
    found = read_returned(written.shown, read_word(pen.data()), written.subjects, written.phrases, "en")
    assert found.left_open is not None
    assert taken_for_all(found, found.left_open, written.subjects[:1]).for_all == (2,)
    assert [one.choice for one in found.answers] == [None, None, None]


def test_what_packets_have_in_common_is_read_as_in_each_by_itself(written: Sent) -> None:
    def other(what: str) -> bytes:
        pen = Pen.on(written.data)
        pen.change(2, "en", "to hear", what)
        pen.comment(1, "text-en", what)
        return pen.data()

    passages = Passages()
    for data in (written.data, other("to listen"), written.data, other("to ask")):
        assert read_word(data, passages) == read_word(data)


def test_the_table_is_long_enough() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_answer_comes_to_its_proposal(written: Sent, case: dict[str, Any]) -> None:
    lines = list(said(returned(written, case["did"])))
    assert len(lines) == len(case["proposes"]), lines
    for line, expected in zip(lines, map(_plain, case["proposes"]), strict=True):
        start, _, rest = expected.partition(": ")
        assert line.startswith(start), lines
        assert rest in line, lines


def test_numbers_of_a_text_that_change_places_are_looked_at(written: Sent) -> None:
    pen = Pen.on(written.data)
    pen.change(1, "en", "wait", "wait 2019–2020")
    sent = read_word(pen.data())
    pen.tick(1, "approve")
    pen.set_in(1, "text-en", "rtl")
    found = read_returned(sent, read_word(pen.data()), written.subjects, written.phrases, "en").answers[0]
    assert (found.choice, found.amendments) == (None, ())
    assert any("set from right to left" in one for one in found.unclear)
    assert any("set from the other side" in one for one in found.look)


@pytest.mark.parametrize("member", ["albania", "morocco"])
def test_labels_in_two_languages_are_one_paragraph(member: str, tmp_path: Path) -> None:
    sent = sent_to(member, rehearsal(tmp_path / "desk"))
    pen = Pen.on(sent.data)
    assert len(pen.label(1, "approve").findall(f"{W}p")) == 1
    first, between, second = (one for one in pen.label(1, "approve").iter(f"{W}t") if one.text.strip("\u200e\u200f"))
    assert between.text == identity.BETWEEN_LABELS
    assert {sent.phrases.choice(one) for one in (first.text, second.text)} == {Choice.APPROVE}
    second.text += " x"
    next(pen.label(2, "object").iter(f"{W}t")).text = first.text
    pen.state(2, "abstain", "1")
    pen.sign(2, "abstain", identity.TICKED)
    found = read_returned(sent.shown, read_word(pen.data()), sent.subjects, sent.phrases, "en")
    assert [one.choice for one in found.answers] == [Choice.APPROVE, None, None]
    assert found.answers[1].unclear


def test_two_packets_one_after_the_other_decide_nothing(written: Sent) -> None:
    pen = Pen.on(written.data)
    pen.tick(1, "approve")
    pen.choose(2, "Approve")
    pen.twice_over()
    found = read_returned(written.shown, read_word(pen.data()), written.subjects, written.phrases, "en")
    assert [one.choice for one in found.answers] == [None, None, None]
    assert all("it stands in the file more than once" in one.unclear for one in found.answers)


@pytest.mark.parametrize("quote", "’'ʼ‘`´＇")
def test_a_label_is_known_with_any_apostrophe(written: Sent, quote: str) -> None:
    assert written.phrases.choice(f"J{quote}approuve") is Choice.APPROVE


@pytest.mark.parametrize(
    "text", ["a" + " " * 200_000 + "b", "!" * 200_000 + "a", "[ " * 100_000, "(y" * 100_000, "‹" * 200_000]
)
def test_long_words_take_no_more_time_than_they_are_long(written: Sent, text: str) -> None:
    started = time.process_time()
    assert written.phrases.choice(text) is None
    assert mark(text) is not Mark.TICK
    written.phrases.written(text)
    written.phrases.says_little(text)
    assert time.process_time() - started < 5


def test_words_that_look_otherwise_are_compared_sign_by_sign() -> None:
    sent = [Run("to see ", look="sz:20"), Run("and hear", look="struck")]
    assert otherwise(sent, [Run("to "), Run("see and "), Run("hear", look="struck sz:24")]) == {NOT_STRUCK: "and"}
    assert otherwise(sent, [Run("to see "), Run("and hear", look="struck u:single")]) == {"underlined": "and hear"}
    assert otherwise([Run("a ب")], [Run("a ب", look="b iCs")]) == {"in bold": "a", "in italics": "ب"}
    assert otherwise([Run("a")], [Run("ab", look="b")]) == {"in bold": "ab"}


def test_what_looks_otherwise_is_found_in_time_as_long_as_it_is() -> None:
    long, started = 60_000, time.process_time()
    found = otherwise([Run("ab")] * long, [Run("a"), *[Run("ba", look="b")] * (long - 1), Run("b")])
    assert len(found["in bold"]) == 2 * (long - 1)
    assert time.process_time() - started < 5
