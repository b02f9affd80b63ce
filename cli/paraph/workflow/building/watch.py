"""Building again whenever a file of the workspace changes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from paraph.errors import ParaphError
from paraph.starter import CONTENT
from paraph.workflow.building.build import Built, Request, build

_PAUSE = 0.4
"""Seconds between two looks: short enough to feel at once, long enough to let an editor finish saving."""

_LOGOS = ("*.png", "*.jpg", "*.jpeg")


def rounds(root: Path, request: Request) -> Iterator[Built | ParaphError]:
    """Build, then again after each change, for ever; an error is an outcome like any other."""
    seen = None
    while True:
        now = _state(root)
        if now != seen:
            seen = now
            try:
                yield build(root, request)
            except ParaphError as error:
                yield error
        time.sleep(_PAUSE)


def _state(root: Path) -> dict[str, int]:
    """When each file of the workspace changed; a logo lies beside the folders, or in one of its own."""
    files = (path for name in CONTENT for path in ((root / name), *(root / name).rglob("*")))
    logos = (path for kind in _LOGOS for depth in ("", "*/") for path in root.glob(depth + kind))
    return {str(path): changed for path in (*files, *logos) if (changed := _changed(path))}


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0  # gone between the listing and the look
