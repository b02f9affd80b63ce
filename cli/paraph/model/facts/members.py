"""Facts about membership: who entered the group, changed and left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from paraph.model.facts.keys import MEMBERS
from paraph.model.language import Texts
from paraph.model.member import Status


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
