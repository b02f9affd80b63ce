"""paraph close."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.report import show_members


@click.command()
@click.argument("circulation")
@click.option("--unsettled", metavar="REASON", default="", help="Close with answers not recorded, and why; no consent.")
@click.option("--confirm", is_flag=True, help="Members left, or came back, since the register last heard: it is so.")
@click.option("--call-off", metavar="REASON", help="It was opened by mistake: nothing in it is adopted.")
@click.pass_obj
def command(folder: Path, circulation: str, unsettled: str, confirm: bool, call_off: str | None) -> int:
    """Close a circulation and record how everything in it was decided.

    After its deadline, or earlier once every member that counts has decided on everything. What members answered in
    packets and was not recorded is settled first; what has changed in institutions.yml since the register last heard of
    it is noted first, and told. Exit code 1 where something was not adopted. With --call-off, at any time: nothing is
    counted, and the same words can be put to the members again.
    """
    from paraph.errors import UsageError
    from paraph.workflow.approvals.causes import counted
    from paraph.workflow.approvals.close import call_off as called_off
    from paraph.workflow.approvals.close import close
    from paraph.workflow.desk import workspace
    from paraph.workflow.times import now

    if call_off is not None:
        if unsettled:
            raise UsageError("--unsettled is for a count", "A circulation that is called off is not counted.")
        event = called_off(workspace(folder), circulation, now(), call_off)
        click.echo(f"{circulation} is called off: tell the members; register {event.number}:{event.hash[:16]}")
        return 0
    closed = close(workspace(folder), circulation, now(), unsettled.strip(), confirmed=confirm)
    show_members(closed.members)
    width = max(len(str(tally.subject)) for tally in closed.fact.tallies)
    for tally in closed.fact.tallies:
        click.echo(f"{tally.subject!s:<{width}}  {counted(tally)}")
        for why in closed.why.get(tally.subject, ()):
            click.echo(f"    {why}")
        for why in closed.since.get(tally.subject, ()):
            click.echo(f"    and agreed no longer: {why}")
    for one in closed.out:
        click.echo(f"{one} is out provisionally, and was not adopted: “paraph withdraw {one} --reason …”")
    click.echo(f"{circulation} is closed; register {closed.event.number}:{closed.event.hash[:16]}")
    return 0 if not closed.why else 1
