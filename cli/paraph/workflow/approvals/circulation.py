"""Putting a document and its clauses to the members: docs/approvals.md, 5 and 6."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.assembly import assemble
from paraph.errors import FindingsError, RefusedError, UsageError
from paraph.library.written.suggest import did_you_mean
from paraph.model.document import Record
from paraph.model.event import (
    CIRCULATIONS,
    CirculationOpened,
    ClauseVersion,
    DocumentVersion,
    Draft,
    Subject,
)
from paraph.model.finding import errors
from paraph.model.rule import HOW_TO_WRITE_A_RULE, Rule, RuleKind, read_rule
from paraph.standing.fold import History
from paraph.standing.gate import agreed, open_circulations, outcome, unmet
from paraph.standing.rules import State, amended, decided, positions
from paraph.workflow.approvals.unheard import late_objections
from paraph.workflow.record.ledger import Roll, history_of, new_request, opened, roll
from paraph.workflow.record.membership import in_words, note
from paraph.workflow.record.traces import begins
from paraph.workflow.record.versions import Snapshot, new_versions, snapshot, sources
from paraph.workflow.releases.shelf import refuse_strangers
from paraph.workflow.times import instant, shown, today, zone_data

if TYPE_CHECKING:
    from paraph.register.reader import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Put:
    """A circulation as it was opened: what each member is asked to decide on, and the subjects nobody has seen before.

    `already` are the clauses left out because they are agreed wording, and `without` the members that those were agreed
    without: they objected, or have not decided, and are not asked now; `amended` those whose amendment of a subject
    stands, under a rule of silence; `beside` the circulations of the document that are still open, and ask about other
    words; `members` what was noted of the members first. `begins`: the register begins with it.
    """

    fact: CirculationOpened
    asked: Mapping[str, tuple[Subject, ...]]
    new: tuple[Subject, ...]
    already: tuple[Subject, ...]
    without: Mapping[Subject, tuple[str, ...]]
    amended: Mapping[Subject, tuple[str, ...]]
    beside: tuple[str, ...]
    deadline: str
    begins: bool = False
    members: tuple[str, ...] = ()

    @property
    def agreed_without(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """The clauses left out that were agreed without the same members, with these."""
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}
        for subject, members in self.without.items():
            alike[members] = (*alike.get(members, ()), str(subject))
        return tuple((subjects, members) for members, subjects in alike.items())


def circulate(
    root: Path,
    document: str,
    *,
    until: str,
    rule: str,
    at: dt.datetime,
    corrects: str = "",
    whole: bool = False,
    anew: bool = False,
    confirmed: bool = False,
) -> Put:
    """Open a circulation of `document` until the local time `until`, under `rule` ("": that of the document).

    `whole` asks about every clause, agreed wording included; `anew` begins a register even where there seems to have
    been one. Raises FindingsError where the document is not right, UsageError for a rule or a time that is none,
    RefusedError where there is nothing to ask, somebody is being asked, or the register is not where it was; also,
    unless that is `confirmed`, where members are not what they are on record (8a), or words are those of before (3).
    """
    snap = snapshot(root, document, at=at)
    if not snap.now.lines:  # its title, its order and its values would be approved by nobody
        authentic = " or ".join(snap.library.workspace.authentic)
        advice = f"Add {authentic} to languages in its file."
        raise RefusedError(f"{document} is issued in no authentic language: no words of it would bind", advice=advice)
    _refuse_speechless(snap)
    zone = snap.library.workspace.time_zone
    deadline = instant(until, zone, end_of_day=True)
    if deadline <= at:
        raise UsageError(f"{shown(deadline, zone)} is over", "Name a time to come after --until.")
    frozen = read_rule_of(rule or snap.manifest.rule)
    members = speaking(snap, roll(snap.library, today(at, zone)))
    _possible(frozen, members, deadline, at, zone)
    begun = begins(root, snap.library, anew=anew)
    with opened(root, snap.library, create=True) as register:
        if not begun:
            with register.reading() as reader:
                refuse_strangers(root, reader)
        register.keep_all(tuple(sources(root, snap.files)))
        request, made = new_request(), list[Put]()

        def decide(reader: Reader) -> Sequence[Draft]:
            history = history_of(reader, snap.keys)
            noted = note(reader, snap.library, history, at, confirmed=confirmed)
            versions = new_versions(snap, history)
            if not confirmed:
                _refuse_going_back(document, versions, history)
            number = (
                sum(isinstance(event.fact, CirculationOpened) for event in reader.events(about=(CIRCULATIONS,))) + 1
            )
            for fact in versions:
                history.suppose(fact)
            drafts = [
                Draft(fact=fact, request=f"version/{fact.subject.key}/{fact.subject.version}") for fact in versions
            ]
            put = _put(snap, history, f"c{number}", frozen, members, deadline, corrects=corrects, whole=whole)
            made.append(replace(put, members=in_words(noted)))
            return [*(one.draft for one in noted), *drafts, Draft(fact=put.fact, request=request)]

        register.append(decide, at)
    return replace(made[-1], begins=begun)


def _refuse_speechless(snap: Snapshot) -> None:
    """Raise FindingsError where the form has no words in a language of the document: adopted, it could not be released.
    Translations of its own texts may still come."""
    library, manifest = snap.library, snap.manifest
    form = library.forms[manifest.form].source.file
    courtesy = [code for code in manifest.languages if code not in library.workspace.authentic]
    made = [assemble(library, manifest, code, Record(released=True), snap.terms)[1] for code in courtesy]
    if lacking := errors(sorted({one for found in made for one in found if one.file == form})):
        raise FindingsError(lacking)


def _refuse_going_back(document: str, versions: Iterable[ClauseVersion | DocumentVersion], history: History) -> None:
    """Raise RefusedError where a version is to be made of the very words of an older one: what has come since then, and
    may be adopted, would lapse for good (3, 20), be it for an old copy of a file."""
    found = []
    for fact in versions:
        *older, last = history.versions.get(fact.subject.key, ()) or (None,)
        same = next((one for one in reversed(older) if one and _words(one) == _words(fact)), None)
        if last is None or same is None:
            continue
        asking, done = open_circulations(history, last.subject), outcome(history, last.subject)
        state = f", which is being asked about in {asking[-1].opened.circulation}," if asking else ""
        if not asking and done and done[1].adopted:
            state = f", adopted in {done[0].opened.circulation},"
        found.append(f"these are the words of {same.subject}: {last.subject}{state} lapses with them, for good")
    if found:
        raise RefusedError(
            f"{document} goes back to words of before",
            found,
            "If that is meant, --confirm; else your copy of the files may be an old one: “git log” shows it.",
        )


def _words(fact: ClauseVersion | DocumentVersion) -> object:
    return dict(fact.texts) if isinstance(fact, ClauseVersion) else (dict(fact.lines), dict(fact.frame))


def read_rule_of(text: str) -> Rule:
    """The rule that `text` names. Raises UsageError where it is none."""
    try:
        return read_rule(text)
    except ValueError as error:
        raise UsageError(f"“{text}” is no rule", HOW_TO_WRITE_A_RULE) from error


def _put(
    snap: Snapshot,
    history: History,
    name: str,
    rule: Rule,
    members: Roll,
    deadline: dt.datetime,
    *,
    corrects: str,
    whole: bool,
) -> Put:
    """The circulation to open, given the history with the versions already in it."""
    latest = history.versions[snap.keys[0]][-1]
    assert isinstance(latest, DocumentVersion)
    document = latest.subject
    if corrects and corrects not in history.releases:
        near = did_you_mean(corrects, history.releases)
        raise UsageError(
            f"{snap.now.id} was never released as “{corrects}”", near or "“paraph log” shows its releases."
        )
    if asking := open_circulations(history, document):
        raise RefusedError(
            f"{document} is being asked about in {asking[-1].opened.circulation}, until "
            + shown(asking[-1].opened.deadline, snap.library.workspace.time_zone),
            advice="Close that circulation first (“paraph status” shows what is missing), or call it off.",
        )
    clauses = tuple(dict.fromkeys(history.versions[key][-1].subject for key in snap.keys[1:]))
    already = (
        () if whole else tuple(one for one in clauses if not agreed(history, one, snap.now.id, rule, members.active))
    )
    done = outcome(history, document)
    if (
        len(already) == len(clauses)
        and done
        and done[1].adopted
        and not agreed(history, document, snap.now.id, rule, members.active)
        and not unmet(history, latest)  # by those that it was put to, who need not be those of today
    ):
        raise RefusedError(
            f"{document} is adopted, with all its clauses, under {rule}: there is nothing to ask",
            advice="“paraph release” is next. To ask again all the same, add --whole.",
        )
    subjects = (*(one for one in clauses if one not in already), document)
    fact = CirculationOpened(
        circulation=name,
        document=snap.now.id,
        subjects=subjects,
        electorate=members.active,
        invited=members.invited,
        rule=str(rule),
        deadline=deadline,
        zone=snap.library.workspace.time_zone,
        tzdata=zone_data(),
        corrects=corrects,
        strict=True,
        sources={} if latest.sources == snap.files else dict(snap.files),
    )
    everyone = (*members.active, *members.invited)
    held = {one: decided(history, one, everyone) for one in subjects}
    late = {(one.subject, member) for one in late_objections(history, subjects, everyone) for member in one.members}
    asked = {
        member: tuple(one for one in subjects if held[one][member].state is State.PENDING or (str(one), member) in late)
        for member in everyone
    }
    new = tuple(one for one in subjects if not history.entries.get(one) and outcome(history, one) is None)
    beside = tuple(
        id_ for id_, one in history.circulations.items() if one.closed is None and one.opened.document == snap.now.id
    )
    silence = rule.kind is RuleKind.SILENCE
    standing = {one: amended(history, one, members.active) for one in subjects} if silence else {}
    return Put(
        fact=fact,
        asked=asked,
        new=new,
        already=already,
        without={one: who for one in already if (who := _agreed_without(history, one, rule, members.active))},
        amended={subject: who for subject, who in standing.items() if who},
        beside=beside,
        deadline=shown(deadline, fact.zone),
    )


def _agreed_without(history: History, subject: Subject, rule: Rule, members: Sequence[str]) -> tuple[str, ...]:
    """Those of `members` that objected to agreed wording, or have not decided on it, as it counts under `rule`: where a
    number of members is enough. They have no edition of their own in what stands on it (21)."""
    held = positions(history, subject, members, rule)
    return tuple(one for one in members if held[one].state in (State.PENDING, State.OBJECTED))


def _possible(rule: Rule, members: Roll, deadline: dt.datetime, at: dt.datetime, zone: str) -> None:
    """Raise RefusedError where nobody could decide, UsageError where the rule could never be met."""
    if not members.active:
        raise RefusedError(
            "nobody could decide: no active member speaks in this document", advice="See institutions.yml."
        )
    count = len(members.active)
    if rule.kind is RuleKind.COUNT and rule.members != count:
        advice = f"Write {min(rule.approvals, count)} of {count}, or see who is active in institutions.yml."
        raise UsageError(f"the rule says {rule}, and {count} members would decide", advice)
    notice_by = deadline - dt.timedelta(hours=rule.notice)
    if rule.kind is RuleKind.SILENCE and notice_by < at:
        raise UsageError(
            f"under {rule}, notice would have been due by {shown(notice_by, zone)}",
            "Choose a later deadline: nobody’s silence could mean consent.",
        )


def speaking(snap: Snapshot, day: Roll) -> Roll:
    """Of the members of the day, those that the document speaks for: those it names, or all of its networks."""
    manifest, institutions = snap.manifest, snap.library.institutions
    speaks = set(manifest.members) or {
        id_ for id_, one in institutions.items() if set(one.networks) & set(manifest.networks)
    }
    return Roll(tuple(one for one in day.active if one in speaks), tuple(one for one in day.invited if one in speaks))
