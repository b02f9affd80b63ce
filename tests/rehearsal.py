"""A workspace for rehearsals: three institutions are asked, one is invited, and a clock that the test moves.

Rehearsals all: no institution decided any of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desk import clause, desk
from paraph.__main__ import main

ASKED = ("albania", "malta", "spain")
INVITED = "turkiye"
DOCUMENT = """
id: rehearsal
form: statement
title: {en: A rehearsal, fr: Une répétition}
networks: [aom]
members: [albania, malta, spain, turkiye]
languages: [en, fr]
adoption: {mode: each, rule: consensus}
sections:
  - id: s
    style: prose
    clauses: [detention, schooling]
"""
FILES = {
    **clause("detention", "*No child* is detained", "*Aucun enfant* n’est détenu", kind="position"),
    **clause("schooling", "*Every child* goes to school", "*Tout enfant* va à l’école", kind="position"),
    "statements/statements/rehearsal.yml": DOCUMENT,
}
LETTER = """
id: rehearsal
form: letter
title: {en: A rehearsal, fr: Une répétition}
networks: [aom]
members: [albania, malta, spain, turkiye]
languages: [en, fr]
adoption: {mode: each, rule: consensus}
fields:
  recipient: {en: An office, fr: Un service}
  subject: {en: A rehearsal, fr: Une répétition}
values:
  salutation: {en: Dear All, fr: "Madame, Monsieur"}
sections:
  - {id: s, style: salutation, clauses: [hello]}
  - {id: t, style: paragraphs, clauses: [detention, schooling]}
"""
"""A letter that each sends by itself, of clauses `hello`, `detention` and `schooling`."""
UNTIL = "2026-03-01 18:00"


class Rehearsal:
    """A workspace and a clock. `say` runs a command and gives its exit code and all that it printed."""

    def __init__(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], files: Mapping[str, str]
    ) -> None:
        self.root = desk(root, files)
        self._capsys = capsys
        self.now = dt.datetime(2026, 2, 1, 9, tzinfo=dt.UTC)
        monkeypatch.chdir(root)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setattr("paraph.workflow.times.now", lambda: self.now)

    def say(self, command: str) -> tuple[int, str]:
        self._capsys.readouterr()
        code = main(shlex.split(command))
        printed = self._capsys.readouterr()
        self.now += dt.timedelta(minutes=1)
        return code, printed.out + printed.err

    def does(self, *commands: str) -> str:
        """Run commands that must all succeed; what the last one printed."""
        out = ""
        for command in commands:
            code, out = self.say(command)
            assert code == 0, f"{command}: {out}"
        return out

    def words(self, command: str) -> str:
        """What a command that must succeed printed, on a line: the terminal breaks it anywhere."""
        return " ".join(self.does(command).split())

    def refuses(self, command: str, code: int = 1) -> str:
        got, out = self.say(command)
        assert got == code, f"{command}: {got}, {out}"
        assert "something unexpected" not in out, out
        return out

    def moves_to(self, day: str) -> None:
        """Let time pass until noon of a day."""
        self.now = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")

    def edit(self, clause: str, old: str, new: str) -> None:
        path = self.root / f"statements/clauses/test/{clause}.yml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def circulates(self, more: str = "") -> None:
        self.does(f"circulate rehearsal --until '{UNTIL}' {more}")

    def all_approve(self, circulation: str = "c1", *but: str) -> None:
        for member in ASKED:
            if member not in but:
                self.does(f"decide {circulation} --as {member} --approve")

    def adopted(self) -> None:
        """From the opening to the close: everybody approves."""
        self.circulates()
        self.all_approve()
        self.does("close c1")


def drafts(folder: Path) -> list[str]:
    """What the index says of each letter in a folder: whether it is a draft."""
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["draft"] for row in csv.DictReader(file)]


class Past:
    """How far a rehearsal came once, for every test that begins there: a copy of its workspace, and its hour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hours: dict[str, dt.datetime] = {}

    def come_to(self, name: str, rehearsal: Rehearsal, begin: Callable[[Rehearsal], object]) -> Rehearsal:
        """`rehearsal` after `begin`, which is done the first time alone."""
        if name not in self._hours:
            begin(rehearsal)
            shutil.copytree(rehearsal.root, self._folder / name)
            self._hours[name] = rehearsal.now
        else:
            shutil.copytree(self._folder / name, rehearsal.root, dirs_exist_ok=True)
            rehearsal.now = self._hours[name]
        return rehearsal

    def copy(self, name: str, root: Path, make: Callable[[Path], object]) -> Path:
        """`root` with what `make` puts into a folder, which it does the first time alone."""
        if not (self._folder / name).exists():
            make(self._folder / name)
        return shutil.copytree(self._folder / name, root)


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """What was rehearsed before in this run of the tests."""
    return Past(tmp_path_factory.mktemp("past"))


@pytest.fixture
def rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Rehearsal:
    """A workspace in the current folder, with its register in SQLite."""
    monkeypatch.delenv("PARAPH_REGISTER", raising=False)
    return Rehearsal(tmp_path, monkeypatch, capsys, FILES)


@pytest.fixture
def rehearsal_anywhere(address: str, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    """The same, in each kind of database."""
    monkeypatch.setenv("PARAPH_REGISTER", address)
    return rehearsal
