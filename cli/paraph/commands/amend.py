"""paraph amend."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def command() -> None:
    """The other words that members asked for: list, show, take over."""


@command.command("list")
@click.argument("about", default="")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_command(folder: Path, about: str, as_json: bool) -> int:
    """List amendments with their numbers, oldest first.

    ABOUT is a clause or document (no-child-detention), a version of it (no-child-detention@2), a circulation (c1) or a
    member.
    """
    from paraph.workflow.approvals.amendments import amendments, as_json_array, lines
    from paraph.workflow.desk import workspace

    found = amendments(workspace(folder), about)
    if as_json:
        click.echo(as_json_array(found))
    elif not found:
        click.echo("no amendments")
    else:
        click.echo("\n".join(lines(found)))
    return 0


@command.command("show")
@click.argument("number", type=int)
@click.pass_obj
def show_command(folder: Path, number: int) -> int:
    """Show what an amendment changes: [-words taken out-], {+words put in+}.

    Where “paraph amend accept” would refuse it, why is shown below.
    """
    from paraph.workflow.approvals.amendments import amendment, lines
    from paraph.workflow.approvals.take_over import refusal
    from paraph.workflow.desk import workspace

    root = workspace(folder)
    found = amendment(root, number)
    click.echo("\n".join(lines((found,))))
    click.echo(found.difference)
    if found.fate == "open" and (refused := refusal(root, number)):
        click.echo(f"Not to be taken over as it is: {refused.message}")
        for cause in refused.causes:
            click.echo(f"  {cause}")
        click.echo(refused.advice)
    return 0


@command.command("accept")
@click.argument("number", type=int)
@click.pass_obj
def accept_command(folder: Path, number: int) -> int:
    """Write the wording of an amendment into the file of its clause, ready for the next circulation.

    Nothing is decided by it. Where the file has changed since the member saw it, it is refused.
    """
    from paraph.workflow.approvals.take_over import accept
    from paraph.workflow.desk import workspace
    from paraph.workflow.times import now

    made = accept(workspace(folder), number, now())
    if made.already:
        click.echo(f"{made.file} has these words already")
        _still(made.still)
        return 0
    click.echo(f"{made.file}: {made.amendment.language} as {made.amendment.member} asked for")
    click.echo(made.amendment.difference)
    for words, item in made.listed:
        what = "an item of the list, and of this level" if item else "no item of the list"
        click.echo(f"Look at the file that came back whether “{words}” is {what}.")
    for words, name in made.lost:
        click.echo(f"“{words}” led to {name}; other words may now, or none: look whether the right ones do.")
    for words in made.plain:
        click.echo(f"“{words}” stood in emphasis, or as another language, and does not now: look whether it should.")
    if made.unchecked:
        click.echo(
            f"The translation in {made.amendment.language} is unchecked again: nobody has read it in these words."
        )
    _still(made.still)
    if made.courtesy:
        click.echo(f"Nobody decides on a translation. {made.amendment.member} is not silent until it takes this back.")
    else:
        click.echo("Then “paraph check”. The members decide on it in the next circulation.")
    return 0


def _still(languages: tuple[tuple[str, str], ...]) -> None:
    """Say which authentic languages do not follow; “amend list” says so until they are changed."""
    for code, how in languages:
        click.echo(f"Look at {code}: it {how}.")
