"""Manifests against what they use: clauses, section styles, and the values that clauses ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from paraph.library.known_names import Known, unknown
from paraph.library.written.suggest import did_you_mean
from paraph.model.clause import Clause, ClauseKind
from paraph.model.finding import Finding, KeyPath
from paraph.model.form import Form, SectionStyle
from paraph.model.manifest import Manifest, Use
from paraph.model.value import (
    BUILT_IN_VALUES,
    HOW_TO_WRITE,
    RawValue,
    ValueKind,
    ValueType,
    read_date,
    read_money,
    read_number,
)

_READ: Mapping[ValueType, Callable[[str], object]] = {
    ValueType.DATE: read_date,
    ValueType.NUMBER: read_number,
    ValueType.MONEY: read_money,
}


def findings(manifest: Manifest, form: Form | None, clauses: Mapping[str, Clause], known: Known) -> Iterator[Finding]:
    """What is wrong with the uses of `manifest`. Of a clause or form that could not be read nothing is said."""
    for position, section in enumerate(manifest.sections):
        at: KeyPath = ("sections", position)
        style = None
        if form is not None:
            style = form.styles.get(section.style)
            if section.style != form.default_style:  # of which the form has a finding
                where = f"The styles of this form are in {form.source.file}."
                yield from unknown(manifest.source, "style", section.style, form.styles, (*at, "style"), where)
        for place, use in enumerate(section.uses):
            yield from _use(manifest, use, form, style, clauses, known, (*at, "clauses", place))
    yield from _document_values(manifest, form, clauses, known)


def _use(
    manifest: Manifest,
    use: Use,
    form: Form | None,
    style: SectionStyle | None,
    clauses: Mapping[str, Clause],
    known: Known,
    at: KeyPath,
) -> Iterator[Finding]:
    source = manifest.source
    where = "Clauses are in statements/clauses/."
    yield from unknown(source, "clause", use.clause, known.clauses, (*at, "clause"), where)
    clause = clauses.get(use.clause)
    if clause is not None:
        if form is not None and style is not None and style.kinds and clause.kind not in style.kinds:
            message = f"{clause.id} is a {clause.kind}; this section takes: {', '.join(style.kinds)}"
            yield source.finding("kind-not-accepted", message, _accepting(form, clause.kind), at=at)
        yield from _values(manifest, use, clause, known, at)
    for place, child in enumerate(use.under):
        yield from _use(manifest, child, form, style, clauses, known, (*at, "under", place))


def _accepting(form: Form, kind: ClauseKind) -> str:
    styles = [name for name, style in form.styles.items() if not style.kinds or kind in style.kinds]
    if styles:
        return f"Give the section style: {' or '.join(styles)}, or move the clause to a section of that style."
    kinds = dict.fromkeys(one for style in form.styles.values() for one in style.kinds)
    return f"No section of a {form.id} takes a {kind}. Choose a clause of another kind: {', '.join(kinds)}."


def _values(manifest: Manifest, use: Use, clause: Clause, known: Known, at: KeyPath) -> Iterator[Finding]:
    source = manifest.source
    for name, kind in clause.values.items():
        if name in use.values:
            yield from value_findings(manifest, kind, use.values[name], known, (*at, "values", name))
        elif name not in manifest.values and name not in BUILT_IN_VALUES:
            message, advice = f"the value “{name}” is not given", "under values:, here or for the whole document."
            yield source.finding("value-missing", message, f"Give {name}: {advice}", at=at)
    for name in use.values:
        if name not in clause.values:
            message = f"{clause.id} has no value “{name}”"
            advice = did_you_mean(name, clause.values) or "Delete it: the clause asks for none."
            yield source.finding("value-superfluous", message, advice, at=(*at, "values", name))


def _document_values(
    manifest: Manifest, form: Form | None, clauses: Mapping[str, Clause], known: Known
) -> Iterator[Finding]:
    """Values given for the whole document: each is checked as every clause and the form declare it."""
    used = {chain[-1][1].clause for section in manifest.sections for chain in section.all_uses()}
    kinds: dict[str, set[ValueKind]] = {}
    for values in (*(clauses[one].values for one in used if one in clauses), form.values if form else {}):
        for name, kind in values.items():
            kinds.setdefault(name, set()).add(kind)
    complete = form is not None and used <= clauses.keys()
    for name, value in manifest.values.items():
        at: KeyPath = ("values", name)
        for kind in sorted(kinds.get(name, ()), key=str):
            yield from value_findings(manifest, kind, value, known, at)
        if name not in kinds and complete and name not in BUILT_IN_VALUES:
            message = f"no clause here, nor the form, has a value “{name}”"
            advice = did_you_mean(name, kinds) or "Delete it: nothing here asks for it."
            yield manifest.source.finding("value-superfluous", message, advice, at=at)


def value_findings(
    manifest: Manifest, kind: ValueKind, value: RawValue, known: Known, at: KeyPath
) -> Iterator[Finding]:
    """What keeps `value` from being of `kind`."""
    if isinstance(value, tuple):
        if not kind.many:
            message = f"one {kind} is asked for, not a list"
            yield manifest.source.finding("value-type", message, "Write one value, without brackets.", at=at)
            return
        named = kind.type in (ValueType.COUNTRY, ValueType.INSTITUTION, ValueType.NETWORK)
        for position, item in enumerate(value):
            yield from _value(manifest, kind.type, item, known, (*at, position))
            if named and item in value[:position]:
                message, advice = f"“{item}” stands in this list twice", "Delete one of them."
                yield manifest.source.finding("value-type", message, advice, at=(*at, position))
        return
    yield from _value(manifest, kind.type, value, known, at)


def _value(
    manifest: Manifest, kind: ValueType, value: str | Mapping[str, str], known: Known, at: KeyPath
) -> Iterator[Finding]:
    source = manifest.source
    if not isinstance(value, str):
        if kind is ValueType.TEXT:
            yield from known.texts(source, value, at, "the value", needed=manifest.languages)
        else:
            message, advice = (
                f"a value of type {kind} is the same in every language",
                "Write one value; languages write it their own way.",
            )
            yield source.finding("value-type", message, advice, at=at)
        return
    match kind:
        case ValueType.COUNTRY:
            code = known.country_codes.get(value.casefold())
            where = f"Write {code}." if code else "States are in statements/countries.yml, by their ISO 3166 code."
            yield from unknown(source, "country", value, known.countries, at, where)
        case ValueType.INSTITUTION:
            where = "Members are in statements/institutions.yml."
            yield from unknown(source, "member", value, known.institutions, at, where)
        case ValueType.NETWORK:
            where = "Networks are in paraph.yml."
            yield from unknown(source, "network", value, known.networks, at, where)
        case _ if not _is(kind, value):
            yield source.finding("value-type", f"“{value}” is no {kind}", HOW_TO_WRITE[kind], at=at)


def _is(kind: ValueType, value: str) -> bool:
    try:
        _READ.get(kind, str)(value)
    except ValueError:
        return False
    return True
