"""What came with a packet, in the e-mail around it or in its name, and what a file that is on record says once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.model.event import PacketReturned, Subject
from paraph.review.returned.pair import short
from paraph.workflow.packets.proposal import Proposal

if TYPE_CHECKING:
    from paraph.review.returned.own_words import OwnWords


def beside(made: Proposal, own: OwnWords) -> Iterator[str]:
    """Questions about what came with the packet: the name of its file, and the words, subjects and other files of the
    e-mail. Whatever is not the packet’s own, a person looks at: no list of words tells a refusal from a greeting."""
    mail = made.mail
    if mail and mail.text:
        yield f"the e-mail says: “{short(mail.text)}”. Is it a decision, or a condition?"
    for one in mail.heads if mail else ():
        if not own.is_subject(one.subject):
            yield f"the subject of the e-mail says: “{short(one.subject)}”. Is it a decision, or a condition?"
        if one.name and not own.is_subject(one.name.removesuffix(".eml")):
            yield f"the e-mail attached is called “{short(one.name)}”. Is it a decision, or a condition?"
    for called in (made.name or Path(made.file).name, *made.also):
        if not own.is_file(called):
            yield f"the file is called “{short(called)}”. Is it a decision, or a condition?"
    if mail and mail.others:
        yield f"with it came what is not read: {short(', '.join(mail.others))}. Is it a decision, or a condition?"


def once_more(
    made: Proposal, known: Sequence[PacketReturned], beside: Sequence[str], subjects: Sequence[Subject]
) -> Proposal:
    """The proposal of a file that was recorded already, as the facts `known` say. What comes `beside` it in another
    e-mail may take back what it says, or answer what it leaves open: no silence (16a)."""
    if not (beside and made.around) or any(made.around in one.receipt.evidence for one in known):
        advice = " ".join(("There is nothing more to record.", *beside))
        return replace(made, stops="this very file was recorded already", advice=advice)
    return replace(
        made,
        unrecorded=tuple(subjects),
        stops="this very file was recorded already; what comes with it now was not",
        advice=f"{' '.join(beside)} A decision is recorded with “paraph decide … --evidence FILE”.",
    )
