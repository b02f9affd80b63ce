"""The objects of a PDF file (ISO 32000-1, 7.2 to 7.5), as far as reading its text needs them.

It reads files with a classic cross-reference table and Flate streams, which is what typst writes; it shares nothing
with the program that wrote them. Anything else is refused by name rather than guessed at.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from paraph.errors import RenderError

_TOKEN = re.compile(
    rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*)*"
    rb"(?:(?:(?P<real>[+-]?(?:\d+\.\d*|\.\d+))|(?P<int>[+-]?\d+))(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
    rb"|\((?P<plain>[^\\()]*)\)|(?P<string>\()|(?P<mark><<|>>|[\[\]{}])|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|/(?P<name>[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)|(?P<word>[^\x00\t\n\x0c\r ()<>\[\]{}/%]+))"
)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_IN_STRING = re.compile(rb"[^\\()]+|\\(?P<octal>[0-7]{1,3})|\\(?P<escaped>\r\n|.)|[()]", re.DOTALL)


class Name(str):
    """A PDF name, /Like, without its slash."""

    __slots__ = ()


class Operator(str):
    """A word that is no value: an operator of a content stream, or `obj`, `R`, `true`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """An indirect reference, by object number."""

    number: int


Value: TypeAlias = "bool | int | float | bytes | Name | Ref | list[Any] | dict[str, Any] | Stream | Operator | None"


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its dictionary, and its data with the filter undone."""

    head: dict[str, Any]
    data: bytes = field(repr=False)


def tokens(data: bytes, start: int = 0) -> Iterator[tuple[Value, int]]:
    """The values and operators from `start` on, each with the position after it; references are not put together."""
    position = start
    while match := _TOKEN.match(data, position):
        position = match.end()
        kind = match.lastgroup or ""
        found = match[kind]
        if kind == "int":
            yield int(found), position
        elif kind == "real":
            yield float(found), position
        elif kind == "plain":
            yield found, position
        elif kind == "string":
            text, position = _string(data, position)
            yield text, position
        elif kind == "hex":
            digits = b"".join(found.split())
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), position
        elif kind == "name":
            yield Name(_HASH.sub(lambda m: bytes([int(m[1], 16)]), found).decode("latin-1")), position
        else:
            yield Operator(found.decode("latin-1")), position


def _string(data: bytes, position: int) -> tuple[bytes, int]:
    out = bytearray()
    depth = 1
    while match := _IN_STRING.match(data, position):
        position = match.end()
        found = match[0]
        if match["octal"]:
            out.append(int(match["octal"], 8) & 0xFF)
        elif match["escaped"]:
            out += _ESCAPES.get(match["escaped"], match["escaped"])
        else:
            depth += (found == b"(") - (found == b")")
            if depth == 0:
                return bytes(out), position
            out += found
    raise RenderError("the PDF cannot be read: a string without an end")


class Pdf:
    """A PDF file as a mapping from object number to value. `trailer` is its trailer dictionary."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offsets: dict[int, int] = {}
        self._cache: dict[int, Value] = {}
        start = data.rfind(b"startxref")
        if start < 0:
            raise RenderError("the PDF cannot be read: it has no cross-reference table")
        self.trailer = self._table(int(data[start + 9 :].split(maxsplit=1)[0]))

    def _table(self, at: int) -> dict[str, Any]:
        stream = tokens(self._data, at)
        word, _ = next(stream)
        if word != "xref":
            raise RenderError("the PDF cannot be read: its cross-references are not a table")
        while (first := next(stream)[0]) != "trailer":
            count = next(stream)[0]
            if not isinstance(first, int) or not isinstance(count, int):
                raise RenderError("the PDF cannot be read: its cross-reference table is damaged")
            for number in range(first, first + count):
                offset, _generation, state = next(stream)[0], next(stream)[0], next(stream)[0]
                if state == "n" and isinstance(offset, int):
                    self._offsets.setdefault(number, offset)
        trailer = _Reader(stream).value()
        if not isinstance(trailer, dict) or "Encrypt" in trailer:
            raise RenderError("the PDF cannot be read: it is encrypted or damaged")
        return trailer

    def get(self, value: Any) -> Any:
        """`value` itself, or what it refers to."""
        while isinstance(value, Ref):
            if value.number not in self._cache:
                self._cache[value.number] = self._object(value.number)
            value = self._cache[value.number]
        return value

    def items(self, value: Any) -> list[Any]:
        """`value` as a list: an array, one value, or nothing."""
        found = self.get(value)
        return found if isinstance(found, list) else [] if found is None else [value]

    def _object(self, number: int) -> Value:
        if number not in self._offsets:
            return None
        reader = _Reader(tokens(self._data, self._offsets[number]))
        head = reader.next(), reader.next(), reader.next()
        if head[0] != number or head[2] != "obj":
            raise RenderError(f"the PDF cannot be read: object {number} is not where the table says")
        value = reader.value()
        if isinstance(value, dict) and reader.next() == "stream":
            start = reader.position + (2 if self._data[reader.position : reader.position + 2] == b"\r\n" else 1)
            return Stream(value, self._decoded(value, self._data[start : start + self.get(value["Length"])]))
        return value

    def _decoded(self, head: dict[str, Any], data: bytes) -> bytes:
        for name in self.items(head.get("Filter")):
            if self.get(name) != "FlateDecode":
                return b""
            data = zlib.decompress(data)
        return data


class _Reader:
    """Puts values together from tokens; `position` is the position after the last token taken."""

    def __init__(self, stream: Iterator[tuple[Value, int]]) -> None:
        self._stream = stream
        self._ahead: list[tuple[Value, int]] = []
        self.position = 0

    def next(self) -> Value:
        try:
            value, self.position = self._ahead.pop(0) if self._ahead else next(self._stream)
        except StopIteration:
            raise RenderError("the PDF cannot be read: it ends too early") from None
        return value

    def _peek(self, count: int) -> list[Value]:
        while len(self._ahead) < count:
            following = next(self._stream, None)
            if following is None:
                break
            self._ahead.append(following)
        return [value for value, _ in self._ahead[:count]]

    def value(self) -> Value:
        found = self.next()
        if isinstance(found, Operator):
            if found == "<<":
                return self._dict()
            if found == "[":
                return self._list()
            return {"true": True, "false": False}.get(found)
        if isinstance(found, int):
            following = self._peek(2)
            if len(following) == 2 and isinstance(following[0], int) and following[1] == "R":
                self._ahead.clear()
                return Ref(found)
        return found

    def _list(self) -> list[Value]:
        found = []
        while self._peek(1) != ["]"]:
            found.append(self.value())
        self.next()
        return found

    def _dict(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while self._peek(1) != [">>"]:
            key = self.next()
            if not isinstance(key, Name):
                raise RenderError("the PDF cannot be read: a dictionary is damaged")
            found[str(key)] = self.value()
        self.next()
        return found
