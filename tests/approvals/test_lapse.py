"""Every edit of one character of an authentic text lapses what members said of it: through the files that ship.

Rehearsals all: no institution decided any of it. Longer: PARAPH_EDITS=1000.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from paraph.errors import FindingsError
from paraph.model.event import GENESIS, Choice, CirculationOpened, Decided, Event, Fact, Receipt
from paraph.standing.fold import History
from paraph.standing.gate import ready, stands
from paraph.standing.rules import State
from paraph.standing.versions import current_clause
from paraph.starter import starter
from paraph.workflow.files import copy_workspace
from paraph.workflow.record.versions import Snapshot, new_versions, snapshot
from paraph.workflow.times import instant

EDITS = int(os.environ.get("PARAPH_EDITS", "10"))
DOCUMENT = "joint-declaration"
LETTERS = "abcdefgé’. x"


class Record:
    """A record of a rehearsal: the document put to three members, who approve all of it."""

    def __init__(self, snap: Snapshot) -> None:
        self.history, self.number = History(), 0
        for fact in new_versions(snap, self.history):
            self.happens(fact)
        subjects = tuple(versions[-1].subject for versions in self.history.versions.values())
        until = instant("2026-03-01", "Europe/Paris")
        frozen = {"rule": "consensus", "deadline": until, "zone": "Europe/Paris", "tzdata": "", "invited": ()}
        self.happens(
            CirculationOpened(
                circulation="c1", document=DOCUMENT, subjects=subjects, electorate=("albania", "malta"), **frozen
            )
        )
        for member in ("albania", "malta"):
            for subject in subjects:
                receipt = Receipt(received=until, channel="rehearsal")
                self.happens(
                    Decided(circulation="c1", member=member, subject=subject, choice=Choice.APPROVE, receipt=receipt)
                )

    def happens(self, fact: Fact) -> None:
        self.number += 1
        at = instant("2026-02-01", "Europe/Paris")
        event = Event(number=self.number, prev=GENESIS, hash=GENESIS, at=at, request="", by="", fact=fact)
        self.history.add(event)


def edited(text: str, chance: random.Random) -> str:
    place, how = chance.randrange(len(text)), chance.choice(("out", "in", "other"))
    letter = chance.choice([one for one in LETTERS if one != text[place]])
    return text[:place] + ("" if how == "out" else letter) + text[place + (how != "in") :]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Record]:
    """A copy of what ships, with its declaration approved by all that are asked."""
    root = tmp_path_factory.mktemp("lapse") / "workspace"
    copy_workspace(starter(), root)
    return root, Record(snapshot(root, DOCUMENT))


def test_an_edit_of_one_character_lapses_that_clause_and_no_other(shipped: tuple[Path, Record]) -> None:
    root, record = shipped
    before = snapshot(root, DOCUMENT)
    chance = random.Random(EDITS)
    tried = 0
    for _ in range(EDITS):
        id_ = chance.choice(before.now.clauses)
        language = chance.choice(("en", "fr"))
        text = before.now.texts[id_][language]
        path = root / before.library.clauses[id_].source.file
        original = path.read_text(encoding="utf-8")
        line = chance.choice([one for one in text.splitlines() if original.count(one) == 1 and len(one) > 3] or [""])
        if not line:
            continue
        changed = edited(line, chance)
        path.write_text(original.replace(line, changed), encoding="utf-8")
        try:
            now = snapshot(root, DOCUMENT).now
        except FindingsError:
            continue  # a broken text is nobody's approved text
        finally:
            path.write_text(original, encoding="utf-8")
        if now.texts[id_] == before.now.texts[id_]:
            assert changed.split() == line.split(), "only white space at an end of a line is nothing"
            continue
        tried += 1
        for clause in dict.fromkeys(now.clauses):
            current = current_clause(record.history, clause, now.texts[clause])
            one = stands(record.history, f"clause/{clause}", current, ("malta",))["malta"]
            assert (one.state, one.lapsed, one.version) == (State.APPROVED, clause == id_, 1), (line, changed)
        assert {cause.why for cause in ready(record.history, now)} == {"changed"}
    assert tried > EDITS // 3
