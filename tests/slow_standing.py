"""What is agreed, what has lapsed, and what may be released: docs/approvals.md, 1 to 3, and 17 to 24.

A part of the slow model (see `slow_record`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paraph.model import event as fact
from paraph.model.event import Event, Subject
from paraph.model.rule import Rule, RuleKind, read_rule
from slow_record import (
    FOR,
    OBJECTED,
    PENDING,
    RESERVED,
    TACIT,
    Events,
    Stand,
    active,
    all_of,
    amending,
    close,
    decided,
    electorate,
    entry,
    goes_alone,
    is_taken_back,
    opening,
    puts,
    unsettled,
)
from slow_tally import adopted, closings, counted, is_met, outcome, spoken, took_back_since


@dataclass(frozen=True)
class Files:
    """What the files say today: the authentic texts of each clause; of each document, which clauses it selects and who
    speaks, the words that it would print, and those around what the register supplies."""

    texts: Mapping[str, Mapping[str, str]]
    selected: Mapping[str, tuple[str, ...]]
    adoption: Mapping[str, str]
    lines: Mapping[str, Mapping[str, tuple[str, ...]]]
    frames: Mapping[str, Mapping[str, tuple[str, ...]]]


# --- standing --------------------------------------------------------------------------------------------------------


def position(events: Events, member: str, version: Subject, rule: Rule | None = None) -> Stand:
    """16, 17, 19: what it decided, wherever it was asked; otherwise its tacit consent, where it counts under `rule`."""
    said = decided(events, member, version)
    if said.state != PENDING:
        return said
    if member in amending(events, version) or unsettled(events, member, version):
        return Stand()
    for ended in closings(events, version):
        name = ended.fact.circulation
        under = read_rule(opening(events, name).rule)
        if under.kind is not RuleKind.SILENCE:
            continue
        if rule is not None and not (rule.kind is RuleKind.SILENCE and rule.notice <= under.notice):
            continue
        let_pass = counted(events, name, version).get(member) == Stand(TACIT) and adopted(events, name, version)
        if let_pass and not is_over(events, name, member, version):
            return Stand(TACIT)
    return Stand()


def is_over(events: Events, name: str, member: str, version: Subject) -> bool:
    """17: whether the member took back what it had decided, so that its tacit consent has ended; or had spoken by the
    deadline, which was recorded after the close, so that there was none."""
    ended, deadline = close(events, name), opening(events, name).deadline
    said = [
        one for one in spoken(events, member, version)
        if isinstance(one.fact, fact.Decided) or not is_taken_back(events, one)
    ]  # fmt: skip
    came_to_light = any(one.number > ended.number and one.fact.receipt.received <= deadline for one in said)
    took_back = took_back_since(events, name, member, version)
    return came_to_light or any(not goes_alone(events, one) for one in took_back)


def versions(events: Events, key: str) -> list[Event]:
    """1: the versions of a clause or document, in order."""
    return [
        event
        for event in events
        if isinstance(event.fact, fact.ClauseVersion | fact.DocumentVersion) and event.fact.subject.key == key
    ]


def current(events: Events, files: Files, key: str) -> Subject | None:
    """1, 2, 3: the last version made, as long as the files have exactly its words; of a document, as long as it selects
    the same clauses in the same order, each at the version that is current, and the same members speak."""
    made = versions(events, key)
    if not made:
        return None
    last = made[-1].fact
    if isinstance(last, fact.ClauseVersion):
        return last.subject if dict(last.texts) == dict(files.texts[last.subject.id]) else None
    id_ = last.subject.id
    printed = dict(last.lines) == dict(files.lines[id_]) and dict(last.frame) == dict(files.frames[id_])
    clauses = tuple(current(events, files, f"clause/{clause}") for clause in files.selected[id_])
    return last.subject if printed and (last.clauses, last.adoption) == (clauses, files.adoption[id_]) else None


def stands_on(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> dict[str, Stand]:
    return {member: position(events, member, version, rule) for member in members}


def still_met(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> bool:
    """19, 21: whether the rule is met by where the members stand now."""
    amended = any(member in amending(events, version) for member in members)
    return is_met(rule, stands_on(events, version, rule, members), amended)


def is_agreed(events: Events, files: Files, clause: str, document: str, rule: Rule, members: Sequence[str]) -> bool:
    """19: whether a clause is agreed wording for a document, a rule and an electorate."""
    version = current(events, files, f"clause/{clause}")
    if version is None:
        return False
    return outcome(events, version, document) is True and still_met(events, version, rule, members)


def lapsed(events: Events, files: Files, key: str, member: str) -> tuple[str, Subject] | None:
    """15, 20: where a member has no position on the current version, that on the last one on which it had any."""
    now = current(events, files, key)
    if now is not None and position(events, member, now).state != PENDING:
        return None
    for made in reversed(versions(events, key)):
        stand = position(events, member, made.fact.subject)
        if stand.state != PENDING and made.fact.subject != now:
            return stand.state, made.fact.subject
    return None


# --- release ---------------------------------------------------------------------------------------------------------


def named(events: Events, version: Subject) -> fact.DocumentVersion:
    """What the version of a document is made of."""
    return next(event.fact for event in all_of(events, fact.DocumentVersion) if event.fact.subject == version)


def is_ready(events: Events, files: Files, document: str) -> bool:
    """21: whether a document is ready for release."""
    version = current(events, files, f"document/{document}")
    if version is None or outcome(events, version, document) is not True or asked_again(events, version):
        return False
    name = closings(events, version)[-1].fact.circulation
    rule, members = read_rule(opening(events, name).rule), electorate(events, name)
    return still_met(events, version, rule, members) and all(
        current(events, files, clause.key) == clause and is_agreed(events, files, clause.id, document, rule, members)
        for clause in named(events, version).clauses
    )


def asked_again(events: Events, version: Subject) -> bool:
    """21: whether it is being put to the members once more, in a circulation still open."""
    return any(
        close(events, asked.fact.circulation) is None and puts(asked.fact, version)
        for asked in all_of(events, fact.CirculationOpened)
    )


def in_the_way(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> set[str]:
    """21: the members whom it concerns that the rule is no longer met; of n of m, those that could still approve."""
    if still_met(events, version, rule, members):
        return set()
    states = {member: stand.state for member, stand in stands_on(events, version, rule, members).items()}
    match rule.kind:
        case RuleKind.COUNT:
            return {member for member, state in states.items() if state in (PENDING, TACIT)}
        case RuleKind.UNANIMITY:
            return {member for member, state in states.items() if state not in FOR}
        case RuleKind.SILENCE:
            found = {member for member in members if member in amending(events, version)}
            return found | {member for member, state in states.items() if state in (OBJECTED, PENDING)}
        case RuleKind.CONSENSUS:
            return {member for member, state in states.items() if state in (OBJECTED, PENDING, TACIT)}


def decided_by(events: Events, version: Subject) -> list[str]:
    """22: the electorate that decides on it: of the last circulation closed; before there is one, the last opened."""
    names = [ended.fact.circulation for ended in closings(events, version)] or [
        asked.fact.circulation
        for asked in all_of(events, fact.CirculationOpened)
        if puts(asked.fact, version) and close(events, asked.fact.circulation) is None
    ]
    return electorate(events, names[-1]) if names else []


def signatories(events: Events, files: Files, document: str) -> list[str]:
    """22: the members of the electorate, active today, whose position on the document's current version is for it."""
    version = current(events, files, f"document/{document}")
    if version is None:
        return []
    members = decided_by(events, version)
    return [one for one in members if one in active(events) and position(events, one, version).state in FOR]


