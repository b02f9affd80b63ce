"""Who answers in a packet: whoever has the file has its token, so that a name nobody expects is to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paraph.model.library import Library

if TYPE_CHECKING:
    from paraph.register.reader import Reader

_SHORTEST = 4
"""Letters of a name that is looked for among other words."""


def unexpected(reader: Reader, library: Library, member: str, person: str) -> Iterator[str]:
    """What is strange about `person`, a name and office as typed, answering for a member; nothing where none is typed.

    It names another institution; or others have answered for the member before, and this is none of them.
    """
    said = _plain(person)
    if not said:
        return
    for own in _names(library, member):
        said = said.replace(own, " ")
    for other in library.institutions:
        if other != member and any(name in said for name in _names(library, other)):
            yield f"who answers (“{person}”) names {other}, and the packet was written for {member}"
    known = sorted(one.name for one in reader.persons() if one.member == member)
    if known and not any(_plain(one) in _plain(person) or _plain(person) in _plain(one) for one in known):
        yield f"“{person}” has not answered for {member} before: so far {', '.join(known)[:200]}"


def _names(library: Library, member: str) -> Iterator[str]:
    """The names of an institution in every language, at any time, the longest first."""
    dated = library.institutions[member].names if member in library.institutions else ()
    every = {_plain(name.name) for one in dated for name in one.names.values()}
    return iter(sorted((one for one in every if len(one) >= _SHORTEST), key=len, reverse=True))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
