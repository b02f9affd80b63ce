"""What the post room wrote into an index of letters: the days of sending and of the answer, and columns of its own.

The index is made anew at each run, and nothing of that may be lost. A note belongs to a recipient, who is known by
authority and address, with the place where a visit is asked for, which no other row of a table has, however they are
typed; or, where these are others, by its authority and the name of its files, where that is of an id. What was noted of
somebody who is no longer in the table stays as a row at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from paraph.errors import FindingsError, UsageError
from paraph.library.written.alike import alike
from paraph.library.written.encoding import encoding_of
from paraph.library.written.tabular import Row, blank, is_text, opened
from paraph.model.letter import Recipient

HEADS = (
    "row",
    "file",
    "language",
    "asked",
    "authority",
    "address",
    "place",
    "office",
    "salutation",
    "reference",
    "date",
    "draft",
    "sent",
    "answered",
)
"""The columns of an index. The last two are the post room's."""
FILLED = ("sent", "answered")
_KNOWN_BY = frozenset({"file", "authority", "address", *FILLED})
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AWAY = "Move it away, or name another folder after --out."

Known: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Notes:
    """What was noted, as the rows of an index by their heads, for each recipient; `columns` are the post room's own."""

    columns: tuple[str, ...] = ()
    rows: Mapping[Known, Mapping[str, str]] = field(default_factory=dict)

    @property
    def heads(self) -> tuple[str, ...]:
        """All columns of an index with these notes."""
        return (*HEADS, *self.columns)

    def with_those(self, made: Iterable[tuple[Recipient, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
        """Rows of an index, given each recipient's own cells, with what was noted; then what was noted of others."""
        left = dict(self.rows)
        of_file = {(known[0], stem): known for known, row in self.rows.items() for stem in _stems(row["file"])}
        for one, cells in made:
            known = _known(one.lines[0], ", ".join(one.lines[1:]), one.place)
            if known not in left and not one.name.startswith(f"{one.line:06}"):  # not the number of a row, which shifts
                known = of_file.get((known[0], f"{one.name}.{one.language}"), known)
            noted = left.pop(known, {})
            yield (*cells, *(noted.get(column, "") for column in (*FILLED, *self.columns)))
        for row in left.values():
            yield ("", *(row.get(head, "") for head in self.heads[1:]))


def noted(paths: Sequence[Path]) -> Notes:
    """What stands in the files of an index that are there; where two say something, the one that was changed last.

    Raises UsageError where one is no index of letters, or cannot be read: it would be replaced.
    """
    columns: dict[str, None] = {}
    rows: dict[Known, dict[str, str]] = {}
    for path in sorted((path for path in paths if path.exists()), key=lambda path: path.stat().st_mtime_ns):
        own, found = _read(path)
        columns |= dict.fromkeys(own)
        for row in found:
            said = {head: text for head, text in row.items() if text.strip()}
            rows.setdefault(_known(row["authority"], row["address"], row["place"]), dict.fromkeys(HEADS, "")).update(
                said
            )
    kept = (*FILLED, *columns)
    return Notes(tuple(columns), {known: row for known, row in rows.items() if any(row.get(one) for one in kept)})


def _read(path: Path) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """The columns of an index that are not ours, and the rows in which something is noted."""
    try:
        table = opened(path, str(path), _encoding(path), _is_head)
        if table.others:
            raise UsageError(f"{path} has another sheet, “{table.others[0]}”, which would be lost", _AWAY)
        rows = iter(table.rows)
        head = next((row for row in rows if not blank(row.cells)), Row(0, ()))
        if not _is_head(head.cells):
            raise UsageError(f"{path} is no index of letters, and would be replaced", _AWAY)
        heads = _heads(head.cells)
        own = tuple(one for one in heads if one not in HEADS)
        kept, found = (*FILLED, *own), []
        for row in rows:
            cells = dict(zip(heads, map(bare if is_text(path) else _sound, row.cells), strict=False))
            if len(row.cells) > len(heads) and not blank(row.cells[len(heads) :]):
                raise UsageError(f"line {row.line} of {path} has more cells than the head has columns", _AWAY)
            if any(cells.get(one, "").strip() for one in kept):
                found.append({**dict.fromkeys(HEADS, ""), **cells})
    except FindingsError as error:
        why = error.findings[0].message
        raise UsageError(f"{path} cannot be read, and what is noted in it would be lost: {why}", _AWAY) from None
    return own, found


def bare(cell: str) -> str:
    """A cell of a CSV without the apostrophe that `safe` put before it."""
    return _sound(cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell)


def safe(cell: str) -> str:
    """A cell as a CSV may hold it: what a spreadsheet would take for a formula is text (OWASP, CSV Injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _sound(cell: str) -> str:
    """Without the characters that a workbook cannot hold."""
    return _CONTROL.sub(" ", cell)


def _encoding(path: Path) -> str:
    """That of an index: a spreadsheet may have saved it in the code page of its machine. Where that is not certain by
    itself, it is by the words of the workbook beside it. Raises UsageError where it is not."""
    if not is_text(path):
        return ""
    found, at = encoding_of(path, frozenset())
    beside = path.with_suffix(".xlsx")
    if not found and beside.exists():
        found, at = encoding_of(path, _words(beside))
    if not found:
        message = f"line {at} of {path} is not UTF-8, and may be in more than one encoding"
        advice = "What is noted in it would be lost. Save it in the spreadsheet as “CSV UTF-8”; or move it away."
        raise UsageError(message, advice)
    return found


def _words(path: Path) -> Set[str]:
    """The words of an index that is a workbook, casefolded."""
    cells = (cell for row in opened(path, str(path), "", _is_head).rows for cell in row.cells)
    return {word for cell in cells for word in re.findall(r"[^\W\d_]+", cell.casefold())}


def _is_head(cells: Sequence[str]) -> bool:
    return {cell.strip().casefold() for cell in cells} >= _KNOWN_BY


def _heads(cells: Sequence[str]) -> list[str]:
    """The names of the columns, ours as we write them, and none twice."""
    heads: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = cell.strip() or f"column {number}"
        name = name.casefold() if name.casefold() in HEADS else name
        heads.append(name if name not in heads else f"{name} ({number})")
    return heads


def _known(authority: str, address: str, place: str) -> Known:
    """What a recipient is known by, whichever spreadsheet wrote it: as in its table (library/files/recipients.py)."""
    return alike(authority), alike(f"{address}\n{place}")


def _stems(files: str) -> Iterator[str]:
    """The names of a row's files without the folder and the ending."""
    for name in files.split(" · "):
        yield name.rpartition("/")[2].rpartition(".")[0]
