"""glossary/*.yml: the concepts of the termbase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from paraph.library.known_names import clean, is_language, unknown
from paraph.markup import canonical
from paraph.model.concept import MOST_ALTERNATIVES, Concept, Term, TermStatus, has_too_many
from paraph.model.finding import Finding, KeyPath, Source

if TYPE_CHECKING:
    from paraph.library.shapes.glossary_schema import ConceptShape, GlossaryShape, TermShape


def concepts(shape: GlossaryShape, source: Source) -> tuple[tuple[Concept, ...], tuple[Finding, ...]]:
    """The concepts of one file in its order, and what is wrong with them.

    Their languages may be more than the workspace has: a termbase serves other statements too.
    """
    made = tuple(_concept(one, ("concepts", position), source) for position, one in enumerate(shape.concepts))
    findings = (
        finding
        for position, one in enumerate(shape.concepts)
        for finding in _findings(one, ("concepts", position), source)
    )
    return made, tuple(findings)


def _concept(shape: ConceptShape, place: KeyPath, source: Source) -> Concept:
    return Concept(
        id=shape.id,
        domain=shape.domain,
        definition=clean(shape.definition),
        terms={code: tuple(_term(one) for one in terms) for code, terms in shape.terms.items()},
        origin=shape.origin,
        certainty=shape.certainty,
        notes=shape.notes,
        source=source,
        everyday=shape.everyday,
        not_synonyms=tuple(shape.not_synonym_of),
        place=place,
    )


def _term(shape: TermShape) -> Term:
    return Term(
        term=canonical(shape.term),
        status=shape.status,
        register=shape.register_,
        acronym=shape.acronym,
        forms=tuple(map(canonical, shape.forms)),
        reason=shape.reason,
        part_of_speech=shape.part_of_speech,
        gender=shape.gender,
        number=shape.number,
        since=shape.since,
        until=shape.until,
        exceptions=tuple(map(canonical, shape.except_)),
    )


def between(found: Mapping[str, Concept]) -> Iterator[Finding]:
    """What is wrong between concepts: those that they are said not to be, and that do not exist."""
    for concept in found.values():
        for position, other in enumerate(concept.not_synonyms):
            at = (*concept.place, "not_synonym_of", position)
            yield from unknown(concept.source, "concept", other, found, at, "Concepts are in glossary/.")


def _findings(shape: ConceptShape, at: KeyPath, source: Source) -> Iterator[Finding]:
    for key, codes in (("definition", shape.definition), ("terms", shape.terms)):
        for code in codes:
            if not is_language(code):
                message, advice = f"no language is known by “{code}”", "Write its BCP 47 code, as en, fr or ar."
                yield source.finding("unknown-language", message, advice, at=(*at, key, code))
    for code, terms in shape.terms.items():
        preferred = [(position, one) for position, one in enumerate(terms) if one.status is TermStatus.PREFERRED]
        for place, (position, one) in enumerate(preferred):
            if before := next((other for _, other in preferred[:place] if _together(one, other)), None):
                message = f"{code} has two preferred terms, “{before.term}” and “{one.term}”"
                advice = "Make one of them admitted."
                yield source.finding("preferred-twice", message, advice, at=(*at, "terms", code, position))
        for position, one in enumerate(terms):
            yield from _too_many(one, (*at, "terms", code, position), source)
            if one.since and one.until and one.until <= one.since:
                message, advice = (
                    f"{one.until} is not after {one.since}",
                    "Write until: the first day of the next name.",
                )
                yield source.finding("dates-order", message, advice, at=(*at, "terms", code, position))


def _too_many(term: TermShape, at: KeyPath, source: Source) -> Iterator[Finding]:
    for key, phrases in (("forms", term.forms), ("except", term.except_)):
        for position, phrase in enumerate(phrases):
            if has_too_many(phrase):
                message = f"it stands for more than {MOST_ALTERNATIVES} forms"
                advice = "Write several, with fewer words to choose from."
                yield source.finding("form-alternatives", message, advice, at=(*at, key, position))


def _together(one: TermShape, other: TermShape) -> bool:
    """Whether two names hold on any one day."""
    return not (
        (one.until and other.since and one.until <= other.since)
        or (other.until and one.since and other.until <= one.since)
    )
