"""PDF: the standards, the same bytes, the words read back, and clear refusals."""

from __future__ import annotations

import codecs
import functools
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from judges import assert_conforms, assert_parted
from paraph.errors import RenderError
from paraph.model.document import Document, Edition
from paraph.model.text import (
    Break,
    ClauseRef,
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
)
from paraph.model.writing import NumberStyle
from paraph.render.fonts import font_dirs
from paraph.render.pdf.compare import differences
from paraph.render.pdf.document import render
from paraph.render.pdf.read import read_back
from samples import BRAND, EDITIONS, PIXEL, QUOTED, edition, kit, of_blocks, tiny

FORMS = ("common", "letter", "leaflet")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("languages", EDITIONS, ids="+".join)
def test_every_form_conforms_and_says_what_the_document_says(form: str, languages: tuple[str, ...]) -> None:
    made = edition(*languages)
    data = render(made, kit(form))
    assert_conforms(data)
    assert differences(data, made, BRAND) is None


def test_same_bytes() -> None:
    made, materials = edition("en", "ar"), kit(attachments=(("source.yml", "application/yaml", b"id: x\n"),))
    assert render(made, materials) == render(made, materials)


def test_the_source_travels_inside() -> None:
    data = render(edition("en"), kit(attachments=(("declaration.yml", "application/yaml", b"id: two-shores\n"),)))
    assert_conforms(data)
    assert b"declaration.yml" in data
    assert b"/AFRelationship/Source" in data


@pytest.mark.parametrize(
    "held",
    ["id: é\r\n".encode(), b"", codecs.BOM_UTF8 + b"id: x\n", bytes(range(256)), b"#set page()\n"],
    ids=["text", "nothing", "with a mark", "bytes", "typst"],
)
def test_what_travels_inside_is_the_same_to_the_byte(held: bytes) -> None:
    import pikepdf

    data = render(edition("en"), kit(attachments=(("a.yml", "application/yaml", held),)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.attachments["a.yml"].get_file().read_bytes() == held


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 9"><circle cx="5" cy="5" r="4"/></svg>'


@pytest.mark.parametrize("logo", [PIXEL, SVG], ids=["png", "svg"])
def test_a_logo_has_its_alternative_text(logo: bytes) -> None:
    made = edition("en")
    data = render(made, kit(logo=logo))
    assert_conforms(data)
    assert b"/Alt(Two Shores)" in data
    assert differences(data, made, BRAND) is None


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("Call upon States to end it.", "Call upon States to end it"),
        ("Call upon States to end it.", "Call upon States end to it."),
        ("Call upon States to end it.", "Callupon States to end it."),
        ("Call upon States", "Call upon states"),
        ("لاحتجاز الأطفال", "لاحتجاز أطفال"),
        ("لاحتجاز الأطفال", "الأطفال لاحتجاز"),
        ("حداً لاحتجاز", "حدا لاحتجاز"),
        ("في موعد أقصاه 31 2018", "في موعد أقصاه 2018 31"),
    ],
)
def test_another_word_is_found(block: str, text: str) -> None:
    language = "en" if block.isascii() else "ar"
    data = render(Edition(documents=(tiny(block, language=language),)), kit())
    assert differences(data, Edition(documents=(tiny(block, language=language),)), BRAND) is None
    assert differences(data, Edition(documents=(tiny(text, language=language),)), BRAND) is not None


SENTENCES = {
    "en": "Call upon States (all 47) to end it – “at once”; see article 37, paragraph 2.",
    "fr": "Demandent aux États (les 47) d’y mettre fin : « sans délai » ; voir l’article 37, paragraphe 2.",
    "ar": "ندعو الدول (الـ 47) إلى وضع حدٍّ لاحتجاز «كلّ طفل»، انظر المادة 37، الفقرة CRC/C/GC/6 – 2.",
}
WORD = re.compile(r"\w[\w\u064b-\u0652/]*")


def mutations(text: str) -> Iterator[str]:
    """`text` with each word deleted, doubled, or swapped with the next, and the same for its letters."""
    words = [*WORD.finditer(text)]
    for one, after in zip(words, [*words[1:], None], strict=True):
        head, tail, word = text[: one.start()], text[one.end() :], one[0]
        yield head + tail
        yield f"{head}{word} {word}{tail}"
        if after is not None and after[0] != word:
            yield head + after[0] + text[one.end() : after.start()] + word + text[after.end() :]
        for at, letter in enumerate(word):
            yield head + word[:at] + word[at + 1 :] + tail
            yield head + word[:at] + letter + word[at:] + tail
            if word[at + 1 : at + 2] not in ("", letter):
                yield head + word[:at] + word[at + 1] + letter + word[at + 2 :] + tail


