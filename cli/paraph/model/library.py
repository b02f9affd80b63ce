"""Everything that a workspace holds, as `paraph.library` reads it and `paraph.assembly` uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    clauses begin; `assets` other files that documents use, such as the logo, by workspace path.
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
