"""The concordance report: every word of every text, the terms of one concept under one number, open to everyone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from desk import clause, desk
from judges import axe, needs_browser
from paraph.__main__ import main
from paraph.checks.scan import Scan
from paraph.checks.sides import units
from paraph.library.load import load
from paraph.model.concordance import Unit
from paraph.model.text import plain
from paraph.starter import starter

FILE = "statements/clauses/test/heard.yml"
GLOSSARY = """
    concepts:
      - id: guardian
        terms:
          en: [{term: guardian, status: preferred}, {term: tutor, status: forbidden}]
          fr: [{term: tuteur, status: preferred, forms: [tutrice]}]
          ar: [{term: وصي, status: preferred}]
"""
MORE = """translations:
  ar: {source: en, digest: "0000000000000000", status: unchecked,
    text: "أن يكون الوصي حاضراً خلال {{ days }} وفق 2011/95/EU"}
"""
CLAUSE = clause(
    "heard",
    "*that the guardian*, no tutor, is <b>there</b> within {{ days }}[^1], see [Tutors]{lang=fr}\n\n"
    "[^1]: A guardian & more.",
    "*que la tutrice* soit là sous {{ days }}[^1]\n\n[^1]: Rien.",
    "position",
    "values: {days: number}\n",
)


@pytest.fixture(scope="module")
def shipped() -> tuple[Unit, ...]:
    library, _ = load(starter())
    assert library is not None
    return tuple(units(Scan(library), ()))


def written(root: Path) -> html.HtmlElement:
    target = root / "report.html"
    assert main(["-C", str(root), "check", "--html", str(target)]) in (0, 1)
    return html.document_fromstring(target.read_bytes())


def small(root: Path) -> Path:
    return desk(root, {FILE: CLAUSE[FILE] + MORE, "glossary/test.yml": GLOSSARY})


def test_one_number_is_one_concept_in_every_language(tmp_path: Path) -> None:
    page = written(small(tmp_path))
    cells = page.xpath("//table[1]//tbody//td")
    found = {cell.get("lang"): [mark.text_content() for mark in cell.iter("mark")] for cell in cells[:3]}
    assert found == {"en": ["guardian1", "tutor1"], "fr": ["tutrice1"], "ar": ["الوصي1"]}
    assert [mark.text_content() for mark in page.xpath("//mark[@class='avoid']")] == ["tutor1"]
    assert [cell.get("dir") for cell in cells[:3]] == ["ltr", "ltr", "rtl"]
    assert page.xpath("//table[2]//tbody//th/text()") == ["1 guardian"]
    assert [cell.text_content()[2:] for cell in page.xpath("//table[2]//td")] == [
        "guardian · tutor",
        "tutrice",
        "الوصي",
    ]


def test_a_finding_reads_from_the_left_whatever_it_quotes(tmp_path: Path) -> None:
    text = {FILE: clause("heard", "*A child* is heard", "*Un enfant* est entendu", "position")[FILE]}
    text[FILE] += MORE.replace("الوصي حاضراً خلال {{ days }} وفق 2011/95/EU", "القاصر حاضراً")
    text["glossary/test.yml"] = GLOSSARY.replace("ar: [", "ar: [{term: قاصر, status: deprecated}, ")
    page = written(desk(tmp_path, text))
    [told] = [one for one in page.xpath("//ul[@class='findings']/li") if "“القاصر” is deprecated" in one.text_content()]
    assert "القاصر" in told.xpath("./bdi/text()")
    assert not [one for one in told.xpath(".//bdi") if " is " in one.text_content()]


def test_what_was_written_is_shown_and_nothing_of_it_is_markup(tmp_path: Path) -> None:
    page = written(small(tmp_path))
    first = page.xpath("//table[1]//tbody//td")[0]
    assert first.text_content() == "enthat the guardian1, no tutor1, is <b>there</b> within {{ days }}[^1], see Tutors"
    assert first.xpath(".//span[@lang='fr']/text()") == ["Tutors"]
    assert page.xpath("//td[@dir='rtl']//bdi[@dir='ltr']/text()") == ["2011/95/EU"]
    assert not page.xpath("//b")
    assert "[^1] A guardian1 & more." in page.text_content()
    assert "line 7: “tutor” is forbidden for guardian" in re.sub(r"\s+", " ", page.text_content())


def test_every_word_of_the_shipped_texts_is_there(shipped: tuple[Unit, ...]) -> None:
    library, _ = load(starter())
    assert library is not None
    by_id = {unit.id: unit for unit in shipped if unit.what == "clause"}
    assert by_id.keys() == library.clauses.keys()
    for clause_ in library.clauses.values():
        for side in by_id[clause_.id].sides:
            text = clause_.text(side.language)
            assert text is not None
            shown = ["".join(piece.text for piece in line if not piece.text.startswith("[^")) for line in side.lines]
            for line in text.lines:
                assert plain(line.inlines) in shown, clause_.id


def test_every_term_that_the_checks_see_is_marked(shipped: tuple[Unit, ...]) -> None:
    for unit in shipped:
        for side in unit.sides:
            marked = {piece.number for line in side.lines for piece in line if piece.number}
            assert marked == {one.number for one in unit.named if one.words[side.language]}, (unit.id, side.language)


def test_the_report_is_open_to_everyone(tmp_path: Path) -> None:
    needs_browser()
    written(small(tmp_path))
    assert axe([tmp_path / "report.html"]) == []
