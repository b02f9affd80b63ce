"""Words of a packet outside all fields: what was added, what is gone, and what was set apart.

An answer may be written anywhere. A line that is nothing but a choice, and stands with a subject, is one; any other is
named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from paraph.model.event import Choice
from paraph.ooxml.reading.shown import Line, Run, Shown, Story, text_of
from paraph.review.identity import (
    CHOICES,
    PERSON,
    Name,
    packet_bookmark,
    packet_tag,
    read_properties,
    read_token,
    text_field,
)
from paraph.review.returned.claims import PRINTED
from paraph.review.returned.layout import HEAD, Layer, Layout, field_name
from paraph.review.returned.looks import HIGHLIGHTED, MARKS, NOT_STRUCK, otherwise
from paraph.review.returned.marks import Mark, has_tick, is_blank, mark, plain
from paraph.review.returned.normal_text import normal
from paraph.review.returned.pair import CALL, Pair, short, words_of

_TEXT = text_field("")
_OF_THE_PACKET = {packet_tag(PERSON), packet_bookmark(PERSON)}
"""Of the fields of the packet itself the one that is to be filled in; its printed name is compared."""


_BLOTTED = frozenset("· -\u2010\u2011–—\u00a0")
"""Signs that the register’s copy of a packet has in place of its token."""


class _Placed(NamedTuple):
    """A line: the place of its subject, the choice in whose row it stands, the decision table in which it does."""

    text: str
    place: int
    row: Choice | None = None
    table: int = 0


_Outside: TypeAlias = tuple[_Placed, list[Run]]
_ANYWHERE = (HIGHLIGHTED, NOT_STRUCK)


def compare(pair: Pair) -> None:
    """Words outside all fields: what was added, what is gone, and what was set apart."""
    sent, came = _rest(pair, pair.sent), _rest(pair, pair.came)
    before, after = [one for one, _ in sent], [one for one, _ in came]
    labels = {(plain(one.text), one.place, one.row) for one in before}
    lost = {(one.place, one.table) for one in Counter(before) - Counter(after) if one.row is None}
    doubts = {one: next(filter(None, map(_doubt, runs)), "") for one, runs in came}
    for one in _more(pair, after, before):
        text, place, row, table = one
        if (doubt := doubts[one]) and pair.phrases.choice(text):
            pair.notes.get(place, pair.notes[0]).unclear.append(f"outside its fields stands “{short(text)}”, {doubt}")
            continue
        retouched = (plain(text), place, row) in labels and not has_tick(text)
        _added(pair, text, place, row, printed=retouched, instead=(place, table) in lost)
    new = [one.text for one in _more(pair, after, before)]
    for text, place, *_ in _more(pair, before, after):
        if not any(text in one for one in new) and place not in pair.unread():
            notes = pair.notes.get(place, pair.notes[0])
            (notes.unclear if place else notes.look).append(f"these words of the packet are gone: “{short(text)}”")
    hidden = Counter(_hidden(pair, pair.came)) - Counter(_hidden(pair, pair.sent))
    pair.notes[0].look.extend(f"outside all fields stands hidden text: “{short(text)}”" for text in hidden)
    _set_apart(pair)
    _in_their_places(pair)
    for (place, how), words in _looks_otherwise(sent, came).items():
        notes = pair.notes.get(place, pair.notes[0])
        if not notes.unclear:
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
    no more than what nobody can read as it stands (see `_set_apart`); nor of what is about no subject, but for what
    somebody highlighted: word processors have a look of their own for links and the like."""
    were: dict[_Placed, list[list[Run]]] = {}
    for one, runs in sent:
        were.setdefault(one, []).append(runs)
    found: dict[tuple[int, str], list[str]] = {}
    for one, runs in came:
        if one in were:
            for how, words in otherwise(were[one].pop(0) if len(were[one]) > 1 else were[one][0], runs).items():
                if how not in MARKS or how in _ANYWHERE or (one.place and one.row is None):
                    found.setdefault((one.place, how), []).append(words)
    return found


def _hidden(pair: Pair, layout: Layout) -> Iterator[str]:
    """What stands in no field and Word does not show, a line each; the sign of a note is none."""
    fields = field_lines(pair, layout)
    for number, line in enumerate(layout.shown.lines):
        if number not in fields:
            runs = (run for run in line.runs if run.hidden and not _in_field(run, layout.shown))
            if text := normal("".join(run.text for run in runs if not run.call)):
                yield text


