"""A text from another program, in blocks, with what was noticed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from paraph.model.text import Inline, plain


class BlockKind(StrEnum):
    """What a block is by its form alone."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `level` counts lists around it from 0; a paragraph at level 1 goes on an item of level 0.

    `number` is that of an item of a numbered list, 0 for a bullet; `at` its place in the file, from 1.
    """

    kind: BlockKind
    inlines: tuple[Inline, ...]
    level: int = 0
    number: int = 0
    at: int = 0
    cell: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return plain(self.inlines).strip()


@dataclass(frozen=True, slots=True)
class Remark:
    """What was done or could not be: `rule` as findings name it, at the block `at` (0: the whole). `sure`: it was put
    right and needs no look."""

    rule: str
    at: int
    message: str
    advice: str = ""
    sure: bool = False


@dataclass(slots=True)
class Remarks:
    """Remarks as they come; the same thing in one block is said once."""

    all: list[Remark] = field(default_factory=list)

    def add(self, rule: str, at: int, message: str, advice: str = "", *, sure: bool = False) -> None:
        """Note something."""
        remark = Remark(rule, at, message, advice, sure)
        if remark not in self.all:
            self.all.append(remark)


def together(remarks: Sequence[Remark]) -> list[Remark]:
    """`remarks`, with those that say the same of many paragraphs, and need no look, made into one."""
    made = [remark for remark in remarks if not remark.sure]
    same: dict[tuple[str, str], list[int]] = {}
    for remark in remarks:
        if remark.sure:
            same.setdefault((remark.rule, remark.message), []).append(remark.at)
    for (rule, message), places in same.items():
        where = f" (in paragraphs {', '.join(map(str, places))})" if len(places) > 1 else ""
        at = places[0] if len(places) == 1 else 0
        made.append(Remark(rule, at, message + where, sure=True))
    return made
