"""`paraph letters`: one document to each recipient of a table."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paraph.commands.arguments import complete_documents, near
from paraph.commands.report import print_findings
from paraph.errors import UsageError

if TYPE_CHECKING:
    from paraph.workflow.letters.plan import Order
    from paraph.workflow.letters.run import Letters, Progress


_READ = 1_000
"""Rows after each of which it is said how many are read."""


@click.command()
@click.argument("document", shell_complete=complete_documents)
@click.option("--to", "table", required=True, type=click.Path(path_type=Path), help="The recipients: .csv or .xlsx.")
@click.option("--encoding", default="", metavar="NAME", help="Of a CSV that does not say its own: windows-1252, …")
@click.option("-o", "--out", default="", help="A folder or a .zip. Default: build/letters/…")
@click.option("--docx", is_flag=True, help="Word files. Default: both.")
@click.option("--pdf", is_flag=True, help="PDF files. Default: both.")
@click.option("--merged", is_flag=True, help="Also all letters in one PDF, for printing.")
@click.option("--preview", is_flag=True, help="Only the first three, into a folder of their own.")
@click.option("--language-order", "order", default="", help="fr,en: the first stands in for a language there is not.")
@click.option("--as", "member", default="", metavar="MEMBER", help="A member sends it, on paper of its own.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of the letters, where the document has none.")
@click.option("--confirm", is_flag=True, help="What changed, or was said, since the release was looked at.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Processes. Default: one a core.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="A Dask scheduler, whose workers make the letters.")
@click.option("--force", is_flag=True, help="Make again what has not changed.")
@click.pass_obj
def command(
    folder: Path,
    document: str,
    table: Path,
    encoding: str,
    out: str,
    docx: bool,
    pdf: bool,
    merged: bool,
    preview: bool,
    order: str,
    member: str,
    date: dt.datetime | None,
    confirm: bool,
    jobs: int | None,
    scheduler: str,
    force: bool,
) -> int:
    """Make a letter to each recipient of a table.

    DOCUMENT is a letter by id or file. Each recipient gets it in its own language, with its address where the window of
    an envelope shows it, and the salutation of its office. A second run makes only what is missing or has changed.
    """
    from paraph.library.written.encoding import known
    from paraph.workflow.desk import documents_of, workspace
    from paraph.workflow.letters.index import FORMATS
    from paraph.workflow.letters.plan import Order
    from paraph.workflow.letters.run import folder_of, letters

    if not table.is_file():
        raise UsageError(f"there is no table {table}", "Name a .csv or .xlsx after --to.")
    if encoding and not known(encoding):
        raise UsageError(f"“{encoding}” is no encoding", "Excel saves “CSV” in windows-1252 in western Europe.")
    formats = tuple(name for name, wanted in zip(FORMATS, (docx, pdf), strict=True) if wanted or not (docx or pdf))
    if merged and "pdf" not in formats:
        raise UsageError("--merged is made of the PDFs", "Add --pdf, or leave --docx out.")
    root = workspace(folder)
    (name,) = documents_of(root, (document,))
    if "://" in out and not scheduler:
        raise UsageError(f"{out} is an address, which only the workers of a --scheduler write to", "Name a folder.")
    target = (Path(out) if out else root / "build" / "letters" / name / member).resolve()
    asked = Order(
        document=name,
        table=table.resolve(),
        shown=near(table),
        out=target,
        formats=formats,
        order=tuple(code.strip() for code in order.split(",") if code.strip()),
        member=member,
        merged=merged,
        preview=preview,
        force=force,
        confirmed=confirm,
        jobs=jobs or 0,
        scheduler=scheduler,
        target=out if "://" in out else str(target),
        encoding=encoding,
        date=date.date() if date else None,
    )
    with _stopped(asked), _bar() as progress:
        made = letters(root, asked, progress)
    if made.document != name:
        click.echo(f"{name} speaks for all; {member} sends {made.document} in its place.")
    _say(made, out if "://" in out and not preview else near(folder_of(asked)))
    return 0


@contextmanager
def _stopped(asked: Order) -> Iterator[None]:
    """After Ctrl-C it is said what the same command does: of a ZIP nothing is kept before it is whole."""
    from paraph.workflow.letters.run import is_zip

    try:
        yield
    except KeyboardInterrupt:
        does = (
            f"{asked.out.name} is as it was, and the same command begins again"
            if is_zip(asked)
            else ("what is made is whole, and the same command goes on from there")
        )
        raise KeyboardInterrupt(does) from None


@contextmanager
def _bar() -> Iterator[Progress]:
    """On a terminal how many rows are read, then a progress bar, with the rate and the time left."""
    from time import monotonic

    from paraph.workflow.letters.run import Progress

    bars: list[Any] = []
    rows = 0
    begun = monotonic()

    def read(count: int) -> None:
        nonlocal rows
        rows += count
        if rows % _READ == 0 and sys.stderr.isatty():
            click.echo(f"\r{rows:,} rows read", nl=False, err=True)

    def cleared() -> None:
        nonlocal rows
        if rows >= _READ and sys.stderr.isatty():
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
        rows = 0

    def start(total: int) -> None:
        nonlocal begun
        begun = monotonic()
        cleared()
        if sys.stderr.isatty() and total:
            shown = click.progressbar(length=total, file=sys.stderr, show_pos=True, item_show_func=lambda item: item)
            bars.append(shown.__enter__())

    def advance(count: int) -> None:
        if bars:
            rate = (bars[0].pos + count) / max(monotonic() - begun, 0.001)
            bars[0].update(count, f"{rate:,.0f} a second")

    try:
        yield Progress(read=read, start=start, advance=advance)
    finally:  # also after Ctrl-C: a bar hides the cursor
        cleared()
        for bar in bars:
            bar.__exit__(None, None, None)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _say(made: Letters, target: str) -> None:
    if made.findings:
        print_findings(made.findings)
    for letter in made.shown:
        click.echo("\n".join((*letter, "")))
    for (asked, language), count in sorted(made.fallen.items()):
        want = f"asked for {asked}" if asked else "named no language"
        written = "is" if count == 1 else "are"
        click.echo(f"{count} of {made.recipients} {want} and {written} written to in {language}")
    if made.draft:
        click.echo("This letter was not released as it is now: each carries the mark of a draft.")
    people, files = _counted(made.recipients, "recipient"), _counted(made.written, "file")
    click.echo(f"{people}: {files} written, {made.unchanged} unchanged")
    if made.before:
        click.echo(f"Letters to the recipients of {made.before} stood here; these are to those of another table.")
    if made.left:
        few = ", ".join(made.left[:3]) + (", …" if len(made.left) > 3 else "")
        many = "1 file of an earlier run is" if len(made.left) == 1 else f"{len(made.left)} files of an earlier run are"
        click.echo(f"{many} not what would be made now, and must not be sent: {few}")
    for said in dict.fromkeys((*map(near, made.others), target)):  # a ZIP is both
        click.echo(said)
