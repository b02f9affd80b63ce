"""Numbers: the same in every language, written as each language writes them.

Paragraphs are numbered "to ensure that references are identical in all language versions" (UN Editorial Manual);
sub-levels are (a) (i) in English, a) i) in French.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from paraph.model.text import Number
from paraph.model.writing import LanguageRules, NumberFormat, NumberStyle

_ABJAD = "أبجدهوزحطيكلمنسعفصقرشت"
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def write_value(value: int, style: NumberStyle) -> str:
    """`value` (from 1) in `style`: 4, d, iv, IV, د. Letters go on aa, bb after the last, as Word counts them."""
    match style:
        case NumberStyle.LOWER_ALPHA:
            return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        case NumberStyle.ABJAD:
            return _ABJAD[(value - 1) % len(_ABJAD)] * ((value - 1) // len(_ABJAD) + 1)
        case NumberStyle.LOWER_ROMAN:
            return _roman(value)
        case NumberStyle.UPPER_ROMAN:
            return _roman(value).upper()
        case _:
            return str(value)


def _roman(value: int) -> str:
    text = "c" * (value // 100)
    if value // 100 > 3:
        return str(value)
    value %= 100
    for amount, sign in ((90, "xc"), *_ROMAN):
        while value >= amount:
            text, value = text + sign, value - amount
    return text


@dataclass(slots=True)
class Counter:
    """Counts the paragraphs of one document, series by series."""

    rules: LanguageRules
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, series: str, level: int, above: tuple[int, ...] = ()) -> Number:
        """The next number of `series` at `level` (0: 1., 1: (a)); `above` is the path of what it stands under."""
        value = self.counts[series] = self.counts.get(series, 0) + 1
        written = self.rules.levels[min(level, len(self.rules.levels) - 1)]
        return number(series, (*above, value), value, written)

    def step(self, series: str) -> Number:
        """The next number of `series` by itself, as it stands on a disc: 1, and not the 1. of a paragraph."""
        value = self.counts[series] = self.counts.get(series, 0) + 1
        return number(series, (value,), value, NumberFormat(style=NumberStyle.DECIMAL, pattern="{n}"))

    def bullet(self, series: str) -> Number:
        """A bullet; it has no value and nothing can refer to it."""
        return Number(series=series, path=(), value=0, style=NumberStyle.BULLET, label=self.rules.bullet)


def number(series: str, path: tuple[int, ...], value: int, written: NumberFormat) -> Number:
    """A number as `written` says."""
    prefix, _, suffix = written.pattern.partition("{n}")
    label = prefix + write_value(value, written.style) + suffix
    return Number(series=series, path=path, value=value, style=written.style, label=label, prefix=prefix, suffix=suffix)


def reference_words(rules: LanguageRules, path: tuple[int, ...]) -> str:
    """A path as a reference prints it: "4", "4 (b)", in French "4 b)"."""
    return " ".join(_reference_parts(rules, path))


def _reference_parts(rules: LanguageRules, path: tuple[int, ...]) -> Iterator[str]:
    for level, value in enumerate(path):
        written = rules.levels[min(level, len(rules.levels) - 1)]
        text = write_value(value, written.style)
        yield text if level == 0 else written.pattern.replace("{n}", text)
