"""paraph schema."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder for the schemas. Default: schemas/.")
@click.pass_obj
def command(folder: Path, out: Path | None) -> int:
    """Write JSON Schemas, so that editors check files as you type.

    Writes one schema for each kind of file, and .vscode/settings.json where there is none, which tells VS Code and
    VSCodium (with the YAML extension) which schema is for which files.
    """
    from paraph.workflow.desk import workspace
    from paraph.workflow.schema import write_schemas

    for path in write_schemas(workspace(folder), out):
        click.echo(path)
    return 0
