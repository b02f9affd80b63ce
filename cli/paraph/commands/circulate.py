"""paraph circulate."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import complete_documents
from paraph.commands.report import show_members


@click.command()
@click.argument("document", shell_complete=complete_documents)
@click.option("--until", required=True, help='Deadline in the workspace’s zone: "2017-03-01 18:00", or a day.')
@click.option("--rule", default="", help="consensus, unanimity, “7 of 10”, “silence 7 days”. Default: the document’s.")
@click.option("--corrects", default="", metavar="REF", help="This corrects the release REF.")
@click.option("--whole", is_flag=True, help="Ask about every clause, agreed wording included.")
@click.option("--confirm", is_flag=True, help="Members left or came back, or older words are put again: it is so.")
@click.option("--new-register", "anew", is_flag=True, help="Begin a register where there seems to have been one.")
@click.pass_obj
def command(
    folder: Path, document: str, until: str, rule: str, corrects: str, whole: bool, confirm: bool, anew: bool
) -> int:
    """Put a document and its clauses to the members.

    Every clause and the document get a version: these exact words are what members decide on. Clauses that are agreed
    wording already are not asked about again. What has changed in institutions.yml since the register last heard of it
    is noted first, and told.
    """
    from paraph.workflow.approvals.causes import named
    from paraph.workflow.approvals.circulation import circulate
    from paraph.workflow.desk import documents_of, workspace
    from paraph.workflow.times import now

    root = workspace(folder)
    (id_,) = documents_of(root, (document,))
    put = circulate(
        root, id_, until=until, rule=rule, at=now(), corrects=corrects, whole=whole, anew=anew, confirmed=confirm
    )
    fact = put.fact
    if put.begins:
        click.echo("The register begins with this.")
    show_members(put.members)
    click.echo(f"{fact.circulation}: {id_}, under {fact.rule}, until {put.deadline}")
    click.echo(f"  {len(fact.subjects)} to decide on, {len(put.new)} of them for the first time")
    if put.already:
        click.echo(f"  already agreed wording: {', '.join(map(str, put.already))}")
    for clauses, members in put.agreed_without:
        click.echo(f"  {named(clauses)}: agreed without {', '.join(members)}, and not asked about again")
    if put.without:
        click.echo(
            f"    to ask them too, call {fact.circulation} off and add --whole; or put on record what they say of it, "
            "by “paraph decide CLAUSE”, and --accept-late"
        )
    for subject, members in put.amended.items():
        click.echo(f"  {subject}: {named(members)} asked for other words, which breaks the silence until taken back")
    for other in put.beside:
        click.echo(f"  {other} is still open: what is decided there counts for its words alone")
    width = max(map(len, put.asked))
    for member, subjects in put.asked.items():
        invited = " (invited, not counted)" if member in fact.invited else ""
        if len(subjects) == len(fact.subjects):
            what = "everything"
        else:
            what = ", ".join(map(str, subjects)) or "nothing: it has decided on all of it"
        click.echo(f"  {member:<{width}}  {what}{invited}")
    return 0
