"""How easy a text is to read, by the published formula of its language.

Reading ease is 206.8 or so, less so much for each word of a sentence and so much for each syllable of a word; each
language has constants of its own. `ease` gives 0 (hard) to 100 (easy). LIX needs no syllables and is lower where a text
is easier; it is for languages without a formula. docs/plain-language.md has the sources.

Syllables are counted as groups of vowels, which is what the formulas were mostly tried with. A text of less than
`ENOUGH` words is not judged: the formulas were made on samples of a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paraph.checks.languages import base

ENOUGH = 50
"""Words (the project's own threshold)."""


@dataclass(frozen=True, slots=True)
class Formula:
    """ease = whole - sentence x (words in a sentence) - word x (syllables in a word)."""

    name: str
    whole: float
    sentence: float
    word: float


EASE: Mapping[str, Formula] = {
    "en": Formula("Flesch 1948", 206.835, 1.015, 84.6),
    "fr": Formula("Kandel and Moles 1958", 207.0, 1.015, 73.6),
    "es": Formula("Szigriszt Pazos 1993", 206.835, 1.0, 62.3),
    "it": Formula("Franchina and Vacca 1972", 206.0, 1.0, 65.0),
    "de": Formula("Amstad 1978", 180.0, 1.0, 58.5),
    "nl": Formula("Douma 1960", 206.84, 0.93, 77.0),
    "pt": Formula("Martins and others 1996", 248.835, 1.015, 84.6),
    "tr": Formula("Ateşman 1997", 198.825, 2.610, 40.175),
}
"""The formula of each language that has one."""

_VOWELS = {
    "en": "aeiouy",
    "fr": "aeiouyàâäéèêëîïôöùûüœæ",
    "es": "aeiouáéíóúü",
    "it": "aeiouàèéìòù",
    "de": "aeiouyäöü",
    "nl": "aeiouyëïöü",
    "pt": "aeiouáâãàéêíóôõú",
    "tr": "aeıioöuü",
}
_SILENT_U = re.compile("(?<=q)u|(?<=g)u(?=[eiéèêíy])")
"""French, Spanish, Portuguese: question, guide."""
_SILENT_ENDING = re.compile("[^aeiouy]e[sd]?$|[gq]ue$")
_SPOKEN_ENDING = re.compile("(?:[scxzg]|[cs]h)es$|[td]ed$|[bcdfgkptz]le[sd]?$")
"""English: rules, called and while have one syllable, stories, tables and little two."""
_PARTED = re.compile(
    r"(?<![cstgx])i[ao](?!n)|^lion|dian|[^aeiou]ism|eo(?!pl|ne|u|n)|(?<![gq])ua|crea|[rd]ea$|ealit|iet|ience"
    r"|(?<![cst])ient|[eoy]ing|oem|uin"
)
"""English: vowels beside each other that are two syllables (vi-o-lence, gu-ar-di-an, try-ing)."""
_INNER_SILENT = re.compile(r"^every(?!o)|^some[^o]|[^aeioul]e(?=(?:ful|ments?|ly|less|ness|work|guards?)$)")
"""English: a silent e before the second part of a word."""
_WEAK = "iuü"
"""Spanish: i and u make one syllable with a vowel beside them, two others do not (le-er)."""
_LONG = 6
"""LIX: a word of more letters is long."""


@lru_cache(maxsize=4096)  # leaflets for children say the same few words over and over
def syllables(word: str, language: str) -> int:
    """The syllables of a word, at least 1, in a language of `EASE`."""
    code = base(language)
    bare = _SILENT_U.sub("", word.casefold()) if code in ("fr", "es", "pt") else word.casefold()
    groups = re.findall(f"[{_VOWELS[code]}]+", bare)
    count = len(groups)
    if code == "tr":
        count = sum(map(len, groups))
    elif code == "es":
        count = sum(max(1, sum(vowel not in _WEAK for vowel in group)) for group in groups)
    elif code == "en":
        count -= bool(_SILENT_ENDING.search(bare) and not _SPOKEN_ENDING.search(bare))
        count += len(_PARTED.findall(bare)) - bool(_INNER_SILENT.search(bare))
    elif code == "fr":
        count -= len(groups) > 1 and bool(re.search(r"[^aeiouyàâäéèêëîïôöùûü](?:e|es|ent)$", bare))
    return max(1, count)


def ease(words: Sequence[str], sentences: int, language: str) -> float | None:
    """The reading ease of so many sentences, by the formula of `language`; None where it has none."""
    formula = EASE.get(base(language))
    if formula is None or not words or not sentences:
        return None
    each = sum(syllables(word, language) for word in words) / len(words)
    return formula.whole - formula.sentence * len(words) / sentences - formula.word * each


def lix(words: Sequence[str], sentences: int) -> float | None:
    """Björnsson's LIX (1968): words in a sentence, and how many in a hundred are longer than six letters."""
    if not words or not sentences:
        return None
    return len(words) / sentences + 100 * sum(len(word) > _LONG for word in words) / len(words)
