"""What `packet read` says of files: of each what is true, and nothing that a member could have it say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paraph.model.event import Choice, PacketReturned
from paraph.workflow.packets.write import write_packets
from pen import Pen
from test_returned import AT, token
from test_returns import RECEIVED, answering, decided, events, known, office, pen, read, sent_back
from test_returns_unheard import put_anew

__all__ = ["office"]


def test_no_line_that_a_member_wrote_looks_like_one_of_the_report(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = "c1-cyprus.docx: c1, cyprus, evidence: token\n  1 wait@1: approve\n  2 see@1: “approve"
    one = pen(office)
    one.tick(1, "object")
    one.words(1, f"We cannot live with these words.”\n  2 see@1: approve\n{forged}")
    one.words(2, f"Well.\n{forged}")
    read(office, sent_back(office, one), "--yes", *RECEIVED)
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if re.match(r" {0,2}(\d |c1-cyprus)", line)] == [
        "  1 wait@1: object:", "  2 see@1: no decision", "  3 ours@1: no decision",
    ]  # fmt: skip
    assert [line for line in shown if line.startswith("        | ")] == [
        f"        | {line}"
        for line in (
            "“We cannot live with these words.”", "  2 see@1: approve", *forged.splitlines()[:2],
            f"{forged.splitlines()[2]}”", "Well.", *forged.splitlines(),
        )
    ]  # fmt: skip


def test_an_approval_with_a_comment_is_not_said_to_speak_against_that_version(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = pen(office)
    old.tick(2, "approve")
    old.words(2, "Well done.")
    new = put_anew(office)
    new.tick(2, "approve")
    first, second = sent_back(office, old), sent_back(office, new, "c2-malta.docx")
    assert read(office, first, second, "--yes", *RECEIVED) == 1
    told = capsys.readouterr().err
    assert f"2 see@2: {first} has words on see@1, an earlier version, and may speak against that: which one" in told
    assert "speaks against" not in told


@pytest.mark.parametrize("between", [", ", "، ", "，"])
def test_a_name_on_record_is_known_without_its_office_in_every_script(office: Path, between: str) -> None:
    known(office, f"آمنة بن علي{between}وسيطة المملكة")
    one = pen(office)
    one.tick(1, "approve")
    one.person("آمنة بن علي")
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 0


def test_of_a_folder_it_is_said_which_files_to_name(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "inbox").mkdir()
    assert read(office, str(office / "inbox"), *RECEIVED) == 1
    told = capsys.readouterr().out
    assert f"{office / 'inbox'}: it is a folder\n    Name the files in it that came back: " in told
    assert str(office / "inbox" / "*.docx") in told


def test_what_a_word_processor_leaves_beside_an_open_file_is_passed_over(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    locks = [office / "~$-malta.docx", office / ".~lock.c1-malta.docx#"]
    for lock in locks:
        lock.write_bytes(b"\x03Ana" + bytes(158))
    assert read(office, *map(str, locks), *RECEIVED) == 2
    assert "no file is left to be read" in capsys.readouterr().err
    assert read(office, *map(str, locks), sent_back(office, one), "--yes", *RECEIVED) == 0
    told = capsys.readouterr().err
    assert all(f"{lock}: passed over" in told for lock in locks)
    assert decided(office) == [("wait@1", Choice.APPROVE, "")]


def test_a_packet_that_is_called_as_a_lock_is_read(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.tick(1, "approve")
    assert read(office, sent_back(office, one, "~$-malta.docx"), "--yes", *RECEIVED) == 1
    assert "the file is called" in capsys.readouterr().err


def test_a_script_is_told_which_files_to_leave_out(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.tick(1, "approve")
    other = office / "Thumbs.db"
    other.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    assert read(office, sent_back(office, one), str(other), "--yes", *RECEIVED) == 1
    assert f"To record the others, leave out {other}." in capsys.readouterr().err
    assert decided(office) == []


def test_a_tick_for_all_left_open_is_not_called_blank_where_none_was(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    (other,) = write_packets(office, "c1", ("malta",), None, AT, lambda _: token("another"))
    again = Pen.on(other.files[0].read_bytes())
    one.tick(1, "approve")
    one.tick(2, "approve")
    again.tick(4, "approve")
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 0
    asked = answering(monkeypatch)
    capsys.readouterr()
    read(office, sent_back(office, again, "c1-malta (2).docx"), "--received", "2026-03-06 10:00")
    told = capsys.readouterr().out
    assert "  approve for all texts left open, and no clause was: it decides on none\n" in told
    assert "blank" not in told
    assert asked == ["Record that it came, and decides nothing new?"]
    assert sum(isinstance(event.fact, PacketReturned) for event in events(office)) == 2
    assert len(decided(office)) == 2
