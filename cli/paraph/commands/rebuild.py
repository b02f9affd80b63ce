"""paraph rebuild."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import near


@click.command()
@click.argument("reference")
@click.option("--verify", is_flag=True, help="Only compare with what was released; write nothing.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="A new folder. Default: its place in releases/.")
@click.option("--register", "where", default="", metavar="FILE", help="A register elsewhere; no workspace is needed.")
@click.pass_obj
def command(folder: Path, reference: str, verify: bool, out: Path | None, where: str) -> int:
    """Make the files of a release again, from the register alone.

    Texts, templates and decisions are those of then; nothing of the workspace is read. With them comes the notice of
    what became of it. Each file is compared with what is on record, to the byte; where one comes out otherwise, because
    another version of a program makes it, it is named, nothing is written, and the exit code is 1.
    """
    from paraph.workflow.releases.rebuild import rebuild

    done = rebuild(folder, reference, out=out, verify=verify, where=where)
    for name in done.files:
        click.echo(f"{'other bytes' if name in done.others else 'the same':<11}  {name}")
    for one in done.programs:
        click.echo(f"another version: {one}")
    if done.others:
        click.echo(
            f"{len(done.others)} of {len(done.files)} files of {done.reference} come out with other bytes, and the same"
            " words. What was released is in the copies that others hold."
        )
        return 1
    if done.folder:
        click.echo(f"{done.reference} is made again in {near(done.folder)}, as it was released")
    else:
        click.echo(f"{done.reference} comes out as it was released")
    return 0