def _added(pair: Pair, text: str, place: int, row: Choice | None, *, printed: bool, instead: bool) -> None:
    """A line that is new; `instead`: words of the packet are gone there, and it may stand in their place, such as a
    label over a column of text. That is nobody's answer. In the row of a choice a line is an answer only where it says
    that very choice, otherwise than its label does (“Approve x”): a label that stands there twice, with a full stop
    after it, or beside another box, is none.
    """
    notes = pair.notes.get(place, pair.notes[0])
    if place in pair.unread():
        return
    typed = pair.phrases.choice(text)
    if typed and row is None and instead:
        notes.unclear.append(f"in place of words of the packet stands “{short(text)}”")
    elif typed and (row is None or (row is typed and not printed)):
        notes.typed.append(typed)
    elif typed:
        notes.unclear.append(f"in the row “{row}” stands “{short(text)}”")
    elif place:
        notes.unclear.append(f"outside its fields stands “{short(text)}”")
    else:
        notes.look.append(f"outside all fields stands “{short(text)}”")


def _rest(pair: Pair, layout: Layout) -> list[_Outside]:
    """What stands in no field, a line each, with the place of the subject that it belongs to, and the choice in whose
    row it stands; and its runs."""
    sections, found, margins = layout.sections(), list[_Outside](), set[str]()
    rows, fields = _rows(pair, layout), field_lines(pair, layout)
    tables = {table: place for place, table in layout.decisions.items()}
    for number, line in enumerate(layout.shown.lines):
        if number in fields:
            continue
        runs = [run for run in line.runs if not _in_field(run, layout.shown)]
        outside = "".join(run.says(accepted=True) for run in runs)
        printed = _without_claim(outside, pair) if "·" in outside else outside
        text = normal(pair.phrases.without_hints(printed), digits=line.story is not Story.MARGIN)
        table = next((tables[cell.table] for cell in line.cells if cell.table in tables), 0)
        if line.label and (table or not text):  # no packet has numbers or bullets there, and they may say anything
            text = f"{line.label} {text}".rstrip()
        if not text or (line.story is Story.MARGIN and text in margins):
            continue
        margins.add(text)
        row = next((rows[at] for cell in line.cells if (at := (cell.table, cell.row)) in rows), None)
        place = sections[number] if line.story in (Story.BODY, Story.BOX) else 0
        found.append((_Placed(text, place, row, table), runs))
    return found


def _without_claim(text: str, pair: Pair) -> str:
    """`text` without what a packet has printed of itself, and no other: a line that only looks like it stays."""
    own, came = (read_properties(dict(one.shown.properties)) for one in (pair.sent, pair.came))
    token = read_token(came.token) if came else None

    def is_own(found: re.Match[str]) -> bool:
        if own is None or (found[1], found[2]) != (own.circulation, own.member):
            return False
        said = read_token(found[3])
        return set(found[3]) <= _BLOTTED if said is None else token in (None, said)

    return PRINTED.sub(lambda found: "" if is_own(found) else found[0], text)


def _doubt(run: Run) -> str:
    """Why words outside all fields may be none to a reader: they are struck out, or not seen as they stand; or ""."""
    if not run.says(accepted=True).strip():
        return ""
    return run.odd or ("struck out" if "struck" in run.look.split() else "")


def _rows(pair: Pair, layout: Layout) -> dict[tuple[int, int], Choice]:
    """The choice of each row of a decision table, by the number of the table and of the row."""
    found = {}
    for place in range(1, len(pair.subjects) + 1):
        for choice in CHOICES:
            address = pair.addresses.get(pair.name(place, str(choice)))
            if cell := layout.at(place, address) if address else None:
                found[cell[:2]] = choice
    return found


def field_lines(pair: Pair, layout: Layout) -> set[int]:
    """The numbers of the lines that are wholly in fields: in a cell with one, in one of many lines, or found again
    by their words."""
    key = id(layout)
    if key not in pair.wholly:
        cells = {layout.at(name.place, address) for name, address in pair.addresses.items()}
        found = {number for cell in cells if cell for number in layout.cells[cell]}
        own = {one.number for one in layout.shown.controls if _is_field(one.tag)}
        for number, line in enumerate(layout.shown.lines):
            if not own.isdisjoint(line.controls) or any(map(_is_field, line.bookmarks)):
                found.add(number)
        pair.wholly[key] = found
    return pair.wholly[key]


def _set_apart(pair: Pair) -> None:
    """A label struck out, or one of four highlighted, is an answer that no box shows; and one that may be seen
    otherwise than it is read says nothing for certain of the box beside it."""
    for place in range(1, len(pair.subjects) + 1):
        looks = [_looks(pair, layout, place) for layout in (pair.sent, pair.came)]
        for choice in CHOICES:
            runs = (run for line in _label(pair, pair.came, place, choice) for run in line.runs)
            if odd := next(filter(None, (run.odd or (CALL if run.call else "") for run in runs)), ""):
                pair.notes[place].unclear.append(f"in the row “{choice}” stands {odd}")
            if looks[1].get(choice, set()) - looks[0].get(choice, set()):
                others = [
                    looks[1].get(one, set())
                    for one in CHOICES
                    if one is not choice and _label(pair, pair.sent, place, one)
                ]
                if any(one != looks[1][choice] for one in others):
                    pair.notes[place].unclear.append(f"the row “{choice}” is set apart, or struck out")


