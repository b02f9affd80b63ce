"""Properties that stand where no word processor puts them: twice (`several`), in one of two alternatives, or inside
something that is not Word’s.

What holds then is each program’s own guess: one takes the first, another the last, a third those of the alternative
that it knows. So nothing in such a run, paragraph or table is certain to be seen as it stands.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import cast

from lxml import etree

from paraph.ooxml.names import Element, name
from paraph.ooxml.reading.several import HOLDERS, repeated

_W = name("w:p")[:-1]
_NAMESPACES = {
    "w": _W[1:-1],
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_PARENTS = {
    "rPr": "w:r w:pPr w:sdtPr w:sdtEndPr w:rPrChange w:style w:rPrDefault w:lvl w:tblStylePr m:r m:ctrlPr w:ins w:del",
    "pPr": "w:p w:pPrChange w:style w:pPrDefault w:tblStylePr w:lvl",
    "tcPr": "w:tc w:tcPrChange w:style w:tblStylePr",
    "trPr": "w:tr w:trPrChange w:style w:tblStylePr",
    "tblPr": "w:tbl w:tblPrChange w:style w:tblStylePr",
    "tblPrEx": "w:tr w:tblPrExChange",
    "sdtPr": "w:sdt",
    "sectPr": "w:body w:pPr w:sectPrChange",
}
"""Where each stands (ECMA-376 Part 1, 17.2 to 17.7)."""
_FIRST = {"rPr": "w:r", "pPr": "w:p", "tcPr": "w:tc"}
"""What stands before all else, and in what."""
_SOMEWHERE = (
    f"descendant-or-self::w:{kind}[not(parent::{' or parent::'.join(where.split())})]"
    for kind, where in _PARENTS.items()
)
_LATE = (f"descendant::w:{kind}[parent::{where}][preceding-sibling::*[1]]" for kind, where in _FIRST.items())
_CONTRADICTIONS = tuple(etree.XPath(one, namespaces=_NAMESPACES) for one in (*_SOMEWHERE, *_LATE))
"""One by one, each by its name: a union of them would be compared node by node with what was found before, and a choice
of names asked of every node. And of what stands before a node no more is asked for than the nearest."""
_WRAPPED = etree.XPath("descendant-or-self::w:*[not(parent::w:*)]", namespaces=_NAMESPACES)
_WRAPPERS = HOLDERS | frozenset(map(name, ("w:drawing", "w:pict", "w:object", "w:numPicBullet")))
"""In these, elements of other namespaces and alternatives may hold some of Word’s."""
_HELD = frozenset(name(f"w:{kind}") for kind in ("r", "p", "tbl", "sdt"))
CONTRADICTION = "properties that stand twice, or where programs may pass them over"


def contradictions(root: Element) -> frozenset[Element]:
    """The innermost runs, paragraphs, tables and controls of a part, or of an element of it, in which properties do not
    stand where they belong; `root` itself for what stands in none."""
    found = set[Element]()
    misplaced = itertools.chain.from_iterable(cast("list[Element]", each(root)) for each in _CONTRADICTIONS)
    for one in itertools.chain(misplaced, repeated(root), _wrapped(root)):
        at = one.getparent()
        while at is not None and at is not root and at.tag not in _HELD:
            at = at.getparent()
        found.add(root if at is None else at)
    return frozenset(found)


def _wrapped(root: Element) -> Iterator[Element]:
    """What stands among properties, and not by itself: in an alternative, or in an element of somebody’s own."""
    for one in cast("list[Element]", _WRAPPED(root)):
        around = (outer for outer in one.iterancestors() if str(outer.tag).startswith(_W))
        if (of := next(around, None)) is not None and of.tag not in _WRAPPERS:
            yield one
