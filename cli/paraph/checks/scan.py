"""What the checks look at: a library, its texts taken apart, the terms that stand in them. Each is found once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from paraph.checks.coordination import put_back
from paraph.checks.texts import SYMBOL, Passage, RunKind, clause_passages, manifest_passages
from paraph.glossary.matching import Entry, Match, Matcher
from paraph.model.clause import Clause
from paraph.model.library import Library
from paraph.model.manifest import Manifest

_T = TypeVar("_T")
_APART = (RunKind.FOREIGN, RunKind.MARK)


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a text that name a concept, or might name one of several; `line` is that of the text, from 0.

    `concept` is certain where the words are marked or the termbase has one meaning; `marked` says that they are.
    """

    words: str
    concept: str
    entries: tuple[Entry, ...]
    line: int
    kind: RunKind
    marked: bool = False

    @property
    def entry(self) -> Entry | None:
        """The term that stands here; None where marked words are no term of their concept."""
        return self.entries[0] if self.entries else None


class Scan:
    """A library under the eyes of the checks."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._matchers: dict[str, Matcher] = {}
        self._named: dict[int, tuple[Named, ...]] = {}
        self._looked_at: set[str] = set()
        self._once: dict[tuple[str, int, int], tuple[Any, ...]] = {}

    def once(self, find: Callable[[Passage, Passage], Iterable[_T]], one: Passage, other: Passage) -> tuple[_T, ...]:
        """What `find` finds in two texts of this scan, which several checks ask for."""
        key = find.__name__, id(one), id(other)
        if key not in self._once:
            self._once[key] = tuple(find(one, other))
        return self._once[key]

    def part(self, clauses: Iterable[str], manifests: Iterable[str]) -> Scan:
        """The same library with these clauses and documents alone, which knows the terms and the dates of all, and
        what was found in their texts already."""
        library = self.library
        some = Scan(
            replace(
                library,
                clauses={one: library.clauses[one] for one in clauses},
                manifests={one: library.manifests[one] for one in manifests},
            )
        )
        some._matchers = self._matchers
        some._named = self._named
        some.dates = self.dates
        some.clauses = {one: self.clauses[one] for one in some.library.clauses}
        some.manifests = {one: self.manifests[one] for one in some.library.manifests}
        return some

    @cached_property
    def dates(self) -> Mapping[str, tuple[dt.date | None, ...]]:
        """Clause → the dates of the documents that print it; None is an undated one."""
        dates: dict[str, dict[dt.date | None, None]] = {}
        for manifest in self.library.manifests.values():
            for clause in self.used(manifest):
                dates.setdefault(clause.id, {})[self.library.on(manifest)] = None
        return {clause: tuple(found) for clause, found in dates.items()}

    def matcher(self, language: str) -> Matcher:
        """The terms of a language, with the acronyms that only others have."""
        if language not in self._matchers:
            self._matchers[language] = Matcher.of(self.library.concepts.values(), language, foreign=True)
        return self._matchers[language]

    @cached_property
    def clauses(self) -> Mapping[str, tuple[Passage, ...]]:
        """The texts of each clause, by its id."""
        return {clause.id: tuple(clause_passages(clause)) for clause in self.library.clauses.values()}

    @cached_property
    def manifests(self) -> Mapping[str, tuple[Passage, ...]]:
        """The own texts of each document, by its id."""
        return {one.id: tuple(manifest_passages(self.library, one)) for one in self.library.manifests.values()}

    def passages(self) -> Iterator[Passage]:
        """Every text once."""
        for group in (*self.clauses.values(), *self.manifests.values()):
            yield from group

    def used(self, manifest: Manifest) -> tuple[Clause, ...]:
        """The clauses of a document in their order, each once; those that do not exist are left out."""
        ids = dict.fromkeys(chain[-1][1].clause for section in manifest.sections for chain in section.all_uses())
        return tuple(self.library.clauses[one] for one in ids if one in self.library.clauses)

    def document(self, manifest: Manifest, language: str) -> tuple[Passage, ...]:
        """The texts that a document prints in a language: its own, and those of its clauses."""
        own = (one for one in self.manifests[manifest.id] if one.language == language)
        clauses = (one for clause in self.used(manifest) for one in self.clauses[clause.id] if one.language == language)
        return (*own, *clauses)

    def named(self, passage: Passage) -> tuple[Named, ...]:
        """The concepts that a text names, left to right; what is foreign is left out.

        The first time in a language all its texts are looked at: many together are sooner done.
        """
        if passage.language not in self._looked_at:
            self._looked_at.add(passage.language)
            here = [one for one in self.passages() if one.language == passage.language and id(one) not in self._named]
            self._look_at(here, passage.language)
        if id(passage) not in self._named:
            self._look_at([passage], passage.language)
        return self._named[id(passage)]

    def look(self) -> Scan:
        """Find now what every text names, for the parts that are taken from this."""
        for passage in self.passages():
            self.named(passage)
        return self

    def _look_at(self, passages: Sequence[Passage], language: str) -> None:
        matcher = self.matcher(language)
        parts = (part for passage in passages for part in passage.parts)
        matches = matcher.find_each(_words(run.text) for part in parts for run in part.runs if run.kind not in _APART)
        for passage in passages:
            self._named[id(passage)] = tuple(self._read(passage, matcher, matches))

    def _read(self, passage: Passage, matcher: Matcher, matches: Iterator[tuple[Match, ...]]) -> Iterator[Named]:
        """`matches`: for this text and others after it, the terms in each run that is neither marked nor foreign."""
        for part in passage.parts:
            for run in part.runs:
                if run.kind is RunKind.MARK:
                    yield self._marked(matcher, run.text, run.concept, part.at)
                elif run.kind is not RunKind.FOREIGN:
                    for match in next(matches):
                        words = run.text[match.start : match.end]
                        yield Named(words, match.concept, match.entries, part.at, run.kind)

    @staticmethod
    def _marked(matcher: Matcher, text: str, concept: str, line: int) -> Named:
        """Marked words: the longest term of the concept in them, if there is one."""
        found = [match for match in matcher.find(text, overlapping=True) if _of(match, concept)]
        longest = max(found, key=lambda match: match.end - match.start, default=None)
        return Named(text, concept, _of(longest, concept) if longest else (), line, RunKind.MARK, marked=True)

    def mentions(self, passage: Passage) -> frozenset[str]:
        """Every concept that a text might be said to name, also inside longer terms, links and quotations, and by words
        that stand once for two terms."""
        matcher = self.matcher(passage.language)
        found = {run.concept for part in passage.parts for run in part.runs if run.concept}
        for part in passage.parts:
            for run in part.runs:
                if run.kind is not RunKind.FOREIGN:
                    for text in (_words(run.text), *put_back(run.text, passage.language)):
                        for match in matcher.find(text, overlapping=True):
                            found |= {entry.concept for entry in match.entries}
        return frozenset(found)


def _words(text: str) -> str:
    """The text, as long as it is, without symbols of documents: CRC/C/GC/14 names no convention."""
    return SYMBOL.sub(lambda found: "/" * len(found[0]), text) if "/" in text else text


def _of(match: Match, concept: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in match.entries if entry.concept == concept)
