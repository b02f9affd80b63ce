"""What the register holds: facts, each in an event of one chain.

A fact says what happened, in the words of the field; an event gives it a number, a time, and its place after the event
before it. Facts are never changed or taken away: what they mean together is computed by `paraph.standing`.

The kinds of facts stand by subject in `paraph.model.facts`; all are imported from here.

A field added to a fact has a default, which events written before are read with: see docs/register.md.

Times are aware datetimes in UTC, to the second. Digests and hashes are SHA-256 in 64 small hexadecimal digits. Persons
are opaque ids ("p-…") whose names stand outside the chain and can be forgotten. Institutions, clauses and documents are
named by their ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from paraph.model.facts.circulations import CirculationClosed, CirculationOpened, Counted, NoticeRecorded, Tally
from paraph.model.facts.custody import EvidenceErased, HeadWitnessed
from paraph.model.facts.decisions import (
    AmendmentProposed,
    AnswerSettled,
    Choice,
    Decided,
    DecisionWithdrawn,
    LateAccepted,
)
from paraph.model.facts.keys import CIRCULATIONS, MEMBERS, RELEASES, VERSIONS, circulation_key, packet_key, release_key
from paraph.model.facts.members import MemberChanged, MemberJoined, MemberLeft
from paraph.model.facts.packets import PacketReturned, PacketWritten
from paraph.model.facts.receipt import EvidenceClass, Receipt
from paraph.model.facts.releases import ReleaseCorrected, Released, ReleaseWithdrawn
from paraph.model.facts.subject import Subject, SubjectKind
from paraph.model.facts.versions import ClauseVersion, DocumentVersion, TranslationText, TranslationValidated

GENESIS = "0" * 64
"""What stands for the hash before the first event."""

Fact: TypeAlias = (
    MemberJoined
    | MemberChanged
    | MemberLeft
    | ClauseVersion
    | DocumentVersion
    | TranslationValidated
    | CirculationOpened
    | NoticeRecorded
    | PacketWritten
    | PacketReturned
    | Decided
    | AmendmentProposed
    | DecisionWithdrawn
    | LateAccepted
    | AnswerSettled
    | CirculationClosed
    | Released
    | ReleaseCorrected
    | ReleaseWithdrawn
    | HeadWitnessed
    | EvidenceErased
)

FACTS: Mapping[str, type[Fact]] = {fact.kind: fact for fact in Fact.__args__}
"""Every kind of fact by its name in the chain."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where a chain stands: the number and the hash of its last event. Number 0 and GENESIS: it is empty."""

    number: int = 0
    hash: str = GENESIS

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A fact to be appended. `request` names the wish of the caller: the same one is never written twice."""

    fact: Fact
    request: str
    by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A fact in its place in the chain: `number` from 1, `prev` the hash of the event before, `at` when recorded.

    `body` are the bytes on record, which the hash is of; empty of an event that is only supposed.
    """

    number: int
    prev: str
    hash: str
    at: dt.datetime
    request: str
    by: str
    fact: Fact
    body: bytes = b""


__all__ = [
    "GENESIS",
    "Fact",
    "FACTS",
    "Head",
    "Draft",
    "Event",
    "SubjectKind",
    "Subject",
    "EvidenceClass",
    "Receipt",
    "MemberJoined",
    "MemberChanged",
    "MemberLeft",
    "TranslationText",
    "ClauseVersion",
    "DocumentVersion",
    "TranslationValidated",
    "CirculationOpened",
    "NoticeRecorded",
    "Counted",
    "Tally",
    "CirculationClosed",
    "PacketWritten",
    "PacketReturned",
    "Choice",
    "Decided",
    "AmendmentProposed",
    "DecisionWithdrawn",
    "LateAccepted",
    "AnswerSettled",
    "Released",
    "ReleaseCorrected",
    "ReleaseWithdrawn",
    "HeadWitnessed",
    "EvidenceErased",
    "MEMBERS",
    "VERSIONS",
    "CIRCULATIONS",
    "RELEASES",
    "circulation_key",
    "packet_key",
    "release_key",
]
