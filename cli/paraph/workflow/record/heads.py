"""Heads that somebody outside holds, found in whatever they are held in: a report, an e-mail, a list, a PDF, an export.

A head is written `number:hash`, the hash whole or shortened to its first digits, never to fewer than `SHORTEST`: fewer
could be met by trying.
"""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from paraph.errors import BrokenError, UsageError
from paraph.model.event import GENESIS, Head
from paraph.register.chain import SHORTEST
from paraph.register.codec import event_hash

_LARGEST = 500_000_000
"""Bytes of the largest file that is searched: an export of a million events."""
_HEAD = re.compile(rf"(?<![0-9A-Za-z])([0-9]{{1,12}}):([0-9A-Fa-f]{{{SHORTEST},64}})(?![0-9A-Za-z])")
_MESSAGE = re.compile(rb"[A-Za-z-]+: |From ")
_TRANSFER = re.compile(rb"^(Content-Transfer-Encoding|MIME-Version):", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile("<[^<>]*>")
_DEEPEST = 50


def held(path: Path) -> tuple[Head, ...]:
    """The heads in a file, each once. Raises UsageError where there are none, or it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is no ordinary file", "Name the file that holds the heads.")
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path} is too large to be searched for heads", "Copy the heads into a text file.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "Name the file that holds the heads.") from error
    found = tuple(dict.fromkeys(_heads(data, path)))
    if not found:
        advice = f"A head is written number:hash, with at least {SHORTEST} digits of the hash."
        raise UsageError(f"{path} holds no head of a register", advice)
    return found


def _heads(data: bytes, path: Path) -> Iterator[Head]:
    if data.startswith(b"%PDF-"):
        yield from _in_text(_pdf(data, path))
    elif data.startswith(b"PK\x03\x04"):
        yield from _in_text(_packed(data))
    elif data.startswith(b'{"at":"'):
        yield from _in_export(data)
    elif _MESSAGE.match(data) and _TRANSFER.search(data[:100_000]):
        yield from _in_message(data, path)
    else:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
        yield from _in_text(text)
        yield from _in_json(text)


def _in_text(text: str) -> Iterator[Head]:
    for number, digits in _HEAD.findall(text):
        yield Head(number=int(number), hash=digits.lower())


def _in_json(text: str) -> Iterator[Head]:
    """Heads as `--json` prints them: an object with `number` and `hash`, anywhere."""
    if text.lstrip()[:1] not in ("{", "["):
        return
    try:
        yield from _in_value(json.loads(text), _DEEPEST)
    except (ValueError, RecursionError):
        return  # a text after all, and searched as one


def _in_value(value: Any, deeper: int) -> Iterator[Head]:
    if isinstance(value, dict):
        number, hash_ = value.get("number"), value.get("hash")
        if isinstance(number, int) and isinstance(hash_, str) and SHORTEST <= len(hash_) <= len(GENESIS):
            yield Head(number=number, hash=hash_.lower())
    if deeper and isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _in_value(one, deeper - 1)


def _in_export(data: bytes) -> Iterator[Head]:
    """An earlier export is as good as the heads of all its events."""
    for number, line in enumerate(data.splitlines(), 1):
        yield Head(number=number, hash=event_hash(line))


def _in_message(data: bytes, path: Path) -> Iterator[Head]:
    """The texts of an e-mail, decoded (quoted-printable breaks a long line, and base64 hides it), and the Word files
    and PDFs with it; one that cannot be read is passed over, as another may hold a head."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    yield from _in_text(str(message.get("Subject", "")))
    for part in message.walk():
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if part.get_content_maintype() == "text":
            yield from _in_text(content.decode("utf-8", "replace"))
        elif content.startswith((b"%PDF-", b"PK\x03\x04")):
            with suppress(BrokenError, UsageError):
                yield from _heads(content, path)


def _packed(data: bytes) -> str:
    """The words of a Word file; of a workbook, an ODT or an EPUB, what stands between the tags."""
    from paraph.ooxml.archive import Archive

    archive = Archive.open(data)
    if "word/document.xml" in archive.names:
        return _docx(data)
    pages = (archive.read(part) for part in archive.names if part.endswith((".xml", ".xhtml", ".html")))
    return "\n".join(_TAG.sub(" ", page.decode("utf-8", "replace")) for page in pages)


def _docx(data: bytes) -> str:
    """The words of a Word file, paragraph by paragraph; headers and footers too."""
    from paraph.ooxml.names import name
    from paraph.ooxml.package import Package

    package = Package.read(data)
    parts = (part for part in package.parts if part.startswith("word/") and part.endswith(".xml"))
    paragraphs = (paragraph for part in parts for paragraph in package.xml(part).iter(name("w:p")))
    return "\n".join("".join(one.text or "" for one in paragraph.iter(name("w:t"))) for paragraph in paragraphs)


def _pdf(data: bytes, path: Path) -> str:
    """The words on the pages of a PDF, as far as the reader that proves our own understands it."""
    import pikepdf

    from paraph.render.pdf.text import words_of

    # whatever a PDF of another program holds that our reader does not know
    unreadable = (BrokenError, pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, RecursionError)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return "\n".join(words_of(page.obj) for page in pdf.pages)
    except (*unreadable, TypeError, ValueError) as error:
        raise UsageError(f"{path}: this PDF cannot be searched", "Copy the heads into a text file.") from error
