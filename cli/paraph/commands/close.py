"""paraph close."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click


@click.command()
@click.argument("circulation")
@click.option("--unsettled", metavar="REASON", default="", help="Close with answers not recorded, and why; no consent.")
@click.pass_obj
def command(folder: Path, circulation: str, unsettled: str) -> int:
    """Close a circulation and record how everything in it was decided.

    After its deadline, or earlier once every member that counts has decided on everything. What members answered in
    packets and was not recorded is settled first. Exit code 1 where something was not adopted.
    """
    from paraph.workflow.approvals.close import close
    from paraph.workflow.desk import workspace
    from paraph.workflow.times import now

    closed = close(workspace(folder), circulation, now(), unsettled.strip())
    width = max(len(str(tally.subject)) for tally in closed.fact.tallies)
    for tally in closed.fact.tallies:
        counts = Counter(one.state for one in tally.members)
        states = ", ".join(f"{count} {state}" for state, count in counts.most_common())
        click.echo(f"{tally.subject!s:<{width}}  {'adopted' if tally.adopted else 'NOT ADOPTED'}  {states}")
        for why in closed.why.get(tally.subject, ()):
            click.echo(f"    {why}")
    click.echo(f"{circulation} is closed; register {closed.event.number}:{closed.event.hash[:16]}")
    return 0 if not closed.why else 1
