"""The whole site as units: which files there are, and what each is made of.

Every page is made of the fixed words and templates (`base`) and of what it shows; so a release changes its own pages,
the front pages, the lists that it stands in, the feeds, the site map and the catalogue of its year, and nothing else.
Lists are cut into pages that never change once they are full. Pages that others point to are sent before those.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Protocol

from paraph.errors import UsageError
from paraph.library.cache import Cache
from paraph.model.event import Head
from paraph.model.language import Texts
from paraph.model.member import Institution
from paraph.model.release import RECORD, SUMS, Fate, Statement, leads_to
from paraph.model.site import SiteKit
from paraph.model.workspace import Workspace
from paraph.publish.card import Card, Voice, in_chunks, mark_of
from paraph.publish.speech import Speech
from paraph.publish.unit import Unit

PER_PAGE, ROOM = 50, 52_000
"""Releases on one page of a list at most, and the bytes that they may take up: no page has more than 60,000."""

LATEST = 12
"""Releases on a front page, and in a feed."""

LEAFLETS = ("leaflets", "posters", "cards")
"""The kinds of documents that are handed out, and have a page of their own."""


class Shelf(Protocol):
    """Where releases are read from; both raise BrokenError where something is not what is on record."""

    def statement(self, card: Card) -> Statement:
        """The record of a release."""

    def file(self, card: Card, name: str) -> bytes:
        """A file of a release, its digest looked at."""

    def notice(self, card: Card) -> Mapping[str, bytes]:
        """The files of the notice that it was withdrawn or corrected, by name; none where it was not."""

    def notices(self, card: Card) -> Mapping[str, bytes]:
        """Those and the files of the notices before that one."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything that the site is made of. `cards` are the releases, oldest first.

    `first_of_month` is how languages write that day where they have a word for it: “1er”. `notices` is a mark of what
    notices are made with; `head`, where the register stood, or further back.
    """

    workspace: Workspace
    members: Mapping[str, Institution]
    first_of_month: Texts
    kit: SiteKit
    cards: tuple[Card, ...]
    shelf: Shelf
    cache: Cache
    generator: str
    logo: bytes | None = None
    notices: str = ""
    head: Head = field(default_factory=Head)
    base: str = field(init=False)

    def __post_init__(self) -> None:
        files = sorted(self.kit.files.items())
        digests = [(name, hashlib.sha256(data).hexdigest()) for name, data in files if name.endswith(".html")]
        space = self.workspace
        found = mark_of(
            self.generator,
            self.kit.strings,
            self.kit.unchecked,
            self.kit.themes,
            digests,
            space.name,
            space.brand,
            space.networks,
            space.address,
            space.languages,
            space.time_zone,
            self.first_of_month,
            self.logo is not None,
        )
        object.__setattr__(self, "base", found)

    @cached_property
    def speeches(self) -> Mapping[str, Speech]:
        """The languages of the site by code: those of the workspace that have every fixed string.

        Raises UsageError where there is none.
        """
        keys = {key for strings in self.kit.strings.values() for key in strings if not key.endswith(_LEFT_OUT)}
        space = self.workspace
        found = {
            code: Speech(space.languages[code], self.kit, space, self.first_of_month.get(code, ""))
            for code in space.all_languages
            if keys and keys <= self.kit.strings.get(code, {}).keys()
        }
        if not found:
            raise UsageError("no language has all the words of the site", "See templates/site/strings.yml.")
        return found

    def speech(self, code: str) -> Speech:
        """The words around a text in the language `code`."""
        return self.speeches.get(code) or next(iter(self.speeches.values()))

    @cached_property
    def by_reference(self) -> Mapping[str, Card]:
        """The releases by their reference."""
        return {one.reference: one for one in self.cards}

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Card, ...]]:
        """The releases of each year, the last year first."""
        found: dict[int, list[Card]] = defaultdict(list)
        for one in self.cards:
            found[one.day.year].append(one)
        return {year: tuple(found[year]) for year in sorted(found, reverse=True)}

    @cached_property
    def by_language(self) -> Mapping[str, Mapping[int, tuple[tuple[Card, Voice], ...]]]:
        """The texts of each language by year, oldest first; languages in the order of the workspace."""
        found: dict[str, dict[int, list[tuple[Card, Voice]]]] = {code: {} for code in self.workspace.all_languages}
        for card in self.cards:
            year = card.day.year
            for voice in card.voices:
                found.setdefault(voice.code, {}).setdefault(year, []).append((card, voice))
        return {code: {year: tuple(texts) for year, texts in years.items()} for code, years in found.items() if years}

    @cached_property
    def by_theme(self) -> Mapping[str, tuple[Card, ...]]:
        """The releases of each theme."""
        return _by(self.cards, lambda one: one.themes)

    @cached_property
    def by_member(self) -> Mapping[str, tuple[Card, ...]]:
        """The releases that each institution joined, with those of members that joined nothing yet."""
        found = _by(self.cards, lambda one: one.joined)
        return {member: found.get(member, ()) for member in (*self.members, *sorted(set(found) - set(self.members)))}

    @cached_property
    def leaflets(self) -> tuple[Card, ...]:
        """The leaflets, posters and cards that stand."""
        return tuple(one for one in self.cards if one.kind in LEAFLETS and one.standing in ("in-force", "provisional"))

    def neighbours(self, card: Card) -> tuple[Card, ...]:
        """The releases that a release names: the one it corrects or replaces cannot be told from its card."""
        fate = card.fate
        if fate.standing == "in-force":
            return ()
        names = dict.fromkeys((fate.corrected, fate.successor, self.in_force(card)))
        return tuple(one for name in names if (one := self.by_reference.get(name)))

    def in_force(self, card: Card) -> str:
        """The release in force that one leads to, from successor to successor, or of one that was withdrawn, that of
        the same document; "" where there is none."""
        found = leads_to(card.reference, self.fates)
        return found or (self._standing.get(card.document, "") if card.fate.withdrawn else "")

    @cached_property
    def _standing(self) -> Mapping[str, str]:
        """The last release in force of each document."""
        there = sorted(self.cards, key=lambda one: one.released)
        return {one.document: one.reference for one in there if one.standing == "in-force"}

    @cached_property
    def fates(self) -> Mapping[str, Fate]:
        """What became of each release."""
        return {one.reference: one.fate for one in self.cards}


_LEFT_OUT = ("-one", "-two", "-few", "-many")


def _by(cards: tuple[Card, ...], keys: Callable[[Card], tuple[str, ...]]) -> dict[str, tuple[Card, ...]]:
    found: dict[str, list[Card]] = defaultdict(list)
    for one in cards:
        for key in keys(one):
            found[key].append(one)
    return {key: tuple(found[key]) for key in sorted(found)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """One page of a list: its place, the releases on it (newest first) with a mark of them, and the pages before and
    after it in time."""

    path: str
    cards: tuple[Card, ...]
    mark: str
    earlier: str = ""
    later: str = ""


def listings(place: str, cards: tuple[Card, ...]) -> tuple[Listing, ...]:
    """The pages of a list: the newest at `place`.html, the older ones, which are full, at `place`-1.html and on."""
    chunks = in_chunks(cards, PER_PAGE, ROOM) or {1: ()}
    last = len(chunks)
    paths = {number: f"{place}.html" if number == last else f"{place}-{number}.html" for number in chunks}
    return tuple(
        Listing(
            path=paths[number],
            cards=chunk[::-1],
            mark=mark_of(*(card.mark for card in chunk)),
            earlier=paths.get(number - 1, ""),
            later=paths.get(number + 1, ""),
        )
        for number, chunk in chunks.items()
    )


def units(site: Site) -> Iterator[Unit]:
    """Every unit of the site, those that others point to first."""
    from paraph.publish import assets, catalogue, feeds, search
    from paraph.publish.document import Documents
    from paraph.publish.lists import Lists
    from paraph.publish.pages import Pages

    pages = Pages(site)
    documents = Documents(site, pages)
    yield from assets.units(site)
    for card in site.cards:
        yield Unit(f"files/{card.folder}", card.record, partial(_files, site, card))
    for card in site.cards:
        yield documents.unit(card)
    yield from search.units(site, documents)
    yield from Lists(site, pages).units()
    yield from catalogue.units(site)
    yield from feeds.units(site)


def _files(site: Site, card: Card) -> Iterator[tuple[str, bytes]]:
    """The files of a release as they are, with its record."""
    for one in site.shelf.statement(card).files:
        yield f"files/{card.folder}/{one.name}", site.shelf.file(card, one.name)
    for name in (RECORD, SUMS):
        yield f"files/{card.folder}/{name}", site.shelf.file(card, name)
