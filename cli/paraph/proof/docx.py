"""What a DOCX says, whoever saved it last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from paraph.ooxml.archive import Archive
from paraph.ooxml.names import attribute
from paraph.ooxml.package import parsed
from paraph.ooxml.reading.file import read_word
from paraph.ooxml.reading.shown import Line, Story, paragraphs
from paraph.proof.docx_notes import Notes
from paraph.proof.reading import Reading, digest, named

_ABOUT = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_LINK = "/hyperlink"
_SAYING = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_COUNTED = re.compile(r"\d{1,3}")


def read(data: bytes) -> Reading:
    """The words of a DOCX as Word shows them, tracked changes accepted. Raises PackageError where it is none."""
    shown = read_word(data)
    archive = Archive.open(data)
    text = [one for one in shown.lines if one.story in (Story.BODY, Story.BOX)]
    notes = Notes.read(shown, text)
    body = [*text, *notes.lines]
    words = tuple(line for line in paragraphs(body, accepted=True) if line.strip())
    changed = any(run.inserted or run.deleted for line in shown.lines for run in line.runs)
    tracked = ("tracked changes",) if changed else ()
    odd = dict.fromkeys(run.odd for line in shown.lines for run in line.runs if run.odd)
    struck = any("struck" in run.look for line in shown.lines for run in line.runs if run.text.strip())
    metadata = named(_metadata(archive))
    return Reading(
        format="docx",
        pages=(words,),
        margins=tuple(sorted({line for line in map(_margin, shown.lines) if line})),
        links=tuple(_links(archive)),
        maker=metadata.get("Application", ""),
        notes=notes.footnotes,
        outline=tuple(notes.outline()),
        metadata=metadata,
        parts={name: digest(archive.read(name)) for name in sorted(archive.names) if name not in _ABOUT},
        oddities=(
            *shown.oddities,
            *notes.oddities,
            *odd,
            *tracked,
            *(["comments"] if shown.remarks else []),
            *(["words struck through"] if struck else []),
            *dict.fromkeys(f"words for screen readers: {one}" for one in _spoken(archive)),
        ),
    )


def _margin(line: Line) -> str:
    """A line at the head or foot of pages, without the numbers that Word counts: each is a run of its own."""
    if line.story is not Story.MARGIN:
        return ""
    said = (run.says(accepted=True) for run in line.runs)
    return " ".join("".join(text for text in said if not _COUNTED.fullmatch(text)).split())


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


def _links(archive: Archive) -> Iterator[str]:
    for name in sorted(archive.names):
        if name.startswith("word/_rels/") and name.endswith(".rels"):
            for one in parsed(archive.read(name), name):
                if (one.get("Type") or "").endswith(_LINK):
                    yield one.get("Target") or ""
