"""Blocks of packets made once, as the XML that stands in the file, for all members to whom they say the same.

Most of a packet is the same for every member of a language. Making its elements takes ten times as long as all else, so
they are written down when they are made, and put where a comment holds their place.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from paraph.ooxml.names import Element

_MOST = 1_000
_PLACE = re.compile(rb"<!--paraph-block-(\d+)-->")
_OF_THE_FILE = (b"<w:numPr>", b" r:id=")
"""What refers to other parts of its file, lists and links: a block with it is made for each file."""


@dataclass(slots=True)
class Blocks:
    """The blocks of one run: one circulation, stationery and workspace. At most `_MOST` are kept, the latest used."""

    _made: OrderedDict[Hashable, bytes] = field(default_factory=OrderedDict)

    def of(self, key: Hashable, make: Callable[[], Iterable[Element]], root: Element) -> bytes:
        """The block `key`, made where it is not there yet; `root` is that of the part where it will stand."""
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        holder = etree.Element(root.tag, nsmap={prefix: uri for prefix, uri in root.nsmap.items() if prefix})
        holder.extend(make())
        text = etree.tostring(holder, encoding="unicode")
        found = text[text.index(">") + 1 : text.rindex("</")].encode()
        if not any(one in found for one in _OF_THE_FILE):
            self._made[key] = found
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        return found


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
