"""What the XML of a statement says (Akoma Ntoso 3.0): its words, and by digest all else that a program would read."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from paraph.errors import BrokenError
from paraph.guarded import parse
from paraph.proof.reading import Reading, digest, letters, named, one_line, trimmed

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_ROOT = f"{{{NAMESPACE}}}akomaNtoso"
_META = f"{{{NAMESPACE}}}meta"
_LINES = frozenset(f"{{{NAMESPACE}}}{one}" for one in ("p", "num", "heading", "subheading", "block", "li", "docTitle"))
"""Elements that set their words apart from those before and after them."""


def read(data: bytes) -> Reading:
    """The words of a document in Akoma Ntoso. Raises BrokenError where it is none, FindingsError where it is no XML."""
    root = parse(data, "Akoma Ntoso", asides=True)
    asides = [*_asides(root)]
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    if root.tag != _ROOT:
        raise BrokenError("it is XML, but no Akoma Ntoso")
    metas = [*root.iter(_META)]
    inside = {one for meta in metas for one in meta.iter()}
    body = [one for one in root.iter() if isinstance(one.tag, str) and one not in inside]
    return Reading(
        format="akn.xml",
        pages=(tuple(filter(None, map(one_line, "".join(_words(root)).split("\n")))),),
        links=tuple(one.get("href", "") for one in body if one.get("href")),
        metadata=named(pair for meta in metas for pair in _said(meta)),
        parts={
            "its markup": digest(*_stream(root)),
            "its data": digest(*(_marked(one) + trimmed(one.text or "") for meta in metas for one in meta.iter())),
        },
        oddities=tuple(dict.fromkeys(asides)),
    )


def _asides(root: etree._Element) -> Iterator[str]:
    """What is no element, and stands in no file released: comments, and what programs are told, such as a style that
    hides words and shows others."""
    whole = (*reversed([*root.itersiblings(preceding=True)]), *root.iter(), *root.itersiblings())
    for one in whole:
        if isinstance(one, etree._ProcessingInstruction):
            yield f"a word to programs ({one.target!s}), which may show other words"
        elif isinstance(one, etree._Comment):
            yield "a comment, which is no part of what was released"


def _words(element: etree._Element) -> Iterator[str]:
    """Text as it is read, a line for each element that stands apart."""
    apart = element.tag in _LINES
    if element.tag == _META:
        return
    yield "\n" * apart + (element.text or "")
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    yield "\n" * apart


def _stream(element: etree._Element) -> Iterator[str]:
    """Elements and words in order, so that none moves unseen from one element into another: out of a footnote, into a
    number."""
    if element.tag == _META:
        return
    yield f"<{_marked(element)}"
    yield letters(element.text or "")
    for child in element:
        yield from _stream(child)
        yield letters(child.tail or "")
    yield ">"


def _marked(element: etree._Element) -> str:
    return " ".join((str(element.tag), *(f"{key!s}={str(value)!r}" for key, value in sorted(element.attrib.items()))))


def _said(meta: etree._Element) -> Iterator[tuple[str, str]]:
    for one in meta.iter():
        if isinstance(one.tag, str):
            at = etree.QName(one).localname
            yield from ((f"{at} {etree.QName(str(key)).localname}", str(value)) for key, value in one.attrib.items())
