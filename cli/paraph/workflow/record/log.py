"""The record read as a log: what happened, event by event, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from paraph.errors import UsageError
from paraph.model import event as facts
from paraph.model.event import MEMBERS, Event, Fact, circulation_key, release_key
from paraph.workflow.approvals.references import is_circulation, subject_keys
from paraph.workflow.record.ledger import opened, to_look
from paraph.workflow.times import shown

if TYPE_CHECKING:
    from paraph.register.reader import Reader

_Words: TypeAlias = Callable[[Any, str], str]
_TOPICS = (MEMBERS, "heads", "evidence")
_SHORT = 16
_DIGEST = re.compile("[0-9a-f]{64}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An event as it is told: when it was recorded, in the workspace’s zone; `line` what happened; who spoke, by id.

    `beside` are further lines: what a member wrote, how and when it was received, with which evidence.
    """

    event: Event
    at: str
    line: str
    beside: tuple[str, ...]


@contextmanager
def entries(root: Path, about: str = "", since: int = 0) -> Iterator[Iterator[Entry]]:
    """The events after number `since`, in order: all, or those about a clause, a document, a version of either, a
    circulation, a release, a member, a person, a file of evidence, or one of `_TOPICS`. Raises UsageError where nothing
    is on record.
    """
    library = to_look(root)
    zone = library.workspace.time_zone
    with opened(root, library) as register, register.reading() as reader:
        yield (
            Entry(
                event=event,
                at=shown(event.at, zone).removesuffix(f" {zone}"),
                line=_plain(WORDS[type(event.fact)](event.fact, zone)),
                beside=tuple(map(_plain, _beside(event, zone))),
            )
            for event in _about(reader, about, since)
        )


def _about(reader: Reader, about: str, since: int) -> Iterable[Event]:
    if not about:
        return reader.events(after=since)
    if is_circulation(about):
        found = [event for event in reader.events(subject_keys(reader, about)) if _in(event.fact, about)]
        numbers = {event.number for event in found}
        keys = subject_keys(reader, about)
        found = [one for one in reader.events(keys) if one.number in numbers or _names(one.fact, numbers)]
    elif about.startswith("p-"):
        found = [event for event in reader.events() if event.by == about]
    elif _DIGEST.fullmatch(about):
        found = [event for event in reader.events() if about in _files(event.fact)]
    else:
        id_, _, version = about.partition("@")
        keys = (f"clause/{id_}", f"document/{id_}", release_key(about), *((about,) if about in _TOPICS else ()))
        found = [event for event in reader.events(keys) if not version or _version(event.fact, id_, version)]
        if out := [release_key(one.fact.reference) for one in found if isinstance(one.fact, facts.Released)]:
            since_then = {one.number: one for one in (*found, *reader.events(out))}  # what became of its releases
            found = [since_then[number] for number in sorted(since_then)]
        if not found and not version:
            found = [event for event in reader.events() if getattr(event.fact, "member", "") == about]
    if not found:
        advice = "Name a clause, a document, one of their versions (ID@2), a circulation (c1), a release or a member."
        raise UsageError(f"nothing is on record about “{about}”", advice)
    return (event for event in found if event.number > since)


def _in(fact: Fact, circulation: str) -> bool:
    return getattr(fact, "circulation", "") == circulation or circulation_key(circulation) in fact.about()


def _names(fact: Fact, numbers: set[int]) -> bool:
    return getattr(fact, "decision", 0) in numbers


def _version(fact: Fact, id_: str, version: str) -> bool:
    tallied = (tally.subject for tally in getattr(fact, "tallies", ()))
    several = (*getattr(fact, "subjects", ()), *getattr(fact, "unrecorded", ()))
    subjects = (*several, *tallied, getattr(fact, "subject", None))
    return any(one and (one.id, str(one.version)) == (id_, version) for one in subjects)


def _files(fact: Fact) -> tuple[str, ...]:
    from paraph.register.evidence import named

    return (*named(fact), getattr(fact, "digest", ""))


def _membership(what: str) -> _Words:
    return lambda one, _: f"{one.member} {what}: {one.status}, {'; '.join(dict.fromkeys(one.names.values()))}"


