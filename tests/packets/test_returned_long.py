"""Packets of which something is there a thousand times: each is looked at once, however many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from paraph.ooxml.reading.file import read_word
from paraph.ooxml.reading.shown import Hand, Remark
from paraph.review.returned import rtf
from paraph.review.returned.layout import Layout
from paraph.review.returned.read import read_returned
from paraph.review.returned.remarks import stands
from pen import Pen
from test_returned import rehearsal, sent_to

HAND = Hand("Ana", "2026-03-05T10:00:00Z")
HERE = {1: (False, None)}


class Counted(dict[str, Remark]):
    """Comments by their ids, which count how often one is looked at."""

    looked = 0

    def __getitem__(self, id_: str) -> Remark:
        self.looked += 1
        return super().__getitem__(id_)


def threads(count: int, first: str) -> Counted:
    """Comments each of which answers the one before; what the first one answers."""
    return Counted({str(n): Remark(str(n), HAND, "No", answers=str(n - 1) if n else first) for n in range(count)})


def test_each_comment_of_a_long_thread_is_looked_at_once() -> None:
    every = threads(1_000, "")
    found = stands(every, {"0": HERE})
    assert found["999"] == found["1"] == found["0"] == HERE
    assert every.looked < 1_000


def test_comments_that_answer_each_other_in_a_circle_stand_nowhere() -> None:
    every = threads(1_000, "999")
    assert {tuple(places) for places in stands(every, {}).values()} == {(0,)}
    assert every.looked <= 1_000
    assert stands(every, {"500": HERE})["499"] == HERE, "round to the words that one of them stands at"


def test_where_a_decision_table_ends_is_known_without_looking_at_every_cell(tmp_path: Path) -> None:
    sent = sent_to("malta", rehearsal(tmp_path / "desk"))
    layout = Layout.of(sent.shown)
    lines = {
        place: [n for n, one in enumerate(sent.shown.lines) if any(c.table == t for c in one.cells)]
        for place, t in layout.decisions.items()
    }
    layout.cells.clear()
    assert {place: layout.end_of(place) for place in layout.decisions} == {place: max(n) for place, n in lines.items()}


def test_a_comment_at_several_texts_is_kept_once(tmp_path: Path) -> None:
    sent = sent_to("malta", rehearsal(tmp_path / "desk"))
    pen = Pen.on(sent.data)
    pen.comment_over(1, 2, "In no text")
    found = read_returned(sent.shown, read_word(pen.data()), sent.subjects, sent.phrases, "en")
    one, other = (answer.comments[0] for answer in found.answers[:2])
    assert one.text == "In no text"
    assert one is other


def test_what_follows_words_taken_out_of_an_rtf_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many of them stand one after the other."""
    looked, behind = [], rtf._behind
    monkeypatch.setattr(rtf, "_behind", lambda data, at: looked.append(at) or behind(data, at))
    words = rb"{\deleted }" * 1_000
    assert not rtf.strikes_too_much(rb"{\rtf1{\*\generator LibreOffice}" + words + rb"\cell}")
    assert len(looked) <= 2_000
    assert rtf.strikes_too_much(rb"{\rtf1{\*\generator LibreOffice}" + words + rb"\par}")
