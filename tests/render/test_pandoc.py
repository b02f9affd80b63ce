"""ODT, EPUB and Markdown: the words read back, the same bytes, direction and metadata, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paraph.errors import RenderError, UsageError
from paraph.model.document import Edition, printed
from paraph.model.text import Emphasis, Link, Note, Number, Paragraph, Row, Strong, Table, Text
from paraph.model.writing import NumberStyle
from paraph.render.formats import make
from paraph.render.kit import Kit
from paraph.render.pandoc import document as pandoc
from samples import edition, kit, of_blocks, tiny
from test_html import inlines

FORMATS: dict[str, tuple[Callable[[Edition, Kit], bytes], Callable[[bytes, Edition], object]]] = {
    "odt": (pandoc.render_odt, pandoc.read_back_odt),
    "epub": (pandoc.render_epub, pandoc.read_back_epub),
    "md": (pandoc.render_md, pandoc.read_back_md),
}
every_format = pytest.mark.parametrize("name", FORMATS)


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.namelist()[0] == "mimetype"
        assert package.infolist()[0].compress_type == zipfile.ZIP_STORED
        return package.read(name).decode()


@every_format
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_file_says_what_the_document_says(name: str, language: str) -> None:
    render, read_back = FORMATS[name]
    made = edition(language)
    data = render(made, kit())
    assert read_back(data, made) == (printed(made.documents[0]),)
    assert data == render(made, kit())


@every_format
def test_two_languages_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="en and fr side by side") as caught:
        FORMATS[name][0](edition("en", "fr"), kit())
    assert "html" in caught.value.advice


@every_format
def test_a_control_character_is_refused(name: str) -> None:
    with pytest.raises(RenderError, match=r"U\+0002"):
        FORMATS[name][0](Edition(documents=(tiny("a\x02b"),)), kit())


def test_no_page_of_an_odt_parts_a_row_or_a_chapeau_from_what_follows() -> None:
    data = pandoc.render_odt(edition("en"), kit())
    content, styles = member(data, "content.xml"), member(data, "styles.xml")
    assert '<style:table-row-properties fo:keep-together="always"/>' in content
    assert content.count('<table:table-row table:style-name="WholeRow">') == content.count("<table:table-row") > 1
    (chapeau,) = re.findall(r'<style:style style:name="chapeau".*?</style:style>', styles)
    assert 'fo:keep-with-next="always"' in chapeau


def test_odt_carries_metadata_styles_and_direction() -> None:
    data = pandoc.render_odt(edition("ar"), kit())
    meta, styles, content = (member(data, f"{part}.xml") for part in ("meta", "styles", "content"))
    assert "<dc:title>إعلان الضفتين</dc:title>" in meta
    assert "<dc:date>2026-11-20T00:00:00</dc:date>" in meta
    assert "1970" not in meta
    assert 'style:writing-mode="rl-tb"' in styles
    assert 'style:name="item-2-numbered"' in styles
    assert "مشروع معروض للمراجعة" in styles
    assert 'text:style-name="item-2-numbered"' in content


def test_epub_carries_metadata_and_direction() -> None:
    data = pandoc.render_epub(edition("ar"), kit())
    package = member(data, "EPUB/content.opf")
    assert 'page-progression-direction="rtl"' in package
    assert ">TSN 2026/3 (ar)</dc:identifier>" in package
    assert '"dcterms:modified">2026-11-20T00:00:00Z<' in package
    assert '<html dir="rtl"' in member(data, "EPUB/text/ch002.xhtml")


def test_markdown_is_readable_as_it_stands() -> None:
    text = pandoc.render_md(edition("en"), kit()).decode()
    assert text.startswith('---\ntitle: "Declaration of the two shores"\nlang: "en"\n')
    assert '<span class="number">1.</span> to hear every child in a language that the child understands;' in text
    assert '<span lang="fr" dir="ltr">*mineurs non accompagnés*</span>' in text
    assert "| guardian | the person who **speaks for the child** |" in text
    assert "[^1]: Convention on the Rights of the Child, art. 3." in text


MARKDOWN_TRAPS = (
    r"\(a\) and \[b\]", "1. one", "2) two", "- dash", "+ plus", "* star", "# hash", "> quote", "| a | b |", "---",
    "===", "~~~", "```", "$5 and $6", "~~gone~~", "a_b_c", "**", "[x](y)", "![x](y)", "[^1]", "[^1]: x", "<b>",
    "<!-- x -->",
    "&amp; &#32; & co", "http://x.y/*a*", "www.x.org/_a_", "a@b.c", ":smile:", "{.x}", "::: x", "a\\", "!", "x^2^",
    "    four spaces", "1986\\. year", "\u00a0", "«\u202fa\u202f»",
)  # fmt: skip


@every_format
def test_markup_in_words_stays_words(name: str) -> None:
    make(Edition(documents=(tiny(*MARKDOWN_TRAPS),)), kit(), name)


def test_emphasis_beside_punctuation() -> None:
    blocks = [
        Paragraph(key="a", role="prose", inlines=(Text("x"), Strong((Text("“quoted”"),)), Text("y"))),
        Paragraph(
            key="b", role="prose", inlines=(Emphasis((Text("a"),)), Emphasis((Text("b"),)), Strong((Text("c"),)))
        ),
        Paragraph(key="c", role="prose", inlines=(Strong((Emphasis((Text("both"),)), Text(" one"))),)),
        Paragraph(key="d", role="prose", inlines=(Text("wow!"), Link("https://example.org/a_(b)", (Text("[link]"),)))),
    ]
    made = Edition(documents=(of_blocks(*blocks),))
    assert pandoc.read_back_md(pandoc.render_md(made, kit()), made) == (printed(made.documents[0]),)


@every_format
@given(parts=st.lists(inlines(1), min_size=20, max_size=40))
@settings(max_examples=6, deadline=None)
def test_hostile_words_come_out_as_written(name: str, parts: list[tuple[Text, ...]]) -> None:
    number = Number(series="s", path=(1,), value=1, style=NumberStyle.DECIMAL, label="1.")
    paragraphs = [
        Paragraph(
            key=f"p{n}",
            role="prose",
            inlines=(Text("x"), *words, Note(f"n{n}", (Text("n"), *words, Text("n")), n + 1), Text("x")),
            number=number if n % 2 else None,
        )
        for n, words in enumerate(parts)
    ]
    table = Table(
        key="t", role="glossary", head=((), parts[0]), rows=(Row(key="r", cells=(parts[1], ())),), widths=(1, 2)
    )
    make(Edition(documents=(of_blocks(*paragraphs, table),)), kit(), name)
