"""What goes to a translator, and what comes back, whatever the version of XLIFF."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from paraph.translation.segments import Pieces, Segment


class State(StrEnum):
    """How far a segment is, in the words of XLIFF 2.1 (attribute state)."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class TermPair:
    """A term of the source text, what the termbase prefers for it in the language of the translation, and what it
    means; `avoid` are terms not to be used there."""

    term: str
    preferred: tuple[str, ...]
    avoid: tuple[str, ...]
    definition: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A segment to translate. `target` is what there is already; `stale`: its source was another."""

    id: str
    name: str
    segment: Segment
    target: Pieces
    state: State
    stale: bool
    notes: tuple[str, ...]
    terms: tuple[TermPair, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A clause, or a document’s own texts: its id, the path of its file, which is named so, notes on it, its units."""

    id: str
    path: str
    notes: tuple[str, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What one file holds, from one language into one other."""

    source: str
    target: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """A unit of `part`, a clause or document, as it came back. `target` is None where it has none; `untouched`: its
    state says that nobody has worked on it. `problem` says why its pieces cannot be told, or is empty; `line` is that
    of the file."""

    part: str
    id: str
    source: Pieces
    target: Pieces | None
    untouched: bool
    problem: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Back:
    """What stood in a file."""

    source: str
    target: str
    units: tuple[Returned, ...]
