"""Several answers of one member, read in one go: of one circulation none is recorded before all were looked at.

A member that sends two files may have put one in the place of the other, or may say in the second what the first leaves
out. Which of them holds, no order of attachments or of names of files tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paraph.model.event import Choice, EvidenceClass, Subject
from paraph.review.returned.answer import Answer
from paraph.workflow.packets.proposal import Proposal


def together(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """`proposals`, each with a question about the others of its member and circulation, or about another e-mail with
    the same file. The same file once more is stopped; and a token speaks for the first only, since recording that uses
    it up."""
    found = list[Proposal]()
    for place, one in enumerate(proposals):
        alike = [
            (at, other)
            for at, other in enumerate(proposals)
            if at != place and one.member and (other.circulation, other.member) == (one.circulation, one.member)
        ]
        same = next((other for at, other in alike if other.digest == one.digest and at < place), None)
        if same and not one.stops:
            stops = f"this very file stands before it, as {same.label}"
            one = replace(one, stops=stops, advice="Leave one of the two out.", unrecorded=())
        others = [other.label for _, other in alike if (other.digest, other.mail) != (one.digest, one.mail)]
        if others and not one.stops:
            used = any(at < place and other.token == one.token for at, other in alike)
            why = f"{one.member} answers {one.circulation} more than once here: also in {', '.join(others)[:200]}"
            look = (f"{why}. Which one holds?", *one.returned.look)
            grade = EvidenceClass.RECORDED if used else one.grade
            one = replace(one, grade=grade, returned=replace(one.returned, look=look))
        if one.member and not one.stops:
            one = _beside(
                one, [other for other in proposals if other.member == one.member and other.digest != one.digest]
            )
        found.append(one)
    return tuple(found)


def _beside(one: Proposal, others: Sequence[Proposal]) -> Proposal:
    """`one` beside the other packets of its member: a text at which one of those says something was not left open, and
    what is ticked at it in both is to be looked at where they do not plainly say the same."""
    answers, notes, unsure = list[Answer](), list[tuple[int, str]](), list[Subject]()
    for answer in one.returned.answers:
        by_all = answer.place in one.returned.for_all
        for other, said in ((other, _said(other, answer.subject)) for other in others) if by_all else ():
            if said is None or not answer.choice:
                continue
            if said.choice and (said.choice, said.words) != (answer.choice, ""):
                notes.append((answer.place, f"not left open: {other.label} says “{said.choice}” on it"))
                answer = replace(answer, choice=None)
            elif said.amendments or said.comments or said.unclear:
                why = (
                    f"{answer.choice} for all texts left open, and {other.label} has something on it: is it meant, too?"
                )
                answer = replace(answer, choice=None, unclear=(why,))
                unsure.append(answer.subject)
        answers.append(_beside_others(answer, others))
    left = tuple(made.place for made in answers if made.choice and made.place in one.returned.for_all)
    return replace(
        one,
        returned=replace(one.returned, answers=tuple(answers), for_all=left),
        notes=(*one.notes, *notes),
        unrecorded=tuple(dict.fromkeys((*one.unrecorded, *unsure))),
    )


def _said(other: Proposal, subject: Subject) -> Answer | None:
    """What another packet has at a text by itself, and not by an answer for all that were left open there."""
    if other.stops:
        why = ("it cannot be read",) if subject in other.unrecorded else ()
        return Answer(place=0, subject=subject, unclear=why)
    found = (one for one in other.returned.answers if one.subject == subject)
    return next((one for one in found if one.place not in other.returned.for_all), None)


def _against_earlier(other: Proposal, subject: Subject) -> str:
    """What another packet says of an earlier version of a text that is no approval, or may be none: what is unclear or
    to be looked at there, be it of the whole file, nobody may take for it, and then it spoke against that; or ""."""
    said = (one for one in other.returned.answers if _is_earlier(one.subject, subject))
    for one in said:
        if one.choice not in (None, Choice.APPROVE) or one.amendments:
            return f"speaks against {one.subject}, an earlier version"
        if one.unclear or one.comments:
            what = "is unclear" if one.unclear else "has words"
            return f"{what} on {one.subject}, an earlier version, and may speak against that"
        if _is_in_doubt(other) or one.look or one.place in other.returned.for_all:
            return f"says what is to be looked at first, and may speak against {one.subject}, an earlier version"
    unread = (one for one in other.unrecorded if other.stops and _is_earlier(one, subject))
    return next((f"may speak against {one}, an earlier version" for one in unread), "")


def _is_earlier(one: Subject, subject: Subject) -> bool:
    return one.key == subject.key and one.version < subject.version


def _is_in_doubt(other: Proposal) -> bool:
    """Whether something about a file as a whole, which may be about any text in it, has to be looked at."""
    return bool(other.returned.unclear or other.returned.look or other.returned.outside)


def _beside_others(answer: Answer, others: Sequence[Proposal]) -> Answer:
    """`answer`, to be looked at where another packet does not plainly say the same on that version, or nothing: what is
    unclear there, or to be looked at, may be about it, and is settled by what is recorded after."""
    if not (answer.choice or answer.amendments):
        return answer
    asked, own = [], (answer.choice, answer.words, answer.amendments)
    for other in others:
        if answer.choice is not Choice.OBJECT and (why := _against_earlier(other, answer.subject)):
            asked.append(f"{other.label} {why}: which one holds?")
        said = next((found for found in other.returned.answers if found.subject == answer.subject), None)
        unread = other.stops and answer.subject in other.unrecorded
        if unread or (said and (_is_in_doubt(other) or said.unclear or said.look or said.comments)):
            asked.append(f"{other.label} says what is to be looked at first: which one holds?")
        elif said and (said.choice or said.amendments) and (said.choice, said.words, said.amendments) != own:
            asked.append(f"{other.label} says “{said.choice or 'other words'}” on it: which one holds?")
    return replace(answer, look=(*answer.look, *asked))
