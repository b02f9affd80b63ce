"""statements/<kind>/<id>.yml: manifests, as far as a file can be judged without its clauses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from paraph.library.files.clauses import waivers
from paraph.library.known_names import Known, clean, unknown, unwritten
from paraph.library.written.suggest import did_you_mean
from paraph.markup import canonical, digest
from paraph.markup.parse import parse_inline
from paraph.model.finding import Finding, KeyPath, Severity, Source
from paraph.model.form import Form
from paraph.model.manifest import Manifest, Pin, Section, Use
from paraph.model.own_texts import every_text, own_texts, own_words
from paraph.model.text import ClauseRef, Inline, Placeholder, TermMark, everything
from paraph.model.value import BUILT_IN_VALUES, RawValue

if TYPE_CHECKING:
    from paraph.library.shapes.statement_schema import ManifestShape, UseShape


def manifest(shape: ManifestShape, kind: str, source: Source) -> Manifest:
    """The manifest as written: languages, a rule or a style that are left out are empty."""
    made = Manifest(
        id=shape.id,
        kind=kind,
        form=shape.form,
        title=clean(shape.title),
        subtitle=clean(shape.subtitle),
        place=clean(shape.place),
        date=shape.date,
        reference=shape.reference,
        networks=tuple(dict.fromkeys(shape.networks)),
        members=tuple(dict.fromkeys(shape.members)),
        one_member=shape.one_member,
        adoption=shape.adoption.mode,
        rule=shape.adoption.rule,
        languages=tuple(shape.languages),
        unchecked=tuple(shape.unchecked),
        values={name: _raw(value) for name, value in shape.values.items()},
        fields={name: clean(texts) for name, texts in shape.fields.items()},
        sections=tuple(
            Section(
                id=one.id,
                style=one.style,
                heading=clean(one.heading),
                chapeau=clean(one.chapeau),
                uses=tuple(_use(use) for use in one.clauses),
                picture=one.picture,
            )
            for one in shape.sections
        ),
        source=source,
        waivers=waivers(shape.waivers),
        picture=shape.picture,
        translations={
            code: Pin(source=one.source, digest=one.digest, status=one.status, translator=one.translator)
            for code, one in shape.translations.items()
        },
    )
    pins = {
        code: replace(one, stale=one.digest != own_digest(own_words(made, one.source)))
        for code, one in made.translations.items()
    }
    return replace(made, inlines=dict(_parsed(made)), translations=pins)


def manifest_in(path: str, data: bytes) -> Manifest | None:
    """The manifest in the bytes of a file at a workspace path, by itself, as written; None: they cannot be read so."""
    from paraph.library.shapes.statement_schema import ManifestShape
    from paraph.library.shapes.validate import validate
    from paraph.library.written.reader import read

    written, source, _ = read(path, data)
    shape = validate(ManifestShape, written, source)[0] if written is not None else None
    return manifest(shape, path.split("/")[-2], source) if shape is not None else None


def own_digest(words: Mapping[str, str]) -> str:
    """What a translation of a document’s own texts (`own_words`) is pinned to: any of them, in whatever order."""
    return digest(json.dumps(dict(words), ensure_ascii=False, sort_keys=True))


def _parsed(manifest: Manifest) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    sections = (texts for section in manifest.sections for texts in (section.heading, section.chapeau))
    for texts in (manifest.title, manifest.subtitle, *sections, *manifest.fields.values()):
        for text in texts.values():
            inlines, problems = parse_inline(text)
            if not problems:
                yield text, inlines


def completed(manifest: Manifest, form: Form | None, known: Known) -> Manifest:
    """The manifest as meant: languages left out are the authentic ones, a style left out is the form's default."""
    default = form.default_style if form else ""
    return replace(
        manifest,
        rule=manifest.rule or known.workspace.rule,
        languages=manifest.languages or known.workspace.authentic,
        sections=tuple(replace(one, style=one.style or default) for one in manifest.sections),
    )


def _use(shape: UseShape) -> Use:
    return Use(
        clause=shape.clause,
        values={name: _raw(value) for name, value in shape.values.items()},
        under=tuple(_use(one) for one in shape.under),
    )


def _raw(value: RawValue) -> RawValue:
    if isinstance(value, str):
        return canonical(value)
    if isinstance(value, tuple):
        return tuple(clean(one) if not isinstance(one, str) else canonical(one) for one in value)
    return clean(value)


