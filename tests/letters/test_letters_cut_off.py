"""Letters whose making is cut off: every letter that is there is whole and on record, and nobody waits for ever.

The runs that are cut off make PDFs, which takes so long that none has ended before; the next one makes only Word files.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from paraph.errors import BrokenError
from paraph.model.letter import Recipient
from paraph.starter import starter
from paraph.workflow.files import copy_workspace
from paraph.workflow.letters.plan import Order, planned
from paraph.workflow.letters.pool import Pool

PEOPLE = 900
GOES_ON = "stopped: what is made is whole, and the same command goes on from there"
PATIENCE = 600
"""Seconds after which something that waits is taken to wait for ever."""


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """What makes letters to PEOPLE, as Word files and PDFs, in `out`."""
    copy_workspace(starter(), tmp_path / "workspace")
    rows = [f"{n},Office {n},Street {n}\n" for n in range(PEOPLE)]
    (tmp_path / "t.csv").write_text("id,authority,address\n" + "".join(rows), encoding="utf-8")
    program = str(Path(sys.executable).with_name("paraph"))
    made = [program, "-C", str(tmp_path / "workspace"), "letters", "letter-authorities"]
    return [*made, "--to", str(tmp_path / "t.csv"), "-o", str(tmp_path / "out"), "-j", "2", "--date", "2026-12-10"]


def cut_off(command: list[str], cut: Callable[[subprocess.Popen[bytes], list[int]], None]) -> tuple[int, str]:
    """Begin `command`, do `cut` to it once it has its two processes; its exit code and what it said, none of them
    running any more."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, start_new_session=True, **quiet) as running:
        while running.poll() is None and len(workers := _workers(running.pid)) < 2:
            time.sleep(0.001)
        cut(running, workers)
        _, said = running.communicate(timeout=PATIENCE)
    end = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < end:
        time.sleep(0.1)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    assert b"Traceback" not in said
    return running.returncode, said.decode()


def _workers(first: int) -> list[int]:
    """The processes that a run has begun, in the order of their beginning."""
    try:
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    except OSError:  # one has ended since
        return []


def some_are_there(running: subprocess.Popen[bytes], out: Path) -> None:
    """Wait until each of two processes has made some of its first hundred."""
    while running.poll() is None and not (any(out.glob("00001*.docx")) and any(out.glob("00011*.docx"))):
        time.sleep(0.01)


def goes_on(command: list[str], out: Path) -> None:
    """Every Word file that is there is whole, and the next run makes the others, and no other."""
    there = {path: path.stat().st_mtime_ns for path in out.glob("*.docx")}
    assert len(there) < PEOPLE
    for path in there:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            assert archive.testzip() is None
    done = subprocess.run([*command, "--docx"], check=True, capture_output=True, text=True, timeout=PATIENCE)
    assert f"{PEOPLE - len(there)} files written, {len(there)} unchanged" in done.stdout
    made = {path: path.stat().st_mtime_ns for path in out.glob("*.docx")}
    assert len(made) == PEOPLE
    assert {path: made[path] for path in there} == there


def test_ctrl_c_leaves_whole_letters_and_the_next_run_goes_on(command: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"

    def cut(running: subprocess.Popen[bytes], workers: list[int]) -> None:
        some_are_there(running, out)
        os.killpg(running.pid, signal.SIGINT)

    code, said = cut_off(command, cut)
    assert (code, said.strip()) == (130, GOES_ON)
    assert not list(out.glob(".*.part"))
    goes_on(command, out)


def test_ctrl_c_again_and_again_while_processes_begin_is_said_once(command: list[str]) -> None:
    """None of them hears it, not even the first, nor one that still imports."""

    def cut(running: subprocess.Popen[bytes], workers: list[int]) -> None:
        for _ in range(3):
            os.killpg(running.pid, signal.SIGINT)
            time.sleep(0.1)

    code, said = cut_off([one.replace("/out", "/out.zip") for one in command], cut)
    assert (code, said.strip()) == (130, "stopped: out.zip is as it was, and the same command begins again")


def test_on_a_terminal_rows_and_letters_are_counted_and_ctrl_c_gives_the_cursor_back(
    command: list[str], tmp_path: Path
) -> None:
    import pty

    (tmp_path / "t.csv").write_text("authority,address\n" + "".join(f"O {n},S {n}\n" for n in range(2_000)))
    leader, terminal = pty.openpty()
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True) as running:
        os.close(terminal)
        said = b""
        while b"a second" not in said:
            said += os.read(leader, 4_096)
        os.killpg(running.pid, signal.SIGINT)
        with suppress(OSError):  # the other end is closed
            while more := os.read(leader, 4_096):
                said += more
    os.close(leader)
    assert running.returncode == 130
    assert said.index(b"2,000 rows read") < said.index(b"0/4000") < said.rindex(b"\x1b[?25h") < said.index(b"stopped")
    assert b"Traceback" not in said