def reservations(events: Events, files: Files, document: str) -> list[tuple[str, Subject, str]]:
    """22: what its members reserve on the document's current version and on the versions that it names."""
    version = current(events, files, f"document/{document}")
    if version is None:
        return []
    return [
        (member, subject, entry(events, stand.event).fact.text)
        for member in decided_by(events, version)
        for subject in dict.fromkeys((version, *named(events, version).clauses))
        for stand in (position(events, member, subject),)
        if stand.state == RESERVED
    ]


def apart(events: Events, files: Files, document: str) -> dict[Subject, set[str]]:
    """22: signed by each: who would be listed, and objects to a clause; by the clauses."""
    version = current(events, files, f"document/{document}")
    if version is None or files.adoption[document] != "each":
        return {}
    found = {}
    for clause in named(events, version).clauses:
        listed = signatories(events, files, document)
        against = {member for member in listed if position(events, member, clause).state == OBJECTED}
        if against:
            found[clause] = against
    return found


# --- translations ----------------------------------------------------------------------------------------------------


def translation(events: Events, files: Files, clause: str, language: str, source: str, text: str) -> str:
    """24: whether a member has validated exactly this text, of exactly the source text that there is."""
    validated = [
        next(
            made.fact.texts[source] for made in versions(events, f"clause/{clause}") if made.fact.subject == one.subject
        )
        for one in (event.fact for event in all_of(events, fact.TranslationValidated))
        if (one.subject.id, one.language, one.source, one.text) == (clause, language, source, text)
    ]
    if files.texts[clause][source] in validated:
        return "validated"
    return "stale" if validated else "unchecked"
