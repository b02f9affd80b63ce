"""A file against its schema: every mistake in its shape as a finding at its place."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from paraph.library.written.suggest import did_you_mean, nearest
from paraph.model.finding import Finding, KeyPath, Severity, Source

_S = TypeVar("_S", bound=BaseModel)


def validate(shape: type[_S], data: dict[str, Any], source: Source) -> tuple[_S | None, tuple[Finding, ...]]:
    """`data` as `shape`, with a finding for each mistake.

    So that one slip does not hide the next, the rest of the file is looked at as well: an unknown key counts as the
    known one it resembles, a value that cannot stand as not written. None where what is left is still no whole.
    """
    empty = tuple(_empty(shape, data, source))
    try:
        return shape.model_validate(data), empty
    except ValidationError as error:
        errors = error.errors(include_url=False)
    findings = (*empty, *(_finding(shape, error, source) for error in errors))
    try:
        return shape.model_validate(_mended(shape, data, errors)), findings
    except ValidationError:
        return None, findings


def _finding(shape: type[BaseModel], error: ErrorDetails, source: Source) -> Finding:
    path = _path(error)
    rule, message, advice = _words(shape, path, error)
    return source.finding(rule, message, advice, at=path)


def _empty(shape: type[BaseModel], value: Any, source: Source, path: KeyPath = ()) -> Iterator[Finding]:
    """Keys that may be left out and are written without a value: what stands in for one is not what was meant."""
    for step, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, dict | list):
            yield from _empty(shape, item, source, (*path, step))
        elif item is None:
            for model in _models(_type_at(shape, path)):
                field = next((one for name, one in model.model_fields.items() if (one.alias or name) == step), None)
                if field is not None and not field.is_required():
                    default = f"; “{field.default}” would be taken" if isinstance(field.default, str) else ""
                    severity = Severity.ERROR if field.default else Severity.WARNING
                    message = f"nothing is written after “{step}:”{default if field.default else ''}"
                    yield source.finding("text-empty", message, _EMPTY, at=(*path, step), severity=severity)


def _path(error: ErrorDetails) -> KeyPath:
    return tuple(step for step in error["loc"] if step != "[key]")


def _words(shape: type[BaseModel], path: KeyPath, error: ErrorDetails) -> tuple[str, str, str]:
    """Rule, message and advice."""
    context, given = error.get("ctx", {}), error.get("input")
    match error["type"]:
        case "missing":
            field = fields_at(shape, path[:-1]).get(str(path[-1]), "")
            return "missing-key", f"“{path[-1]}” is missing", f"Add {path[-1]}: {field}".rstrip(": ") + "."
        case "extra_forbidden":
            known = fields_at(shape, path[:-1])
            advice = did_you_mean(str(path[-1]), known) or f"The keys here are: {', '.join(known)}."
            return "unknown-key", f"“{path[-1]}” is no key here", advice
        case "enum":
            options = [str(one.value) for one in _enum_at(shape, path)]
            return _choice(given, options)
        case "string_pattern_mismatch":
            options = str(context["pattern"]).removeprefix("^(").removesuffix(")$").split("|")
            return _choice(given, options)
        case "too_short":
            return "text-empty", "there is nothing here", "Write at least one."
        case "string_type" | "list_type" | "dict_type" | "model_type" | "model_attributes_type":
            if given is None:
                return "text-empty", "there is nothing here", _EMPTY
            if error["type"] == "string_type" and isinstance(given, dict):
                return "wrong-shape", "words are expected here, not keys with values", _COLON
            wanted = {"string_type": "words are", "list_type": "a list is"}.get(error["type"], "keys with values are")
            return "wrong-shape", f"{wanted} expected here, not {_shape_of(given)}", _SHAPES[error["type"]]
        case rule if "advice" in context:
            return rule, str(context["message"]), str(context["advice"])
        case _:
            return "wrong-shape", error["msg"], "docs/formats.md says what may stand here."


def _choice(given: Any, options: list[str]) -> tuple[str, str, str]:
    meant = nearest(str(given), options)
    advice = f"{f'Did you mean “{meant}”? ' if meant else ''}Write one of: {', '.join(options)}."
    return "bad-choice", f"“{given}” is none of the choices", advice


_EMPTY = "Write it, in quotes where it begins with #, or delete its key."
_COLON = "Put a text that holds a colon in quotes, or below its key after |-."
_SHAPES = {
    "string_type": "Write it after the colon.",
    "list_type": "Write each on a line of its own after “- ”, or all in [brackets].",
    "dict_type": "Write “key: value” lines below it, indented.",
    "model_type": "Write “key: value” lines below it, indented.",
    "model_attributes_type": "Write “key: value” lines below it, indented.",
}


def _shape_of(value: Any) -> str:
    return "keys with values" if isinstance(value, dict) else "a list" if isinstance(value, list) else f"“{value}”"


# --- what the schema has at a path -----------------------------------------------------------------------------------


def fields_at(shape: type[BaseModel], path: KeyPath) -> Mapping[str, str]:
    """The keys allowed at `path`, with their descriptions."""
    for model in _models(_type_at(shape, path)):
        return {field.alias or name: field.description or "" for name, field in model.model_fields.items()}
    return {}


def _enum_at(shape: type[BaseModel], path: KeyPath) -> Iterable[Enum]:
    found = _type_at(shape, path)
    return found if isinstance(found, type) and issubclass(found, Enum) else ()


def _type_at(shape: Any, path: KeyPath) -> Any:
    found = shape
    for step in path:
        inner = next(_models(found), None)
        if inner is not None:
            named = {field.alias or name: field.annotation for name, field in inner.model_fields.items()}
            found = named.get(str(step)) or get_type_hints(inner, include_extras=True).get("__pydantic_extra__")
        elif get_origin(found) in (dict, list):
            key, *value = get_args(found)
            found = value[0] if value else key
            if isinstance(key, type) and issubclass(key, Enum) and step not in [one.value for one in key]:
                return key  # the fault is in the key
        else:
            return None
        found = bare(found)
    return found


def bare(annotation: Any) -> Any:
    """Without Annotated and “or None”."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, types.UnionType):
        return bare(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


def _models(found: Any) -> Iterator[type[BaseModel]]:
    if isinstance(found, type) and issubclass(found, BaseModel):
        yield found


# --- looking at the rest ---------------------------------------------------------------------------------------------


def _mended(shape: type[BaseModel], data: dict[str, Any], errors: list[ErrorDetails]) -> Any:
    mended: Any = deepcopy(data)
    for error in errors:
        path = _path(error)
        parent: Any = mended
        for step in path[:-1]:
            parent = parent[step] if _has(parent, step) else None
        if not path or not isinstance(parent, dict) or path[-1] not in parent:
            continue
        value = parent.pop(path[-1])
        if error["type"] == "string_type" and get_origin(_type_at(shape, path[:-1])) is dict:
            parent.update({path[-1]: words} if (words := _written(value)) else {})
        elif error["type"] == "extra_forbidden":
            meant = nearest(str(path[-1]), fields_at(shape, path[:-1]))
            if meant and meant not in parent:
                parent[meant] = value
        elif error["type"] == "bad-value-type":
            parent[path[-1]] = "text"
    return mended


def _written(value: Any) -> str:
    """The words in which YAML saw keys, so that nobody is told as well that they are missing."""
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    return ", ".join(f"{key}: {_written(item)}" for key, item in value.items())


def _has(parent: Any, step: str | int) -> bool:
    if isinstance(parent, dict):
        return step in parent
    return isinstance(parent, list) and isinstance(step, int) and step < len(parent)
