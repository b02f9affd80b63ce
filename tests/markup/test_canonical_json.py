"""Canonical JSON as msgspec writes it is that of RFC 8785, to the byte."""

from __future__ import annotations

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from paraph.markup.canonical_json import canonical_json

TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('"\\\n\r\t\b\f\x00\x1f\x7f\ufffd𝄞'))
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.none(), st.integers(-(2**53) + 1, 2**53 - 1)),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(TEXTS, inner)),
    max_leaves=12,
)


@given(VALUES)
def test_it_is_that_of_rfc_8785(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


def test_keys_beyond_the_basic_plane_are_sorted_by_utf_16() -> None:
    """U+FF5E comes after U+1D11E there, and before it in UTF-8."""
    assert canonical_json({"\uff5e": 1, "𝄞": 2}) == '{"𝄞":2,"\uff5e":1}'.encode()
