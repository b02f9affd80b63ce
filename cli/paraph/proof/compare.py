"""What a file says otherwise than what was released."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from paraph.markup.diff import Change, diff, marked
from paraph.model.text import Op
from paraph.proof.out_of_place import out_of_place
from paraph.proof.page_changes import (
    added_or_gone,
    drawn_alike,
    more_drawn,
    moved,
    other_belongings,
    other_looks,
    pages_named,
    paired,
    wordless,
)
from paraph.proof.page_edges import Edges, edges_told, margins_told
from paraph.proof.pdf_glyphs import miscalled
from paraph.proof.reading import Reading, letters, one_line, pictured, told_to_voices
from paraph.proof.reset_pages import RIGHT_TO_LEFT, Settled, settled, unaddressed, unmarked

_AROUND = 40
_MOST = 20
"""Changes that are told; of more their number."""

_NUMBERED = re.compile(r"\A\W*(?:\w{1,4}[.)]|\d+)?\s*")
"""What numbers a heading, which a program may write before its bookmark."""

_HOST = re.compile(r"\Ahttps?://[^/?#]+\Z")
"""An address without a path, which is the same with “/” after it (RFC 3986, 6.2.3): LibreOffice writes it so."""

_MOST_PARTS = 3
_SPACED = ("docx", "odt", "html", "epub", "md", "akn.xml")
"""Formats that say where a word ends; in a PDF it is guessed from the distance of letters."""

_OVERRIDING = "\u202d\u202e"
_STYLED = ("html", "epub", "akn.xml")
"""Formats in which a style can hide words, or markup make others of them."""

_STAMPED = frozenset({"Producer", "ModDate", "XMP Producer", "XMP ModifyDate", "XMP MetadataDate"})
"""What a program that signs says of itself."""

_PIECE = 12

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_REPEATED = 1.1
"""Of the words of a text, with heads that stand on every page."""

_BETWEEN = "\ufffc"
"""Between two columns: no sign of a text."""


class Outcome(StrEnum):
    """How a file compares with the one released. METADATA: only what it says of itself differs, which no page shows.
    WORDS: the same words, in another making."""

    METADATA = "metadata"
    WORDS = "words"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What a file says otherwise: `changes` are the differences as [-was-]{+is+} in the words around them, and what
    else changed, a line each; `beside` those of it that are no words and that nothing released has, however the words
    were read."""

    outcome: Outcome
    changes: tuple[str, ...]
    beside: tuple[str, ...] = ()


def compare(released: Reading, found: Reading, aside: Reading | None = None) -> Comparison:
    """What `found` says otherwise than `released`; `aside` tells what of it may stand elsewhere in a printed copy."""
    compared = _compared(released, found, aside)
    printed = found.format == released.format == "pdf" and found.maker != released.maker
    if edges := tuple(edges_told(released, found, aside)) if printed else ():
        compared = Comparison(outcome=Outcome.OTHER, changes=(*compared.changes, *edges))
    return replace(compared, beside=(*_new_links(released, found, aside), *_odd(found, released, aside)))


def _compared(released: Reading, found: Reading, aside: Reading | None) -> Comparison:
    elsewhere = (
        *margins_told(released, found),
        *_links(released, found),
        *_turned(released, found),
        *_odd(found, released, aside),
    )
    told_apart = {found.format, released.format} <= {*_SPACED}
    spaced, same = not told_apart or found.words == released.words, released.letters == found.letters
    if same and spaced:
        if _printed(released, found):
            elsewhere = (
                *margins_told(released, found),
                *_new_links(released, found, aside),
                *_odd(found, released, aside),
            )
        return _same_letters(released, found, (*_outlined(released, found), *elsewhere))
    was, is_, added = released.flowing(), found.flowing(), tuple[str, ...]()
    pages = tuple(moved(released, found))
    reset = spaced or (found.format != released.format and not same)
    if reset and not pages and found.maker != released.maker:
        edges, notes = Edges(released, aside), aside.notes if aside else ()
        was, is_ = edges.without(released), edges.without(found)
        counted = edges.without(found, counted=True)
        if counted != is_ and any(_settled_alike(was, counted, one) for one in ((), notes)):
            is_ = counted
        if aside and aside.addressed and found.format == "pdf":
            is_ = unaddressed(is_, aside.addressed)
        if found.format == "pdf":
            is_ = unmarked(was, is_)
        added, empty = wordless(released, found)
        if _settled_alike(was, is_, ()) or _settled_alike(was, is_, notes) or _beside(released, found, edges, aside):
            more = (*_outlined(released, found), *(_apart(released, found) if told_apart else ()), *elsewhere)
            if found.format == "pdf":
                more = (*added, *_new_links(released, found, aside), *_odd(found, released, aside))
            changes = (*more, *empty, *_anew(found, was, is_), *_parts(released, found, more))
            return Comparison(outcome=Outcome.OTHER if more else Outcome.WORDS, changes=changes)
        kept = settled(was, notes), settled(is_, notes)
        if found.format == "pdf" and kept[0] and kept[1]:
            was, is_ = kept[0].lines, kept[1].lines
    elif outlines_differ(released, found):
        was, is_ = released.outline, found.outline
    sure = found.format in _SPACED
    told = tuple(_told(diff(_joined(was), _joined(is_)), spaced=sure)) or tuple(
        _told(diff(released.text, found.text), spaced=True)
    )
    return Comparison(outcome=Outcome.OTHER, changes=(*pages, *added, *told, *elsewhere))


