"""Amendments: other words that members asked for; shown, and taken over into the clause by who drafts.

Taking one over changes a file and decides nothing: the new words are a new version once they are circulated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paraph.errors import FindingsError, RefusedError, UsageError
from paraph.library.edit import block_text
from paraph.library.edit import replace as edited
from paraph.library.edit import reworded as rewritten
from paraph.markup.canonical import canonical
from paraph.markup.diff import diff, marked
from paraph.model.clause import Clause
from paraph.model.event import AmendmentProposed, ClauseVersion, DecisionWithdrawn, DocumentVersion, SubjectKind
from paraph.model.finding import KeyPath, errors
from paraph.model.library import Library
from paraph.review import texts
from paraph.review.spoken import normal
from paraph.review.wording import reworded
from paraph.workflow.files import write
from paraph.workflow.inventory import library_of
from paraph.workflow.ledger import opened, settings
from paraph.workflow.times import shown, today

if TYPE_CHECKING:
    from paraph.register.reader import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Amendment:
    """An amendment on record: `number` is that of its event, `received` is shown in the workspace's zone.

    `sent` is what was printed of the text that the member saw, `asked` what it asks for.
    """

    number: int
    circulation: str
    member: str
    subject: str
    language: str
    received: str
    withdrawn: bool
    sent: str
    asked: str

    @property
    def difference(self) -> str:
        """What it changes, as plain text."""
        return marked(diff(self.sent, self.asked))


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a clause: its file, and the text that now stands in it."""

    amendment: Amendment
    file: str
    text: str
    already: bool = False


_Found = tuple[int, AmendmentProposed, "ClauseVersion | DocumentVersion | None"]


def amendments(root: Path, about: str = "") -> tuple[Amendment, ...]:
    """All amendments on record, of a clause, document, member or circulation where `about` names one; oldest first."""
    library = settings(root)
    with opened(root, library) as register, register.reading() as reader:
        found, withdrawn = _on_record(reader)
    made = (_amendment(library, one, withdrawn) for one in found)
    return tuple(
        one for one in made if about in ("", one.circulation, one.member, one.subject, one.subject.partition("@")[0])
    )


def amendment(root: Path, number: int) -> Amendment:
    """The amendment recorded as event `number`. Raises UsageError where there is none."""
    found = next((one for one in amendments(root) if one.number == number), None)
    if found is None:
        raise UsageError(f"event {number} is no amendment", "“paraph amend list” shows them with their numbers.")
    return found


def accept(root: Path, number: int, at: dt.datetime) -> Accepted:
    """Write the wording of an amendment into the file of its clause, attributed in its notes.

    Raises RefusedError where it was withdrawn, is about a document as a whole, the clause's text has moved on since, or
    the wording cannot be put into the clause's Markdown for certain.
    """
    wanted = amendment(root, number)
    if wanted.withdrawn:
        raise RefusedError(f"{wanted.member} took amendment {number} back")
    library = library_of(root)
    with opened(root, library) as register, register.reading() as reader:
        fact, version = next((fact, version) for one, fact, version in _on_record(reader)[0] if one == number)
    if fact.subject.kind is SubjectKind.DOCUMENT or not isinstance(version, ClauseVersion):
        raise RefusedError(
            f"amendment {number} is about {wanted.subject} as a whole",
            advice="Change its manifest or its clauses by hand: “paraph amend show” has the difference.",
        )
    clause = library.clauses.get(fact.subject.id)
    if clause is None:
        raise RefusedError(f"there is no clause {fact.subject.id} any more")
    path, now, seen = _text(clause, version, fact.language)
    if _printed(library, now, fact.language) == wanted.asked:
        return Accepted(wanted, clause.source.file, now, already=True)
    if canonical(now) != canonical(seen):
        raise RefusedError(
            f"{clause.id} in {fact.language} has changed since {wanted.member} saw it ({wanted.subject})",
            advice=f"Compare with “paraph amend show {number}”, and write the words by hand.",
        )
    text = reworded(now, wanted.asked, lambda one: _printed(library, one, fact.language))
    if text is None:
        raise RefusedError(
            f"the words of amendment {number} cannot be put into {clause.source.file} for certain",
            advice=f"Write them by hand, with their emphasis and notes: “paraph amend show {number}”.",
        )
    _write(root, clause, path, text, _note(wanted, today(at, library.workspace.time_zone)))
    return Accepted(wanted, clause.source.file, text)


