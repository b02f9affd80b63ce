"""The matrix of `paraph status` on a terminal: texts by members, and what its signs mean."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paraph.workflow.status.report import Column, Report, Row

_SHADES = {"approved": "green", "reserved": "yellow", "abstained": "yellow", "objected": "red", "tacit": "cyan"}
_WORDS = {
    "new": "never put to the members",
    "changed": "changed since @{last}",
    "open": "open in {circulation}",
    "agreed": "agreed wording",
    "called-off": "called off in {circulation}",
    "not-adopted": "not adopted in {circulation}",
    "no-longer-agreed": "adopted in {circulation}, no longer met",
    "adopted-elsewhere": "adopted in {circulation}, not for this document",
}
_COLOURS = {"agreed": "green", "changed": "red", "not-adopted": "red", "no-longer-agreed": "red"}
_NARROWEST = 20
"""Characters to which names are cut, so that all members stand in one table."""


def matrix(report: Report) -> Iterator[str]:
    """The lines, as wide as the terminal: all members side by side where there is room, else a few at a time."""
    width = max(len(_name(row)) for row in report.rows)
    words = max(len(_word(row)) for row in report.rows)
    cell = max((len(column.code) for column in report.columns), default=2) + 1  # the asterisk stands in the gap
    cell = max(cell, *(len(_sign(row, member)) + 1 for row in report.rows for member in row.stands), 2)
    room = shutil.get_terminal_size((80, 24)).columns - words - 3
    if _NARROWEST <= room - cell * len(report.columns) < width:
        width = room - cell * len(report.columns)
    room -= width
    many = max(room // cell, 4)
    for start in range(0, len(report.columns) or 1, many):
        yield from _matrix(report, report.columns[start : start + many], width, cell)
        yield ""
    yield from _legend(report)


def _matrix(report: Report, columns: tuple[Column, ...], width: int, cell: int) -> Iterator[str]:
    from paraph.workflow.status.signs import UNCOUNTED

    head = "".join(f"{column.code + UNCOUNTED.get(column.uncounted, ''):<{cell}}" for column in columns)
    yield f"{'':<{width}}  {head}".rstrip()
    for row in report.rows:
        cells = "".join(_cell(row, column.id, cell) for column in columns)
        yield f"{_cut(_name(row), width):<{width}}  {cells} {click.style(_word(row), fg=_COLOURS.get(row.word))}"


def _word(row: Row) -> str:
    return _WORDS[row.word].format(last=row.last, circulation=row.circulation)


def _name(row: Row) -> str:
    return f"{row.id}@{row.current.version}" if row.current else row.id


def _cut(name: str, width: int) -> str:
    """A name that is too long, cut before its version: detention-against-…@1."""
    if len(name) <= width:
        return name
    id_, at, version = name.partition("@")
    return f"{id_[: width - len(at + version) - 1]}…{at}{version}"


def _sign(row: Row, member: str) -> str:
    """How a member stands, whether that has lapsed, and whether it proposes other words: R~±."""
    from paraph.workflow.status.signs import sign

    stand = row.stands[member]
    return sign(stand.state, lapsed=stand.lapsed, amends=member in row.amended)


def _cell(row: Row, member: str, width: int) -> str:
    stand, text = row.stands[member], _sign(row, member)
    shade = _SHADES.get(stand.state)
    return click.style(text, fg=None if stand.lapsed else shade, dim=stand.lapsed) + " " * (width - len(text))


def _legend(report: Report) -> Iterator[str]:
    from paraph.workflow.status.signs import AMENDS, LAPSED, SIGNS, UNCOUNTED

    stands = [stand for row in report.rows for stand in row.stands.values()]
    said = [f"{sign} {state}" for state, sign in SIGNS.items() if any(one.state == state for one in stands)]
    if any(one.lapsed for one in stands):
        said.append(f"{LAPSED} lapsed: said of an earlier version")
    if any(row.amended for row in report.rows):
        said.append(f"{AMENDS} proposes an amendment")
    if any(column.invited for column in report.columns):
        said.append(f"{UNCOUNTED['invited']} invited, not counted")
    if any(column.left for column in report.columns):
        said.append(f"{UNCOUNTED['left']} left before the close, not counted")
    yield from _filled(said, shutil.get_terminal_size((80, 24)).columns)


def _filled(said: Sequence[str], width: int) -> Iterator[str]:
    """What the signs mean, as many on a line as it takes; one that is longer than a line goes on further in."""
    line = ""
    for one in said:
        if line and len(line) + 3 + len(one) > width:
            yield line
            line = ""
        line = f"{line}   {one}" if line else one
        if len(line) > width:
            *full, line = wrap(line, width, subsequent_indent="  ")
            yield from full
    yield line
