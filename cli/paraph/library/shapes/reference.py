"""The keys of every kind of file as Markdown tables, for docs/formats.md, from the models that read them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from paraph.library.shapes.jsonschema import KINDS
from paraph.library.shapes.validate import bare


def reference() -> str:
    """One table for each kind of file: its keys with those below them, whether they are needed, what they say.

    `[]` stands for each item of a list, `…` for a key that is chosen freely, such as a language code or an id.
    """
    parts = []
    for kind, (shape, patterns) in KINDS.items():
        files = ", ".join(f"`{pattern}`" for pattern in patterns if not pattern.startswith("!"))
        rows = "\n".join(
            f"| `{key}` | {'yes' if needed else ''} | {words} |" for key, needed, words in _rows(shape, "")
        )
        parts.append(f"### {kind}\n\n{files}\n\n| key | needed | what it says |\n|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _rows(shape: type[BaseModel], above: str, seen: tuple[type, ...] = ()) -> Iterator[tuple[str, bool, str]]:
    for name, field in shape.model_fields.items():
        key = f"{above}{field.alias or name}"
        yield key, field.is_required(), (field.description or "").replace("|", "\\|") + _choices(field.annotation)
        yield from _below(field.annotation, key, (*seen, shape))
    if shape.model_config.get("extra") == "allow":
        free = get_type_hints(shape, include_extras=True)["__pydantic_extra__"]
        yield from _below(free, above.removesuffix("."), (*seen, shape))


def _below(annotation: Any, key: str, seen: tuple[type, ...]) -> Iterator[tuple[str, bool, str]]:
    found = bare(annotation)
    if get_origin(found) is list:
        yield from _below(get_args(found)[0], f"{key}[]", seen)
    elif get_origin(found) is dict:
        yield from _below(get_args(found)[1], f"{key}.…", seen)
    elif isinstance(found, type) and issubclass(found, BaseModel) and found not in seen:
        yield from _rows(found, f"{key}.", seen)


def _choices(annotation: Any) -> str:
    found = bare(annotation)
    if get_origin(found) is list:
        found = bare(get_args(found)[0])
    if isinstance(found, type) and issubclass(found, Enum):
        return ". One of: " + ", ".join(f"`{one.value}`" for one in found)
    return ""
