"""Finding the terms of the termbase in a text: inflected, contracted, longest first.

Each word of a text becomes a character that stands for a word of the termbase (one that is none becomes a blank), so
that a term is a string of such characters and all terms are found at once by an Aho-Corasick automaton. There is no
boundary to look for afterwards, and leftmost-longest is exact: of terms that overlap the one that begins first is
taken, of those that begin together the longest.

Acronyms (IOM, UNHCR) are matched as they are written, with a plural s. An acronym that only other languages have is
found as such: HCR in an English text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from typing import TYPE_CHECKING

from paraph.glossary.inflection import CONTRACTIONS, LINKED, entries, fold, readings
from paraph.model.concept import Concept, Gender, Term, TermStatus

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

WORD = re.compile(
    "[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+"
    "(?:[-\u2010\u2011][\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+)*"
)
"""A word with its hyphens and vowel signs: hot spot and hotspot, push-back and pushback are different terms."""

_UNKNOWN = " "
_ORDER = tuple(TermStatus)
_MOST_CACHED = 500_000
_MOST_PATTERNS = 64
"""Of one term: a name of many words, each of which has forms in the termbase, would have thousands."""


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


@dataclass(frozen=True, slots=True)
class Match:
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


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: at least two letters, all of them capitals."""
    return len(word) > 1 and word.isupper() and word.isalnum()


class _Keys(dict[str, str]):
    """Written word → the characters that stand for it in the vocabulary of the termbase. Each is looked up once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.contracted = CONTRACTIONS.get(language.partition("-")[0], {})
        self.vocabulary: dict[str, str] = {}
        self.gendered: set[str] = set()
        self.acronyms: dict[str, str] = {}
        self._taken = 0

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_CACHED:
            self.clear()
        key = self[word] = self._found(word)
        return key

    def _found(self, word: str) -> str:
        for acronym in (word, word[:-1] if word[-1:] == "s" else ""):
            if acronym in self.acronyms and acronym.isupper():
                return self.acronyms[acronym]
        parts = self.contracted.get(fold(word, self.language))
        return "".join(map(self._word, parts)) if parts else self._word(word)

    def _word(self, word: str) -> str:
        for reading, gendered in readings(word, self.language):
            if reading in self.vocabulary and not (gendered and reading not in self.gendered):
                return self.vocabulary[reading]
        return _UNKNOWN

    def _next(self) -> str:
        self._taken += 1
        return chr(0xFFFF + self._taken)

    def enter(self, string: str) -> str:
        """The character of a string of the vocabulary; a new one where it has none."""
        if string not in self.vocabulary:
            self.vocabulary[string] = self._next()
        return self.vocabulary[string]

    def enter_acronym(self, acronym: str) -> str:
        """The character of an acronym."""
        if acronym not in self.acronyms:
            self.acronyms[acronym] = self._next()
        return self.acronyms[acronym]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a term as the vocabulary has it. `exact`: only as written; `gendered`: in its feminine too."""

    strings: tuple[str, ...]
    exact: bool
    gendered: bool
    acronym: str = ""
    optional: bool = False


class Matcher:
    """The terms of one language, ready to be found."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._keys = _Keys(language)
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
        for words in (term.term, *term.forms):
            self._wanted.append((self._words(words, term), Entry(concept.id, term)))
        if term.acronym:
            self._keys.enter_acronym(term.acronym)
            self._wanted.append((self._words(term.acronym, term), Entry(concept.id, term, acronym=True)))
        for words in term.exceptions:
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
        for position, written in enumerate(WORD.findall(text)):
            if is_acronym(written) and written in self._keys.acronyms:
                made.append(_Word((), exact=True, gendered=False, acronym=written))
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
        if word.acronym:
            return ((self._keys.acronyms[word.acronym], True),)
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
    def _entries(self) -> Mapping[str, tuple[Entry, ...]]:
        """Pattern → what it stands for: terms as written before their forms, then by status; a concept once."""
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
    def _longest(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, MatchKind

        return AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def _all(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick(self._patterns)

    def find(self, text: str, *, overlapping: bool = False) -> tuple[Match, ...]:
        """The terms in `text`, left to right, none inside another; `overlapping`: also those inside others."""
        if not self._wanted:
            return ()
        keys = [*map(self._keys.__getitem__, WORD.findall(text))]
        string = "".join(keys)
        if not string.strip():
            return ()
        if overlapping:
            found = self._all.find_matches_as_indexes(string, overlapping=True)
        else:
            found = self._longest.find_matches_as_indexes(string)
        if not found:
            return ()
        spans = [match.span() for match in WORD.finditer(text)]
        owners = [n for n, key in enumerate(keys) for _ in key] if len(string) != len(keys) else range(len(keys))
        matches = []
        for which, start, end in found:
            known = self._entries[self._patterns[which]]
            if known[0].concept:
                matches.append(Match(spans[owners[start]][0], spans[owners[end - 1]][1], known))
        return tuple(matches)


def _by_rank(ranked: list[tuple[bool, int, Entry]]) -> tuple[Entry, ...]:
    """A phrase that stands as written for one thing is not also a form of another."""
    ranked.sort(key=lambda one: one[:2])
    kept = [one for one in ranked if one[0] == ranked[0][0]]
    return tuple({entry.concept: entry for _, _, entry in reversed(kept)}.values())[::-1]
