"""How Word writes a number that it counts, and how it counts notes (ECMA-376 Part 1, 17.18.59 and 17.11)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.shown import Counting

_MOST = 100_000
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_LETTER = re.compile(rf"\b[{_ABJAD}]\b")
_FIRST = {"footnote": "decimal", "endnote": "lowerRoman"}
"""How Word writes the numbers of notes where no file says it."""


def written(value: int, kind: str) -> str:
    """A number in one of the ways in which Word writes it; in one that nobody uses here, as figures with its name."""
    if not 0 < value < _MOST:
        return str(value)
    match kind:
        case "none":
            return ""
        case "lowerLetter" | "upperLetter":
            letters = "abcdefghijklmnopqrstuvwxyz"[(value - 1) % 26] * min(1 + (value - 1) // 26, 9)
            return letters if kind == "lowerLetter" else letters.upper()
        case "arabicAbjad":
            return _ABJAD[(value - 1) % len(_ABJAD)]
        case "lowerRoman" | "upperRoman":
            return _roman(value) if kind == "lowerRoman" else _roman(value).upper()
        case "decimal" | "bullet" | "":
            return str(value)
        case _:
            return f"{value} {kind[:20]}"


def in_figures(label: str) -> str:
    """The number of a list in which an Arabic letter counts, as figures say it."""
    return _LETTER.sub(lambda found: str(_ABJAD.index(found[0]) + 1), label)


def as_number(text: str) -> str:
    """A number by which something is known, however it is written: programs read “04” as 4. Any other text as it is."""
    try:
        return str(int(text))
    except ValueError:
        return text


def counting_of(note: str, settings: Element | None, sections: Iterable[Element]) -> Counting:
    """How the notes of a kind (“footnote”, “endnote”) are counted: as each section says, or all as the settings do."""
    tag = name(f"w:{note}Pr")
    whole = settings.find(tag) if settings is not None else None
    said = dict.fromkeys(_counting(whole, one.find(tag), _FIRST[note]) for one in sections)
    every = [*said] or [_counting(whole, None, _FIRST[note])]
    return every[0]._replace(anew=len(every) > 1 or every[0].anew)


def start_of(properties: Element | None, tag: str) -> int:
    """Where a list or notes begin to count, by the element that says it: at 1 where none does."""
    value = attribute(properties.find(name(f"w:{tag}")), "w:val") if properties is not None else ""
    return min(int(value), _MOST) if value.isascii() and value.isdecimal() and len(value) < 12 else 1


def _counting(whole: Element | None, own: Element | None, kind: str) -> Counting:
    def value(tag: str) -> str:
        found = (one.find(name(f"w:{tag}")) for one in (own, whole) if one is not None)
        return next((attribute(one, "w:val") for one in found if one is not None), "")

    restart = value("numRestart")
    first = own if own is not None and own.find(name("w:numStart")) is not None else whole
    return Counting(start_of(first, "numStart"), value("numFmt") or kind, restart not in ("", "continuous"))


def _roman(value: int) -> str:
    made = ""
    for amount, sign in _ROMAN:
        made += sign * min(value // amount, 9)
        value %= amount
    return made
