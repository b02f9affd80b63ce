"""DOCX: the document is in the file, word for word, in the styles, numbers, notes and marks that Word knows."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import samples
from paraph.errors import RenderError
from paraph.model.document import Document, Edition, Part, printed
from paraph.model.text import (
    Block,
    Emphasis,
    Grid,
    Heading,
    Inline,
    Isolate,
    Link,
    Note,
    Number,
    Paragraph,
    Row,
    Span,
    Strong,
    Table,
    Text,
    plain,
)
from paraph.model.writing import NumberStyle
from paraph.ooxml.package import Package
from paraph.render.docx.document import read_back, render
from paraph.render.docx.template import arrange, values
from paraph.render.kit import Kit
from paths import TEMPLATES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KIT = Kit(files={"word.docx": (TEMPLATES / "common" / "word.docx").read_bytes()}, brand=samples.BRAND)
SLOTS = (
    "body",
    "label",
    "title",
    "subtitle",
    "reference",
    "place_date",
    "signatures",
    "reservations",
    "approvals",
    "glossary",
    "members",
)
PAIRS = [(one,) for one in samples.LANGUAGES] + list(itertools.permutations(samples.LANGUAGES, 2))


def xml(data: bytes, part: str = "document") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(f"word/{part}.xml"))


def proved(edition: Edition, kit: Kit = KIT) -> bytes:
    data = render(edition, kit)
    assert read_back(data, edition) == tuple(printed(document) for document in edition.documents)
    return data


def alone(document: Document) -> Edition:
    return Edition(documents=(document,))


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def words(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def changed(kit: Kit, part: str, *changes: tuple[str, str]) -> Kit:
    """The template as someone has changed it in Word."""
    package = Package.read(kit.files["word.docx"])
    text = package.parts[part].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    package.parts[part] = text.encode()
    return replace(kit, files={"word.docx": package.data()})


# --- the same words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
def test_says_what_the_document_says(languages: tuple[str, ...]) -> None:
    proved(samples.edition(*languages))


@pytest.mark.parametrize("languages", [("en",), ("en", "fr"), ("ar", "fr")], ids="-".join)
@pytest.mark.parametrize("form", ["letter", "leaflet"])
def test_any_template_prints_any_form(form: str, languages: tuple[str, ...]) -> None:
    proved(
        samples.edition(*languages), replace(KIT, files={"word.docx": (TEMPLATES / form / "word.docx").read_bytes()})
    )


@settings(max_examples=40, deadline=None)
@given(st.permutations(samples.document("en").parts), st.booleans())
def test_parts_stand_in_the_order_of_the_document_whatever_the_template_has(parts: list[Part], two: bool) -> None:
    ids = [part.id for part in parts]
    documents = (samples.document("en"), samples.document("fr"))[: 1 + two]
    edition = Edition(
        documents=tuple(
            replace(one, parts=tuple(sorted(one.parts, key=lambda part: ids.index(part.id)))) for one in documents
        )
    )
    for document, read in zip(edition.documents, read_back(render(edition, KIT), edition), strict=True):
        assert [line.text for line in read if not line.label.isdecimal()] == [
            line.text for line in printed(document) if not line.label.isdecimal()
        ]


FRAGMENTS = ["{{", "}}", "{%", "{_{", "}_}", "{{ title }}", "]]>", "&lt;", "<w:t>", "a" * 400, "👩\u200d👧"]
CHARACTERS = st.sampled_from(
    list("{}%#_<>&\"'[]\\/ \t\n\u00a0\u202f\u200f\u200e\u2067\u2069\u00ad\u2028\u0301")
) | st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
HOSTILE = st.lists(CHARACTERS | st.sampled_from(FRAGMENTS), max_size=12).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(HOSTILE, min_size=6, max_size=6), st.sampled_from([("en",), ("ar",), ("en", "ar")]))
def test_hostile_text_comes_out_as_written(texts: list[str], languages: tuple[str, ...]) -> None:
    title, one, two, note, cell, other = texts
    inlines = (
        Text(one),
        Emphasis((Text(two), Strong((Text(two),)))),
        Note("n", (Text(note),), 1),
        Span("ar", (Text(one),)),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(key="a", role=other, inlines=inlines),
        Table(key="t", role="x", head=((Text(cell),),), rows=(Row(key="r", cells=((Text(one),),)),), widths=(1,)),
        Grid(key="g", role="signatures", cells=((Paragraph(key="s", role="signatory", inlines=(Text(cell),)),),)),
    )
    documents = []
    for language in languages:
        made = samples.of_blocks(*blocks, language=language)
        heading = Heading(key="title", role="title", level=1, inlines=(Text(title),))
        parts = (Part(name="title", id="title", blocks=(heading,)), *made.parts)
        documents.append(replace(made, title=title, subject=two, reference=cell, draft=note, notice=other, parts=parts))
    data = proved(Edition(documents=tuple(documents)))
    if len(languages) == 1 and other.strip() and not set(other) & set("\t\n"):
        assert other in [words(paragraph) for paragraph in xml(data).iter(f"{W}p")]


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800", "\r"])
def test_what_xml_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(RenderError, match=r"U\+"):
        render(alone(samples.tiny(f"a{text}b")), KIT)


def test_every_space_tab_and_line_break_stays() -> None:
    text = "  two  spaces\tand a tab\nand a line  "
    found = read_back(render(alone(samples.tiny(text)), KIT), alone(samples.tiny(text)))
    assert found[0][0].text == text


# --- the same bytes --------------------------------------------------------------------------------------------------


def test_the_same_bytes_and_no_clock() -> None:
    edition = samples.edition("en", "fr")
    data = render(edition, KIT)
    assert data == render(edition, KIT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-11-20T00:00:00Z") == 2
    assert "<dc:title>Declaration of the two shores</dc:title>" in core
    assert "<dc:language>en-GB, fr-FR</dc:language>" in core
    assert "dc:identifier" not in core  # in a letter it would be each recipient’s own, in a packet a member’s


# --- Word's own means ------------------------------------------------------------------------------------------------


def test_numbers_are_lists_and_each_series_starts_again() -> None:
    data = render(samples.edition("en"), KIT)
    numbering = xml(data, "numbering")
    abstract = {
        num.get(f"{W}numId"): num.find(f"{W}abstractNumId").get(f"{W}val")  # type: ignore[union-attr]
        for num in numbering.iter(f"{W}num")
    }
    used = [one.get(f"{W}val") for one in xml(data).iter(f"{W}numId")]
    assert len({abstract[one] for one in used}) == len(set(used)) == 5
    assert {one.get(f"{W}val") for one in numbering.iter(f"{W}lvlJc")} == {"left"}


@pytest.mark.parametrize(
    ("style", "values", "labels"),
    [
        (NumberStyle.LOWER_ALPHA, (25, 26, 27, 53), ("(y)", "(z)", "(aa)", "(aaa)")),
        (NumberStyle.LOWER_ROMAN, (4, 9, 40, 99), ("(iv)", "(ix)", "(xl)", "(xcix)")),
        (NumberStyle.ABJAD, (1, 10, 22), ("(أ)", "(ي)", "(ت)")),
        (NumberStyle.DECIMAL, (3, 4, 7), ("(3)", "(4)", "(7)")),
    ],
)
def test_a_number_is_the_documents_even_where_it_jumps(
    style: NumberStyle, values: tuple[int, ...], labels: tuple[str, ...]
) -> None:
    blocks = (
        Paragraph(
            key=label,
            role="item",
            level=1,
            number=Number(series="s", path=(value,), value=value, style=style, label=label, prefix="(", suffix=")"),
            inlines=(Text("x"),),
        )
        for value, label in zip(values, labels, strict=True)
    )
    proved(alone(samples.of_blocks(*blocks)))


def test_a_series_may_change_between_numbers_and_bullets() -> None:
    numbers = [
        Number(series="s", path=(1,), value=1, style=NumberStyle.DECIMAL, label="1.", suffix="."),
        Number(series="s", path=(), value=0, style=NumberStyle.BULLET, label="•"),
        Number(series="s", path=(2,), value=2, style=NumberStyle.DECIMAL, label="2.", suffix="."),
        Number(series="s", path=(3,), value=3, style=NumberStyle.LOWER_ALPHA, label="(c)", prefix="(", suffix=")"),
    ]
    blocks = (
        Paragraph(key=str(at), role="item", level=at % 2, number=number, inlines=(Text("x"),))
        for at, number in enumerate(numbers)
    )
    proved(alone(samples.of_blocks(*blocks)))


@pytest.mark.parametrize(
    ("title", "broken"),
    [("Short", 0), ("A title that is longer than a column of the page has room for beside a number", 2)],
)
def test_the_foot_of_two_languages_has_the_title_and_the_number_of_the_page_whole(title: str, broken: int) -> None:
    documents = (replace(one, title=title, subject="Form") for one in samples.edition("en", "fr").documents)
    with zipfile.ZipFile(io.BytesIO(render(Edition(documents=tuple(documents)), KIT))) as archive:
        foot = etree.fromstring(archive.read("word/footer1.xml"))
    said = "".join(foot.itertext())
    assert (said.count(title), said.count("Form")) == (2, 0)
    before = [tab.getprevious() for tab in foot.iter(f"{W}tab")]
    assert sum(one is not None and one.tag == f"{W}br" for one in before) == broken


def test_a_footnote_in_two_languages_is_one_to_word_and_led_to_from_both_columns() -> None:
    data = render(samples.edition("en", "fr"), KIT)
    root, footnotes = xml(data), xml(data, "footnotes")
    calls = list(root.iter(f"{W}footnoteReference"))
    assert [one.get(f"{W}customMarkFollows") for one in calls] == [None, None]
    names = [call.getparent().getprevious().get(f"{W}name") for call in calls]
    assert [(one.text or "").split() for one in root.iter(f"{W}instrText")] == [
        ["NOTEREF", one, r"\f", r"\h"] for one in names
    ]
    kinds = [one.get(f"{W}type") for one in footnotes]
    assert kinds == ["separator", "continuationSeparator", None, None]
    for number, note in enumerate(list(footnotes)[2:], 1):
        languages = [one.find(f"{W}pPr/{W}rPr/{W}lang").get(f"{W}val") for one in note]
        assert languages == ["en-GB", "fr-FR"]
        assert words(note[1]).startswith(str(number))
    assert xml(data, "settings").find(f"{W}footnotePr") is not None


def test_a_footnote_that_only_the_second_language_has_there_keeps_a_sign_of_its_own() -> None:
    def noted(language: str, *at: int) -> Document:
        numbers = {place: number for number, place in enumerate(at, 1)}
        return samples.of_blocks(
            *(
                Paragraph(
                    key=str(n),
                    role="prose",
                    inlines=(Text("x"), *([Note(str(n), (Text("y"),), numbers[n])] if n in numbers else [])),
                )
                for n in range(3)
            ),
            language=language,
        )

    data = proved(Edition(documents=(noted("en", 0, 2), noted("fr", 0, 1, 2))))
    calls = [one.get(f"{W}customMarkFollows") for one in xml(data).iter(f"{W}footnoteReference")]
    assert calls == [None, "1", None, "1"]
    assert sum(1 for _ in xml(data).iter(f"{W}instrText")) == 1


def test_every_run_of_the_text_says_its_language_and_direction() -> None:
    for run in xml(render(samples.edition("ar"), KIT)).iter(f"{W}r"):
        if words(run).strip():
            lang = run.find(f"{W}rPr/{W}lang")
            assert lang is not None
            rtl = run.find(f"{W}rPr/{W}rtl") is not None
            assert rtl == (lang.get(f"{W}bidi") is not None)
            if words(run) in ("48", "2026", "TSN 2026/3", "mineurs non accompagnés"):
                assert not rtl


def test_only_what_would_be_turned_round_between_arabic_words_gets_marks() -> None:
    def body(text: str) -> str:
        isolate = Paragraph(key="p", role="prose", inlines=(Text("في "), Isolate((Text(text),)), Text(" هنا")))
        return words(xml(proved(alone(samples.of_blocks(isolate, language="ar")))))

    for text in ("09-08", "2026-11-20", "+212 5 22", "3(1)", "10–14"):
        assert f"\u200e{text}\u200e" in body(text)
    for text in ("48", "1.10", "20/11/2026", "A/RES/44/25", "TSN 2026/3"):
        assert "\u200e" not in body(text)


@pytest.mark.parametrize(("language", "inlines"), samples.QUOTED.values(), ids=samples.QUOTED)
def test_what_runs_the_other_way_has_marks_of_both_directions_around_it(
    language: str, inlines: tuple[Inline, ...]
) -> None:
    """Those of the words around it outside, so that the colon between two is of neither; its own inside."""
    paragraph = Paragraph(key="p", role="reservation", inlines=inlines)
    said = words(xml(proved(alone(samples.of_blocks(paragraph, language=language)))))
    around, inside = ("\u200f", "\u200e") if language == "ar" else ("\u200e", "\u200f")
    assert f"«{around}{inside}{plain(inlines[1:2])}{inside}{around}»: " in said


@pytest.mark.parametrize(("language", "other"), [("ar", "fa"), ("fr", "es")])
def test_what_runs_with_the_words_around_it_has_no_marks(language: str, other: str) -> None:
    paragraph = Paragraph(key="p", role="prose", inlines=(Text("1 "), Span(other, (Text("2"),))))
    assert {*"\u200e\u200f"}.isdisjoint(words(xml(proved(alone(samples.of_blocks(paragraph, language=language))))))


def test_emphasis_links_and_spans() -> None:
    blocks = Paragraph(
        key="p",
        role="prose",
        inlines=(
            Emphasis((Text("a"), Strong((Text("b"),)))),
            Link("https://example.org/?a=1&b=<2>", (Strong((Text("c"),)),)),
            Isolate((Text("d"),)),
        ),
    )
    data = proved(alone(samples.of_blocks(blocks)))
    looks = {
        words(run): sorted(etree.QName(one).localname for one in run.find(f"{W}rPr"))  # type: ignore[union-attr]
        for run in xml(data).iter(f"{W}r")
    }
    assert looks["a"] == ["lang", "rStyle"]
    assert looks["b"] == looks["c"] == ["b", "bCs", "lang", "rStyle"]
    relationships = Package.read(data).parts["word/_rels/document.xml.rels"].decode()
    assert 'Target="https://example.org/?a=1&amp;b=&lt;2&gt;" TargetMode="External"' in relationships


def test_headings_tables_and_the_signature_block() -> None:
    data = render(samples.edition("en"), KIT)
    body = xml(data)
    levels = {
        words(one): one.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val")  # type: ignore[union-attr]
        for one in body.iter(f"{W}p")
        if one.find(f"{W}pPr/{W}outlineLvl") is not None
    }
    assert levels["Declaration of the two shores"] == "0"
    assert levels["What we ask"] == levels["Terms used in this document"] == "1"
    signatures, glossary = body.iter(f"{W}tbl")
    assert len(list(glossary.iter(f"{W}tblHeader"))) == 1
    assert glossary.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == "Terms used in this document"  # type: ignore[union-attr]
    assert len(list(signatures.iter(f"{W}cantSplit"))) == len(list(signatures.iter(f"{W}tr"))) == 2
    kept = [one.find(f"{W}pPr/{W}keepNext") is not None for one in signatures.iter(f"{W}p")]
    assert kept == [True, True, False, False]


@pytest.mark.parametrize(
    ("count", "together"), [(1, []), (2, [0]), (10, [*range(9)]), (11, [0, 9]), (30, [0, 28])], ids=lambda one: str(one)
)
def test_signatures_stay_together_of_many_the_first_two_and_the_last_two(count: int, together: list[int]) -> None:
    """Were all held together, those of many members would leave the page before them empty."""
    cells = tuple((Paragraph(key=f"s{n}", role="signatory", inlines=(Text(f"Member {n}"),)),) for n in range(count))
    grid = Grid(key="g", role="signatures", cells=cells, columns=1)
    alone, beside = (samples.of_blocks(grid, language=code) for code in ("en", "fr"))
    for documents in ((alone,), (alone, beside)):
        body = xml(render(Edition(documents=documents), KIT))
        paragraphs = [one for one in body.iter(f"{W}p") if words(one).startswith("Member")]
        kept = [one.find(f"{W}pPr/{W}keepNext") is not None for one in paragraphs][:: len(documents)]
        assert [n for n, held in enumerate(kept) if held] == together


def test_side_by_side_each_signs_once_on_a_line_over_both_languages() -> None:
    """The line is that of the style of signatories, so that a house which restyles it restyles both."""
    cells = tuple((Paragraph(key=f"s{n}", role="signatory", inlines=(Text(f"Member {n}"),)),) for n in range(2))
    grid = Grid(key="g", role="signatures", cells=cells, columns=1)
    beside = Edition(documents=tuple(samples.of_blocks(grid, language=code) for code in ("en", "fr")))
    rows = list(xml(proved(beside)).iter(f"{W}tr"))[-4:]
    assert [[words(one) for one in row.iter(f"{W}p")] for row in rows] == [
        [""], ["Member 0", "Member 0"], [""], ["Member 1", "Member 1"],
    ]  # fmt: skip
    for line, names in (rows[:2], rows[2:]):
        assert line.find(f"{W}tc/{W}tcPr/{W}gridSpan").get(f"{W}val") == "2"  # type: ignore[union-attr]
        drawn = line.find(f".//{W}pBdr/{W}top")
        assert drawn is not None
        assert drawn.get(f"{W}val") == "single"
        assert line.find(f".//{W}keepNext") is not None
        assert [one.get(f"{W}val") for one in names.iter(f"{W}top")] == ["nil", "nil"]


def test_a_role_is_a_style_and_an_unknown_one_is_prose() -> None:
    roles = ("recital", "letter-paragraph", "place-date", "never-heard-of", "house", "house-notice")
    blocks = (Paragraph(key=role, role=role, inlines=(Text(role),)) for role in roles)
    body = xml(proved(alone(samples.of_blocks(*blocks))))
    styles = {words(one): style_of(one) for one in body.iter(f"{W}p")}
    assert [styles[role] for role in roles] == [
        "ParaphRecital", "ParaphLetterParagraph", "ParaphPlaceDate", "ParaphProse", "ParaphProse", "ParaphProse",
    ]  # fmt: skip


# --- the template ----------------------------------------------------------------------------------------------------


def order(*names: str) -> Document:
    return replace(samples.tiny(), parts=tuple(Part(name=name, id=name, blocks=()) for name in names))


def test_parts_take_their_slots_as_long_as_the_order_allows() -> None:
    slots = ["label", "title", "reference", "body", "signatures"]
    assert dict(arrange(order("label", "title", "section", "signatures"), slots)) == {
        "label": (0,),
        "title": (1,),
        "body": (2,),
        "signatures": (3,),
    }
    assert dict(arrange(order("label", "reference", "title", "section"), slots)) == {
        "label": (0,),
        "reference": (1,),
        "body": (2, 3),
    }
    assert dict(arrange(order("signatures", "title"), slots)) == {"body": (0, 1)}


def test_a_released_authentic_text_has_no_draft_mark_and_no_notice() -> None:
    def draft_and_notice(edition: Edition) -> list[str]:
        package = Package.read(render(edition, KIT))
        roots = [package.xml(part) for part in package.parts if part.startswith(("word/header", "word/document.xml"))]
        styles = [style_of(one) for root in roots for one in root.iter(f"{W}p")]
        return [one for one in styles if one in ("ParaphHouseDraft", "ParaphHouseNotice")]

    first, *running = draft_and_notice(samples.edition("ar"))
    assert first == "ParaphHouseNotice"
    assert sorted(running) == ["ParaphHouseDraft", "ParaphHouseDraft", "ParaphHouseNotice"]
    assert draft_and_notice(samples.edition("en", draft=False)) == []


def test_a_template_saved_by_libreoffice_has_one_part_of_properties() -> None:
    standard, own = "package/2006/relationships/metadata", "officedocument/2006/relationships/metadata"
    proved(samples.edition("en"), changed(KIT, "_rels/.rels", (standard, own)))


def test_values_in_the_margins_are_text_and_never_template() -> None:
    hostile = "{{ names }} {_{ {% raw %} <w:p/> & co"
    document = replace(samples.document("en"), reference=hostile, draft=hostile)
    data = render(alone(document), KIT)
    assert hostile in words(xml(data, "header1"))
    assert words(xml(data, "footer1")).startswith(hostile)


def test_pages_are_counted_by_word() -> None:
    codes = [one.text for one in xml(render(samples.edition("fr"), KIT), "footer1").iter(f"{W}instrText")]
    assert codes == [" PAGE ", " NUMPAGES "]


def test_a_slot_keeps_what_was_set_in_word_and_styles_are_found_by_name() -> None:
    kit = changed(
        KIT,
        "word/document.xml",
        (
            '<w:pStyle w:val="ParaphSubtitle"/></w:pPr><w:r>',
            '<w:pStyle w:val="Untertitel"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr>',
        ),
    )
    kit = changed(kit, "word/styles.xml", ('w:styleId="ParaphSubtitle"', 'w:styleId="Untertitel"'))
    kit = changed(kit, "word/styles.xml", ('"ParaphRecital"', '"Considrant"'))
    body = xml(proved(samples.edition("en"), kit))
    subtitle = next(one for one in body.iter(f"{W}p") if words(one) == "One child, the same rights")
    assert subtitle.find(f"{W}pPr/{W}jc") is not None
    assert subtitle.find(f"{W}r/{W}rPr/{W}color") is not None
    assert "Considrant" in {style_of(one) for one in body.iter(f"{W}p")}


def test_a_field_that_word_has_split_into_runs_is_still_one() -> None:
    split = "{{ ti</w:t></w:r><w:r><w:t>tle }}"
    proved(samples.edition("en"), changed(KIT, "word/document.xml", ("{{ title }}", split)))


@pytest.mark.parametrize("languages", [("en",), ("en", "fr")], ids="-".join)
@pytest.mark.parametrize("style", ["ParaphHouse", "Normal"])
def test_the_houses_own_words_and_empty_lines_may_stand_anywhere(style: str, languages: tuple[str, ...]) -> None:
    words_and_line = (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>Press: {{{{ house }}}}</w:t></w:r></w:p><w:p/>'
    )
    kit = changed(
        KIT, "word/document.xml", ("<w:sectPr>", f"{words_and_line}<w:sectPr>"), ("<w:body>", "<w:body><w:p/>")
    )
    data = proved(samples.edition(*languages), kit)
    assert "Press: Two Shores Network" in words(xml(data))


def test_the_fields_are_in_the_documentation() -> None:
    described = (TEMPLATES.parent / "docs" / "templates-word.md").read_text(encoding="utf-8")
    fields = values(samples.document("en"), KIT)
    assert [one for one in (*fields, *SLOTS) if f"{{{{ {one} }}}}" not in described] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{ notice }}", "{{ notise }}", "notise"),
        ("{{ notice }}", "{% if %}", "word.docx"),
        ("{{ notice }}", "{{ notice.__class__.__mro__ }}", "unsafe"),
        ("{{ notice }}", "{% for one in range(99999999) %}a{% endfor %}", "too big"),
        ("{{ notice }}", "{{ 1 // 0 }}", "zero"),
        ("{{ notice }}", "{{ notice + 1 }}", "word.docx"),
        ("{{ body }}", "text", "body"),
        ("{{ title }}", "{{ body }}", "body"),
        ("{{ subtitle }}", "{{ title }}", "twice"),
    ],
)
def test_a_template_with_a_fault_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(RenderError, match=message) as caught:
        render(samples.edition("en"), changed(KIT, "word/document.xml", (old, new)))
    assert caught.value.advice


def test_a_form_without_a_template_is_refused() -> None:
    with pytest.raises(RenderError, match=r"word\.docx"):
        render(samples.edition("en"), replace(KIT, files={}))


# --- the house's look ------------------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x1f\x4e\x79" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_colours_and_fonts_reach_theme_and_styles() -> None:
    brand = replace(
        samples.BRAND, accent="#aa0011", text_font="Garamond", heading_font="Futura", arabic_font="Scheherazade"
    )
    package = Package.read(render(samples.edition("en"), replace(KIT, brand=brand)))
    theme = package.parts["word/theme/theme1.xml"].decode()
    assert all(one in theme for one in ('val="AA0011"', "Garamond", "Futura", "Scheherazade"))
    assert "1F4E79" not in package.parts["word/styles.xml"].decode()
    assert "AA0011" in package.parts["word/styles.xml"].decode()


@pytest.mark.parametrize("languages", [("fr",), ("fr", "en")], ids="-".join)
def test_the_logo_stands_once_and_is_described(languages: tuple[str, ...]) -> None:
    data = proved(samples.edition(*languages), replace(KIT, logo=png(40, 20)))
    header = xml(data, "header1")
    described = [one.get("descr") for one in header.iter() if etree.QName(one).localname == "docPr"]
    assert described == ["Deux rives"]
    assert Package.read(data).parts["word/media/logo.png"] == png(40, 20)


def test_a_logo_that_word_cannot_show_is_refused() -> None:
    with pytest.raises(RenderError, match="logo"):
        render(samples.edition("en"), replace(KIT, logo=b"<svg xmlns='http://www.w3.org/2000/svg'/>"))


def test_paper() -> None:
    size = next(xml(render(samples.edition("en"), replace(KIT, paper="a5"))).iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("8391", "11906")


# --- two languages ---------------------------------------------------------------------------------------------------


def test_languages_are_named_on_each_page_and_lists_pair_by_key() -> None:
    french = samples.document("fr")
    turned = []
    for part in french.parts:
        blocks: list[Block] = []
        for block in part.blocks:
            if isinstance(block, Table):
                block = replace(block, rows=block.rows[::-1])
            elif isinstance(block, Grid):
                block = replace(block, cells=block.cells[::-1])
            blocks.append(block)
        turned.append(replace(part, blocks=tuple(blocks)))
    edition = Edition(documents=(samples.document("en"), replace(french, parts=tuple(turned))))
    body = xml(proved(edition))
    rows = [[words(cell) for cell in row.findall(f"{W}tc")] for row in body.iter(f"{W}tr")]
    assert ["English", "français"] in rows
    assert ["For the Harbour Association", "Pour l’Association du Port"] in rows
    assert any(row[0] == "guardian" and row[2] == "tuteur" for row in rows)
    assert all(
        table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        for table in body.find(f"{W}body").findall(f"{W}tbl")  # type: ignore[union-attr]
    )


def test_a_paragraph_that_one_language_lacks_leaves_its_cell_empty() -> None:
    english = samples.document("en")
    parts = tuple(
        replace(part, blocks=tuple(one for one in part.blocks if one.key != "commit/hear/0"))
        if part.id == "commit"
        else part
        for part in english.parts
    )
    for documents in ((replace(english, parts=parts), samples.document("fr")), (samples.document("fr"), english)):
        edition = Edition(documents=documents)
        found = read_back(render(edition, KIT), edition)
        assert [one.text for one in found[1]] == [one.text for one in printed(documents[1])]


@pytest.mark.parametrize(("around", "of"), [("fr", "ar"), ("ar", "fr")])
def test_a_reservation_that_is_all_in_a_language_of_the_other_direction_runs_in_that(around: str, of: str) -> None:
    """Inside a line, programs break words of both directions otherwise than they are read. Those who sign stay where
    they are, in the columns of the document."""
    inside = Span(of, (Text("المادة 19 (ICCPR)، حق" if of == "ar" else "article 19"),))
    places = (("reservation", (inside,)), ("reservation", (Text("x "), inside)), ("signatory", (inside,)))
    blocks = (Paragraph(key=str(key), role=role, inlines=inlines) for key, (role, inlines) in enumerate(places))
    below, beside, signatory = xml(proved(alone(samples.of_blocks(*blocks, language=around)))).findall(f".//{W}p")[:3]
    assert words(below) == plain((inside,))
    assert [one.find(f"{W}pPr/{W}bidi") is not None for one in (below, beside, signatory)] == [
        of == "ar",
        around == "ar",
        around == "ar",
    ]
    assert len(words(beside)) == len(plain((Text("x "), inside))) + 4  # the marks of both directions
