"""Releasing a document: docs/approvals.md, 21 and 22, and docs/release.md.

The files are made first and put beside the place where they belong; then the release is recorded, which is the moment
that counts; then they are moved there. Where the last step was cut off, the same command makes the same files again and
proves them against the record.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import FindingsError, LostRegisterError, NoRegisterError, RefusedError, UsageError
from paraph.model.event import RELEASES, DocumentVersion, Draft, Event, Head, Released
from paraph.model.finding import Severity
from paraph.model.form import CONTACT
from paraph.model.language import Texts
from paraph.model.manifest import Adoption
from paraph.model.release import RECORD
from paraph.standing.fold import History
from paraph.standing.gate import asked_in, missing, parted, ready, turned_down
from paraph.standing.versions import current_document, last_version
from paraph.workflow.approvals.causes import explained, in_words
from paraph.workflow.building.editions import members_of, released_for
from paraph.workflow.files import read_file
from paraph.workflow.reasons import said
from paraph.workflow.record.ledger import history_of, new_request, opened, roll
from paraph.workflow.record.membership import Change, doubtful, note
from paraph.workflow.record.membership import in_words as members_in_words
from paraph.workflow.record.versions import Snapshot, keys_of, snapshot
from paraph.workflow.releases.announce import Announced, announce
from paraph.workflow.releases.as_released import already
from paraph.workflow.releases.attest import Making
from paraph.workflow.releases.corrections import Told, correction, noticed
from paraph.workflow.releases.files import Made, flush, made
from paraph.workflow.releases.reissue import refuse_nothing_new, unlike
from paraph.workflow.releases.remake import remade
from paraph.workflow.releases.shelf import FOLDER, folder_of
from paraph.workflow.releases.unseen import unseen
from paraph.workflow.times import today

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.register.store import Register

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,80}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A document as it was released: where its files are, and the event that says so. `again`: made a second time.

    `signed` are the members that it lists as signing; `members` have editions of their own in it, without the `contact`
    of the document, if it says one. `told` is the notice of what it corrects, and `why` what was wrong with that, ""
    where nobody has said yet. `noted` is what was noted of the members first.
    """

    fact: Released
    event: Event
    folder: Path
    again: bool
    corrects: str = ""
    replaces: str = ""
    missing: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    contact: bool = False
    told: Told | None = None
    why: str = ""
    noted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseRequest:
    """What the secretariat asks for beside the document: the reference ("": that of its file, or the next number), the
    formats (none: all), the members whose own editions are released beside that of all (none: `released_for`), that
    somebody has looked at what is `unseen`, that the same words are released anew in the place of a release that
    stands, why it is released before its rule is met, per language ("": in no particular one), and what was wrong with
    the release that it corrects, in the same way (none: said later, by `correct`)."""

    reference: str = ""
    formats: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    confirmed: bool = False
    reissue: bool = False
    provisional: Texts = field(default_factory=dict)
    corrected: Texts = field(default_factory=dict)


def release(root: Path, document: str, asked: ReleaseRequest, at: dt.datetime) -> Release:
    """Release `document`.

    Raises FindingsError where its files are not right, RefusedError with every cause that stands in the way, UsageError
    for a reference that is none or taken. Nothing is recorded and nothing is written then.
    """
    snap = snapshot(root, document)
    reasons = {code: said(words, "--provisional") for code, words in asked.provisional.items()}
    if strangers := [code for code in reasons if code and code not in snap.manifest.languages]:
        known = ", ".join(snap.manifest.languages)
        raise UsageError(f"{document} is not issued in “{strangers[0]}”", f"Its languages are {known}.")
    members = asked.members or released_for(snap.library, snap.manifest)
    members = members_of(snap.library, snap.manifest, members) if members else ()
    with _register(root, snap) as register:
        with register.reading() as reader:
            history = history_of(reader, snap.keys)
            last = history.last
            noted = note(reader, snap.library, history, at, confirmed=True)  # what is doubtful is told with the rest
            current = current_document(history, snap.now)
            where = asked_in(history, current) if current else None
            causes = tuple(map(in_words, explained(history, ready(history, snap.now), where)))
            provisional = bool(reasons and causes)
            active = roll(snap.library, today(at, snap.library.workspace.time_zone)).active
            done = already(reader, history, snap, provisional=provisional)
            if done and (not asked.reissue or not _folder_of(root, done).exists()):  # the last one was cut off
                return _again(root, reader, done)
            if asked.reissue and not done:
                raise UsageError(unlike(history, current), "Release them: leave --reissue out.")
            _judge(snap, history, causes, reasons)
            _refuse_brackets(snap)
            _refuse_who_objects(snap, history, active)
            making = Making(
                snap=snap,
                history=history,
                active=active,
                reference=_reference(reader, snap, asked.reference, at),
                at=at,
                formats=asked.formats,
                members=members,
                provisional=reasons,
            )
            corrected = _corrected(asked, making)
            _refuse_silence_about_reservations(making)
            look = unseen(reader, making, done, doubtful(reader, noted))
            if not asked.confirmed:
                look.refuse(document)
            making = replace(making, changed=look.noted(making))
            mended = None if reasons else correction(reader, making, corrected)
            announced = announce(root, reader, mended, at) if mended else None
        target = root / FOLDER / folder_of(making.reference)
        _refuse_what_is_there(target)
        if noted:
            making = _recorded_members(register, making, noted, last)
        with made(root, making, root / FOLDER) as done_:
            if done:
                with register.reading() as reader:
                    refuse_nothing_new(reader, done, making, done_, look.stands)
            event = _recorded(register, making, done_, corrected, announced)
            done_.folder.rename(target)
            flush(target.parent)
    assert isinstance(event.fact, Released)
    return Release(
        fact=event.fact,
        event=event,
        folder=target,
        again=False,
        corrects=making.corrects,
        replaces=making.replaces,
        missing=tuple(map(in_words, explained(history, missing(history, snap.now), where))) if reasons else (),
        signed=(making.printed().signed or ()) if making.version.adoption == Adoption.EACH else (),
        members=members,
        contact=CONTACT in snap.manifest.fields,
        told=noticed(root, announced, event) if announced else None,
        why=announced.said.reason if announced else "",
        noted=members_in_words(noted),
    )


