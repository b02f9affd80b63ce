"""Whether events, taken in order, are one whole chain, and the one that others have seen.

A chain that was rewritten and hashed anew from end to end is whole in itself, and so is one cut at its end: only heads
that somebody outside holds tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paraph.errors import RegisterError
from paraph.model.event import GENESIS, Fact, Head
from paraph.register.codec import Envelope, event_hash, read_body

SHORTEST = 16
"""Hexadecimal digits of a hash that somebody must hold to prove anything: 64 bits."""


class Chain:
    """The chain so far. `number` and `hash` are its head."""

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self.number, self.hash = 0, GENESIS
        self._held: dict[int, set[str]] = {}
        for head in heads:
            if head.number:
                self._held.setdefault(head.number, set()).add(head.hash)

    def take(self, body: bytes) -> tuple[Envelope[Fact] | None, list[str]]:
        """The next event, and what is wrong with it, a line each; None where it cannot be read. Its hash is `hash`."""
        place, wrong, read = self.number + 1, list[str](), None
        try:
            read = read_body(body)
        except RegisterError as error:
            wrong.append(f"event {place}: {error.message}")
        else:
            if read.number != place:
                wrong.append(f"event {place}: its number is {read.number}")
            if read.prev != self.hash:
                wrong.append(f"event {place}: it does not follow the event before it")
        self.number, self.hash = place, (hash_ := event_hash(body))
        if place in self._held and not all(map(hash_.startswith, self._held.pop(place))):
            wrong.append(f"event {place}: somebody outside holds another hash for it")
        return read, wrong

    def end(self) -> Iterator[str]:
        """What is wrong with a chain that ends here."""
        for number in sorted(self._held):
            yield f"event {number}: somebody outside holds its hash, and it is not there"


def faults(bodies: Iterable[bytes], heads: Iterable[Head] = ()) -> Iterator[str]:
    """What is wrong with the events `bodies`, given in order, a line each; nothing where the chain is whole.

    `heads` are heads that somebody outside holds; their hashes may be shortened to `SHORTEST` digits.
    """
    chain = Chain(heads)
    for body in bodies:
        yield from chain.take(body)[1]
    yield from chain.end()
