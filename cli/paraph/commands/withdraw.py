"""paraph withdraw."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import texts_by_language
from paraph.commands.report import show_finished, show_notice


@click.command()
@click.argument("reference")
@click.option(
    "--reason",
    "reasons",
    required=True,
    multiple=True,
    metavar="[LANG=]REASON",
    help="Why, for all to read; once for each language.",
)
@click.pass_obj
def command(folder: Path, reference: str, reasons: tuple[str, ...]) -> int:
    """Record that a release is withdrawn.

    Its files and everything on record about it stay, with the reason; beside them a notice in each language, to be sent
    on, is written.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.releases.corrections import finished, withdraw
    from paraph.workflow.times import now

    root = workspace(folder)
    show_finished(finished(root))
    told = withdraw(root, reference, texts_by_language(reasons, "--reason"), now())
    click.echo(f"{reference} is withdrawn: event {told.event.number}")
    show_notice(told)
    return 0
