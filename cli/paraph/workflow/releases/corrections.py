"""What comes after a release: a corrigendum, or its withdrawal. What was released is never replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import RefusedError, UsageError
from paraph.model.event import Draft, Event, ReleaseCorrected, Released, ReleaseWithdrawn, release_key
from paraph.model.language import Texts
from paraph.workflow.reasons import said
from paraph.workflow.record.ledger import new_request, opened, settings
from paraph.workflow.releases.announce import Announced, Announcement, announce
from paraph.workflow.releases.remake import released

if TYPE_CHECKING:
    from paraph.register.reader import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What was recorded, and the files of its notice; `problem` is why there are none: what was recorded stands."""

    event: Event
    notice: tuple[Path, ...] = ()
    problem: str = ""


def correct(root: Path, reference: str, successor: str, reasons: Texts, at: dt.datetime) -> Told:
    """Record that the release `successor` corrects the release `reference`, or why, where that was recorded with it.

    `reasons` per language, "" where it is in no particular one. Raises UsageError where one of them is not there, or
    not issued in such a language, RefusedError where that cannot be or was said before.
    """

    def decide(reader: Reader) -> Announcement:
        released(reader, reference)
        by = released(reader, successor).fact
        if successor == reference:
            raise RefusedError(f"{reference} cannot correct itself")
        if isinstance(by, Released) and by.provisionally:
            raise RefusedError(
                f"{successor} is provisional, and {reference} stays in force until other words are adopted",
                advice="Once they have, release it; that release corrects it.",
            )
        _standing(reader, reference, unsaid=successor)
        one, each = told(reader, reference, reasons)
        return ReleaseCorrected(reference=reference, successor=successor, reason=one, reasons=each)

    return _record(root, decide, at)


def withdraw(root: Path, reference: str, reasons: Texts, at: dt.datetime) -> Told:
    """Record that a release was withdrawn, and why: `reasons` as in `correct`.

    Raises UsageError where it is not there, RefusedError where it was corrected or withdrawn before (`_standing`).
    """

    def decide(reader: Reader) -> Announcement:
        released(reader, reference)
        _standing(reader, reference)
        one, each = told(reader, reference, reasons)
        return ReleaseWithdrawn(reference=reference, reason=one, reasons=each)

    return _record(root, decide, at)


def _record(root: Path, decide: Callable[[Reader], Announcement], at: dt.datetime) -> Told:
    with opened(root, settings(root)) as register:
        with register.reading() as reader:
            made = announce(root, reader, decide(reader), at)
        made.keep(register)
        request = new_request()

        def write(reader: Reader) -> list[Draft]:
            return [Draft(fact=made.confirm(reader, decide(reader)), request=request)]

        return noticed(root, made, register.append(write, at)[-1])


def noticed(root: Path, made: Announced, event: Event) -> Told:
    """What was recorded, with its notice in its place. Whatever hinders that: the record stands, and so does the notice
    that is on record with it."""
    try:
        return Told(event=event, notice=made.write(root), problem=made.problem)
    except OSError as error:
        return Told(event=event, problem=str(error))


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


def correction(reader: Reader, reference: str, successor: str, reasons: Texts) -> ReleaseCorrected | None:
    """The fact that `successor`, now released, corrects the release `reference` that its circulation was about.

    None where `reference` is "" (no corrigendum), or where it no longer stands. `reasons` are none where they are said
    later. Raises RefusedError where there are some, and nothing that stands to say them of.
    """
    if not reference:
        return None
    try:
        _standing(reader, reference)
    except RefusedError as error:
        if reasons:
            raise RefusedError(error.message, advice="Nothing was released. Leave --reason out.") from error
        return None
    one, each = told(reader, reference, reasons) if reasons else ("", {})
    return ReleaseCorrected(reference=reference, successor=successor, reason=one, reasons=each)


def _standing(reader: Reader, reference: str, unsaid: str = "") -> None:
    """Raise RefusedError where a release no longer stands: it was corrected or withdrawn.

    A correction by the release `unsaid` does not count as long as its reason is not on record: it is to be said now.
    Nor does one by a release that was withdrawn: another one can correct it.
    """
    for event in reader.events((release_key(reference),)):
        match event.fact:
            case ReleaseWithdrawn():
                raise RefusedError(f"{reference} was withdrawn (event {event.number})")
            case ReleaseCorrected(reference=before, successor=successor, reason=reason) if before == reference:
                if (successor == unsaid and not reason) or _withdrawn(reader, successor):
                    continue
                raise RefusedError(
                    f"{reference} was corrected by {successor} (event {event.number})",
                    advice=f"Correct {successor} in turn.",
                )


def _withdrawn(reader: Reader, reference: str) -> bool:
    return any(isinstance(event.fact, ReleaseWithdrawn) for event in reader.events((release_key(reference),)))
