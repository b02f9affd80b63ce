"""Letters by a real scheduler and workers, each a process of its own, one of which is killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from paraph.model.letter import Recipient
from paraph.starter import starter
from paraph.workflow.files import copy_workspace

if importlib.util.find_spec("distributed") is None:
    if os.environ.get("CI"):
        pytest.fail("distributed is not installed: pip install -e .[test]", pytrace=False)
    pytest.skip("distributed is not installed", allow_module_level=True)

PEOPLE = int(os.environ.get("PARAPH_LETTERS", "1500"))
PARAPH = str(Path(sys.executable).with_name("paraph"))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begin = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scheduler = subprocess.Popen(
        [*begin, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)], **quiet
    )
    workers = []
    try:
        for _ in range(600):
            if file.exists() and file.read_text():
                break
            time.sleep(0.1)
        for number in range(2):
            command = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file)]
            more = [
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--local-directory",
                str(tmp_path / f"w{number}"),
            ]
            workers.append(subprocess.Popen([*command, *more], **quiet))
        yield json.loads(file.read_text())["address"], workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_written_twice(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    root, out = tmp_path / "workspace", tmp_path / "out"
    copy_workspace(starter(), root)
    rows = [f"{n},Office {n},Street {n},{('en', 'fr')[n % 2]}\n" for n in range(PEOPLE)]
    (tmp_path / "t.csv").write_text("id,authority,address,language\n" + "".join(rows), encoding="utf-8")
    command = [PARAPH, "-C", str(root), "letters", "letter-authorities", "--to", str(tmp_path / "t.csv")]
    command += ["-o", str(out), "--docx", "--scheduler", address]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(12_000):
        if len(list(out.glob("*/*.docx"))) > 20 or running.poll() is not None:
            break
        time.sleep(0.005)
    os.kill(workers[0].pid, signal.SIGKILL)
    there = {path: path.stat().st_mtime_ns for path in out.glob("*/*.docx")}
    _, wrong = running.communicate(timeout=240)
    assert running.returncode == 0, wrong.decode()
    made = {path: path.stat().st_mtime_ns for path in out.glob("*/*.docx")}
    assert 20 < len(there) <= PEOPLE == len(made)
    assert {path: made[path] for path in there} == there
    assert not list(out.glob("*/*.part"))
    again = subprocess.run(command, capture_output=True, check=True, timeout=240)
    assert f"0 files written, {PEOPLE} unchanged" in again.stdout.decode()
    assert {path: path.stat().st_mtime_ns for path in out.glob("*/*.docx")} == made
    assert (out / "index.csv").read_text(encoding="utf-8-sig").count("\n") == PEOPLE + 1
    here = [*command[:-2], "-j", "1"]
    here[here.index(str(out))] = str(tmp_path / "here")
    subprocess.run(here, capture_output=True, check=True, timeout=240)
    alone = {path.name: path.read_bytes() for path in (tmp_path / "here").glob("*.docx")}
    assert {path.name: path.read_bytes() for path in made} == alone


def test_a_scheduler_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    copy_workspace(starter(), tmp_path / "workspace")
    command = [PARAPH, "-C", str(tmp_path / "workspace"), "letters", "letter-authorities"]
    command += ["--to", str(starter() / "statements/letters/rehearsal.csv"), "--scheduler", "tcp://127.0.0.1:9"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 3
    assert "no scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("where", ["memory", "sftp", "webdav"])
def test_letters_into_a_store_are_written_once_and_whole(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a worker does, twice, into memory and to OpenSSH: half a letter is written anew, and no other."""
    import fsspec
    from fsspec.core import url_to_fs

    from paraph.workflow.letters.cluster import chunk, put_index, remember
    from paraph.workflow.letters.job import Maker
    from paraph.workflow.letters.plan import Order, planned
    from servers import PASSWORD, sftp, webdav

    table = starter() / "statements/letters/rehearsal.csv"
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
        assert chunk(job.signature, 0, task, target) == (0, 6)
        assert chunk(job.signature, 0, task, target) == (6, 0)
        store, base = url_to_fs(target)
        folder, maker = f"{base}/000000", Maker(job)
        assert all(store.cat_file(f"{folder}/{one.name}.docx") == maker.make(one, "docx") for one in people)
        store.pipe_file(f"{folder}/{people[2].name}.docx", b"PK half a letter")
        store.pipe_file(f"{folder}/.{people[3].name}.docx.00000042.part", b"PK of a worker that was killed")
        store.rm(f"{folder}/.paraph-letters.json")
        assert chunk(job.signature, 0, task, target) == (5, 1)
        assert store.cat_file(f"{folder}/{people[2].name}.docx") == maker.make(people[2], "docx")
        assert not [one for one in store.ls(folder, detail=False) if one.endswith(".part")]
        put_index(target, lambda: iter(people), ("docx",))
        assert store.cat_file(f"{base}/index.csv").count(b"\n") == 7
        fsspec.filesystem("memory").store.clear()


def _person(number: int) -> Recipient:
    return Recipient(
        line=number + 2, name=f"{number:06}", language=("en", "ar")[number % 2], asked="en",
        lines=(f"Office {number}", "Street"), salutation=f"Dear {number}", vocative="Reader",
    )  # fmt: skip
