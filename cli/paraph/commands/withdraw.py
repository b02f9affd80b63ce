"""paraph withdraw."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("reference")
@click.option("--reason", required=True, help="Why, for all to read.")
@click.pass_obj
def command(folder: Path, reference: str, reason: str) -> int:
    """Record that a release is withdrawn.

    Its files and everything on record about it stay, with the reason.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.releases.corrections import withdraw
    from paraph.workflow.times import now

    event = withdraw(workspace(folder), reference, reason, now())
    click.echo(f"{reference} is withdrawn: event {event.number}")
    return 0
