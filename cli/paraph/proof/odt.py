"""What an ODT says (OpenDocument 1.3, part 3), whoever saved it last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from paraph.errors import BrokenError
from paraph.guarded import parse
from paraph.ooxml.archive import Archive
from paraph.proof.odt_called import called, names_of
from paraph.proof.odt_counts import NO_SIGNS, NOTES, anew, note_signs
from paraph.proof.odt_drawn import drawings, pictures, places
from paraph.proof.odt_known import unknown
from paraph.proof.odt_lists import labels
from paraph.proof.odt_looks import unseen
from paraph.proof.odt_names import found, name, said
from paraph.proof.odt_room import cramped
from paraph.proof.odt_sides import Sides
from paraph.proof.reading import FIELD, Reading, at_fields, digest, named, one_line, tabbed, told_to_voices

_ABOUT = "meta.xml"
_TYPE = b"application/vnd.oasis.opendocument.text"
_PAPERWORK = frozenset({"mimetype", "META-INF/manifest.xml", "manifest.rdf"})
_COUNTED = ("text:page-number", "text:page-count")
_ASIDE = ("text:note", "office:annotation", "office:annotation-end", "text:tracked-changes", "text:page-number")
_ODD = {
    # LibreOffice says so, too, that changes are to be kept, where none was made.
    "//text:tracked-changes/* | //text:change | //text:change-start | //text:change-end": "tracked changes",
    "//office:annotation": "comments",
    "//text:hidden-text | //text:hidden-paragraph | //text:conditional-text": "words that may be hidden",
    "//text:section[@text:display]": "words that may be hidden",
    "//style:text-properties[@text:display and @text:display != 'true']": "words that may be hidden",
    "//*[@text:is-hidden = 'true' or @table:display = 'false']": "words that may be hidden",
    "//*[@table:visibility and @table:visibility != 'visible']": "words that may be hidden",
    "//style:background-image[@xlink:href or *] | //draw:fill-image": "a picture behind words",
    "//svg:font-face-src": "a typeface of its own, which may show other signs",
    "//office:scripts/*[local-name() != 'event-listeners'] | //*[local-name() = 'event-listener']": "a script",
}
_HOLDING = (
    *("text:list", "text:list-item", "text:section"),
    *("table:table", "table:table-header-rows", "table:table-rows", "table:table-row", "table:table-cell"),
)
"""What paragraphs stand in, of what a text may hold (`odt_known`)."""

_WITHIN = ("text:span", "text:a")
_NOT_DRAWN = frozenset({"frame", "text-box", "image", "object", "plugin", "object-ole", "glue-point"})
"""Of what may be drawn, what is named for itself, or holds that."""


def read(data: bytes) -> Reading:
    """The words of an ODT, tracked changes accepted. Raises BrokenError where it is none."""
    archive = Archive.open(data)
    if not {"content.xml", _ABOUT} <= set(archive.names):
        raise BrokenError("it is no ODT: a part of it is missing")
    members = {part: archive.read(part) for part in archive.names}
    if members.get("mimetype", _TYPE).strip() != _TYPE:
        raise BrokenError("it is no ODT: it says it is another kind of OpenDocument")
    content = parse(members["content.xml"], "content.xml")
    styles = parse(members["styles.xml"], "styles.xml") if "styles.xml" in members else etree.Element(_NO_STYLES)
    # Programs go by this path, wherever else a text may stand in the file.
    body = next(iter(found(content, "/office:document-content/office:body/office:text")), None)
    if body is None:
        raise BrokenError("it is no ODT: there is no text in it")
    metadata = named(_metadata(parse(members[_ABOUT], _ABOUT)))
    parts = {part: digest(one) for part, one in members.items() if part != _ABOUT and part not in _PAPERWORK}
    listed = labels(body, content, styles)
    odd = (*drawings(content, styles, parts), *listed.odd, *_oddities(content, styles, body))
    signs = dict(note_signs(body, content, styles))
    edges = [{*page} for page in _edges(content, styles)]
    everything = set[str]().union(*edges)
    return Reading(
        format="odt",
        pages=(tuple(filter(None, (*_lines(body), *_notes(body)))),),
        margins=tuple(sorted(everything)),
        partly=tuple(sorted(one for one in everything if not all(one in page for page in edges))),
        links=tuple(one.get(name("xlink:href"), "") for one in found(content, "//text:a")),
        maker=metadata.get("generator", ""),
        metadata=metadata,
        parts=parts,
        places=tuple(places(content, styles)),
        pictures=tuple(pictures(content, styles, parts)),
        oddities=tuple(dict.fromkeys(odd)),
        notes=tuple(_notes(body)),
        outline=tuple(_outline(body, signs, listed.of)),
        sides=tuple(Sides(content, styles).of(_paragraphs(body))),
    )


def _edges(content: etree._Element, styles: etree._Element) -> Iterator[tuple[str, ...]]:
    """What stands at the head and foot of each kind of page that there may be: the first, those on the left and the
    others of each page style in use (OpenDocument 1.3, part 3, 16.9 and after). One that is not displayed says nothing;
    of the first and the left it is said in that way that they are like the others."""
    every = found(styles, "/office:document-styles/office:master-styles/style:master-page")
    paths = ("//style:style/@style:master-page-name", "//style:master-page/@style:next-style-name")
    in_use = {called(one) for path in paths for part in (content, styles) for one in said(part, path)} | {_USUAL}
    for master in (one for place, one in enumerate(every) if not place or names_of(one) & in_use):
        for kind in ("", "-first", "-left"):
            made: list[str] = []
            for edge in ("style:header", "style:footer"):
                usual = [one for one in master.findall(name(edge)) if _is_displayed(one)]
                own = [one for one in master.findall(name(f"{edge}{kind}")) if _is_displayed(one)]
                made += (line for one in (own if own and usual else usual) for line in _lines(one) if line)
            yield tuple(made)


def _is_displayed(edge: etree._Element) -> bool:
    return edge.get(name("style:display"), "true") == "true"


def _oddities(content: etree._Element, styles: etree._Element, body: etree._Element) -> Iterator[str]:
    """Why a reader may see other words than these."""
    for one in (content, styles):
        yield from (said for path, said in _ODD.items() if found(one, path))
        drawn = (each for each in found(one, "//draw:*") if etree.QName(each).localname not in _NOT_DRAWN)
        yield from ("a drawing" for each in drawn if any(up.tag in _SHOWN for up in each.iterancestors()))
        for each in found(one, "//*[@xlink:href]"):
            address = each.get(name("xlink:href"), "")
            if each.tag != name("text:a") and ":" in address:
                yield f"something from elsewhere, which was not fetched ({address[:80]})"
        spoken = found(one, "//svg:desc | //svg:title")
        yield from (told_to_voices(" ".join("".join(map(str, each.itertext())).split())) for each in spoken)
    yield from unknown(content, styles)
    if any(True for _ in body.iter(*map(name, _COUNTED))):
        yield "the number of a page among its words"
    for edge in found(styles, "//style:master-page/*"):
        counted = dict.fromkeys(edge.iter(*map(name, _COUNTED)), FIELD)
        yield from at_fields(_lines(edge, counted))
    if anew(body, content, styles):
        yield "notes that are counted anew"
    yield from unseen(content, styles, body)
    yield from cramped(content, styles, body)
    if Sides(content, styles).turned(_paragraphs(body)):
        yield "words that are set from right to left"
    if any(one for _, words in _paragraphs(body) for one in tabbed(words)):
        yield "words that a tab may set apart, or not"


_LEFT_OUT = frozenset(map(name, _ASIDE))
_TEXT = (name("text:p"), name("text:h"))
_HOLDERS = frozenset(map(name, _HOLDING))
_WITHIN_LINES = frozenset(map(name, (*_WITHIN, *_COUNTED)))
_NO_STYLES = name("office:document-styles")
_USUAL = called("Standard")
"""The page style that LibreOffice takes where none is named; others take the first."""

_SHOWN = frozenset(map(name, ("office:text", "style:master-page")))


def _lines(root: etree._Element, signs: Mapping[etree._Element, str] = NO_SIGNS) -> Iterator[str]:
    """The paragraphs below `root`, footnotes, remarks and deleted words left out."""
    for one in root:
        if one.tag in _TEXT:
            yield one_line(f"{signs.get(one, '')} {_words(one, signs)}")
            # A text box stands in a paragraph, with paragraphs of its own.
            yield from (line for box in one.iter(name("draw:text-box")) for line in _lines(box, signs))
        elif one.tag in _HOLDERS:
            yield from _lines(one, signs)


def _words(element: etree._Element, signs: Mapping[etree._Element, str]) -> str:
    said = element.text or ""
    for child in element:
        if child.tag == name("text:s"):
            said += " "
        elif child.tag == name("text:tab"):
            said += "\t"
        elif child.tag == name("text:line-break"):
            said += "\n"
        elif child in signs or child.tag in _LEFT_OUT:
            said += signs.get(child, "")
        elif child.tag in _WITHIN_LINES:
            said += _words(child, signs)
        said += child.tail or ""
    return said


def _paragraphs(body: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each paragraph with its words, those of notes last."""
    every = [*body.iter(*_TEXT)]
    noted = {one for note in body.iter(name("text:note-body")) for one in note.iter(*_TEXT)}
    for one in (*(one for one in every if one not in noted), *(one for one in every if one in noted)):
        yield one, _words(one, NO_SIGNS)


def _notes(body: etree._Element) -> Iterator[str]:
    for note in body.iter(name("text:note-body")):
        yield " ".join(_lines(note))


def _outline(
    body: etree._Element, signs: Mapping[etree._Element, str], listed: Mapping[etree._Element, str]
) -> Iterator[str]:
    """The paragraphs as a reader sees them, with their numbers in lists, the signs of notes in their place, and the
    notes, footnotes first."""
    shown = {**signs, **listed}
    yield from filter(None, _lines(body, shown))
    for kind in NOTES:
        for note in (one for one in signs if one.get(name("text:note-class"), NOTES[0]) == kind):
            bodies = note.iter(name("text:note-body"))
            yield " ".join((signs[note], *filter(None, (line for one in bodies for line in _lines(one, shown)))))


def _metadata(root: etree._Element) -> Iterator[tuple[str, str]]:
    for one in root.iter():
        if isinstance(one.tag, str) and len(one) == 0 and (one.text or "").strip():
            yield one.get(name("meta:name")) or etree.QName(one).localname, (one.text or "").strip()
