"""Which clauses of the library say the same as a paragraph that came in, or nearly the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from paraph.legacy.outline import Unit
from paraph.markup.diff import diff, marked
from paraph.model.clause import Clause
from paraph.model.text import Line, notes, plain

_VALUE = re.compile(r"\{\{\s*([a-z0-9_.]+)\s*\}\}")
_LONGEST = 300
"""Characters of a value: lists of states are long."""
NEAR = 72
"""Of 100: from here on two paragraphs are worth setting beside each other."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A clause of the library, how alike it is (100: the same words), in which language, and the difference, from its
    words to those that came in. `values`: what stands in the place of its values, by name, where nothing else differs.
    """

    clause: str
    score: int
    language: str
    difference: str
    values: Mapping[str, str]


class ClauseTexts:
    """The clauses' texts, ready to be compared with."""

    def __init__(self, clauses: Mapping[str, Clause]) -> None:
        self._texts: dict[str, dict[str, str]] = {}
        for clause in clauses.values():
            for code, text in clause.texts.items():
                self._texts.setdefault(code, {})[clause.id] = _words(text.lines)

    def nearest(self, unit: Unit, language: str) -> Similar | None:
        """The clause nearest to a paragraph in `language`, or None where none is near."""
        from rapidfuzz import fuzz, process

        texts = self._texts.get(language, {})
        own = _words(unit.lines)
        found = process.extractOne(own, texts, scorer=fuzz.ratio, processor=_bare, score_cutoff=NEAR)
        if found is None:
            return None
        words, score, clause = found
        same = self.same(unit, language, clause)
        difference = marked(diff(words, own))
        return Similar(clause, 100 if same else min(99, round(score)), language, difference, _values(words, own))

    def same(self, unit: Unit, language: str, clause: str) -> bool:
        """Whether `clause` says in `language` exactly what `unit` does, footnotes included.

        How spaces and apostrophes are set, and the first letter, which its place decides, do not count.
        """
        return _exact(self._texts.get(language, {}).get(clause, "")) == _exact(_words(unit.lines))


def _words(lines: tuple[Line, ...]) -> str:
    """The words of a text with those of its footnotes after them."""
    own = [plain(line.inlines) for line in lines]
    return "\n".join(own + [plain(note.inlines) for line in lines for note in notes(line.inlines)])


def _values(clause: str, came: str) -> Mapping[str, str]:
    """What `came` has for each {{ value }} of the clause, where all other words are the same; else nothing.

    A value that stands twice in one form has the same words in both places. The words between two values are looked for
    once, from left to right.
    """
    words = _exact(came)
    first, *rest = _VALUE.split(_exact(clause))
    found: dict[str, str] = {}
    if not rest or not words.startswith(first):
        return {}
    start = len(first)
    for name, after, last in zip(rest[::2], rest[1::2], range(len(rest) // 2, 0, -1), strict=True):
        ends = words.endswith(after) if last == 1 else bool(after)
        end = len(words) - len(after) if last == 1 else words.find(after, start + 1)
        value = words[start : max(start, end)]
        if not ends or not 0 < len(value) <= _LONGEST or found.setdefault(name, value) != value:
            return {}
        start = end + len(after)
    return {name: value for name, value in found.items() if "." not in name} or found


def _exact(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).replace("'", "’").replace("\u202f", " ").split())
    return plain[:1].lower() + plain[1:]


def _bare(text: str) -> str:
    """Words without case, and with one kind of apostrophe and space."""
    return _exact(text).casefold()
