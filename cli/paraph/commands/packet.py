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
@click.option("--notice", is_flag=True, help="Record, too, that these members are told now.")
@click.pass_obj
def write_command(folder: Path, circulation: str, members: tuple[str, ...], out: Path | None, notice: bool) -> int:
    """Write a Word file for each member of a circulation, in its languages, with the draft of an e-mail.

    Each holds the texts, what has changed since the member last approved them, and a place for its decisions. Open the
    drafts (.eml) in a mail program, add the address, and send. Writing is no notice: say --notice when you send them
    now, or “paraph notice” once you have.
    """
    from paraph.commands.receipts import receipt
    from paraph.workflow.approvals.close import notify
    from paraph.workflow.desk import workspace
    from paraph.workflow.packets.write import write_packets
    from paraph.workflow.times import now

    root, at = workspace(folder), now()
    written = write_packets(root, circulation, members, out, at)
    width = max(len(one.member) for one in written)
    for one in written:
        invited = "" if one.counted else " (invited, not counted)"
        click.echo(f"{one.member:<{width}}  {'+'.join(one.languages)}  {one.files[0]}{invited}")
        for note in one.notes:
            click.echo(f"    {note}")
    if late := next((one.late for one in written if one.late), ""):
        click.echo(
            f"The deadline of {circulation} was {late}, and each packet says so. What comes back now is late and "
            "counts for nothing unless it is accepted. To ask anew, close it or call it off, and circulate again.",
            err=True,
        )
    if notice:
        told = notify(root, circulation, [one.member for one in written], receipt(root, "", "e-mail", at), (), at)
        click.echo(f"Notice recorded for {', '.join(told)}." if told else "They were told before: no notice recorded.")
    return 0


@command.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--received", default="", help="When it reached the secretariat. Default: now.")
@click.option("--channel", default="e-mail", show_default=True, help="How it came: e-mail, letter, meeting, …")
@click.option("--yes", is_flag=True, help="Record without asking, for scripts: only where nothing is unclear.")
@click.option("--json", "as_json", is_flag=True, help="The proposal as JSON; with --yes it is recorded as well.")
@click.option("--leave", type=int, multiple=True, help="Leave out the decision on this text, by its number.")
@click.pass_obj
def read_command(
    folder: Path,
    files: tuple[Path, ...],
    received: str,
    channel: str,
    yes: bool,
    as_json: bool,
    leave: tuple[int, ...],
) -> int:
    """Read packets that came back, and record what they say once you have looked at it.

    FILES are DOCX, or ODT and RTF where LibreOffice is installed, or e-mails (.eml, .emlx) with such a file attached,
    whose own words are shown and never taken for an answer. Decisions, comments and changes become a proposal; what is
    not clear is named, never guessed, and not recorded. Where words beside a decision are a condition, --leave keeps
    that decision out until you have asked the member.
    """
    from paraph.commands.packet_read import read

    return read(folder, files, received, channel, yes=yes, as_json=as_json, leave=leave)
