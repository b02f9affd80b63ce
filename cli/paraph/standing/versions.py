"""Versions and their digests: docs/approvals.md, “Versions” (1 to 3).

A digest is the SHA-256 of a prefix that names this use and the canonical JSON (RFC 8785) of
``{"kind", "id", "version", "content"}``: of a clause its authentic texts by language; of a document who adopts it, its
clauses with their digests, and its lines and (where it is on record) its frame by language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paraph.markup.canonical_json import canonical_json
from paraph.model.event import ClauseVersion, DocumentVersion, Subject, SubjectKind
from paraph.model.language import Texts
from paraph.standing.fold import History

_PREFIX = b"paraph.version.v1\0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Now:
    """A document as its files have it now.

    `clauses` are the ids in the order of use, one used twice stands twice; `texts` the authentic texts of each clause,
    in canonical form; `lines` what each authentic language prints and `frame` what it prints around the decisions (see
    `DocumentVersion`); `adoption` who speaks.
    """

    id: str
    adoption: str
    clauses: tuple[str, ...]
    texts: Mapping[str, Texts]
    lines: Mapping[str, tuple[str, ...]]
    frame: Mapping[str, tuple[str, ...]]


def clause_subject(clause: str, version: int, texts: Texts) -> Subject:
    """A version of a clause with these authentic texts."""
    return _subject(SubjectKind.CLAUSE, clause, version, dict(texts))


def document_subject(
    document: str,
    version: int,
    adoption: str,
    clauses: tuple[Subject, ...],
    lines: Mapping[str, tuple[str, ...]],
    frame: Mapping[str, tuple[str, ...]],
) -> Subject:
    """A version of a document with these clauses, lines and frame."""
    content: dict[str, Any] = {
        "adoption": adoption,
        "clauses": [[one.id, one.version, one.digest] for one in clauses],
        "lines": {language: list(printed) for language, printed in lines.items()},
    }
    if frame:  # versions made before it was recorded have the digest that they had
        content["frame"] = {language: list(words) for language, words in frame.items()}
    return _subject(SubjectKind.DOCUMENT, document, version, content)


def _subject(kind: SubjectKind, id_: str, version: int, content: Any) -> Subject:
    body = canonical_json({"kind": str(kind), "id": id_, "version": version, "content": content})
    return Subject(kind=kind, id=id_, version=version, digest=hashlib.sha256(_PREFIX + body).hexdigest())


def is_sound(fact: ClauseVersion | DocumentVersion) -> bool:
    """Whether the digest of a version on record is that of its content."""
    id_, version = fact.subject.id, fact.subject.version
    if isinstance(fact, ClauseVersion):
        return fact.subject == clause_subject(id_, version, fact.texts)
    return fact.subject == document_subject(id_, version, fact.adoption, fact.clauses, fact.lines, fact.frame)


def last_version(history: History, key: str) -> ClauseVersion | DocumentVersion | None:
    """The last version made of a clause or a document, whatever its file says now."""
    versions = history.versions.get(key)
    return versions[-1] if versions else None


def current_clause(history: History, clause: str, texts: Texts | None) -> Subject | None:
    """The version that stands for `texts`: the last one, if it has them letter by letter (2); else None."""
    last = last_version(history, f"{SubjectKind.CLAUSE}/{clause}")
    return last.subject if isinstance(last, ClauseVersion) and texts and dict(last.texts) == dict(texts) else None


def current_document(history: History, now: Now) -> Subject | None:
    """The version that stands for the document as its files have it: the last, if nothing in it differs; else None."""
    last = last_version(history, f"{SubjectKind.DOCUMENT}/{now.id}")
    if not isinstance(last, DocumentVersion) or last.adoption != now.adoption:
        return None
    clauses = tuple(current_clause(history, clause, now.texts.get(clause)) for clause in now.clauses)
    words = (clauses, dict(now.lines), dict(now.frame))
    return last.subject if words == (last.clauses, dict(last.lines), dict(last.frame)) else None
