"""paraph translate."""

from __future__ import annotations

from pathlib import Path

import click

from paraph.commands.arguments import complete_everything, receipt_options
from paraph.commands.receipts import receipt


@click.group()
def command() -> None:
    """Courtesy translations out to translators as XLIFF, and in again."""


@command.command()
@click.argument("references", nargs=-1, required=True, metavar="DOC|CLAUSE...", shell_complete=complete_everything)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-l", "--language", required=True, help="The language to translate into.")
@click.option("--from", "source", default="", help="The authentic language to translate from. Default: the first.")
@click.option("--xliff", "version", type=click.Choice(("2.1", "1.2")), default="2.1", help="For tools that need 1.2.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_obj
def export(
    folder: Path, references: tuple[str, ...], file: Path, language: str, source: str, version: str, force: bool
) -> int:
    """Write the texts of clauses, or of documents (title, headings, all clauses), to FILE for translation.

    Values, links and marked terms are protected; what is translated already comes along, with its state.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.translation.translate import export as exported

    made = exported(workspace(folder), references, language, file, source=source, version=version, force=force)
    what = f"{len(made.clauses)} clauses, {made.segments} segments, {made.done} of them translated"
    click.echo(f"{file}: {what}")
    for document in made.documents:
        click.echo(f"  with the title, headings and other texts of {document} itself")
    return 0


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", required=True, metavar="NAME", help="Who translated it, as it is to be recorded.")
@click.option("--partial", is_flag=True, help="Take what is whole, where other clauses are not.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.pass_obj
def import_(folder: Path, file: Path, by: str, partial: bool, dry_run: bool) -> int:
    """Take translations in from FILE, an XLIFF that was exported here.

    Only the translations in its language change, and stay unchecked until a member of the language validates them. A
    file whose source text is no longer that of the clause or document is refused, as are lost or broken placeholders.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.translation.translated import import_ as imported

    made = imported(workspace(folder), file, by=by, partial=partial, dry_run=dry_run)
    for path in made.files:
        click.echo(f"{'would write' if dry_run else 'written'}: {path}")
    click.echo(f"{made.language}: {len(made.changed)} translated, {len(made.same)} as they were")
    for clause, why in made.left.items():
        click.echo(f"  left out: {clause}: {why}")
    for clause, names in made.old.items():
        click.echo(f"  to be looked at: {clause}: {names} as before, though the source text had changed")
    for document in made.unissued:
        click.echo(f"  {document} is not issued in {made.language}: add it to its languages: to build it")
    return 0


@command.command()
@click.argument("references", nargs=-1, required=True, metavar="DOC|CLAUSE...", shell_complete=complete_everything)
@click.option("-l", "--language", required=True, help="The language of the translations.")
@click.option("--as", "member", required=True, help="The member of that language, by its id.")
@click.option("--confirm", is_flag=True, help="The member has seen the words of the files, where others are on record.")
@receipt_options
@click.pass_obj
def validate(
    folder: Path,
    references: tuple[str, ...],
    language: str,
    member: str,
    confirm: bool,
    received: str,
    channel: str,
    evidence: tuple[Path, ...],
) -> int:
    """Record that a member of the language validated translations as they are now.

    With a document go all its clauses, and its own title and headings where its file says that they are a translation;
    it drops its mark “not yet checked” once all of them are validated. Whatever changes afterwards, the source or the
    translation, is unchecked again. Where the files have other words than the version on record, these are shown, and
    --confirm says that the member has seen them; where it has none, the words validated are printed.
    """
    from paraph.workflow.approvals.validation import validate as validated
    from paraph.workflow.desk import workspace
    from paraph.workflow.times import now

    root, at = workspace(folder), now()
    given = receipt(root, received, channel, at)
    for one in validated(root, references, language, member, given, evidence, at, confirmed=confirm):
        what = f"validated by {member}: event {one.event}" if one.event else "validated already"
        click.echo(f"{one.subject} [{language}]  {what}")
        for line in one.words.splitlines():
            click.echo(f"    {line}")
    return 0
