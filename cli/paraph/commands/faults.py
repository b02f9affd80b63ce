"""Faults of a register on the terminal: those of one kind together, and no more of them than can be read."""

from __future__ import annotations

from collections.abc import Sequence

import click

from paraph.commands import colour
from paraph.model.fault import Fault

_FIRST = 5
"""Faults of one kind that are told; of more, how many there are."""


def print_faults(faults: Sequence[Fault], *, every: bool = False) -> None:
    """Print faults to standard error, with a count at the end; `every` one, or the first few of each kind."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.kind, []).append(fault)
    for some in kinds.values():
        shown = some if every or len(some) <= _FIRST + 1 else some[:_FIRST]
        for fault in shown:
            click.echo(click.style("wrong: ", fg="red", bold=True) + fault.text, err=True, color=colour())
        if more := len(some) - len(shown):
            click.echo(f"       … and {more:,} more of this kind, to event {some[-1].event}", err=True)
    hidden = any(len(some) > _FIRST + 1 for some in kinds.values()) and not every
    count = f"{len(faults):,} fault{'s' if len(faults) > 1 else ''} in the register"
    click.echo(f"{count}{'; --all prints each' if hidden else ''}", err=True)
