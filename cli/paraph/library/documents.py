"""Forms, clauses and manifests: all of them, or those that some documents need, and what is wrong between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeAlias

from paraph.library import uses
from paraph.library.files import clauses, forms, manifests
from paraph.library.files.addressing import FILE as RECIPIENTS
from paraph.library.files.addressing import read_addressing
from paraph.library.known_names import twice, unknown
from paraph.library.shared import Shared
from paraph.library.written.index import COMMON, PACKET, STRINGS, WORKSPACE, FileIndex
from paraph.library.written.reading import Reading
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
    """A manifest as written, before the form and the clauses that it names are read."""

    path: str
    manifest: Manifest

    def clauses(self) -> Iterator[str]:
        """The ids of its clauses, in order."""
        return (linked[-1][1].clause for section in self.manifest.sections for linked in section.all_uses())


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
            self._for_one(draft.manifest)
        for form in self.index.forms:
            if (path := f"templates/{form}/{RECIPIENTS}") in self.index.templates.get(form, ()):
                self.reading.once("recipients", path, self._addressing, self.reading.paths[WORKSPACE])
        if self.index.templates.get(PACKET.removeprefix("templates/")):
            from paraph.library.files.packet import read_stationery

            read_stationery(self.reading, self.shared.known)
        self._between()

    def read_form(self, form: str) -> Files:
        """One form, where the workspace has it, and no document of it; its files, and those that documents share."""
        shared = tuple(self.reading.paths)
        if form in self.index.forms:
            self._read_forms((form,))
        return {path: self.reading.paths.get(path, "") for path in sorted({*shared, *self._form_paths(form)})}

    def read_for(self, documents: Mapping[str, Sequence[str]]) -> dict[str, Files]:
        """These documents (the paths of each by its id) with their forms and clauses; the files of each."""
        shared = tuple(self.reading.paths)
        drafts = tuple(self._drafts(documents))
        self._read_forms(dict.fromkeys(one.manifest.form for one in drafts if one.manifest.form in self.index.forms))
        self._read_clauses(dict.fromkeys(chain.from_iterable(map(self._clause_paths, drafts))))
        for draft in drafts:
            self._manifest(draft)
        self._between()
        own = {draft.path: (*self._clause_paths(draft), *self._form_paths(draft.manifest.form)) for draft in drafts}
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
            path = self.index.forms[form]
            made = self.reading.once("form", path, self._form, self.reading.paths[STRINGS])
            if not self.common:
                self.common.update(self._files(COMMON))
            if made is None:
                continue
            self._named(made.id, form, "folder", made.source)
            self.reading.add(forms.against(made, self.shared.known))
            self.forms[form] = replace(made, files={**self.common, **self._files(f"templates/{form}")})

    def _addressing(self, path: str) -> bool:
        return read_addressing(self.reading, path, self.shared.known) is not None

    def _form(self, path: str) -> Form | None:
        from paraph.library.shapes.schema import FormShape

        shape, _, source = self.reading.file(path, FormShape)
        if shape is None:
            return None
        made, findings = forms.form(shape, self.shared.string_names, source)
        self.reading.add(findings)
        return made

    def _files(self, folder: str) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        for path in self.index.templates.get(folder.removeprefix("templates/"), ()):
            if (data := self.reading.asset(path)) is not None:
                files[path.removeprefix(f"{folder}/")] = data
        return files

    def _read_clauses(self, paths: Iterable[str]) -> None:
        composed = _composed(self.forms.values())
        for path in paths:
            made = self.reading.once("clause", path, self._clause)
            if made is None:
                continue
            self._named(made.id, path.split("/")[-1].removesuffix(".yml"), "file", made.source)
            self.reading.add(clauses.against(made, self.shared.known))
            self.reading.add(clauses.punctuation(made, composed, self.shared.rules))
            if made.id in self.clauses:
                self.reading.add([twice("clause", made.id, self.clauses[made.id].source, made.source)])
            self.clauses.setdefault(made.id, made)

    def _clause(self, path: str) -> Clause | None:
        from paraph.library.shapes.statement_schema import ClauseShape

        data, source = self.reading.yaml(path)
        if data is None or self._strayed(data, ("sections", "form"), "a manifest", "statements/<kind>/", source):
            return None
        shape = self.reading.shaped(ClauseShape, data, source)
        if shape is None:
            return None
        made, findings = clauses.clause(shape, path.split("/")[-2], source)
        self.reading.add(findings)
        return made

    def _drafts(self, documents: Mapping[str, Sequence[str]]) -> Iterator[_Draft]:
        for path in chain.from_iterable(documents.values()):
            made = self.reading.once("manifest", path, self._written)
            if made is not None:
                yield _Draft(path=path, manifest=made)

    def _written(self, path: str) -> Manifest | None:
        from paraph.library.shapes.statement_schema import ManifestShape

        data, source = self.reading.yaml(path)
        if data is None or self._strayed(data, ("kind", "text"), "a clause", "statements/clauses/<theme>/", source):
            return None
        shape = self.reading.shaped(ManifestShape, data, source)
        return manifests.manifest(shape, path.split("/")[-2], source) if shape is not None else None

    def _manifest(self, draft: _Draft) -> None:
        form = self.forms.get(draft.manifest.form)
        made = manifests.completed(draft.manifest, form, self.shared.known)
        source = made.source
        self._named(made.id, draft.path.split("/")[-1].removesuffix(".yml"), "file", source)
        self.reading.add(manifests.findings(made, form, self.shared.known))
        if made.id in self.index.clauses:
            self.reading.add([twice("clause", made.id, Source(file=self.index.clauses[made.id][0]), source)])
        if made.id in self.manifests:
            self.reading.add([twice("document", made.id, self.manifests[made.id].source, source)])
        self.manifests.setdefault(made.id, made)

    def _for_one(self, manifest: Manifest) -> None:
        """Look whether the letter of one member is there. Who reads a single document, from the register for example,
        need not have it."""
        if other := manifest.one_member:
            where = "Documents are the files below statements/."
            self.reading.add(unknown(manifest.source, "document", other, self.index.manifests, ("one_member",), where))

    def _strayed(
        self, data: Mapping[str, object], keys: tuple[str, str], what: str, where: str, source: Source
    ) -> bool:
        """Whether a file belongs in another folder, with a finding: it has both `keys` of another kind."""
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


def _composed(forms: Iterable[Form]) -> frozenset[ClauseKind]:
    """The kinds of clause whose final marks some form writes."""
    return frozenset(
        kind
        for form in forms
        for style in form.styles.values()
        if style.each is not Mark.NONE or style.last is not Mark.NONE
        for kind in style.kinds or ClauseKind
    )
