"""The wheel and the sdist, installed where nothing else is: the content travels, and the tour runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from once import once
from paraph.starter import CONTENT, starter
from paths import ROOT


def pythons() -> list[tuple[str, str]]:
    """Every Python from 3.11 on that the machine has: on the path, and beside pyenv's."""
    found: dict[str, str] = {}
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [sys.executable, *map(str, sorted(versions.glob("3.*/bin/python3")))]
    candidates += [path for minor in range(11, 20) if (path := shutil.which(f"python3.{minor}"))]
    for candidate in candidates:
        run = subprocess.run(
            [candidate, "-c", "import sys, venv; print('.'.join(map(str, sys.version_info[:2])))"],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode == 0 and tuple(map(int, run.stdout.strip().split("."))) >= (3, 11):
            found.setdefault(run.stdout.strip(), candidate)
    return sorted(found.items())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from a copy of what git tracks."""
    return once(tmp_path_factory, "dist", lambda out: build(tmp_path_factory.mktemp("source"), out))


def build(copy: Path, out: Path) -> None:
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    subprocess.run([sys.executable, "-m", "build", "--outdir", out, copy], check=True, capture_output=True)


def test_the_checkout_is_its_own_workspace() -> None:
    assert starter() == ROOT
    assert all((starter() / name).exists() for name in CONTENT)


INSTALLS = [("*.whl", python) for _, python in pythons()] + [("*.tar.gz", sys.executable)]
DOCUMENTS = ("joint-declaration", "letter-authorities", "your-rights")
ENDINGS = ("en.docx", "fr.pdf", "en.html", "en-fr.docx", "en-fr.pdf", "en-fr.html")


@pytest.mark.parametrize(("kind", "python"), INSTALLS)
def test_it_works_in_a_clean_environment(built: Path, tmp_path: Path, kind: str, python: str) -> None:
    """From the sdist, the whole tour; from the wheel, with every Python that is there, one document of each form."""
    subprocess.run([python, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    bin_ = tmp_path / "venv" / "bin"
    pip = [sys.executable, "-m", "pip", "--python", bin_ / "python"]
    subprocess.run([*pip, "install", "--quiet", "--no-compile", next(built.glob(kind))], check=True)
    some = [part for language in ("en", "fr", "en+fr") for part in ("-l", language)]
    wanted = [["demo", "tour"]]
    if (kind, python) != INSTALLS[-1]:
        wanted = [["init", "tour"], ["-C", "tour", "build", *DOCUMENTS, *some]]
    for words in wanted:
        run = subprocess.run([bin_ / "paraph", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
    script = (
        "from pathlib import Path; from paraph.register.store import Register\n"
        "Register.open('sqlite:///register.db', Path(), create=True).close()"
    )
    subprocess.run([bin_ / "python", "-c", script], cwd=tmp_path, check=True)
    made = {path.name for path in (tmp_path / "tour" / "build").iterdir()}
    assert {f"{document}.{ending}" for document in DOCUMENTS for ending in ENDINGS} <= made
