"""What the register holds: facts, each in an event of one chain.

A fact says what happened, in the words of the field; an event gives it a number, a time, and its place after the event
before it. Facts are never changed or taken away: what they mean together is computed by `paraph.standing`.

A field added to a fact has a default, which events written before are read with: see docs/register.md.

Times are aware datetimes in UTC, to the second. Digests and hashes are SHA-256 in 64 small hexadecimal digits. Persons
are opaque ids ("p-…") whose names stand outside the chain and can be forgotten. Institutions, clauses and documents are
named by their ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, TypeAlias

from paraph.model.member import Status
from paraph.model.text import Texts

GENESIS = "0" * 64
"""What stands for the hash before the first event."""


class SubjectKind(StrEnum):
    """What is put to the members."""

    CLAUSE = "clause"
    DOCUMENT = "document"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A version of a clause or of a document as a whole, by its exact words: `digest` is that of the version."""

    kind: SubjectKind
    id: str
    version: int
    digest: str

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def key(self) -> str:
        """The clause or document, whatever its version: "clause/no-child-detention"."""
        return "/".join((self.kind, self.id))  # a third of the time of an f-string, a million times

    def __hash__(self) -> int:
        return hash(self.digest)  # of one text, and remembered: a tenth of the time of four, a million times


class Choice(StrEnum):
    """What a member decides on a subject. An objection blocks and says why; a comment never counts."""

    __hash__ = str.__hash__  # as what it equals, and in C: every decision is looked up by it

    APPROVE = "approve"
    RESERVE = "reserve"
    ABSTAIN = "abstain"
    OBJECT = "object"
    COMMENT = "comment"


class EvidenceClass(StrEnum):
    """How well a decision is proved, from the weakest to the strongest."""

    RECORDED = "recorded"
    TOKEN = "token"  # noqa: S105  # no password: a link or packet with a one-time token
    PORTAL = "portal"
    SIGNED = "signed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """How something reached the secretariat: when, by which channel (e-mail, meeting, letter, …), with which files.

    `evidence` are the digests of files kept in the register.
    """

    received: dt.datetime
    channel: str
    grade: EvidenceClass = EvidenceClass.RECORDED
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberJoined:
    """A member institution entered the group with a status; `names` per language, as they were that day."""

    kind: ClassVar[str] = "member-joined"
    member: str
    status: Status
    names: Texts

    def about(self) -> tuple[str, ...]:
        """What the fact concerns, by key: how it is found again."""
        return (MEMBERS,)


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberChanged:
    """A member's status or names changed: validated, renamed, now an observer."""

    kind: ClassVar[str] = "member-changed"
    member: str
    status: Status
    names: Texts

    def about(self) -> tuple[str, ...]:
        """The members."""
        return (MEMBERS,)


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberLeft:
    """A member left the group."""

    kind: ClassVar[str] = "member-left"
    member: str

    def about(self) -> tuple[str, ...]:
        """The members."""
        return (MEMBERS,)


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslationText:
    """A courtesy translation as it stood: from which language, `digest` of that text, "unchecked" or "checked"."""

    text: str
    source: str
    digest: str
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseVersion:
    """A clause was snapshot: `subject.digest` covers id, version and the authentic `texts` (canonical, per language).

    All else is kept so that the version can be printed and built when its file is gone: kind, theme, title, declared
    `values` (name → type as written), legal basis, translations.
    """

    kind: ClassVar[str] = "clause-version"
    subject: Subject
    clause_kind: str
    theme: str
    title: Texts
    values: Mapping[str, str]
    legal_basis: tuple[str, ...]
    texts: Texts
    translations: Mapping[str, TranslationText] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """The clause, among everything that has versions."""
        return (VERSIONS, self.subject.key)


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentVersion:
    """A document was snapshot: `subject.digest` covers id, version, adoption, clauses, `lines` and `frame`.

    `clauses` are the versions used, in order (a clause used twice stands twice); `lines` are the words of each
    authentic language, a paragraph a line (its label, a tab, its text), as printed without what the register itself
    decides: the reference, the signatures and the reservations. So the exact selection, order, values and fixed words
    are covered.
    `frame` are, by authentic language, the words that stand around what the register supplies: the letterhead, which
    parts the form has for it, and how signatures and reservations are introduced; empty where it was put to the members
    before that was recorded.
    `sources` are all files that it was assembled from, by workspace path and digest; the register keeps them.
    """

    kind: ClassVar[str] = "document-version"
    subject: Subject
    form: str
    adoption: str
    title: Texts
    clauses: tuple[Subject, ...]
    lines: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, str]
    frame: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """The document, among everything that has versions."""
        return (VERSIONS, self.subject.key)


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslationValidated:
    """A member of the language validated a courtesy translation of a version: exactly this text.

    It stands while the version it translates is the current one and the text is unchanged; otherwise it is stale. Of a
    document, `text` are its own texts (title, headings, …) in `source` and `language`, as JSON: it stands while they
    are unchanged in both.
    """

    kind: ClassVar[str] = "translation-validated"
    subject: Subject
    language: str
    text: str
    source: str
    member: str
    receipt: Receipt

    def about(self) -> tuple[str, ...]:
        """The clause or document."""
        return (self.subject.key,)


