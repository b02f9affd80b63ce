"""What a release says of itself, gathered from its files and the register: the predicate of record.json."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paraph import __version__
from paraph.model.document import Document, Part, Record
from paraph.model.event import Decided, DocumentVersion, Subject, SubjectKind
from paraph.model.language import Texts
from paraph.model.member import Status
from paraph.model.release import (
    Asked,
    ClauseReleased,
    Decision,
    Issue,
    Missing,
    ReleaseRecord,
    Reserved,
    Speaker,
    TranslationReleased,
)
from paraph.model.rule import Adoption
from paraph.model.text import plain
from paraph.standing.fold import History
from paraph.standing.gate import asked_in, missing, outcome, progress, record, standing_on, translation
from paraph.standing.rules import Position, electorate, positions
from paraph.standing.versions import current_document
from paraph.workflow.record.draft_record import short, validated
from paraph.workflow.record.versions import Snapshot
from paraph.workflow.times import today

if TYPE_CHECKING:
    from paraph.model.member import Institution

_PROGRAMS = (
    "babel",
    "docxtpl",
    "fontpkg-amiri",
    "fontpkg-noto-sans",
    "fontpkg-noto-sans-arabic",
    "fontpkg-noto-serif",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "pypandoc-binary",
    "python-docx",
    "typst",
)
"""The packages that decide the bytes of files, besides paraph itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Making:
    """All that decides the files of a release, so that they can be made again from the register alone.

    `history` is that before the release; `active` the members of the day of `at`; `members` those of whom there is an
    edition of their own beside that of all; `changed` and `provisional` as in `ReleaseRecord`.
    """

    snap: Snapshot
    history: History
    active: Sequence[str]
    reference: str
    at: dt.datetime
    formats: tuple[str, ...]
    members: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    provisional: Texts = field(default_factory=dict)

    @property
    def current(self) -> Subject:
        """The version that is released. There is one: `release` has asked."""
        current = current_document(self.history, self.snap.now)
        assert current is not None
        return current

    @property
    def version(self) -> DocumentVersion:
        """That version as it is on record."""
        version = self.history.versions[self.current.key][-1]
        assert isinstance(version, DocumentVersion)
        return version

    @property
    def corrects(self) -> str:
        """The release that its circulation was about, or ""."""
        asked = asked_in(self.history, self.current)
        return asked.opened.corrects if asked else ""

    @property
    def replaces(self) -> str:
        """The last release of the document that stands and is not the one corrected, or "".

        What was adopted before what was not; and what is provisional never takes the place of what was adopted, nor of
        what that has replaced.
        """
        standing = [
            one
            for one in self.history.releases.values()
            if one.subject.key == self.current.key and one.reference not in self.history.taken_off
        ]
        adopted = [one for one in standing if not one.provisionally]
        since = standing[standing.index(adopted[-1]) + 1 :] if adopted else standing
        found = since if self.provisional else adopted or standing
        last = found[-1].reference if found else ""
        return "" if last == self.corrects else last

    def printed(self) -> Record:
        """What its pages print of the register."""
        found = record(self.history, self.snap.now, active=self.active, released=True)
        return replace(
            found,
            head=short(self.history.last),
            validated=validated(self.snap.library, self.history, self.snap.now),
            progress=progress(self.history, self.snap.now) if self.provisional else None,
            provisional=self.provisional,
            corrects=self.corrects,
            replaces=self.replaces,
        )


def attest(making: Making, documents: Iterable[Document]) -> ReleaseRecord:
    """The record of a release of `documents`, the same one in each of its languages."""
    snap, history, current = making.snap, making.history, making.current
    manifest, version = snap.manifest, making.version
    asked, found = asked_in(history, current), making.printed()
    closed = outcome(history, current)
    members = electorate(asked) if asked else ()
    causes = missing(history, snap.now) if making.provisional else ()
    clauses = tuple(
        ClauseReleased(version=one, kind=str(clause.kind), theme=clause.theme, title=dict(clause.title))
        for one in version.clauses
        for clause in (snap.library.clauses[one.id],)
    )
    return ReleaseRecord(
        reference=making.reference,
        released=making.at,
        document=current,
        kind=manifest.kind,
        form=manifest.form,
        form_names=dict(snap.library.forms[manifest.form].names),
        adoption=str(manifest.adoption),
        rule=asked.opened.rule if asked else "",
        date=manifest.date,
        themes=tuple(dict.fromkeys(one.theme for one in clauses)),
        networks=tuple(_networks(snap)),
        institutions=tuple(_institutions(snap, making.at)),
        signed=(found.signed or ()) if manifest.adoption is Adoption.EACH else (),
        languages=tuple(_issue(snap, one) for one in documents),
        clauses=clauses,
        circulation=Asked(
            circulation=asked.opened.circulation,
            opened=asked.opened_on,
            deadline=asked.opened.deadline,
            zone=asked.opened.zone,
            closed=asked.closed_on,
            electorate=asked.opened.electorate,
            invited=asked.opened.invited,
        )
        if asked
        else None,
        tally=dict(Counter(one.state for one in closed[1].members)) if closed else {},
        decisions=tuple(_decisions(history, version, standing_on(history, version, members))),
        reservations=tuple(
            Reserved(institution=one.institution, clause=one.clause, text=dict(one.text)) for one in found.reservations
        ),
        translations=tuple(_translations(snap, history)),
        sources=dict(snap.files),
        program=program(),
        head=history.last,
        provisional=dict(making.provisional),
        missing=tuple(Missing(why=one.why, subject=one.subject, members=one.members) for one in causes),
        corrects=making.corrects,
        replaces=making.replaces,
        changed=making.changed,
    )


