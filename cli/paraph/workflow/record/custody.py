"""Keeping the register: whether it is whole, who holds its head, whom and what it forgets."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from paraph.errors import BrokenError, UsageError
from paraph.library.written.suggest import did_you_mean
from paraph.markup.canonical import canonical, character_problems
from paraph.model.event import RELEASES, Draft, Event, Head, HeadWitnessed, Released
from paraph.model.fault import Fault
from paraph.model.person import Person
from paraph.model.release import RECORD
from paraph.workflow.files import read_file, write
from paraph.workflow.record.ledger import address, new_request, opened, settings, to_look

if TYPE_CHECKING:
    from paraph.register.reader import Reader

_SHORTEST = 8
"""Digits of a digest that name a file well enough for a person to type."""
_ADDRESS = re.compile(r"\S@\S")


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a verification found: `faults`, and the head; `held` counts the heads from outside that it was held against,
    `beyond` the events after the last of them, which no head vouches for; `released` the releases in the workspace
    whose records have one, too. `only_read` is a register whose tables are of an older paraph."""

    faults: tuple[Fault, ...]
    head: Head
    held: int
    beyond: int
    released: int
    only_read: bool


def verify(root: Path, heads: Iterable[Head] = ()) -> Verdict:
    """Whether the register is whole, and the one of which others hold `heads` and the releases here have theirs."""
    from paraph.register.verify import verify as verified

    outside, released = tuple(heads), tuple(_released_heads(root))
    with opened(root, to_look(root)) as register, register.reading() as reader:
        faults, head, only_read = tuple(verified(reader, (*outside, *released))), reader.head(), reader.only_read
        if not faults:  # only a register that is whole can say what was released
            faults = tuple(_altered_releases(root, reader))
    last = max((one.number for one in outside), default=0)
    beyond = max(head.number - last, 0)
    return Verdict(
        faults=faults, head=head, held=len(outside), beyond=beyond, released=len(released), only_read=only_read
    )


def _released_heads(root: Path) -> Iterator[Head]:
    """The heads in the records of releases: a history that was written anew has others. What is no record is passed
    over, and named as an altered file."""
    from paraph.library.release_record import LARGEST, read_statement
    from paraph.workflow.releases.shelf import FOLDER

    for path in sorted(root.glob(f"{FOLDER}/[!.]*/{RECORD}")):
        with suppress(BrokenError, OSError):
            yield read_statement(read_file(path, LARGEST)).record.head


def _altered_releases(root: Path, reader: Reader) -> Iterator[Fault]:
    """Files of releases that are not as they were recorded; a folder that is elsewhere is not looked for, nor are files
    that are `passing`."""
    from paraph.model.release import SUMS
    from paraph.workflow.releases.fates import announced, recorded_fates
    from paraph.workflow.releases.shelf import FOLDER, NOTICE, SIGNATURES, folder_of, passing, strangers

    yield from (Fault("released-file", one) for one in strangers(root, reader))
    fates = recorded_fates(reader)
    for event in reader.events((RELEASES,)):
        if not isinstance(event.fact, Released):
            continue
        folder = root / FOLDER / folder_of(event.fact.reference)
        if not folder.is_dir():
            continue
        there = {path.name: path for path in folder.iterdir() if not passing(path.name)}
        for name in sorted({*event.fact.files, *there} - {SUMS, SIGNATURES, NOTICE}):
            where, what = f"{FOLDER}/{folder.name}/{name}", ""
            if name not in event.fact.files:
                what = f"{where} is no file of the release {event.fact.reference}"
            elif not (path := there.get(name)) or not path.is_file():
                what = f"{where}, released as {event.fact.reference}, is not there"
            elif _digest(path) != event.fact.files[name]:
                what = f"{where} is not the file that was released as {event.fact.reference} (event {event.number})"
            if what:
                yield Fault("released-file", what, event.number)
        facts = announced(reader, event.fact.reference) if NOTICE in there else ()
        issued = {(name, digest) for _, fate in facts for name, digest in fate.notice.items()}
        last = fates[event.fact.reference].notice
        for path in sorted((folder / NOTICE).iterdir()) if issued else ():
            if passing(path.name):
                continue
            where = f"{FOLDER}/{folder.name}/{NOTICE}/{path.name}"
            found = _digest(path) if path.is_file() else ""
            if (path.name, found) not in issued:
                yield Fault("released-file", f"{where} is no notice of {event.fact.reference} on record", event.number)
            elif last.get(path.name, found) != found:
                what = f"{where} is an earlier notice of {event.fact.reference}: “paraph rebuild -o” makes the last one"
                yield Fault("released-file", what, event.number)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def head(root: Path) -> Head:
    """Where the register stands."""
    with opened(root, to_look(root)) as register, register.reading() as reader:
        return reader.head()


