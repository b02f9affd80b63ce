"""Everything that a register can be asked about itself: its chain, what was made from it, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from paraph.errors import RegisterError
from paraph.model.event import Event, Head, HeadWitnessed
from paraph.register.chain import SHORTEST, Chain, faults
from paraph.register.codec import event_of
from paraph.register.evidence import Evidence
from paraph.register.mentions import Mentions
from paraph.register.reader import Reader
from paraph.register.recount import Recount

__all__ = ["faults", "verify"]

_MEND = "“paraph register upgrade” mends it"


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
    with ThreadPoolExecutor(1) as beside:  # the database looks itself through meanwhile, on another core
        damage = beside.submit(lambda: tuple(_to_the_end(reader.damage())))
        said = set()
        for fault in _to_the_end(_verify(reader, heads)):
            said.add(fault)
            yield fault
        yield from (fault for fault in damage.result() if fault not in said)


def _to_the_end(faults: Iterable[str]) -> Iterator[str]:
    try:
        yield from faults
    except (SQLAlchemyError, RegisterError, TypeError, ValueError, OverflowError, MemoryError) as error:
        what = (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
        yield f"the register cannot be read to its end ({what}); take it from a backup"


def _verify(reader: Reader, heads: Iterable[Head]) -> Iterator[str]:
    chain, recount = Chain(heads), Recount()
    mentions, evidence = Mentions(reader), Evidence(reader)
    witnessed: list[tuple[int, HeadWitnessed]] = []
    for row in reader.rows():
        number, *_, body = row
        read, wrong = chain.take(bytes(body))
        yield from wrong
        if read is None:
            mentions.tell(number, None)
            continue
        if row[:4] != (read.number, read.prev, chain.hash, read.request):
            yield from _columns(row, event_of(read, chain.hash))
        if not mentions.tell(number, read.data):
            yield f"event {number}: the index of what it is about is not complete; {_MEND}"
        yield from recount.take(read, chain.hash)
        evidence.note(read.number, read.data)
        if isinstance(read.data, HeadWitnessed):
            witnessed.append((read.number, read.data))
    yield from chain.end()
    if mentions.more:
        yield f"the index names event {mentions.more}, which is not there; {_MEND}"
    yield from evidence.end()
    yield from (f"the request {one} stands there twice" for one in reader.repeated())
    for number, fact in witnessed:
        if len(fact.hash) < SHORTEST or not (reader.hash(fact.number) or "").startswith(fact.hash):
            yield f"event {number}: {fact.witness} has seen another event {fact.number}"


def _columns(row: tuple[Any, ...], event: Event) -> Iterator[str]:
    for place, name in enumerate(("number", "prev", "hash", "request")):
        if row[place] != getattr(event, name):
            yield f"event {event.number}: the column {name} beside it says {row[place]}"
