"""Letters by a real scheduler and workers, each a process of its own, one of which is killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from paraph.errors import UsageError
from paraph.model.letter import Recipient
from paraph.starter import starter
from paraph.workflow.files import copy_workspace
from paraph.workflow.letters.index import file_name
from paraph.workflow.letters.record import Batch

if importlib.util.find_spec("distributed") is None:
    if os.environ.get("CI"):
        pytest.fail("distributed is not installed: pip install -e .[test]", pytrace=False)
    pytest.skip("distributed is not installed", allow_module_level=True)

PEOPLE = int(os.environ.get("PARAPH_LETTERS", "1500"))
PARAPH = str(Path(sys.executable).with_name("paraph"))


QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
PATIENCE = 600


@dataclass
class Cluster:
    """A scheduler and its workers, one thread each, without nannies that would begin them again."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @classmethod
    def begun(cls, folder: Path) -> Cluster:
        folder.mkdir()
        begin = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
        file = str(folder / "scheduler.json")
        made = cls(folder, subprocess.Popen([*begin, "--no-dashboard", "--scheduler-file", file], **QUIET))
        made.get_workers()
        return made

    @property
    def address(self) -> str:
        return str(json.loads((self.folder / "scheduler.json").read_text())["address"])

    def get_workers(self) -> None:
        """Two, which the scheduler knows."""
        from distributed import Client

        file = self.folder / "scheduler.json"
        command = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file)]
        more = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        self.workers += [subprocess.Popen([*command, *more], **QUIET) for _ in range(2)]
        while not (file.exists() and file.read_text()):
            assert self.scheduler.poll() is None
            time.sleep(0.1)
        with Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[[], Cluster]]:
    """Begins clusters, which end with the test."""
    made: list[Cluster] = []

    def one() -> Cluster:
        made.append(Cluster.begun(tmp_path / f"cluster{len(made)}"))
        return made[-1]

    yield one
    for cluster in made:
        cluster.end()


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """What makes letters to PEOPLE in `out`; the formats and the scheduler are still to be named."""
    copy_workspace(starter(), tmp_path / "workspace")
    rows = [f"{n},Office {n},Street {n},{('en', 'fr')[n % 2]}\n" for n in range(PEOPLE)]
    (tmp_path / "t.csv").write_text("id,authority,address,language\n" + "".join(rows), encoding="utf-8")
    made = ["-C", str(tmp_path / "workspace"), "letters", "letter-authorities", "--to", str(tmp_path / "t.csv")]
    return [*made, "-o", str(tmp_path / "out"), "--date", "2026-12-10"]


def words(out: Path) -> dict[Path, int]:
    """The Word files that are there, with their times of change."""
    return {path: path.stat().st_mtime_ns for path in out.glob("*/*.docx")}


def cut_off(command: list[str], out: Path, cut: Callable[[], None]) -> tuple[int, str]:
    """Do `cut` once the run has written another 20 letters; its exit code and what it said."""
    before = len(words(out))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        while running.poll() is None and len(words(out)) < before + 20:
            time.sleep(0.01)
        cut()
        _, said = running.communicate(timeout=PATIENCE)
    assert "Traceback" not in said.decode()
    return running.returncode, said.decode()


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_written_twice(
    begin: Callable[[], Cluster], command: list[str], tmp_path: Path
) -> None:
    cluster, out, there = begin(), tmp_path / "out", {}
    command = [PARAPH, *command, "--docx", "--scheduler", cluster.address]

    def cut() -> None:
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        there.update(words(out))

    assert cut_off(command, out, cut) == (0, "")
    made = words(out)
    assert 20 <= len(there) <= PEOPLE == len(made)
    assert {path: made[path] for path in there} == there
    assert not list(out.glob("*/*.part"))
    again = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)
    assert f"0 files written, {PEOPLE} unchanged" in again.stdout.decode()
    assert words(out) == made
    assert (out / "index.csv").read_text(encoding="utf-8-sig").count("\n") == PEOPLE + 1
    here = [*command[:-2], "-j", "1"]
    here[here.index(str(out))] = str(tmp_path / "here")
    subprocess.run(here, capture_output=True, check=True, timeout=PATIENCE)
    alone = {path.name: path.read_bytes() for path in (tmp_path / "here").glob("*.docx")}
    assert {path.name: path.read_bytes() for path in made} == alone


