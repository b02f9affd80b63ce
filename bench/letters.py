"""Letters, in processor seconds; see `letter_runs` for what each way does."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.measures import HERE, ROOT

NODE = HERE / "node"
COUNTS = {
    "paraph-docx": 20_000,
    "paraph-docx-files": 5_000,
    "paraph-docx-zip": 5_000,
    "docxtpl": 60,
    "docxtpl-files": 60,
    "docxtemplater": 200,
    "easy-template-x": 200,
    "deflate": 500,
    "write": 5_000,
    "paraph-pdf": 100,
    "libreoffice": 30,
    "weasyprint": 20,
}
"""Letters of each way in a run."""
GOALS = (
    ("paraph-docx", "docxtpl", "≥ 100"),
    ("paraph-docx", "docxtemplater", "≥ 12"),
    ("paraph-docx", "easy-template-x", ""),
    ("paraph-docx-files", "docxtpl-files", "≥ 15"),
    ("paraph-docx-zip", "docxtpl-files", "≥ 15"),
    ("paraph-pdf", "libreoffice", "≥ 4"),
    ("paraph-pdf", "weasyprint", "≥ 12"),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """Letters a processor second and a second by the wall, and the peak of memory in MB."""

    cpu: float
    wall: float
    peak: float


def table(rounds: int = 3, ways: Sequence[str] = ()) -> str:
    """The measures as Markdown. RuntimeError: a program that is compared with is not there."""
    if not (NODE / "node_modules").is_dir():
        raise RuntimeError("npm install --prefix bench/node installs what letters are measured against")
    with tempfile.TemporaryDirectory(prefix="paraph-letters-") as folder:
        _run("prepare", folder, 0)
        found: dict[str, list[Rate]] = {way: [] for way in ways or COUNTS}
        for _ in range(rounds):
            for way, rates in found.items():
                rates.append(_rate(way, folder))
        one, two = _cores(Path(folder), 1), _cores(Path(folder), 2)
    rates = {way: _middle(runs) for way, runs in found.items()}
    lines = ["| way | letters | a processor second | a second | peak MB |", "|---|--:|--:|--:|--:|"]
    for way, rate in rates.items():
        lines.append(f"| {way} | {COUNTS[way]:,} | {rate.cpu:,.1f} | {rate.wall:,.1f} | {rate.peak:.0f} |")
    lines += ["", "| | against | ratio, processor | ratio, wall | asked |", "|---|---|--:|--:|---|"]
    for way, other, goal in GOALS:
        if way in rates and other in rates:
            ratio = rates[way].cpu / rates[other].cpu, rates[way].wall / rates[other].wall
            lines.append(f"| {way} | {other} | {ratio[0]:,.1f} | {ratio[1]:,.1f} | {goal} |")
    lines.append(f"| paraph letters --pdf -j 2 | -j 1 |  | {one / two:.2f} | ≥ 1.6 |")
    if {"docxtpl", "deflate", "paraph-docx-files", "write"} <= rates.keys():
        packing = rates["docxtpl"].cpu / rates["deflate"].cpu
        writing = rates["paraph-docx-files"].cpu / rates["write"].cpu
        shares = (
            f"Of the time of docxtpl {packing:.0%} is deflating; of paraph’s, to files, {writing:.0%} writing them."
        )
        lines += ["", shares]
    return "\n".join(lines)


def _rate(way: str, folder: str) -> Rate:
    count = COUNTS[way]
    if way in ("docxtemplater", "easy-template-x"):
        command = ["node", str(NODE / "letters.cjs"), way, f"{folder}/node.docx", f"{folder}/people.json", str(count)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    else:
        said = _run(way, folder, count)
    found = json.loads(said.splitlines()[-1])
    return Rate(count / found["cpu"], count / found["wall"], found["peak"])


def _run(way: str, folder: str, count: int) -> str:
    command = [sys.executable, "-m", "bench.letter_runs", way, folder, str(count)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def _cores(folder: Path, jobs: int, people: int = 400) -> float:
    """Seconds by the wall of the whole command, with one process or two."""
    from time import perf_counter

    from bench.measure import PARAPH

    rows = [f"{n},Rehearsal Office {n},{n} Made-up Street\n" for n in range(people)]
    (folder / "people.csv").write_text("id,authority,address\n" + "".join(rows), encoding="utf-8")
    out = folder / f"on-{jobs}"
    shutil.rmtree(out, ignore_errors=True)
    begun = perf_counter()
    command = [PARAPH, "letters", "letter-authorities", "--to", str(folder / "people.csv"), "--pdf", "-o", str(out)]
    subprocess.run([*command, "-j", str(jobs)], check=True, capture_output=True, cwd=ROOT)
    return perf_counter() - begun


def _middle(rates: Sequence[Rate]) -> Rate:
    return Rate(
        median(rate.cpu for rate in rates), median(rate.wall for rate in rates), max(rate.peak for rate in rates)
    )
