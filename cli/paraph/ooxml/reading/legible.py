"""Whether a person who reads a page reads the very words that stand in the file: what speaks against it.

Only what is known to leave words as they are is let pass (`formatting`); the bounds here are those of ordinary letters.
Words that stand in a file and that nobody sees, or sees otherwise, are not words that anybody approved.
"""

from __future__ import annotations

from paraph.ooxml.reading.formatting import BEHIND, CELL_MARGINS, HIGHLIGHTED, STRANGE, Formatting
from paraph.ooxml.reading.palette import Palette, contrast

LEAST_CONTRAST = 2
"""As WCAG 2 counts it, where text that reads well has 4.5: below it, letters are next to invisible."""
BOUNDS = {
    "size": (10, 200),
    "size of Arabic letters": (10, 200),
    "width of letters": (33, 300),
    "height over its line": (-16, 16),
    "gap between letters": (-20, 200),
    "space before the paragraph": (0, 3_000),
    "space after the paragraph": (0, 3_000),
    "tab stop": (-1_500, 12_000),
    "tab stop on the right": (-1_500, 12_000),
    "height of the row": (0, 16_000),
    "gap between cells": (0, 400),
    "width of the cell": (300, 12_500),
    "place of the cell": (0, 12_000),
    "share of the cell": (150, 5_500),
    "width of the table": (0, 12_500),
    "share of the table": (1_000, 5_500),
    "indent of the table": (-1_000, 6_000),
    "margin of the cell": (0, 1_500),
    "left indent": (-400, 6_000),
    "start indent": (-400, 6_000),
    "right indent": (-400, 6_000),
    "end indent": (-400, 6_000),
    "firstLine indent": (-400, 6_000),
    "hanging indent": (-400, 3_000),
    "left indent in letters": (-200, 3_000),
    "start indent in letters": (-200, 3_000),
    "right indent in letters": (-200, 3_000),
    "end indent in letters": (-200, 3_000),
    "firstLine indent in letters": (-200, 3_000),
    "hanging indent in letters": (-200, 1_500),
}
"""Half points; per cent; twentieths of a point; hundredths of a letter. Beyond, letters are specks, or off the page."""
_BEHIND = (HIGHLIGHTED, *BEHIND)
_SIDES, _NARROWEST = (("left", "start"), ("right", "end"), ("firstLine", "firstLine")), 300
_COLUMN, _TO_THE_EDGE = 9_300, 10_600
"""The width of a line outside all cells: an A4 page, between the margins of a packet; and up to its edge."""
_A_LETTER = 2.1
"""A hundredth of a letter of the usual size, in twentieths of a point."""
_OUT_OF_CELL = -30
"""By as much may text begin before its cell, beyond the margin that the cell has: LibreOffice cuts off what is not in
it."""
_BEYOND = 400
"""By as much may a stop that ends words reach into the margin; LibreOffice’s own foot of a page does, and is seen."""
LEAST_LINE = 0.65
"""The height of a line in that of its letters, below which they are cut."""
_SIZES, _USUAL = ("size", "size of Arabic letters"), 22
"""Which of the two holds follows from the letters themselves, and from what the run says of them."""
_LEAST_STEP = 1.5
"""Points from one letter to the next, below which they lie on each other or are too narrow to be told apart: half a
size wide at their usual width. Size, width and gap are each within its own bounds."""
_LEAST_GAP = 1.0
"""Points of a space, below which two words are read as one."""


def objection(formatting: Formatting, palette: Palette) -> str:
    """What speaks against reading text that is set so as it stands: “text that nobody can see (its colour)”; or ""."""
    for aspect, value in formatting.items():
        if not value:
            continue
        if aspect.startswith(STRANGE):
            return f"text set by “{aspect.removeprefix(STRANGE)}”, which may show other words"
        if aspect in BOUNDS and not _within(value, *BOUNDS[aspect]):
            return f"text that nobody can see (the {aspect})"
    if formatting.get("fixed height of the row"):
        return "text that nobody can see (the fixed height of the row)"
    if _is_pushed_out(formatting):
        return "text that nobody can see (its indents)"
    if _is_cut(formatting):
        return "text that nobody can see (the height of the line)"
    if _is_squeezed(formatting):
        return "text that nobody can see (its letters on each other)"
    if not _is_seen(formatting, palette):
        return "text that nobody can see (its colour)"
    return ""


