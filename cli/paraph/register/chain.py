"""Whether events, taken in order, are one whole chain, and the one that others have seen.

A chain that was rewritten and hashed anew from end to end is whole in itself, and so is one cut at its end: only heads
that somebody outside holds tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paraph.errors import RegisterError
from paraph.model.event import Event, Head
from paraph.register.codec import event_hash, read_event

SHORTEST = 16
"""Hexadecimal digits of a hash that somebody must hold to prove anything: 64 bits."""


class Chain:
    """The chain so far. `last` is its head."""

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self.last = Head()
        self._held: dict[int, set[str]] = {}
        for head in heads:
            if head.number:
                self._held.setdefault(head.number, set()).add(head.hash)

    def take(self, body: bytes) -> tuple[Event | None, list[str]]:
        """The next event, and what is wrong with it, a line each; None where it cannot be read."""
        place, wrong = self.last.number + 1, []
        try:
            event: Event | None = read_event(body)
        except RegisterError as error:
            event, hash_ = None, event_hash(body)
            wrong.append(f"event {place}: {error.message}")
        else:
            assert event is not None
            hash_ = event.hash
            if event.number != place:
                wrong.append(f"event {place}: its number is {event.number}")
            if event.prev != self.last.hash:
                wrong.append(f"event {place}: it does not follow the event before it")
        self.last = Head(number=place, hash=hash_)
        if place in self._held and not all(map(hash_.startswith, self._held.pop(place))):
            wrong.append(f"event {place}: somebody outside holds another hash for it")
        return event, wrong

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
