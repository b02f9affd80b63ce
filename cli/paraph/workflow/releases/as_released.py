"""A document whose words now are those of a release that stands, and what around them has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.model.document import Record
from paraph.model.event import Event, Released, release_key
from paraph.model.member import Status
from paraph.standing.fold import History, fold
from paraph.standing.gate import record
from paraph.standing.versions import current_document
from paraph.workflow.record.ledger import events_of, history_of, if_begun, opened
from paraph.workflow.record.versions import Snapshot, snapshot
from paraph.workflow.releases.around import changed_since
from paraph.workflow.releases.attest import Making

if TYPE_CHECKING:
    from paraph.model.library import Library
    from paraph.register.reader import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class AsReleased:
    """A document whose words now are those of a release that stands: its reference, and what it prints of decisions.

    `changed` is what has changed around its words since the members were asked, see `release`; `joined` are the members
    that stand behind it now.
    """

    reference: str
    record: Record
    changed: tuple[str, ...]
    joined: tuple[str, ...]


def as_released(root: Path, document: str, library: Library) -> AsReleased | None:
    """What letters print of a document that was released as it is now; None: it was not, and they are drafts.

    `library` says where the register is; the files are read anew, as always for what goes by it.
    """
    with if_begun(), opened(root, library) as register, register.reading() as reader:
        snap = snapshot(root, document)
        history = history_of(reader, snap.keys)
        done = already(reader, history, snap, provisional=True)
        if done is not None and isinstance(done.fact, Released):
            active = [member for member, one in history.members.items() if one.status is Status.ACTIVE]
            making = Making(
                snap=snap,
                history=fold(one for one in events_of(reader, snap.keys) if one.number < done.number),
                active=active,
                reference=done.fact.reference,
                at=done.at,
                formats=(),
                provisional=done.fact.provisionally,
            )
            return AsReleased(
                reference=done.fact.reference,
                record=making.printed(),
                changed=changed_since(reader, making),
                joined=record(history, snap.now, active=active).signed or (),
            )
    return None


def already(reader: Reader, history: History, snap: Snapshot, *, provisional: bool) -> Event | None:
    """The last release of the very version that the files have now, if there is one that was not withdrawn.

    One that was provisional does not stand in the way of the one that is not.
    """
    current = current_document(history, snap.now)
    for fact in reversed(history.releases.values()):
        stands = fact.reference not in history.taken_off and (provisional or not fact.provisionally)
        if stands and fact.subject == current:
            return next(one for one in reader.events((release_key(fact.reference),)) if one.fact == fact)
    return None
