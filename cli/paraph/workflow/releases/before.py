"""All that is asked of a release before its files are made: docs/approvals.md, 8a, 21 and 22.

`paraph release` goes through it, and `paraph status` says what it would stop at: none is promised that would not come
about.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paraph.errors import FindingsError, ParaphError, RefusedError, UsageError
from paraph.model.event import RELEASES, DocumentVersion, Event, Head, Released, Subject
from paraph.model.finding import Finding, Severity, errors
from paraph.model.language import Texts
from paraph.standing.fold import Circulation, History
from paraph.standing.gate import asked_in, parted, ready, standing_behind, turned_down
from paraph.standing.rules import Cause
from paraph.standing.versions import current_document, last_version
from paraph.workflow.approvals.causes import explained, in_words
from paraph.workflow.building.editions import ALL, has_editions, left_out, members_of, released_for
from paraph.workflow.reasons import said
from paraph.workflow.record.ledger import roll
from paraph.workflow.record.membership import Change, doubtful, note
from paraph.workflow.record.versions import Snapshot
from paraph.workflow.releases.as_released import already
from paraph.workflow.releases.attest import Making
from paraph.workflow.releases.files import found_in
from paraph.workflow.releases.reissue import unlike
from paraph.workflow.releases.shelf import alike, folder_of
from paraph.workflow.releases.unseen import Unseen, in_no_name, unseen
from paraph.workflow.times import today

if TYPE_CHECKING:
    from paraph.register.glance import Look

_BRACKETS = "bracket-open"
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,80}")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseRequest:
    """What the secretariat asks for beside the document: the reference ("": that of its file, or the next number), the
    formats (none: all), the members whose own editions are released beside that of all (none: those of `released_for`
    that stand behind it), that
    somebody has looked at what is `unseen`, that the same words are released anew in the place of a release that
    stands, why it is released before its rule is met, per language ("": in no particular one), and what was wrong with
    the release that it corrects, in the same way (none: said later, by `correct`)."""

    reference: str = ""
    formats: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    confirmed: bool = False
    reissue: bool = False
    provisional: Texts = field(default_factory=dict)
    corrected: Texts = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A release that is asked for, and the record on which it is judged.

    `history` has what was `noted` of the members first, `last` is the head before; `current` is the version that the
    files have, `asked_in` the circulation that decides it; `done` the release of the same words that stands; `causes`
    is why its rule is not met; `nameless` those that nobody named, and that do not stand behind an edition of
    their own.
    """

    snap: Snapshot
    asked: ReleaseRequest
    at: dt.datetime
    history: History
    last: Head
    noted: tuple[Change, ...]
    current: Subject | None
    asked_in: Circulation | None
    done: Event | None
    causes: tuple[str, ...]
    members: tuple[str, ...]
    nameless: tuple[Cause, ...]
    reasons: Texts

    def judged(self, reader: Look) -> tuple[Making, Unseen, tuple[Finding, ...]]:
        """All that decides its files, what is to be looked at first, and what a build would warn of.

        Raises RefusedError with every cause that stands in the way, FindingsError where square brackets do, or what
        stops a build in any language or member's edition, UsageError for a reference that is none or taken, and where
        there is nothing to make a new edition of.
        """
        snap, history = self.snap, self.history
        if self.asked.reissue and not self.done:
            raise UsageError(unlike(history, self.current), "Release them: leave --reissue out.")
        active = roll(snap.library, today(self.at, snap.library.workspace.time_zone)).active
        _judge(snap, history, self.causes, self.reasons)
        _refuse_brackets(snap)
        _refuse_who_objects(snap, history, active)
        making = Making(
            snap=snap,
            history=history,
            active=active,
            reference=_reference(reader, snap, self.asked.reference, self.at),
            at=self.at,
            formats=self.asked.formats,
            members=self.members,
            provisional=self.reasons,
        )
        _refuse_silence_about_reservations(making)
        found = self._found(making)
        return making, unseen(reader, making, self.done, doubtful(reader, self.noted)), found

    def _found(self, making: Making) -> tuple[Finding, ...]:
        """What a build of all that is to be released would tell. Raises FindingsError where it would stop."""
        library, manifest = self.snap.library, self.snap.manifest
        every = not self.asked.members and has_editions(library, manifest)
        lacking = left_out(library, manifest, (ALL,) if every else self.asked.members)
        found = tuple(sorted({*self.snap.findings, *found_in(making), *lacking}))
        if errors(found):
            raise FindingsError(errors(found))
        return found


def begun(reader: Look, snap: Snapshot, history: History, asked: ReleaseRequest, at: dt.datetime) -> Begun:
    """A release of a document, as far as it is known before it is judged; `history` takes in what is to be noted of the
    members.

    Raises UsageError for a reason or an edition that cannot be, RefusedError where a member on record is in no file.
    """
    document, manifest = snap.manifest.id, snap.manifest
    reasons = {code: said(words, "--provisional") for code, words in asked.provisional.items()}
    if strangers := [code for code in reasons if code and code not in manifest.languages]:
        known = ", ".join(manifest.languages)
        raise UsageError(f"{document} is not issued in “{strangers[0]}”", f"Its languages are {known}.")
    members = members_of(snap.library, manifest, asked.members) if asked.members else ()
    last = history.last
    noted = note(reader, snap.library, history, at, confirmed=True)  # what is doubtful is told with the rest
    current = current_document(history, snap.now)
    where = asked_in(history, current) if current else None
    causes = tuple(map(in_words, explained(history, ready(history, snap.now), where)))
    nameless: tuple[Cause, ...] = ()
    if current and not asked.members:
        could = released_for(snap.library, manifest, today(at, snap.library.workspace.time_zone))
        version = last_version(history, current.key)
        assert isinstance(version, DocumentVersion)
        members = standing_behind(history, version, could)
        nameless = tuple(in_no_name(history, version, could, "nameless"))
    return Begun(
        snap=snap,
        asked=asked,
        at=at,
        history=history,
        last=last,
        noted=noted,
        current=current,
        asked_in=where,
        done=already(reader, history, snap, provisional=bool(reasons and causes)),
        causes=causes,
        members=members,
        nameless=nameless,
        reasons=reasons,
    )


