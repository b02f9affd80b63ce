"""The same words released anew, in the place of a release that stands: what is new of it, and what would be lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from paraph.errors import BrokenError, RefusedError
from paraph.library.release_record import read_statement
from paraph.model.event import Event, Released
from paraph.model.release import leads_to
from paraph.model.rule import Adoption
from paraph.standing.gate import standing_behind
from paraph.workflow.releases.fates import recorded_fates
from paraph.workflow.releases.remake import kept_record

if TYPE_CHECKING:
    from paraph.model.event import Subject
    from paraph.model.release import ReleasedFile, ReleaseRecord, Statement
    from paraph.register.glance import Look
    from paraph.standing.fold import History
    from paraph.workflow.releases.attest import Making
    from paraph.workflow.releases.files import Made


def unlike(history: History, current: Subject | None) -> str:
    """Why there is no release of these very words in whose place a new one could come."""
    for fact in reversed(history.releases.values()):
        if fact.subject == current:
            gone = fact.reference in history.taken_off
            how = f"as {fact.reference}, which was withdrawn" if gone else f"provisionally alone, as {fact.reference}"
            return f"these words were last released {how}"
    return "these words were not released yet"


def otherwise(reader: Look, done: Event, making: Making) -> tuple[str, ...]:
    """Who is listed as signing, which reservations are printed, and who has an edition of its own no longer, where that
    is not as in the release before (22).

    Nothing where its record is not kept.
    """
    assert isinstance(done.fact, Released)
    with suppress(BrokenError):
        statement, _ = kept_record(reader, done.fact)
        gone = dict.fromkeys(one.member for one in _of_who_left(statement, making))
        left = (
            f"the edition of {one} is in {done.fact.reference}; it {_why_none(one, making)}, and has none"
            for one in gone
        )
        return (*_signed(statement.record, making), *_reserved(statement.record, making), *left)
    return ()


def signing_no_longer(reader: Look, making: Making) -> Iterator[str]:
    """Who is listed as signing the release that this one corrects or replaces, with other words, and would not be now:
    nothing where its record is not kept, nor as long as it stays in force beside one that is provisional (22a)."""
    reference = making.corrects or making.replaces
    if making.provisional or reference not in making.history.releases:
        return
    with suppress(BrokenError):
        statement, _ = kept_record(reader, making.history.releases[reference])
        yield from _lost(statement.record, _named(making))


def _of_who_left(before: Statement, making: Making) -> tuple[ReleasedFile, ...]:
    """The files of a release that are editions of members active no longer, or not standing behind its words: those
    are made anew only where they are named."""
    members = {one.member: _why_none(one.member, making) for one in before.files if one.member}
    return tuple(one for one in before.files if members.get(one.member))


def _why_none(member: str, making: Making) -> str:
    """Why a member has no edition of its own in a new one, "" where it has, or could have."""
    if member not in making.active:
        return "is not active"
    if member in (*making.members, *standing_behind(making.history, making.version, (member,))):
        return ""
    return "has not agreed to these words"


def _signed(before: ReleaseRecord, making: Making) -> Iterator[str]:
    named = _named(making)
    yield from (
        f"{one} is listed as signing it, and is not in {before.reference}" for one in named if one not in before.signed
    )
    yield from _lost(before, named)


def _lost(before: ReleaseRecord, named: Collection[str]) -> Iterator[str]:
    for one in before.signed:
        if one not in named:
            yield f"{one} is listed as signing {before.reference}, and would not be now"


def _named(making: Making) -> tuple[str, ...]:
    return (making.printed().signed or ()) if making.version.adoption == Adoption.EACH else ()


def _reserved(before: ReleaseRecord, making: Making) -> Iterator[str]:
    then = {(one.institution, one.clause): dict(one.text) for one in before.reservations}
    now = {(one.institution, one.clause): dict(one.text) for one in making.printed().reservations}
    for one in dict.fromkeys((*now, *then)):
        said = f"the reservation of {one[0]} on {one[1] or making.current.id}"
        if one not in then:
            yield f"{said} is printed, and is not in {before.reference}"
        elif one not in now:
            yield f"{said} is printed in {before.reference}, and would not be now"
        elif then[one] != now[one]:
            yield f"{said} is not printed as in {before.reference}"


def _validated_as_then(reader: Look, fact: Released, files: Made) -> bool:
    """Whether courtesy translations are said to be what they were: that members validated them, the register alone
    knows."""
    with suppress(BrokenError):
        then, now = kept_record(reader, fact)[0].record, read_statement(files.record).record
        return (then.translations, then.languages) == (now.translations, now.languages)
    return True


def refuse_nothing_new(reader: Look, done: Event, making: Making, files: Made, stands: tuple[str, ...]) -> None:
    """Raise RefusedError where a new edition of the same words would say nothing new, or lack what it replaces has.

    `stands` is what `otherwise` tells. In the place of one that leads to nothing in force, nothing need be new.
    """
    fact = done.fact
    assert isinstance(fact, Released)
    gone = set[str]()
    with suppress(BrokenError):
        gone = {one.name for one in _of_who_left(kept_record(reader, fact)[0], making)}
    if lost := sorted(fact.files.keys() - files.digests.keys() - gone):
        raise RefusedError(
            f"a new edition takes the place of {fact.reference}, and would lack {', '.join(lost)}",
            advice="Nothing was released. Release it in all languages, formats and editions that it has.",
        )
    same = fact.files.keys() == files.digests.keys() and fact.sources == making.snap.files
    if (
        same
        and _validated_as_then(reader, fact, files)
        and not stands
        and leads_to(fact.reference, recorded_fates(reader))
    ):
        raise RefusedError(
            f"{fact.subject} was released as {fact.reference} with all that it has now", advice="Nothing was released."
        )
