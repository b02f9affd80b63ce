"""Lists that were typed: paragraphs that begin with “1.”, “(a)” or “•” become items; numbers that jump are said.

So do lines within a paragraph, and what follows a bullet in its midst. “Article 1 –” is a number as well, whatever the
language: a word with a capital, a number (or *premier*), a dash, a point or a colon, and words after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from paraph.legacy.blocks import Block, BlockKind, Remarks
from paraph.model.text import Break, Emphasis, Inline, Strong, Text

_BULLET = re.compile(r"\s*[•◦▪●■‣➢➤✓·–—*-][\s\u00a0]+")
_NUMBER = re.compile(r"\s*(?:\(?(\d{1,3})\s?[.)°](?!\d)|\(?(\d{1,3})(?:\.?-|/)(?=\s))[\s\u00a0]*")
_FIRST = "premier|première|primero|primera|primo|الأولى"
"""The number of a first article, in words as laws write it."""
_ARTICLE = re.compile(
    rf"\s*[^\W\d_a-z]\w{{3,9}}\.?\s+(?:(\d{{1,3}})(?:er|re|st|º|°)?|((?i:{_FIRST})))\s*(?:\.?\s*[-–—]|[.:])\s+(?=\S)",
)
_INSIDE = re.compile(r"\s+(?=[•◦▪●■‣➢➤]\s)")
_LETTER = re.compile(r"\s*\(?([a-z])(?:(?<=\([a-z])\)[\s\u00a0]*|[.)/-][\s\u00a0]+)")
_ROMAN = re.compile(r"\s*\(?([ivx]{1,5})[.)][\s\u00a0]+")
_INNERMOST = 5
"""Levels of lists below which nothing is put: a clause can say no more of them."""
_VALUES = {"i": 1, "v": 5, "x": 10}


def typed(blocks: Sequence[Block], remarks: Remarks) -> list[Block]:
    """The blocks, with what was typed as a list as one; what already is a list stays."""
    made: list[Block] = []
    open_number = 0
    letters: list[tuple[int, int]] = []  # lists of letters that are open, the innermost last: the last one, its level
    for block in (part for one in blocks for part in _parts(one)):
        if block.kind is not BlockKind.PARAGRAPH or block.level:
            made.append(_unnumbered(block))
            if block.kind is BlockKind.HEADING:
                letters = []
            continue
        text = _start(block.inlines)
        if (match := _numbered(text, open_number + 1)) and match.end() < len(text):
            number = _value(match)
            if open_number and number not in (open_number + 1, 1):
                message = f"the numbering goes from {open_number} to {number}"
                remarks.add("import-numbering", block.at, message, "See whether a paragraph is missing.")
            open_number, letters = number, []
            made.append(_item(block, match.end(), 0, number))
        elif match := _next_letter(text, made, open_number, letters):
            letter, level = letters[-1]
            made.append(_item(block, match.end(), level, letter))
        elif match := _BULLET.match(text):
            made.append(_item(block, match.end(), _level(made, open_number, 0), 0))
        else:
            letters = []
            made.append(block)
            if not _ends_open(block):
                open_number = open_number if _is_short(block) else 0
    return _below(made)


def _unnumbered(block: Block) -> Block:
    """An item whose number stands in its words as well, as web pages have it."""
    if block.kind is not BlockKind.ITEM:
        return block
    match = _NUMBER.match(_start(block.inlines))
    if match and match.end() < len(block.text) and block.number in (0, _value(match)):
        return _item(block, match.end(), block.level, _value(match))
    if block.number and (match := _lettered(_start(block.inlines), block.number)):
        return _item(block, match.end(), block.level, block.number)
    return block


def _parts(block: Block) -> Iterator[Block]:
    """A paragraph in parts, where a line of it, or what follows a bullet in its midst, is an item of its own."""
    if block.kind is not BlockKind.PARAGRAPH or block.level or block.cell:
        yield block
        return
    parts: list[list[Inline]] = [[]]
    for place, one in enumerate(block.inlines):
        following = _start(block.inlines[place + 1 :])
        if isinstance(one, Break) and any(mark.match(following) for mark in (_BULLET, _NUMBER, _LETTER, _ROMAN)):
            parts.append([])
        elif isinstance(one, Text):
            first, *rest = _INSIDE.split(one.text)
            parts[-1] += [Text(first)] if first else []
            parts += [[Text(text)] for text in rest]
        else:
            parts[-1].append(one)
    yield from (replace(block, inlines=tuple(part)) for part in parts if part)


def _numbered(text: str, wanted: int) -> re.Match[str] | None:
    """A number at the start; that of an article where it is the one to come next, or the first."""
    if match := _NUMBER.match(text):
        return match
    found = _ARTICLE.match(text)
    return found if found and _value(found) in (wanted, 1) else None


def _value(match: re.Match[str]) -> int:
    """The number that _NUMBER or _ARTICLE found; the first article may have it in words."""
    found = match[1] or match[2]
    return int(found) if found.isdigit() else 1


def _lettered(text: str, wanted: int) -> re.Match[str] | None:
    """A mark “(b)” or “(ii)” at the start, where that is the one to come next."""
    if (match := _LETTER.match(text)) and ord(match[1]) - ord("a") + 1 == wanted:
        return match
    if (match := _ROMAN.match(text)) and _roman(match[1]) == wanted:
        return match
    return None


def _next_letter(
    text: str, made: Sequence[Block], open_number: int, letters: list[tuple[int, int]]
) -> re.Match[str] | None:
    """A mark that goes on one of the open lists of `letters`, or begins one: below an item that ends in a colon."""
    below = bool(letters) and made[-1].kind is BlockKind.ITEM and made[-1].text.endswith(":")
    if below and (match := _lettered(text, 1)):
        letters.append((1, min(made[-1].level + 1, _INNERMOST)))
        return match
    for depth in range(len(letters), 0, -1):
        letter, level = letters[depth - 1]
        if match := _lettered(text, letter + 1):
            letters[depth - 1 :] = [(letter + 1, level)]
            return match
    if match := _lettered(text, 1):
        letters[:] = [(1, letters[0][1] if letters else _level(made, open_number, 1))]
    return match


def _below(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the bullets that go on an item which ends in a colon below it: Word may hold them as two lists.

    Below a bullet these are those in small letters, where it is in a capital one.
    """
    made: list[Block] = []
    over: Block | None = None
    for block in blocks:
        plainly = block.kind is BlockKind.ITEM and not block.level
        if over and plainly and not block.number and (over.number or block.text[:1].islower()):
            made.append(replace(block, level=1))
            continue
        made.append(block)
        if plainly or block.kind is not BlockKind.ITEM:
            opens = plainly and block.text.endswith(":") and (block.number or block.text[:1].isupper())
            over = block if opens else None
    return made


