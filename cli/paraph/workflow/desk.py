"""Finding the workspace that a command was started in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import UsageError

if TYPE_CHECKING:
    from paraph.library.written.index import FileIndex


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


def documents_of(root: Path, asked: tuple[str, ...], index: FileIndex | None = None) -> tuple[str, ...]:
    """The ids of the documents asked for, by id or by file; all of the workspace where none is named.

    A file that stands here is meant before one of that path in the workspace. `index`: where somebody has looked at
    the workspace already. Raises UsageError for a document that does not exist.
    """
    from paraph.library.written.index import document_named, file_index

    index = index or file_index(root)
    if not asked:
        if not index.manifests:
            raise UsageError("this workspace has no documents", "Add one with “paraph new declaration ID”.")
        return tuple(sorted(index.manifests))
    here = (str(Path(name).resolve()) if name.endswith(".yml") and Path(name).is_file() else name for name in asked)
    return tuple(dict.fromkeys(document_named(index, root, name) for name in here))


def asked_for(root: Path, paths: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a file of the workspace is one of `paths`, as the user typed them, or lies below one; all where none is.

    Raises UsageError for a path that does not exist.
    """
    only = tuple(_inside(root, path) for path in paths)
    return lambda file: not only or any(one in ("", file) or file.startswith(f"{one}/") for one in only)


def _inside(root: Path, path: str) -> str:
    full = Path(path).resolve()
    if not full.exists() and (root / path).exists():
        full = (root / path).resolve()
    if not full.exists():
        raise UsageError(f"there is no {path}", "Name a file or a folder of the workspace.")
    if not full.is_relative_to(root):
        raise UsageError(f"{path} is not in the workspace {root}", "Name a file or a folder below it.")
    return "" if full == root else full.relative_to(root).as_posix()


def names(root: Path, what: str) -> list[str]:
    """Ids for shell completion, from file names alone: documents, or everything where `what` is ""."""
    from paraph.library.written.index import file_index

    index = file_index(root)
    return sorted(index.manifests) if what == "documents" else sorted({*index.manifests, *index.clauses})
