"""Manifests: which clauses make a document, in which order, and who speaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from paraph.model.clause import Waiver
from paraph.model.finding import Source
from paraph.model.language import Texts
from paraph.model.rule import Adoption
from paraph.model.text import Inline
from paraph.model.value import RawValue


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """A clause in its place in a manifest, with its values and what stands under it as (a), (b), …"""

    clause: str
    values: Mapping[str, RawValue] = field(default_factory=dict)
    under: tuple[Use, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A run of clauses under a heading or a chapeau ("We recall:"). `style` is one of the form's.

    `picture` names the pictogram beside its heading.
    """

    id: str
    style: str
    heading: Texts
    chapeau: Texts
    uses: tuple[Use, ...]
    picture: str = ""

    def all_uses(self) -> Iterator[tuple[KeyedUse, ...]]:
        """Every use below this section, each as the chain of (position, use) that leads to it."""
        yield from _walk(self.uses, ())


KeyedUse: TypeAlias = tuple[int, Use]


def _walk(uses: tuple[Use, ...], above: tuple[KeyedUse, ...]) -> Iterator[tuple[KeyedUse, ...]]:
    for position, use in enumerate(uses):
        chain = (*above, (position, use))
        yield chain
        yield from _walk(use.under, chain)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """What the document’s own texts in a courtesy language are a translation of: those of `source`, all together.

    `digest` is theirs, and `stale` says that they are others by now; `status` and `translator` are as of the
    translation of a clause.
    """

    source: str
    digest: str
    status: str
    translator: str = ""
    stale: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A document over clauses. `kind` is its folder below statements/ (declarations, statements, letters, leaflets).

    `networks` speak, or of them only `members`, where any are named; both are ids. `unchecked` lists the languages in
    which the manifest's own texts are translations that nobody has checked; `translations` say the same, and of which
    texts they are translations. `inlines` are its own texts as parsed, by the text, as far as nothing is wrong with
    them. `picture` is the drawing on its cover; `one_member` the letter that one member sends in place of this one.
    """

    id: str
    kind: str
    form: str
    title: Texts
    subtitle: Texts
    place: Texts
    date: dt.date | None
    reference: str
    networks: tuple[str, ...]
    members: tuple[str, ...]
    adoption: Adoption
    rule: str
    languages: tuple[str, ...]
    unchecked: tuple[str, ...]
    values: Mapping[str, RawValue]
    fields: Mapping[str, Texts]
    sections: tuple[Section, ...]
    source: Source
    waivers: tuple[Waiver, ...] = ()
    picture: str = ""
    one_member: str = ""
    translations: Mapping[str, Pin] = field(default_factory=dict)
    inlines: Mapping[str, tuple[Inline, ...]] = field(default_factory=dict)

    @property
    def alone(self) -> str:
        """The member that speaks by itself, on a letterhead of its own; "" where networks or several members speak."""
        return self.members[0] if len(self.members) == 1 and not self.networks else ""
