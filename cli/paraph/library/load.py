"""A workspace, or what some documents of it need, from its files to a Library.

Order matters only in that what is referred to is read first: paraph.yml, then states and members, glossary, strings,
forms, clauses, manifests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from paraph.library import clauses, concepts, forms, manifests, members, uses
from paraph.library.fields import ID
from paraph.library.index import (
    COMMON,
    COUNTRIES,
    INSTITUTIONS,
    STRINGS,
    WORKSPACE,
    FileIndex,
    document_named,
    file_index,
)
from paraph.library.known import Known
from paraph.library.logo import logo_fault
from paraph.library.reading import MAX_ASSET, Reading
from paraph.library.schema import (
    ClauseShape,
    CountriesShape,
    FormShape,
    GlossaryShape,
    InstitutionsShape,
    ManifestShape,
    StringsShape,
    UseShape,
    WorkspaceShape,
)
from paraph.library.workspace import LOGO_TYPES, unread, workspace
from paraph.model.clause import Clause, ClauseKind
from paraph.model.concept import Concept
from paraph.model.finding import Finding, Source
from paraph.model.form import Form
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.member import Country, Institution
from paraph.model.writing import LanguageRules, Mark


def load(root: Path) -> tuple[Library | None, tuple[Finding, ...]]:
    """The whole workspace at `root`, with every finding, in the order of files and lines.

    Where a finding is an error, what it is about may be missing from the library. None where paraph.yml cannot be read.
    """
    loader = _Loader.at(root)
    loader.reading.add(loader.index.findings)
    loader.read_all(loader.index.forms, loader.index.clauses, loader.index.manifests)
    return loader.library(), loader.findings()


def load_for(
    root: Path, documents: Sequence[str]
) -> tuple[Library | None, tuple[Finding, ...], Mapping[str, Mapping[str, str]]]:
    """What `documents` need, named as `index.document_named` takes them, and nothing else.

    The third value gives, by document id, the workspace paths of all files that the document depends on, each with the
    SHA-256 of what was read. Raises UsageError where there is no such document.
    """
    loader = _Loader.at(root)
    ids = (document_named(loader.index, root, name) for name in documents)
    needs = loader.read_for({one: loader.index.manifests[one] for one in ids})
    return loader.library(), loader.findings(), needs


@dataclass(kw_only=True, slots=True)
class _Loader:
    """One run: what has been read so far."""

    reading: Reading
    index: FileIndex
    known: Known
    whole: bool = True
    strings: dict[str, Mapping[str, str]] = field(default_factory=dict)
    rules: dict[str, LanguageRules] = field(default_factory=dict)
    string_names: Collection[str] | None = None
    countries: dict[str, Country] = field(default_factory=dict)
    institutions: dict[str, Institution] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)
    manifests: dict[str, Manifest] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    common: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path) -> _Loader:
        """A run over `root`, with what every document needs already read."""
        reading, index = Reading(root=root), file_index(root)
        shape, _, source = reading.file(WORKSPACE, WorkspaceShape)
        if shape is None:
            loader = cls(reading=reading, index=index, known=Known(workspace=unread(source)), whole=False)
        else:
            made, findings = workspace(shape, source)
            reading.add(findings)
            loader = cls(reading=reading, index=index, known=Known(workspace=made, networks=made.networks.keys()))
            loader._read_logo(made.brand.logo, source)
        loader.known = replace(loader.known, clauses=index.clauses.keys(), forms=index.forms.keys())
        loader._read_members()
        loader._read_glossary()
        loader._read_strings()
        return loader

    def library(self) -> Library | None:
        """What was read."""
        if not self.whole:
            return None
        return Library(
            workspace=self.known.workspace,
            countries=self.countries,
            institutions=self.institutions,
            clauses=self.clauses,
            manifests=self.manifests,
            forms=self.forms,
            strings=self.strings,
            rules=self.rules,
            concepts=self.concepts,
            assets=self.assets,
        )

    def findings(self) -> tuple[Finding, ...]:
        """Everything found, each once, by file and line."""
        return tuple(sorted(set(self.reading.findings)))

    # --- what every document needs

    def _read_logo(self, logo: str, source: Source) -> None:
        if not logo or not logo.lower().endswith(LOGO_TYPES) or logo.startswith("/") or ".." in logo.split("/"):
            return  # there is a finding
        root = self.reading.root
        at, advice = ("brand", "logo"), "Copy the picture into this workspace, or leave logo: empty."
        if not (root / logo).is_file():
            self.reading.add([source.finding("file-missing", f"there is no file “{logo}”", advice, at=at)])
        elif not (root / logo).resolve().is_relative_to(root.resolve()):
            self.reading.add([source.finding("path-outside", f"“{logo}” leads out of this workspace", advice, at=at)])
        elif (data := self._asset(logo)) is not None:
            self.assets[logo] = data
            if fault := logo_fault(logo, data):
                advice = "Save it anew as PNG or JPEG, at most 5,000 points wide."
                self.reading.add([source.finding("logo-format", f"“{logo}” cannot be used: {fault}", advice, at=at)])

    def _asset(self, path: str) -> bytes | None:
        data = self.reading.bytes(path)
        if data is not None and len(data) > MAX_ASSET:
            message, advice = f"the file is larger than {MAX_ASSET // 1_000_000} MB", "Make it smaller."
            self.reading.add([Source(file=path).finding("file-too-large", message, advice)])
            return None
        return data

    def _read_members(self) -> None:
        reading = self.reading
        states, raw, source = reading.file(COUNTRIES, CountriesShape)
        self.known = replace(self.known, countries=_names(raw.get("countries")))
        if states is not None:
            self.countries, findings = members.countries(states, self.known, source)
            reading.add(findings)
            self.known = replace(self.known, country_codes=members.codes(self.countries))
        shape, raw, source = reading.file(INSTITUTIONS, InstitutionsShape)
        self.known = replace(self.known, institutions=_names(raw.get("institutions")))
        if shape is not None:
            self.institutions, findings = members.institutions(shape, self.known, source)
            reading.add(findings)

    def _read_glossary(self) -> None:
        readable = True
        for path in self.index.glossary:
            shape, _, source = self.reading.file(path, GlossaryShape)
            if shape is None:
                readable = False
                continue
            made, findings = concepts.concepts(shape, source)
            self.reading.add(findings)
            for position, concept in enumerate(made):
                if concept.id in self.concepts:
                    self._twice(
                        "concept", concept.id, self.concepts[concept.id].source, source, ("concepts", position, "id")
                    )
                self.concepts.setdefault(concept.id, concept)
        self.known = replace(self.known, concepts=self.concepts.keys() if readable else None)

    def _twice(self, what: str, name: str, first: Source, second: Source, at: tuple[str | int, ...] = ("id",)) -> None:
        message, advice = f"the {what} “{name}” is also in {first.file}", "Give one of them another id."
        self.reading.add([second.finding("duplicate-id", message, advice, at=at)])

    def _read_strings(self) -> None:
        shape, _, source = self.reading.file(STRINGS, StringsShape)
        if shape is None:
            return
        self.strings, findings = forms.strings(shape, self.known, source)
        self.reading.add(findings)
        self.rules, findings = forms.rules(shape, self.known, source)
        self.reading.add(findings)
        self.string_names = shape.strings.keys()

    # --- forms, clauses, manifests

    def read_all(
        self,
        form_ids: Iterable[str],
        clause_paths: Mapping[str, Sequence[str]],
        manifest_paths: Mapping[str, Sequence[str]],
    ) -> None:
        """Everything named, and what is wrong between them."""
        self._read_forms(form_ids)
        self._read_clauses(chain.from_iterable(clause_paths.values()))
        for path in chain.from_iterable(manifest_paths.values()):
            if shaped := self._manifest_shape(path):
                self._manifest(path, *shaped)
        self._between()

    def read_for(self, manifest_paths: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
        """These manifests with their forms and clauses; the paths that each depends on."""
        shared = tuple(self.reading.paths)
        shapes = {path: self._manifest_shape(path) for path in chain.from_iterable(manifest_paths.values())}
        used: dict[str, tuple[str, ...]] = {}
        wanted_forms: dict[str, None] = {}
        wanted_clauses: dict[str, None] = {}
        for path, shaped in shapes.items():
            if shaped is None:
                used[path] = ()
                continue
            shape = shaped[0]
            own = tuple(
                file
                for section in shape.sections
                for use in section.clauses
                for clause in _uses(use)
                for file in self.index.clauses.get(clause, ())
            )
            wanted_clauses.update(dict.fromkeys(own))
            used[path] = own
            if shape.form in self.index.forms:
                wanted_forms[shape.form] = None
                used[path] += (self.index.forms[shape.form], *self._template_paths(shape.form))
        self._read_forms(wanted_forms)
        self._read_clauses(wanted_clauses)
        for path, shaped in shapes.items():
            if shaped is not None:
                self._manifest(path, *shaped)
        self._between()
        return {
            document: {
                path: self.reading.paths.get(path, "")
                for path in sorted({*shared, *paths, *chain.from_iterable(used[path] for path in paths)})
            }
            for document, paths in manifest_paths.items()
        }

    def _template_paths(self, form: str) -> tuple[str, ...]:
        return (*self.index.templates.get("common", ()), *self.index.templates.get(form, ()))

    def _read_forms(self, ids: Iterable[str]) -> None:
        for form in ids:
            shape, _, source = self.reading.file(self.index.forms[form], FormShape)
            if not self.common:
                self.common.update(self._files(COMMON))
            if shape is None:
                continue
            self._named(shape.id, form, "folder", source)
            folder = f"templates/{form}"
            made, findings = forms.form(
                shape, {**self.common, **self._files(folder)}, self.string_names, self.known, source
            )
            self.reading.add(findings)
            self.forms[form] = made

    def _files(self, folder: str) -> dict[str, bytes]:
        files = {}
        for path in self.index.templates.get(folder.removeprefix("templates/"), ()):
            if (data := self._asset(path)) is not None:
                files[path.removeprefix(f"{folder}/")] = data
        return files

    def _read_clauses(self, paths: Iterable[str]) -> None:
        composed = _composed(self.forms.values())
        for path in paths:
            data, source = self.reading.yaml(path)
            if data is None or self._strayed(data, ("sections", "form"), "a manifest", "statements/<kind>/", source):
                continue
            shape = self.reading.shaped(ClauseShape, data, source)
            if shape is None:
                continue
            theme, name = path.split("/")[-2:]
            self._named(shape.id, name.removesuffix(".yml"), "file", source)
            made, findings = clauses.clause(shape, theme, self.known, source)
            self.reading.add(findings)
            self.reading.add(clauses.punctuation(made, composed))
            if shape.id in self.clauses:
                self._twice("clause", shape.id, self.clauses[shape.id].source, source)
            self.clauses.setdefault(shape.id, made)

    def _manifest_shape(self, path: str) -> tuple[ManifestShape, Source] | None:
        data, source = self.reading.yaml(path)
        if data is None or self._strayed(data, ("kind", "text"), "a clause", "statements/clauses/<theme>/", source):
            return None
        shape = self.reading.shaped(ManifestShape, data, source)
        return (shape, source) if shape is not None else None

    def _manifest(self, path: str, shape: ManifestShape, source: Source) -> None:
        kind, name = path.split("/")[-2:]
        self._named(shape.id, name.removesuffix(".yml"), "file", source)
        form = self.forms.get(shape.form)
        made = manifests.manifest(shape, kind, form, self.known, source)
        self.reading.add(manifests.findings(made, form, self.known))
        if shape.id in self.index.clauses:
            self._twice("clause", shape.id, Source(file=self.index.clauses[shape.id][0]), source)
        if shape.id in self.manifests:
            self._twice("document", shape.id, self.manifests[shape.id].source, source)
        self.manifests.setdefault(shape.id, made)

    def _strayed(
        self, data: Mapping[str, object], keys: tuple[str, str], what: str, where: str, source: Source
    ) -> bool:
        """Whether this file is of another kind than its folder: it has both `keys` of that kind."""
        if not set(keys) <= data.keys():
            return False
        message, advice = f"this is {what}, which does not belong in this folder", f"Move it into {where}."
        self.reading.add([source.finding("wrong-folder", message, advice)])
        return True

    def _named(self, name: str, file: str, what: str, source: Source) -> None:
        if name != file:
            message = f"the id is “{name}”, the {what} is called “{file}”"
            advice = f"Write id: {file}, or rename the {what}."
            if not ID.fullmatch(file):
                advice = f"Rename the {what}: “{file}” cannot be an id (small letters, digits and single hyphens)."
            self.reading.add([source.finding("id-unlike-file", message, advice, at=("id",))])

    def _between(self) -> None:
        for manifest in self.manifests.values():
            form = self.forms.get(manifest.form)
            self.reading.add(uses.findings(manifest, form, self.clauses, self.known))


def _names(raw: object) -> Collection[str] | None:
    return raw.keys() if isinstance(raw, dict) else None


def _uses(shape: UseShape) -> Iterable[str]:
    yield shape.clause
    for one in shape.under:
        yield from _uses(one)


def _composed(forms: Iterable[Form]) -> frozenset[ClauseKind]:
    """The kinds of clause whose final marks some form writes."""
    return frozenset(
        kind
        for form in forms
        for style in form.styles.values()
        if style.each is not Mark.NONE or style.last is not Mark.NONE
        for kind in style.kinds or ClauseKind
    )
