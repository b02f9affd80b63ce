"""How something reached the secretariat, and how well it proves what it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


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
