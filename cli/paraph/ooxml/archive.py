"""A ZIP from outside, opened so that it can hold one thing only, and never more than it says.

Two programs that read one ZIP must see the same members, and none may fill the memory. So what a document needs not is
refused before anything is inflated: members of one name (letters large or small, as ECMA-376 Part 2 compares them),
members that lie over each other, names that lead out of the archive, a directory that differs from the members' own
heads, encryption, methods other than stored and deflated, and sizes no document has (D. Fifield, "A better zip bomb",
2019, on members that overlap). A member is inflated when it is read, and no further than the size it states.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from paraph.errors import BrokenError

MOST_MEMBERS = 2_000
MOST_BYTES = 200_000_000
MOST_RATIO = 300
_SMALL = 5_000_000
"""Below this size no ratio is suspicious: an empty table of Word's repeats itself well."""
_HEAD = struct.Struct("<4s5H3I2H")
_LEADS_OUT = re.compile(r"^/|^[A-Za-z]:|\\|(?:^|/)\.{1,2}(?:/|$)|[\x00-\x1f]|//")
_AGAIN = "Open it in Word, save it under a new name, and send that file."


class PackageError(BrokenError):
    """The file is not a package that can be read."""


@dataclass(slots=True)
class Archive:
    """The members of a ZIP by name. `left` is how many bytes may still be inflated."""

    _zip: zipfile.ZipFile
    _infos: dict[str, zipfile.ZipInfo]
    left: int = field(default=MOST_BYTES)

    @classmethod
    def open(cls, data: bytes, *, most: int = MOST_BYTES) -> Archive:
        """The archive in `data`, of which no more than `most` bytes may be inflated. PackageError: it is not plain."""
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise PackageError(f"This is not a DOCX file: {error}", "Save it as .docx in Word.") from error
        every = opened.infolist()
        infos = [info for info in every if not info.is_dir()]
        if len(every) > MOST_MEMBERS or sum(info.file_size for info in infos) > most:
            raise PackageError("The Word file is too large to be a document", _AGAIN)
        _check_names(every)
        for info in infos:
            _check_sizes(info)
        _check_places(every, data, opened.start_dir)
        if opened.comment or not data.startswith(b"PK\x03\x04"):
            raise PackageError("The Word file has something before its beginning or behind its end", _AGAIN)
        return cls(opened, {info.filename: info for info in infos}, most)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, as the archive has them."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """One member. PackageError: it is not there, damaged, or larger than it says."""
        info = self._infos.get(name)
        if info is None:
            raise PackageError(f"The Word file has no {name}", _AGAIN)
        if info.file_size > self.left:
            raise PackageError("The Word file is too large to be a document", _AGAIN)
        self.left -= info.file_size
        try:
            with self._zip.open(info) as member:
                read = member.read(info.file_size + 1)
                rest = member.read(1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise PackageError(f"{name} of the Word file is damaged: {error}", _AGAIN) from error
        if len(read) != info.file_size or rest:
            raise PackageError(f"{name} of the Word file is not as large as it says", _AGAIN)
        return read

    def stream(self, name: str) -> IO[bytes]:
        """A member to be read bit by bit, which gives no more than it says. PackageError: it is not there."""
        if name not in self._infos:
            raise PackageError(f"The Word file has no {name}", _AGAIN)
        return self._zip.open(self._infos[name])


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    seen = set()
    for info in infos:
        if _LEADS_OUT.search(info.orig_filename):
            raise PackageError(f"The Word file holds a part named {info.orig_filename[:60]!r}, which leads out of it")
        if info.filename.casefold() in seen:
            raise PackageError("The Word file holds two parts of one name", "Save it again in Word.")
        seen.add(info.filename.casefold())


def _check_sizes(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise PackageError("The Word file is locked with a password", "Ask for it without one.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackageError(f"{info.filename} of the Word file is packed in an unusual way", _AGAIN)
    if info.file_size > max(_SMALL, MOST_RATIO * info.compress_size):
        raise PackageError("The Word file would unpack to far more than a document holds", _AGAIN)


def _check_places(infos: list[zipfile.ZipInfo], data: bytes, directory: int) -> None:
    """Every member has a head of its own that agrees with the directory, and none lies over another."""
    end = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        start = info.header_offset
        if start < end or start + _HEAD.size > directory:
            raise PackageError("The Word file holds parts that lie over each other", _AGAIN)
        sign, _, flags, method, _, _, _, _, _, named, extra = _HEAD.unpack_from(data, start)
        text = start + _HEAD.size
        raw = data[text : text + named].decode("utf-8" if flags & 0x800 else "cp437", "replace")
        if (sign, raw, method) != (b"PK\x03\x04", info.orig_filename, info.compress_type):
            raise PackageError("The Word file says one thing in its directory and another in its parts", _AGAIN)
        end = text + named + extra + info.compress_size
    if end > directory:
        raise PackageError("The Word file holds parts that lie over each other", _AGAIN)
