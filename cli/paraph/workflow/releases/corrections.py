"""What comes after a release: a corrigendum, or its withdrawal. What was released is never replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import NoRegisterError, RefusedError, UsageError
from paraph.model.event import Draft, Event, ReleaseCorrected, Released, ReleaseWithdrawn, Subject, release_key
from paraph.model.language import Texts
from paraph.model.release import leads_to
from paraph.workflow.reasons import said
from paraph.workflow.record.ledger import looked, new_request, opened, settings
from paraph.workflow.releases.announce import Announced, Announcement, Finished, announce, finish, unwritten
from paraph.workflow.releases.fates import followed_by, recorded_fates
from paraph.workflow.releases.remake import released
from paraph.workflow.releases.shelf import refuse_strangers

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.workflow.releases.attest import Making


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What was recorded, and the files of its notice; `others` are those of the notices that were issued with it, by
    release. `elsewhere` are the releases whose folder is not here, where it would lie. `problem` is why there are none,
    and `due` of which releases: what was recorded stands."""

    event: Event
    notice: tuple[Path, ...] = ()
    others: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    problem: str = ""
    due: tuple[str, ...] = ()


def correct(root: Path, reference: str, successor: str, reasons: Texts, at: dt.datetime) -> Told:
    """Record that the release `successor` corrects the release `reference`, or why, where that was recorded with it.

    `reasons` per language, "" where it is in no particular one. Raises UsageError where one of them is not there, or
    not issued in such a language, RefusedError where that cannot be or was said before.
    """

    def decide(reader: Reader) -> Announcement:
        _refuse_who_leads_nowhere(reader, released(reader, reference), released(reader, successor))
        _refuse_corrected(reader, reference, unsaid=successor)
        one, each = told(reader, reference, reasons)
        return ReleaseCorrected(reference=reference, successor=successor, reason=one, reasons=each)

    return _record(root, decide, at)


def withdraw(root: Path, reference: str, reasons: Texts, at: dt.datetime) -> Told:
    """Record that a release was withdrawn, and why: `reasons` as in `correct`.

    Raises UsageError where it is not there, RefusedError where it was corrected or withdrawn before.
    """

    def decide(reader: Reader) -> Announcement:
        released(reader, reference)
        _refuse_withdrawn(reader, reference)
        _refuse_corrected(reader, reference)
        one, each = told(reader, reference, reasons)
        return ReleaseWithdrawn(reference=reference, reason=one, reasons=each)

    return _record(root, decide, at)


def _record(root: Path, decide: Callable[[Reader], Announcement], at: dt.datetime) -> Told:
    with opened(root, settings(root)) as register:
        with register.reading() as reader:
            refuse_strangers(root, reader)
            made = announce(root, reader, [decide(reader)], at)
        made.keep(register)
        request = new_request()

        def write(reader: Reader) -> list[Draft]:
            said = [decide(reader)]
            return [Draft(fact=fact, request=request) for fact in made.confirm(reader, said, said)]

        return noticed(root, made, register.append(write, at)[-1])


def noticed(root: Path, made: Announced, event: Event) -> Told:
    """What was recorded, with its notice in its place. Whatever hinders that: the record stands, and so does the notice
    that is on record with it."""
    try:
        written = made.write(root)
        elsewhere = tuple(one for one, files in made.files.items() if files and one not in written)
        said = made.said[-1]
        notice = () if isinstance(said, Released) else written.pop(said.reference, ())
        return Told(
            event=event,
            notice=notice,
            others=written,
            elsewhere=elsewhere,
            problem=made.problem,
            due=tuple(made.told),
        )
    except OSError as error:
        return Told(event=event, problem=str(error), due=tuple(made.told))


def finished(root: Path) -> Finished:
    """What a run that was cut off left to be written (`unwritten`), written. Nothing where there is no register."""
    with suppress(NoRegisterError), looked(root, settings(root)) as reader:
        return finish(root, reader, unwritten(root, fates := recorded_fates(reader)), fates)
    return Finished()


def told(reader: Reader, reference: str, reasons: Texts) -> tuple[str, Texts]:
    """Reasons as they go on record: one for whoever reads no particular language, and those per language.

    Raises UsageError for a language in which `reference` is not issued.
    """
    each = {code: said(words) for code, words in reasons.items()}
    fact = released(reader, reference).fact
    issued = {part for name in fact.files for part in name.split(".")[1:-1]} if isinstance(fact, Released) else set()
    if strangers := [code for code in each if code and code not in issued]:
        raise UsageError(
            f"{reference} is not issued in “{strangers[0]}”", "Give the reason in its languages: --reason fr=…"
        )
    return each.get("") or next(iter(each.values())), {code: words for code, words in each.items() if code}


