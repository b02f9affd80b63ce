"""What changed between two texts of a clause or a document, each found by what people call it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph import __version__
from paraph.errors import FindingsError, LostRegisterError, NoRegisterError, RefusedError, UsageError
from paraph.library.written.suggest import did_you_mean
from paraph.model.clause import Clause
from paraph.model.document import Document
from paraph.model.event import ClauseVersion, DocumentVersion, SubjectKind
from paraph.model.finding import Finding, errors
from paraph.model.library import Library
from paraph.model.names import ID
from paraph.standing.fold import History
from paraph.standing.versions import Now, last_version
from paraph.workflow import git, times
from paraph.workflow.approvals.references import circulation_in, is_circulation
from paraph.workflow.compared import Compared
from paraph.workflow.record.approved import as_approved
from paraph.workflow.record.ledger import history_of, opened
from paraph.workflow.record.reassemble import Desk, as_recorded, clause_of, last_approved, version_of
from paraph.workflow.sides import Side, noticed, redline_of
from paraph.workflow.written import Content, of_clause, of_now, of_version, written_otherwise

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.render.kit import Kit


def compare(root: Path, reference: str, old: str = "", new: str = "", languages: tuple[str, ...] = ()) -> Compared:
    """Compare two texts of the clause or document `reference`, in `languages` (none: the authentic ones).

    `old` and `new` are "@2", "v2" or "ID@2" (a version), "now" (its file), a circulation (the version put to the
    members in it), the reference of a release, a member (what it last approved, of a document clause by clause), a
    commit (with "git:" before it where it is called as one of these), or of a clause the path of a file. Where
    `reference` is such a path itself, that is the old text of its clause, and `old` names the new one. Where `old` is
    "", it is the last version, and `new` what the file has now; where that file is gone, the last two versions. A
    `reference` that is a version itself (ID@1) is the old text, and `old` names the new one. Raises UsageError for what
    is none of these, RefusedError where there is no such version, FindingsError where a file that is compared is not
    right: versions are compared whatever became of the files.
    """
    if _is_file(reference):
        reference, old, new = _clause_in(reference).id, reference, old or "now"
    id_, at, number = reference.partition("@")
    if at and number.isdigit():
        if new:
            raise UsageError(f"{reference} is one version, and two more are named", f"Write {id_} @1 @2.")
        reference, old, new = id_, f"@{number}", old
    library, kind, now, wrong = _library(root, reference)
    known = library.workspace.languages
    if unknown := next((code for code in languages if code not in known), None):
        raise UsageError(f"“{unknown}” is no language of this workspace", f"They are {', '.join(known)}.")
    with ExitStack() as open_:
        reader: Reader | None = None
        lost: LostRegisterError | None = None
        try:
            reader = open_.enter_context(open_.enter_context(opened(root, library)).reading())
        except LostRegisterError as error:
            lost = error
        except NoRegisterError:
            pass
        if reader and reference not in (*library.clauses, *library.manifests) and _was_document(reader, reference):
            kind = SubjectKind.DOCUMENT
        history = history_of(reader, _keys(reader, library, kind, reference)) if reader else History()
        view = _View(library, kind, reference, history, reader, root, open_, now, wrong)
        if view.gone and not history.versions.get(view.key) and not (_is_file(old) and _is_file(new)):
            raise _nowhere(reference, (*library.manifests, *library.clauses))
        old, new = old or ("before" if view.gone else "last"), new or view.newest
        if wrong and "now" in (old, new):
            raise FindingsError(wrong)
        try:
            before, after = view.side(old), view.side(new)
        except RefusedError:
            if lost:  # files and commits can be compared without it, and nothing true be said of versions
                raise lost from None
            raise
        chosen = languages or view.languages(library.workspace.authentic)
        redlines = tuple(redline_of(before, after, code) for code in chosen)
        others = () if languages else library.workspace.authentic
        written = tuple(written_otherwise(before.content, after.content, redlines, others))
        lapsed = None if written or not all(one.empty for one in redlines) else _lapsed(before, after)
        redlines = tuple(noticed(library, before, after, one, written, lapsed) for one in redlines)
    return Compared(
        reference=reference,
        old=before.name,
        new=after.name,
        redlines=redlines,
        kit=_kit(after),
        author=next(iter(library.workspace.name.values()), "paraph"),
        remarks=(*before.remarks, *after.remarks, *(_not_as_a_whole(lapsed) if lapsed else ())),
        written=written,
        lapsed=lapsed is not None,
    )


def _lapsed(before: Side, after: Side) -> Side | None:
    """The side of a member that approved each clause in these words, and the document as a whole in others or never."""
    for side, other in ((before, after), (after, before)):
        if side.member and other.content.lines is not None and side.whole != other.content:
            return side
    return None


def _not_as_a_whole(side: Side) -> tuple[str, ...]:
    if not side.approved:
        return ()  # there is a remark
    return (f"{side.member} approved the document as a whole as {side.approved.subject}: since then, clauses alone",)


def _library(root: Path, reference: str) -> tuple[Library, SubjectKind, Now | None, tuple[Finding, ...]]:
    """What is needed for `reference`, what it is, what a document says now, and what is wrong with it as its files are.

    FindingsError: with paraph.yml.
    """
    from paraph.library.load import load, load_for
    from paraph.library.written.index import file_index
    from paraph.workflow.record.versions import now_of

    index, now = file_index(root), None
    if reference in index.manifests:
        kind, (library, findings, _) = SubjectKind.DOCUMENT, load_for(root, (reference,))
        library = times.as_of(library) if library is not None else None
        if library is not None and not errors(findings):
            now, findings = now_of(library, library.manifests[reference])
    elif reference in index.clauses:
        kind, (library, found) = SubjectKind.CLAUSE, load(root)
        files = (*index.clauses[reference], "paraph.yml")
        findings = tuple(one for one in found if library is None or one.file in files)
    elif ID.fullmatch(reference):  # a clause may be on record, and its file gone
        kind, (library, found) = SubjectKind.CLAUSE, load(root)
        findings = tuple(one for one in found if library is None or one.file == "paraph.yml")
    else:
        raise _nowhere(reference, (*index.manifests, *index.clauses))
    if library is None or any(one.file == "paraph.yml" for one in errors(findings)):
        raise FindingsError(errors(findings))
    return library, kind, now, errors(findings)


def _was_document(reader: Reader, reference: str) -> bool:
    """Whether a document of that name is on record, whose file is gone."""
    return reader.last((f"{SubjectKind.DOCUMENT}/{reference}",)).number > 0


def _is_file(text: str) -> bool:
    """Whether a path is meant: no name of a text ends like that."""
    return text.endswith((".yml", ".yaml"))


def _clause_in(text: str) -> Clause:
    """The clause of a file, wherever it lies. Raises FindingsError where it is not right."""
    from paraph.library.files.clauses import clause_in

    clause, findings = clause_in(Path(text))
    if clause is None or errors(findings):
        raise FindingsError(errors(findings))
    return clause


def _nowhere(reference: str, known: Iterable[str]) -> UsageError:
    near = did_you_mean(reference, list(known))
    advice = f"{near} “paraph list documents” and “paraph list clauses” show them.".strip()
    return UsageError(f"there is no clause or document “{reference}”", advice)


def _keys(reader: Reader, library: Library, kind: SubjectKind, reference: str) -> tuple[str, ...]:
    """The keys of what is compared, and of every clause that the document has now or had in a version."""
    key = f"{kind}/{reference}"
    if kind is SubjectKind.CLAUSE:
        return (key,)
    facts = [event.fact for event in reader.events(about=(key,))]
    then = [clause.key for fact in facts if isinstance(fact, DocumentVersion) for clause in fact.clauses]
    manifest = library.manifests.get(reference)
    sections = manifest.sections if manifest else ()
    now = [f"{SubjectKind.CLAUSE}/{chain[-1][1].clause}" for one in sections for chain in one.all_uses()]
    return (key, *dict.fromkeys((*then, *now)))


@dataclass(frozen=True, slots=True)
class _View:
    """The clause or document that is compared, with its history."""

    library: Library
    kind: SubjectKind
    reference: str
    history: History
    reader: Reader | None
    root: Path
    open_: ExitStack
    now: Now | None
    """What a document says as its files are."""
    wrong: tuple[Finding, ...] = ()
    """What keeps its files as they are now from being compared."""

    @property
    def gone(self) -> bool:
        """Whether its file is gone."""
        there = self.library.clauses if self.kind is SubjectKind.CLAUSE else self.library.manifests
        return self.reference not in there and not self.wrong

    @property
    def newest(self) -> str:
        """The text that is compared with an older one where none is named."""
        return "last" if self.gone else "now"

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.reference}"

    def languages(self, authentic: tuple[str, ...]) -> tuple[str, ...]:
        """The authentic languages that it is in."""
        manifest = self.library.manifests.get(self.reference)
        last = last_version(self.history, self.key)
        among: Collection[str] = authentic
        if manifest:
            among = manifest.languages
        elif isinstance(last, DocumentVersion):
            among = last.lines
        return tuple(code for code in authentic if code in among) or authentic[:1]

    def side(self, text: str) -> Side:
        """The text that `text` names; see `compare`."""
        if text == "now":
            return self._now()
        if text == "last":
            return self._version(len(self.history.versions.get(self.key, ())) or 1)
        if text == "before":
            return self._version(max(1, len(self.history.versions.get(self.key, ())) - 1))
        if _is_file(text):
            return self._file(text)
        if text.startswith(git.BEGIN):
            return self._commit(text.removeprefix(git.BEGIN))
        id_, at, number = text.rpartition("@")
        if text[:1] == "v" and text[1:].isdigit():
            number = text = text[1:]
        if number.isdigit() and (at or text.isdigit()):
            if id_ not in ("", self.reference):
                raise UsageError(f"{text} is no version of {self.reference}", f"Write @{number}.")
            return self._version(int(number))
        if is_circulation(text):
            return self._circulation(text)
        if text in self.history.releases:
            return self._version(self.history.releases[text].subject.version)
        if text in self.library.institutions:
            return self._approved(text)
        if git.has_commit(self.root, text):
            return self._commit(text)
        near = did_you_mean(text, [*self.library.institutions, *self.history.circulations, *self.history.releases])
        raise UsageError(
            f"“{text}” is no version of {self.reference}",
            f"{near} Write @2, now, a circulation (c1), a release, a member or a commit (HEAD~1).".strip(),
        )

    def _commit(self, name: str) -> Side:
        """What the files said in a commit."""
        folder, digits = self.open_.enter_context(git.at_commit(self.root, name))
        named, values = f"{self.reference}, as of commit {digits}", {"number": digits}
        try:
            library, _, now, wrong = _library(folder, self.reference)
            if wrong:
                raise FindingsError(wrong)
        except FindingsError as error:
            raise UsageError(
                f"{self.reference} was not right in commit {digits}", str(error).partition("\n")[0]
            ) from error
        if self.kind is SubjectKind.DOCUMENT and now is not None:
            desk = Desk(library, library.manifests[self.reference])
            return self._document(desk, of_now(now), named, "redline-version", values)
        if self.kind is SubjectKind.CLAUSE and self.reference in library.clauses:
            return replace(self, library=library)._clause(
                library.clauses[self.reference], named, "redline-version", values
            )
        raise UsageError(f"commit {digits} has no {self.reference}", "All of it came later.")

    def _file(self, text: str) -> Side:
        if self.kind is SubjectKind.DOCUMENT:
            raise UsageError(f"{text} is a file, and {self.reference} a document", "Compare the files of a clause.")
        clause = replace(_clause_in(text), id=self.reference)
        return self._clause(clause, text, "redline-file", {"file": Path(text).name})

    def _now(self) -> Side:
        if self.gone:
            raise UsageError(f"the file of {self.reference} is gone", f"Compare versions: “{self.reference} @1 @2”.")
        if self.kind is SubjectKind.CLAUSE:
            return self._clause(
                self.library.clauses[self.reference], f"{self.reference}, as its file is", "redline-now"
            )
        assert self.now is not None
        desk = Desk(self.library, self.library.manifests[self.reference])
        return self._document(desk, of_now(self.now), f"{self.reference}, as its files are", "redline-now")

    def _version(self, number: int) -> Side:
        version = version_of(self.history, self.key, number)
        named = {"number": str(number)}
        if isinstance(version, ClauseVersion):
            return self._clause(clause_of(version), str(version.subject), "redline-version", named)
        assert self.reader is not None
        desk, content = as_recorded(self.reader, version), of_version(self.history, version)
        return self._document(desk, content, str(version.subject), "redline-version", named)

    def _circulation(self, name: str) -> Side:
        asked = circulation_in(self.history, name).opened
        for subject in asked.subjects:
            if subject.key == self.key:
                return self._version(subject.version)
        raise UsageError(f"{self.reference} was not put to the members in {name}", "“paraph status” lists what was.")

    def _approved(self, member: str) -> Side:
        if self.kind is SubjectKind.CLAUSE:
            version = last_approved(self.history, self.key, member)
            if version is None:
                raise UsageError(f"{member} has approved no version of {self.reference}", "All of it is new to it.")
            assert isinstance(version, ClauseVersion)
            name = f"{version.subject}, which {member} approved"
            return replace(self._clause(clause_of(version), name, "redline-approved"), member=member)
        if self.reader is None:
            raise UsageError(f"{member} has approved nothing of {self.reference}", "All of it is new to it.")
        if self.wrong:
            raise FindingsError(self.wrong)
        if self.gone:
            return self._now()  # which says so
        now = Desk(self.library, self.library.manifests[self.reference])
        found = as_approved(self.reader, self.history, now, member)
        whole = of_version(self.history, found.version) if found.version else None
        content = Content(texts={id_: one.texts for id_, one in found.clauses.items()})
        if whole:
            content = replace(content, adoption=whole.adoption, frame=whole.frame)
        side = self._document(now, content, f"what {member} last approved", "redline-approved")
        remarks = [f"{id_}: as {member} approved it in {subject}" for id_, subject in found.elsewhere.items()]
        if found.version is None:
            remarks.insert(0, f"{member} has approved no version of the document as a whole: only clauses")
        return replace(
            side, document=found.document, remarks=tuple(remarks), member=member, approved=found.version, whole=whole
        )

    def _document(
        self, desk: Desk, content: Content, name: str, string: str, values: Mapping[str, str] | None = None
    ) -> Side:
        return Side(
            name=name, string=string, values=values or {}, library=desk.library, form=desk.manifest.form,
            document=desk.whole, content=content,
        )  # fmt: skip

    def _clause(self, clause: Clause, name: str, string: str, values: Mapping[str, str] | None = None) -> Side:
        from paraph.assembly.alone import alone

        form = self._form_of_clause()

        def document(language: str) -> Document:
            return alone(self.library, clause, self.library.forms[form], language)

        return Side(
            name=name, string=string, values=values or {}, library=self.library, form=form,
            document=document, content=of_clause(clause),
        )  # fmt: skip

    def _form_of_clause(self) -> str:
        """The form of the first document that has the clause, or the first one."""
        users = (
            manifest.form
            for manifest in self.library.manifests.values()
            for section in manifest.sections
            if any(chain[-1][1].clause == self.reference for chain in section.all_uses())
        )
        return next(users, next(iter(self.library.forms)))


def _kit(side: Side) -> Kit:
    from paraph.render.kit import Kit

    form, brand = side.library.forms[side.form], side.library.workspace.brand
    return Kit(
        files=form.files,
        brand=brand,
        logo=side.library.assets.get(brand.logo) if brand.logo else None,
        logo_alt=brand.logo_alt,
        paper=form.paper,
        generator=f"paraph {__version__}",
    )