def differs(data: bytes, made: Edition) -> bool:
    """Whether the file is stopped: a difference is reported, or marks heaped by the mutation are refused."""
    try:
        return differences(data, made, BRAND) is not None
    except RenderError:
        return True


@pytest.mark.parametrize("language", SENTENCES)
def test_a_word_or_letter_deleted_doubled_or_swapped_is_found(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paraph.render.pdf.compare.read_back", functools.cache(read_back))  # one file, a thousand texts
    text = SENTENCES[language]

    def made(body: str = text, noted: str = text, cell: str = text, label: str = "12.") -> Edition:
        number = Number(series="s", path=(12,), value=12, style=NumberStyle.DECIMAL, label=label)
        row = Row(key="r", cells=((Text(cell),), (Text(text),)))
        blocks = (
            Paragraph(key="p", role="prose", inlines=(Emphasis((Text(body),)), note(noted))),
            Paragraph(key="n", role="operative", inlines=(Text(text),), number=number),
            Table(key="t", role="glossary", head=((Text("T"),), (Text("S"),)), rows=(row,), widths=(1, 2)),
        )
        return Edition(documents=(of_blocks(*blocks, language=language),))

    data = render(made(), kit())
    assert differences(data, made(), BRAND) is None
    for changed in mutations(text):
        for place in ("body", "noted", "cell"):
            assert differs(data, made(**{place: changed})), (place, changed)
    for label in ("", "1.", "2.", "21.", "122.", "12"):
        assert differences(data, made(label=label), BRAND) is not None, label


def test_a_joiner_has_no_glyph_and_stops_nothing() -> None:
    made = Edition(documents=(tiny("\u200cfirst\u200d and می\u200cخواهم\u200d"),))
    data = render(made, kit())
    assert differences(data, made, BRAND) is None
    assert differences(data, Edition(documents=(tiny("first and میخواه"),)), BRAND) is not None


@pytest.mark.parametrize(
    "text",
    [
        "«حق)الطفل{%،09-08=1+1*//",
        "the term (حق) الطفل!",
        "a (حق الطفل) الدول b",
        "2؟{0} – ة{1}, 3 % ، 4",
        "؀12 a ۝3 ٪",
        "٣—،١٢",
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_arabic_signs_among_other_letters_are_read_back(text: str, language: str) -> None:
    made = Edition(documents=(tiny(text, language=language),))
    assert differences(render(made, kit()), made, BRAND) is None


def test_marks_that_cannot_be_read_back_are_refused_by_name() -> None:
    made = Edition(documents=(tiny("a )\u0323", language="ar"),))
    with pytest.raises(RenderError, match=re.escape("U+0029 RIGHT PARENTHESIS, U+0323 COMBINING DOT BELOW")):
        differences(render(made, kit()), made, BRAND)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_arabic_with_a_vowel_may_end_a_paragraph(language: str) -> None:
    """typst/typst#8667: it panics where nothing follows."""
    made = Edition(
        documents=(
            of_blocks(Paragraph(key="p", role="prose", inlines=(Span("ar", (Text("حداً"),)),)), language=language),
        )
    )
    assert differences(render(made, kit()), made, BRAND) is None


def test_a_reference_leads_to_its_paragraph() -> None:
    blocks = (
        Paragraph(key="there", role="prose", inlines=(Text("There."),)),
        Paragraph(key="here", role="prose", inlines=(ClauseRef("there", (Text("paragraph 1"),)), Text(" says so."))),
        Paragraph(key="note", role="prose", inlines=(ClauseRef("nowhere", (Text("paragraph 9"),)),)),
    )
    made = Edition(documents=(of_blocks(*blocks), of_blocks(*blocks, language="fr")))
    data = render(made, kit())
    assert_conforms(data)
    assert differences(data, made, BRAND) is None
    assert data.count(b"/Subtype/Link") == 2


def pages(edition: Edition) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(render(edition, kit()))
    found = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    return found


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fr", ["Les enfants dans les lieux", "de privation de liberté"]),
        ("en", ["Children in all the places", "of deprivation of liberty"]),
    ],
)
def test_no_line_of_a_title_ends_with_a_short_word(language: str, lines: list[str]) -> None:
    title = Heading(key="t", role="title", level=1, inlines=(Text(" ".join(lines)),))
    (page,) = pages(Edition(documents=(of_blocks(title, language=language),)))
    assert [line.strip() for line in page.splitlines() if line.strip() in lines] == lines


def signed(
    lines: int, signatures: int, *, columns: int = 2, numbered: bool = False, language: str = "en", more: str = ""
) -> Document:
    """`lines` paragraphs, a heading, and the signatures under it, `more` in each."""

    def paragraph(n: int) -> Paragraph:
        number = Number(series="s", path=(n,), value=n, style=NumberStyle.DECIMAL, label=f"{n}.")
        return Paragraph(key=f"p{n}", role="prose", inlines=(Text(f"Item {n}."),), number=number if numbered else None)

    cells = tuple(
        (Paragraph(key=f"s{n}", role="signatory", inlines=(Text(f"({n}){more}"),)),) for n in range(signatures)
    )
    return of_blocks(
        *(paragraph(n) for n in range(1, lines + 1)),
        Heading(key="h", role="signatures", level=2, inlines=(Text("Signed"),)),
        Grid(key="signatures", role="signatures", cells=cells, columns=columns),
        language=language,
    )


@pytest.mark.parametrize(("signatures", "columns", "lines"), [(2, 2, range(16, 30)), (10, 2, range(10, 30, 3))])
@pytest.mark.parametrize("numbered", [False, True])
def test_signatures_do_not_stand_alone_on_a_page(signatures: int, columns: int, lines: range, numbered: bool) -> None:
    for count in lines:
        for page in pages(Edition(documents=(signed(count, signatures, columns=columns, numbered=numbered),))):
            on_it = {f"({n})" in page for n in range(signatures)} | {f"Item {count}." in page}
            assert len(on_it) == 1, (count, page)


def test_signatures_side_by_side_stand_with_the_end_of_the_text() -> None:
    for count in (4, 9, 14, 19):
        beside = Edition(documents=tuple(signed(count, 9, language=code) for code in ("en", "fr")))
        assert [page.count("(8)") for page in pages(beside) if f"Item {count}." in page] == [2]


def test_signatures_side_by_side_that_fill_a_page_leave_none_alone_on_the_next() -> None:
    for count in range(1, 40, 3):
        long = " An institution whose name takes up a second line"
        beside = Edition(documents=tuple(signed(count, 10, language=code, more=long) for code in ("en", "fr")))
        held = [sum(page.count(f"({n})") for n in range(10)) // 2 for page in pages(beside)]
        assert sum(held) == 10
        assert min(one for one in held if one) >= 2, count


def test_signatures_of_many_go_on_to_the_next_page_by_two_at_least() -> None:
    found = pages(Edition(documents=(signed(3, 31, columns=1),)))
    held = [sum(f"({n})" in page for n in range(31)) for page in found]
    assert sum(held) == 31
    assert min(held) >= 2


def test_a_paragraph_moved_numbered_otherwise_or_left_out_is_found() -> None:
    made = edition("en")
    data = render(made, kit())
    document = made.documents[0]
    parts = document.parts
    for changed in (
        (*parts[:4], parts[5], parts[4], *parts[6:]),
        parts[:-1],
        tuple(replace(part, blocks=part.blocks[:-1]) if part.id == "commit" else part for part in parts),
    ):
        other = replace(document, parts=changed)
        assert differences(data, Edition(documents=(other,)), BRAND) is not None


def note(*text: str, number: int = 1) -> Note:
    return Note("n", tuple(Text(one) for one in text), number)


def test_a_call_of_a_footnote_in_another_place_is_found() -> None:
    def made(*inlines: object) -> Edition:
        paragraph = Paragraph(key="p", role="prose", inlines=inlines)  # type: ignore[arg-type]
        return Edition(documents=(of_blocks(paragraph),))

    there = made(Text("One"), note("A note."), Text(" two."))
    data = render(there, kit())
    assert differences(data, there, BRAND) is None
    assert "“^1^" in str(differences(data, made(Text("One two"), note("A note."), Text(".")), BRAND))
    assert "nother" in str(differences(data, made(Text("One"), note("Another."), Text(" two.")), BRAND))


def test_arabic_is_read_in_the_order_of_its_words() -> None:
    inlines = (
        Emphasis((Text("إذ تذكّر"),)),
        Text(" أن «"),
        Strong((Text("كلّ طفلٍ"),)),
        Text("» ("),
        Span("fr", (Text("chaque enfant"), Text(" – "))),
        Isolate((Text("2026-09-08"),)),
        Text("، "),
        Isolate((Text("CRC/C/GC/6"),)),
        Text("، الفقرة 61) يُحتجز حداً في مدرَّباً Ω № 12 % و3,5؛ "),
        Link("https://example.org", (Text("الرابط"), Text(" example.org"))),
        Text("."),
    )
    blocks = (
        Heading(key="h", role="title", level=1, inlines=inlines),
        Paragraph(key="p", role="prose", inlines=inlines * 4),
        Table(
            key="t",
            role="glossary",
            head=((Text("المصطلح"),), inlines),
            rows=(Row(key="r", cells=(inlines, inlines)),),
            widths=(1, 2),
        ),
    )
    made = Edition(documents=(of_blocks(*blocks, language="ar"),))
    assert differences(render(made, kit()), made, BRAND) is None


@pytest.mark.parametrize(("language", "inlines"), QUOTED.values(), ids=QUOTED)
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "side by side"])
def test_quoted_words_that_run_the_other_way_stand_between_their_marks(
    language: str, inlines: tuple[Inline, ...], beside: bool
) -> None:
    """Each is isolated: what parts them stands between them."""
    documents = [of_blocks(Paragraph(key="p", role="reservation", inlines=inlines), language=language)]
    if beside:
        documents.insert(0, of_blocks(Paragraph(key="p", role="prose", inlines=(Text("-"),)), language="en"))
    made = Edition(documents=tuple(documents))
    data = render(made, kit())
    assert differences(data, made, BRAND) is None
    assert_parted(data, language)


