"""What a text counts, dates and cites: what must be the same in every language.

A text is read once: dates first, then symbols of documents, references to articles and paragraphs, and the numbers that
are left, so that the 12 of article 12 is no number and the 1993 of a date no year of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache, partial

from paraph.checks.clock import times
from paraph.checks.counting import in_words, multipliers
from paraph.checks.languages import base
from paraph.checks.texts import SYMBOL

Date = tuple[int, int, int]
"""Year, month, day; 0 where the text does not say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What stands in a text. `words` are numbers in words that surely count; `loose` those that might (one, first).

    References are (kind, number): ("article", "37"), ("letter", "b"), ("paragraph", "1"). `shown` says how a number or
    symbol was written; `weekdays` names the day of the week, from Monday as 0, and how it was written.
    """

    dates: frozenset[Date]
    weekdays: Mapping[Date, tuple[int, str]]
    symbols: Mapping[str, str]
    references: frozenset[tuple[str, str]]
    numbers: Mapping[str, str]
    words: Mapping[str, str]
    loose: frozenset[str]


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")
_ABJAD = {letter: chr(97 + n) for n, letter in enumerate("أبجدهوزحطيكلمن")}
_ABJAD_ITEM = re.compile("\\(\u0640?([" + "".join(_ABJAD) + "])\u0640?\\)")
"""(ب): the letters by which Arabic texts cite, in the order of (a), (b); (هـ) is drawn out to be readable."""
_CLITIC = re.compile(r"(?<=[\u0621-\u064a])(?=\d)")
"""و2018: an Arabic letter that is written with the number after it."""
_DIGIT = re.compile(r"\d")
"""Most texts have none: what looks for numbers, which takes long, need not begin."""
_ENDS = re.compile(r"/(?:ue|ce|cee|eu|ec|eec)$")
_POINTED = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
"""A number that may be a time, if the other language has that: by the 9.40 train."""
_NUMERIC_DATE = re.compile(r"(?<![\d.])(?:(\d{1,2})[./](\d{1,2})[./](\d{4})|(\d{4})-(\d{2})-(\d{2}))(?!\d)")
_BEFORE_DATE = re.compile(r"(?<!\w)([^\W\d_]+)[,،]?[ \u00a0]+(?:(?:the|le|el|den)[ \u00a0]+)?$")
"""The word before a date, which may be the day of the week: Thursday 12 June; Thursday, the 12th of June."""
_POINT = frozenset({"en", "mt", "he"})
"""Languages whose decimals stand after a point."""

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {"article": r"articles?|arts?\.", "paragraph": r"paragraphs?|paras?\.|§{1,2}"},
    "fr": {"article": r"articles?|art\.", "paragraph": r"paragraphes?|par\.|§{1,2}"},
    "es": {"article": r"artículos?|arts?\.", "paragraph": r"párrafos?|párrs?\.|apartados?|§{1,2}"},
    "it": {"article": r"articol[oi]|art\.", "paragraph": r"paragraf[oi]|par\.|§{1,2}"},
    "pt": {"article": r"artigos?|art\.", "paragraph": r"parágrafos?"},
    "ar": {
        "article": r"(?:[وفبل]|لل|وب|ول)?(?:ال)?(?:مادة|مواد|مادتين|مادتان)",
        "paragraph": r"(?:[وفبل]|لل|وب|ول)?(?:ال)?(?:فقرة|فقرات|فقرتين|فقرتان)",
    },
    "mk": {"article": r"член(?:от|ови(?:те)?)?", "paragraph": r"став(?:от)?"},
}
_FIRST: Mapping[str, str] = {"fr": "premier|première", "es": "primero|primera", "ar": "الأولى", "it": "primo|prima"}
_PARTS = {
    code: re.compile(
        rf"(?<!\w)(?:(?P<chapter>(?i:{chapter}))|(?i:{annex}))[ \u00a0](?P<number>[IVXL]+|\d{{1,2}}|(?i:{first}))(?!\w)"
    )
    for code, chapter, annex, first in (
        ("en", "chapters?", "annex(?:es)?", "one"),
        ("fr", "chapitres?", "annexes?", "premier"),
        ("es", "capítulos?", "anexos?", "primero"),
    )
}
"""Chapters and annexes, which languages number with Roman figures or others."""
_OF_PARTS = ("hap", "HAP", "nne", "NNE", "apí", "APÍ", "nex", "NEX")
"""Few texts have any of these."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_LINK = r"[ \u00a0]*(?:[,،]|–|-|and|or|to|et|ou|à|y|o|e|al?|و|أو|إلى)[ \u00a0]*"
_FROM = r"(?:(?:from|de|del|من)(?=[ \u00a0]\d+[ \u00a0](?:to|à|al?|إلى)[ \u00a0]\d)[ \u00a0]*)?"
"""Before a range: الفقرات من 1 إلى 3, párrafos del 1 al 3."""
_ITEM = (
    r"\d+(?:\.\d{1,2}(?!\d))?"
    rf"(?:(?:[ \u00a0]?\(?(?:\d{{1,2}}|[a-z]|bis|ter)\))+(?:{_LINK}(?:\(?[a-z]\)|\(\d{{1,2}}\)))*)?"
)
"""Of an article, 37; of its parts, 37 (1) (b) and (d), 12 (1) and (2)."""
_LETTERS = re.compile(
    r"(?<!\w)(?:points?|sub-?paragraphs?|letters?|lettres?|alinéas?|letras?|incisos?|apartados?|letter[ae]|"
    r"(?:[وفبل]|لل)?(?:ال)?فقر(?:ة|ات|تين|تان) (?:ال)?فرعي(?:ة|تين|تان)|(?:[وفبل]|لل)?(?:ال)?بنو?د)[ \u00a0]*"
    rf"(\(?[a-z]\)(?:{_LINK}\(?[a-z]\))*)",
    re.IGNORECASE,
)
"""Letters cited apart from their article: paragraphe 1, point c); apartado 1, letra c); apartados b) y d)."""
_LAST = r"[,،][ \u00a0]*(?:and|or|et|ou|y|o|e|و|أو)[ \u00a0]*"
"""Before the last of several: articles 2, 3, and 12; never of two, as in article 12, and 15 children."""
_LETTER = re.compile(r"([a-z])\)", re.IGNORECASE)
_PART = re.compile(r"\d+|[a-z]+(?=\))")


