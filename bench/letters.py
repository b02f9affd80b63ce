"""Letters, in processor seconds; see `letter_runs` for what each way does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench.measures import HERE, ROOT

NODE = HERE / "node"
COUNTS = {
    "paraph-docx": 20_000,
    "paraph-docx-isal": 20_000,
    "paraph-docx-files": 5_000,
    "paraph-docx-zip": 5_000,
    "docxtpl": 60,
    "docxtpl-files": 60,
    "docxtemplater": 200,
    "easy-template-x": 200,
    "deflate": 500,
    "write": 5_000,
    "paraph-pdf": 200,
    "paraph-pdf-shapes": 200,
    "plain-pdf": 60,
    "libreoffice": 30,
    "weasyprint": 20,
}
"""Letters of each way in a run."""
GOALS = (
    ("paraph-docx", "docxtpl", "≥ 40"),
    ("paraph-docx-isal", "docxtpl", "≥ 100"),
    ("paraph-docx", "docxtemplater", "≥ 12"),
    ("paraph-docx", "easy-template-x", ""),
    ("paraph-docx-files", "docxtpl-files", "≥ 15"),
    ("paraph-docx-zip", "docxtpl-files", "≥ 15"),
    ("paraph-pdf", "libreoffice", "≥ 4"),
    ("paraph-pdf", "weasyprint", "≥ 12"),
    ("paraph-pdf", "plain-pdf", "≥ 2"),
)
PEAKS = (("docx", (100, 10_000, 100_000)), ("pdf", (100, 1_000, 3_000)))
"""Recipients of the runs whose processes are watched."""


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
        (one, _), (two, _) = (_command(Path(folder), "pdf", 1_500, jobs) for jobs in (1, 2))
        peaks = [(name, count, _command(Path(folder), name, count, 2)[1]) for name, counts in PEAKS for count in counts]
    rates = {way: _middle(runs) for way, runs in found.items()}
    lines = ["| way | letters | a processor second | a second | peak MB |", "|---|--:|--:|--:|--:|"]
    for way, rate in rates.items():
        lines.append(f"| {way} | {COUNTS[way]:,} | {rate.cpu:,.1f} | {rate.wall:,.1f} | {rate.peak:.0f} |")
    lines += ["", "| | against | ratio, processor | ratio, wall | asked |", "|---|---|--:|--:|---|"]
    for way, other, goal in GOALS:
        if way in rates and other in rates:
            ratio = rates[way].cpu / rates[other].cpu, rates[way].wall / rates[other].wall
            lines.append(f"| {way} | {other} | {ratio[0]:,.1f} | {ratio[1]:,.1f} | {goal} |")
    lines.append(f"| paraph letters --pdf -j 2, 1,500 letters | -j 1 |  | {one / two:.2f} | ≥ 1.6 |")
    heads = ("paraph letters -j 2", "recipients", "peak MB, each process", "asked", "the first one")
    lines += ["", f"| {' | '.join(heads)} |", "|---|--:|--:|---|--:|"]
    lines += [
        f"| --{name} | {count:,} | {worker:.0f} | ≤ 120 | {first:.0f} |" for name, count, (first, worker) in peaks
    ]
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


def _command(folder: Path, format_: str, people: int, jobs: int) -> tuple[float, tuple[float, float]]:
    """Seconds by the wall of the whole command, and the peaks in MB of its first process and of the largest other."""
    from bench.measure import PARAPH

    rows = [f"{n},{('en', 'fr', 'es', 'ar')[n % 4]},Rehearsal Office {n},{n} Made-up Street\n" for n in range(people)]
    (folder / "people.csv").write_text("id,language,authority,address\n" + "".join(rows), encoding="utf-8")
    out = folder / f"on-{jobs}"
    begun = perf_counter()
    command = [PARAPH, "letters", "letter-authorities", "--to", str(folder / "people.csv"), f"--{format_}"]
    running = subprocess.Popen([*command, "-o", str(out), "-j", str(jobs)], stdout=subprocess.DEVNULL, cwd=ROOT)
    peaks: dict[int, float] = {}
    while running.poll() is None:
        for pid in _family(running.pid):
            peaks[pid] = max(peaks.get(pid, 0), _peak(pid))
        sleep(0.1)
    taken = perf_counter() - begun
    assert running.returncode == 0
    assert len(list(out.glob(f"*.{format_}"))) == people
    shutil.rmtree(out)
    first = peaks.pop(running.pid)
    return taken, (first, max(peaks.values(), default=0))


def _family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return [pid]
    return [pid, *map(int, children.split())]


def _peak(pid: int) -> float:
    """The most memory that a process has had, in MB (Linux)."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) / 1024 if found else 0


def _middle(rates: Sequence[Rate]) -> Rate:
    return Rate(
        median(rate.cpu for rate in rates), median(rate.wall for rate in rates), max(rate.peak for rate in rates)
    )
