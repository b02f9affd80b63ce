"""What the register says of a document that is being built: who joined, what is reserved, what is missing.

Where nothing was ever put to members, which is where most texts are drafted, nothing of the register is loaded.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from paraph.errors import NoRegisterError, RegisterError
from paraph.library.written.index import WORKSPACE
from paraph.model.clause import Clause
from paraph.model.document import Record
from paraph.model.finding import Finding, Severity
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.member import Status
from paraph.model.own_texts import own_record, own_source
from paraph.workflow import times

if TYPE_CHECKING:
    from paraph.model.event import Head
    from paraph.register.glance import Look
    from paraph.standing.fold import History
    from paraph.standing.versions import Now

_UNREAD = "unread"
"""The mark of a register that could not be read."""

_SHOWN = 16
"""Digits of a hash that are printed: 64 bits, as many as `paraph register verify --heads` asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What of the register a draft was made from, so that a later build can tell whether it has to be made again.

    `address` is that of the register, as paraph.yml has it, `mark` its state then (see `mark`). `keys` are what was
    read of it, none where nothing was; `last` is the head at the last event about any of them.
    """

    address: str
    mark: str = ""
    keys: tuple[str, ...] = ()
    last: str = ""


class Records:
    """What the register says of documents, by manifest; nothing of any where there is none.

    Where it cannot be read, a draft is made all the same, and says that its standing is not known; `findings` say why.
    """

    def __init__(self, library: Library, mark: str, reader: Look | None, findings: tuple[Finding, ...] = ()) -> None:
        self._library, self._mark, self._reader, self.findings = library, mark, reader, findings
        self._read: dict[str, tuple[tuple[str, ...], str]] = {}

    def __call__(self, manifest: Manifest, day: dt.date | None = None) -> Record:
        """What a draft of this document prints of the register; a letter of a `day`, as of that."""
        if self._reader is None or self.findings:
            return Record(unread=bool(self.findings))
        from paraph.standing.fold import fold
        from paraph.workflow.record.ledger import events_of, keys_behind
        from paraph.workflow.record.versions import keys_of, now_of

        library = self._library.of(day) if day else self._library
        now, _ = now_of(library, manifest)
        try:
            events = events_of(self._reader, keys_of(now))
        except RegisterError as error:
            self.findings = (_unread(error),)
            return Record(unread=True)
        history = fold(events)
        self._read[manifest.id] = keys_behind(events, keys_of(now)), str(history.last)
        return draft_record(library, history, now, day)

    def seen(self, document: str) -> Seen:
        """What of the register the last record of `document` was made from."""
        address = self._library.workspace.register
        if self.findings:
            return Seen(address=address, mark=_UNREAD)
        keys, last = self._read.get(document, ((), ""))
        return Seen(address=address, mark=self._mark, keys=keys, last=last)


@contextmanager
def records(root: Path, library: Library) -> Iterator[Records]:
    """What the register says of the documents of a workspace."""
    address = library.workspace.register
    database = _database(root, _address(address))
    if database is not None and not database.is_file():
        yield _without(root, library, NoRegisterError(f"there is no register at {database}"))
        return
    from paraph.workflow.record.ledger import looked

    with ExitStack() as stack:
        try:
            then = mark(root, address)
            reader = stack.enter_context(looked(root, library))
        except NoRegisterError as error:
            yield _without(root, library, error)
        except RegisterError as error:
            yield Records(library, _UNREAD, None, (_unread(error),))
        else:
            yield Records(library, then, reader)


def _without(root: Path, library: Library, error: NoRegisterError) -> Records:
    """What is said where there is no register: nothing was ever put to the members, or it is not where it was."""
    from paraph.workflow.record.traces import trace

    if not (sign := trace(root)):
        return Records(library, mark(root, library.workspace.register), None)
    advice = "Name it, in PARAPH_REGISTER or paraph.yml, or bring it back."
    return Records(library, _UNREAD, None, (_unread(RegisterError(f"{error.message}, though {sign}", advice)),))


def _unread(error: RegisterError) -> Finding:
    return Finding(
        file=WORKSPACE,
        line=0,
        column=0,
        rule="register-unread",
        message=f"drafts do not say how they stand: {error.message}",
        advice=error.advice,
        severity=Severity.WARNING,
    )


class Unchanged:
    """Tells whether the register still says of a document what it said when the document was built.

    A register is opened only where its mark shows that something was written to it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._marks: dict[str, str] = {}
        self._readers: dict[str, Look] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def since(self, seen: Seen) -> Seen | None:
        """`seen`, with the mark of now, where nothing that concerns the document was recorded since; else None."""
        try:
            now = self._mark(seen.address)
            if now == seen.mark:
                return seen
            reader = self._reader(seen.address) if seen.keys else None
            return replace(seen, mark=now) if reader and str(reader.last(seen.keys)) == seen.last else None
        except RegisterError:
            return seen if seen.mark == _UNREAD else None

    def _mark(self, address: str) -> str:
        if address not in self._marks:
            self._marks[address] = mark(self._root, address)
        return self._marks[address]

    def _reader(self, address: str) -> Look:
        from paraph.register.glance import glance

        if address not in self._readers:
            self._readers[address] = self._open.enter_context(glance(_address(address), self._root))
        return self._readers[address]


