"""Blocks of packets made once, as the XML that stands in the file, for all members to whom they say the same.

Most of a packet is the same for every member of a language. Making its elements takes ten times as long as all else, so
they are written down when they are made, and put where a comment holds their place.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from paraph.model.text import Paragraph
from paraph.ooxml.names import Element
from paraph.ooxml.numbering import Lists
from paraph.render.docx.body import File
from paraph.review.texts import words_of

_MOST = 1_000
_PLACE = re.compile(rb"<!--paraph-block-(\d+)-->")
_LINK = b" r:id="
"""What refers to a part of its file that is not the same in all: a block with it is made for each."""


class _Block(NamedTuple):
    """A block as XML, the lists that it brought, and the highest ids of lists in its file before them."""

    xml: bytes
    lists: Lists
    after: tuple[int, int]


@dataclass(slots=True)
class Blocks:
    """The blocks of one run: one circulation, stationery and workspace. At most `_MOST` are kept, the latest used."""

    _made: OrderedDict[Hashable, _Block] = field(default_factory=OrderedDict)
    _words: dict[Hashable, tuple[str, ...]] = field(default_factory=dict)

    def of(self, key: Hashable, make: Callable[[], Iterable[Element]], file: File) -> bytes:
        """The block `key` for `file`, made where it is not there yet, or its lists have other ids in this file."""
        after, known = file.numbering.highest, self._made.get(key)
        if known is not None and (not known.lists or known.after == after):
            self._made.move_to_end(key)
            file.numbering.add_again(known.lists)
            return known.xml
        root = file.package.xml(file.main)
        holder = etree.Element(root.tag, nsmap={prefix: uri for prefix, uri in root.nsmap.items() if prefix})
        holder.extend(make())
        text = etree.tostring(holder, encoding="unicode")
        found = text[text.index(">") + 1 : text.rindex("</")].encode()
        if _LINK not in found:
            self._made[key] = _Block(found, file.numbering.added(after), after)
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        return found

    def words_of(self, key: Hashable, made: Callable[[], tuple[Paragraph, ...]]) -> tuple[str, ...]:
        """What the paragraphs of a text on record say, `key` being that text: it is the same in every packet."""
        if key not in self._words:
            self._words[key] = words_of(made())
        return self._words[key]


@dataclass(slots=True)
class Places:
    """The blocks of one file by the comments that hold their places."""

    _blocks: list[bytes] = field(default_factory=list)

    def hold(self, block: bytes) -> Element:
        """What stands in the tree for a block."""
        self._blocks.append(block)
        return etree.Comment(f"paraph-block-{len(self._blocks) - 1}")

    def written(self, root: Element) -> bytes:
        """The part with all blocks in their places."""
        part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return _PLACE.sub(lambda place: self._blocks[int(place[1])], part)
