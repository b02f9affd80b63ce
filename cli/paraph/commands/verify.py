"""paraph verify."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paraph.commands import colour

if TYPE_CHECKING:
    from paraph.workflow.releases.verify import Verified

_WORDS = {
    "authentic": ("authentic", "green"),
    "superseded": ("authentic, but no longer in force", "yellow"),
    "withdrawn": ("authentic, but withdrawn", "red"),
    "metadata": ("not the file released: what it says of itself was changed, and no word", "yellow"),
    "same-words": ("not the file released: the same words in other bytes", "yellow"),
    "altered": ("ALTERED", "red"),
    "unknown": ("unknown", "red"),
}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--record",
    "records",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Ask this record.json and no register; several times for later releases.",
)
@click.option("--register", "where", default="", metavar="FILE", help="A register elsewhere; no workspace is needed.")
@click.option("--signers", type=click.Path(path_type=Path), help="Whose SSH signatures to trust: allowed_signers.")
@click.option("--trust", type=click.Path(path_type=Path), help="Which certificates to trust, as PEM.")
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def command(
    folder: Path,
    files: tuple[Path, ...],
    records: tuple[Path, ...],
    where: str,
    signers: Path | None,
    trust: Path | None,
    json_: bool,
) -> int:
    """Tell whether files are what was released, and what became of it.

    Any DOCX, ODT, PDF, EPUB, HTML, Akoma Ntoso or text, wherever it was downloaded: authentic; superseded or withdrawn,
    by what; the same words saved again; altered, and which words; or unknown. By the register, or offline by a
    record.json (--record), whose own truth nobody vouches for but who gave it to you. Exit code 0 where all are
    authentic and in force, else 1.
    """
    from paraph.workflow.releases.trusted import Trust
    from paraph.workflow.releases.verify import Verdict, verify

    found = verify(folder, files, records, where, Trust(signers=signers, roots=trust))
    if json_:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2, default=str))
    else:
        for one in found:
            _show(one)
    return 0 if all(one.verdict is Verdict.AUTHENTIC for one in found) else 1


def _show(one: Verified) -> None:
    words, shade = _WORDS[one.verdict]
    if one.verdict == "metadata" and not one.changes:
        words = "not the file released: packed otherwise, and all that it says and shows is as released"
    click.echo(f"{_plain(str(one.path))}: {click.style(words, fg=shade)}", color=colour())
    if one.reference:
        near = "" if one.verdict in ("authentic", "superseded", "withdrawn") else "nearest to "
        named = f"{one.edition} of {one.reference}" if one.edition else one.reference
        if one.notice:
            near = near and ("nearest to " if one.edition else "it takes itself for ")
            named = f"the notice that {one.reference} was {one.notice}{one.edition and f', {one.edition}'}"
        click.echo(_plain(f"  {near}{named} ({one.document}, released {one.released})"))
    if one.provisional:
        more = f"; {one.refusal}" if one.refusal else ""
        click.echo(f"  a provisional release, before its members had adopted it{more}")
    if one.fate.withdrawn:
        click.echo(_plain(f"  {one.reference} was withdrawn on {one.withdrawn}: {one.fate.reason}"))
    why = f": {one.fate.reason}" if one.fate.reason and not one.fate.withdrawn else ""
    if one.fate.corrected and one.fate.replaced:
        before = f"{one.reference} was corrected by {one.fate.corrected}, which is no longer in force{why}"
        click.echo(_plain(f"  {before}"))
        why = ""
    if one.fate.successor:
        gone = ", which leads back to it" if one.fate.back else ", which was withdrawn" if one.fate.gone else ""
        how = "replaced" if one.fate.replaced else "corrected"
        click.echo(_plain(f"  {one.reference} was {how} by {one.fate.successor}{gone}{why}"))
    for line in (*one.changes, *one.notes, *one.signatures):
        click.echo(f"  {_plain(line)}")


def _plain(line: str) -> str:
    """What a file, a record or a name says, on one line, without anything that could move a terminal."""
    return "".join(char if char.isprintable() else " " for char in line)
