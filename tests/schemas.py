"""The published schemas of exchange formats, beside the checkout (PARAPH_TEST_SCHEMAS, or ../shared)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from exchange_rules import TBX, XLIFF1, XLIFF2, broken

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
    """Valid by the core structure of ISO 30042:2019, and by the rules of the dialect that the grammar cannot say."""
    root = etree.fromstring(data)
    assert tbx_valid(root), _tbx().error_log
    assert broken(root, TBX[root.get("style", "")]) == []


def tbx_valid(root: etree._Element) -> bool:
    """Whether the core structure allows it; what is no element of it is left to the rules of the modules."""
    return _tbx().validate(root)


class _Local(etree.Resolver):
    """The schema of xml:lang from the folder, where a schema names the network."""

    def resolve(self, url: str, public_id: str, context: object) -> object:
        if url.endswith("/xml.xsd") and "://" in url:
            near = file("xliff2.1/informativeCopiesOf3rdPartySchemas/w3c/xml.xsd")
            return self.resolve_filename(str(near), context)  # type: ignore[attr-defined]
        return None


@cache
def _xliff1() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    return etree.XMLSchema(etree.parse(file("xliff/xliff-core-1.2-strict.xsd"), parser))


@cache
def _xliff2() -> etree.XMLSchema:
    both = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    for namespace, name in (("document", "xliff_core_2.0.xsd"), ("glossary", "glossary.xsd")):
        path = file(f"xliff2.1/{name}").as_uri()
        both += f'<xs:import namespace="urn:oasis:names:tc:xliff:{namespace}:2.0" schemaLocation="{path}"/>'
    return etree.XMLSchema(etree.fromstring(f"{both}</xs:schema>"))


def assert_xliff(data: bytes) -> None:
    """Valid by the schema of its version (1.2 strict, or 2.1 with its glossary module), and by the rules in prose."""
    root = etree.fromstring(data)
    assert xliff_valid(root), (_xliff1 if root.get("version") == "1.2" else _xliff2)().error_log
    assert broken(root, XLIFF1 if root.get("version") == "1.2" else XLIFF2) == []


def xliff_valid(root: etree._Element) -> bool:
    """Whether the schema of its version allows it."""
    return (_xliff1() if root.get("version") == "1.2" else _xliff2()).validate(root)
