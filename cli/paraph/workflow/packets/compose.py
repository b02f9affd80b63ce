"""What each member of a circulation is asked: its packet, with every text as it stands on record."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.assembly import assemble
from paraph.errors import UsageError
from paraph.library.load import load_for
from paraph.library.written.suggest import did_you_mean
from paraph.markup import digest
from paraph.markup.parse import parse_inline
from paraph.model.document import Record
from paraph.model.event import Choice, ClauseVersion, Decided, DocumentVersion, Subject, SubjectKind
from paraph.model.library import Library
from paraph.model.packet import Before, Identity, Packet, Question, Stationery
from paraph.model.rule import read_rule
from paraph.model.text import Paragraph, plain
from paraph.review.writing.whole import styled_lines
from paraph.standing.fold import Circulation, History
from paraph.standing.rules import FOR, position
from paraph.workflow.record.reassemble import recorded_at
from paraph.workflow.record.versions import lines_of, of_version
from paraph.workflow.times import as_of

if TYPE_CHECKING:
    from paraph.register.reader import Reader

Tokens = Callable[[str], str]
"""Where a member's token comes from."""


def packets(
    library: Library,
    history: History,
    circulation: Circulation,
    members: Sequence[str],
    paper: Stationery,
    tokens: Tokens,
    styled: Mapping[str, tuple[Paragraph, ...]],
    head: str,
) -> Iterator[Packet]:
    """The packets of `members` (none: of all that are asked). UsageError: one of them is not asked."""
    asked = circulation.opened
    everyone = (*asked.electorate, *asked.invited)
    if strangers := [one for one in members if one not in everyone]:
        near = did_you_mean(strangers[0], everyone)
        advice = f"{near} Asked are {', '.join(everyone)}.".strip()
        raise UsageError(f"{strangers[0]} is not asked in {asked.circulation}", advice)
    for member in dict.fromkeys(members or everyone):
        languages = languages_of(library, paper, member)
        yield Packet(
            identity=Identity(
                circulation=asked.circulation,
                member=member,
                language=languages[0],
                token=tokens(member),
                head=head,
                subjects=asked.subjects,
            ),
            document=title_of(history, asked.subjects[-1]),
            name=history.members[member].names or {languages[0]: member},
            languages=languages,
            questions=tuple(
                replace(
                    _question(history, subject, place, member, languages),
                    blocks=styled if subject.kind is SubjectKind.DOCUMENT else {},
                )
                for place, subject in enumerate(asked.subjects, 1)
            ),
            rule=read_rule(asked.rule),
            deadline=asked.deadline,
            zone=asked.zone,
            invited=str(history.members[member].status) if member in asked.invited else "",
            opened=circulation.opened_on,
        )


def styled_document(reader: Reader, version: DocumentVersion) -> dict[str, tuple[Paragraph, ...]]:
    """The lines of a document version in the styles that it has, by language: assembled again from the files kept with
    it. A language whose lines would not be those on record is left out."""
    made: dict[str, tuple[Paragraph, ...]] = {}
    with tempfile.TemporaryDirectory(prefix="paraph-") as folder:
        for path, digest in version.sources.items():
            data = reader.evidence(digest)
            if data is None:
                return {}
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        library, _, _ = load_for(Path(folder), (version.subject.id,))
        if library is None or version.subject.id not in library.manifests:
            return {}
        library = as_of(library, recorded_at(reader, version.subject))
        for code, lines in version.lines.items():
            document, _ = assemble(library, library.manifests[version.subject.id], code, Record(released=True))
            if lines_of(document) == lines:
                made[code] = styled_lines(of_version(document))
    return made


def languages_of(library: Library, paper: Stationery, member: str) -> tuple[str, ...]:
    """The languages that a member is spoken to in: its own that the stationery has, else the first authentic one."""
    own = library.institutions[member].languages if member in library.institutions else ()
    spoken = tuple(code for code in own if paper.speaks(code) and code in library.workspace.languages)
    return spoken or library.workspace.authentic[:1]


def title_of(history: History, subject: Subject) -> dict[str, str]:
    """The title of the document, without its markup."""
    return {code: plain(parse_inline(text)[0]) for code, text in version_in(history, subject).title.items()}


def version_in(history: History, subject: Subject) -> ClauseVersion | DocumentVersion:
    """The version on record that a subject is."""
    return next(one for one in history.versions[subject.key] if one.subject == subject)


def _question(history: History, subject: Subject, place: int, member: str, languages: Sequence[str]) -> Question:
    version = version_in(history, subject)
    return Question(
        place=place,
        subject=subject,
        title=version.title,
        texts=_texts(version),
        translations=_translations(version, languages),
        before=_before(history, subject, member),
        decided=_decided(history, subject, member),
    )


def check_languages(library: Library, history: History, subjects: Sequence[Subject]) -> None:
    """Raise UsageError where a text on record is in a language that the workspace no longer has."""
    for subject in subjects:
        for code in _texts(version_in(history, subject)):
            if code not in library.workspace.languages or code not in library.rules:
                raise UsageError(
                    f"{subject} is on record in “{code}”, which is no language of this workspace",
                    f"Add {code} to languages: in paraph.yml, with its rules in templates/strings.yml.",
                )


def _texts(version: ClauseVersion | DocumentVersion) -> dict[str, str]:
    if isinstance(version, ClauseVersion):
        return dict(version.texts)
    return {code: "\n".join(lines) for code, lines in version.lines.items()}


def _translations(version: ClauseVersion | DocumentVersion, languages: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The courtesy translations in the member's languages, one made of another text marked as stale."""
    if not isinstance(version, ClauseVersion):
        return {}
    return {
        code: (one.text, one.status if digest(version.texts.get(one.source, "")) == one.digest else "stale")
        for code, one in version.translations.items()
        if code in languages
    }


def _before(history: History, subject: Subject, member: str) -> Before | None:
    """The last earlier version that the member approved, with or without a reservation."""
    for version in reversed(history.versions[subject.key]):
        if version.subject.version >= subject.version:
            continue
        found = position(history, version.subject, member)
        if found.state in FOR:
            on = _received(history, version.subject, found.event)[1]
            return Before(version=version.subject.version, texts=_texts(version), on=on)
    return None


def _decided(history: History, subject: Subject, member: str) -> tuple[Choice, dt.datetime] | None:
    found = position(history, subject, member)
    return _received(history, subject, found.event) if found.event else None


def _received(history: History, subject: Subject, number: int) -> tuple[Choice, dt.datetime]:
    entry = next(one for one in history.entries[subject] if one.number == number)
    assert isinstance(entry.fact, Decided)
    return entry.fact.choice, entry.fact.receipt.received
