"""Clauses: reviewed units of text, each in all its languages.

Texts are kept as written (in canonical form) next to their parsed lines: the first is what members approve.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from paraph.model.finding import Source
from paraph.model.language import Texts
from paraph.model.text import Line
from paraph.model.value import ValueKind


class ClauseKind(StrEnum):
    """What a clause does in a statement."""

    RECITAL = "recital"
    RECALL = "recall"
    POSITION = "position"
    COMMITMENT = "commitment"
    CALL = "call"
    MESSAGE = "message"
    SALUTATION = "salutation"
    PARAGRAPH = "paragraph"
    CLOSING = "closing"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseText:
    """The text of a clause in one language: `text` in canonical form as written, `lines` as parsed."""

    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """A courtesy translation, pinned to the text that it translates.

    `source` is the language it was made from and `digest` that text's `paraph.markup.digest`; `status` is "unchecked"
    until a member of the language validates it ("checked"). `translator` is who made it, or "".
    """

    text: ClauseText
    source: str
    digest: str
    status: str
    translator: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiver:
    """A finding of the checks that is meant: by its rule and, where not all of that rule are, the `words` it names."""

    rule: str
    words: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One reviewed unit of text in all its languages.

    `title`, `notes`, `waivers` and `picture`, a pictogram by the name of its file, are never part of what is approved.
    """

    id: str
    theme: str
    kind: ClauseKind
    title: Texts
    legal_basis: tuple[str, ...]
    values: Mapping[str, ValueKind]
    texts: Mapping[str, ClauseText]
    translations: Mapping[str, Translation]
    notes: str
    source: Source
    waivers: tuple[Waiver, ...] = ()
    picture: str = ""

    def text(self, language: str) -> ClauseText | None:
        """The authentic text or the translation in `language`."""
        if language in self.texts:
            return self.texts[language]
        translation = self.translations.get(language)
        return translation.text if translation else None
