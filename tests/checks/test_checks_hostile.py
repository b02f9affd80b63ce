"""Texts that are made to be slow: no check takes more than in proportion to their length."""

from __future__ import annotations

from time import process_time

import pytest

from checks_corpus import Case, judge
from paraph.checks.table import CHECKS

PIECES = (
    *("(", "a/", "A/1", "«", '"', "“a” ", "articles 1, ", "article 1 (a)", "a'", "a-", "! ", "Albania, ", "و", "خمسة "),
    *("1 000 ", "ABC ", "1 May 2020 ", "is not ", "a", "a.1/-(", "that the child ", "\u00a0:", "12."),
)
SIZE = 20_000


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_keeps_a_check_busy(piece: str) -> None:
    text = (piece * (SIZE // len(piece))).strip()
    start = process_time()
    judge(Case("hostile", {"form": "leaflet", "kind": "message", **dict.fromkeys(("en", "fr", "ar"), text)}), CHECKS)
    assert process_time() - start < 15, piece