@lru_cache(maxsize=8)  # a text is compared with each other language in turn
def figures(text: str, language: str, known: frozenset[str]) -> Figures:
    """What stands in `text`; `known` names what to read apart from numbers: kinds of reference, “date”."""
    rest = text.translate(_DIGITS)
    if base(language) == "ar":
        rest = _in_arabic(rest)
    dates: set[Date] = set()
    weekdays: dict[Date, tuple[int, str]] = {}
    counted = bool(_DIGIT.search(rest))
    if "date" in known and counted:
        rest = _NUMERIC_DATE.sub(lambda match: _numeric(match, dates), rest)
        if pattern := month_pattern(base(language)):
            names = months(base(language))
            days = weekday_names(base(language))
            rest = pattern.sub(lambda match: _dated(match, names, dates, days, weekdays), rest)
    symbols: dict[str, str] = {}
    if "/" in rest:
        rest = SYMBOL.sub(lambda match: _symbol(match, symbols), rest)
    references: set[tuple[str, str]] = set()
    if "part" in known and any(one in rest for one in _OF_PARTS):
        pattern = _PARTS[base(language)]
        rest = pattern.sub(lambda match: _part(match, references), rest)
    for kind in sorted(known & {"article", "paragraph"}) if counted or base(language) in _FIRST else ():
        cite = partial(_cited, language=base(language), kind=kind, references=references)
        rest = _reference(base(language), kind).sub(cite, rest)
    if ")" in rest:
        cited = (one for some in _LETTERS.findall(rest) for one in _LETTER.findall(some))
        references.update(("letter", one.lower()) for one in cited)
    numbers: dict[str, str] = {}
    words: dict[str, str] = {}
    loose: set[str] = set()
    rest = times(rest, base(language), numbers, loose)
    loose.update(f"{hours}.{minutes}".rstrip("0") for hours, minutes in (time.split(":") for time in numbers))
    for match in _numbers(base(language)).finditer(rest) if counted else ():
        numbers[_value(match[1], base(language), match[2])] = match[0].strip()
        if time := _POINTED.fullmatch(match[0].strip()):
            loose.add(f"{int(time[1])}:{time[2]}")
    for shown, number, counts in in_words(rest, language):
        if counts:
            words[str(number)] = shown
        else:
            loose.add(str(number))
    return Figures(
        dates=frozenset(dates),
        weekdays=weekdays,
        symbols=symbols,
        references=frozenset(references),
        numbers=numbers,
        words=words,
        loose=frozenset(loose),
    )


