"""A member's wording, as it came back in plain words, put into the Markdown of a clause.

A packet shows no Markdown, so what comes back has none: each changed stretch is put where its words stand in the
source, and everything around it (emphasis, links, terms, list marks) stays. The result is printed again, and must say
what the member wrote to the letter, and each word that stayed must stand in what it stood in: a quotation, a list,
emphasis, a link. Where it does not, there is no result, and nobody guesses.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from paraph.markup.canonical import character_problems
from paraph.markup.diff import diff
from paraph.markup.parse import parse
from paraph.model.text import (
    ClauseRef,
    Emphasis,
    Inline,
    Isolate,
    Line,
    LineKind,
    Link,
    Note,
    Op,
    Placeholder,
    Span,
    Strong,
    TermMark,
    Text,
    everything,
    notes,
    plain,
)

_ITEM = re.compile(r"^( *)(?:([0-9]+)([.)])|([-*+])) +")
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_LONGEST = 20_000
"""Characters of a text that is compared sign by sign."""
_CALL = re.compile(r"\[[0-9]{1,3}\]")
_SPACES = re.compile(r"[ \t]+")
_WIDE = re.compile(r"[ \t]{2,}|\t")
_AT_EDGE = re.compile(r"^[^\S\n]|[^\S\n]$", re.MULTILINE)
_ITEMS = (LineKind.BULLET, LineKind.ORDERED)
_EMPTY_LINES = re.compile(r"\n{3,}")
_BETWEEN = re.compile(r"\n\s*(?:(?:[0-9]+[.)]|[-*+]) +)?")
"""What stands between two paragraphs, with the mark of the second."""
_CLOSING = re.compile(r"(?:\]\([^()\s]*\)|\*+)+(?=\n|\Z)")
"""What closes a link, a term or emphasis at the end of a paragraph: a word put there is none of theirs."""
_AROUND = 25
"""Characters before and after a place by which it is found again."""


def reworded(source: str, came: str, printed: Callable[[str], str]) -> str | None:
    """The Markdown of `source` with the wording `came`, or None where that cannot be done for certain.

    `printed` gives what a packet prints of a Markdown text, a paragraph a line.
    """
    before = printed(source)
    if before == came or not came.strip() or max(len(source), len(came)) > _LONGEST:
        return source if before == came else None
    if _new_notes(before, came):
        return None
    return next(
        (made for made in _tries(source, before, came, printed) if _is_right(source, came, made, printed)), None
    )


def _is_right(source: str, came: str, made: str, printed: Callable[[str], str]) -> bool:
    if parse(made)[1] or printed(made) != came:
        return False
    return not _new_values(source, made) and not any(_displaced(source, made))


def beside_lists(source: str, made: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs that are new in `made`, or stand elsewhere, and are first or last in a list, or beside one, or in
    one of several levels; and whether each is an item of it: of words alone nobody can tell."""
    before, lines = ([*parse(text)[0]] for text in (source, made))
    had, has = ([plain(line.inlines) for line in some] for some in (before, lines))
    were, items = ([line.kind in _ITEMS for line in some] for some in (before, lines))
    deep = any(line.kind in _ITEMS and line.level for line in (*before, *lines))
    dissolved = any(were) and not any(items)
    for what, begin, end, first, last in difflib.SequenceMatcher(None, had, has, autojunk=False).get_opcodes():
        in_place = what == "replace" and end - begin == last - first
        for at in range(first, last) if what != "equal" else ():
            if in_place and were[begin + at - first] == items[at]:
                continue
            beside = (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])
            between = len(beside) == 2 and {*beside} == {items[at]} and not (deep or in_place)
            if dissolved or (any((items[at], *beside)) and not between):
                yield has[at], items[at]


def same_words(one: str, other: str) -> bool:
    """Whether two texts, as a packet prints them, are one but for doubled spaces, which no clause can hold."""
    return _SPACES.sub(" ", one) == _SPACES.sub(" ", other)


