"""What members decide, take back, and what the secretariat accepts late: docs/approvals.md, 10 to 16."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from paraph.errors import ParaphError, RefusedError, UsageError
from paraph.markup.canonical import canonical, character_problems
from paraph.model.event import (
    AmendmentProposed,
    AnswerSettled,
    Choice,
    Decided,
    DecisionWithdrawn,
    Fact,
    LateAccepted,
    PacketReturned,
    Receipt,
    Subject,
)
from paraph.standing.fold import Entry, History
from paraph.standing.gate import open_circulations
from paraph.standing.rules import decided, position, unsettled
from paraph.workflow.approvals.causes import named
from paraph.workflow.approvals.edited import edited_since
from paraph.workflow.approvals.recording import Noted, record
from paraph.workflow.approvals.references import Asked, Wish
from paraph.workflow.approvals.said import (
    NO_CONSENT,
    SILENT,
    asked_already,
    decisions_by,
    ends_consent,
    in_force,
    last_decision,
    last_taken_back,
    said_by,
    stands_already,
    to_know,
    to_take_back,
)
from paraph.workflow.approvals.unheard import of_earlier_versions, unsettled_by, waits
from paraph.workflow.reasons import said
from paraph.workflow.times import shown

_NEEDS_TEXT = (Choice.RESERVE, Choice.OBJECT, Choice.COMMENT)


def decide(root: Path, wish: Wish, choice: Choice, text: str, language: str, at: dt.datetime) -> tuple[Noted, ...]:
    """Record a decision on each subject.

    A decision that is there already, word for word, is not written again; one on all of a circulation leaves what the
    member has otherwise said of a single text, as far as the circulation counts it, or against an earlier version of
    it, or what waits there (`waits`), and raises RefusedError where that is all. Raises UsageError for a subject,
    member or circulation that is not there, and where a reservation, objection or comment has no text.
    """
    words = canonical(text)
    if choice in _NEEDS_TEXT and not words:
        raise UsageError(f"{choice}: the words are missing", "Say what is reserved, why, or what the comment is.")
    if problems := character_problems(words):
        raise UsageError(problems[0].message, problems[0].advice)

    otherwise, before = dict[str, str](), dict[Subject, _Before]()

    def answer(history: History, asked: Asked, receipt: Receipt) -> tuple[Fact | None, tuple[str, ...]]:
        fact = Decided(
            circulation=asked.circulation.opened.circulation,
            member=asked.member,
            subject=asked.subject,
            choice=choice,
            receipt=receipt,
            text=words,
            language=language if words else "",
        )
        if stands_already(history, fact, dated=receipt.received != at):
            return None, ("it stands on record already, word for word: nothing was written",)
        if not asked.named and (why := _said_apart(history, asked, fact)):
            otherwise[str(asked.subject)] = why
            return None, (f"{why}: left so; name the text, or say --again",)
        before[asked.subject] = _Before.of(history, asked.subject, asked.member)
        return fact, tuple(to_know(history, asked, fact))

    def then(history: History, fact: Fact) -> Iterator[str]:
        return before[fact.subject].told(history, fact) if isinstance(fact, Decided) else iter(())

    def settled() -> None:
        if otherwise and not before:
            raise RefusedError(
                f"{wish.member} has spoken on {named([*otherwise])} already, and nothing was written",
                tuple(f"{subject}: {why}" for subject, why in otherwise.items()),
                "A word for all leaves what was said of one: name the texts, or say --again for all of them.",
            )

    noted = record(root, wish, answer, at, language=language, then=then, settled=settled)
    return noted if choice is Choice.COMMENT else tuple(_beside_files(root, noted))


def _said_apart(history: History, asked: Asked, fact: Decided) -> str:
    """What a member said on one text that a word for all does not go over, unless it is a comment (21)."""
    if fact.choice is Choice.COMMENT:
        return ""
    now = fact.choice, fact.text
    before = decided(history, asked.subject, (asked.member,), asked.circulation)[asked.member]
    standing = [one for one in history.entries.get(asked.subject, ()) if one.number == before.event]
    if before.state not in SILENT and any(said_by(one) != now for one in standing):
        return f"the member has decided already ({before.state})"
    if fact.choice is Choice.OBJECT:
        return ""
    if of_earlier_versions(history, (asked.subject,), (asked.member,)):
        return "the member spoke against an earlier version since this was put"
    late = last_decision(history, asked.subject, asked.member)
    if late and not late.counts and asked.circulation.begins <= late.fact.receipt.received and said_by(late) != now:
        return f"what the member decided came late ({_what(late)}, event {late.number})"
    return waits(history, asked.subject, asked.member)


class _Before(NamedTuple):
    """What a decision may come after: the event by which the one before was taken back, or 0, and those of the answers
    that were not settled."""

    back: int
    answers: tuple[int, ...]

    @classmethod
    def of(cls, history: History, subject: Subject, member: str) -> _Before:
        waiting = history.unrecorded.get(subject, ()) if unsettled_by(history, subject, member) else ()
        answers = tuple(one.number for one in waiting if one.member == member and not one.settled)
        return cls(last_taken_back(history, subject, member), answers)

    def told(self, history: History, fact: Decided) -> Iterator[str]:
        """What there is to know once `fact` is the last on record, where it stands (12), and settles them (16a)."""
        subject, member = fact.subject, fact.member
        if position(history, subject, member).event != history.last.number:
            return
        if self.back:
            yield f"event {self.back} took back what the member had decided on it: it decides anew"
        asked = open_circulations(history, subject)
        if not unsettled_by(history, subject, member) and not any(
            unsettled(history, subject, (member,), one) for one in asked
        ):
            yield from (f"event {one}, an answer that was not recorded, is settled by it" for one in self.answers)


def _beside_files(root: Path, noted: Sequence[Noted]) -> Iterator[Noted]:
    """What was recorded, with a note where the files have moved on from what was put to the members."""
    written = [one for one in noted if one.event]
    found: dict[Subject, str] = {}
    for name in dict.fromkeys(one.circulation for one in written):
        with suppress(ParaphError):  # it is on record: a note that cannot be made must not say otherwise
            found |= edited_since(root, [one.subject for one in written if one.circulation == name], name)
    for one in noted:
        if clause := found.get(one.subject):
            about = f"this is about {one.subject}, as it was put to the members"
            yield replace(one, notes=(*one.notes, f"the file of {clause} has other words now; {about}"))
        else:
            yield one


def amend(root: Path, wish: Wish, text: str, language: str, at: dt.datetime) -> tuple[Noted, ...]:
    """Record that a member asks for other words in a language: never an approval, and it breaks silence (17).

    Raises UsageError where the words or their language are missing.
    """
    words = canonical(text)
    if not words or not language:
        raise UsageError("which words, in which language?", "Write --amend “the words that it asks for” -l en.")
    if problems := character_problems(words):
        raise UsageError(problems[0].message, problems[0].advice)

    def answer(history: History, asked: Asked, receipt: Receipt) -> tuple[Fact | None, tuple[str, ...]]:
        late = asked.circulation.closed or receipt.received > asked.circulation.opened.deadline
        note = "it is no decision; under a rule of silence it breaks it"
        if late:
            note = f"it came late for {asked.circulation.opened.circulation}, and never counts there"
        if late and ends_consent(history, asked.subject, receipt.received):
            note = f"it was recorded after the close, and no tally counts it; {NO_CONSENT}"
        if not late and asked.invited:
            note = "it is no decision, and the member is invited and not counted: it breaks no silence"
        fact = AmendmentProposed(
            circulation=asked.circulation.opened.circulation,
            member=asked.member,
            subject=asked.subject,
            language=language,
            text=words,
            receipt=receipt,
        )
        if asked_already(history, fact, dated=receipt.received != at):
            return None, ("it stands on record already, word for word: nothing was written",)
        return fact, (note,)

    return record(root, wish, answer, at, language=language)


def withdraw(root: Path, wish: Wish, reason: str, at: dt.datetime) -> tuple[Noted, ...]:
    """Take back what a member said on each subject, its decision or its amendment (12).

    Raises UsageError without a reason, RefusedError where there is nothing to take back on a subject that is named, or
    on any; and where there are several things of which `wish.events` names none: a letter that takes back an approval
    must not take back another.
    """
    reason, several = said(reason, "--withdraw"), dict[Subject, str]()

    def answer(history: History, asked: Asked, receipt: Receipt) -> tuple[Fact | None, tuple[str, ...]]:
        entries = to_take_back(history, asked.subject, asked.member, wish.events)
        several.pop(asked.subject, None)
        if wish.events and entries:
            left = ", ".join(f"event {one.number}, {_what(one)}" for one in entries)
            entries = [one for one in entries if one.number == asked.event]
            if not entries:
                return None, (f"left so: {left} is not among those named",)
        if len(entries) > 1:
            each = (f"event {one.number}, {_what(one)}{'' if one.counts else ' (late)'}" for one in entries)
            several[asked.subject] = "; ".join(each)
            return None, ()
        if not entries:
            if asked.named:
                raise RefusedError(f"{asked.member} has decided nothing on {asked.subject} that it could take back")
            return None, ("there is nothing to take back",)
        (entry,) = entries
        latest, zone = entry.fact.receipt.received, asked.circulation.opened.zone
        if receipt.received < latest:
            raise RefusedError(
                f"what {asked.member} decided last on {asked.subject} was received after "
                f"{shown(receipt.received, zone)}: on {shown(latest, zone)}",
                advice="Nobody takes back what is still to be said. Name the time when the withdrawal was received; if "
                "it is about what was said before, the event: --event NUMBER (“paraph log” has them).",
            )
        fact = DecisionWithdrawn(
            decision=entry.number,
            member=asked.member,
            subject=asked.subject,
            reason=reason,
            receipt=receipt,
            alone=not entry.counts,
        )
        note = f"it takes back event {entry.number}, {_what(entry)}"
        late = last_decision(history, asked.subject, asked.member)
        with_it = late and not late.counts and late.fact.receipt.received <= receipt.received
        if entry.counts and not isinstance(entry.fact, AmendmentProposed) and late and with_it:
            note += f", and with it the late event {late.number}, {_what(late)}: record that again if it stands"
        if not entry.counts:
            stays = position(history, asked.subject, asked.member).state
            return fact, (note, f"that came late and never counted: the member stays as it was, {stays}")
        told = [one for one in decisions_by(history, asked.subject, asked.member) if one.counts]
        after = [one for one in told if one.fact.receipt.received > receipt.received]
        before = [one for one in told if one.order < entry.order]
        if after and isinstance(entry.fact, Decided):
            note += f"; event {after[-1].number}, {_what(after[-1])}, was received after that, and stands"
        elif before and isinstance(entry.fact, Decided):
            was = f"event {before[-1].number} before it, {_what(before[-1])}"
            note += f"; {was}, does not come back: the member is pending until it decides anew"
        deaf = [
            one.opened.circulation
            for one in open_circulations(history, asked.subject)
            if not one.hears(receipt.received) and latest <= one.opened.deadline
        ]
        return fact, (note, *(f"it came after the deadline of {one}, and changes nothing in its tally" for one in deaf))

    def settled() -> None:
        if several:
            raise RefusedError(
                f"{wish.member} has said several things that it could take back",
                tuple(f"{subject}: {each}" for subject, each in several.items()),
                "Say which, by the number of its event: --event NUMBER, as often as there is something.",
            )

    none = f"{wish.member} has decided nothing there that it could take back"
    return record(root, wish, answer, at, none=none, settled=settled)


def accept_late(root: Path, wish: Wish, reason: str, at: dt.datetime) -> tuple[Noted, ...]:
    """Let late decisions count (13).

    Raises UsageError without a reason, RefusedError where there is none on a subject that is named, or on any; for an
    objection after the close.
    """
    reason, through = said(reason, "--accept-late"), dict[Subject, str]()

    def answer(history: History, asked: Asked, receipt: Receipt) -> tuple[Fact | None, tuple[str, ...]]:
        entry = last_decision(history, asked.subject, asked.member)
        if entry is None or entry.counts:
            if asked.named:
                raise RefusedError(f"{asked.member} has no late decision on {asked.subject} that awaits acceptance")
            return None, ("nothing late awaits acceptance",)
        assert isinstance(entry.fact, Decided)
        closed = history.circulations[entry.fact.circulation].closed
        if closed and entry.fact.choice is Choice.OBJECT:
            how = "called off" if closed.called_off else "closed"
            raise RefusedError(
                f"{entry.fact.circulation} is {how}, after which no objection is accepted: "
                f"that of {asked.member} to {asked.subject} counts for nothing",
                advice=f"It stays on record. {in_force(asked, position(history, asked.subject, asked.member).state)}.",
            )
        fact = LateAccepted(decision=entry.number, member=asked.member, subject=asked.subject, reason=reason)
        name = through[asked.subject] = entry.fact.circulation
        if asked.invited:
            return fact, ("the member is invited and not counted",)
        if closed and closed.called_off:
            return fact, (f"{name} was called off and has no outcome; what the member decided counts from now on",)
        return fact, (f"the outcome of {name} stays as it was counted; the member joins from now on",) if closed else ()

    none = f"{wish.member} has no late decision there that awaits acceptance"
    noted = record(root, wish, answer, at, none=none)
    return tuple(replace(one, circulation=through.get(one.subject, one.circulation)) for one in noted)


def settle(root: Path, wish: Wish, reason: str, at: dt.datetime) -> tuple[Noted, ...]:
    """Say that what a member answered in a packet, and was not recorded, needs no decision of it, and why (16a).

    Raises UsageError without a reason, RefusedError where there is nothing to settle on what is named, or on any.
    """
    reason = said(reason, "--settle")

    def answer(history: History, asked: Asked, receipt: Receipt) -> tuple[Fact | None, tuple[str, ...]]:
        if not (
            unsettled_by(history, asked.subject, asked.member)
            or unsettled(history, asked.subject, (asked.member,), asked.circulation)
        ):
            if asked.named:
                raise RefusedError(f"{asked.member} answered nothing on {asked.subject} that is still to be settled")
            return None, ("there is nothing to settle",)
        fact = AnswerSettled(
            circulation=asked.circulation.opened.circulation,
            member=asked.member,
            subject=asked.subject,
            reason=reason,
            receipt=receipt,
        )
        return fact, ("it stands where it stood; under a rule of silence, silence may be consent again",)

    return record(root, wish, answer, at, none=f"{wish.member} answered nothing there that is still to be settled")


def unclear(root: Path, wish: Wish, at: dt.datetime) -> tuple[Noted, ...]:
    """Record that a member answered something that nobody can read or tell, with the file that says so (16a).

    Raises UsageError without a file.
    """
    if not wish.evidence:
        raise UsageError("the file that came is missing", "Name it with --evidence; it is kept for who asks.")

    def answer(history: History, asked: Asked, receipt: Receipt) -> tuple[Fact | None, tuple[str, ...]]:
        fact = PacketReturned(
            circulation=asked.circulation.opened.circulation,
            member=asked.member,
            token="",
            file=receipt.evidence[0],
            receipt=receipt,
            unrecorded=(asked.subject,),
        )
        own = asked.circulation
        if receipt.received > own.opened.deadline:
            name = own.opened.circulation
            return fact, (f"it came late for {name}; where its words are still being asked about, it is no silence",)
        return fact, (f"{asked.member} has answered, and is not silent: ask, then record what it says",)

    return record(root, wish, answer, at)


def _what(entry: Entry) -> str:
    return str(entry.fact.choice) if not isinstance(entry.fact, AmendmentProposed) else "other words"
