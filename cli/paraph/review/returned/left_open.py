"""One answer for all texts that a member left open: a decision table of its own, at the end of a packet.

It can approve nothing by accident. It is taken for a clause alone at which nothing whatever was ticked, written or
changed, and on which the member has not decided before; never for the document as a whole, and never without a person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from paraph.model.event import Choice, Subject, SubjectKind
from paraph.model.packet import Question
from paraph.ooxml.controls import LOCKED, tick_box
from paraph.ooxml.names import Element
from paraph.ooxml.tables import Cell
from paraph.ooxml.text import paragraph, run, words
from paraph.review import identity
from paraph.review.returned.answer import Answer, Returned, beside_all
from paraph.review.writing.pen import Pen, said

CHOICES = (Choice.APPROVE, Choice.ABSTAIN)
"""What can be said of many texts at once: a reservation and an objection have words of their own for each."""

ID = "left-open"
"""How what stands for all texts left open is called in print."""
_FEWEST = 2
"""Clauses from which the table is worth its place."""


def subject_of(subjects: Sequence[Subject]) -> Subject:
    """What stands for all texts left open among `subjects`, in the names of fields and in print."""
    digest = hashlib.sha256("\n".join(one.digest for one in subjects).encode()).hexdigest()
    return Subject(kind=SubjectKind.CLAUSE, id=ID, version=1, digest=digest)


def is_worth_it(subjects: Sequence[Subject]) -> bool:
    """Whether a packet on `subjects` asks about so many clauses that one answer for all helps."""
    return sum(one.kind is SubjectKind.CLAUSE for one in subjects) >= _FEWEST


# --- written ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeftOpenBlock:
    """Writes the table with a pen: its head with the code, a row for each choice."""

    pen: Pen
    place: int

    @property
    def question(self) -> Question:
        """What stands for all texts left open, as if it were one of them: the contents lead to it, too."""
        subject = subject_of(self.pen.packet.identity.subjects)
        titles = {one.language.code: one.say("left-open") for one in self.pen.voices}
        return Question(place=self.place, subject=subject, title=titles, texts={}, translations={})

    def elements(self) -> Iterator[Element]:
        """Heading, what the answer is taken for, the table."""
        pen, voice, question = self.pen, self.pen.voice, self.question
        yield pen.head(question)
        for one in pen.voices:
            yield pen.line(one, "packet-status", said(one.say("left-open-how")))
        coded = pen.field(question, identity.CODE, voice.say("packet"), pen.code(question), lock=LOCKED)
        head = paragraph(pen.own.style("Paraph Cell Head"), coded, pen.own.look)
        rows = [[Cell(blocks=[head]), Cell(blocks=[pen.cell(voice.language, said(voice.say("decision")), head=True)])]]
        for choice in map(str, CHOICES):
            sign = [run(pen.own.look, *words(identity.UNTICKED))]
            box = pen.field(question, choice, voice.say(choice), sign, tick_box(identity.TICKED, identity.UNTICKED))
            rows.append([pen.labels(choice), pen.boxed(box)])
        yield pen.decision(pen.named(voice.say("decision"), question), rows)
        yield pen.own.gap()


# --- read ------------------------------------------------------------------------------------------------------------


def taken_for_all(
    returned: Returned, answer: Answer, decided: Sequence[Subject], said: Sequence[Subject] = ()
) -> Returned:
    """`returned` with `answer`, the one for all texts left open, at each text that it is for.

    A text at which a comment or a change stands and no decision is unclear, and so is one on which the member has
    `said` something before that is no decision; what was `decided` before stays as it is.
    """
    where = "the answer for all texts left open"
    notes = tuple(f"{where}: {one}" for one in (*answer.unclear, *answer.look))
    if answer.unclear or (answer.choice and answer.look):
        return replace(returned, unclear=(*returned.unclear, *notes))
    if answer.choice is None:
        beside = (beside_all(one, f"at {where}") for one in answer.comments)
        return replace(returned, outside=(*returned.outside, *beside))
    made, places = [], []
    for one in returned.answers:
        if one.subject.kind is not SubjectKind.CLAUSE or one.choice or one.unclear or one.subject in decided:
            made.append(one)
        elif one.amendments or one.comments or one.look:
            why = f"{answer.choice} for all texts left open, and something is written at this one: is it meant, too?"
            made.append(replace(one, unclear=(why,)))
        elif one.subject in said:
            why = f"{answer.choice} for all texts left open; what was said on this one before waits: is it meant, too?"
            made.append(replace(one, unclear=(why,)))
        else:
            made.append(replace(one, choice=answer.choice))
            places.append(one.place)
    none = answer.choice if tuple(made) == returned.answers else None
    return replace(returned, answers=tuple(made), for_all=tuple(places), for_none=none)
