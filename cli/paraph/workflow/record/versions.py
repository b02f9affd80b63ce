"""Versions made from files: what a document and its clauses say now, and the facts that put it on record."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.assembly import Terms, assemble
from paraph.errors import FindingsError, UsageError
from paraph.markup.canonical import canonical
from paraph.model.clause import Clause
from paraph.model.document import Document, Record, printed
from paraph.model.event import ClauseVersion, DocumentVersion, Subject, SubjectKind, TranslationText
from paraph.model.finding import Finding, errors
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.standing.fold import History
from paraph.standing.versions import (
    Now,
    clause_subject,
    current_clause,
    current_document,
    document_subject,
    last_version,
)
from paraph.workflow.building.terms import CachedTerms
from paraph.workflow.times import as_of

if TYPE_CHECKING:
    from paraph.library.cache import Cache

_OF_THE_REGISTER = ("reference", "signatures", "reservations", "approvals")
"""Parts that the register itself decides: no version has them."""
_OF_NO_VERSION = (*_OF_THE_REGISTER, "publisher", "head")
"""And who issues an edition, which is the business of institutions.yml: names and addresses, no text of the members;
and where the register stood, by itself."""

_AROUND = (
    "reference",
    "corrects",
    "replaces",
    "signatures",
    "signatures-each",
    "signed-for",
    "pending",
    "reservations",
    "reservation",
    "reservation-on",
)
"""The fixed strings of those parts, beside those that a form names: a word in them can turn what a decision says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """A document as its files have it at one moment: `files` by workspace path, with the digest of what was read.

    `findings` are those of reading it that are no errors; `terms` is for whatever else is assembled of it.
    """

    library: Library
    manifest: Manifest
    now: Now
    files: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    terms: Terms = field(compare=False, repr=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the document and its clauses in the register."""
        return keys_of(self.now)


def snapshot(
    root: Path,
    document: str,
    cache: Cache | None = None,
    *,
    at: dt.datetime | None = None,
    day: dt.date | None = None,
) -> Snapshot:
    """`document` as it stands, with the names and the members of `day`, or of that of `at` (None: now), where it has no
    date. Raises FindingsError where anything in it is wrong.

    Without `cache` everything is read from the workspace’s own files, as for all that goes on record.
    """
    from paraph.library.load import load_for

    library, findings, files = load_for(root, (document,), cache)
    if library is None or errors(findings):
        raise FindingsError(errors(findings))
    library, manifest = library.of(day) if day else as_of(library, at), library.manifests[document]
    terms = CachedTerms(library, files, cache)
    found, more = now_of(library, manifest, terms)
    if errors(more):
        raise FindingsError(errors(more))
    return Snapshot(
        library=library, manifest=manifest, now=found, files=files[document], findings=tuple(findings), terms=terms
    )


def keys_of(now: Now) -> tuple[str, ...]:
    """The keys of a document and its clauses in the register; its own first."""
    clauses = (f"{SubjectKind.CLAUSE}/{clause}" for clause in dict.fromkeys(now.clauses))
    return (f"{SubjectKind.DOCUMENT}/{now.id}", *clauses)


def now_of(library: Library, manifest: Manifest, terms: Terms | None = None) -> tuple[Now, tuple[Finding, ...]]:
    """What the document says in its authentic languages, with what is wrong in it. `terms` as in `assemble`."""
    terms = terms or Terms(library)
    lines: dict[str, tuple[str, ...]] = {}
    frame: dict[str, tuple[str, ...]] = {}
    findings: list[Finding] = []
    for language in manifest.languages:
        if language in library.workspace.authentic:
            document, found = assemble(library, manifest, language, Record(released=True), terms)
            lines[language] = lines_of(document)
            frame[language] = frame_of(library, manifest, document)
            findings += found
    clauses = tuple(chain[-1][1].clause for section in manifest.sections for chain in section.all_uses())
    texts = {id_: texts_of(library.clauses[id_]) for id_ in clauses if id_ in library.clauses}
    adoption = str(manifest.adoption)
    now = Now(id=manifest.id, adoption=adoption, clauses=clauses, texts=texts, lines=lines, frame=frame)
    return now, tuple(sorted(set(findings)))


def texts_of(clause: Clause) -> dict[str, str]:
    """The authentic texts of a clause, in canonical form."""
    return {language: text.text for language, text in clause.texts.items()}


def lines_of(document: Document) -> tuple[str, ...]:
    """What a document prints, a paragraph a line: its label, a tab, its text; without what the register decides."""
    return tuple(f"{line.label}\t{line.text}" for line in printed(of_version(document)))


def frame_of(library: Library, manifest: Manifest, document: Document) -> tuple[str, ...]:
    """The words around what the register supplies, each with a name and a tab before it.

    Names of members are not among them: they come and go while a text stands.
    """
    language, head = document.language.code, document.letterhead
    parts = [one for one in library.forms[manifest.form].parts if one.kind in _OF_THE_REGISTER]
    strings = dict.fromkeys((*_AROUND, *(one.string for one in parts if one.string)))
    networks = (library.workspace.networks[one].names for one in manifest.networks if one in library.workspace.networks)
    words = (
        *(f"letterhead\t{line}" for line in (*head.names, *head.lines)),
        *(f"network\t{names[language].the or names[language].name}" for names in networks if language in names),
        *(f"part\t{one.kind}" for one in parts),
        *(f"{key}\t{document.labels[key]}" for key in strings if key in document.labels),
    )
    return tuple(canonical(line) for line in words)


def of_version(document: Document) -> Document:
    """A document without the parts that the register itself decides, and without who issues it."""
    kept = tuple(part for part in document.parts if part.name not in _OF_NO_VERSION)
    return replace(document, parts=kept)


def new_versions(snap: Snapshot, history: History) -> tuple[ClauseVersion | DocumentVersion, ...]:
    """The versions to put on record so that the document and all its clauses have a current one; clauses first."""
    clauses = {id_: _clause_version(snap, history, id_) for id_ in dict.fromkeys(snap.now.clauses)}
    made: list[ClauseVersion | DocumentVersion] = [one for one in clauses.values() if isinstance(one, ClauseVersion)]
    if made or current_document(history, snap.now) is None:
        subjects = {id_: one.subject if isinstance(one, ClauseVersion) else one for id_, one in clauses.items()}
        made.append(_document_version(snap, history, tuple(subjects[id_] for id_ in snap.now.clauses)))
    return tuple(made)


def _clause_version(snap: Snapshot, history: History, id_: str) -> ClauseVersion | Subject:
    """The current version, or the next one to be made."""
    clause, texts = snap.library.clauses[id_], snap.now.texts[id_]
    if current := current_clause(history, id_, texts):
        return current
    last = last_version(history, f"{SubjectKind.CLAUSE}/{id_}")
    return ClauseVersion(
        subject=clause_subject(id_, last.subject.version + 1 if last else 1, texts),
        clause_kind=str(clause.kind),
        theme=clause.theme,
        title=dict(clause.title),
        values={name: str(kind) for name, kind in clause.values.items()},
        legal_basis=clause.legal_basis,
        texts=texts,
        translations={
            language: TranslationText(text=one.text.text, source=one.source, digest=one.digest, status=one.status)
            for language, one in clause.translations.items()
        },
    )


def _document_version(snap: Snapshot, history: History, clauses: tuple[Subject, ...]) -> DocumentVersion:
    manifest, now = snap.manifest, snap.now
    last = last_version(history, f"{SubjectKind.DOCUMENT}/{now.id}")
    version = last.subject.version + 1 if last else 1
    return DocumentVersion(
        subject=document_subject(now.id, version, now.adoption, clauses, now.lines, now.frame),
        form=manifest.form,
        adoption=now.adoption,
        title=dict(manifest.title),
        clauses=clauses,
        lines=now.lines,
        frame=now.frame,
        sources=dict(snap.files),
    )


def sources(root: Path, files: Mapping[str, str]) -> Iterator[bytes]:
    """The bytes of the files that a version was read from. Raises UsageError where one has changed since."""
    for name, digest in files.items():
        data = (root / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise UsageError(f"{name} changed while it was read", "Run the command again.")
        yield data
