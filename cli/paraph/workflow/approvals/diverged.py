"""Clauses whose authentic languages have parted: one has the words that a member asked for, another does not.

Only what is certain is said. “paraph amend accept” names the amendment in the notes of the clause; whose it is, what
was asked for and what the member saw, the register says. A clause that names none is never looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import RegisterError
from paraph.model.clause import Clause
from paraph.model.finding import Finding, Severity
from paraph.model.library import Library

if TYPE_CHECKING:
    from paraph.workflow.approvals.amendments import Found

_NAMED = re.compile(r"\(amendment ([1-9]\d{0,8}) to ")
_RULE = "languages-parted"


def parted(root: Path, library: Library) -> tuple[Finding, ...]:
    """A finding for each text that has to follow an amendment taken over in another language; none without a register.

    What the check cannot read of the register is for the commands that need it to say.
    """
    named = {
        clause.id: numbers
        for clause in library.clauses.values()
        if (numbers := {int(one) for one in _NAMED.findall(clause.notes)})
    }
    if not named:
        return ()
    from paraph.workflow.approvals.amendments import on_record
    from paraph.workflow.record.ledger import opened

    try:
        with opened(root, library) as register, register.reading() as reader:
            found, withdrawn, newest = on_record(reader, [f"clause/{one}" for one in named])
    except RegisterError:
        return ()
    taken = (one for one in found if one[0] in named.get(one[1].subject.id, ()) and one[0] not in withdrawn)
    return tuple(dict.fromkeys(one for each in taken for one in _of(library, each, newest, found)))


def _of(library: Library, found: Found, newest: dict[str, int], every: Sequence[Found]) -> Iterator[Finding]:
    from paraph.model.event import ClauseVersion
    from paraph.review.returned.wording import same_words
    from paraph.workflow.approvals.amendments import behind, printed, texts_of

    number, fact, version = found
    clause = library.clauses.get(fact.subject.id)
    if clause is None or not isinstance(version, ClauseVersion) or newest[fact.subject.key] > fact.subject.version:
        return
    now, _ = texts_of(clause, version, fact.language)
    if not same_words(printed(library, now, fact.language), fact.text):
        return
    what = f"{fact.language} has what {fact.member} asked for (amendment {number})"
    for language, how in behind(library, clause, version, fact, every):
        yield _finding(clause, language, f"{what}, and {language} {how}", number)


def _finding(clause: Clause, language: str, message: str, number: int) -> Finding:
    return clause.source.finding(
        _RULE,
        message,
        f"Change {language} likewise, so that both bind to the same; “paraph amend show {number}” has the difference. "
        "Where it needs no change, circulate the clause as it is.",
        at=("text", language),
        severity=Severity.WARNING,
    )
