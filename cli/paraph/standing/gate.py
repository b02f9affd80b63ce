"""What is agreed, what has lapsed, and whether a document may be released: docs/approvals.md, 18 to 24."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from paraph.model.document import Progress, Record, Reservation
from paraph.model.event import ClauseVersion, Decided, DocumentVersion, Subject, SubjectKind, Tally
from paraph.model.language import Texts
from paraph.model.rule import Adoption, Rule, RuleKind, read_rule
from paraph.standing.fold import Circulation, History
from paraph.standing.rules import (
    FOR,
    Cause,
    Position,
    State,
    amended,
    decided,
    electorate,
    found_against,
    met,
    positions,
    unsettled,
)
from paraph.standing.versions import Now, current_clause, current_document, last_version


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """Where a member stands on a clause or document: its state on `version`, `lapsed` where that is not current.

    Version 0: it never took a position.
    """

    state: State
    version: int = 0
    event: int = 0
    lapsed: bool = False


def outcome(history: History, subject: Subject, document: str = "") -> tuple[Circulation, Tally] | None:
    """The last closed circulation of exactly this version, with its tally (18); None: none was, but called off.

    For `document`, those of other documents in which it was not adopted aside.
    """
    return next(
        (
            (circulation, tally)
            for circulation, tally in outcomes(history, subject)
            if not document or tally.adopted or circulation.opened.document == document
        ),
        None,
    )


def outcomes(history: History, subject: Subject) -> list[tuple[Circulation, Tally]]:
    """All closed circulations of exactly this version that were counted, with their tallies, the last close first."""
    found = [
        (circulation, tally)
        for circulation in history.circulations.values()
        if subject in circulation.subjects and circulation.closed and not circulation.closed.called_off
        for tally in circulation.closed.tallies
        if tally.subject == subject
    ]
    return sorted(found, key=lambda one: one[0].closed_at, reverse=True)


def asked_in(history: History, subject: Subject) -> Circulation | None:
    """The circulation that a version is decided by: the last closed one, else the one in which it is asked about."""
    if closed := outcome(history, subject):
        return closed[0]
    asking = open_circulations(history, subject)
    return asking[-1] if asking else None


def at_hand(history: History, document: str) -> Circulation | None:
    """The circulation of a document that people speak of: the last one open, else the last one that was counted."""
    own = [one for one in history.circulations.values() if one.opened.document == document]
    counted = [one for one in own if one.closed and not one.closed.called_off]
    found = [one for one in own if one.closed is None] or counted or own
    return found[-1] if found else None


def open_circulations(history: History, subject: Subject) -> tuple[Circulation, ...]:
    """The circulations that ask about this very version and are not closed."""
    return tuple(one for one in history.circulations.values() if one.closed is None and subject in one.subjects)


def called_off(history: History, subject: Subject) -> str:
    """The last circulation that asked about this very version and was called off (9a); "": none was."""
    off = (id_ for id_, one in history.circulations.items() if one.closed and one.closed.called_off)
    return next((id_ for id_ in reversed(tuple(off)) if subject in history.circulations[id_].opened.subjects), "")


def agreed(
    history: History, subject: Subject, document: str, rule: Rule, members: Collection[str]
) -> tuple[Cause, ...]:
    """What keeps a version from being agreed wording for a document, a rule and an electorate (19); nothing: it is."""
    closed = outcome(history, subject, document)
    if closed is None or not closed[1].adopted:
        return (Cause(why="not-adopted", subject=str(subject)), *_lacking(history, subject, rule, members))
    return _lacking(history, subject, rule, members)


def _lacking(history: History, subject: Subject, rule: Rule, members: Collection[str]) -> tuple[Cause, ...]:
    """What keeps `rule` from being met now, by what `members` decided on a version wherever they were asked (19)."""
    states = {member: held.state for member, held in positions(history, subject, members, rule).items()}
    causes = met(rule, states, amended(history, subject, members))
    waits = {member for cause in causes if cause.why in ("pending", "too-few") for member in cause.members}
    if answered := unsettled(history, subject, waits):
        causes = (*causes, Cause(why="unsettled", members=answered))
    return tuple(replace(cause, subject=str(subject)) for cause in causes)


def stands(
    history: History,
    key: str,
    current: Subject | None,
    members: Collection[str],
    rule: Rule | None = None,
    asked: Circulation | None = None,
) -> dict[str, Stand]:
    """Where each of `members` stands on the clause or document `key`, whose current version is `current` (20).

    What was said of a later version is nothing to it: a circulation may ask about an older one. With `rule`, silence is
    consent only as far as it counts under it (19), and none to what `asked` puts to the members anew (16).
    """
    found: dict[str, Stand] = {}
    for fact in reversed(history.versions.get(key, ())):
        if current and fact.subject.version > current.version:
            continue
        rest = [member for member in members if member not in found]
        if not rest:
            break
        for member, held in _held(history, fact.subject, rest, rule, asked).items():
            if held.state is not State.PENDING:
                lapsed = fact.subject != current
                found[member] = Stand(state=held.state, version=fact.subject.version, event=held.event, lapsed=lapsed)
    return {member: found.get(member, Stand(state=State.PENDING)) for member in members}


def _held(
    history: History, subject: Subject, members: Collection[str], rule: Rule | None, asked: Circulation | None
) -> dict[str, Position]:
    """How each of `members` stands on a version; `rule` and `asked` as in `stands`."""
    anew = asked is not None and asked.closed is None and subject in asked.subjects
    return decided(history, subject, members) if anew else positions(history, subject, members, rule)


def standing_on(
    history: History, document: DocumentVersion, members: Collection[str]
) -> dict[Subject, dict[str, Position]]:
    """How `members` stand on a version of a document and on each of its clauses, as it counts in the circulation that
    decides it, or puts it to them once more: silence is consent only as far as it is under its rule (16, 19)."""
    asking = open_circulations(history, document.subject)
    asked = asking[-1] if asking else asked_in(history, document.subject)
    rule = read_rule(asked.opened.rule) if asked else None
    subjects = dict.fromkeys((document.subject, *document.clauses))
    return {subject: _held(history, subject, members, rule, asked) for subject in subjects}


def ready(history: History, now: Now) -> tuple[Cause, ...]:
    """What stands in the way of a release (21); nothing: the document is ready."""
    current = current_document(history, now)
    if current is None:
        return _changes(history, now)
    document = last_version(history, current.key)
    assert isinstance(document, DocumentVersion)
    return unmet(history, document)


def parted(history: History, now: Now, active: Collection[str]) -> tuple[Cause, ...]:
    """Who would be listed as signing a document and objects to a clause of it (22): by its clauses, in their order.

    Under n of m such a clause may be adopted; a reader of the signatures would take it for this member’s position, too.
    """
    current = current_document(history, now)
    if current is None:
        return ()
    document = last_version(history, current.key)
    assert isinstance(document, DocumentVersion)
    return parted_on(history, document, active)


def parted_on(history: History, document: DocumentVersion, active: Collection[str]) -> tuple[Cause, ...]:
    """The same, of a version of a document, whatever its files say now."""
    if document.adoption != Adoption.EACH:
        return ()
    listed = _signed(history, document.subject, active)
    found = []
    for subject in dict.fromkeys(document.clauses):
        held = positions(history, subject, listed)
        if against := tuple(member for member in listed if held[member].state is State.OBJECTED):
            found.append(Cause(why="signs", members=against, subject=str(subject)))
    return tuple(found)


def standing_behind(history: History, document: DocumentVersion, members: Collection[str]) -> tuple[str, ...]:
    """Those of `members` in whose own name a version of a document can be out (21): asked in the circulation that
    decides it, they approved it and each of its clauses, with a reservation or without, or let them pass in silence."""
    asked = asked_in(history, document.subject)
    voting = electorate(asked) if asked else ()
    held = standing_on(history, document, members).values()
    return tuple(
        one for one in members if one in voting and all(stands[one].state in (*FOR, State.TACIT) for stands in held)
    )


def turned_down(history: History, version: DocumentVersion) -> tuple[Cause, ...]:
    """What the members were asked and did not adopt, and are not being asked again: no release of it, though it be
    provisional (22a)."""
    return tuple(
        Cause(why="not-adopted", subject=str(subject))
        for subject in dict.fromkeys((version.subject, *version.clauses))
        if (closed := outcome(history, subject, version.subject.id))
        and not closed[1].adopted
        and not open_circulations(history, subject)
    )


def unmet(history: History, document: DocumentVersion) -> tuple[Cause, ...]:
    """What stands in the way of releasing a version of a document, whatever its files say now."""
    current = document.subject
    closed = outcome(history, current)
    if closed is None:
        if asked := open_circulations(history, current):
            rule, members = read_rule(asked[-1].opened.rule), electorate(asked[-1])
            rest = [one for one in dict.fromkeys(document.clauses) if one not in asked[-1].subjects]
            unasked = [cause for one in rest for cause in agreed(history, one, current.id, rule, members)]
            return (Cause(why="open", subject=asked[-1].opened.circulation), *unasked)
        if off := called_off(history, current):
            return (Cause(why="called-off", subject=off),)
        return (Cause(why="not-asked", subject=str(current)),)
    rule, members = read_rule(closed[0].opened.rule), electorate(closed[0])
    causes = [
        cause
        for subject in dict.fromkeys((current, *document.clauses))
        for cause in agreed(history, subject, current.id, rule, members)
    ]
    if again := open_circulations(history, current):
        causes.append(Cause(why="again", subject=again[-1].opened.circulation))
    return tuple(dict.fromkeys(causes))


def missing(history: History, now: Now) -> tuple[Cause, ...]:
    """What stands in the way of a release, and of a circulation that is still open what its rule lacks so far."""
    causes = ready(history, now)
    current = current_document(history, now)
    asked = asked_in(history, current) if current else None
    if asked is None or asked.closed:
        return causes
    rule, members = read_rule(asked.opened.rule), electorate(asked)
    found = [*causes]
    for subject in asked.opened.subjects:
        states = {member: one.state for member, one in decided(history, subject, members, asked).items()}
        lacks = met(rule, states, amended(history, subject, members, asked))
        found += [replace(cause, subject=str(subject)) for cause in lacks]
    return tuple(dict.fromkeys(found))


def _changes(history: History, now: Now) -> tuple[Cause, ...]:
    """Why the document has no current version: it never had one, or what changed since the last."""
    last = last_version(history, f"{SubjectKind.DOCUMENT}/{now.id}")
    if last is None:
        return (Cause(why="not-asked", subject=now.id),)
    changed = [
        Cause(why="changed", subject=str(version.subject) if version else clause)
        for clause in dict.fromkeys(now.clauses)
        if current_clause(history, clause, now.texts.get(clause)) is None
        for version in (last_version(history, f"{SubjectKind.CLAUSE}/{clause}"),)
    ]
    around = isinstance(last, DocumentVersion) and dict(last.frame) != dict(now.frame)
    return (*changed, Cause(why="frame" if around else "changed", subject=str(last.subject)))


def record(history: History, now: Now, *, active: Collection[str], released: bool = False) -> Record:
    """What a document prints of its decisions (22): who joined, and what they reserve on the versions printed.

    `active` are the members that may sign that day. Where no version on record has the words that are printed now,
    nobody decided on them.
    """
    current = current_document(history, now)
    if current is None:
        return Record(released=released)
    document = last_version(history, current.key)
    assert isinstance(document, DocumentVersion)
    circulation = asked_in(history, current)
    asked = electorate(circulation) if circulation else ()
    return Record(
        released=released,
        signed=_signed(history, current, active),
        reservations=tuple(
            reservation
            for subject in dict.fromkeys((current, *document.clauses))
            for reservation in _reservations(history, subject, asked)
        ),
    )


def _signed(history: History, current: Subject, active: Collection[str]) -> tuple[str, ...]:
    """Those of the electorate that are `active` and approved or reserved, in its order."""
    circulation = asked_in(history, current)
    asked = electorate(circulation) if circulation else ()
    held = positions(history, current, asked)
    return tuple(one for one in asked if one in active and held[one].state in FOR)


def progress(history: History, now: Now) -> Progress | None:
    """How far the members have come with a document as it is now; None where it was never put to them."""
    asked = at_hand(history, now.id)
    if asked is None:
        return None
    rule, members = read_rule(asked.opened.rule), electorate(asked)
    clauses = {clause: current_clause(history, clause, now.texts.get(clause)) for clause in now.clauses}
    subjects = [one for one in (*clauses.values(), current_document(history, now)) if one]
    held = {subject: positions(history, subject, members) for subject in subjects}
    against = {subject: found_against(history, subject, members) for subject in subjects}
    held = {
        subject: stands | dict.fromkeys(against[subject], Position(State.OBJECTED)) for subject, stands in held.items()
    }
    silent = (State.PENDING,) if rule.kind is RuleKind.SILENCE else (State.PENDING, State.TACIT)
    return Progress(
        clauses=len(clauses),
        agreed=sum(not agreed(history, one, now.id, rule, members) for one in clauses.values() if one),
        changed=tuple(clause for clause, one in clauses.items() if one is None),
        pending=_how_many(members, held, silent),
        objected=_how_many(members, held, (State.OBJECTED,)),
    )


def _how_many(
    members: Collection[str], held: Mapping[Subject, Mapping[str, Position]], states: Collection[State]
) -> dict[str, int]:
    """On how many subjects each member is in one of `states`; without those that are on none."""
    counts = {member: sum(stands[member].state in states for stands in held.values()) for member in members}
    return {member: count for member, count in counts.items() if count}


def _reservations(history: History, subject: Subject, members: Collection[str]) -> tuple[Reservation, ...]:
    """What members reserve on a version, in the order in which they did."""
    found = []
    for member, held in positions(history, subject, members).items():
        if held.state is State.RESERVED:
            fact = next(entry.fact for entry in history.entries[subject] if entry.number == held.event)
            assert isinstance(fact, Decided)
            clause = subject.id if subject.kind is SubjectKind.CLAUSE else ""
            found.append((held.event, Reservation(institution=member, clause=clause, text={fact.language: fact.text})))
    return tuple(reservation for _, reservation in sorted(found, key=lambda pair: pair[0]))


def own_texts_validated(history: History, document: str, language: str, words: str) -> bool:
    """Whether a document's own texts in a courtesy language are validated (24).

    `words` are they and those that they translate, so that nothing else in the document matters to it.
    """
    facts = history.translations.get(f"{SubjectKind.DOCUMENT}/{document}", ())
    return any((fact.language, fact.text) == (language, words) for fact in facts)


def translation(history: History, clause: str, texts: Texts, language: str, source: str, text: str) -> str:
    """What a courtesy translation is (24): "validated", "stale" or "unchecked".

    `texts` are the clause's authentic texts now, `source` the language that `text`, in `language`, was made from.
    """
    key = f"{SubjectKind.CLAUSE}/{clause}"
    versions: Mapping[int, Texts] = {
        one.subject.version: one.texts for one in history.versions.get(key, ()) if isinstance(one, ClauseVersion)
    }
    state = "unchecked"
    for fact in history.translations.get(key, ()):
        if (fact.language, fact.source, fact.text) != (language, source, text):
            continue
        if versions.get(fact.subject.version, {}).get(source) == texts.get(source):
            return "validated"
        state = "stale"
    return state
