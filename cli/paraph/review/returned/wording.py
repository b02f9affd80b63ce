"""A member's wording, as it came back in plain words, put into the Markdown of a clause.

A packet shows no Markdown, so what comes back has none: each line is found again in the source and stays what it is
there (`placed`), each word keeps its marks (`carried`). The result is printed again, and must say what the member wrote
to the letter. Where it does not, there is no result, and nobody guesses; where words alone do not tell, it is told.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from paraph.markup.canonical import canonical, character_problems
from paraph.markup.parse import parse
from paraph.markup.write import write
from paraph.model.text import ClauseRef, Line, LineKind, Link, Placeholder, TermMark, everything, plain
from paraph.review.returned.as_written import laid_out
from paraph.review.returned.carried import Leaves, Mark, Sign, Unit, carried, inlines, of_source
from paraph.review.returned.kept import doubtful
from paraph.review.returned.placed import Placed, placed

_LONGEST = 20_000
"""Characters of a text that is compared sign by sign."""
_CALL = re.compile(r"\[[0-9]{1,3}\]")
_NOTE = re.compile(r"\[([0-9]{1,3})\] ")
_VALUE = re.compile(r"\{\{.*?\}\}")
_MARKED = re.compile(r"(?:[0-9]{1,9}[.)]|[-*+]|#{1,6}|>)(?: |$)")
"""How a line begins that somebody meant as an item, a heading or a quotation."""
_SPACES = re.compile(r"[ \t]+")
_WIDE = re.compile(r"[ \t]{2,}|\t")
_AT_EDGE = re.compile(r"^[^\S\n]|[^\S\n]$", re.MULTILINE)
_AROUND = 25
"""Characters before and after a place by which it is found again."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A wording in the Markdown of a text: `text`, or None where that cannot be done for certain, and `causes`.

    `listed`: the paragraphs of which words alone do not tell whether they are items of a list, of which list and level,
    each with whether it is an item now. `lost`: the words of a link, a term or a reference, with its address, where
    other words have that now, or none, or nobody can tell whether the same words have it. `plain`: words that were
    emphasised, or of another language, and stand elsewhere without that.
    """

    text: str | None
    listed: tuple[tuple[str, bool], ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    plain: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


def fitted(source: str, came: str, printed: Callable[[str], str]) -> Fitted:
    """`source` with the wording `came`. `printed` gives what a packet prints of a Markdown text, a paragraph a line."""
    before = printed(source)
    if before == came:
        return Fitted(source)
    causes = tuple(_unfit(source, before, came))
    if causes:
        return Fitted(None, causes=tuple(_unwritable(came)) or causes)
    made = _made(source, before, came)
    if made.text is not None and (says := printed(made.text)) != came:
        at = next((at for at, (one, other) in enumerate(zip(says, came, strict=False)) if one != other), 0)
        cause = f"“{_place(came, at, at)}” would be read as Markdown, and print “{_place(says, at, at)}”"
        made = Fitted(None, causes=(cause,))
    if made.text is None:
        return replace(made, causes=tuple(_unwritable(came)) or made.causes)
    return made


def same_words(one: str, other: str) -> bool:
    """Whether two texts, as a packet prints them, are one but for doubled spaces, which no clause can hold."""
    return _SPACES.sub(" ", one) == _SPACES.sub(" ", other)


def _unfit(source: str, before: str, came: str) -> Iterator[str]:
    if not came.strip():
        yield "nothing is left of the text"
    elif max(len(source), len(came)) > _LONGEST:
        yield f"the text has more than {_LONGEST:,} characters"
    else:
        for one in sorted(Counter(_CALL.findall(came)) - Counter(_CALL.findall(before))):
            yield f"“{one}” is how a footnote is called in a packet: write the note by hand"
        lines, _ = parse(source)
        known = Counter(
            f"{{{{ {one.name}{'.' * bool(one.form)}{one.form} }}}}"
            for line in lines
            for one in everything(line.inlines)
            if isinstance(one, Placeholder)
        )
        for value in sorted(Counter(_VALUE.findall(came)) - known):
            yield f"“{value}” would be read as a value, which the member has not seen there"
        empty = {one for line in lines for one in everything(line.inlines) if isinstance(one, ClauseRef)}
        for shown in sorted({plain((one,)) for one in empty if not one.children}):
            if came.count(shown) > before.count(shown):
                yield f"“{shown}” would be read as a reference, which the member has not seen there"
        begun = Counter(match[0] for line in before.split("\n") if (match := _MARKED.match(line)))
        for line in came.split("\n"):
            if (match := _MARKED.match(line)) and not begun[match[0]]:
                yield f"“{_place(line, 0, 0)}” begins as an item of a list does, a heading or a quotation"


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


def _place(text: str, start: int, end: int, shown: str = "") -> str:
    """What stands around a place of a text, on one line (↵ between paragraphs), with what is `shown` for it."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return " ".join(f"{before}{shown}{after}".replace("\n", " ↵ ").split())


