"""Finding the terms of the termbase in a text: inflected, contracted, longest first.

Each word of a text becomes a character that stands for a word of the termbase (one that is none becomes a blank), so
that a term is a string of such characters, and a text is followed through all of them at once, character by character.
There is no boundary to look for afterwards, and leftmost-longest is exact: of terms that overlap the one that begins
first is taken, of those that begin together the longest; what does not agree (*enfant migrants*) comes last. A word
that may be a form of several words of the termbase (*lenses*: lens, lense) is tried as each.

Acronyms (IOM, UNHCR) are matched as they are written, with a plural s. An acronym that only other languages have is
found as such: HCR in an English text.
"""

from __future__ import annotations

import gc
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, chain, islice, pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from paraph.glossary.inflection import LINKED, entries, fold, readings
from paraph.glossary.keys import BREAK, DOUBTFUL, LOOSE, Keys
from paraph.glossary.patterns import Steps, leftmost_longest, steps, walk
from paraph.glossary.tokens import carefully, quickly
from paraph.model.concept import Concept, Gender, Term, TermStatus, alternatives

if TYPE_CHECKING:
    from paraph.glossary.many_texts import Many

_ORDER = tuple(TermStatus)
_MOST_PATTERNS = 1000
"""Of one term: many words, each with forms in the termbase, would have millions."""
_MUCH = 1_000_000
"""Characters: numpy takes as long to load as `find` with a third of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a string of words in the termbase stands for: a term of a concept, or its acronym.

    `foreign` names the language whose acronym it is, where this language has another or none. `concept` is "" for a
    phrase in which the words of a term mean something else.
    """

    concept: str
    term: Term
    acronym: bool = False
    foreign: str = ""

    @property
    def status(self) -> TermStatus:
        """The standing of the term; the acronym of another language is forbidden."""
        return TermStatus.FORBIDDEN if self.foreign else self.term.status

    @property
    def words(self) -> str:
        """The term or acronym as the termbase writes it."""
        return self.term.acronym if self.acronym else self.term.term


class Match(NamedTuple):
    """Words of a text, at [start, end), that the termbase has; several entries where they mean several concepts.

    Entries stand by status, the preferred first.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """What the words most likely mean."""
        return self.entries[0]

    @property
    def concept(self) -> str:
        """The concept that they most likely mean."""
        return self.entries[0].concept

    @property
    def status(self) -> TermStatus:
        """The best status that the words have."""
        return self.entries[0].status


_MATCH = partial(tuple.__new__, Match)
"""`Match._make`, without a call of Python's for each."""


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: at least two letters, all of them capitals."""
    return len(word) > 1 and word.isupper() and word.isalnum()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a term as the vocabulary has it. `exact`: only as written; `gendered`: in its feminine too."""

    strings: tuple[str, ...]
    exact: bool
    gendered: bool
    key: str = ""
    optional: bool = False


