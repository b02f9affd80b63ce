"""Releasing a document: docs/approvals.md, 21 and 22, and docs/release.md.

The files are made first and put beside the place where they belong; then the release is recorded, which is the moment
that counts; then they are moved there. Where the last step was cut off, the same command makes the same files again and
proves them against the record.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import LostRegisterError, NoRegisterError, RefusedError, UsageError
from paraph.model.event import RELEASES, Draft, Event, Head, ReleaseCorrected, Released
from paraph.model.finding import Finding
from paraph.model.form import CONTACT
from paraph.model.language import Texts
from paraph.model.release import RECORD
from paraph.model.rule import Adoption
from paraph.standing.gate import missing
from paraph.workflow.approvals.causes import explained, in_words
from paraph.workflow.files import read_file
from paraph.workflow.reasons import said
from paraph.workflow.record.ledger import history_of, new_request, opened
from paraph.workflow.record.membership import Change
from paraph.workflow.record.membership import in_words as members_in_words
from paraph.workflow.record.versions import Snapshot, keys_of, snapshot
from paraph.workflow.releases.announce import Announced, announce
from paraph.workflow.releases.attest import Making
from paraph.workflow.releases.before import ReleaseRequest, begun
from paraph.workflow.releases.corrections import Told, correction, noticed
from paraph.workflow.releases.files import Made, made, put
from paraph.workflow.releases.reissue import refuse_nothing_new
from paraph.workflow.releases.remake import remade
from paraph.workflow.releases.shelf import FOLDER, folder_of, refuse_strangers

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.register.store import Register


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A document as it was released: where its files are, and the event that says so. `again`: made a second time.

    `signed` are the members that it lists as signing; `members` have editions of their own in it, without the `contact`
    of the document, if it says one, and `nameless` says who has none, not standing behind it, where nobody was named.
    `told` are the notices that went with it, of what it corrects among them, and
    `why` what was wrong with that, `unsaid` where nobody has said yet. `noted` is what was noted of the members first,
    `findings` what a build of its editions warns of.
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
    nameless: tuple[str, ...] = ()
    contact: bool = False
    told: Told | None = None
    why: str = ""
    unsaid: bool = False
    noted: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def release(root: Path, document: str, asked: ReleaseRequest, at: dt.datetime) -> Release:
    """Release `document`.

    Raises FindingsError where its files are not right, RefusedError with every cause that stands in the way, UsageError
    for a reference that is none or taken. Nothing is recorded and nothing is written then.
    """
    snap = snapshot(root, document, at=at)
    with _register(root, snap) as register:
        with register.reading() as reader:
            begin = begun(reader, snap, history_of(reader, snap.keys), asked, at)
            history, done, reasons, noted = begin.history, begin.done, begin.reasons, begin.noted
            if done and (not asked.reissue or not _folder_of(root, done).exists()):  # the last one was cut off
                return _again(root, reader, done)
            refuse_strangers(root, reader)
            making, look, found = begin.judged(reader)
            corrected = _corrected(asked, making)
            if not asked.confirmed:
                look.refuse(document)
            making = replace(making, changed=look.noted(making))
            mended = None if reasons else correction(reader, making, corrected)
            announced = announce(root, reader, _outlined(making, mended), at)
        target = root / FOLDER / folder_of(making.reference)
        _refuse_what_is_there(target)
        if noted:
            making = _recorded_members(register, making, noted, begin.last)
        with made(root, making, root / FOLDER) as done_:
            if done:
                with register.reading() as reader:
                    refuse_nothing_new(reader, done, making, done_, look.stands)
            event = _recorded(register, making, done_, corrected, announced)
            put(done_.folder, target, making.reference)
    assert isinstance(event.fact, Released)
    return Release(
        fact=event.fact,
        event=event,
        folder=target,
        again=False,
        corrects=making.corrects,
        replaces=making.replaces,
        missing=tuple(map(in_words, explained(history, missing(history, snap.now), begin.asked_in))) if reasons else (),
        signed=(making.printed().signed or ()) if making.version.adoption == Adoption.EACH else (),
        members=making.members,
        nameless=tuple(map(in_words, begin.nameless)),
        contact=CONTACT in snap.manifest.fields,
        told=noticed(root, announced, event),
        why=mended.reason if mended else "",
        unsaid=mended is not None and not announced.told[mended.reference].reason,
        noted=members_in_words(noted),
        findings=found,
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


def _refuse_what_is_there(target: Path) -> None:
    """Raise RefusedError where something stands in the place of a new release: nothing of it was ever released."""
    if os.path.lexists(target):
        raise RefusedError(
            f"{target} is there already, and is no release on record",
            advice="Nothing was released. Move it away, or choose another --reference.",
        )


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


def _outlined(making: Making, mended: ReleaseCorrected | None) -> tuple[Released | ReleaseCorrected, ...]:
    """What is to be recorded, before there are any files: enough to know what will have become of other releases."""
    fact = Released(
        reference=making.reference,
        subject=making.current,
        clauses=(),
        files={},
        provisionally=dict(making.provisional),
    )
    return (fact, mended) if mended else (fact,)


def _recorded(register: Register, making: Making, files: Made, corrected: Texts, announced: Announced) -> Event:
    """The release on record, with all that is needed to make it again, and what it corrects.

    Raises RefusedError where anything about the document was recorded meanwhile.
    """
    snap, history, request = making.snap, making.history, new_request()
    register.keep_all((*files.sources, files.record))
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
        mended = None if making.provisional else correction(reader, making, corrected)
        facts = announced.confirm(reader, _outlined(making, mended), (fact, mended) if mended else (fact,))
        return [
            Draft(fact=one, request=asked) for one, asked in zip(facts, (request, f"{request}/corrects"), strict=False)
        ]

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
        put(found.folder, target, fact.reference)
    return Release(fact=fact, event=done, folder=target, again=True)


def _folder_of(root: Path, done: Event) -> Path:
    assert isinstance(done.fact, Released)
    return root / FOLDER / folder_of(done.fact.reference)


def _is_release(folder: Path, fact: Released) -> bool:
    """Whether a folder has the record of a release, to the byte."""
    with suppress(OSError):
        return hashlib.sha256(read_file(folder / RECORD)).hexdigest() == fact.files.get(RECORD)
    return False