def test_a_scheduler_or_all_workers_that_are_lost_lose_no_letter(
    begin: Callable[[], Cluster], command: list[str], tmp_path: Path
) -> None:
    """What is cut off makes PDFs too, which takes so long that it never ends before; then Word files are completed."""
    out, impatient = tmp_path / "out", "from paraph.workflow.letters import cluster; cluster.ALONE = 1"
    program = [sys.executable, "-c", f"import sys; {impatient}; from paraph.__main__ import run; run()"]
    first = begin()
    pressed = [*program, *command, "--scheduler", first.address]
    code, said = cut_off(pressed, out, lambda: [one.kill() for one in first.workers])
    assert (code, said.splitlines()[0]) == (3, f"error: all workers of {first.address} were lost")
    some = words(out)
    first.get_workers()
    code, said = cut_off(pressed, out, first.scheduler.kill)
    assert (code, said.splitlines()[0]) == (3, f"error: the scheduler at {first.address} was lost")
    first.end()
    there = words(out)
    assert len(there) < PEOPLE
    done = [PARAPH, *command, "--docx", "--scheduler", begin().address]
    said = subprocess.run(done, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
    assert f"{PEOPLE - len(there)} files written, {len(there)} unchanged" in said
    made = words(out)
    assert len(made) == PEOPLE
    assert {path: made[path] for path in there} == there
    assert {path: made[path] for path in some} == some


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tls://127.0.0.1:1", "ucx://1", "nonsense://x"])
def test_a_scheduler_that_is_not_there_is_said_in_a_line(address: str, tmp_path: Path) -> None:
    copy_workspace(starter(), tmp_path / "workspace")
    command = [PARAPH, "-C", str(tmp_path / "workspace"), "letters", "letter-authorities"]
    command += ["--to", str(starter() / "statements/letters/rehearsal.csv"), "--scheduler", address]
    command += ["-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 3
    assert done.stderr.startswith(f"error: no scheduler answers at {address}: ")
    assert done.stderr.endswith("\nSee whether it runs, and its address.\n")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("where", ["memory", "sftp", "webdav"])
def test_letters_into_a_store_are_written_once_and_whole(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a worker does, twice, into memory and to OpenSSH: half a letter is written anew, and no other."""
    import fsspec
    from fsspec.core import url_to_fs

    from paraph.workflow.letters.chunks import Target, chunk, remember
    from paraph.workflow.letters.job import Maker
    from paraph.workflow.letters.plan import Order, planned
    from servers import PASSWORD, sftp, webdav

    table = starter() / "statements/letters/rehearsal-visit.csv"
    job = planned(starter(), Order(document="letter-visit", table=table, shown=table.name, out=tmp_path)).job
    remember(job)
    people = [_person(number) for number in range(6)]
    task = [(one, job.key(one), (("docx", f"{one.name}.docx"),)) for one in people]
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    (tmp_path / "store").mkdir()
    with ExitStack() as stack:
        target = "memory://letters"
        if where == "sftp":
            target = stack.enter_context(sftp(tmp_path / "store", home))[1]
        if where == "webdav":
            if not os.environ.get("CI"):
                pytest.importorskip("webdav4")
            address = stack.enter_context(webdav(tmp_path / "store"))[1].replace("dav://editor@", "http://")
            given = {"base_url": address.removesuffix("/site"), "auth": ("editor", PASSWORD)}
            monkeypatch.setitem(fsspec.config.conf, "webdav", given)
            target = "webdav://letters"
        assert chunk(job.signature, 0, task, target) == (0, 6, ())
        assert chunk(job.signature, 0, task, target) == (6, 0, ())
        store, base = url_to_fs(target)
        folder, maker = f"{base}/000000", Maker(job)
        assert all(store.cat_file(f"{folder}/{one.name}.docx") == maker.make(one, "docx") for one in people)
        store.pipe_file(f"{folder}/{people[2].name}.docx", b"PK half a letter")
        store.pipe_file(f"{folder}/.{people[3].name}.docx.00000042.part", b"PK of a worker that was killed")
        store.rm(f"{folder}/.paraph-letters.json")
        assert chunk(job.signature, 0, task, target) == (5, 1, ())
        assert store.cat_file(f"{folder}/{people[2].name}.docx") == maker.make(people[2], "docx")
        assert not [one for one in store.ls(folder, detail=False) if one.endswith(".part")]
        batch = Batch(document="letter-visit", table="t.csv")
        Target.of(target, batch).put_index(lambda: iter(people), ("docx",), ())
        index = store.cat_file(f"{base}/index.csv")
        assert index.count(b"\n") == 7
        assert b",000000/000003.ar.docx,ar," in index
        store.pipe_file(f"{base}/index.csv", index.replace(b",,\r\n", b",2026-12-01,\r\n", 1))
        Target.of(target, batch).put_index(lambda: iter(people[1:]), ("docx",), ())
        assert store.cat_file(f"{base}/index.csv").endswith(b",2026-12-01,\r\n")  # of one who left the table
        with pytest.raises(UsageError, match="holds the letters letter-visit"):
            Target.of(target, Batch(document="letter-authorities", table="t.csv"))
        fsspec.filesystem("memory").store.clear()


def test_letters_that_move_to_another_folder_stand_once_and_those_of_no_recipient_are_named(tmp_path: Path) -> None:
    from paraph.workflow.letters.chunks import Target, chunk, remember
    from paraph.workflow.letters.plan import Order, planned

    table = starter() / "statements/letters/rehearsal-visit.csv"
    job = planned(starter(), Order(document="letter-visit", table=table, shown=table.name, out=tmp_path)).job
    remember(job)
    target = Target.of(str(tmp_path / "out"), Batch(document="letter-visit", table="t.csv"))

    def run(people: list[Recipient], size: int) -> tuple[str, ...]:
        tasks = [people[at : at + size] for at in range(0, len(people), size)]
        others = {}
        for number, some in enumerate(tasks):
            task = [(one, job.key(one), (("docx", file_name(one, "docx")),)) for one in some]
            others[number] = chunk(job.signature, number, task, target.address)[2]
        return target.left(others, len(others), iter(people))

    people = [_person(number) for number in range(5)]
    assert run(people, 2) == ()
    gone = ("000000/000000.en.docx",)
    for _ in range(2):  # it is named as long as it is there
        assert run(people[1:], 2) == gone
    there = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").glob("*/*.docx"))
    one, two = ["000000/000001.ar.docx", "000000/000002.en.docx"], ["000001/000003.ar.docx", "000001/000004.en.docx"]
    assert there == [*gone, *one, *two]
    assert run(people[1:3], 2) == (*gone, *two)


def _person(number: int) -> Recipient:
    return Recipient(
        line=number + 2, name=f"{number:06}", language=("en", "ar")[number % 2], asked="en",
        lines=(f"Office {number}", "Street"), salutation=f"Dear {number}", vocative="Reader",
    )  # fmt: skip
