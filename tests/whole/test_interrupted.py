"""A build that is cut short, has no room, or is not alone: every file is an old or a new one, and whole."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desk import clause, desk
from paraph.__main__ import main, root

PARAPH = [sys.executable, "-m", "paraph"]
FORMATS = ("-f", "docx", "-f", "html")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of four documents, with what they are when nothing goes wrong in `whole/`."""
    root = tmp_path_factory.mktemp("whole")
    files = clause("a", "*We* act", "*Nous* agissons", kind="position")
    for number in range(4):
        files[f"statements/statements/doc-{number}.yml"] = (
            f"id: doc-{number}\nform: statement\ntitle: {{en: Test {number}, fr: Essai {number}}}\nnetworks: [aom]\n"
            "languages: [en, fr]\nsections:\n  - id: s\n    style: prose\n    clauses: [a]\n"
        )
    desk(root, files)
    subprocess.run([*PARAPH, "build", *FORMATS, "-q", "-o", "whole"], cwd=root, check=True)
    return root


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder, hidden ones included, but not the record of the build."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".paraph-build.json"}


def test_ctrl_c_leaves_whole_files_and_nothing_else(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build = subprocess.Popen(
        [*PARAPH, "build", *FORMATS, "-o", str(out)],
        cwd=whole,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (out.is_dir() and any(path.suffix == ".html" for path in out.iterdir())):
        assert build.poll() is None, "it ended before it could be stopped"
        time.sleep(0.005)
    os.killpg(build.pid, signal.SIGINT)  # as a terminal does: to every process of the build
    said = build.communicate(timeout=60)[1]
    assert build.returncode == 130, said
    assert said.strip() == "stopped"
    expected = contents(whole / "whole")
    for name, data in contents(out).items():
        assert data == expected[name]
    with pytest.raises(ProcessLookupError):
        os.killpg(build.pid, 0)
    subprocess.run([*PARAPH, "build", *FORMATS, "-q", "-o", str(out)], cwd=whole, check=True)
    assert contents(out) == expected


def test_without_room_the_old_file_stays(whole: Path, tmp_path: Path) -> None:
    """No file may grow beyond 4 kB: as on a full disk, the write fails midway."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "doc-0.en.docx").write_bytes(b"the old one")
    run = subprocess.run(
        [*PARAPH, "build", "doc-0", "-l", "en", "-f", "docx", "-o", str(out)],
        cwd=whole,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert run.returncode == 3
    assert run.stderr.startswith("error: File too large")
    assert len(run.stderr.splitlines()) == 1
    assert contents(out) == {"doc-0.en.docx": b"the old one"}


def test_builds_at_once_both_end_well(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [*PARAPH, "build", *FORMATS, "-q", "-o", str(out)]
    builds = [subprocess.Popen(command, cwd=whole, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [build.communicate(timeout=120)[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    assert contents(out) == contents(whole / "whole")
    for _ in range(2):  # what the other one wrote is not trusted, and made again once
        again = subprocess.run([*PARAPH, *command[3:-3], *command[-2:]], cwd=whole, capture_output=True, text=True)
        assert again.returncode == 0, again.stderr
    assert again.stdout == "24 files unchanged\n"
    assert contents(out) == contents(whole / "whole")


def test_what_a_killed_process_left_is_swept(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(whole)
    left, fresh = tmp_path / ".doc-0.en.html.ab3_de9f.part", tmp_path / ".doc-0.fr.html.00000000.part"
    others = [tmp_path / ".part", tmp_path / ".notes.part", tmp_path / "mine.ab3_de9f.part"]
    for path in (left, fresh, *others):
        path.write_bytes(b"half")
        os.utime(path, (1, 1))
    os.utime(fresh)
    assert main(["build", "doc-0", "-l", "en", "-f", "html", "-q", "-o", str(tmp_path)]) == 0
    assert not left.exists()
    assert fresh.exists(), "another process may be writing it"
    assert all(path.exists() for path in others), "these are somebody’s own"


def test_ctrl_c_at_the_end_is_not_heard(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Once it is said that the last command stopped; before that, and in what goes on after a command, it is."""
    hears = signal.getsignal(signal.SIGINT)

    def interrupted(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(root, "main", interrupted)
    try:
        assert main([]) == 130
        assert signal.getsignal(signal.SIGINT) is hears
        assert main([], last=True) == 130
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, hears)
    assert capsys.readouterr().err == "stopped\nstopped\n"
