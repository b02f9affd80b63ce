"""paraph check."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.report import as_json, print_findings, summary


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--json", "json_", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def command(folder: Path, paths: tuple[str, ...], json_: bool) -> int:
    """Find everything that is wrong, all at once.

    PATHS limit what is shown to some files or folders; the whole workspace is read all the same, because a clause and
    the documents that use it are right or wrong together. Exit code 1 where there is an error.
    """
    from paraph.workflow.check import check
    from paraph.workflow.desk import workspace

    result = check(workspace(folder), tuple(paths))
    if json_:
        click.echo(as_json(result.findings))
    elif result.findings:
        print_findings(result.findings)
    else:
        click.echo(f"{result.counted}: {summary(())}")
    return 1 if result.failed else 0
