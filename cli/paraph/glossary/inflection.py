"""What a written word may be a form of, language by language: plurals, feminines, cases, clitics.

Terms are nouns with their adjectives, so only the inflection of these is undone; a stemmer goes further and takes
*minority* for *minor* and *réserver* for *réserve*. Tried on pairs that are, and are not, forms of one another:
Snowball joined 20 of 47 pairs that differ, simplemma 2, and both missed French feminines. Hence rules of our own for
English, French, Spanish, Arabic and Macedonian, and simplemma's dictionaries for the other languages that it has. What
no rule finds stands under `forms:` in the glossary.

A reading is a string that may stand in the glossary; the first that does is the word. So a rule may be generous: it
counts only where it leads to a word of the termbase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import TypeAlias

Readings: TypeAlias = Iterator[tuple[str, bool]]
"""What a word may stand for, likeliest first, and whether that means a change of gender."""

_HYPHENS = re.compile("[\u2010\u2011]")
_ALEF = str.maketrans("أإآٱىة", "ااااiه".replace("i", "ي"))
_VOWELS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")

CONTRACTIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fr": {
        "du": ("de", "le"),
        "des": ("de", "le"),
        "d": ("de",),
        "au": ("à", "le"),
        "aux": ("à", "le"),
        "la": ("le",),
        "les": ("le",),
        "l": ("le",),
        "une": ("un",),
    },
    "es": {
        "del": ("de", "el"),
        "al": ("a", "el"),
        "la": ("el",),
        "los": ("el",),
        "las": ("el",),
        "una": ("un",),
    },
}
"""Small words that hold two, or one in another form."""

LINKED: Mapping[str, tuple[tuple[str, ...], str]] = {"fr": (("de", "à"), "le"), "es": (("de", "a"), "el")}
"""Prepositions after which a term may have its article or not: droits de l’enfant, droits des enfants, d’enfants."""


ENDINGS: Mapping[str, tuple[str, ...]] = {"en": ("s", "es"), "fr": ("s", "x", "e", "es"), "es": ("s", "es")}
"""Put to most words of a language, these give a form of it, with which a text may be expected to have it."""


AGREEING = frozenset(("es", "fr"))
"""Languages in which all words of a noun and its adjectives are in the singular, or all in the plural."""


def fold(word: str, language: str) -> str:
    """A word without what does not tell words apart: case (Turkish has its own), Arabic vowel signs and hamza seats."""
    base = language.partition("-")[0]
    if base in ("tr", "az"):
        word = word.replace("İ", "i").replace("I", "ı")
    word = word.casefold()
    if not word.isalnum():
        word = _HYPHENS.sub("-", word)
    if base in ("ar", "fa", "ur"):
        word = _VOWELS.sub("", word).translate(_ALEF)
    return word


def readings(word: str, language: str) -> Readings:
    """What the written `word` may be a form of, folded, itself first."""
    folded = fold(word, language)
    yield folded, False
    yield from derived(folded, rule(language))


def rule(language: str) -> Callable[[str], Readings]:
    """What undoes the inflection of a word of `language`."""
    base = language.partition("-")[0]
    return _RULES.get(base) or partial(_lemma, language=base)


def derived(folded: str, undo: Callable[[str], Readings]) -> Readings:
    """What a folded word may be a form of; of one with hyphens, the last part is inflected."""
    if "-" not in folded:
        for reading, gendered in undo(folded):
            if reading and reading != folded:
                yield reading, gendered
        return
    head, hyphen, last = folded.rpartition("-")
    for reading, gendered in undo(last):
        if reading and reading != last:
            yield f"{head}{hyphen}{reading}", gendered


@lru_cache(maxsize=10_000)  # a few words stand in most terms
def entries(word: str, language: str) -> tuple[str, ...]:
    """The strings under which a word of a term stands in the vocabulary: itself; in Arabic also without its article.

    Where a dictionary undoes inflection, its lemma too: *accompagnati* and *accompagnato* are *accompagnare* there.
    """
    folded, base = fold(word, language), language.partition("-")[0]
    if base == "ar":
        return tuple(dict.fromkeys((folded, *(one for one in _unprefixed(folded) if len(one) > 2))))
    if base in _RULES:
        return (folded,)
    return tuple(dict.fromkeys((folded, *(reading for reading, _ in derived(folded, rule(language))))))


# --- English ---------------------------------------------------------------------------------------------------------

_IRREGULAR = {"children": "child", "people": "person", "men": "man", "women": "woman", "feet": "foot", "lives": "life"}


def _english(word: str) -> Readings:
    if word in _IRREGULAR:
        yield _IRREGULAR[word], False
    elif word.endswith("s"):
        if len(word) > 3 and not word.endswith("ss"):
            if word.endswith("es"):
                yield from _english_es(word)
            yield word[:-1], False
    elif word.endswith("men") and len(word) > 5:
        yield f"{word[:-3]}man", False
    elif word.endswith("children"):
        yield word[:-3], False
    if word.endswith(("er", "ers")):  # center, centers
        stem = word.removesuffix("s")
        yield f"{stem[:-2]}re", False


def _english_es(word: str) -> Readings:
    if word.endswith("ies"):
        yield f"{word[:-3]}y", False
        yield word[:-2], False  # chillies
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2], False
    if word.endswith("ves"):
        yield f"{word[:-3]}f", False
        yield f"{word[:-3]}fe", False
    if word.endswith("zzes"):
        yield word[:-3], False


# --- French ----------------------------------------------------------------------------------------------------------

_FEMININES = (
    ("trice", "teur"),
    ("eresse", "eur"),
    ("euse", "eur"),
    ("euse", "eux"),
    ("enne", "en"),
    ("onne", "on"),
    ("elle", "el"),
    ("ette", "et"),
    ("ère", "er"),
    ("ète", "et"),
    ("ive", "if"),
    ("esse", "e"),
    ("e", ""),
)
_FEMININES_BY_END = {
    end: tuple(pair for pair in _FEMININES if pair[0].endswith(end) or pair[0] == "e")
    for end in (one[-2:] for one, _ in _FEMININES)
}
"""By the last two letters, since nearly every word is asked and few have any but the last."""


def _french_singulars(word: str) -> Iterator[str]:
    if word.endswith("aux") and len(word) > 4:
        yield f"{word[:-3]}al"
        yield f"{word[:-3]}ail"
        yield word[:-1]
    elif word.endswith(("s", "x")) and len(word) > 3:
        yield word[:-1]
        if word.endswith("ies"):  # words from English: lobbies
            yield f"{word[:-3]}y"


def _french(word: str) -> Readings:
    singulars = tuple(_french_singulars(word))
    for one in singulars:
        yield one, False
    for one in (word, *singulars):
        if not one.endswith("e"):
            continue  # no feminine, as most words
        for feminine, masculine in _FEMININES_BY_END.get(one[-2:], _FEMININES[-1:]):
            if one.endswith(feminine) and len(one) >= len(feminine) + 2:
                yield one.removesuffix(feminine) + masculine, True


# --- Spanish ---------------------------------------------------------------------------------------------------------

_ACCENTED = (("ones", "ón"), ("anes", "án"), ("enes", "én"), ("ines", "ín"), ("eses", "és"))


def _spanish_singulars(word: str) -> Iterator[str]:
    if not word.endswith("s") or len(word) < 4:
        return
    for plural, singular in _ACCENTED:
        if word.endswith(plural):
            yield word.removesuffix(plural) + singular
    if word.endswith("ces"):
        yield f"{word[:-3]}z"
    if word.endswith("es"):
        yield word[:-2]
    yield word[:-1]


def _spanish(word: str) -> Readings:
    singulars = tuple(_spanish_singulars(word))
    for one in singulars:
        yield one, False
    for one in (word, *singulars):
        if one.endswith("a") and len(one) > 3:
            yield f"{one[:-1]}o", True
            yield one[:-1], True  # tutora
    if word.endswith("as") and len(word) > 4:
        yield f"{word[:-2]}os", True


# --- Arabic: clitics as in the light stemmer of Larkey, Ballesteros and Connell (2007), shorter ones too ------------

_CONJUNCTIONS = ("و", "ف")
_PREPOSITIONS = ("ب", "ك", "ل")
_SUFFIXES = ("هما", "كما", "ات", "ين", "ون", "ان", "ها", "هم", "هن", "نا", "كم", "يه", "وا", "ه", "ي", "ا")


def _unprefixed(word: str) -> Iterator[str]:
    """The word without article and what leans on its front: the least taken away first."""
    starts = [word]
    if word.startswith(_CONJUNCTIONS) and len(word) > 2:
        starts.append(word[1:])  # ولم شمل: لم, too
    for start in starts:
        if start is not word:
            yield start
        if start.startswith("لل") and len(start) > 3:
            yield start[2:]
            yield f"ل{start[2:]}"  # للاجئ = ل + لاجئ
        if start.startswith("ال") and len(start) > 3:
            yield start[2:]
        elif start.startswith(_PREPOSITIONS) and len(start) > 3:
            rest = start[1:]
            yield rest
            if rest.startswith("ال") and len(rest) > 3:
                yield rest[2:]


def _arabic(word: str) -> Readings:
    bare = tuple(dict.fromkeys(_unprefixed(word)))
    for one in bare:
        yield one, False
    for one in (word, *bare):
        for suffix in _SUFFIXES:
            if one.endswith(suffix) and len(one) > len(suffix) + 2:
                stem = one.removesuffix(suffix)
                yield stem, False
                if stem.endswith("ت"):
                    yield f"{stem[:-1]}ه", False  # حمايتهم: حماية
                if suffix == "ات":
                    yield f"{stem}ه", False


# --- Macedonian: the article is an ending, in three degrees of nearness ----------------------------------------------

_ARTICLES = ("ите", "иве", "ине", "от", "ов", "он", "та", "ва", "на", "то", "во", "но", "те", "ве", "не")


def _macedonian(word: str) -> Readings:
    found = (one for one in _ARTICLES if word.endswith(one) and len(word) > len(one) + 2)
    for one in (word, *(word.removesuffix(article) + ("и" if len(article) == 3 else "") for article in found)):
        yield one, False
        for plural in ("ови", "и"):
            if one.endswith(plural) and len(one) > len(plural) + 2:
                yield one.removesuffix(plural), False
        yield from _lemma(one, "mk")


# --- other languages -------------------------------------------------------------------------------------------------


_NO_DICTIONARY = frozenset(("mt",))
"""Of simplemma's, among the languages of ours: not to load it, which takes a tenth of a check, to be told so."""


def _lemma(word: str, language: str) -> Readings:
    found = _lemmatiser(language)
    if found and (lemma := found(word)):
        yield lemma.casefold(), False


@cache
def _lemmatiser(language: str) -> Callable[[str], str] | None:
    """simplemma's for `language`, or None where it has none."""
    if language in _NO_DICTIONARY:
        return None
    import simplemma

    try:
        simplemma.lemmatize("a", lang=language)
    except ValueError:
        return None
    return lambda word: str(simplemma.lemmatize(word, lang=language))


_RULES: Mapping[str, Callable[[str], Readings]] = {
    "en": _english,
    "fr": _french,
    "es": _spanish,
    "ar": _arabic,
    "mk": _macedonian,
}
