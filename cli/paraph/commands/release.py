"""paraph release."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import complete_documents, near, texts_by_language
from paraph.commands.report import print_findings, show_finished, show_members, show_notice

_SHOWN = 6


@click.command()
@click.argument("document", shell_complete=complete_documents)
@click.option("--reference", default="", help="Its reference number. Default: the document’s, or the next of the year.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(("docx", "pdf", "html", "odt", "epub", "md", "akn", "large-print", "press")),
    help="Default: all.",
)
@click.option("--edition", "members", multiple=True, metavar="MEMBER", help="Of a leaflet: only these members’ own.")
@click.option("--all-editions", is_flag=True, help="Of a leaflet: every member’s own, nameless and pending ones too.")
@click.option("--reissue", is_flag=True, help="The same words anew: a later translation, edition or signature.")
@click.option(
    "--confirm", is_flag=True, help="What changed around the words or of the members, or came too late, was looked at."
)
@click.option(
    "--provisional",
    multiple=True,
    metavar="[LANG=]REASON",
    help="Release it before it is adopted, and print why on every page; once for each language.",
)
@click.option(
    "--reason",
    multiple=True,
    metavar="[LANG=]REASON",
    help="Of a corrigendum: what was wrong, for all to read; once for each language.",
)
@click.pass_obj
def command(
    folder: Path,
    document: str,
    reference: str,
    formats: tuple[str, ...],
    members: tuple[str, ...],
    all_editions: bool,
    reissue: bool,
    confirm: bool,
    provisional: tuple[str, ...],
    reason: tuple[str, ...],
) -> int:
    """Release a document that its members adopted, in every language.

    Refused, with every cause, unless its rule is met for exactly the words that it prints now, and every edition can be
    built without an error. Where a template, the name of a member or the title of a clause has changed since the
    members were asked, a courtesy translation is of words that have changed since, or one in whose name it is released
    objects too late to count, --confirm; likewise where a new edition lists other members, one that agreed is active no
    longer, or members are by institutions.yml not what they are on record. The files go into releases/REFERENCE, with
    their digests in SHA256SUMS, and the release is recorded. It is never replaced: what comes later is a corrigendum, a
    withdrawal, or, where the same words have a translation or a member’s edition more, a new edition (--reissue), which
    says which one it takes the place of.

    Of a leaflet, poster or card, members’ own editions are released beside that of all: those of the active members
    that approved it in this circulation, with a reservation or without, or let it pass in silence, and of which it is
    settled which office they are. That of any other only where it is named, with --confirm.
    """
    from paraph.workflow.building.editions import ALL
    from paraph.workflow.desk import documents_of, workspace
    from paraph.workflow.releases.before import ReleaseRequest
    from paraph.workflow.releases.corrections import finished
    from paraph.workflow.releases.release import release
    from paraph.workflow.times import now

    root = workspace(folder)
    (id_,) = documents_of(root, (document,))
    reasons = texts_by_language(provisional, "--provisional")
    request = ReleaseRequest(
        reference=reference,
        formats=formats,
        members=(ALL,) if all_editions else tuple(dict.fromkeys(members)),
        confirmed=confirm,
        reissue=reissue,
        provisional=reasons,
        corrected=texts_by_language(reason, "--reason"),
    )
    show_finished(finished(root))
    done = release(root, id_, request, now())
    if done.findings:
        print_findings(done.findings)
    show_members(done.noted)
    what = "was released; its files are made again" if done.again else "is released"
    how = " provisionally" if done.fact.provisionally else ""
    click.echo(
        f"{done.fact.subject} {what}{how} as {done.fact.reference}: {len(done.fact.files)} files in {near(done.folder)}"
    )
    if done.signed:
        click.echo(f"It is signed by {', '.join(done.signed)}")
    if done.members:
        click.echo(f"Besides that of all, the editions of {', '.join(done.members)}")
        if done.contact:
            click.echo("What the document says under contact: stands in that of all alone.")
    if done.nameless:
        click.echo("\n".join(("Without an edition of their own, which nobody asked for by name:", *done.nameless)))
        click.echo(
            f"To ask them: “paraph circulate {id_} --until … --whole”; what they say late of what they were asked goes "
            "on record by “paraph decide …” and --accept-late. Once one of them agrees, “paraph release "
            f"{id_} --reissue” makes its own; before that only --edition, which names each that has it, with --confirm."
        )
    if done.fact.provisionally:
        more = [f"  and {len(done.missing) - _SHOWN} more"] if len(done.missing) > _SHOWN else []
        missing = (f"  {line}" for line in done.missing[:_SHOWN])
        click.echo("\n".join(("missing, which its record says:", *missing, *more)))
    if done.replaces:
        click.echo(f"It replaces {done.replaces}, and says so.")
    if done.corrects and done.fact.provisionally:
        click.echo(f"Until it is adopted, {done.corrects} stays in force.")
    elif done.corrects:
        click.echo(f"It corrects {done.corrects}, and says so.")
        if done.why and not reason:
            click.echo(f"What was wrong was said when the same words were first released: {done.why}")
        if done.unsaid:
            next_ = f"paraph correct {done.corrects} --by {done.fact.reference} --reason …"
            click.echo(f"Say what was wrong, and the notice will say it, too: “{next_}”")
    if done.told:
        show_notice(done.told)
    click.echo(f"register {done.event.number}:{done.event.hash}")
    return 0
