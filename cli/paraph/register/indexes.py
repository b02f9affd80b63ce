"""The indexes that SQLite keeps of the chain for itself: whether each has exactly what the rows have.

They are what refuses a fork and a request written twice. SQLite’s own `integrity_check` looks each row up in each of
them, at random places of the file, which takes as long as all else that is verified; here each is read from end to end,
its order is looked at, and its sum is compared with that of the rows. The sum is of Python’s hashes, which differ in
each process, so that nobody can make one up that fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import lt
from typing import Any

from paraph.model.fault import Fault
from paraph.register.reader import Reader

_COLUMNS = ("prev", "hash", "request")


class Indexes:
    """What the rows of the chain put into its indexes. Rows are shown to it in any order, all of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._sums = dict.fromkeys(_COLUMNS, 0)

    def note(self, columns: Sequence[tuple[Any, ...]]) -> None:
        """Take in rows of the chain by their columns: number, prev, hash, request and body."""
        if self._reader.lite:
            numbers, prevs, hashes, requests, _ = columns
            for name, values in zip(_COLUMNS, (prevs, hashes, requests), strict=True):
                self._sums[name] += sum(map(hash, zip(values, numbers, strict=True)))

    def strayed(self) -> Iterator[Fault]:
        """What is wrong with the indexes; of PostgreSQL, which gives no look into its own, what they should refuse."""
        wrong = tuple(self._strayed()) if self._reader.lite else ()
        yield from wrong
        if wrong or not self._reader.lite:
            for request in self._reader.repeated():
                yield Fault("request", f"the request {request} stands there twice")

    def _strayed(self) -> Iterator[Fault]:
        there = self._reader.indexes()
        for name in _COLUMNS:
            if name not in there:
                yield Fault("index", f"the database’s index of {name} is gone; take the register from a backup")
                continue
            index = there[name]  # of a name that SQLite gave it
            ordered = f"SELECT {name}, number FROM event INDEXED BY {index} ORDER BY {name}"  # noqa: S608  # no value
            if _sum(self._reader.raw(ordered)) != self._sums[name]:
                yield Fault("index", f"the database’s index of {name} is not what the rows say; take it from a backup")


def _sum(rows: Iterable[Sequence[tuple[Any, ...]]]) -> int | None:
    """The sum of all rows; None where they are not in the order of their first value, or two have the same."""
    found, last = 0, ""
    for some in rows:
        values, _ = zip(*some, strict=True)
        if not last < values[0] or not all(map(lt, values, islice(values, 1, None))):
            return None
        found, last = found + sum(map(hash, some)), values[-1]
    return found
