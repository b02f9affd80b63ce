"""Review packets that came back, read against the register into proposals; nothing is written here.

docs/packets.md says what is proposed and what is only named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from paraph.errors import ParaphError, RegisterError, UsageError
from paraph.model.event import (
    AmendmentProposed,
    Choice,
    Decided,
    EvidenceClass,
    PacketReturned,
    PacketWritten,
    Receipt,
    Subject,
    circulation_key,
    packet_key,
)
from paraph.model.library import Library
from paraph.model.packet import Stationery
from paraph.ooxml.archive import PackageError
from paraph.ooxml.reading.passages import Passages
from paraph.review.identity import token_digest
from paraph.review.returned.claims import Claim, claims
from paraph.review.returned.left_open import taken_for_all
from paraph.standing.fold import Circulation, History
from paraph.standing.rules import position, taken_back
from paraph.workflow.approvals.references import Asked, refuse_too_early, subject_keys
from paraph.workflow.approvals.said import instead_of, last_taken_back, not_counted, to_know
from paraph.workflow.approvals.unheard import other_versions, unsettled_by, waits
from paraph.workflow.packets.around import beside, once_more
from paraph.workflow.packets.compose import title_of
from paraph.workflow.packets.incoming import arrived, word_of
from paraph.workflow.packets.memory import steadily
from paraph.workflow.packets.proposal import Proposal, facts_of
from paraph.workflow.packets.respondent import unexpected, unexpected_sender
from paraph.workflow.packets.together import together
from paraph.workflow.packets.write import paper_of
from paraph.workflow.record.ledger import history_of, opened, settings
from paraph.workflow.record.membership import leaving
from paraph.workflow.times import shown

if TYPE_CHECKING:
    from paraph.ooxml.reading.shown import Shown
    from paraph.register.reader import Reader
    from paraph.review.returned.answer import Answer
    from paraph.review.returned.marks import Phrases


class _StopError(Exception):
    """Nothing of a file can be recorded: why (`what`), and what to do."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what, advice)
        self.what, self.advice = what, advice


def propose(root: Path, files: Sequence[Path], receipt: Receipt, at: dt.datetime) -> tuple[Proposal, ...]:
    """What the files come to, each by itself; nothing is written."""
    from paraph.review.returned.marks import Phrases

    library = settings(root)
    if receipt.received > at:
        zone = library.workspace.time_zone
        raise UsageError(f"{shown(receipt.received, zone)} is still to come", "Name the time it was received.")
    paper = paper_of(root)
    with opened(root, library) as register, register.reading() as reader:
        proposing = _Proposing(reader, library, paper, Phrases.of(paper), receipt, at)
        return together([one for path in steadily(files) for one in proposing.of(path)])