def witness(root: Path, name: str, at: dt.datetime) -> tuple[Head, Event]:
    """Record that `name`, an institution or a place, holds the head as it is now: the head, and the event of that.

    Raises UsageError for a name that holds an e-mail address, and where nothing is on record yet.
    """
    words, seen = impersonal(name, "a witness"), list[Head]()
    with opened(root, settings(root)) as register:
        request = new_request()

        def decide(reader: Reader) -> list[Draft]:
            seen[:] = [reader.head()]
            if not seen[0].number:
                raise UsageError("nothing is on record yet", "A head can be held once something is.")
            fact = HeadWitnessed(number=seen[0].number, hash=seen[0].hash, witness=words)
            return [Draft(fact=fact, request=request)]

        (event,) = register.append(decide, at)
    return seen[0], event


def impersonal(text: str, what: str) -> str:
    """`text` as it goes into the chain, where nothing is ever deleted. Raises UsageError for an e-mail address in it,
    for characters that nobody sees, and where it is empty."""
    words = canonical(text)
    if not words:
        raise UsageError(f"{what} must be named")
    if _ADDRESS.search(words):
        advice = "What is recorded cannot be deleted. Name the institution or the place, and no person."
        raise UsageError(f"“{words}” holds an e-mail address", advice)
    if problems := character_problems(words):
        raise UsageError(problems[0].message, problems[0].advice)
    return words


def persons(root: Path) -> tuple[Person, ...]:
    """Everybody whose name is known, by institution and name."""
    with opened(root, to_look(root)) as register, register.reading() as reader:
        return reader.persons()


def forget(root: Path, who: str) -> tuple[Person, ...]:
    """Forget a person, by id or by name: whom that was (of one name at several institutions, all of them).

    Raises UsageError where nobody is known by it.
    """
    with opened(root, settings(root)) as register:
        with register.reading() as reader:
            known = reader.persons()
        found = tuple(one for one in known if who in (one.id, one.name))
        if not found:
            near = did_you_mean(who, [one.name for one in known])
            raise UsageError(f"nobody is known as “{who}”", f"{near} “paraph register persons” lists them.".strip())
        for one in found:
            register.forget(one.id)
    return found


def erase(root: Path, digest: str, reason: str, at: dt.datetime) -> Event:
    """Erase a file kept as evidence, on record. `digest` may be shortened. Raises UsageError where there is none."""
    words = impersonal(reason, "the reason")
    with opened(root, settings(root)) as register:
        with register.reading() as reader:
            whole = _whole(reader, digest)
        return register.erase(whole, words, at)


def evidence(root: Path, digest: str, target: Path | BinaryIO, *, force: bool = False) -> tuple[str, int]:
    """Write a file kept as evidence to `target`: its whole digest, and its size in bytes.

    Raises UsageError where there is none, and where `target` is there already, unless `force`.
    """
    if isinstance(target, Path) and target.exists() and not force:
        raise UsageError(f"{target} is there already", "Name a new file, or add --force.")
    with opened(root, to_look(root)) as register, register.reading() as reader:
        whole = _whole(reader, digest)
        data = reader.evidence(whole)
    assert data is not None
    if isinstance(target, Path):
        write(target, data)
    else:
        target.write(data)
    return whole, len(data)


def _whole(reader: Reader, digest: str) -> str:
    found = [one for one in reader.kept() if one.startswith(digest.lower())] if len(digest) >= _SHORTEST else []
    if len(found) == 1:
        return found[0]
    if digest in reader.erased():
        raise UsageError(f"the file {digest} was erased", f"“paraph register log --about {digest}” says why.")
    what = f"several files begin with {digest}" if found else f"no file is kept as {digest}"
    raise UsageError(what, f"“paraph register log” shows the digests; at least {_SHORTEST} digits name one.")


def upgrade(root: Path) -> tuple[str, str, bool]:
    """Bring the register’s tables to those of this paraph: their revision before and now, and whether the index of what
    events are about had to be mended."""
    from paraph.register.store import Register

    library = settings(root)
    before, now = Register.upgrade(address(library), root)
    with opened(root, library) as register:
        return before, now, register.reindex()
