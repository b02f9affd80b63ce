"""Numbers in words, of the languages that statements mostly speak: fifteen, soixante-douze, veinticuatro, خمسة عشر.

A number in words may stand for digits in another language, so it is read to be compared, never to be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from paraph.checks.languages import base
from paraph.glossary.inflection import fold
from paraph.glossary.tokens import WORD

_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis "
    "veintisiete veintiocho veintinueve",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety hundred",
    "fr": "vingt trente quarante cinquante soixante soixante-dix quatre-vingt quatre-vingt-dix cent",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien",
}
_LINKS = {"en": ("-", " "), "fr": ("-", "-et-", " et "), "es": (" y ",)}
_SPANISH_HUNDREDS = {200: "doscient", 300: "trescient", 400: "cuatrocient", 500: "quinient", 600: "seiscient"}
_SPANISH_HUNDREDS |= {700: "setecient", 800: "ochocient", 900: "novecient"}
_MORE = {
    "fr": {"une": 1, "quatre-vingts": 80, "soixante et onze": 71},
    "es": {"un": 1, "una": 1, "veintiún": 21, "veintiuna": 21, "ciento": 100}
    | {f"{stem}{end}s": n for n, stem in _SPANISH_HUNDREDS.items() for end in "oa"},
}
_ROUGHLY = {
    "en": {"both": 2, "once": 1, "twice": 2, "half": 2}
    | {"dozen": 12, "dozens": 12, "hundreds": 100}
    | {"nineties": 90, "eighties": 80, "seventies": 70, "sixties": 60, "fifties": 50, "forties": 40, "thirties": 30},
    "fr": {"dizaine": 10, "dizaines": 10, "douzaine": 12, "douzaines": 12, "quinzaine": 15, "vingtaine": 20}
    | {"trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "centaines": 100},
    "es": {"ambos": 2, "ambas": 2, "cientos": 100, "decena": 10, "decenas": 10, "docena": 12, "docenas": 12}
    | {"veintena": 20, "treintena": 30, "centenar": 100, "centenares": 100},
}
"""No part of a longer number: half a million is no two millions."""
_HUNDRED = {"en": frozenset(("hundred",)), "fr": frozenset(("cent", "cents"))}
_THOUSANDS = {
    "en": {"thousand": 1000, "million": 10**6, "millions": 10**6, "billion": 10**9, "billions": 10**9},
    "fr": {"mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
    "es": {"mil": 1000, "millón": 10**6, "millones": 10**6},
    "ar": {"الف": 1000, "الاف": 1000, "مليون": 10**6, "ملايين": 10**6, "مليار": 10**9},
}
"""What multiplies the number before it."""
_WRITTEN = {"ar": {"ألف": 1000, "ألفاً": 1000, "آلاف": 1000, "مليون": 10**6, "ملايين": 10**6, "مليار": 10**9}}
"""As they stand in texts, where they are folded to be read."""
_ROUND = frozenset((1000, 10**6, 10**9))
"""Said of what nobody counted: a thousand, un million."""
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième",
    "es": "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
}
_ARABIC_UNITS = (
    ("واحد", "واحده", "حادي", "حاديه"),
    ("ثاني", "ثانيه", "اثنان", "اثنين", "اثنتين", "اثنتان", "اثنا", "اثني", "اثنتا", "اثنتي"),
    ("ثلاث", "ثلاثه", "ثالث", "ثالثه"),
    ("اربع", "اربعه", "رابع", "رابعه"),
    ("خمس", "خمسه", "خامس", "خامسه"),
    ("ست", "سته", "سادس", "سادسه"),
    ("سبع", "سبعه", "سابع", "سابعه"),
    ("ثمان", "ثماني", "ثمانيه", "ثامن", "ثامنه"),
    ("تسع", "تسعه", "تاسع", "تاسعه"),
    ("عشر", "عشره", "عاشر", "عاشره"),
)
_ARABIC_TENS = ("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع")
_ONE = {"اولي": 1, "اول": 1}
_WORDS = re.compile(rf"{WORD.pattern}|[,;:.()\n،؛]")
"""Words, and what parts numbers: *two, three thousand* are two of them."""


@cache
def _phrases(language: str) -> Mapping[tuple[str, ...], int]:
    """The words of a number → the number, for languages that write it so."""
    units = [*enumerate(_UNITS.get(language, "").split())]
    if not units:
        return {}
    found = {word: n for n, word in units}
    for ten, word in enumerate(_TENS[language].split(), 2):
        found[word] = ten * 10
        several = units[1:20] if language == "fr" and ten in (6, 8) else units[1:10]
        several = [*several, *((1, one) for one in ("une", "una", "un") if one in _MORE.get(language, ()))]
        found |= {f"{word}{link}{unit}": ten * 10 + n for n, unit in several if ten < 10 for link in _LINKS[language]}
    found |= _MORE.get(language, {}) | _ROUGHLY[language]
    return {tuple(WORD.findall(words)): n for words, n in found.items()}


@cache
def _ordinals(language: str) -> Mapping[str, int]:
    found = {word: n for n, word in enumerate(_ORDINALS.get(language, "").split(), 1)}
    if language == "fr":
        found["première"] = 1
    if language == "es":
        found |= {f"{word[:-1]}a": n for word, n in found.items()} | {"primer": 1, "tercer": 3}
    return found


@cache
def _arabic() -> Mapping[str, int]:
    found = {word: n for n, words in enumerate(_ARABIC_UNITS, 1) for word in words}
    for n, stem in enumerate(_ARABIC_TENS, 2):
        found |= {f"{stem}{ending}": n * 10 for ending in ("ون", "ين", "ينيات", "ينات")}
    for hundred in ("مئه", "مائه"):
        found |= {f"{stem}{hundred}": n * 100 for n, stem in enumerate(_ARABIC_TENS[1:], 3)}
        found |= {f"{hundred[:-1]}{ending}": 200 for ending in ("تان", "تين", "تا", "تي")}
    found |= {f"الف{ending}": 2000 for ending in ("ان", "ين", "ا", "ي")}
    return found | {"مئه": 100, "مائه": 100, "مئات": 100} | _THOUSANDS["ar"] | _ONE


@cache
def _firsts(language: str) -> frozenset[str]:
    """The words with which a number begins."""
    return frozenset(words[0] for words in _phrases(language)).union(_ordinals(language), _THOUSANDS.get(language, ()))


@cache
def units(language: str) -> Mapping[str, int]:
    """The small numbers of a language: one, une, veintinueve."""
    ones = {word: 1 for word in ("une", "una", "un") if word in _MORE.get(language, ())}
    return {word: n for n, word in enumerate(_UNITS.get(language, "").split())} | ones


def multipliers(language: str) -> Mapping[str, int]:
    """The words that multiply a number before them, as texts have them: million, millones."""
    return _WRITTEN.get(language) or _THOUSANDS.get(language, {})


def counts_in_words(language: str) -> bool:
    """Whether numbers in words are read in a language."""
    return base(language) == "ar" or base(language) in _UNITS


def in_words(text: str, language: str) -> Iterator[tuple[str, int, bool]]:
    """Numbers in words: as they stand, the number, and whether it surely counts something (fifteen, not one)."""
    code = base(language)
    if code == "ar":
        yield from _in_arabic(text)
        return
    words = [part for word in _WORDS.findall(text.casefold()) for part in _compound(word, code)]
    phrases, ordinals, longest = _phrases(code), _ordinals(code), 3
    firsts = _firsts(code)
    if firsts.isdisjoint(words):
        return
    position = 0
    while position < len(words):
        if words[position] not in firsts:
            position += 1
            continue
        if several := _several(words, position, code):
            position += several[0]
            counts = several[1] not in _ROUND and not _ordinal(words, position, ordinals)
            yield " ".join(words[position - several[0] : position]), several[1], counts
            continue
        for length in range(min(longest, len(words) - position), 0, -1):
            taken = tuple(words[position : position + length])
            if taken in phrases:
                position += length
                yield " ".join(taken), phrases[taken], phrases[taken] > 2 and not _ordinal(words, position, ordinals)
                break
        else:
            if words[position] in ordinals:
                yield words[position], ordinals[words[position]], False
            position += 1


def _several(words: Sequence[str], start: int, code: str) -> tuple[int, int] | None:
    """Hundreds, thousands and millions with what goes before and after them: how many words, and the number.

    *Two hundred and forty-one*, *deux mille*, *mil doscientos*; None for what is smaller, and for *mille* by itself.
    """
    phrases, hundred, thousands = _phrases(code), _HUNDRED.get(code, frozenset()), _THOUSANDS[code]
    total, current, several, end, position = 0, 0, False, start, start
    while position < len(words):
        word = words[position]
        if word in hundred and 0 < current < 100:
            current, several = current * 100, True
        elif word in thousands and (current or position == start):
            total, current, several = total + (current or 1) * thousands[word], 0, current > 0
        elif word == "and" and code == "en" and (words[position - 1] in hundred or words[position - 1] in thousands):
            position += 1
            continue
        else:
            length = next((n for n in (3, 2, 1) if tuple(words[position : position + n]) in phrases), 1)
            value = phrases.get(tuple(words[position : position + length]), 0)
            if not value or current % 100 or (current and value >= 100) or word in _ROUGHLY[code]:
                break
            several = several or current + total > 0
            current, position = current + value, position + length - 1
        position += 1
        end = position
    return (end - start, total + current) if several else None


def _compound(word: str, code: str) -> Iterator[str]:
    """A word, or what it is made of where a number begins it: thirty-day, fourteen-year-old."""
    if "-" in word and code == "en" and (word,) not in _phrases(code):
        parts = word.split("-")
        for end in range(len(parts) - 1, 0, -1):
            if ("-".join(parts[:end]),) in _phrases(code):
                yield from ("-".join(parts[:end]), *parts[end:])
                return
    yield word


def _ordinal(words: Sequence[str], position: int, ordinals: Mapping[str, int]) -> bool:
    """Whether the number before `position` goes on as an ordinal: twenty-first, vingt et unième."""
    rest = [word for word in words[position : position + 2] if word != "et"][:1]
    return any(word in ordinals or word == "unième" for word in rest)


def _in_arabic(text: str) -> Iterator[tuple[str, int, bool]]:
    """Units before ten (خمسة عشر) and before tens (خمسة وعشرون), and all of مئتان وواحد وأربعون, are one number."""
    known, thousands = _arabic(), _THOUSANDS["ar"]
    waiting: tuple[str, int] | None = None
    for word in [*_WORDS.findall(text), ""]:
        bare = fold(word, "ar")
        led = bare.startswith("و") and len(bare) > 3
        number = next((known[one] for one in _bare(bare) if one in known), None)
        if waiting and number is not None and (sum_ := _together(waiting[1], number, led, bare in thousands)):
            waiting = f"{waiting[0]} {word}", sum_
            continue
        if waiting:
            yield waiting[0], waiting[1], waiting[1] > 2 and waiting[1] not in _ROUND
        waiting = (word, number) if number is not None else None


def _together(before: int, number: int, led: bool, multiplies: bool) -> int:
    """Two Arabic numbers in a row as one, or 0; `led`: “and” is before the second."""
    if not led:
        if number == 10 and 0 < before % 100 < 10:
            return before + 10
        several = multiplies or (number == 100 and 2 < before < 10)
        return before * number if several and before < number else 0
    if before < 10:
        return before + number if 20 <= number < 100 else 0
    if 0 < before % 100 < 10 and before > 100:
        return before + number if 20 <= number < 100 else 0
    fits = (number < 100 and not before % 100) or (number < 1000 and not before % 1000)
    return before + number if fits and before >= 100 else 0


def _bare(word: str) -> Iterator[str]:
    yield word
    for prefix in ("ال", "لل", "وال", "بال", "و", "ب", "ل"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            yield word.removeprefix(prefix)
