"""Amendments: other words that members asked for, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from paraph.errors import UsageError
from paraph.markup.canonical import canonical
from paraph.markup.diff import diff, marked
from paraph.model.clause import Clause
from paraph.model.event import (
    CIRCULATIONS,
    AmendmentProposed,
    CirculationClosed,
    CirculationOpened,
    ClauseVersion,
    DecisionWithdrawn,
    DocumentVersion,
    Subject,
)
from paraph.model.library import Library
from paraph.review import texts
from paraph.review.returned.normal_text import normal
from paraph.review.returned.wording import same_words
from paraph.workflow.inventory import library_of
from paraph.workflow.record.ledger import opened
from paraph.workflow.times import shown

if TYPE_CHECKING:
    from paraph.register.reader import Reader

UNTOUCHED = "still says what {} said"
"""How an authentic language stands that nobody changed since a version."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Amendment:
    """An amendment on record: `number` is that of its event, `received` is shown in the workspace's zone.

    `sent` is what was printed of the text that the member saw, `asked` what it
    asks for, `fate` what became of it, in words. `called_off`: nothing came of the circulation that it was said in, and
    it stands all the same (9a); `again` are those in which the same words were put to the members after that.
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
    fate: str = ""
    called_off: bool = False
    again: tuple[str, ...] = ()

    @property
    def difference(self) -> str:
        """What it changes, as plain text."""
        return marked(diff(self.sent, self.asked))


Version: TypeAlias = ClauseVersion | DocumentVersion
Found: TypeAlias = tuple[int, AmendmentProposed, Version | None]


def amendments(root: Path, about: str = "") -> tuple[Amendment, ...]:
    """All amendments on record, of a clause, document, member or circulation where `about` names one; oldest first."""
    library = library_of(root)
    with opened(root, library) as register, register.reading() as reader:
        found, withdrawn, newest = on_record(reader)
        off = _called_off(reader)
    made = (_amendment(library, one, withdrawn, newest, off, found) for one in found)
    return tuple(
        one for one in made if about in ("", one.circulation, one.member, one.subject, one.subject.partition("@")[0])
    )


def amendment(root: Path, number: int) -> Amendment:
    """The amendment recorded as event `number`. Raises UsageError where there is none."""
    found = next((one for one in amendments(root) if one.number == number), None)
    if found is None:
        raise UsageError(f"event {number} is no amendment", "“paraph amend list” shows them with their numbers.")
    return found


def on_record(reader: Reader, about: Sequence[str] | None = None) -> tuple[list[Found], set[int], dict[str, Version]]:
    """Amendments with the versions that they are about, the numbers of what was withdrawn, the newest version of each
    clause and document by its key; all, or those of the clauses and documents with the keys `about`."""
    versions: dict[object, Version] = {}
    found: list[Found] = []
    withdrawn, newest = set(), dict[str, Version]()
    for event in reader.events(about):
        match event.fact:
            case ClauseVersion() | DocumentVersion() as fact:
                versions[fact.subject] = fact
                newest[fact.subject.key] = fact
            case AmendmentProposed() as fact:
                found.append((event.number, fact, versions.get(fact.subject)))
            case DecisionWithdrawn() as fact:
                withdrawn.add(fact.decision)
    return found, withdrawn, newest


def _called_off(reader: Reader) -> dict[str, dict[Subject, tuple[str, ...]]]:
    """The circulations that were called off, with the later ones in which the versions that they put were put again."""
    asked: dict[str, tuple[Subject, ...]] = {}
    off: dict[str, dict[Subject, tuple[str, ...]]] = {}
    for event in reader.events((CIRCULATIONS,)):
        match event.fact:
            case CirculationOpened() as fact:
                asked[fact.circulation] = fact.subjects
                for again in off.values():
                    for subject in again.keys() & set(fact.subjects):
                        again[subject] = (*again[subject], fact.circulation)
            case CirculationClosed() as fact if fact.called_off:
                off[fact.circulation] = dict.fromkeys(asked[fact.circulation], ())
    return off


def _amendment(
    library: Library,
    found: Found,
    withdrawn: set[int],
    newest: Mapping[str, Version],
    off: Mapping[str, Mapping[Subject, tuple[str, ...]]],
    every: Sequence[Found],
) -> Amendment:
    number, fact, version = found
    later = newest.get(fact.subject.key)
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
        fate="withdrawn" if number in withdrawn else _fate(library, fact, version, later, every),
        called_off=fact.circulation in off,
        again=off.get(fact.circulation, {}).get(fact.subject, ()),
    )


def _fate(
    library: Library, fact: AmendmentProposed, version: Version | None, later: Version | None, every: Sequence[Found]
) -> str:
    """What became of an amendment that stands; `later` is the version that the members were asked about last. Where
    there is no such clause any more, what it said there is what counts."""
    clause = library.clauses.get(fact.subject.id)
    number = later.subject.version if later else 0
    moved = f"moved on to version {number}" if number > fact.subject.version else ""
    if not isinstance(version, ClauseVersion):
        return moved or ("open" if version else "the version that it is about is not on record")
    if clause is None:
        taken = isinstance(later, ClauseVersion) and moved and _says(library, later, fact)
        return "taken over" if taken else moved or "open"
    now, seen = texts_of(clause, version, fact.language)
    if same_words(printed(library, now, fact.language), fact.text):
        still = () if moved else behind(library, clause, version, fact, every)
        return "; ".join(("taken over", *(f"{code} {how}" for code, how in still)))
    return moved or ("open" if canonical(now) == canonical(seen) else "the file has moved on")


def _says(library: Library, version: ClauseVersion, fact: AmendmentProposed) -> bool:
    """Whether a version has the words that an amendment asked for."""
    return same_words(_sent(library, version, fact.language), fact.text)


def texts_of(clause: Clause, version: ClauseVersion, language: str) -> tuple[str, str]:
    """What the clause’s file says in a language, and what it said in a version."""
    if language in version.texts:
        now = clause.texts.get(language)
        return now.text if now else "", version.texts[language]
    there, then = clause.translations.get(language), version.translations.get(language)
    return there.text.text if there else "", then.text if then else ""


def behind(
    library: Library, clause: Clause, version: ClauseVersion, taken: AmendmentProposed, found: Sequence[Found]
) -> Iterator[tuple[str, str]]:
    """The other authentic languages that do not follow an amendment that is taken over: somebody has to look at them.

    Such a one says what the version said, or to the letter what an amendment in it asked for, of a member that did not
    ask for the words taken over. With each, how it stands, in words. `found` are the amendments on record.
    """
    if taken.language not in version.texts:
        return
    asked = [fact for _, fact, _ in found if fact.subject == version.subject]
    along = _asked_for(taken.language, taken.text, asked)
    for code in version.texts:
        if code == taken.language:
            continue
        now, seen = texts_of(clause, version, code)
        others = _asked_for(code, printed(library, now, code), asked)
        if canonical(now) == canonical(seen):
            yield code, UNTOUCHED.format(version.subject)
        elif others and along.isdisjoint(others):
            yield code, f"has what {' and '.join(sorted(others))} asked for, and no more"


def _asked_for(language: str, words: str, asked: Sequence[AmendmentProposed]) -> set[str]:
    """The members that asked for these words in a language."""
    return {one.member for one in asked if one.language == language and same_words(words, one.text)}


def _sent(library: Library, version: Version | None, language: str) -> str:
    """What a packet printed of a version in a language."""
    if isinstance(version, ClauseVersion):
        translation = version.translations.get(language)
        written = version.texts.get(language) or (translation.text if translation else "")
        return printed(library, written, language)
    lines = version.lines.get(language, ()) if version else ()
    return "\n".join(normal(one) for one in texts.words_of(texts.lines("\n".join(lines), "sent")))


def printed(library: Library, written: str, language: str) -> str:
    """What a packet prints of a text, a paragraph a line."""
    rtl = library.workspace.languages[language].direction == "rtl"
    made = texts.paragraphs(written, "clause", library.rules[language], rtl=rtl)
    return "\n".join(filter(None, map(normal, texts.words_of(made))))


def lines(found: tuple[Amendment, ...]) -> Iterator[str]:
    """The amendments as a table, a line each."""
    for one in found:
        about = f"{one.number:>5}  {one.subject}  {one.language}  {one.member}  {one.circulation}, {one.received}"
        yield f"{about}: {one.fate}{_off(one)}"


def _off(one: Amendment) -> str:
    """What is told of the circulation of an amendment, where that was called off."""
    if not one.called_off:
        return ""
    again = f"put again in {', '.join(one.again)}" if one.again else "not put again"
    stands = "" if one.withdrawn else ", the amendment stands"
    return f" ({one.circulation} was called off{stands}; {one.subject} {again})"


def as_json_array(found: tuple[Amendment, ...]) -> str:
    """The amendments as a JSON array."""
    import json

    return json.dumps([{**asdict(one), "difference": one.difference} for one in found], ensure_ascii=False, indent=2)