def _made(source: str, before: str, came: str) -> Fitted:
    body, foot, leaves = of_source(source)
    says = [leaves.shown(one.text) for one in body]
    says += [f"[{n}] {leaves.shown(one.text)}" for n, one in enumerate(foot, 1)]
    if "\n".join(says) != before:
        return Fitted(None, causes=("the text in the file is printed otherwise than it stands there",))
    lines = came.split("\n")
    feet = len(lines)
    while feet and (match := _NOTE.match(lines[feet - 1])) and 0 < int(match[1]) <= len(foot):
        feet -= 1
    pairs: list[tuple[tuple[Sign, ...], tuple[Sign, ...]]] = []
    for line in lines[feet:]:
        match = _NOTE.match(line)
        words = leaves.hidden(line[match.end() :]) if match else ""
        note = foot[int(match[1]) - 1] if match else foot[0]
        (said,) = carried([note.signs], [words])
        leaves.reworded[note.note] = inlines(said, leaves)
        pairs.append((note.signs, said))
    for line in map(leaves.hidden, lines):
        if "{{" in line or "}}" in line:
            return Fitted(
                None, causes=(f"a part of a value is left at “{_place(line, 0, 0)}”: take it out as a whole",)
            )
    new = placed(body, [leaves.hidden(line) for line in lines[:feet]])
    for one in new:
        if one.doubt:
            cause = f"nobody can tell whether the new paragraph “{leaves.shown(one.text)}” is quoted"
            return Fitted(None, causes=(cause,))
    signs = _signs(body, new)
    every = [*(one.signs for one in body), *(one.signs for one in foot)]
    lost, bare = _lost_of(every, [*pairs, *signs], leaves), _plain_of(every, [now for _, now in (*pairs, *signs)])
    wanted = _lines(new, [now for _, now in signs], leaves)
    text, causes = _written(source, body, new, wanted)
    listed = tuple((leaves.shown(one.text), one.is_item) for one in new if one.told)
    if text is None:
        return Fitted(None, causes=causes)
    return Fitted(text, listed, tuple(lost), tuple(map(leaves.shown, bare)))


def _signs(body: Sequence[Unit], new: Sequence[Placed]) -> list[tuple[tuple[Sign, ...], tuple[Sign, ...]]]:
    """Each line of the new wording with its marks, beside all signs that it came of."""
    made: list[tuple[tuple[Sign, ...], tuple[Sign, ...]]] = []
    for at, one in enumerate(new):
        if one.news and one.news[0] != at:
            continue  # made with the first of its lines
        olds, news = [body[i].signs for i in one.olds], one.news or [at]
        parts = carried(olds, [new[j].text for j in news]) if olds else [tuple(Sign(c, new=True) for c in one.text)]
        was = tuple(itertools.chain.from_iterable(olds))
        made += [(was, part) for part in parts]
    return made


