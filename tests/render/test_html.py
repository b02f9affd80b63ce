"""HTML: the words read back, the same bytes, what a page declares, and clear refusals."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from paraph.errors import FidelityError, RenderError
from paraph.model.colour import contrast
from paraph.model.document import Edition, printed
from paraph.model.text import (
    ClauseRef,
    Emphasis,
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
)
from paraph.model.writing import NumberStyle
from paraph.render.html.brand import string
from paraph.render.html.colour import readable_on
from paraph.render.html.page import render
from paraph.render.html.read import read_back
from paraph.render.kit import Kit
from samples import BRAND, EDITIONS, PIXEL, document, edition, kit, of_blocks, tiny


def alone(*texts: str) -> Edition:
    return Edition(documents=(tiny(*texts),))


@pytest.mark.parametrize("languages", EDITIONS, ids="+".join)
def test_the_page_says_what_the_documents_say(languages: tuple[str, ...]) -> None:
    made = edition(*languages)
    data = render(made, kit())
    assert read_back(data, made) == tuple(printed(one) for one in made.documents)
    assert data == render(made, kit())


def test_the_policy_allows_this_style_sheet_and_nothing_else() -> None:
    page = render(edition("en"), kit()).decode()
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert style
    assert policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    allowed = policy[1].replace("&#39;", "'")
    assert allowed.startswith("default-src 'none'")
    assert f"'sha256-{digest}'" in allowed
    assert "<script" not in page
    assert " style=" not in page
    assert "url(" not in style[1]


def test_each_language_is_marked_with_its_direction() -> None:
    root = lxml_html.fromstring(render(edition("en", "ar"), kit()))
    assert root.get("lang") == "en"
    cells = root.xpath("//main//*[@class='cell']")
    assert {(cell.get("lang"), cell.get("dir")) for cell in cells} == {("en", "ltr"), ("ar", "rtl")}
    assert root.xpath("//span[@lang='fr' and @dir='ltr']//text()") != []
    assert len(root.xpath("//h1")) == 1
    assert root.xpath("//bdi[@dir='ltr']") != []


def test_notes_link_to_their_calls_and_back() -> None:
    root = lxml_html.fromstring(render(edition("fr"), kit()))
    for call in root.xpath("//a[@role='doc-noteref']"):
        (note,) = root.xpath("//li[@id=$id]", id=call.get("href").removeprefix("#"))
        (back,) = note.xpath(".//a[@role='doc-backlink']")
        assert back.get("href") == "#" + call.get("id")
        assert call.text in back.get("aria-label")
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(target.removeprefix("#") in ids for target in root.xpath("//a/@href") if target.startswith("#"))


def test_numbered_paragraphs_are_nested_lists_with_their_numbers_as_text() -> None:
    root = lxml_html.fromstring(render(edition("en"), kit()))
    (second,) = root.xpath("//p[@id='commit-visit-0']/parent::li")
    assert second.xpath("./ol/li/p/span[@class='number']/text()") == ["(a)", "(b)"]
    assert second.xpath("./ol/li[1]/ol/li/p/span[@class='number']/text()") == ["(i)", "(ii)"]
    assert second.xpath("./p[not(span[@class='number'])]/text()") == ["every visit ends with a report;"]
    assert root.xpath("//ul/li/p/span[@class='number']/text()") == ["•", "•"]


def test_a_reference_leads_to_its_paragraph() -> None:
    number = Number(series="s", path=(1,), value=1, style=NumberStyle.DECIMAL, label="1.")
    target = Paragraph(key="s/no-detention", role="operative", inlines=(Text("End it."),), number=number)
    inlines = (ClauseRef("s/no-detention", (Text("paragraph 1"),)), ClauseRef("elsewhere", (Text("that"),)))
    made = Edition(documents=(of_blocks(target, Paragraph(key="s/b", role="operative", inlines=inlines)),))
    page = render(made, kit()).decode()
    assert '<a href="#s-no-detention">paragraph 1</a>that' in page


def test_a_table_has_its_caption_and_headers() -> None:
    (table,) = lxml_html.fromstring(render(edition("en"), kit())).xpath("//table")
    assert table.xpath("string(caption)") == "Terms used in this document"
    assert len(table.xpath(".//th[@scope='col']")) == 2
    assert len(table.xpath(".//th[@scope='row']")) == 2


def test_a_draft_says_so_and_is_not_indexed() -> None:
    assert b'content="noindex"' in render(edition("en"), kit())
    released = render(edition("en", draft=False), kit())
    assert b"noindex" not in released
    assert b'class="running' not in released


def test_a_page_without_a_title_names_itself_to_a_screen_reader() -> None:
    made = alone("Dear Madam or Sir,")
    root = lxml_html.fromstring(render(made, kit()))
    assert root.xpath("normalize-space(//h1[@class='unseen'])") == "Tiny"


def test_the_letterhead_names_the_house_and_then_who_speaks() -> None:
    made = edition("en", "fr")
    root = lxml_html.fromstring(render(made, kit()))
    for one, cell in zip(made.documents, root.xpath("//header//div[@class='cell']"), strict=True):
        house = BRAND.name[one.language.code]
        names = [name for name in one.letterhead.names if name != house]
        assert cell.xpath("p[@class='house' or @class='name']/text()") == [house, *names]


@pytest.mark.parametrize(("logo", "media_type"), [(PIXEL, "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg")])
def test_a_logo_travels_inside(logo: bytes, media_type: str) -> None:
    page = render(edition("fr"), kit(logo=logo, logo_alt={"fr": "Deux « rives »"})).decode()
    assert f'src="data:{media_type};base64,' in page
    assert 'alt="Deux « rives »"' in page


def refused(made: Edition, materials: Kit) -> str:
    with pytest.raises(RenderError) as caught:
        render(made, materials)
    assert caught.value.advice
    return caught.value.message


def test_what_cannot_be_published_is_refused() -> None:
    files = dict(kit().files)
    assert "logo" in refused(edition("en"), kit(logo=b"BM bitmap", logo_alt={"en": "x"}))
    assert "U+0001" in refused(alone("a\x01b"), kit())
    link = Paragraph(key="p", role="prose", inlines=(Link("javascript:alert(1)", (Text("x"),)),))
    assert "javascript" in refused(Edition(documents=(of_blocks(link),)), kit())
    assert "page.html, line 2" in refused(edition("en"), kit(files=files | {"page.html": b"<p>\n{% if %}"}))
    assert "no_such" in refused(edition("en"), kit(files=files | {"page.html": b"{{ page.no_such }}"}))
    assert "page.css" in refused(edition("en"), kit(files={"page.html": b""}))
    assert "</" in refused(edition("en"), kit(files=files | {"form.css": b"</style><script>"}))
    assert "UTF-8" in refused(edition("en"), kit(files=files | {"page.css": b"\xff"}))


def test_a_template_cannot_reach_into_the_program() -> None:
    files = dict(kit().files) | {"page.html": b"{{ page.__class__.__mro__ }}"}
    refused(edition("en"), kit(files=files))


def test_a_template_that_drops_or_breaks_the_text_is_found_out() -> None:
    made = edition("en")
    with pytest.raises(FidelityError):
        read_back(b"<html><body>nothing</body></html>", made)
    with pytest.raises(FidelityError):
        read_back(b"<html><main><p>unclosed</main></html>", made)
    changed = render(made, kit()).replace(b"same rights", b"some rights")
    assert read_back(changed, made) != (printed(document("en")),)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast(readable_on("#14171c", "#1f4e79", 7), "#14171c") >= 7
    assert readable_on("#14171c", "#ffffff") == "#ffffff"


def test_words_in_css_are_escaped() -> None:
    assert string('a"</style>é') == '"a\\22 \\3c \\2f style\\3e \\e9 "'


# --- hostile strings -------------------------------------------------------------------------------------------------

CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\n\t")
WORDS = st.text(CHARACTERS, max_size=40).map(lambda text: unicodedata.normalize("NFC", text)) | st.sampled_from(
    ["<b>", "</p>", "&amp;", "&#32;", "{{ x }}", "{% y %}", "]]>", "<!--", "-->", "<script>", "\u200f", "\u202e", "😀"]
)


def inlines(depth: int = 2) -> st.SearchStrategy[tuple[Inline, ...]]:
    one: st.SearchStrategy[Inline] = WORDS.map(Text)
    if depth:
        inner = inlines(depth - 1)
        one |= st.one_of(
            inner.map(Emphasis),
            inner.map(Strong),
            inner.map(Isolate),
            inner.map(lambda children: Span("ar", children)),
            WORDS.map(lambda words: Link("https://example.org/?a=1&b=<2>", (Text(words),))),
        )
    return st.lists(one, min_size=1, max_size=4).map(tuple)


@given(st.lists(inlines(), min_size=1, max_size=5), st.data())
@settings(max_examples=300, deadline=None)
def test_hostile_words_come_out_as_written(parts: list[tuple[Inline, ...]], data: st.DataObject) -> None:
    label = data.draw(st.sampled_from(["1.", "(a)", "•", "<1>", "&"]))
    number = Number(series="s", path=(1,), value=1, style=NumberStyle.DECIMAL, label=label)
    blocks = [
        Heading(key="h", role="section", level=2, inlines=parts[0]),
        Table(key="t", role="glossary", head=((), parts[0]), rows=(Row(key="r", cells=(parts[0], ())),), widths=(1, 2)),
        *(
            Paragraph(
                key=f"p{n}",
                role="prose",
                level=n % 3,
                inlines=(*words, Note(f"n{n}", words, n + 1)),
                number=number if n % 2 else None,
            )
            for n, words in enumerate(parts)
        ),
    ]
    made = Edition(documents=(of_blocks(*blocks),))
    assert read_back(render(made, kit()), made) == (printed(made.documents[0]),)
