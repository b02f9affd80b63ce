"""Which packet a file says that it is: by its properties, and by what is printed in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paraph.ooxml.reading.shown import Shown, text_of
from paraph.review.identity import read_properties, read_token

PRINTED = re.compile(r"\b(c[1-9]\d{0,5})\s*·\s*([a-z][a-z0-9-]*)\s*·\s*([0-9A-Za-z·](?:[\s‐-―-]?[0-9A-Za-z·]){19})")
_CIRCULATION, _MEMBER = re.compile(r"c[1-9]\d{0,5}"), re.compile(r"[a-z][a-z0-9-]{0,80}")


@dataclass(frozen=True, slots=True)
class Claim:
    """A packet by circulation, member and token, as `where` says; `head` is that of the register that it was written
    from, `number:hash`, or ""."""

    where: str
    circulation: str
    member: str
    token: str
    head: str = ""

    def __str__(self) -> str:
        return f"{self.circulation} of {self.member}"


def claims(shown: Shown) -> tuple[Claim, ...]:
    """What a file says that it is, each claim once; none: it is no packet, or nothing of one is left."""
    found: dict[tuple[str, str, str], Claim] = {}
    identity = read_properties(dict(shown.properties))
    if identity and _CIRCULATION.fullmatch(identity.circulation) and _MEMBER.fullmatch(identity.member):
        told = read_token(identity.token) or ""
        claim = Claim("its properties", identity.circulation, identity.member, told, identity.head)
        found[(claim.circulation, claim.member, claim.token)] = claim
    for match in PRINTED.finditer(text_of(shown.lines, accepted=True)):
        if token := read_token(match[3]):
            key = (match[1], match[2], token)
            found.setdefault(key, Claim("its pages", *key))
    return tuple(found.values())
