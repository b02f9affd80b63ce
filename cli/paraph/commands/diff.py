"""paraph diff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paraph.commands import colour
from paraph.commands.arguments import reference_argument

if TYPE_CHECKING:
    from paraph.markup.diff import Change
    from paraph.markup.redline_text import Told
    from paraph.model.redline import Redline
    from paraph.workflow.compared import Compared
    from paraph.workflow.written import Written

_SIGNS = {"kept": " ", "changed": "~", "added": "+", "removed": "-", "moved-here": ">", "moved-away": "<"}
_BEGINNING = 60
"""Characters of a paragraph that is only renumbered: enough to know it by."""
_SHADES = {"insert": "green", "delete": "red"}


@click.command()
@reference_argument
@click.argument("old", default="")
@click.argument("new", default="")
@click.option(
    "--since", default="", metavar="REF", help="As OLD: a member, a circulation (c1), a release, @2, a commit (HEAD~1)."
)
@click.option("-l", "--language", "languages", multiple=True, help="A language. Default: the authentic ones.")
@click.option("--docx", type=click.Path(path_type=Path), metavar="FILE", help="A Word file with tracked changes.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="A page.")
@click.option("--pdf", type=click.Path(path_type=Path), metavar="FILE", help="A PDF.")
@click.option("--author", default="", help="Whose the tracked changes are. Default: the name of the workspace.")
@click.option("--json", "json_", is_flag=True, help="Print every line and what became of it as JSON.")
@click.pass_obj
def command(
    folder: Path,
    reference: str,
    old: str,
    new: str,
    since: str,
    languages: tuple[str, ...],
    docx: Path | None,
    html: Path | None,
    pdf: Path | None,
    author: str,
    json_: bool,
) -> int:
    """Show what changed in a clause or document, or write it as a redline.

    OLD and NEW are versions (@2, v2), “now” (the files), a circulation (c1: what was put to the members in it), a
    release, a member (what it last approved, clause by clause), a commit (HEAD~1, v1.0; git:v1 where the name is also
    one of these), or of a clause a file (draft.yml).
    Without OLD it is the last version, without NEW the files. REFERENCE may be a version itself (ID@1 ID@2), or a
    clause’s file: with one more file both are compared, alone it is compared with what the workspace has.

    With several languages a file is written for each, its language in its name. Exit code as of diff: 0 where both are
    the same, 1 where they differ, 2 or 3 where nothing was compared.
    """
    from paraph.errors import FindingsError, RefusedError, UsageError
    from paraph.workflow.compared import as_json, write_redline
    from paraph.workflow.desk import workspace
    from paraph.workflow.diff import compare
    from paraph.workflow.times import now

    if since and old:
        raise UsageError("--since names the old text, and OLD does too", "Leave one of them out.")
    targets = {name: path for name, path in (("docx", docx), ("html", html), ("pdf", pdf)) if path}
    try:
        compared = compare(workspace(folder), reference, since or old, new, languages)
        written = [one for name, path in targets.items() for one in write_redline(compared, name, path, author, now())]
    except (FindingsError, RefusedError) as error:
        error.exit_code = 2  # 1 is that they differ
        raise
    if json_:
        click.echo(as_json(compared))
    elif targets:
        for path in written:
            click.echo(path)
    else:
        for line in _lines(compared):
            click.echo(line, color=colour())
    return 0 if compared.same else 1


def _lines(compared: Compared) -> Iterator[str]:
    yield click.style(f"--- {compared.old}", bold=True)
    yield click.style(f"+++ {compared.new}", bold=True)
    yield from compared.remarks
    whole = compared.lapsed or any(not some.language for some in compared.written)
    for one in compared.redlines:
        yield ""
        code = one.new.language.code
        written = [some for some in compared.written if some.language == code and some.printed]
        says = " the same words, written otherwise" if written else " the same words" if whole else " the same"
        says = says if one.empty else ""
        yield click.style(f"[{code}]", bold=True) + says
        if not one.empty:
            yield from _language(one)
        yield from map(_written, written)
    beside = [some for some in compared.written if not some.printed or not some.language]
    if beside:
        yield ""
    for some in beside:
        yield (f"[{some.language}, not compared above] " if some.language else "") + _written(some)


def _written(one: Written) -> str:
    """What is printed in the same words and written otherwise."""
    named = {"clauses": "its clauses", "adoption": "who adopts it", "frame": "the words around the decisions"}
    words = "".join(map(_marked, one.changes)) if one.changes else "not on record in one of the two"
    return f"= {one.clause or named[one.of]}: {words}"


def _marked(change: Change) -> str:
    from paraph.markup.diff import MARKS

    before, after = MARKS[change.op]
    return click.style(f"{before}{change.text}{after}", fg=_SHADES.get(change.op))


def _language(redline: Redline) -> Iterator[str]:
    """Every line that changed; how many stand between two of them."""
    from paraph.markup.redline_text import told

    kept = 0
    for line in told(redline):
        if _SIGNS[line.fate] == " " and line.was == line.number:
            kept += 1
            continue
        yield from _between(kept)
        kept = 0
        yield from _shown(line)
    yield from _between(kept)


def _between(kept: int) -> Iterator[str]:
    if kept:
        yield click.style(f"    … {kept} unchanged", dim=True)


def _shown(line: Told) -> Iterator[str]:
    """A sign, the number it had and has, what moved, and the words as GNU wdiff marks them; signs suffice alone."""
    numbers = " → ".join(dict.fromkeys(filter(None, (line.was, line.number))))
    moved = {"moved-here": "moved here", "moved-away": "moved away"}.get(line.fate, "")
    if moved and line.other:
        moved += f" ({'from' if line.fate == 'moved-here' else 'to'} {line.other})"
    head = " ".join(filter(None, (_SIGNS[line.fate], numbers, f"[{moved}]" if moved else "")))
    if line.fate == "kept":  # only its number is another
        text = "".join(change.text for change in line.changes)
        yield f"{head} {text if len(text) <= _BEGINNING else text[:_BEGINNING].rsplit(' ', 1)[0] + ' …'}"
        return
    yield f"{head} {''.join(map(_marked, line.changes))}"
