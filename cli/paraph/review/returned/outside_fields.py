"""Words of a packet outside all fields: what was added, what is gone, and what was set apart.

An answer may be written anywhere. A line that is nothing but a choice, and stands with a subject, is one; any other is
named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple, TypedDict

from paraph.model.event import Choice
from paraph.ooxml.reading.shown import Run, Story
from paraph.review.identity import (
    CHOICES,
    Name,
    read_properties,
    read_token,
    text_field,
)
from paraph.review.returned import left_open
from paraph.review.returned.answer import Outside
from paraph.review.returned.claims import PRINTED
from paraph.review.returned.labels import crossed_out, set_apart
from paraph.review.returned.layout import Layout
from paraph.review.returned.looks import HIGHLIGHTED, MARKS, NOT_STRUCK, otherwise
from paraph.review.returned.marks import Mark, has_tick, mark, plain
from paraph.review.returned.normal_text import normal
from paraph.review.returned.pair import Pair, short, words_of
from paraph.review.returned.strays import in_place, lines_in_fields, note_strays

_TEXT = text_field("")
_BLOTTED = frozenset("· -\u2010\u2011–—\u00a0")
"""Signs that the register’s copy of a packet has in place of its token."""


class _Placed(NamedTuple):
    """A line: the place of its subject, the choice in whose row it stands, the decision table in which it does."""

    text: str
    place: int
    row: Choice | None = None
    table: int = 0


class _Outside(NamedTuple):
    """A line with its runs, and its number in the file."""

    line: _Placed
    runs: list[Run]
    number: int


_AFTER_LABEL = " .,:;"


class _Where(TypedDict):
    """What is said of where words stand (`Outside`)."""

    where: str
    between: tuple[int, ...]


_STORIES = {
    Story.MARGIN: "in a header or footer", Story.FOOTNOTE: "in a footnote", Story.ENDNOTE: "in an endnote",
}  # fmt: skip
_ANYWHERE = (HIGHLIGHTED, NOT_STRUCK)


def compare(pair: Pair) -> None:
    """Words outside all fields: what was added, what is gone, and what was set apart."""
    note_strays(pair)
    sent, came = _rest(pair, pair.sent), _rest(pair, pair.came)
    came = _set_as_sent(sent, came)
    before, after = [one.line for one in sent], [one.line for one in came]
    labels: dict[tuple[int, Choice | None], set[str]] = {}
    for one in before:
        labels.setdefault((one.place, one.row), set()).add(one.text)
    lost = {(one.place, one.table) for one in Counter(before) - Counter(after) if one.row is None}
    doubts = {one: next(filter(None, map(_doubt, runs)), "") for one, runs, _ in came}
    numbers = {one.line: one.number for one in came}
    for one in _more(pair, after, before):
        text, place, row, table = one
        if (doubt := doubts[one]) and (pair.phrases.choice(text) or mark(text) is Mark.TICK):
            pair.notes.get(place, pair.notes[0]).unclear.append(f"outside its fields stands “{short(text)}”, {doubt}")
            continue
        said: Collection[str] = () if has_tick(text) else labels.get((place, row), ())
        _added(pair, one, numbers[one], said, instead=(place, table) in lost)
    new = _more(pair, after, before)
    places = [one for one in pair.notes if one]
    crossed = {(place, row) for place in places for row in crossed_out(pair, place)}
    for text, place, row, _ in _more(pair, before, after):
        if (place, row) in crossed or place in pair.unread():
            continue
        if not any(text in one.text for one in new if row is None or (one.place, one.row) == (place, row)):
            notes = pair.notes.get(place, pair.notes[0])
            (notes.unclear if place else notes.look).append(f"these words of the packet are gone: “{short(text)}”")
    was, hidden = ([*_hidden(pair, layout)] for layout in (pair.sent, pair.came))
    at = dict(hidden)
    for text in Counter(one for one, _ in hidden) - Counter(one for one, _ in was):
        where = _where(pair, at[text])["where"]
        pair.notes[0].look.append(f"outside all fields stands hidden text: “{short(text)}”, {where}")
    set_apart(pair)
    _in_their_places(pair)
    apart = crossed | {(place, row) for place in places for row in pair.notes[place].apart}
    came = [one for one in came if (one.line.place, one.line.row) not in apart]
    for (place, how), words in _looks_otherwise(sent, came).items():
        notes = pair.notes.get(place, pair.notes[0])
        if not place or not notes.unclear:
            notes.look.append(f"these words of the packet came back as {how}: “{short(' / '.join(words))}”")


def _in_their_places(pair: Pair) -> None:
    """What says which text one reads, and may stand at another, where nothing else is unclear: the title of a subject,
    and the names of languages over its columns."""
    titles = pair.sent.titles()
    for place in (one for one, notes in pair.notes.items() if one and not notes.unclear):
        unclear = pair.notes[place].unclear
        if place in titles and place in pair.came.decisions and place not in pair.came.heads:
            unclear.append(f"its title does not stand over it: “{short(titles[place])}”")
        for name in pair.texts.get(place, ()):
            sent, came = (_over(pair, layout, name) for layout in (pair.sent, pair.came))
            if came and came != sent:
                language = name.field.removeprefix(_TEXT)
                unclear.append(f"over its text in {language} stands “{short(' '.join(came))}”")


def _over(pair: Pair, layout: Layout, name: Name) -> list[str]:
    """What is printed over the column of a text, where it stands in one."""
    address = pair.addresses.get(name)
    cell = layout.at(name.place, (address[0], 0, address[2])) if address and address[1] else None
    return words_of([layout.shown.lines[number] for number in layout.cells[cell]], accepted=True) if cell else []


def _looks_otherwise(sent: list[_Outside], came: list[_Outside]) -> dict[tuple[int, str], list[str]]:
    """What is printed as it was and looks otherwise, by its place and by how it looks. Of the labels of boxes that is
    no more than what nobody can read as it stands (see `labels`); nor of what is about no subject, but for what
    somebody highlighted: word processors have a look of their own for links and the like."""
    were: dict[_Placed | str, list[list[Run]]] = {}
    for one, runs, _ in sent:
        were.setdefault(one, []).append(runs)
        were.setdefault(one.text, []).append(runs)
    found: dict[tuple[int, str], list[str]] = {}
    for one, runs, _ in came:
        if as_sent := were.get(one) or were.get(one.text):
            for how, words in otherwise(as_sent.pop(0) if len(as_sent) > 1 else as_sent[0], runs).items():
                if how not in MARKS or how in _ANYWHERE or (one.place and one.row is None):
                    found.setdefault((one.place, how), []).append(words)
    return found


def _hidden(pair: Pair, layout: Layout) -> Iterator[tuple[str, int]]:
    """What stands in no field and Word does not show, a line each with its number; the sign of a note is none."""
    fields = field_lines(pair, layout)
    for number, line in enumerate(layout.shown.lines):
        if number not in fields:
            runs = (run for run in line.runs if run.hidden and not in_place(pair, layout, number, run))
            if text := normal("".join(run.text for run in runs if not run.call)):
                yield text, number


def _set_as_sent(sent: list[_Outside], came: list[_Outside]) -> list[_Outside]:
    """`came`, with the label of a row as one line where it says what it was sent with, in its words, over several
    paragraphs or with other spaces between them."""
    made, rows = list(came), {(one.line.place, one.line.row): one.line for one in sent if one.line.row is not None}
    for row, was in rows.items():
        now = [one for one in came if (one.line.place, one.line.row) == row]
        said = [word for one in now for word in one.line.text.split()]
        if said == was.text.split() and (len(now) > 1 or now[0].line.text != was.text):
            line = was._replace(table=now[0].line.table)
            made[made.index(now[0])] = _Outside(line, [run for one in now for run in one.runs], now[0].number)
            made = [one for one in made if one not in now]
    return made


def _added(pair: Pair, line: _Placed, number: int, said: Collection[str], *, instead: bool) -> None:
    """A line that is new; `said` is what was printed in its row, where it may be that; `instead`: words of the packet
    are gone there, and it may stand in their place, such as a label over a column of text. That is nobody's answer. In
    the row of a choice a line is an answer only where it says that very choice, otherwise than its label does (“Approve
    x”), or is a tick in its cell: a label that stands there twice, with a full stop after it, or beside another box,
    the list or the field for words, is none.
    """
    text, place, row, _ = line
    notes = pair.notes.get(place, pair.notes[0])
    if place in pair.unread():
        return
    typed = pair.phrases.choice(text)
    if typed and row is None and instead:
        notes.unclear.append(f"in place of words of the packet stands “{short(text)}”")
    elif typed and row is None and _is_label(pair.came, number, line):
        notes.unclear.append(f"outside its fields stands “{short(text)}”")
    elif typed and (row is None or (row is typed and plain(text) not in map(plain, said))):
        notes.typed.append(typed)
    elif typed and typed is row and text.strip(_AFTER_LABEL) in said and ".." not in text:
        notes.retouched.append((row, text))
    elif typed:
        notes.unclear.append(f"in the row “{row}” stands “{short(text)}”")
    elif row and _is_label(pair.came, number, line) and _ticks(pair, text, row, said):
        notes.typed.append(row)
    elif place:
        notes.unclear.append(f"outside its fields stands “{short(text)}”")
    else:
        notes.outside.append(Outside(text=short(text), **_where(pair, number)))


def _ticks(pair: Pair, text: str, row: Choice, said: Collection[str]) -> bool:
    """Whether a line in the cell of a label is a tick, or a word such as “OK” behind what it `said`, or below; a sign
    behind it (“Approve +”) may be no more than the beginning of one."""
    if (found := mark(text)) is Mark.TICK:
        return True
    behind = next((text.removeprefix(one) for one in said if text.startswith(one)), text)
    words = found is Mark.UNCERTAIN and mark(behind) is Mark.UNCERTAIN
    return words and row is Choice.APPROVE and pair.phrases.in_box(behind, row) is Mark.TICK


def _is_label(layout: Layout, number: int, line: _Placed) -> bool:
    """Whether a line stands in the cell of a label, the first of its row."""
    table = layout.decisions.get(line.table)
    return any(cell.table == table and cell.column == 0 for cell in layout.shown.lines[number].cells)


def _where(pair: Pair, number: int) -> _Where:
    """Where a line stands that belongs to no text: below which decision table, and above which title."""
    came = pair.came
    if story := _STORIES.get(came.shown.lines[number].story):
        return {"where": story, "between": ()}
    ends = {place: came.end_of(place) for place in came.decisions}
    below = max((place for place, end in ends.items() if end < number), default=0)
    above = min((place for place, head in came.heads.items() if head > number and place in ends), default=0)
    every = len(pair.subjects)
    named = {place: f"{place} {one}" for place, one in enumerate(pair.subjects, 1)}
    if pair.subjects[-1].id == left_open.ID:
        named[every], every = "all texts left open", every - 1
    said = [f"below the decision table of {named[below]}"] if below in named else []
    said += [f"above {named[above]}"] if above in named else []
    between = (one for one in (below, above) if one in range(1, every + 1))
    return {"where": ", ".join(said) or "beside the texts", "between": tuple(between) if below else ()}


def _rest(pair: Pair, layout: Layout) -> list[_Outside]:
    """What stands in no field, a line each, with the place of the subject that it belongs to, and the choice in whose
    row it stands; and its runs."""
    sections, found, margins = layout.sections(), list[_Outside](), set[str]()
    rows, fields, claims = rows_of(pair, layout), field_lines(pair, layout), _Claims(pair)
    tables = {table: place for place, table in layout.decisions.items()}
    listed = {text for line in pair.sent.shown.lines if line.label for text in words_of([line], accepted=True)}
    for number, line in enumerate(layout.shown.lines):
        if number in fields:
            continue
        runs = [run for run in line.runs if not in_place(pair, layout, number, run)]
        outside = "".join(run.says(accepted=True) for run in runs)
        printed = claims.taken_out(outside) if "·" in outside else outside
        text = normal(pair.phrases.without_hints(printed), digits=line.story is not Story.MARGIN)
        table = next((tables[cell.table] for cell in line.cells if cell.table in tables), 0)
        if line.label and (table or text not in listed):  # a packet has no number or bullet there: it may say anything
            text = f"{line.label} {text}".rstrip()
        if not text or (line.story is Story.MARGIN and text in margins):
            continue
        margins.add(text)
        row = next((rows[at] for cell in line.cells if (at := (cell.table, cell.row)) in rows), None)
        place = sections[number] if line.story in (Story.BODY, Story.BOX) else 0
        found.append(_Outside(_Placed(text, place, row, table), runs, number))
    return found


class _Claims:
    """What a packet has printed of itself."""

    def __init__(self, pair: Pair) -> None:
        self.own, came = (read_properties(dict(one.shown.properties)) for one in (pair.sent, pair.came))
        self.token = read_token(came.token) if came else None

    def taken_out(self, text: str) -> str:
        """`text` without what this packet has printed, and no other: a line that only looks like it stays."""
        return PRINTED.sub(lambda found: "" if self._is_own(found) else found[0], text)

    def _is_own(self, found: re.Match[str]) -> bool:
        own = self.own
        if own is None or (found[1], found[2]) != (own.circulation, own.member):
            return False
        said = read_token(found[3])
        return set(found[3]) <= _BLOTTED if said is None else self.token in (None, said)


def _doubt(run: Run) -> str:
    """Why words outside all fields may be none to a reader: they are struck out, or not seen as they stand; or ""."""
    if not run.says(accepted=True).strip():
        return ""
    return run.odd or ("struck out" if "struck" in run.look.split() else "")


def rows_of(pair: Pair, layout: Layout) -> dict[tuple[int, int], Choice]:
    """The choice of each row of a decision table, by the number of the table and of the row."""
    found = {}
    for place in range(1, len(pair.subjects) + 1):
        for choice in CHOICES:
            address = pair.addresses.get(pair.name(place, str(choice)))
            if cell := layout.at(place, address) if address else None:
                found[cell[:2]] = choice
    return found


def field_lines(pair: Pair, layout: Layout) -> set[int]:
    """The numbers of the lines that are wholly in fields, or found again by their words (`amended`)."""
    key = id(layout)
    if key not in pair.wholly:
        pair.wholly[key] = lines_in_fields(pair, layout)
    return pair.wholly[key]


def _more(pair: Pair, here: list[_Placed], there: list[_Placed]) -> list[_Placed]:
    """The lines of which there are more here than there, where they are more; each once. Each subject is compared by
    itself; where one begins is not known once a title is gone: then each decision table is, and all else as one."""
    known = pair.sent.heads.keys() == pair.came.heads.keys()
    found, before = (Counter((one.text, one.table, known and one.place) for one in side) for side in (here, there))
    found -= before
    placed = Counter(here) - Counter(there)
    return [one for one in dict.fromkeys(here) if (one.text, one.table, known and one.place) in found and one in placed]
