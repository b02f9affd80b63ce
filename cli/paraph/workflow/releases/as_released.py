"""A document whose words are those of a release that stands, and what around them has changed since.

A document without a date is judged as of the day on which it is sent: by the names and the members of that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.library.written.index import INSTITUTIONS
from paraph.model.document import Record
from paraph.model.event import DocumentVersion, Event, Released, release_key
from paraph.model.member import Status
from paraph.model.rule import Adoption
from paraph.standing.fold import History, fold
from paraph.standing.gate import record
from paraph.standing.versions import current_document
from paraph.workflow import times
from paraph.workflow.record.ledger import events_of, history_of, if_begun, opened
from paraph.workflow.record.membership import active_on
from paraph.workflow.record.versions import Snapshot, snapshot
from paraph.workflow.releases.around import changed_since
from paraph.workflow.releases.attest import Making
from paraph.workflow.releases.stood_by import doubted, parted, parted_alone, reserved_otherwise

if TYPE_CHECKING:
    from paraph.model.library import Library
    from paraph.register.glance import Look


@dataclass(frozen=True, kw_only=True, slots=True)
class AsReleased:
    """A document whose words now are those of a release that stands: its reference, and what it prints of decisions.

    `changed` is what has changed around its words since the members were asked, see `release`. `parted` says who stands
    behind it no longer of those in whose name it goes out, `reserved` whose reservations are others now, and `doubted`
    what else would stand in the way of its release today and did not then. `unlisted` signed the release and are no
    active members on the day. `released` is the day of the release; `provisional`: its rule was not met.
    """

    reference: str
    released: dt.date
    record: Record
    changed: tuple[str, ...]
    parted: tuple[str, ...]
    reserved: tuple[str, ...]
    doubted: tuple[str, ...]
    unlisted: tuple[str, ...]
    provisional: bool


def as_released(root: Path, document: str, library: Library, day: dt.date, alone: str = "") -> AsReleased | None:
    """What letters of `day` print of a document that was released in the words that it has then; None: it was not, and
    they are drafts.

    `library` says where the register is; the files are read anew, as always for what goes by it. `alone` is the member
    that sends it by itself: it answers for what it approved, and for nothing of the others’.
    """
    with if_begun(), opened(root, library) as register, register.reading() as reader:
        snap = snapshot(root, document, day=day)
        history = history_of(reader, snap.keys)
        done = already(reader, history, snap, provisional=True)
        if done is not None and isinstance(done.fact, Released):
            before = fold(one for one in events_of(reader, snap.keys) if one.number < done.number)
            active = active_on(snap.library, history, snap.manifest.date or day, times.now())
            then = [member for member, one in before.members.items() if one.status is Status.ACTIVE]
            making = Making(
                snap=snap,
                history=before,
                active=[member for member in then if member in active],
                reference=done.fact.reference,
                at=done.at,
                formats=(),
                provisional=done.fact.provisionally,
            )
            printed, now, version = making.printed(), record(history, snap.now, active=active), making.version
            each = version.adoption == Adoption.EACH
            listed = (printed.signed or ()) if each else ()
            signed = (replace(making, active=then).printed().signed or ()) if each else ()
            return AsReleased(
                reference=done.fact.reference,
                released=times.today(done.at, snap.library.workspace.time_zone),
                record=_of(printed, alone) if alone else printed,
                changed=changed_since(reader, making),
                parted=_parted_alone(history, version, alone, active)
                if alone
                else tuple(parted(history, version, listed)),
                reserved=tuple(reserved_otherwise(printed, now, (alone,) if alone else tuple(history.members))),
                doubted=() if alone else doubted(history, making.history, version, listed),
                unlisted=() if alone else tuple(one for one in signed if one not in listed),
                provisional=bool(done.fact.provisionally),
            )
    return None


def _parted_alone(history: History, version: DocumentVersion, member: str, active: Collection[str]) -> tuple[str, ...]:
    """Why a member may not send a document by itself; it is `active` by the file, or was refused before, unless the
    record has it otherwise."""
    found = parted_alone(history, version, member)
    if found or member in active:
        return found
    return (f"on record {member} is active no longer, by {INSTITUTIONS} it is: “paraph register members” notes that",)


def _of(printed: Record, member: str) -> Record:
    """What a member that writes alone prints: what others reserve is theirs to say."""
    return replace(printed, reservations=tuple(one for one in printed.reservations if one.institution == member))


def already(reader: Look, history: History, snap: Snapshot, *, provisional: bool) -> Event | None:
    """The last release of the very version that the files have now, if there is one that was not withdrawn.

    One that was provisional does not stand in the way of the one that is not.
    """
    current = current_document(history, snap.now)
    for fact in reversed(history.releases.values()):
        stands = fact.reference not in history.taken_off and (provisional or not fact.provisionally)
        if stands and fact.subject == current:
            return next(one for one in reader.events((release_key(fact.reference),)) if one.fact == fact)
    return None
