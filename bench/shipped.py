"""`paraph check` of the workspace that ships, beside one with nothing to check: what is beyond start-up is the check.

Both workspaces have the members, states, forms and fixed words of `paraph init`; the empty one has no clause, document
or concept. *First* is a run for which nothing is kept from any before, as on the day paraph was installed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.measure import PARAPH, Cost, in_turns, run

_EMPTIED = ("statements/*/", "glossary/")
_ASKED = 1.0
"""Seconds beyond start-up."""


def table(work: Path, rounds: int) -> str:
    """The four commands in turns, with what the check of the whole workspace takes beyond that of the empty one."""
    roots = {"nothing": work / "nothing", "what ships": work / "ships"}
    for root in roots.values():
        shutil.rmtree(root, ignore_errors=True)
        run([PARAPH, "init", str(root)], work)
    for pattern in _EMPTIED:
        for folder in roots["nothing"].glob(pattern):
            shutil.rmtree(folder)
    fresh = work / "fresh"
    environments = {"first": ["env", f"PARAPH_CACHE={fresh}"], "again": []}
    commands = {
        (what, when): [*before, PARAPH, "-C", str(root), "check"]
        for when, before in environments.items()
        for what, root in roots.items()
    }
    costs = in_turns(commands, work, rounds, lambda: shutil.rmtree(fresh, ignore_errors=True))
    lines = [
        "| check of | run | wall s | processor s | peak MB | runs | beyond start-up: wall · processor | asked |",
        "|---|---|--:|--:|--:|--:|---|---|",
    ]
    for (what, when), cost in costs.items():
        figures = f"{cost.wall:.3f} | {cost.cpu:.3f} | {cost.peak:.0f} | {cost.runs}"
        beyond = _beyond(cost, costs["nothing", when]) if what != "nothing" else " | "
        lines.append(f"| {what} | {when} | {figures} | {beyond} |")
    return "\n".join(lines)


def _beyond(whole: Cost, start: Cost) -> str:
    return f"{whole.wall - start.wall:.2f} · {whole.cpu - start.cpu:.2f} | < {_ASKED:g}"
