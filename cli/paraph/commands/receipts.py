"""How something reached the secretariat, as commands ask for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paraph.model.event import Receipt


def receipt(root: Path, received: str, channel: str, at: dt.datetime) -> Receipt:
    """The receipt that `--received` and `--channel` give; without a time, now. Raises UsageError."""
    from paraph.model.event import Receipt
    from paraph.workflow.ledger import settings
    from paraph.workflow.times import instant

    when = instant(received, settings(root).workspace.time_zone) if received else at
    return Receipt(received=when, channel=channel)
