"""Words as they are searched for: without case, accents and inflection, in any language.

A word counts as itself and as its lemma, where simplemma has a dictionary of the language; of an Arabic word the
article and the particles before it are taken off. So *enfants détenus* is found by “enfant detenu”, and the other way
round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

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


def indexed(text: str, language: str) -> str:
    """What a text is found by: its words folded, each followed by its lemma where that is another."""
    return " ".join(one for word in _words(written(text)) for one in _forms(word, language))


def asked(text: str, languages: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """What is searched for: of each word that was typed, all that it may stand for in any of `languages`.

    A dictionary does not know a word without its accents, so of one that ends as a plural the rest is tried as well.
    """
    languages = tuple(languages)
    found = []
    for word in dict.fromkeys(_words(text)):
        forms = [form for language in ("", *languages) for form in _forms(word, language)]
        forms += [form[:-1] for form in forms if len(form) > _SHORT and form[-1] in "sx"]
        found.append(tuple(dict.fromkeys(forms)))
    return tuple(found)


def _words(text: str) -> Iterator[str]:
    """The words of a text; single letters are left out, but for those that are words where nothing is spelt out."""
    for found in _WORD.finditer(unicodedata.normalize("NFC", text)):
        if len(found[0]) > 1 or not found[0].isascii():
            yield found[0]


@cache
def _forms(word: str, language: str) -> tuple[str, ...]:
    """A word without case and accents, and its lemma where that is another; kept, as words come again by thousands."""
    plain, base = fold(word), language.partition("-")[0]
    other = fold(_lemma(word, base)) if base in _LEMMATISED else _ARTICLE.sub("", plain)
    return (plain, other) if other != plain and _WORD.fullmatch(other) else (plain,)


def _lemma(word: str, language: str) -> str:
    import simplemma

    return simplemma.lemmatize(word, lang=language)
