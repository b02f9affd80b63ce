"""Fields cut and pasted elsewhere: what they say is seen where it stands, and nothing beside it is taken unasked."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from lxml import etree

from paraph.ooxml.reading.file import read_word
from paraph.review.returned.answer import Returned
from paraph.review.returned.read import read_returned
from pen import Pen, W, run, w
from test_returned import Sent, written

__all__ = ["written"]

ANSWERED, OTHERS = ("object", "choice", "words"), ("approve", "text-en", "code", "person")
CELLS = ("code", "approve", "object", "choice", "words", "text-en")
LOST: dict[str, Callable[[Pen], None]] = {
    "nothing": lambda _: None, "tags": Pen.without_tags, "bookmarks": Pen.without_bookmarks,
}  # fmt: skip


def places(pen: Pen, at: int) -> Iterator[tuple[str, Callable[[etree._Element], None]]]:
    """Where a paragraph can be put, around and in the decision table of a text."""
    table = pen.table(at)
    yield "before the list", pen.cell(at, "choice").find(f".//{W}p").addprevious
    yield "above", table.addprevious
    yield "below", table.addnext
    for named in CELLS:
        cell = pen.cell(at, named)
        yield f"in {named}", cell.findall(f".//{W}p")[-1].addnext
        if named not in ("code", "text-en"):
            yield f"under the label of {named}", pen.label(at, named).append
    body = next(pen.body.iter(f"{W}body"))
    yield "at the top", lambda one: body.insert(0, one)
    yield "at the end", lambda one: body.insert(len(body) - 1, one)


def filled(pen: Pen, named: str) -> etree._Element:
    """The paragraph of a field of text 1 that says something."""
    if named in ("approve", "object"):
        pen.tick(1, named)
    elif named == "choice":
        pen.choose(1, "Object")
    elif named == "words":
        pen.words(1, "We object to that one, it is far too weak.")
    elif named == "person":
        pen.person("We object to that one.")
        return next(pen.control(0, "person").iterancestors(f"{W}p"))
    return next(pen.cell(1, named).iter(f"{W}p"))


def cut(one: etree._Element) -> etree._Element:
    """A paragraph taken out of its place, with an empty one left there."""
    one.addnext(w("p"))
    one.getparent().remove(one)
    return one


def read(written: Sent, pen: Pen) -> Returned:
    return read_returned(written.shown, read_word(pen.data()), written.subjects, written.phrases, "en")


def taken(returned: Returned, place: int) -> bool:
    """Whether what is proposed on a text is recorded without a question."""
    answer = returned.answers[place - 1]
    return bool(answer.choice) and not (answer.look or returned.unclear or returned.look or returned.outside)


@pytest.mark.parametrize(("named", "lost"), [*itertools.product(ANSWERED, LOST), *((one, "nothing") for one in OTHERS)])
def test_no_approval_beside_a_field_of_another_text_is_taken_unasked(written: Sent, named: str, lost: str) -> None:
    names = [name for name, _ in places(Pen.on(written.data), 3)]
    assert len(names) == 15
    seen = []
    for where in names:
        if (named, where) == ("person", "at the top"):
            continue  # its own place, or near enough: any name that is not on record is asked about
        pen = Pen.on(written.data)
        if where in ("in choice", "before the list"):
            pen.choose(3, "Approve")
        else:
            pen.tick(3, "approve")
        dict(places(pen, 3))[where](cut(filled(pen, named)))
        LOST[lost](pen)
        if taken(read(written, pen), 3):
            seen.append(where)
    assert seen == []


@pytest.mark.parametrize("lost", ["nothing", "tags"])
def test_an_approval_pasted_at_another_text_is_none_of_that(written: Sent, lost: str) -> None:
    seen = []
    for named, where in itertools.product(("approve", "choice"), [name for name, _ in places(Pen.on(written.data), 2)]):
        pen = Pen.on(written.data)
        if named == "choice":
            pen.choose(1, "Approve")
        else:
            pen.tick(1, "approve")
        dict(places(pen, 2))[where](cut(next(pen.cell(1, named).iter(f"{W}p"))))
        LOST[lost](pen)
        returned = read(written, pen)
        if taken(returned, 1) or taken(returned, 2):
            seen.append((named, where))
    assert seen == []


@pytest.mark.parametrize("where", ["below", "at the top", "at the end"])
@pytest.mark.parametrize("named", ANSWERED)
def test_a_field_of_a_text_whose_table_is_gone_is_seen_elsewhere(written: Sent, named: str, where: str) -> None:
    pen = Pen.on(written.data)
    pen.tick(2, "approve")
    dict(places(pen, 2))[where](cut(filled(pen, named)))
    pen.table(1).getparent().remove(pen.table(1))
    assert not taken(read(written, pen), 2)


def test_a_field_beside_the_table_of_no_text_is_read_as_well(written: Sent) -> None:
    pen = Pen.on(written.data)
    pen.tick(2, "approve")
    pen.table(3).addprevious(cut(filled(pen, "words")))
    pen.recode(3, "26 · see@1 · 0123abcd")
    assert read(written, pen).answers[2].choice is None


@pytest.mark.parametrize("where", ["above", "below", "at the top", "under the label of choice", "in words"])
def test_words_cut_from_another_text_come_to_what_they_do_where_they_are_typed(written: Sent, where: str) -> None:
    said = "We object to that one, it is far too weak."
    moved, typed = Pen.on(written.data), Pen.on(written.data)
    for pen in (moved, typed):
        pen.tick(3, "approve")
    dict(places(typed, 3))[where](w("p", run(said)))
    dict(places(moved, 3))[where](cut(filled(moved, "words")))
    came, expected = read(written, moved), read(written, typed)
    assert came.outside == expected.outside
    assert came.answers[2].comments == expected.answers[2].comments
    asked = [*came.answers[2].unclear, *came.answers[2].look, *map(str, came.outside)]
    assert any(said in one for one in asked)
    assert any("the field for words stands elsewhere" in one for one in came.answers[0].unclear)


def test_a_bookmark_that_has_grown_takes_nothing_from_what_is_typed_under_it(written: Sent) -> None:
    pen = Pen.on(written.data)
    pen.tick(2, "approve")
    pen.before_table(2, "It is far too weak.")
    end = next(
        one
        for start in pen.cell(1, "words").iter(f"{W}bookmarkStart")
        for one in pen.body.iter(f"{W}bookmarkEnd")
        if one.get(f"{W}id") == start.get(f"{W}id")
    )
    pen.table(2).getprevious().append(end)
    assert read(written, pen).answers[1].unclear == ("outside its fields stands “It is far too weak.”",)


def test_a_field_that_stands_in_its_place_leaves_what_is_beside_it_clear(written: Sent) -> None:
    for lost in LOST.values():
        pen = Pen.on(written.data)
        pen.tick(1, "object")
        pen.words(1, "These words say far too little on children.")
        pen.choose(2, "Approve")
        pen.tick(3, "abstain")
        lost(pen)
        returned = read(written, pen)
        assert [taken(returned, place) for place in (1, 2, 3)] == [True] * 3
