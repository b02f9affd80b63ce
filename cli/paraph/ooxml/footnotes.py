"""Real footnotes: the part that holds them, with the two separators that Word expects.

Word numbers footnotes through the file. Where a note must carry another number (the second language of an edition in
two), its call says so itself: `w:customMarkFollows`, with the mark as text after it, and such a note is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paraph.ooxml.names import Element, attribute, el, name

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


def call(identifier: int, *, marked: bool) -> Element:
    """The reference to a note in the text; `marked`: the mark follows as text in the same run."""
    mark = {"w:customMarkFollows": 1} if marked else {}
    return el("w:footnoteReference", {**mark, "w:id": identifier})
