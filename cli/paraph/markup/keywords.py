"""Words as they are searched for: without case, accents and inflection, in any language.

A word counts as itself and as its lemma, where simplemma has a dictionary of the language; of an Arabic word the
article and the particles before it are taken off. So *enfants détenus* is found by “enfant detenu”, and the other way
round.

To open a dictionary takes a fifth of a second to more than one, so the lemmas of words met before are kept, and of a
word that stands in a text no dictionary is asked what else it may stand for in other languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_PLACEHOLDER = re.compile(r"\{\{[^}]*\}\}")
_ALEF = str.maketrans("أإآٱىة", "اااايه")
_ARTICLE = re.compile("^(?:[وفبكل]?ال|لل|[وفبكل])(?=...)")
_SHORT = 4
_LEMMATISED = ("en", "fr", "es", "it", "pt", "de", "sq", "mk", "tr", "el", "hbs", "sl", "bg", "ro")


def written(text: str) -> str:
    """A clause's text without its marks: where a link leads is left out; “…” stands for a value, and for the number of
    a paragraph that is referred to."""
    return _PLACEHOLDER.sub("…", _LINK.sub(lambda link: link[1] or "…", text)).replace("*", "")


def fold(word: str) -> str:
    """A word without case, accents and Arabic vowel signs."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one) and one != "\u0640").translate(_ALEF)


class Keywords:
    """What words are found by. `lemmas` are those known from earlier, by language and word; `met` all that the texts
    of this time have, to be kept for the next."""

    @property
    def more(self) -> bool:
        """Whether the texts of this time have other words than those that were known."""
        return self.met != self._known

    def __init__(self, lemmas: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.met: dict[str, dict[str, str]] = {}
        self._known = lemmas or {}
        self._forms: dict[tuple[str, str], tuple[str, ...]] = {}

    def indexed(self, text: str, language: str) -> str:
        """What a text is found by: its words folded, each followed by its lemma where that is another."""
        return " ".join(one for word in _words(written(text)) for one in self._of_text(word, language))

    def asked(self, text: str, languages: Iterable[str], *, thorough: bool = True) -> tuple[tuple[str, ...], ...]:
        """What is searched for: of each word that was typed, all that it may stand for in any of `languages`.

        A dictionary does not know a word without its accents, so of one that ends as a plural the rest is tried as
        well. Unless `thorough`, what a word stands for is known from the texts with that very word, and no more.
        """
        languages = tuple(languages)
        found = []
        for word in dict.fromkeys(_words(text)):
            forms = [fold(word)]
            for language in languages:
                forms += _forms(word, language, self._lemma(word, language)) if thorough else self._said(word, language)
            forms += [form[:-1] for form in forms if len(form) > _SHORT and form[-1] in "sx"]
            found.append(tuple(dict.fromkeys(forms)))
        return tuple(found)

    def _of_text(self, word: str, language: str) -> tuple[str, ...]:
        """The forms of a word in a text; kept, as words come again by thousands."""
        if (found := self._forms.get((word, language))) is None:
            lemma = self._lemma(word, language)
            self.met.setdefault(language, {})[word] = lemma
            found = self._forms[word, language] = _forms(word, language, lemma)
        return found

    def _said(self, word: str, language: str) -> Iterator[str]:
        """The forms of the words in the texts that are this one without case and accents."""
        plain = fold(word)
        for (_, other), forms in self._forms.items():
            if other == language and forms[0] == plain:
                yield from forms

    def _lemma(self, word: str, language: str) -> str:
        if (known := self._known.get(language, {}).get(word)) is not None:
            return known
        return _lemma(word, language.partition("-")[0])


def _words(text: str) -> Iterator[str]:
    """The words of a text; single letters are left out, but for those that are words where nothing is spelt out."""
    for found in _WORD.finditer(unicodedata.normalize("NFC", text)):
        if len(found[0]) > 1 or not found[0].isascii():
            yield found[0]


def _forms(word: str, language: str, lemma: str) -> tuple[str, ...]:
    """A word without case and accents, and its lemma where that is another."""
    plain = fold(word)
    other = fold(lemma) if language.partition("-")[0] in _LEMMATISED else _ARTICLE.sub("", plain)
    return (plain, other) if other != plain and _WORD.fullmatch(other) else (plain,)


def _lemma(word: str, language: str) -> str:
    """The lemma of a word, or the word: where there is no dictionary, and where it does not know it."""
    if language not in _LEMMATISED:
        return word
    import simplemma

    return simplemma.lemmatize(word, lang=language)
