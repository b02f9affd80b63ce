"""Forms, clauses and manifests: all of them, or those that some documents need, and what is wrong between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

from paraph.library import clauses, forms, manifests, uses
from paraph.library.index import COMMON, FileIndex
from paraph.library.known import twice
from paraph.library.reading import Reading
from paraph.library.schema import ClauseShape, FormShape, ManifestShape, UseShape
from paraph.library.shared import Shared
from paraph.model.clause import Clause, ClauseKind
from paraph.model.finding import Source
from paraph.model.form import Form
from paraph.model.manifest import Manifest
from paraph.model.names import ID, id_advice
from paraph.model.writing import Mark

Files: TypeAlias = Mapping[str, str]
"""The files that a document depends on: workspace path to the SHA-256 of what was read there ("": it could not be)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draft:
    """A manifest's file, before the form and the clauses that it names are read."""

    path: str
    shape: ManifestShape
    source: Source

    def clauses(self) -> Iterator[str]:
        """The ids of its clauses, in order."""
        return chain.from_iterable(_named_in(use) for section in self.shape.sections for use in section.clauses)


@dataclass(kw_only=True, slots=True)
class Documents:
    """What has been read so far, by id."""

    reading: Reading
    index: FileIndex
    shared: Shared
    forms: dict[str, Form] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)
    manifests: dict[str, Manifest] = field(default_factory=dict)
    common: dict[str, bytes] = field(default_factory=dict)

    def read_all(self) -> None:
        """Everything that the workspace has."""
        self._read_forms(self.index.forms)
        self._read_clauses(chain.from_iterable(self.index.clauses.values()))
        for draft in self._drafts(self.index.manifests):
            self._manifest(draft)
        self._between()

    def read_for(self, documents: Mapping[str, Sequence[str]]) -> dict[str, Files]:
        """These documents (the paths of each by its id) with their forms and clauses; the files of each."""
        shared = tuple(self.reading.paths)
        drafts = tuple(self._drafts(documents))
        self._read_forms(dict.fromkeys(one.shape.form for one in drafts if one.shape.form in self.index.forms))
        self._read_clauses(dict.fromkeys(chain.from_iterable(map(self._clause_paths, drafts))))
        for draft in drafts:
            self._manifest(draft)
        self._between()
        own = {draft.path: (*self._clause_paths(draft), *self._form_paths(draft.shape.form)) for draft in drafts}
        return {
            document: {
                path: self.reading.paths.get(path, "")
                for path in sorted({*shared, *paths, *chain.from_iterable(own.get(path, ()) for path in paths)})
            }
            for document, paths in documents.items()
        }

    def _clause_paths(self, draft: _Draft) -> Iterator[str]:
        return chain.from_iterable(self.index.clauses.get(clause, ()) for clause in draft.clauses())

    def _form_paths(self, form: str) -> tuple[str, ...]:
        if form not in self.index.forms:
            return ()
        templates = self.index.templates
        return (self.index.forms[form], *templates.get("common", ()), *templates.get(form, ()))

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
                shape, {**self.common, **self._files(folder)}, self.shared.string_names, self.shared.known, source
            )
            self.reading.add(findings)
            self.forms[form] = made

    def _files(self, folder: str) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        for path in self.index.templates.get(folder.removeprefix("templates/"), ()):
            if (data := self.reading.asset(path)) is not None:
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
            made, findings = clauses.clause(shape, theme, self.shared.known, source)
            self.reading.add(findings)
            self.reading.add(clauses.punctuation(made, composed))
            if shape.id in self.clauses:
                self.reading.add([twice("clause", shape.id, self.clauses[shape.id].source, source)])
            self.clauses.setdefault(shape.id, made)

    def _drafts(self, documents: Mapping[str, Sequence[str]]) -> Iterator[_Draft]:
        for path in chain.from_iterable(documents.values()):
            data, source = self.reading.yaml(path)
            if data is None or self._strayed(data, ("kind", "text"), "a clause", "statements/clauses/<theme>/", source):
                continue
            shape = self.reading.shaped(ManifestShape, data, source)
            if shape is not None:
                yield _Draft(path=path, shape=shape, source=source)

    def _manifest(self, draft: _Draft) -> None:
        shape, source = draft.shape, draft.source
        kind, name = draft.path.split("/")[-2:]
        self._named(shape.id, name.removesuffix(".yml"), "file", source)
        form = self.forms.get(shape.form)
        made = manifests.manifest(shape, kind, form, self.shared.known, source)
        self.reading.add(manifests.findings(made, form, self.shared.known))
        if shape.id in self.index.clauses:
            self.reading.add([twice("clause", shape.id, Source(file=self.index.clauses[shape.id][0]), source)])
        if shape.id in self.manifests:
            self.reading.add([twice("document", shape.id, self.manifests[shape.id].source, source)])
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
                advice = f"Rename the {what}: “{file}” cannot be an id. {id_advice(file)}"
            self.reading.add([source.finding("id-unlike-file", message, advice, at=("id",))])

    def _between(self) -> None:
        for manifest in self.manifests.values():
            form = self.forms.get(manifest.form)
            self.reading.add(uses.findings(manifest, form, self.clauses, self.shared.known))


def _named_in(shape: UseShape) -> Iterator[str]:
    yield shape.clause
    for one in shape.under:
        yield from _named_in(one)


def _composed(forms: Iterable[Form]) -> frozenset[ClauseKind]:
    """The kinds of clause whose final marks some form writes."""
    return frozenset(
        kind
        for form in forms
        for style in form.styles.values()
        if style.each is not Mark.NONE or style.last is not Mark.NONE
        for kind in style.kinds or ClauseKind
    )
