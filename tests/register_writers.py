"""Writers of a register, many at once, some of them killed: `python tests/register_writers.py kills|crowd ADDRESS N M`.

`kills ADDRESS KILLS WRITERS` kills writers (SIGKILL) at random moments and lets each begin again with the request whose
answer it had not seen. `crowd ADDRESS WRITERS EVENTS` lets each writer record so many events of its own, every one
asked for twice, and as many that all the others ask for as well. Both then hold the register against what had been
acknowledged, verify it whole, and print what they found as JSON. The register must be empty. Rehearsals: no institution
decided any of it.

The writers are forked from a process that holds nothing open, so that one begins in milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from paraph.errors import RegisterError
from paraph.model.event import CirculationOpened, ClauseVersion, Decided, Draft
from paraph.register.store import Register
from paraph.register.verify import verify
from paraph.standing.versions import clause_subject
from registers import NOON, decision

TEXTS = {"en": "A rehearsal.", "fr": "Une répétition."}
SUBJECT = clause_subject("rehearsal", 1, TEXTS)
_CHECKED = 100
"""Kills between two verifications under way."""


def begin(address: str, members: list[str]) -> None:
    """Put one clause to the writers."""
    version = ClauseVersion(
        subject=SUBJECT, clause_kind="call", theme="test", title={}, values={}, legal_basis=(), texts=TEXTS
    )
    opened = CirculationOpened(
        circulation="c1",
        document="rehearsal",
        subjects=(SUBJECT,),
        electorate=tuple(members),
        invited=(),
        rule="consensus",
        deadline=NOON,
        zone="UTC",
        tzdata="",
    )
    register = Register.open(address, Path(), create=True)
    register.append(lambda reader: [Draft(fact=one, request=one.kind) for one in (version, opened)], NOON)
    register.close()


def decide(register: Register, member: str, turn: int, request: str) -> None:
    """One decision, every third with its file."""
    evidence = (register.keep(f"mail {member} {turn}".encode()),) if turn % 3 == 0 else ()
    given = decision(member, evidence=evidence)
    fact = Decided(
        circulation="c1", member=member, subject=SUBJECT, choice=given.choice, receipt=given.receipt, text=given.text
    )
    register.append(lambda reader: [Draft(fact=fact, request=request)], NOON)


@dataclass
class Writer:
    """A process that records decisions of `member` from `turn` on, and says so down a pipe after each."""

    address: str
    member: str
    turn: int = 0
    pid: int = 0
    pipe: int = -1
    heard: bytes = b""
    said: list[int] = field(default_factory=list)

    def fileno(self) -> int:
        return self.pipe

    def start(self) -> None:
        self.pipe, answers = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(answers)
            return
        try:
            register, turn = Register.open(self.address, Path()), self.turn
            while True:
                decide(register, self.member, turn, f"{self.member}/{turn}")
                os.write(answers, f"{turn}\n".encode())
                turn += 1
        finally:
            os._exit(1)

    def hear(self) -> bool:
        """Take in what it has said; whether it may say more."""
        some = os.read(self.pipe, 65536)
        self.heard += some
        return bool(some)

    def kill(self) -> None:
        """End it now; what it had said by then is acknowledged, and it would go on with the request after that."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        while self.hear():
            pass
        os.close(self.pipe)
        self.said += map(int, self.heard.split(b"\n")[:-1])
        self.heard = b""
        self.turn = max(self.said, default=-1) + 1


def kills(address: str, count: int, size: int) -> dict[str, object]:
    chance = random.Random(count)
    writers = [Writer(address, f"w{number}") for number in range(size)]
    begin(address, [one.member for one in writers])
    for one in writers:
        one.start()
    for number in range(1, count + 1):
        for one in select.select(writers, [], [], 60)[0]:  # somebody has written since
            one.hear()
        time.sleep(chance.uniform(0, 0.03))
        one = chance.choice([one for one in writers if one.heard] or writers)  # amid its work, not at its start
        one.kill()
        if number % _CHECKED == 0:
            _held(address, writers)
        one.start()
    for one in writers:
        one.kill()
    return _held(address, writers) | {"kills": count}


def _held(address: str, writers: list[Writer]) -> dict[str, object]:
    """The register verified; everything acknowledged is there, once."""
    register = Register.open(address, Path())
    with register.reading() as reader:
        faults = list(map(str, verify(reader)))
        requests = [event.request for event in reader.events()]
    register.close()
    acknowledged = {f"{one.member}/{turn}" for one in writers for turn in one.said}
    found = {
        "faults": faults,
        "events": len(requests),
        "twice": len(requests) - len(set(requests)),
        "acknowledged": len(acknowledged),
        "lost": sorted(acknowledged - set(requests)),
    }
    if faults or found["twice"] or found["lost"]:
        raise SystemExit(json.dumps(found))
    return found


def crowd(address: str, size: int, events: int) -> dict[str, object]:
    members = [f"w{number}" for number in range(size)]
    begin(address, members)
    start, children = time.monotonic(), []
    for member in members:
        pid = os.fork()
        if not pid:
            code, turn = 1, -1
            try:
                register = Register.open(address, Path())
                for turn in range(events):
                    for _ in range(2):
                        decide(register, member, turn, f"{member}/{turn}")
                    decide(register, members[0], turn, f"all/{turn}")
                code = 0
            except RegisterError as error:
                sys.stderr.write(f"{member}, {turn}: {error.message}\n")
                sys.stderr.flush()
            finally:
                os._exit(code)
        children.append(pid)
    ended = [os.waitpid(pid, 0)[1] for pid in children]
    took = time.monotonic() - start
    register = Register.open(address, Path())
    with register.reading() as reader:
        faults = list(map(str, verify(reader)))
        requests = [event.request for event in reader.events()]
    register.close()
    return {
        "faults": faults,
        "failed": sum(map(bool, ended)),
        "events": len(requests) - 2,
        "twice": len(requests) - len(set(requests)),
        "seconds": round(took, 1),
    }


if __name__ == "__main__":
    what, where, first, second = sys.argv[1:]
    found = {"kills": kills, "crowd": crowd}[what](where, int(first), int(second))
    sys.stdout.write(f"{json.dumps(found)}\n")
