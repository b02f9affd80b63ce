"""The published schemas of exchange formats, beside the checkout (PARAPH_TEST_SCHEMAS, or ../shared)."""

from __future__ import annotations

import os
from collections.abc import Iterator
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
    """Valid by the core structure of ISO 30042:2019, and by the rules of the dialect that the grammar cannot say."""
    root = etree.fromstring(data)
    assert _tbx().validate(root), _tbx().error_log
    assert root.get("type") == "TBX-Basic"
    for rule in (*_TBX_RULES, *_TBX_STYLES[root.get("style")]):
        wrong = root.xpath(rule, namespaces=_TBX_NAMES)
        assert not wrong, (rule, [etree.tostring(one) for one in wrong])


_MODULES = "http://www.tbxinfo.net/ns/"
_TBX_NAMES = {"t": "urn:iso:std:iso:30042:ed-2", "m": f"{_MODULES}min", "b": f"{_MODULES}basic"}
_TBX_RULES = (
    "//t:termNote[not(parent::t:termSec or parent::t:termNoteGrp/parent::t:termSec)]",
    "//@type[. = '']/..",
    "//*[@target][not(starts-with(@target, 'http://') or starts-with(@target, 'https://') or @target = //*/@id)]",
)
"""What no element may be: the Schematron rules of TBX-Basic 1.2 (LTAC-Global/TBX-Basic_dialect, TBX-Basic_DCA.sch and
_DCT.sch), in our words, for what paraph writes."""


def _values(element: str, values: str) -> str:
    return f"//{element}[not(contains(' {values} ', concat(' ', ., ' ')))]"


_STATUS = "admittedTerm-admn-sts deprecatedTerm-admn-sts supersededTerm-admn-sts preferredTerm-admn-sts"
_PARTS, _GENDERS = "adjective noun other verb adverb", "masculine feminine neuter other"
_TYPES = "fullForm acronym abbreviation shortForm variant phrase"
_ABOVE_TERM = "not(parent::t:conceptEntry or parent::t:descripGrp/parent::t:conceptEntry"
_TBX_STYLES: dict[str | None, tuple[str, ...]] = {
    "dca": (
        "//*[namespace-uri() != 'urn:iso:std:iso:30042:ed-2']",
        _values("t:termNote[@type='administrativeStatus']", _STATUS),
        _values("t:termNote[@type='partOfSpeech']", _PARTS),
        _values("t:termNote[@type='grammaticalGender']", _GENDERS),
        _values("t:termNote[@type='termType']", _TYPES),
        f"//t:descrip[@type='subjectField'][{_ABOVE_TERM})]",
        f"//t:descrip[@type='definition'][{_ABOVE_TERM} or parent::t:langSec"
        " or parent::t:descripGrp/parent::t:langSec)]",
        "//t:ref[@type='crossReference'][not(parent::t:conceptEntry or parent::t:termSec)]",
        "//t:admin[@type='source'][not(ancestor::t:conceptEntry)]",
    ),
    "dct": (
        "//t:text//t:body//t:*[@type]",
        _values("m:administrativeStatus", _STATUS),
        _values("m:partOfSpeech", _PARTS),
        _values("b:grammaticalGender", _GENDERS),
        _values("b:termType", _TYPES),
        f"//m:subjectField[{_ABOVE_TERM})]",
    ),
}


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


_X2 = "{urn:oasis:names:tc:xliff:document:2.0}"
_X1 = "{urn:oasis:names:tc:xliff:document:1.2}"


def assert_xliff(data: bytes) -> None:
    """Valid by the schema of its version (1.2 strict, or 2.1 with its glossary module), and by the rules in prose."""
    root = etree.fromstring(data)
    if root.get("version") == "1.2":
        assert _xliff1().validate(root), _xliff1().error_log
        assert list(_broken1(root)) == []
    else:
        assert _xliff2().validate(root), _xliff2().error_log
        assert list(_broken2(root)) == []


