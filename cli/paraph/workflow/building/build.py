"""Building: from documents asked for to files written, rebuilding only what changed.

A record beside the files (`.paraph-build.json`) holds, for each document, the files it was made from and what was made
of them. A document whose files are as they were is not even loaded, which is what keeps a large library pleasant.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from paraph import __version__
from paraph.errors import FindingsError, GlyphError, PanelError, ParaphError, UsageError
from paraph.library.written.index import COUNTRIES, INSTITUTIONS, STRINGS, WORKSPACE
from paraph.model.document import Document, Edition, Record
from paraph.model.finding import Finding, errors
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.workflow.building.build_record import BuildRecord, Inputs, times_in
from paraph.workflow.building.editions import abreast, left_out, of_who_left, overflowing, wanted
from paraph.workflow.building.folder_cache import FolderCache, user_cache
from paraph.workflow.building.workers import Workers, start_method
from paraph.workflow.files import Stamp, sweep, write
from paraph.workflow.record.draft_record import Seen, Unchanged, records
from paraph.workflow.times import as_of, lasts

if TYPE_CHECKING:
    from paraph.assembly import Terms
    from paraph.library.cache import Cache
    from paraph.library.written.index import FileIndex
    from paraph.render.kit import Kit

DEFAULT_FORMATS = ("docx", "pdf", "html")
_SOURCE = "application/yaml"
"""The media type of what people write."""
_SHARED = (WORKSPACE, INSTITUTIONS, COUNTRIES, STRINGS)
"""What every document is made of, besides the glossary."""

_LANGUAGE_MISSING = "language-missing"
_POOL_FROM = {"fork": 4, "spawn": 18}
"""Files from which a pool of processes is worth its start: a spawned one imports everything again, about 0.4 s."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What to build. `editions` are tuples of languages; empty: every language of each document, and the authentic
    languages side by side. `members`, by id, each have an edition of their own made, in place of that of all.
    `pdf_from` is "typst" or "docx". `remember`: take what earlier runs made of the same files from the cache, and leave
    it there; nothing that goes on record does."""

    documents: tuple[str, ...]
    editions: tuple[tuple[str, ...], ...] = ()
    formats: tuple[str, ...] = DEFAULT_FORMATS
    members: tuple[str, ...] = ()
    out: Path
    pdf_from: str = "typst"
    jobs: int = 0
    force: bool = False
    remember: bool = False

    @property
    def signature(self) -> str:
        """What of the request decides the content of files."""
        return f"{__version__} {self.editions} {self.formats} {self.pdf_from} {self.members}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """The files written and those left as they were, in order; and the findings that did not stop them."""

    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One file to make: everything that another process needs for it."""

    document: str
    edition: Edition
    kit: Kit
    format: str
    pdf_from: str
    path: Path


@dataclass(slots=True)
class Progress:
    """Told of each document that is done; the command line draws a bar with it."""

    start: Callable[[int], None] = field(default=lambda total: None)
    advance: Callable[[str], None] = field(default=lambda document: None)


def build(root: Path, request: Request, progress: Progress | None = None, index: FileIndex | None = None) -> Built:
    """Make the files asked for in `request.out`. `index` as in `load_for`.

    Raises FindingsError where what people wrote is wrong (nothing is written then), UsageError for an unknown document
    or language, FidelityError and RenderError from the renderers.
    """
    progress = progress or Progress()
    record = BuildRecord.read(request.out)
    stale, unchanged, times = [], [], times_in(root)
    with Unchanged(root) as register:
        for document in request.documents:
            kept = record.unchanged(root, times, request.out, document, request.signature, register.since)
            if request.force:
                kept = None
            if kept is None:
                stale.append(document)
            else:
                unchanged += kept
    if not stale:
        if record.touched:
            record.write(request.out)
        return Built(written=(), unchanged=tuple(unchanged), findings=())
    cache = user_cache(os.environ) if request.remember else FolderCache(None)
    with _workers(request, len(stale)) as workers:
        tasks, inputs, findings, seen = plan(root, request, stale, cache, index)
        progress.start(len(tasks))
        try:
            written = dict(_run(tasks, workers, progress))
        except GlyphError as error:
            raise _in_files(root, stale, error) from error
        except PanelError as error:
            raise _on_panels(root, stale, tasks, error) from error
        for document in stale:
            files = {task.path: written[task.path] for task in tasks if task.document == document}
            record.note(root, document, request.signature, inputs[document], files, seen[document])
        cache.sweep()
        sweep(request.out)
        record.write(request.out)
    return Built(written=tuple(written), unchanged=tuple(unchanged), findings=findings)


