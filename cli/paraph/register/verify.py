"""Everything that a register can be asked about itself: its chain, what was made from it, and what stands beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from paraph.errors import RegisterError
from paraph.model.event import DocumentVersion, Event, EvidenceErased, Head, HeadWitnessed
from paraph.register.chain import SHORTEST, Chain, faults
from paraph.register.reader import Reader
from paraph.register.recount import Recount

__all__ = ["faults", "verify"]

_ASKED = 1_000
"""Digests that are looked up together."""


def verify(reader: Reader, heads: Iterable[Head] = ()) -> Iterator[str]:
    """What is wrong with a register, a line each; nothing where all of it is as it should be.

    - the database: whole by its own account, with the triggers that keep it append-only;
    - the chain: canonical, hashed, linked, and the one of which others hold `heads` or have witnessed them;
    - the columns beside each event, and the index of what it is about, say what the event says;
    - versions have the digests of their words; tallies are what the decisions before them come to;
    - every file named as evidence, or as a source, is kept and whole, or was erased on record.

    Events are read one by one: what stays in memory is a few hundred bytes a decision. Where the database cannot be
    read to its end, that is the last fault.
    """
    try:
        yield from reader.damage()
        yield from _verify(reader, heads)
    except (SQLAlchemyError, RegisterError, TypeError, ValueError, OverflowError, MemoryError) as error:
        what = (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
        yield f"the register cannot be read to its end ({what}); take it from a backup"


def _verify(reader: Reader, heads: Iterable[Head]) -> Iterator[str]:
    chain, recount = Chain(heads), Recount()
    mentions, evidence = _Mentions(reader), _Evidence(reader)
    witnessed: list[tuple[int, HeadWitnessed]] = []
    for row in reader.rows():
        event, wrong = chain.take(bytes(row.body))
        yield from wrong
        if event is None:
            mentions.skip(row.number)
            continue
        yield from _columns(row, event)
        yield from mentions.compare(row.number, event)
        yield from recount.take(event)
        evidence.note(event)
        if isinstance(event.fact, HeadWitnessed):
            witnessed.append((event.number, event.fact))
    yield from chain.end()
    yield from mentions.end()
    yield from evidence.end()
    yield from (f"the request {one} stands there twice" for one in reader.repeated())
    for number, fact in witnessed:
        if len(fact.hash) < SHORTEST or not (reader.hash(fact.number) or "").startswith(fact.hash):
            yield f"event {number}: {fact.witness} has seen another event {fact.number}"


def _columns(row: Row[Any], event: Event) -> Iterator[str]:
    for name in ("number", "prev", "hash", "request"):
        if getattr(row, name) != getattr(event, name):
            yield f"event {event.number}: the column {name} beside it says {getattr(row, name)}"


class _Mentions:
    """The index of what events are about, read beside them."""

    def __init__(self, reader: Reader) -> None:
        self._rows = reader.mentions()
        self._next = next(self._rows, None)

    def compare(self, number: int, event: Event) -> Iterator[str]:
        found: set[str] = set()
        strays = self._up_to(number, found)
        if strays or found != set(event.fact.about()):
            yield f"event {number}: the index of what it is about is not complete; “paraph register upgrade” mends it"

    def skip(self, number: int) -> None:
        self._up_to(number, set())

    def end(self) -> Iterator[str]:
        if self._next:
            yield f"the index names event {self._next[0]}, which is not there; “paraph register upgrade” mends it"

    def _up_to(self, number: int, found: set[str]) -> bool:
        """Put the keys of event `number` into `found`; whether there are some of events that are not there."""
        strays = False
        while self._next and self._next[0] <= number:
            strays |= self._next[0] < number
            if self._next[0] == number:
                found.add(self._next[1])
            self._next = next(self._rows, None)
        return strays


class _Evidence:
    """Which files should be kept, and whether they are."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._wanted: dict[str, str] = {}
        self._seen: set[str] = set()
        self._missing: dict[str, str] = {}
        self._erased: set[str] = set()

    def note(self, event: Event) -> None:
        fact = event.fact
        if isinstance(fact, EvidenceErased):
            self._erased.add(fact.digest)
        if isinstance(fact, DocumentVersion):
            self._want(event, "the source", fact.sources.values())
        elif (receipt := getattr(fact, "receipt", None)) and receipt.evidence:
            self._want(event, "the evidence", receipt.evidence)

    def end(self) -> Iterator[str]:
        self._look_up()
        for digest, what in self._missing.items():
            if digest not in self._erased:
                yield f"{what} is not kept: {digest}"
        for digest, data in self._reader.files():
            if hashlib.sha256(data).hexdigest() != digest:
                yield f"the file kept as {digest} is damaged"

    def _want(self, event: Event, what: str, digests: Iterable[str]) -> None:
        for digest in digests:
            if digest not in self._seen:
                self._wanted.setdefault(digest, f"event {event.number}: {what}")
        if len(self._wanted) >= _ASKED:
            self._look_up()

    def _look_up(self) -> None:
        there = set(self._reader.kept(self._wanted))
        self._missing |= {digest: what for digest, what in self._wanted.items() if digest not in there}
        self._seen = there
        self._wanted.clear()