def beside_signature(released: Reading, found: Reading) -> tuple[str, ...]:
    """What a copy with a signature appended has otherwise beside that: nothing, where somebody signed and did no more.

    A program that signs says so, and when, in what the file says of itself.
    """

    def unstamped(one: Reading) -> Reading:
        metadata = {name: said for name, said in one.metadata.items() if name not in _STAMPED}
        return replace(one, metadata=metadata, maker=released.maker)

    compared = compare(unstamped(released), unstamped(found))
    if compared.outcome is Outcome.METADATA or compared.changes:
        return compared.changes
    return ("its pages are not those released",)


def _printed(released: Reading, found: Reading) -> bool:
    """Whether another program set the pages of a PDF: it writes links in an order of its own (LibreOffice from the
    last). No page is drawn as one released, or looks like it."""
    kept = {*released.looks, *released.drawn} & {*found.looks, *found.drawn}
    return found.format == released.format == "pdf" and found.maker != released.maker and not kept


def _turned(released: Reading, found: Reading) -> Iterator[str]:
    """That paragraphs begin from the other side, where both formats say it."""
    if len(found.sides) == len(released.sides) and found.sides != released.sides:
        yield "its paragraphs begin from the other side, and words or signs are read in another order"


def _same_letters(released: Reading, found: Reading, elsewhere: Sequence[str]) -> Comparison:
    """What is otherwise in a file that has every letter of the released one. A page keeps its words and shows others
    by its styles; a program that says it made the released file would have made the very same."""
    pages, own = paired(released, found), found.maker == released.maker
    looks, parts = other_looks(released, found, pages), _parts(released, found, elsewhere)
    alike, edited = drawn_alike(released, found, pages) if released.format == found.format else (True, False)
    # A program that draws every page anew has all else of its own; what of it is to be feared is among the oddities.
    given = other_belongings(released, found, pages) if own or edited else ()
    shown, empty = ((*added_or_gone(released, pages),), ()) if own else wordless(released, found)
    more = more_drawn(released, found, pages) if released.format == found.format == "pdf" else ()
    serious = [*elsewhere, *shown, *more]
    if own:
        serious += [*looks, *given]
    if found.format in _STYLED or (own and found.format == "odt") or found.format == released.format == "md":
        serious += parts
    turned = [f"{pages_named(found.sideways)} turned"] if found.sideways != released.sideways else []
    anew = ["its pages are set anew"] if not own and (pages.gone or pages.added) else []
    if not alike and not looks and not more:
        anew.append("its pages are drawn in another way, and look the same")
    outcome = Outcome.METADATA
    if serious:
        outcome = Outcome.OTHER
    elif looks or parts or given or anew or empty or turned:
        outcome = Outcome.WORDS
    changes = (*elsewhere, *shown, *more, *empty, *looks, *turned, *given, *anew, *parts, *_metadata(released, found))
    return Comparison(outcome=outcome, changes=tuple(dict.fromkeys(changes)))


def outlines_differ(released: Reading, found: Reading) -> bool:
    """Whether lists are numbered otherwise, notes called elsewhere or paragraphs begun elsewhere, as far as that is
    known of both. A file in another format may have other paragraphs."""
    if not released.outline or not found.outline:
        return False
    if released.format != found.format:
        return letters("".join(released.outline)) != letters("".join(found.outline))
    return [*map(letters, released.outline)] != [*map(letters, found.outline)]


