"""Looking a term up as people type: without accents, with a slip, in whatever language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paraph.glossary.inflection import fold
from paraph.model.concept import Concept

NEAR = 76
"""Of 100: below it, words of the same length share little more than letters."""
_FAR = 60
"""What is still shown where nothing is near."""


@dataclass(frozen=True, slots=True)
class Near:
    """A concept, how near its term is (0 to 100; 100: the same but for accents), and the term with its language."""

    concept: Concept
    score: int
    language: str
    words: str


def nearest(concepts: Iterable[Concept], words: str, *, language: str = "", most: int = 8) -> tuple[Near, ...]:
    """The concepts that have a term, acronym or form near to `words`, each once by the nearest, the best first.

    Those of which the words are a term come all; what is far is left out where anything is near.
    """
    best: dict[str, Near] = {}
    asked: dict[str, str] = {}
    for concept in concepts:
        for code, written in _written(concept):
            if language and code not in (language, ""):
                continue
            if code not in asked:
                asked[code] = plain(words, code)
            score = _score(asked[code], plain(written, code))
            if score >= _FAR and (concept.id not in best or score > best[concept.id].score):
                best[concept.id] = Near(concept, score, code, written)
    ranked = sorted(best.values(), key=lambda one: (-one.score, len(one.words), one.concept.id))
    exact = sum(one.score == 100 for one in ranked)
    near = [one for one in ranked if one.score >= NEAR]
    return tuple((near or ranked)[: max(most, exact)])


def plain(text: str, language: str) -> str:
    """Words without case, accents, hyphens and other marks."""
    apart = unicodedata.normalize("NFKD", fold(text, language))
    letters = (char if char.isalnum() else " " for char in apart if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def _written(concept: Concept) -> Iterator[tuple[str, str]]:
    for code, terms in concept.terms.items():
        for term in terms:
            yield from ((code, words) for words in (term.term, term.acronym, *term.written_forms) if words)
    yield "", concept.id


def _score(asked: str, written: str) -> int:
    """100 for the same; part of a term that begins its words, above what only resembles it."""
    from rapidfuzz import fuzz

    if not asked or not written:
        return 0
    if asked == written:
        return 100
    resembles = fuzz.ratio(asked, written, score_cutoff=_FAR)
    if len(asked) > 2 and f" {written}".find(f" {asked}") >= 0:
        return max(round(resembles), 80 + round(19 * len(asked) / len(written)))
    return round(max(resembles, 0.97 * fuzz.token_sort_ratio(asked, written, score_cutoff=_FAR)))
