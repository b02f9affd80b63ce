"""What a person sees decided in a packet, read from the bare XML: nothing of what reads packets is used here.

It is simpler than the reader, and trusts nothing but what stands on the page: a tick in the row of a label, a choice in
the list, a line of words. So it says what the reader must never go beyond.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONE = frozenset(f"{W}{one}" for one in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr"))
"""What is not to be read: taken out, the words of a field's code, and what a mutation put among properties."""
VEILS = frozenset(f"{W}{one}" for one in ("vanish", "specVanish", "strike", "dstrike"))
LETTERS = frozenset("xXхХ×")
SIGNS = frozenset("☒☑✓✔✅■●√") | LETTERS
EMPTY = frozenset("☐□[] .,;:·")
TICKED = re.compile(r"[☐□\s]*([\[(]\s*[xх×✓✔]\s*[\])]|[☒☑✓✔✅√■●]|[xх×][\s.,:;–—-])\W*\w", re.IGNORECASE)
"""A tick with words behind it."""
MARKS = re.compile("[\u200e\u200f]")
GREY = "A6A6A6"
CODE = re.compile(r"\d+ · [a-z-]+@\d+ · [0-9a-f]{8}")


@dataclass(frozen=True)
class Eye:
    """A packet seen: what is decided in the decision tables of each code, what lines outside them decide, and the one
    label of a table that is left where all others are struck out or grey."""

    tables: Mapping[str, list[frozenset[str]]]
    typed: frozenset[str]
    lines: frozenset[str]
    left: Mapping[str, str]

    def allows(self, choice: str, code: str) -> bool:
        """Whether somebody may read `choice`, and nothing else, in the one table with this code or outside of all."""
        (decided,) = found if len(found := self.tables.get(code, [])) == 1 else (frozenset("?"),)
        return decided == {choice} or (not decided and (choice in self.typed or self.left.get(code) == choice))


def page_of(data: bytes) -> etree._Element:
    """The text of a Word file, as it stands there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def look(data: bytes, labels: Mapping[str, str], phrases: Mapping[str, str], words: str, yeses: frozenset[str]) -> Eye:
    """What is seen in a packet: `labels` are the words beside its boxes, `phrases` what people write, and what each
    means; `words` stands beside the field for words, in which a sign decides nothing; `yeses` are ticks in a box."""
    body = page_of(data)
    tables: dict[str, list[frozenset[str]]] = {}
    left: dict[str, str] = {}
    for table in body.iter(f"{W}tbl"):
        rows = [[_lines(cell) for cell in _own(row, "tc", "tr")] for row in _own(table, "tr", "tbl")]
        code = CODE.search(" ".join(rows[0][0])) if rows and rows[0] else None
        if code:
            decided = [one for row in rows if row for one in _decided(row[0], row[1:], labels, phrases, words, yeses)]
            tables.setdefault(code[0], []).append(frozenset(decided))
            cells = [next(_own(row, "tc", "tr"), None) for row in _own(table, "tr", "tbl")]
            bright = [cell for cell in cells if cell is not None and not _is_dim(cell)]
            seen = [labels[line] for cell in bright for line in _lines(cell) if line in labels]
            if len(seen) == 1 and len(rows) > len(labels):
                left[code[0]] = seen[0]
    outside = [one for one in body.iter(f"{W}p") if next(one.iterancestors(f"{W}tbl"), None) is None]
    typed = {choice for one in outside for line in _lines(one, itself=True) if (choice := _said(line, phrases))}
    return Eye(tables, frozenset(typed), frozenset(_lines(body)), left)


def _decided(
    first: list[str],
    others: list[list[str]],
    labels: Mapping[str, str],
    phrases: Mapping[str, str],
    words: str,
    yeses: frozenset[str],
) -> Iterator[str]:
    """What one row of a table decides: its first cell has the label, and all that it says counts for it."""
    beside = [labels[bare] for line in first if (bare := _bare(line)) in labels]
    for line in (*first, *(line for cell in others for line in cell)) if beside or words not in first else ():
        if (set(line) <= SIGNS | EMPTY and set(line) & SIGNS) or (line in first and _bare(line) != line):
            yield from beside or ["?"]
    approves = next(label for label, choice in labels.items() if choice == "approve")
    for line in first if first and first[0].startswith(approves) else ():
        if line.removeprefix(approves).strip(" .!").casefold() in yeses:
            yield "approve"
    for line in (line for cell in others for line in cell if beside):
        bare = line.lstrip("☐□ ").rstrip(" .!").casefold()
        if TICKED.match(line) or bare.strip(".[]() ") in ("v", "+") or bare in yeses:
            yield from beside
    for line in (line for cell in others for line in cell):
        if said := _said(line, phrases):
            yield said


def _bare(line: str) -> str:
    """A label without the signs beside it."""
    return re.sub(r"^((\[x\]|[☒☑✓]|x )\s*)+|(\s*(\[x\]|[☒☑✓]| x))+$", "", line)


def _said(line: str, phrases: Mapping[str, str]) -> str:
    """What a line decides that is nothing but one of the phrases, with or without a sign beside it, or the hint."""
    bare = re.sub("‹[^‹›]*›", "", line.casefold())
    return phrases.get(re.sub(r"^(\[?x\]? )?[\W_]*|[\W_]*( \[?x\]?)?$", "", bare), "")


def _own(element: etree._Element, tag: str, inside: str) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, that are not those of one inside."""
    for one in element.iter(f"{W}{tag}"):
        around = next(one.iterancestors(f"{W}{inside}"), None)
        marks = one.find(f"{W}trPr")
        if around is element and (marks is None or marks.find(f"{W}del") is None):
            yield one


def _lines(element: etree._Element, *, itself: bool = False) -> list[str]:
    """The paragraphs that say anything."""
    paragraphs = [element] if itself else element.iter(f"{W}p")
    found = [" ".join(MARKS.sub("", "".join(_words(one))).split()) for one in paragraphs]
    return [one for one in found if one]


def _words(element: etree._Element) -> Iterator[str]:
    for one in element:
        if one.tag == f"{W}t":
            yield one.text or ""
        elif one.tag in (f"{W}tab", f"{W}br"):
            yield " "
        elif one.tag not in GONE and isinstance(one.tag, str) and not _veiled(one):
            yield from _words(one)


def _is_dim(cell: etree._Element) -> bool:
    """Whether all that is written in a cell is grey."""
    runs = [one for one in cell.iter(f"{W}r") if next(one.iter(f"{W}t"), None) is not None]
    return bool(runs) and all(any(c.get(f"{W}val") == GREY for c in one.iter(f"{W}color")) for one in runs)


def _veiled(run: etree._Element) -> bool:
    return run.tag == f"{W}r" and any(
        mark.tag in VEILS and mark.get(f"{W}val") not in ("0", "false", "off")
        for properties in run.findall(f"{W}rPr")
        for mark in properties
    )
