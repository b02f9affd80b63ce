"""What comes after a release: a corrigendum, or its withdrawal. What was released is never replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import RefusedError
from paraph.model.event import Draft, Event, Fact, ReleaseCorrected, ReleaseWithdrawn, release_key
from paraph.workflow.reasons import said
from paraph.workflow.record.ledger import new_request, opened, settings
from paraph.workflow.releases.remake import released

if TYPE_CHECKING:
    from paraph.register.reader import Reader


def correct(root: Path, reference: str, successor: str, reason: str, at: dt.datetime) -> Event:
    """Record that the release `successor` corrects the release `reference`, or why, where that was recorded with it.

    Raises UsageError where one of them is not there, RefusedError where that cannot be or was said before.
    """

    def decide(reader: Reader) -> Fact:
        released(reader, successor)
        if successor == reference:
            raise RefusedError(f"{reference} cannot correct itself")
        _standing(reader, reference, unsaid=successor)
        return ReleaseCorrected(reference=reference, successor=successor, reason=said(reason))

    return _record(root, reference, decide, at)


def withdraw(root: Path, reference: str, reason: str, at: dt.datetime) -> Event:
    """Record that a release was withdrawn.

    Raises UsageError where it is not there, RefusedError where it was corrected or withdrawn before.
    """

    def decide(reader: Reader) -> Fact:
        _standing(reader, reference)
        return ReleaseWithdrawn(reference=reference, reason=said(reason))

    return _record(root, reference, decide, at)


def _record(root: Path, reference: str, decide: Callable[[Reader], Fact], at: dt.datetime) -> Event:
    with opened(root, settings(root)) as register:
        request = new_request()

        def write(reader: Reader) -> list[Draft]:
            released(reader, reference)
            return [Draft(fact=decide(reader), request=request)]

        return register.append(write, at)[-1]


def correction(reader: Reader, reference: str, successor: str, reason: str) -> tuple[ReleaseCorrected, ...]:
    """The fact that `successor`, now released, corrects the release `reference` that its circulation was about.

    None where `reference` is "" (no corrigendum), or where it no longer stands. `reason` is "" where it is said later.
    """
    try:
        _standing(reader, reference)
    except RefusedError:
        return ()
    return (ReleaseCorrected(reference=reference, successor=successor, reason=reason),) if reference else ()


def _standing(reader: Reader, reference: str, unsaid: str = "") -> None:
    """Raise RefusedError where a release no longer stands: it was corrected or withdrawn.

    A correction by the release `unsaid` does not count as long as its reason is not on record: it is to be said now.
    """
    for event in reader.events((release_key(reference),)):
        match event.fact:
            case ReleaseWithdrawn():
                raise RefusedError(f"{reference} was withdrawn (event {event.number})")
            case ReleaseCorrected(reference=before, successor=successor, reason=reason) if before == reference:
                if successor == unsaid and not reason:
                    continue
                raise RefusedError(
                    f"{reference} was corrected by {successor} (event {event.number})",
                    advice=f"Correct {successor} in turn.",
                )
