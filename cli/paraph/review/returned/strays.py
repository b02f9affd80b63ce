"""Fields of a packet that stand elsewhere than in their place: whoever looks at the page does not see whose they are.

Word cuts and pastes a paragraph with its bookmark, a box with its tag. What it says is then written where it stands,
for every eye to see, and is read there as all other words are; by its name it is of the text that it comes from. So it
is no certain answer on either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, takewhile

from paraph.ooxml.reading.shown import Line, Run, Story
from paraph.review.identity import HEAD, PERSON, text_field
from paraph.review.returned.layout import Layout, field_name, is_field
from paraph.review.returned.normal_text import normal
from paraph.review.returned.pair import Pair, short

_TEXT = text_field("")


def in_place(pair: Pair, layout: Layout, number: int, run: Run) -> bool:
    """Whether a run of the line `number` stands in a field that is in its own place."""
    return _is_home(_homes(pair, layout), number, run)


def lines_in_fields(pair: Pair, layout: Layout) -> set[int]:
    """The numbers of the lines that are wholly in fields: in a cell with one, or around which one is, in its place."""
    cells = {layout.at(name.place, address) for name, address in pair.addresses.items()}
    found = {number for cell in cells if cell for number in layout.cells[cell]}
    homes = _homes(pair, layout)
    for number, line in enumerate(layout.shown.lines):
        if _is_home(homes, number, line):
            found.add(number)
    return found


def _is_home(homes: Mapping[int | str, set[int]], number: int, what: Run | Line) -> bool:
    names: tuple[int | str, ...] = (*what.controls, *what.bookmarks)
    return any(one in homes and number in homes[one] for one in names)


def note_strays(pair: Pair) -> None:
    """Leave unclear each text at which a field of another says something, where nothing else does yet. The other is
    unclear already: what its names lead to does not stand in its row."""
    sections, found = pair.came.sections(), defaultdict[int, dict[str, str]](dict)
    for named, number, text in _strays(pair):
        name, here = field_name(named), sections[number]
        if here and here in pair.notes and not (name and name[:2] == pair.name(here, "")[:2]):
            found[here].setdefault(f"{name.place}.{name.field}" if name else PERSON, text)
    for place, said in found.items():
        if not pair.notes[place].unclear:
            each = ", ".join(f"{whose}: “{short(text)}”" for whose, text in said.items())
            pair.notes[place].unclear.append(f"fields of another text stand in its place ({each})")


def _strays(pair: Pair) -> Iterator[tuple[str, int, str]]:
    """Each field that says something outside of its place, with the line where and what; a bookmark of which something
    is in its place has grown, and says nothing of what else it is around."""
    came, homes = pair.came, _homes(pair, pair.came)
    for what, home in homes.items():
        if isinstance(what, str) and home:
            continue
        named = what if isinstance(what, str) else came.shown.controls[what].tag
        for number in came.where[what]:
            if number in home:
                continue
            line = came.shown.lines[number]
            around = what in line.controls or what in line.bookmarks
            runs = (run for run in line.runs if around or what in run.controls or what in run.bookmarks)
            said = "".join(run.says(accepted=True) for run in runs)
            if text := normal(pair.phrases.without_hints(said)):
                yield named, number, text


def _homes(pair: Pair, layout: Layout) -> Mapping[int | str, set[int]]:
    """By each control and bookmark of a field, the numbers of the lines under it that stand in its place."""
    key = id(layout)
    if key not in pair.homes:
        cells = defaultdict[tuple[int, int, int], set[int]](set)
        for number, line in enumerate(layout.shown.lines):
            for cell in line.cells:
                cells[cell].add(number)
        tags = {one.number: one.tag for one in layout.shown.controls}
        named = {what: what if isinstance(what, str) else tags[what] for what in layout.where}
        pair.homes[key] = {
            what: _home(pair, layout, cells, name).intersection(layout.where[what])
            for what, name in named.items()
            if is_field(name)
        }
    return pair.homes[key]


def _home(pair: Pair, layout: Layout, cells: Mapping[tuple[int, int, int], set[int]], named: str) -> set[int]:
    """The lines of the place of a field: its cell; of who answers, what stands before all texts; of a text, what stands
    with its subject outside the decision table; of all its fields, where that is gone, what stands behind its title."""
    name, lines = field_name(named), layout.shown.lines
    if name is None:
        tables = {*layout.decisions.values()}
        begun = (one[0] for cell, one in layout.cells.items() if cell[0] in tables)
        first = min((*layout.heads.values(), *begun), default=len(lines))
        return {number for number in range(first) if lines[number].story is Story.BODY}
    address = pair.addresses.get(name)
    if address is None:
        return set()
    if cell := layout.at(name.place, address):
        return cells[cell]
    gone = name.place not in layout.decisions
    if not gone and not name.field.startswith(_TEXT):
        return set()
    sections, tables = layout.sections(), {*layout.decisions.values()}
    where = _after_its_title(layout, name.place) if gone else (n for n, one in enumerate(sections) if one == name.place)
    return {number for number in where if tables.isdisjoint(one.table for one in lines[number].cells)}


def _after_its_title(layout: Layout, place: int) -> Iterable[int]:
    """From the title of a subject whose table is gone to where the next one begins; none where that is gone, too."""
    marks = (layout.where[mark] for name, mark in layout.bookmarks.items() if (name.place, name.field) == (place, HEAD))
    begin, sections = min(chain.from_iterable(marks), default=None), layout.sections()
    if begin is None:
        return ()
    return takewhile(lambda number: not sections[number], range(begin, len(sections)))
