"""Texts as they were: clauses and documents of a version on record, assembled again from what the register keeps."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from paraph.errors import FidelityError, FindingsError, RefusedError, RegisterError
from paraph.markup.parse import parse
from paraph.model.clause import Clause, ClauseKind, ClauseText, Translation
from paraph.model.document import Document, Record, printed
from paraph.model.event import ClauseVersion, DocumentVersion, Subject
from paraph.model.finding import Source, errors
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.value import ValueKind, ValueType
from paraph.standing.fold import History
from paraph.standing.rules import FOR, position
from paraph.workflow.record.versions import lines_of
from paraph.workflow.times import as_of

if TYPE_CHECKING:
    from paraph.register.glance import Look


_NOT_THERE = ("language-missing", "translation-missing")
"""The rules that find a text which a language does not have."""


def clause_of(version: ClauseVersion) -> Clause:
    """A clause as a version has it."""
    return Clause(
        id=version.subject.id,
        theme=version.theme,
        kind=ClauseKind(version.clause_kind),
        title=version.title,
        legal_basis=version.legal_basis,
        values={name: _kind(written) for name, written in version.values.items()},
        texts={code: _text(text) for code, text in version.texts.items()},
        translations={
            code: Translation(text=_text(one.text), source=one.source, digest=one.digest, status=one.status)
            for code, one in version.translations.items()
        },
        notes="",
        source=Source(file=str(version.subject)),
    )


def _kind(written: str) -> ValueKind:
    many = written.startswith("list[")
    return ValueKind(ValueType(written.removeprefix("list[").removesuffix("]")), many=many)


def _text(text: str) -> ClauseText:
    return ClauseText(text=text, lines=parse(text)[0])


@dataclass(frozen=True, slots=True)
class Desk:
    """A document with all that it is assembled from: as the files are now, or as they were for a version on record."""

    library: Library
    manifest: Manifest

    def document(self, language: str) -> Document:
        """The document in one language, without what the register decides (the signature block lists nobody yet)."""
        from paraph.assembly import assemble

        return assemble(self.library, self.manifest, language, Record())[0]

    def whole(self, language: str) -> Document:
        """As `document`. Raises FindingsError where it would have gaps within a sentence: words that nobody wrote.

        A paragraph that is not there in the language is no such gap: that it is missing is seen.
        """
        from paraph.assembly import assemble

        document, findings = assemble(self.library, self.manifest, language, Record())
        if gaps := tuple(one for one in errors(findings) if one.rule not in _NOT_THERE):
            raise FindingsError(gaps)
        return document

    def lines(self, language: str, record: Record) -> tuple[str, ...]:
        """What is printed in one language with the decisions of `record`, a paragraph a string; no reference."""
        from paraph.assembly import assemble

        made, _ = assemble(self.library, replace(self.manifest, reference=""), language, record)
        return tuple(f"{one.label} {one.text}".strip() for one in printed(made))


def as_recorded(reader: Look, version: DocumentVersion, at: dt.datetime | None = None) -> Desk:
    """A version of a document, from the files that were kept with it, as of the day of `at` (None: when it was put on
    record). Raises as `desk_of`."""
    with files_of(reader, version) as root:
        return desk_of(root, version, at or recorded_at(reader, version.subject))


def recorded_at(reader: Look, subject: Subject) -> dt.datetime:
    """When a version was put on record."""
    events = reader.events((str(subject.key),))
    made = (ClauseVersion, DocumentVersion)
    return next(one.at for one in events if isinstance(one.fact, made) and one.fact.subject == subject)


@contextmanager
def files_of(reader: Look, version: DocumentVersion) -> Iterator[Path]:
    """A folder with the files that were kept with a version, as they lay in its workspace. Raises as `files_with`."""
    with files_with(reader, version.sources, str(version.subject)) as root:
        yield root


@contextmanager
def files_with(reader: Look, sources: Mapping[str, str], of: str) -> Iterator[Path]:
    """A folder with files that the register keeps, by workspace path and digest; `of` names what they were kept with.

    Raises RegisterError where one is not kept any more.
    """
    with tempfile.TemporaryDirectory(prefix="paraph-") as folder:
        root = Path(folder)
        for name, digest in sources.items():
            data = reader.evidence(digest)
            if data is None:
                raise RegisterError(f"{name} of {of} is not kept any more", "Take it from a backup.")
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts:
                raise RegisterError(f"{of} has a file outside of its workspace: {name}")
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        yield root


def desk_of(root: Path, version: DocumentVersion, at: dt.datetime) -> Desk:
    """A version of a document, from its files in `root`, as of the day of `at`.

    Raises FidelityError where what is printed is not what is recorded.
    """
    from paraph.library.load import load_for

    library, _, _ = load_for(root, (version.subject.id,))
    if library is None:
        raise FidelityError(f"the files of {version.subject} cannot be read any more")
    desk = Desk(as_of(library, at), library.manifests[version.subject.id])
    for language, lines in version.lines.items():
        if lines_of(desk.document(language)) != lines:
            raise FidelityError(
                f"{version.subject} would print other words than those on record ({language})",
                "It was recorded by another version of paraph: compare with that one.",
            )
    return desk


def last_approved(history: History, key: str, member: str) -> ClauseVersion | DocumentVersion | None:
    """The last version of a clause or document that a member approved, with or without a reservation, and stands by."""
    for version in reversed(history.versions.get(key, ())):
        if position(history, version.subject, member).state in FOR:
            return version
    return None


def version_of(history: History, key: str, number: int) -> ClauseVersion | DocumentVersion:
    """Version `number` of a clause or document. Raises RefusedError where there is none."""
    versions = history.versions.get(key, ())
    id_ = key.partition("/")[2]
    if not versions:
        raise RefusedError(
            f"{id_} was never put to the members, so that it has no version to compare with",
            advice="“paraph circulate” makes versions.",
        )
    if not 0 < number <= len(versions):
        raise RefusedError(f"{id_} has no version {number}", advice=f"It has 1 to {len(versions)}.")
    return versions[number - 1]
