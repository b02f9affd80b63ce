"""Delivery: only what changed is sent, and what was cut off is completed by the next run.

What a target has is kept at the target (`state`). Before a batch is sent, `batch-N.json` names its files; once it is
sent, with their digests. So whatever a run left when it was cut off is known to the next: it is sent again or taken
away, and nothing else ever is. Files that are not named there were made by somebody else, unless they are to the byte
what is to be sent; they are never written over nor deleted: before a batch is sent, the target is asked what stands
where it is to be written and deleted, and on the way there. A link is nobody's way: what it leads to is somebody
else's.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from paraph.errors import BrokenError, RefusedError
from paraph.publish.origin import Origin
from paraph.publish.state import STATE, BehindError, Place, Sent, Turn, digest_of, there
from paraph.publish.unit import Unit

_BATCH = 200
"""Units that are sent before the target is told what it has."""

_TRIES = 3
"""How often it is looked anew at a target where somebody else writes, before that is said."""


class Kind(StrEnum):
    """What can stand at a path. A server that speaks WebDAV shows no links."""

    NOTHING = ""
    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "device"


def kind_of(mode: int) -> Kind:
    """What has this `st_mode`."""
    kinds = {stat.S_IFREG: Kind.FILE, stat.S_IFDIR: Kind.FOLDER, stat.S_IFLNK: Kind.LINK}
    return kinds.get(stat.S_IFMT(mode), Kind.OTHER)


def through_link(path: str) -> BrokenError:
    """What to say where a link stands at the name under which a file is written first."""
    return BrokenError(f"{path} is a link to another place", "Nothing is published through links: take it away first.")


class Target(Place, Protocol):
    """A place for files by their path. Whatever goes wrong there is a BrokenError that says what to do.

    `write` puts a file in its place: a reader finds the old one or the new one. Folders are made as needed; `delete`
    takes one away with its folder where that is then empty, and none is no mistake.
    """

    def kind(self, path: str) -> Kind:
        """What stands at a path, where all above it are folders; at "", the target itself, where a link leads."""

    def lost(self, files: Mapping[str, str]) -> Iterable[str] | None:
        """Those of `files`, by path with the first digits of their SHA-256, that are gone or others; None where that is
        not quick to tell."""


@dataclass(slots=True)
class Report:
    """What was done, or would be: paths written and deleted, and how many units were as they should be; `seen` to be
    there, or only as far as the target was told."""

    written: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    octets: int = 0
    kept: int = 0
    seen: bool = True


def deliver(
    units: Iterable[Unit],
    target: Target,
    *,
    origin: Origin | None = None,
    dry_run: bool = False,
    again: bool = False,
    tell: Callable[[str], None] = lambda path: None,
) -> Report:
    """Bring `target` to what `units` say, which are of the register `origin`. `again`: send everything, be it there or
    not.

    Where nothing is new, what was lost there since is sent again: nobody is told that everything is there unseen.

    Raises RefusedError where what is there is of another register (`Origin`), or another run begins meanwhile (`Turn`);
    and, naming them, where files of somebody else, links or anything else that is not ours stand in the way: the first
    time before anything is written, where it takes only what stands at the top; then before anything is written of the
    units with them.
    """
    _refuse_no_folder(target)
    every = tuple(units)
    for _ in range(_TRIES):
        with suppress(BehindError):
            return _delivered(every, target, origin, dry_run=dry_run, again=again, tell=tell)
    raise RefusedError("somebody else publishes there just now", advice="Nothing was written. Run it again.")


def _delivered(
    units: Iterable[Unit],
    target: Target,
    origin: Origin | None,
    *,
    dry_run: bool,
    again: bool,
    tell: Callable[[str], None],
) -> Report:
    """As `deliver`. Raises BehindError, and nothing was sent, where another run wrote there since it was looked at."""
    found = there(target)
    known = found.units
    foreign = origin is not None and origin.foreign(found.heads)
    head = (origin.head.number, origin.head.hash) if origin else None
    unsaid = bool(head and known and not found.heads)  # published before a manifest said where the register stood
    unfinished = bool(foreign or found.said.batches or found.mended)
    report, wanted = Report(), set[str]()
    todo, kept = list[Unit](), list[Unit]()
    for unit in units:
        wanted.add(unit.name)
        one = known.get(unit.name)
        (kept if one and one.mark == unit.mark and not again else todo).append(unit)
    gone = [known[name] for name in known if name not in wanted]
    if not (todo or gone or unfinished):
        missing = target.lost({path: digest for one in known.values() for path, digest in one.files.items()})
        lost, report.seen = frozenset(missing or ()), missing is not None
        todo = [unit for unit in kept if not lost.isdisjoint(known[unit.name].files)] if lost else []
        for unit in todo:
            files = known[unit.name].files
            known[unit.name] = Sent("", {**files, **dict.fromkeys(lost & files.keys(), "")})
    report.kept = len(wanted) - len(todo)
    if not (todo or gone or unfinished or unsaid):
        return report
    strangers = _Strangers(target, known)
    if not known:
        strangers.refuse_any({top for unit in todo for top in unit.tops or (unit.name.split("/")[0],)})
    strangers.refuse((path for one in gone for path in one.files), report)
    turn = None if dry_run else Turn(target, found, head)
    state = {name: sent for name, sent in known.items() if name in wanted}
    stale = {path for one in gone for path in one.files}
    for batch in _batched(todo, _BATCH):
        stale |= _send(batch, state, turn, strangers, report, again=again, tell=tell)
    present = {path for one in state.values() for path in one.files} if stale else set()
    for path in sorted(stale - present):
        if turn:
            turn.delete(path)
        report.deleted.append(path)
        tell(f"{path}: taken away")
    if turn:
        turn.end(state)
    return report


def _send(
    batch: Iterable[Unit],
    state: dict[str, Sent],
    turn: Turn | None,
    strangers: _Strangers,
    report: Report,
    *,
    again: bool,
    tell: Callable[[str], None],
) -> set[str]:
    """Make and send some units, without a turn only for show; the files that their units had and have no more."""
    made, stale, sending = {}, set(), dict[str, bytes]()
    for unit in batch:
        files = dict(unit.make())
        before = state[unit.name].files if unit.name in state else {}
        stale |= before.keys() - files.keys()
        digests = {path: digest_of(data) for path, data in files.items()}
        sending |= {path: data for path, data in files.items() if again or before.get(path) != digests[path]}
        made[unit] = (digests, before)
    strangers.refuse((*sending, *stale), report, sending)
    on_the_way = {unit.name: Sent("", {**before, **dict.fromkeys(files, "")}) for unit, (files, before) in made.items()}
    if turn:
        turn.batch(on_the_way)
    for path, data in sending.items():
        report.written.append(path)
        report.octets += len(data)
        tell(path)
        if turn:
            turn.write(path, data)
    done = {unit.name: Sent(unit.mark, digests) for unit, (digests, _) in made.items()}
    if turn:
        left = {
            name: Sent(one.mark, {**dict.fromkeys(on_the_way[name].files, ""), **one.files})
            for name, one in done.items()
        }
        turn.batch(left, sent=True)
    state.update(done)
    return stale


def _refuse_no_folder(target: Target) -> None:
    """Raise RefusedError where the target is no folder, or what it has of us lies behind a link."""
    for path, what in (("", "the target"), (STATE, f"{STATE} at the target")):
        if (kind := target.kind(path)) not in (Kind.NOTHING, Kind.FOLDER):
            advice = "Publish to a folder of its own, or take it away first. Nothing was written."
            raise RefusedError(f"{what} is a {kind} and no folder", advice=advice)
        if kind is Kind.NOTHING:
            return


class _Strangers:
    """What stands at a target and is not ours, asked for where we are about to write or to delete.

    Nothing is written or deleted but files, in folders; a folder is asked for once, and what lies in one that was not
    there needs no asking. So each release more costs few questions more than it has files to send.
    """

    def __init__(self, target: Target, known: Mapping[str, Sent]) -> None:
        self._target = target
        self._known = known
        self._folders: dict[str, Kind | str] = {"": Kind.FOLDER}

    def refuse_any(self, tops: Iterable[str]) -> None:
        """Raise RefusedError where anything has one of these names."""
        if found := {top for top in tops if self._target.kind(top) is not Kind.NOTHING}:
            raise _in_the_way(found, "Nothing was written.")

    def refuse(self, paths: Iterable[str], report: Report, sending: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """Raise RefusedError where anything but a file of ours, or the very one that is sent, stands at one of `paths`,
        or anything but a folder on the way there."""
        files, wrong = set[str](), set[str]()
        for path in paths:
            way = self._way(path.rpartition("/")[0])
            if way is not Kind.FOLDER:
                wrong.add(way)
            elif (kind := self._target.kind(path)) is Kind.FILE:
                files.add(path)
            elif kind is not Kind.NOTHING:
                wrong.add(f"{path} (a {kind}, and no file)")
        if files:
            files.difference_update(path for one in self._known.values() for path in one.files)
            files = {path for path in files if path not in sending or self._target.read(path) != sending[path]}
        if found := files | wrong - {""}:
            raise _in_the_way(found, "What was sent before is kept." if report.written else "Nothing was written.")

    def _way(self, folder: str) -> Kind | str:
        """A folder that was there before this run, or nothing; where anything else stands, what to say of it."""
        if folder not in self._folders:
            found = self._way(folder.rpartition("/")[0])
            if found is Kind.FOLDER and (found := self._target.kind(folder)) not in (Kind.FOLDER, Kind.NOTHING):
                found = f"{folder} (a {found}, and no folder)"
            self._folders[folder] = found
        return self._folders[folder]


def _in_the_way(found: Iterable[str], kept: str) -> RefusedError:
    return RefusedError(
        "the target holds files that paraph did not make",
        tuple(sorted(found)),
        f"Publish to a folder of its own, or take them away first. {kept}",
    )


def _batched(units: list[Unit], size: int) -> Iterator[tuple[Unit, ...]]:
    for n in range(0, len(units), size):
        yield tuple(units[n : n + size])
