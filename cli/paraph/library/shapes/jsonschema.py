"""JSON Schemas for editors, from the very models that read the files.

An editor reads YAML with types (`10` is a number, an empty value null), paraph reads strings and looks at them itself:
the schemas allow what may be written, and leave to `paraph check` what only a whole workspace can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from paraph.library.shapes.glossary_schema import GlossaryShape
from paraph.library.shapes.schema import (
    CountriesShape,
    FormShape,
    InstitutionsShape,
    PacketShape,
    RecipientsShape,
    SiteShape,
    StringsShape,
    WorkspaceShape,
)
from paraph.library.shapes.statement_schema import ClauseShape, ManifestShape

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

KINDS: Mapping[str, tuple[type[BaseModel], tuple[str, ...]]] = {
    "workspace": (WorkspaceShape, ("paraph.yml",)),
    "institutions": (InstitutionsShape, ("statements/institutions.yml",)),
    "countries": (CountriesShape, ("statements/countries.yml",)),
    "clause": (ClauseShape, ("statements/clauses/*/*.yml",)),
    "manifest": (ManifestShape, ("statements/*/*.yml", "!statements/clauses/**")),
    "form": (FormShape, ("templates/*/form.yml",)),
    "strings": (StringsShape, ("templates/strings.yml",)),
    "recipients": (RecipientsShape, ("templates/*/recipients.yml",)),
    "packet": (PacketShape, ("templates/packet/strings.yml",)),
    "site": (SiteShape, ("templates/site/strings.yml",)),
    "glossary": (GlossaryShape, ("glossary/*.yml",)),
}
"""File kind to its model and the globs of its files; a glob after “!” is left out again, as editors write it."""


def globs() -> dict[str, tuple[str, ...]]:
    """The globs of each file kind, from the workspace."""
    return {kind: patterns for kind, (_, patterns) in KINDS.items()}


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each file kind, draft 2020-12."""
    return {kind: _schema(kind, shape) for kind, (shape, _) in KINDS.items()}


def _schema(kind: str, shape: type[BaseModel]) -> dict[str, Any]:
    made = _relaxed(shape.model_json_schema(by_alias=True, mode="validation"))
    return {"$schema": _DRAFT, "$id": f"urn:paraph:schema:{kind}", "title": f"Paraph: {kind}", **made}


def _relaxed(node: Any) -> Any:
    """Without pydantic's titles, and with null where a key may be left empty."""
    if isinstance(node, list):
        return [_relaxed(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: _relaxed(one) for key, one in node.items() if key != "title" or isinstance(one, dict)}
    required = node.get("required", ())
    if isinstance(node.get("properties"), dict):
        made["properties"] = {
            key: one if key in required else _or_empty(one) for key, one in made["properties"].items()
        }
    return made


def _or_empty(node: dict[str, Any]) -> dict[str, Any]:
    note: dict[str, Any] = {
        key: node[key] for key in ("description", "default") if key in node and node[key] is not None
    }
    rest = {key: one for key, one in node.items() if key not in ("description", "default")}
    options: list[Any] = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    return {**note, "anyOf": [one for one in options if one != {"type": "null"}] + [{"type": "null"}]}