def _on_record(reader: Reader) -> tuple[list[_Found], set[int]]:
    """Amendments with the versions that they are about, and the numbers of what was withdrawn."""
    versions: dict[object, ClauseVersion | DocumentVersion] = {}
    found: list[_Found] = []
    withdrawn = set()
    for event in reader.events():
        match event.fact:
            case ClauseVersion() | DocumentVersion() as fact:
                versions[fact.subject] = fact
            case AmendmentProposed() as fact:
                found.append((event.number, fact, versions.get(fact.subject)))
            case DecisionWithdrawn() as fact:
                withdrawn.add(fact.decision)
    return found, withdrawn


def _amendment(library: Library, found: _Found, withdrawn: set[int]) -> Amendment:
    number, fact, version = found
    return Amendment(
        number=number,
        circulation=fact.circulation,
        member=fact.member,
        subject=str(fact.subject),
        language=fact.language,
        received=shown(fact.receipt.received, library.workspace.time_zone),
        withdrawn=number in withdrawn,
        sent=_sent(library, version, fact.language),
        asked=fact.text,
    )


def _sent(library: Library, version: ClauseVersion | DocumentVersion | None, language: str) -> str:
    """What a packet printed of a version in a language."""
    if isinstance(version, ClauseVersion):
        translation = version.translations.get(language)
        written = version.texts.get(language) or (translation.text if translation else "")
        return _printed(library, written, language)
    lines = version.lines.get(language, ()) if version else ()
    return "\n".join(normal(one) for one in texts.words_of(texts.lines("\n".join(lines), "sent")))


def _printed(library: Library, written: str, language: str) -> str:
    rtl = library.workspace.languages[language].direction == "rtl"
    made = texts.paragraphs(written, "clause", library.rules[language], rtl=rtl)
    return "\n".join(filter(None, map(normal, texts.words_of(made))))


def _text(clause: Clause, version: ClauseVersion, language: str) -> tuple[KeyPath, str, str]:
    """Where a text stands in the clause's file, what it says now, and what it said in the version."""
    if language in version.texts:
        now = clause.texts.get(language)
        return ("text", language), now.text if now else "", version.texts[language]
    there, then = clause.translations.get(language), version.translations.get(language)
    return ("translations", language, "text"), there.text.text if there else "", then.text if then else ""


def _note(amendment: Amendment, day: dt.date) -> str:
    return (
        f"{amendment.language}: wording of {amendment.member} (amendment {amendment.number} to {amendment.subject}, "
        f"{amendment.circulation}), taken over {day.isoformat()}."
    )


def _write(root: Path, clause: Clause, path: KeyPath, text: str, note: str) -> None:
    """Change the file in these two places; what it says then is read again before it is written."""
    file = root / clause.source.file
    before = file.read_bytes().decode("utf-8")
    try:
        after = rewritten(before, path, text)
    except KeyError as error:
        raise RefusedError(f"{clause.source.file} has no text at {'.'.join(map(str, path))}") from error
    notes = "\n".join(filter(None, (clause.notes.rstrip("\n"), note)))
    after = edited(after, ("notes",), "\n".join(block_text("notes", notes)))
    _prove(clause, path, text, after)
    write(file, after.encode("utf-8"))


def _prove(clause: Clause, path: KeyPath, text: str, after: str) -> None:
    """The file as it will be says the new text, and all else as before."""
    from paraph.library.reader import read

    data, _, findings = read(clause.source.file, after.encode("utf-8"))
    if data is None or errors(findings):
        raise FindingsError(errors(findings))
    node: Any = data
    for step in path:
        node = node[step]
    if canonical(str(node)) != canonical(text):
        raise RefusedError(f"{clause.source.file} cannot be changed safely", advice="Write the words by hand.")


def lines(found: tuple[Amendment, ...]) -> Iterator[str]:
    """The amendments as a table, a line each."""
    for one in found:
        taken = ", withdrawn" if one.withdrawn else ""
        yield f"{one.number:>5}  {one.subject}  {one.language}  {one.member}  {one.circulation}, {one.received}{taken}"


def as_json_array(found: tuple[Amendment, ...]) -> str:
    """The amendments as a JSON array."""
    import json

    return json.dumps([{**asdict(one), "difference": one.difference} for one in found], ensure_ascii=False, indent=2)
