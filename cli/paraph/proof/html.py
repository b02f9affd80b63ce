"""What a page of HTML says: every word that stands in its body, whoever edited it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from paraph.errors import BrokenError
from paraph.proof.reading import Reading, digest, letters, lines, named

_SILENT = frozenset({"script", "style", "template", "noscript", "title"})
_IN_LINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "wbr"}
)
_KEPT = ("li", "tr", "h2", "footer")
_CELL = "\x1f"
_BACK = "\u21a9\ufe0e"
"""The arrow that leads from a footnote back to its place."""
_NUMBER = re.compile(r"^\s*\d+\s*")
_PRINTS_ADDRESSES = "attr(href)"
"""In the styles of a page (templates/common/page.css), which so has a printer set them."""

_DOING = frozenset({"viewport", "color-scheme"})
"""What a page says of itself and a browser does; so is anything by `http-equiv`, and the character set."""
_ACTIVE = frozenset({"script", "iframe", "object", "embed", "form", "base", "canvas", "applet", "frame"})


def read(data: bytes) -> Reading:
    """The words of a page. Raises BrokenError where it is not in UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenError("the page is not in UTF-8, as what was released is") from error
    walk = _Walk()
    walk.feed(text)
    walk.close()
    active = dict.fromkeys(tag for tag, _ in walk.tags if tag in _ACTIVE)
    handlers = any(name.startswith("on") for _, attributes in walk.tags for name, _ in attributes)
    return Reading(
        format="html",
        pages=(lines("".join(walk.words)),),
        links=tuple(value for tag, given in walk.tags for name, value in given if (tag, name) == ("a", "href")),
        maker=walk.metadata.get("generator", ""),
        metadata=walk.metadata,
        parts={
            "its styles": digest("".join(walk.styles)),
            "its markup": digest(repr(walk.stream)),
        },
        addressed=tuple(walk.addressed) if _PRINTS_ADDRESSES in "".join(walk.styles) else (),
        oddities=(*(f"a {tag}" for tag in active), *(("a script in an attribute",) if handlers else ())),
        notes=tuple(_NUMBER.sub("", one) for one in walk.kept["li"]),
        beside=tuple(_whole_and_parts((*walk.kept["tr"], *walk.kept["h2"], *walk.kept["footer"]))),
    )


def _whole_and_parts(kept: Iterable[str]) -> Iterator[str]:
    """Lines as they may be printed: a row on one, or each of its cells on lines of its own."""
    for said in kept:
        yield said.replace(_CELL, "")
        yield from said.split(_CELL)


class _Walk(HTMLParser):
    """Collects words, tags and what the page says of itself. `stream` is words and tags in order, so that none moves
    unseen from one element into another, which may be hidden."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.styles: list[str] = []
        self.tags: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.stream: list[object] = []
        self.said: list[tuple[str, str]] = []
        self.kept: dict[str, list[str]] = {tag: [] for tag in _KEPT}
        self.addressed: list[tuple[str, str]] = []
        self._link: list[str] | None = None
        self._main = False
        self._silent: list[str] = []
        self._keeping = ""
        self._headed = False

    @property
    def metadata(self) -> dict[str, str]:
        """What the page says of itself, by name."""
        return named(self.said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = tuple(sorted((name, value or "") for name, value in attrs))
        if tag == "meta":
            given = dict(attributes)
            name = next(filter(None, (given.get(key, "") for key in ("name", "property", "itemprop"))), "")
            if name and name.lower() not in _DOING and not {"http-equiv", "charset"} & set(given):
                self.said.append((name, given.get("content", "")))
                return
        self.tags.append((tag, attributes))
        self.stream.append((tag, attributes))
        self._main = self._main or tag == "main"
        if tag == "a" and self._main:
            self._open(dict(attributes))
        self._headed = tag == "thead" or (self._headed and tag not in ("tbody", "table"))
        if self._keeping == "tr" and tag in ("th", "td") and self.kept["tr"][-1]:
            self.kept["tr"][-1] += _CELL
        if self._keeps(tag, dict(attributes)):
            self._keeping = tag
            self.kept[tag].append("")
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag not in _IN_LINE:
            self.words.append("\n")

    def _keeps(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether an element may stand elsewhere in print: a footnote, their heading, a table’s head, the foot."""
        if self._keeping:
            return False
        if tag == "tr":
            return self._headed
        return tag == "footer" or (tag, attributes.get("id", "")[:4]) in (("li", "note"), ("h2", "note"))

    def _open(self, attributes: dict[str, str]) -> None:
        """A link begins. After one whose words are its address, a page prints none."""
        address = attributes.get("href", "")
        if address.startswith("http") and "bare" not in attributes.get("class", "").split():
            self._link = ["", address]

    def handle_endtag(self, tag: str) -> None:
        self.stream.append(f"/{tag}")
        self._main = self._main and tag != "main"
        if tag == "a" and self._link:
            self.addressed.append((self._link[0], self._link[1]))
            self._link = None
        if tag == self._keeping:
            self._keeping = ""
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif tag not in _IN_LINE:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            if self._link:
                self._link[0] += data
            self.words.append(data.replace("\n", " "))
            if self._keeping:
                self.kept[self._keeping][-1] += data.replace("\n", " ").replace(_BACK, "")
            if said := letters(data):
                self.stream.append((said,))
        elif self._silent[-1] == "style":
            self.styles.append(data)
        elif self._silent[-1] == "title":
            self.said.append(("title", data.strip()))
