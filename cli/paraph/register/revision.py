"""Which tables this paraph reads and writes: the number of the last migration."""

from __future__ import annotations

from paraph.errors import NoRegisterError, RegisterError

REVISION = "0001"
"""The last revision of `migrations`. Revisions sort as texts."""


def judge(found: str) -> None:
    """Raise RegisterError, with what to do, unless tables of the revision `found` can be read and written."""
    if not found:
        raise NoRegisterError("there is no register there", "It begins with the first circulation.")
    if found < REVISION:
        raise RegisterError(
            f"the register is of an older paraph (its tables are of revision {found}, not {REVISION})",
            "Back it up, then run “paraph register upgrade”.",
        )
    if found > REVISION:
        raise RegisterError(
            f"the register is of a newer paraph (its tables are of revision {found}, not {REVISION})",
            "Upgrade paraph.",
        )