def findings(manifest: Manifest, form: Form | None, known: Known) -> Iterator[Finding]:
    """What is wrong with the manifest; of its clauses see `paraph.library.uses`."""
    source = manifest.source
    where = "Forms are the folders of templates/ that hold a form.yml."
    yield from unknown(source, "form", manifest.form, known.forms, ("form",), where)
    for position, network in enumerate(manifest.networks):
        at: KeyPath = ("networks", position)
        yield from unknown(source, "network", network, known.networks, at, "Networks are in paraph.yml.")
        if (found := known.workspace.networks.get(network)) is not None:
            for code in manifest.languages:
                if code in known.workspace.translations and code not in found.names:
                    message, advice = (
                        f"the network {network} has no name in {code}",
                        "Add it to its names: in paraph.yml.",
                    )
                    yield source.finding("language-missing", message, advice, at=at)
    for position, member in enumerate(manifest.members):
        where = "Members are in statements/institutions.yml."
        yield from unknown(source, "member", member, known.institutions, ("members", position), where)
    if not manifest.networks and not manifest.members:
        advice = "Add networks: or members:, such as networks: [aom]."
        yield source.finding("no-speaker", "nobody speaks in this document", advice)
    yield from known.languages(source, {code: ("languages", place) for place, code in enumerate(manifest.languages)})
    for position, code in enumerate(manifest.unchecked):
        if code not in manifest.languages:
            message = f"{code} is unchecked, but not issued"
            advice = f"Add {code} to languages:, or delete it here."
            yield source.finding("unknown-language", message, advice, at=("unchecked", position))
    yield from _translations(manifest, form, known)
    seen: set[str] = set()
    for position, section in enumerate(manifest.sections):
        if section.id in seen:
            message, advice = f"two sections have the id “{section.id}”", "Give each section an id of its own."
            yield source.finding("duplicate-id", message, advice, at=("sections", position, "id"))
        if not section.uses and not section.chapeau:
            message, advice = f"nothing stands in section {section.id}", "Name its clauses, or delete it."
            at = ("sections", position)
            yield source.finding("section-empty", message, advice, at=at, severity=Severity.WARNING)
        seen.add(section.id)
    yield from _texts(manifest, form, known)


def _translations(manifest: Manifest, form: Form | None, known: Known) -> Iterator[Finding]:
    """Courtesy translations of its own texts: of which texts they are, and whether they are whole."""
    source = manifest.source
    yield from known.languages(source, {code: ("translations", code) for code in manifest.translations})
    for code, pin in manifest.translations.items():
        at: KeyPath = ("translations", code)
        if code in known.workspace.authentic:
            message = f"{code} is an authentic language: its texts are no translation"
            yield source.finding("not-translation", message, f"Delete {code} here.", at=at)
        if code not in known.workspace.translations:
            continue
        if pin.source not in manifest.title or pin.source not in known.workspace.authentic:
            message = f"the document has no authentic texts in “{pin.source}” to translate"
            advice = f"Authentic languages: {', '.join(known.workspace.authentic)}."
            yield source.finding("translation-source", message, advice, at=(*at, "source"))
            continue
        for one in every_text(manifest, form):
            if pin.source in one.texts and code not in one.texts and code not in manifest.languages:
                message = f"{one.what} has no {code}"
                yield source.finding("language-missing", message, f"Add {code}: below it.", at=one.at)
        if pin.stale:
            message = f"the {pin.source} texts of this file are not, or no longer, the ones that were translated"
            now = own_digest(own_words(manifest, pin.source))
            advice = f'Compare title, headings and all else; when they agree again, write digest: "{now}".'
            severity = Severity.WARNING
            yield source.finding("translation-stale", message, advice, at=(*at, "digest"), severity=severity)


def _texts(manifest: Manifest, form: Form | None, known: Known) -> Iterator[Finding]:
    """Words and messages as in assembly, which looks at each language once more."""
    own = tuple(own_texts(manifest, form))
    for one in own:
        if one.texts or one.at == ("title",):
            yield from known.texts(manifest.source, one.texts, one.at, one.what, needed=manifest.languages)
            yield from unwritten(manifest.source, one.texts, one.at)
    for one in own:
        for code, text in one.texts.items() if one.marked else ():
            yield from _marked(manifest, form, known, text, (*one.at, code))
    if form is not None:
        yield from _fields(manifest, form)


def _marked(manifest: Manifest, form: Form | None, known: Known, text: str, at: KeyPath) -> Iterator[Finding]:
    source = manifest.source
    inlines, problems = (manifest.inlines[text], ()) if text in manifest.inlines else parse_inline(text)
    yield from (source.finding(one.rule, one.message, one.advice, at=at) for one in problems)
    for inline in everything(inlines):
        match inline:
            case Placeholder(name) if form is not None and name not in form.values and name not in BUILT_IN_VALUES:
                options = {*form.values, *BUILT_IN_VALUES}
                advice = f"{did_you_mean(name, options)} The form declares them under values:.".strip()
                message = f"the text names “{name}”, which is not declared"
                yield source.finding("placeholder-undeclared", message, advice, at=at)
            case Placeholder(name) if form is not None and name in form.values and name not in manifest.values:
                advice = f"Give {name}: under values:, here or for the whole document."
                yield source.finding("value-missing", f"the value “{name}” is not given", advice, at=at)
            case TermMark(concept):
                yield from unknown(source, "concept", concept, known.concepts, at, "Concepts are in glossary/.")
            case ClauseRef(other):
                message = f"only a clause may refer to clause {other}"
                yield source.finding("reference", message, "Name it in words here.", at=at)


def _fields(manifest: Manifest, form: Form) -> Iterator[Finding]:
    source: Source = manifest.source
    for name in manifest.fields:
        where = f"The fields of this form are in {form.source.file}."
        yield from unknown(source, "field", name, form.fields, ("fields", name), where)
    texts = f"{{{', '.join(f'{code}: …' for code in manifest.languages)}}}"
    for name, field in form.fields.items():
        if field.required and name not in manifest.fields:
            message = f"the form {form.id} asks for the field “{name}”"
            advice = f"Add {name}: below fields:, in each language."
            if not manifest.fields:
                required = ", ".join(f"{key}: {texts}" for key, one in form.fields.items() if one.required)
                advice = f"Add to this file: fields: {{{required}}}"
            yield source.finding("field-missing", message, advice, at=("fields",))