@dataclass(slots=True)
class _Proposing:
    """Files against the register."""

    reader: Reader
    library: Library
    paper: Stationery
    phrases: Phrases
    receipt: Receipt
    at: dt.datetime
    facts: dict[str, tuple[object, ...]] = field(default_factory=dict)
    histories: dict[str, History] = field(default_factory=dict)
    passages: Passages = field(default_factory=Passages)
    shown: dict[str, Shown] = field(default_factory=dict)
    """The files of one e-mail as Word shows them, by digest: beside a letter each is looked at twice."""

    def of(self, path: Path) -> Iterator[Proposal]:
        """The proposals of a file, one for each packet in it; whatever is wrong with it is part of them."""
        made = Proposal(file=str(path), receipt=self.receipt, head=self.reader.head().number)
        self.shown.clear()
        try:
            found = arrived(path)
        except OSError as error:
            if path.is_dir():
                advice = (
                    f"Name the files in it that came back: “paraph packet read {path / '*.docx'}”, or .odt, .rtf, .eml."
                )
                yield replace(made, stops="it is a folder", advice=advice)
            else:
                yield replace(made, stops=f"it cannot be read: {error.strerror}", advice="Check the path.")
        except PackageError as error:
            yield replace(made, stops=error.message, advice=error.advice)
        else:
            come = [
                replace(made, name=one.name, also=one.also, mail=one.mail, around=one.around, digest=one.digest)
                for one in found
            ]
            read = [self._proposal(one, file.data) for one, file in zip(come, found, strict=True)]
            letters = tuple(one.name for one in read if one.stops and not one.circulation)
            for one, file, proposal in zip(come, found, read, strict=True):
                if one.mail and letters and proposal.circulation:  # what stands in them may take back what it says
                    again = replace(one, mail=replace(one.mail, others=(*one.mail.others, *letters)))
                    yield self._proposal(again, file.data)
                else:
                    yield proposal

    def _proposal(self, made: Proposal, data: bytes) -> Proposal:
        try:
            if made.digest not in self.shown:
                self.shown[made.digest] = word_of(data)
            came = self.shown[made.digest]
            written, claim, doubts = self._written(came)
            made = replace(made, circulation=claim.circulation, member=claim.member, token=written.token)
            return _as_rtf(self._read(made, came, written, claim, doubts), data)
        except _StopError as stop:
            return replace(made, stops=stop.what, advice=stop.advice)
        except ParaphError as error:
            return self._unread(replace(made, stops=error.message, advice=error.advice), data)

    def _unread(self, made: Proposal, data: bytes) -> Proposal:
        """A file that cannot be read, with whose packet it is where its properties have the token of one (16a), and
        where it can have come when it is said to: nothing else is put on record of it."""
        from paraph.ooxml.reading.file import read_properties_alone

        for claim in claims(read_properties_alone(data)):
            for fact in (facts := self._facts(claim.circulation)):
                if not isinstance(fact, PacketWritten) or fact.token != token_digest(claim.token):
                    continue
                if fact.member != claim.member:
                    continue
                made = replace(made, circulation=fact.circulation, member=fact.member, token=fact.token)
                if early := self._too_early(fact, self._history(fact.circulation).circulations[fact.circulation]):
                    return replace(made, stops=f"{made.stops}; and {early.what}", advice=early.advice)
                if known := [one for one in facts if _is_file(one, made.digest)]:
                    return once_more(made, known, self._beside(made, fact), fact.subjects)
                return replace(made, unrecorded=fact.subjects)
        return made

    def _written(self, came: Shown) -> tuple[PacketWritten, Claim, tuple[str, ...]]:
        """The packet that a file is, as it was written, and what speaks against that."""
        found = claims(came)
        if not found:
            raise _StopError(
                "it is no packet, or nothing in it says which: neither its properties nor its pages",
                "Record what it says by hand: “paraph decide … --evidence FILE”.",
            )
        if len({(one.circulation, one.member) for one in found}) > 1:
            each = "; ".join(f"{one.where} say {one}" for one in found)
            raise _StopError(f"it says that it is two packets: {each}", "Ask the member which one it answered.")
        tokens = {token_digest(one.token) for one in found}
        claim = found[0]
        packets = [fact for fact in self._facts(claim.circulation) if isinstance(fact, PacketWritten)]
        right = [one for one in packets if one.token in tokens]
        if strangers := [one for one in right if one.member != claim.member]:
            raise _StopError(
                f"it says that it is {claim.member}’s, and its token is that of {strangers[0].member}",
                "Ask both members. Nothing in it can be trusted.",
            )
        if len(tokens) > 1:
            raise _StopError("its properties and its pages have different tokens", "Ask the member for its own file.")
        own = [one for one in packets if one.member == claim.member]
        if not right and self._is_foreign(claim.head):
            raise _StopError(
                f"it was written from another register: {claim.head[:20]}… is no state of this one",
                "Read it where it was written (a rehearsal?), or ask the member to answer the packet of this one.",
            )
        if not own:
            raise _StopError(
                f"no packet of {claim.circulation} was written for {claim.member}",
                "“paraph register log” shows which were.",
            )
        if not right:
            return own[-1], claim, (f"its token is that of no packet written for {claim.member}",)
        return right[0], claim, ()

    def _is_foreign(self, head: str) -> bool:
        """Whether the state that a packet says it was written at is none that this register ever had."""
        number, _, digest = head.partition(":")
        known = number.isascii() and number.isdecimal() and len(number) < 10
        return bool(head) and not (known and self.reader.hash(int(number)) == digest)

    def _facts(self, circulation: str) -> tuple[object, ...]:
        """All that is on record about a circulation; read once, however many files are of it."""
        if circulation not in self.facts:
            events = self.reader.events(about=(circulation_key(circulation),))
            self.facts[circulation] = tuple(event.fact for event in events)
        return self.facts[circulation]

    def _history(self, circulation: str) -> History:
        """What became of its subjects; read once, too."""
        if circulation not in self.histories:
            self.histories[circulation] = history_of(self.reader, subject_keys(self.reader, circulation))
        return self.histories[circulation]

    def _read(
        self, made: Proposal, came: Shown, written: PacketWritten, claim: Claim, doubts: tuple[str, ...]
    ) -> Proposal:
        from paraph.ooxml.reading.file import read_word
        from paraph.review.returned.read import read_returned

        kept = self.reader.evidence(written.file)
        if kept is None:
            raise RegisterError(
                "the packet as it was written is not in the register any more", "Record what it says by hand."
            )
        history = self._history(claim.circulation)
        circulation = history.circulations[claim.circulation]
        if early := self._too_early(written, circulation):
            raise early
        sent = read_word(kept, self.passages)
        returned = read_returned(sent, came, written.subjects, self.phrases, written.language)
        if returned.left_open:
            decided = [one for one in written.subjects if position(history, one, claim.member).event]
            waiting = [one for one in written.subjects if _waits(history, one, claim.member)]
            returned = taken_for_all(returned, returned.left_open, decided, waiting)
        facts = self._facts(claim.circulation)
        used = [one for one in facts if is_use(one, written.token, history)]
        around = self._beside(made, written, returned.person)
        if known := [one for one in facts if _is_file(one, made.digest)]:
            return once_more(made, known, around, written.subjects)
        late = self._late(circulation)
        again = [f"an answer with this token was recorded already ({len(used)}): this is another"] if used else []
        sure, whole = not (doubts or late or again), bool(returned.unclear)
        look = (*doubts, *again, *late, *around, *returned.look)
        answers = tuple(_asked_again(history, made, one, self.receipt) for one in returned.answers)
        returned = replace(returned, answers=answers, look=look)
        made = replace(
            made,
            grade=EvidenceClass.TOKEN if sure else EvidenceClass.RECORDED,
            returned=returned,
            # a decision that says not on what may be about any text without one
            unrecorded=tuple(
                one.subject
                for one in returned.answers
                if one.unclear or one.may_decide or (whole and one.choice is None)
            ),
        )
        why = not_counted(history, circulation, made.member)
        standing = (*filter(None, (why,)), *leaving(self.library, history, made.member, self.at))
        notes = tuple(_notes(history, circulation, made, self.receipt, why))
        return replace(made, notes=notes, standing=standing, counted=not why)

    def _beside(self, made: Proposal, written: PacketWritten, person: str = "") -> tuple[str, ...]:
        """Questions about who answers, in the packet and in the e-mail around it, and about all that came with it."""
        from paraph.review.returned.own_words import OwnWords

        who = list(unexpected(self.reader, self.library, made.member, person))
        for head in made.mail.heads if made.mail else ():
            who += unexpected_sender(self.reader, self.library, made.member, head)
        history = self._history(written.circulation)
        subjects = self._subjects(history, history.circulations[written.circulation])
        return (*dict.fromkeys(who), *beside(made, OwnWords.of(subjects, written.circulation, written.member)))

    def _too_early(self, written: PacketWritten, circulation: Circulation) -> _StopError | None:
        """Why a packet cannot have come back when it is said to: before its circulation was opened (7), or before it
        was written. The date is wrong, and so would be whatever is recorded with it."""
        try:
            refuse_too_early(circulation, self.receipt)
        except UsageError as error:
            return _StopError(error.message, error.advice)
        on = next(event.at for event in self.reader.events(about=(packet_key(written.token),)))
        if self.receipt.received >= on.replace(second=0):
            return None
        when, back = (shown(one, circulation.opened.zone) for one in (on, self.receipt.received))
        return _StopError(f"it was written on {when}; it did not come back on {back}", "Name the day and the hour.")

    def _subjects(self, history: History, circulation: Circulation) -> Iterator[str]:
        """The subjects of the e-mails with the packets of a circulation, in every language."""
        from paraph.review.writing.mail import subject
        from paraph.review.writing.write import voice_of

        opened = circulation.opened
        titles = title_of(history, opened.subjects[-1])
        for code in self.library.workspace.languages:
            if self.paper.speaks(code):
                voice = voice_of(code, self.paper, self.library)
                for title in [titles[code]] if titles.get(code) else titles.values():
                    yield subject(voice, title, opened.deadline, opened.zone, opened.circulation)

    def _late(self, circulation: Circulation) -> list[str]:
        name, zone = circulation.opened.circulation, circulation.opened.zone
        if circulation.closed:
            closed = "was called off" if circulation.closed.called_off else "is closed"
            return [f"{name} {closed}: what it says is late, and counts for nothing unless accepted"]
        if self.receipt.received > circulation.opened.deadline:
            return [f"it came after {shown(circulation.opened.deadline, zone)}: its token has expired, it is late"]
        return []


