"""paraph glossary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paraph.workflow.look import Looked

_SHOWN = 8
"""Ids in a line of a report; the rest are counted."""


@click.group()
def command() -> None:
    """Look a term up; the glossary as TBX, CSV or XLSX, out and in."""


@command.command()
@click.argument("words", nargs=-1, required=True, metavar="TERM")
@click.option("-l", "--language", default="", help="Only terms of this language.")
@click.option("--json", "json_", is_flag=True, help="Print a JSON array of objects.")
@click.pass_obj
def look(folder: Path, words: tuple[str, ...], language: str, json_: bool) -> int:
    """Find a term in any language, and where it is used.

    Accents, capitals and a slip do not matter. Exit code 1 where nothing is near.
    """
    from paraph.glossary.lookup import NEAR
    from paraph.workflow.desk import workspace
    from paraph.workflow.look import look as looked

    found = looked(workspace(folder), " ".join(words), language=language)
    near = any(one.score >= NEAR for one in found)
    if json_:
        click.echo(json.dumps([_object(one) for one in found], ensure_ascii=False, indent=2))
    elif not near:
        click.echo(f"nothing like “{' '.join(words)}” in the glossary", err=True)
        for one in found:
            click.echo(f"farther off: {_place(one)}", err=True)
    else:
        shown = [one for one in found if one.score == 100] or found[:1]
        for one in shown:
            _show(one)
        for one in found[len(shown) :]:
            click.echo(f"also near: {_place(one)}")
    return 0 if near else 1


def _place(one: Looked) -> str:
    return f"{one.concept.id}: {one.words}" + (f" ({one.language})" if one.language else "")


def _object(one: Looked) -> dict[str, object]:
    from paraph.glossary.concept_entry import entry_of

    return {
        **entry_of(one.concept),
        "score": one.score,
        "matched": {"language": one.language, "words": one.words},
        "file": one.concept.source.file,
        "clauses": one.clauses,
        "documents": one.documents,
    }


def _show(one: Looked) -> None:
    concept = one.concept
    near = "" if one.score == 100 else f"  (near: {one.words})"
    click.echo(click.style(concept.id, bold=True) + f"  {concept.domain}{near}".rstrip())
    for code, terms in concept.terms.items():
        if definition := concept.definition.get(code):
            click.echo(f"  {code}  {definition}")
        for term in terms:
            marks = ", ".join(filter(None, (term.acronym, term.register, term.gender, _dates(term.since, term.until))))
            reason = f": {term.reason}" if term.reason else ""
            colour = None if term.status.usable else "red"
            status = click.style(f"{term.status:<10}", fg=colour)
            form = f", also “{one.words}”" if code == one.language and one.words in term.written_forms else ""
            click.echo(f"  {code}  {status} {term.term}{form}{f' ({marks})' if marks else ''}{reason}")
    if concept.not_synonyms:
        click.echo(f"  not the same as: {', '.join(concept.not_synonyms)}")
    for what, where in (("clause", one.clauses), ("document", one.documents)):
        plural = "" if len(where) == 1 else "s"
        click.echo(f"  used in {len(where)} {what}{plural}{': ' if where else ''}{_some(where)}")


def _dates(since: object, until: object) -> str:
    return " ".join((f"since {since}" if since else "", f"until {until}" if until else "")).strip()


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-l", "--language", "languages", multiple=True, help="Only these languages. Default: all.")
@click.option("--style", type=click.Choice(("dca", "dct")), default="dca", help="Style of a TBX file.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_obj
def export(folder: Path, file: Path, languages: tuple[str, ...], style: str, force: bool) -> int:
    """Write the glossary to FILE: .tbx (TBX-Basic, version 3), .csv or .xlsx.

    What the format cannot hold is listed, with the concepts that have it.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.glossary import export as exported

    made = exported(workspace(folder), file, languages=languages, style=style, force=force)
    click.echo(f"{file}: {made.count} concepts")
    for what, concepts in made.losses.items():
        click.echo(f"  not held: {what} ({len(concepts)}): {_some(concepts)}")
    return 0


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", default="imported", help="The file below glossary/ for new concepts. Default: imported.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.pass_obj
def import_(folder: Path, file: Path, into: str, dry_run: bool) -> int:
    """Take the concepts of FILE in: TBX (version 2 or 3), CSV or XLSX.

    New concepts are added, others changed where they stand; nothing is deleted, and what the format cannot say stays
    as it is. Where anything is wrong in FILE, nothing is written.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.glossary import import_ as imported

    made = imported(workspace(folder), file, into=into, dry_run=dry_run)
    for what, ids in (("new", made.new), ("changed", made.changed)):
        if ids:
            click.echo(f"{what}: {', '.join(ids)}")
    click.echo(f"{len(made.new)} new, {len(made.changed)} changed, {len(made.same)} as they were")
    for concept, terms in made.missing.items():
        click.echo(f"  not in {file.name}, and kept: {concept}: {'; '.join(terms)}")
    for what, count in made.left.items():
        click.echo(f"  not taken over: {what} ({count})")
    for path in made.files:
        click.echo(f"{'would write' if dry_run else 'written'}: {path}")
    return 0
