"""What members decide, take back, and what the secretariat accepts late: docs/approvals.md, 10 to 16."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import ParaphError, RefusedError, UsageError
from paraph.markup.canonical import canonical, character_problems
from paraph.model.event import (
    AmendmentProposed,
    AnswerSettled,
    Choice,
    Decided,
    DecisionWithdrawn,
    Draft,
    Fact,
    LateAccepted,
    PacketReturned,
    Receipt,
    Subject,
)
from paraph.standing.fold import Entry, History
from paraph.standing.gate import open_circulations
from paraph.standing.rules import position, unsettled
from paraph.workflow.approvals.causes import named
from paraph.workflow.approvals.edited import edited_since
from paraph.workflow.approvals.references import Asked, Wish, asked_of, keys_of, refuse_too_early
from paraph.workflow.approvals.released import released_with
from paraph.workflow.approvals.said import (
    JOINED,
    NO_CONSENT,
    SILENT,
    amendments_by,
    decisions_by,
    ends_consent,
    in_force,
    last_decision,
    stands_already,
    to_know,
    to_take_back,
)
from paraph.workflow.reasons import in_a_line, said
from paraph.workflow.record.ledger import history_of, keep, membership, new_request, opened, settings
from paraph.workflow.times import shown

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.register.store import Register

_NEEDS_TEXT = (Choice.RESERVE, Choice.OBJECT, Choice.COMMENT)


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of a wish on one subject: what there is to know, and the event's number (0: nothing was written)."""

    subject: Subject
    circulation: str
    request: str
    notes: tuple[str, ...] = ()
    event: int = 0


_Answer = Callable[[History, Asked, Receipt], tuple[Fact | None, tuple[str, ...]]]
"""What a wish comes to on one subject: the fact to record, or none, and what there is to know."""


def decide(root: Path, wish: Wish, choice: Choice, text: str, language: str, at: dt.datetime) -> tuple[Noted, ...]:
    """Record a decision on each subject.

    A decision that is there already, word for word, is not written again; one on all of a circulation leaves what the
    member has said of a single text, and raises RefusedError where that is all otherwise. Raises UsageError for a
    subject, member or circulation that is not there, and where a reservation, objection or comment has no text.
    """
    words = canonical(text)
    if choice in _NEEDS_TEXT and not words:
        raise UsageError(f"{choice}: the words are missing", "Say what is reserved, why, or what the comment is.")
    if problems := character_problems(words):
        raise UsageError(problems[0].message, problems[0].advice)

    otherwise, written = dict[str, None](), set[Subject]()

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
        before = position(history, asked.subject, asked.member)
        if not asked.named and choice is not Choice.COMMENT and before.state not in SILENT:
            said = (one.fact for one in history.entries[asked.subject] if one.number == before.event)
            if any(isinstance(one, Decided) and one.choice is not choice for one in said):
                otherwise[str(asked.subject)] = None
            return None, (f"the member has decided already ({before.state}): left so; name the text, or say --again",)
        written.add(asked.subject)
        return fact, tuple(to_know(history, asked, fact))

    def settled() -> None:
        if otherwise and not written:
            raise RefusedError(
                f"{wish.member} has decided otherwise already on {named([*otherwise])}, and nothing was written",
                advice="A word for all leaves what was said of one: name the texts, or say --again for all of them.",
            )

    noted = _record(root, wish, answer, at, language=language, settled=settled)
    return noted if choice is Choice.COMMENT else tuple(_beside_files(root, noted))


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
        if any(
            (one.fact.text, one.fact.language) == (words, language)
            for one in amendments_by(history, asked.subject, asked.member)
        ):
            return None, ("it stands on record already, word for word: nothing was written",)
        late = asked.circulation.closed or receipt.received > asked.circulation.opened.deadline
        note = "it came late and never counts" if late else "it is no decision; under a rule of silence it breaks it"
        if late and ends_consent(history, asked.subject, receipt.received):
            note = f"it was found after the close, and no tally counts it; {NO_CONSENT}"
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
        return fact, (note,)

    return _record(root, wish, answer, at, language=language)


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
                advice="Nobody takes back what is still to be said. Name the time when the withdrawal was received.",
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
        before = [one for one in told if one.number < entry.number]
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
    return _record(root, wish, answer, at, none=none, settled=settled)


