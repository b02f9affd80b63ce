"""Files kept as evidence: which of them events name, and whether they are there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from paraph.model.event import (
    CirculationOpened,
    DocumentVersion,
    EvidenceErased,
    Fact,
    PacketWritten,
    ReleaseCorrected,
    Released,
    ReleaseWithdrawn,
)
from paraph.model.fault import Fault
from paraph.model.release import RECORD
from paraph.register.reader import Reader

_ASKED = 1_000
"""Digests that are looked up together."""

_NOTICED = ReleaseCorrected | ReleaseWithdrawn
_PUT = DocumentVersion | CirculationOpened
_MADE = _NOTICED | _PUT | Released


def named(fact: Fact) -> tuple[str, ...]:
    """The digests of the files that a fact rests on: its evidence, the sources of a document, of a release or of a
    notice, the record of a release, a packet as written."""
    if isinstance(fact, _NOTICED | _PUT):
        return tuple(fact.sources.values())
    if isinstance(fact, Released):
        record = (fact.files[RECORD],) if RECORD in fact.files else ()
        return (*fact.sources.values(), *fact.noticed.values(), *record)
    if isinstance(fact, PacketWritten):
        return (fact.file,)
    receipt = getattr(fact, "receipt", None)
    return receipt.evidence if receipt else ()


class Evidence:
    """Which files should be kept, and whether they are. Events are shown to it in the order of their numbers."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._wanted: dict[str, Fault] = {}
        self._seen: set[str] = set()
        self._missing: dict[str, Fault] = {}
        self._erased: set[str] = set()

    def note(self, number: int, fact: Fact) -> None:
        """Take in the next event."""
        if isinstance(fact, EvidenceErased):
            self._erased.add(fact.digest)
        elif digests := named(fact):
            self.want(number, digests, "the source" if isinstance(fact, _MADE) else "the evidence")

    def want(self, number: int, digests: Iterable[str], what: str = "the evidence") -> None:
        """Take in that event `number` names files."""
        for digest in digests:
            if digest not in self._seen:
                self._wanted.setdefault(
                    digest, Fault("missing", f"event {number}: {what} is not kept: {digest}", number)
                )
        if len(self._wanted) >= _ASKED:
            self._look_up()

    def end(self) -> Iterator[Fault]:
        """What is wrong with the files."""
        self._look_up()
        yield from (fault for digest, fault in self._missing.items() if digest not in self._erased)
        for digest, data in self._reader.files():
            if hashlib.sha256(data).hexdigest() != digest:
                yield Fault("file", f"the file kept as {digest} is damaged")

    def _look_up(self) -> None:
        there = set(self._reader.kept(self._wanted))
        self._missing |= {digest: what for digest, what in self._wanted.items() if digest not in there}
        self._seen = there
        self._wanted.clear()
