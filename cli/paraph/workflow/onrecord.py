"""What the register says of a document that is being built: who joined, what is reserved, what is missing.

Where nothing was ever put to members, which is where most texts are drafted, nothing of the register is loaded.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import NoRegisterError
from paraph.model.clause import Clause
from paraph.model.document import Record
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.member import Status

if TYPE_CHECKING:
    from paraph.model.event import Head
    from paraph.standing.fold import History
    from paraph.standing.versions import Now

_SHOWN = 16
"""Digits of a hash that are printed: 64 bits, as many as `paraph register verify --heads` asks for."""


@contextmanager
def records(root: Path, library: Library) -> Iterator[Callable[[Manifest], Record]]:
    """What the register says of documents, by manifest; nothing of any where there is no register."""
    database = _database(root, _address(library.workspace.register))
    if database is not None and not database.is_file():
        yield lambda manifest: Record()
        return
    from paraph.workflow.ledger import history_of, opened
    from paraph.workflow.versions import keys_of, now_of

    with ExitStack() as stack:
        try:
            reader = stack.enter_context(stack.enter_context(opened(root, library)).reading())
        except NoRegisterError:
            yield lambda manifest: Record()
            return

        def found(manifest: Manifest) -> Record:
            now, _ = now_of(library, manifest)
            return draft_record(library, history_of(reader, keys_of(now)), now)

        yield found


def draft_record(library: Library, history: History, now: Now) -> Record:
    """What a draft prints. Who may sign are the members that are active on record: no clock is asked."""
    from paraph.standing.gate import progress, record

    active = [member for member, one in history.members.items() if one.status is Status.ACTIVE]
    found = record(history, now, active=active)
    come = progress(history, now)
    return replace(
        found,
        signed=found.signed or None,
        head=short(history.last) if come else "",
        progress=come,
        validated=validated(library, history, now),
    )


def validated(library: Library, history: History, now: Now) -> dict[str, frozenset[str]]:
    """The clauses of a document whose courtesy translation stands validated, by language (24)."""
    from paraph.standing.gate import translation

    found: dict[str, set[str]] = {}
    for id_ in dict.fromkeys(now.clauses):
        for language, one in library.clauses[id_].translations.items():
            state = translation(history, id_, now.texts[id_], language, one.source, one.text.text)
            if state == "validated":
                found.setdefault(language, set()).add(id_)
    return {language: frozenset(clauses) for language, clauses in found.items()}


def translations(root: Path, library: Library, clause: Clause) -> dict[str, str]:
    """What each courtesy translation of a clause is on record: validated, stale or unchecked; none without a register.

    “Stale” is one that was validated word for word, of a source text that has changed since.
    """
    from paraph.model.event import SubjectKind
    from paraph.standing.gate import translation
    from paraph.workflow.ledger import history_of, opened
    from paraph.workflow.versions import texts_of

    with suppress(NoRegisterError), opened(root, library) as register, register.reading() as reader:
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
    """What changes whenever the register does; the same as long as nothing was written. `address` is paraph.yml's.

    Of SQLite, the file is looked at and not opened: most builds change nothing, and should not wait for a database.
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
