"""Review packets: what a member is asked in Word, and the stationery (fixed words and Word file) it is asked on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paraph.model.language import Texts
from paraph.model.names import IN_BRACES
from paraph.model.rule import Rule
from paraph.model.text import Paragraph

if TYPE_CHECKING:
    from paraph.model.event import Choice, Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Stationery:
    """templates/packet/: the fixed words by language and name, the languages that nobody has checked, word.docx."""

    strings: Mapping[str, Mapping[str, str]]
    unchecked: tuple[str, ...]
    word: bytes

    def say(self, language: str, key: str, /, **values: str) -> str:
        """The string `key` with `{name}` filled in."""
        return IN_BRACES.sub(lambda found: values.get(found[1], found[0]), self.strings[language][key])

    def speaks(self, language: str) -> bool:
        """Whether packets are written in this language; of others they have only what people write (`said-…`)."""
        return any(not key.startswith("said-") for key in self.strings.get(language, ()))


def in_first(texts: Texts, *codes: str) -> str:
    """A text in the first of these languages that it has, else in the first that it has at all."""
    return next((texts[code] for code in codes if texts.get(code)), next(iter(texts.values()), ""))


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Which packet a file is. `head` is that of the register when it was written ("12:9f…"), `language` the one it
    speaks in first; `subjects` are everything put to the members in the circulation, in its order."""

    circulation: str
    member: str
    language: str
    token: str
    head: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """The version of a text that a member last approved: its number and authentic texts, and when that was received.

    Of a document as a whole the texts are its lines, each with its number and a tab.
    """

    version: int
    texts: Texts
    on: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A subject as it is put to one member. `place` counts from 1 in the circulation.

    `texts` are the authentic ones of the version on record, as they were written (of a document: its lines);
    `translations` are courtesy texts in the member's languages, with "checked", "unchecked" or
    "stale". `before` is None where
    the member never approved a version; `decided` is what it has decided on this very version, and when.
    `blocks` are the lines of a document with their styles, where they are known: a language's lines in the same words.
    """

    place: int
    subject: Subject
    title: Texts
    texts: Texts
    translations: Mapping[str, tuple[str, str]]
    before: Before | None = None
    decided: tuple[Choice, dt.datetime] | None = None
    blocks: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)

    @property
    def written(self) -> Texts:
        """Every text that is sent, as written: the authentic ones, then the translations."""
        return {**self.texts, **{code: text for code, (text, _) in self.translations.items()}}


@dataclass(frozen=True, kw_only=True, slots=True)
class Packet:
    """What one member is sent.

    `languages` are those in which it is spoken to, the first in most places; `name` is the member's and `document` the
    title of what is circulated, by language.
    `invited` is "" for a member that counts, else why it does not: "pending" or "observer". `opened`, in
    `zone`, dates the file.
    """

    identity: Identity
    document: Texts
    name: Texts
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    rule: Rule
    deadline: dt.datetime
    zone: str
    invited: str
    opened: dt.datetime
