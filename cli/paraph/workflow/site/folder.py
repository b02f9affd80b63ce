"""A folder on this machine as the place of the website."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from paraph.publish.deliver import Kind, kind_of, through_link
from paraph.publish.state import MANIFEST, digest_of
from paraph.workflow.files import read_file, said_where


class Folder:
    """Files are written beside their place and renamed into it; they are on the disk once `flush` returns.

    One `sync` for thousands of files instead of one each: until then the manifest does not name them.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes | None:
        """A file, or None."""
        try:
            return read_file(self.root / path)
        except FileNotFoundError:
            return None

    def kind(self, path: str) -> Kind:
        """What stands at a path, be it a link that leads nowhere; at "", where the root leads."""
        try:
            return kind_of(os.stat(f"{self.root}/{path}" if path else self.root, follow_symlinks=not path).st_mode)  # noqa: PTH116
        except FileNotFoundError:
            return Kind.NOTHING

    def write(self, path: str, data: bytes) -> None:
        """Put a file in its place. Raises BrokenError where a link stands at the name that it has until it is whole."""
        folder, _, name = path.rpartition("/")
        where = f"{self.root}/{folder}" if folder else str(self.root)
        part = f"{where}/.{name}.part"
        if os.path.islink(part):  # noqa: PTH114
            raise through_link(part)
        try:
            with said_where(f"{where}/{name}"):
                with _new(where, part) as out:
                    out.write(data)
                os.replace(part, f"{where}/{name}")  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                os.unlink(part)  # noqa: PTH108
            raise

    def delete(self, path: str) -> None:
        """Take a file away, and folders that are then empty."""
        with suppress(FileNotFoundError):
            (self.root / path).unlink()
        for folder in (self.root / path).parents:
            if folder == self.root:
                return
            try:
                folder.rmdir()
            except OSError:
                return

    def lost(self, files: Mapping[str, str]) -> Iterator[str]:
        """Those that are not there any more; or have changed since the manifest was written, last of all, and are
        others: only those are read."""
        try:
            since = os.stat(self.root / MANIFEST).st_mtime_ns  # noqa: PTH116  # as below
        except OSError:
            return
        for path, digest in files.items():
            try:
                found = os.lstat(f"{self.root}/{path}")  # thousands of files: a text stays one
                changed = max(found.st_mtime_ns, found.st_ctime_ns) > since
                if not stat.S_ISREG(found.st_mode) or (changed and digest_of(self.read(path) or b"") != digest):
                    yield path
            except OSError:
                yield path

    def flush(self) -> None:
        """Everything is on the disk."""
        if hasattr(os, "sync"):
            os.sync()


def _new(folder: str, part: str) -> BinaryIO:
    """A new file, in a folder that may not be there, or not any more: another run takes empty ones away."""
    try:
        return open(part, "wb", opener=_no_link)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103  # thousands of files: a text stays one
        return open(part, "wb", opener=_no_link)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