def _outlined(released: Reading, found: Reading) -> Iterator[str]:
    """What a reader sees otherwise who reads the very same words."""
    if not outlines_differ(released, found):
        return
    told = [*_told(diff(_joined(released.outline), _joined(found.outline)), spaced=False)]
    yield from told
    if not told:
        were, are = (Counter(map(letters, one.outline)) for one in (released, found))
        anew = [one for one in found.outline if are[letters(one)] > were[letters(one)]] or ["…"]
        yield from (f"paragraphs are set apart otherwise: {one[:200]}" for one in anew[:_MOST])


def _apart(released: Reading, found: Reading) -> Iterator[str]:
    """The words of a text that has the letters released that are none of its words, or more often so. Numbers are the
    setter’s, and words of pages at their head and foot may stand among those of a text."""
    said, margins = (Counter(_LETTERS.findall(" ".join(one))) for one in (released.words, released.margins))
    more = Counter(_LETTERS.findall(" ".join(found.words))) - said - margins
    yield from (f"words are set apart otherwise: {one[:80]}" for one in [*more][:_MOST])


def _anew(found: Reading, was: Sequence[str], is_: Sequence[str]) -> Iterator[str]:
    """That pages were set anew, and what of the order of their words is the setter’s."""
    running = "; ".join(found.running())[:200]
    yield f"its pages are set anew{', with other words at their head and foot: ' if running else ''}{running}"
    if not _settled_alike(was, is_, ()):
        yield "its footnotes, and the heads of its tables, stand elsewhere"
    if letters("".join(was)) != letters("".join(is_)) and RIGHT_TO_LEFT.search(found.text):
        yield "words and numbers from left to right are all there; their order within a line is the printing program’s"


def _settled_alike(was: Sequence[str], is_: Sequence[str], notes: Sequence[str]) -> bool:
    """Whether two texts are the same but for where their `notes` stand, and what programs set as they find it right."""
    kept = settled(was, notes), settled(is_, notes)
    return kept[0] is not None and kept[1] is not None and kept[0].alike(kept[1])


def _beside(released: Reading, found: Reading, edges: Edges, aside: Reading | None) -> bool:
    """Whether a PDF has each column of a text in its half of the pages, wherever a printing program divided them. Which
    line stands beside which is the program’s."""
    # Of a text from right to left no line is read as it was set.
    if not released.columns or not found.halves or RIGHT_TO_LEFT.search(released.text):
        return False
    notes, addressed = (aside.notes, aside.addressed) if aside else ((), ())
    was = [edges.without(replace(released, pages=(column,))) for column in released.columns]
    is_ = [unaddressed(edges.without(replace(found, pages=half)), addressed) for half in found.halves]
    kept = _without_notes(was, notes), _without_notes(is_, notes)
    return kept[0] is not None and kept[1] is not None and kept[0].alike(kept[1])


def scattered(released: Reading, found: Reading, aside: Reading | None) -> bool:
    """Whether a print has all the words of a text, and few more than once, in whichever order: heads of tables. The
    addresses after its links are none of them."""
    edges = Edges(released, aside)
    was, is_ = (Counter(_WORD.findall(" ".join(edges.without(one)))) for one in (released, found))
    # The number of a note may be set once for both languages.
    for number in range(1, len(aside.notes) + 1 if aside else 0):
        del was[str(number)], is_[str(number)]
    addresses = (one for _, one in aside.addressed) if aside else ()
    is_ -= Counter(_WORD.findall(" ".join(addresses))) & (is_ - was)
    return was <= is_ and is_.keys() <= was.keys() and is_.total() <= _REPEATED * was.total()


def _without_notes(columns: Sequence[Sequence[str]], notes: Sequence[str]) -> Settled | None:
    """The lines of two columns without the notes of both languages, which are numbered alike: wherever they stand, or,
    where both say the same, each in its column."""
    half = len(notes) // 2
    first = settled((*columns[0], _BETWEEN, *columns[1]), notes[:half])
    if whole := settled(first.lines, notes[half:]) if first else None:
        return whole
    own = [settled(column, its) for column, its in zip(columns, (notes[:half], notes[half:]), strict=True)]
    return settled((*own[0].lines, _BETWEEN, *own[1].lines), ()) if own[0] and own[1] else None


def likeness(released: str, found: str) -> float:
    """How much of `released` is in `found`, both as `letters`, from 0 to 1: by pieces of a few words, in any order."""
    pieces, there = _pieces(released), _pieces(found)
    both = len(pieces & there)
    return both / (len(pieces) + len(there) - both) if found else 0.0


@lru_cache(maxsize=64)
def _pieces(text: str) -> frozenset[str]:
    """Kept, since one file is held against every release in each of its languages."""
    return frozenset(text[place : place + _PIECE] for place in range(max(len(text) - _PIECE, 0) + 1))