def _within(value: str, least: float, most: float) -> bool:
    number = _number(value)
    return number is not None and least <= number <= most


def _is_pushed_out(formatting: Formatting) -> bool:
    """Whether indents or a tab stop leave text no room in its cell or on the page; each is within its own bounds."""
    width = _number(formatting.get("width of the cell", ""))
    sides = (max(_indent(formatting, one), _indent(formatting, other)) for one, other in _SIDES)
    stop = _number(formatting.get("tab stop", "")) or 0
    ends = _number(formatting.get("tab stop on the right", "")) or 0
    if ends > (_COLUMN + _BEYOND if width is None else width):
        return True
    if width is not None and _begins_outside(formatting, width):
        return True
    return max(sum(sides), stop) > max(0, (_COLUMN if width is None else width) - _NARROWEST)


def _begins_outside(formatting: Formatting, width: float) -> bool:
    """Whether text begins before its cell, or ends behind it, or its cell behind the page."""
    place, table = (_number(formatting.get(one, "")) or 0 for one in ("place of the cell", "indent of the table"))
    if place + table + width > _TO_THE_EDGE:
        return True
    start, end, first = (next(filter(None, (_shift(formatting, side) for side in sides)), 0.0) for sides in _SIDES)
    hanging = _shift(formatting, "hanging")
    margin = max(0, min(_number(formatting.get(one, "")) or 0 for one in CELL_MARGINS))
    return min(start, start - hanging if hanging else start + first, end) < _OUT_OF_CELL - margin


def _shift(formatting: Formatting, side: str) -> float:
    """An indent in twentieths of a point; where it is said in letters, that holds (ECMA-376 Part 1, 17.3.1.12)."""
    letters = _number(formatting.get(f"{side} indent in letters", ""))
    return letters * _A_LETTER if letters else _indent(formatting, side)


def _indent(formatting: Formatting, side: str) -> float:
    return _number(formatting.get(f"{side} indent", "")) or 0


def _is_cut(formatting: Formatting) -> bool:
    """Whether a line is too low for its letters; one that is “at least” so high never is."""
    rule = formatting.get("rule of the line", "auto")
    number, size = _number(formatting.get("height of the line", "240")), max(_sizes(formatting))
    if number is None:
        return True
    if rule == "exact":
        moved = abs(_number(formatting.get("height over its line", "")) or 0)
        return number / 20 - moved / 2 < size / 2 * LEAST_LINE
    return rule == "auto" and number / 240 < LEAST_LINE


def is_no_gap(formatting: Formatting) -> bool:
    """Whether white space that is set so is too narrow to be seen between two words."""
    return _step(formatting) / 2 + _spread(formatting) < _LEAST_GAP


def _is_squeezed(formatting: Formatting) -> bool:
    """Whether size, width and gap together leave letters no room."""
    return _step(formatting) + _spread(formatting) < _LEAST_STEP


def _step(formatting: Formatting) -> float:
    """Half the size of letters at their width, in points: as far as one is from the next. Spaces are half as wide."""
    width = _number(formatting.get("width of letters", ""))
    return min(_sizes(formatting)) / 4 * (1 if width is None else width / 100)


def _spread(formatting: Formatting) -> float:
    return (_number(formatting.get("gap between letters", "")) or 0) / 20


def _sizes(formatting: Formatting) -> list[float]:
    """The sizes of the letters, in half points."""
    return [_number(formatting.get(one, "")) or _USUAL for one in _SIZES]


def _is_seen(formatting: Formatting, palette: Palette) -> bool:
    """Whether the letters stand out from what is behind them, to everybody.

    Letters without a colour are white on what is dark, but on a highlighter they stay black.
    """
    where = next((one for one in _BEHIND if formatting.get(one)), "")
    behind = palette.colours(formatting[where]) if where else ("FFFFFF",)
    letters = palette.colours(formatting.get("filling", "") or formatting.get("colour", ""))
    if not letters:
        if where != HIGHLIGHTED:
            return all(contrast(one, "FFFFFF") is not None for one in behind)
        letters = ("000000",)
    return all((contrast(one, other) or 0) >= LEAST_CONTRAST for one in letters for other in behind)


def _number(text: str) -> float | None:
    """A number as Word writes it: 22, 90%, 11pt."""
    try:
        return float(text.removesuffix("%"))
    except ValueError:
        return float(text[:-2]) * 20 if text.endswith("pt") and text[:-2].isascii() and text[:-2].isdecimal() else None
