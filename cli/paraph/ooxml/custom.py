"""Custom properties of a file, `docProps/custom.xml` (ECMA-376 Part 1, 15.2.12.2): text by name."""

from __future__ import annotations

from collections.abc import Mapping

from paraph.ooxml.names import el
from paraph.ooxml.package import Package

_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST = 2
"""Numbers below are kept for the format itself."""


def set_properties(package: Package, values: Mapping[str, str]) -> None:
    """Give a file these custom properties and no others."""
    entries = (
        el(
            "cust:property",
            {"fmtid": _SET, "pid": number, "name": key},
            el("vt:lpwstr", text=value),
        )
        for number, (key, value) in enumerate(values.items(), _FIRST)
    )
    package.add(_PART, el("cust:Properties", None, *entries), _TYPE)
    package.relate("", "custom-properties", _PART)
