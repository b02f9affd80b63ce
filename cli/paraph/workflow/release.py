"""Releasing a document: docs/approvals.md, 21 and 22.

The files are made first and put beside the place where they belong; then the release is recorded, which is the moment
that counts; then they are moved there. Where the last step was cut off, the same command makes the same files again and
proves them against the record.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph import __version__
from paraph.errors import BrokenError, FindingsError, NoRegisterError, RefusedError, UsageError
from paraph.model.document import Record
from paraph.model.event import RELEASES, DocumentVersion, Draft, Event, Released, release_key
from paraph.model.finding import Severity
from paraph.standing.fold import History, fold
from paraph.standing.gate import outcome, ready, record
from paraph.standing.rules import positions
from paraph.standing.versions import current_document
from paraph.workflow.build import Request, make_files, tasks_of
from paraph.workflow.causes import in_words
from paraph.workflow.files import part_folder
from paraph.workflow.ledger import events_of, history_of, membership, opened, request, roll
from paraph.workflow.onrecord import short, validated
from paraph.workflow.past import Desk, as_recorded
from paraph.workflow.times import today
from paraph.workflow.versions import Snapshot, keys_of, snapshot, sources

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.register.store import Register

FOLDER = "releases"
SUMS = "SHA256SUMS"
RECORD = "record.json"
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,80}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A document as it was released: where its files are, and the event that says so. `again`: made a second time."""

    fact: Released
    event: Event
    folder: Path
    again: bool


def release(
    root: Path,
    document: str,
    *,
    at: dt.datetime,
    reference: str = "",
    formats: Sequence[str] = (),
    confirmed: bool = False,
) -> Release:
    """Release `document` under `reference` ("": that of its file, or the next number), in `formats` (none: all).

    `confirmed`: somebody has looked at what changed around the words since the members were asked.

    Raises FindingsError where its files are not right, RefusedError with every cause that stands in the way, UsageError
    for a reference that is none or taken. Nothing is recorded and nothing is written then.
    """
    snap = snapshot(root, document)
    with _register(root, snap) as register:
        _record_members(register, snap, at)
        with register.reading() as reader:
            history = history_of(reader, snap.keys)
            if done := _already(reader, history, snap):
                return _again(root, reader, snap, done)
            if causes := ready(history, snap.now):
                raise RefusedError(
                    f"{document} is not ready for release",
                    tuple(map(in_words, causes)),
                    "“paraph status” shows who stands where.",
                )
            _refuse_brackets(snap)
            name = _reference(reader, snap, reference, at)
            active = roll(snap.library, today(at, snap.library.workspace.time_zone)).active
            _refuse_silence_about_reservations(snap, _record_of(snap, history, active))
            changed = _changed(reader, snap, history, active)
            if changed and not confirmed:
                raise RefusedError(
                    f"around the words of {document}, things have changed since the members were asked",
                    changed,
                    "Put them back as they were; or build it, see that all is right, and --confirm, which is noted.",
                )
        with _made(root, snap, history, active, name, formats, changed) as (folder, digests):
            event = _recorded(register, snap, history, name, digests, at)
            target = root / FOLDER / folder_of(name)
            folder.rename(target)
            _flush(target.parent)
    assert isinstance(event.fact, Released)
    return Release(fact=event.fact, event=event, folder=target, again=False)


def _refuse_brackets(snap: Snapshot) -> None:
    """Raise FindingsError where square brackets still stand, as alternatives do in a negotiation."""
    from paraph.checks.table import findings

    open_ = [one for one in findings(snap.library, ("brackets",)) if one.severity is not Severity.NOTE]
    if open_:
        raise FindingsError(tuple(replace(one, severity=Severity.ERROR) for one in open_))


