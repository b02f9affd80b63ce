"""What was made of files, kept from one run to the next: under which key, and only of the very same bytes.

A key is the SHA-256 of all that decides what is made: the files with their paths, what else went in, and the program
itself: Python, the text of the modules that read, and the installed libraries. So nothing is ever out of date; what is
no longer asked for is only in the way. Where the keeping happens, and how long, is the business of `Cache`.

What other programs make of what they are given whole, such as typst of a sheet, is kept under a `lasting_key`, which is
the same on every machine: what ships was looked at before it did (`workflow/building/shipped.json`).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Protocol

from paraph import __version__

_PACKAGE = Path(__file__).resolve().parents[1]
_READERS = ("assembly", "checks", "glossary", "library", "markup", "model")
_LIBRARIES = (
    "babel",
    "langdetect",
    "markdown_it",
    "mdit_py_plugins",
    "pydantic",
    "pydantic_core",
    "yaml",
)
_VERSIONED = (".dist-info", ".egg-info")


class Cache(Protocol):
    """Keeps bytes under keys of 64 hexadecimal digits. Neither function raises: what is not kept is made again."""

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, unharmed, or None."""

    def put(self, key: str, data: bytes) -> None:
        """Keep `data`, where that is possible."""


def key_of(kind: str, paths: Iterable[tuple[str, str]], also: str) -> str:
    """The key of what is made of files (path and SHA-256), or "" where it is not known what the program consists of."""
    program = _program()
    if not program:
        return ""
    return hashlib.sha256(json.dumps([program, kind, [*paths], also]).encode()).hexdigest()


def lasting_key(kind: str, libraries: Iterable[str], also: str) -> str:
    """The key of what this version of paraph makes with `libraries` of what has the digest `also`, and of nothing else.

    "" where the version of one is not known.
    """
    from importlib import metadata

    try:
        made_with = [f"paraph {__version__}", *(f"{name} {version(name)}" for name in libraries)]
    except metadata.PackageNotFoundError:
        return ""
    return hashlib.sha256(json.dumps([kind, made_with, also]).encode()).hexdigest()


@cache
def version(package: str) -> str:
    """The version of an installed package. PackageNotFoundError: it has none."""
    from importlib import metadata

    return metadata.version(package)


@cache
def _program() -> str:
    try:
        found = hashlib.sha256(sys.version.encode())
        for part in (*_sources(), *_installed()):
            found.update(hashlib.sha256(part).digest())
    except OSError:
        return ""
    return found.hexdigest()


def _sources() -> Iterator[bytes]:
    """The modules that say what is made of a file and found in it, in whatever folder, with the data beside them.

    Raises OSError where they are not found as files.
    """
    for name in _READERS:
        yield from _files(_PACKAGE / name)


def _files(folder: Path) -> Iterator[bytes]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_file():
            yield Path(entry.path).read_bytes()
        elif entry.name != "__pycache__":
            yield from _files(Path(entry.path))


def _installed() -> Iterator[bytes]:
    """The names of what is installed beside the libraries that read, which hold the versions.

    Raises FileNotFoundError where a library is not found as files.
    """
    folders = set()
    for name in _LIBRARIES:
        spec = PathFinder.find_spec(name)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(name)
        folders.add(Path(spec.origin).parents[1])
    for folder in sorted(folders):
        yield "\n".join(sorted(name for name in os.listdir(folder) if name.endswith(_VERSIONED))).encode()  # noqa: PTH208
