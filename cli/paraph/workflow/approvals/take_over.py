"""An amendment taken over into its clause by who drafts.

It changes a file and decides nothing: the new words are a new version once they are circulated.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from paraph.errors import RefusedError, UsageError
from paraph.library.written.edit import block_text, says_only, worded
from paraph.library.written.edit import replace as edited
from paraph.library.written.edit import reworded as rewritten
from paraph.markup.canonical import canonical
from paraph.model.clause import Clause
from paraph.model.event import ClauseVersion, SubjectKind
from paraph.model.finding import KeyPath
from paraph.model.library import Library
from paraph.review.returned.wording import fitted, same_words
from paraph.workflow.approvals.amendments import Amendment, amendment, behind, on_record, printed, texts_of
from paraph.workflow.files import write
from paraph.workflow.inventory import library_of
from paraph.workflow.record.ledger import opened
from paraph.workflow.times import today


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a clause: its file, the text that now stands in it, the other authentic languages that do not
    follow it, each with how it stands, the paragraphs of which words do not tell whether they are items, each with
    whether it is one now, the words of links, terms and references that others may have now, or none, with the address,
    and those that have lost their emphasis or language (`plain`). `courtesy`: the text is a translation, on which
    nobody decides; `unchecked`: somebody had checked it in other words."""

    amendment: Amendment
    file: str
    text: str
    already: bool = False
    still: tuple[tuple[str, str], ...] = ()
    listed: tuple[tuple[str, bool], ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    plain: tuple[str, ...] = ()
    courtesy: bool = False
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """What taking an amendment over comes to: where in which clause the text is written."""

    clause: Clause
    path: KeyPath
    made: Accepted


def accept(root: Path, number: int, at: dt.datetime) -> Accepted:
    """Write the wording of an amendment into the file of its clause, attributed in its notes.

    Raises RefusedError where it was withdrawn, is about a document as a whole, the clause's text has moved on since, or
    the wording cannot be put into the clause's Markdown for certain.
    """
    library = library_of(root)
    plan = _planned(root, library, number)
    if not plan.made.already:
        note = _note(plan.made.amendment, today(at, library.workspace.time_zone))
        _write(root, plan, note)
    return plan.made


def refusal(root: Path, number: int) -> RefusedError | None:
    """Why `accept` would refuse an amendment, or None; nothing is written."""
    try:
        _planned(root, library_of(root), number)
    except RefusedError as refused:
        return refused
    return None


def _planned(root: Path, library: Library, number: int) -> _Plan:
    """What is to be written for an amendment. RefusedError: as `accept` says."""
    wanted = amendment(root, number)
    if wanted.withdrawn:
        raise RefusedError(f"{wanted.member} took amendment {number} back")
    with opened(root, library) as register, register.reading() as reader:
        found = on_record(reader)[0]
    fact, version = next((fact, version) for one, fact, version in found if one == number)
    if fact.subject.kind is SubjectKind.DOCUMENT or not isinstance(version, ClauseVersion):
        raise RefusedError(
            f"amendment {number} is about {wanted.subject} as a whole",
            advice="Change its manifest or its clauses by hand: “paraph amend show” has the difference.",
        )
    clause = library.clauses.get(fact.subject.id)
    if clause is None:
        raise RefusedError(f"there is no clause {fact.subject.id} any more")
    now, seen = texts_of(clause, version, fact.language)
    path, still = _path(version, fact.language), tuple(behind(library, clause, version, fact, found))
    if same_words(printed(library, now, fact.language), wanted.asked):
        return _Plan(clause, path, Accepted(wanted, clause.source.file, now, already=True, still=still))
    if not now and not seen:
        raise RefusedError(
            f"{clause.source.file} has no text in {fact.language}",
            advice=f"Translate the clause by hand: “paraph amend show {number}” has the words that are asked for.",
        )
    if canonical(now) != canonical(seen):
        raise RefusedError(
            f"{clause.id} in {fact.language} has changed since {wanted.member} saw it ({wanted.subject})",
            advice=f"Compare with “paraph amend show {number}”, and write the words by hand.",
        )

    def packet(text: str) -> str:
        return printed(library, text, fact.language)

    fit = fitted(now, wanted.asked, packet)
    if fit.text is None:
        raise RefusedError(
            f"the words of amendment {number} cannot be put into {clause.source.file} to the letter",
            fit.causes,
            f"Write them into {clause.source.file} by hand, as they can stand there, with emphasis and notes.",
        )
    translation = clause.translations.get(fact.language)
    made = Accepted(
        wanted,
        clause.source.file,
        fit.text,
        still=still,
        listed=fit.listed,
        lost=fit.lost,
        plain=fit.plain,
        courtesy=translation is not None,
        unchecked=translation is not None and translation.status == "checked",
    )
    return _Plan(clause, path, made)


def _path(version: ClauseVersion, language: str) -> KeyPath:
    """Where a text stands in the clause's file."""
    return ("text", language) if language in version.texts else ("translations", language, "text")


def _note(amendment: Amendment, day: dt.date) -> str:
    return (
        f"{amendment.language}: wording of {amendment.member} (amendment {amendment.number} to {amendment.subject}, "
        f"{amendment.circulation}), taken over {day.isoformat()}."
    )


def _write(root: Path, plan: _Plan, note: str) -> None:
    """Change the file in these places; what it says then is read again before it is written."""
    clause, path = plan.clause, plan.path
    file = root / clause.source.file
    if file.read_bytes() != clause.source.raw:
        raise RefusedError(f"{clause.source.file} changed while it was read", advice="Run the command again.")
    before = clause.source.raw.decode("utf-8")
    new = {path: plan.made.text} | ({(*path[:-1], "status"): "unchecked"} if plan.made.unchecked else {})
    after = before
    for at, words in new.items():
        after = rewritten(after, at, words)
    notes = "\n".join(filter(None, (clause.notes.rstrip("\n"), note)))
    try:
        after = edited(after, ("notes",), "\n".join(block_text("notes", notes)))
    except UsageError:  # all of the file is in braces
        after = worded(after, ("notes",), notes)
    if not says_only(clause.source.file, before, after, {**new, ("notes",): notes}):
        line = clause.source.place(path)[0]
        raise RefusedError(
            f"{clause.source.file}:{line}: this is written in a way that cannot be changed safely",
            advice=f"Write the words by hand: “paraph amend show {plan.made.amendment.number}” has them.",
        )
    write(file, after.encode("utf-8"))
