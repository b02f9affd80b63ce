"""How styles, page styles and fonts of an ODT are called (OpenDocument 1.3, part 3, 16 and 19.470): of two of one name
one program takes the first, another the last.

A style has a name that is written in XML (“Heading_20_2”) and one that is shown (“Heading 2”). Programs go by either,
some without looking at the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from lxml import etree

from paraph.proof.odt_names import found, name, prefixed

_ENCODED = re.compile(r"_([0-9a-fA-F]{1,5})_")
_TOLD = 60
_NAMED = frozenset({"style:style", "text:list-style", "style:page-layout", "style:master-page", "style:font-face"})
_APART = {
    "style:default-style": "style:family",
    "text:notes-configuration": "text:note-class",
    **dict.fromkeys(
        ("text:list-level-style-number", "text:list-level-style-bullet", "text:outline-level-style"), "text:level"
    ),
}
"""What tells those apart that have no name."""


def called(said: str | None) -> str:
    """A name as it is shown, without its case."""
    return _ENCODED.sub(lambda one: chr(int(one[1], 16)), said or "").casefold()


def names_of(style: etree._Element) -> frozenset[str]:
    """All that programs may know a style by."""
    return frozenset(filter(None, (called(style.get(name(f"style:{one}"))) for one in ("name", "display-name"))))


def alike(content: etree._Element, styles: etree._Element) -> Iterator[str]:
    """What of a file is called like another, or by two names, a line each."""
    groups = [one for root in (content, styles) for one in root if one.tag != name("office:body")]
    for parent in (one for group in groups for one in group.iter()):
        yield from _of_one_name(parent)
        shown = parent.get(name("style:display-name"))
        if shown is not None and _closed(shown) != _closed(parent.get(name("style:name"), "")):
            yield f"a style with two names ({parent.get(name('style:name'), '')[:_TOLD]}, {shown[:_TOLD]})"
    # What each part has for itself holds in that part, before what holds in both.
    whole = [*chain.from_iterable(found(styles, "/*/office:styles"))]
    for own in (one for one in groups if one.tag == name("office:automatic-styles")):
        yield from _of_one_name((*whole, *own))
    yield from _of_one_name(one for group in groups if group.tag == name("office:font-face-decls") for one in group)


def _of_one_name(those: Iterable[etree._Element]) -> Iterator[str]:
    known: dict[tuple[str, str, str], str] = {}
    for one in those:
        tag = prefixed(one.tag) if isinstance(one.tag, str) else ""
        if tag in _NAMED:
            keys = [(tag, one.get(name("style:family"), ""), each) for each in names_of(one)]
        elif tag in _APART:
            keys = [(_APART[tag], "", one.get(name(_APART[tag]), ""))]
        else:
            continue
        # Of tables within tables LibreOffice writes each style twice, the same.
        written = etree.canonicalize(etree.tostring(one, with_tail=False).decode())
        if any(known.setdefault(key, written) != written for key in keys):
            said = f" ({one.get(name('style:name'), '')[:_TOLD]})" if tag in _NAMED else f" ({tag})"
            yield f"two styles of one name{said}"


def _closed(said: str) -> str:
    return "".join(called(said).split())
