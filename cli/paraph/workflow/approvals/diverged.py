"""Clauses whose authentic languages have parted: one has the words that a member asked for, another does not.

Only what is certain is said. “paraph amend accept” names the amendment in the notes of the clause; whose it is, what
was asked for and what the member saw, the register says. A clause that names none is never looked up.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import RegisterError
from paraph.markup.canonical import canonical
from paraph.model.clause import Clause
from paraph.model.finding import Finding, Severity
from paraph.model.library import Library

if TYPE_CHECKING:
    from paraph.model.event import ClauseVersion
    from paraph.workflow.approvals.amendments import Found, Version

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
    taken = (one for one in found if one[0] in named.get(one[1].subject.id, ()))
    return tuple(dict.fromkeys(one for each in taken for one in _of(library, each, newest, found, withdrawn)))


def _of(
    library: Library, found: Found, newest: Mapping[str, Version], every: Sequence[Found], withdrawn: Container[int]
) -> Iterator[Finding]:
    from paraph.model.event import ClauseVersion
    from paraph.review.returned.wording import same_words
    from paraph.workflow.approvals.amendments import UNTOUCHED, behind, printed, texts_of

    number, fact, version = found
    clause = library.clauses.get(fact.subject.id)
    if (
        clause is None
        or not isinstance(version, ClauseVersion)
        or newest[fact.subject.key].subject.version > fact.subject.version
    ):
        return
    now, seen = texts_of(clause, version, fact.language)
    if canonical(now) == canonical(seen):
        return
    if same_words(printed(library, now, fact.language), fact.text):
        back = ", and took back" if number in withdrawn else ""
        what = f"{fact.language} has what {fact.member} asked for{back} (amendment {number})"
        others = tuple(behind(library, clause, version, fact, every))
    else:  # somebody wrote on: the other languages may follow that, but for one that nobody touched
        what = f"{fact.language} has other words than {version.subject}, from amendment {number} on"
        others = tuple((code, UNTOUCHED.format(version.subject)) for code in _untouched(clause, version, fact.language))
    for language, how in others:
        yield _finding(clause, language, f"{what}, and {language} {how}", number)


def _untouched(clause: Clause, version: ClauseVersion, language: str) -> Iterator[str]:
    """The authentic languages, where `language` is one, that say what a version said."""
    from paraph.workflow.approvals.amendments import texts_of

    for code in version.texts if language in version.texts else ():
        now, seen = texts_of(clause, version, code)
        if canonical(now) == canonical(seen):
            yield code


def _finding(clause: Clause, language: str, message: str, number: int) -> Finding:
    return clause.source.finding(
        _RULE,
        message,
        f"Change {language} likewise, so that both bind to the same; “paraph amend show {number}” has the difference. "
        "Where it needs no change, circulate the clause as it is.",
        at=("text", language),
        severity=Severity.WARNING,
    )
