"""paraph register."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paraph.commands import colour

if TYPE_CHECKING:
    from paraph.workflow.record.exchange import Moved
    from paraph.workflow.record.log import Entry

_FILE = click.Path(path_type=Path, dir_okay=False)
_ANY = click.Path(path_type=Path)


@click.group()
def command() -> None:
    """Keep the record: read it, verify it, back it up, hand it over, forget."""


@command.command()
@click.option("--json", "json_", is_flag=True, help="Print the events as a JSON array of objects.")
@click.option("--about", default="", metavar="REF", help="A clause, document, version, circulation, release, member …")
@click.option("--since", default=0, metavar="N", help="Only events after number N.")
@click.pass_obj
def log(folder: Path, json_: bool, about: str, since: int) -> int:
    """Print what happened, event by event.

    REF can also be a person's id (p-…) or the digest of a file.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.log import as_json, entries

    with entries(workspace(folder), about, since) as told:
        if json_:
            first = next(told, None)
            click.echo("[" + (as_json(first.event) if first else ""), nl=False)
            for entry in told:
                click.echo(",\n" + as_json(entry.event), nl=False)
            click.echo("]")
            return 0
        for entry in told:
            _tell(entry)
    return 0


def _tell(entry: Entry) -> None:
    number = click.style(f"{entry.event.number:>6}", bold=True)
    click.echo(f"{number}  {entry.at}  {entry.line}", color=colour())
    for line in entry.beside:
        click.echo(f"{'':<26}{line}")


@command.command()
@click.option("--heads", "held", multiple=True, type=_FILE, metavar="FILE", help="A file with heads that others hold.")
@click.option("--all", "every", is_flag=True, help="Print every fault, not the first few of each kind.")
@click.option("--json", "json_", is_flag=True, help="Print what was found as a JSON object.")
@click.pass_obj
def verify(folder: Path, held: tuple[Path, ...], every: bool, json_: bool) -> int:
    """Check that nothing in the register was altered, and all of it is there.

    FILE is whatever a head is written in, as number:hash with at least 16 digits: a status report, an e-mail, a PDF, a
    Word file, an earlier export. Without one, a history that was rewritten from end to end would not be noticed. Exit
    code 1 where anything is wrong.
    """
    from paraph.commands.faults import print_faults
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.custody import verify as verified
    from paraph.workflow.record.heads import held as heads_in

    found = verified(workspace(folder), [head for path in held for head in heads_in(path)])
    if json_:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return 1 if found.faults else 0
    if found.faults:
        print_faults(found.faults, every=every)
        click.echo(f"head {found.head}", err=True)
        return 1
    click.echo(f"whole: {found.head.number} events, head {found.head}")
    if found.only_read:
        click.echo("Its tables are of an older paraph, and only read: back it up, then run “paraph register upgrade”.")
    if found.released:
        click.echo(f"{found.released} release{'s' if found.released > 1 else ''} in releases/ printed a head of it.")
    if not found.held:
        click.echo("It was held against no head from outside: --heads FILE. Only that shows a history written anew.")
        return 0
    events = "1 event" if found.beyond == 1 else f"{found.beyond} events"
    after = f"; {events} came after the last of them" if found.beyond else ""
    click.echo(f"It is the one of which {found.held} head{'s are' if found.held > 1 else ' is'} held outside{after}.")
    return 0


@command.command()
@click.option("--witness", default="", metavar="NAME", help="Record that this institution or place holds it.")
@click.pass_obj
def head(folder: Path, witness: str) -> int:
    """Print the head: the number and the hash of the last event.

    Who holds it can prove later that everything up to there is unaltered. Send it with what you send, print it in the
    minutes, let a member keep it.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record import custody
    from paraph.workflow.times import now

    root = workspace(folder)
    if not witness:
        click.echo(str(custody.head(root)))
        return 0
    seen, event = custody.witness(root, witness, now())
    click.echo(str(seen))
    click.echo(f"noted as event {event.number}: {witness} holds it", err=True)
    return 0


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--evidence", type=_ANY, metavar="PATH", help="Write the files too: into a folder, or into a .zip.")
@click.pass_obj
def export(folder: Path, file: Path, evidence: Path | None) -> int:
    """Write the events to FILE as JSON Lines, one a line; - is the standard output.

    The same register gives the same file, to which later exports only add lines: keep it in git. It holds no names of
    persons; files of evidence may.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.exchange import export as exported

    there = sys.stdout.buffer if str(file) == "-" else file
    moved = exported(workspace(folder), there, evidence)
    click.echo(f"{moved.events} events{_files(moved)}, head {moved.head}", err=str(file) == "-")
    return 0


