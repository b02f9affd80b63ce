"""Looking a term up in the glossary: what it means, its standing, and where it is used."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paraph.glossary.lookup import nearest
from paraph.model.concept import Concept
from paraph.model.library import Library
from paraph.workflow.building.folder_cache import user_cache
from paraph.workflow.inventory import library_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """A concept found by words: how near they are (0 to 100), what they matched, where the concept is named."""

    concept: Concept
    score: int
    language: str
    words: str
    clauses: tuple[str, ...]
    documents: tuple[str, ...]


def look(root: Path, words: str, *, language: str = "", most: int = 8) -> tuple[Looked, ...]:
    """The concepts whose terms are nearest to `words`, the nearest first; in one language, or in all."""
    library = library_of(root, user_cache(os.environ))
    found = nearest(library.concepts.values(), words, language=language, most=most)
    used = _used(library, {one.concept.id for one in found})
    return tuple(
        Looked(
            concept=one.concept,
            score=one.score,
            language=one.language,
            words=one.words,
            clauses=used[one.concept.id][0],
            documents=used[one.concept.id][1],
        )
        for one in found
    )


def _used(library: Library, wanted: set[str]) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Concept → the clauses that name it, and the documents that name it themselves or through their clauses."""
    from paraph.checks.scan import Scan

    scan = Scan(library)
    clauses: dict[str, dict[str, None]] = {one: {} for one in wanted}
    documents: dict[str, dict[str, None]] = {one: {} for one in wanted}
    for named, passages in ((clauses, scan.clauses), (documents, scan.manifests)):
        for id_, texts in passages.items():
            for text in texts:
                for one in scan.named(text):
                    if one.concept in wanted:
                        named[one.concept][id_] = None
    for manifest in library.manifests.values():
        for clause in scan.used(manifest):
            for concept in wanted:
                if clause.id in clauses[concept]:
                    documents[concept][manifest.id] = None
    return {one: (tuple(clauses[one]), tuple(documents[one])) for one in wanted}
