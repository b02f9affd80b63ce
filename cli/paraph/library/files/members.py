"""statements/institutions.yml and statements/countries.yml: who is a member, what states are called, and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from paraph.library.known_names import Known, clean, is_language, unknown
from paraph.library.written.suggest import did_you_mean
from paraph.model.finding import Finding, KeyPath, Source
from paraph.model.member import Country, DatedNames, DatedStatus, Institution, Name
from paraph.model.names import ID, id_advice

if TYPE_CHECKING:
    from paraph.library.shapes.schema import (
        CountriesShape,
        DatedNamesShape,
        InstitutionShape,
        InstitutionsShape,
    )
    from paraph.library.shapes.shape import NameForms

_CODE = re.compile(r"[A-Z]{2}")


def name(shape: NameForms) -> Name:
    """A name with its forms."""
    return Name(name=shape.name, the=shape.the, of=shape.of, into=shape.into, sort=shape.sort)


def institutions(
    shape: InstitutionsShape, known: Known, source: Source
) -> tuple[dict[str, Institution], tuple[Finding, ...]]:
    """The members by id, and what is wrong with them."""
    made, findings = {}, []
    for key, one in shape.institutions.items():
        at: KeyPath = ("institutions", key)
        made[key] = Institution(
            id=key,
            country=one.country,
            names=_names(one.names),
            status=tuple(DatedStatus(since=entry.since, status=entry.status) for entry in one.status),
            networks=tuple(one.networks),
            languages=tuple(one.languages),
            website=one.website,
            contact=clean(one.contact),
            office_open=one.office_open,
            notes=one.notes,
        )
        if not ID.fullmatch(key):
            findings.append(source.finding("bad-id", f"“{key}” cannot be an id", id_advice(key), at=at))
        findings += _institution(one, at, known, source)
    return made, tuple(findings)


def _institution(one: InstitutionShape, at: KeyPath, known: Known, source: Source) -> Iterator[Finding]:
    where = "States are in statements/countries.yml."
    yield from unknown(source, "country", one.country, known.countries, (*at, "country"), where)
    yield from _name_findings(one.names, (*at, "names"), known, source)
    yield from _order([entry.since for entry in one.status], (*at, "status"), source)
    for position, network in enumerate(one.networks):
        here: KeyPath = (*at, "networks", position)
        yield from unknown(source, "network", network, known.networks, here, "Networks are in paraph.yml.")
    places: list[tuple[str, KeyPath]] = [
        *((code, (*at, "languages", position)) for position, code in enumerate(one.languages)),
        *((code, (*at, "contact", code)) for code in one.contact),
    ]
    for code, here in places:
        if not is_language(code):
            advice = did_you_mean(code, known.workspace.all_languages) or "Write its BCP 47 code."
            yield source.finding("unknown-language", f"no language is known by “{code}”", advice, at=here)


def countries(shape: CountriesShape, known: Known, source: Source) -> tuple[dict[str, Country], tuple[Finding, ...]]:
    """States by code, and what is wrong with them."""
    made, findings = {}, []
    for code, one in shape.countries.items():
        at: KeyPath = ("countries", code)
        made[code] = Country(code=code, names=_names(one.names))
        if not _CODE.fullmatch(code):
            advice = "Write the two capitals of ISO 3166, as MA."
            findings.append(source.finding("bad-id", f"“{code}” is no code of a state", advice, at=at))
        findings += _name_findings(one.names, (*at, "names"), known, source)
    return made, tuple(findings)


def codes(countries: Mapping[str, Country]) -> dict[str, str]:
    """The code of each state by each of its names, in small letters."""
    return {
        one.name.casefold(): code
        for code, country in countries.items()
        for entry in country.names
        for one in entry.names.values()
    }


def _names(entries: Sequence[DatedNamesShape]) -> tuple[DatedNames, ...]:
    return tuple(
        DatedNames(since=entry.since, names={code: name(one) for code, one in (entry.__pydantic_extra__ or {}).items()})
        for entry in entries
    )


def _name_findings(entries: Sequence[DatedNamesShape], at: KeyPath, known: Known, source: Source) -> Iterator[Finding]:
    """Names may be given in more languages than the workspace has; each must be a language."""
    yield from _order([entry.since for entry in entries], at, source)
    for position, entry in enumerate(entries):
        for code in entry.__pydantic_extra__ or {}:
            if not is_language(code):
                advice = did_you_mean(code, known.workspace.all_languages) or "Write since:, or a BCP 47 code."
                here = (*at, position, code)
                yield source.finding("unknown-language", f"no language is known by “{code}”", advice, at=here)
    first = entries[0].__pydantic_extra__ or {}
    for code in known.workspace.authentic:
        if code not in first:
            advice = f"Add {code}: to the earliest names; later ones need it only where it changes."
            yield source.finding("language-missing", f"there is no name in {code}", advice, at=(*at, 0))


def _order(dates: Sequence[dt.date | None], at: KeyPath, source: Source) -> Iterator[Finding]:
    for position, (before, date) in enumerate(pairwise(dates), 1):
        if date is None or (before is not None and date <= before):
            advice = "Put the earliest first, and give every later entry its since:."
            yield source.finding(
                "dates-order", "these entries are not in the order of their dates", advice, at=(*at, position)
            )
