"""A day as people write it in a table: 2026-12-10, 10.12.2026, 10 décembre 2026, ١٠ ديسمبر ٢٠٢٦.

10/12/2026 is two days: December’s to most of the world, October’s to the United States. Which one was meant is never
guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_DAY_WORD = re.compile(r"(?:le |el )?(\d{1,2})(?:er|st|nd|rd|th|[.ºª])?(?: de)? ([^\W\d_]+)\.?,?(?: del?)? (\d{4})")
_WORD_DAY = re.compile(r"([^\W\d_]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


def days(text: str, months: Mapping[str, int]) -> tuple[dt.date, ...]:
    """The days that `text` may be: none, one, or two. `months` are numbers by casefolded names."""
    text = " ".join(text.split()).casefold()
    found: list[tuple[int, int, int]] = []
    if parts := _YEAR_FIRST.fullmatch(text):
        found = [(int(parts[1]), int(parts[3]), int(parts[4]))]
    elif parts := _YEAR_LAST.fullmatch(text):
        one, other, year = int(parts[1]), int(parts[3]), int(parts[4])
        found = [(year, other, one)] if parts[2] == "." else [(year, other, one), (year, one, other)]
    elif parts := _DAY_WORD.fullmatch(text):
        found = [(int(parts[3]), months.get(parts[2], 0), int(parts[1]))]
    elif parts := _WORD_DAY.fullmatch(text):
        found = [(int(parts[3]), months.get(parts[1], 0), int(parts[2]))]
    made: dict[dt.date, None] = {}
    for one_of in found:
        with suppress(ValueError):
            made.setdefault(dt.date(*one_of))
    return tuple(made)


def counted_day(text: str) -> dt.date | None:
    """The day that a number is, as spreadsheets count them in a cell that is not formatted as a date (ECMA-376 Part 1,
    18.17.4.1: from the end of 1899); None for what is no number of a day of this century."""
    if not re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return None
    day = dt.date(1899, 12, 30) + dt.timedelta(days=int(text[:5]))
    return day if 2000 <= day.year < 2100 else None


def months(locales: Iterable[str]) -> dict[str, int]:
    """The names of months in these locales, long and short, in their country’s words and in the language’s; one that is
    two months in two languages is none."""
    from babel import Locale

    found: dict[str, int] = {}
    for name in locales:
        for locale in (Locale.parse(name), Locale.parse(name.partition("_")[0])):
            for form in locale.months.values():
                for width in ("wide", "abbreviated"):
                    for number, word in form[width].items():
                        key = str(word).casefold().rstrip(".")
                        found[key] = int(number) if found.get(key, int(number)) == int(number) else 0
    return found
