"""Who adopts a text, and the rules of it as people write them: consensus, unanimity, 7 of 10, silence 7 days.

What each rule asks for is in `paraph.standing.rules`; here is only how it is read and written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Adoption(StrEnum):
    """Who speaks: the body as such, or each member that signs."""

    BODY = "body"
    EACH = "each"


class RuleKind(StrEnum):
    """How decisions are counted."""

    CONSENSUS = "consensus"
    UNANIMITY = "unanimity"
    COUNT = "count"
    SILENCE = "silence"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A rule. `approvals` of `members` for a count (7 of 10); `notice` in hours for silence; otherwise 0."""

    kind: RuleKind
    approvals: int = 0
    members: int = 0
    notice: int = 0

    def __str__(self) -> str:
        match self.kind:
            case RuleKind.COUNT:
                return f"{self.approvals} of {self.members}"
            case RuleKind.SILENCE:
                days, hours = divmod(self.notice, 24)
                return f"silence {self.notice} hours" if hours else f"silence {days} days"
            case _:
                return str(self.kind)


HOW_TO_WRITE_A_RULE = (
    "Write consensus, unanimity, 7 of 10, or silence 7 days (72 hours): how long before the deadline notice is due."
)

_COUNT = re.compile(r"([1-9][0-9]{0,3}) of ([1-9][0-9]{0,3})")
_SILENCE = re.compile(r"silence ([1-9][0-9]{0,3}) (day|hour)s?")


def read_rule(text: str) -> Rule:
    """The rule that `text` names. Raises ValueError where it is none, or asks for more approvals than members."""
    words = " ".join(text.split()).casefold()
    if words in (RuleKind.CONSENSUS, RuleKind.UNANIMITY):
        return Rule(kind=RuleKind(words))
    if match := _COUNT.fullmatch(words):
        approvals, members = int(match[1]), int(match[2])
        if approvals <= members:
            return Rule(kind=RuleKind.COUNT, approvals=approvals, members=members)
    if match := _SILENCE.fullmatch(words):
        return Rule(kind=RuleKind.SILENCE, notice=int(match[1]) * (24 if match[2] == "day" else 1))
    raise ValueError(text)
