"""The Click layer: parse, one workflow call, print, exit code. One module a command, listed in paraph.__main__."""

from __future__ import annotations

import os


def colour() -> bool | None:
    """No colour where NO_COLOR is set (no-color.org); otherwise None: click looks whether it writes to a terminal."""
    return False if os.environ.get("NO_COLOR") else None
