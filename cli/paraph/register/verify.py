"""Whether a chain is whole, and the one that others have seen: what `Register` cannot know of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paraph.errors import RegisterError
from paraph.model.event import Head
from paraph.register.codec import event_hash, read_event


def faults(bodies: Iterable[bytes], heads: Iterable[Head] = ()) -> Iterator[str]:
    """What is wrong with the events `bodies`, given in order, a line each; nothing where the chain is whole.

    `heads` are heads that somebody outside holds: a chain that was rewritten and hashed anew from end to end is whole
    in itself, and only these tell. A chain cut at its end likewise.
    """
    last, held = Head(), {head.number: head.hash for head in heads if head.number}
    requests: set[str] = set()
    for place, body in enumerate(bodies, 1):
        try:
            event = read_event(body)
        except RegisterError as error:
            yield f"event {place}: {error.message}"
            last = Head(number=place, hash=event_hash(body))
            continue
        if event.number != place:
            yield f"event {place}: its number is {event.number}"
        if event.prev != last.hash:
            yield f"event {place}: it does not follow the event before it"
        if event.request in requests:
            yield f"event {place}: its request {event.request} stands there twice"
        requests.add(event.request)
        last = Head(number=place, hash=event.hash)
        if held.pop(place, event.hash) != event.hash:
            yield f"event {place}: somebody outside holds another hash for it"
    yield from (f"event {number}: somebody outside holds its hash, and it is not there" for number in sorted(held))
