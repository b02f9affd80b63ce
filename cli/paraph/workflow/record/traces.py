"""What shows that there was a register, where none is found: a mistyped address must not begin a second record."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from paraph.errors import LostRegisterError, NoRegisterError, RefusedError
from paraph.library.written.index import RELEASED
from paraph.model.library import Library

_USUAL = "register.db"


def trace(root: Path) -> str:
    """What in the workspace shows that there was a register, in words; "": nothing does.

    It is asked where none is at the address of the workspace; so `register.db`, where there is one, is another.
    """
    if (root / _USUAL).is_file():
        return f"{_USUAL} lies beside paraph.yml"
    with suppress(OSError):
        folders = sorted((root / RELEASED).iterdir())

        from paraph.model.release import RECORD

        if released := [one.name for one in folders if (one / RECORD).is_file()]:
            return f"something was released ({RELEASED}/{released[-1]})"
    return ""


def begins(root: Path, library: Library, *, anew: bool = False) -> bool:
    """Whether the register begins now. Raises RefusedError where there seems to have been one, unless `anew`."""
    from paraph.workflow.record.ledger import looked

    try:
        with looked(root, library):
            return False
    except LostRegisterError as error:
        if not anew:
            advice = f"{(error.advice or '').rstrip('.')}; --new-register begins another."
            raise RefusedError(error.message, advice=advice) from error
    except NoRegisterError:
        pass
    return True
