"""paraph correct."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import texts_by_language
from paraph.commands.report import show_finished, show_notice


@click.command()
@click.argument("reference")
@click.option("--by", "successor", required=True, metavar="REFERENCE", help="The release that corrects it.")
@click.option(
    "--reason",
    "reasons",
    required=True,
    multiple=True,
    metavar="[LANG=]REASON",
    help="What was wrong, for all to read; once for each language.",
)
@click.pass_obj
def command(folder: Path, reference: str, successor: str, reasons: tuple[str, ...]) -> int:
    """Record that a release is corrected by another one.

    The corrected text is put to the members first (“paraph circulate DOCUMENT --corrects REFERENCE”) and released under
    a reference of its own. Both releases stay; beside the first a notice in each language, to be sent on, is written.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.releases.corrections import correct, finished
    from paraph.workflow.times import now

    root = workspace(folder)
    show_finished(finished(root))
    told = correct(root, reference, successor, texts_by_language(reasons, "--reason"), now())
    click.echo(f"{reference} is corrected by {successor}: event {told.event.number}")
    show_notice(told)
    return 0
