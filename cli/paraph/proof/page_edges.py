"""What stands at the head and foot of pages: what was released there, in whichever lines it is set.

A format that keeps it apart is compared line by line (`margins_told`); a PDF that another program printed, by the lines
of its pages (`edges_told`).

In a printed copy what every page was to show is on every page, and there is nothing that nobody released. Programs set
their own there, too: when and from where a page was printed, its title, and how many it is of how many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from paraph.proof.reading import Reading, letters, numbered
from paraph.proof.reset_pages import PAIRED, RIGHT_TO_LEFT, Run, alike, plain, runs

_NUMBER = re.compile(r"\d+")
_BREAKS = re.compile(r"[·|,:\s](?=\s)|\n")
"""Between what stands side by side at an edge: “A-1 · A title”."""

_NOISE = (
    re.compile(r"(?:https?|file)://\S+"),
    re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}"),
    # With “AM” or the like after it.
    re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[^\W\d_]\.?){0,2}(?![^\W\d_])"),
)
"""What browsers print of their own: an address, a day, a time."""

_COUNT = re.compile(r"#\W*(?:[^\W\d_]{1,4}\W*)?#")
"""Which page of how many, in the language of a browser: “# of #”, “#/#”."""

_PAGE = re.compile(r"([^\W\d_]+)\W*\d+\W*([^\W\d_]+)\W*\d+")
"""The same as it was released: “page 1 of 7”."""

_PAGED = ("docx", "odt")
"""Formats that say what stands at the head and foot of pages."""

_RUNS = re.compile(f"({RIGHT_TO_LEFT.pattern}+(?:\\W*{RIGHT_TO_LEFT.pattern}+)*)")
"""What runs from the right: browsers set a title on a line from the left, whatever it is written in."""

_TITLES = frozenset({"title", "Title", "XMP title"})
_MOST_LINES = 4
"""On which what stands at the head or foot of a page may be set."""


class Edge(NamedTuple):
    """A line at the head or foot of pages: its letters, its numbers but for that of the page, and of those that which
    may be how many pages there are."""

    said: tuple[Run, ...]
    numbers: tuple[str, ...]
    total: str


class Edges:
    """All lines that were released at the head and foot of pages."""

    def __init__(self, released: Reading, aside: Reading | None) -> None:
        self.both = bool(RIGHT_TO_LEFT.search(released.text))
        self.lines = tuple(dict.fromkeys((*released.feet, *((*aside.margins, *aside.beside) if aside else ()))))
        self._edges: dict[tuple[Run, ...], list[Edge]] = {}
        others = [line for line in self.lines if line not in released.feet]
        # Which page it is may be said alone: only the number of the page goes with it.
        counted = [_NUMBER.sub("", one[0]) for line in released.feet for one in _PAGE.finditer(line)]
        for edge in (*self._marked(released), *map(self._edge, (*others, *dict.fromkeys(counted)))):
            if edge.said and edge.said != ("",):
                self._edges.setdefault(edge.said, []).append(edge)
        # Side by side, a line at the edge may be a piece of one that goes over several, and words of the text, too.
        whole = [_bare(line) for line in others] if aside and aside.columns else []
        feet = {_bare(line) for line in released.feet}
        self._pieces = {one for one in feet if one not in whole and any(one in line for line in whole)}

    def spans(self, lines: Sequence[str], own: tuple[str, str]) -> Iterator[range]:
        """The lines of a page that are, alone or with those that follow, one of these; `own` are the number of the page
        and how many there are. What is a piece of one is only where another one stands beside it."""
        found = [*self._found(lines, own)]
        there = {place for span in found for place in span}
        for span in found:
            piece = _bare("\n".join(lines[place] for place in span)) in self._pieces
            if not piece or {span.start - 1, span.stop} & there:
                yield span

    def _found(self, lines: Sequence[str], own: tuple[str, str]) -> Iterator[range]:
        for start in range(len(lines)):
            for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
                if self._has("\n".join(lines[start:end]), own):
                    yield range(start, end)
                    break

    def without(self, one: Reading, *, counted: bool = False) -> tuple[str, ...]:
        """The lines of a PDF that are none of these, and do not run along its pages. `counted`: without the number of a
        page alone at its foot, which does not run along one page."""
        made = []
        for number, (page, around) in enumerate(zip(one.pages, one.running_places(), strict=True), 1):
            own = str(number), str(len(one.pages))
            # What goes over several lines is found before those that run along the pages are put aside, or after.
            gone = {place for span in self.spans(page, own) for place in span}.union(around)
            left = [line for place, line in enumerate(page) if place not in gone]
            gone = {place for span in self.spans(left, own) for place in span}
            kept = [line for place, line in enumerate(left) if place not in gone]
            made += kept[:-1] if counted and kept[-1:] == [str(number)] else kept
        return tuple(made)

    def _has(self, text: str, own: tuple[str, str]) -> bool:
        said, numbers = runs(plain(_NUMBER.sub("", text), both=self.both)), _NUMBER.findall(text)
        if self.both:
            near = (edge for key, edges in self._edges.items() if alike(key, said) for edge in edges)
            return any(_fit(sorted(numbers), sorted(edge.numbers), own, edge.total) for edge in near)
        return any(_fit(numbers, edge.numbers, own, edge.total) for edge in self._edges.get(said, ()))

    def _marked(self, released: Reading) -> Iterator[Edge]:
        """What a PDF marks as heads and feet. A number that is another one on another page is that of the page."""
        found: dict[tuple[Run, ...], dict[tuple[str, ...], None]] = {}
        for line in released.feet:
            edge = self._edge(line)
            found.setdefault(edge.said, {})[edge.numbers] = None
        for said, lists in found.items():
            if len({*map(len, lists)}) > 1 or len(lists) == 1 < len(released.pages):
                yield from (Edge(said, numbers, "") for numbers in lists)
                continue
            columns = [{*column} for column in zip(*lists, strict=True)]
            kept = tuple(next(iter(column)) for column in columns if len(column) == 1)
            yield Edge(said, kept, str(len(released.pages)))

    def _edge(self, line: str) -> Edge:
        return Edge(runs(plain(_NUMBER.sub("", line), both=self.both)), tuple(_NUMBER.findall(line)), "")


