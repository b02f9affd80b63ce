"""Finding the workspace that a command was started in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from paraph.errors import UsageError


def workspace(start: Path) -> Path:
    """The nearest folder at or above `start` that holds paraph.yml.

    Raises UsageError where there is none: the usual first mistake, so it says what to do.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "paraph.yml").is_file():
            return folder
    raise UsageError(
        f"no workspace here: neither {start.resolve()} nor a folder above it holds paraph.yml",
        "Make one with “paraph init DIR”, see what it can do with “paraph demo”, or go to its folder first.",
    )


def documents_of(root: Path, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the documents asked for, by id or by file; all of the workspace where none is named.

    Raises UsageError for one that does not exist.
    """
    from paraph.library.index import file_index

    index = file_index(root)
    if not asked:
        if not index.manifests:
            raise UsageError("this workspace has no documents", "Add one with “paraph new declaration ID”.")
        return tuple(sorted(index.manifests))
    return tuple(dict.fromkeys(_document(root, index.manifests, name) for name in asked))


def _document(root: Path, manifests: Mapping[str, Sequence[str]], name: str) -> str:
    if name in manifests:
        return name
    path = Path(name)
    if path.suffix == ".yml" and path.is_file() and path.resolve().is_relative_to(root):
        found = path.resolve().relative_to(root).as_posix()
        for document, files in manifests.items():
            if found in files:
                return document
    near = get_close_matches(name, manifests, 1)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    raise UsageError(f"there is no document “{name}”", f"{hint}“paraph list documents” names them all.")


def names(root: Path, what: str) -> list[str]:
    """Ids for shell completion, from file names alone: documents, or everything where `what` is ""."""
    from paraph.library.index import file_index

    index = file_index(root)
    return sorted(index.manifests) if what == "documents" else sorted({*index.manifests, *index.clauses})
