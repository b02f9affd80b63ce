"""What stands beside the text of a Word file, and belongs to places in it: bookmarks, comments, the calls of notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.context import Context
from paraph.ooxml.reading.shown import Call, Story

if TYPE_CHECKING:
    from paraph.ooxml.reading.walk import Walk


UNNUMBERED = "a note without its number, which some programs show and some do not"
_CALLS = (name("w:footnoteReference"), name("w:endnoteReference"))
_START, _END = name("w:bookmarkStart"), name("w:bookmarkEnd")


def bookmarks_ended(root: Element) -> set[str]:
    """The names of the bookmarks that have an end in a story."""
    ends, starts = set[str](), list[tuple[str, str]]()
    for one in root.iter(_START, _END):
        if one.tag == _END:
            ends.add(attribute(one, "w:id"))
        else:
            starts.append((attribute(one, "w:id"), attribute(one, "w:name")))
    return {named for id_, named in starts if id_ in ends}


def walk_bookmark_start(walk: Walk, element: Element, around: Context) -> None:
    """One that never ends holds nothing, though the paragraph that it begins in was touched by it."""
    named = attribute(element, "w:name")
    walk.touched.add(named)
    if named in walk.ended:
        walk.bookmarks.begin(attribute(element, "w:id"), named)


def walk_bookmark_end(walk: Walk, element: Element, around: Context) -> None:
    """What the bookmark holds ends here."""
    walk.bookmarks.end(attribute(element, "w:id"))


def walk_comment_start(walk: Walk, element: Element, around: Context) -> None:
    """What a comment is about begins here."""
    id_ = attribute(element, "w:id")
    walk.comments.begin(id_, id_)


def walk_comment_end(walk: Walk, element: Element, around: Context) -> None:
    """What a comment is about ends here."""
    walk.comments.end(attribute(element, "w:id"))


def walk_comment_here(walk: Walk, element: Element, around: Context) -> None:
    """A comment without a range stands at the words before it."""
    walk.here(around, comment=attribute(element, "w:id"))


def walk_note_call(walk: Walk, element: Element, around: Context) -> None:
    """The sign of a footnote or endnote, by its id: a number is Word’s to give. LibreOffice writes the bookmark of a
    sign at the end of a paragraph somewhere before it: one that holds no sign is that of the next."""
    story = Story.FOOTNOTE if element.tag == name("w:footnoteReference") else Story.ENDNOTE
    own = attribute(element, "w:customMarkFollows") in ("1", "true", "on")
    call = Call(story, attribute(element, "w:id"), own, around.hidden)
    if not call.hidden and walk.is_lost(around):
        walk.remark(UNNUMBERED, around)
    before = len(walk.runs)
    walk.add(f"[{call.id}]", around._replace(hidden=True))
    bookmarks = frozenset(_ended_before(element.getparent()))
    walk.runs[before:] = [one._replace(call=call, bookmarks=one.bookmarks | bookmarks) for one in walk.runs[before:]]


def walk_note_number(walk: Walk, element: Element, around: Context) -> None:
    """The number of a note, where it stands."""
    if walk.is_lost(around):
        walk.remark(UNNUMBERED, around)


def _ended_before(run: Element | None) -> Iterator[str]:
    """The names of the bookmarks that begin and end before a run, and after the sign of any other note."""
    ended = set[str]()
    for one in run.itersiblings(preceding=True) if run is not None else ():
        if one.tag == _END:
            ended.add(attribute(one, "w:id"))
        elif one.tag == _START and attribute(one, "w:id") in ended:
            yield attribute(one, "w:name")
        elif next(one.iter(*_CALLS), None) is not None:
            return
