"""What a DOCX says, whoever saved it last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import quote

from lxml import etree

from paraph.ooxml.archive import Archive
from paraph.ooxml.names import attribute
from paraph.ooxml.package import parsed
from paraph.ooxml.reading.directions import sides
from paraph.ooxml.reading.file import read_word
from paraph.ooxml.reading.links import ASCII
from paraph.ooxml.reading.shown import Line, Story, paragraphs
from paraph.proof.docx_drawn import Drawings
from paraph.proof.docx_notes import Notes
from paraph.proof.reading import (
    FIELD,
    Reading,
    at_fields,
    digest,
    letters,
    named,
    one_line,
    tabbed,
    told_to_voices,
    trimmed,
)

_ABOUT = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_SAYING = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_FIELD = re.compile(r'HYPERLINK\s+"?([^"\s]+)', re.IGNORECASE)
_COUNTED = re.compile(r"\d{1,3}")


def read(data: bytes) -> Reading:
    """The words of a DOCX as Word shows them, tracked changes accepted. Raises PackageError where it is none."""
    shown = read_word(data)
    archive = Archive.open(data)
    text = [one for one in shown.lines if one.story in (Story.BODY, Story.BOX)]
    notes = Notes.read(shown, text)
    body = [*text, *notes.lines]
    words = tuple(line for line in paragraphs(body, accepted=True) if trimmed(line))
    changed = any(run.inserted or run.deleted for line in shown.lines for run in line.runs)
    tracked = ("tracked changes",) if changed else ()
    odd = dict.fromkeys(run.odd for line in shown.lines for run in line.runs if run.odd)
    struck = any("struck" in run.look for line in shown.lines for run in line.runs if run.text.strip())
    hidden = any(run.hidden and run.text.strip() and not run.call for line in shown.lines for run in line.runs)
    metadata = named(_metadata(archive))
    edges = [{said for line in page if (said := _margin(line))} for page in shown.edges]
    everything = set[str]().union(*edges)
    everywhere = {one for one in everything if all(one in page for page in edges)}
    linked = tuple(_linked(shown.lines, archive))
    parts = {name: digest(archive.read(name)) for name in sorted(archive.names) if name not in _ABOUT}
    drawn = Drawings.read(shown, parts)
    return Reading(
        format="docx",
        pages=(words,),
        margins=tuple(sorted(everything)),
        partly=tuple(sorted(everything - everywhere)),
        links=(*(address for _, address in linked), *_in_fields(archive)),
        linked=linked,
        maker=metadata.get("Application", ""),
        notes=notes.footnotes,
        outline=tuple(notes.outline()),
        sides=sides(body),
        places=drawn.places,
        pictures=drawn.pictures,
        metadata=metadata,
        parts=parts,
        oddities=(
            *(one for one in (*shown.oddities, *notes.oddities, *odd) if one not in drawn.known),
            *drawn.odd,
            *tracked,
            *at_fields(_counted(line, FIELD) for page in shown.edges for line in page),
            *(["comments"] if shown.remarks else []),
            *(["words struck through"] if struck else []),
            *(["words that are hidden"] if hidden else []),
            *dict.fromkeys(_tabs(body)),
            *dict.fromkeys(map(told_to_voices, _spoken(archive))),
        ),
    )


def _tabs(lines: Iterable[Line]) -> Iterator[str]:
    """How it is named that a tab alone parts two words: by where it stops, it shows a gap or none."""
    for line in lines:
        said = "".join(run.says(accepted=True) for run in line.runs)
        yield from (f"a tab between words ({one[:80]})" for one in tabbed(said))


def _margin(line: Line) -> str:
    """A line at the head or foot of pages, without the numbers of pages that Word counts."""
    return one_line(_counted(line, ""))


def _counted(line: Line, instead: str) -> str:
    """A line with something in place of the numbers of pages."""
    said = ((run, run.says(accepted=True)) for run in line.runs)
    return "".join(instead if run.counts and _COUNTED.fullmatch(text) else text for run, text in said)


def _metadata(archive: Archive) -> Iterator[tuple[str, str]]:
    for name in _ABOUT:
        if name in archive.names:
            for element in parsed(archive.read(name), name).iter():
                if isinstance(element.tag, str) and len(element) == 0:
                    key = element.get("name") or etree.QName(element).localname
                    yield key, (element.text or "").strip()


def _spoken(archive: Archive) -> Iterator[str]:
    """What a screen reader says of pictures and tables."""
    for name in filter(_SAYING.fullmatch, sorted(archive.names)):
        for element in parsed(archive.read(name), name).iter("{*}docPr", "{*}tblCaption", "{*}tblDescription"):
            said = (element.get("descr"), attribute(element, "w:val"))
            yield from filter(None, said)


def _linked(lines: Iterable[Line], archive: Archive) -> Iterator[tuple[str, str]]:
    """The words that lead out of the file, as they are read, and where they lead, as the file writes it."""
    written = {quote(one, safe=ASCII).rstrip("/"): one for one in _targets(archive)}
    for line in lines:
        for link, runs in groupby(line.runs, lambda one: one.link):
            words = letters("".join(one.says(accepted=True) for one in runs))
            if words and link and not link.startswith("#"):
                yield words, written.get(link, link)


def _targets(archive: Archive) -> Iterator[str]:
    for name in sorted(archive.names):
        if name.startswith("word/_rels/") and name.endswith(".rels"):
            for one in parsed(archive.read(name), name):
                yield one.get("Target") or ""


def _in_fields(archive: Archive) -> Iterator[str]:
    """Where fields lead, which Word takes for links, too."""
    for name in filter(_SAYING.fullmatch, sorted(archive.names)):
        for element in parsed(archive.read(name), name).iter("{*}p"):
            simple = (attribute(one, "w:instr") for one in element.iter("{*}fldSimple"))
            for code in (*simple, "".join(one.text or "" for one in element.iter("{*}instrText"))):
                yield from (one[1] for one in _FIELD.finditer(code))
