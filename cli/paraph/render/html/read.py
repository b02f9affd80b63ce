"""Reading a page back: its paragraphs as a reader meets them, for comparison with the document they were made from.

It walks the finished file with Python's own HTML parser and shares nothing with `body` but the names below, so
that a fault in one does not hide in the other. A paragraph is a `p`, `td` or `th` of `main`, or a heading; in a
bilingual page a heading's cell. Its column is that of the nearest element of class `cell`, by `lang`.
"""

from __future__ import annotations

from html.parser import HTMLParser

from paraph.errors import FidelityError
from paraph.model.document import Edition, Printed

_VOID = frozenset({"br", "col", "meta", "link", "img", "hr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD_ROLES = frozenset({"doc-noteref", "doc-backlink"})


def read_back(data: bytes, edition: Edition, drop: str = "") -> tuple[tuple[Printed, ...], ...]:
    """Number and words of every paragraph in the page, for each document of `edition`.

    Of a redline, `drop` ("ins" or "del") is read as if it was not there, nor what stands for it alone (`data-only`).
    """
    walk = _Walk(edition.languages, drop)
    walk.feed(data.decode("utf-8"))
    walk.close()
    if walk.open or not walk.seen_main:
        raise FidelityError("The HTML page is not well formed", "Compare page.html with templates/common/page.html.")
    return tuple(tuple(column) for column in walk.columns)


class _Walk(HTMLParser):
    """Collects the paragraphs of `main`; `open` holds the open elements as (tag, attributes)."""

    def __init__(self, languages: tuple[str, ...], drop: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.languages, self.drop = languages, drop
        self.columns: list[list[Printed]] = [[] for _ in languages]
        self.open: list[tuple[str, dict[str, str]]] = []
        self.seen_main = False
        self._at = -1
        self._label = self._words = ""
        self._separated = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "br" and self._at >= 0 and not self._dropped():
            self._words += "\n"
        if tag in _VOID:
            return
        self.open.append((tag, attributes))
        self.seen_main |= tag == "main"
        if self._at < 0 and not self._dropped() and self._starts_paragraph(tag, attributes):
            self._at, self._label, self._words, self._separated = len(self.open), "", "", True

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            found = self.open[-1][0] if self.open else "nothing"
            raise FidelityError(f"HTML: </{tag}> closes <{found}>, line {self.getpos()[0]}", "Check page.html.")
        if self._at == len(self.open):
            self.columns[self._column()].append(Printed(self._label, self._words))
            self._at = -1
        if self.open.pop()[1].get("class") == "number":
            self._separated = False

    def handle_data(self, data: str) -> None:
        if self._at < 0 or self._dropped() or self._within_paragraph(role=_UNREAD_ROLES):
            return
        if self._within_paragraph(class_="number"):
            self._label += data
            return
        if not self._separated:
            data, self._separated = data.removeprefix(" "), True
        self._words += data

    def _starts_paragraph(self, tag: str, attributes: dict[str, str]) -> bool:
        tags = [name for name, _ in self.open]
        notes = any(attrs.get("role") == "doc-endnotes" for _, attrs in self.open)
        if "main" not in tags:
            return False
        if tag in {"p", "td", "th"}:
            return True
        if len(self.languages) == 1:
            return tag in _HEADINGS and not notes
        return tag == "span" and attributes.get("class") == "cell" and not notes

    def _within_paragraph(self, *, role: frozenset[str] = frozenset(), class_: str = "") -> bool:
        inside = self.open[self._at - 1 :]
        return any(attrs.get("role") in role or (class_ and attrs.get("class") == class_) for _, attrs in inside)

    def _dropped(self) -> bool:
        """Whether what comes is not to be read: words about the text, and what the other text alone has."""
        return any(
            "aside" in attrs.get("class", "").split() or (self.drop and self.drop in (tag, attrs.get("data-only")))
            for tag, attrs in self.open
        )

    def _column(self) -> int:
        for _, attributes in reversed(self.open):
            if attributes.get("class") == "cell":
                return self.languages.index(attributes["lang"])
        return 0
