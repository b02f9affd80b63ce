"""What arrived from a member: a file of a word processor, or an e-mail with such files attached."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.ooxml.archive import PackageError
from paraph.review.returned.reply import MOST_BYTES, Mail, read_reply

if TYPE_CHECKING:
    from paraph.ooxml.reading.shown import Shown


_LARGEST_LOCK = 1_000
"""Bytes: a lock has the name of its user and no more, and no packet is so small."""


def is_lock(path: Path) -> bool:
    """Whether a file only says that a word processor has another one open: Word’s (~$…), LibreOffice’s (.~lock.…#)."""
    named = path.name.startswith("~$") or (path.name.startswith(".~lock.") and path.name.endswith("#"))
    return named and path.is_file() and path.stat().st_size < _LARGEST_LOCK


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """One file to be read as a packet. `name` is that of an attachment, `also` are others under which it is attached
    once more, `mail` and `whole` the e-mail around it."""

    path: Path
    data: bytes
    name: str = ""
    also: tuple[str, ...] = ()
    mail: Mail | None = None
    whole: bytes = b""

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def around(self) -> str:
        """SHA-256 of the e-mail around it, or ""."""
        return hashlib.sha256(self.whole).hexdigest() if self.whole else ""

    def __str__(self) -> str:
        return f"{self.path}: {self.name}" if self.name else str(self.path)


def arrived(path: Path) -> tuple[Arrived, ...]:
    """What is in the file at `path`, each packet by itself. PackageError, OSError: nothing can be read in it."""
    from paraph.ooxml.kinds import is_mail, without_count

    with path.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if not is_mail(mail := without_count(data)):
        return (Arrived(path=path, data=data),)
    reply = read_reply(mail)
    return tuple(
        Arrived(path=path, data=one.data, name=one.names[0], also=one.names[1:], mail=reply.mail, whole=data)
        for one in reply.files
    )


def word_of(data: bytes) -> Shown:
    """A file as Word shows it, through LibreOffice where it is none of Word’s. PackageError: it cannot be read."""
    from paraph.ooxml.kinds import Kind, kind_of
    from paraph.ooxml.reading.file import check_size, read_word

    check_size(data)
    kind = kind_of(data)
    if kind is Kind.DOCX:
        return read_word(data)
    from paraph.review.returned.convert import as_docx
    from paraph.review.returned.odt import odd_in_odt
    from paraph.review.returned.rtf import is_libreoffice, odd_in_rtf, without_strays

    odd = tuple(odd_in_odt(data) if kind is Kind.ODT else odd_in_rtf(data))
    made = as_docx(without_strays(data) if kind is Kind.RTF else data, kind)
    try:
        shown = read_word(made)
    except PackageError as error:
        raise PackageError(
            f"what LibreOffice makes of this {kind.upper()} cannot be read: {error.message}",
            "Ask for it as .docx; or open it in a word processor, save it as .docx, and read that file.",
        ) from error
    unsure = (f"{one} in its {kind.upper()}: open it, for its reader may see what is not read" for one in odd)
    return replace(shown, oddities=(*shown.oddities, *unsure), plain_arabic=is_libreoffice(data))
