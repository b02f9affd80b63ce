"""Links in the text of a Word file, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from paraph.ooxml.names import Element, attribute
from paraph.ooxml.reading.context import Context

if TYPE_CHECKING:
    from paraph.ooxml.reading.walk import Walk

ASCII = "".join(map(chr, range(33, 127)))


def walk_link(walk: Walk, element: Element, around: Context) -> None:
    """What stands in a `w:hyperlink` leads where that does; a link that leads nowhere changes nothing."""
    walk.children(element, around._replace(link=target(walk, element) or around.link))


def target(walk: Walk, link: Element) -> str:
    """Where a `w:hyperlink` leads; "": nowhere. Word keeps what stands behind “#” apart, and some programs write other
    letters than Latin ones as bytes, or a stroke at the end."""
    address = quote(walk.targets.get(attribute(link, "r:id"), ""), safe=ASCII).rstrip("/")
    anchor = quote(attribute(link, "w:anchor"), safe=ASCII)
    return f"{address}#{anchor}" if anchor else address