def boxes_touched(pair: Pair, place: int) -> Iterator[tuple[Choice, str]]:
    """The boxes that came back otherwise than they were sent, and are not ticked: of each its choice, and how. One of
    them that is set apart from the others, or has some sign, may be an answer; so may the one of four that is left, and
    the only one that is drawn otherwise (⬜)."""
    looks = [_box_looks(pair, layout, place) for layout in (pair.sent, pair.came)]
    signs = [{one: _in_box(pair, layout, place, one) for one in looks[0]} for layout in (pair.sent, pair.came)]
    alone = sum(not {*signs[1][one]} <= {*signs[0][one]} for one in looks[0]) == 1
    for choice in looks[0]:
        said = [one[choice] for one in signs]
        others = [looks[1].get(one, set()) for one in looks[0] if one is not choice]
        if looks[1].get(choice, set()) - looks[0][choice] and any(one != looks[1][choice] for one in others):
            yield choice, "is set apart"
        elif (
            said[0] != said[1]
            and mark(said[1]) is Mark.NONE
            and (not is_blank(said[1]) or (alone and not {*said[1]} <= {*said[0]}))
        ):
            yield choice, f"has “{short(said[1])}” in it" if said[1] else "is empty, without its sign"


def _box(pair: Pair, layout: Layout, place: int, choice: Choice) -> tuple[Line, ...]:
    """The lines of a box, by its place; where that is gone, by its name."""
    name = pair.name(place, str(choice))
    lines = layout.lines(name, pair.addresses.get(name))
    return next((lines[one] for one in (Layer.PLACE, Layer.TAG, Layer.BOOKMARK) if one in lines), ())


def _in_box(pair: Pair, layout: Layout, place: int, choice: Choice) -> str:
    return normal(pair.phrases.without_hints(text_of(_box(pair, layout, place, choice), accepted=True)))


def _box_looks(pair: Pair, layout: Layout, place: int) -> dict[Choice, set[str]]:
    """How each box of a subject is set, where it was sent with one."""
    return {
        choice: {run.look for line in _box(pair, layout, place, choice) for run in line.runs if run.text.strip()}
        for choice in CHOICES
        if pair.name(place, str(choice)) in pair.sent.tags
    }


def labels_moved(pair: Pair, place: int) -> bool:
    """Whether the label of one choice stands, in any language, where that of another was, a row has none, or a field
    stands in one: what is in a field is no other word of its line."""
    lines = [{one: _label(pair, layout, place, one) for one in CHOICES} for layout in (pair.sent, pair.came)]
    sent, came = ({one: words_of(there, accepted=True) for one, there in side.items()} for side in lines)
    emptied = any(sent[one] and lines[1][one] and not came[one] for one in CHOICES)
    filled = any(_in_field(run, pair.came.shown) for there in lines[1].values() for line in there for run in line.runs)
    return (
        emptied
        or filled
        or any(
            {*came[one]} & ({*sent[other]} - {*sent[one]}) for one in CHOICES for other in CHOICES if one is not other
        )
    )


def _label(pair: Pair, layout: Layout, place: int, choice: Choice) -> tuple[Line, ...]:
    """The lines of the label beside a box, by the place of the box."""
    address = pair.addresses.get(pair.name(place, str(choice)))
    cell = layout.at(place, address) if address else None
    numbers = layout.cells.get((cell[0], cell[1], 0), []) if cell else []
    return tuple(layout.shown.lines[one] for one in numbers)


def _looks(pair: Pair, layout: Layout, place: int) -> dict[Choice, set[str]]:
    return {
        choice: {
            look for line in _label(pair, layout, place, choice) for run in line.runs if (look := run.look + run.odd)
        }
        for choice in CHOICES
    }


def _more(pair: Pair, here: list[_Placed], there: list[_Placed]) -> list[_Placed]:
    """The lines of which there are more here than there, where they are more; each once. Each subject is compared by
    itself; where one begins is not known once a title is gone: then each decision table is, and all else as one."""
    known = pair.sent.heads.keys() == pair.came.heads.keys()
    found, before = (Counter((one.text, one.table, known and one.place) for one in side) for side in (here, there))
    found -= before
    placed = Counter(here) - Counter(there)
    return [one for one in dict.fromkeys(here) if (one.text, one.table, known and one.place) in found and one in placed]


def _is_field(named: str) -> bool:
    """Whether a tag or bookmark of ours holds a field; that of a title does not."""
    if named in _OF_THE_PACKET:
        return True
    name = field_name(named)
    return name is not None and name.field != HEAD


def _in_field(run: Run, shown: Shown) -> bool:
    return any(_is_field(shown.controls[number].tag) for number in run.controls) or any(map(_is_field, run.bookmarks))
