"""What a database refuses, in one line, with what to do."""

from __future__ import annotations

import re

from paraph.errors import RegisterError

_ADVICE = (
    (re.compile("connection.* failed|timeout expired|could not translate"), "Is the server up, and the network?"),
    (re.compile("locked|lock timeout|lock_timeout"), "Somebody else is writing. Try again in a moment."),
    (re.compile("full|No space"), "Make room on the disk, then run it again."),
    (re.compile("I/O error"), "The disk failed, or is full. See to it, then run it again."),
    (re.compile("readonly|read-only|permission denied|unable to open"), "Check that you may write there."),
    (re.compile("malformed|not a database|corrupt"), "The file is damaged. Take it from a backup."),
)


def refusal(error: BaseException) -> RegisterError:
    """What a driver raised, as paraph says it."""
    if isinstance(error, UnicodeDecodeError):  # it read bytes that were never written so
        what, advice = "it holds what is no text", "The file is damaged. Take it from a backup."
    else:
        what = (str(error).strip().splitlines() or [type(error).__name__])[0]
        advice = next((advice for sign, advice in _ADVICE if sign.search(what)), "Run it again when that is mended.")
    return RegisterError(f"the register could not be read or written: {what}", advice)
