"""What a target says that it has, and whose turn it is there: the files in its folder `.paraph-site`.

`manifest.json` names every unit with its mark and its files with their digests, `batch-N.json` those that a run is
sending. `turn.json` says which run was the last that began to write. A run looks there again while it writes: where
another one has begun since, it stops, and that one knows from the batches what it left. Between a look and what is
written next nothing can be locked at most targets. So what an overtaken run may have written too late does no harm:
files are named in `late.json`, and sent again by the next run; where the manifest is not that of which `ended.json`
says that it should stand, everything is sent again, and the files that came with that are known from there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple, Protocol, TypeVar
from uuid import uuid4

import msgspec

from paraph.errors import BrokenError, RefusedError
from paraph.model.event import Head

STATE = ".paraph-site"
MANIFEST = f"{STATE}/manifest.json"
TURN = f"{STATE}/turn.json"
ENDED = f"{STATE}/ended.json"
LATE = f"{STATE}/late.json"

_MOST_BATCHES = 1_000
"""No run leaves as many: a server that has any file that it is asked for would have them without end."""

_SECONDS = 1.0
"""For so long after a look nobody is looked for again: a page that is sent in less costs no question of its own."""


_T = TypeVar("_T")


class Place(Protocol):
    """What is asked of a target here: as `Target`."""

    def read(self, path: str) -> bytes | None:
        """A file, or None."""

    def write(self, path: str, data: bytes) -> None:
        """Put a file in its place."""

    def delete(self, path: str) -> None:
        """Take a file away."""

    def flush(self) -> None:
        """What was written is there to stay when this returns."""


def digest_of(data: bytes) -> str:
    """The first digits of the SHA-256 of a file, as the manifest has them."""
    return hashlib.sha256(data).hexdigest()[:32]


class Sent(msgspec.Struct, frozen=True, array_like=True):
    """A unit at the target: its mark, and its files by path with the first digits of their SHA-256 ("": on the way)."""

    mark: str
    files: dict[str, str]


class _Manifest(msgspec.Struct, omit_defaults=True):
    """The units at a target by name, and where the register stood that they are of; in a batch, whose it is."""

    v: int
    units: dict[str, Sent]
    head: tuple[int, str] | None = None
    run: str = ""


class _Turn(msgspec.Struct, omit_defaults=True):
    """The `run` that began last, with its register at `head`."""

    run: str = ""
    head: tuple[int, str] | None = None


class _Ended(msgspec.Struct, omit_defaults=True):
    """The digest of the manifest of the run that ended last, with its register at `head`, and the `files` that came
    with that."""

    manifest: str = ""
    head: tuple[int, str] | None = None
    files: tuple[str, ...] = ()


class Said(NamedTuple):
    """What a target says: ENDED, LATE, MANIFEST, and the batches that a run has left that was cut off or is still at
    it; None for what is not there."""

    ended: bytes | None
    late: bytes | None
    manifest: bytes | None
    batches: tuple[bytes | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class There:
    """What a target has: units by name, those of which it is not certain without a mark; up to which events it was
    told, and whether something is to be `mended`; what it was read from."""

    units: dict[str, Sent]
    heads: tuple[Head, ...]
    mended: bool
    turn: bytes | None
    said: Said


def there(target: Place) -> There:
    """What the target has. Raises BrokenError where what it says of that cannot be."""
    said, turn = _said(target), target.read(TURN)
    units, heads, sender = dict[str, Sent](), _heads(_turn(turn).head), dict[str, str]()
    for number, data in enumerate((said.manifest, *said.batches)):
        if data is None:
            continue
        read = _decoded(data, _batch(number) if number else MANIFEST)
        heads += _heads(read.head)
        for name, one in read.units.items():
            files = {**units[name].files, **one.files} if name in units else one.files
            mark = one.mark
            if number and sender.setdefault(name, read.run) != read.run:  # which of two was there last nobody can say
                files = dict.fromkeys(files, "")
            if number and "" in files.values():  # something is to be sent or taken away
                mark = ""
            units[name] = Sent(mark, files)
    last = _Ended() if said.ended is None else _read(said.ended, ENDED, _Ended)
    _refuse_outside(last.files, ENDED)
    heads += _heads(last.head)
    if other := said.ended is not None and last.manifest != digest_of(said.manifest or b""):
        units = {name: Sent("", dict.fromkeys(one.files, "")) for name, one in units.items()}
        units[ENDED] = Sent("", dict.fromkeys(last.files, ""))
    if said.late is not None:
        units = _doubted(units, _decoded(said.late, LATE).units)
    return There(
        units=units,
        heads=tuple(heads),
        mended=other or said.late is not None,
        turn=turn,
        said=said,
    )


def _said(target: Place) -> Said:
    ended, late, manifest = (target.read(path) for path in (ENDED, LATE, MANIFEST))
    batches = list[bytes | None]()
    for number in range(1, _MOST_BATCHES + 1):
        batches.append(target.read(_batch(number)))
        if batches[-2:] == [None, None]:  # one may have been taken away too late
            return Said(ended, late, manifest, tuple(batches[:-2]))
    raise BrokenError(f"the target says that it has {_batch(_MOST_BATCHES)}", "Is it the right address?")


def _doubted(units: Mapping[str, Sent], late: Mapping[str, Sent]) -> dict[str, Sent]:
    """The units, those with a file that came late without a mark; what is in none of them is to be taken away."""
    files = {path for one in late.values() for path in one.files}
    found = {
        name: Sent("", {**one.files, **dict.fromkeys(files & one.files.keys(), "")})
        if not files.isdisjoint(one.files)
        else one
        for name, one in units.items()
    }
    return {**found, LATE: Sent("", dict.fromkeys(files, ""))}


class BehindError(Exception):
    """Another run has begun, or written, since what is there was looked at, and this one has not begun."""


class Turn:
    """The turn of a run to write: taken with the first thing that it writes, and held until another run begins."""

    def __init__(self, target: Place, before: There, head: tuple[int, str] | None) -> None:
        self._target, self._before, self._head = target, before, head
        self._run, self._since, self._looked = "", list[str](), 0.0
        self._batches = len(before.said.batches)

    def write(self, path: str, data: bytes) -> None:
        """Put a file in its place. Raises BehindError, and RefusedError where another run has begun since this did."""
        self._look(now=False)
        self._since.append(path)
        self._target.write(path, data)

    def delete(self, path: str) -> None:
        """Take a file away. Raises as `write`."""
        self._look(now=False)
        self._since.append(path)
        self._target.delete(path)

    def batch(self, units: dict[str, Sent], *, sent: bool = False) -> None:
        """Tell what is sent next, or that it was `sent` and is there to stay. Raises as `write`."""
        self._batches += not sent
        if sent:
            self._target.flush()
        self._tell(_batch(self._batches), units)

    def end(self, units: dict[str, Sent]) -> None:
        """Tell what the target has now, be it sent by this run or not. Raises as `write`."""
        known = {path for one in self._before.units.values() for path in one.files}
        new = {path for one in units.values() for path in one.files} - known
        self._target.flush()
        last = self._tell(MANIFEST, units)
        self._target.flush()
        self._look()
        ended = _Ended(manifest=last, head=self._head, files=tuple(sorted(new)))
        self._target.write(ENDED, msgspec.json.encode(ended))
        late = (LATE,) if self._before.said.late is not None else ()
        for path in (*late, *(_batch(number) for number in range(self._batches, 0, -1))):
            if self._other():  # they are that one's now
                return
            self._target.delete(path)

    def _tell(self, path: str, units: dict[str, Sent]) -> str:
        """Write it; its digest."""
        self._look()
        run = "" if path == MANIFEST else self._run
        told = _Manifest(v=1, units=units, head=self._head, run=run)
        data = msgspec.json.encode(told, order="deterministic")
        self._target.write(path, data)
        return digest_of(data)

    def _look(self, *, now: bool = True) -> None:
        """Begin; and then raise RefusedError where another run has begun: what was written since the last look came too
        late then."""
        if not self._run:
            self._begin()
            return
        at = monotonic()
        if not now and at - self._looked < _SECONDS:
            return
        if other := self._other():
            self._late()
            event = f", with the register at event {other.head[0]}" if other.head else ""
            raise RefusedError(
                f"another “paraph publish” has begun to write there since{event}",
                advice="This one has stopped, and what it sent is completed or taken away. Run it again once that one "
                "has ended.",
            )
        self._looked = at
        self._since.clear()

    def _begin(self) -> None:
        if self._target.read(TURN) != self._before.turn:
            raise BehindError
        self._run, self._looked = uuid4().hex, monotonic()
        self._target.write(TURN, msgspec.json.encode(_Turn(run=self._run, head=self._head)))
        if _said(self._target) != self._before.said:
            raise BehindError

    def _other(self) -> _Turn | None:
        """The turn of another run, where one has begun."""
        now = _turn(self._target.read(TURN))
        return now if now.run != self._run else None

    def _late(self) -> None:
        if self._since:
            before = self._target.read(LATE)
            units = _decoded(before, LATE).units if before is not None else {}
            units[self._run] = Sent("", dict.fromkeys(self._since, ""))
            self._target.write(LATE, msgspec.json.encode(_Manifest(v=1, units=units)))


def _decoded(data: bytes, path: str) -> _Manifest:
    read = _read(data, path, _Manifest)
    _refuse_outside([name for sent in read.units.values() for name in sent.files], path)
    return read


def _turn(data: bytes | None) -> _Turn:
    return _Turn() if data is None else _read(data, TURN, _Turn)


def _read(data: bytes, path: str, type_: type[_T]) -> _T:
    try:
        return msgspec.json.decode(data, type=type_)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BrokenError(
            f"{path} at the target cannot be read: {error}",
            "It says which files are ours. Publish to a new folder; nothing was written.",
        ) from error


def _refuse_outside(names: Collection[str], path: str) -> None:
    if names and _leads_out(f"/{'/|/'.join(names)}/"):  # thirty thousand at a glance
        outside = next(name for name in names if _leads_out(f"/{name}/"))
        raise BrokenError(f"{path} at the target names a file outside of it: {outside[:80]!r}", "Nothing was written.")


def _leads_out(path: str) -> bool:
    """Whether a path with a slash before and behind it leads elsewhere than down."""
    return any(step in path for step in ("//", "/../", "\\"))


def _heads(head: tuple[int, str] | None) -> list[Head]:
    return [Head(number=head[0], hash=head[1])] if head else []


def _batch(number: int) -> str:
    return f"{STATE}/batch-{number}.json"
