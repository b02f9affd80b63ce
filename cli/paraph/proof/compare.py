"""What a file says otherwise than what was released."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from paraph.markup.diff import Change, diff, marked
from paraph.model.text import Op
from paraph.proof.reading import Reading, letters

_AROUND = 40
_MOST = 20
"""Changes that are told; of more their number."""

_MOST_PARTS = 3
_SPACED = ("docx", "html")
"""Formats that say where a word ends; in a PDF it is guessed from the distance of letters."""
_PIECE = 12
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_UNCERTAIN = (
    "it was printed by {maker}, which leaves words from right to left so that they cannot be compared for certain:"
    " compare the DOCX or the HTML"
)


class Outcome(StrEnum):
    """How a file compares with the one released. METADATA: only what it says of itself differs, which no page shows.
    WORDS: the same words, in another making. UNCERTAIN: its words cannot be compared for certain."""

    METADATA = "metadata"
    WORDS = "words"
    OTHER = "other"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What a file says otherwise: `changes` are the differences as [-was-]{+is+} in the words around them, and what
    else changed, a line each."""

    outcome: Outcome
    changes: tuple[str, ...]


def compare(released: Reading, found: Reading) -> Comparison:
    """What `found` says otherwise than `released`."""
    elsewhere = (*_margins(released, found), *_links(released, found), *_odd(found, released))
    spaced = found.format != released.format or found.format not in _SPACED or found.words == released.words
    if released.letters == found.letters and spaced:
        looks, parts, said = _looks(released, found), _parts(released, found), tuple(_metadata(released, found))
        outcome = Outcome.WORDS if looks or parts else Outcome.METADATA
        # A page keeps its words and shows others by its styles; and a program that says it made the released file
        # would have made it look the same.
        if elsewhere or (looks and found.maker == released.maker) or (parts and found.format == "html"):
            outcome = Outcome.OTHER
        return Comparison(outcome=outcome, changes=(*elsewhere, *looks, *parts, *said))
    was, is_ = released.flowing(), found.flowing()
    pages = tuple(_pages(released, found))
    if spaced and not pages and found.maker != released.maker and letters("".join(was)) == letters("".join(is_)):
        anew = f"its pages are set anew, with other words at their head and foot: {'; '.join(found.running())[:200]}"
        changes = (*elsewhere, anew, *_parts(released, found), *_metadata(released, found))
        return Comparison(outcome=Outcome.OTHER if elsewhere else Outcome.WORDS, changes=changes)
    if found.format == "pdf" and found.maker != released.maker and _RIGHT_TO_LEFT.search(released.text):
        uncertain = _UNCERTAIN.format(maker=found.maker[:80] or "another program")
        return Comparison(outcome=Outcome.UNCERTAIN, changes=(*pages, uncertain, *elsewhere))
    told = tuple(_told(diff(_joined(was), _joined(is_)))) or tuple(_told(diff(released.text, found.text)))
    return Comparison(outcome=Outcome.OTHER, changes=(*pages, *told, *elsewhere))


def likeness(released: str, found: str) -> float:
    """How much of `released` is in `found`, both as `letters`, from 0 to 1: by pieces of a few words, in any order."""
    pieces = {released[place : place + _PIECE] for place in range(max(len(released) - _PIECE, 0) + 1)}
    there = {found[place : place + _PIECE] for place in range(max(len(found) - _PIECE, 0) + 1)}
    return len(pieces & there) / len(pieces | there) if found else 0.0


def _joined(lines: tuple[str, ...]) -> str:
    return " ".join(" ".join(lines).split())


def _pages(released: Reading, found: Reading) -> Iterator[str]:
    """Pages that are there no more, or stand elsewhere, where all that are there are as they were."""
    was, is_ = ([letters("".join(page)) for page in one.pages] for one in (released, found))
    if was == is_ or not set(is_) <= set(was) or len(was) < 2:
        return
    gone = [number for number, page in enumerate(was, 1) if page not in is_]
    if gone:
        yield f"{'pages' if len(gone) > 1 else 'page'} {', '.join(map(str, gone))} of {len(was)} removed"
    else:
        yield "its pages stand in another order, or twice"


def _told(changes: tuple[Change, ...]) -> Iterator[str]:
    """Each change with a few words around it."""
    told = 0
    for place, change in enumerate(changes):
        if change.op is Op.KEEP or (place and changes[place - 1].op is not Op.KEEP):
            continue
        told += 1
        if told > _MOST:
            continue
        pair = [change]
        if place + 1 < len(changes) and changes[place + 1].op is not Op.KEEP:
            pair.append(changes[place + 1])
        before = changes[place - 1].text[-_AROUND:] if place else ""
        after = changes[place + len(pair)].text[:_AROUND] if place + len(pair) < len(changes) else ""
        short = [Change(one.op, one.text if len(one.text) < 400 else f"{one.text[:300]} […]") for one in pair]
        yield f"…{before}{marked(short)}{after}…"
    if told > _MOST:
        yield f"and {told - _MOST} more changes"


def _margins(released: Reading, found: Reading) -> Iterator[str]:
    was, is_ = ({letters(one): one for one in side.margins} for side in (released, found))
    yield from (f"no page has at its head or foot: {was[one][:200]}" for one in was if one not in is_)
    yield from (f"pages have at their head or foot: {is_[one][:200]}" for one in is_ if one not in was)


def _links(released: Reading, found: Reading) -> Iterator[str]:
    if released.links == found.links:
        return
    gone = [one for one in dict.fromkeys(released.links) if one not in found.links]
    new = [one for one in dict.fromkeys(found.links) if one not in released.links]
    yield from (f"no link leads to {one[:200]} any more" for one in gone[:_MOST])
    yield from (f"a link leads to {one[:200]}" for one in new[:_MOST])
    if not gone and not new:
        yield "its links stand in other places"


def _odd(found: Reading, released: Reading) -> Iterator[str]:
    yield from (f"it holds {one[:200]}" for one in found.oddities if one not in released.oddities)
    if found.format in _SPACED:
        turning = found.turning - released.turning
        yield from (f"it holds a mark that turns the order of letters (U+{ord(one):04X})" for one in sorted(turning))


def _looks(released: Reading, found: Reading) -> tuple[str, ...]:
    """The pages that look otherwise, as far as both have been looked at."""
    if len(released.looks) != len(found.looks):
        return ()
    other = [n for n, (was, is_) in enumerate(zip(released.looks, found.looks, strict=True), 1) if was != is_]
    if not other:
        return ()
    pages = f"page {other[0]} looks" if len(other) == 1 else f"pages {', '.join(map(str, other))} look"
    return (f"{pages} otherwise, with the same words: look at them",)


def _parts(released: Reading, found: Reading) -> tuple[str, ...]:
    """What else is not the same, by name."""
    names = sorted({*released.parts, *found.parts})
    changed = [name for name in names if released.parts.get(name) != found.parts.get(name)]
    more = f" and {len(changed) - _MOST_PARTS} more" if len(changed) > _MOST_PARTS else ""
    shown = ", ".join(name[:80] for name in changed[:_MOST_PARTS])
    return (f"changed: {shown}{more}",) if changed else ()


def _metadata(released: Reading, found: Reading) -> Iterator[str]:
    """What the file says of itself otherwise."""
    for name in sorted({*released.metadata, *found.metadata}):
        was, is_ = released.metadata.get(name, ""), found.metadata.get(name, "")
        if was != is_:
            shown = f": {was[:80] or 'nothing'} → {is_[:80] or 'nothing'}" if name != "XMP" else ""
            yield f"what it says of itself, {name[:40]}{shown}"
