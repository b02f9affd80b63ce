"""The workspace with its register: what a use case opens, and how it reads a history without reading everything."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import FindingsError, LostRegisterError, NoRegisterError, UsageError
from paraph.library.written.index import COUNTRIES, INSTITUTIONS, WORKSPACE
from paraph.model.event import (
    MEMBERS,
    CirculationOpened,
    Decided,
    Event,
    Released,
    circulation_key,
    release_key,
)
from paraph.model.finding import errors
from paraph.model.library import Library
from paraph.model.member import Status
from paraph.workflow.files import read_file
from paraph.workflow.record.traces import trace

if TYPE_CHECKING:
    from paraph.library.cache import Cache
    from paraph.library.written.index import FileIndex
    from paraph.register.glance import Look
    from paraph.register.store import Register
    from paraph.standing.fold import History

_OURS = (WORKSPACE, INSTITUTIONS, COUNTRIES)


def settings(root: Path, cache: Cache | None = None, index: FileIndex | None = None) -> Library:
    """The workspace's settings and members, without glossary, clauses and documents. `cache`, `index` as in `load_for`.

    Raises FindingsError where paraph.yml or institutions.yml is wrong; a mistake in a text is no reason to turn down
    somebody's decision.
    """
    from paraph.library.load import load_settings

    library, findings = load_settings(root, cache, index)
    wrong = [finding for finding in errors(findings) if library is None or finding.file in _OURS]
    if library is None or wrong:
        raise FindingsError(wrong)
    return library


def to_look(root: Path) -> Library:
    """The settings for who only looks at what is on record: a mistake in the entry of an institution, left out then,
    is no reason to turn down that. Raises FindingsError where paraph.yml cannot be read."""
    from paraph.library.load import load_settings

    library, findings = load_settings(root)
    if library is None:
        raise FindingsError(errors(findings))
    return library


def address(library: Library) -> str:
    """Where the register is: PARAPH_REGISTER, or `register` in paraph.yml."""
    return os.environ.get("PARAPH_REGISTER") or library.workspace.register


@contextmanager
def opened(root: Path, library: Library, *, create: bool = False) -> Iterator[Register]:
    """The register of the workspace. Raises NoRegisterError where there is none, unless `create` begins one, and
    LostRegisterError where there seems to have been one."""
    from paraph.register.store import Register

    with _told_if_lost(root):
        register = Register.open(address(library), root, create=create)
    try:
        yield register
    finally:
        register.close()


@contextmanager
def looked(root: Path, library: Library) -> Iterator[Look]:
    """The register of the workspace, for a question that reads a little of it. Raises as `opened` does."""
    from paraph.register.glance import glance

    with ExitStack() as stack:
        with _told_if_lost(root):
            reader = stack.enter_context(glance(address(library), root))
        yield reader


@contextmanager
def _told_if_lost(root: Path) -> Iterator[None]:
    """Turn NoRegisterError into LostRegisterError where something in the workspace shows that there was a register."""
    try:
        yield
    except NoRegisterError as error:
        if sign := trace(root):
            advice = "Name it, in PARAPH_REGISTER or paraph.yml, or bring it back."
            raise LostRegisterError(f"{error.message}, though {sign}", advice) from error
        raise


@contextmanager
def if_begun() -> Iterator[None]:
    """Leave a block where there is no register yet, as `suppress` does; where it is lost, nothing true can be said of
    standing, and LostRegisterError goes on."""
    try:
        yield
    except LostRegisterError:
        raise
    except NoRegisterError:
        pass


@contextmanager
def opened_here(start: Path, where: str = "") -> Iterator[tuple[Register, Path]]:
    """The register at `where`, a file or an address, without any workspace; "": that of the workspace at `start`.

    With it comes the folder of the workspace, or `start`. Raises UsageError where there is neither.
    """
    from paraph.register.store import Register
    from paraph.workflow.desk import workspace

    if not where:
        root = workspace(start)
        with opened(root, to_look(root)) as register:
            yield register, root
        return
    path = Path(where)
    if "://" not in where and not path.is_file():
        raise UsageError(f"there is no register {where}", "Name its file, or its address.")
    register = Register.open(where if "://" in where else f"sqlite:///{path.resolve()}", start)
    try:
        yield register, start
    finally:
        register.close()


def history_of(reader: Look, keys: Iterable[str]) -> History:
    """The history of everything that has one of `keys` (see `Fact.about`), of the members, of the circulations in which
    any of it was put to the members, and of its releases."""
    from paraph.standing.fold import History

    history = History()
    for event in events_of(reader, keys):
        history.add(event)
    return history


def events_of(reader: Look, keys: Iterable[str]) -> tuple[Event, ...]:
    """The events that make the history of `keys`, in order."""
    events = {event.number: event for event in reader.events(about=(MEMBERS, *dict.fromkeys(keys)))}
    events |= {event.number: event for event in reader.events(about=_beside(events.values()))}
    return tuple(events[number] for number in sorted(events))


def keys_behind(events: Iterable[Event], keys: Iterable[str]) -> tuple[str, ...]:
    """The keys to watch for news: whatever will change the history of `keys` is about one of them.

    `events` are those that this history is made of now.
    """
    return tuple(dict.fromkeys((MEMBERS, *keys, *_beside(events))))


def _beside(events: Iterable[Event]) -> list[str]:
    """The keys of the circulations and releases that these events belong to."""
    facts = [event.fact for event in events]
    asked = {circulation_key(fact.circulation) for fact in facts if isinstance(fact, CirculationOpened | Decided)}
    return sorted(asked | {release_key(fact.reference) for fact in facts if isinstance(fact, Released)})


def new_request() -> str:
    """A fresh id for one call that appends: under the same id, nothing is written twice."""
    import uuid

    return str(uuid.uuid4())


def keep(register: Register, path: Path) -> str:
    """Keep a file as evidence and return its digest. Raises UsageError where it cannot be read."""
    try:
        return register.keep(read_file(path))
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}", "Name the file that proves the decision."
        ) from error


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is a member on a day, by the files: ids by what they are."""

    active: tuple[str, ...]
    invited: tuple[str, ...]


def roll(library: Library, day: dt.date) -> Roll:
    """The members of that day: those active, and those invited (awaiting validation, observers)."""
    status = {id_: one.status_on(day) for id_, one in library.institutions.items()}
    return Roll(
        tuple(id_ for id_, one in status.items() if one is Status.ACTIVE),
        tuple(id_ for id_, one in status.items() if one in (Status.PENDING, Status.OBSERVER)),
    )