@dataclass(frozen=True, kw_only=True, slots=True)
class CirculationOpened:
    """Subjects were put to a frozen electorate, under a frozen rule, until a deadline.

    `electorate` are the members that count, those active that day; `invited` are shown what is asked and count for
    nothing (awaiting validation, observers). `rule` as `paraph.model.rule` writes it. `zone` is the zone in which the
    deadline was set, by the rules of the time-zone data `tzdata`. `corrects` is the reference of the release that a
    corrigendum is about, or "".
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
class PacketWritten:
    """A review packet was written for a member: by what it is recognised when it comes back.

    `token` is the digest of its one-time token (`paraph.review.identity.token_digest`), `file` that of the DOCX as it
    was written but for the token, which the register keeps: what comes back is compared with it. `subjects` are the
    versions that it holds. That it was sent is another fact, the notice.
    """

    kind: ClassVar[str] = "packet-written"
    circulation: str
    member: str
    language: str
    token: str
    file: str
    subjects: tuple[Subject, ...]

    def about(self) -> tuple[str, ...]:
        """The circulation, and the packet by the digest of its token."""
        return (circulation_key(self.circulation), packet_key(self.token))


@dataclass(frozen=True, kw_only=True, slots=True)
class PacketReturned:
    """A packet came back and what it says was recorded, together with this: its token is used.

    `token` is the digest of the token, that of the packet as it was written, or "" where nobody can tell which packet
    it is, if any; `file` that of the file that came back.
    `unrecorded` are the versions on which the member answered something that was not recorded: unclear, or not read.
    """

    kind: ClassVar[str] = "packet-returned"
    circulation: str
    member: str
    token: str
    file: str
    receipt: Receipt
    unrecorded: tuple[Subject, ...] = ()

    def about(self) -> tuple[str, ...]:
        """The circulation, the packet by the digest of its token, and what was answered and not recorded."""
        subjects = dict.fromkeys(subject.key for subject in self.unrecorded)
        packet = (packet_key(self.token),) if self.token else ()
        return (circulation_key(self.circulation), *packet, *subjects)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A member decided on a subject: `subject` is what it saw, which need not be the current version.

    `text` is the reservation, the reason of an objection or the comment, in the words of the member, in `language`.
    The person who decided for the institution is the event's `by`.
    """

    kind: ClassVar[str] = "decided"
    circulation: str
    member: str
    subject: Subject
    choice: Choice
    receipt: Receipt
    text: str = ""
    language: str = ""

    def about(self) -> tuple[str, ...]:
        """The subject; its circulations are found through it."""
        return (self.subject.key,)


