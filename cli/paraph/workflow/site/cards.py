"""The releases that a website shows: from the records in releases/, or as they were, with what came since.

Two thousand records are fifty megabytes, of which a release more changes nothing. So the cards are kept, with the head
of the register that they were made at. Where the register still has that very event, and since then only releases that
concern no earlier one, those are read and the rest is as it was; in every other case everything is read again. They
are not kept anew for each of them: to write them takes longer than to read a few records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from paraph import __version__
from paraph.errors import NoRegisterError, RefusedError
from paraph.library.cache import Cache
from paraph.library.release_record import read_statement
from paraph.model.event import Fact, Head, ReleaseCorrected, Released, ReleaseWithdrawn, release_key
from paraph.model.library import Library
from paraph.model.release import RECORD, Fate, Statement
from paraph.model.workspace import Workspace
from paraph.publish.card import Card, Voice, card, mark_of
from paraph.workflow.files import read_file
from paraph.workflow.record.ledger import looked
from paraph.workflow.releases.shelf import FOLDER, folder_of, releases_of, strange_notices

_LATELY = 20
"""Events since, up to which the cards are kept as they were."""


class _Cards(msgspec.Struct, array_like=True):
    """Cards, oldest first, as they were at an event of the register."""

    head: Head
    cards: tuple[Card, ...]


def cards_of(root: Path, library: Library, cache: Cache) -> tuple[Head, tuple[Card, ...]]:
    """Where the register stands, and the releases of a workspace, oldest first; what comes meanwhile, the next run
    says. Raises RefusedError as `releases_of` does, and where there are some
    and no register: anybody can put a folder with a record there, and what was withdrawn nobody would know."""
    space = library.workspace
    key = mark_of(
        "cards as rows, days here",
        Card.__struct_fields__,
        Voice.__struct_fields__,
        tuple(Fate.__dataclass_fields__),
        __version__,
        space.time_zone,
        root,
    )
    before, since = _read(cache.get(key)), None
    try:
        with looked(root, library) as reader:
            head = reader.head()
            if before is not None and reader.hash(before.head.number) == before.head.hash:
                since = [event.fact for event in reader.events(after=before.head.number)]
    except NoRegisterError as error:
        if there := releases_of(root):
            raise RefusedError(
                "there is no register here, which alone says what was released, and withdrawn since",
                tuple(f"{FOLDER}/{one.folder.name} is on record nowhere" for one in there),
                "Publish from the workspace that has it; “register:” in paraph.yml says where it is.",
            ) from error
        return Head(), ()
    found = _with(root, space, before.cards, since) if before is not None and since is not None else None
    if found is not None and (
        {one.folder for one in found} != {one.name for one in root.glob(f"{FOLDER}/[!.]*/")}
        or strange_notices(root, {one.reference: one.fate for one in found})
    ):
        found = None  # `releases_of` names what is not there, or was never recorded
    cards = found if found is not None else _all(root, space)
    if found is None or since is None or len(since) > _LATELY:
        cache.put(key, msgspec.msgpack.encode(_Cards(head=head, cards=cards)))
    return head, _refused(root, library, cards) if any(one.provisional for one in cards) else cards


def _refused(root: Path, library: Library, cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """The cards, with when the members did not adopt what was released provisionally (22a): that changes with
    circulations, and is looked up each time."""
    from paraph.workflow.releases.refused import refused_on

    keys = [release_key(one.reference) for one in cards if one.provisional]
    with looked(root, library) as reader:
        facts = [one.fact for one in reader.events(keys) if isinstance(one.fact, Released)]
        days = {one.reference: day for one in facts if (day := refused_on(reader, one))}
    return tuple(
        msgspec.structs.replace(one, refused=days[one.reference], joined=()) if one.reference in days else one
        for one in cards
    )


def _read(data: bytes | None) -> _Cards | None:
    try:
        return msgspec.msgpack.decode(data, type=_Cards) if data else None
    except (msgspec.MsgspecError, ValueError):
        return None


def _with(root: Path, space: Workspace, cards: tuple[Card, ...], since: Iterable[Fact]) -> tuple[Card, ...] | None:
    """The cards with releases that came since; None where what came concerns those that were there."""
    new, there = [], {one.document for one in cards}
    for fact in since:
        if isinstance(fact, ReleaseCorrected | ReleaseWithdrawn) or (isinstance(fact, Released) and fact.others):
            return None
        if isinstance(fact, Released):
            try:
                data = read_file(root / FOLDER / folder_of(fact.reference) / RECORD)
            except OSError:
                return None
            digest = hashlib.sha256(data).hexdigest()
            if fact.files.get(RECORD) != digest:
                return None  # `releases_of` says what is wrong
            statement = read_statement(data)
            record = statement.record
            if record.corrects or record.replaces or record.document.id in there:
                return None
            there.add(record.document.id)
            day = space.day(record.released)
            new.append(card(folder_of(fact.reference), digest, statement, Fate(known=True), day))
    return _sorted([*cards, *new])


def _all(root: Path, space: Workspace) -> tuple[Card, ...]:
    return _sorted(
        [
            card(
                one.folder.name,
                one.digest,
                Statement(files=one.files, record=one.record),
                one.fate,
                space.day(one.record.released),
            )
            for one in releases_of(root)
        ]
    )


def _sorted(cards: list[Card]) -> tuple[Card, ...]:
    return tuple(sorted(cards, key=lambda one: (one.day, one.released, one.folder)))
