"""paraph check."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.report import as_json, print_findings, summary


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--json", "json_", is_flag=True, help="Print the findings as JSON, those that are waived included.")
@click.option("--waived", "waived", is_flag=True, help="Print also what is waived, with the reasons.")
@click.pass_obj
def command(folder: Path, paths: tuple[str, ...], json_: bool, waived: bool) -> int:
    """Find everything that is wrong, all at once.

    PATHS limit what is shown to some files or folders; the whole workspace is read all the same, because a clause and
    the documents that use it are right or wrong together. Exit code 1 where there is an error.
    """
    from paraph.workflow.check import check
    from paraph.workflow.desk import workspace

    result = check(workspace(folder), tuple(paths))
    if json_:
        click.echo(as_json(result.findings))
        return 1 if result.failed else 0
    shown = [finding for finding in result.findings if waived or finding.rule != "waived"]
    if hidden := len(result.findings) - len(shown):
        click.echo(f"{hidden} waived: “paraph check --waived” says why")
    if shown:
        print_findings(shown)
    else:
        click.echo(f"{result.counted}: {summary(())}")
    return 1 if result.failed else 0
