"""The published schemas of exchange formats, beside the checkout (PARAPH_TEST_SCHEMAS, or ../shared)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

FOLDER = Path(os.environ.get("PARAPH_TEST_SCHEMAS") or Path(__file__).resolve().parents[2] / "shared" / "schemas")


def file(name: str) -> Path:
    """The file of a schema; without it the test is skipped, but not on the machine that must have it."""
    if not (FOLDER / name).is_file():
        missing = f"the published schema {name} is not in {FOLDER}: PARAPH_TEST_SCHEMAS names its folder"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return FOLDER / name


@cache
def _tbx() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(file("tbx/TBXcoreStructV03.rng")))


def assert_tbx(data: bytes) -> None:
    """Valid by the core structure of ISO 30042:2019. The dialect's rules are Schematron, not here."""
    assert _tbx().validate(etree.fromstring(data)), _tbx().error_log
