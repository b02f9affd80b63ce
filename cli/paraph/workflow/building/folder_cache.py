"""The cache of read files, in the user's own cache folder: an entry is a file, its name the key of `library.cache`.

What it must withstand is accident: a disk that is full or failing, a process that was killed, another version of the
program, a folder that cannot be written. An entry therefore begins with a digest of its key and content, is written
beside its place and renamed into it, and whatever is wrong with one only means that the file is read again. Nothing in
it is run or unpickled (`library.model_json`). Who can write as the user could change the statements themselves, so no
secret guards the entries; but a folder in which anybody else can write is left alone. `paraph build`, `check`, `find`,
`status`, `publish` and `glossary look` ask for it; whatever goes on record, what is put to members and what is
released, is read without it.

What the shipped workspace would have looked at longest is there already, under keys that are the same on every machine
(`shipped.json`, written by `make shipped`): the sheets of its leaflets, its Word templates. Of another version of
paraph, typst, docxtpl or a font, or once a word has changed, it is no answer, and that is looked at anew.

The folder is $PARAPH_CACHE, or paraph/ in $XDG_CACHE_HOME or ~/.cache; `PARAPH_CACHE=off` means none. Who named a
folder that cannot be used is told once (`misnamed`); otherwise nothing is said of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

MOST = 200_000_000
"""Bytes on the disk: more than a library of 40,000 clauses takes."""

SHIPPED = Path(__file__).with_name("shipped.json")
"""`versions` of what the answers were made with, and the `answers` by their keys."""
_BLOCK = 4096
_DIGEST = hashlib.sha256().digest_size
_SWEEPS = "00"
"""The first digits of a key after whose writing the folder is looked through: one of 256, so that few runs pay."""


class FolderCache:
    """Keeps bytes under keys in `folder`; see `library.cache.Cache`. None: keeps nothing."""

    def __init__(self, folder: Path | None, most: int = MOST) -> None:
        self.folder = folder if folder is not None and _is_ours(folder) else None
        self._most = most
        self._takes = True
        self._sweep_due = False

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, unharmed, or None."""
        if self.folder is None:
            return None
        try:
            with (self.folder / key).open("rb") as entry:
                digest, data = entry.read(_DIGEST), entry.read()
        except OSError:
            return _shipped().get(key)
        return data if digest == _digest(key, data) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep `data`, where that is possible: a disk that is full or not to be written is not tried again."""
        if self.folder is None or not self._takes:
            return
        part = self.folder / f".{key[:16]}.{os.urandom(8).hex()}.part"
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(_digest(key, data))
                out.write(data)
            part.replace(self.folder / key)
        except OSError:
            self._takes = False
            with suppress(OSError):
                part.unlink()
        self._sweep_due |= key.startswith(_SWEEPS)

    def sweep(self) -> None:
        """Where this run has made it likely that too much is kept: delete the oldest until half of it is free."""
        if self.folder is not None and self._sweep_due:
            sweep(self.folder, self._most)


@cache
def _shipped() -> Mapping[str, bytes]:
    """What is known of the workspace that is shipped, by key."""
    written = json.loads(SHIPPED.read_bytes())
    return {key: answer.encode() for key, answer in written["answers"].items()}


def user_cache(environment: Mapping[str, str]) -> FolderCache:
    """The cache of the user whose `environment` this is."""
    folder = Path(environment.get("PARAPH_CACHE") or "")
    if not environment.get("PARAPH_CACHE"):
        base = Path(environment.get("XDG_CACHE_HOME") or "")
        home = Path(environment.get("HOME") or environment.get("USERPROFILE") or "")
        folder = base / "paraph" if base.is_absolute() else home / ".cache" / "paraph"
    return FolderCache(folder if folder.is_absolute() else None)


def misnamed(environment: Mapping[str, str]) -> str:
    """What is wrong with the folder that PARAPH_CACHE names; "" where nothing is, or it names none. Makes nothing."""
    named = environment.get("PARAPH_CACHE") or "off"
    folder = Path(named)
    if named == "off":
        return ""
    if not folder.is_absolute():
        return "is no whole path"
    try:
        there = next(one for one in (folder, *folder.parents) if os.path.lexists(one))
        status = there.lstat()
        if not stat.S_ISDIR(status.st_mode if there == folder else there.stat().st_mode):
            return "is no folder" if there == folder else "is below what is no folder"
        if there == folder and not _is_private(status):
            return "is somebody else’s folder, or one in which others can write"
        return "" if os.access(there, os.W_OK | os.X_OK) else "cannot be written"
    except OSError as error:
        return f"cannot be used ({error.strerror})"


def sweep(folder: Path, most: int) -> None:
    """Delete the oldest files of `folder` until they take half of `most`, where they take more than `most`."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                found.append((status.st_mtime_ns, -(-status.st_size // _BLOCK) * _BLOCK, entry.path))
    taken = sum(size for _, size, _ in found)
    if taken <= most:
        return
    for _, size, path in sorted(found):
        if taken <= most // 2:
            return
        with suppress(OSError):
            Path(path).unlink()
        taken -= size


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, made where there is none, that nobody but this user can write in."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and _is_private(status)


def _is_private(status: os.stat_result) -> bool:
    return os.name != "posix" or (status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _digest(key: str, data: bytes) -> bytes:
    found = hashlib.sha256(key.encode())
    found.update(data)
    return found.digest()