@pytest.mark.parametrize("victim", ["first", "worker", "worker that begins"])
def test_who_is_killed_loses_no_letter_and_leaves_nobody_waiting(
    command: list[str], tmp_path: Path, victim: str
) -> None:
    out = tmp_path / "out"

    def cut(running: subprocess.Popen[bytes], workers: list[int]) -> None:
        if victim != "worker that begins":
            some_are_there(running, out)
        os.kill(running.pid if victim == "first" else workers[-1], signal.SIGKILL)

    code, said = cut_off(command, cut)
    assert victim == "first" or (code == 3 and "ended from outside" in said)
    goes_on(command, out)


def test_a_disk_that_is_full_is_said_and_leaves_no_half_letter(command: list[str], tmp_path: Path) -> None:
    """As full as a limit on the size of files makes it: a part of each letter can be written, and no more."""

    def cut(running: subprocess.Popen[bytes], workers: list[int]) -> None:
        for pid in workers:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4_096, resource.RLIM_INFINITY))

    code, said = cut_off(command, cut)
    assert (code, said.splitlines()[0][:30]) == (3, "error: No space left on device")
    assert not [path for path in (tmp_path / "out").iterdir() if path.name != ".paraph-letters.jsonl"]
    goes_on(command, tmp_path / "out")


def test_a_process_killed_in_the_middle_of_a_message_leaves_nobody_waiting(tmp_path: Path) -> None:
    """Letters of a ZIP go to the first process, in messages that no pipe takes at once."""
    table = starter() / "statements/letters/rehearsal-visit.csv"
    job = planned(starter(), Order(document="letter-visit", table=table, shown=table.name, out=tmp_path)).job
    person = Recipient(
        line=2, name="n", language="en", asked="en", lines=("Office", "Street"), salutation="A", vocative="B"
    )
    tasks = ([(replace(person, line=line), "key", (("docx", "n.docx"),))] * 20 for line in range(1_000))
    with Pool(job, _kept, 2) as pool:
        made = pool.results(tasks)
        assert len(next(made)) == 20
        workers = _workers(os.getpid())
        while any(_runs(pid) for pid in workers):
            time.sleep(0.2)
        os.kill(workers[0], signal.SIGKILL)
        signal.alarm(PATIENCE)
        with pytest.raises(BrokenError, match="ended from outside"):
            list(made)
    signal.alarm(0)


def _kept(name: str, key: str, data: bytes) -> bytes:
    return data


def _runs(process: int) -> bool:
    """Whether a process does something; one that waits for a pipe does not."""
    stat = Path(f"/proc/{process}/stat")
    first = stat.read_text().split()[13:15]
    time.sleep(0.5)
    return stat.read_text().split()[13:15] != first


def test_what_a_killed_process_left_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed outright, it leaves its folder; the next one takes that away, and not the folder of one that lives."""
    from paraph.render.pdf import scratch

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_YOUNG", -1)
    code = "from paraph.render.pdf.scratch import scratch; print(scratch(), flush=True); input()"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", code]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    folder = Path(process.stdout.readline().decode().strip())
    scratch.sweep()
    assert folder.is_dir()
    process.kill()
    process.communicate()
    assert folder.is_dir()
    (tmp_path / "paraph-letters-of-another").mkdir()
    scratch.sweep()
    assert [path.name for path in tmp_path.iterdir()] == ["paraph-letters-of-another"]
