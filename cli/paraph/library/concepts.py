"""glossary/*.yml: the concepts of the termbase."""

from __future__ import annotations

from collections.abc import Iterator

from paraph.library.known import clean, is_language
from paraph.library.schema import ConceptShape, GlossaryShape
from paraph.model.concept import Concept, Term, TermStatus
from paraph.model.finding import Finding, KeyPath, Source


def concepts(shape: GlossaryShape, source: Source) -> tuple[tuple[Concept, ...], tuple[Finding, ...]]:
    """The concepts of one file in its order, and what is wrong with them.

    Their languages may be more than the workspace has: a termbase serves other statements too.
    """
    made = tuple(_concept(one, source) for one in shape.concepts)
    findings = (
        finding
        for position, one in enumerate(shape.concepts)
        for finding in _findings(one, ("concepts", position), source)
    )
    return made, tuple(findings)


def _concept(shape: ConceptShape, source: Source) -> Concept:
    return Concept(
        id=shape.id,
        domain=shape.domain,
        definition=clean(shape.definition),
        terms={
            code: tuple(
                Term(
                    term=one.term,
                    status=one.status,
                    register=one.register_,
                    acronym=one.acronym,
                    forms=tuple(one.forms),
                    reason=one.reason,
                )
                for one in terms
            )
            for code, terms in shape.terms.items()
        },
        origin=shape.origin,
        certainty=shape.certainty,
        notes=shape.notes,
        source=source,
    )


def _findings(shape: ConceptShape, at: KeyPath, source: Source) -> Iterator[Finding]:
    for key, codes in (("definition", shape.definition), ("terms", shape.terms)):
        for code in codes:
            if not is_language(code):
                message, advice = f"no language is known by “{code}”", "Write its BCP 47 code, as en, fr or ar."
                yield source.finding("unknown-language", message, advice, at=(*at, key, code))
    for code, terms in shape.terms.items():
        preferred = [position for position, one in enumerate(terms) if one.status is TermStatus.PREFERRED]
        for position in preferred[1:]:
            message, advice = f"{code} has two preferred terms", "Make one of them admitted."
            yield source.finding("preferred-twice", message, advice, at=(*at, "terms", code, position))
