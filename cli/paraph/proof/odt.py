"""What an ODT says (OpenDocument 1.3, part 3), whoever saved it last."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from paraph.errors import BrokenError
from paraph.guarded import parse
from paraph.ooxml.archive import Archive
from paraph.proof.reading import Reading, digest, named

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}
_ABOUT = "meta.xml"
_PAPERWORK = frozenset({"mimetype", "META-INF/manifest.xml", "manifest.rdf"})
_ASIDE = ("text:note", "office:annotation", "office:annotation-end", "text:tracked-changes", "text:page-number")
_ODD = {
    "//text:tracked-changes": "tracked changes",
    "//office:annotation": "comments",
    "//text:hidden-text | //text:hidden-paragraph | //text:conditional-text": "words that may be hidden",
    "//text:section[@text:display]": "words that may be hidden",
    "//style:text-properties[@text:display and @text:display != 'true']": "words that may be hidden",
    "//style:text-properties[@style:text-line-through-style != 'none']": "words struck through",
    "//draw:image | //draw:object | //draw:plugin": "a picture or an object",
    "//office:scripts/*[local-name() != 'event-listeners'] | //*[local-name() = 'event-listener']": "a script",
}


def read(data: bytes) -> Reading:
    """The words of an ODT, tracked changes accepted. Raises BrokenError where it is none."""
    archive = Archive.open(data)
    if not {"content.xml", _ABOUT} <= set(archive.names):
        raise BrokenError("it is no ODT: a part of it is missing")
    members = {name: archive.read(name) for name in archive.names}
    content = parse(members["content.xml"], "content.xml")
    styles = parse(members["styles.xml"], "styles.xml") if "styles.xml" in members else etree.Element("none")
    body = next(iter(_found(content, "//office:text")), content)
    metadata = named(_metadata(parse(members[_ABOUT], _ABOUT)))
    odd = (said for one in (content, styles) for path, said in _ODD.items() if _found(one, path))
    return Reading(
        format="odt",
        pages=(tuple(filter(None, (*_lines(body), *_notes(body)))),),
        margins=tuple(sorted({line for one in _found(styles, "//style:master-page/*") for line in _lines(one)})),
        links=tuple(one.get(_name("xlink:href"), "") for one in _found(content, "//text:a")),
        maker=metadata.get("generator", ""),
        metadata=metadata,
        parts={name: digest(one) for name, one in members.items() if name != _ABOUT and name not in _PAPERWORK},
        oddities=tuple(dict.fromkeys(odd)),
        notes=tuple(_notes(body)),
    )


def _found(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path, namespaces=_SPACES)
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []


def _name(prefixed: str) -> str:
    prefix, _, name = prefixed.partition(":")
    return f"{{{_SPACES[prefix]}}}{name}"


_LEFT_OUT = frozenset(map(_name, _ASIDE))
_TEXT = (_name("text:p"), _name("text:h"))


def _lines(root: etree._Element) -> Iterator[str]:
    """The paragraphs below `root`, footnotes, remarks and deleted words left out."""
    for one in root:
        if one.tag in _TEXT:
            yield " ".join(_words(one).split())
            # A text box stands in a paragraph, with paragraphs of its own.
            yield from (line for box in one.iter(_name("draw:text-box")) for line in _lines(box))
        elif one.tag not in _LEFT_OUT:
            yield from _lines(one)


def _words(element: etree._Element) -> str:
    said = element.text or ""
    for child in element:
        if child.tag == _name("text:s"):
            said += " "
        elif child.tag in (_name("text:tab"), _name("text:line-break")):
            said += "\n"
        elif child.tag not in _LEFT_OUT and child.tag != _name("draw:text-box"):
            said += _words(child)
        said += child.tail or ""
    return said


def _notes(body: etree._Element) -> Iterator[str]:
    for note in body.iter(_name("text:note-body")):
        yield " ".join(_lines(note))


def _metadata(root: etree._Element) -> Iterator[tuple[str, str]]:
    for one in root.iter():
        if isinstance(one.tag, str) and len(one) == 0 and (one.text or "").strip():
            yield one.get(_name("meta:name")) or etree.QName(one).localname, (one.text or "").strip()
