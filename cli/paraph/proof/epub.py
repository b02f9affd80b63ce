"""What an EPUB says: its pages in the order of the spine (EPUB 3.3, 5.7), read as pages of XHTML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from paraph.errors import BrokenError
from paraph.guarded import parse
from paraph.ooxml.archive import Archive
from paraph.proof import html
from paraph.proof.reading import Reading, digest, named

_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "META-INF/container.xml"
_ROOT = re.compile(rb"""full-path\s*=\s*["']([^"'<>]+)["']""")
_MOST_PAGES = 500


def read(data: bytes) -> Reading:
    """The words of an EPUB. Raises BrokenError where it is none."""
    archive = Archive.open(data)
    members = {name: archive.read(name) for name in archive.names}
    found = _ROOT.search(members.get(_CONTAINER, b""))
    opf = found[1].decode("utf-8", "replace") if found else ""
    if opf not in members:
        raise BrokenError("it is no EPUB: a part of it is missing")
    root = parse(members[opf], opf)
    names = [name for name in _spine(root, opf) if name in members][:_MOST_PAGES]
    pages = [html.read_xml(members[name], name) for name in names]
    rest = {name: digest(one) for name, one in members.items() if name not in (*names, opf)}
    markup = {
        f"{key} of {name}": one for name, page in zip(names, pages, strict=True) for key, one in page.parts.items()
    }
    return Reading(
        format="epub",
        pages=(tuple(line for page in pages for line in page.pages[0]),),
        links=tuple(link for page in pages for link in page.links),
        metadata=named(_metadata(root)),
        parts={**rest, **markup, "what its pages are, and in which order": digest(*_reading(root))},
        oddities=tuple(dict.fromkeys((*(odd for page in pages for odd in page.oddities), *_led_to(root)))),
    )


def _spine(root: etree._Element, opf: str) -> Iterator[str]:
    items = {one.get("id"): unquote(one.get("href") or "") for one in root.iter(f"{_OPF}item")}
    for one in root.iter(f"{_OPF}itemref"):
        yield posixpath.normpath(posixpath.join(posixpath.dirname(opf), items.get(one.get("idref"), "")))


def _reading(root: etree._Element) -> Iterator[str]:
    """All that tells a program which pages to show and how: whether one may be left out, from which side they turn."""
    yield from (f"{name!s} {value!s}" for name, value in sorted(root.items()))
    for one in root:
        if one.tag != f"{_OPF}metadata":
            yield etree.canonicalize(etree.tostring(one, with_tail=False).decode(), strip_text=True)


def _metadata(root: etree._Element) -> Iterator[tuple[str, str]]:
    for one in root.iter(f"{_OPF}metadata"):
        for said in one:
            if isinstance(said.tag, str):
                name = said.get("property") or said.get("name") or etree.QName(said).localname
                yield name, (said.text or said.get("content") or "").strip()


def _led_to(root: etree._Element) -> Iterator[str]:
    """What the metadata have a program fetch, such as a record of a library (EPUB 3.3, 5.5.7)."""
    for one in root.iter(f"{_OPF}link"):
        yield f"a link to more about it ({one.get('rel', '')[:40]}: {one.get('href', '')[:80]})"
