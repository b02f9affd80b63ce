"""What became of releases: by the register, event by event, or as far as later records say it.

A release has one successor at most, that to be read instead of it. It is never one that was withdrawn as long as
something else stands in its place, and who goes from one to the next never comes back: a correction that leads back to
what it corrects, which earlier versions took, leads nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from paraph.errors import ParaphError
from paraph.model.event import (
    RELEASES,
    Fact,
    ReleaseCorrected,
    Released,
    ReleaseWithdrawn,
    release_key,
)
from paraph.model.release import RECORD, Fate, ReleaseRecord, leads_to

if TYPE_CHECKING:
    from paraph.register.glance import Look

Following: TypeAlias = Released | ReleaseCorrected | ReleaseWithdrawn
"""What decides what becomes of releases; with it go notices of others."""


def fates_told(records: Iterable[ReleaseRecord], *, alone: bool = True) -> dict[str, Fate]:
    """What became of releases as far as later ones say it, by reference.

    None that is provisional ends one that is not. Where there are records `alone`, and no register that knows better, a
    later one of the same document ends what it does not name: the record of one between them may be missing, or two
    have been released by the same words, and one text of a document is in force at most.
    """
    fates: dict[str, Fate] = {}
    early: dict[str, str] = {}
    adopted = set[str]()
    last: dict[str, str] = {}
    for one in sorted(records, key=lambda one: (one.released, one.reference)):
        fates.setdefault(one.reference, Fate())
        if before := early.pop(one.document.key, ""):
            fates[before] = Fate(replaced=one.reference, on=one.released)
        if one.provisional:
            early[one.document.key] = one.reference
        else:
            adopted.add(one.reference)
            before = last.get(one.document.key, one.reference)
            if alone and before != one.reference and not fates[before].successor:
                fates[before] = Fate(replaced=one.reference, on=one.released)
            last[one.document.key] = one.reference
        if one.replaces and not (one.provisional and one.replaces in adopted):
            fates[one.replaces] = Fate(replaced=one.reference, on=one.released)
        if one.corrects and not (one.provisional and one.corrects in adopted):
            fates[one.corrects] = Fate(corrected=one.reference, on=one.released)
    return fates


def recorded_fates(reader: Look, told: dict[str, Fate] | None = None) -> dict[str, Fate]:
    """What became of every release on record, by reference; `told` is what later ones say of it."""
    return {step.reference: step.fate for step in _in_turn(reader, told or {})}


def to_be_told(reader: Look, facts: Sequence[Following], at: dt.datetime) -> dict[str, Fate]:
    """What will have become of each release of which a notice is to be issued, once `facts` are on record too: because
    one of them says it, or because its last notice, whenever that was issued, would not hold any more."""
    fates, told, own, anew = dict[str, Fate](), dict[str, Fate](), dict[str, Fate](), list[str]()
    for step in _in_turn(reader, {}, ((fact, at) for fact in facts)):
        fates[step.reference] = step.fate
        if not step.tells:
            continue
        if not any(step.fact is fact for fact in facts):
            told[step.reference] = step.fate
        elif step.followed:
            anew.append(step.reference)
        else:
            own[step.reference] = step.fate
    stale = (one for one in told if not holds(told[one], one, fates))
    others = {one: replace(fates[one], noted=at) for one in (*anew, *stale) if one not in own}
    return own | others


def holds(told: Fate, reference: str, fates: Mapping[str, Fate]) -> bool:
    """Whether a notice that told of a release what `told` says still leads where there is something to read: to what
    was not withdrawn since, or nowhere as long as there is nothing."""
    if told.gone:
        return fates[reference].gone
    return told.successor not in fates or not fates[told.successor].withdrawn


class Said(NamedTuple):
    """What a notice of a release tells of: what had become of it with `fact`, which has the digests of the notice."""

    fact: Fact
    fate: Fate


def announced(reader: Look, reference: str) -> tuple[Said, ...]:
    """What notices of a release tell of, the first first: that it was corrected or withdrawn, each with that alone; and
    that the release to which one of them sent readers did not stay."""
    steps = (step for step in _in_turn(reader, {}) if step.reference == reference)
    return tuple(Said(step.fact, step.fate) for step in steps if step.tells)


def followed_by(reference: str, fates: Mapping[str, Fate]) -> str:
    """By what a release was corrected or replaced, for whoever asks on the terminal; "" where it was not."""
    fate = fates[reference]
    if not fate.successor:
        return ""
    how = f"{'replaced' if fate.replaced else 'corrected'} by {fate.successor}"
    if fate.back:
        return f"{how}, which leads back to it"
    if fate.gone:
        return f"{how}, which was withdrawn"
    return how if leads_to(reference, fates) else f"{how}, which leads to nothing in force"


def after(was: Fate, fact: ReleaseCorrected | ReleaseWithdrawn, at: dt.datetime) -> Fate:
    """What has become of a release once `fact` is on record too. One that was withdrawn stays so, and why, whatever
    corrects it later."""
    was = was.issued(fact.notice)
    if isinstance(fact, ReleaseCorrected) and was.withdrawn:
        return replace(was, corrected=fact.successor, replaced="", gone=False, back=False, noted=at)
    if isinstance(fact, ReleaseCorrected):
        was = Fate(corrected=fact.successor, known=True, notice=was.notice, earlier=was.earlier)
    elif was.replaced:
        was = replace(was, corrected="")
    withdrawn = isinstance(fact, ReleaseWithdrawn)
    return replace(was, withdrawn=withdrawn, reason=fact.reason, reasons=fact.reasons, on=at, noted=None)


class _Step(NamedTuple):
    """What has become of a release with an event. `followed`: by what became of its successor, and `anew`: so that its
    notice is none any more."""

    fact: Fact
    reference: str
    fate: Fate
    followed: bool = False
    anew: bool = False

    @property
    def tells(self) -> bool:
        """Whether a notice of the release tells of it."""
        own = isinstance(self.fact, ReleaseCorrected | ReleaseWithdrawn) and self.fact.reference == self.reference
        return self.anew or (own and not self.followed)


def _in_turn(
    reader: Look, told: Mapping[str, Fate], then: Iterable[tuple[Following, dt.datetime]] = ()
) -> Iterator[_Step]:
    """Every event that decides what becomes of a release, and `then` what is to be recorded: what has become with that
    of each release that it concerns."""
    turn = _Turn()
    references = [one.fact.reference for one in reader.events((RELEASES,)) if isinstance(one.fact, Released)]
    recorded = ((event.fact, event.at) for event in reader.events((RELEASES, *map(release_key, references))))
    for fact, at in chain(recorded, then):
        match fact:
            case Released():
                before = turn.released(fact, at, told, partial(_corrects, reader, fact))
                yield from (_Step(fact, one, turn.fates[one]) for one in before)
            case ReleaseCorrected() | ReleaseWithdrawn():
                turn.announced(fact, at)
            case _:
                continue
        yield _Step(fact, fact.reference, turn.fates[fact.reference])
        for one, anew in turn.followed(fact, at):
            yield _Step(fact, one, turn.fates[one], followed=True, anew=anew)


def _corrects(reader: Look, fact: Released) -> str:
    """The release that one corrects by its own record, "" where that says none or is not kept."""
    from paraph.library.release_record import read_statement  # seldom asked

    with suppress(ParaphError):
        if data := reader.evidence(fact.files[RECORD]) if RECORD in fact.files else None:
            return read_statement(data).record.corrects
    return ""


@dataclass(slots=True)
class _Turn:
    """What has become of each release, event by event. `adopted` and `early` are those that stand, by document: adopted
    and provisional; `made` all in their order; `withdrawn` those that were, `backward` those that were corrected by an
    earlier one, and `astray` those and whichever had a successor that was withdrawn, in the order in which that was.
    `left` are by document those that were withdrawn when nothing was to be read instead; of the `unannounced` no notice
    says that there was something later.

    A later release of the same document replaces the last one that stands, whether or not anybody said so, and with it
    the provisional one that came before its adoption. One that is provisional itself replaces only such a one: what the
    members adopted is in force until they have adopted something else. Where the successor of one is withdrawn, the
    next that stands takes that one's place. That a release corrects one that had been withdrawn, earlier versions left
    to its own record.
    """

    fates: dict[str, Fate] = field(default_factory=dict)
    adopted: dict[str, str] = field(default_factory=dict)
    early: dict[str, str] = field(default_factory=dict)
    made: dict[str, Released] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    backward: set[str] = field(default_factory=set)
    astray: dict[str, None] = field(default_factory=dict)
    left: dict[str, list[str]] = field(default_factory=dict)
    unannounced: set[str] = field(default_factory=set)

    def released(
        self, fact: Released, at: dt.datetime, told: Mapping[str, Fate], corrects: Callable[[], str]
    ) -> list[str]:
        """Take in a release, which `corrects` another by its record; those that it replaces or corrects."""
        key, kinds = fact.subject.key, (self.early,) if fact.provisionally else (self.early, self.adopted)
        found = [one for one in (kind.pop(key, "") for kind in kinds) if one]
        for before in found:
            if self.fates[before].corrected:
                continue  # by another document, or by an earlier one: that is what is to be read, until it is gone
            said = told.get(before, Fate())
            self.fates[before] = (
                replace(said, known=True)
                if said.successor == fact.reference
                else Fate(replaced=fact.reference, on=at, known=True)
            )
        self.fates[fact.reference], kinds[-1][key] = Fate(known=True), fact.reference
        self.made[fact.reference] = fact
        left = [one for one in self.left.get(key, ()) if not self.fates[one].successor]
        if left and not fact.provisionally and (before := corrects()) in left:
            self.fates[before] = replace(self.fates[before], corrected=fact.reference, noted=at)
            self.unannounced.add(before)
            found.append(before)
        return found

    def announced(self, fact: ReleaseCorrected | ReleaseWithdrawn, at: dt.datetime) -> None:
        """Take in what was said of a release; one that was withdrawn stands no longer."""
        self.fates[fact.reference] = after(self.fates[fact.reference], fact, at)
        self.unannounced.discard(fact.reference)
        if isinstance(fact, ReleaseCorrected):
            order = list(self.made)
            if fact.successor in self.made and order.index(fact.successor) < order.index(fact.reference):
                self.backward.add(fact.reference)
            if fact.reference in self.backward or fact.successor in self.withdrawn:
                self.astray[fact.reference] = None
            return
        self.withdrawn.add(fact.reference)
        if not self.fates[fact.reference].successor and fact.reference in self.made:
            self.left.setdefault(self.made[fact.reference].subject.key, []).append(fact.reference)
        self.astray |= {one: None for one, fate in self.fates.items() if fate.successor == fact.reference}
        for kind in (self.early, self.adopted):
            for key in [key for key, reference in kind.items() if reference == fact.reference]:
                del kind[key]

    def followed(self, fact: Fact, at: dt.datetime) -> Iterator[tuple[str, bool]]:
        """Lead away from successors that did not stay; the releases of which something else is to be said now, and
        whether in a notice, too: `fact` has those that were issued with it."""
        notices = fact.others if isinstance(fact, Following) else {}
        self.unannounced.difference_update(notices)
        noted = set[str]()
        for _ in self.astray:  # where one leads may depend on where another does
            changed = False
            for one in self.astray:
                fate = self.fates[one]
                if (then := self._leads(one, fate, at)) == fate:
                    continue
                changed, told = True, then.withdrawn or bool(then.corrected)
                # one that sent nobody anywhere is as true as before, unless another one was issued
                silent = (fate.gone and fate.notice) or one in self.unannounced
                anew = told and (one in notices or not silent)
                self.fates[one] = replace(then.issued(notices.get(one, {})), noted=at) if anew else then
                noted.add(one)
                yield one, anew
            if not changed:
                break
        for one in (one for one in notices if one in self.fates and one not in noted):
            # it led elsewhere before, when no notice was issued
            self.fates[one] = replace(self.fates[one].issued(notices[one]), noted=at)
            yield one, True

    def _leads(self, reference: str, fate: Fate, at: dt.datetime) -> Fate:
        """What has become of a release, given what became of its successor."""
        if fate.successor in self.withdrawn:
            found, back = self._instead(reference), False
        elif reference in self.backward and self._returns(reference, fate.successor):
            found, back = self._later(reference), True
        else:
            return replace(fate, gone=False, back=False) if fate.gone else fate
        if found in ("", fate.successor):
            return replace(fate, gone=True, back=back)
        if fate.withdrawn:
            return replace(fate, corrected="", replaced=found, gone=False, back=False)
        if not fate.corrected:
            return Fate(replaced=found, on=at, known=True)
        if not back and self.made[found].subject == self.made[fate.corrected].subject:
            return replace(fate, corrected=found, replaced="", gone=False, back=False)  # by the same words as before
        return replace(fate, replaced=found, noted=at, gone=False, back=False)  # what was wrong with it stays so

    def _returns(self, reference: str, here: str) -> bool:
        """Whether who goes on from `here`, from successor to successor, comes to `reference`."""
        seen = set[str]()
        while here and here not in seen:
            if here == reference:
                return True
            seen.add(here)
            here = self.fates[here].successor
        return False

    def _instead(self, reference: str) -> str:
        """The release that took the place of the withdrawn successor of `reference`, or the last later one that stands;
        "" where there is neither."""
        found, seen = self.fates[reference].successor, {reference}
        while found not in seen and found in self.withdrawn:
            seen.add(found)
            found = self.fates[found].successor
        if found and found not in seen and not self._returns(reference, found):
            return found
        return self._later(reference)

    def _later(self, reference: str) -> str:
        """The last later release of the same document that stands, "" where there is none."""
        key, order = self.made[reference].subject.key, list(self.made)
        kinds = (self.adopted, self.early) if self.made[reference].provisionally else (self.adopted,)
        standing = (kind.get(key, "") for kind in kinds)
        return next((one for one in standing if one and order.index(one) > order.index(reference)), "")