def _files(moved: Moved) -> str:
    named = f", {moved.persons} name{'s' if moved.persons > 1 else ''} of persons" if moved.persons else ""
    return (f", {moved.files} file{'s' if moved.files > 1 else ''}" if moved.files else "") + named


@command.command("import")
@click.argument("file", type=_FILE)
@click.option("--evidence", type=_ANY, metavar="PATH", help="The folder or .zip that the export wrote beside it.")
@click.pass_obj
def import_(folder: Path, file: Path, evidence: Path | None) -> int:
    """Take in an export, or a backup with all that is in it.

    The register here must be empty, or a beginning of that one: two that went different ways are never joined.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.exchange import import_ as imported

    moved = imported(workspace(folder), file, evidence)
    click.echo(f"{moved.events} new events{_files(moved)}, head {moved.head}")
    if moved.missing:
        click.echo(f"{moved.missing} files that events rest on are not here: import it again with --evidence.")
    return 0


@command.command()
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_obj
def backup(folder: Path, file: Path, force: bool) -> int:
    """Write the whole register to FILE, while others go on working.

    FILE is an SQLite register, of PostgreSQL as well, with evidence and names of persons. It is verified as soon as it
    is written. Exit code 1 where anything is wrong in it.
    """
    from paraph.commands.faults import print_faults
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.exchange import backup as backed_up

    moved, wrong = backed_up(workspace(folder), file, force=force)
    click.echo(f"{file}: {moved.events} events{_files(moved)}, head {moved.head}")
    if wrong:
        print_faults(wrong)
    return 1 if wrong else 0


@command.command()
@click.pass_obj
def upgrade(folder: Path) -> int:
    """Bring the register's tables to those of this paraph, and mend its index.

    All of it or nothing; the events themselves are never touched.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.custody import upgrade as upgraded

    before, now, mended = upgraded(workspace(folder))
    click.echo(f"from {before} to {now}" if before != now else f"the tables are those of this paraph ({now})")
    click.echo("the index was mended" if mended else "the index is in order")
    return 0


@command.command()
@click.option("--confirm", is_flag=True, help="Whoever left, came back or is active no longer: it is so.")
@click.pass_obj
def members(folder: Path, confirm: bool) -> int:
    """Note on record what has changed in institutions.yml: who joined or left, and under which names.

    Otherwise `circulate`, `close` and `release` do, before anything else.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.membership import in_words, keep
    from paraph.workflow.times import now

    noted = in_words(keep(workspace(folder), now(), confirmed=confirm))
    click.echo("\n".join(f"noted of {line}" for line in noted) or "the record has what the file says")
    return 0


@command.command()
@click.option("--json", "json_", is_flag=True, help="Print a JSON array of objects.")
@click.pass_obj
def persons(folder: Path, json_: bool) -> int:
    """List the persons whose names are known, with the ids by which events know them."""
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.custody import persons as known

    found = known(workspace(folder))
    if json_:
        rows = [{"id": one.id, "member": one.member, "name": one.name, "address": one.address} for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        click.echo(
            f"{one.id}  {one.member or '(named by a file)'}  {one.name}{f' <{one.address}>' if one.address else ''}"
        )
    return 0


@command.command()
@click.argument("person")
@click.pass_obj
def forget(folder: Path, person: str) -> int:
    """Forget a person, by name or id: name and address are deleted.

    What the person decided for an institution stays on record, under an id that no longer says who it was. Backups made
    before still know the name.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.custody import forget as forgotten

    for one in forgotten(workspace(folder), person):
        click.echo(f"forgotten: {one.id}, {f'of {one.member}' if one.member else 'named by a file'}")
    return 0


@command.command()
@click.argument("digest")
@click.option("--reason", required=True, help="Why. It stays on record.")
@click.pass_obj
def erase(folder: Path, digest: str, reason: str) -> int:
    """Erase a file kept as evidence, on record.

    Its digest stays, so that a copy held elsewhere still proves what it proved.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.custody import erase as erased
    from paraph.workflow.times import now

    event = erased(workspace(folder), digest, reason, now())
    click.echo(f"erased, event {event.number}")
    return 0


@command.command()
@click.argument("digest")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, allow_dash=True), help="Where to.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_obj
def evidence(folder: Path, digest: str, output: Path, force: bool) -> int:
    """Get a file out that is kept as evidence. DIGEST may be shortened to its first 8 digits."""
    from paraph.workflow.desk import workspace
    from paraph.workflow.record.custody import evidence as kept

    whole, size = kept(workspace(folder), digest, sys.stdout.buffer if str(output) == "-" else output, force=force)
    click.echo(f"{whole}: {size:,} bytes", err=True)
    return 0
