"""Arguments that several commands share, with their shell completion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_documents(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of documents that begin as typed."""
    return _items(_names(ctx, "documents"), incomplete)


def complete_everything(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of clauses and documents that begin as typed."""
    return _items(_names(ctx, ""), incomplete)


def _items(names: Sequence[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _names(ctx: click.Context, what: str) -> list[str]:
    from paraph.errors import ParaphError
    from paraph.workflow.desk import names, workspace

    try:
        return names(workspace(ctx.obj or Path()), what)
    except ParaphError:
        return []


def _editions(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    editions = tuple(tuple(value.split("+")) for value in values)
    for value, languages in zip(values, editions, strict=True):
        if not all(languages) or len(set(languages)) != len(languages) or len(languages) > 2:
            raise click.BadParameter(f"“{value}” is neither a language (fr) nor two side by side (en+fr)")
    return editions


def language_option(function: Any) -> Any:
    """`-l fr`, `-l en+fr`; several times for several editions."""
    return click.option(
        "-l",
        "--language",
        "editions",
        multiple=True,
        callback=_editions,
        help="A language (fr), or two side by side (en+fr). Default: all, and the authentic ones side by side.",
    )(function)


def document_argument(function: Any) -> Any:
    """Documents by id or by file."""
    return click.argument("documents", nargs=-1, shell_complete=complete_documents)(function)


def reference_argument(function: Any) -> Any:
    """One thing of the workspace by its id."""
    return click.argument("reference", shell_complete=complete_everything)(function)


def receipt_options(function: Any, received: str = "When it reached the secretariat. Default: now.") -> Any:
    """When and how something reached the secretariat, and the files that prove it."""
    for option in (
        click.option("--evidence", multiple=True, type=click.Path(path_type=Path), help="A file that proves it."),
        click.option("--channel", default="e-mail", show_default=True, help="How it came: e-mail, letter, meeting, …"),
        click.option("--received", default="", help=received),
    ):
        function = option(function)
    return function


_LANGUAGE = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)=(.*)", re.DOTALL)


def texts_by_language(values: Sequence[str], option: str) -> dict[str, str]:
    """`fr=Texte` as a text per language, one without a language under "". Raises UsageError for one given twice."""
    found: dict[str, str] = {}
    for value in values:
        match = _LANGUAGE.fullmatch(value)
        code, text = (match[1], match[2]) if match else ("", value)
        if code in found:
            raise click.UsageError(f"{option} is given twice{f' in {code}' if code else ''}")
        found[code] = text
    return found


def near(path: Path) -> str:
    """A path as seen from here, where that is shorter."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
