"""The process that reads a file from anywhere: `python -m paraph.proof.child`, a file in, JSON out.

It may be killed at any time, and has no more than a minute and a gigabyte and a half; what it answers is checked by
its types.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from paraph.errors import BrokenError, FindingsError
from paraph.proof.kinds import is_rtf, kind_of, refuse_two
from paraph.proof.pades import PdfSignature, signatures
from paraph.proof.page_changes import Shown
from paraph.proof.reading import Reading, refuse_longer

_T = TypeVar("_T")

SECONDS = 60
MEMORY = 1_500_000_000
LARGEST = 60_000_000
"""Bytes of a file that are looked at."""

_MOST_SAID = 50_000_000


class Refused(msgspec.Struct):
    """Why a file could not be read."""

    message: str


def read(data: bytes) -> Reading:
    """What a file says, read in a process of its own.

    Raises BrokenError where it is nothing that is released, is two files in one, cannot be read, or takes too much to
    read.
    """
    if len(data) > LARGEST:
        raise BrokenError(f"it has more than {LARGEST // 1_000_000} MB")
    refuse_two(data)
    if not kind_of(data):
        what = "RTF" if is_rtf(data) else "no DOCX, ODT, PDF, EPUB, HTML, Akoma Ntoso or text"
        raise BrokenError(f"it is {what}")
    return _asked(data, Reading)


def pdf_signatures(data: bytes, roots: bytes) -> list[PdfSignature]:
    """The signatures in a PDF, held against `roots` (certificates as PEM). Raises as `read`, and where pyHanko is
    missing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roots.pem"
        path.write_bytes(roots)
        return _asked(data, list[PdfSignature], "signatures", str(path))


def look_alike(released: bytes, found: bytes) -> bool:
    """Whether two PDFs show the same pages, in a process of its own. Raises as `read`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "released.pdf"
        path.write_bytes(released)
        return _asked(found, bool, "alike", str(path))


def defaced_pages(released: bytes, found: bytes) -> list[int]:
    """The pages of a PDF that are those released with something else on them, by their numbers, in a process of its
    own. Raises as `read`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "released.pdf"
        path.write_bytes(released)
        return _asked(found, list[int], "defaced", str(path))


def shown_by(released: bytes, found: bytes) -> Shown:
    """What a PDF shows, held against what it says and against the one released (b"": there is none), in a process of
    its own. Raises as `read`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "released.pdf"
        path.write_bytes(released)
        return _asked(found, Shown, "shown", str(path))


def _asked(data: bytes, kind: type[_T], *arguments: str) -> _T:
    """What the other process says of `data`."""
    command = [sys.executable, "-m", "paraph.proof.child", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  # this very Python
            command, input=data, capture_output=True, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenError("it takes too long to read") from error
    if done.returncode or len(done.stdout) > _MOST_SAID:
        raise BrokenError("it cannot be read: it takes too much memory or time, or breaks its reader")
    try:
        if done.stdout.startswith(b'{"message":'):
            raise BrokenError(msgspec.json.decode(done.stdout, type=Refused).message)
        return msgspec.json.decode(done.stdout, type=kind)
    except msgspec.MsgspecError as error:
        raise BrokenError("it cannot be read") from error


def _limit() -> None:
    """No more time and memory than a document needs, where the system can say so."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes) -> Reading:
    """Loads the reader of its kind alone: the process lives for one file, and most of that went into the others."""
    match kind_of(data):
        case "pdf":
            from paraph.proof.pdf import read
        case "docx":
            from paraph.proof.docx import read
        case "odt":
            from paraph.proof.odt import read
        case "epub":
            from paraph.proof.epub import read
        case "html":
            from paraph.proof.html import read
        case "akn.xml":
            from paraph.proof.akn import read
        case _:
            from paraph.proof.plain_text import read
    said = read(data)
    refuse_longer(said.text)
    refuse_longer("\n".join((*said.margins, *said.outline, *said.notes, *said.bookmarks, *said.metadata.values())))
    return said


_Answer: TypeAlias = Reading | list[PdfSignature] | list[int] | Shown | bool


def _answer(data: bytes, asked: str = "", path: Path = Path()) -> _Answer:
    if asked == "signatures":
        return signatures(data, path.read_bytes())
    if asked == "alike":
        from paraph.proof.same_look import pages_alike

        return pages_alike(path.read_bytes(), data)
    if asked == "defaced":
        from paraph.proof.same_look import defaced

        return defaced(path.read_bytes(), data)
    if asked == "shown":
        from paraph.proof.seen import shown

        return shown(path.read_bytes(), data)
    return _read(data)


def main() -> None:
    """Read the standard input and say what it says."""
    _limit()
    data = sys.stdin.buffer.read(LARGEST + 1)
    answer: _Answer | Refused
    try:
        answer = _answer(data, sys.argv[1], Path(sys.argv[2])) if sys.argv[1:] else _answer(data)
    except ImportError as error:
        answer = Refused(f"{error.name} is not installed")
    except BrokenError as error:
        answer = Refused(error.message)
    except FindingsError as error:
        answer = Refused(f"it cannot be read: {'; '.join(one.message for one in error.findings[:3])}")
    except (MemoryError, RecursionError):
        answer = Refused("it cannot be read: there is too much in it, or one thing too deep in another")
    except Exception:  # noqa: BLE001  # whatever a file does to a library, the answer is that it cannot be read
        answer = Refused("it cannot be read: it is damaged, or no such file as it begins like")
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main()
