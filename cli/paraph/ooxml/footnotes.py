"""Real footnotes: the part that holds them, with the two separators that Word expects.

Word numbers footnotes through the file. Where a second place leads to the same note (the second language of an edition
in two), it repeats the number of the first call, found by its bookmark: the field NOTEREF (ECMA-376 Part 1,
17.16.5.37). A note that must carry another number says so in its call: `w:customMarkFollows`, with the mark as text
after it, and is not counted; LibreOffice sets that mark before the note, too, where Word has it as text of the note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paraph.ooxml.names import Element, attribute, el, name
from paraph.ooxml.text import Look, field

_FIRST_MARK, _MARK = 40_000, "_paraph_note_"
"""The ids and names of the bookmarks over calls: Word lists none that begins with a low line."""
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def empty() -> Element:
    """A footnotes part with its separators and no note."""
    separators = (("separator", -1), ("continuationSeparator", 0))
    return el(
        "w:footnotes",
        None,
        *(
            el("w:footnote", {"w:type": kind, "w:id": at}, el("w:p", None, el("w:r", None, el(f"w:{kind}"))))
            for kind, at in separators
        ),
    )


def declare_separators(settings: Element) -> None:
    """The settings must name the separators, or Word calls the file damaged."""
    if settings.find(name("w:footnotePr")) is not None:
        return
    made = el("w:footnotePr", None, *(el("w:footnote", {"w:id": at}) for at in (-1, 0)))
    compat = settings.find(name("w:compat"))
    settings.insert(settings.index(compat) if compat is not None else len(settings), made)


@dataclass(slots=True)
class Footnotes:
    """The notes of a file."""

    root: Element
    _last: int = 0

    def add(self, paragraphs: Iterable[Element]) -> int:
        """A note; its id for `call`."""
        if not self._last:
            self._last = max((int(attribute(one, "w:id")) for one in self.root), default=0)
        identifier = self._last = self._last + 1
        self.root.append(el("w:footnote", {"w:id": identifier}, *paragraphs))
        return identifier

    def add_to(self, identifier: int, paragraph: Element) -> None:
        """One more paragraph of a note."""
        next(one for one in self.root if attribute(one, "w:id") == str(identifier)).append(paragraph)


def call(identifier: int, *, marked: bool) -> Element:
    """The reference to a note in the text; `marked`: the mark follows as text in the same run."""
    mark = {"w:customMarkFollows": 1} if marked else {}
    return el("w:footnoteReference", {**mark, "w:id": identifier})


def refer(identifier: int, calling: Element, number: str, look: Look) -> Iterator[Element]:
    """A second sign of a note: the number of the run `calling` it, which gets a bookmark where it has none."""
    named, mark = f"{_MARK}{identifier}", {"w:id": _FIRST_MARK + identifier}
    before = calling.getprevious()
    if before is None or attribute(before, "w:name") != named:
        calling.addprevious(el("w:bookmarkStart", {**mark, "w:name": named}))
        calling.addnext(el("w:bookmarkEnd", mark))
    yield from field(rf"NOTEREF {named} \f \h", look, number)
