"""A register after years of use, always the same: every clause of a generated workspace put to the members three times.

The clauses are shared out among documents, 20 to each; a document is circulated three times, each time with other words
in every clause, those of the files last. Every member decides on everything; nobody objects to one of the documents in
the end, so that it is ready for release. Rehearsals: nobody decided any of it.

Beside it `plain.db`, the same decisions as one table without any proof: what the yardstick aggregates.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import yaml

from bench.generate import STYLES, generate
from paraph.model.event import (
    Choice,
    CirculationClosed,
    CirculationOpened,
    ClauseVersion,
    Decided,
    DocumentVersion,
    Draft,
    Fact,
    Head,
    MemberJoined,
    Receipt,
    Subject,
)
from paraph.model.member import Status
from paraph.register.codec import write_event
from paraph.register.reader import batched
from paraph.register.store import Register
from paraph.standing.fold import History
from paraph.standing.rules import tally
from paraph.standing.versions import clause_subject, document_subject
from paraph.workflow.record.versions import Snapshot, new_versions, snapshot, sources

EACH = 20
"""Clauses of a document."""
VERSIONS = 3
CHOICES = {Choice.APPROVE: 90, Choice.RESERVE: 4, Choice.ABSTAIN: 3, Choice.OBJECT: 3}
"""Of 100 decisions."""
WORDS = {Choice.RESERVE: "Subject to the law of our country.", Choice.OBJECT: "Our mandate does not extend to this."}
BEGAN = dt.datetime(2020, 1, 6, 9, tzinfo=dt.UTC)
VALUES = {"days": 30, "deadline": "2027-01-01"}
LANGUAGES = ("en", "fr")
PLAIN = "CREATE TABLE decided (number INTEGER PRIMARY KEY, subject, version, member, choice, received, deadline)"


@dataclass(frozen=True, slots=True)
class Made:
    """The workspace with its register, one of its documents with the keys of its subjects, another that is ready for
    release, and how much there is."""

    root: Path
    document: str
    ready: str
    subjects: tuple[str, ...]
    events: int
    decisions: int


def make(source: Path, root: Path, members: int, clauses: int) -> Made:
    """Write a workspace with its register into `root`; one of that size that was made there before is used again."""
    if (done := root / f"made-{members}x{clauses}.json").is_file():
        found = json.loads(done.read_text(encoding="utf-8"))
        return Made(root=root, **found | {"subjects": tuple(found["subjects"])})
    paths = generate(source, root, clauses, 0).paths
    _members(root, members)
    shares = list(batched(sorted(paths), EACH))
    documents = [_manifest(root, number, some) for number, some in enumerate(shares, 1)]
    at = len(documents) // 2
    ready = documents[at - 1]
    writer = _Writer([f"member-{number:03}" for number in range(1, members + 1)], ready)
    register = Register.open("sqlite:///register.db", root, create=True)
    snaps = [snapshot(root, name) for name in documents]
    events = register.extend(writer.bodies(snaps), sources(root, snaps[at - 1].files))
    register.close()
    with sqlite3.connect(root / "plain.db") as plain:
        plain.execute(PLAIN)
        plain.executemany("INSERT INTO decided VALUES (?, ?, ?, ?, ?, ?, ?)", writer.plain)
        plain.execute("CREATE INDEX decided_subject ON decided (subject)")
    subjects = (f"document/{documents[at]}", *(f"clause/{one}" for one in shares[at]))
    made = Made(root, documents[at], ready, subjects, events, len(writer.plain))
    done.write_text(json.dumps({name: one for name, one in asdict(made).items() if name != "root"}), encoding="utf-8")
    return made


def _members(root: Path, count: int) -> None:
    names = {
        f"member-{number:03}": {
            "country": "FR",
            "names": [dict.fromkeys(LANGUAGES, f"Member {number}")],
            "status": [{"status": "active"}],
            "networks": ["aom", "aomf"],
            "languages": [*LANGUAGES],
        }
        for number in range(1, count + 1)
    }
    path = root / "statements" / "institutions.yml"
    path.write_text(yaml.safe_dump({"institutions": names}, allow_unicode=True), encoding="utf-8")


def _manifest(root: Path, number: int, clauses: tuple[str, ...]) -> str:
    found = {path.stem: path for path in (root / "statements" / "clauses").rglob("*.yml")}
    uses: dict[str, list[object]] = {style: [] for style in STYLES.values()}
    for clause in clauses:
        read = yaml.safe_load(found[clause].read_text(encoding="utf-8"))
        values = {name: VALUES[name] for name in read.get("values", {})}
        uses[STYLES[read["kind"]]].append({"clause": clause, "values": values} if values else clause)
    name = f"declaration-{number:03}"
    manifest = {
        "id": name,
        "form": "declaration",
        "title": {"en": f"Declaration {number}", "fr": f"Déclaration {number}"},
        "networks": ["aom", "aomf"],
        "adoption": {"mode": "each", "rule": "consensus"},
        "languages": [*LANGUAGES],
        "sections": [{"id": style, "style": style, "clauses": some} for style, some in uses.items() if some],
    }
    path = root / "statements" / "declarations" / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return name


class _Writer:
    """Makes the events, one after the other; what was decided is in `plain` too, a row a decision.

    Nobody objects to the last version of the document that is to be `ready`, which has its files.
    """

    def __init__(self, members: list[str], ready: str) -> None:
        self.members, self.ready, self.chance = members, ready, random.Random(37)
        self.history, self.head, self.at = History(), Head(), BEGAN
        self.plain: list[tuple[object, ...]] = []

    def bodies(self, snaps: list[Snapshot]) -> Iterator[bytes]:
        for number, member in enumerate(self.members, 1):
            names = dict.fromkeys(LANGUAGES, f"Member {number}")
            yield self._write(MemberJoined(member=member, status=Status.ACTIVE, names=names), f"member/{member}/0")
        for version in range(1, VERSIONS + 1):
            for snap in snaps:
                yield from self._circulation(snap, version)

    def _circulation(self, snap: Snapshot, version: int) -> Iterator[bytes]:
        subjects, agreed = [], version == VERSIONS and snap.now.id == self.ready
        for fact in _versions(snap, version, with_files=agreed):
            subjects.append(fact.subject)
            yield self._write(fact)
        name, deadline = f"c{len(self.history.circulations) + 1}", self.at + dt.timedelta(days=14)
        opened = CirculationOpened(
            circulation=name,
            document=snap.now.id,
            subjects=tuple(subjects),
            electorate=tuple(self.members),
            invited=(),
            rule="consensus",
            deadline=deadline,
            zone="Europe/Paris",
            tzdata="2024a",
        )
        yield self._write(opened)
        for member in self.members:
            self.at += dt.timedelta(seconds=self.chance.randrange(60, 3600))
            person = f"p-{self.chance.getrandbits(64):016x}"
            for subject in subjects:
                fact = self._decision(name, member, subject, agreed=agreed)
                yield self._write(fact, by=person)
                row = (str(subject.key), version, member, str(fact.choice), str(self.at), str(deadline))
                self.plain.append((self.head.number, *row))
        self.at = max(self.at, deadline)
        asked = self.history.circulations[name]
        yield self._write(
            CirculationClosed(circulation=name, tallies=tuple(tally(self.history, asked, one) for one in subjects))
        )

    def _decision(self, circulation: str, member: str, subject: Subject, *, agreed: bool) -> Decided:
        (choice,) = self.chance.choices(tuple(CHOICES), tuple(CHOICES.values()))
        if agreed and choice is Choice.OBJECT:
            choice = Choice.ABSTAIN
        return Decided(
            circulation=circulation,
            member=member,
            subject=subject,
            choice=choice,
            receipt=Receipt(received=self.at, channel="e-mail"),
            text=WORDS.get(choice, ""),
            language="en" if choice in WORDS else "",
        )

    def _write(self, fact: Fact, request: str = "", by: str = "") -> bytes:
        name = request or str(uuid.UUID(int=self.chance.getrandbits(128)))
        event, body = write_event(Draft(fact=fact, request=name, by=by), self.head, self.at)
        self.head = Head(number=event.number, hash=event.hash)
        self.history.add(event)
        return body


def _versions(snap: Snapshot, version: int, *, with_files: bool) -> Iterator[ClauseVersion | DocumentVersion]:
    """The clauses and the document, as their files have them at the last version and with other words before."""
    draft = f" (draft {version})" if version < VERSIONS else ""
    subjects: dict[str, Subject] = {}
    for fact in new_versions(snap, History()):
        if isinstance(fact, ClauseVersion):
            texts = {code: text + draft for code, text in fact.texts.items()}
            subjects[fact.subject.id] = clause_subject(fact.subject.id, version, texts)
            yield replace(fact, texts=texts, subject=subjects[fact.subject.id])
        else:
            lines = {code: tuple(line + draft for line in some) for code, some in fact.lines.items()}
            clauses = tuple(subjects[one.id] for one in fact.clauses)
            subject = document_subject(fact.subject.id, version, fact.adoption, clauses, lines, fact.frame)
            files = fact.sources if with_files else {}
            yield replace(fact, lines=lines, clauses=clauses, subject=subject, sources=files)
