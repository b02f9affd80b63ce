"""Folders that last as long as their process: typst sets letters from them, and processes are given their jobs in them.

A process that is killed cannot take its folder away. It holds a lock on a file in it for as long as it lives, however
it ends; the next process that makes such a folder takes those away whose lock nobody holds.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from shutil import rmtree
from typing import IO
from weakref import finalize

try:
    import fcntl
except ImportError:  # Windows, where a folder of a process that was killed stays
    fcntl = None  # type: ignore[assignment]  # it is asked for before it is used

_PREFIX, _LOCK = "paraph-letters-", "lock"
_YOUNG = 60
"""Seconds in which a folder may not have its lock yet."""


def scratch() -> Path:
    """A new folder, for this user alone."""
    return Path(tempfile.mkdtemp(dir=_home(os.getpid()).folder))


class _Home:
    """The folder of a process, with the lock that says that it lives."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self.lock: IO[bytes] = (self.folder / _LOCK).open("wb")
        if fcntl is not None:
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        finalize(self, rmtree, self.folder, ignore_errors=True)


@cache
def _home(process: int) -> _Home:
    sweep()
    return _Home()


def sweep() -> None:
    """Take away what processes of this user left that were killed."""
    if fcntl is None:
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            about = folder.lstat()
            if about.st_uid == os.getuid() and time.time() - about.st_mtime > _YOUNG and not folder.is_symlink():
                with (folder / _LOCK).open("rb") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    rmtree(folder, ignore_errors=True)
