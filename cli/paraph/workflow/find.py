"""Wording that was used before: in every language and version on record and in the files, with its standing.

The words are gathered in memory for each search, in a full-text index of SQLite (FTS5), be the register in SQLite or in
PostgreSQL: a few thousand texts take half a second, the index can never be out of date, both databases find the same,
and nothing lies beside the record that would have to be proved. What was decided is read of the clauses found only.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import NoRegisterError, UsageError
from paraph.markup.keywords import asked, fold, indexed, written
from paraph.model.event import VERSIONS, ClauseVersion, Subject
from paraph.model.library import Library
from paraph.model.rule import read_rule
from paraph.standing.fold import History
from paraph.standing.gate import agreed, open_circulations, outcome
from paraph.standing.rules import electorate
from paraph.standing.versions import current_clause
from paraph.workflow.building.folder_cache import user_cache
from paraph.workflow.inventory import library_of
from paraph.workflow.record.ledger import history_of, opened
from paraph.workflow.record.versions import texts_of

if TYPE_CHECKING:
    from paraph.register.reader import Reader

_MOST = 200
"""Texts that are ranked; what is shown is fewer."""
_AROUND = 90
"""Characters shown before and after the first word found."""
_ORDER = ("agreed", "adopted", "open", "not-adopted", "no-longer-agreed", "draft")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A text in which the words stand. `version` 0: in the file only, never put to the members.

    `word` is how the version stands: agreed (wording, as the file has it now), adopted (and changed since),
    no-longer-agreed, open, not-adopted, draft; `circulation` where. `used` are the documents that it was put to the
    members in, or that its file is used in now. `excerpt` are pieces of the text, those at odd places the words found.
    """

    clause: str
    version: int
    language: str
    word: str
    circulation: str
    used: tuple[str, ...]
    excerpt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    clause: str
    subject: Subject | None
    language: str
    text: str


def find(root: Path, words: str, language: str = "") -> tuple[Found, ...]:
    """The texts that have all of `words`, the most useful first; where none has all, those that have the most.

    Raises UsageError where there is nothing to look for.
    """
    library = library_of(root, user_cache(os.environ))
    known = tuple(library.workspace.all_languages)
    if language and language not in known:
        raise UsageError(f"“{language}” is no language of this workspace", f"They are {', '.join(known)}.")
    wanted = asked(words, (language,) if language else known)
    if not wanted:
        raise UsageError("there is nothing to look for", "Give a few words: paraph find detention of children")
    history = History()
    with ExitStack() as stack:
        reader = None
        with suppress(NoRegisterError):
            reader = stack.enter_context(stack.enter_context(opened(root, library)).reading())
        ranked = _search([one for one in _texts(library, reader) if language in ("", one.language)], wanted)
        if reader:
            history = history_of(reader, dict.fromkeys(one.subject.key for one in ranked if one.subject))
    forms = {form for one in wanted for form in one}
    phrase = " ".join(fold(word) for word in _WORD.findall(words))
    found = [(_found(library, history, text, forms), phrase in _plain(text), rank) for rank, text in enumerate(ranked)]
    found.sort(key=lambda one: (not one[1], _ORDER.index(one[0].word), one[2]))
    return tuple(one for one, _, _ in found)


def _texts(library: Library, reader: Reader | None) -> Iterator[_Text]:
    """Every text of every version on record, then the texts of files that are in no version."""
    known = set()
    for fact in (event.fact for event in reader.events((VERSIONS,))) if reader else ():
        if isinstance(fact, ClauseVersion):
            courtesy = {code: one.text for code, one in fact.translations.items()}
            for code, text in {**courtesy, **fact.texts}.items():
                known.add((fact.subject.id, code, text))
                yield _Text(fact.subject.id, fact.subject, code, text)
    for clause in library.clauses.values():
        for code in (*clause.texts, *clause.translations):
            found = clause.text(code)
            if found and (clause.id, code, found.text) not in known:
                yield _Text(clause.id, None, code, found.text)


def _search(texts: Sequence[_Text], wanted: Sequence[Sequence[str]]) -> list[_Text]:
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE wording USING fts5(words, tokenize='unicode61 remove_diacritics 0')")
        rows = ((place, indexed(one.text, one.language)) for place, one in enumerate(texts))
        index.executemany("INSERT INTO wording (rowid, words) VALUES (?, ?)", rows)
        groups = ["(" + " OR ".join(f'"{form}"' for form in forms) + ")" for forms in wanted]
        for query in (" AND ".join(groups), " OR ".join(groups)):
            ask = "SELECT rowid FROM wording WHERE wording MATCH ? ORDER BY rank, rowid DESC LIMIT ?"
            if places := [place for (place,) in index.execute(ask, (query, _MOST))]:
                return [texts[place] for place in places]
    return []


def _found(library: Library, history: History, text: _Text, forms: Iterable[str]) -> Found:
    word, circulation = _standing(library, history, text)
    asked_in = (one.opened.document for one in history.circulations.values() if text.subject in one.opened.subjects)
    used = [
        manifest.id
        for manifest in library.manifests.values()
        if any(chain[-1][1].clause == text.clause for section in manifest.sections for chain in section.all_uses())
    ]
    return Found(
        clause=text.clause,
        version=text.subject.version if text.subject else 0,
        language=text.language,
        word=word,
        circulation=circulation,
        used=tuple(dict.fromkeys((*asked_in, *(used if _is_current(library, history, text) else ())))),
        excerpt=_excerpt(written(text.text), text.language, frozenset(forms)),
    )


def _is_current(library: Library, history: History, text: _Text) -> bool:
    clause = library.clauses.get(text.clause)
    if clause is None or text.subject is None:
        return clause is not None
    return current_clause(history, clause.id, texts_of(clause)) == text.subject


def _standing(library: Library, history: History, text: _Text) -> tuple[str, str]:
    if text.subject is None:
        return "draft", ""
    closed = outcome(history, text.subject)
    if closed and closed[1].adopted:
        circulation = closed[0]
        rule = read_rule(circulation.opened.rule)
        if agreed(history, text.subject, rule, electorate(circulation)):
            return "no-longer-agreed", circulation.opened.circulation
        return ("agreed" if _is_current(library, history, text) else "adopted"), circulation.opened.circulation
    if asking := open_circulations(history, text.subject):
        return "open", asking[-1].opened.circulation
    return ("not-adopted", closed[0].opened.circulation) if closed else ("draft", "")


def _plain(text: _Text) -> str:
    return " ".join(fold(word) for word in _WORD.findall(written(text.text)))


def _excerpt(text: str, language: str, forms: frozenset[str]) -> tuple[str, ...]:
    """The text around the first word found, in pieces: what stands between, a word found, …"""
    text = " ".join(text.split())
    spans = [one.span() for one in _WORD.finditer(text) if not forms.isdisjoint(indexed(one[0], language).split())]
    if not spans:
        return (text[: 2 * _AROUND],)
    start, end = max(spans[0][0] - _AROUND, 0), min(spans[0][1] + 2 * _AROUND, len(text))
    start = text.find(" ", start, spans[0][0]) + 1 if start else 0
    end = text.rfind(" ", spans[0][1], end) if end < len(text) and " " in text[spans[0][1] : end] else end
    pieces, at = ["… " if start else ""], start
    for before, after in spans:
        if after <= end:
            pieces[-1] += text[at:before]
            pieces += [text[before:after], ""]
            at = after
    pieces[-1] += text[at:end] + (" …" if end < len(text) else "")
    return tuple(pieces)
