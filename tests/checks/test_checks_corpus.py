"""The checks find what is planted in the corpus, and nothing else, but for what is known to be beyond them."""

from __future__ import annotations

from collections import Counter

import pytest

from checks_corpus import cases, judged
from paraph.checks.table import RULES


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_what_is_planted_is_found(case) -> None:
    assert Counter(finding.rule for finding in judged()[case.name]) == case.known, judged()[case.name]


def test_there_are_cases_enough() -> None:
    """With faults and without, and of each rule."""
    faulty = [case for case in cases() if case.expected]
    assert len(faulty) >= 150
    assert len(cases()) - len(faulty) >= 150
    assert set().union(*(case.expected for case in faulty)) == RULES
