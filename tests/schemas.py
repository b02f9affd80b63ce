"""The published schemas of exchange formats, beside the checkout (PARAPH_TEST_SCHEMAS, or ../shared)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

FOLDER = Path(os.environ.get("PARAPH_TEST_SCHEMAS") or Path(__file__).resolve().parents[2] / "shared" / "schemas")


def _file(name: str) -> Path:
    if not (FOLDER / name).is_file():
        pytest.skip(f"the published schema {name} is not here: PARAPH_TEST_SCHEMAS names its folder")
    return FOLDER / name


def assert_tbx(data: bytes) -> None:
    """Valid by the core structure of ISO 30042:2019. The dialect's rules are Schematron, not here."""
    schema = etree.RelaxNG(etree.parse(_file("tbx/TBXcoreStructV03.rng")))
    assert schema.validate(etree.fromstring(data)), schema.error_log
