"""Where the fields of a packet are in a file: by tag, by bookmark, by place in its table.

A word processor may lose one of them or two. Each layer is looked up by itself and gives the lines that it leads to, so
that who reads can compare them. The place of a field is known from the packet as it was sent: how many tables before or
after the decision table of its subject, in which row and column. A decision table is known by the code in its head.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from paraph.ooxml.reading.shown import Control, Line, Run, Shown, Story, text_of, within
from paraph.review.identity import HEAD, PERSON, Name, changes_field, packet_bookmark, packet_tag, read_code, read_name
from paraph.review.returned.normal_text import normal

Address: TypeAlias = tuple[int, int, int]
"""Tables after the decision table (before it: negative), row, column."""

_CHANGES = changes_field("")
_OF_THE_PACKET = {packet_tag(PERSON), packet_bookmark(PERSON)}
"""Of the fields of the packet itself the one that is to be filled in; its printed name is compared."""


@functools.lru_cache(maxsize=10_000)
def field_name(text: str) -> Name | None:
    """The field that a tag or bookmark names; what shows changes, which nobody answers in, is none."""
    name = read_name(text)
    return None if name is None or name.field.startswith(_CHANGES) else name


class Layer(StrEnum):
    """How a field was found."""

    TAG = "tag"
    BOOKMARK = "bookmark"
    PLACE = "place"


@dataclass(slots=True)
class Layout:
    """A file by what is named in it.

    `where`: the numbers of the lines with something in a control or under a bookmark; `tags` and `bookmarks` by the
    names they say; `cells` the numbers of the lines in each cell; `tables` in the order of the text, and `order` where
    each stands in it; `decisions` the decision table of each subject, by its place, and `codes` all that is printed in
    its head, by its table; `heads` the line of each title; `prefixes` of the names at each place. `twice` the places
    of which something stands in the file more than once, `copies` the decision tables that do.
    """

    shown: Shown
    where: Mapping[int | str, list[int]]
    tags: dict[Name, list[Control]]
    bookmarks: dict[Name, str]
    cells: dict[tuple[int, int, int], list[int]]
    tables: list[int]
    twice: set[int]
    order: dict[int, int]
    decisions: dict[int, int] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    heads: dict[int, int] = field(default_factory=dict)
    prefixes: dict[int, set[str]] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    _sections: list[int] = field(default_factory=list)
    _ends: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, shown: Shown, titles: Mapping[int, str] = MappingProxyType({})) -> Layout:
        """The layout of a file; of one that came back, the `titles` of its subjects are those that it was sent with."""
        tags: dict[Name, list[Control]] = {}
        for control in shown.controls:
            if name := field_name(control.tag):
                tags.setdefault(name, []).append(control)
        where = _where(shown)
        marks = sorted(one for one in where if isinstance(one, str))
        bookmarks = {name: mark for mark in marks if (name := field_name(mark))}
        cells: dict[tuple[int, int, int], list[int]] = {}
        for number, line in enumerate(shown.lines):
            if line.cells and line.story is Story.BODY:
                cell = line.cells[-1]
                cells.setdefault((cell.table, cell.row, cell.column), []).append(number)
        tables = list(dict.fromkeys(table for table, _, _ in cells))
        made = cls(
            shown,
            where,
            tags,
            bookmarks,
            cells,
            tables,
            {name.place for name, all_ in tags.items() if len(all_) > 1},
            {table: number for number, table in enumerate(tables)},
        )
        made._find_decisions()
        for name in (*tags, *bookmarks):
            made.prefixes.setdefault(name.place, set()).add(name.prefix)
        made._find_heads(titles)
        return made

    def _find_decisions(self) -> None:
        heads: dict[int, list[int]] = {}
        for (table, row, _), numbers in self.cells.items():
            if row == 0:
                heads.setdefault(table, []).extend(numbers)
        for table, numbers in heads.items():
            text = text_of(self._lines(numbers), accepted=True)
            code = read_code(text)
            if code:
                self.codes[table] = text
            if code and self.decisions.setdefault(code.place, table) != table:
                self.twice.add(code.place)
                self.copies[table] = code.place

    def _find_heads(self, titles: Mapping[int, str]) -> None:
        """Where each subject begins: at its title, before its decision table and behind all others. The words of the
        title say it, since a bookmark may have grown, and what was typed in it before them is about nothing yet; where
        they are gone, the bookmark does."""
        marked = {name.place: self.where[mark] for name, mark in self.bookmarks.items() if name.field == HEAD}
        lines: dict[int, list[int]] = {}
        for (table, _, _), numbers in self.cells.items():
            lines.setdefault(table, []).extend(numbers)
        begin = 0
        self._ends = {table: max(numbers) for table, numbers in lines.items()}
        for place, table in sorted(self.decisions.items(), key=lambda one: self.order[one[1]]):
            first, last, title = min(lines[table]), max(lines[table]), titles.get(place)
            under = [number for number in marked.get(place, ()) if begin <= number < first]
            said = [number for number in under if title is not None and self._says(number, title)]
            if title is not None and not said:
                said = [number for number in range(begin, first) if self._says(number, title)]
            if found := said or under:
                self.heads[place] = found[0]
            begin = last + 1

    def end_of(self, place: int) -> int:
        """The number of the last line of a decision table."""
        return self._ends[self.decisions[place]]

    def _says(self, number: int, words: str) -> bool:
        line = self.shown.lines[number]
        return not line.cells and normal(text_of([line], accepted=True)) == words

    def titles(self) -> dict[int, str]:
        """The title of each subject, by its place."""
        return {place: normal(text_of(self._lines([number]), accepted=True)) for place, number in self.heads.items()}

    def _lines(self, numbers: list[int]) -> tuple[Line, ...]:
        return tuple(self.shown.lines[number] for number in numbers)

    def _at(self, what: int | str) -> tuple[Line, ...]:
        return self._lines(self.where.get(what, []))

    def code(self, place: int) -> str:
        """What is printed in the head of a decision table."""
        table = self.decisions.get(place)
        return "" if table is None else self.codes[table]

    def addresses(self) -> dict[Name, Address]:
        """Where each field stands, by its tag."""
        found = {}
        for name, controls in self.tags.items():
            table = self.decisions.get(name.place)
            line = next(within(self._at(controls[0].number), control=controls[0].number), None)
            if line is not None and line.cells and table is not None and line.cells[-1].table in self.order:
                cell = line.cells[-1]
                offset = self.order[cell.table] - self.order[table]
                found[name] = (offset, cell.row, cell.column)
        return found

    def at(self, place: int, address: Address) -> tuple[int, int, int] | None:
        """The cell at an address in this file, or None; a table beyond the decision table of another subject is none
        of this one: a table before it is gone, or one more is there."""
        table = self.decisions.get(place)
        if table is None:
            return None
        here, at = self.order[table], self.order[table] + address[0]
        passed = self.tables[max(0, min(here, at)) : max(here, at) + 1]
        others = any(one != table and one in self.codes for one in passed)
        cell = (self.tables[at], address[1], address[2]) if 0 <= at < len(self.tables) and not others else None
        return cell if cell in self.cells else None

    def lines(self, name: Name, address: Address | None) -> Mapping[Layer, tuple[Line, ...]]:
        """The lines of a field by each layer that leads to any."""
        found: dict[Layer, tuple[Line, ...]] = {}
        if controls := self.tags.get(name):
            found[Layer.TAG] = tuple(within(self._at(controls[0].number), control=controls[0].number))
        if mark := self.bookmarks.get(name):
            found[Layer.BOOKMARK] = tuple(within(self._at(mark), bookmark=mark))
        if address and (cell := self.at(name.place, address)):
            found[Layer.PLACE] = self._lines(self.cells[cell])
        return found

    def sections(self) -> list[int]:
        """Of each line the place of the subject that it belongs to; 0 for what belongs to none.

        A subject's lines begin with its title, which has a bookmark, and end with its decision table; where the
        bookmark is gone they begin after the decision table before.
        """
        if self._sections:
            return self._sections
        heads = {self.heads[place]: place for place in self.decisions if place in self.heads}
        order = {table: place for place, table in self.decisions.items()} | self.copies
        made, current, free = [0] * len(self.shown.lines), 0, 0
        for number, line in enumerate(self.shown.lines):
            here = order.get(line.cells[0].table, 0) if line.cells and line.story is Story.BODY else 0
            if number in heads:
                current, free = heads[number], number
            elif here:
                if current != here and here not in heads.values():
                    made[free:number] = [here] * (number - free)
                current, free = here, number + 1
            elif current and free == number and made[number - 1] == current and self._in_decision(number - 1, current):
                current = 0
            made[number] = here or current
        self._sections = made
        return made

    def _in_decision(self, number: int, place: int) -> bool:
        line = self.shown.lines[number]
        return bool(line.cells) and line.cells[0].table == self.decisions.get(place)


def _where(shown: Shown) -> dict[int | str, list[int]]:
    """The numbers of the lines in or under which something of each control and bookmark stands, in order."""
    found: dict[int | str, list[int]] = {}
    for number, line in enumerate(shown.lines):
        here: set[int | str] = {*line.controls, *line.bookmarks}
        for run in line.runs:
            if run.controls is not line.controls or run.bookmarks is not line.bookmarks:
                here.update(run.controls, run.bookmarks)
        for one in here:
            found.setdefault(one, []).append(number)
    return found


def is_field(named: str) -> bool:
    """Whether a tag or bookmark of ours holds a field; that of a title does not."""
    if named in _OF_THE_PACKET:
        return True
    name = field_name(named)
    return name is not None and name.field != HEAD


def in_field(run: Run, shown: Shown) -> bool:
    """Whether a run stands in a field."""
    return any(is_field(shown.controls[number].tag) for number in run.controls) or any(map(is_field, run.bookmarks))
