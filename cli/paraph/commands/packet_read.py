"""paraph packet read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from paraph.commands.receipts import receipt
from paraph.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from paraph.review.returned.answer import Answer, Outside
    from paraph.review.returned.reply import Mail
    from paraph.workflow.packets.proposal import Proposal


def read(
    folder: Path,
    files: tuple[Path, ...],
    received: str,
    channel: str,
    *,
    yes: bool,
    as_json: bool,
    leave: tuple[int, ...] = (),
) -> int:
    """Show what the files come to, and record it where that is wanted: exit code 0 when nothing was left out."""
    from paraph.workflow.desk import workspace
    from paraph.workflow.packets.proposal import without
    from paraph.workflow.packets.propose import propose
    from paraph.workflow.times import now

    root, at = workspace(folder), now()
    files = _without_locks(files)
    given = receipt(root, received, channel, at)
    if leave and len(files) > 1:
        raise UsageError("--leave is about one file", "Read the files one by one.")
    proposals = propose(root, files, given, at)
    if leave and len(packets := [one.label for one in proposals if not one.stops]) > 1:
        advice = "Leave it out, and say no when you are asked about that text."
        raise UsageError(f"--leave is about one packet, and there are {len(packets)}: {', '.join(packets)}", advice)
    if leave:
        proposals = tuple(one if one.stops else without(one, leave) for one in proposals)
    if as_json:
        from paraph.workflow.packets.proposal import as_json as written

        click.echo(written(proposals))
    else:
        for one in proposals:
            click.echo("\n".join(lines(one)))
    if yes and (unclear := [one for one in proposals if not one.is_clear_but(leave)]):
        causes = [
            f"{one.label}: {why}" for one in unclear for why in (*one.returned.questions(leave), one.stops) if why
        ]
        advice = _without_yes(unclear, len(proposals) > len(unclear))
        raise RefusedError("not everything is clear: nothing was recorded", causes, advice)
    if as_json and not yes:
        return 0 if all(one.is_clear for one in proposals) else 1
    seen: set[int] = set()
    done = [_record(root, one, seen, yes=yes, beside=as_json) for one in proposals]
    return 0 if all(done) else 1


def _without_locks(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """`files` without those that a word processor leaves beside a file that is open."""
    from paraph.workflow.packets.incoming import is_lock

    locks = [one for one in files if is_lock(one)]
    for one in locks:
        click.echo(f"{one}: passed over; it only says that a word processor has the file beside it open", err=True)
    if len(locks) == len(files):
        raise UsageError("no file is left to be read", "Name the files that came back.")
    return tuple(one for one in files if one not in locks)


def _without_yes(unclear: Sequence[Proposal], others: bool) -> str:
    """What to do about proposals that are not clear, where there are `others`, which are; of those that can only stop
    nobody is asked anything."""
    asked = [one for one in unclear if not one.stops or one.unrecorded]
    stopped = [one.label for one in unclear if one not in asked]
    leave = f" To record the others, leave out {', '.join(stopped)}." if stopped and (asked or others) else ""
    if not asked:
        return f"Nothing can be recorded of it as it is: what to do stands with each file above.{leave}"
    return f"Without --yes you are asked about each file{' that can be read' if stopped else ''}.{leave}"


def _record(root: Path, proposal: Proposal, seen: set[int], *, yes: bool, beside: bool) -> bool:
    """Record a proposal where it is wanted, and add its events to those `seen`; whether nothing was left out. `beside`:
    standard output is JSON alone, and what was recorded is said on the other."""
    from paraph.workflow.packets.record_answers import record
    from paraph.workflow.times import now

    if proposal.stops and not proposal.unrecorded:
        return False
    asked = _wanted if proposal.says_something else _blank
    wanted = proposal if yes else asked(proposal)
    if wanted is None:
        click.echo("nothing was recorded")
        return False
    made = record(root, wanted, now(), seen)
    seen.update(made.events)
    numbers = f"events {made.events[0]} to {made.events[-1]}" if made.events else "nothing new"
    already = f", {made.already} on record already" if made.already else ""
    click.echo(f"{wanted.label}: {numbers}{already}", err=beside)
    places = {one.subject: f"{one.place} " for one in wanted.returned.answers}
    for one in wanted.unrecorded:
        place = places.get(one, "")
        ask = f"Ask {wanted.member}, then “paraph decide {one}”."
        none = (
            f"Nobody waits for {wanted.member}, which is not counted. If it is to be on record: “paraph decide {one}”."
        )
        click.echo(f"  left out: {place}{one}. {ask if wanted.counted else none}")
    return not wanted.unrecorded


def _wanted(proposal: Proposal) -> Proposal | None:
    """What a person wants recorded of a proposal: all that is clear, or that it came and no more, or nothing (None)."""
    from paraph.workflow.packets.proposal import may_answer_all

    looked = all(click.confirm(f"Look: {one} Go on?", default=False) for one in proposal.returned.look)
    if looked and (beside := _beside(proposal)) is not None:
        found = beside.on(_looked_at(proposal))
        what = f"that {found.label} came" if found.stops else f"what is clear of {found.label}"
        if click.confirm(f"Record {what}?", default=False):
            return found
        if found.stops:
            return None
    came = may_answer_all(proposal)
    if not came.unrecorded:
        return None
    question = f"Record that it came, and nothing that it says? {came.member} has then answered, and is not silent."
    return came if click.confirm(question, default=False) else None


def _blank(proposal: Proposal) -> Proposal | None:
    """The same of a packet that decides on no text: that it came back, blank; or, where something in it is to be looked
    at, that it may be an answer to all of them."""
    from paraph.workflow.packets.proposal import came_alone, may_answer_all

    member, returned = proposal.member, proposal.returned
    beside = None if returned.look or returned.unclear else _beside(proposal)
    if beside and (beside.left or beside.comments):
        return beside.on(proposal) if click.confirm(f"Record that of {proposal.label}?", default=False) else None
    if beside:
        ask = (
            f"{member} has still to answer: ask it."
            if proposal.counted
            else f"{member} is not counted: nobody waits for it."
        )
        blank = "blank, it says nothing on any text"
        click.echo(f"{proposal.label}: {_for_none(proposal) if returned.for_none else blank}. {ask}")
        came = (
            "Record that it came, and decides nothing new?" if returned.for_none else "Record that it came back blank?"
        )
        return came_alone(proposal) if click.confirm(came, default=False) else None
    click.echo(f"{proposal.label}: it decides on no text, and what is to be looked at may be an answer. Ask {member}.")
    question = f"Record that it came, and may answer every text? {member} is then not silent."
    return may_answer_all(proposal) if click.confirm(question, default=False) else None


class _Beside(NamedTuple):
    """What a person says of words outside all texts: the places of the texts whose decision is `left` out, and the
    `comments` on texts, each with its place."""

    left: Sequence[int]
    comments: Sequence[tuple[int, Outside]]

    def on(self, proposal: Proposal) -> Proposal:
        """`proposal` with that."""
        from paraph.workflow.packets.proposal import with_comment, without

        for place, words in self.comments:
            proposal = with_comment(proposal, place, words)
        return without(proposal, self.left) if self.left else proposal


def _beside(proposal: Proposal) -> _Beside | None:
    """What a person takes the words outside all texts for, asked about one by one; None where some may be an answer,
    and not on the texts alone that they stand between."""
    named = {one.place: f"{one.place} {one.subject}" for one in proposal.returned.answers}
    left: list[int] = []
    comments: list[tuple[int, Outside]] = []
    for one in proposal.returned.outside:
        about = one.between[0] if one.between else max(named)
        if click.confirm(f"Look: {one}. Does it leave what is decided as it is?", default=False):
            if click.confirm(f"Record it as a comment on {named[about]}?", default=False):
                comments.append((about, one))
        elif one.between and click.confirm(f"Is it about {named[about]} alone?", default=False):
            left.append(about)
        elif len(one.between) > 1 and click.confirm(f"Is it about {_both(one.between, named)}?", default=False):
            left += one.between
        else:
            return None
    return _Beside(left, comments)


def _both(places: Sequence[int], named: Mapping[int, str]) -> str:
    return f"{' and '.join(named[one] for one in places)} alone"


def _looked_at(proposal: Proposal) -> Proposal:
    """A proposal without the decisions and amendments that somebody looked at and would not take so, and with words
    that may decide as comments where somebody takes them for no more; each is asked about by itself."""
    from paraph.workflow.packets.proposal import comments_only, without

    doubtful = [one for one in proposal.returned.answers if one.look and one.choice]
    left = [
        one.place
        for one in doubtful
        if not click.confirm(f"{one.place} {one.subject}: {one.choice}, to be looked at. Take it?", default=False)
    ]
    amending = [
        (one, "unclear" if one.unclear else "to be looked at")
        for one in proposal.returned.answers
        if (one.look or one.unclear) and one.amendments and not one.choice
    ]
    strange = [
        one.place
        for one, how in amending
        if not click.confirm(f"{one.place} {one.subject}: other words, {how}. Take them?", default=False)
    ]
    proposal = without(proposal, strange) if strange else proposal
    alone = [
        one for one in proposal.returned.answers if one.may_decide and not (one.unclear or proposal.returned.unclear)
    ]
    comments = [
        one.place
        for one in alone
        if click.confirm(f"{one.place} {one.subject}: no decision, and {_said(one)}. A comment only?", default=False)
    ]
    proposal = comments_only(proposal, comments)
    together = proposal.returned.for_all_in_short
    if together and not click.confirm(f"{together}. Take it for all of them?", default=False):
        left += proposal.returned.for_all
    return without(proposal, left) if left else proposal


def _said(answer: Answer) -> str:
    """The words of an answer that says nothing else, as they are asked about."""
    said = " / ".join(" ".join(one.text.split()) for one in answer.comments if one.text)
    return f"the words “{said}”" if said else "a comment without its words"


def lines(proposal: Proposal) -> Iterator[str]:
    """A proposal as its reader should see it."""
    if proposal.stops:
        if proposal.mail:
            yield from _mail(proposal.mail)
        yield f"{proposal.label}: {proposal.stops}"
        if proposal.advice:
            yield f"    {proposal.advice}"
        if proposal.unrecorded:
            yield f"    It is the packet of {proposal.circulation} for {proposal.member}: an answer, and no silence."
        return
    if proposal.mail:
        yield from _mail(proposal.mail)
    answered = f", answered by {proposal.returned.person}" if proposal.returned.person else ""
    yield f"{proposal.label}: {proposal.circulation}, {proposal.member}, evidence: {proposal.grade}{answered}"
    yield from (f"  {one}" for one in proposal.standing)
    for one in proposal.returned.unclear:
        yield f"  unclear: {one}"
    for what in (*proposal.returned.look, *proposal.returned.outside):
        yield f"  look: {what}"
    if proposal.returned.for_all:
        yield f"  look: {proposal.returned.for_all_in_short}"
    if proposal.returned.for_none:
        yield f"  {_for_none(proposal)}"
    notes: dict[int, list[str]] = {}
    for place, note in dict.fromkeys(proposal.notes):
        notes.setdefault(place, []).append(note)
    for untouched, some in itertools.groupby(proposal.returned.answers, lambda one: _is_untouched(one, notes)):
        answers = tuple(some)
        if untouched and len(answers) > 1:
            yield f"  {answers[0].place} to {answers[-1].place}: no decision"
        else:
            yield from (line for one in answers for line in _answer(one, notes.get(one.place, [])))


def _for_none(proposal: Proposal) -> str:
    return f"{proposal.returned.for_none} for all texts left open, and no clause was: it decides on none"


def _is_untouched(answer: Answer, notes: Mapping[int, list[str]]) -> bool:
    said = (answer.choice, answer.amendments, answer.comments, answer.unclear, answer.look)
    return not any(said) and answer.place not in notes


def _mail(mail: Mail) -> Iterator[str]:
    """The e-mail that a packet came in, to be read: nothing in it is taken for an answer."""
    for within, one in enumerate(mail.heads):
        what = "attached to it, an e-mail" if within else "e-mail"
        called = f" ({one.name})" if one.name else ""
        yield f"{what}{called} from {one.sender or 'nobody named'}, {one.date or 'without a date'}: {one.subject}"
    yield from (f"  | {line}" for line in mail.text.splitlines())
    if mail.others:
        yield f"  not read: {', '.join(mail.others)}"


def _answer(answer: Answer, notes: list[str]) -> Iterator[str]:
    said = str(answer.choice or ("unclear" if answer.unclear else "no decision"))
    yield from _quoted(f"  {answer.place} {answer.subject}: {said}", f"“{answer.words}”" if answer.words else "")
    for amendment in answer.amendments:
        authors = ", ".join(filter(None, amendment.authors))
        by = f", by {authors}" if authors else ""
        yield f"      amendment ({amendment.language}{'' if amendment.tracked else ', not tracked'}{by}):"
        yield from (f"        {line}" for line in amendment.difference.split("\n"))
    for comment in answer.comments:
        where = f" at “{comment.at}”" if comment.at else ""
        words = comment.text or "its words did not come back (LibreOffice loses them in RTF: ask for DOCX or ODT)"
        by = f" by {comment.author}" if comment.author else ""
        about = f" ({comment.about})" if comment.about else ""
        yield from _quoted(f"      comment{by}{about}{where}", words)
    yield from (f"      unclear: {one}" for one in answer.unclear)
    yield from (f"      look: {one}" for one in answer.look)
    yield from (f"      {note}" for note in notes)


def _quoted(what: str, words: str) -> Iterator[str]:
    """What a member wrote behind `what` it is, in one line; where it has several, each below, set in: no line of a
    member’s stands where those of this report do."""
    first, *others = words.splitlines() or [""]
    if others:
        yield f"{what}:"
        yield from (f"        | {line}" for line in (first, *others))
    else:
        yield f"{what}: {first}" if first else what
