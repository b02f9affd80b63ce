"""paraph demo."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("target", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("paraph-demo"))
@click.option("--open", "open_", is_flag=True, help="Open the declaration's PDF afterwards.")
@click.pass_obj
def command(folder: Path, target: Path, open_: bool) -> int:
    """A tour: a joint declaration, a letter and a leaflet, built.

    Makes a workspace in DIR (paraph-demo), checks it, and builds every document that paraph ships in all its languages
    and side by side. A second run builds again only what you changed.
    """
    from paraph.workflow.demo import demo

    for step in demo(folder / target):
        if step.title:
            click.echo(click.style(step.title, bold=True))
        for line in step.lines:
            click.echo(f"  {line}")
        if open_ and step.show:
            click.launch(str(step.show))
    return 0