def _fit(numbers: Sequence[str], known: Sequence[str], own: tuple[str, str], total: str) -> bool:
    """Whether numbers are those known, with that of the page, or of how many, among them."""
    if numbers and known and numbers[0] == known[0] and _fit(numbers[1:], known[1:], own, total):
        return True
    if numbers and numbers[0] in own and _fit(numbers[1:], known, own, total):
        return True
    if known and known[0] == total and _fit(numbers, known[1:], own, total):
        return True
    return not numbers and not known


def margins_told(released: Reading, found: Reading) -> Iterator[str]:
    """What a file has otherwise at the head and foot of its pages, where its format keeps that apart, a line each."""
    was, is_ = ({letters(one): one for one in side.margins} for side in (released, found))
    if released.format != found.format:
        yield from _other_margins(released, found)
        # Made into another format, pages have the same words at their head and foot, in other lines and numbered anew.
        said = _NUMBER.sub("", "".join((*was, released.letters)))
        was, is_ = {}, {key: one for key, one in is_.items() if not _pieces_in(one, said)}
    else:
        everywhere = was.keys() - {*map(letters, released.partly)}
        now = [one for one in found.partly if letters(one) in everywhere]
        yield from (f"not every page has at its head or foot: {one[:200]}" for one in now)
    yield from (f"no page has at its head or foot: {was[one][:200]}" for one in was if one not in is_)
    yield from (f"pages have at their head or foot: {is_[one][:200]}" for one in is_ if one not in was)


def _other_margins(released: Reading, found: Reading) -> Iterator[str]:
    """What was at the head and foot of pages, and is not there in a file of another format that has pages, or on some
    of its pages only. The number of a page is none of its words."""
    if found.format not in _PAGED:
        return
    known = [(line, _unnumbered(line)) for line in released.margins]
    now = [(line, _unnumbered(line)) for line in found.margins]
    for line, said in known:
        there = [one for one, its in now if said in its and _counted(line, one)]
        if said and not there:
            yield f"no page has at its head or foot: {line[:200]}"
        elif there and line not in released.partly and all(one in found.partly for one in there):
            yield f"not every page has at its head or foot: {line[:200]}"
    for line, said in now:
        near = [one for one, its in known if said and (said in its or its in said)]
        if near and not any(_counted(one, line) or _counted(line, one) for one in near):
            yield f"pages have at their head or foot: {line[:200]}"


def _counted(line: str, other: str) -> bool:
    """Whether another line has the numbers of a line, in their order; it may have that of a page besides."""
    left = iter(_NUMBER.findall(other))
    return all(number in left for number in _NUMBER.findall(line))


def _unnumbered(line: str) -> str:
    return letters(_NUMBER.sub("", line)).strip("·")


def _pieces_in(line: str, said: str) -> bool:
    return all(piece in said for piece in map(letters, _NUMBER.sub(" ", line).split()))


def edges_told(released: Reading, found: Reading, aside: Reading | None) -> Iterator[str]:
    """What the pages of a print have otherwise at their head and foot, where another program set them, a line each."""
    pages = [_said((*edge, *page)) for page, edge in zip(found.pages, _edges(found), strict=True)]
    worded = [page for page in pages if page]
    yield from dict.fromkeys(_lacking(released, found, aside, worded))
    yield from _strange(released, found, aside)


