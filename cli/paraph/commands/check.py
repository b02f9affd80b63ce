"""paraph check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from paraph.commands.report import as_json, print_findings, summary

if TYPE_CHECKING:
    from paraph.workflow.fix import Fixed

_SPACES = str.maketrans({"\u00a0": "⍽", "\u202f": "⍽"})


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--json", "json_", is_flag=True, help="Print the findings as JSON, those that are waived included.")
@click.option("--waived", "waived", is_flag=True, help="Print also what is waived, with the reasons.")
@click.option("--fix", "fix_", is_flag=True, help="Mend what is purely typographic, in texts never put to the members.")
@click.option("--html", metavar="FILE", help="Write the texts side by side, their terms marked, with the findings.")
@click.pass_obj
def command(folder: Path, paths: tuple[str, ...], json_: bool, waived: bool, fix_: bool, html: str | None) -> int:
    """Find everything that is wrong, all at once.

    PATHS limit what is shown to some files or folders; the whole workspace is read all the same, because a clause and
    the documents that use it are right or wrong together. Exit code 1 where there is an error.
    """
    from paraph.workflow.check import check, report
    from paraph.workflow.desk import workspace

    root = workspace(folder)
    if fix_:
        from paraph.workflow.fix import fix

        _print_fixed(fix(root, tuple(paths)))
    result = check(root, tuple(paths), remember=True)
    if html:
        report(root, result, tuple(paths), Path(html))
    if json_:
        click.echo(as_json(result.findings))
        return 1 if result.failed else 0
    shown = [finding for finding in result.findings if waived or finding.rule != "waived"]
    if hidden := len(result.findings) - len(shown):
        click.echo(f"{hidden} waived: “paraph check --waived” says why")
    if shown:
        print_findings(shown, result.names, err=False)
    else:
        click.echo(f"{result.counted}: {summary(())}")
    return 1 if result.failed else 0


def _print_fixed(fixed: Fixed) -> None:
    """To standard error, so that --json stays JSON. No-break spaces are shown as ⍽."""
    for line in fixed.lines:
        click.echo(f"{line.file}:{line.line}: mended ({line.language})", err=True)
        click.echo(f"  - {line.before.translate(_SPACES)}\n  + {line.after.translate(_SPACES)}", err=True)
    for file, language in fixed.pinned:
        click.echo(f"{file}: the translation {language} is pinned to the text as mended", err=True)
    for file in fixed.left:
        click.echo(f"{file}: left alone: it has been put to the members, and is changed by hand only", err=True)
    if fixed.unregistered:
        click.echo("there is no register: every text counted as a draft", err=True)
