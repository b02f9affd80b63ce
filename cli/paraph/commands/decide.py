"""paraph decide."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import complete_everything, receipt_options
from paraph.commands.receipts import receipt

_BY_THE_SECRETARIAT = {
    "accept": "late decision of {} accepted",
    "settle": "answer of {} settled",
    "unclear": "unclear answer of {}",
}
"""What is no word of the member’s."""


@click.command()
@click.argument("references", nargs=-1, required=True, shell_complete=complete_everything)
@click.option("--as", "member", required=True, help="The member institution, by its id.")
@click.option("--approve", is_flag=True)
@click.option("--reserve", metavar="TEXT", help="Approve, with this reservation.")
@click.option("--abstain", is_flag=True)
@click.option("--object", "objection", metavar="TEXT", help="Object, for this reason.")
@click.option("--comment", metavar="TEXT", help="A comment never counts.")
@click.option("--amend", metavar="TEXT", help="Ask for the text to read so, all of it; never an approval.")
@click.option("--withdraw", metavar="REASON", help="Take back what the member decided, or asked for.")
@click.option("--event", "events", type=int, multiple=True, help="With --withdraw: which of several, by its number.")
@click.option("--accept-late", metavar="REASON", help="Let a decision count that came after the deadline.")
@click.option("--settle", metavar="REASON", help="An answer in a packet, not recorded, needs no decision, and why.")
@click.option("--unclear", is_flag=True, help="It answered, and nobody can tell what: the file is kept (--evidence).")
@click.option(
    "--again",
    is_flag=True,
    help="With a circulation: also on texts of which the member has said something already.",
)
@click.option("-l", "--language", default="", help="The language of the text.")
@click.option("-c", "--circulation", default="", help="Which circulation, where several ask about the same.")
@click.option("--by", "person", default="", help="Who spoke for the institution. Kept apart, can be forgotten.")
@click.option("--signed", is_flag=True, help="The evidence is signed, by hand or electronically: you looked.")
@receipt_options
@click.pass_obj
def command(
    folder: Path,
    references: tuple[str, ...],
    member: str,
    approve: bool,
    reserve: str | None,
    abstain: bool,
    objection: str | None,
    comment: str | None,
    amend: str | None,
    withdraw: str | None,
    events: tuple[int, ...],
    accept_late: str | None,
    settle: str | None,
    unclear: bool,
    again: bool,
    language: str,
    circulation: str,
    person: str,
    signed: bool,
    received: str,
    channel: str,
    evidence: tuple[Path, ...],
) -> int:
    """Record what a member decided, took back, or sent late.

    REFERENCES are clauses or a document (no-child-detention), versions of them (no-child-detention@2), or a circulation
    (c1) for everything put to the members in it; what the member has decided on a text before is then left as it is.
    """
    from paraph.model.event import Choice
    from paraph.workflow.approvals import decisions
    from paraph.workflow.approvals.references import Wish
    from paraph.workflow.desk import workspace
    from paraph.workflow.times import now

    chosen: dict[Choice | str, str | None] = {
        Choice.APPROVE: "" if approve else None,
        Choice.RESERVE: reserve,
        Choice.ABSTAIN: "" if abstain else None,
        Choice.OBJECT: objection,
        Choice.COMMENT: comment,
        "amend": amend,
        "withdraw": withdraw,
        "accept": accept_late,
        "settle": settle,
        "unclear": "" if unclear else None,
    }
    given = {what: text for what, text in chosen.items() if text is not None}
    if len(given) != 1:
        raise click.UsageError(
            "Say one: --approve, --reserve, --abstain, --object, --comment, --amend, --withdraw, --accept-late, "
            "--settle, --unclear."
        )
    ((what, text),) = given.items()
    if events and what != "withdraw":
        raise click.UsageError("--event is for --withdraw.")
    root, at = workspace(folder), now()
    wish = Wish(
        references=references,
        member=member,
        receipt=receipt(root, received, channel, at, evidence=evidence, signed=signed),
        circulation=circulation,
        evidence=evidence,
        person=person,
        again=again,
        events=events,
    )
    if what == "withdraw":
        noted = decisions.withdraw(root, wish, text, at)
    elif what == "amend":
        noted = decisions.amend(root, wish, text, language, at)
    elif what == "accept":
        noted = decisions.accept_late(root, wish, text, at)
    elif what == "settle":
        noted = decisions.settle(root, wish, text, at)
    elif what == "unclear":
        noted = decisions.unclear(root, wish, at)
    else:
        noted = decisions.decide(root, wish, Choice(what), text, language, at)
    width = max(len(str(one.subject)) for one in noted)
    shared = set(noted[0].notes).intersection(*(one.notes for one in noted)) if len(noted) > 1 else set()
    for one in noted:
        number = f"event {one.event}" if one.event else "not written"
        done = _BY_THE_SECRETARIAT.get(str(what), f"{what} by {{}}").format(member)
        click.echo(f"{one.subject!s:<{width}}  {done} in {one.circulation}: {number}")
        for note in one.notes:
            if note not in shared:
                click.echo(f"    {note}")
    for note in dict.fromkeys(note for note in noted[0].notes if note in shared):
        click.echo(f"all of them: {note}")
    return 0
