"""paraph init."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def command(folder: Path, target: Path) -> int:
    """Make a workspace in a new folder.

    It holds the clauses, forms, members and terms that paraph ships, all of them drafts for review, to be changed into
    your own.
    """
    from paraph.starter import starter
    from paraph.workflow.files import copy_workspace

    copy_workspace(starter(), folder / target)
    here = (folder / target).resolve() == Path.cwd()
    where, go = ("this folder", "") if here else (target, f"cd {target}, then ")
    click.echo(f"A workspace is in {where}. Next: {go}paraph check and paraph build.")
    return 0
