"""The words of a text as characters of the vocabulary of a termbase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from paraph.glossary.inflection import AGREEING, CONTRACTIONS, ENDINGS, derived, fold, rule
from paraph.glossary.tokens import WORD, spelt

UNKNOWN, BREAK, LOOSE, DOUBTFUL = " ", "\n", "\0", "\1"
"""Stand for a word that is none of the vocabulary, for a break, for a word with loose hyphens, for one that may be a
form of several words."""
FIRST = 0x100
"""The first character of the vocabulary, and the least."""

EITHER, SINGULAR, PLURAL, LISTED = "espl"
"""The number of a word, where it can be told. LISTED: a plural that is itself a word of the vocabulary."""

_MOST_CACHED = 500_000
_SHORT = 3
"""Letters of small words (de, non, sur), which have no number."""
_SURROGATES = range(0xD800, 0xE000)


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
        self.agreeing = language.partition("-")[0] in AGREEING
        self._rule = rule(language)
        self._next = FIRST

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_CACHED + len(self.vocabulary):
            self.clear()
            self.doubtful.clear()
        found = self.read(spelt(word))
        if len(found) > 1:
            self.doubtful[word] = found
        key = self[word] = found[0] if len(found) == 1 else DOUBTFUL
        return key

    def each(self, words: Iterable[str]) -> tuple[str, Mapping[int, str]]:
        """The characters of the words, of what is doubtful the likeliest; and, by its place, what else that may be."""
        found: list[str] = []
        others: dict[int, str] = {}
        size = 0
        for word in words:
            key = self[word]
            if key == DOUBTFUL:
                key, *rest = self.doubtful[word]
                others[size] = "".join(rest)
            found.append(key)
            size += len(key)
        return "".join(found), others

    def number(self, word: str) -> str:
        """Whether a word is a singular, or the plural of a word of the vocabulary, in a language where words agree."""
        if not self.agreeing or len(word) <= _SHORT:
            return EITHER
        folded = fold(word, self.language)
        if not folded.endswith(("s", "x", "z")):
            return SINGULAR
        many = any(one != folded and one in self.vocabulary for one, _ in derived(folded, self._rule))
        return (LISTED if folded in self.vocabulary else PLURAL) if many else EITHER

    def numbers(self, words: Iterable[str]) -> str:
        """The number of each character of the words."""
        return "".join(self.number(spelt(word)) if len(self[word]) == 1 else EITHER * len(self[word]) for word in words)

    @property
    def end(self) -> int:
        """The number of the character after the last of the vocabulary."""
        return self._next

    def expected(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Words that a text is likely to have, with what is read in them: the vocabulary, its forms, its capitals."""
        endings = ENDINGS.get(self.language.partition("-")[0], ())
        forms = (word + ending for ending in ("", *endings) for word in self.vocabulary)
        for form in chain(forms, map(str.capitalize, self.vocabulary)):
            if form and (read := self.read(form)) != (UNKNOWN,):
                yield form, read

    def read(self, word: str) -> tuple[str, ...]:
        """The characters that may stand for a word, the likeliest first; a contraction is those of its parts."""
        if not word.isalnum() and not WORD.fullmatch(word):
            return (LOOSE if word else BREAK,)
        if word.isupper():
            for acronym in (word, word[:-1] if word[-1:] == "s" else ""):
                if acronym in self.acronyms:
                    return (self.acronyms[acronym],)
        elif word[-1:] == "s" and word[:-1].isupper() and word[:-1] in self.acronyms:
            return (self.acronyms[word[:-1]],)
        folded = word if word.isascii() and word.islower() and word.isalnum() else fold(word, self.language)
        if parts := self.contracted.get(folded):
            return ("".join(self._read(part)[0] for part in parts),)
        return self._read(folded)

    def _read(self, folded: str) -> tuple[str, ...]:
        """The characters of the words that a word may be a form of, the likeliest first; where it is one, only its."""
        vocabulary = self.vocabulary
        if folded in vocabulary:
            return (vocabulary[folded],)
        found: tuple[str, ...] = ()
        for reading, gendered in self._rule(folded) if "-" not in folded else derived(folded, self._rule):
            key = vocabulary.get(reading)
            if key and reading and key not in found and not (gendered and reading not in self.gendered):
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
            if string and string not in self.contracted:  # Arabic vowel signs alone fold to nothing
                self[string] = self.vocabulary[string]
        return self.vocabulary[string]

    def enter_acronym(self, acronym: str) -> str:
        """The character of an acronym."""
        if acronym not in self.acronyms:
            self.acronyms[acronym] = self._character()
        return self.acronyms[acronym]
