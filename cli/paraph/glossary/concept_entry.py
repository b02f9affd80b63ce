"""A concept as its file holds it, and as another format gives it back: the form in which glossaries travel.

An entry, as TBX calls it, is the mapping below `concepts:` of glossary/*.yml, with empty keys left out. Every format
has a function of what it can hold (`held`); what it writes and reads again is exactly that, and the rest is reported as
a loss. So an entry that comes back is merged into the one that is there: what the format could not say stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from paraph.model.concept import Concept, Term
from paraph.model.finding import Finding, KeyPath

TermEntry: TypeAlias = dict[str, Any]
"""A term: its words (`term`), status, and the other keys that its file may give it."""

ConceptEntry: TypeAlias = dict[str, Any]
"""A concept: id, domain, definition {language: text}, terms {language: [TermEntry]}, and the other keys of its file."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a format cannot hold, in words, and the concept that has it."""

    what: str
    concept: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What stood in a file: entries, the place (line, column) of each value, and what was not taken over, counted."""

    entries: tuple[ConceptEntry, ...]
    marks: Mapping[KeyPath, tuple[int, int]]
    findings: tuple[Finding, ...] = ()
    left: Mapping[str, int] = field(default_factory=Counter)


def entry_of(concept: Concept) -> ConceptEntry:
    """The concept as glossary/*.yml would hold it; a status is always said."""
    return _filled(
        {
            "id": concept.id,
            "domain": concept.domain,
            "not_synonym_of": list(concept.not_synonyms),
            "everyday": "true" if concept.everyday else "",
            "definition": _filled(concept.definition),
            "terms": {code: list(map(_term, terms)) for code, terms in concept.terms.items() if terms},
            "origin": concept.origin,
            "certainty": concept.certainty,
            "notes": concept.notes,
        }
    )


def _term(term: Term) -> TermEntry:
    return _filled(
        {
            "term": term.term,
            "status": str(term.status),
            "register": term.register,
            "acronym": term.acronym,
            "forms": list(term.forms),
            "reason": term.reason,
            "part_of_speech": str(term.part_of_speech or ""),
            "gender": str(term.gender or ""),
            "number": str(term.number or ""),
            "since": str(term.since or ""),
            "until": str(term.until or ""),
            "except": list(term.exceptions),
        }
    )


def _filled(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if value}


def languages_only(one: ConceptEntry, languages: Iterable[str]) -> ConceptEntry:
    """The entry in some languages alone."""
    kept = frozenset(languages)
    parts = {
        key: {code: value for code, value in one.get(key, {}).items() if code in kept}
        for key in ("definition", "terms")
    }
    return _filled({**one, **parts})


def merged(there: ConceptEntry, came: ConceptEntry, held: Callable[[ConceptEntry], ConceptEntry]) -> ConceptEntry:
    """`there` with what `came` says otherwise; nothing is taken out.

    `held` is what the format can hold: where the file says what it would say of `there`, `there` stays as it is.
    """
    said = held(there)
    made = {**there, **{key: value for key, value in came.items() if said.get(key) != value}}
    for key in ("definition", "terms"):
        if key in came:
            made[key] = dict(there.get(key, {}))
    for code, text in came.get("definition", {}).items():
        if said.get("definition", {}).get(code) != text:
            made["definition"][code] = text
    for code, terms in came.get("terms", {}).items():
        made["terms"][code] = _terms(there.get("terms", {}).get(code, []), said.get("terms", {}).get(code, []), terms)
    return made


def _terms(there: list[TermEntry], said: list[TermEntry], came: list[TermEntry]) -> list[TermEntry]:
    """The terms of one language: those that came by their words, where words stand twice by their order."""
    own = {key: (position, said[position]) for position, key in enumerate(_keys(there)) if position < len(said)}
    made = [dict(one) for one in there]
    for key, one in zip(_keys(came), came, strict=True):
        if key not in own:
            made.append(one)
            continue
        position, was = own[key]
        made[position].update({name: value for name, value in one.items() if was.get(name) != value})
    return made


def places(there: ConceptEntry, came: ConceptEntry) -> dict[tuple[str, int], int]:
    """Where `merged` puts the terms that came: (language, place in `came`) → place."""
    found = {}
    for code, terms in came.get("terms", {}).items():
        own = {key: place for place, key in enumerate(_keys(there.get("terms", {}).get(code, [])))}
        for place, key in enumerate(_keys(terms)):
            found[code, place] = own.setdefault(key, len(own))
    return found


def _keys(terms: list[TermEntry]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    keys = []
    for one in terms:
        seen[one["term"]] += 1
        keys.append((one["term"], seen[one["term"]]))
    return keys


def missing(there: ConceptEntry, came: ConceptEntry) -> list[str]:
    """The terms of `there` that `came`, in a language that it has, does not name: “fr: mineur isolé étranger”."""
    return [
        f"{code}: {one['term']}"
        for code, terms in came.get("terms", {}).items()
        for one, key in zip(
            there.get("terms", {}).get(code, []), _keys(there.get("terms", {}).get(code, [])), strict=True
        )
        if key not in set(_keys(terms))
    ]
