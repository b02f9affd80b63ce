"""Typed values, written as a language writes them: dates, numbers, money, lists, and names with their grammar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from paraph.assembly.context import Context
from paraph.model.finding import KeyPath
from paraph.model.member import Name, Status
from paraph.model.names import collation
from paraph.model.text import Inline, Isolate, Text
from paraph.model.value import (
    BUILT_IN_VALUES,
    HOW_TO_WRITE,
    Money,
    RawValue,
    ValueKind,
    ValueType,
    read_date,
    read_money,
    read_number,
)


def built_in(context: Context, name: str) -> tuple[ValueKind, RawValue] | None:
    """The value of a built-in name in this manifest, or None where it has none."""
    manifest = context.manifest
    values: Mapping[str, RawValue] = {
        "networks": manifest.networks,
        "members": tuple(one.id for one in context.speakers() if one.status_on(context.on) is Status.ACTIVE),
        "date": manifest.date.isoformat() if manifest.date else "",
        "place": dict(manifest.place),
        "title": dict(manifest.title),
    }
    value = values.get(name)
    return (BUILT_IN_VALUES[name], value) if value else None


def written(context: Context, kind: ValueKind, value: RawValue, form: str, at: KeyPath) -> tuple[Inline, ...]:
    """`value` of `kind` as this language writes it, in the grammatical form asked for.

    Lists are sorted again in each language (UN Editorial Manual, lists of states), except lists of text, numbers and
    dates, whose order is the writer's.
    """
    if not kind.many:
        return _isolated(context, kind.type, _one(context, kind.type, value, form, at)[1])
    items = value if isinstance(value, tuple) else (value,)
    pairs = [_one(context, kind.type, item, form, (*at, position)) for position, item in enumerate(items)]
    if kind.type in (ValueType.COUNTRY, ValueType.INSTITUTION, ValueType.NETWORK):
        pairs.sort()
    return (Text(enumerated(context, [text for _, text in pairs])),) if pairs else ()


def _one(context: Context, kind: ValueType, value: RawValue, form: str, at: KeyPath) -> tuple[str, str]:
    """The sort key and the words of one value."""
    if isinstance(value, Mapping):
        text = context.own(value, at, "the value")
        return text, text
    raw = str(value)
    try:
        match kind:
            case ValueType.TEXT:
                text = raw
            case ValueType.DATE:
                text = long_date(context, read_date(raw))
            case ValueType.NUMBER:
                text = _number(context, read_number(raw))
            case ValueType.MONEY:
                text = _money(context, read_money(raw))
            case _:
                name = _name(context, kind, raw)
                return collation(name.sort or name.name), _in_form(context, name, form, at)
    except (ValueError, KeyError):
        context.finding("value-type", f"“{raw}” is no {kind}", HOW_TO_WRITE[kind], at=at)
        return "", ""
    return text, text


def long_date(context: Context, date: dt.date) -> str:
    """A date in full, as the language's locale writes it (CLDR "long"), its first day as the language's rules say.

    The day and the month stay on one line.
    """
    from babel.dates import format_date

    text: str = format_date(date, format="long", locale=context.language.locale)
    first = context.rules.first_of_month
    text = re.sub(r"^1\b", first, text) if first and date.day == 1 else text
    return text.replace(" ", "\u00a0", 1)


def _number(context: Context, number: Decimal) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=context.language.locale, decimal_quantization=False))


def _money(context: Context, money: Money) -> str:
    from babel.numbers import format_currency

    whole = money.amount == money.amount.to_integral_value()
    return str(
        format_currency(
            money.amount,
            money.currency,
            format="#,##0 ¤¤" if whole else "#,##0.00 ¤¤",
            locale=context.language.locale,
            currency_digits=False,
            decimal_quantization=False,
        )
    )


def _name(context: Context, kind: ValueType, raw: str) -> Name:
    library, on = context.library, context.on
    match kind:
        case ValueType.COUNTRY:
            name = library.countries[raw].name(context.code, on)
        case ValueType.INSTITUTION:
            name = library.institutions[raw].name(context.code, on)
        case _:
            name = library.workspace.networks[raw].names.get(context.code)
    if name is None:
        advice = f"Add {context.code}: to its names."
        context.finding("language-missing", f"the {kind} {raw} has no name in {context.code}", advice)
        return Name(name=raw)
    return name


def _in_form(context: Context, name: Name, form: str, at: KeyPath) -> str:
    """A name as "du Maroc"; a name without an article of its own stands for its form "the"."""
    text = {"": name.name, "the": name.the or name.name, "of": name.of, "into": name.into}[form]
    if not text:
        context.finding(
            "name-form-missing",
            f"“{name.name}” has no form “{form}” in {context.code}",
            f"Add {form}: to this name, or write the sentence without it.",
            at=at,
        )
        return name.name
    return text


def enumerated(context: Context, items: Sequence[str]) -> str:
    """“A, B and C”, as the language has it."""
    from babel.lists import format_list

    return str(format_list(list(items), locale=context.language.locale))


def _isolated(context: Context, kind: ValueType, text: str) -> tuple[Inline, ...]:
    if not text:
        return ()
    if context.language.direction == "rtl" and kind in (ValueType.NUMBER, ValueType.MONEY):
        return (Isolate((Text(text),)),)
    return (Text(text),)
