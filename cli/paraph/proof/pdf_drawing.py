"""What the pages of a PDF are drawn from, operator by operator (ISO 32000-2, annex A), whoever shows them.

A page is looked at as PDFium shows it. What is written in no way of the standard one program draws and another one does
not: so that nobody sees more of a page than was looked at, that is told. And of a page that looks as released it is
known whether as much is drawn on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pikepdf

from paraph.errors import BrokenError
from paraph.proof.pdf_content import LARGEST, Content, Drawn
from paraph.proof.pdf_objects import inherited
from paraph.proof.pdf_pictures import ill_packed, listed

_MOST_STREAMS = 5000
_MOST_TOLD = 5


class Drawing:
    """The pages of a PDF as they are drawn; `digested` says of an object which it is, however it is packed."""

    def __init__(self, pdf: pikepdf.Pdf, digested: Callable[[object], str]) -> None:
        self._digested = digested
        self._known: dict[tuple[int, int], Drawn] = {}
        self._whole: dict[tuple[int, int], Counter[str]] = {}
        self._pages = [self._page(page.obj) for page in pdf.pages]

    def odd(self) -> Iterator[str]:
        """What on pages is written as no standard has it."""
        for number, (page, seen) in enumerate(self._pages, 1):
            told = dict.fromkeys([*page.odd, *(said for one in seen for said in self._known[one].odd)])
            yield from (f"on page {number} what not every program draws: {one}" for one in [*told][:_MOST_TOLD])

    def said(self) -> Iterator[str]:
        """The digest of the operators of each page, without those of its forms."""
        yield from (page.said for page, _ in self._pages)

    def paints(self) -> Iterator[dict[str, int]]:
        """What leaves ink on each page, in its forms, too, with how often."""
        yield from (dict(self._inked(page, ())) for page, _ in self._pages)

    def _inked(self, one: Drawn, around: tuple[tuple[int, int], ...]) -> Counter[str]:
        made = Counter(one.paints)
        for form, times in one.forms.items():
            if form in around or form not in self._known:
                continue  # a form that draws itself, or is none
            if form not in self._whole:
                self._whole[form] = self._inked(self._known[form], (*around, form))
            for said, count in self._whole[form].items():
                made[said] += min(times * count, LARGEST)
        return made

    def _page(self, page: pikepdf.Object) -> tuple[Drawn, list[tuple[int, int]]]:
        """What a page draws, and the streams in which it does."""
        made = Drawn()
        for one in listed(page.get("/Contents")):
            made.odd |= dict.fromkeys(ill_packed(one) if isinstance(one, pikepdf.Stream) else ["a piece that is none"])
        resources = inherited(page, "/Resources")
        Content(made, resources, self._digested).read(page)
        left, seen = [*made.uses], dict[tuple[int, int], None]()
        while left:
            stream, around = left.pop()
            if stream.objgen in seen:
                continue
            seen[stream.objgen] = None
            if stream.objgen not in self._known:
                if len(self._known) == _MOST_STREAMS:
                    raise BrokenError("the PDF has more forms and patterns than a document")
                content = Content(Drawn(), stream.get("/Resources", around), self._digested)
                content.drawn.odd |= dict.fromkeys(ill_packed(stream))
                content.read(stream)
                self._known[stream.objgen] = content.drawn
            left += self._known[stream.objgen].uses
        return made, [*seen]
