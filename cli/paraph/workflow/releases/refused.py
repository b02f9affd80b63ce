"""What was released provisionally, and the members then did not adopt: docs/approvals.md, 22a."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paraph.model.event import DocumentVersion
from paraph.standing.gate import outcome, turned_down
from paraph.workflow.record.ledger import history_of
from paraph.workflow.releases.fates import recorded_fates
from paraph.workflow.times import today

if TYPE_CHECKING:
    from paraph.model.event import Released
    from paraph.register.glance import Look
    from paraph.standing.fold import Circulation, History


def refused_in(history: History, fact: Released) -> Circulation | None:
    """The circulation in which the members did not adopt what a provisional release has, as long as they are not asked
    again; None: there is none, or the release is not provisional."""
    known = history.versions.get(fact.subject.key, ())
    version = next((one for one in known if one.subject == fact.subject), None)
    if not fact.provisionally or not isinstance(version, DocumentVersion):
        return None
    down = {one.subject for one in turned_down(history, version)}
    subjects = (one for one in (version.subject, *version.clauses) if str(one) in down)
    closed = [one[0] for subject in subjects if (one := outcome(history, subject, version.subject.id))]
    return max(closed, key=lambda one: one.closed_at, default=None)


def still_out(reader: Look, history: History, document: str) -> Iterator[str]:
    """The provisional releases of a document that stand, though the members did not adopt it."""
    found = [one for one in history.releases.values() if one.subject.id == document and refused_in(history, one)]
    fates = recorded_fates(reader) if found else {}
    yield from (one.reference for one in found if fates[one.reference].standing == "in-force")


def refusal(reader: Look, fact: Released) -> str:
    """That the members did not adopt what a provisional release has, in which circulation and when; "" else."""
    found = _refused_in(reader, fact)
    if found is None or found.closed_on is None:
        return ""
    return f"not adopted since: {found.opened.circulation}, closed on {today(found.closed_on, found.opened.zone)}"


def refused_on(reader: Look, fact: Released) -> dt.datetime | None:
    """When the members did not adopt what a provisional release has; None else."""
    found = _refused_in(reader, fact)
    return found.closed_on if found else None


def _refused_in(reader: Look, fact: Released) -> Circulation | None:
    if not fact.provisionally:
        return None
    return refused_in(history_of(reader, (fact.subject.key, *(one.key for one in fact.clauses))), fact)
