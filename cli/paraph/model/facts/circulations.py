"""Facts about circulations: opened, the members told of it, closed with what was counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from paraph.model.facts.keys import CIRCULATIONS, circulation_key
from paraph.model.facts.receipt import Receipt
from paraph.model.facts.subject import Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class CirculationOpened:
    """Subjects were put to a frozen electorate, under a frozen rule, until a deadline.

    `electorate` are the members that count, those active that day; `invited` are shown what is asked and count for
    nothing (awaiting validation, observers). `rule` as `paraph.model.rule` writes it. `zone` is the zone in which the
    deadline was set, by the rules of the time-zone data `tzdata`. `corrects` is the reference of the release that a
    corrigendum is about, or "". `strict` is one whose tally counts nothing that was received after its deadline in
    another circulation (16); those opened before that was the rule go by the one of then. `sources` are the files of
    the document on that day, by workspace path and digest, where they are not those that its version was made from: the
    words are the same, and what stands around them is not. The register keeps them.
    """

    kind: ClassVar[str] = "circulation-opened"
    circulation: str
    document: str
    subjects: tuple[Subject, ...]
    electorate: tuple[str, ...]
    invited: tuple[str, ...]
    rule: str
    deadline: dt.datetime
    zone: str
    tzdata: str
    corrects: str = ""
    strict: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """The circulation, among all others, and everything put to the members in it."""
        subjects = dict.fromkeys(subject.key for subject in self.subjects)
        return (CIRCULATIONS, circulation_key(self.circulation), *subjects)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRecorded:
    """A member was told of a circulation, at `receipt.received`: without it its silence means nothing."""

    kind: ClassVar[str] = "notice-recorded"
    circulation: str
    member: str
    receipt: Receipt

    def about(self) -> tuple[str, ...]:
        """The circulation."""
        return (circulation_key(self.circulation),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """One member in a tally: its state on a subject and the number of the event that made it so (0: none)."""

    member: str
    state: str
    event: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How a subject stood when its circulation closed: each member of the electorate, and whether it was adopted."""

    subject: Subject
    adopted: bool
    members: tuple[Counted, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CirculationClosed:
    """A circulation ended, with the tally of each subject, which anybody can compute again from the events before.

    `reason` says why it was closed while answers that were not recorded were not settled; "" where there were none.
    Where it was `called_off`, opened by mistake, `reason` says why, and nothing in it is adopted or not (9a).
    """

    kind: ClassVar[str] = "circulation-closed"
    circulation: str
    tallies: tuple[Tally, ...]
    reason: str = ""
    called_off: bool = False

    def about(self) -> tuple[str, ...]:
        """The circulation, among all others, and its subjects."""
        subjects = dict.fromkeys(tally.subject.key for tally in self.tallies)
        return (CIRCULATIONS, circulation_key(self.circulation), *subjects)