def _changed(reader: Reader, snap: Snapshot, history: History, active: Sequence[str]) -> tuple[str, ...]:
    """What no version has and is printed or seen all the same, where it is not as it was put to the members.

    Templates may hold words of their own (those in YAML are compared with the version). What the register supplies is
    printed in words of the files: names of members, titles of clauses. For that, what the files of then print for the
    same decisions is compared line by line.
    """
    current = current_document(history, snap.now)
    assert current is not None
    version = history.versions[current.key][-1]
    assert isinstance(version, DocumentVersion)
    names = sorted({*version.sources, *snap.files})
    templates = (name for name in names if name.startswith("templates/") and not name.endswith(".yml"))
    changed = [name for name in templates if version.sources.get(name) != snap.files.get(name)]
    was, now, found = as_recorded(reader, version), Desk(snap.library, snap.manifest), _record_of(snap, history, active)
    for language in version.lines:
        before, after = was.lines(language, found), now.lines(language, found)
        changed += [f"{language}: {line}, which was not there" for line in after if line not in before]
        changed += [f"{language}: {line}, which is gone" for line in before if line not in after]
    return tuple(changed)


@contextmanager
def _register(root: Path, snap: Snapshot) -> Iterator[Register]:
    """The register. Raises RefusedError where there is none: nothing was ever put to the members."""
    with ExitStack() as stack:
        try:
            register = stack.enter_context(opened(root, snap.library))
        except NoRegisterError as error:
            advice = f"“paraph circulate {snap.manifest.id} --until …” begins."
            raise RefusedError(f"{snap.manifest.id} was never put to the members", advice=advice) from error
        yield register


def folder_of(reference: str) -> str:
    """The name of the folder of a release: its reference, with a hyphen for what a folder cannot be called."""
    return re.sub(r"[ /]+", "-", reference)


def _refuse_silence_about_reservations(snap: Snapshot, found: Record) -> None:
    """A form that has no place for reservations would publish a member's approval without its conditions (22)."""
    form = snap.library.forms[snap.manifest.form]
    if found.reservations and not any(part.kind == "reservations" for part in form.parts):
        raise RefusedError(
            f"the form {form.id} has no place for the reservations on {snap.manifest.id}",
            tuple(f"{one.institution} reserves on {one.clause or snap.manifest.id}" for one in found.reservations),
            f"Add “reservations” to the parts in {form.source.file}, and put the document to the members again.",
        )


def _record_members(register: Register, snap: Snapshot, at: dt.datetime) -> None:
    """Who is a member now is on record before anything is released in their name."""
    register.append(lambda reader: tuple(membership(snap.library, history_of(reader, ()), at)), at)


def _already(reader: Reader, history: History, snap: Snapshot) -> Event | None:
    """The release of the very version that the files have now, if there is one that was not withdrawn."""
    current = current_document(history, snap.now)
    for fact in history.releases.values():
        if fact.subject == current and fact.reference not in history.taken_off:
            return next(one for one in reader.events((release_key(fact.reference),)) if one.fact == fact)
    return None


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


def _record_of(snap: Snapshot, history: History, active: Sequence[str]) -> Record:
    found = record(history, snap.now, active=active, released=True)
    return replace(found, head=short(history.last), validated=validated(snap.library, history, snap.now))


