"""The labels and the boxes of a decision table: whether they came back as they were sent, and which is set apart.

Who answers may do so without any tick: by a line around a label, by a colour, by the three boxes that are deleted; or
as forms ask for it, by striking out the three labels that do not apply. Beside a tick none of that says more than it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paraph.model.event import Choice
from paraph.ooxml.reading.shown import Line, Run, text_of
from paraph.review.identity import CHOICES
from paraph.review.returned.layout import Layer, Layout, in_field
from paraph.review.returned.looks import STRUCK
from paraph.review.returned.marks import Mark, is_blank, mark
from paraph.review.returned.normal_text import normal
from paraph.review.returned.pair import CALL, Pair, short, words_of

_APART = "is set apart"
_GREY = re.compile(r"(?:^| )color:(?=[4-9A-D])([0-9A-F])[0-9A-F]\1[0-9A-F]\1[0-9A-F](?= |$)")
"""A colour that is none: its red, green and blue are alike, neither black nor white."""


def set_apart(pair: Pair) -> None:
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
                if not any(one != looks[1][choice] for one in others):
                    continue
                struck = any(map(_is_struck, _written(_label(pair, pair.came, place, choice))))
                if odd or (struck and choice not in crossed_out(pair, place)):
                    pair.notes[place].unclear.append(f"the row “{choice}” is set apart, or struck out")
                else:
                    pair.notes[place].apart.append(choice)


def crossed_out(pair: Pair, place: int) -> dict[Choice, str]:
    """The labels that came back in their own words, all of them struck out, by their look or as a tracked change, or
    all of them grey; of each how."""
    found = {}
    for choice in CHOICES:
        sent, came = (_written(_label(pair, layout, place, choice)) for layout in (pair.sent, pair.came))
        same = normal("".join(run.text for run in sent)) == normal("".join(run.text for run in came))
        if not came or not same or any(run.hidden or run.odd or run.call or run.inserted for run in came):
            continue
        if all(map(_is_struck, came)) and not any(map(_is_struck, sent)):
            found[choice] = STRUCK
        elif all(map(_is_grey, came)) and not any(map(_is_grey, sent)):
            found[choice] = "grey"
    return found


def _written(lines: tuple[Line, ...]) -> list[Run]:
    return [run for line in lines for run in line.runs if run.text.strip()]


def _is_struck(run: Run) -> bool:
    return run.deleted is not None or "struck" in run.look.split()


def _is_grey(run: Run) -> bool:
    return _GREY.search(run.look) is not None


def left_over(pair: Pair, place: int) -> tuple[Choice, str] | None:
    """The one choice whose label is left where all others are crossed out, and how they are; None where that is not
    so."""
    crossed = crossed_out(pair, place)
    left = [one for one in CHOICES if one not in crossed and _label(pair, pair.sent, place, one)]
    if len(left) != 1 or len(crossed) < 2 or not set(pair.notes[place].apart) <= {*crossed, *left}:
        return None
    sent, came = (_written(_label(pair, layout, place, left[0])) for layout in (pair.sent, pair.came))
    if normal("".join(run.text for run in sent)) != normal("".join(run.says(accepted=True) for run in came)):
        return None
    if any(how != _APART for _, how in boxes_touched(pair, place)):
        return None
    return left[0], STRUCK if STRUCK in crossed.values() else "grey"


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
            yield choice, _APART
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
    """Whether the label of one choice stands, in any language, where that of another was, or beside the list or the
    field for words; a row has none, or a field stands in one: what is in a field is no other word of its line."""
    lines = [{one: _label(pair, layout, place, one) for one in CHOICES} for layout in (pair.sent, pair.came)]
    sent, came = ({one: words_of(there, accepted=True) for one, there in side.items()} for side in lines)
    crossed = crossed_out(pair, place)
    emptied = any(sent[one] and lines[1][one] and not came[one] and one not in crossed for one in CHOICES)
    filled = any(in_field(run, pair.came.shown) for there in lines[1].values() for line in there for run in line.runs)
    table = pair.came.decisions.get(place)
    every = [
        word
        for (at, _, column), numbers in pair.came.cells.items()
        if (at, column) == (table, 0)
        for word in words_of([pair.came.shown.lines[one] for one in numbers], accepted=True)
    ]
    astray = any(word in every and word not in " ".join(came[one]) for one in CHOICES for word in sent[one])
    exchanged = any(
        {*came[one]} & ({*sent[other]} - {*sent[one]}) for one in CHOICES for other in CHOICES if one is not other
    )
    return emptied or filled or astray or exchanged


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