def correction(reader: Reader, making: Making, reasons: Texts) -> ReleaseCorrected | None:
    """The fact that what is released now corrects the release that its circulation was about.

    None where that was about none (no corrigendum), or about one that another corrects already. `reasons` are none
    where they are said later, or were said of an earlier release of the very same words that corrected it and was
    withdrawn: what was wrong is what it was. Raises RefusedError where there are some, and nothing to say them of.
    """
    reference, successor, subject = making.corrects, making.reference, making.current
    if not reference:
        return None
    try:
        _refuse_corrected(reader, reference)
    except RefusedError as error:
        if reasons:
            raise RefusedError(error.message, advice="Nothing was released. Leave --reason out.") from error
        return None
    one, each = told(reader, reference, reasons) if reasons else _said_before(reader, reference, subject)
    return ReleaseCorrected(reference=reference, successor=successor, reason=one, reasons=each)


def _said_before(reader: Reader, reference: str, subject: Subject) -> tuple[str, Texts]:
    """The last reasons why a release was corrected by one of the very words of `subject`; none where nobody said."""
    found: tuple[str, Texts] = ("", {})
    for event in reader.events((release_key(reference),)):
        fact = event.fact
        if isinstance(fact, ReleaseCorrected) and fact.reference == reference and fact.reason:
            by = released(reader, fact.successor).fact
            if isinstance(by, Released) and by.subject == subject:
                found = (fact.reason, fact.reasons)
    return found


def _refuse_who_leads_nowhere(reader: Reader, release: Event, successor: Event) -> None:
    """Raise RefusedError where nobody can be sent from `release` to `successor`: it is no later one that is in force.

    One that was followed by another in turn is fine where it is on record as what corrects it: what was wrong is said.
    """
    of, by = release.fact, successor.fact
    assert isinstance(of, Released)
    assert isinstance(by, Released)
    if of.reference == by.reference:
        raise RefusedError(f"{of.reference} cannot correct itself")
    if by.provisionally:
        raise RefusedError(
            f"{by.reference} is provisional, and {of.reference} stays in force until other words are adopted",
            advice="Once they have, release it; that release corrects it.",
        )
    fates = recorded_fates(reader)
    ask = f"“paraph circulate {of.subject.id} --until … --corrects {of.reference}”"
    anew = (
        f"Mended words are put to the members ({ask}); where nobody stands behind it, “paraph withdraw {of.reference}”."
    )
    if fates[by.reference].withdrawn:
        raise RefusedError(f"{by.reference} was withdrawn: nobody is sent there to read", advice=anew)
    if successor.number < release.number:
        raise RefusedError(
            f"{by.reference} was released before {of.reference}: it cannot be what corrects it", advice=anew
        )
    if fates[by.reference].successor and fates[of.reference].corrected != by.reference:
        last = leads_to(by.reference, fates)
        advice = f"“paraph correct {of.reference} --by {last}” sends readers to what is in force." if last else anew
        if last == of.reference:
            advice = f"It leads to {of.reference}, which is in force."
        raise RefusedError(f"{by.reference} was {followed_by(by.reference, fates)}", advice=advice)


def _refuse_withdrawn(reader: Reader, reference: str) -> None:
    for event in reader.events((release_key(reference),)):
        if isinstance(event.fact, ReleaseWithdrawn) and event.fact.reference == reference:
            raise RefusedError(f"{reference} was withdrawn (event {event.number})")


def _refuse_corrected(reader: Reader, reference: str, unsaid: str = "") -> None:
    """Raise RefusedError where a release was corrected, be it withdrawn or not.

    A correction by the release `unsaid` does not count as long as its reason is not on record: it is to be said now.
    Nor does one by a release that was withdrawn, or that leads back: another one can correct it; nor one that its
    record alone tells of (`fates`).
    """
    fate = recorded_fates(reader)[reference]
    if not fate.corrected or fate.replaced or fate.gone or (fate.corrected == unsaid and not fate.reason):
        return
    numbers = [
        event.number
        for event in reader.events((release_key(reference),))
        if isinstance(event.fact, ReleaseCorrected) and event.fact.reference == reference
    ]
    if numbers:
        raise RefusedError(
            f"{reference} was corrected by {fate.corrected} (event {numbers[-1]})",
            advice=f"Correct {fate.corrected} in turn.",
        )
