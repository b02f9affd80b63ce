"""The register when things go wrong: writers killed, a crowd of them, a disk that fails or fills, a file that is none.

Longer: PARAPH_KILLS=2000 (of 8 writers), PARAPH_CROWD=64x100 (writers, and events of each).
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from desk import clause, desk
from paraph.__main__ import main
from paraph.errors import RegisterError
from paraph.register import connect, glance
from paraph.register.store import Register
from paths import TESTS

KILLS = int(os.environ.get("PARAPH_KILLS", "24"))
CROWD, EACH = map(int, os.environ.get("PARAPH_CROWD", "8x5").split("x"))
NOBODY = 65534


def writers(what: str, address: str, first: int, second: int) -> dict:
    command = [sys.executable, str(TESTS / "register_writers.py"), what, address, str(first), str(second)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_acknowledged_is_lost_when_writers_are_killed(address: str) -> None:
    found = writers("kills", address, KILLS, 8)
    assert (found["kills"], found["faults"], found["lost"], found["twice"]) == (KILLS, [], [], 0)
    assert found["acknowledged"] >= KILLS


def test_a_crowd_of_writers_makes_one_chain(address: str) -> None:
    found = writers("crowd", address, CROWD, EACH)
    assert (found["faults"], found["failed"], found["twice"]) == ([], 0, 0)
    assert found["events"] == (CROWD + 1) * EACH


# --- the disk --------------------------------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a circulation under way: a rehearsal, decided by no institution."""
    files = clause("open-doors", "*We* open doors", "*Nous* ouvrons les portes", kind="position")
    files["statements/statements/doc.yml"] = (
        "id: doc\nform: statement\ntitle: {en: On tests, fr: Des tests}\nnetworks: [aom]\nlanguages: [en, fr]\n"
        "sections:\n  - id: s\n    style: prose\n    clauses: [open-doors]\n"
    )
    monkeypatch.chdir(desk(tmp_path / "office", files))
    monkeypatch.delenv("PARAPH_REGISTER", raising=False)
    assert main(["circulate", "doc", "--until", "2099-01-01"]) == 0
    assert main(["decide", "c1", "--as", "malta", "--approve"]) == 0
    return Path.cwd()


FAULTY = """
import contextlib, ctypes, errno, io, json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from paraph.__main__ import main
from paraph.errors import RegisterError
from paraph.register.store import Register
from paraph.register.verify import verify
from register_writers import begin, decide
fail, error = ctypes.CDLL(None).fail_from, getattr(errno, sys.argv[2])
fail.argtypes = [ctypes.c_long, ctypes.c_int]
begin("sqlite:///other-register.db", ["malta"])
register = Register.open("sqlite:///other-register.db", Path())
refused, wrong = [], []
for step in range(1000):
    fail(step, error)
    try:
        decide(register, "malta", 3 * step, f"r{step}")
        break
    except RegisterError as found:
        refused.append(found.message)
    fail(-1, 0)
    with register.reading() as reader:
        wrong += map(str, verify(reader))
    decide(register, "malta", 3 * step, f"r{step}")
fail(-1, 0)
with register.reading() as reader:
    wrong += map(str, verify(reader))
said = []
for step in (0, 9, 18):
    given = ["decide", "c1", "--as", "spain", "--comment", f"{step}"]
    fail(step, error)
    with contextlib.redirect_stderr(io.StringIO()) as out:
        code = main(given)
    fail(-1, 0)
    with contextlib.redirect_stdout(io.StringIO()):
        said.append([code, out.getvalue(), main(["register", "verify"]), main(given)])
print(json.dumps({"refused": refused, "wrong": wrong, "said": said}))
"""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What makes the disk fail (faulty.c), compiled."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        if os.environ.get("CI"):
            pytest.fail("CI needs a C compiler: see .ci/run")
        pytest.skip("needs a C compiler, on Linux")
    made = tmp_path_factory.mktemp("faulty") / "faulty.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", made, TESTS / "faulty.c", "-ldl"], check=True)
    return made


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_wherever_the_disk_fails_nothing_is_half_written(office: Path, faulty: Path, error: str) -> None:
    """At each step of recording a decision with its file in turn, until there is no step left at which it could."""
    command = [sys.executable, "-c", FAULTY, str(TESTS), error]
    environment = os.environ | {"LD_PRELOAD": str(faulty)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found["refused"]) > 20
    assert all(one.startswith("the register could not be read or written") for one in found["refused"])
    assert found["wrong"] == []
    for code, said, verified, again in found["said"]:
        assert (code, said.count("\n"), verified, again) == (3, 2, 0, 0), said
        assert said.startswith("error: the register could not be read or written")


def test_a_file_that_may_not_grow_is_as_good_as_a_full_disk(office: Path) -> None:
    script = "import sys; from paraph.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "decide", "c1", "--as", "spain", "--object", "no " * 20_000]
    limit = (office / "register.db").stat().st_size

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=narrow)
    assert (done.returncode, done.stderr.count("\n")) == (3, 2), done.stderr
    assert main(["register", "verify"]) == 0
    assert main(command[3:]) == 0
    assert main(["register", "verify"]) == 0


