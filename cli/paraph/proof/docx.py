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
from paraph.proof.docx_notes import Notes
from paraph.proof.reading import FIELD, Reading, at_fields, digest, letters, named, one_line, told_to_voices, trimmed

_ABOUT = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_BODY = "word/document.xml"
_MOST_DIGITS = 6
"""Of a length, in twentieths of a point."""

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
    metadata = named(_metadata(archive))
    edges = [{said for line in page if (said := _margin(line))} for page in shown.edges]
    everything = set[str]().union(*edges)
    everywhere = {one for one in everything if all(one in page for page in edges)}
    linked = tuple(_linked(shown.lines, archive))
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
        places=tuple(dict.fromkeys(_places(archive))),
        metadata=metadata,
        parts={name: digest(archive.read(name)) for name in sorted(archive.names) if name not in _ABOUT},
        oddities=(
            *shown.oddities,
            *notes.oddities,
            *odd,
            *tracked,
            *at_fields(_counted(line, FIELD) for page in shown.edges for line in page),
            *(["comments"] if shown.remarks else []),
            *(["words struck through"] if struck else []),
            *dict.fromkeys(map(told_to_voices, _spoken(archive))),
        ),
    )


def _margin(line: Line) -> str:
    """A line at the head or foot of pages, without the numbers of pages that Word counts."""
    return one_line(_counted(line, ""))


def _counted(line: Line, instead: str) -> str:
    """A line with something in place of the numbers of pages."""
    said = ((run, run.says(accepted=True)) for run in line.runs)
    return "".join(instead if run.counts and _COUNTED.fullmatch(text) else text for run, text in said)


def _places(archive: Archive) -> Iterator[tuple[float, float, float]]:
    """Where on the page paragraphs stand apart (ECMA-376 Part 1, 17.3.1.11), in points."""
    for one in parsed(archive.read(_BODY), _BODY).iter("{*}framePr"):
        said = [attribute(one, f"w:{key}") for key in ("x", "y", "w")]
        apart = {attribute(one, f"w:{key}") for key in ("hAnchor", "vAnchor")} == {"page"}
        if apart and all(value.isascii() and value.isdecimal() and len(value) < _MOST_DIGITS for value in said):
            x, y, width = (int(value) / 20 for value in said)
            yield x, y, width


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