def _corrected(asked: ReleaseRequest, making: Making) -> Texts:
    """What was wrong, per language. Raises UsageError where nothing is corrected for good."""
    if asked.corrected and (making.provisional or not making.corrects):
        if making.corrects:
            raise UsageError(
                f"released provisionally, {making.snap.manifest.id} corrects {making.corrects} not yet",
                "Leave --reason out; say it when the corrigendum is adopted and released.",
            )
        advice = "Of a corrigendum it is said what was wrong: “paraph circulate … --corrects REFERENCE”."
        raise UsageError(f"{making.snap.manifest.id} corrects no release", advice)
    return {code: said(words) for code, words in asked.corrected.items()}


def _judge(snap: Snapshot, history: History, causes: Sequence[str], reasons: Mapping[str, str]) -> None:
    """Raise RefusedError where standing does not allow it; provisionally, where the words were not put to anybody."""
    document, current = snap.manifest.id, current_document(history, snap.now)
    version = last_version(history, current.key) if current else None
    down = turned_down(history, version) if isinstance(version, DocumentVersion) else ()
    if not reasons:
        if causes:
            advice = "“paraph status” shows who stands where."
            if current and not down:
                advice += " Until its rule is met, only --provisional REASON."
            raise RefusedError(f"{document} is not ready for release", causes, advice)
        return
    if not causes:
        raise RefusedError(
            f"{document} is adopted: nothing about it is provisional", advice="Release it without --provisional."
        )
    if current is None:
        advice = "“paraph circulate” puts these words to the members; then they can be released provisionally."
        raise RefusedError(f"the words of {document} are on record in no version", causes, advice)
    if down:
        advice = "“paraph circulate” puts it to them again; until they have answered, it can be released provisionally."
        raise RefusedError(
            f"{document} was put to the members, and they did not adopt it",
            tuple(map(in_words, explained(history, down, asked_in(history, current)))),
            advice,
        )


def _refuse_what_is_there(target: Path) -> None:
    """Raise RefusedError where something stands in the place of a new release: nothing of it was ever released."""
    if os.path.lexists(target):
        raise RefusedError(
            f"{target} is there already, and is no release on record",
            advice="Nothing was released. Move it away, or choose another --reference.",
        )


def _refuse_brackets(snap: Snapshot) -> None:
    """Raise FindingsError where square brackets still stand, as alternatives do in a negotiation."""
    from paraph.checks.table import findings

    found = findings(snap.library, ("brackets",))  # waivers of other rules look unused here, and are not meant
    open_ = [one for one in found if one.rule == "bracket-open" and one.severity is not Severity.NOTE]
    if open_:
        raise FindingsError(tuple(replace(one, severity=Severity.ERROR) for one in open_))


@contextmanager
def _register(root: Path, snap: Snapshot) -> Iterator[Register]:
    """The register. Raises RefusedError where there is none: nothing was ever put to the members."""
    with ExitStack() as stack:
        try:
            register = stack.enter_context(opened(root, snap.library))
        except LostRegisterError:
            raise
        except NoRegisterError as error:
            advice = f"“paraph circulate {snap.manifest.id} --until …” begins."
            raise RefusedError(f"{snap.manifest.id} was never put to the members", advice=advice) from error
        yield register


def _refuse_who_objects(snap: Snapshot, history: History, active: Sequence[str]) -> None:
    """Raise RefusedError where a member would be listed under a clause to which it objects (22)."""
    if causes := parted(history, snap.now, active):
        raise RefusedError(
            f"on {snap.manifest.id}, members say two things",
            tuple(map(in_words, causes)),
            "Record what they answer: “paraph decide CLAUSE --reserve” (and --accept-late), or --withdraw of either.",
        )