def program() -> dict[str, str]:
    """The versions of what makes files here."""
    from importlib import metadata  # `status` asks what a release would, and names no program

    return {"paraph": __version__, **{name: metadata.version(name) for name in _PROGRAMS}}


def _issue(snap: Snapshot, document: Document) -> Issue:
    subtitle = next((part for part in document.parts if part.name == "subtitle"), None)
    return Issue(
        code=document.language.code,
        name=document.language.name,
        direction=document.language.direction,
        standing=document.standing,
        title=document.title,
        subtitle=_words(subtitle) if subtitle else "",
        place=snap.manifest.place.get(document.language.code, ""),
    )


def _words(part: Part) -> str:
    return " ".join(plain(getattr(block, "inlines", ())) for block in part.blocks)


def _networks(snap: Snapshot) -> Iterator[Speaker]:
    known = snap.library.workspace.networks
    for id_ in snap.manifest.networks:
        if one := known.get(id_):
            names = {code: name.name for code, name in one.names.items()}
            yield Speaker(id=id_, names=names, acronym=dict(one.acronym), website=one.website)


def _institutions(snap: Snapshot, at: dt.datetime) -> Iterator[Speaker]:
    """Those that the document speaks for: members that it names, or all of its networks, present on its day; on that of
    the release where it has none."""
    manifest = snap.manifest
    day = manifest.date or today(at, snap.library.workspace.time_zone)
    for one in snap.library.institutions.values():
        speaks = one.id in manifest.members if manifest.members else set(one.networks) & set(manifest.networks)
        if speaks and one.status_on(day) in (Status.ACTIVE, Status.PENDING):
            yield Speaker(
                id=one.id,
                names=_names(one, day),
                website=one.website,
                country=one.country,
                networks=one.networks,
                status=one.status_on(day),
            )


def _names(one: Institution, day: dt.date | None) -> dict[str, str]:
    codes = dict.fromkeys(code for entry in one.names for code in entry.names)
    return {code: name.name for code in codes if (name := one.name(code, day))}


def as_first_told(making: Making, record: ReleaseRecord) -> ReleaseRecord:
    """The record of a release as the first ones have it, which took silence kept in any circulation for consent."""
    history, version, members = making.history, making.version, [one.institution for one in record.decisions]
    held = {one: positions(history, one, members) for one in dict.fromkeys((version.subject, *version.clauses))}
    return replace(record, decisions=tuple(_decisions(history, version, held)))


def _decisions(
    history: History, version: DocumentVersion, held: Mapping[Subject, Mapping[str, Position]]
) -> Iterator[Decision]:
    received = {
        entry.number: entry.fact.receipt.received
        for entry in history.entries.get(version.subject, ())
        if isinstance(entry.fact, Decided)
    }
    for member, one in held[version.subject].items():
        clauses = {str(clause): str(held[clause][member].state) for clause in dict.fromkeys(version.clauses)}
        yield Decision(institution=member, state=str(one.state), received=received.get(one.event), clauses=clauses)


def _translations(snap: Snapshot, history: History) -> Iterator[TranslationReleased]:
    for id_ in dict.fromkeys(snap.now.clauses):
        facts = history.translations.get(f"{SubjectKind.CLAUSE}/{id_}", ())
        for language, one in snap.library.clauses[id_].translations.items():
            if language not in snap.manifest.languages:
                continue
            text = one.text.text
            state = translation(history, id_, snap.now.texts[id_], language, one.source, text)
            by = (
                fact.member for fact in facts if (fact.language, fact.source, fact.text) == (language, one.source, text)
            )
            yield TranslationReleased(
                language=language,
                clause=id_,
                source=one.source,
                state=state,
                digest=hashlib.sha256(text.encode()).hexdigest(),
                by=tuple(dict.fromkeys(by)) if state == "validated" else (),
            )


def missing_from(program_then: Mapping[str, str]) -> tuple[str, ...]:
    """What makes files here in another version than then: "typst 0.15.0, then 0.14.1"."""
    here = program()
    names = sorted({*here, *program_then})
    return tuple(
        f"{name} {here.get(name, 'none')}, then {program_then.get(name, 'none')}"
        for name in names
        if here.get(name) != program_then.get(name)
    )
