"""docs/formats.md: its tables are those of the models, and its examples can be read.

When the tables fail, put `paraph.library.reference.reference()` between the marks.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paraph.library.jsonschema import KINDS
from paraph.library.reader import read
from paraph.library.reference import reference
from paraph.library.validate import validate

PAGE = (Path(__file__).resolve().parents[1] / "docs/formats.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml (\w+)\n(.*?)```", PAGE, re.DOTALL)


def test_the_page_has_the_tables() -> None:
    assert PAGE.split("<!-- generated: keys -->\n")[1].split("<!-- end -->\n")[0] == f"\n{reference()}\n"


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=[kind for kind, _ in EXAMPLES])
def test_the_examples_are_right(kind: str, text: str) -> None:
    data, source, findings = read(kind, text.encode())
    assert findings == ()
    assert data is not None
    assert validate(KINDS[kind][0], data, source)[1] == ()


def test_there_are_examples() -> None:
    assert {kind for kind, _ in EXAMPLES} == set(KINDS)