def _refuse_silence_about_reservations(making: Making) -> None:
    """A form that has no place for reservations would publish a member's approval without its conditions (22)."""
    snap, found = making.snap, making.printed()
    form = snap.library.forms[snap.manifest.form]
    if found.reservations and not any(part.kind == "reservations" for part in form.parts):
        raise RefusedError(
            f"the form {form.id} has no place for the reservations on {snap.manifest.id}",
            tuple(f"{one.institution} reserves on {one.clause or snap.manifest.id}" for one in found.reservations),
            f"Add “reservations” to the parts in {form.source.file}, and put the document to the members again.",
        )


def _recorded_members(register: Register, making: Making, noted: Sequence[Change], last: Head) -> Making:
    """Put on record what was noted of the members, now that nothing stands in the way: who is a member is there before
    anything is released in their name.

    Raises RefusedError where anything about the document was recorded since `last`.
    """

    def decide(reader: Reader) -> Sequence[Draft]:
        if history_of(reader, making.snap.keys).last != last:
            raise _moved_on(making)
        return [one.draft for one in noted]

    register.append(decide, making.at)
    with register.reading() as reader:
        return replace(making, history=history_of(reader, making.snap.keys))


def _moved_on(making: Making) -> RefusedError:
    return RefusedError(
        f"the register moved on while the files of {making.snap.now.id} were made",
        advice="Nothing was released. Run it again.",
    )


def _reference(reader: Reader, snap: Snapshot, asked: str, at: dt.datetime) -> str:
    """The reference asked for, that of the document's file, or the next number of the year."""
    taken = {event.fact.reference for event in reader.events((RELEASES,)) if isinstance(event.fact, Released)}
    if name := (asked or snap.manifest.reference):
        if not _PLAIN.fullmatch(name):
            raise UsageError(
                f"“{name}” is no reference", "Use letters, digits, spaces and . _ / - only, beginning with one of them."
            )
        if folder_of(name) in map(folder_of, taken):
            raise UsageError(f"the reference {name} is taken", "“paraph register log” shows by what; choose another.")
        return name
    year = today(at, snap.library.workspace.time_zone).year
    networks = "-".join(network.upper() for network in snap.manifest.networks)
    numbers = (f"{networks}-{year}-{number:02}" for number in range(1, len(taken) + 2))
    return next(name for name in numbers if name not in taken)


def _recorded(register: Register, making: Making, files: Made, corrected: Texts, announced: Announced | None) -> Event:
    """The release on record, with all that is needed to make it again, and what it corrects.

    Raises RefusedError where anything about the document was recorded meanwhile.
    """
    snap, history, request = making.snap, making.history, new_request()
    for data in (*files.sources, files.record):
        register.keep(data)
    if announced:
        announced.keep(register)

    def decide(reader: Reader) -> Sequence[Draft]:
        fresh = history_of(reader, keys_of(snap.now))
        taken = {event.fact.reference for event in reader.events((RELEASES,)) if isinstance(event.fact, Released)}
        if fresh.last != history.last or making.reference in taken:
            raise _moved_on(making)
        fact = Released(
            reference=making.reference,
            subject=making.current,
            clauses=making.version.clauses,
            files=dict(files.digests),
            provisionally=dict(making.provisional),
            sources=dict(snap.files),
        )
        drafts = [Draft(fact=fact, request=request)]
        if announced:
            mended = announced.confirm(reader, correction(reader, making, corrected))
            drafts.append(Draft(fact=mended, request=f"{request}/corrects"))
        return drafts

    return register.append(decide, making.at)[0]


def _again(root: Path, reader: Reader, done: Event) -> Release:
    """The files of a release whose folder is not there, made as they were and proved to be the same.

    Raises RefusedError where the folder is there, BrokenError where the files made now are others.
    """
    fact, target = done.fact, _folder_of(root, done)
    assert isinstance(fact, Released)
    if os.path.lexists(target):
        if not _is_release(target, fact):
            raise RefusedError(
                f"{fact.subject} was released as {fact.reference}, and {target} is not that release",
                advice=f"Move it away; “paraph rebuild {fact.reference}” makes the release again from the register.",
            )
        raise RefusedError(
            f"{fact.subject} was released as {fact.reference}, in {target}",
            advice="What was released is never replaced: mend the text, and put it to the members, --corrects "
            f"{fact.reference}. The same words in another language or edition: --reissue.",
        )
    with remade(reader, done, root / FOLDER) as found:
        found.prove()
        found.folder.rename(target)
    return Release(fact=fact, event=done, folder=target, again=True)


def _folder_of(root: Path, done: Event) -> Path:
    assert isinstance(done.fact, Released)
    return root / FOLDER / folder_of(done.fact.reference)


def _is_release(folder: Path, fact: Released) -> bool:
    """Whether a folder has the record of a release, to the byte."""
    with suppress(OSError):
        return hashlib.sha256(read_file(folder / RECORD)).hexdigest() == fact.files.get(RECORD)
    return False
