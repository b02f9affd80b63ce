"""The notice of a withdrawal or a correction: a document to be read, printed and sent on, in each language.

Its words are those of templates/notice/form.yml; what is filled in is text from the record of the release and from the
register, never markup. It lies beside what was released and belongs to none of it: it says nothing that the register
does not, and is made anew whenever it is asked for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import FindingsError
from paraph.model.document import Edition, Record
from paraph.model.event import ReleaseCorrected, Released, release_key
from paraph.model.finding import errors
from paraph.model.manifest import Adoption, Manifest
from paraph.model.release import Fate, Issue, Statement
from paraph.proof.reading import letters
from paraph.starter import starter
from paraph.workflow.files import read_file, write
from paraph.workflow.record.reassemble import files_with
from paraph.workflow.releases.remake import kept_record, released
from paraph.workflow.releases.shelf import FOLDER, folder_of, recorded_fates
from paraph.workflow.times import today

if TYPE_CHECKING:
    import datetime as dt

    from paraph.model.event import Event
    from paraph.model.library import Library
    from paraph.model.text import Texts
    from paraph.register.reader import Reader

FORM = "notice"
NOTICE = "notice"
"""The folder in that of a release for the notice of what became of it."""

FORMATS = ("pdf", "docx")
_FORM_FILE = f"templates/{FORM}/form.yml"


def write_notice(root: Path, reader: Reader, reference: str) -> tuple[Path, ...]:
    """Write the notice of what became of a release into its folder: the files; none where the folder is not here.

    Raises as `notice_of`. What is written takes the place of an earlier notice: the reason may be said later.
    """
    folder = root / FOLDER / folder_of(reference)
    if not folder.is_dir():
        return ()
    fact = released(reader, reference).fact
    assert isinstance(fact, Released)
    statement, _ = kept_record(reader, fact)
    made = notice_of(root, statement, recorded_fates(reader)[reference])
    for name, data in made.items():
        write(folder / NOTICE / name, data)
    return tuple(folder / NOTICE / name for name in made)


def issued(root: Path, reader: Reader, event: Event, now: Fate) -> Iterator[tuple[Fate, Mapping[str, bytes]]]:
    """Every notice of a release, the last one first: what it tells of, and its files by name.

    What was corrected and then withdrawn had a notice of either, and each was true in its time. They are made with the
    form of the workspace; where there is none, with the shipped one and what the register keeps of the release. Raises
    as `notice_of`, and RegisterError or BrokenError where the record is not kept.
    """
    fact = event.fact
    assert isinstance(fact, Released)
    statement, _ = kept_record(reader, fact)
    with ExitStack() as stack:
        if not (root / _FORM_FILE).is_file():
            root = stack.enter_context(files_with(reader, fact.sources, fact.reference))
            write(root / _FORM_FILE, read_file(starter() / _FORM_FILE))
        for fate in (now, *(one for one in _earlier(reader, fact.reference) if one != now)):
            yield fate, notice_of(root, statement, fate)


def _earlier(reader: Reader, reference: str) -> Iterator[Fate]:
    """What was told of a release by each of its corrections, the last one first."""
    for event in reversed([*reader.events((release_key(reference),))]):
        fact = event.fact
        if isinstance(fact, ReleaseCorrected) and fact.reference == reference:
            yield Fate(corrected=fact.successor, reason=fact.reason, reasons=fact.reasons, on=event.at, known=True)


def claimed(root: Path, letters_: str, reference: str) -> str:
    """What a text, as `letters`, says became of a release by the title of a notice: withdrawn, corrected or ""."""
    from paraph.library.load import load_form

    for place in (root, starter()):
        library, _ = load_form(place, FORM) if (place / _FORM_FILE).is_file() else (None, ())
        strings = library.forms[FORM].strings if library and FORM in library.forms else {}
        for standing in ("withdrawn", "corrected"):
            titles = strings.get(f"{standing}-title", {}).values()
            if any(letters(_filled(one, reference=reference)) in letters_ for one in titles):
                return standing
    return ""


def mark_of_form(root: Path) -> str:
    """A digest of the words that notices are made with, "" where the workspace has none."""
    try:
        return hashlib.sha256(read_file(root / _FORM_FILE)).hexdigest()
    except OSError:
        return ""


def notice_of(root: Path, statement: Statement, fate: Fate) -> Mapping[str, bytes]:
    """The files of the notice by name, none where a release was neither withdrawn nor corrected, or where the workspace
    has no form for it.

    Raises FindingsError where the form is not right, RenderError and FidelityError as a build.
    """
    from paraph.library.load import load_form

    standing = "withdrawn" if fate.withdrawn else "corrected" if fate.corrected else ""
    library, findings = load_form(root, FORM) if standing else (None, ())
    if library is None or FORM not in library.forms:
        return {}
    if errors(findings):
        raise FindingsError(findings)
    return dict(_files(library, _manifest(library, statement, fate, standing)))


def _files(library: Library, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    from paraph.assembly import assemble
    from paraph.render.formats import make
    from paraph.workflow.building.build import kit_for

    kit = replace(kit_for(library, manifest), attachments=())  # it has no source of its own
    for language in manifest.languages:
        document, findings = assemble(library, manifest, language, Record(released=True))
        if errors(findings):
            raise FindingsError(tuple(findings))
        edition = Edition(documents=(document,))
        for format_ in FORMATS:
            yield f"{edition.name}.{format_}", make(edition, kit, format_)


def _manifest(library: Library, statement: Statement, fate: Fate, standing: str) -> Manifest:
    """The notice as a document of its form, over no clause."""
    form, space, record = library.forms[FORM], library.workspace, statement.record
    spoken = [one for one in record.languages if all(one.code in texts for texts in form.strings.values())]
    networks = tuple(one.id for one in record.networks if one.id in space.networks)
    known = [one.id for one in record.institutions if one.id in library.institutions]
    day = today(fate.on or record.released, space.time_zone)

    def said(string: str, **values: str) -> Texts:
        return {one.code: _filled(form.strings[string][one.code], **values, **common[one.code]) for one in spoken}

    common = {one.code: _values(library, statement, fate, one, day) for one in spoken}
    fields = {"text": said(f"{standing}-text"), "copies": said("copies")}
    if fate.reason:
        fields["reason"] = said("reason")
    if fate.successor:
        fields["instead"] = said("instead")
    return Manifest(
        id=f"{folder_of(record.reference)}-{standing}",
        kind=form.folder,
        form=form.id,
        title=said(f"{standing}-title"),
        subtitle={},
        place={},
        date=day,
        reference="",
        networks=networks,
        members=() if networks or len(known) != 1 else (known[0],),
        adoption=Adoption.BODY,
        rule="",
        languages=tuple(one.code for one in spoken),
        unchecked=tuple(one.code for one in spoken if one.code not in space.authentic),
        values={},
        fields=fields,
        sections=(),
        source=form.source,
    )


def _values(library: Library, statement: Statement, fate: Fate, issue: Issue, day: dt.date) -> dict[str, str]:
    record, zone = statement.record, library.workspace.time_zone
    return {
        "reference": record.reference,
        "title": issue.title,
        "date": _date(library, issue.code, day),
        "published": _date(library, issue.code, today(record.released, zone)),
        "reason": fate.reasons.get(issue.code) or fate.reason,
        "successor": fate.successor,
    }


def _filled(text: str, **values: str) -> str:
    """A string with what is on record in its place, each once: a title may have braces of its own."""
    return re.sub(r"\{([a-z]+)\}", lambda match: " ".join(values[match[1]].split()), text)


def _date(library: Library, code: str, day: dt.date) -> str:
    """A day in full, as documents write it: 1 March 2026, 1er mars 2026."""
    from babel.dates import format_date

    text, first = format_date(day, "long", locale=library.workspace.languages[code].locale), ""
    if code in library.rules:
        first = library.rules[code].first_of_month
    return re.sub(r"^1\b", first, text) if first and day.day == 1 else text
