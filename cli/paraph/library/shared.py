"""What every document of a workspace needs: who speaks, states and members, terms, fixed strings, the logo."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paraph.library.files.logo import logo_fault
from paraph.library.files.workspace import LOGO_TYPES, fonts, unread, workspace
from paraph.library.known_names import Known, twice, unknown
from paraph.library.model_json import keepable
from paraph.library.written.index import COUNTRIES, INSTITUTIONS, STRINGS, WORKSPACE, FileIndex
from paraph.library.written.reading import Reading
from paraph.model.finding import KeyPath, Source

if TYPE_CHECKING:
    from paraph.model.concept import Concept
    from paraph.model.member import Country, Institution
    from paraph.model.writing import LanguageRules, Opening


@keepable
@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """As read, each empty where its file could not be; `whole` is false where that is paraph.yml.

    `known` names what exists, with what is still to be read (clauses, forms); `string_names` are the keys of
    templates/strings.yml (None: not known).
    """

    whole: bool
    known: Known
    countries: Mapping[str, Country]
    institutions: Mapping[str, Institution]
    concepts: Mapping[str, Concept]
    strings: Mapping[str, Mapping[str, str]]
    rules: Mapping[str, LanguageRules]
    openings: Mapping[str, Opening]
    string_names: Collection[str] | None
    assets: Mapping[str, bytes] = field(default_factory=dict)


def read_shared(reading: Reading, index: FileIndex) -> Shared:
    """Each of these files once."""
    paths = (WORKSPACE, COUNTRIES, INSTITUTIONS, *index.glossary, STRINGS)
    shared = reading.once_of("shared", paths, lambda: _shared(reading, index.glossary))
    known = replace(shared.known, clauses=index.clauses.keys(), forms=index.forms.keys())
    assets: dict[str, bytes] = {}
    if shared.whole:
        brand, source = known.workspace.brand, known.workspace.source
        reading.add(fonts(brand, source))
        assets = _logo(reading, brand.logo, source, ("brand", "logo"))
        for member, look in known.workspace.letterheads.items():
            assets |= _logo(reading, look.logo, source, ("letterheads", member, "logo"))
    return replace(shared, known=known, assets=assets)


def _shared(reading: Reading, glossary: Sequence[str]) -> Shared:
    """What is referred to comes first, so that references to it can be checked."""
    from paraph.library.files import forms
    from paraph.library.shapes.schema import StringsShape

    known, whole = _workspace(reading)
    countries, known = _countries(reading, known)
    institutions, known = _institutions(reading, known)
    workspace = known.workspace
    where = "Members are in statements/institutions.yml."
    for member in workspace.letterheads:
        reading.add(unknown(workspace.source, "member", member, known.institutions, ("letterheads", member), where))
    found, known = _glossary(reading, glossary, known)
    strings: Mapping[str, Mapping[str, str]] = {}
    rules: Mapping[str, LanguageRules] = {}
    openings: Mapping[str, Opening] = {}
    shape, _, source = reading.file(STRINGS, StringsShape)
    if shape is not None:
        strings, findings = forms.strings(shape, known, source)
        reading.add(findings)
        rules, findings = forms.rules(shape, known, source)
        reading.add(findings)
        openings, findings = forms.openings(shape, known, source)
        reading.add(findings)
    return Shared(
        whole=whole,
        known=known,
        countries=countries,
        institutions=institutions,
        concepts=found,
        strings=strings,
        rules=rules,
        openings=openings,
        string_names=shape.strings.keys() if shape is not None else None,
    )


def _workspace(reading: Reading) -> tuple[Known, bool]:
    from paraph.library.shapes.schema import WorkspaceShape

    shape, _, source = reading.file(WORKSPACE, WorkspaceShape)
    if shape is None:
        return Known(workspace=unread(source)), False
    made, findings = workspace(shape, source)
    reading.add(findings)
    return Known(workspace=made, networks=made.networks.keys()), True


def _logo(reading: Reading, logo: str, source: Source, at: KeyPath) -> dict[str, bytes]:
    if not logo or not logo.lower().endswith(LOGO_TYPES) or logo.startswith("/") or ".." in logo.split("/"):
        return {}  # there is a finding
    root = reading.root
    advice = "Copy the picture into this workspace, or leave logo: empty."
    if not (root / logo).is_file():
        reading.add([source.finding("file-missing", f"there is no file “{logo}”", advice, at=at)])
    elif not (root / logo).resolve().is_relative_to(root.resolve()):
        reading.add([source.finding("path-outside", f"“{logo}” leads out of this workspace", advice, at=at)])
    elif (data := reading.asset(logo)) is not None:
        if fault := logo_fault(logo, data):
            advice = "Save it anew as PNG or JPEG, at most 5,000 points wide."
            reading.add([source.finding("logo-format", f"“{logo}” cannot be used: {fault}", advice, at=at)])
        return {logo: data}
    return {}


def _countries(reading: Reading, known: Known) -> tuple[Mapping[str, Country], Known]:
    from paraph.library.files import members
    from paraph.library.shapes.schema import CountriesShape

    shape, raw, source = reading.file(COUNTRIES, CountriesShape)
    known = replace(known, countries=_names(raw.get("countries")))
    if shape is None:
        return {}, known
    made, findings = members.countries(shape, known, source)
    reading.add(findings)
    return made, replace(known, country_codes=members.codes(made))


def _institutions(reading: Reading, known: Known) -> tuple[Mapping[str, Institution], Known]:
    from paraph.library.files import members
    from paraph.library.shapes.schema import InstitutionsShape

    shape, raw, source = reading.file(INSTITUTIONS, InstitutionsShape)
    known = replace(known, institutions=_names(raw.get("institutions")))
    if shape is None:
        return {}, known
    made, findings = members.institutions(shape, known, source)
    reading.add(findings)
    return made, known


def _glossary(reading: Reading, paths: Sequence[str], known: Known) -> tuple[Mapping[str, Concept], Known]:
    from paraph.library.files import concepts
    from paraph.library.shapes.glossary_schema import GlossaryShape

    found: dict[str, Concept] = {}
    readable = True
    for path in paths:
        shape, _, source = reading.file(path, GlossaryShape)
        if shape is None:
            readable = False
            continue
        made, findings = concepts.concepts(shape, source)
        reading.add(findings)
        for position, concept in enumerate(made):
            if concept.id in found:
                at = ("concepts", position, "id")
                reading.add([twice("concept", concept.id, found[concept.id].source, source, at)])
            found.setdefault(concept.id, concept)
    if readable:
        reading.add(concepts.between(found))
    return found, replace(known, concepts=found.keys() if readable else None)


def _names(raw: object) -> Collection[str] | None:
    return raw.keys() if isinstance(raw, dict) else None
