"""paraph packet."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def command() -> None:
    """Review packets: Word files in which members decide."""


@command.command("write")
@click.argument("circulation")
@click.option("--member", "members", multiple=True, help="Only for this member. Default: for all that are asked.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Into this folder. Default: build/packets/….")
@click.pass_obj
def write_command(folder: Path, circulation: str, members: tuple[str, ...], out: Path | None) -> int:
    """Write a Word file for each member of a circulation, in its languages.

    Each holds the texts, what has changed since the member last approved them, and a place for its decisions.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.packets import write_packets
    from paraph.workflow.times import now

    written = write_packets(workspace(folder), circulation, members, out, now())
    width = max(len(one.member) for one in written)
    for one in written:
        invited = "" if one.counted else " (invited, not counted)"
        click.echo(f"{one.member:<{width}}  {'+'.join(one.languages)}  {one.files[0]}{invited}")
    return 0
