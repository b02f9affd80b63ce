"""What members reserve, printed behind what they approved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from paraph.assembly.context import HEADING, Context
from paraph.assembly.members import called, on_record
from paraph.assembly.values import enumerated
from paraph.model.document import Reservation
from paraph.model.text import Block, Heading, Inline, Paragraph, Span, Text

_QUOTED = re.compile(r"([“«„‹\"]\s?)\ufffc(\s?[”»“›\"])")
_TEXT = "\ufffc"
"""Stands for the words of a member while the string around them is filled in."""


def reservations(context: Context) -> tuple[Block, ...]:
    """What members reserve, as the register has it; without a register there is nothing to print."""
    made = context.record.reservations
    members = {one.id: one for one in on_record(context, (one.institution for one in made), "reserves something")}
    blocks: list[Block] = []
    for position, alike in enumerate(_alike(one for one in made if one.institution in members)):
        member = members[alike[0].institution]
        about = _titles(context, [one.clause for one in alike])
        string = "reservation-on" if about else "reservation"
        line = context.string(string, name=called(context, member), clause=about, text=_TEXT)
        before, _, after = line.partition(_TEXT)
        words = (*_text(before), *_reserved(context, alike[0].text), *_text(after))
        blocks.append(Paragraph(key=f"reservations/{position}", role="reservation", inlines=words))
    if blocks:
        words = (Text(context.string("reservations")),)
        blocks.insert(0, Heading(key="reservations/heading", role="annex", level=HEADING, inlines=words))
    return tuple(blocks)


def _alike(made: Iterable[Reservation]) -> Iterable[Sequence[Reservation]]:
    """Reservations, those of a member in the same words together: what it says of all is printed once."""
    found: dict[object, list[Reservation]] = {}
    for one in made:
        found.setdefault((one.institution, tuple(one.text.items())), []).append(one)
    return found.values()


def _titles(context: Context, clauses: Collection[str]) -> str:
    """The titles of clauses, each in the quotation marks that the language’s string has around one. "": the document as
    a whole is among them, of which each is a part."""
    found = [context.library.clauses[one].title for one in clauses if one in context.library.clauses]
    if "" in clauses or not found:
        return ""
    titles = [title.get(context.code) or next(iter(title.values()), "") for title in found]
    marks = _QUOTED.search(context.string("reservation-on", name="", clause=_TEXT, text=""))
    before, after = marks.groups() if marks else ("", "")
    listed = enumerated(context, [f"{before}{title}{after}" for title in titles])
    return listed[len(before) : len(listed) - len(after)]


def _text(words: str) -> tuple[Inline, ...]:
    return (Text(words),) if words else ()


def _reserved(context: Context, texts: Mapping[str, str]) -> tuple[Inline, ...]:
    """The words of a reservation: in this language where the member wrote it too, else as the member wrote it."""
    code = context.code if context.code in texts else next(iter(texts))
    known = code in context.library.workspace.languages and code != context.code
    return (Span(code, (Text(texts[code]),)),) if known else (Text(texts[code]),)
