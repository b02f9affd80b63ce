"""paraph new."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("kind")
@click.argument("id_", metavar="ID")
@click.option("--theme", default="", help="The folder below statements/clauses/ for a new clause.")
@click.pass_obj
def command(folder: Path, kind: str, id_: str, theme: str) -> int:
    """Add a clause or a document to fill in.

    KIND is “clause”, or a form of document: declaration, statement, resolution, letter, leaflet, or your own. ID is
    what it will be called, in small letters with hyphens: no-child-detention.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.new import new

    root = workspace(folder)
    click.echo(f"Fill in {new(root, kind, id_, theme).relative_to(root)}, then: paraph check")
    return 0
