"""paraph notice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from paraph.commands.arguments import receipt_options
from paraph.commands.receipts import receipt


@click.command()
@click.argument("circulation")
@click.option("--to", "members", multiple=True, help="A member that was told. Default: all that are asked.")
@partial(receipt_options, received="When they had it: the day and the hour. Default: now.")
@click.pass_obj
def command(
    folder: Path, circulation: str, members: tuple[str, ...], received: str, channel: str, evidence: tuple[Path, ...]
) -> int:
    """Record that members were told of a circulation.

    Under a rule of silence a member's silence means consent only where notice was recorded in time.
    """
    from paraph.workflow.approvals.close import notify
    from paraph.workflow.desk import workspace
    from paraph.workflow.times import now

    root, at = workspace(folder), now()
    told = notify(root, circulation, members, receipt(root, received, channel, at), evidence, at)
    click.echo(f"{circulation}: noted for {', '.join(told)}" if told else "They were told before: nothing to note.")
    for member, notes in told.items():
        for note in notes:
            click.echo(f"  {member}: {note}")
    return 0