def draft_record(library: Library, history: History, now: Now, day: dt.date | None = None) -> Record:
    """What a draft prints. Who may sign are the members that are active on record, no clock is asked; of a letter of a
    `day`, those active then. Raises RefusedError where institutions.yml does not say what one of them is called."""
    from paraph.standing.gate import progress, record
    from paraph.workflow.record.membership import active_on, refuse_unnamed

    active: Collection[str] = [member for member, one in history.members.items() if one.status is Status.ACTIVE]
    if day:
        active = active_on(library, history, day, times.now())
    found = record(history, now, active=active)
    refuse_unnamed(library, (*(found.signed or ()), *(one.institution for one in found.reservations)))
    come = progress(history, now)
    return replace(
        found,
        signed=found.signed or None,
        head=short(history.last) if come else "",
        progress=come,
        validated=validated(library, history, now),
    )


def validated(library: Library, history: History, now: Now) -> dict[str, frozenset[str]]:
    """The clauses of a document whose courtesy translation stands validated, and itself where its own texts are (24).

    By language.
    """
    from paraph.standing.gate import own_texts_validated, translation

    found: dict[str, set[str]] = {}
    for id_ in dict.fromkeys(now.clauses):
        for language, one in library.clauses[id_].translations.items():
            state = translation(history, id_, now.texts[id_], language, one.source, one.text.text)
            if state == "validated":
                found.setdefault(language, set()).add(id_)
    manifest = library.manifests[now.id]
    for language in {*manifest.translations, *manifest.unchecked}:
        words = own_record(manifest, own_source(library, manifest, language), language)
        if own_texts_validated(history, manifest.id, language, words):
            found.setdefault(language, set()).add(manifest.id)
    return {language: frozenset(clauses) for language, clauses in found.items()}


def translations(root: Path, library: Library, clause: Clause) -> dict[str, str]:
    """What each courtesy translation of a clause is on record: validated, stale or unchecked; none without a register.

    “Stale” is one that was validated word for word, of a source text that has changed since.
    """
    from paraph.model.event import SubjectKind
    from paraph.standing.gate import translation
    from paraph.workflow.record.ledger import history_of, looked
    from paraph.workflow.record.versions import texts_of

    with suppress(NoRegisterError), looked(root, library) as reader:
        history = history_of(reader, (f"{SubjectKind.CLAUSE}/{clause.id}",))
        texts = texts_of(clause)
        return {
            language: translation(history, clause.id, texts, language, one.source, one.text.text)
            for language, one in clause.translations.items()
        }
    return {}


def short(head: Head) -> str:
    """A head as it is printed: "41:a380fbc66dd2d869"."""
    return f"{head.number}:{head.hash[:_SHOWN]}"


def mark(root: Path, address: str) -> str:
    """A digest that changes whenever the register at `address` (as paraph.yml has it) is written to, and only then.

    Of SQLite it is made from the size and times of the file, which is not opened: most builds find nothing changed, and
    should not wait for a database.
    """
    where = _address(address)
    if (database := _database(root, where)) is not None:
        try:
            stat = database.stat()
            state = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
        except OSError:
            state = ""
    else:
        from paraph.register.store import Register

        try:
            with closing(Register.open(where, root)) as register, register.reading() as reader:
                state = str(reader.head())
        except NoRegisterError:
            state = ""
    return hashlib.sha256(f"{where}\0{state}".encode()).hexdigest()


def _address(written: str) -> str:
    return os.environ.get("PARAPH_REGISTER") or written


def _database(root: Path, address: str) -> Path | None:
    """The file of a register in SQLite; None where the address is another, or has more to it than a path."""
    path = address.removeprefix("sqlite:///")
    return root / path if path and path != address and "?" not in path else None
