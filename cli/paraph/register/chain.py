"""Whether events, taken in order, are one whole chain, and the one that others have seen.

A chain that was rewritten and hashed anew from end to end is whole in itself, and so is one cut at its end: only heads
that somebody outside holds tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from paraph.errors import NewerError, RegisterError
from paraph.model.event import GENESIS, Fact, Head
from paraph.model.fault import Fault
from paraph.register.codec import event_hash, read_body
from paraph.register.usual import Run, usual

SHORTEST = 16
"""Hexadecimal digits of a hash that somebody must hold to prove anything: 64 bits."""


Placed: TypeAlias = tuple[int, str, str, Fact | None]
"""An event by its number, prev, request and fact; None for a decision as usual, which the chain need not know."""


class Chain:
    """The chain so far. `number` and `hash` are its head."""

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self.number, self.hash = 0, GENESIS
        self._held: dict[int, set[str]] = {}
        for head in heads:
            if head.number:
                self._held.setdefault(head.number, set()).add(head.hash)

    def take(self, body: bytes) -> tuple[Placed | None, list[Fault]]:
        """The next event, and what is wrong with it; None where it cannot be read. Its hash is `hash`."""
        place, wrong, read = self.number + 1, [], None
        try:
            number, prev, _, _ = read = _placed(body)
        except RegisterError as error:
            kind = "newer" if isinstance(error, NewerError) else "unreadable"
            wrong.append(Fault(kind, f"event {place}: {error.message}", place))
        else:
            if number != place:
                wrong.append(Fault("number", f"event {place}: its number is {number}", place))
            if prev != self.hash:
                wrong.append(Fault("link", f"event {place}: it does not follow the event before it", place))
        self.number, self.hash = place, (hash_ := event_hash(body))
        if place in self._held and not all(map(hash_.startswith, self._held.pop(place))):
            wrong.append(Fault("held", f"event {place}: somebody outside holds another hash for it", place))
        return read, wrong

    def follow(self, columns: Sequence[tuple[Any, ...]], run: Run) -> bool:
        """Whether all is right with the next events, those of `run`, and with their `columns` (number, prev, hash,
        request and body); only then they are taken in. Where anything is wrong, `take` says of each what it is."""
        numbers, prevs, hashes, requests, bodies = columns
        places, hashed = range(self.number + 1, self.number + 1 + len(numbers)), tuple(map(event_hash, bodies))
        right = (
            numbers == tuple(map(int, run.number)) == tuple(places)
            and prevs == (self.hash, *hashed[:-1])
            and hashes == hashed
            and _lines(prevs) == b"\n".join(run.prev)
            and _lines(requests) == b"\n".join(run.request)
            and self._held.keys().isdisjoint(places)
        )
        if right:
            self.number, self.hash = places[-1], hashed[-1]
        return right

    def end(self) -> Iterator[Fault]:
        """What is wrong with a chain that ends here."""
        for number in sorted(self._held):
            yield Fault("held", f"event {number}: somebody outside holds its hash, and it is not there", number)


def _placed(body: bytes) -> Placed:
    """The place of an event that is written as it should be. Raises RegisterError and NewerError for any other."""
    if found := usual(body):
        number, prev, request = found.group("number", "prev", "request")
        return int(number), prev.decode(), request.decode(), None
    read = read_body(body)
    return read.number, read.prev, read.request, read.data


def faults(bodies: Iterable[bytes], heads: Iterable[Head] = ()) -> Iterator[Fault]:
    """What is wrong with the events `bodies`, given in order; nothing where the chain is whole.

    `heads` are heads that somebody outside holds; their hashes may be shortened to `SHORTEST` digits.
    """
    chain = Chain(heads)
    for body in bodies:
        yield from chain.take(body)[1]
    yield from chain.end()


def _lines(values: Iterable[Any]) -> bytes:
    """Texts, one to a line; nothing where one is none. What a pattern matches holds no line break, so that two of the
    same lines are of the same texts."""
    return "\n".join(values).encode() if set(map(type, values)) == {str} else b""
