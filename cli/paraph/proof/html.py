"""What a page of HTML says: every word that stands in its body, whoever edited it."""

from __future__ import annotations

from html.parser import HTMLParser

from paraph.errors import BrokenError
from paraph.proof.reading import Reading, digest, letters, lines, named

_SILENT = frozenset({"script", "style", "template", "noscript", "title"})
_IN_LINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "wbr"}
)
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
        oddities=(*(f"a {tag}" for tag in active), *(("a script in an attribute",) if handlers else ())),
    )


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
        self._silent: list[str] = []

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
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag not in _IN_LINE:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.stream.append(f"/{tag}")
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif tag not in _IN_LINE:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data.replace("\n", " "))
            if said := letters(data):
                self.stream.append((said,))
        elif self._silent[-1] == "style":
            self.styles.append(data)
        elif self._silent[-1] == "title":
            self.said.append(("title", data.strip()))
