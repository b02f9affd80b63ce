"""The canonical form of JSON, RFC 8785: what events and versions are as bytes, and what their hashes are of.

msgspec’s sorted form is that of RFC 8785 for what is written here (no floats, whole numbers below 2^53; a test proves
the two equal), but for keys beyond the Basic Multilingual Plane, which RFC 8785 sorts by UTF-16: bytes with such a
character go through the library rfc8785, which is much slower.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

_BEYOND = re.compile(rb"[\xf0-\xff]")


def _as_json(value: Any) -> Any:
    """What msgspec does not know: mappings that are no dict."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"JSON cannot hold a {type(value).__name__}")


sorted_json = msgspec.json.Encoder(order="sorted", enc_hook=_as_json).encode
"""A value as JSON with sorted keys; where no key is beyond the Basic Multilingual Plane, that is its canonical form."""


def canonical_json(value: Any) -> bytes:
    """A value in canonical form. Raises ValueError or TypeError for what JSON cannot hold."""
    body = sorted_json(value)
    if body.isascii() or not _BEYOND.search(body):
        return body
    import rfc8785

    return rfc8785.dumps(msgspec.json.decode(body))
