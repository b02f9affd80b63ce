"""paraph list."""

from __future__ import annotations

import json
from pathlib import Path

import click

_WHAT = ("documents", "clauses", "members", "terms", "forms", "countries")


@click.command()
@click.argument("what", type=click.Choice(_WHAT), default="documents")
@click.option("--json", "json_", is_flag=True, help="Print a JSON array of objects.")
@click.pass_obj
def command(folder: Path, what: str, json_: bool) -> int:
    """List what the workspace holds.

    WHAT is documents (default), clauses, members, terms, forms or countries.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.inventory import listing

    found = listing(workspace(folder), what)
    if json_:
        rows = [dict(zip(found.head, row, strict=True)) for row in found.rows]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    widths = [max(map(len, column)) for column in zip(found.head, *found.rows, strict=True)]
    click.echo(click.style(_line(found.head, widths), bold=True))
    for row in found.rows:
        click.echo(_line(row, widths))
    return 0


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
