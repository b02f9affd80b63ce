"""The figures as a Markdown table, on the terminal and in bench/README.md."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench.measures import Row

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- {}: written by python -m bench --record -->", "<!-- end of {} -->"
PACKAGES = (
    "paraph",
    "click",
    "docxtpl",
    "pydantic",
    "PyYAML",
    "typst",
    "markdown-it-py",
    "lxml",
    "pypandoc_binary",
    "numpy",
)


def table(rows: Sequence[Row]) -> str:
    """The rows; ratios by wall and by processor time."""
    lines = [
        "| | wall s | processor s | peak MB | runs | ratio wall · processor | asked |",
        "|---|--:|--:|--:|--:|---|---|",
    ]
    for row in rows:
        cost = row.cost
        name = f"{row.name} ({row.rate})" if row.rate else row.name
        figures = f"{cost.wall:.3f} | {cost.cpu:.3f} | {cost.peak:.0f} | {cost.runs}"
        lines.append(f"| {name} | {figures} | {_ratio(row)} | {row.goal} |")
    return "\n".join(lines)


def _ratio(row: Row) -> str:
    if row.against is None:
        return ""
    ours, theirs = (row.cost.wall, row.cost.cpu), (row.against.wall, row.against.cpu)
    faster = all(one < other for one, other in zip(ours, theirs, strict=True)) and not row.goal.startswith("≤")
    by = [other / one if faster else one / other for one, other in zip(ours, theirs, strict=True)]
    sense = "faster than" if faster else "times"
    return f"{by[0]:.2f} · {by[1]:.2f} {sense} {row.other}"


def machine() -> str:
    """The class of the machine and the versions, in one paragraph."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    office = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=False).stdout.split()
    return (
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}; {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, "
        f"{platform.system()}; Python {platform.python_version()}; {packages}; "
        f"LibreOffice {office[1] if office else 'none'}."
    )


def record(text: str, name: str = "figures") -> None:
    """Put `text` between the two marks of that name in the README."""
    page = README.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN.format(name))
    _, end, after = rest.partition(END.format(name))
    assert begin, name
    assert end, name
    README.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
