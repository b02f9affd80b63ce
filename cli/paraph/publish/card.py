"""What lists, feeds and the catalogue show of a release; small enough that thousands are kept at hand.

They are kept as rows without the names of their fields, which are read in half the time: who changes what a field
holds, and not its name, changes the key in `workflow.site.cards`, too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cached_property

import msgspec
from markupsafe import escape

from paraph.model.language import Standing, Texts
from paraph.model.release import Fate, ReleaseRecord, Statement
from paraph.model.rule import Adoption

JOINED = ("approved", "reserved", "tacit")
"""States in which an institution is counted among those that adopted a text."""

HEADING = ("approved", "reserved")
"""States in which an institution itself said that it joins."""

MARKS = ("mark-corrected", "mark-replaced", "mark-withdrawn", "mark-provisional", "mark-not-adopted")
"""What can be said of a release in a list, besides its title."""


_AROUND, _WAY = 450, 146
"""Bytes in a list around the title of a release, and around the name of each other language that it is in."""


class Voice(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """A document in one language. `page` is the name of the released HTML with its words, or ""."""

    code: str
    name: str
    direction: str
    standing: Standing
    title: str
    subtitle: str
    page: str
    digest: str


class Card(msgspec.Struct, array_like=True, frozen=True, kw_only=True, dict=True):
    """A release in a list. `folder` is its name in addresses, `record` the SHA-256 of its record.json, `document` the
    id of what was released.

    `day` is the document's own date, or that of the release; `joined` are the institutions that said they join, which
    those that let it pass in silence did not, and of what each signs those that sign it; `refused` is when the members
    did not adopt what was out provisionally (docs/approvals.md, 22a), which none of them then joined; `unnamed` are the
    institutions on its pages whose names its record does not have, as they had left by the day of the document;
    `reasons` why it was published provisionally, as in `ReleaseRecord`; `asked` are those whose decisions it has;
    `weight` is that of `weight_of`.
    """

    folder: str
    reference: str
    record: str
    document: str
    released: dt.datetime
    day: dt.date
    kind: str
    form: str
    form_names: Texts
    themes: tuple[str, ...]
    joined: tuple[str, ...]
    provisional: bool
    voices: tuple[Voice, ...]
    fate: Fate
    refused: dt.datetime | None = None
    unnamed: tuple[str, ...] = ()
    reasons: Texts = msgspec.field(default_factory=dict)
    asked: tuple[str, ...] = ()
    weight: int = 0

    @property
    def why_early(self) -> Fate:
        """Why it was released before it was adopted, as reasons of what becomes of a release are told."""
        own = {code: words for code, words in self.reasons.items() if code}
        return Fate(reason=self.reasons.get("") or next(iter(own.values()), ""), reasons=own)

    @cached_property
    def mark(self) -> str:
        """A text that changes whenever anything does that a page shows of this release."""
        fate = self.fate
        here = f"{self.record} refused {self.refused}" if self.refused else self.record
        if fate.standing == "in-force":
            return here
        said = (fate.reason, sorted(fate.reasons.items()), sorted(fate.notice.items()), sorted(fate.earlier))
        led = f"{fate.corrected} {fate.replaced} {fate.gone} {fate.back}"
        return f"{here} {fate.standing} {led} {fate.on} {fate.noted} {said}"

    @property
    def standing(self) -> str:
        """In one word: what became of it; until then "provisional" or "not-adopted" where it is not "in-force"."""
        if self.fate.standing != "in-force" or not self.provisional:
            return self.fate.standing
        return "not-adopted" if self.refused else "provisional"

    @property
    def marks(self) -> list[str]:
        """The strings of `MARKS` that say so of it in a list; how it was published stands beside what became of it."""
        gone = [] if self.fate.standing == "in-force" else [f"mark-{self.fate.standing}"]
        early = ["mark-not-adopted" if self.refused else "mark-provisional"] if self.provisional else []
        return gone + early

    @property
    def changed(self) -> dt.datetime:
        """When something last happened to it."""
        return max(one for one in (self.released, self.fate.on, self.fate.noted, self.refused) if one)

    def voice(self, *languages: str) -> Voice:
        """The document in the first of these languages that it has, else in its first."""
        for language in languages:
            for one in self.voices:
                if one.code == language:
                    return one
        return self.voices[0]


def card(folder: str, record: str, statement: Statement, fate: Fate, released: dt.date) -> Card:
    """The card of a release. `released` is the day on which it was, where the workspace is."""
    found = statement.record
    pages = {
        one.languages[0]: one
        for one in statement.files
        if one.format == "html" and len(one.languages) == 1 and not one.member
    }
    voices = tuple(
        Voice(
            code=one.code,
            name=one.name,
            direction=one.direction,
            standing=one.standing,
            title=one.title,
            subtitle=one.subtitle,
            page=pages[one.code].name if one.code in pages else "",
            digest=pages[one.code].digest if one.code in pages else "",
        )
        for one in found.languages
    )
    return Card(
        folder=folder,
        reference=found.reference,
        record=record,
        document=found.document.id,
        released=found.released,
        day=found.date or released,
        kind=found.kind,
        form=found.form,
        form_names=found.form_names,
        themes=tuple(dict.fromkeys(found.themes)),
        joined=found.signed if found.adoption == Adoption.EACH else _agreed(found),
        provisional=bool(found.provisional),
        reasons=dict(found.provisional),
        voices=voices,
        fate=fate,
        unnamed=tuple(sorted(_told(statement) - {one.id for one in found.institutions if one.names})),
        asked=tuple(one.institution for one in found.decisions),
        weight=weight_of(folder, found.form_names, voices),
    )


def weight_of(folder: str, form_names: Texts, voices: tuple[Voice, ...]) -> int:
    """Bytes that a release takes up in a list, at most: nothing of it that changes later counts."""
    titles = (f"{escape(one.title)}{escape(one.subtitle)}" for one in voices)
    forms = max((len(name.encode()) for name in form_names.values()), default=0)
    ways = sorted(_WAY + len(folder) + len(one.name.encode()) for one in voices)[1:]
    return _AROUND + forms + max(len(one.encode()) for one in titles) + sum(ways)


def _told(statement: Statement) -> set[str]:
    """The institutions that the pages of a release name."""
    found = statement.record
    told = {one.institution for one in found.decisions} | {one.institution for one in found.reservations}
    return told | {one.member for one in statement.files if one.member}


def _agreed(found: ReleaseRecord) -> tuple[str, ...]:
    return tuple(one.institution for one in found.decisions if one.state in HEADING)


def mark_of(*parts: object) -> str:
    """A short digest of all that something is made of: the first 32 hexadecimal digits of SHA-256 over `parts`."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


def in_chunks(cards: tuple[Card, ...], most: int, room: int) -> Mapping[int, tuple[Card, ...]]:
    """`cards`, oldest first, in pages of at most `most` and of `room` bytes, that never change once they are full,
    numbered from 1."""
    chunks: list[list[Card]] = []
    left = 0
    for one in cards:
        if not chunks or len(chunks[-1]) == most or one.weight > left:
            chunks.append([])
            left = room
        chunks[-1].append(one)
        left -= one.weight
    return {number: tuple(chunk) for number, chunk in enumerate(chunks, 1)}
