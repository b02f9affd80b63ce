"""What letters to make, and of what: the document, the table with all its rows, and the fonts.

All is looked at before anything is made.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph import __version__
from paraph.errors import FindingsError, UsageError
from paraph.library.files.recipients import Judged, Table, faults, judged
from paraph.model.document import Document, Edition, printed
from paraph.model.finding import Finding, Severity, errors
from paraph.model.letter import (
    ADDRESS,
    PLACE,
    REFERENCE,
    SALUTATION,
    VOCATIVE,
    YEARS,
    Recipient,
    Which,
    personal,
    slotted,
)
from paraph.model.manifest import Manifest
from paraph.workflow import times
from paraph.workflow.files import replacing
from paraph.workflow.letters.days import DRAFT, Standing, Standings, told
from paraph.workflow.letters.index import FORMATS
from paraph.workflow.letters.job import Job
from paraph.workflow.letters.kept import Kept
from paraph.workflow.letters.record import Batch
from paraph.workflow.letters.sender import alone, sent_by

if TYPE_CHECKING:
    from paraph.model.library import Library
    from paraph.model.workspace import Brand

MOST_SAID = 50
"""Findings in a table that are shown; where there are more, all are written to a file."""
MOST_DAYS = 100
"""Days on which the letters of one table may be dated: each takes as long to assemble as a document."""
_FIELD, _PLACE = "recipient", "place"
_APART = 3
"""Millimetres between the letterhead and the address."""
_NOBODY = {ADDRESS: "-", SALUTATION: "-", VOCATIVE: "-", REFERENCE: "-", PLACE: "-"}
"""The values of no recipient, for what is the same in all letters."""


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

    @property
    def batch(self) -> Batch:
        """Which letters these are."""
        return Batch(document=self.document, member=self.member, table=self.table.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """An order that can be carried out: the job, the table, its recipients, and what was found in it.

    `document` is the one that is sent: where what was asked for speaks for all, that of one member. `draft`: all
    letters are drafts, on whatever day.
    """

    document: str
    job: Job
    table: Table
    people: Kept
    judged: Judged
    findings: tuple[Finding, ...]
    draft: bool


def planned(root: Path, order: Order, read: Callable[[int], None] = lambda count: None) -> Plan:
    """Load and judge everything; `read` is told of rows that are. Raises FindingsError where anything is wrong;
    warnings are kept."""
    from paraph.assembly.letterhead import brand_of
    from paraph.library.files.addressing import addressing
    from paraph.library.load import load_for
    from paraph.render.pdf.widths import Widths

    library, found, _ = load_for(root, (order.document,))
    if library is None or errors(found):
        raise FindingsError(found)
    at = times.now()
    library, manifest = times.as_of(library, at), library.manifests[order.document]
    if order.member and manifest.one_member:
        return planned(root, replace(order, document=manifest.one_member), read)
    if _FIELD not in library.forms[manifest.form].fields:
        raise UsageError(
            f"{manifest.id} is no letter: its form has no field “{_FIELD}”",
            "Take a document of the form letter, or add the field and its part to the form.",
        )
    addressed, more = addressing(root, manifest.form, library.workspace)
    if addressed is None or errors(more):
        raise FindingsError(more)
    today = times.today(at, library.workspace.time_zone)
    standings = Standings(root=root, library=library, manifest=manifest, member=order.member, today=today)
    if order.member:
        manifest = alone(library, manifest, order.member)
    dated = manifest.date is not None
    manifest = replace(manifest, date=_date(manifest, order))
    documents, brand = _documents(library, manifest, standings.of(_day(manifest))), brand_of(library, manifest)
    table = Table(
        path=order.table,
        shown=order.shown,
        addressing=addressed,
        workspace=library.workspace,
        languages=_languages(manifest, order),
        window=brand.window,
        measure=Widths(brand),
        date=manifest.date,
        dated=dated,
        declared=order.encoding,
        said=frozenset(_said(documents)),
        closing=frozenset(which[0] for which, one in documents.items() if VOCATIVE in "".join(slotted(one))),
        placed=any(PLACE in "".join(slotted(one)) for one in documents.values()),
    )
    people, seen, table = _judged(table, brand, order, read)
    if errors(seen.findings) or seen.faulty:
        raise _faulty(root, table, order, (*found, *more), seen)
    _findings_file(root, order).unlink(missing_ok=True)
    if not seen.count:
        raise UsageError(f"{order.shown} has no recipients", "Write one below the row that names the columns.")
    days = {day for _, _, day in seen.which}
    standings.may_go_out(days, confirmed=order.confirmed)
    job = _job(library, manifest, documents | _of_days(library, manifest, standings, seen, order))
    if covered := tuple(_covered(job, seen.which)):
        raise FindingsError((*found, *more, *covered))
    standing = {standings.day(day): standings.of(day) for day in sorted(days)}
    of_days = tuple(told(standings, days))
    sent = (*sent_by(library, manifest, standing), *of_days, *_without_day(manifest, seen))
    return Plan(
        document=order.document,
        job=job,
        table=table,
        people=people,
        judged=seen,
        findings=tuple(dict.fromkeys((*found, *more, *sent, *seen.findings))),
        draft=all(one.released is None for one in standing.values()) and not any(one.rule == DRAFT for one in of_days),
    )


def _judged(table: Table, brand: Brand, order: Order, read: Callable[[int], None]) -> tuple[Kept, Judged, Table]:
    """The recipients, and what is wrong with them. They are looked at again where a font lacks one of their characters,
    which the table knows then."""
    from paraph.render.pdf.glyphs import missing

    people = Kept()

    def keep(one: Recipient) -> None:
        people.add(one)
        read(1)

    seen = judged(table, MOST_SAID, keep)
    lacking = missing(seen.characters, brand) if "pdf" in order.formats else ()
    if lacking:
        table = replace(table, lacking=frozenset(lacking))
        seen = judged(table, MOST_SAID, lambda made: None)
    return people, seen, table


def _faulty(root: Path, table: Table, order: Order, before: tuple[Finding, ...], seen: Judged) -> FindingsError:
    """The error for a table with faults; where there are more than a person reads on a screen, all are in a file."""
    shown = tuple(dict.fromkeys((*before, *seen.findings)))
    if seen.found <= len(seen.findings):
        return FindingsError(shown)
    path = _findings_file(root, order)
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "column", "rule", "message", "advice"))
        for one in faults(table):
            writer.writerow((one.line, one.column, one.rule, one.message, one.advice))
    return FindingsError(shown, f"{seen.found:,} in all, in {seen.faulty:,} rows: {path}")


def _covered(job: Job, asked: Collection[Which]) -> Iterator[Finding]:
    """Findings where the letterhead reaches into the window of the envelope, over the address; a language is looked at
    once for each name that it has there."""
    from paraph.render.pdf.document import letterhead_end

    window = job.kit.brand.window
    heads = {(which[0], repr(job.brands[which[2]]), job.documents[which].letterhead): which for which in asked}
    for (language, _, _), which in sorted(heads.items(), key=lambda one: one[1]):
        kit = job.kit_of(which)
        end = letterhead_end(Edition(documents=(personal(job.documents[which], _NOBODY),)), kit)
        if end > window.top - _APART:
            message = f"the letterhead in {language} ends at {end:.0f} mm, and the window begins at {window.top}"
            yield Finding(
                file="paraph.yml",
                line=0,
                column=0,
                rule="bad-window",
                message=message,
                advice="Move the window down (window: top:), or shorten the address of the house or its logo.",
            )


def _findings_file(root: Path, order: Order) -> Path:
    return root / "build" / "letters" / f"{order.document}.findings.csv"


def _languages(manifest: Manifest, order: Order) -> tuple[str, ...]:
    for code in order.order:
        if code not in manifest.languages:
            raise UsageError(
                f"{manifest.id} is not issued in “{code}”",
                f"Its languages are {', '.join(manifest.languages)}: see languages: in {manifest.source.file}.",
            )
    return tuple(dict.fromkeys((*order.order, *manifest.languages)))


def _date(manifest: Manifest, order: Order) -> dt.date | None:
    """The day of the letters. Raises UsageError where it is none, or the document has another one, with which it was
    approved."""
    if order.date and order.date.year not in YEARS:
        message = f"{order.date.isoformat()} is no day of a letter"
        raise UsageError(message, f"Its year is one of {YEARS.start} to {YEARS.stop - 1}.")
    if order.date and manifest.date and order.date != manifest.date:
        raise UsageError(
            f"{manifest.id} is dated {manifest.date.isoformat()} itself",
            "Leave --date out. A letter that is sent on more than one day is approved without a date.",
        )
    return order.date or manifest.date


def _without_day(manifest: Manifest, seen: Judged) -> Iterator[Finding]:
    """A warning that letters carry no day: by it their answer is due, and found again."""
    if any(not day for _, _, day in seen.which):
        some = "" if all(not day for _, _, day in seen.which) else " whose row has none"
        message = f"the letters{some} carry no day"
        advice = "Name the day of sending, as in --date 2026-12-10, or give the table a column date."
        yield manifest.source.finding("letter-date", message, advice, severity=Severity.WARNING)


def _documents(library: Library, manifest: Manifest, standing: Standing) -> dict[Which, Document]:
    """The document with slots, in each language, with and without a reference. Raises FindingsError, UsageError."""
    from paraph.assembly import Terms, assemble

    own_reference = manifest.reference or standing.reference
    terms = Terms(library)
    made: dict[Which, Document] = {}
    wrong: list[Finding] = []
    own = {"salutation": SALUTATION, "vocative": VOCATIVE} | ({_PLACE: PLACE} if _PLACE in manifest.values else {})
    for language in manifest.languages:
        for referred in (False, True):
            slots = replace(
                manifest,
                reference=REFERENCE if referred else own_reference,
                fields={**manifest.fields, _FIELD: {language: ADDRESS}},
                values={**manifest.values, **{name: {language: slot} for name, slot in own.items()}},
            )
            document, found = assemble(library, slots, language, standing.record, terms)
            wrong += found
            made[language, referred, _day(manifest)] = document
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


def _of_days(
    library: Library, manifest: Manifest, standings: Standings, seen: Judged, order: Order
) -> dict[Which, Document]:
    """The documents of letters whose row has a day of its own. UsageError where those are too many."""
    days = {day for _, _, day in seen.which} - {_day(manifest)}
    if len(days) > MOST_DAYS:
        message = f"{order.shown} has letters of {len(days)} days; there may be {MOST_DAYS} in a run"
        raise UsageError(message, "Cut the table into parts.")
    made: dict[Which, Document] = {}
    for day in sorted(days):
        dated = replace(manifest, date=dt.date.fromisoformat(day) if day else None)
        languages = {language for language, _, of_day in seen.which if of_day == day}
        made |= _documents(library, replace(dated, languages=tuple(sorted(languages))), standings.of(day))
    return made


def _day(manifest: Manifest) -> str:
    return manifest.date.isoformat() if manifest.date else ""


def _said(documents: Mapping[Which, Document]) -> Iterator[str]:
    """The words of a letter, casefolded."""
    for document in documents.values():
        for paragraph in printed(document):
            yield from re.findall(r"[^\W\d_]+", paragraph.text.casefold())


def _job(library: Library, manifest: Manifest, documents: Mapping[Which, Document]) -> Job:
    """What the letters are made of, with a digest of each document and all that it is set with."""
    from paraph.assembly.letterhead import brand_of
    from paraph.workflow.building.build import kit_for

    kit = replace(kit_for(library, manifest), attachments=())
    materials = hashlib.sha256(__version__.encode())
    materials.update(repr((kit.logo_alt, kit.paper, kit.generator)).encode())
    for name, data in sorted(kit.files.items()):
        materials.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    materials.update(kit.logo or b"")
    brands, digests = {}, {}
    for which, document in documents.items():
        day = which[2]
        if day not in brands:
            brands[day] = brand_of(library, replace(manifest, date=dt.date.fromisoformat(day) if day else None))
        said = materials.copy()
        said.update(repr((which, document, brands[day])).encode())
        digests[which] = said.hexdigest()
    return Job(documents=documents, kit=kit, brands=brands, digests=digests)
