"""Long texts on several pages: no word is lost, put in or moved, and each page is whole markup that is light enough."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from paraph.publish import document
from paraph.publish.article import words
from paraph.publish.search import _passages, fold
from paraph.publish.sheets import headings, linked, sheets
from rehearsal import Past, Rehearsal
from site_world import words as shown
from test_publish import _release

_paragraph = st.integers(1, 90).map(lambda n: f'<p class="x" id="p">{"word <em>and</em> <br> " * n}</p>')
_item = st.recursive(
    _paragraph.map(lambda one: f"<li>{one}</li>"),
    lambda inner: st.lists(inner, min_size=1, max_size=6).map(
        lambda all_: f'<li><p>Above</p>\n<ol role="list">\n{"".join(all_)}\n</ol></li>'
    ),
    max_leaves=12,
)
_list = st.lists(_item, min_size=1, max_size=12).map(lambda all_: f'<ol role="list">\n{chr(10).join(all_)}\n</ol>')
_heading = st.just('<h2 class="section">A heading</h2>')
_section = st.lists(st.one_of(_paragraph, _list, _heading), min_size=1, max_size=6).map(
    lambda all_: f'<section class="part" aria-labelledby="h">\n{chr(10).join(all_)}\n</section>'
)


class _Nested(HTMLParser):
    """Raises AssertionError where an element is closed that is not the last one opened."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.feed(markup)
        assert self.inside == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("br", "col"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(_section, min_size=1, max_size=6), first=st.integers(500, 6_000))
def test_one_sheet_after_the_other_says_what_the_text_says(parts: list[str], first: int) -> None:
    whole = "\n".join(parts)
    others = 3_600  # the longest paragraph has less
    found = sheets(whole, first, others)
    assert words("\n".join(found)) == words(whole)
    for number, one in enumerate(found):
        _Nested(one)
        most = max(first, others) if number == 0 else others  # what comes first stands on the first, cut or not
        assert len(one.encode()) <= most + 600, "besides what is opened and closed around it"
        assert number == 0 or words(one), "no sheet is empty"
    assert len(tuple(headings(found))) == len(found)


def test_a_table_has_its_head_on_each_sheet_and_links_find_their_aim() -> None:
    head = '<thead><tr><th scope="col">Term</th></tr></thead>'
    rows = "".join(f'<tr><td id="row-{n}">{"word " * 40}</td></tr>\n' for n in range(40))
    links = '<p><a href="#row-39">last</a> <a href="#row-0">first</a></p>'
    whole = f'{links}\n<table id="t">\n{head}\n<tbody>\n{rows}</tbody>\n</table>'
    found = linked(sheets(whole, 3_000, 3_000), tuple(f"{n}.html" for n in range(1, 9)))
    assert len(found) > 2
    assert all(one.count("<thead>") == 1 for one in found)
    assert sum(one.count("<tr><td") for one in found) == 40
    assert re.findall('href="([^"]*)"', found[0]) == [f"{len(found)}.html#row-39", "#row-0"]
    assert sum(one.count('id="t"') for one in found) == 1


def test_a_place_is_named_by_its_heading_and_its_number() -> None:
    one = '<h2 id="h">On detention</h2>\n<p id="p"><span class="number">3.</span> <span class="words">Three</span></p>'
    two = '<p>More of it</p>\n<p id="q"><span class="number">•</span> A bullet</p>'
    voice: Any = SimpleNamespace(page="a.html")
    pages: Any = SimpleNamespace(sheets=lambda card, voice: (("en/a.html", one), ("en/a/2.html", two)))
    nothing: Any = None
    found = [*_passages(nothing, pages, nothing, voice)]
    assert [(one.address, one.heading, one.sheet, one.words) for one in found] == [
        ("en/a.html#h", "On detention", 1, "detention on"),
        ("en/a.html#p", "On detention 3.", 1, "3 three"),
        ("en/a/2.html", "On detention", 2, "it more of"),
        ("en/a/2.html#q", "On detention", 2, "a bullet"),
    ]


def test_a_long_text_is_on_several_pages(rehearsal: Rehearsal, past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    world = past.come_to("published", rehearsal, _release)
    assert document.LARGEST == 60_000, "no page is larger; the text here is a short one, cut as if it were long"
    monkeypatch.setattr(document, "LARGEST", 3_600)
    monkeypatch.setattr(document, "_FRAME", 200)
    monkeypatch.setattr(document, "_LEAST", 300)
    world.does("withdraw AOM-2026-01 --reason 'A rehearsal'", "publish")
    site = world.root / "site"
    for language in ("en", "fr", "ar"):
        pages = [site / f"{language}/AOM-2026-01.html", *sorted((site / f"{language}/AOM-2026-01").glob("*.html"))]
        assert len(pages) > 1
        together = " ".join(" ".join(map(shown, pages)).split())
        released = world.root / f"releases/AOM-2026-01/rehearsal.{language}.html"
        assert together == " ".join(shown(released, "main", "").split())
        for page in pages:
            text = page.read_text(encoding="utf-8")
            assert "A rehearsal" in text, "that it was withdrawn stands on every page"
            for target in re.findall('href="([^":#]+)[#"]', text):
                assert (page.parent / target).is_file(), target
        _leads_to_the_words(site, language)


def _leads_to_the_words(site: Path, language: str) -> None:
    """Every passage of the search index lies where it says, below the heading that it says, with these words and no
    others; together they have all words of the text."""
    script = (site / f"search/{language}/2026.js").read_text(encoding="utf-8")
    shard = json.loads(script.partition("2026,")[2].removesuffix(");\n"))
    has: dict[int, set[str]] = {}
    for word, steps in shard["words"].items():
        row = 0
        for step in steps.split():
            row += int(step, 36)
            has.setdefault(row, set()).add(word)
    (whole,) = (row for row in shard["rows"] if len(row) > 3)
    assert whole[5:] == ["mark-withdrawn"]
    assert shard["rows"][0] is whole
    assert whole[4] > 1, "it stands on several pages"
    assert has.keys() == {*range(1, len(shard["rows"]))}
    pages = set()
    for number, (address, _, page) in enumerate(shard["rows"][1:], 1):
        path, _, anchor = address.partition("#")
        assert path == whole[0] if page == 1 else path == f"{whole[0][:-5]}/{page}.html"
        text = (site / path).read_text(encoding="utf-8")
        if anchor:
            (element,) = etree.HTML(text.encode()).xpath("//article//*[@id=$name]", name=anchor)
            said = "".join(element.itertext())
            assert fold(said) <= has[number], (address, said)
        pages.add(page)
    assert pages == {*range(1, whole[4] + 1)}
    released = site.parent / f"releases/AOM-2026-01/rehearsal.{language}.html"
    assert set().union(*has.values()) == fold(shown(released, "main", ""))
