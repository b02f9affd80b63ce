"""The schemas that editors use accept what is shipped, and complain where paraph does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from paraph.library.shapes.jsonschema import KINDS, globs, schemas
from paths import ROOT

SCHEMAS = schemas()


def files(kind: str) -> list[Path]:
    found: set[Path] = set()
    for pattern in globs()[kind]:
        if pattern.startswith("!"):
            found -= set(ROOT.glob(f"{pattern[1:]}/*"))
        else:
            found |= set(ROOT.glob(pattern))
    return sorted(found)


def as_editors_read(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): as_editors_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_editors_read(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def errors(kind: str, text: str) -> list[str]:
    validator = Draft202012Validator(SCHEMAS[kind])
    return [error.message for error in validator.iter_errors(as_editors_read(yaml.safe_load(text)))]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["title"] == f"Paraph: {kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_content_is_valid(kind: str) -> None:
    assert files(kind)
    assert {str(path): found for path in files(kind) if (found := errors(kind, path.read_text("utf-8")))} == {}


def test_every_key_is_explained() -> None:
    for kind, schema in SCHEMAS.items():
        for shape in (schema, *schema.get("$defs", {}).values()):
            for key, one in shape.get("properties", {}).items():
                assert one.get("description"), f"{kind}: {key}"


@pytest.mark.parametrize(
    "text",
    [
        "id: a\nform: f\ntitle: {en: 2030}\nsections: [{id: b, clauses: [c, {clause: d, values: {days: 10}}]}]",
        "id: a\nform: f\ntitle: {en: A}\ndate: 2017-03-01\nsubtitle:\nsections: [{id: b}]",
        "id: a\nform: f\ntitle: {en: A}\nvalues: {to: [MA, FR], said: {en: yes, fr: oui}}\nsections: [{id: b}]",
    ],
)
def test_what_people_naturally_write_is_valid(text: str) -> None:
    assert errors("manifest", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "id: A b\nkind: call\ntitle: {en: A}\ntext: {en: b}",
        "id: a\nkind: cal\ntitle: {en: A}\ntext: {en: b}",
        "id: a\nkind: call\ntitel: {en: A}\ntext: {en: b}",
        "id: a\nkind: call\ntitle: {en: A}\ntext: {en: b}\nvalues: {since: day}",
    ],
)
def test_slips_are_marked(text: str) -> None:
    assert len(errors("clause", text)) >= 1
