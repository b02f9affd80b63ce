"""templates/<form>/form.yml and templates/strings.yml: forms of document, fixed strings, how languages write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from paraph.library.known_names import Known, clean, unknown
from paraph.library.written.suggest import did_you_mean
from paraph.model.finding import Finding, KeyPath, Source
from paraph.model.form import PART_KINDS, Drafting, FieldSpec, Form, PartSpec, Plain, SectionStyle, Sheet
from paraph.model.language import Texts
from paraph.model.names import IN_BRACES, VALUE
from paraph.model.writing import LanguageRules, Mark, NumberFormat, Opening, Passive

if TYPE_CHECKING:
    from paraph.library.shapes.schema import (
        FormShape,
        PartShape,
        PassiveShape,
        PlainShape,
        RulesShape,
        SheetShape,
        StringsShape,
    )


def form(shape: FormShape, shared: Collection[str] | None, source: Source) -> tuple[Form, tuple[Finding, ...]]:
    """The form without its files, and what is wrong with its parts.

    `shared` are the strings of templates/strings.yml (None: not known).
    """
    made = Form(
        id=shape.id,
        folder=shape.folder or shape.id,
        names=clean(shape.name),
        parts=tuple(
            PartSpec(kind=part.kind, field=part.field, string=part.string, role=part.role, picture=part.picture)
            for part in shape.parts
            if part.kind in PART_KINDS and (not part.field or part.field in shape.fields)
        ),
        styles={
            key: SectionStyle(
                role=one.role,
                numbering=one.numbering,
                each=one.each,
                last=one.last,
                kinds=tuple(one.kinds),
                opens=one.opens,
            )
            for key, one in shape.styles.items()
        },
        default_style=shape.default_style,
        fields={key: FieldSpec(name=key, type=one.type, required=one.required) for key, one in shape.fields.items()},
        values=shape.values,
        strings={key: clean(texts) for key, texts in shape.strings.items()},
        paper=shape.paper,
        files={},
        source=source,
        drafting=Drafting(
            full_names=tuple(shape.drafting.full_names),
            brackets=shape.drafting.brackets,
            ordered=shape.drafting.ordered,
        ),
        plain=_plain(shape.plain) if shape.plain else None,
        sheet=_sheet(shape.sheet, shape.parts) if shape.sheet else None,
    )
    return made, (*_parts(shape, shared, source), *_panels(shape, source))


def _plain(shape: PlainShape) -> Plain:
    return Plain(
        sentence=shape.sentence,
        syllables=shape.syllables,
        ease=shape.ease,
        lix=shape.lix,
        acronyms=shape.acronyms,
        passive=shape.passive,
        terms=shape.terms,
        ages=shape.ages.field if shape.ages else "",
        widest=shape.ages.widest if shape.ages else 0,
    )


def _sheet(shape: SheetShape, parts: Iterable[PartShape]) -> Sheet:
    named = {one.field or one.string or one.kind for one in parts if one.kind != "publisher"}
    begins = [place == 0 or part not in named for held in shape.panels.values() for place, part in enumerate(held)]
    numbers = [number - 1 for number in accumulate(begins)]
    placed = [part for held in shape.panels.values() for part in held]
    return Sheet(
        height=shape.height,
        sides=tuple(shape.sides),
        panels={panel: tuple(held) for panel, held in shape.panels.items()},
        grounds=dict(zip(placed, numbers, strict=True)),
    )


def _panels(form: FormShape, source: Source) -> Iterator[Finding]:
    """Panels that the sides do not have, or that nothing stands on; and sides that do not cover each other."""
    if form.sheet is None:
        return
    named = [panel for side in form.sheet.sides for panel in side]
    for panel in form.sheet.panels:
        where = "Panels are under sides: in this file."
        yield from unknown(source, "panel", panel, named, ("sheet", "panels", panel), where)
    for number, side in enumerate(form.sheet.sides):
        at: KeyPath = ("sheet", "sides", number)
        for panel in side:
            if panel not in form.sheet.panels:
                advice = f"Say under panels: what stands on {panel}."
                yield source.finding("panel-empty", f"nothing stands on the panel “{panel}”", advice, at=(*at, panel))
        if sum(side.values()) != sum(form.sheet.sides[0].values()):
            message = "the two sides of the sheet are not equally wide"
            yield source.finding("sheet-sides", message, "Let the widths of each side have one sum.", at=at)


def against(form: Form, known: Known) -> Iterator[Finding]:
    """What is wrong with a form in its workspace: its languages and its names."""
    source = form.source
    yield from known.texts(source, form.names, ("name",), "the name of the form")
    yield from _strings(form.strings, known, source)
    where = "Styles are under styles: in this file."
    yield from unknown(source, "style", form.default_style, form.styles, ("default_style",), where)
    for name in form.values:
        if not VALUE.fullmatch(name):
            yield _bad_name(source, name, ("values", name))


def _parts(form: FormShape, shared: Collection[str] | None, source: Source) -> Iterator[Finding]:
    """Parts that name what is not there; the model is made without them."""
    for position, part in enumerate(form.parts):
        at: KeyPath = ("parts", position)
        if part.kind not in PART_KINDS:
            advice = f"{did_you_mean(part.kind, PART_KINDS)} The parts are {', '.join(PART_KINDS)}.".strip()
            yield source.finding("unknown-part", f"“{part.kind}” is no part of a form", advice, at=(*at, "kind"))
        for key in ("field", "string"):
            if part.kind == key and not getattr(part, key):
                message, advice = f"a {key} part names its {key}", f"Write {{kind: {key}, {key}: …}}."
                yield source.finding("missing-key", message, advice, at=at)
        if part.field:
            where = "Fields are under fields: in this file."
            yield from unknown(source, "field", part.field, form.fields, (*at, "field"), where)
        if part.string and shared is not None:
            where = "Strings are under strings: in this file or in templates/strings.yml."
            yield from unknown(source, "string", part.string, {*form.strings, *shared}, (*at, "string"), where)


def _bad_name(source: Source, name: str, at: KeyPath) -> Finding:
    advice = "Use small letters a–z, digits and _, beginning with a letter."
    return source.finding("bad-name", f"“{name}” is no name of a value", advice, at=at)


def strings(
    shape: StringsShape, known: Known, source: Source
) -> tuple[dict[str, Mapping[str, str]], tuple[Finding, ...]]:
    """The shared strings by language, then by name."""
    return by_language(shape.strings, known, source)


def by_language(
    strings: Mapping[str, Mapping[str, str]], known: Known, source: Source
) -> tuple[dict[str, Mapping[str, str]], tuple[Finding, ...]]:
    """Strings written by name, then language, the other way round; and what is wrong with them."""
    found: dict[str, dict[str, str]] = {code: {} for code in known.workspace.all_languages}
    for key, texts in strings.items():
        for code, text in clean(texts).items():
            found.setdefault(code, {})[key] = text
    return dict(found), tuple(_strings(strings, known, source))


def _strings(texts: Mapping[str, Texts], known: Known, source: Source) -> Iterator[Finding]:
    for key, one in texts.items():
        at: KeyPath = ("strings", key)
        yield from known.texts(source, one, at, f"the string {key}")
        first = next(iter(one), "")
        wanted = sorted(set(IN_BRACES.findall(one.get(first, ""))))
        for code, text in one.items():
            if (names := sorted(set(IN_BRACES.findall(text)))) != wanted:
                message = f"{code} has {_braced(names)}, {first} has {_braced(wanted)}"
                advice = "Use the same {words in braces} in every language."
                yield source.finding("string-fields-differ", message, advice, at=(*at, code))


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names) or "no {words in braces}"


def rules(shape: StringsShape, known: Known, source: Source) -> tuple[dict[str, LanguageRules], tuple[Finding, ...]]:
    """How each language writes; every language of the workspace needs its rules."""
    made = {code: _rules(one) for code, one in shape.rules.items()}
    findings = list(known.languages(source, {code: ("rules", code) for code in shape.rules}))
    for code in known.workspace.all_languages:
        if code not in made:
            message, advice = (
                f"there are no rules for {code}",
                f"Add {code}: with its marks and levels, like the others.",
            )
            findings.append(source.finding("rules-missing", message, advice, at=("rules",)))
    for code, one in shape.rules.items():
        for mark in Mark:
            if mark is not Mark.NONE and mark not in one.marks:
                message, advice = f"{code} has no mark {mark}", f"Add {mark}: with the sign that {code} writes."
                findings.append(source.finding("missing-key", message, advice, at=("rules", code, "marks")))
        for position, level in enumerate(one.levels):
            if level.pattern.count("{n}") != 1:
                at: KeyPath = ("rules", code, "levels", position, "pattern")
                message = f"“{level.pattern}” has no place for the number"
                findings.append(
                    source.finding("bad-pattern", message, "Write {n} where the number stands: ({n})", at=at)
                )
    return made, tuple(findings)


def _rules(shape: RulesShape) -> LanguageRules:
    return LanguageRules(
        marks={mark: shape.marks.get(mark, "") for mark in Mark},
        levels=tuple(NumberFormat(style=one.style, pattern=one.pattern) for one in shape.levels),
        bullet=shape.bullet,
        note_before_mark=shape.note_before_mark,
        first_of_month=shape.first_of_month,
        quotes=tuple(shape.quotes),
        apostrophe=shape.apostrophe,
        question=shape.question,
        exclamation=shape.exclamation,
        percent=shape.percent,
        opens=shape.opens,
        explains=tuple(shape.explains),
        passive=_passive(shape.passive) if shape.passive else None,
        unparted=tuple(shape.unparted),
        abbreviations=tuple(shape.abbreviations),
        everyday_acronyms=tuple(shape.everyday_acronyms),
    )


def _passive(shape: PassiveShape) -> Passive:
    return Passive(
        verbs=tuple(shape.verbs),
        participles=tuple(shape.participles),
        between=tuple(shape.between),
        exceptions=tuple(shape.exceptions),
        not_after=tuple(shape.not_after),
    )


def openings(shape: StringsShape, known: Known, source: Source) -> tuple[dict[str, Opening], tuple[Finding, ...]]:
    """How clauses begin, by name."""
    made = {
        name: Opening(
            name=name,
            words={code: tuple(words) for code, words in one.words.items()},
            emphasised=one.emphasised,
            says=one.says or name,
            after={code: tuple(words) for code, words in one.after.items()},
        )
        for name, one in shape.openings.items()
    }
    return made, tuple(
        finding
        for name, one in shape.openings.items()
        for key, words in (("words", one.words), ("after", one.after))
        for finding in known.languages(source, {code: ("openings", name, key, code) for code in words})
    )
