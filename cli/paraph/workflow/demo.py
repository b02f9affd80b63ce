"""The tour: a workspace made, checked and built, with a word on each thing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paraph.errors import FindingsError
from paraph.model.finding import errors
from paraph.starter import starter
from paraph.workflow.building.build import Request, build
from paraph.workflow.check import check
from paraph.workflow.desk import documents_of
from paraph.workflow.files import copy_workspace

_WORTH_OPENING = "joint-declaration"
"""The document that shows most of what paraph does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One stop of the tour: a title, lines below it, and a file worth opening."""

    title: str
    lines: tuple[str, ...] = ()
    show: Path | None = None


def demo(target: Path) -> Iterator[Step]:
    """Make the workspace `target` (or go on with the one that is there), check and build it, step by step."""
    if (target / "paraph.yml").is_file():
        yield Step(title=f"The workspace in {target} is there already: going on with it")
    else:
        copy_workspace(starter(), target)
        yield Step(
            title=f"A workspace is in {target}",
            lines=(
                "statements/  clauses, members, and the documents made of them",
                "templates/   a folder for each form of document, with its Word file",
                "glossary/    the terms, preferred and to be avoided",
            ),
        )
    root = target.resolve()
    checked = check(root)
    if checked.failed:
        raise FindingsError(errors(checked.findings))
    yield Step(title="Checked", lines=(checked.counted,))
    out = root / "build"
    for document in documents_of(root, ()):
        built = build(root, Request(documents=(document,), out=out))
        files = built.written or built.unchanged
        show = next((path for path in files if path.suffix == ".pdf"), None)
        yield Step(
            title=f"{document}{'' if built.written else ' (unchanged)'}",
            lines=tuple(_editions(target / "build", files)),
            show=show if document == _WORTH_OPENING else None,
        )
    yield Step(
        title="Next",
        lines=(
            f"Look at {target / 'build' / _WORTH_OPENING}.en-fr.pdf: the two languages side by side.",
            f"Change a clause in {target / 'statements' / 'clauses'} and run this again: only what uses it is built.",
            f"Open {target / 'templates' / 'common' / 'word.docx'} in Word and restyle it: the documents follow.",
        ),
    )


def _editions(folder: Path, files: Iterable[Path]) -> Iterator[str]:
    """A line for each edition: its files, of which only the endings differ."""
    for edition, made in itertools.groupby(files, lambda path: path.stem):
        yield f"{folder / edition}{' '.join(path.suffix for path in made)}"