def _in_arabic(text: str) -> str:
    """An Arabic text with its clitics apart from numbers, and its cited letters as (a), (b)."""
    return _ABJAD_ITEM.sub(lambda match: f"({_ABJAD[match[1]]})", _CLITIC.sub(" ", text))


def readable(language: str) -> frozenset[str]:
    """What `figures` can read in a language apart from numbers."""
    code = base(language)
    return frozenset(
        {*_WORDS.get(code, {}), *(("date",) if months(code) else ()), *(("part",) if code in _PARTS else ())}
    )


def _numeric(match: re.Match[str], dates: set[Date]) -> str:
    day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    if not 1 <= int(month) <= 12:
        return match[0]
    dates.add((int(year), int(month), int(day)))
    return " "


def _dated(
    match: re.Match[str],
    names: Mapping[str, int],
    dates: set[Date],
    days: Mapping[str, int],
    weekdays: dict[Date, tuple[int, str]],
) -> str:
    found = {key.rstrip("123"): value for key, value in match.groupdict().items() if value}
    month = names[re.sub(r"\s+", " ", found["month"]).casefold()]
    date = int(found.get("year", 0)), month, int(found.get("day", 0))
    dates.add(date)
    before = _BEFORE_DATE.search(match.string, max(0, match.start() - 24), match.start())
    if before and before[1].casefold() in days:
        weekdays[date] = days[before[1].casefold()], before[1]
    return " "


def _part(match: re.Match[str], references: set[tuple[str, str]]) -> str:
    """A chapter or an annex is taken out."""
    number = match["number"]
    read = number if number.isdigit() else str(_roman(number) or 1)  # premier
    references.add(("chapter" if match["chapter"] else "annex", read))
    return " "


def _roman(number: str) -> int:
    """XIV is 14; 0 for what is no Roman number."""
    digits = [_ROMAN.get(one, 0) for one in number]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def _symbol(match: re.Match[str], symbols: dict[str, str]) -> str:
    shown = match[0].rstrip(".-").lstrip("(.-")
    shown = shown if shown.count("(") == shown.count(")") else shown.rstrip(")")
    symbols[_ENDS.sub("/eu", shown.casefold())] = shown
    return " "


def _cited(match: re.Match[str], language: str, kind: str, references: set[tuple[str, str]]) -> str:
    """What is cited is taken out: articles, with their paragraphs and letters, or paragraphs alone."""
    items = match["items"]
    if not items:
        references.add((kind, "1"))
        return " "
    of, several, end = kind, False, 0
    for item in re.finditer(_ITEM, items):
        between = items[end : item.start()]
        if re.search(_WORDS[language]["paragraph"], between, re.IGNORECASE):
            of, several = "paragraph", True
        elif re.search(_LAST, between):
            if not several:
                return f" {items[end:]}"
            of = kind
        elif between:
            of, several = kind if between.startswith(")") else of, True
        number, *inside = _PART.findall(item[0])
        references.add((of, number))
        references.update(("paragraph" if one.isdigit() else "letter", one) for one in inside)
        end = item.end()
    return " "


@cache
def _numbers(language: str) -> re.Pattern[str]:
    """A number in digits, and what multiplies it: 3,000, 1.5 million."""
    scales = "|".join(sorted(multipliers(language), key=len, reverse=True))
    return re.compile(
        r"(?<![\w.,/])((?:\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})+(?![\d])(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)"
        r"(?:st|nd|rd|th|s|er|re|ème|e|º|ª)?(?![\w]))"
        + (rf"(?:[ \u00a0\u202f]({scales})(?!\w))?" if scales else r"(\b\B)?"),
        re.IGNORECASE,
    )


