"""The kinds of values that a file may hold: from the string that stands there to the value meant.

Every refusal is a PydanticCustomError whose type is the rule id of the finding, with its advice in the context. The
JSON schemas are for editors, which read `2017-03-01` as a string or a date and `10` as a number: they allow both.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from paraph.library.written.suggest import nearest
from paraph.model.names import ID, LANGUAGE, id_advice
from paraph.model.rule import HOW_TO_WRITE_A_RULE, read_rule
from paraph.model.value import HOW_TO_WRITE, ValueKind, ValueType, read_date

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+\S*")
_KIND = re.compile(r"(list)\[\s*(\w+)\s*\]|(\w+)")
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def refusal(rule: str, message: str, advice: str) -> PydanticCustomError:
    """The error that becomes a finding of `rule`."""
    return PydanticCustomError(rule, "{message}", {"message": message, "advice": advice})


def _id(text: str) -> str:
    if not ID.fullmatch(text):
        raise refusal("bad-id", f"“{text}” cannot be an id", id_advice(text))
    return text


def _folder(text: str) -> str:
    if text == "clauses":
        raise refusal("bad-id", "documents cannot lie in statements/clauses/", "Name another folder, as declarations.")
    return _id(text)


def _text(text: str) -> str:
    if not text.strip():
        raise refusal("text-empty", "this text is empty", "Write it, or delete its key.")
    return text


def _language(text: str) -> str:
    if not LANGUAGE.fullmatch(text):
        raise refusal("unknown-language", f"“{text}” is no language code", "Write it as en, fr or pt-BR.")
    return text


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return read_date(value)
        except ValueError:
            raise refusal("bad-date", f"“{value}” is no date", HOW_TO_WRITE[ValueType.DATE]) from None
    return _scalar(value)


def _boolean(value: Any) -> Any:
    if isinstance(value, str):
        if value.lower() in _BOOLEANS:
            return _BOOLEANS[value.lower()]
        raise refusal("bad-boolean", f"“{value}” is neither true nor false", "Write true or false.")
    return _scalar(value)


def _scalar(value: Any) -> Any:
    raise refusal("wrong-shape", "one value is expected here", "Write it after the colon.")


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        if re.fullmatch(r"[0-9]{1,6}", value):
            return int(value)
        raise refusal("bad-number", f"“{value}” is no whole number", "Write digits, as 15.")
    return _scalar(value)


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise refusal(
            "bad-colour", f"“{text}” is no colour", 'Write # and six hexadecimal digits in quotes, as "#1f4e79".'
        )
    return text


def _address(text: str) -> str:
    if text and not _ADDRESS.fullmatch(text):
        raise refusal("bad-address", f"“{text}” is no web address", "Begin it with https://.")
    return text


def _adoption_rule(text: str) -> str:
    try:
        read_rule(text)
    except ValueError:
        raise refusal("bad-rule", f"“{text}” is no rule of adoption", HOW_TO_WRITE_A_RULE) from None
    return text


def _value_kind(value: Any) -> Any:
    match = _KIND.fullmatch(value.strip()) if isinstance(value, str) else None
    word = (match[2] or match[3]) if match else value
    if not match or word not in {str(one) for one in ValueType}:
        near = nearest(str(word), ValueType)
        meant = f"Did you mean “{near}”? " if near else ""
        advice = f"{meant}The types are {', '.join(ValueType)}, and list[…] of each."
        message = (
            f"“{word}” is no type of value" if isinstance(value, str) else "here a type of value stands, in one word"
        )
        raise refusal("bad-value-type", message, advice)
    return ValueKind(ValueType(word), many=bool(match[1]))


def _raw_value(value: Any) -> Any:
    """A scalar, text per language, or a list of these."""
    if isinstance(value, list):
        return tuple(_raw_item(item) for item in value)
    return _raw_item(value)


def _raw_item(value: Any) -> Any:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, dict) and value and all(isinstance(text, str) and text.strip() for text in value.values()):
        return value
    if not value:
        raise refusal("text-empty", "this value is empty", "Write it, or delete its key.")
    raise refusal("wrong-shape", "a value is words, or words for each language, or a list", "Write it after the colon.")


_STRING = {"type": "string"}
_WORDS = {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True, slots=True)
class OneText:
    """Marks what is a mapping with `key`, but may be written as the text of that key alone."""

    key: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(self._keyed, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [_WORDS, handler(schema)]}

    def _keyed(self, value: Any) -> Any:
        return {self.key: value} if isinstance(value, str) else value


_RAW = {"anyOf": [_WORDS, {"type": "object", "additionalProperties": _WORDS}]}
_TYPES = "|".join(ValueType)

Id = Annotated[str, AfterValidator(_id), WithJsonSchema({**_STRING, "pattern": f"^{ID.pattern}$"})]
Folder = Annotated[str, AfterValidator(_folder), WithJsonSchema({**_STRING, "pattern": f"^(?!clauses$){ID.pattern}$"})]
Text = Annotated[str, AfterValidator(_text), WithJsonSchema(_WORDS)]
Free = Annotated[str, WithJsonSchema(_WORDS)]
Code = Annotated[str, AfterValidator(_language), WithJsonSchema({**_STRING, "pattern": f"^{LANGUAGE.pattern}$"})]
Date = Annotated[dt.date, BeforeValidator(_date), WithJsonSchema({**_STRING, "format": "date"})]
Boolean = Annotated[bool, BeforeValidator(_boolean), WithJsonSchema({"type": ["boolean", "string"]})]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": ["integer", "string"]})]
Colour = Annotated[str, AfterValidator(_colour), WithJsonSchema({**_STRING, "pattern": f"^{_COLOUR.pattern}$"})]
Address = Annotated[str, AfterValidator(_address), WithJsonSchema({**_STRING, "pattern": f"^({_ADDRESS.pattern})?$"})]
AdoptionRule = Annotated[str, AfterValidator(_adoption_rule), WithJsonSchema(_WORDS)]
Digest = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
Kind = Annotated[
    ValueKind,
    BeforeValidator(_value_kind),
    WithJsonSchema({**_STRING, "pattern": rf"^({_TYPES}|list\[({_TYPES})\])$"}),
]
Raw = Annotated[
    Any, BeforeValidator(_raw_value), WithJsonSchema({"anyOf": [*_RAW["anyOf"], {"type": "array", "items": _RAW}]})
]
Texts = dict[str, Text]