def would_ask(
    reader: Look, snap: Snapshot, history: History, at: dt.datetime, *, reissue: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of a document whose rule is met: the lines over which its release would be refused, and those that it would ask
    somebody to look at, and --confirm. `history` as in `begun`."""
    try:
        _, look, _ = begun(reader, snap, history, ReleaseRequest(reissue=reissue), at).judged(reader)
    except FindingsError as error:
        return tuple(f"{one.file}:{one.line}: {one.message}" for one in error.findings), ()
    except RefusedError as error:
        return error.causes or (error.message,), ()
    except ParaphError as error:
        return (error.message,), ()
    return (), look.lines


def _judge(snap: Snapshot, history: History, causes: Sequence[str], reasons: Mapping[str, str]) -> None:
    """Raise RefusedError where standing does not allow it; provisionally, where the words were not put to anybody."""
    document, current = snap.manifest.id, current_document(history, snap.now)
    version = last_version(history, current.key) if current else None
    down = turned_down(history, version) if isinstance(version, DocumentVersion) else ()
    if not reasons:
        if causes:
            advice = "“paraph status” shows who stands where."
            if current and not down:
                advice += " Until its rule is met, only --provisional REASON."
            raise RefusedError(f"{document} is not ready for release", causes, advice)
        return
    if not causes:
        raise RefusedError(
            f"{document} is adopted: nothing about it is provisional", advice="Release it without --provisional."
        )
    if current is None:
        advice = "“paraph circulate” puts these words to the members; then they can be released provisionally."
        raise RefusedError(f"the words of {document} are on record in no version", causes, advice)
    if down:
        advice = "“paraph circulate” puts it to them again; until they have answered, it can be released provisionally."
        raise RefusedError(
            f"{document} was put to the members, and they did not adopt it",
            tuple(map(in_words, explained(history, down, asked_in(history, current)))),
            advice,
        )


def _refuse_brackets(snap: Snapshot) -> None:
    """Raise FindingsError where square brackets still stand, as alternatives do in a negotiation."""
    from paraph.checks.drafting import brackets
    from paraph.checks.scan import Scan
    from paraph.checks.waivers import waived

    found = waived(snap.library, sorted(set(brackets(Scan(snap.library)))), frozenset((_BRACKETS,)))
    open_ = [one for one in found if one.rule == _BRACKETS and one.severity is not Severity.NOTE]
    if open_:
        raise FindingsError(tuple(replace(one, severity=Severity.ERROR) for one in open_))


def _refuse_who_objects(snap: Snapshot, history: History, active: Sequence[str]) -> None:
    """Raise RefusedError where a member would be listed under a clause to which it objects (22)."""
    if causes := parted(history, snap.now, active):
        raise RefusedError(
            f"on {snap.manifest.id}, members say two things",
            tuple(map(in_words, causes)),
            "Record what they answer: “paraph decide CLAUSE --reserve” (and --accept-late), or --withdraw of either.",
        )


def _refuse_silence_about_reservations(making: Making) -> None:
    """A form that has no place for reservations would publish a member's approval without its conditions (22)."""
    snap, found = making.snap, making.printed()
    form = snap.library.forms[snap.manifest.form]
    if found.reservations and not any(part.kind == "reservations" for part in form.parts):
        raise RefusedError(
            f"the form {form.id} has no place for the reservations on {snap.manifest.id}",
            tuple(f"{one.institution} reserves on {one.clause or snap.manifest.id}" for one in found.reservations),
            f"Add “reservations” to the parts in {form.source.file}, and put the document to the members again.",
        )


def _reference(reader: Look, snap: Snapshot, asked: str, at: dt.datetime) -> str:
    """The reference asked for, that of the document's file, or the next number of the year."""
    taken = {event.fact.reference for event in reader.events((RELEASES,)) if isinstance(event.fact, Released)}
    if name := (asked or snap.manifest.reference):
        from paraph.publish.addresses import own

        if not _PLAIN.fullmatch(name):
            raise UsageError(
                f"“{name}” is no reference", "Use letters, digits, spaces and . _ / - only, beginning with one of them."
            )
        if own(folder_of(name)):
            raise UsageError(
                f"the site has a page “{folder_of(name)}”", "Its text would stand at that: choose another."
            )
        if name in taken:
            raise UsageError(f"the reference {name} is taken", "“paraph register log” shows by what; choose another.")
        if near := next((one for one in sorted(taken) if alike(one) == alike(name)), ""):
            raise UsageError(
                f"the reference {name} is too like {near}, which is taken",
                "They differ in punctuation, or in large letters, alone: choose another.",
            )
        return name
    year = today(at, snap.library.workspace.time_zone).year
    before = "-".join([*(network.upper() for network in snap.manifest.networks), str(year)])
    numbers = (f"{before}-{number:02}" for number in range(1, len(taken) + 2))
    known = {alike(one) for one in taken}
    return next(name for name in numbers if alike(name) not in known)
