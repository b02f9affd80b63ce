"""What was released in the name of a member that says something else now: docs/approvals.md, 21 and 22."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from paraph.errors import BrokenError
from paraph.model.event import RELEASES, Released, Subject
from paraph.workflow.releases.fates import recorded_fates

if TYPE_CHECKING:
    from paraph.register.reader import Reader


def released_with(reader: Reader, subject: Subject, member: str) -> Iterator[str]:
    """Of each release in force that has this version in it, what it prints of the member, and what can be done."""
    facts = [event.fact for event in reader.events((RELEASES,))]
    with_it = [one for one in facts if isinstance(one, Released) and subject in (one.subject, *one.clauses)]
    fates = recorded_fates(reader) if with_it else {}
    for fact in with_it:
        if fates[fact.reference].standing != "in-force":
            continue
        named = _named(reader, fact, member)
        prints = f", which still {' and '.join(named)}" if named else ""
        yield (
            f"released as {fact.reference}{prints}: to say otherwise, a corrigendum (“paraph circulate "
            f"{fact.subject.id} --until … --whole --corrects {fact.reference}”) or “paraph withdraw {fact.reference}”"
        )


def _named(reader: Reader, fact: Released, member: str) -> list[str]:
    """How a release names a member; nothing where it does not, or where its record is not kept."""
    from paraph.workflow.releases.remake import kept_record

    found = []
    with suppress(BrokenError):
        statement, _ = kept_record(reader, fact)
        if member in statement.record.signed:
            found.append(f"lists {member} as signing it")
        if any(one.member == member for one in statement.files):
            found.append("has an edition of its own")
    return found