class Matcher:
    """The terms of one language, ready to be found."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._keys = Keys(language)
        self._wanted: list[tuple[tuple[_Word, ...], Entry]] = []

    @classmethod
    def of(cls, concepts: Iterable[Concept], language: str, *, foreign: bool = False) -> Matcher:
        """A matcher for what `concepts` have in `language`; `foreign`: also for acronyms of other languages alone."""
        matcher = cls(language)
        concepts = tuple(concepts)
        named = [(concept, term) for concept in concepts for term in concept.terms.get(language, ())]
        for acronym in {
            word for _, term in named for word in (term.acronym, term.term, *term.forms) if is_acronym(word)
        }:
            matcher._keys.enter_acronym(acronym)
        for concept, term in named:
            matcher._add(concept, term)
        if foreign:
            matcher._add_foreign(concepts)
        return matcher

    def _add(self, concept: Concept, term: Term) -> None:
        for words in (term.term, *term.written_forms):
            self._wanted.append((self._words(words, term), Entry(concept.id, term)))
        if term.acronym:
            self._keys.enter_acronym(term.acronym)
            self._wanted.append((self._words(term.acronym, term), Entry(concept.id, term, acronym=True)))
        for words in chain.from_iterable(map(alternatives, term.exceptions)):
            self._wanted.append((self._words(words, term), Entry("", term)))

    def _add_foreign(self, concepts: tuple[Concept, ...]) -> None:
        own = set(self._keys.acronyms)
        for concept in concepts:
            others = {language: terms for language, terms in concept.terms.items() if language != self.language}
            for language, terms in others.items() if self.language in concept.terms else ():
                for term in terms:
                    for word in {term.acronym, term.term} - own:
                        if is_acronym(word) and term.status.usable:
                            self._keys.enter_acronym(word)
                            entry = Entry(concept.id, term, acronym=word == term.acronym, foreign=language)
                            self._wanted.append((self._words(word, term), entry))

    def _words(self, text: str, term: Term) -> tuple[_Word, ...]:
        """The words of a term; after a preposition its language's article may stand or not."""
        prepositions, article = LINKED.get(self.language.partition("-")[0], ((), ""))
        made: list[_Word] = []
        for position, written in enumerate(carefully(text)[0]):
            if not written:
                made.append(_Word((), exact=True, gendered=False, key=BREAK, optional=True))
                continue
            if is_acronym(written) and written in self._keys.acronyms:
                made.append(_Word((), exact=True, gendered=False, key=self._keys.acronyms[written]))
                continue
            parts = self._keys.contracted.get(fold(written, self.language))
            for part in parts or (written,):
                linked = bool(made) and made[-1].strings[:1] != () and made[-1].strings[0] in prepositions
                if linked:
                    made.append(_Word((article,), exact=True, gendered=False, optional=True))
                if linked and part == article:
                    continue
                head = position == 0 and term.gender not in (None, Gender.COMMON)
                exact = parts is not None or term.number is not None
                made.append(_Word(entries(part, self.language), exact=exact, gendered=not exact and not head))
        for word in made:
            for string in word.strings:
                self._keys.enter(string)
                if word.gendered:
                    self._keys.gendered.add(string)
        return tuple(made)

    @cached_property
    def _forms(self) -> dict[str, list[tuple[str, bool]]]:
        """String of the vocabulary → the others that are forms of it, and whether by a change of gender."""
        found: dict[str, list[tuple[str, bool]]] = {}
        for string in self._keys.vocabulary:
            for reading, gendered in readings(string, self.language):
                if reading != string and reading in self._keys.vocabulary:
                    found.setdefault(reading, []).append((string, gendered))
        return found

    def _choices(self, word: _Word) -> tuple[tuple[str, bool], ...]:
        """The characters that may stand for a word of a term, and whether that is the word as written."""
        if word.key:
            return ((word.key, True), *[("", True)] * word.optional)
        written = [(self._keys.vocabulary[string], True) for string in word.strings]
        if not word.exact:
            for string in word.strings:
                for form, gendered in self._forms.get(string, ()):
                    if word.gendered or not gendered:
                        written.append((self._keys.vocabulary[form], False))
        if word.optional:
            written.append(("", True))
        return tuple(dict(reversed(written)).items())

    @cached_property
    def _entries(self) -> Mapping[str, tuple[bool, tuple[Entry, ...]]]:
        """Pattern → whether it is only a form, and what of: terms as written before their forms, then by status."""
        found: dict[str, list[tuple[bool, int, Entry]]] = {}
        for words, entry in self._wanted:
            for choice in islice(product(*map(self._choices, words)), _MOST_PATTERNS):
                pattern = "".join(key for key, _ in choice)
                rank = (not all(written for _, written in choice), _ORDER.index(entry.status), entry)
                if pattern:
                    found.setdefault(pattern, []).append(rank)
        return {pattern: _by_rank(ranked) for pattern, ranked in found.items()}

    @cached_property
    def _patterns(self) -> list[str]:
        return list(self._entries)

    @cached_property
    def _known(self) -> list[tuple[Entry, ...]]:
        return [entries for _, entries in self._entries.values()]

    @cached_property
    def _inflected(self) -> frozenset[int]:
        """Patterns that are no term as it is written."""
        return frozenset(n for n, (inflected, _) in enumerate(self._entries.values()) if inflected)

    @cached_property
    def _silent(self) -> frozenset[int]:
        """Patterns of phrases in which the words of a term mean something else."""
        return frozenset(n for n, known in enumerate(self._known) if not known[0].concept)

    @cached_property
    def _steps(self) -> Steps:
        return steps(self._patterns)

    @cached_property
    def _many(self) -> Many:
        from paraph.glossary.many_texts import Many

        return Many(self._patterns, self._silent, self._inflected, self._keys)

    def prepare(self) -> Matcher:
        """Build now what else the first of many texts would wait for."""
        if self._wanted:
            _ = self._many, self._known, self._silent
        return self

    def find(self, text: str, *, overlapping: bool = False) -> tuple[Match, ...]:
        """The terms in `text`, left to right, none inside another; `overlapping`: also those inside others."""
        if not self._wanted:
            return ()
        words, places = quickly(text), None
        string = "".join(map(self._keys.__getitem__, words)) if words else LOOSE
        if words is None or LOOSE in string:
            words, places = carefully(text)
            string = "".join(map(self._keys.__getitem__, words))
        others: Mapping[int, str] = {}
        if DOUBTFUL in string:
            string, others = self._keys.each(words)
        found = walk(string, others, self._steps)
        if not found:
            return ()
        if not overlapping:
            numbers = self._keys.numbers(words) if self._keys.agreeing and found[1:] else ""
            found = leftmost_longest(found, numbers, self._inflected)
        if self._silent:
            found = [one for one in found if one[0] not in self._silent]
        if len(string) != len(words):  # contractions
            ends = [*accumulate(map(len, map(self._keys.__getitem__, words)))]
            found = [(which, bisect_right(ends, one), bisect_left(ends, other) + 1) for which, one, other in found]
        known = self._known
        if places:
            return tuple([Match(places[one][0], places[other - 1][1], known[which]) for which, one, other in found])
        before = [*accumulate(map(len, words), initial=0)]  # letters before each word, without what parts them
        return tuple([Match(before[one] + one, before[other] + other - 1, known[which]) for which, one, other in found])

    def find_each(self, texts: Iterable[str], *, overlapping: bool = False) -> Iterator[tuple[Match, ...]]:
        """What `find` finds in each of the texts; of many, in a fifth of its time."""
        waiting: list[str] = []
        size, texts = 0, iter(texts)
        while size < _MUCH and (text := next(texts, None)) is not None:
            waiting.append(text)
            size += len(text)
        if size < _MUCH or not self._wanted:
            yield from (self.find(text, overlapping=overlapping) for text in chain(waiting, texts))
            return
        from paraph.glossary.token_arrays import blocks

        for block in blocks(chain(waiting, texts)):
            with _uncollected():
                found = self._many.find(block, overlapping=overlapping)
                entries = map(self._known.__getitem__, found.patterns)
                matches = tuple(map(_MATCH, zip(found.starts, found.ends, entries, strict=True)))
            for first, end in pairwise(found.texts):
                yield matches[first:end]


@contextmanager
def _uncollected() -> Iterator[None]:
    """No match refers to itself: to look for what does is to go through the whole termbase, for nothing."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _by_rank(ranked: list[tuple[bool, int, Entry]]) -> tuple[bool, tuple[Entry, ...]]:
    """Whether it is only a form, and a concept once; a phrase that stands as written for one thing is not also a form
    of another."""
    if len(ranked) == 1:  # as nearly all
        inflected, _, entry = ranked[0]
        return inflected, (entry,)
    ranked.sort(key=lambda one: one[:2])
    kept = [one for one in ranked if one[0] == ranked[0][0]]
    return ranked[0][0], tuple({entry.concept: entry for _, _, entry in reversed(kept)}.values())[::-1]
