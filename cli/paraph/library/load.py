"""A workspace, or what some documents of it need, from its files to a Library.

What is referred to is read first: what all documents share (`shared`), then forms, clauses, manifests (`documents`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.library.cache import Cache
from paraph.library.shared import Shared, read_shared
from paraph.library.written.index import FileIndex, document_named, file_index
from paraph.library.written.reading import Reading
from paraph.model.finding import Finding
from paraph.model.library import Library

if TYPE_CHECKING:
    from paraph.library.documents import Documents, Files


def load(root: Path, cache: Cache | None = None) -> tuple[Library | None, tuple[Finding, ...]]:
    """The whole workspace at `root`, with every finding, in the order of files and lines.

    Where a finding is an error, what it is about may be missing from the library. None where paraph.yml cannot be read.
    `cache` holds what was made of the same files before; the outcome is the same without it.
    """
    documents = _begun(root, file_index(root), cache)
    documents.reading.add(documents.index.findings)
    documents.read_all()
    return _library(documents.shared, documents), _findings(documents.reading)


def load_for(
    root: Path, documents: Sequence[str], cache: Cache | None = None, index: FileIndex | None = None
) -> tuple[Library | None, tuple[Finding, ...], Mapping[str, Files]]:
    """What `documents` need, named as `index.document_named` takes them, and nothing else.

    The third value gives, by document id, all files that the document depends on. `cache` as in `load`; `index`: what
    `file_index` has just said of `root`, where somebody has looked already. Raises UsageError where there is no
    such document.
    """
    begun = _begun(root, index or file_index(root), cache)
    ids = (document_named(begun.index, root, name) for name in documents)
    files = begun.read_for({one: begun.index.manifests[one] for one in ids})
    return _library(begun.shared, begun), _findings(begun.reading), files


def load_settings(
    root: Path, cache: Cache | None = None, index: FileIndex | None = None
) -> tuple[Library | None, tuple[Finding, ...]]:
    """The settings, members and fixed words of the workspace, without its glossary and documents. `cache` and `index`
    as in `load_for`."""
    reading = Reading(root=root, cache=cache)
    shared = read_shared(reading, replace(index or file_index(root), glossary=()))
    return _library(shared), _findings(reading)


def load_form(root: Path, form: str) -> tuple[Library | None, tuple[Finding, ...], Files]:
    """What all documents share, and one form without any document of it, where the workspace has it; and all files that
    something of that form depends on."""
    begun = _begun(root, file_index(root), None)
    files = begun.read_form(form)
    return _library(begun.shared, begun), _findings(begun.reading), files


def _begun(root: Path, index: FileIndex, cache: Cache | None) -> Documents:
    from paraph.library.documents import Documents

    reading = Reading(root=root, cache=cache)
    return Documents(reading=reading, index=index, shared=read_shared(reading, index))


def _library(shared: Shared, documents: Documents | None = None) -> Library | None:
    if not shared.whole:
        return None
    return Library(
        workspace=shared.known.workspace,
        countries=shared.countries,
        institutions=shared.institutions,
        clauses=documents.clauses if documents else {},
        manifests=documents.manifests if documents else {},
        forms=documents.forms if documents else {},
        strings=shared.strings,
        rules=shared.rules,
        openings=shared.openings,
        concepts=shared.concepts,
        assets=shared.assets,
    )


def _findings(reading: Reading) -> tuple[Finding, ...]:
    """Everything found, each once, by file and line."""
    return tuple(sorted(set(reading.findings)))
