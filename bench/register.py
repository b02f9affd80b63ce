"""The register after years of use: verified, and one document’s standing asked for, against SQL that proves nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.history import Made, make
from bench.measure import PARAPH, in_turns
from bench.measures import Row

TALLY = str(Path(__file__).with_name("tally.py"))


def register(source: Path, work: Path, members: int, clauses: int, rounds: int) -> Iterator[Row]:
    """(g) Every clause put to every member three times."""
    yield from compared(make(source, work / "register", members, clauses), rounds)


def compared(made: Made, rounds: int) -> Iterator[Row]:
    """The rows for a register that was made."""
    tally = [sys.executable, TALLY, "plain.db"]
    costs = in_turns(
        {
            "sql": tally,
            "verify": [PARAPH, "register", "verify"],
            "one": [*tally, *made.subjects],
            "status": [PARAPH, "status", made.document],
            "ready": [PARAPH, "status", made.ready],
        },
        made.root,
        rounds,
    )
    rate = f"{made.events / costs['verify'].wall:,.0f} events/s"
    yield Row(f"SQL: {made.decisions:,} decisions tallied from a plain table", costs["sql"])
    yield Row("paraph register verify", costs["verify"], costs["sql"], "the SQL", "≤ 10 s", rate)
    yield Row("SQL: those on one document", costs["one"])
    yield Row("paraph status of that document", costs["status"], costs["one"], "the SQL", "≤ 1 s")
    yield Row("paraph status of one ready for release", costs["ready"], costs["one"], "the SQL", "≤ 1 s")