def _level(made: Sequence[Block], open_number: int, letter: int) -> int:
    """The level of an item that is not numbered: that of the list that it goes on, or below the numbered item before.

    Letters begin below a number whose sentence has not ended (*Recommends that*), bullets below one that ends open.
    """
    if not made or made[-1].kind is not BlockKind.ITEM:
        return 0
    last = made[-1]
    if not open_number or last.level or letter > 1 or not last.number:
        return last.level
    return int(_ends_open(last) or (letter == 1 and not last.text.endswith(".")))


def _ends_open(block: Block) -> bool:
    return block.text.endswith((":", "؛", ";", ","))


def _is_short(block: Block) -> bool:
    return len(block.text) < 120


def _start(inlines: tuple[Inline, ...]) -> str:
    first = inlines[0] if inlines else None
    if isinstance(first, Emphasis | Strong):
        return _start(first.children)
    if not isinstance(first, Text):
        return ""
    alone = len(inlines) == 1
    return first.text if alone or first.text.strip() != first.text.rstrip() else first.text + "…"


def _item(block: Block, end: int, level: int, number: int) -> Block:
    return replace(block, kind=BlockKind.ITEM, inlines=_without(block.inlines, end), level=level, number=number)


def _without(inlines: tuple[Inline, ...], end: int) -> tuple[Inline, ...]:
    """`inlines` without their first `end` characters, a mark that was typed; they stand in the first inline."""
    first, rest = inlines[0], inlines[1:]
    if isinstance(first, Emphasis | Strong):
        inside = _without(first.children, end)
        return (*((replace(first, children=inside),) if inside else ()), *rest)
    assert isinstance(first, Text)
    left = first.text[end:].lstrip()
    if not left and rest and isinstance(rest[0], Text):
        return (Text(rest[0].text.lstrip()), *rest[1:])
    return (*((Text(left),) if left else ()), *rest)


def _roman(text: str) -> int:
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = _VALUES[char]
        total += -value if following and _VALUES[following] > value else value
    return total