def _as_rtf(made: Proposal, data: bytes) -> Proposal:
    """A proposal in which tracked changes are to be looked at where an RTF of LibreOffice may mark more of them."""
    from paraph.review.returned.rtf import strikes_too_much

    if not strikes_too_much(data):
        return made
    why = "in an RTF LibreOffice may mark a whole paragraph as taken out: ask for DOCX or ODT"
    answers = tuple(
        replace(one, look=(*one.look, why)) if any(other.tracked for other in one.amendments) else one
        for one in made.returned.answers
    )
    return replace(made, returned=replace(made.returned, answers=answers))


def is_use(fact: object, token: str, history: History) -> bool:
    """Whether a fact says that a packet with this token came back, and not blank: that uses nothing up."""
    if not isinstance(fact, PacketReturned) or fact.token != token:
        return False
    said = (one.fact for entries in history.entries.values() for one in entries)
    return bool(fact.unrecorded) or any(fact.file in one.receipt.evidence for one in said)


def _waits(history: History, subject: Subject, member: str) -> bool:
    """Whether no tick for all is taken for a version: something `waits` on it, or was taken back."""
    back = member in taken_back(history, subject) or last_taken_back(history, subject, member)
    return bool(waits(history, subject, member) or back)


def _is_file(fact: object, digest: str) -> TypeGuard[PacketReturned]:
    return isinstance(fact, PacketReturned) and fact.file == digest