def _lines(new: Sequence[Placed], signs: Sequence[tuple[Sign, ...]], leaves: Leaves) -> list[Line]:
    """The lines of a text, those after a line break with the one before, items numbered on."""
    runs: list[tuple[Placed, tuple[Sign, ...]]] = []
    for one, its in zip(new, signs, strict=True):
        if one.broken and runs:
            head, before = runs[-1]
            shared = [a for a, b in zip(before[-1].marks, its[0].marks, strict=False) if a is b] if before else []
            runs[-1] = (head, (*before, Sign("\n", tuple(shared)), *its))
        else:
            runs.append((one, its))
    made: list[Line] = []
    counts: list[tuple[LineKind, int]] = []
    for one, its in runs:
        ordinal = 0
        if one.is_item:
            del counts[one.level + 1 :]
            same = len(counts) > one.level and counts[one.level][0] is one.kind
            ordinal = counts[one.level][1] + 1 if same else 1
            counts[one.level :] = [(one.kind, ordinal)]
        else:
            del counts[one.level :]
        number = ordinal if one.kind is LineKind.ORDERED else 0
        made.append(Line(one.kind, inlines(its, leaves), one.level, number))
    return made


def _lost_of(
    old: Sequence[Sequence[Sign]], pairs: Sequence[tuple[Sequence[Sign], Sequence[Sign]]], leaves: Leaves
) -> list[tuple[str, str]]:
    """The words of links, terms and references that others lead there now, or none, or may: not those that were struck
    as a whole, which nobody need look for."""
    doubts = doubtful(old, [now for _, now in pairs])
    had, has = _by_mark(old), _by_mark([now for _, now in pairs])
    came = " ".join("".join(sign.text for sign in now) for _, now in pairs).casefold()
    reworded = {
        mark for was, now in pairs if any(one.new for one in now) for sign in was for mark in sign.marks
    }  # other words stand where they stood
    lost = []
    for mark, words in had.items():
        node, left, low = mark.node, has.get(mark, ""), words.casefold()
        sure = left.casefold() == low or not (left or low in came or mark in reworded)
        if sure and mark not in doubts:
            continue
        match node:
            case Link(name):
                lost.append((leaves.shown(words), name))
            case TermMark(name):
                lost.append((leaves.shown(words), f"term:{name}"))
            case ClauseRef(name):
                lost.append((leaves.shown(words), f"clause:{name}"))
    return list(dict.fromkeys(lost))


def _plain_of(old: Sequence[Sequence[Sign]], new: Sequence[Sequence[Sign]]) -> list[str]:
    """The words that were emphasised, or of another language, none of which are, and which stand without that now in
    more places than before."""
    had, has = _by_mark(old), _by_mark(new)
    gone = {mark: words for mark, words in had.items() if not mark.names and mark not in has and words.strip()}
    return list(dict.fromkeys(one for mark, one in gone.items() if _bare(mark, one, new) > _bare(mark, one, old)))


def _bare(mark: Mark, words: str, lines: Sequence[Sequence[Sign]]) -> int:
    """How often words stand in lines without such a mark."""
    sought, found = words.casefold(), 0
    for line in lines:
        said = "".join(sign.text for sign in line).casefold()
        at = said.find(sought)
        while at >= 0:
            signs = line[at : at + len(sought)]
            found += not all(any(one.node == mark.node for one in sign.marks) for sign in signs)
            at = said.find(sought, at + len(sought))
    return found


def _by_mark(lines: Sequence[Sequence[Sign]]) -> dict[Mark, str]:
    """What stands under each mark."""
    found: dict[Mark, str] = {}
    for line in lines:
        for sign in line:
            for mark in sign.marks:
                found[mark] = found.get(mark, "") + sign.text
    return found


def _written(
    source: str, body: Sequence[Unit], new: Sequence[Placed], wanted: Sequence[Line]
) -> tuple[str | None, tuple[str, ...]]:
    """The Markdown of lines, as the source has it where they stayed; None, and why, where no Markdown says them."""
    heads = [one for one in new if not one.broken]
    for text in laid_out(source, body, heads, wanted):
        made, problems = parse(text)
        if not problems and _placeless(made) == _placeless(wanted):
            return text, ()
    try:
        return canonical(write(wanted)), ()
    except ValueError:
        words = next((one.text for one in new if not one.olds), new[0].text)
        return None, (f"no Markdown says this with its emphasis, links and terms, at “{_place(words, 0, 0)}”",)


def _placeless(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, at=0) for line in lines]
