"""Concepts of the glossary, with their terms."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice, product

from paraph.model.finding import Source
from paraph.model.language import Texts

MOST_ALTERNATIVES = 500
"""Of one form of a term."""
_ALTERNATIVES = re.compile(r"\(([^()/\d]*(?:/[^()/\d]*)+)\)")
"""Words between brackets, parted by a slash. The symbol of a document has digits: (2011/95/EU)."""


def alternatives(words: str) -> tuple[str, ...]:
    """What a form or phrase of the glossary stands for: *(wave/flood) of (migrants/refugees)* for four, one of which
    may be nothing: *(the/) illegals*. No more than MOST_ALTERNATIVES."""
    if "/" not in words:
        return (words,)
    chosen = islice(product(*_choices(words)), MOST_ALTERNATIVES)
    return tuple(" ".join("".join(parts).split()) for parts in chosen)


def has_too_many(words: str) -> bool:
    """Whether a form stands for more than `alternatives` says."""
    return math.prod(map(len, _choices(words))) > MOST_ALTERNATIVES


def _choices(words: str) -> list[list[str]]:
    return [part.split("/") if n % 2 else [part] for n, part in enumerate(_ALTERNATIVES.split(words))]


class TermStatus(StrEnum):
    """A term's standing in the termbase (ISO 30042 administrative status)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"

    @property
    def usable(self) -> bool:
        """Whether a text may use the term: preferred or admitted."""
        return self in (TermStatus.PREFERRED, TermStatus.ADMITTED)


class Gender(StrEnum):
    """The grammatical gender of a term; `COMMON` is for nouns of persons that have a masculine and a feminine."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"
    COMMON = "common"


class GrammaticalNumber(StrEnum):
    """The number in which a term is used, where it is not both."""

    SINGULAR = "singular"
    PLURAL = "plural"
    UNCOUNTABLE = "uncountable"


class PartOfSpeech(StrEnum):
    """What a term is in grammar (the values of the data category in ISO 12620 that terms of ours have)."""

    NOUN = "noun"
    PROPER_NOUN = "properNoun"
    ADJECTIVE = "adjective"
    VERB = "verb"
    ADVERB = "adverb"


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One term of a concept in one language.

    `forms` are inflected forms that no rule finds; `exceptions` are phrases in which the same words mean something
    else (minor, but not in *a minor offence*); both may have `alternatives`. `since` (included) and `until` (excluded)
    date a name that changed.
    """

    term: str
    status: TermStatus
    register: str = ""
    acronym: str = ""
    forms: tuple[str, ...] = ()
    reason: str = ""
    part_of_speech: PartOfSpeech | None = None
    gender: Gender | None = None
    number: GrammaticalNumber | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    exceptions: tuple[str, ...] = ()

    @property
    def written_forms(self) -> tuple[str, ...]:
        """The forms, and each of the words to choose from in them."""
        return tuple(chain.from_iterable(map(alternatives, self.forms)))

    def in_force(self, on: dt.date | None) -> bool:
        """Whether the name holds on a day (None: now, that is, whatever came last)."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """A concept with its terms per language. `definition` is our own, `origin` says where its terms were read.

    `everyday`: its terms are ordinary words that a child knows. `not_synonyms` are concepts that it is taken for.
    `place` is the key path of the concept in its file.
    """

    id: str
    domain: str
    definition: Texts
    terms: Mapping[str, tuple[Term, ...]]
    origin: str
    certainty: str
    notes: str
    source: Source
    everyday: bool = False
    not_synonyms: tuple[str, ...] = ()
    place: tuple[str | int, ...] = ()

    def preferred(self, language: str, on: dt.date | None = None) -> Term | None:
        """The preferred term in `language` on a day, or None."""
        found = [term for term in self.terms.get(language, ()) if term.status is TermStatus.PREFERRED]
        return next((term for term in found if term.in_force(on)), found[-1] if found else None)
