"""The notice of a withdrawal or a correction: a document to be read, printed and sent on, in each language.

Its words are those of templates/notice/form.yml; what is filled in is text from the record of the release and from the
register, never markup. It lies beside what was released and belongs to none of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import FindingsError
from paraph.model.document import Document, Edition, Record
from paraph.model.finding import errors
from paraph.model.manifest import Manifest
from paraph.model.release import Fate, Issue, Statement
from paraph.model.rule import Adoption
from paraph.model.text import Block, Paragraph, Text
from paraph.workflow.files import read_file
from paraph.workflow.releases.shelf import folder_of, stem
from paraph.workflow.times import today

if TYPE_CHECKING:
    import datetime as dt

    from paraph.model.language import Texts
    from paraph.model.library import Library

FORM = "notice"
FORM_FILE = f"templates/{FORM}/form.yml"
FORMATS = ("pdf", "docx")
_REASON = "reason"
"""The field, the string and what is filled in there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """The files of a notice by name, and what they were made from, by workspace path and digest."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


def mark_of_form(root: Path) -> str:
    """A digest of the words that notices are made with, "" where the workspace has none."""
    try:
        return hashlib.sha256(read_file(root / FORM_FILE)).hexdigest()
    except OSError:
        return ""


def stem_of(reference: str, fate: Fate, taken: Collection[str] = ()) -> str:
    """What the files of a notice are called: after what became of its release, and from the second on with a number, so
    that none takes the place of one of the files `taken`."""
    first = f"{folder_of(reference)}-{_standing(fate)}"
    stems = {stem(name) for name in taken}
    return next(one for one in chain([first], (f"{first}-{n}" for n in count(2))) if one not in stems)


def _standing(fate: Fate) -> str:
    return "withdrawn" if fate.withdrawn else "corrected" if fate.corrected else ""


def notice_of(root: Path, statement: Statement, fate: Fate, called: str = "") -> Notice:
    """The notice as the files in `root` make it, `called` so or else as none is that it follows; an empty one where a
    release was neither withdrawn nor corrected, or where there is no form for it.

    Raises FindingsError where the form is not right, RenderError and FidelityError as a build.
    """
    from paraph.library.load import load_form

    standing = _standing(fate)
    library, findings, sources = load_form(root, FORM) if standing else (None, (), {})
    if library is None or FORM not in library.forms:
        return Notice()
    if errors(findings):
        raise FindingsError(findings)
    manifest = _manifest(library, statement, fate, called or stem_of(statement.record.reference, fate, fate.earlier))
    return Notice(files=dict(_files(library, manifest, fate)), sources=sources)


def _files(library: Library, manifest: Manifest, fate: Fate) -> Iterator[tuple[str, bytes]]:
    from paraph.assembly import assemble
    from paraph.render.formats import make
    from paraph.workflow.building.build import kit_for

    kit = replace(kit_for(library, manifest), attachments=())  # it has no source of its own
    for language in manifest.languages:
        document, findings = assemble(library, manifest, language, Record(released=True))
        if errors(findings):
            raise FindingsError(tuple(findings))
        edition = Edition(documents=(_with_reason(document, library, fate),))
        for format_ in FORMATS:
            yield f"{edition.name}.{format_}", make(edition, kit, format_)


def _with_reason(document: Document, library: Library, fate: Fate) -> Document:
    """The notice with its reason marked as in the language that it was given in."""
    from paraph.assembly.reservations import apart

    language, (words, code) = document.language, fate.why(document.language.code)
    before, found, after = library.forms[FORM].strings[_REASON][language.code].partition(f"{{{_REASON}}}")
    if not (words and found) or code == language.code:
        return document
    reason = apart(" ".join(words.split()), code, language, library.workspace.languages)
    inlines = tuple(one for one in (Text(before), reason, Text(after)) if one != Text(""))

    def marked(block: Block) -> Block:
        return replace(block, inlines=inlines) if isinstance(block, Paragraph) and block.key == _REASON else block

    parts = (replace(part, blocks=tuple(map(marked, part.blocks))) for part in document.parts)
    return replace(document, parts=tuple(parts))


def _manifest(library: Library, statement: Statement, fate: Fate, id_: str) -> Manifest:
    """The notice as a document of its form, over no clause."""
    standing = _standing(fate)
    form, space, record = library.forms[FORM], library.workspace, statement.record
    spoken = [one for one in record.languages if all(one.code in texts for texts in form.strings.values())]
    networks = tuple(one.id for one in record.networks if one.id in space.networks)
    known = [one.id for one in record.institutions if one.id in library.institutions]
    day = today(fate.on or record.released, space.time_zone)
    issued = today(fate.noted, space.time_zone) if fate.noted else day

    def said(string: str, **values: str) -> Texts:
        return {one.code: filled(form.strings[string][one.code], **values, **common[one.code]) for one in spoken}

    common = {one.code: _values(library, statement, fate, one, day) for one in spoken}
    fields = {"text": said(f"{standing}-text"), "copies": said("copies")}
    if fate.reason:
        fields[_REASON] = said(_REASON)
    key = "instead" if not fate.gone else "" if fate.back else "instead-gone"
    if fate.successor and key in form.strings:
        fields["instead"] = said(key)
    return Manifest(
        id=id_,
        kind=form.folder,
        form=form.id,
        title=said(f"{standing}-title"),
        subtitle={},
        place={},
        date=issued,
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
        _REASON: fate.why(issue.code)[0],
        "successor": fate.successor,
    }


def filled(text: str, **values: str) -> str:
    """A string with what is on record in its place, each once: a title may have braces of its own."""
    return re.sub(r"\{([a-z]+)\}", lambda match: " ".join(values[match[1]].split()), text)


def _date(library: Library, code: str, day: dt.date) -> str:
    """A day in full, as documents write it: 1 March 2026, 1er mars 2026."""
    from babel.dates import format_date

    text, first = format_date(day, "long", locale=library.workspace.languages[code].locale), ""
    if code in library.rules:
        first = library.rules[code].first_of_month
    return re.sub(r"^1\b", first, text) if first and day.day == 1 else text