def hindrances(source: str, came: str, printed: Callable[[str], str]) -> Iterator[str]:
    """Why `reworded` has no result, each with its place: what `came` holds and no clause can; else what would be wrong
    with the Markdown, or print otherwise."""
    if not came.strip():
        yield "nothing is left of the text"
    elif max(len(source), len(came)) > _LONGEST:
        yield f"the text has more than {_LONGEST:,} characters"
    else:
        known = tuple(_unwritable(came))
        yield from known or _misprinted(source, came, printed)


def _unwritable(came: str) -> Iterator[str]:
    for match in _WIDE.finditer(came):
        what = "a tab stands" if "\t" in match[0] else f"{len(match[0])} spaces stand one after the other"
        shown = match[0].replace(" ", "␣").replace("\t", "⇥")
        yield f"{what} at “{_place(came, match.start(), match.end(), shown)}”, where a clause has one space"
    for match in _AT_EDGE.finditer(came):
        shown = f"[U+{ord(match[0]):04X}]"
        yield f"a line begins or ends with a space: “{_place(came, match.start(), match.end(), shown)}”"
    for problem in character_problems(came):
        yield f"{problem.message}, in line {problem.line + 1}"


def _misprinted(source: str, came: str, printed: Callable[[str], str]) -> Iterator[str]:
    """What is wrong with the Markdown that the words come to, or where it says other words."""
    before = printed(source)
    made = next(_tries(source, before, came, printed), None)
    if typed := _new_notes(before, came):
        yield from (f"“{one}” is how a footnote is called in a packet: write the note by hand" for one in typed)
    elif made is None:
        yield "words were taken out that stand in the file otherwise than they are printed"
    elif problems := parse(made)[1]:
        yield from dict.fromkeys(f"written into the Markdown that is there: {one.message}" for one in problems)
    elif values := _new_values(source, made):
        yield from (f"“{one}” would be read as a value, which the member has not seen there" for one in values)
    elif (says := printed(made)) == came:
        yield from dict.fromkeys(_displaced(source, made))
    else:
        at = next((at for at, (one, other) in enumerate(zip(says, came, strict=False)) if one != other), 0)
        yield f"“{_place(came, at, at)}” would be read as Markdown, and print “{_place(says, at, at)}”"


def _new_values(source: str, made: str) -> tuple[str, ...]:
    """The placeholders that stand in a text more often than before: words between braces print what nobody wrote."""
    return tuple((_values(made) - _values(source)).keys())


def _new_notes(before: str, came: str) -> tuple[str, ...]:
    """What reads in a packet as a footnote or its call, `[1]`, and was not there: as words it would be no note."""
    return tuple((Counter(_CALL.findall(came)) - Counter(_CALL.findall(before))).keys())


def _displaced(source: str, made: str) -> Iterator[str]:
    """The words that stayed and would stand in something else; and each new paragraph at a quotation, since of words
    alone nobody can tell whether they are quoted."""
    were, lines = parse(source)[0], parse(made)[0]
    had, has = ([_said(line) for line in some] for some in (were, lines))
    of = dict(zip(had, were, strict=True))
    for words, line in zip(has, lines, strict=True):
        if of.get(words, line).inlines != line.inlines:
            yield f"“{words[0]}” would lose emphasis, a link or a term, or get one"
            return
    same = difflib.SequenceMatcher(None, had, has, autojunk=False).get_matching_blocks()
    pairs = {one + n: other + n for one, other, size in same for n in range(size)}
    pairs = {one: other for one, other in pairs.items() if _kind(were[one]) == _kind(lines[other])}
    stayed, before, after = {*pairs.values()}, 0, 0
    old = [one for one in _standing(source) if one.line not in pairs]
    new = [one for one in _standing(made) if one.line not in pairs.values()]
    for change in diff("".join(one.sign for one in old), says := "".join(one.sign for one in new)):
        size = len(change.text)
        if change.op is Op.KEEP:
            for at in range(size):
                one, other = old[before + at], new[after + at]
                if not one.sign.isspace():
                    stayed.add(other.line)
                    if one.within != other.within:
                        place = _place(says, after + at, after + at)
                        yield f"“{place}” would stand in another quotation, list, emphasis or link than it does"
                        return
        before += size if change.op is not Op.INSERT else 0
        after += size if change.op is not Op.DELETE else 0
    more = len(lines) > len(were)
    for at, line in enumerate(lines):
        if more and at not in stayed and any(one.kind is LineKind.QUOTE for one in lines[max(0, at - 1) : at + 2]):
            yield f"nobody can tell whether the new paragraph “{plain(line.inlines)}” is quoted"


