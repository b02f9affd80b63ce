"""Numbers in words, of the languages that statements mostly speak: fifteen, soixante-douze, veinticuatro, خمسة عشر.

A number in words may stand for digits in another language, so it is read to be compared, never to be written.
"""

from __future__ import annotations

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
_MORE = {
    "en": {"both": 2, "once": 1, "twice": 2, "half": 2}
    | {"dozen": 12, "dozens": 12, "hundreds": 100}
    | {"nineties": 90, "eighties": 80, "seventies": 70, "sixties": 60, "fifties": 50, "forties": 40, "thirties": 30},
    "fr": {"une": 1, "quatre-vingts": 80, "soixante et onze": 71}
    | {"dizaine": 10, "dizaines": 10, "douzaine": 12, "douzaines": 12, "quinzaine": 15, "vingtaine": 20}
    | {"trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "centaines": 100},
    "es": {"un": 1, "una": 1, "ambos": 2, "ambas": 2, "veintiún": 21, "ciento": 100, "cientos": 100}
    | {"decena": 10, "decenas": 10, "docena": 12, "docenas": 12, "veintena": 20, "treintena": 30}
    | {"centenar": 100, "centenares": 100},
}
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
        found |= {f"{word}{link}{unit}": ten * 10 + n for n, unit in several if ten < 10 for link in _LINKS[language]}
    found |= _MORE[language]
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
    return found | {"مئه": 100, "مائه": 100, "مئات": 100} | _ONE


@cache
def _firsts(language: str) -> frozenset[str]:
    """The words with which a number begins."""
    return frozenset(words[0] for words in _phrases(language)).union(_ordinals(language))


def counts_in_words(language: str) -> bool:
    """Whether numbers in words are read in a language."""
    return base(language) == "ar" or base(language) in _UNITS


def in_words(text: str, language: str) -> Iterator[tuple[str, int, bool]]:
    """Numbers in words: as they stand, the number, and whether it surely counts something (fifteen, not one)."""
    code = base(language)
    if code == "ar":
        yield from _in_arabic(text)
        return
    words = [part for word in WORD.findall(text.casefold()) for part in _compound(word, code)]
    phrases, ordinals, longest = _phrases(code), _ordinals(code), 3
    firsts = _firsts(code)
    if firsts.isdisjoint(words):
        return
    position = 0
    while position < len(words):
        if words[position] not in firsts:
            position += 1
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
    """Units before ten (خمسة عشر) and before tens (خمسة وعشرون) are one number."""
    known = _arabic()
    waiting: tuple[str, int] | None = None
    for word in WORD.findall(text):
        bare = fold(word, "ar")
        led = bare.startswith("و") and len(bare) > 3
        number = next((known[one] for one in _bare(bare) if one in known), None)
        if number is None:
            if waiting:
                yield waiting[0], waiting[1], waiting[1] > 2
            waiting = None
        elif waiting and waiting[1] < 10 and (number == 10 or (led and number >= 20)):
            yield f"{waiting[0]} {word}", waiting[1] + number, True
            waiting = None
        else:
            if waiting:
                yield waiting[0], waiting[1], waiting[1] > 2
            waiting = (word, number)
    if waiting:
        yield waiting[0], waiting[1], waiting[1] > 2


def _bare(word: str) -> Iterator[str]:
    yield word
    for prefix in ("ال", "لل", "وال", "بال", "و", "ب", "ل"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            yield word.removeprefix(prefix)
