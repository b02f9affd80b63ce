"""paraph show."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import reference_argument


@click.command()
@reference_argument
@click.option("-l", "--language", default="", help="Only this language.")
@click.pass_obj
def command(folder: Path, reference: str, language: str) -> int:
    """Show a clause, document, member, term or release.

    A document is shown as it will be printed, with its numbers and values, in plain text. A version
    (no-child-detention@2) is shown as it is on record, be its file changed or gone.
    """
    from paraph.workflow import inventory
    from paraph.workflow.desk import workspace
    from paraph.workflow.record import show

    shown = show.shown if "@" in reference else inventory.shown
    for line in shown(workspace(folder), reference, language):
        click.echo(line)
    return 0
