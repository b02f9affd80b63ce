"""The names of elements and attributes in an ODT (OpenDocument 1.3, part 3), and how they are found."""

from __future__ import annotations

from lxml import etree

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
}


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
