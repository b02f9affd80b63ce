"""Letters: one document to each recipient of a table, in its language.

Everything is looked at before anything is made: the document, the table with all its rows, and whether the fonts have
every character. Then letters are made by processes that each write their own files, whole or not at all; what was made
of the same before, and is still there, is left alone.

The words of a letter are those of the document, approved and released like any other (docs/approvals.md); a recipient's
data are put where the form has a place for them and are no part of what was approved. Where the document was not
released as it is now, its letters carry the draft mark.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from paraph import __version__
from paraph.errors import FindingsError, RefusedError, UsageError
from paraph.library.files.recipients import Judged, Table, judged, recipients
from paraph.model.document import Document, printed
from paraph.model.finding import Finding, errors
from paraph.model.letter import ADDRESS, REFERENCE, SALUTATION, VOCATIVE, Recipient, slotted
from paraph.model.manifest import Manifest
from paraph.workflow.letters.job import Job
from paraph.workflow.letters.places import FORMATS, file_name, place_for
from paraph.workflow.letters.pool import Pool

if TYPE_CHECKING:
    from paraph.model.document import Record
    from paraph.model.library import Library

PREVIEWED = 3
_FIELD = "recipient"
_CHUNK = {True: 100, False: 200}
"""Letters that a process makes at a time, at most: of PDFs fewer, which take longer."""
_SHARES = 2
"""Chunks for each process where there are few letters, so that all have something to do to the end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What letters to make. `out` is a folder, or a file that ends in .zip; `order` are languages in which the first
    stands in for one that the letter is not issued in; `member` writes alone, on paper of its own ("": who the document
    says). `preview`: only the first letters, into a folder of their own. `scheduler` is the address of one of Dask, and
    `target` where its workers put the letters: a folder that all see, or an address of fsspec. `encoding` is that of a
    CSV where somebody named it; `date` the day on which the letters are sent, of a document without one of its own."""

    document: str
    table: Path
    shown: str
    out: Path
    formats: tuple[str, ...] = FORMATS
    order: tuple[str, ...] = ()
    member: str = ""
    merged: bool = False
    preview: bool = False
    force: bool = False
    confirmed: bool = False
    jobs: int = 0
    scheduler: str = ""
    target: str = ""
    encoding: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Letters:
    """What became of an order: how many files were written and left as they were; `others` besides the letters.

    `fallen` says how often one language stood in for another; `left` names files of an earlier run that would not be
    made now; `shown` are the first letters of a preview, as words.
    """

    written: int
    unchanged: int
    recipients: int
    draft: bool
    others: tuple[Path, ...]
    findings: tuple[Finding, ...]
    fallen: dict[tuple[str, str], int]
    left: tuple[str, ...] = ()
    shown: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Progress:
    """Told of letters that are done; the command line draws a bar with it."""

    start: Callable[[int], None] = field(default=lambda total: None)
    advance: Callable[[int], None] = field(default=lambda count: None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """An order that can be carried out: the job, and the table with what was found in it."""

    job: Job
    table: Table
    judged: Judged
    findings: tuple[Finding, ...]
    draft: bool


def letters(root: Path, order: Order, progress: Progress | None = None) -> Letters:
    """Make the letters of `order`.

    Raises FindingsError with all that is wrong with the document and the table, UsageError, RefusedError, and what the
    renderers raise; letters made by then are whole and on record.
    """
    progress = progress or Progress()
    plan = planned(root, order)
    order = replace(order, out=folder_of(order))
    some = PREVIEWED if order.preview else None
    count = min(plan.judged.count, some or plan.judged.count)
    progress.start(count * len(order.formats))
    if order.scheduler and not order.preview:
        return _by_cluster(plan, order, progress)
    jobs, chunk = _shared(order, count)
    with place_for(order.out, order.formats) as place, Pool(plan.job, place.writer, jobs) as pool:
        try:
            for result in pool.results(_tasks(plan, order, place.has, progress, chunk, some)):
                place.add(result)
                progress.advance(len(result))
        except BaseException:
            place.add(pool.finished())
            raise
        left = place.left(islice(recipients(plan.table), some), plan.job.key, order.merged)
        others = place.finish(lambda: islice(recipients(plan.table), some), order.merged)
    return Letters(
        written=place.written,
        unchanged=count * len(order.formats) - place.written,
        recipients=count,
        draft=plan.draft,
        others=others,
        findings=plan.findings,
        fallen=plan.judged.fallen,
        left=left,
        shown=tuple(_shown(one) for one in islice(recipients(plan.table), some)) if order.preview else (),
    )


def folder_of(order: Order) -> Path:
    """Where the letters of an order go: those of a preview into a folder of their own."""
    return order.out.with_suffix("") / "preview" if order.preview else order.out


def _by_cluster(plan: Plan, order: Order, progress: Progress) -> Letters:
    from paraph.workflow.letters.cluster import CHUNK, cluster_letters, put_index

    if order.merged:
        raise UsageError("letters of a scheduler are not put into one PDF", "Leave --merged or --scheduler out.")
    counts = {"unchanged": 0, "written": 0}

    def done(unchanged: int, written: int) -> None:
        counts["unchanged"] += unchanged
        counts["written"] += written
        progress.advance(unchanged + written)

    tasks = _tasks(plan, order, lambda name, key: False, Progress(), CHUNK["pdf" in order.formats], None)
    cluster_letters(order.scheduler, plan.job, tasks, order.target, done)
    put_index(order.target, lambda: recipients(plan.table), order.formats)
    return Letters(
        written=counts["written"],
        unchanged=counts["unchanged"],
        recipients=plan.judged.count,
        draft=plan.draft,
        others=(),
        findings=plan.findings,
        fallen=plan.judged.fallen,
    )


def _shared(order: Order, count: int) -> tuple[int, int]:
    """How many processes make the letters, and how many letters each makes at a time.

    A process takes longer to begin than to make 25 PDFs or 200 DOCX.
    """
    pdf = "pdf" in order.formats
    few, most = (25 if pdf else 200), _CHUNK[pdf]
    jobs = min(order.jobs or os.cpu_count() or 1, -(-count // few))
    return jobs, max(few, min(most, -(-count // (_SHARES * jobs))))


def _shown(recipient: Recipient) -> tuple[str, ...]:
    return (f"[{recipient.language}]", *recipient.lines, "", recipient.salutation)


def _tasks(
    plan: Plan,
    order: Order,
    has: Callable[[str, str], bool],
    progress: Progress,
    chunk: int,
    some: int | None,
) -> Iterator[list[tuple[Recipient, str, tuple[tuple[str, str], ...]]]]:
    """Recipients with the files that are to be made for each, a chunk at a time."""
    batch = []
    for recipient in islice(recipients(plan.table), some):
        key = plan.job.key(recipient)
        named = [(one, file_name(recipient, one)) for one in order.formats]
        wanted = tuple((one, name) for one, name in named if order.force or not has(name, key))
        progress.advance(len(named) - len(wanted))
        if wanted:
            batch.append((recipient, key, wanted))
        if len(batch) == chunk:
            yield batch
            batch = []
    if batch:
        yield batch


def planned(root: Path, order: Order) -> Plan:
    """Load and judge everything. Raises FindingsError where anything is wrong; warnings are kept."""
    from paraph.assembly.letterhead import brand_of
    from paraph.library.files.addressing import addressing
    from paraph.library.load import load_for

    library, found, _ = load_for(root, (order.document,))
    if library is None or errors(found):
        raise FindingsError(found)
    manifest = library.manifests[order.document]
    if _FIELD not in library.forms[manifest.form].fields:
        raise UsageError(
            f"{manifest.id} is no letter: its form has no field “{_FIELD}”",
            "Take a document of the form letter, or add the field and its part to the form.",
        )
    addressed, more = addressing(root, manifest.form, library.workspace)
    if addressed is None or errors(more):
        raise FindingsError(more)
    record, reference, draft = _on_record(root, library, manifest, order)
    if order.member:
        manifest = _alone(library, manifest, order.member)
    manifest = replace(manifest, reference=manifest.reference or reference, date=_date(manifest, order))
    documents = _documents(library, manifest, record)
    table = Table(
        path=order.table,
        shown=order.shown,
        addressing=addressed,
        workspace=library.workspace,
        languages=_languages(manifest, order),
        window=brand_of(library, manifest).window,
        declared=order.encoding,
        said=frozenset(_said(documents)),
    )
    seen = judged(table)
    wrong = [*found, *more, *seen.findings]
    job = _job(library, manifest, documents)
    if not errors(wrong) and "pdf" in order.formats:
        wrong += _without_glyph(table, seen, job)
    if errors(wrong):
        raise FindingsError(tuple(dict.fromkeys(wrong)))
    if not seen.count:
        raise UsageError(f"{order.shown} has no recipients", "Write one below the row that names the columns.")
    return Plan(job=job, table=table, judged=seen, findings=tuple(dict.fromkeys(wrong)), draft=draft)


def _languages(manifest: Manifest, order: Order) -> tuple[str, ...]:
    for code in order.order:
        if code not in manifest.languages:
            raise UsageError(
                f"{manifest.id} is not issued in “{code}”",
                f"Its languages are {', '.join(manifest.languages)}: see languages: in {manifest.source.file}.",
            )
    return tuple(dict.fromkeys((*order.order, *manifest.languages)))


def _date(manifest: Manifest, order: Order) -> dt.date | None:
    """The day of the letters. Raises UsageError where the document has another one, with which it was approved."""
    if order.date and manifest.date and order.date != manifest.date:
        raise UsageError(
            f"{manifest.id} is dated {manifest.date.isoformat()} itself",
            "Leave --date out. A letter that is sent on more than one day is approved without a date.",
        )
    return order.date or manifest.date


def _alone(library: Library, manifest: Manifest, member: str) -> Manifest:
    """The document as `member` sends it by itself."""
    if member not in library.institutions:
        from paraph.library.written.suggest import did_you_mean

        raise UsageError(f"there is no member “{member}”", did_you_mean(member, library.institutions))
    one = library.institutions[member]
    if member not in manifest.members and not set(one.networks) & set(manifest.networks):
        raise UsageError(f"{member} does not speak in {manifest.id}", f"See who does in {manifest.source.file}.")
    return replace(manifest, networks=(), members=(member,))


def _on_record(root: Path, library: Library, manifest: Manifest, order: Order) -> tuple[Record, str, bool]:
    """What the register says of the letter, the reference of its release, and whether its letters are drafts.

    Raises RefusedError where templates or names have changed since and nobody said that they were looked at, or where a
    member would send by itself what it has not approved.
    """
    from paraph.workflow.record.draft_record import records
    from paraph.workflow.releases.release import as_released

    released = as_released(root, manifest.id, library)
    if released is None:
        with records(root, library) as record_of:
            return record_of(manifest), "", True
    if released.changed and not order.confirmed:
        raise RefusedError(
            f"around the words of {manifest.id}, things have changed since the members were asked",
            released.changed,
            "Put them back as they were; or look at a --preview, see that all is right, and --confirm.",
        )
    if order.member and order.member not in released.joined:
        raise RefusedError(
            f"{order.member} has not approved {manifest.id}",
            advice="It cannot be sent in its name; “paraph status” shows who approved it.",
        )
    return released.record, released.reference, False


def _documents(library: Library, manifest: Manifest, record: Record) -> dict[tuple[str, bool], Document]:
    """The document with slots, in each language, with and without a reference. Raises FindingsError, UsageError."""
    from paraph.assembly import Terms, assemble

    terms = Terms(library)
    made: dict[tuple[str, bool], Document] = {}
    wrong: list[Finding] = []
    for language in manifest.languages:
        for referred in (False, True):
            slots = replace(
                manifest,
                reference=REFERENCE if referred else manifest.reference,
                fields={**manifest.fields, _FIELD: {language: ADDRESS}},
                values={**manifest.values, "salutation": {language: SALUTATION}, "vocative": {language: VOCATIVE}},
            )
            document, found = assemble(library, slots, language, record, terms)
            wrong += found
            made[language, referred] = document
    if errors(wrong):
        raise FindingsError(tuple(dict.fromkeys(wrong)))
    for document in made.values():
        text = "".join(slotted(document))
        if ADDRESS not in text or SALUTATION not in text:
            what = "the address" if ADDRESS not in text else "a salutation"
            raise UsageError(
                f"{manifest.id} has no place for {what} of each recipient",
                "Begin it with the clause salutation-office, and give the document values: salutation:, vocative:.",
            )
    return made


def _said(documents: dict[tuple[str, bool], Document]) -> Iterator[str]:
    """The words of a letter, casefolded."""
    for document in documents.values():
        for paragraph in printed(document):
            yield from re.findall(r"[^\W\d_]+", paragraph.text.casefold())


def _job(library: Library, manifest: Manifest, documents: dict[tuple[str, bool], Document]) -> Job:
    from paraph.workflow.building.build import kit_for

    kit = replace(kit_for(library, manifest), attachments=())
    said = hashlib.sha256(__version__.encode())
    for key, document in sorted(documents.items()):
        said.update(repr((key, document)).encode())
    said.update(repr((kit.brand, kit.logo_alt, kit.paper, kit.generator)).encode())
    for name, data in sorted(kit.files.items()):
        said.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    said.update(kit.logo or b"")
    return Job(documents=documents, kit=kit, signature=said.hexdigest())


def _without_glyph(table: Table, seen: Judged, job: Job) -> Iterator[Finding]:
    """Rows with a character that no font of the house has."""
    from paraph.render.pdf.glyphs import code_points, missing

    lacking = {*missing(seen.characters, job.kit.brand)}
    for one in recipients(table) if lacking else ():
        for char in sorted(lacking & {*"".join(one.values.values())}):
            yield Finding(
                file=table.shown,
                line=one.line,
                column=0,
                rule="no-glyph",
                message=f"no font has “{char}” ({code_points(char)})",
                advice="Write it in other characters, or name a font in paraph.yml that has it.",
            )