def _lacking(released: Reading, found: Reading, aside: Reading | None, pages: Sequence[str]) -> Iterator[str]:
    """What every page was to show. What has numbers in it, as a page has, and what another edition has there, is on
    all or, where the program sets its own, on none; what other editions have, too, is somewhere."""
    edges, shown = [_said(edge) for edge in _edges(released)], "".join(pages)
    lines = {_bare(line): line for line in (*released.feet, *(aside.margins if aside else ()))}
    every = {bare: line for bare, line in lines.items() if bare and all(bare in edge for edge in edges)}
    partly = [_bare(line) for line in released.feet if _bare(line) not in every]
    due = {bare: line for bare, line in every.items() if not _NUMBER.search(line)}
    if aside:
        # Side by side, a line at the edge may be a piece of one that goes over several.
        whole = {_bare(line) for line in (*aside.margins, *aside.text.split("\n"))}
        every = {bare: line for bare, line in every.items() if bare in whole or bare not in due}
        due = {bare: line for bare, line in due.items() if bare in whole and line in released.feet + aside.margins}
        partly += map(_bare, (*aside.partly, *aside.beside))
        every = {_bare(line): line for line in aside.margins if line not in aside.partly} | every
        said, lacked = _said(line for page in released.pages for line in page), {*map(_bare, aside.lacked)}
        for line in (*aside.margins, *aside.beside):
            if (bare := _bare(line)) in said and bare not in shown and bare not in lacked:
                yield f"no page has: {line.strip()[:200]}"
    yield from (f"no page has at its head or foot: {line[:200]}" for bare, line in due.items() if bare not in shown)
    there = [one for one in every if one in shown]
    running = {_bare(line): line for line in found.running()}
    known = [one for one in running if any(one in other for other in (*partly, *there))]
    for bare, line in {**{one: line for one, line in running.items() if one not in known}, **every}.items():
        if bare and any(bare in page for page in pages) and not all(bare in page for page in pages):
            yield f"not every page has at its head or foot: {line[:200]}"


def _strange(released: Reading, found: Reading, aside: Reading | None) -> Iterator[str]:
    """What runs along the pages, or is marked as their head and foot, and is no piece of what was released there."""
    edges = Edges(released, aside)
    titles = [said for one in (released, aside) if one for name, said in one.metadata.items() if name in _TITLES]
    known = {_sign(piece) for line in (*edges.lines, *titles) for piece in (line, *_BREAKS.split(line))}
    known |= {_sign("".join(reversed(_RUNS.split(line)))) for line in titles if RIGHT_TO_LEFT.search(line)}
    known |= {_sign(word) for line in edges.lines for one in _PAGE.finditer(line) for word in one.groups()}
    told = set[str]()
    for number, (page, around, edge) in enumerate(zip(found.pages, found.around(), _edges(found), strict=True), 1):
        own = str(number), str(len(found.pages))
        folded = re.compile(rf"(?<!\d)(?:{'|'.join(own)})(?!\d)")
        for lines, asked in ((page, {*around}), (edge, None)):
            kept = {place for span in edges.spans(lines, own) for place in span}
            kept |= {place for span in _of_programs(lines, known, folded) for place in span}
            for place, line in enumerate(lines):
                said = numbered(folded, line)
                if place not in kept and (asked is None or asked.intersection(said)) and said[0] not in told:
                    told.add(said[0])
                    yield f"pages have at their head or foot: {line[:200]}"


def _of_programs(lines: Sequence[str], known: set[str], own: re.Pattern[str]) -> Iterator[range]:
    """The lines that are nothing but pieces of what is known, and what a program sets beside that."""
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
            text = "\n".join(lines[start:end])
            for noise in _NOISE:
                text = noise.sub(" · ", text)
            each = dict.fromkeys((text, *(_COUNT.sub(" · ", one) for one in numbered(own, text))))
            if any(_made_of("".join(map(_sign, _BREAKS.split(one))), known) for one in each):
                yield range(start, end)


def _made_of(text: str, known: set[str]) -> bool:
    """Whether a text is nothing but whole pieces of what is known, one after the other."""
    ends = {0}
    for place in range(len(text)):
        if place in ends:
            ends |= {place + len(one) for one in known if one and text.startswith(one, place)}
    return len(text) in ends


def _edges(one: Reading) -> Sequence[tuple[str, ...]]:
    return one.edges or ((),) * len(one.pages)


def _said(lines: Iterator[str] | Sequence[str]) -> str:
    """What lines say, without numbers."""
    return "".join(map(_bare, lines))


def _bare(line: str) -> str:
    """The letters of a line, without numbers; which way a bracket opens is its line’s."""
    return letters(_NUMBER.sub("", line.replace("#", "")).translate(PAIRED))


def _sign(line: str) -> str:
    """The letters of a line, without what parts it."""
    return letters(line.translate(PAIRED)).strip("#·|,:.")
