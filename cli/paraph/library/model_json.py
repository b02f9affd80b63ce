"""Model objects as plain data and back: JSON, so that reading it can make nothing but these objects.

::

    "words", 3, true, null          themselves
    {"en": …}                       a mapping whose keys are strings
    ["Name", {"name": "…"}]         an object of a class of CLASSES; fields that have their default are left out
    ["Status", "active"]            a value of an enumeration
    ["Source", "paraph.yml"]        a source: its places are those of the file as it was read in this run
    ["()", …] ["{}", [k, v], …] ["keys", …] ["date", "2017-03-01"]
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from paraph.model import clause, concept, document, finding, form, manifest, member, text, value, workspace, writing
from paraph.model.finding import Source

_C = TypeVar("_C", bound=type)
MODULES = (clause, concept, document, finding, form, manifest, member, text, value, workspace, writing)
CLASSES: dict[str, type] = {
    name: found
    for module in MODULES
    for name, found in vars(module).items()
    if isinstance(found, type) and found.__module__ == module.__name__ and found is not Source
}
"""Every class of the model that a file is read into, by its name."""
_KEYS: type = type({}.keys())
NO_MODEL = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
"""What `load` raises for data that hold no model."""


def keepable(found: _C) -> _C:
    """Decorator: objects of this dataclass can be written and read here. Its name must be no other's."""
    CLASSES[found.__name__] = found
    return found


def dump(model: object) -> bytes:
    """`model` as plain data. Raises TypeError where something in it is none of CLASSES."""
    return json.dumps(_plain(model), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _plain(model: Any) -> Any:
    kind = type(model)
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
    if CLASSES.get(kind.__name__) is not kind:
        raise TypeError(f"{kind.__name__} cannot be written as plain data")
    if issubclass(kind, Enum):
        return [kind.__name__, model.value]
    written = ((one.name, getattr(model, one.name)) for one in _fields(kind.__name__) if not _is_default(one, model))
    return [kind.__name__, {name: _plain(one) for name, one in written}]


@cache
def _fields(name: str) -> tuple[Field[Any], ...]:
    found: Any = CLASSES[name]
    return fields(found)


def _is_default(field: Field[Any], model: object) -> bool:
    if field.default is MISSING:
        return False
    found = getattr(model, field.name)
    return type(found) is type(field.default) and bool(found == field.default)


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
        name = node[0]
        if (found := CLASSES.get(name)) is not None:
            what = node[1]
            return found(**model(what)) if type(what) is dict else found(what)
        match name:
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
        raise ValueError(f"{name} is no class of the model")

    return model(json.loads(data.decode("utf-8", "surrogatepass")))
