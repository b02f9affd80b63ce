"""Facts about the keeping of the register itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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