@contextmanager
def _made(
    root: Path,
    snap: Snapshot,
    history: History,
    active: Sequence[str],
    reference: str,
    formats: Sequence[str],
    changed: Sequence[str],
) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """A new folder with all files of the release, which is taken away where it was not moved, and their digests."""
    from paraph.render.formats import FORMATS

    folder = part_folder(root / FOLDER)
    try:
        wanted = Request(documents=(snap.manifest.id,), formats=tuple(formats) or tuple(FORMATS), out=folder)
        manifest = replace(snap.manifest, reference=reference)
        tasks, _ = tasks_of(snap.library, manifest, wanted, _record_of(snap, history, active))
        for _ in make_files(tasks, wanted):
            pass
        for _ in sources(root, snap.files):  # who edits meanwhile is told, and decides again what is released
            pass
        digests = {path.name: _digest(path) for path in sorted(folder.iterdir())}
        (folder / RECORD).write_bytes(_as_json(snap, history, reference, digests, changed))
        digests[RECORD] = _digest(folder / RECORD)
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
        (folder / SUMS).write_text(sums, encoding="utf-8")
        folder.chmod(0o755)
        _flush(folder / RECORD, folder / SUMS, folder)
        yield folder, digests
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_json(
    snap: Snapshot, history: History, reference: str, digests: Mapping[str, str], changed: Sequence[str]
) -> bytes:
    """What was released, for people and programs that have the folder alone."""
    current = current_document(history, snap.now)
    assert current is not None
    closed = outcome(history, current)
    assert closed is not None
    last = history.versions[current.key][-1]
    clauses = {str(one): one.digest for one in getattr(last, "clauses", ())}
    stands = positions(history, current, [one.member for one in closed[1].members])  # who withdrew since stands no more
    found = {
        "v": 1,
        "generator": f"paraph {__version__}",
        "reference": reference,
        "document": {str(current): current.digest},
        "clauses": clauses,
        "circulation": closed[0].opened.circulation,
        "rule": closed[0].opened.rule,
        "members": {member: str(one.state) for member, one in stands.items()},
        "register": str(history.last),
        "changed": list(changed),
        "files": dict(digests),
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def _recorded(
    register: Register,
    snap: Snapshot,
    history: History,
    reference: str,
    digests: Mapping[str, str],
    at: dt.datetime,
) -> Event:
    """The release on record. Raises RefusedError where anything about the document was recorded meanwhile."""
    wish = request()

    def decide(reader: Reader) -> Sequence[Draft]:
        fresh = history_of(reader, keys_of(snap.now))
        taken = {event.fact.reference for event in reader.events((RELEASES,)) if isinstance(event.fact, Released)}
        if fresh.last != history.last or reference in taken:
            raise RefusedError(
                f"the register moved on while the files of {snap.now.id} were made",
                advice="Nothing was released. Run it again.",
            )
        current = current_document(fresh, snap.now)
        assert current is not None
        clauses = getattr(fresh.versions[current.key][-1], "clauses", ())
        fact = Released(reference=reference, subject=current, clauses=clauses, files=dict(digests))
        return [Draft(fact=fact, request=wish)]

    return register.append(decide, at)[-1]


def _again(root: Path, reader: Reader, snap: Snapshot, done: Event) -> Release:
    """The files of a release whose folder is not there, made as they were and proved to be the same.

    Raises RefusedError where the folder is there, BrokenError where the files made now are others.
    """
    fact = done.fact
    assert isinstance(fact, Released)
    target = root / FOLDER / folder_of(fact.reference)
    if target.exists():
        raise RefusedError(
            f"{fact.subject} was released as {fact.reference}, in {target}",
            advice="What was released is never replaced: circulate a corrected text, then “paraph correct”.",
        )
    history = fold(one for one in events_of(reader, snap.keys) if one.number < done.number)
    formats = tuple(dict.fromkeys(name.rpartition(".")[2] for name in fact.files if name != RECORD))
    active = roll(snap.library, today(done.at, snap.library.workspace.time_zone)).active
    changed = _changed(reader, snap, history, active)
    with _made(root, snap, history, active, fact.reference, formats, changed) as (folder, digests):
        if dict(digests) != dict(fact.files):
            others = sorted(name for name in {*digests, *fact.files} if digests.get(name) != fact.files.get(name))
            raise BrokenError(
                f"the files of {fact.reference} come out otherwise than they were released: {', '.join(others)}",
                "Take them from a copy: their digests are on record. Nothing was written.",
            )
        folder.rename(target)
    return Release(fact=fact, event=done, folder=target, again=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _flush(*paths: Path) -> None:
    """What was written is on disk when this returns."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
