"""What was released in the name of a member that says something else now: docs/approvals.md, 21 and 22."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from paraph.errors import BrokenError
from paraph.model.event import RELEASES, DocumentVersion, Released, Subject
from paraph.standing.gate import unmet
from paraph.standing.rules import FOR, position
from paraph.workflow.record.ledger import history_of
from paraph.workflow.releases.fates import recorded_fates

if TYPE_CHECKING:
    from paraph.model.release import Statement
    from paraph.register.reader import Reader


def released_with(reader: Reader, subject: Subject, member: str) -> Iterator[str]:
    """Of each release in force that has this version in it, what it prints of the member, and what can be done."""
    facts = [event.fact for event in reader.events((RELEASES,))]
    with_it = [one for one in facts if isinstance(one, Released) and subject in (one.subject, *one.clauses)]
    fates = recorded_fates(reader) if with_it else {}
    for fact in with_it:
        if fates[fact.reference].standing != "in-force":
            continue
        statement = _statement(reader, fact)
        named = tuple(_named(statement, member)) if statement else ()
        prints = f", which still {' and '.join(named)}" if named else ""
        ways = (*_anew(reader, fact, member, statement), f"“paraph withdraw {fact.reference}”")
        yield f"released as {fact.reference}{prints}: to say otherwise, {' or '.join(ways)}"


def _statement(reader: Reader, fact: Released) -> Statement | None:
    """What a release says of itself; None where its record is not kept."""
    from paraph.workflow.releases.remake import kept_record

    with suppress(BrokenError):
        return kept_record(reader, fact)[0]
    return None


def _anew(reader: Reader, fact: Released, member: str, statement: Statement | None) -> Iterator[str]:
    """The commands that make a new edition of the same words, which says who stands behind them now: at once, where
    they are adopted still and the member would be listed no more; else once they were put to the members again."""
    history = history_of(reader, (fact.subject.key, *(one.key for one in fact.clauses)))
    version = next(one for one in history.versions[fact.subject.key] if one.subject == fact.subject)
    assert isinstance(version, DocumentVersion)
    listed = statement is not None and member in statement.record.signed
    goes = listed and position(history, fact.subject, member).state not in FOR
    release = f"paraph release {fact.subject.id} --reissue"
    ask = f"“paraph circulate {fact.subject.id} --until … --whole --corrects {fact.reference}”"
    met = not unmet(history, version)
    if goes and (met or fact.provisionally):
        yield f"a new edition (“{release}{'' if met else ' --provisional …'}”)"
    elif not fact.provisionally:
        yield f"a new edition ({ask}, and after its close “{release}”)"


def _named(statement: Statement, member: str) -> Iterator[str]:
    """How a release names a member."""
    if member in statement.record.signed:
        yield f"lists {member} as signing it"
    if any(one.member == member for one in statement.files):
        yield "has an edition of its own"
