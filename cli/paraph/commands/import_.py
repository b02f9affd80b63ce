"""paraph import."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-l", "--lang", "languages", multiple=True, required=True, help="The language of FILE; then of --with.")
@click.option("--with", "other", type=click.Path(path_type=Path), help="The same statement in another language.")
@click.option("--id", "id_", default="", help="The id of the document. Default: from the name of FILE.")
@click.option("--form", default="declaration", show_default=True, help="The form of the document.")
@click.option("--theme", default="imported", show_default=True, help="The folder for the clauses.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and write nothing.")
@click.pass_obj
def command(
    folder: Path,
    file: Path,
    languages: tuple[str, ...],
    other: Path | None,
    id_: str,
    form: str,
    theme: str,
    dry_run: bool,
) -> int:
    """An existing statement into clause drafts, its languages side by side.

    FILE is DOCX, ODT, RTF, HTML, Markdown or PDF. Clauses of the library that say the same are taken; those that say
    nearly the same are pointed out, with the difference.
    """
    from paraph.commands.report import print_findings
    from paraph.errors import UsageError
    from paraph.workflow.desk import workspace
    from paraph.workflow.intake import ImportRequest, bring_in

    files = tuple(one for one in (file, other) if one is not None)
    if len(files) != len(languages):
        raise UsageError(
            f"{len(files)} file{'s' * (len(files) > 1)} and {len(languages)} languages do not go together",
            "Say --lang once for each file: paraph import FILE --lang fr --with FILE --lang en.",
        )
    request = ImportRequest(files=tuple(zip(files, languages, strict=True)), id=id_, form=form, theme=theme)
    made = bring_in(workspace(folder), request, dry_run=dry_run)
    if made.findings:
        print_findings(made.findings)
    for draft, near in made.near.items():
        click.echo(f"{draft} is near {near.clause} ({near.language}, {near.score} of 100):")
        click.echo(f"  {near.difference}")
        if near.values:
            values = ", ".join(f"{name}: {words}" for name, words in near.values.items())
            click.echo(f"  nothing but its values differs: use it in the manifest, with {values}")
    for clause in made.agreed:
        click.echo(f"the same as a clause that is here: {clause}")
    for path in made.files:
        click.echo(f"{'would write' if dry_run else 'written'}: {path}")
    click.echo(f"{made.document}: {len(made.drafts)} clauses drafted, {len(made.agreed)} that were here")
    return 0
