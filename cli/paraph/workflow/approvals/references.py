"""What a member is asked: from references as people write them to subjects as circulations put them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import UsageError
from paraph.library.written.suggest import did_you_mean, nearest
from paraph.model.event import CirculationOpened, Receipt, Subject, circulation_key
from paraph.standing.fold import Circulation, History
from paraph.workflow.times import shown

if TYPE_CHECKING:
    from paraph.register.glance import Look
    from paraph.register.reader import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a member says on some subjects.

    `references` name them: a clause or document by id (no-child-detention), a version of it (no-child-detention@2), or
    everything put to the members in a circulation (c1). `circulation` chooses among several that ask about the same.
    `evidence` are files to be kept with it; `person` is who spoke for the institution, by name, or "".
    `again`: what is said of a circulation holds, too, where the member said something of a single text alone, or
    against an earlier version of it. `events` are what a withdrawal takes back, by number, where it could be several
    things.
    """

    references: tuple[str, ...]
    member: str
    receipt: Receipt
    circulation: str = ""
    evidence: tuple[Path, ...] = ()
    person: str = ""
    again: bool = False
    events: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One subject as a circulation put it to a member.

    `named`: meant by itself, and not only with all of its circulation. `event`: what is taken back of what the member
    said on it, 0 where that is no question.
    """

    circulation: Circulation
    subject: Subject
    member: str
    named: bool = True
    event: int = 0

    @property
    def invited(self) -> bool:
        """Whether the member is shown what is asked, and counts for nothing."""
        return self.member in self.circulation.opened.invited


def keys_of(reader: Reader, wish: Wish) -> Iterator[str]:
    """What to read so that the references can be told apart; the register alone knows whether one is a document."""
    for reference in (*wish.references, *filter(None, (wish.circulation,))):
        if is_circulation(reference):
            yield from subject_keys(reader, reference)
        else:
            id_ = reference.partition("@")[0]
            yield from (f"clause/{id_}", f"document/{id_}")


def asked_of(history: History, wish: Wish) -> Iterator[Asked]:
    """The subjects that the references name, each once, as they were put to the member."""
    named = {_one(history, wish, reference)[1] for reference in wish.references if not is_circulation(reference)}
    seen = set()
    for reference in wish.references:
        if is_circulation(reference):
            circulation = circulation_in(history, reference)
            found = [(circulation, subject) for subject in circulation.opened.subjects]
        else:
            found = [_one(history, wish, reference)]
        for circulation, subject in found:
            everyone = (*circulation.opened.electorate, *circulation.opened.invited)
            if wish.member not in everyone:
                near = nearest(wish.member, everyone)
                advice = f"{circulation.opened.circulation} asks {', '.join(everyone)}."
                if near:
                    advice = f"Did you mean “{near}”? {advice}"
                raise UsageError(f"{wish.member} is not asked about {subject}", advice)
            if subject not in seen:
                seen.add(subject)
                yield Asked(
                    circulation=circulation, subject=subject, member=wish.member, named=wish.again or subject in named
                )


def _one(history: History, wish: Wish, reference: str) -> tuple[Circulation, Subject]:
    """The circulation and version that a reference to a clause or document means: the one open, else the last."""
    id_, _, version = reference.partition("@")
    asking = [
        (circulation, subject)
        for name, circulation in history.circulations.items()
        for subject in circulation.opened.subjects
        if subject.id == id_ and version in ("", str(subject.version)) and wish.circulation in ("", name)
    ]
    if not asking:
        where = f"in {wish.circulation}" if wish.circulation else "to the members"
        raise UsageError(f"“{reference}” was never put {where}", "“paraph status” shows what is asked, and where.")
    open_ = [one for one in asking if one[0].closed is None]
    if len(open_) > 1 and not wish.circulation:
        names = ", ".join(circulation.opened.circulation for circulation, _ in open_)
        raise UsageError(f"“{reference}” is asked about in {names}", "Say which one: --circulation.")
    return (open_ or asking)[-1]


def circulation_in(history: History, name: str) -> Circulation:
    """The circulation `name`. Raises UsageError where there is none."""
    if name not in history.circulations:
        near = did_you_mean(name, history.circulations)
        raise UsageError(f"there is no circulation “{name}”", f"{near} “paraph status” lists them.".strip())
    return history.circulations[name]


def refuse_too_early(asked: Circulation, receipt: Receipt) -> None:
    """Raise UsageError where something would have been received in a circulation before it was opened (7)."""
    if receipt.received < asked.begins:
        received, opened_ = (shown(one, asked.opened.zone) for one in (receipt.received, asked.begins))
        raise UsageError(
            f"{asked.opened.circulation} was opened on {opened_}; nothing was received in it on {received}",
            "Name the day and the hour when it was received: --received “2026-03-01 14:30”.",
        )


def subject_keys(reader: Look, name: str) -> tuple[str, ...]:
    """The keys of a circulation and of everything put to the members in it; only its own where there is none."""
    keys = [circulation_key(name)]
    for event in reader.events(about=(circulation_key(name),)):
        if isinstance(event.fact, CirculationOpened):
            keys += [subject.key for subject in event.fact.subjects]
    return tuple(keys)


def is_circulation(reference: str) -> bool:
    """Whether a reference names a circulation: c1, c2, …"""
    return reference[:1] == "c" and reference[1:].isdigit()
