"""Records a register in today's format: `python tests/record_format.py tests/recorded/NAME.jsonl`.

One event of every kind at least, in an order that makes sense. When a field or a kind is added, run it under a new
NAME; files that are there are what earlier versions wrote, and are never made again. A rehearsal: no institution
decided any of it.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from paraph.model.event import (
    AmendmentProposed,
    AnswerSettled,
    Choice,
    CirculationClosed,
    CirculationOpened,
    ClauseVersion,
    Decided,
    DecisionWithdrawn,
    DocumentVersion,
    Draft,
    EvidenceClass,
    EvidenceErased,
    Fact,
    Head,
    HeadWitnessed,
    LateAccepted,
    MemberChanged,
    MemberJoined,
    MemberLeft,
    NoticeRecorded,
    PacketReturned,
    PacketWritten,
    Receipt,
    ReleaseCorrected,
    Released,
    ReleaseWithdrawn,
    Subject,
    TranslationText,
    TranslationValidated,
)
from paraph.model.member import Status
from paraph.register.codec import write_event
from paraph.standing.fold import History
from paraph.standing.rules import tally
from paraph.standing.versions import clause_subject, document_subject

BEGAN = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DEADLINE = BEGAN + dt.timedelta(days=14)
MEMBERS = ("malta", "spain", "morocco")
TEXTS = {"en": "*We* rehearse, and write “é” and 𝄞.", "fr": "*Nous* répétons."}
LINES = {"en": ("1.\tWe rehearse.",), "fr": ("1.\tNous répétons.",)}
FRAME = dict.fromkeys(LINES, ("letterhead\tA rehearsal",))
MAIL = "4" * 64
CLAUSE = clause_subject("rehearsed", 1, TEXTS)
DOCUMENT = document_subject("rehearsal", 1, "each", (CLAUSE,), LINES, FRAME)


def received(day: int, *evidence: str) -> Receipt:
    at = BEGAN + dt.timedelta(days=day)
    return Receipt(received=at, channel="rehearsal", grade=EvidenceClass.SIGNED, evidence=evidence)


def beginning() -> Iterator[Fact]:
    for member in (*MEMBERS, "benin"):
        yield MemberJoined(member=member, status=Status.PENDING, names={"en": member.title(), "fr": member.title()})
    for member in MEMBERS:
        yield MemberChanged(member=member, status=Status.ACTIVE, names={"en": member.title(), "fr": member.title()})
    yield ClauseVersion(
        subject=CLAUSE,
        clause_kind="position",
        theme="test",
        title={"en": "Rehearsed", "fr": "Répété"},
        values={"since": "date"},
        legal_basis=("CRC art. 3",),
        texts=TEXTS,
        translations={"es": TranslationText(text="*Ensayamos*.", source="fr", digest="3" * 64, status="checked")},
    )
    yield DocumentVersion(
        subject=DOCUMENT,
        form="statement",
        adoption="each",
        title={"en": "Rehearsal", "fr": "Répétition"},
        clauses=(CLAUSE,),
        lines=LINES,
        frame=FRAME,
        sources={"statements/clauses/test/rehearsed.yml": "5" * 64},
    )


def asked(name: str, *subjects: Subject) -> CirculationOpened:
    return CirculationOpened(
        circulation=name,
        document="rehearsal",
        subjects=subjects,
        electorate=MEMBERS,
        invited=("benin",),
        rule="consensus",
        deadline=DEADLINE,
        zone="Europe/Paris",
        tzdata="2026a",
        corrects="AOM-2025-01",
        strict=True,
        sources={"templates/strings.yml": "5" * 64},
    )


def decided(member: str, subject: Subject, choice: Choice = Choice.APPROVE, day: int = 3, text: str = "") -> Decided:
    language = "fr" if text else ""
    return Decided(
        circulation="c1",
        member=member,
        subject=subject,
        choice=choice,
        receipt=received(day, MAIL),
        text=text,
        language=language,
    )


def ending(reference: str) -> Iterator[Fact]:
    yield Released(
        reference=reference,
        subject=DOCUMENT,
        clauses=(CLAUSE,),
        files={"rehearsal.en.pdf": "6" * 64},
        provisionally={"en": "a rehearsal"},
        sources={"statements/statements/rehearsal.yml": "5" * 64},
        others={"AOM-2025-01": {"AOM-2025-01-corrected-3.en.pdf": "d" * 64}},
        noticed={"templates/notice/form.yml": "5" * 64},
    )


def packets() -> Iterator[Fact]:
    yield NoticeRecorded(circulation="c1", member="malta", receipt=received(1))
    yield PacketWritten(
        circulation="c1", member="malta", language="en", token="7" * 64, file="8" * 64, subjects=(CLAUSE, DOCUMENT)
    )
    yield PacketReturned(
        circulation="c1", member="malta", token="7" * 64, file="9" * 64, receipt=received(1), unrecorded=(CLAUSE,)
    )
    yield AnswerSettled(circulation="c1", member="malta", subject=CLAUSE, reason="telephone", receipt=received(2))


class Made:
    """Facts as events, one after the other."""

    def __init__(self) -> None:
        self.history, self.head, self.bodies = History(), Head(), list[bytes]()

    def add(self, *facts: Fact) -> int:
        """Record `facts`; the number of the last."""
        for fact in facts:
            draft = Draft(fact=fact, request=f"r{self.head.number}", by="p-0123456789abcdef")
            event, body = write_event(draft, self.head, BEGAN + dt.timedelta(minutes=self.head.number))
            self.bodies.append(body)
            self.head = Head(number=event.number, hash=event.hash)
            self.history.add(event)
        return self.head.number

    def close(self, name: str, reason: str) -> None:
        circulation = self.history.circulations[name]
        tallies = tuple(tally(self.history, circulation, one) for one in circulation.opened.subjects)
        self.add(CirculationClosed(circulation=name, tallies=tallies, reason=reason))


def made() -> list[bytes]:
    one = Made()
    one.add(*beginning(), asked("c1", CLAUSE, DOCUMENT), *packets())
    for subject in (CLAUSE, DOCUMENT):
        one.add(decided("malta", subject), decided("spain", subject, Choice.RESERVE, text="sous réserve"))
        slip = one.add(decided("morocco", subject, Choice.OBJECT, day=18, text="une erreur"))
        one.add(
            DecisionWithdrawn(
                decision=slip, member="morocco", subject=subject, reason="a slip", receipt=received(19), alone=True
            )
        )
        late = one.add(decided("morocco", subject, Choice.ABSTAIN, day=20))
        one.add(LateAccepted(decision=late, member="morocco", subject=subject, reason="agreed in the meeting"))
    amended = one.add(
        AmendmentProposed(
            circulation="c1", member="spain", subject=CLAUSE, language="en", text="We act.", receipt=received(4)
        )
    )
    one.add(
        DecisionWithdrawn(decision=amended, member="spain", subject=CLAUSE, reason="settled", receipt=received(5)),
        TranslationValidated(
            subject=CLAUSE, language="es", text="*Ensayamos*.", source="fr", member="spain", receipt=received(5)
        ),
    )
    one.close("c1", "a rehearsal")
    one.add(*ending("AOM-2026-01"), *ending("AOM-2026-02"), MemberLeft(member="benin"))
    one.add(
        ReleaseCorrected(
            reference="AOM-2026-01",
            successor="AOM-2026-02",
            reason="a word",
            reasons={"en": "a word"},
            notice={"AOM-2026-01-corrected.en.pdf": "a" * 64},
            sources={"templates/notice/form.yml": "5" * 64},
            others={"AOM-2025-01": {"AOM-2025-01-corrected-2.en.pdf": "e" * 64}},
        ),
        ReleaseWithdrawn(
            reference="AOM-2026-02",
            reason="a rehearsal",
            reasons={"en": "a rehearsal"},
            notice={"AOM-2026-02-withdrawn.en.pdf": "b" * 64},
            sources={"templates/notice/form.yml": "5" * 64},
            others={"AOM-2026-01": {"AOM-2026-01-corrected.en.pdf": "c" * 64}},
        ),
        HeadWitnessed(number=one.head.number, hash=one.head.hash, witness="minutes of the meeting"),
    )
    one.add(*(EvidenceErased(digest=digit * 64, reason="a rehearsal") for digit in "4589"))
    return one.bodies


if __name__ == "__main__":
    with Path(sys.argv[1]).open("xb") as file:
        file.writelines(body + b"\n" for body in made())
