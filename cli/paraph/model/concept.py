"""Concepts of the glossary, with their terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from paraph.model.finding import Source
from paraph.model.text import Texts


class TermStatus(StrEnum):
    """A term's standing in the termbase (ISO 30042 administrative status)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One term of a concept in one language; `forms` are inflected forms that a stemmer would miss."""

    term: str
    status: TermStatus
    register: str = ""
    acronym: str = ""
    forms: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """A concept with its terms per language. `definition` is our own, `origin` says where its terms were read."""

    id: str
    domain: str
    definition: Texts
    terms: Mapping[str, tuple[Term, ...]]
    origin: str
    certainty: str
    notes: str
    source: Source

    def preferred(self, language: str) -> Term | None:
        """The preferred term in `language`, or None."""
        return next((t for t in self.terms.get(language, ()) if t.status is TermStatus.PREFERRED), None)
