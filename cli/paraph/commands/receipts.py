"""How something reached the secretariat, as commands ask for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import UsageError

if TYPE_CHECKING:
    from paraph.model.event import Receipt


def receipt(
    root: Path, received: str, channel: str, at: dt.datetime, *, evidence: Sequence[Path] = (), signed: bool = False
) -> Receipt:
    """The receipt that `--received`, `--channel` and `--signed` give; without a time, now.

    Raises UsageError, also where nothing is given that could be signed.
    """
    from paraph.model.event import EvidenceClass, Receipt
    from paraph.workflow.reasons import in_a_line
    from paraph.workflow.record.ledger import settings
    from paraph.workflow.times import received_at

    when = received_at(received, settings(root).workspace.time_zone) if received else at
    if signed and not evidence:
        raise UsageError("what was signed is missing", "Keep it with the decision: --evidence FILE.")
    return Receipt(
        received=when,
        channel=in_a_line(channel, "--channel"),
        grade=EvidenceClass.SIGNED if signed else EvidenceClass.RECORDED,
    )