def _broken1(root: etree._Element) -> Iterator[str]:
    """XLIFF 1.2: ids are unique in a file element, those of codes in a unit; source and target
    have the same ones."""
    for one in root.iter(f"{_X1}file"):
        ids = [unit.get("id") for unit in one.iter(f"{_X1}trans-unit")]
        yield from ["two units of one id"] if len(set(ids)) < len(ids) else []
    for unit in root.iter(f"{_X1}trans-unit"):
        source, target = ([code.get("id") for code in unit.find(f"{_X1}{side}").iter() if code.get("id")]  # type: ignore[union-attr]
                          for side in ("source", "target"))  # fmt: skip
        if len(set(source)) < len(source) or not set(target) <= set(source):
            yield f"codes of {unit.get('id')}"


def _broken2(root: etree._Element) -> Iterator[str]:
    """XLIFF 2.1: the constraints of the elements and attributes that are used here."""
    targets = list(root.iter(f"{_X2}target"))
    if targets and not root.get("trgLang"):
        yield "a target, and no trgLang"
    files = [one.get("id") for one in root.iter(f"{_X2}file")]
    if len(set(files)) < len(files):
        yield "two files of one id"
    for one in root.iter(f"{_X2}file"):
        units = [unit.get("id") for unit in one.iter(f"{_X2}unit")]
        if len(set(units)) < len(units):
            yield f"two units of one id in {one.get('id')}"
    for unit in root.iter(f"{_X2}unit"):
        yield from (f"{unit.get('id')}: {what}" for what in _broken_unit(unit))


def _broken_unit(unit: etree._Element) -> Iterator[str]:
    data = [one.get("id") for one in unit.iter(f"{_X2}data")]
    if len(set(data)) < len(data):
        yield "two data of one id"
    sources = (one for segment in unit.iter(f"{_X2}segment") for one in (segment, *segment.find(f"{_X2}source").iter()))  # type: ignore[union-attr]
    ids = [one.get("id") for one in sources if one.get("id")]
    if len(set(ids)) < len(ids):
        yield "two of one id among segments and codes"
    used: set[str] = set()
    for segment in unit.iter(f"{_X2}segment"):
        yield from _broken_segment(segment)
        used |= {
            value for code in segment.iter() for name, value in code.attrib.items() if str(name).startswith("dataRef")
        }
    if used != set(data):
        yield "dataRef and data differ"
    for entry in unit.iter("{urn:oasis:names:tc:xliff:glossary:2.0}glossEntry"):
        if not any(etree.QName(child).localname in ("translation", "definition") for child in entry):
            yield "an entry without translation or definition"


def _broken_segment(segment: etree._Element) -> Iterator[str]:
    if segment.get("subState") and not segment.get("state"):
        yield "subState without state"
    if segment.get("state", "initial") != "initial" and segment.find(f"{_X2}target") is None:
        yield "translated without a target"
    codes = [
        {code.get("id"): code for code in side.iter() if code is not side}
        for side in segment
        if side.tag in (f"{_X2}source", f"{_X2}target")
    ]
    for side, own in zip(segment, codes, strict=False):
        if sum(1 for _ in side.iter()) - 1 != len(own):
            yield "two codes of one id in one side"
    for id_, code in codes[0].items():
        kind, sub = code.get("type"), code.get("subType") or ""
        if sub and (not kind or ":" not in sub):
            yield "subType without type or authority"
        if sub.startswith("xlf:") and kind != "fmt":
            yield "a value of XLIFF’s own belongs to fmt"
        if len(codes) > 1 and code.get("canDelete") == "no" and id_ not in codes[1]:
            yield f"code {id_} was deleted"
        if len(codes) > 1 and id_ in codes[1] and dict(codes[1][id_].attrib) != dict(code.attrib):
            yield f"code {id_} is another in the target"
    if len(codes) > 1 and not codes[1].keys() <= codes[0].keys():
        yield "a code that the source has not"
