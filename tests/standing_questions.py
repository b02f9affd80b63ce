"""What is asked of a register, twice: of `paraph.standing` and of the slow model, which must say the same.

Each question is one of docs/approvals.md. Rehearsals all: no institution decided any of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import slow_record
import slow_standing
import slow_tally
from paraph.model.event import Subject
from paraph.model.rule import read_rule
from paraph.standing import gate, rules, versions
from paraph.standing.fold import fold
from paraph.standing.rules import State
from standing_world import CLAUSES, DOCUMENTS, MEMBERS, TEXTS, World


def compare(world: World) -> None:
    """Every question, of both."""
    for check in (positions, tallies, unsettled, lapses, agreements, releases, translations):
        check(world)


def positions(world: World) -> None:
    for subject in world.subjects():
        for member in MEMBERS:
            mine, theirs = (
                slow_standing.position(world.sound, member, subject),
                rules.position(world.history, subject, member),
            )
            assert (mine.state, mine.event) == (theirs.state, theirs.event * (theirs.state != State.TACIT)), (
                f"{member} on {subject}"
            )


def tallies(world: World) -> None:
    """Of a circulation that is open, what a close would count; of one that is closed, what its close did count."""
    for asked in world.circulations():
        circulation = world.history.circulations[asked.circulation]
        assert list(rules.electorate(circulation)) == slow_record.electorate(world.sound, asked.circulation)
        kept = {tally.subject: tally for tally in circulation.closed.tallies} if circulation.closed else {}
        for subject in asked.subjects:
            tally = kept[subject] if kept else rules.tally(world.history, circulation, subject)
            mine = slow_tally.counted(world.sound, asked.circulation, subject)
            assert {one.member: (one.state, one.event * (one.state != State.TACIT)) for one in tally.members} == {
                member: (stand.state, stand.event) for member, stand in mine.items()
            }, f"{asked.circulation} {subject}"
            assert tally.adopted is slow_tally.adopted(world.sound, asked.circulation, subject), (
                f"{asked.circulation} {subject}"
            )


def unsettled(world: World) -> None:
    """16a: who answered what was not recorded, and that no tally that hears it takes it for silence."""
    for subject in world.subjects():
        mine = {member for member in MEMBERS if slow_record.unsettled(world.sound, member, subject)}
        assert set(rules.unsettled(world.history, subject, MEMBERS)) == mine, f"{subject}"
        for circulation in world.history.circulations.values():
            if circulation.closed is None and subject in circulation.opened.subjects:
                counted = {one.member: one.state for one in rules.tally(world.history, circulation, subject).members}
                name = circulation.opened.circulation
                mine = {member for member in MEMBERS if slow_tally.unsettled_in(world.sound, name, member, subject)}
                assert set(rules.unsettled(world.history, subject, MEMBERS, circulation)) == mine, f"{subject}"
                assert all(counted.get(member) != State.TACIT for member in mine), f"{subject}"


def lapses(world: World) -> None:
    for key in dict.fromkeys(subject.key for subject in world.subjects()):
        current = _current(world, key)
        assert current == slow_standing.current(world.sound, world.files, key), key
        for member in MEMBERS:
            stand = gate.stands(world.history, key, current, (member,))[member]
            mine = slow_standing.lapsed(world.sound, world.files, key, member)
            if mine is not None:
                state, version = mine
                assert (stand.lapsed, stand.state, stand.version) == (True, state, version.version), f"{member} {key}"
                world.seen[f"20 lapsed: {state}"] += 1
            elif current is not None:
                held = slow_standing.position(world.sound, member, current).state
                assert (stand.lapsed, stand.state) == (False, held), f"{member} {key}"
            else:
                assert (stand.lapsed, stand.state) == (False, slow_record.PENDING), f"{member} {key}"


def _current(world: World, key: str) -> Subject | None:
    kind, _, id_ = key.partition("/")
    if kind == "clause":
        return versions.current_clause(world.history, id_, world.clauses[id_])
    return versions.current_document(world.history, world.now(id_))


def agreements(world: World) -> None:
    """19: for the document, the rule and the electorate of every circulation there was, and for those active now."""
    asked = {
        (one.document, one.rule, tuple(slow_record.electorate(world.sound, one.circulation)))
        for one in world.circulations()
    } | {("letter", rule, tuple(slow_record.active(world.sound))) for rule in ("consensus", "silence 3 days")}
    for clause in CLAUSES:
        current = versions.current_clause(world.history, clause, world.clauses[clause])
        if current is None:
            continue
        for document, rule, members in asked:
            causes = gate.agreed(world.history, current, document, read_rule(rule), members)
            mine = slow_standing.is_agreed(world.sound, world.files, clause, document, read_rule(rule), members)
            assert (not causes) is mine, f"{clause} in {document} {rule} {members}: {causes}"
            ends = slow_tally.closings(world.sound, current)
            last = ends and slow_tally.adopted(world.sound, ends[-1].fact.circulation, current)
            world.seen["19 agreed, whatever another document's circulation did not adopt"] += bool(mine and not last)


def releases(world: World) -> None:
    for document in DOCUMENTS:
        causes = gate.ready(world.history, world.now(document))
        ready = slow_standing.is_ready(world.sound, world.files, document)
        assert (not causes) is ready, f"{document}: {causes}"
        world.seen["21 ready"] += ready
        _causes(world, document, causes)
        record = gate.record(world.history, world.now(document), active=slow_record.active(world.sound))
        assert list(record.signed or ()) == slow_standing.signatories(world.sound, world.files, document), document
        world.seen["22 signed"] += len(record.signed or ())
        printed = {(one.institution, one.clause, *one.text.items()) for one in record.reservations}
        assert len(printed) == len(record.reservations)
        assert printed == {
            (member, subject.id if subject.kind == "clause" else "", ("en", text))
            for member, subject, text in slow_standing.reservations(world.sound, world.files, document)
        }, document
        world.seen["22 reserved"] += len(printed)
        parted = gate.parted(world.history, world.now(document), slow_record.active(world.sound))
        apart = slow_standing.apart(world.sound, world.files, document)
        assert {one.subject: set(one.members) for one in parted} == {str(one): who for one, who in apart.items()}
        world.seen["22 signs what it objects to"] += bool(apart)


def _causes(world: World, document: str, causes: Sequence[rules.Cause]) -> None:
    """21: every cause is named, with the clauses and the members it concerns."""
    version = slow_standing.current(world.sound, world.files, f"document/{document}")
    if version is None:
        made = {subject.key: subject for subject in world.subjects()}
        for clause in world.selected[document]:
            changed = slow_standing.current(world.sound, world.files, f"clause/{clause}") is None
            if f"document/{document}" in made:
                named = any(cause.subject == str(made.get(f"clause/{clause}", clause)) for cause in causes)
                assert named is changed, f"{clause}: {causes}"
        return
    ends = slow_tally.closings(world.sound, version)
    if not ends:
        assert causes
        return
    name = ends[-1].fact.circulation
    rule, members = read_rule(slow_record.opening(world.sound, name).rule), slow_record.electorate(world.sound, name)
    for subject in (version, *slow_standing.named(world.sound, version).clauses):
        found = [cause for cause in causes if cause.subject == str(subject)]
        adopted = slow_tally.outcome(world.sound, subject, document) is True
        assert ("not-adopted" in {cause.why for cause in found}) is not adopted, f"{subject}: {causes}"
        if adopted:
            who = {member for cause in found for member in cause.members}
            assert who == slow_standing.in_the_way(world.sound, subject, rule, members), f"{subject}: {causes}"


def translations(world: World) -> None:
    for clause in CLAUSES:
        for text in TEXTS:
            mine = slow_standing.translation(world.sound, world.files, clause, "ar", "en", text)
            assert gate.translation(world.history, clause, world.clauses[clause], "ar", "en", text) == mine, clause
            world.seen[f"24 {mine}"] += 1


def folded_again(world: World) -> None:
    """The same events, folded anew, are the same history."""
    assert fold(world.events) == world.history