def test_a_full_disk(office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with small_disk(tmp_path / "disk") as disk:
        shutil.copy("register.db", disk)
        environment = pytest.MonkeyPatch()
        environment.setenv("PARAPH_REGISTER", f"sqlite:///{disk}/register.db")
        try:
            (disk / "filler").write_bytes(bytes(free(disk) - 4096))
            capsys.readouterr()
            arguments = ["decide", "c1", "--as", "spain", "--object", "no " * 20_000]
            assert main(arguments) == 3
            assert "Make room on the disk" in capsys.readouterr().err
            assert main(["register", "verify"]) == 0
            assert main(["register", "export", str(disk / "out.jsonl")]) == 3
            assert main(["register", "backup", str(disk / "out.db")]) == 3
            assert sorted(one.name for one in disk.iterdir()) == ["filler", "register.db"]
            (disk / "filler").unlink()
            assert main(arguments) == 0
            assert main(["register", "verify"]) == 0
        finally:
            environment.undo()


def free(disk: Path) -> int:
    stat = os.statvfs(disk)
    return stat.f_bavail * stat.f_frsize


@contextmanager
def small_disk(path: Path) -> Iterator[Path]:
    """A file system of 1 MB, where one may be mounted."""
    path.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path]
    if not mount or subprocess.run([mount, *options], check=False, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", path], check=True)


# --- a file that is not as it should be ------------------------------------------------------------------------------


COMMANDS = (["register", "verify"], ["register", "log"], ["status"], ["decide", "c1", "--as", "spain", "--approve"])


def refused(capsys: pytest.CaptureFixture[str], what: str, *commands: list[str]) -> None:
    """Each command ends with one line that says `what`, and one with what to do."""
    for arguments in commands or COMMANDS:
        capsys.readouterr()
        assert main(arguments) == 3
        printed = capsys.readouterr()
        assert what in printed.err
        assert printed.err.count("\n") == 2
        assert printed.out == ""


@pytest.mark.parametrize("part", [50, 100, 4096, 50_000])
def test_a_file_that_was_cut(office: Path, capsys: pytest.CaptureFixture[str], part: int) -> None:
    path = office / "register.db"
    path.write_bytes(path.read_bytes()[:part])
    refused(capsys, "malformed")


def test_a_file_that_is_no_database(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "register.db").write_text("minutes of the meeting\n" * 1000)
    refused(capsys, "not a database", *COMMANDS, ["circulate", "doc", "--until", "2099-01-01"])


def test_a_database_of_something_else(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = office / "register.db"
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER)")
        connection.commit()
    before = path.read_bytes()
    refused(capsys, "is no register: it holds moz_places", *COMMANDS, ["circulate", "doc", "--until", "2099-01-01"])
    assert path.read_bytes() == before


def test_a_register_of_a_newer_paraph(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(office / "register.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    refused(capsys, "newer paraph", *COMMANDS, ["register", "upgrade"], ["register", "backup", "b.db"])


def test_a_register_that_somebody_holds_locked(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "_BUSY", 50)
    monkeypatch.setattr(glance, "_BUSY", 0.05)
    monkeypatch.setattr(connect, "_PRAGMAS", ("busy_timeout=50", *connect._PRAGMAS[1:]))
    with closing(sqlite3.connect(office / "register.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        refused(capsys, "locked", *COMMANDS[1:])  # `verify` waits in a process of its own, the whole minute
        connection.execute("ROLLBACK")
    assert main(["register", "verify"]) == 0


@pytest.mark.parametrize("stuck", [False, True])
def test_who_waits_gives_up_only_when_nobody_gets_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stuck: bool
) -> None:
    """Each time a writer looks again, half a minute has gone by and somebody else has written, or is stuck."""
    address, now, asked = f"sqlite:///{tmp_path}/register.db", 0.0, 0
    register = Register.open(address, Path(), create=True)
    others = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    others.execute("BEGIN IMMEDIATE")

    def wait(_: float) -> None:
        nonlocal now, asked
        now, asked = now + 31, asked + 1
        if not stuck:
            others.execute("INSERT INTO person VALUES (?, 'malta', ?, '')", (f"p-{asked}", f"Rehearsal {asked}"))
            others.execute("COMMIT")
            if asked < 9:
                others.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr(connect, "time", SimpleNamespace(monotonic=lambda: now, sleep=wait))
    with closing(others), closing(register):
        if stuck:
            with pytest.raises(RegisterError, match="locked"):
                register.forget("p-1")
        else:
            assert register.forget("p-1")
    assert asked == (2 if stuck else 9)


def test_a_file_in_the_place_of_the_folder(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "register.db").unlink()
    (office / "register.db").mkdir()
    refused(capsys, "there is no register", ["register", "verify"], ["register", "log"])


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody who is not root, to whom rights mean nothing."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_register_that_may_only_be_read(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with TemporaryDirectory() as name:  # not below pytest's own folder, which it keeps closed
        there = shutil.copytree(office, Path(name) / "office")
        monkeypatch.chdir(there)
        main(["register", "verify"])  # everything is imported before rights are given up
        Path(name).chmod(0o755)
        Path("register.db").chmod(0o444)
        there.chmod(0o555)
        with without_rights():
            assert main(["register", "verify"]) == 0
            refused(capsys, "readonly", COMMANDS[-1])
        Path("register.db").chmod(0)
        with without_rights():
            refused(capsys, "unable to open", *COMMANDS)
        there.chmod(0o755)
        monkeypatch.chdir(office)


def test_a_crash_in_the_middle_of_a_write_is_undone_by_the_next_reader(office: Path) -> None:
    """A journal that a writer left behind is rolled back, whoever opens the register next."""
    path = office / "register.db"
    before = path.read_bytes()
    writing = sqlite3.connect(path, isolation_level=None)
    writing.execute("PRAGMA cache_size = 1")
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("INSERT INTO evidence VALUES ('x', zeroblob(500000))")
    torn, journal = path.read_bytes(), Path(f"{path}-journal").read_bytes()
    writing.execute("ROLLBACK")
    writing.close()
    assert torn != before
    path.write_bytes(torn)
    Path(f"{path}-journal").write_bytes(journal)
    register = Register.open("sqlite:///register.db", office)
    with register.reading() as reader:
        assert reader.head().number
    register.close()
    assert main(["register", "verify"]) == 0
