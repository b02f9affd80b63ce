"""Every release of a workspace, from the records in releases/, with what the register says became of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import BrokenError, NoRegisterError, RefusedError
from paraph.library.release_record import LARGEST, read_statement
from paraph.library.written.index import RELEASED
from paraph.model.event import RELEASES, Event, ReleaseCorrected, Released, ReleaseWithdrawn, release_key
from paraph.model.release import RECORD, Fate, ReleasedFile, ReleaseRecord, Statement
from paraph.workflow.files import read_file
from paraph.workflow.record.ledger import looked, settings

if TYPE_CHECKING:
    from paraph.register.glance import Look

FOLDER = RELEASED
SIGNATURES = "signatures"
"""The folder in that of a release for what was signed later."""

NOTICE = "notice"
"""The folder in that of a release for the notice of what became of it."""


def folder_of(reference: str) -> str:
    """The name of the folder of a release: its reference, with a hyphen for what a folder cannot be called."""
    return re.sub(r"[ /]+", "-", reference)


@dataclass(frozen=True, kw_only=True, slots=True)
class OnShelf:
    """A release in its folder, with what became of it. `digest` is the SHA-256 of its record.json."""

    folder: Path
    digest: str
    record: ReleaseRecord
    files: tuple[ReleasedFile, ...]
    fate: Fate

    @property
    def reference(self) -> str:
        """Its reference number."""
        return self.record.reference

    def file(self, languages: tuple[str, ...], format_: str) -> ReleasedFile | None:
        """The file of an edition in a format, or None where there is none."""
        return next((one for one in self.files if (one.languages, one.format) == (languages, format_)), None)


def releases_of(root: Path) -> tuple[OnShelf, ...]:
    """The releases in the workspace, the latest first.

    Raises RefusedError where a folder in releases/ has no record, or another one than is on record: no release is left
    out in silence, and none is shown that was never recorded. The other files are not looked at here.
    """
    with _perhaps(root) as reader:
        recorded = _recorded(reader) if reader else None
        found, wrong = [], []
        for folder in sorted(root.glob(f"{FOLDER}/[!.]*/")):
            try:
                found.append((folder, *_read(folder, recorded)))
            except BrokenError as error:
                wrong.append(f"{FOLDER}/{folder.name}: {error.message}")
        if wrong:
            advice = "“paraph rebuild REFERENCE” makes a release again from the register."
            raise RefusedError("releases cannot be shown", wrong, advice)
        told = fates_told(statement.record for _, _, statement in found)
        fates = recorded_fates(reader, told) if reader else told
    shelf = (
        OnShelf(folder=folder, digest=digest, record=one.record, files=one.files, fate=fates[one.record.reference])
        for folder, digest, one in found
    )
    return tuple(sorted(shelf, key=lambda one: (one.record.released, one.reference), reverse=True))


@contextmanager
def _perhaps(root: Path) -> Iterator[Look | None]:
    """The register of the workspace, or None where there is none."""
    try:
        with looked(root, settings(root)) as reader:
            yield reader
    except NoRegisterError:
        yield None


def _recorded(reader: Look) -> dict[str, str]:
    """The digest of record.json of every release on record, by reference."""
    facts = (event.fact for event in reader.events((RELEASES,)))
    return {one.reference: one.files.get(RECORD, "") for one in facts if isinstance(one, Released)}


def _read(folder: Path, recorded: dict[str, str] | None) -> tuple[str, Statement]:
    try:
        data = read_file(folder / RECORD, LARGEST)
    except OSError as error:
        raise BrokenError(f"its {RECORD} cannot be read: {error.strerror}") from error
    statement = read_statement(data)
    reference = statement.record.reference
    if folder_of(reference) != folder.name:
        raise BrokenError(f"its {RECORD} is that of {reference}")
    digest = hashlib.sha256(data).hexdigest()
    if recorded is not None and recorded.get(reference) != digest:
        raise BrokenError(f"its {RECORD} is not the one on record for {reference}")
    return digest, statement


def fates_told(records: Iterable[ReleaseRecord]) -> dict[str, Fate]:
    """What became of releases as far as later ones say it, by reference.

    None that is provisional ends one that is not.
    """
    fates: dict[str, Fate] = {}
    early: dict[str, str] = {}
    adopted = set[str]()
    for one in sorted(records, key=lambda one: (one.released, one.reference)):
        fates.setdefault(one.reference, Fate())
        if before := early.pop(one.document.key, ""):
            fates[before] = Fate(replaced=one.reference, on=one.released)
        if one.provisional:
            early[one.document.key] = one.reference
        else:
            adopted.add(one.reference)
        if one.replaces and not (one.provisional and one.replaces in adopted):
            fates[one.replaces] = Fate(replaced=one.reference, on=one.released)
        if one.corrects and not (one.provisional and one.corrects in adopted):
            fates[one.corrects] = Fate(corrected=one.reference, on=one.released)
    return fates


def recorded_fates(reader: Look, told: dict[str, Fate] | None = None) -> dict[str, Fate]:
    """What became of every release on record, by reference; `told` is what later ones say of it."""
    fates = {reference: fate for _, reference, fate in _in_turn(reader, told or {})}
    return {one: _or_told(fate, (told or {}).get(one)) for one, fate in fates.items()}


def announced(reader: Look, reference: str) -> tuple[tuple[ReleaseCorrected | ReleaseWithdrawn, Fate], ...]:
    """What was recorded of a release after it was made, the first first, and what had become of it with that."""
    found = dict[int, tuple[ReleaseCorrected | ReleaseWithdrawn, Fate]]()
    for event, one, fate in _in_turn(reader, {}):
        if isinstance(event.fact, ReleaseCorrected | ReleaseWithdrawn) and event.fact.reference == one == reference:
            found.setdefault(event.number, (event.fact, fate))  # with that alone: its notice says no more
    return tuple(found.values())


def after(was: Fate, fact: ReleaseCorrected | ReleaseWithdrawn, at: dt.datetime) -> Fate:
    """What has become of a release once `fact` is on record too."""
    if isinstance(fact, ReleaseCorrected):
        was = Fate(corrected=fact.successor, known=True)
    withdrawn = isinstance(fact, ReleaseWithdrawn)
    return replace(was, withdrawn=withdrawn, reason=fact.reason, reasons=fact.reasons, notice=fact.notice, on=at)


def _in_turn(reader: Look, told: Mapping[str, Fate]) -> Iterator[tuple[Event, str, Fate]]:
    """Every event that decides what becomes of a release: which one, and what has become of it with that."""
    turn = _Turn()
    references = [one.fact.reference for one in reader.events((RELEASES,)) if isinstance(one.fact, Released)]
    for event in reader.events((RELEASES, *map(release_key, references))):
        match event.fact:
            case Released() as fact:
                before = turn.released(fact, event.at, told)
                yield from ((event, one, turn.fates[one]) for one in before)
            case ReleaseCorrected() | ReleaseWithdrawn() as fact:
                turn.announced(fact, event.at)
            case _:
                continue
        yield event, fact.reference, turn.fates[fact.reference]
        yield from ((event, one, turn.fates[one]) for one in turn.followed(event.at))


@dataclass(slots=True)
class _Turn:
    """What has become of each release, event by event. `adopted` and `early` are those that stand, by document: adopted
    and provisional; `made` all in their order.

    A later release of the same document replaces the last one that stands, whether or not anybody said so, and with it
    the provisional one that came before its adoption. One that is provisional itself replaces only such a one: what the
    members adopted is in force until they have adopted something else. Where the successor of one is withdrawn, the
    next that stands takes that one's place.
    """

    fates: dict[str, Fate] = field(default_factory=dict)
    adopted: dict[str, str] = field(default_factory=dict)
    early: dict[str, str] = field(default_factory=dict)
    made: dict[str, Released] = field(default_factory=dict)

    def released(self, fact: Released, at: dt.datetime, told: Mapping[str, Fate]) -> list[str]:
        """Take in a release; those that it replaces."""
        key, kinds = fact.subject.key, (self.early,) if fact.provisionally else (self.early, self.adopted)
        found = [one for one in (kind.pop(key, "") for kind in kinds) if one]
        for before in found:
            said = told.get(before, Fate())
            self.fates[before] = (
                replace(said, known=True)
                if said.successor == fact.reference
                else Fate(replaced=fact.reference, on=at, known=True)
            )
        self.fates[fact.reference], kinds[-1][key] = Fate(known=True), fact.reference
        self.made[fact.reference] = fact
        return found

    def announced(self, fact: ReleaseCorrected | ReleaseWithdrawn, at: dt.datetime) -> None:
        """Take in what was said of a release; one that was withdrawn stands no longer."""
        self.fates[fact.reference] = after(self.fates[fact.reference], fact, at)
        if isinstance(fact, ReleaseWithdrawn):
            for kind in (self.early, self.adopted):
                for key in [key for key, reference in kind.items() if reference == fact.reference]:
                    del kind[key]

    def followed(self, at: dt.datetime) -> Iterator[str]:
        """Lead away from successors that were withdrawn; the releases of which something else is to be said now."""
        for one, fate in self.fates.items():
            if not self._withdrawn(fate.successor):
                continue
            then = replace(fate, gone=True)
            if found := self._instead(one):
                then = replace(fate, corrected="", replaced=found, gone=False)
                if not fate.withdrawn:  # why it was corrected was said of the one that is withdrawn
                    then = Fate(replaced=found, on=at, known=True)
            if then != fate:
                self.fates[one] = then
                yield one

    def _instead(self, reference: str) -> str:
        """The release that took the place of the withdrawn successor of `reference`, or the last later one that stands;
        "" where there is neither."""
        found, seen = self.fates[reference].successor, {reference}
        while found not in seen and self._withdrawn(found):
            seen.add(found)
            found = self.fates[found].successor
        if found and found not in seen:
            return found
        key, order = self.made[reference].subject.key, list(self.made)
        kinds = (self.adopted, self.early) if self.made[reference].provisionally else (self.adopted,)
        standing = (kind.get(key, "") for kind in kinds)
        return next((one for one in standing if one and order.index(one) > order.index(reference)), "")

    def _withdrawn(self, reference: str) -> bool:
        return reference in self.fates and self.fates[reference].withdrawn


def _or_told(fate: Fate, told: Fate | None) -> Fate:
    """What the register says; where that is nothing, what a later release says."""
    if fate.successor or told is None or not told.successor:
        return fate
    return replace(fate, corrected=told.corrected, replaced=told.replaced, on=fate.on or told.on)