def _joined(lines: tuple[str, ...]) -> str:
    return one_line(" ".join(lines))


def _told(changes: tuple[Change, ...], *, spaced: bool) -> Iterator[str]:
    """Each change with a few words around it; where the format is not `spaced`, none that is but white space."""
    told = 0
    for place, change in enumerate(changes):
        if change.op is Op.KEEP or (place and changes[place - 1].op is not Op.KEEP):
            continue
        pair = [change]
        if place + 1 < len(changes) and changes[place + 1].op is not Op.KEEP:
            pair.append(changes[place + 1])
        if not spaced and letters(pair[0].text) == (letters(pair[1].text) if pair[1:] else ""):
            continue
        told += 1
        if told > _MOST:
            continue
        before = changes[place - 1].text[-_AROUND:] if place else ""
        after = changes[place + len(pair)].text[:_AROUND] if place + len(pair) < len(changes) else ""
        short = [Change(one.op, one.text if len(one.text) < 400 else f"{one.text[:300]} […]") for one in pair]
        yield f"…{before}{marked(short)}{after}…"
    if told > _MOST:
        yield f"and {told - _MOST} more changes"


def _links(released: Reading, found: Reading) -> Iterator[str]:
    were, are = ([_HOST.sub(r"\g<0>/", one) for one in side.links] for side in (released, found))
    if were == are:
        if released.format == found.format and [one for one, _ in released.linked] != [one for one, _ in found.linked]:
            yield "its links lead from other words"
        return
    gone = [one for one in dict.fromkeys(were) if one not in are]
    new = [one for one in dict.fromkeys(are) if one not in were]
    yield from (f"no link leads to {one[:200]} any more" for one in gone[:_MOST])
    yield from (f"a link leads to {one[:200]}" for one in new[:_MOST])
    if not gone and not new:
        yield "its links stand in other places"


def _new_links(released: Reading, found: Reading, aside: Reading | None) -> Iterator[str]:
    """Links that nothing released has. That a printed copy has none, or has them elsewhere, says nothing."""
    known = {_HOST.sub(r"\g<0>/", one) for one in (*released.links, *(aside.links if aside else ()))}
    leading = dict.fromkeys(_HOST.sub(r"\g<0>/", one) for one in found.links)
    yield from (f"a link leads to {one[:200]}" for one in [*leading][:_MOST] if one not in known)


def _odd(found: Reading, released: Reading, aside: Reading | None) -> Iterator[str]:
    said = letters("".join((released.letters, *(aside.text if aside else ()), *released.bookmarks)))
    called = (one for one in dict.fromkeys(found.bookmarks) if letters(_NUMBERED.sub("", one)) not in said)
    yield from (f"it holds a bookmark: {one[:200]}" for one in [*called][:_MOST])
    known = {*released.oddities, *map(told_to_voices, aside.spoken if aside else ())}
    known |= {pictured(one) for one in released.parts.values()}
    yield from (f"it holds {one[:200]}" for one in found.oddities if one not in known)
    yield from (f"it holds {one}" for one in miscalled(released, found))
    yield from out_of_place(found, released)
    if found.format == "pdf":
        new = (name for name, one in sorted(found.parts.items()) if released.parts.get(name) != one)
        yield from map(_not_released, [*new][:_MOST])
    if found.format in _SPACED:
        turning = found.turning - released.turning
        # What a PDF has of them is the reader’s: but no reader overrides the order of letters.
        known = {*turning} - {*_OVERRIDING} if released.format not in _SPACED else set[str]()
        told = sorted({*turning} - known)
        yield from (f"it holds a mark that turns the order of letters (U+{ord(one):04X})" for one in told)
        joining = sorted(found.joining - released.joining) if released.format in _SPACED else ()
        yield from (f"it holds a mark that changes how letters join (U+{ord(one):04X})" for one in joining)
        strange = sorted(found.strange - released.strange)
        yield from (f"it holds a sign that programs show each in its own way (U+{ord(one):04X})" for one in strange)


def _not_released(name: str) -> str:
    return f"it holds {name}, which was not released"


def _parts(released: Reading, found: Reading, told: Sequence[str]) -> tuple[str, ...]:
    """What else is not the same, by name, without what is `told` already."""
    names = sorted({*released.parts, *found.parts})
    changed = [name for name in names if released.parts.get(name) != found.parts.get(name)]
    changed = [name for name in changed if _not_released(name) not in told]
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
