"""Finding the concepts of the termbase in a text.

Words are compared without case and without a plural ending; the longest term wins; an acronym is matched as it is
written. Elided articles (l’enfant, d’asile) are words of their own here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from paraph.model.concept import Concept, TermStatus

_WORD = re.compile(r"\w+")
_ORDER = tuple(TermStatus)
_PLURAL = re.compile(r"(?<=\w{3})(?:s|x)$")


@dataclass(frozen=True, slots=True)
class Match:
    """A concept named in a text at [start, end), by a term of this status."""

    start: int
    end: int
    concept: str
    status: TermStatus


@dataclass(frozen=True, slots=True)
class Matcher:
    """The terms of one language, ready to be found: first word → the terms that begin with it, longest first."""

    terms: dict[str, list[tuple[tuple[str, ...], str, TermStatus]]] = field(default_factory=dict)
    acronyms: dict[str, tuple[str, TermStatus]] = field(default_factory=dict)

    @classmethod
    def of(cls, concepts: Iterable[Concept], language: str) -> Matcher:
        """A matcher for the terms that `concepts` have in `language`; an empty one where they have none."""
        matcher = cls()
        named = [(term, concept) for concept in concepts for term in concept.terms.get(language, ())]
        for term, concept in sorted(named, key=lambda pair: _ORDER.index(pair[0].status)):
            if term.acronym:
                matcher.acronyms.setdefault(term.acronym, (concept.id, term.status))
            for form in (term.term, *term.forms):
                words = _words(form)
                if words:
                    matcher.terms.setdefault(words[0], []).append((words, concept.id, term.status))
        for found in matcher.terms.values():
            found.sort(key=lambda entry: -len(entry[0]))  # stable: a preferred term stays before one to avoid
        return matcher

    def find(self, text: str) -> Iterator[Match]:
        """The terms in `text`, left to right, none inside another."""
        tokens = [(found.start(), found.end(), found[0]) for found in _WORD.finditer(text)]
        folded = [_fold(token) for _, _, token in tokens]
        position = 0
        while position < len(tokens):
            length, concept, status = self._at(tokens[position][2], folded, position)
            if length:
                yield Match(tokens[position][0], tokens[position + length - 1][1], concept, status)
            position += max(length, 1)

    def _at(self, token: str, folded: list[str], position: int) -> tuple[int, str, TermStatus]:
        for words, concept, status in self.terms.get(folded[position], ()):
            if tuple(folded[position : position + len(words)]) == words:
                return len(words), concept, status
        if token in self.acronyms:
            return 1, *self.acronyms[token]
        return 0, "", TermStatus.ADMITTED


def _words(text: str) -> tuple[str, ...]:
    return tuple(_fold(word) for word in _WORD.findall(text))


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    return _PLURAL.sub("", word.casefold())
