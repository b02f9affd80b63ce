"""Which concepts of the termbase a document uses: those that its clauses mark, and those that its words name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from paraph.glossary.matching import Matcher
from paraph.model.concept import Concept, TermStatus
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.names import collation
from paraph.model.text import Inline, Row, Span, TermMark, Text, everything, plain

if TYPE_CHECKING:
    from paraph.assembly.context import Context

_NAMING = (TermStatus.PREFERRED, TermStatus.ADMITTED)


class Terms:
    """The termbase of a library, ready to be looked up: made once for all its documents in all their languages."""

    def __init__(self, library: Library, matcher: Callable[[str], Matcher] | None = None) -> None:
        """`matcher`: language → its terms, where they are made already (acronyms of others count for nothing)."""
        self._library = library
        self._matcher = matcher or partial(Matcher.of, library.concepts.values())
        self._used: dict[str, tuple[Concept, ...]] = {}

    @cached_property
    def _matchers(self) -> dict[str, Matcher]:
        return {language: self._matcher(language) for language in self._library.workspace.authentic}

    def used(self, manifest: Manifest) -> tuple[Concept, ...]:
        """The concepts of a document's authentic texts, the same for every language, by id.

        A concept counts when any authentic language marks it or names it by a preferred or admitted term.
        """
        if manifest.id not in self._used:
            concepts = self._library.concepts
            found = sorted(self.named(manifest) & concepts.keys())
            self._used[manifest.id] = tuple(concepts[concept] for concept in found)
        return self._used[manifest.id]

    def named(self, manifest: Manifest) -> frozenset[str]:
        """The ids of the concepts that a document's authentic texts mark or name."""
        return frozenset(self._named(manifest))

    def _named(self, manifest: Manifest) -> Iterator[str]:
        chains = (chain for section in manifest.sections for chain in section.all_uses())
        for id_ in dict.fromkeys(chain[-1][1].clause for chain in chains):
            clause = self._library.clauses.get(id_)
            for language, matcher in self._matchers.items():
                text = clause.texts.get(language) if clause else None
                for line in text.lines if text else ():
                    yield from (one.concept for one in everything(line.inlines) if isinstance(one, TermMark))
                    found = matcher.find(plain(line.inlines))
                    yield from (match.concept for match in found if match.status in _NAMING)


def glossary_rows(context: Context, concepts: tuple[Concept, ...]) -> tuple[Row, ...]:
    """Term and definition, in the order of the language; in a courtesy translation term and authentic terms.

    A translation has no definitions of its own that bind, so it leads to the authentic terms instead. A concept
    without a preferred term in the language, or without a definition in any, has no row.
    """
    rows = []
    for concept in concepts:
        term = concept.preferred(context.code, context.on)
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
        term = concept.preferred(language, context.on)
        if term:
            if between:
                yield Text(" · ")
            yield Span(language, (Text(term.term),))
            between = True
