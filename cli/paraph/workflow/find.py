"""Wording that was used before: in every language and version on record and in the files, with its standing.

The words are gathered in memory for each search, in a full-text index of SQLite (FTS5), be the register in SQLite or in
PostgreSQL: a few thousand texts take half a second, the index can never be out of date, both databases find the same,
and nothing lies beside the record that would have to be proved. What was decided is read of the clauses found only.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import UsageError
from paraph.library.cache import Cache, key_of
from paraph.markup.keywords import Keywords, fold, written
from paraph.model.event import CIRCULATIONS, VERSIONS, ClauseVersion, DocumentVersion, Event, Subject
from paraph.model.library import Library
from paraph.model.rule import read_rule
from paraph.standing.fold import History
from paraph.standing.fold import fold as fold_events
from paraph.standing.gate import agreed, open_circulations, outcomes
from paraph.standing.rules import electorate
from paraph.standing.versions import current_clause
from paraph.workflow.building.folder_cache import user_cache
from paraph.workflow.inventory import library_of
from paraph.workflow.record.ledger import events_of, if_begun, looked
from paraph.workflow.record.versions import texts_of

if TYPE_CHECKING:
    from paraph.register.glance import Look

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
    no-longer-agreed, open, not-adopted, draft; `circulation` where. `used` are the documents that have had it in a
    version on record, or that its file is used in now. `excerpt` are pieces of the text, those at odd places the words
    found.
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
    cache = user_cache(os.environ)
    library = library_of(root, cache)
    known = tuple(library.workspace.all_languages)
    if language and language not in known:
        raise UsageError(f"“{language}” is no language of this workspace", f"They are {', '.join(known)}.")
    keywords, history = _keywords(cache), History()
    if not keywords.asked(words, (), thorough=False):
        raise UsageError("there is nothing to look for", "Give a few words: paraph find detention of children")
    with ExitStack() as stack:
        reader = None
        with if_begun():
            reader = stack.enter_context(looked(root, library))
        versions = tuple(reader.events((VERSIONS,))) if reader else ()
        texts = [one for one in _texts(library, versions) if language in ("", one.language)]
        ranked, forms = _search(texts, words, keywords)
        if reader:
            history = _history(reader, versions, [one.subject for one in ranked if one.subject])
    if not language:
        _keep(cache, keywords)
    phrase = " ".join(fold(word) for word in _WORD.findall(words))
    uses = _uses(library)
    found = [
        (_found(library, history, text, uses, forms, keywords), phrase in _plain(text), rank)
        for rank, text in enumerate(ranked)
    ]
    found.sort(key=lambda one: (not one[1], _ORDER.index(one[0].word), one[2]))
    return tuple(one for one, _, _ in found)


def _texts(library: Library, versions: Iterable[Event]) -> Iterator[_Text]:
    """Every text of every version on record, then the texts of files that are in no version."""
    known = set()
    for fact in (event.fact for event in versions):
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


def _search(texts: Sequence[_Text], words: str, keywords: Keywords) -> tuple[list[_Text], frozenset[str]]:
    """The texts with the words, and all that was taken for one of them.

    What the words may stand for is first known from the texts alone, and from dictionaries where no text has all.
    """
    languages = tuple(dict.fromkeys(one.language for one in texts))
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE wording USING fts5(words, tokenize='unicode61 remove_diacritics 0')")
        rows = ((place, keywords.indexed(one.text, one.language)) for place, one in enumerate(texts))
        index.executemany("INSERT INTO wording (rowid, words) VALUES (?, ?)", rows)
        for thorough, both in ((False, " AND "), (True, " AND "), (True, " OR ")):
            wanted = keywords.asked(words, languages, thorough=thorough)
            query = both.join("(" + " OR ".join(f'"{form}"' for form in forms) + ")" for forms in wanted)
            ask = "SELECT rowid FROM wording WHERE wording MATCH ? ORDER BY rank, rowid DESC LIMIT ?"
            if places := [place for (place,) in index.execute(ask, (query, _MOST))]:
                return [texts[place] for place in places], frozenset(form for one in wanted for form in one)
    return [], frozenset()


def _history(reader: Look, versions: Iterable[Event], subjects: Iterable[Subject]) -> History:
    """Which circulations asked about what and how they were counted; of the adopted ones of `subjects`, what was
    decided, too: of the others nothing more is told."""
    events = {one.number: one for one in (*versions, *reader.events((CIRCULATIONS,)))}
    history = fold_events(events[number] for number in sorted(events))
    adopted = {one.key for one in subjects if any(tally.adopted for _, tally in outcomes(history, one))}
    if adopted:
        events |= {one.number: one for one in events_of(reader, adopted)}
        history = fold_events(events[number] for number in sorted(events))
    return history


def _keywords(cache: Cache) -> Keywords:
    """With the lemmas of the words that the texts had the last time."""
    try:
        known = json.loads(cache.get(key_of("lemmas", (), "")) or b"{}")
    except ValueError:
        known = {}
    return Keywords(known)


def _keep(cache: Cache, keywords: Keywords) -> None:
    if (key := key_of("lemmas", (), "")) and keywords.more:
        cache.put(key, json.dumps(keywords.met, ensure_ascii=False).encode())


def _uses(library: Library) -> Mapping[str, Sequence[str]]:
    """The documents in which the files use each clause."""
    found: dict[str, list[str]] = {}
    for manifest in library.manifests.values():
        for section in manifest.sections:
            for chain in section.all_uses():
                found.setdefault(chain[-1][1].clause, []).append(manifest.id)
    return found


def _found(
    library: Library,
    history: History,
    text: _Text,
    uses: Mapping[str, Sequence[str]],
    forms: frozenset[str],
    keywords: Keywords,
) -> Found:
    word, circulation = _standing(library, history, text)
    with_it = (
        one.subject.id
        for versions in history.versions.values()
        for one in versions
        if isinstance(one, DocumentVersion) and text.subject in one.clauses
    )
    used = uses.get(text.clause, ())
    return Found(
        clause=text.clause,
        version=text.subject.version if text.subject else 0,
        language=text.language,
        word=word,
        circulation=circulation,
        used=tuple(dict.fromkeys((*with_it, *(used if _is_current(library, history, text) else ())))),
        excerpt=_excerpt(written(text.text), text.language, forms, keywords),
    )


def _is_current(library: Library, history: History, text: _Text) -> bool:
    clause = library.clauses.get(text.clause)
    if clause is None or text.subject is None:
        return clause is not None
    return current_clause(history, clause.id, texts_of(clause)) == text.subject


def _standing(library: Library, history: History, text: _Text) -> tuple[str, str]:
    if text.subject is None:
        return "draft", ""
    closed = outcomes(history, text.subject)
    adopted = [one for one, tally in closed if tally.adopted]
    for circulation in adopted:
        asked, rule = circulation.opened, read_rule(circulation.opened.rule)
        if not agreed(history, text.subject, asked.document, rule, electorate(circulation)):
            return ("agreed" if _is_current(library, history, text) else "adopted"), asked.circulation
    if adopted:
        return "no-longer-agreed", adopted[0].opened.circulation
    if asking := open_circulations(history, text.subject):
        return "open", asking[-1].opened.circulation
    return ("not-adopted", closed[0][0].opened.circulation) if closed else ("draft", "")


def _plain(text: _Text) -> str:
    return " ".join(fold(word) for word in _WORD.findall(written(text.text)))


def _excerpt(text: str, language: str, forms: frozenset[str], keywords: Keywords) -> tuple[str, ...]:
    """The text around the first word found, in pieces: what stands between, a word found, …"""
    text = " ".join(text.split())
    spans = [
        one.span() for one in _WORD.finditer(text) if not forms.isdisjoint(keywords.indexed(one[0], language).split())
    ]
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