def test_a_missing_glyph_is_named_with_its_sentence() -> None:
    with pytest.raises(RenderError) as refused:
        render(Edition(documents=(tiny("Every child 漢 counts."),)), kit())
    assert "漢 (U+6F22 CJK UNIFIED IDEOGRAPH-6F22)" in refused.value.message
    assert "Every child 漢 counts." in refused.value.message


def test_a_font_that_is_not_there_is_named() -> None:
    with pytest.raises(RenderError, match="garamond of nowhere"):
        render(edition("en"), kit(brand=replace(BRAND, text_font="Garamond of Nowhere")))


def test_a_fault_in_a_template_is_named() -> None:
    materials = kit()
    with pytest.raises(RenderError, match="unknown variable: nowhere"):
        render(edition("en"), replace(materials, files={**materials.files, "page.typ": b"#nowhere"}))


def test_a_picture_that_is_not_utf_8_is_named() -> None:
    materials = kit()
    with pytest.raises(RenderError, match="UTF-8"):
        render(edition("en"), replace(materials, files={**materials.files, "star.svg": b"<svg>\xe9</svg>"}))


def test_the_draft_mark_and_page_numbers_are_not_in_the_text() -> None:
    reading = read_back(render(edition("en"), kit()))
    assert not any("Draft for review" in text or "Page 1" in text for text in reading.text)


