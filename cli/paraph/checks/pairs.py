"""Two languages of one text: a concept that one names and the other does not."""

from __future__ import annotations

from collections.abc import Iterator

from paraph.checks.scan import Named, Scan
from paraph.checks.texts import Passage, RunKind
from paraph.model.finding import Finding

_READ = (RunKind.OWN, RunKind.MARK)


def pairs(scan: Scan) -> Iterator[tuple[Passage, Passage]]:
    """Each text beside the one it must agree with: authentic texts with the first, translations with their source."""
    for clause in scan.library.clauses.values():
        by_code = {passage.language: passage for passage in scan.clauses[clause.id]}
        first = next((by_code[code] for code in clause.texts if code in by_code), None)
        for code, passage in by_code.items():
            translation = clause.translations.get(code)
            other = by_code.get(translation.source) if translation else first
            if other and other is not passage and other.lines and passage.lines:
                yield other, passage
    for id_, passages in scan.manifests.items():
        pins = scan.library.manifests[id_].translations
        groups: dict[tuple[object, ...], dict[str, Passage]] = {}
        for passage in passages:
            groups.setdefault(passage.at[:-1], {})[passage.language] = passage
        for by_code in groups.values():
            first = next(iter(by_code.values()))
            for code, passage in by_code.items():
                other = by_code.get(pins[code].source) if code in pins else first
                if other and other is not passage:
                    yield other, passage


def both_ways(scan: Scan) -> Iterator[tuple[Passage, Passage]]:
    """`pairs`, each in either direction."""
    for one, other in pairs(scan):
        yield from ((one, other), (other, one))


def beside(scan: Scan) -> Iterator[tuple[Passage, Passage]]:
    """Each translation beside the authentic texts that it was not made from, whose words may be left in it all the
    same."""
    for clause in scan.library.clauses.values():
        by_code = {passage.language: passage for passage in scan.clauses[clause.id]}
        for code, translation in clause.translations.items():
            others = (by_code[one] for one in clause.texts if one in by_code and one != translation.source)
            if passage := by_code.get(code):
                yield from ((other, passage) for other in others)


def missing(scan: Scan) -> Iterator[Finding]:
    """Concepts on one side whose term is not on the other, in either direction."""
    for here, there in both_ways(scan):
        yield from _missing(scan, here, there)


def _missing(scan: Scan, here: Passage, there: Passage) -> Iterator[Finding]:
    """What `here` names and `there` does not, reported in `there`."""
    concepts, seen = scan.library.concepts, {named.concept for named in scan.named(there)}
    mentioned: frozenset[str] | None = None
    for named in scan.named(here):
        concept = concepts.get(named.concept)
        if concept is None or concept.everyday or concept.id in seen or named.kind not in _READ:
            continue
        if named.entry and not named.entry.status.usable:
            continue  # to be replaced by other words, which then are compared
        seen.add(concept.id)
        preferred = concept.preferred(there.language, scan.library.day)
        if preferred is None:
            continue
        mentioned = scan.mentions(there) if mentioned is None else mentioned
        if mentioned.isdisjoint({concept.id, *(entry.concept for entry in named.entries)}):
            yield _finding(scan, here, there, named, preferred.term)


def _finding(scan: Scan, here: Passage, there: Passage, named: Named, term: str) -> Finding:
    concept = scan.library.concepts[named.concept]
    message = f"{here.language} says “{named.words}” ({concept.id}); {there.language} has no term of it"
    for other in scan.named(there):
        if other.concept in concept.not_synonyms or concept.id in scan.library.concepts[other.concept].not_synonyms:
            message += f": “{other.words}” is {other.concept}, which is not the same"
            break
    advice = f"Write “{term}” there, or mark the words that stand for it: […](term:{concept.id})."
    return there.finding("concept-missing", message, advice)