def _in_files(root: Path, documents: Sequence[str], error: GlyphError) -> ParaphError:
    """The error as findings in the files that hold the characters; itself where none does."""
    from paraph.library.load import load_for
    from paraph.workflow.building.glyphs import places

    library, _, _ = load_for(root, documents)
    found = places(root, library, {*"".join(error.texts)}) if library is not None else ()
    return FindingsError(found) if found else error


def _on_panels(root: Path, documents: Sequence[str], tasks: Sequence[Task], error: PanelError) -> ParaphError:
    """The panels of all that was to be made on which too much stands, as findings; the error itself where none has."""
    from paraph.library.load import load_for

    library, _, _ = load_for(root, documents)
    found: list[Finding] = []
    for manifest in library.manifests.values() if library is not None else ():
        editions = {task.edition.name: (task.edition, task.kit) for task in tasks if task.document == manifest.id}
        found += overflowing(manifest, editions.values())
    return FindingsError(sorted({*found})) if found else error


def plan(
    root: Path,
    request: Request,
    documents: Sequence[str],
    cache: Cache | None = None,
    index: FileIndex | None = None,
) -> tuple[list[Task], Mapping[str, Inputs], tuple[Finding, ...], Mapping[str, Seen]]:
    """Load and assemble; every file to make, with what it is made of. Raises FindingsError if anything is wrong.

    Without `cache` everything is read from the workspace's own files. The last is what the register said of each
    document, which is printed with it.
    """
    from paraph.library.load import load_for

    library, findings, files = load_for(root, documents, cache, index)
    library = as_of(library) if library is not None else None
    tasks: list[Task] = []
    found = list(findings)
    seen: dict[str, Seen] = {}
    if library is not None and errors(findings):
        found += assembled(library, documents, findings)
    elif library is not None:
        from paraph.workflow.building.terms import CachedTerms

        terms = CachedTerms(library, files, cache)
        with records(root, library) as record_of:
            for document in documents:
                manifest = library.manifests[document]
                made, more = tasks_of(library, manifest, request, record_of(manifest), terms)
                tasks += made
                found += more
                seen[document] = record_of.seen(document)
            found += record_of.findings
    unique = tuple(sorted(set(found)))
    if errors(unique):
        raise FindingsError(unique)
    until = lasts(library) if library is not None else None
    inputs = {one: Inputs.of(root, files[one], _folders(files[one]), until) for one in documents}
    return tasks, inputs, unique, seen


def assembled(
    library: Library, documents: Iterable[str], findings: Iterable[Finding], terms: Terms | None = None
) -> Iterator[Finding]:
    """What the assembly of documents finds, each in all its languages; `findings` are those of reading.

    A document is left out where something that it is made of was not read without an error: its assembly would only
    report the same faults again in other words. A language that is missing keeps nothing from being assembled: whoever
    adds one hears at once all that it lacks.
    """
    from paraph.assembly import Terms, assemble

    terms = terms or Terms(library)
    faulty = {one.file for one in errors(findings) if one.rule != _LANGUAGE_MISSING or one.file in _SHARED}
    for document in documents:
        manifest = library.manifests.get(document)
        if manifest is not None and is_whole(library, manifest, faulty):
            for language in manifest.languages:
                yield from assemble(library, manifest, language, terms=terms)[1]


def is_whole(library: Library, manifest: Manifest, faulty: set[str]) -> bool:
    """Whether everything that the document is made of was read, and none of it is in one of the `faulty` files."""
    form = library.forms.get(manifest.form)
    used = [linked[-1][1].clause for section in manifest.sections for linked in section.all_uses()]
    if form is None or any(clause not in library.clauses for clause in used):
        return False
    own = {manifest.source.file, form.source.file, *(library.clauses[clause].source.file for clause in used)}
    return not faulty & own and not any(file in _SHARED or file.startswith("glossary/") for file in faulty)


def _folders(files: Iterable[str]) -> list[str]:
    """The folders in which a new file would count: those of templates and glossary, be they there or not."""
    folders = {name.rpartition("/")[0] for name in files if name.startswith("templates/")}
    own = {f"templates/{name.split('/')[1]}" for name in files if name.endswith("/form.yml")}
    return sorted(folders | own | {"glossary", "templates/common"})


