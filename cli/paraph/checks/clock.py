"""Times of day, in digits and as one says them: 6.30 p.m., 18 h 30, half past six, las seis y media, midi.

A time with minutes is one figure; a full hour is its number, so that 6 p.m. is 18. What is said without morning or
evening may be either: half past four is 4.30 and 16.30.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from paraph.checks.counting import units

_GAP = "[ \u00a0\u202f]"
_TIME = re.compile(
    rf"(?:(?<!\w)((?:a|de|desde|hasta) las?|الساعة){_GAP})?"
    rf"(?<![\w.,:/])(\d{{1,2}})(?:({_GAP}?h{_GAP}?|[.:])([0-5]\d)(?![\d:]))?(?:{_GAP}?(?:"
    rf"(p\.?m\b|de la (?:tarde|noche)\b|(?:h(?:eures?)?{_GAP})?(?:de l[’']après-midi|du soir)\b|"
    r"(?:مساء|عصر)ا?(?!\w)|بعد الظهر)|"
    rf"(a\.?m\b|de la mañana\b|(?:h(?:eures?)?{_GAP})?du matin\b|صباح|h(?:oras|rs)?\b|Uhr\b)))?",
    re.IGNORECASE,
)
"""A time of day in digits. What stands about it says that it is one, or the sign before the minutes; a point alone does
not."""
_SAID: Mapping[str, Mapping[str, int]] = {
    "en": {"half past {hour}": 30, "(?:a )?quarter past {hour}": 15, "(?:a )?quarter to {hour}": -15}
    | {"{hour} o[’']clock": 0, "at {hour} in the (?:morning|afternoon|evening)": 0},
    "fr": {"{hour} h(?:eures?)? et demie": 30, "{hour} h(?:eures?)? et quart": 15}
    | {"{hour} h(?:eures?)? moins le quart": -15, "{hour} heures? (?:du (?:matin|soir)|de l[’']après-midi)": 0},
    "es": {"las? {hour} y media": 30, "las? {hour} y cuarto": 15, "las? {hour} menos cuarto": -15}
    | {"las? {hour} (?:de|en) la (?:mañana|tarde|noche)": 0},
    "ar": {"الساعة {hour} والنصف": 30, "الساعة {hour} والربع": 15}
    | {"الساعة {hour} إلا (?:ربعا|الربع)": -15, "الساعة {hour}": 0},
}
"""How a language says the time: the {hour}, and the minutes after it."""
_HINTS: Mapping[str, tuple[str, ...]] = {
    "en": ("past", "clock", "quarter", "in the "),
    "fr": ("demie", "quart", "heure"),
    "es": (" media", " cuarto", " la mañana", " la tarde", " la noche"),
    "ar": ("الساعة",),
}
"""Without any of these, a text says no time: few do."""
_NAMED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {"noon": ("12",), "midday": ("12",), "midnight": ("0", "24")},
    "fr": {"midi": ("12",), "minuit": ("0", "24")},
    "es": {"mediodía": ("12",), "medianoche": ("0", "24")},
    "ar": {"الظهر": ("12",), "ظهرا": ("12",), "الليل": ("0", "24")},
}
_ARABIC = ("الواحدة", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة")
_TWELVE = 12
_DIGIT = re.compile(r"\d")
"""Most texts have none."""


def times(text: str, language: str, found: dict[str, str], loose: set[str]) -> str:
    """The text without its times: those with minutes go to `found`, as hours and minutes of a day of 24 hours → as they
    stand, and full hours stay as numbers. What is said goes to `loose`, in each way that it may be meant."""
    if pattern := _named(language):
        for word in pattern.findall(text):
            loose.update(_NAMED[language][word.lower()])
    for pattern, minutes in _said(language) if any(hint in text for hint in _HINTS.get(language, ())) else ():
        for hour in (match["hour"] for match in pattern.finditer(text)):
            loose.update(_meant(hour, minutes, language))
        text = pattern.sub(" ", text)
    return _TIME.sub(lambda match: _timed(match, found), text) if _DIGIT.search(text) else text


def _timed(match: re.Match[str], found: dict[str, str]) -> str:
    """A time with minutes is taken out; of any other the hour stays."""
    spoken, hour, sign, minutes, late, early = match.groups()
    if int(hour) > 24 or not (late or early or (minutes and (spoken or sign != "."))):
        return match[0]
    first = early and early[0] in "aAdD"  # a.m., de la mañana: 12 is the hour 0
    hours = int(hour) % _TWELVE + 12 if late and int(hour) <= _TWELVE else int(hour) % 12 if first else int(hour)
    if not minutes or minutes == "00":
        return f" {hours} "
    found[f"{hours}:{minutes}"] = match[0].strip()
    return " "


def _meant(hour: str, minutes: int, language: str) -> Iterator[str]:
    """A time that is said, in the morning and in the evening; and the hour, which may be a duration’s."""
    number = int(hour) if hour.isdigit() else _hours(language)[hour.casefold()]
    begun = (number - (minutes < 0)) % _TWELVE
    for hours in (begun, begun + _TWELVE):
        yield f"{hours}:{minutes % 60}" if minutes else str(hours)
    yield str(number)


@cache
def _named(language: str) -> re.Pattern[str] | None:
    named = _NAMED.get(language)
    return re.compile(rf"\b(?:{'|'.join(named)})\b", re.IGNORECASE) if named else None


@cache
def _hours(language: str) -> Mapping[str, int]:
    """The hours of a clock as a language says them."""
    if language == "ar":
        told = {word: n for n, word in enumerate(_ARABIC, 1)}
        return told | {"الحادية عشرة": 11, "الثانية عشرة": 12}
    return {word: n for word, n in units(language).items() if 1 <= n <= _TWELVE}


@cache
def _said(language: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    def compiled() -> Iterator[tuple[re.Pattern[str], int]]:
        words = "|".join(sorted(_hours(language), key=len, reverse=True))
        hour = rf"(?P<hour>(?:1[0-2]|[1-9])(?![\d:]|\.\d)|(?:{words})(?!\w))"
        for pattern, minutes in _SAID.get(language, {}).items():
            spaced = pattern.replace(" ", f"{_GAP}+").replace("{hour}", hour)
            yield re.compile(rf"(?<![\w.,:/]){spaced}(?!\w)", re.IGNORECASE), minutes

    return tuple(compiled())
