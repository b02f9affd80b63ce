"""A packet as it was sent and as it came back, side by side, with what is found on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from paraph.model.event import Choice, Subject
from paraph.ooxml.reading.shown import Control, Line, paragraphs
from paraph.review.identity import Name, name_of, text_field
from paraph.review.returned.answer import Outside
from paraph.review.returned.layout import Address, Layer, Layout
from paraph.review.returned.marks import Phrases
from paraph.review.returned.normal_text import named, normal, tame

CALL = "the sign of a note, which Word counts"
"""No field is sent with one: the call of a footnote is printed in its words."""
_LONGEST = 160
_TEXT = text_field("")


@dataclass(slots=True)
class Notes:
    """What is found about one subject, or about the packet as a whole, while it is read.

    `unclear` is why an answer cannot be taken, `look` what a person has to look at all the same, see `answer`; `typed`
    are the choices that the member wrote in words, `outside` the words that stand with no text. `apart` are the choices
    whose labels are set apart from the others, and `retouched` those beside whose label stands what says no more than
    it does, with what that is. `behind` are the words behind the tick of a box, `noes` what says in one that it is not
    the choice.
    """

    unclear: list[str] = field(default_factory=list)
    look: list[str] = field(default_factory=list)
    typed: list[Choice] = field(default_factory=list)
    outside: list[Outside] = field(default_factory=list)
    apart: list[Choice] = field(default_factory=list)
    retouched: list[tuple[Choice, str]] = field(default_factory=list)
    behind: dict[Choice, str] = field(default_factory=dict)
    noes: dict[Choice, str] = field(default_factory=dict)


@dataclass(slots=True)
class Pair:
    """A packet as it was `sent` and as it `came` back, and what is noted on the way.

    By the place of a subject (from 1) are `texts`, the names of the fields that held its texts, and `notes`; those of 0
    are about the whole packet. By the `id()` of a layout, `wholly` are the numbers of lines that are in fields from
    beginning to end, `homes` those under each control and bookmark of a field that stand in its place (`strays`).
    """

    sent: Layout
    came: Layout
    subjects: Sequence[Subject]
    phrases: Phrases
    addresses: Mapping[Name, Address]
    texts: Mapping[int, list[Name]]
    notes: dict[int, Notes]
    wholly: dict[int, set[int]] = field(default_factory=dict)
    homes: dict[int, Mapping[int | str, set[int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, sent: Layout, came: Layout, subjects: Sequence[Subject], phrases: Phrases) -> Pair:
        """The pair, with nothing noted yet."""
        notes = {place: Notes() for place in range(len(subjects) + 1)}
        texts: dict[int, list[Name]] = {}
        for name in sent.tags:
            if name.field.startswith(_TEXT):
                texts.setdefault(name.place, []).append(name)
        return cls(sent, came, subjects, phrases, sent.addresses(), texts, notes)

    def field(self, place: int, named: str) -> Mapping[Layer, tuple[Line, ...]]:
        """A field of a subject as it came back, by every layer that leads to it."""
        name = self.name(place, named)
        return self.came.lines(name, self.addresses.get(name))

    def control(self, place: int, named: str) -> Control | None:
        """The content control of a field as it came back, where it is left."""
        return next(iter(self.came.tags.get(self.name(place, named), ())), None)

    def name(self, place: int, named: str) -> Name:
        """The name of a field of the subject at `place`."""
        return name_of(place, self.subjects[place - 1], named)

    def unread(self) -> set[int]:
        """The places that are unclear as a whole: without their table, or with two."""
        return self.came.twice | {place for place in self.notes if place and place not in self.came.decisions}


def unseen(pair: Pair, lines: Sequence[Line], where: str, notes: Notes, *, struck: bool = False) -> None:
    """Text that Word does not show, or may show otherwise, or shows struck out, and fields that show what stands
    elsewhere.

    No packet is sent with anything struck out: whoever strikes words by their look alone means them gone; with `struck`
    they say nothing that this could take back.
    """
    every = [run for line in lines for run in line.runs]
    runs = [run for run in every if run.text.strip() and not run.call]
    if any(run.hidden for run in runs):
        notes.unclear.append(f"hidden text stands in {where}")
    for odd in dict.fromkeys(run.odd for run in every if run.odd and (run.text.strip() or not run.text)):
        notes.unclear.append(f"in {where} stands {odd}")
    if any(run.call for run in every):
        notes.unclear.append(f"in {where} stands {CALL}")
    gone = "" if struck else "".join(run.says(accepted=True) for run in runs if "struck" in run.look)
    if gone:
        notes.unclear.append(f"in {where} is struck out, and not as a tracked change: “{short(gone)}”")


def words_of(lines: Sequence[Line], *, accepted: bool) -> list[str]:
    """The paragraphs that say anything, in one reading."""
    return [text for one in paragraphs(lines, accepted=accepted) if (text := normal(one))]


def authors_of(lines: Iterable[Line]) -> set[str]:
    """Who changed anything in `lines`, as Word says; "" among them where it names nobody for a change."""
    hands = {hand for line in lines for hand in (line.inserted, line.deleted)}
    hands |= {hand for line in lines for run in line.runs for hand in (run.inserted, run.deleted)}
    return {named(hand.author) for hand in hands if hand is not None}


def short(text: str) -> str:
    """A text on one line, cut where it is long."""
    one = " ".join(tame(text).split())
    return one if len(one) <= _LONGEST else one[: _LONGEST - 1] + "…"
