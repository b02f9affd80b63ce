"""From which side the paragraphs of an ODT begin (OpenDocument 1.3, part 3, 20.404): that of what they stand in where
their styles say none, or “page”."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from lxml import etree

from paraph.proof.odt_looks import Sheet, usual_of
from paraph.proof.odt_names import name, prefixed

_FROM_THE_RIGHT = frozenset({"R", "AL"})
_MODE = "style:writing-mode"
_AROUND = {"table:table-cell": "table-cell", "table:table": "table", "text:section": "section"}


class Sides:
    """Those of a file."""

    def __init__(self, content: etree._Element, styles: etree._Element) -> None:
        self.sheet = Sheet.read(content, styles)
        pages = (one.get(name(_MODE), "") for one in styles.iter(name("style:page-layout-properties")))
        self.page = next(filter(None, pages), "")

    def of(self, paragraphs: Iterable[tuple[etree._Element, str]]) -> Iterator[bool]:
        """Of each paragraph whose words have letters of both directions, whether it begins from the right: as
        `Reading.sides` has it of a Word file."""
        for paragraph, words in paragraphs:
            kinds = set(map(unicodedata.bidirectional, words))
            if "L" in kinds and kinds & _FROM_THE_RIGHT:
                yield self._is_right(paragraph)

    def turned(self, paragraphs: Iterable[tuple[etree._Element, str]]) -> bool:
        """Whether a text without a letter that is written from the right has a paragraph that begins there: its marks
        and numbers then stand elsewhere."""
        those = [(one, words) for one, words in paragraphs if words.strip()]
        if any(_FROM_THE_RIGHT & set(map(unicodedata.bidirectional, words)) for _, words in those):
            return False
        return any(self._is_right(one) for one, _ in those)

    def _is_right(self, paragraph: etree._Element) -> bool:
        said = (*_said(paragraph, self.sheet), self.page)
        return next((one for one in said if one not in ("", "page")), "").startswith("rl")


def _said(paragraph: etree._Element, sheet: Sheet) -> Iterator[str]:
    """What a paragraph says, and then what it stands in, from within."""
    named = paragraph.get(name("text:style-name"), "")
    yield sheet.looks("paragraph", named, usual_of(paragraph), {}).get(name(_MODE), "")
    for one in paragraph.iterancestors(*map(name, _AROUND)):
        family = _AROUND[prefixed(str(one.tag))]
        key = "text:style-name" if family == "section" else "table:style-name"
        for style in sheet.chain(family, one.get(name(key), ""), ""):
            yield from (each.get(name(_MODE), "") for each in style.iter(name(f"style:{family}-properties")))
