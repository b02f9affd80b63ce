"""Writing files so that a reader finds the old one or the new one, never a half."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from paraph.errors import RefusedError, UsageError
from paraph.starter import CONTENT

try:
    import fcntl
except ImportError:  # Windows, where the folder of a process that was killed stays
    fcntl = None  # type: ignore[assignment]  # it is asked for before it is used

Stamp: TypeAlias = tuple[int, int]
"""Size and time of change (ns): enough to tell a file from one that took its place."""

_PART = re.compile(r"\..+\.[a-z0-9_]{8}\.part")
_PREFIX = ".paraph-"
_FOLDER = re.compile(rf"{re.escape(_PREFIX)}[a-z0-9_]{{8}}")
LARGEST = 200_000_000
"""Bytes of a file that are read: what was released has fewer."""

_YOUNG = 60
"""Seconds in which a folder may not be held yet by whoever has made it."""

_ABANDONED = 3600
"""Seconds after which a part is nobody’s: writing one takes less than one."""


def write(path: Path, data: bytes) -> Stamp:
    """Write `data` to `path` atomically: a neighbour file, flushed to disk, then renamed over it.

    Returns the stamp of the file written, which stays its own even if somebody else replaces it a moment later.
    """
    with replacing(path) as part:
        part.write_bytes(data)
        return stamp(part)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside `path`, to be written to; then it is flushed to disk and takes the place of `path`.

    Who may read and write it stays as it was. Where that raises, the new file is taken away and `path` is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        with said_where(path):
            yield part
            with part.open("rb") as written:
                os.fsync(written.fileno())
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def said_where(path: Path | str) -> Iterator[None]:
    """What fails is said to be at `path`, where nobody says: a full disk does not."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def read_file(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a file, at most `most` of them and one more.

    Raises OSError where it cannot be read, and where it only stands in the place of a file: from a pipe that nobody
    writes to no answer ever comes, and a device has no end.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        return file.read(most + 1)


def half_written(name: str) -> bool:
    """Whether a file is called as what `replacing` writes to: somebody is writing it, or was killed while he did."""
    return bool(_PART.fullmatch(name))


def sweep(folder: Path) -> None:
    """Delete what a process that was killed while it wrote left in `folder`: parts that nobody has written to for long,
    and the folders of `part_folder` that no process holds, however old they are.

    Another process may be writing there now: its part is never old, and it holds its folder for as long as it lives.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in list(entries):
            whole = entry.is_dir(follow_symlinks=False)
            if not (_FOLDER if whole else _PART).fullmatch(entry.name):
                continue
            age = time.time() - entry.stat(follow_symlinks=False).st_mtime
            if not whole:
                if age > _ABANDONED:
                    Path(entry.path).unlink()
            elif age > _YOUNG:
                with suppress(OSError), held(entry.path):  # somebody holds it, or nobody can say
                    shutil.rmtree(entry.path)


@contextmanager
def part_folder(beside: Path) -> Iterator[Path]:
    """A new hidden folder in `beside`, made where it is not there, for files that appear all at once or not at all; it
    is taken away where it was not moved."""
    beside.mkdir(exist_ok=True)
    sweep(beside)
    folder = Path(tempfile.mkdtemp(dir=beside, prefix=_PREFIX))
    with ExitStack() as stack:
        with suppress(OSError):  # where a folder cannot be held, nobody ever sweeps one
            stack.enter_context(held(folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def held(path: Path | str, *, new: bool = False) -> Iterator[None]:
    """A folder, or a file, with a lock on it that ends with this process, however that ends; a `new` file is made where
    there is none, and taken away after. Raises OSError where another one has it, or where there is none to be had."""
    if fcntl is None:
        raise OSError(errno.ENOTSUP, "nothing can be locked here", str(path))
    handle = os.open(path, os.O_RDONLY | (os.O_CREAT if new else 0), 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if new and not _stands(path, handle):
            raise BlockingIOError(errno.EWOULDBLOCK, "whoever had it took it away just now", str(path))
        try:
            yield
        finally:
            if new:
                Path(path).unlink(missing_ok=True)
    finally:
        os.close(handle)


def _stands(path: Path | str, handle: int) -> bool:
    """Whether a path still leads to the open file."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))  # noqa: PTH116
    except FileNotFoundError:
        return False


@contextmanager
def alone(path: Path, busy: RefusedError, *, new: bool = False) -> Iterator[None]:
    """While no other process of this machine has `path`, as in `held`. Raises `busy` where one has.

    Where it cannot be locked, nobody is kept out: what others do meanwhile has to be seen otherwise, too.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(held(path, new=new))
        except BlockingIOError as error:
            raise busy from error
        except OSError:
            pass
        yield


def stamp(path: Path) -> Stamp:
    """Size and time of the last change of the content, in ns."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def copy_workspace(source: Path, target: Path) -> None:
    """Copy the content of a workspace to `target`, all or nothing; the folder must be new or empty.

    Raises UsageError where there is something already.
    """
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file", "Name a new folder, or an empty one.")
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"{target} is not empty", "Name a new folder, or an empty one.")
    there = target.is_dir()
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=target if there else target.parent, prefix=".paraph-"))
    try:
        for name in CONTENT:
            _copy(source / name, staging / name)
        if there:
            _move_in(staging, target)
        else:
            staging.chmod(0o777 & ~_umask())
            staging.rename(target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _copy(source: Path, target: Path) -> None:
    if not source.is_dir():
        shutil.copy(source, target)
        return
    target.mkdir()
    for entry in sorted(source.iterdir()):
        _copy(entry, target / entry.name)


def _move_in(staging: Path, target: Path) -> None:
    """Into a folder that may be the one somebody works in, which must stay that folder; paraph.yml last."""
    moved = []
    try:
        for name in reversed(CONTENT):
            (staging / name).rename(target / name)
            moved.append(name)
        staging.rmdir()
    except BaseException:
        for name in moved:
            (target / name).rename(staging / name)
        raise
