"""Everything that a workspace holds, as `paraph.library` reads it and `paraph.assembly` uses it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paraph.model.clause import Clause
    from paraph.model.concept import Concept
    from paraph.model.form import Form
    from paraph.model.manifest import Manifest
    from paraph.model.member import Country, Institution
    from paraph.model.workspace import Workspace
    from paraph.model.writing import LanguageRules, Opening


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    """A workspace as read: what was needed of it, by id.

    `texts` are the fixed strings shared by all forms, by language; `rules` how each language writes; `openings` how
    clauses begin; `assets` other files that documents use, such as the logo, by workspace path. `day` is that of which
    documents without a date are, where something dated is still to come then; None: they have what is the latest.
    """

    workspace: Workspace
    countries: Mapping[str, Country]
    institutions: Mapping[str, Institution]
    clauses: Mapping[str, Clause]
    manifests: Mapping[str, Manifest]
    forms: Mapping[str, Form]
    strings: Mapping[str, Mapping[str, str]]
    rules: Mapping[str, LanguageRules]
    concepts: Mapping[str, Concept]
    assets: Mapping[str, bytes] = field(default_factory=dict)
    openings: Mapping[str, Opening] = field(default_factory=dict)
    day: dt.date | None = None

    def of(self, day: dt.date) -> Library:
        """The library as of a day."""
        return replace(self, day=day if self.to_come(day) else None)

    def on(self, manifest: Manifest) -> dt.date | None:
        """The day whose names of offices, states and terms a document has, and whose members; None: the latest."""
        return manifest.date or self.day

    def to_come(self, day: dt.date) -> dt.date | None:
        """The first day after `day` on which somebody or something has another name, or a member another status."""
        return min((one for one in self._dates() if one > day), default=None)

    def alike(self, other: Library) -> bool:
        """Whether documents without a date are alike as of the days of both, which are of the same files."""
        days = [one.day or dt.date.max for one in (self, other)]
        return not any(min(days) < one <= max(days) for one in self._dates())

    def _dates(self) -> Iterator[dt.date]:
        for country in self.countries.values():
            yield from (one.since for one in country.names if one.since)
        for member in self.institutions.values():
            yield from (one.since for one in member.names if one.since)
            yield from (one.since for one in member.status if one.since)
        for concept in self.concepts.values():
            for terms in concept.terms.values():
                yield from (one for term in terms for one in (term.since, term.until) if one)
