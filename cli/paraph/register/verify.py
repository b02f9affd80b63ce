"""Everything that a register can be asked about itself: its chain, what was made from it, and what stands beside it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy.exc import SQLAlchemyError

from paraph.errors import RegisterError
from paraph.model.event import Head, HeadWitnessed
from paraph.model.fault import Fault
from paraph.register.chain import SHORTEST, Chain, faults
from paraph.register.codec import stored
from paraph.register.evidence import Evidence
from paraph.register.indexes import Indexes
from paraph.register.mentions import Mentions
from paraph.register.reader import Reader
from paraph.register.recount import Recount
from paraph.register.usual import runs

__all__ = ["faults", "verify"]

_LONG = 20_000
"""Events from which on a second process is worth its start, about half a second."""

_MEND = "“paraph register upgrade” mends it"
_Found: TypeAlias = tuple[Fault, ...]


def verify(reader: Reader, heads: Iterable[Head] = ()) -> Iterator[Fault]:
    """What is wrong with a register; nothing where all of it is as it should be.

    - the database: whole by its own account, its indexes those of its rows, with the triggers that keep it append-only;
    - the chain: canonical, hashed, linked, and the one of which others hold `heads` or have witnessed them;
    - the columns beside each event, and the index of what it is about, say what the event says;
    - versions have the digests of their words; tallies are what the decisions before them come to;
    - every file named as evidence, or as a source, is kept and whole, or was erased on record.

    Events are read one by one, twice: by themselves and in their places, and for what they mean together, which of a
    long register another process does meanwhile. What stays in memory is a few hundred bytes a decision. Where the
    database cannot be read to its end, that is a fault.
    """
    with ExitStack() as stack:
        stack.enter_context(_uncollected())
        damage = stack.enter_context(ThreadPoolExecutor(1)).submit(_all_of, reader.damage())
        apart = _apart(stack, reader)
        said = _all_of(_chain(reader, heads))
        try:
            said += apart.result() if apart else _all_of(_meaning(reader))
        except (BrokenExecutor, OSError):  # it was killed, or could not begin
            said += _all_of(_meaning(reader))
        said += damage.result()
    yield from dict.fromkeys(said)


def _apart(stack: ExitStack, reader: Reader) -> Future[_Found] | None:
    """What a process of its own finds out about the meaning of events; None where one is not worth it.

    It sees the register a moment later, with events that were added meanwhile.
    """
    try:
        if reader.head().number < _LONG or (os.cpu_count() or 1) == 1:
            return None
        executor = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
        return executor.submit(_meaning_at, reader.address)
    except (OSError, SQLAlchemyError):
        return None


def _meaning_at(address: str) -> _Found:
    from paraph.register.store import Register

    register = Register.open(address, Path())
    try:
        with _uncollected(), register.reading() as reader:
            return _all_of(_meaning(reader))
    finally:
        register.close()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hardly anything that is read refers to itself: to look for what does takes a tenth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _all_of(faults: Iterable[Fault]) -> _Found:
    return tuple(_to_the_end(faults))


def _to_the_end(faults: Iterable[Fault]) -> Iterator[Fault]:
    try:
        yield from faults
    except (SQLAlchemyError, RegisterError, TypeError, ValueError, OverflowError, MemoryError) as error:
        what = (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
        yield Fault("damage", f"the register cannot be read to its end ({what}); take it from a backup")


def _chain(reader: Reader, heads: Iterable[Head]) -> Iterator[Fault]:
    """Each event by itself and in its place, and what stands beside it."""
    chain, indexes = Chain(heads), Indexes(reader)
    witnessed: list[tuple[int, HeadWitnessed]] = []
    for some in reader.rows():
        columns = tuple(zip(*some, strict=True))
        indexes.note(columns)
        for part, run in runs(columns[4]):
            if run and chain.follow([one[part] for one in columns], run):
                continue
            for row in some[part]:
                body, strange = stored(row[4])
                read, wrong = chain.take(body)
                if strange:
                    what = f"event {chain.number}: it is stored as {strange}, not as the bytes that were hashed"
                    yield Fault("column", what, chain.number)
                yield from wrong
                if read is None:
                    continue
                number, prev, request, fact = read
                if row[:4] != (number, prev, chain.hash, request):
                    yield from _columns(row, (number, prev, chain.hash, request))
                if isinstance(fact, HeadWitnessed):
                    witnessed.append((number, fact))
    yield from chain.end()
    for number, fact in witnessed:
        if len(fact.hash) < SHORTEST or not (reader.hash(fact.number) or "").startswith(fact.hash):
            what = f"event {number}: {fact.witness} has seen another event {fact.number}"
            yield Fault("witness", what, number)
    yield from indexes.strayed()


def _columns(row: tuple[Any, ...], said: tuple[int, str, str, str]) -> Iterator[Fault]:
    for name, column, right in zip(("number", "prev", "hash", "request"), row, said, strict=False):
        if column != right:
            yield Fault("column", f"event {said[0]}: the column {name} beside it says {column}", said[0])


def _meaning(reader: Reader) -> Iterator[Fault]:
    """What events say together, the index of what they are about, and the files they rest on."""
    evidence, mentions = Evidence(reader), Mentions(reader)
    recount = Recount(evidence)
    for number, body in reader.numbered():
        about, wrong = recount.take(stored(body)[0])
        if wrong:
            yield from wrong
        if not mentions.tell(number, about):
            what = f"event {number}: the index of what it is about is not complete; {_MEND}"
            yield Fault("mention", what, number)
    if mentions.more:
        yield Fault("mention", f"the index names event {mentions.more}, which is not there; {_MEND}")
    yield from evidence.end()
