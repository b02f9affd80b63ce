"""The names by which a returned packet is recognised: what the writer puts in and the reader looks for.

Word processors lose some of them (LibreOffice: every content-control tag), so each thing is named several times: by a
tag, by a bookmark, by properties of the file, and in print. docs/packets.md says what each of them means.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from paraph.model.event import Choice, Subject, SubjectKind
from paraph.model.packet import Identity

CONTRACT = "1"
"""The version of the contract, in the property `paraph.contract`."""

PREFIX = 8
"""Hexadecimal digits of a version's digest in names and in print."""

CHOICES = (Choice.APPROVE, Choice.RESERVE, Choice.ABSTAIN, Choice.OBJECT)
"""The rows of a decision table after its head, in this order; then the list (CHOICE), then the words (WORDS)."""

CHOICE, WORDS, CODE, HEAD = "choice", "words", "code", "head"
"""Fields of a subject beside those named as its choices, and `text-<language>`."""

BETWEEN_LABELS = " · "
"""What stands between the labels of a row in the member's languages, which are one paragraph."""

PACKET, PERSON = "packet", "person"
"""Fields of the packet itself: its printed identity, and who answers for the member."""

_FIELDS = ("circulation", "member", "language", "token", "head")

TICKED, UNTICKED = "\u2612", "\u2610"

_BEGIN = "paraph"
_NAMED = re.compile(rf"{_BEGIN}[._](\d{{1,4}})[._]([0-9a-f]{{{PREFIX}}})[._]([A-Za-z][A-Za-z0-9_.-]*)")
_SUBJECT = re.compile(r"(clause|document)/([a-z0-9-]+)@([1-9][0-9]*) ([0-9a-f]{64})")
_CODE = re.compile(rf"(\d{{1,4}})\s*·\s*([a-z0-9-]+)@([1-9]\d*)\s*·\s*([0-9a-f]{{{PREFIX}}})")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _GROUP = 20, 4
_ALIKE = str.maketrans("OIL", "011")
_DIGEST = b"paraph.packet.v1\0"


# --- names -----------------------------------------------------------------------------------------------------------


class Name(NamedTuple):
    """A field of a subject, as a tag or a bookmark names it: the subject's place in the circulation from 1, the first
    digits of its digest, the field."""

    place: int
    prefix: str
    field: str

    @property
    def tag(self) -> str:
        """As a content control's tag: paraph.3.3f9ac27d.approve. Word allows 64 characters."""
        return f"{_BEGIN}.{self.place}.{self.prefix}.{self.field}"

    @property
    def bookmark(self) -> str:
        """As a bookmark: paraph_3_3f9ac27d_approve. Word allows 40 letters, digits and underscores."""
        return f"{_BEGIN}_{self.place}_{self.prefix}_{self.field.replace('-', '_')}"


def name_of(place: int, subject: Subject, field: str) -> Name:
    """The name of a field of `subject`, the one at `place` (from 1) in its circulation."""
    return Name(place, subject.digest[:PREFIX], field)


def read_name(text: str) -> Name | None:
    """The name that a tag or a bookmark says, or None. A bookmark's language comes back with hyphens: text-pt-BR."""
    match = _NAMED.fullmatch(text)
    return Name(int(match[1]), match[2], match[3].replace("_", "-")) if match else None


def text_field(language: str) -> str:
    """The field that holds a subject's text in a language: text-en."""
    return f"text-{language}"


def changes_field(language: str) -> str:
    """The field that shows what has changed in it, which nobody answers in: changes-en."""
    return f"changes-{language}"


def packet_tag(field: str) -> str:
    """The tag of a field of the packet itself: paraph.packet."""
    return f"{_BEGIN}.{field}"


def packet_bookmark(field: str) -> str:
    """Its bookmark: paraph_packet."""
    return f"{_BEGIN}_{field}"


# --- properties of the file ------------------------------------------------------------------------------------------


def properties(identity: Identity) -> dict[str, str]:
    """The custom properties of a packet, by name."""
    subjects = {
        f"{_BEGIN}.subject.{place}": f"{one.key}@{one.version} {one.digest}"
        for place, one in enumerate(identity.subjects, 1)
    }
    fields = {f"{_BEGIN}.{field}": str(getattr(identity, field)) for field in _FIELDS}
    return {f"{_BEGIN}.contract": CONTRACT, **fields, **subjects}


def read_properties(values: Mapping[str, str]) -> Identity | None:
    """The packet that custom properties name, or None where they are not complete, or of another contract."""
    if values.get(f"{_BEGIN}.contract") != CONTRACT:
        return None
    subjects, place = [], 1
    while (found := values.get(f"{_BEGIN}.subject.{place}")) is not None:
        if (subject := _read_subject(found)) is None:
            return None
        subjects.append(subject)
        place += 1
    one = {field: values.get(f"{_BEGIN}.{field}", "") for field in _FIELDS}
    return Identity(**one, subjects=tuple(subjects)) if subjects and all(one.values()) else None


def _read_subject(text: str) -> Subject | None:
    match = _SUBJECT.fullmatch(text)
    if match is None:
        return None
    return Subject(kind=SubjectKind(match[1]), id=match[2], version=int(match[3]), digest=match[4])


# --- print -----------------------------------------------------------------------------------------------------------


def printed_code(place: int, subject: Subject) -> str:
    """How a subject is named in print: 3 · no-child-detention@2 · 3f9ac27d."""
    return f"{place} · {subject} · {subject.digest[:PREFIX]}"


@dataclass(frozen=True, slots=True)
class Code:
    """A printed code as read: where the subject stands, its id and version, the first digits of its digest."""

    place: int
    id: str
    version: int
    prefix: str


def read_code(text: str) -> Code | None:
    """The first printed code in `text`, or None."""
    match = _CODE.search(text)
    return Code(int(match[1]), match[2], int(match[3]), match[4]) if match else None


def printed_packet(identity: Identity) -> str:
    """How a packet is named in print: c1 · malta · 7KQF-2M9D-…"""
    return f"{identity.circulation} · {identity.member} · {identity.token}"


def hint(text: str) -> str:
    """What stands in an empty field until somebody writes there: ‹Write here›."""
    return f"‹{text}›"


# --- token -----------------------------------------------------------------------------------------------------------


def token_from(number: int) -> str:
    """A token from a random number of 100 bits: twenty signs in groups of four, without those that look alike."""
    signs = "".join(_ALPHABET[number >> (5 * at) & 31] for at in reversed(range(_LENGTH)))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def read_token(text: str) -> str | None:
    """The token that `text` says, however its letters and groups were typed, or None."""
    signs = re.sub(r"[\s\-‐-―]", "", text).upper().translate(_ALIKE)
    if len(signs) != _LENGTH or any(sign not in _ALPHABET for sign in signs):
        return None
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def token_digest(token: str) -> str:
    """What the register holds of a token: its SHA-256 after a prefix that names this use, in 64 hexadecimal digits.

    A token is 100 random bits, which nobody finds again from its digest: no key need be kept for it.
    """
    return hashlib.sha256(_DIGEST + token.encode()).hexdigest()