def _value(shown: str, language: str, scale: str | None) -> str:
    """A number without what groups its digits, its decimals after a point, multiplied by its `scale`."""
    digits = re.sub(r"[^\d.,]", "", shown)
    decimal = "." if language in _POINT else ","
    parts = re.split(r"[.,]", digits)
    last = digits[-len(parts[-1]) - 1 :][:1]
    grouped = all(len(part) == 3 for part in parts[1:]) and (last != decimal or len(parts) > 2 or language == "ar")
    if len(parts) == 1 or (grouped and not scale):
        value = Decimal("".join(parts))
    else:
        value = Decimal(f"{''.join(parts[:-1])}.{parts[-1]}")
    value = (value * multipliers(language)[scale.casefold()] if scale else value).normalize()
    return f"{value:f}"


@cache
def _reference(language: str, kind: str) -> re.Pattern[str]:
    """“articles 2, 3 and 12”, “article premier”, “articles 3, paragraph 1, and 40”: the word, then numbers."""
    first = _FIRST.get(language)
    within = rf"|[,،]?[ \u00a0]\(?(?:{_WORDS[language]['paragraph']})[ \u00a0]*" if kind == "article" else ""
    items = rf"(?:(?:nos?\.?|nº|no\.)[ \u00a0]*)?{_FROM}(?P<items>{_ITEM}(?:\)?(?:{_LAST}|{_LINK}{within}){_ITEM})*)"
    either = rf"(?:{items}|(?:{first})(?!\w))" if first else items
    return re.compile(rf"(?<!\w)(?:{_WORDS[language][kind]})[ \u00a0]*{either}", re.IGNORECASE)


# --- months ----------------------------------------------------------------------------------------------------------

_ARABIC_MONTHS = (
    "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
    "يناير|فبراير|مارس|أبريل|مايو|يونيه|يوليه|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر",
    "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
)


@cache
def months(language: str) -> Mapping[str, int]:
    """The names of months in all the ways that a language has, casefolded, to their numbers; CLDR’s through Babel."""
    from babel import Locale, UnknownLocaleError

    found: dict[str, int] = {}
    try:
        named = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return found
    for context in ("format", "stand-alone"):
        found |= {str(name).casefold(): n for n, name in named[context]["wide"].items()}
    if language == "ar":
        for names in _ARABIC_MONTHS:
            found |= {name: n for n, name in enumerate(names.split("|"), 1)}
    return found


@cache
def weekday_names(language: str) -> Mapping[str, int]:
    """The days of the week, casefolded, to their numbers from Monday; CLDR’s through Babel."""
    from babel import Locale

    named = Locale.parse(language).days
    return {
        str(name).casefold(): n for context in ("format", "stand-alone") for n, name in named[context]["wide"].items()
    }


@cache
def month_pattern(language: str) -> re.Pattern[str] | None:
    """A month of `language` with a day or a year beside it; None where no month is known."""
    names = sorted(months(language), key=len, reverse=True)
    if not names:
        return None
    month = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    of = r"[\s\u00a0]+(?:(?:de|of|del)[\s\u00a0]+)?"
    day = r"(?P<day{0}>\d{{1,2}})(?:er|º|st|nd|rd|th|\.)?"
    year = r"(?P<year{0}>\d{{4}})(?!\d)"
    both = rf"(?:[\s\u00a0]*/[\s\u00a0]*(?:{month})(?!\w))?"
    return re.compile(
        rf"(?<![\w])(?:{day.format(1)}{of}(?P<month1>{month})(?!\w){both}(?:,?{of}{year.format(1)})?"
        rf"|(?P<month2>{month})[\s\u00a0]+{day.format(2)}(?!\d)(?:,?[\s\u00a0]+{year.format(2)})?"
        rf"|(?P<month3>{month})(?!\w){both},?{of}{year.format(3)})",
        re.IGNORECASE,
    )


def written(dates: frozenset[Date]) -> Iterator[str]:
    """Dates for a message: 1993-12-20, 2019-03."""
    for year, month, day in sorted(dates):
        yield f"{year or '····'}-{month:02}" + (f"-{day:02}" if day else "")
