"""Writing files so that a reader finds the old one or the new one, never a half."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from paraph.errors import UsageError
from paraph.starter import CONTENT


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path` atomically: a neighbour file, flushed to disk, then renamed over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def copy_workspace(source: Path, target: Path) -> None:
    """Copy the content of a workspace to `target`, all or nothing; the folder must be new or empty.

    Raises UsageError where there is something already.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} is not empty", "Name a new folder, or an empty one.")
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        for name in CONTENT:
            copy = shutil.copytree if (source / name).is_dir() else shutil.copy
            copy(source / name, staging / name)
        staging.chmod(0o777 & ~_umask())
        staging.rename(target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
