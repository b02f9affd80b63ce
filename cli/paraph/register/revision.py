"""Which tables this paraph reads and writes, by the numbers of the migrations."""

from __future__ import annotations

from paraph.errors import NoRegisterError, RegisterError

REVISION = "0002"
"""The last revision of `migrations`: the tables that are written to. Revisions sort as texts."""

_READ = "0001"
"""The first revision whose tables are read as they are: all after it only guard what is written."""

_ADVICE = "Back it up (“paraph register backup”), then run “paraph register upgrade”."


def readable(found: str) -> bool:
    """Whether tables of the revision `found` can be read."""
    return _READ <= found <= REVISION


def judge(found: str) -> None:
    """Raise RegisterError, with what to do, unless tables of the revision `found` can be read."""
    if not found:
        raise NoRegisterError("there is no register there", "It begins with the first circulation.")
    if found > REVISION:
        raise RegisterError(
            f"the register is of a newer paraph (its tables are of revision {found}, not {REVISION})",
            "Upgrade paraph.",
        )
    if not readable(found):
        raise RegisterError(_older(found), _ADVICE)


def judge_to_write(found: str) -> None:
    """Raise RegisterError, with what to do, unless tables of the revision `found` can be written to."""
    judge(found)
    if found != REVISION:
        raise RegisterError(f"{_older(found)} and is only read: nothing was written", _ADVICE)


def _older(found: str) -> str:
    return f"the register is of an older paraph (its tables are of revision {found}, not {REVISION})"
