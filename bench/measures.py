"""What is measured: each function runs one comparison and gives its rows."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.generate import Generated, generate
from bench.measure import PARAPH, Cost, in_turns, middle, run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DOCUMENT, LANGUAGES = "joint-declaration", ("en", "fr")
ONLY = ("-l", "en", "-l", "fr")
FORMATS = ("docx", "html", "pdf")
FORGETFUL = ("env", "PARAPH_CACHE=off")
"""Before a command: nothing is kept of what earlier runs read."""


@dataclass(frozen=True, slots=True)
class Row:
    """A cost under a name; `against` is what it is compared with, `goal` the ratio asked for: “≤ 1.5” or “≥ 5”.

    A goal with ≤ is our cost by the other’s; one with ≥ the other’s by ours.
    """

    name: str
    cost: Cost
    against: Cost | None = None
    other: str = ""
    goal: str = ""
    rate: str = ""


def start(rounds: int) -> Iterator[Row]:
    """(a) The help, cold: the whole process."""
    costs = in_turns({"paraph": [PARAPH, "--help"], "click": [sys.executable, "-c", "import click"]}, ROOT, rounds)
    yield Row('python -c "import click"', costs["click"])
    yield Row("paraph --help", costs["paraph"], costs["click"], "importing click", "≤ 1.5")


def build(work: Path, rounds: int) -> Iterator[Row]:
    """(b) One declaration in two languages and three formats."""
    from pypandoc import get_pandoc_path

    soffice = shutil.which("soffice")
    if soffice is None:
        raise RuntimeError("LibreOffice is not installed, and the alternative prints through it")
    given, ours, theirs = work / "texts", work / "ours", work / "theirs"
    given.mkdir(parents=True)
    subprocess.run([sys.executable, HERE / "texts.py", ROOT, DOCUMENT, given, *LANGUAGES], check=True)
    texts = [str(given / f"{DOCUMENT}.{code}.json") for code in LANGUAGES]
    profile = f"file://{work / 'profile'}"
    rest = [soffice, profile, get_pandoc_path(), str(given / "template.docx"), str(theirs), *texts]
    script = [sys.executable, str(HERE / "alternative.py")]
    paraph = [PARAPH, "build", DOCUMENT, *ONLY, "-q", "-o", str(ours)]
    commands = {
        "paraph": paraph,
        "forgetful": [*FORGETFUL, *paraph],
        "tuned": [*script, "tuned", *rest],
        "plain": [*script, "plain", *rest],
    }

    def clear() -> None:
        for folder in (ours, theirs):
            shutil.rmtree(folder, ignore_errors=True)

    costs = in_turns(commands, ROOT, rounds, clear)
    run(paraph, ROOT)
    expected = sorted(f"{DOCUMENT}.{code}.{name}" for code in LANGUAGES for name in FORMATS)
    for folder in (ours, theirs):
        assert _made(folder) == expected, folder
    yield Row("docxtpl + LibreOffice + pandoc, tuned", costs["tuned"])
    yield Row("docxtpl + LibreOffice + pandoc, plain", costs["plain"])
    yield Row("paraph build", costs["paraph"], costs["plain"], "the plain script", "≥ 5")
    yield Row("paraph build", costs["paraph"], costs["tuned"], "the tuned script")
    yield Row("paraph build, nothing kept", costs["forgetful"], costs["plain"], "the plain script")


def library(work: Path, clauses: int, manifests: int, rounds: int) -> Iterator[Row]:
    """(c) A large library: checked, built, and built again after one edit."""
    made = generate(ROOT, work / "library", clauses, manifests)
    check = [PARAPH, "check"]
    commands = {
        "yaml": [sys.executable, str(HERE / "yardstick.py"), "."],
        "forgetful": [*FORGETFUL, *check],
        "check": check,
    }
    costs = in_turns(commands, made.root, rounds)
    yield Row("PyYAML safe_load of every file", costs["yaml"], rate=_rate(clauses, costs["yaml"]))
    for name, key in (("paraph check", "check"), ("paraph check, nothing kept", "forgetful")):
        yield Row(name, costs[key], costs["yaml"], "safe_load alone", rate=_rate(clauses, costs[key]))
    command = [PARAPH, "build", *ONLY, "-q"]
    whole = run(command, made.root)
    files = manifests * len(LANGUAGES) * len(FORMATS)
    yield Row(f"paraph build, all {files:,} files", whole, rate=f"{files / whole.wall:,.1f} files/s")
    yield Row(
        "paraph build, nothing changed", middle([run(command, made.root) for _ in range(rounds)]), whole, "all files"
    )
    once = [name for name, count in made.uses.items() if count == 1]
    found = [_edited(made, command, name, 1) for name in sorted(once)[:: max(1, len(once) // rounds)][:rounds]]
    yield Row("paraph build, after an edit in 1 document", middle(found), whole, "all files", "≥ 50")
    name, most = max(sorted(made.uses.items()), key=lambda item: item[1])
    found = [_edited(made, command, name, most) for _ in range(rounds)]
    yield Row(f"paraph build, after an edit in {most} documents", middle(found), whole, "all files")


def _edited(made: Generated, command: list[str], name: str, documents: int) -> Cost:
    """The cost of building after a word more in one clause; only the files of so many documents may be written."""
    out, path = made.root / "build", made.paths[name]
    before = {one.name: one.stat().st_mtime_ns for one in out.iterdir() if one.suffix != ".json"}
    text = path.read_text(encoding="utf-8")
    for found, new in ((" for ", " always for "), (" pour ", " toujours pour ")):
        assert found in text
        text = text.replace(found, new, 1)
    path.write_text(text, encoding="utf-8")
    cost = run(command, made.root)
    written = [one for one, changed in before.items() if (out / one).stat().st_mtime_ns != changed]
    assert len(written) == documents * len(LANGUAGES) * len(FORMATS), written
    return cost


def _made(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))


def _rate(clauses: int, cost: Cost) -> str:
    return f"{clauses / cost.wall:,.0f} clauses/s"