@dataclass(frozen=True, kw_only=True, slots=True)
class AmendmentProposed:
    """A member asked for other words in one language: never an approval of any, and it breaks silence."""

    kind: ClassVar[str] = "amendment-proposed"
    circulation: str
    member: str
    subject: Subject
    language: str
    text: str
    receipt: Receipt

    def about(self) -> tuple[str, ...]:
        """The subject."""
        return (self.subject.key,)


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionWithdrawn:
    """A member took back its decision or its amendment, the event number `decision`."""

    kind: ClassVar[str] = "decision-withdrawn"
    decision: int
    member: str
    subject: Subject
    reason: str
    receipt: Receipt

    def about(self) -> tuple[str, ...]:
        """The subject."""
        return (self.subject.key,)


@dataclass(frozen=True, kw_only=True, slots=True)
class LateAccepted:
    """The secretariat let a decision that came after the deadline count, and said why."""

    kind: ClassVar[str] = "late-accepted"
    decision: int
    member: str
    subject: Subject
    reason: str

    def about(self) -> tuple[str, ...]:
        """The subject."""
        return (self.subject.key,)


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerSettled:
    """What a member had answered on a subject, and was not recorded, needs no decision: the secretariat says why."""

    kind: ClassVar[str] = "answer-settled"
    circulation: str
    member: str
    subject: Subject
    reason: str
    receipt: Receipt

    def about(self) -> tuple[str, ...]:
        """The subject."""
        return (self.subject.key,)


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
    """

    kind: ClassVar[str] = "circulation-closed"
    circulation: str
    tallies: tuple[Tally, ...]
    reason: str = ""

    def about(self) -> tuple[str, ...]:
        """The circulation, among all others, and its subjects."""
        subjects = dict.fromkeys(tally.subject.key for tally in self.tallies)
        return (CIRCULATIONS, circulation_key(self.circulation), *subjects)


@dataclass(frozen=True, kw_only=True, slots=True)
class Released:
    """A document was released under a reference: which version, its clauses, and the files by name and digest.

    `provisionally` says, per language, why it was released before its rule was met, and is printed on every page ("" is
    in no particular language); nothing otherwise. `sources` are all files that it was made from, by workspace path and
    digest; the register keeps them, and `record.json`.
    """

    kind: ClassVar[str] = "released"
    reference: str
    subject: Subject
    clauses: tuple[Subject, ...]
    files: Mapping[str, str]
    provisional: str = ""  # of the first format, in which nothing was
    provisionally: Texts = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """The release, among all others, and its document."""
        return (RELEASES, self.subject.key, release_key(self.reference))


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseCorrected:
    """A release was followed by a corrigendum or a revision, which has a reference of its own."""

    kind: ClassVar[str] = "release-corrected"
    reference: str
    successor: str
    reason: str

    def about(self) -> tuple[str, ...]:
        """Both releases."""
        return (release_key(self.reference), release_key(self.successor))


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseWithdrawn:
    """A release was withdrawn; it stays on record with the notice."""

    kind: ClassVar[str] = "release-withdrawn"
    reference: str
    reason: str

    def about(self) -> tuple[str, ...]:
        """The release."""
        return (release_key(self.reference),)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadWitnessed:
    """Somebody outside holds the head of the chain as it was: number and hash, who, and where it can be seen."""

    kind: ClassVar[str] = "head-witnessed"
    number: int
    hash: str
    witness: str

    def about(self) -> tuple[str, ...]:
        """The heads."""
        return ("heads",)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceErased:
    """A file kept as evidence was erased on purpose; its digest stays, so that a copy held elsewhere still proves."""

    kind: ClassVar[str] = "evidence-erased"
    digest: str
    reason: str

    def about(self) -> tuple[str, ...]:
        """The evidence, and that file of it."""
        return ("evidence", f"evidence/{self.digest}")


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

MEMBERS = "members"
"""The key of all facts about membership."""

VERSIONS = "versions"
"""The key of every version of a clause or document."""

CIRCULATIONS = "circulations"
"""The key of the opening and the close of every circulation."""


RELEASES = "releases"
"""The key of every release."""


def circulation_key(circulation: str) -> str:
    """The key of facts about a circulation."""
    return f"circulation/{circulation}"


def packet_key(token: str) -> str:
    """The key of facts about a packet, by the digest of its token."""
    return f"packet/{token}"


def release_key(reference: str) -> str:
    """The key of facts about a release."""
    return f"release/{reference}"


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
