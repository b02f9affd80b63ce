"""paraph log."""

from __future__ import annotations

import json
from pathlib import Path

import click

from paraph.commands import colour
from paraph.commands.arguments import reference_argument


@click.command()
@reference_argument
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def command(folder: Path, reference: str, json_: bool) -> int:
    """Tell everything on record about a clause, a document or a circulation.

    Every version, circulation and decision in the order in which it was recorded, each with what became of it: late,
    accepted, superseded, taken back, lapsed. REFERENCE can also be a version (no-child-detention@2), a circulation
    (c1), a release or a member.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.log import as_json
    from paraph.workflow.record.outcomes import told

    entries = told(workspace(folder), reference)
    if json_:
        found = [{**json.loads(as_json(entry.event)), "became": outcomes} for entry, outcomes in entries]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for entry, outcomes in entries:
        number = click.style(f"{entry.event.number:>6}", bold=True)
        click.echo(f"{number}  {entry.at}  {entry.line}", color=colour())
        for line in entry.beside:
            click.echo(f"{'':<26}{line}")
        for line in outcomes:
            click.echo(f"{'':<24}→ {click.style(line, bold=True)}", color=colour())
    return 0