def _asked_again(history: History, made: Proposal, answer: Answer, receipt: Receipt) -> Answer:
    """`answer`, to be looked at where the member has said otherwise before, or answered what is not settled."""
    facts = tuple(fact for fact, _ in facts_of(made, answer, receipt))
    anew = {(one.language, one.came) for one in answer.amendments}
    asked = list(dict.fromkeys(why for fact in facts for why in instead_of(history, fact, anew)))
    asked += dict.fromkeys(filter(None, (other_versions(history, fact) for fact in facts)))
    if answer.choice and unsettled_by(history, answer.subject, made.member):
        asked.append(f"what {made.member} answered on it before is not settled: does this settle it?")
    if (answer.choice or answer.amendments) and (back := last_taken_back(history, answer.subject, made.member)):
        asked.append(f"{made.member} took back what it had decided on it (event {back}): does it decide anew?")
    return replace(answer, look=(*answer.look, *asked))


def _notes(
    history: History, circulation: Circulation, made: Proposal, receipt: Receipt, known: str
) -> Iterator[tuple[int, str]]:
    """What there is to know of each answer, by its place; not what is `known` of the member."""
    for answer in made.returned.answers:
        for fact, _ in facts_of(made, answer, receipt):
            if isinstance(fact, Decided) and fact.choice is not Choice.COMMENT:
                asked = Asked(circulation=circulation, subject=answer.subject, member=made.member)
                yield from ((answer.place, note) for note in to_know(history, asked, fact) if note != known)
            elif isinstance(fact, AmendmentProposed) and (moved := _moved_on(history, answer.subject)):
                yield answer.place, f"the text has moved on to version {moved}: this is about {answer.subject}"


def _moved_on(history: History, subject: Subject) -> int:
    versions = history.versions.get(subject.key, ())
    newest = versions[-1].subject.version if versions else 0
    return newest if newest > subject.version else 0
