"""paraph completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script of a shell.

    For bash, put eval "$(paraph completion bash)" into ~/.bashrc; for zsh the same into ~/.zshrc; for fish run
    paraph completion fish | source.
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"click knows no completion for {shell}")
    root = click.get_current_context().find_root().command
    click.echo(found(root, {}, "paraph", "_PARAPH_COMPLETE").source())
    return 0