def accept_late(root: Path, wish: Wish, reason: str, at: dt.datetime) -> tuple[Noted, ...]:
    """Let late decisions count (13).

    Raises UsageError without a reason, RefusedError where there is none on a subject that is named, or on any; for an
    objection after the close.
    """
    reason = said(reason, "--accept-late")

    def answer(history: History, asked: Asked, receipt: Receipt) -> tuple[Fact | None, tuple[str, ...]]:
        entry = last_decision(history, asked.subject, asked.member)
        if entry is None or entry.counts:
            if asked.named:
                raise RefusedError(f"{asked.member} has no late decision on {asked.subject} that awaits acceptance")
            return None, ("nothing late awaits acceptance",)
        assert isinstance(entry.fact, Decided)
        closed = history.circulations[entry.fact.circulation].closed
        if closed and entry.fact.choice is Choice.OBJECT:
            raise RefusedError(
                f"{entry.fact.circulation} is closed, after which no objection is accepted: "
                f"that of {asked.member} to {asked.subject} counts for nothing",
                advice=f"It stays on record. {in_force(asked, position(history, asked.subject, asked.member).state)}.",
            )
        fact = LateAccepted(decision=entry.number, member=asked.member, subject=asked.subject, reason=reason)
        name = entry.fact.circulation
        return fact, (f"the outcome of {name} stays as it was counted; the member joins from now on",) if closed else ()

    return _record(root, wish, answer, at, none=f"{wish.member} has no late decision there that awaits acceptance")


def settle(root: Path, wish: Wish, reason: str, at: dt.datetime) -> tuple[Noted, ...]:
    """Say that what a member answered in a packet, and was not recorded, needs no decision of it, and why (16a).

    Raises UsageError without a reason, RefusedError where there is nothing to settle on what is named, or on any.
    """
    reason = said(reason, "--settle")

    def answer(history: History, asked: Asked, receipt: Receipt) -> tuple[Fact | None, tuple[str, ...]]:
        whose = (asked.member,)
        if not (
            unsettled(history, asked.subject, whose) or unsettled(history, asked.subject, whose, asked.circulation)
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

    return _record(root, wish, answer, at, none=f"{wish.member} answered nothing there that is still to be settled")


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

    return _record(root, wish, answer, at)


def _record(
    root: Path,
    wish: Wish,
    answer: _Answer,
    at: dt.datetime,
    *,
    none: str = "",
    language: str = "",
    settled: Callable[[], None] = lambda: None,
) -> tuple[Noted, ...]:
    """Record what `answer` makes of the wish on each subject: a fact, or none, with what there is to know of it.
    `settled`, called when all were asked about, may raise what stands in the way of it all.

    Raises RefusedError with the words of `none` where that is given and there is no fact on any subject; UsageError
    for a time of receipt that is still to come, and a `language` of its words that the workspace has not.
    """
    library = settings(root)
    if language and language not in library.workspace.all_languages:
        raise UsageError(f"“{language}” is no language here", f"Say -l {', '.join(library.workspace.all_languages)}.")
    if wish.receipt.received > at:
        zone = library.workspace.time_zone
        raise UsageError(f"{shown(wish.receipt.received, zone)} is still to come", "Name the time it was received.")
    with opened(root, library) as register:
        receipt = replace(wish.receipt, evidence=tuple(keep(register, path) for path in wish.evidence))
        given, by = replace(wish, receipt=receipt), _person(register, wish)
        name, noted = new_request(), list[Noted]()

        def write(reader: Reader) -> Sequence[Draft]:
            noted.clear()
            history = history_of(reader, keys_of(reader, given))
            drafts = list(membership(library, history, at))
            for draft in drafts:
                history.suppose(draft.fact)
            for place, asked in enumerate(_turns(history, given)):
                refuse_too_early(asked.circulation, receipt)
                fact, notes = answer(history, asked, receipt)
                wanted = f"{name}/{place}" if fact else ""
                if _departs(history, fact):
                    notes = (*notes, *released_with(reader, asked.subject, asked.member))
                if fact:
                    drafts.append(Draft(fact=fact, request=wanted, by=by))
                    history.suppose(fact)
                noted.append(Noted(asked.subject, asked.circulation.opened.circulation, wanted, notes))
            settled()
            if none and not any(one.request for one in noted):
                raise RefusedError(none)
            return drafts

        numbers = {event.request: event.number for event in register.append(write, at)}
    return tuple(replace(one, event=numbers.get(one.request, 0)) for one in noted)


def _turns(history: History, wish: Wish) -> Iterator[Asked]:
    """The subjects of a wish; one of which several things are taken back as often, what never counted first: it would
    go with what counts, and could not be taken back alone."""
    for asked in asked_of(history, wish):
        said = to_take_back(history, asked.subject, asked.member, wish.events) if wish.events else []
        named = sorted((one.counts, one.number) for one in said if one.number in wish.events)
        yield from [replace(asked, event=number) for _, number in named] or [asked]


def _departs(history: History, fact: Fact | None) -> bool:
    """Whether a member is about to stand no longer where it stood: it takes its approval back, or objects."""
    if isinstance(fact, DecisionWithdrawn):
        stood = position(history, fact.subject, fact.member)
        return stood.event == fact.decision and stood.state in JOINED
    return isinstance(fact, Decided) and fact.choice is Choice.OBJECT


def _person(register: Register, wish: Wish) -> str:
    return register.person(in_a_line(wish.person, "--by"), wish.member) if wish.person else ""


def _what(entry: Entry) -> str:
    return str(entry.fact.choice) if not isinstance(entry.fact, AmendmentProposed) else "other words"
