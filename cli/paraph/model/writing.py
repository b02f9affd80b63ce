"""How a language writes marks and numbers: templates/strings.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """Terminal punctuation by name; how a language writes it is in templates/strings.yml."""

    NONE = "none"
    COMMA = "comma"
    SEMICOLON = "semicolon"
    FULL_STOP = "full_stop"
    COLON = "colon"


class NumberStyle(StrEnum):
    """How a number is written. Word's names are in paraph.ooxml, CSS is not needed: labels are text."""

    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"
    ABJAD = "abjad"
    BULLET = "bullet"


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberFormat:
    """How a language writes the numbers of one level: "{n}." decimal, "({n})" lower-alpha."""

    style: NumberStyle
    pattern: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Passive:
    """How a language says that something is done without who does it: an auxiliary verb, then a participle.

    All are words with * for letters: `verbs`, what may stand `between`, `participles`, and the `exceptions` that are no
    passive (arrivé, tired). `not_after` ends what may not stand right before the verb ("s’", "se ").
    """

    verbs: tuple[str, ...]
    participles: tuple[str, ...]
    between: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageRules:
    """What a language does with numbers, punctuation and notes, from templates/strings.yml.

    `marks` writes a Mark; `levels` the numbers by level; `note_before_mark`: a footnote call stands before the final
    punctuation (French) or after it (English); `first_of_month` is how the first day is written ("1er"), or "".
    `quotes` (opening, closing, and other pairs that may stand), `question`, `exclamation` and `percent` are written
    with their spaces; "" or empty where the workspace does not say. `opens` has what stands where a question or an
    exclamation begins, by its end: ¿ by ?. `explains` are patterns of sentences that explain a word: "{term} is";
    `passive` is None where the passive is not looked for. `unparted` are the words that keep a hyphen before them in
    their line: French “je” and “le”, in “puis-je” and “dis-le-nous”. `abbreviations` end with a point that is no full
    stop; `everyday_acronyms` need no explanation (PDF).
    """

    marks: Mapping[Mark, str]
    levels: tuple[NumberFormat, ...]
    bullet: str
    note_before_mark: bool
    first_of_month: str
    quotes: tuple[str, ...] = ()
    apostrophe: str = ""
    question: str = ""
    exclamation: str = ""
    percent: str = ""
    opens: Mapping[str, str] = field(default_factory=dict)
    explains: tuple[str, ...] = ()
    passive: Passive | None = None
    unparted: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    everyday_acronyms: tuple[str, ...] = ()

    def abbreviated(self, words: str) -> bool:
        """Whether the point at the end of `words` belongs to an abbreviation: etc., 2 p.m., EE. UU."""
        if not words.endswith("."):
            return False
        listed = (words[-len(one) :].casefold() == one.casefold() and one for one in self.abbreviations)
        return _INITIALS.search(words) is not None or any(
            one and not words[: -len(one)][-1:].isalnum() for one in listed
        )


_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.[ \u00a0\u202f]?){2,}$")
"""Letters with a point each: p.m., U.S., a. C."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """A way in which clauses begin: first words in each language, with * for letters; `says` names it in a finding.

    Words of `after` may stand before them: deeply concerned.
    """

    name: str
    words: Mapping[str, tuple[str, ...]]
    emphasised: bool
    says: str
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
