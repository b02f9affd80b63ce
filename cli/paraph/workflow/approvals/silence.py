"""What the silence of a member will mean at the close, while a rule of silence asks: docs/approvals.md, 17."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from paraph.model.event import Subject
from paraph.model.rule import RuleKind, read_rule
from paraph.standing.fold import Circulation, History
from paraph.standing.rules import State, amended, count, electorate, took_back_since, unsettled, untold


class Silence(StrEnum):
    """What there is to know of a member that has not decided: its silence is consent, or why it is none.

    `BROKEN`: it would be, but that another member has objected or asked for other words.
    """

    CONSENT = "consent"
    UNTOLD = "untold"
    UNTOLD_YET = "untold-yet"
    AMENDED = "amended"
    UNSETTLED = "unsettled"
    TOOK_BACK = "took-back"
    SPOKE = "spoke"
    BROKEN = "broken"


def silences(
    history: History, asked: Circulation, subject: Subject, at: dt.datetime | None = None
) -> dict[str, Silence]:
    """By member that counts and has not decided on a version, what its silence will mean if nothing more comes.

    With `at`, it is told who can still be given notice in time then. Nothing where the circulation is closed, or has
    another rule.
    """
    rule, members = read_rule(asked.opened.rule), electorate(asked)
    if asked.closed or rule.kind is not RuleKind.SILENCE:
        return {}
    yet = at is not None and at + dt.timedelta(hours=rule.notice) <= asked.opened.deadline
    why = dict.fromkeys(untold(asked, members), Silence.UNTOLD_YET if yet else Silence.UNTOLD)
    why |= dict.fromkeys(took_back_since(history, subject, asked), Silence.TOOK_BACK)
    why |= dict.fromkeys(unsettled(history, subject, members, asked), Silence.UNSETTLED)
    amending, states = amended(history, subject, members, asked), count(history, asked, subject)[1]
    why |= dict.fromkeys(amending, Silence.AMENDED)
    broken = amending or any(one.state is State.OBJECTED for one in states.values())
    consent = Silence.BROKEN if broken else Silence.CONSENT
    return {
        member: consent if one.state is State.TACIT else why.get(member, Silence.SPOKE)
        for member, one in states.items()
        if one.state in (State.TACIT, State.PENDING)
    }