def _opening(one: facts.CirculationOpened, zone: str) -> str:
    asked = f"{len(one.subjects)} to decide on, {len(one.electorate)} members"
    corrects = f", corrects {one.corrects}" if one.corrects else ""
    return f"{one.circulation} opened: {one.document}, {asked}, {one.rule}, until {shown(one.deadline, zone)}{corrects}"


def _close(one: facts.CirculationClosed, _: str) -> str:
    if one.called_off:
        return f"{one.circulation} called off"
    return f"{one.circulation} closed: {sum(tally.adopted for tally in one.tallies)} of {len(one.tallies)} adopted"


def _returned(one: facts.PacketReturned, _: str) -> str:
    left = f"; answered, not recorded: {', '.join(map(str, one.unrecorded))}" if one.unrecorded else ""
    came = "packet of {} came back from {}" if one.token else "something on {} came from {}"
    return f"{came.format(one.circulation, one.member)}{left}"


WORDS: Mapping[type[Fact], _Words] = {
    facts.MemberJoined: _membership("joined"),
    facts.MemberChanged: _membership("changed"),
    facts.MemberLeft: lambda one, _: f"{one.member} left",
    facts.ClauseVersion: lambda one, _: f"{one.subject} put on record, in {', '.join((*one.texts, *one.translations))}",
    facts.DocumentVersion: lambda one, _: (
        f"{one.subject} put on record, of {len(one.clauses)} clauses, in {', '.join(one.lines)}"
    ),
    facts.TranslationValidated: lambda one, _: (
        f"{one.member} validated the translation of {one.subject} into {one.language}"
    ),
    facts.CirculationOpened: _opening,
    facts.NoticeRecorded: lambda one, _: f"{one.member} was told of {one.circulation}",
    facts.PacketWritten: lambda one, _: f"packet of {one.circulation} written for {one.member}, in {one.language}",
    facts.PacketReturned: _returned,
    facts.Decided: lambda one, _: f"{one.member}: {one.choice} {one.subject} in {one.circulation}",
    facts.AmendmentProposed: lambda one, _: f"{one.member}: other words for {one.subject} in {one.circulation}",
    facts.DecisionWithdrawn: lambda one, _: f"{one.member} took back event {one.decision} on {one.subject}",
    facts.LateAccepted: lambda one, _: f"event {one.decision} of {one.member} on {one.subject} accepted late",
    facts.AnswerSettled: lambda one, _: f"what {one.member} answered on {one.subject}, not recorded, is settled",
    facts.CirculationClosed: _close,
    facts.Released: lambda one, _: (
        f"{one.subject} released as {one.reference}{', provisionally' if one.provisionally else ''}"
    ),
    facts.ReleaseCorrected: lambda one, _: f"release {one.reference} followed by {one.successor}",
    facts.ReleaseWithdrawn: lambda one, _: f"release {one.reference} withdrawn",
    facts.HeadWitnessed: lambda one, _: f"{one.witness} holds {one.number}:{one.hash}",
    facts.EvidenceErased: lambda one, _: f"file {one.digest} erased",
}
"""What happened, as a line, by the kind of fact; times in the zone given."""


def as_json(event: Event) -> str:
    """An event as one JSON object: that of the chain, with its hash."""
    return f'{{"hash":"{event.hash}",{event.body.decode()[1:]}'


def _beside(event: Event, zone: str) -> Iterator[str]:
    fact = event.fact
    language = getattr(fact, "language", "")
    for name in ("text", "reason"):
        if words := getattr(fact, name, ""):
            yield f"{name}{f' [{language}]' if language and name == 'text' else ''}: {words}"
    for code, words in getattr(fact, "reasons", {}).items():
        yield f"reason [{code}]: {words}"
    for code, words in getattr(fact, "provisionally", {}).items():
        yield f"provisional{f' [{code}]' if code else ''}: {words}"
    if receipt := getattr(fact, "receipt", None):
        how = f"{receipt.channel}, received {shown(receipt.received, zone)}, {receipt.grade}"
        files = "".join(f", evidence {digest[:_SHORT]}" for digest in receipt.evidence)
        yield how + files + (f", by {event.by}" if event.by else "")


def _plain(text: str) -> str:
    """A text on one line, without anything that could move a terminal."""
    return _UNPRINTABLE.sub(" ", text)
