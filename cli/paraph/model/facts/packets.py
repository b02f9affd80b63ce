"""Facts about review packets: written for a member, and come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from paraph.model.facts.keys import circulation_key, packet_key
from paraph.model.facts.receipt import Receipt
from paraph.model.facts.subject import Subject


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
