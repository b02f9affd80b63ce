"""Comments of Word’s in a packet: at which text they stand, and which of them are the words that a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from paraph.markup.canonical import canonical
from paraph.model.event import Choice
from paraph.ooxml.reading.shown import Remark
from paraph.review.returned.answer import Comment
from paraph.review.returned.normal_text import named, tame
from paraph.review.returned.outside_fields import rows_of
from paraph.review.returned.pair import Notes, Pair, short

_Places: TypeAlias = dict[int, tuple[bool, Choice | None]]
"""By the place of a subject whether a comment stands in its decision table, and the choice in whose row."""

_NOWHERE: _Places = {0: (False, None)}


class Placed(NamedTuple):
    """A comment, and as it would be recorded; whether it stands in a decision table, and the choice in whose row."""

    remark: Remark
    comment: Comment
    in_table: bool = False
    row: Choice | None = None


def remarks_of(pair: Pair) -> dict[int, list[Placed]]:
    """The comments by the subject at which they stand, 0 for none; a reply stands where what it answers does. One that
    was put to words of several subjects stands at each."""
    came = pair.came
    if not came.shown.remarks:
        return {}
    sections, rows, tables = came.sections(), rows_of(pair, came), {*came.decisions.values()}
    where = dict[str, _Places]()
    every = {one.id: one for one in came.shown.remarks}
    for number, line in enumerate(came.shown.lines):
        row = next((rows[at] for cell in line.cells if (at := (cell.table, cell.row)) in rows), None)
        in_table = any(cell.table in tables for cell in line.cells)
        for run in line.runs:
            for id_ in run.comments:
                where.setdefault(id_, {}).setdefault(sections[number], (in_table, row))
    places_of = stands(every, where)
    found: dict[int, list[Placed]] = {}
    for remark in came.shown.remarks:
        comment = _comment_of(remark)
        for place, (in_table, row) in places_of[remark.id].items():
            found.setdefault(place, []).append(Placed(remark, comment, in_table, row))
    return found


def stands(every: Mapping[str, Remark], where: Mapping[str, _Places]) -> Mapping[str, _Places]:
    """Where each comment stands, by its id: at its own words; else where the first does that stands anywhere, of what
    it answers, what that answers, and so on. Each answer is followed once, however long they go on or round."""
    found = dict[str, _Places]()
    for id_ in every:
        thread = dict[str, None]()
        while id_ in every and id_ not in thread and id_ not in where and id_ not in found:
            thread[id_] = None
            id_ = every[id_].answers
        places = where.get(id_) or found.get(id_) or _NOWHERE
        found.update(dict.fromkeys((*thread, id_), places))
    return found


def reason(choice: Choice, remarks: list[Placed], notes: Notes) -> tuple[str, list[Placed]]:
    """The words for `choice` that stand in comments alone, and the other comments.

    One in the table, and not at another choice, is said of it. Whether it is the reason, or takes the tick back, a
    person looks.
    """
    said = [one for one in remarks if one.remark.text.strip()]
    own = [one for one in said if one.in_table and one.row in (choice, None)]
    if said:
        what = "reservation" if choice is Choice.RESERVE else "reason"
        words = " / ".join(tame(one.remark.text) for one in said)
        notes.look.append(f"the {what} stands in comments only: “{short(words)}”")
    taken = "\n".join(one.remark.text for one in own or said)
    return canonical(tame(taken)), [one for one in remarks if one not in own]


def _comment_of(remark: Remark) -> Comment:
    """A comment as it would be recorded, at however many texts it stands."""
    about = ", ".join(["a reply"] * bool(remark.answers) + ["resolved"] * remark.is_settled)
    return Comment(
        text=canonical(tame(remark.text)), at=short(tame(remark.at)), author=named(remark.hand.author), about=about
    )
