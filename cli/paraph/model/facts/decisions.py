"""Facts about what members decided on a subject, and what the secretariat said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from paraph.model.facts.receipt import Receipt
from paraph.model.facts.subject import Subject


class Choice(StrEnum):
    """What a member decides on a subject. An objection blocks and says why; a comment never counts."""

    __hash__ = str.__hash__  # as what it equals, and in C: every decision is looked up by it

    APPROVE = "approve"
    RESERVE = "reserve"
    ABSTAIN = "abstain"
    OBJECT = "object"
    COMMENT = "comment"


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
    """A member took back its decision or its amendment, the event number `decision`.

    `alone`: where that counted for nothing, being late, what the member had decided before stays (12).
    """

    kind: ClassVar[str] = "decision-withdrawn"
    decision: int
    member: str
    subject: Subject
    reason: str
    receipt: Receipt
    alone: bool = False

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