def test_side_by_side_each_language_may_lack_what_the_other_has() -> None:
    def paragraph(key: str, *inlines: object) -> Paragraph:
        return Paragraph(key=key, role="prose", inlines=inlines)  # type: ignore[arg-type]

    def row(key: str, text: str) -> Row:
        return Row(key=key, cells=((Text(text),), (Text(f"{text}: sens"),)))

    head = ((Text("T"),), (Text("S"),))
    english = of_blocks(
        paragraph("a", Text("Both.")),
        paragraph("b", Text("English only"), note("First note."), Text(".")),
        Table(key="t", role="glossary", head=head, rows=(row("x", "ex"), row("y", "why")), widths=(1, 2)),
    )
    french = of_blocks(
        paragraph("a", Text("Les deux.")),
        paragraph("c", Text("Français seulement"), note("Note du français.", number=2), Text(".")),
        Table(key="t", role="glossary", head=head, rows=(row("z", "zède"), row("x", "ixe")), widths=(1, 3)),
        language="fr",
    )
    made = Edition(documents=(english, french))
    data = render(made, kit())
    assert_conforms(data)
    assert differences(data, made, BRAND) is None


def test_fonts_are_those_of_packages_alone() -> None:
    data = render(edition("en", "ar"), kit())
    assert set(re.findall(rb"/FontName/[A-Z]{6}\+(\w+)", data)) == {b"NotoSerif", b"NotoSans", b"Amiri"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_address_of_a_letter_stands_in_the_window(language: str) -> None:
    blocks = (
        Paragraph(key="to", role="address", inlines=(Text("12 31"), Break(), Text("45"))),
        Paragraph(key="place-date", role="place-date", inlines=(Text("2026"),)),
    )
    document = replace(of_blocks(*blocks, language=language), notice="Notice" if language == "en" else "")
    made = Edition(documents=(document,))
    data = render(made, kit("letter"))
    assert differences(data, made, BRAND) is None
    chunks = [
        chunk for line in read_back(data).body for part in line for chunk in part.pieces if not isinstance(chunk, str)
    ]
    points = 72 / 25.4
    place = next(chunk for run in chunks for chunk in run if "".join(chunk.clusters).startswith("12"))
    assert 20 * points < place.x < 105 * points
    assert 45 * points < 842 - place.y < 90 * points


def test_a_letter_without_a_title_may_have_headings() -> None:
    def heading(key: str, level: int) -> Heading:
        return Heading(key=key, role="section", level=level, inlines=(Text(key),))

    made = Edition(documents=(of_blocks(heading("first", 2), heading("second", 4), heading("third", 2)),))
    data = render(made, kit("letter"))
    assert_conforms(data)
    assert differences(data, made, BRAND) is None


def test_fonts_are_those_of_the_fontpkg_packages() -> None:
    import fontpkg

    assert {*font_dirs()} == {file.path.parent for family in fontpkg.families().values() for file in family.files}
