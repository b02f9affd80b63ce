"""Model objects as plain data and back: JSON, so that reading it can make nothing but these objects.

::

    "words", 3, true, null          themselves
    {"en": …}                       a mapping whose keys are strings
    ["member.Name", {"name": "…"}]  an object of a class of the model, or of one that is keepable; fields that have
                                    their default are left out
    ["member.Status", "active"]     a value of an enumeration
    ["Source", "paraph.yml"]        a source: its places are those of the file as it was read in this run
    ["()", …] ["{}", [k, v], …] ["keys", …] ["date", "2017-03-01"]
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from paraph.model.finding import Source

_C = TypeVar("_C", bound=type)
_MODEL = "paraph.model."
_MODULES = (
    "clause",
    "concept",
    "document",
    "finding",
    "form",
    "language",
    "manifest",
    "member",
    "rule",
    "text",
    "value",
    "workspace",
    "writing",
)
"""Those of the model that have the classes which a file is read into; each is imported once something in it is read."""
_KEEPABLE: dict[str, type] = {}
_KEYS: type = type({}.keys())
NO_MODEL = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
"""What `load` raises for data that hold no model."""


def keepable(found: _C) -> _C:
    """Decorator: objects of this dataclass can be written and read here. Its name must be no other's."""
    _KEEPABLE[found.__name__] = found
    return found


@cache
def _class(name: str) -> type:
    """The class that is written as `name`. Raises ValueError where that is none."""
    module, _, plain = name.rpartition(".")
    if not module and name in _KEEPABLE:
        return _KEEPABLE[name]
    if module in _MODULES:
        found = getattr(import_module(_MODEL + module), plain, None)
        if isinstance(found, type) and found.__module__ == _MODEL + module and found is not Source:
            return found
    raise ValueError(f"{name} is no class of the model")


@cache
def _name(kind: type) -> str:
    """What objects of a class are written as. Raises TypeError where they are not."""
    if kind.__module__.removeprefix(_MODEL) in _MODULES:
        return f"{kind.__module__.removeprefix(_MODEL)}.{kind.__name__}"
    if _KEEPABLE.get(kind.__name__) is kind:
        return kind.__name__
    raise TypeError(f"{kind.__name__} cannot be written as plain data")


def dump(model: object) -> bytes:
    """`model` as plain data. Raises TypeError where something in it is of no class that is written here."""
    return json.dumps(_plain(model), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain(model: Any) -> Any:
    kind: Any = type(model)
    if model is None or kind in (str, int, bool):
        return model
    if kind is dict:
        if all(type(key) is str for key in model):
            return {key: _plain(one) for key, one in model.items()}
        return ["{}", *([_plain(key), _plain(one)] for key, one in model.items())]
    if kind is tuple:
        return ["()", *map(_plain, model)]
    if kind is _KEYS:
        return ["keys", *map(_plain, model)]
    if kind is dt.date:
        return ["date", model.isoformat()]
    if kind is Source:
        return ["Source", model.file]
    name = _name(kind)
    if issubclass(kind, Enum):
        return [name, model.value]
    written: dict[str, Any] = {}
    for field, default in _fields(kind):
        one = getattr(model, field)
        if type(one) is not type(default) or one != default:
            written[field] = one if type(one) is str else _plain(one)
    return [name, written]


@cache
def _fields(kind: Any) -> tuple[tuple[str, object], ...]:
    """The fields of a class, each with its default; `MISSING`, where it has none, is no field’s value."""
    return tuple((one.name, one.default) for one in fields(kind))


def load(data: bytes, source: Callable[[str], Source]) -> Any:
    """The objects in `data`; `source` gives the source of a file by its workspace path.

    Raises one of NO_MODEL where `data` is no such data.
    """

    def model(node: Any) -> Any:
        kind = type(node)
        if kind is dict:
            return {key: one if type(one) is str else model(one) for key, one in node.items()}
        if kind is not list:
            return node
        match name := node[0]:
            case "()":
                return tuple([model(one) for one in node[1:]])
            case "Source":
                return source(node[1])
            case "keys":
                return dict.fromkeys([model(one) for one in node[1:]]).keys()
            case "date":
                return dt.date.fromisoformat(node[1])
            case "{}":
                return {model(key): model(one) for key, one in node[1:]}
        found, what = _class(name), node[1]
        return found(**model(what)) if type(what) is dict else found(what)

    return model(json.loads(data.decode("utf-8", "surrogatepass")))
