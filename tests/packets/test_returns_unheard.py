"""What members say in packets that a slip, a second file or a colleague must not make unheard; and who said it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from paraph.__main__ import main
from paraph.errors import UsageError
from paraph.model.event import PacketReturned, Receipt
from paraph.workflow.packets.propose import propose
from paraph.workflow.packets.record_answers import record
from pen import Pen
from rehearsal import Past
from test_returned import AT, rehearsal
from test_returns import RECEIVED, answering, decided, events, pen, read, sent_back

BODY = "word/document.xml"
TOO_EARLY = ("--received", "2026-02-05 10:00")


@pytest.fixture
def office(tmp_path: Path, past: Past) -> Path:
    return past.copy("office", tmp_path / "office", rehearsal)


def objecting(root: Path) -> Pen:
    one = pen(root)
    one.tick(1, "object")
    one.words(1, "This does too little.")
    return one


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
