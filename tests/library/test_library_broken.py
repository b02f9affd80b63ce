"""Broken workspaces and what is said of them: tests/broken/*.md, one case under each heading.

A case changes the workspace of base.md and lists the findings expected, all of them, as `file:line rule`, where wanted
with words that message or advice must hold after ` | `. Blocks: `file PATH` writes a file, `diff PATH` changes lines of
one (hunks parted by @@), `delete PATH` removes one, `findings` is what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk import Memory
from paraph.library.load import load
from paraph.markup import digest
from paths import TESTS

HERE = TESTS / "broken"
_BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<verb>\w+) ?(?P<path>.*)\n(?P<body>(?:.*\n)*?)(?P=fence)$", re.MULTILINE)
_CASE = re.compile(r"^## (.*)\n((?:(?!^## ).*\n?)*)", re.MULTILINE)


@dataclass
class Case:
    title: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    expected: list[tuple[str, str]] = field(default_factory=list)


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _BLOCK.finditer(text):
        yield match["verb"], match["path"], match["body"]


def base() -> dict[str, str]:
    files = {path: body for _, path, body in blocks((HERE / "base.md").read_text("utf-8"))}
    clause = "statements/clauses/children/no-detention.yml"
    english = files[clause].split("  en: |-\n")[1].split("  fr: |-\n")[0]
    files[clause] = files[clause].replace("DIGEST", digest(re.sub("^    ", "", english, flags=re.MULTILINE)))
    return files


BASE = base()


def changed(text: str, diff: str) -> str:
    for hunk in diff.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in "- ")
        new = "".join(line[1:] for line in lines if line[0] in "+ ")
        assert text.count(old) == 1, f"{text.count(old)} times in the file: {old}"
        text = text.replace(old, new)
    return text


def cases() -> Iterator[Case]:
    for path in sorted(HERE.glob("*.md")):
        for match in _CASE.finditer(path.read_text("utf-8")):
            case = Case(f"{path.stem}: {match[1]}")
            for verb, target, body in blocks(match[2]):
                if verb == "findings":
                    for line in body.splitlines():
                        place, _, words = line.partition(" | ")
                        case.expected.append((place.strip(), words.strip()))
                else:
                    case.changes.append((verb, target, body))
            yield case


CASES = list(cases())
KEPT = Memory()


def write(root: Path, case: Case) -> None:
    files = dict(BASE)
    for verb, path, body in case.changes:
        match verb:
            case "file":
                files[path] = body
            case "diff":
                files[path] = changed(files[path], body)
            case "delete":
                del files[path]
            case _:
                raise AssertionError(f"{case.title}: {verb}")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8", newline="")


def test_the_base_has_no_fault(tmp_path: Path) -> None:
    write(tmp_path, Case("base"))
    library, findings = load(tmp_path)
    assert findings == ()
    assert library is not None
    assert [*library.clauses] == ["best-interests", "no-detention"]


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 65
    assert len({case.title for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_it_is_found(case: Case, tmp_path: Path) -> None:
    write(tmp_path, case)
    _, findings = read = load(tmp_path)
    assert read == load(tmp_path, KEPT) == load(tmp_path, KEPT), "kept from before, it is the same"
    found = sorted((f"{one.file}:{one.line} {one.rule}", f"{one.message} {one.advice}") for one in findings)
    expected = sorted(case.expected)
    assert [place for place, _ in found] == [place for place, _ in expected], found
    for (_, said), (place, words) in zip(found, expected, strict=True):
        assert words in said, place
