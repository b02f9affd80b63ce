"""Texts side by side with the terms that they name: what the concordance report shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paraph.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line that looks one way. `number` is that of its concept in the unit; 0: no term.

    `lang` names the language of words in another one; `value` marks the name of a value to be filled in.
    """

    text: str
    number: int = 0
    avoid: bool = False
    emphasis: bool = False
    strong: bool = False
    value: bool = False
    lang: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A text in one language, line by line; footnotes are lines of their own. `note`: an unchecked translation."""

    language: str
    note: str
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A concept that a unit names: the words for it in each language, none where a language has none."""

    number: int
    concept: str
    words: Mapping[str, tuple[str, ...]]
    everyday: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A clause, or a document with its own texts, in all its languages; what is found in its file."""

    id: str
    what: str
    title: str
    file: str
    sides: tuple[Side, ...]
    named: tuple[Named, ...]
    findings: tuple[Finding, ...]
