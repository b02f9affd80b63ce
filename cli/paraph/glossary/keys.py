"""The words of a text as characters of the vocabulary of a termbase."""

from __future__ import annotations

from collections.abc import Iterable

from paraph.glossary.inflection import CONTRACTIONS, derived, fold, rule
from paraph.glossary.tokens import WORD, spelt

UNKNOWN, BREAK, LOOSE, DOUBTFUL = " ", "\n", "\0", "\1"
"""Stand for a word that is none of the vocabulary, for a break, for a word with loose hyphens, for one that may be a
form of several words."""

_MOST_CACHED = 500_000
_FIRST, _SURROGATES = 0x100, range(0xD800, 0xE000)


class Keys(dict[str, str]):
    """str word → the characters that stand for it in the vocabulary of the termbase. Each is looked up once.

    `doubtful` has the words that may be forms of several words of the vocabulary, with the characters of all, the
    likeliest first; they stand as DOUBTFUL here.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.contracted = CONTRACTIONS.get(language.partition("-")[0], {})
        self.vocabulary: dict[str, str] = {}
        self.gendered: set[str] = set()
        self.acronyms: dict[str, str] = {}
        self.doubtful: dict[str, tuple[str, ...]] = {}
        self._rule = rule(language)
        self._next = _FIRST

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_CACHED + len(self.vocabulary):
            self.clear()
            self.doubtful.clear()
        found = self._found(spelt(word))
        if len(found) > 1:
            self.doubtful[word] = found
        key = self[word] = found[0] if len(found) == 1 else DOUBTFUL
        return key

    def each(self, words: Iterable[str]) -> tuple[list[str], dict[int, tuple[str, ...]]]:
        """The characters of each word; and, by its place, of what is doubtful all that it may be.

        In the first of the two such a word stands as the likeliest.
        """
        found: list[str] = []
        doubtful: dict[int, tuple[str, ...]] = {}
        for place, word in enumerate(words):
            key = self[word]
            if key == DOUBTFUL:
                doubtful[place] = self.doubtful[word]
                key = doubtful[place][0]
            found.append(key)
        return found, doubtful

    def _found(self, word: str) -> tuple[str, ...]:
        """The characters that may stand for a word, the likeliest first."""
        if not word.isalnum() and not WORD.fullmatch(word):
            return (LOOSE if word else BREAK,)
        if word.isupper():
            for acronym in (word, word[:-1] if word[-1:] == "s" else ""):
                if acronym in self.acronyms:
                    return (self.acronyms[acronym],)
        elif word[-1:] == "s" and word[:-1].isupper() and word[:-1] in self.acronyms:
            return (self.acronyms[word[:-1]],)
        folded = fold(word, self.language)
        if parts := self.contracted.get(folded):
            return ("".join(self._read(part)[0] for part in parts),)
        return self._read(folded)

    def _read(self, folded: str) -> tuple[str, ...]:
        """The characters of the words that a word may be a form of, the likeliest first; where it is one, only its."""
        vocabulary = self.vocabulary
        if folded in vocabulary:
            return (vocabulary[folded],)
        found: tuple[str, ...] = ()
        for reading, gendered in derived(folded, self._rule):
            key = vocabulary.get(reading)
            if key and key not in found and not (gendered and reading not in self.gendered):
                found = (*found, key)
        return found or (UNKNOWN,)

    def _character(self) -> str:
        if self._next in _SURROGATES:
            self._next = _SURROGATES.stop
        self._next += 1
        return chr(self._next - 1)

    def enter(self, string: str) -> str:
        """The character of a string of the vocabulary; a new one where it has none."""
        if string not in self.vocabulary:
            self.vocabulary[string] = self._character()
            if string not in self.contracted:
                self[string] = self.vocabulary[string]
        return self.vocabulary[string]

    def enter_acronym(self, acronym: str) -> str:
        """The character of an acronym."""
        if acronym not in self.acronyms:
            self.acronyms[acronym] = self._character()
        return self.acronyms[acronym]