def tasks_of(
    library: Library,
    manifest: Manifest,
    request: Request,
    record: Record,
    terms: Terms | None = None,
) -> tuple[list[Task], list[Finding]]:
    """The files to make of one document, with what is wrong with it; `record` is what the register says of it."""
    from paraph.assembly import assemble
    from paraph.render.formats import FORMATS

    kit = kit_for(library, manifest)
    tasks: list[Task] = []
    findings = [*left_out(library, manifest, request.members)]
    findings += of_who_left(library, manifest, request.members, request.out)
    documents: dict[tuple[str, str], Document] = {}
    for member, languages in wanted(library, manifest, request.editions, request.members):
        for language in languages:
            if (member, language) not in documents:
                made, found = assemble(library, manifest, language, record, terms, member)
                documents[member, language] = made
                findings += found
        chosen = tuple(documents[member, code] for code in languages)
        if member and len(chosen) > 1:
            chosen, lacking = abreast(chosen)
            findings += lacking
        edition = Edition(documents=chosen)
        for name in request.formats:
            if name == "press" and kit.sheet is None and len(request.formats) > 1:
                continue  # nothing of it is printed to the edge
            if len(languages) == 2 and not FORMATS[name].bilingual:
                if request.editions and request.formats != DEFAULT_FORMATS:
                    raise UsageError(
                        f"{name} holds one language, not {' and '.join(languages)} side by side",
                        "Ask for each language by itself, or for docx, pdf or html.",
                    )
            else:
                path = request.out / f"{edition.name}.{FORMATS[name].ending or name}"
                tasks.append(
                    Task(
                        document=manifest.id,
                        edition=edition,
                        kit=kit,
                        format=name,
                        pdf_from=request.pdf_from,
                        path=path,
                    )
                )
    return tasks, findings


def kit_for(library: Library, manifest: Manifest) -> Kit:
    """The materials for a document's renderings; its own sources, as they were read, travel inside the PDF."""
    from paraph.assembly.letterhead import brand_of
    from paraph.render.kit import Kit

    form, brand = library.forms[manifest.form], brand_of(library, manifest)
    used = (linked[-1][1].clause for section in manifest.sections for linked in section.all_uses())
    sources = {one.file: one.raw for one in (manifest.source, *(library.clauses[clause].source for clause in used))}
    return Kit(
        files=form.files,
        brand=brand,
        logo=library.assets.get(brand.logo) if brand.logo else None,
        logo_alt=brand.logo_alt,
        paper=form.paper,
        sheet=form.sheet,
        generator=f"paraph {__version__}",
        attachments=tuple((Path(name).name, _SOURCE, raw) for name, raw in sorted(sources.items())),
    )


def make_files(tasks: Sequence[Task], request: Request) -> Iterator[Path]:
    """Make and write the files of `tasks`, proved; in several processes where that pays."""
    with _workers(request, len(request.documents)) as workers:
        yield from (path for path, _ in _run(tasks, workers, Progress()))


def _run(
    tasks: Sequence[Task], workers: Workers[Task, bytes] | None, progress: Progress
) -> Iterator[tuple[Path, Stamp]]:
    for task, data in workers.results(tasks, _format) if workers else ((task, make_file(task)) for task in tasks):
        written = write(task.path, data)
        progress.advance(task.document)
        yield task.path, written


def _format(task: Task) -> str:
    return task.format


def _workers(request: Request, documents: int) -> AbstractContextManager[Workers[Task, bytes] | None]:
    """Processes that prepare while this one reads the workspace; none where they are not worth their start."""
    jobs = request.jobs or os.cpu_count() or 1
    files = documents * (len(request.editions) or 2) * len(request.formats)
    if jobs == 1 or files < _POOL_FROM[start_method()]:
        return nullcontext()
    from paraph.render.formats import prepare

    return Workers(make_file, prepare, request.formats, min(jobs, files))


def make_file(task: Task) -> bytes:
    """The bytes of one file, proved; runs in any process."""
    from paraph.render.formats import make

    if task.format == "pdf" and task.pdf_from == "docx":
        from paraph.render.docx.to_pdf import print_docx

        return print_docx(make(task.edition, task.kit, "docx"))
    return make(task.edition, task.kit, task.format)
