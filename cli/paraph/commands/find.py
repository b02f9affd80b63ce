"""paraph find."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from paraph.commands import colour

_WORDS = {
    "agreed": ("agreed wording, adopted in {}", "green"),
    "adopted": ("adopted in {}, changed since", "yellow"),
    "open": ("open in {}", None),
    "not-adopted": ("not adopted in {}", "red"),
    "no-longer-agreed": ("adopted in {}, no longer met", "red"),
    "draft": ("draft, never put to the members", None),
}
_SHOWN = 20


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("-l", "--language", default="", help="Only this language.")
@click.option("--all", "all_", is_flag=True, help="All of them, not the first twenty.")
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def command(folder: Path, words: tuple[str, ...], language: str, all_: bool, json_: bool) -> int:
    """Find wording in every language and version, with its standing.

    WORDS are found whatever their case, accents and inflection. Agreed wording comes first, then what was adopted once;
    each with the documents that it was used in. Exit code 1 where there is nothing.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.find import find

    every = find(workspace(folder), " ".join(words), language)
    if json_:
        click.echo(json.dumps([asdict(one) for one in every], ensure_ascii=False, indent=2))
        return 0 if every else 1
    for one in every if all_ else every[:_SHOWN]:
        standing, shade = _WORDS[one.word]
        name = f"{one.clause}@{one.version}" if one.version else one.clause
        used = f"; used in {', '.join(one.used)}" if one.used else ""
        head = click.style(name, bold=True) + f" [{one.language}]  "
        click.echo(head + click.style(standing.format(one.circulation), fg=shade) + used, color=colour())
        marked = "".join(click.style(text, bold=True) if odd % 2 else text for odd, text in enumerate(one.excerpt))
        click.echo(f"  {marked}", color=colour())
    if not every:
        click.echo("Nothing has these words.")
    elif len(every) > _SHOWN and not all_:
        click.echo(f"{len(every) - _SHOWN} more: --all")
    return 0 if every else 1
