"""A proposal: what a packet that came back comes to, until a person has said yes to it, or to a part of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from paraph.errors import UsageError
from paraph.model.event import AmendmentProposed, Choice, Decided, EvidenceClass, Receipt, Subject
from paraph.review.returned.answer import Answer, Comment, Outside, Returned, left_out
from paraph.review.returned.reply import Mail

NOTHING = Returned(answers=())
"""What a file says that is not read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What would be recorded of one file that came back, `file`; where that is an e-mail, of its attachment `name`,
    which may be attached under other names, too (`also`).

    `mail` is what the e-mail says around it, `around` the SHA-256 of that e-mail. `returned` holds the answers. `stops`
    says why none of them can be recorded, and `advice` what to do; both are "" where they can. `unrecorded` are the
    versions with an answer that cannot be recorded as it is, such as an unclear one, or with words alone, which may
    decide. With `stops` and some `unrecorded`, the packet's member is known all the same, so that its arrival can be
    recorded. `notes` are (place of the text, remark): that the answer is late, that the text has moved on.
    `standing` is what there is to know of the member, such as that it has left; not `counted`: nobody waits for it.
    `receipt` says how the file came; its evidence is added when it is recorded. `head` is the number of the last event
    on record when it was read: what is proposed holds for that state alone.
    """

    file: str
    name: str = ""
    also: tuple[str, ...] = ()
    mail: Mail | None = None
    around: str = ""
    digest: str = ""
    circulation: str = ""
    member: str = ""
    token: str = ""
    grade: EvidenceClass = EvidenceClass.RECORDED
    returned: Returned = NOTHING
    unrecorded: tuple[Subject, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    standing: tuple[str, ...] = ()
    counted: bool = True
    stops: str = ""
    advice: str = ""
    receipt: Receipt | None = None
    head: int = 0

    @property
    def label(self) -> str:
        """How the file is called."""
        return f"{self.file}: {self.name}" if self.name else self.file

    @property
    def is_clear(self) -> bool:
        """Whether nobody need look at it: all of it may be recorded as it stands."""
        return self.is_clear_but(())

    def is_clear_but(self, left: Container[int]) -> bool:
        """The same of all but the texts that were `left` out, by their places."""
        return not self.stops and not any(self.returned.questions(left))

    @property
    def says_something(self) -> bool:
        """Whether there is anything to record."""
        said = any(one.choice or one.amendments or one.comments for one in self.returned.answers)
        return said or bool(self.unrecorded)


def without(proposal: Proposal, places: Sequence[int]) -> Proposal:
    """`proposal` without the decisions on the texts at `places`: a person has read them, and asks the member first.

    Other words that are asked for stay, but where the text is unclear or to be looked at: these are left out, too.
    """
    known = {answer.place for answer in proposal.returned.answers}
    if strange := sorted(set(places) - known):
        raise UsageError(f"{proposal.label} has no text {strange[0]}", "Texts are numbered as it shows them.")
    answers = tuple(
        left_out(_sure(answer), "left out by whoever read it") if answer.place in places else answer
        for answer in proposal.returned.answers
    )
    left = (answer.subject for answer in answers if answer.place in places)
    return replace(
        proposal,
        returned=replace(
            proposal.returned,
            answers=answers,
            for_all=tuple(one for one in proposal.returned.for_all if one not in places),
        ),
        unrecorded=tuple(dict.fromkeys((*proposal.unrecorded, *left))),
    )


def _sure(answer: Answer) -> Answer:
    return replace(answer, amendments=()) if answer.unclear or answer.look else answer


def comments_only(proposal: Proposal, places: Sequence[int]) -> Proposal:
    """`proposal` with the words on the texts at `places` as comments and no more: a person has read them."""
    settled = {answer.subject for answer in proposal.returned.answers if answer.place in places and answer.may_decide}
    return replace(proposal, unrecorded=tuple(one for one in proposal.unrecorded if one not in settled))


def with_comment(proposal: Proposal, place: int, words: Outside) -> Proposal:
    """`proposal` with words that stand outside its texts as a comment on the one at `place`: a person has read them."""
    comment = Comment(text=words.text, author=words.author)
    answers = tuple(
        replace(one, comments=(*one.comments, comment)) if one.place == place else one
        for one in proposal.returned.answers
    )
    return replace(proposal, returned=replace(proposal.returned, answers=answers))


def came_alone(proposal: Proposal) -> Proposal:
    """`proposal` without any of its answers: recorded are its arrival, and the texts on which it answered something.

    Nor is who answers: what stands for the name may be the very words for which nobody would take the answers.
    """
    answers = proposal.returned.answers
    bare = tuple(Answer(place=one.place, subject=one.subject) for one in answers)
    said = (one.subject for one in answers if one.choice or one.amendments or one.unclear)
    return replace(
        proposal,
        returned=replace(proposal.returned, answers=bare, person="", for_all=()),
        unrecorded=tuple(dict.fromkeys((*proposal.unrecorded, *said))),
    )


def may_answer_all(proposal: Proposal) -> Proposal:
    """`proposal` as an answer to every text that nobody could read, or would take so: what it says at one of them may
    be about the others."""
    every = tuple(answer.subject for answer in proposal.returned.answers)
    return replace(came_alone(proposal), unrecorded=every or proposal.unrecorded)


def facts_of(
    made: Proposal, answer: Answer, receipt: Receipt
) -> Iterator[tuple[Decided | AmendmentProposed, Sequence[str]]]:
    """The facts that one answer is recorded as, the decision, then amendments and comments, each with those whom the
    file names as its authors ("": nobody, of a part); none where the words stand in a field: of who answers."""
    language = made.returned.language

    def decided(choice: Choice, text: str) -> Decided:
        return Decided(
            circulation=made.circulation,
            member=made.member,
            subject=answer.subject,
            choice=choice,
            receipt=receipt,
            text=text,
            language=language if text else "",
        )

    if answer.choice:
        yield decided(answer.choice, answer.words), ()
    for amendment in answer.amendments:
        asked = AmendmentProposed(
            circulation=made.circulation,
            member=made.member,
            subject=answer.subject,
            language=amendment.language,
            text=amendment.came,
            receipt=receipt,
        )
        yield asked, amendment.authors
    for comment in answer.comments:
        text = f"“{comment.at}”: {comment.text}" if comment.at else comment.text
        yield decided(Choice.COMMENT, text), (comment.author,) if comment.author else ()


def as_json(proposals: Sequence[Proposal]) -> str:
    """The proposals as a JSON array; each is made by itself, so that many of them need no more memory than one."""
    import textwrap

    return "[\n" + ",\n".join(textwrap.indent(_as_json(one), "  ") for one in proposals) + "\n]"


def _as_json(proposal: Proposal) -> str:
    import json

    entry = asdict(replace(proposal, receipt=None))
    entry["clear"] = proposal.is_clear
    for answer, written in zip(proposal.returned.answers, entry["returned"]["answers"], strict=True):
        for amendment, shape in zip(answer.amendments, written["amendments"], strict=True):
            shape["difference"] = amendment.difference
    return json.dumps(entry, ensure_ascii=False, indent=2)