def _said(line: Line) -> tuple[str, ...]:
    """A line in plain words, then its notes."""
    return plain(line.inlines), *(plain(one.inlines) for one in notes(line.inlines))


def _kind(line: Line) -> tuple[LineKind, int]:
    return line.kind, line.level


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of a text: in which of its lines, and within what, such as a quotation or a link with its address."""

    sign: str
    line: int
    within: tuple[object, ...]


def _standing(text: str) -> Iterator[_Sign]:
    """The signs of a text as parsed, a line end after each line, and where they stand."""
    for number, line in enumerate(parse(text)[0]):
        yield from _within(line.inlines, number, (line.kind, line.level))
        yield _Sign("\n", number, ())


def _within(inlines: tuple[Inline, ...], line: int, around: tuple[object, ...]) -> Iterator[_Sign]:
    for one in inlines:
        if isinstance(one, Text):
            yield from (_Sign(sign, line, around) for sign in one.text)
        elif isinstance(one, Note):
            yield from _within(one.inlines, line, (*around, Note))
        elif isinstance(one, Emphasis | Strong | Link | Span | Isolate | TermMark | ClauseRef):
            yield from _within(one.children, line, (*around, replace(one, children=())))
        else:
            yield from (_Sign(sign, line, around) for sign in plain((one,)))


def _values(text: str) -> Counter[str]:
    inlines = (inline for line in parse(text)[0] for inline in everything(line.inlines))
    return Counter(f"{{{{ {one.name} }}}}" for one in inlines if isinstance(one, Placeholder))


def _place(text: str, start: int, end: int, shown: str = "") -> str:
    """What stands around a place of a text, on one line (↵ between paragraphs), with what is `shown` for it."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return " ".join(f"{before}{shown}{after}".replace("\n", " ↵ ").split())


def _tries(source: str, before: str, came: str, printed: Callable[[str], str]) -> Iterator[str]:
    """What the words may come to: paragraph by paragraph; with every change at its place; with paragraphs that went
    taken out first, as an item of a list that was struck."""
    if (made := _by_paragraphs(source, before, came)) is not None:
        yield from (made, _numbered_on(made))
    made = _applied(source, before, came)
    if made is not None:
        yield from (made, _numbered_on(made))
    rest = _numbered_on(_without_gone(source, before, came))
    if rest != source and not parse(rest)[1] and (made := _applied(rest, printed(rest), came)) is not None:
        yield _numbered_on(made)


def _by_paragraphs(source: str, before: str, came: str) -> str | None:
    """`source` with whole paragraphs put in, taken out and moved, and words changed in others; None where that is not
    all, or a paragraph is more than a line of its own (notes, quotations)."""
    parsed, lines = parse(source)[0], [line for line in source.split("\n") if line.strip()]
    was, now = before.split("\n"), came.split("\n")
    if [plain(line.inlines) for line in parsed] != was or len(lines) != len(was):
        return None
    if any(line.kind is LineKind.QUOTE for line in parsed):
        return None
    marks = [item[0] if (item := _ITEM.match(line)) else "" for line in lines]
    words = [line[len(mark) :] for line, mark in zip(lines, marks, strict=True)]
    known, made = dict(zip(was, words, strict=True)), list[tuple[str, str]]()
    if [mark.strip() for mark in marks].count("1.") < 2:
        marks = [re.sub("[0-9]+", "2", mark) for mark in marks]  # what is not 1 is numbered on
    for what, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "replace" and b - a != d - c:
            return None
        if what == "insert":
            mark = (made[-1][0] if made else "") or (marks[a] if a < len(marks) else "")
            made += [(mark, known.get(one) or _SPECIAL.sub(r"\\\1", one)) for one in now[c:d]]
        elif what != "delete":
            for at, to in zip(range(a, b), range(c, d), strict=True):
                if (changed := _applied(words[at], was[at], now[to])) is None:
                    return None
                made.append((marks[at], changed))
    return "".join(
        ("\n" if mark and follows else "\n\n") + mark + text
        for (mark, text), follows in zip(made, ["", *(mark for mark, _ in made)], strict=False)
    ).strip("\n")


