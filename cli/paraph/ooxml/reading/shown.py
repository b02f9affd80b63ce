"""A Word file as its reader sees it: lines of runs, each with who put it in or took it out, and where it stands.

Tracked changes have two readings: *accepted*, what the last hand wants, and *rejected*, what was there before. Text
that Word does not show is in neither; it is kept, since somebody may have put it there. Where a run stands is told by
everything that is around it at once: content controls, bookmarks, cells of tables, the ranges of comments. Which of
them to believe is for whoever asks. Runs, lines and cells are tuples: a file has thousands, and dataclasses that are
frozen take several times as long to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Story(StrEnum):
    """Where in the file a line stands."""

    BODY = "body"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    BOX = "text box"
    MARGIN = "header or footer"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who made a tracked change or a comment, as the file says, and when (ISO 8601 as written, or "")."""

    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Control:
    """A content control by its `number` in the file. `checked` is that of a tick box, None for any other kind.

    `placeholder`: it shows its prompt, so nobody has written in it. `bound`: Word shows in it what another part of the
    file says, whatever stands here. `items` are the choices of a list as (words shown, value).
    """

    number: int
    tag: str
    title: str
    checked: bool | None = None
    placeholder: bool = False
    bound: bool = False
    items: tuple[tuple[str, str], ...] = ()


class Cell(NamedTuple):
    """A cell of a table, each counted from 0: the table in the file, its row, the column of its grid."""

    table: int
    row: int
    column: int


class Direction(NamedTuple):
    """Whether a run is set from right to left, and whether its paragraph is (`w:rtl`, `w:bidi`)."""

    rtl: bool = False
    paragraph_rtl: bool = False


LEFT_TO_RIGHT = Direction()


class Call(NamedTuple):
    """The sign of a note in the text, and which note it leads to: `story` and `id` as `Line` has them.

    `own`: its sign stands in the text after it, and it is not counted; `hidden`: Word shows neither sign nor note.
    """

    story: Story
    id: str
    own: bool = False
    hidden: bool = False


class Place(NamedTuple):
    """What has a place of its own on the page: from the left, from the top, how wide, how high, in points."""

    left: float
    top: float
    width: float
    height: float


class Picture(NamedTuple):
    """A picture that stands as a letter does: the part of the file that it is, how wide and high in points."""

    part: str
    width: float
    height: float


Drawn: TypeAlias = Picture | Place | None


class Counting(NamedTuple):
    """How the notes of a story are counted: what the first has, and how numbers are written (`numbers.written`).

    `anew`: not from the first to the last, but from page to page, or otherwise from one section to the next.
    """

    start: int = 1
    kind: str = "decimal"
    anew: bool = False


class Run(NamedTuple):
    """A stretch of text in one state. `odd`: why a reader may see other words here than these, or none at all; "" where
    the text is read as it stands. A run without text says where something odd stands that is none.

    `look`: how it looks to who would tell it from text around it (struck, highlighted, underlined, framed, its size),
    see `marking`; "" plain.
    `direction`: numbers in it may stand in another order than they do in the file. `call`: it is the sign of a note;
    the text here is the id of that. `link`: where the words lead, an address or a bookmark (“#…”).
    `repeats`: it is what a field shows that repeats the number of a note; what follows NOTEREF in its code.
    `counts`: it is what a field shows that counts pages. `drawn`: what stands here is a picture, or a box at a place.
    """

    text: str
    inserted: Hand | None = None
    deleted: Hand | None = None
    hidden: bool = False
    odd: str = ""
    controls: tuple[int, ...] = ()
    bookmarks: frozenset[str] = frozenset()
    comments: frozenset[str] = frozenset()
    look: str = ""
    direction: Direction = LEFT_TO_RIGHT
    call: Call | None = None
    link: str = ""
    repeats: str = ""
    counts: bool = False
    drawn: Drawn = None

    def says(self, *, accepted: bool) -> str:
        """The text in one reading."""
        gone = self.deleted if accepted else self.inserted
        return "" if gone or self.hidden else self.text


class Line(NamedTuple):
    """A paragraph. `inserted` and `deleted` are of its mark: without it, it runs on into the next.

    `controls`, `bookmarks`: what is around it even where it is empty. `cells` from the outermost table inwards.
    `note` is the id of a footnote or endnote that it belongs to. `label` is the number that Word sets before it in a
    list, no part of the words. `place`: it stands in a frame, there.
    """

    runs: tuple[Run, ...]
    story: Story = Story.BODY
    cells: tuple[Cell, ...] = ()
    controls: tuple[int, ...] = ()
    bookmarks: frozenset[str] = frozenset()
    inserted: Hand | None = None
    deleted: Hand | None = None
    note: str = ""
    label: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of Word's: whose it is, what it says, and the words it stands at.

    `answers` is the id of the comment that it is a reply to, or ""; `is_settled`: somebody marked it as resolved.
    """

    id: str
    hand: Hand
    text: str
    at: str = ""
    answers: str = ""
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A file. `oddities` are what it holds that a text cannot show, one for each: an object, a picture, …

    `counting`: of footnotes and of endnotes. `edges`: the lines at the head and foot of each kind of page; what stands
    in a header that no page has is in `lines` alone. `plain_arabic`: the program that wrote it loses of Arabic letters
    that they are bold, in italics or struck out, and counts in figures where they number a list.
    """

    lines: tuple[Line, ...]
    controls: tuple[Control, ...]
    remarks: tuple[Remark, ...]
    properties: tuple[tuple[str, str], ...]
    oddities: tuple[str, ...] = ()
    counting: Mapping[Story, Counting] = field(default_factory=dict)
    edges: tuple[tuple[Line, ...], ...] = ()
    plain_arabic: bool = False


def text_of(lines: Iterable[Line], *, accepted: bool, labels: bool = False) -> str:
    """The words of `lines` in one reading, a paragraph a line; with `labels`, each after its number in a list."""
    return "\n".join(paragraphs(lines, accepted=accepted, labels=labels))


def paragraphs(lines: Iterable[Line], *, accepted: bool, labels: bool = False) -> Iterator[str]:
    """The paragraphs in one reading: what lost its mark runs on into the next of its cell and story."""
    waiting, where, open_ = "", None, False
    for line in lines:
        here = (line.story, line.cells, line.note)
        if open_ and here != where:
            if waiting:
                yield waiting
            waiting = ""
        words = "".join(run.says(accepted=accepted) for run in line.runs)
        numbered = labels and line.label and not waiting and (words or any(map(str.isalpha, line.label)))
        waiting += f"{line.label} {words}" if numbered else words
        where, open_ = here, (line.deleted if accepted else line.inserted) is not None
        if not open_:
            yield waiting
            waiting = ""
    if open_ and waiting:
        yield waiting


def within(lines: Iterable[Line], *, control: int | None = None, bookmark: str | None = None) -> Iterator[Line]:
    """What of `lines` stands in a content control, or under a bookmark; a line of which only a part does is cut."""
    for line in lines:
        if control in line.controls or bookmark in line.bookmarks:
            yield line
            continue
        runs = tuple(run for run in line.runs if control in run.controls or bookmark in run.bookmarks)
        if runs:
            last = runs[-1] is line.runs[-1]
            yield line._replace(
                runs=runs,
                inserted=line.inserted if last else None,
                deleted=line.deleted if last else None,
            )
