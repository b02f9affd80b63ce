"""Who answers in a packet: whoever has the file has its token, so that a name nobody knows is to be looked at.

Where a name is expected people also write conditions and refusals (“Ana Borg, subject to our board”, “Not agreed”), and
neither a list of words nor the form of a name tells those from names. So only what is exactly a name on record, or one
of the institution’s own, passes without a person; once somebody has looked and said yes, the name is on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paraph.model.library import Library
from paraph.review.returned.pair import short
from paraph.review.returned.reply import Head

if TYPE_CHECKING:
    from paraph.register.reader import Reader

_ADDRESS = re.compile(r"<?[^\s<>\",;]+@[^\s<>\",;]+>?")
_WORDS = re.compile(r"\w+|[^\w\s,;.\"'<>()-]")
_NOBODY = ("undisclosed-recipients:;", "undisclosed-recipients: ;", "Undisclosed recipients:;")
"""What programs write where they say to nobody whom an e-mail went to."""
_OFFICE = re.compile("[,،，、]")
"""What stands between a name and its office, in whatever script: a comma."""
_SHORTEST = 4
"""Letters of a name that is looked for among other words."""


def unexpected(reader: Reader, library: Library, member: str, person: str) -> Iterator[str]:
    """What is strange about `person`, a name and office as typed, answering for a member; nothing where none is typed.

    Nobody has answered for the member under just this name; or it names another institution.
    """
    if not person or is_known(reader, library, member, person):
        return
    said = _plain(person)
    for own in _names(library, member):
        said = said.replace(own, " ")
    for other in library.institutions:
        if other != member and any(name in said for name in _names(library, other)):
            yield f"who answers (“{person}”) names {other}, and the packet was written for {member}"
    known = ", ".join(sorted(one.name for one in reader.persons() if one.member == member))
    before = f"so far {known[:200]}" if known else "nobody did"
    yield f"“{person}” stands for the name, and has not answered for {member} before ({before}): is it only a name?"


def unexpected_sender(reader: Reader, library: Library, member: str, head: Head) -> Iterator[str]:
    """The same of the name that an e-mail gives its sender; nothing where it gives an address alone. So of those to
    whom it went, where a name says more than the address behind it.

    It comes to be on record by the name in a packet only: who forwards an answer is often nobody of the member’s.
    """
    name = _bare(head.sender)
    if name and not is_known(reader, library, member, name):
        yield f"the e-mail is from “{short(name)}”, a name not on record for {member}: is it only a name?"
    for one in head.others:
        addresses = set(_WORDS.findall(" ".join(_ADDRESS.findall(one)).casefold()))
        said = _WORDS.findall(_bare(one).casefold())
        if not (addresses.issuperset(said) or one in _NOBODY or is_known(reader, library, member, _bare(one))):
            yield f"the e-mail went to, or is to be answered to, “{short(_bare(one))}”: is it only a name?"


def is_known(reader: Reader, library: Library, member: str, name: str) -> bool:
    """Whether `name` is, but for case and spaces, that of a person on record for the member, with or without the office
    behind it (“Ana Borg, Head of Office”), or the member’s own."""
    persons = {_plain(one.name) for one in reader.persons() if one.member == member}
    bare = {_OFFICE.split(one, maxsplit=1)[0].strip() for one in persons}
    return _plain(name) in persons | bare | set(_names(library, member))


def _bare(said: str) -> str:
    """What stands beside the addresses in a head of an e-mail: a name, or several; "" for an address alone."""
    return _ADDRESS.sub("", said).strip(" ,;\"'")


def _names(library: Library, member: str) -> Iterator[str]:
    """The names of an institution in every language, at any time, the longest first."""
    dated = library.institutions[member].names if member in library.institutions else ()
    every = {_plain(name.name) for one in dated for name in one.names.values()}
    return iter(sorted((one for one in every if len(one) >= _SHORTEST), key=len, reverse=True))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
