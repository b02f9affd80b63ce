"""Facts about texts: the versions of clauses and documents, and translations that were validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from paraph.model.facts.keys import VERSIONS
from paraph.model.facts.receipt import Receipt
from paraph.model.facts.subject import Subject
from paraph.model.language import Texts


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslationText:
    """A courtesy translation as it stood: from which language, `digest` of that text, "unchecked" or "checked"."""

    text: str
    source: str
    digest: str
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseVersion:
    """A clause was snapshot: `subject.digest` covers id, version and the authentic `texts` (canonical, per language).

    All else is kept so that the version can be printed and built when its file is gone: kind, theme, title, declared
    `values` (name → type as written), legal basis, translations.
    """

    kind: ClassVar[str] = "clause-version"
    subject: Subject
    clause_kind: str
    theme: str
    title: Texts
    values: Mapping[str, str]
    legal_basis: tuple[str, ...]
    texts: Texts
    translations: Mapping[str, TranslationText] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """The clause, among everything that has versions."""
        return (VERSIONS, self.subject.key)


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentVersion:
    """A document was snapshot: `subject.digest` covers id, version, adoption, clauses, `lines` and `frame`.

    `clauses` are the versions used, in order (a clause used twice stands twice); `lines` are the words of each
    authentic language, a paragraph a line (its label, a tab, its text), as printed without what the register itself
    decides: the reference, the signatures and the reservations. So the exact selection, order, values and fixed words
    are covered.
    `frame` are, by authentic language, the words that stand around what the register supplies: the letterhead, which
    parts the form has for it, and how signatures and reservations are introduced; empty where it was put to the members
    before that was recorded.
    `sources` are all files that it was assembled from, by workspace path and digest; the register keeps them.
    """

    kind: ClassVar[str] = "document-version"
    subject: Subject
    form: str
    adoption: str
    title: Texts
    clauses: tuple[Subject, ...]
    lines: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, str]
    frame: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """The document, among everything that has versions."""
        return (VERSIONS, self.subject.key)


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslationValidated:
    """A member of the language validated a courtesy translation of a version: exactly this text.

    It stands while the version it translates is the current one and the text is unchanged; otherwise it is stale. Of a
    document, `text` are its own texts (title, headings, …) in `source` and `language`, as JSON: it stands while they
    are unchanged in both.
    """

    kind: ClassVar[str] = "translation-validated"
    subject: Subject
    language: str
    text: str
    source: str
    member: str
    receipt: Receipt

    def about(self) -> tuple[str, ...]:
        """The clause or document."""
        return (self.subject.key,)