def _without_gone(source: str, before: str, came: str) -> str:
    """`source` without the lines of the paragraphs of which no letter stayed."""
    places, kept, at = _places(before, source), set[int](), 0
    for change in diff(before, came):
        if change.op is Op.KEEP:
            kept.update(range(at, at + len(change.text)))
        at += len(change.text) if change.op is not Op.INSERT else 0
    lines, gone, at = source.split("\n"), set[int](), 0
    for paragraph in before.split("\n"):
        places_of = range(at, at + len(paragraph))
        if not any(one in kept and before[one].isalnum() for one in places_of):
            gone |= {source.count("\n", 0, places[one]) for one in places_of if one in places}
        at += len(paragraph) + 1
    return _EMPTY_LINES.sub("\n\n", "\n".join(line for number, line in enumerate(lines) if number not in gone)).strip()


def _numbered_on(text: str) -> str:
    """A text in which each numbered list is numbered on, from 1; a list of which every item is 1 stays so."""
    made, counts = list[str](), dict[int, int]()
    for line in text.split("\n"):
        if item := _ITEM.match(line):
            indent = len(item[1])
            counts = {one: count for one, count in counts.items() if one <= indent}
            counts[indent] = counts.get(indent, 0) + 1 if item[2] else 0
            if item[2] and item[2] != "1":
                line = f"{item[1]}{counts[indent]}{line[item.end(2) :]}"
        elif line.strip() and not line.startswith(" "):
            counts = {}
        made.append(line)
    return "\n".join(made)


def _applied(source: str, before: str, came: str) -> str | None:
    """`source` with every change from `before` to `came` made at its place."""
    places = _places(before, source)
    made, at, done = [], 0, 0
    for change in diff(before, came):
        if change.op is Op.KEEP:
            at += len(change.text)
        elif change.op is Op.DELETE:
            for place in range(at, at + len(change.text)):
                where = places.get(place)
                if where is None:
                    return None
                if before[place] != "\n":
                    made.append(source[done:where])
                    done = where + 1
                elif between := _BETWEEN.search(
                    source, max(done, places.get(place - 1, -1) + 1), places.get(place + 1, where)
                ):
                    made.append(source[done : between.start()])
                    done = between.end()
            at += len(change.text)
        else:
            if at and at in places and before[at - 1] == "\n":  # behind the mark of an item, not on the line before it
                where = places[at]
            else:
                where = places[at - 1] + 1 if at and at - 1 in places else places.get(at, 0)
            where = max(where, done)
            if not change.text[0].isalnum() and (closing := _CLOSING.match(source, where)):
                where = closing.end()
            made.append(source[done:where])
            made.append(_inserted(change.text, "".join(made)))
            done = where
    return "".join((*made, source[done:]))


def _places(before: str, source: str) -> dict[int, int]:
    """Where each printed sign stands in the source; signs of a mark stand nowhere."""
    matcher = difflib.SequenceMatcher(None, before, source, autojunk=False)
    return {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}


def _inserted(text: str, written: str) -> str:
    """Words as Markdown; a new paragraph in a list is its next item."""
    pieces = [_SPECIAL.sub(r"\\\1", piece) for piece in text.split("\n")]
    item = _ITEM.match(written.rpartition("\n")[2])
    made = pieces[0]
    for count, piece in enumerate(pieces[1:], 1):
        if item:
            mark = item[4] or f"{int(item[2]) + count}{item[3]}"
            made += f"\n{item[1]}{mark} {piece}"
        else:
            made += f"\n\n{piece}"
    return made
