"""Which concepts of the termbase a document uses: those that its clauses mark, and those that its words name."""

from __future__ import annotations

from collections.abc import Iterator

from paraph.assembly.context import Context
from paraph.glossary.matching import Matcher
from paraph.model.concept import Concept, TermStatus
from paraph.model.names import collation
from paraph.model.text import Inline, Row, Span, TermMark, Text, everything, plain


def concepts_used(context: Context) -> tuple[Concept, ...]:
    """The concepts of the document's authentic texts, the same for every language, by id.

    A concept counts when any authentic language marks it or names it by a preferred or admitted term.
    """
    library = context.library
    used: set[str] = set()
    for language in library.workspace.authentic:
        matcher = Matcher.of(library.concepts.values(), language)
        for section in context.manifest.sections:
            for chain in section.all_uses():
                clause = library.clauses.get(chain[-1][1].clause)
                text = clause.texts.get(language) if clause else None
                for line in text.lines if text else ():
                    used |= {inline.concept for inline in everything(line.inlines) if isinstance(inline, TermMark)}
                    used |= {
                        match.concept
                        for match in matcher.find(plain(line.inlines))
                        if match.status in (TermStatus.PREFERRED, TermStatus.ADMITTED)
                    }
    return tuple(library.concepts[concept] for concept in sorted(used) if concept in library.concepts)


def glossary_rows(context: Context, concepts: tuple[Concept, ...]) -> tuple[Row, ...]:
    """Term and definition, in the order of the language; in a courtesy translation term and authentic terms.

    A translation has no definitions of its own that bind, so it leads to the authentic terms instead. A concept
    without a preferred term in the language, or without a definition in any, has no row.
    """
    rows = []
    for concept in concepts:
        term = concept.preferred(context.code, context.manifest.date)
        if term is None or not concept.definition:
            continue
        second: tuple[Inline, ...]
        if context.code in context.library.workspace.authentic:
            if context.code not in concept.definition:
                continue
            second = (Text(concept.definition[context.code]),)
        else:
            second = tuple(_equivalents(context, concept))
        name = f"{term.term} ({term.acronym})" if term.acronym else term.term
        rows.append((collation(term.term), Row(key=concept.id, cells=((Text(name),), second))))
    return tuple(row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].key)))


def _equivalents(context: Context, concept: Concept) -> Iterator[Inline]:
    between = False
    for language in context.library.workspace.authentic:
        term = concept.preferred(language, context.manifest.date)
        if term:
            if between:
                yield Text(" · ")
            yield Span(language, (Text(term.term),))
            between = True
