"""The names of elements and attributes in an ODT (OpenDocument 1.3, part 3), how they are found, and its lengths."""

from __future__ import annotations

import re

from lxml import etree

_LENGTH = re.compile(r"(-?[\d.]+)(pt|pc|in|cm|mm|px|%)")
_POINTS = {"pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "px": 0.75}
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_ODF}office:1.0",
    "text": f"{_ODF}text:1.0",
    "style": f"{_ODF}style:1.0",
    "table": f"{_ODF}table:1.0",
    "draw": f"{_ODF}drawing:1.0",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "svg": f"{_ODF}svg-compatible:1.0",
    "meta": f"{_ODF}meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "form": f"{_ODF}form:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "officeooo": "http://openoffice.org/2009/office",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
}
_PREFIXES = {space: prefix for prefix, space in _SPACES.items()}


def found(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements at an XPath."""
    at = root.xpath(path, namespaces=_SPACES)
    return [one for one in at if isinstance(one, etree._Element)] if isinstance(at, list) else []


def said(root: etree._Element, path: str) -> list[str]:
    """The values of the attributes at an XPath."""
    at = root.xpath(path, namespaces=_SPACES)
    return [str(one) for one in at if isinstance(one, str)] if isinstance(at, list) else []


def name(prefixed: str) -> str:
    """“text:p” as lxml writes it."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def prefixed(tag: str) -> str:
    """A name as lxml writes it, as “text:p”; of a space that is not known here, with all of that."""
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_PREFIXES.get(space, space)}:{local}" if space else local


def points(length: str) -> float | None:
    """A length in points, where it is one of a unit that is known."""
    match = _LENGTH.fullmatch(length.strip())
    amount = number(match[1]) if match else None
    return amount * _POINTS[match[2]] if match and amount is not None and match[2] in _POINTS else None


def number(text: str) -> float | None:
    """A number, or one in per cent."""
    try:
        return float(text.strip().removesuffix("%"))
    except ValueError:
        return None
