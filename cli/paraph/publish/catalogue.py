"""catalog.json: everything that is published, for programs; a file a year (docs/publish.md says what is in it)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from paraph.model.release import RECORD
from paraph.publish.addresses import place
from paraph.publish.card import Card, mark_of
from paraph.publish.unit import Files, Unit

if TYPE_CHECKING:
    from paraph.publish.site import Site


def units(site: Site) -> Iterator[Unit]:
    """A file for each year, and the one that lists them."""
    for year, cards in site.by_year.items():
        path, mark = f"catalog/{year}.json", mark_of(site.base, *(card.mark for card in cards))
        yield Unit(path, mark, partial(_year, path, cards))
    counts = {year: len(cards) for year, cards in site.by_year.items()}
    yield Unit("catalog.json", mark_of(site.base, counts), partial(_index, site, counts))


def _year(path: str, cards: tuple[Card, ...]) -> Files:
    yield path, _json({"releases": [_entry(card) for card in cards]})


def _index(site: Site, counts: dict[int, int]) -> Files:
    years = [{"year": year, "releases": count, "href": f"catalog/{year}.json"} for year, count in counts.items()]
    yield "catalog.json", _json({"name": dict(site.workspace.name), "languages": list(site.speeches), "years": years})


def _entry(card: Card) -> dict[str, Any]:
    """Addresses are below the root of the site."""
    return {
        "reference": card.reference,
        "released": card.released.isoformat(),
        "date": card.day.isoformat(),
        "kind": card.kind,
        "form": card.form,
        "themes": list(card.themes),
        "institutions": list(card.joined),
        "standing": card.standing,
        "successor": "" if card.fate.gone else card.fate.successor,
        "provisional": card.provisional,
        "record": {"href": f"files/{card.folder}/{RECORD}", "sha256": card.record},
        "texts": [
            {"language": one.code, "standing": str(one.standing), "title": one.title, "href": place(card, one)}
            for one in card.voices
        ],
    }


def _json(data: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"
