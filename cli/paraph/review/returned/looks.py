"""Words that came back as they were sent, and look otherwise: somebody says something of them, or takes them back.

Compared is sign by sign, by the marks of `paraph.ooxml.reading.marking`: it does not matter how a word processor parts
them into runs. Sizes and the lines of cells are none: each program has its own.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from paraph.ooxml.reading.shown import Run

Marked: TypeAlias = list[tuple[str, frozenset[str]]]
"""Stretches of words that look alike, each with its marks, and with what is odd about it."""

STRUCK, NOT_STRUCK, HIGHLIGHTED = "struck out", "no longer struck out", "highlighted"
RAISED = "set above or below its line"
_STRUCK = "struck"
_HOWS = {
    _STRUCK: STRUCK, "highlight": HIGHLIGHTED, "shade": HIGHLIGHTED, "vertAlign": RAISED,
    "position": RAISED, "u": "underlined", "border0": "framed", "border1": "framed", "color": "in another colour",
    "b": "in bold", "i": "in italics", "caps": "in capitals",
}  # fmt: skip
"""What a mark says of words, by its name."""
MARKS = frozenset(_HOWS.values()) - {STRUCK}
"""Ways in which words are set apart and still read."""
_EMPHASIS = ("in bold", "in italics")
_ARABIC = {"bCs": "b", "iCs": "i"}
"""Marks that hold for Arabic letters in place of those for others."""


def otherwise(sent: Iterable[Run], came: Iterable[Run]) -> Mapping[str, str]:
    """How words look that were sent without looking so: of each way (“struck out”, or what is odd about them) the
    words. Where they are others than were sent, a mark counts that none of those had."""
    before, after = _marked(sent), _marked(came)
    if before == after:
        return {}
    was, now = list(_signs(before)), list(_signs(after))
    alike = [sign for sign, _, _ in was] == [sign for sign, _, _ in now]
    every = frozenset[str]().union(*(marks for _, marks, _ in was))
    found: dict[str, list[str]] = {}
    for at, (sign, marks, parted) in enumerate(now):
        had = was[at][1] if alike else every
        gone = {NOT_STRUCK} if alike and _STRUCK in had - marks else set()
        hows = {_HOWS.get(one.partition(":")[0], one) for one in marks - had}
        for how in gone | ({one for one in hows if one not in _HOWS.values()} or hows):
            found.setdefault(how, []).append(f" {sign}" if parted else sign)
    return {how: "".join(signs).strip() for how, signs in found.items()}


def unset(sent: Sequence[Run], came: Sequence[Run], *, arabic: bool = True) -> Mapping[str, str]:
    """The same of emphasis, bold or italics, that is gone from words which came back as they were sent; without
    `arabic`, of all but Arabic letters."""
    if not arabic:
        sent = [run._replace(look=" ".join(one for one in run.look.split() if one not in _ARABIC)) for run in sent]
    if _marked(sent) == _marked(came) or _bare(_leading(sent)) != _bare(_leading(came)):
        return {}
    return {how: words for how, words in otherwise(came, sent).items() if how in _EMPHASIS}


def relinked(sent: Sequence[Run], came: Sequence[Run]) -> Iterator[tuple[str, str, str]]:
    """Words that lead elsewhere than they were sent: of each stretch the words, where they led, and where they lead, ""
    for nowhere. Where they are others than were sent, addresses count that none of those had."""
    if not any(run.link for run in (*sent, *came)):
        return
    was, now = _leading(sent), _leading(came)
    alike, known = _bare(was) == _bare(now), {link for _, link in was}
    led = [was[at][1] if alike else (link if link in known else "") for at, (_, link) in enumerate(now)]
    changes = ((said, before, after) for (said, after), before in zip(now, led, strict=True))
    for (before, after), stretch in itertools.groupby(changes, lambda one: one[1:]):
        if before != after:
            yield "".join(said for said, _, _ in stretch).strip(), before, after


def _leading(runs: Iterable[Run]) -> list[tuple[str, str]]:
    """Each sign that is seen, with the spaces before it, and the address to which it leads."""
    found, spaces = list[tuple[str, str]](), ""
    for run in runs:
        for one in run.says(accepted=True):
            if one.isspace():
                spaces = " "
            elif unicodedata.category(one) != "Cf":
                found.append((spaces + one, run.link))
                spaces = ""
    return found


def _bare(leading: Iterable[tuple[str, str]]) -> list[str]:
    return [said.strip() for said, _ in leading]


def _marked(runs: Iterable[Run]) -> Marked:
    """The words of `runs` as they are read, those that look alike together."""
    said = ((_with_odd(run.look, run.odd), text) for run in runs if (text := run.says(accepted=True)))
    return [("".join(text for _, text in some), marks) for marks, some in itertools.groupby(said, lambda one: one[0])]


@functools.lru_cache(maxsize=1_000)
def _with_odd(look: str, odd: str) -> frozenset[str]:
    """The marks of a look that are compared, and what is odd."""
    named = ((one, one.partition(":")[0]) for one in look.split())
    return frozenset([one for one, kind in named if kind in _HOWS or kind in _ARABIC] + [odd] * bool(odd))


def _signs(marked: Marked) -> Iterator[tuple[str, frozenset[str], bool]]:
    """Each sign that is seen, with the marks that hold for it, and whether a space stands before it."""
    parted = False
    for text, marks in marked:
        plain = marks - _ARABIC.keys()
        arabic = frozenset(_ARABIC.get(one, one) for one in marks if one not in _ARABIC.values())
        for one in text:
            if one.isspace():
                parted = True
            elif unicodedata.category(one) != "Cf":
                yield one, arabic if unicodedata.bidirectional(one) in ("R", "AL", "AN") else plain, parted
                parted = False
