"""A glossary as a table, for spreadsheets: a row a term, and a column for every key. Nothing is lost.

What belongs to the concept stands on its first row, a definition on the first row of its language; when read, it may
stand on any row of the concept. Several values in a cell are parted by “|”; a “|” or a backslash of their own has a
backslash before it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from paraph.glossary.concept_entry import ConceptEntry, Read, TermEntry
from paraph.model.finding import Finding, KeyPath

_TRUE = ("true", "vrai", "verdadero", "vero", "verdadeiro", "wahr")
_FALSE = ("false", "faux", "falso", "falsch")
"""As spreadsheets write what is true and what is not, in the language of whoever saves the table."""
CONCEPT = ("domain", "not_synonym_of", "everyday", "origin", "certainty", "notes")
TERM = (
    "term",
    "status",
    "register",
    "acronym",
    "forms",
    "reason",
    "part_of_speech",
    "gender",
    "number",
    "since",
    "until",
    "except",
)
COLUMNS = ("concept", "language", *TERM, "definition", *CONCEPT)
LISTS = ("forms", "except", "not_synonym_of")
MOST_ROWS = 200_000
_NEEDED = ("concept", "language", "term")
_PARTS = re.compile(r"((?:[^\\|]|\\.?)*)(?:\||$)", re.DOTALL)


def held(one: ConceptEntry) -> ConceptEntry:
    """What a table holds of an entry: all, but for white space around texts and lines that end in CR."""
    return {key: _held(value) for key, value in one.items()}


def _held(value: object) -> object:
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, list):
        return [_held(one) for one in value]
    assert isinstance(value, dict)
    return {key: _held(one) for key, one in value.items()}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def rows(entries: Iterable[ConceptEntry]) -> Iterator[tuple[str, ...]]:
    """The rows below the heads, COLUMNS."""
    for one in map(held, entries):
        shared = {key: _cell(one[key]) for key in CONCEPT if key in one}
        definitions, terms = dict(one.get("definition", {})), one.get("terms", {})
        cells = [
            {"language": code, **{key: _cell(value) for key, value in term.items()}}
            for code, own in terms.items()
            for term in own
        ]
        cells += [{"language": code} for code in definitions if not terms.get(code)]
        for row in cells or [{}]:
            row |= {"concept": one["id"], **shared}
            if text := definitions.pop(row.get("language", ""), ""):
                row["definition"] = text
            shared = {}
            yield tuple(row.get(column, "") for column in COLUMNS)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(re.sub(r"([\\|])", r"\\\1", one) for one in value)
    return str(value)


def values(cell: str) -> list[str]:
    """The values in a cell of several."""
    found = (re.sub(r"\\(.)", r"\1", part.strip(), flags=re.DOTALL).strip() for part in _PARTS.findall(cell))
    return [one for one in found if one]


def read(table: Sequence[Sequence[object]], file: str, problems: Sequence[Finding] = ()) -> Read:
    """The entries in a table, its first row the heads. Cells are text, dates or None."""
    reader = _Reader(file, [*problems])
    if table and reader.heads([str(head or "").strip().lower() for head in table[0]]):
        for number, row in enumerate(table[1:], start=2):
            reader.row(number, [_written(cell) for cell in row])
    elif not table:
        reader.problem(0, 0, "exchange-file", "the table is empty", "Export the glossary, and fill that in.")
    return Read(
        entries=tuple(reader.entries.values()), marks=reader.marks, findings=tuple(reader.findings), left=reader.left
    )


def _written(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return _plain(str(cell)) if cell is not None else ""


class _Reader:
    def __init__(self, file: str, findings: list[Finding]) -> None:
        self.file = file
        self.findings = findings
        self.entries: dict[str, ConceptEntry] = {}
        self.marks: dict[KeyPath, tuple[int, int]] = {}
        self.left: Counter[str] = Counter()
        self._columns: Mapping[str, int] = {}
        self._named: frozenset[int] = frozenset()
        self._places: dict[str, int] = {}  # id of a concept → its place among the entries

    def problem(self, row: int, column: int, rule: str, message: str, advice: str) -> None:
        self.findings.append(
            Finding(file=self.file, line=row, column=column, rule=rule, message=message, advice=advice)
        )

    def heads(self, heads: list[str]) -> bool:
        for head, count in Counter(filter(None, heads)).items():
            if head not in COLUMNS:
                self.left[f"column “{head}”"] += 1
            elif count > 1:
                self.problem(1, heads.index(head) + 1, "exchange-column", f"two columns are “{head}”", "Delete one.")
        if lacking := [head for head in _NEEDED if head not in heads]:
            advice = f"The first row names the columns: {', '.join(COLUMNS)}."
            names = " and no column ".join(f"“{head}”" for head in lacking)
            self.problem(1, 0, "exchange-column", f"there is no column {names}", advice)
        self._named = frozenset(column for column, head in enumerate(heads) if head)
        self._columns = {head: heads.index(head) for head in COLUMNS if head in heads}
        return not lacking

    def row(self, number: int, cells: list[str]) -> None:
        row = {head: cells[column] for head, column in self._columns.items() if column < len(cells) and cells[column]}
        if beyond := [column for column, cell in enumerate(cells) if cell and column not in self._named]:
            message = f"“{cells[beyond[0]]}” stands in no column that has a name"
            advice = "Name the column, or clear the cell. In a CSV, what has a comma in it stands in quotation marks."
            self.problem(number, beyond[0] + 1, "exchange-cell", message, advice)
        if not row:
            return
        if "concept" not in row:
            self.problem(number, 1, "exchange-cell", "this row names no concept", "Write the id of its concept.")
            return
        at: KeyPath = ("concepts", self._places.setdefault(row["concept"], len(self._places)))
        self.marks.setdefault(at, (number, 1))
        one = self.entries.setdefault(row["concept"], {"id": row["concept"], "terms": {}})
        for key in CONCEPT:
            value = self._everyday(row, number) if key == "everyday" else row.get(key, "")
            if value:
                self._put(one, key, values(value) if key in LISTS else value, number, (*at, key))
        code = row.get("language", "")
        if ("term" in row or "definition" in row) and not code:
            self.problem(number, self._columns["language"] + 1, "exchange-cell", "no language", "Write its code: fr.")
            return
        if "definition" in row:
            self._put(one.setdefault("definition", {}), code, row["definition"], number, (*at, "definition", code))
        if "term" in row:
            self._term(one, code, row, number, at)
        elif extra := [key for key in TERM if key in row]:
            advice = "Write the term, or clear the cell."
            self.problem(number, self._columns[extra[0]] + 1, "exchange-cell", f"{extra[0]} of no term", advice)

    def _everyday(self, row: Mapping[str, str], number: int) -> str:
        """true or nothing, from what a spreadsheet has made of it."""
        said = row.get("everyday", "")
        if said.casefold() in _TRUE:
            return "true"
        if said and said.casefold() not in _FALSE:
            where = self._columns["everyday"] + 1
            self.problem(number, where, "exchange-cell", f"everyday is “{said}”", "Write true, or clear the cell.")
        return ""

    def _term(self, one: ConceptEntry, code: str, row: Mapping[str, str], number: int, at: KeyPath) -> None:
        terms = one["terms"].setdefault(code, [])
        path: KeyPath = (*at, "terms", code)
        self.marks.setdefault(path, (number, self._columns["language"] + 1))
        path = (*path, len(terms))
        self.marks[path] = (number, self._columns["term"] + 1)
        term: TermEntry = {}
        for key in TERM:
            if key in row:
                term[key] = values(row[key]) if key in LISTS else row[key]
                self.marks[(*path, key)] = (number, self._columns[key] + 1)
        term.setdefault("status", "preferred")
        terms.append(term)

    def _put(self, there: ConceptEntry, key: str, value: object, number: int, path: KeyPath) -> None:
        """Into a key that several rows may give, if they say the same."""
        column = self._columns["definition" if path[-2] == "definition" else key] + 1
        if there.setdefault(key, value) != value:
            message = f"{path[-2] if path[-2] == 'definition' else key} differs from another row of this concept"
            self.problem(number, column, "exchange-cell", message, "Keep one of them.")
        self.marks.setdefault(path, (number, column))
