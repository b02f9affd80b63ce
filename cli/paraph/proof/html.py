"""What a page of HTML says: every word that stands in its body, whoever edited it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from html.entities import html5
from html.parser import HTMLParser
from itertools import groupby

from lxml import etree

from paraph.errors import BrokenError
from paraph.guarded import parse
from paraph.proof.reading import Reading, digest, letters, lines, named

_SILENT = frozenset({"script", "style", "template", "noscript", "title"})
_IN_LINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "wbr"}
)
_KEPT = ("li", "tr", "h1", "h2", "footer", "p", "caption")
_OF_CLASS = {"p": "running", "h1": "unseen", "caption": "unseen"}
"""What runs along every page, and titles for reading voices alone (templates/common/page.css)."""

_SPOKEN = frozenset({"alt", "aria-label"})
_CELL = "\x1f"
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{1,5})\s?")
_STRING = re.compile(r'"\s*([^"]*?)\s*"')
_BACK = "\u21a9\ufe0e"
"""The arrow that leads from a footnote back to its place."""
_NUMBER = re.compile(r"^\s*\d+\s*")
_PRINTS_ADDRESSES = "attr(href)"
"""In the styles of a page (templates/common/page.css), which so has a printer set them."""

_COUNTED = re.compile(r"content:([^;{}]*counter\(page\)[^;{}]*);")
"""What the styles of a page have a printer set at the edge of each: “"Page " counter(page) " of " counter(pages)”."""

_SAVED_FROM = re.compile(r"(?:\A|(?<=>))\s*<!-- saved from url=\(\d{4}\)[^\s<>]+ -->")
"""What browsers write at the head of a page that they save; where any other comment ends, they may differ in."""

_WHITE = r"[ \t\n\f]"
"""White space between the parts of a tag (HTML, 13.2.5.32); Python’s parser takes more for that."""

_ATTRIBUTE = rf"""{_WHITE}++[^\s"'<>/=]++(?:=(?:"[^"]*+"|'[^']*+'|[^\s"'<>=`/]++))?+"""
_PLAIN = re.compile(
    rf"\s*+(?:<!doctype{_WHITE}++html{_WHITE}*+>)?+(?:[^<]++"
    rf"|<style(?:{_ATTRIBUTE})*+{_WHITE}*+>(?:[^<]|<(?!/style|!--))*+</style{_WHITE}*+>"
    rf"|<[a-z][a-z0-9-]*+(?:{_ATTRIBUTE})*+{_WHITE}*+/?+>|</[a-z][a-z0-9-]*+{_WHITE}*+>)*+",
    re.IGNORECASE,
)
"""A page of which every sign “<” begins a tag that cannot be read in two ways. Of all else (comments, marked sections,
tags with faults) browsers and Python’s parser end some elsewhere (HTML, 13.2.5)."""

_REFERENCE = re.compile(r"&(?:#(?:(\d++)|x([0-9a-f]++))|([a-z][a-z0-9]*+))(;?)", re.IGNORECASE | re.ASCII)
_MOST_DIGITS = 7
"""Of a number of a sign."""

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements without an end (HTML, 13.1.2)."""

_FOREIGN = frozenset({"svg", "math"})
_XHTML = "{http://www.w3.org/1999/xhtml}"

_DOING = frozenset({"viewport", "color-scheme"})
"""What a page says of itself and a browser does; so is anything by `http-equiv`, and the character set."""
_SAYING = frozenset({"name", "property", "itemprop", "content"})
_OF_THE_HEAD = frozenset({"html", "head", "meta", "title", "style", "link", "script", "base"})
_WHITE_SPACE = "\t\n\f\r "
"""Any other sign ends the head of a page (HTML, 13.2.6.4.4)."""

_ACTIVE = frozenset({"script", "iframe", "object", "embed", "form", "base", "canvas", "applet", "frame"})


def read(data: bytes) -> Reading:
    """The words of a page. Raises BrokenError where it is not in UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenError("the page is not in UTF-8, as what was released is") from error
    # The end of a line is one before anything else is read (HTML, 13.2.3.5), so in what its styles are told by.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SAVED_FROM.sub("", text, count=1)
    walk = _Walk()
    walk.feed(text)
    walk.close()
    plain = _PLAIN.fullmatch(text) and all(map(_is_plain, _REFERENCE.finditer(text)))
    odd = () if plain else ("markup that programs read each in its own way",)
    # By which alone browsers know a page of today (HTML, 13.2.6.4.1).
    return _reading(walk, odd if walk.typed else (*odd, "pages that browsers show in the way of old ones"))


def _is_plain(reference: re.Match[str]) -> bool:
    """Whether a reference to a sign (“&amp;”) is the same one to browsers and to Python’s parser, in words and in an
    address: of one without its “;” the beginning may be one, and what stands for no sign may be left out or be shown
    (HTML, 13.2.5.73 and 13.2.5.80)."""
    decimal, hexadecimal, named, end = reference.groups()
    if named:
        whole = f"{named};" in html5 and end
        return bool(whole) or not any(named[:length] in html5 for length in range(2, len(named) + 1))
    digits = decimal or hexadecimal
    return bool(end) and len(digits) <= _MOST_DIGITS and bool(unescape(reference[0]))


def read_xml(data: bytes, file: str) -> Reading:
    """The words of a page in XHTML, as a parser of XML sees it. Raises FindingsError where it is none, BrokenError
    where it is not in UTF-8."""
    try:
        # In which “<![” is seen as such, whatever it may be in.
        marked = "<![" in data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenError("the page is not in UTF-8, as what was released is") from error
    root = parse(data, file, named_dtd=True, asides=True)
    walk = _Walk()
    for one in (*reversed([*root.itersiblings(preceding=True)]), root, *root.itersiblings()):
        walk.over(one)
    return _reading(walk, ("a marked section",) if marked else ())


def _reading(walk: _Walk, odd: tuple[str, ...]) -> Reading:
    active = dict.fromkeys(tag for tag, _ in walk.tags if tag in _ACTIVE)
    handlers = any(name.startswith("on") for _, attributes in walk.tags for name, _ in attributes)
    return Reading(
        format="html",
        pages=(tuple(line for _, line in walk.lines()),),
        links=tuple(value for tag, given in walk.tags for name, value in given if (tag, name) == ("a", "href")),
        maker=walk.metadata.get("generator", ""),
        metadata=walk.metadata,
        parts={
            "its styles": digest("".join(walk.styles)),
            "its markup": digest(repr(walk.stream)),
        },
        addressed=tuple(walk.addressed) if _PRINTS_ADDRESSES in "".join(walk.styles) else (),
        oddities=tuple(
            dict.fromkeys(
                (*(f"a {tag}" for tag in active), *(("a script in an attribute",) if handlers else ()), *walk.odd, *odd)
            )
        ),
        notes=tuple(_NUMBER.sub("", one) for one in walk.kept["li"]),
        beside=(
            *_whole_and_parts(line for tag in ("tr", "h1", "h2", "footer", "p", "caption") for line in walk.kept[tag]),
            *(_unescaped(" ".join(_STRING.findall(one))) for one in _COUNTED.findall("".join(walk.styles))),
        ),
        columns=tuple(walk.columns()),
        spoken=tuple(value for _, given in walk.tags for name, value in given if name in _SPOKEN and value),
    )


def _unescaped(said: str) -> str:
    """A string of a style sheet as it is shown (CSS Syntax 3, 4.3.7)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), said)


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
        self.words: list[tuple[int, str]] = []
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
        self._side, self._depth, self._sides = 0, (0, ""), dict[str, int]()
        self._headed = False
        self._foreign = 0
        self._body = False
        self.typed = False
        self.odd: list[str] = []

    @property
    def metadata(self) -> dict[str, str]:
        """What the page says of itself, by name."""
        return named(self.said)

    def lines(self) -> Iterator[tuple[int, str]]:
        """What it says, line by line, each with its column: what spans both is in the first."""
        for side, said in groupby(self.words, key=lambda one: one[0]):
            yield from ((side, line) for line in lines("".join(text for _, text in said)))

    def columns(self) -> Iterator[tuple[str, ...]]:
        """The lines of each of two languages that stand side by side, without the arrows of notes; else nothing."""
        for side in (0, 1) if len(self._sides) == 2 else ():
            yield tuple(line.replace(_BACK, "") for its, line in self.lines() if its == side)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = tuple(sorted((name, value or "") for name, value in attrs))
        if tag == "meta":
            given = dict(attributes)
            name = next(filter(None, (given.get(key, "") for key in ("name", "property", "itemprop"))), "")
            if name and name.lower() not in _DOING and not {"http-equiv", "charset"} & set(given):
                self.said.append((name, given.get("content", "")))
                if _SAYING.issuperset(given) and not self._body:
                    return
        self._body = self._body or tag not in _OF_THE_HEAD
        self.tags.append((tag, attributes))
        self.stream.append((tag, attributes))
        self._foreign += tag in _FOREIGN
        self._main = self._main or tag == "main"
        if tag == "a" and self._main:
            self._open(dict(attributes))
        self._headed = tag == "thead" or (self._headed and tag not in ("tbody", "table"))
        if self._keeping == "tr" and tag in ("th", "td") and self.kept["tr"][-1]:
            self.kept["tr"][-1] += _CELL
        if self._keeps(tag, dict(attributes)):
            self._keeping = tag
            self.kept[tag].append("")
        self._enter(tag, dict(attributes))
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag not in _IN_LINE:
            self._say("\n")

    def _enter(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A column may begin: that of a language, in the order in which they come up."""
        depth, column = self._depth
        if depth:
            self._depth = (depth + (tag == column), column)
        elif "cell" in attributes.get("class", "").split():
            self._depth = (1, tag)
            self._side = self._sides.setdefault(attributes.get("lang", ""), len(self._sides))
            self._say("\n")

    def _leave(self, tag: str) -> None:
        """A column may end."""
        depth, column = self._depth
        if depth and tag == column:
            self._depth = (depth - 1, column)
            if depth == 1:
                self._say("\n")
                self._side = 0

    def _say(self, said: str) -> None:
        self.words.append((self._side, said))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A “/” before the end of a tag is nothing to a browser (HTML, 13.2.5.40), but in a drawing or a formula."""
        self.handle_starttag(tag, attrs)
        if self._foreign and tag not in _VOID:
            self.handle_endtag(tag)

    def handle_comment(self, data: str) -> None:
        self._aside("a comment", data)

    def handle_pi(self, data: str) -> None:
        self._aside("a word to programs", data)

    def unknown_decl(self, data: str) -> None:
        self._aside("a marked section", data)

    def handle_decl(self, decl: str) -> None:
        self.typed = True
        if decl.lower() != "doctype html":
            self._aside("a document type", decl)

    def _aside(self, kind: str, said: str) -> None:
        """What is no element: where one ends, programs differ in, so none may be new."""
        self.odd.append(kind)
        self.stream.append((kind, said))

    def over(self, one: etree._Element) -> None:
        """What an element of XHTML holds, and what else stands where elements do."""
        if isinstance(one, etree._Comment):
            self.handle_comment(one.text or "")
        elif isinstance(one, etree._ProcessingInstruction):
            self.handle_pi(f"{one.target!s} {one.text}")
        elif isinstance(one.tag, str):
            tag = one.tag.removeprefix(_XHTML)
            self.handle_starttag(tag, [(str(name), str(value)) for name, value in one.attrib.items()])
            self._text(one.text)
            for child in one:
                self.over(child)
                self._text(child.tail)
            self.handle_endtag(tag)

    def _text(self, said: str | None) -> None:
        if said:
            self.handle_data(said)

    def _keeps(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether an element may stand elsewhere in print: a footnote, their heading, a table’s head, the foot, a title
        that nobody sees, what runs along every page."""
        if self._keeping:
            return False
        if tag == "tr":
            return self._headed
        if tag in _OF_CLASS:
            return _OF_CLASS[tag] in attributes.get("class", "").split()
        return tag == "footer" or (tag, attributes.get("id", "")[:4]) in (("li", "note"), ("h2", "note"))

    def _open(self, attributes: dict[str, str]) -> None:
        """A link begins. After one whose words are its address, a page prints none."""
        address = attributes.get("href", "")
        if address.startswith("http") and "bare" not in attributes.get("class", "").split():
            self._link = ["", address]

    def handle_endtag(self, tag: str) -> None:
        self.stream.append(f"/{tag}")
        self._foreign -= tag in _FOREIGN
        self._main = self._main and tag != "main"
        if tag == "a" and self._link:
            self.addressed.append((self._link[0], self._link[1]))
            self._link = None
        if tag == self._keeping:
            self._keeping = ""
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif tag not in _IN_LINE:
            self._say("\n")
        self._leave(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            if self._link:
                self._link[0] += data
            self._say(data.replace("\n", " "))
            if self._keeping:
                self.kept[self._keeping][-1] += data.replace("\n", " ").replace(_BACK, "")
            said, begins = letters(data), not self._body and bool(data.strip(_WHITE_SPACE))
            if said or begins:
                self.stream.append((said,))
            self._body = self._body or begins
        elif self._silent[-1] == "style":
            self.styles.append(data)
        elif self._silent[-1] == "title":
            self.said.append(("title", data.strip()))
