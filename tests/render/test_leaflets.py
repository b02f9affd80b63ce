"""Leaflets, posters and cards as they are printed, folded, scanned and adapted: the shipped ones, in every edition."""

from __future__ import annotations

import base64
import io
import itertools
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from lxml import etree
from PIL import Image

from desk import Memory
from judges import assert_conforms, needed
from paraph.__main__ import main
from paraph.assembly import assemble
from paraph.errors import FindingsError, PanelError, RenderError
from paraph.library.load import load, load_for
from paraph.model.colour import channels, contrast, tint
from paraph.model.document import Document, Edition, Record
from paraph.model.finding import Severity
from paraph.model.language import Standing
from paraph.model.library import Library
from paraph.model.text import Heading, Paragraph, Text, plain
from paraph.render.docx.read import read_back as read_docx
from paraph.render.formats import make
from paraph.render.html.brand import GROUND_ON_DARK
from paraph.render.html.colour import readable_on
from paraph.render.kit import Kit
from paraph.render.pdf.document import overflow
from paraph.render.pdf.press import BLEED, EDGE
from paraph.render.pdf.read import read_back
from paraph.render.pictures import on_disc, raster
from paraph.starter import starter
from paraph.workflow.building.build import Request, build, kit_for
from paraph.workflow.building.panels import overfull
from paraph.workflow.check import check
from paraph.workflow.files import copy_workspace

LEAFLETS = ("your-rights", "rights-at-school")
FOLDED = (*LEAFLETS, "your-rights-poster", "your-rights-card")
LANGUAGES = ("en", "fr", "ar", "es")
PAIRS = [(document, language) for document in FOLDED for language in LANGUAGES]
INK, WARNING = "#1b1c1e", "#9c2a10"
DRAWING = 0.8
"""How high the drawing of a cover is at most, of its width."""
DPI = 100
MM = DPI / 25.4


@cache
def shipped() -> Library:
    library, _, _ = load_for(starter(), FOLDED)
    assert library is not None
    return library


def assembled(document: str, language: str, member: str = "") -> Document:
    library = shipped()
    return assemble(library, library.manifests[document], language, member=member)[0]


@cache
def kit(document: str) -> Kit:
    library = shipped()
    return kit_for(library, library.manifests[document])


@cache
def made(document: str, languages: tuple[str, ...], format_: str = "pdf", member: str = "") -> bytes:
    edition = Edition(documents=tuple(assembled(document, language, member) for language in languages))
    return make(edition, kit(document), format_)


def page(data: bytes, number: int = 0, dpi: int = DPI) -> Any:
    """A page as a picture."""
    document = pypdfium2.PdfDocument(data)
    try:
        return document[number].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


# --- the register ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("document", "language"), [(one, "fr") for one in FOLDED])
def test_where_the_register_stood_is_one_small_line_below_everything(document: str, language: str) -> None:
    library, hash_ = shipped(), "a380fbc66dd2d869"
    found, _ = assemble(library, library.manifests[document], language, record=Record(head=f"41:{hash_}"))
    heights = [
        tall
        for text in texts(make(Edition(documents=(found,)), kit(document), "pdf"))
        for tall in tallness(text, hash_)
    ]
    assert len(heights) == 1
    assert heights[0] < 2.5 * 72 / 25.4  # points: of letters 2.5 mm high at most
    assert not any(tallness(text, hash_) for text in texts(made(document, (language,))))


def texts(data: bytes) -> Iterator[Any]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        yield document[number].get_textpage()
    document.close()


def tallness(text: Any, words: str) -> list[float]:
    """How high the line is, in points, on which `words` stand, for each time."""
    said = text.get_text_range()
    if words not in said:
        return []
    boxes = [text.get_charbox(said.index(words) + place) for place in range(len(words))]
    return [max(top for *_, top in boxes) - min(bottom for _, bottom, *_ in boxes)] * said.count(words)


def test_every_form_prints_where_the_register_stood() -> None:
    for form in shipped().forms.values():
        assert {"approvals", "head"} & {one.kind for one in form.parts}, form.id


# --- the sheet -------------------------------------------------------------------------------------------------------


def grounds(data: bytes, number: int, widths: dict[str, int]) -> list[tuple[int, int, int]]:
    """The colour of each panel of a page from left to right, near its upper left corner, where nothing stands.

    Of the cover, which begins with its drawing, near the lower one.
    """
    picture, at, found = page(data, number), 0, []
    for panel, width in widths.items():
        y = picture.height - round(2 * MM) if panel == "cover" else round(3 * MM)
        found.append(picture.getpixel((round((at + 2) * MM), y)))
        at += width
    return found


def near(one: tuple[int, int, int], colour: str) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one, channels(colour), strict=True))


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("ar", True)])
def test_panels_lie_where_they_fold(language: str, mirrored: bool) -> None:
    """Outside from left to right: flap, back, cover. Inside: first, second, third. Mirrored for Arabic."""
    data, materials = made("your-rights", (language,)), kit("your-rights")
    assert materials.sheet is not None
    colours = materials.brand.colours
    for number, side in enumerate(materials.sheet.sides):
        panels = list(side)[::-1] if mirrored else list(side)
        seen = grounds(data, number, {one: side[one] for one in panels})
        inks = [ground(materials, materials.sheet.panels[one][0]) for one in panels]
        wanted = [ink if one == "cover" else tint(ink) for one, ink in zip(panels, inks, strict=True)]
        assert [near(one, colour) for one, colour in zip(seen, wanted, strict=True)] == [True] * 3
    assert len({ground(materials, part) for part in ("rights", "what", "how", "free", "next")}) == 5 < len(colours)


def ground(materials: Kit, part: str) -> str:
    """The colour of the ground on which a part stands."""
    assert materials.sheet is not None
    colours = materials.brand.colours
    return colours[materials.sheet.grounds[part] % len(colours)]


def bands(data: bytes, number: int, x: float) -> list[tuple[tuple[int, int, int], int]]:
    """The colours of a page from top to bottom, `x` mm from its left edge, each with how many mm high it begins."""
    picture = page(data, number)
    column = [picture.getpixel((round(x * MM), y)) for y in range(2, picture.height - 2)]
    return [
        (colour, round(y / MM)) for y, colour in enumerate(column) if y == 0 or not near(column[y - 1], hexed(colour))
    ]


def hexed(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_section_has_a_ground_of_its_own_and_the_second_ones_begin_level(language: str) -> None:
    materials, found = kit("your-rights"), {}
    for panel, x in (("first", 1.5), ("second", 101.5), ("third", 295.5)):
        found[panel] = bands(made("your-rights", (language,)), 1, 297 - x if language == "ar" else x)
    for panel, parts in (("first", ["rights"]), ("second", ["what", "how"]), ("third", ["free", "next"])):
        seen = [colour for colour, _ in found[panel]]
        assert len(seen) == len(parts), (panel, seen)
        assert all(near(colour, tint(ground(materials, part))) for colour, part in zip(seen, parts, strict=True))
    assert abs(found["second"][1][1] - found["third"][1][1]) <= 1


def test_the_flap_is_narrower_and_its_other_face_is_as_narrow() -> None:
    sheet = kit("your-rights").sheet
    assert sheet is not None
    outside, inside = sheet.sides
    assert outside["flap"] == inside["third"]
    assert 1 <= outside["cover"] - outside["flap"] <= 3
    assert (sheet.width, sheet.height) == (297, 210)


def test_headings_stand_on_their_panels() -> None:
    """Words by their place on the page, in English."""
    document = pypdfium2.PdfDocument(made("your-rights", ("en",)))
    try:
        places = {}
        for number, words in (
            (0, "You have"),
            (0, "Who is the"),
            (0, "Talk to us"),
            (1, "Your rights"),
            (1, "What happens"),
        ):
            text = document[number].get_textpage()
            at = text.search(words).get_next()
            assert at is not None, words
            left, _, _, _ = text.get_charbox(at[0])
            places[words] = (number, int(left / 72 * 25.4 // 99))
    finally:
        document.close()
    assert places == {
        "You have": (0, 2), "Who is the": (0, 0), "Talk to us": (0, 1), "Your rights": (1, 0), "What happens": (1, 2),
    }  # fmt: skip


@pytest.mark.parametrize("document", LEAFLETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_in_the_order_of_its_panels(document: str, language: str) -> None:
    """The structure tree, which a screen reader speaks: the cover first, then flap, back and the inside."""
    texts = [" ".join(text.split()) for text in read_back(made(document, (language,))).text]
    found = assembled(document, language)
    headings = [" ".join(plain(block.inlines).split()) for block in found.blocks() if isinstance(block, Heading)]
    assert [part.id for part in found.parts][:4] == ["title", "subtitle", "readers", "who"]
    if language != "ar":  # an Arabic line is compared reading by reading: see make()
        assert [text for text in texts if text in headings] == headings


@pytest.mark.parametrize(("document", "language"), PAIRS)
def test_nothing_leaves_its_panel(document: str, language: str) -> None:
    """Near every fold and edge the page has nothing but the grounds of its panels."""
    sheet = kit(document).sheet
    assert sheet is not None
    data = made(document, (language,))
    for number, side in enumerate(sheet.sides):
        picture = page(data, number)
        at = 0.0
        for panel, width in list(side.items())[::-1] if language == "ar" else list(side.items()):
            top = round(DRAWING * width * MM) if panel == "cover" else 8  # a cover’s drawing goes to its edges
            if panel == "page":
                top = round(120 * MM)  # and that of a poster’s banner
            for x in (at + 1.5, at + width - 1.5):
                column = {
                    picture.getpixel((min(round(x * MM), picture.width - 2), y)) for y in range(top, picture.height - 8)
                }
                assert len(column) <= 2, (number, x)  # a panel of two sections has two grounds
            at += width


@pytest.mark.parametrize(
    ("document", "language", "lines"),
    [
        ("rights-at-school", "fr", ["Partout, tu as", "des droits"]),
        ("your-rights-poster", "fr", ["Ici, tu as", "des droits"]),
        ("your-rights", "en", ["You have", "rights here"]),
        ("your-rights-card", "en", ["You have", "rights here"]),
        ("rights-at-school", "es", ["Tienes derechos", "en todas partes"]),
    ],
)
def test_no_line_of_a_title_ends_with_a_short_word(document: str, language: str, lines: list[str]) -> None:
    said = [line.strip() for text in texts(made(document, (language,))) for line in text.get_text_range().splitlines()]
    assert lines in [said[at : at + 2] for at in range(len(said))]


def test_no_line_of_two_narrow_columns_is_a_short_word() -> None:
    """At the end it stands with the word before it; in the midst there is room for another one. Among Arabic, names
    that end a line keep their order."""
    for languages in (("en", "fr"), ("es", "ar")):
        said = []
        for text in texts(made("your-rights", languages)):
            printed = text.get_text_range()
            said += [line.strip() for line in printed.splitlines()]
            for pair in re.finditer("AOM · (AOMF)", printed):
                assert text.get_charbox(pair.start())[0] < text.get_charbox(pair.start(1))[0], languages
        assert [line for line in said if re.fullmatch(r"[^\W\d]{1,5}", line)] == [], languages


def type_of(data: bytes, words: str, number: int = 0) -> tuple[float, float]:
    """The size of the type in which `words` stand on a page, and how far above its foot their line is, in points."""
    document = pypdfium2.PdfDocument(data)
    try:
        text = document[number].get_textpage()
        at = text.search(words).get_next()
        assert at is not None, words
        return float(pypdfium2.raw.FPDFText_GetFontSize(text, at[0])), float(text.get_charbox(at[0])[1])
    finally:
        document.close()


def test_titles_in_two_languages_are_as_large_as_one_alone() -> None:
    """On the cover of two languages one title stands below the other, and neither is small on the larger panel."""
    both = made("your-rights", ("en", "es"))
    (alone, _), (first, upper), (second, lower) = (
        type_of(data, words)
        for data, words in (
            (made("your-rights", ("en",)), "You have"),
            (both, "You have"),
            (both, "Aquí tienes"),
        )
    )
    assert first == second >= alone
    assert lower < upper - 2 * first  # below it, not beside it


@pytest.mark.parametrize(("document", "languages"), [("your-rights", ("en", "es")), ("your-rights-card", ("en", "es"))])
def test_for_whom_it_is_stands_on_one_line(document: str, languages: tuple[str, ...]) -> None:
    said = [line.strip() for text in texts(made(document, languages)) for line in text.get_text_range().splitlines()]
    assert "For readers aged 10 to 14" in said


@pytest.mark.parametrize("language", [*LANGUAGES, "mk", "nl", "de"])
def test_the_frame_on_a_card_has_room_below_its_words(language: str) -> None:
    """8 mm, two lines by hand, on the edition of the networks, whose names and codes take the most room."""
    picture = page(made("your-rights-card", (language,)), 0)
    for at in range(12, 63, 3):
        x = round((148 - at if language == "ar" else at) * MM)
        column = [picture.getpixel((x, y)) == (255, 255, 255) for y in range(picture.height)]
        foot = max(y for y, white in enumerate(column) if white)
        empty = foot - max(y for y in range(foot) if not column[y])
        assert empty / MM >= 8, (language, at)


def test_a_frame_that_would_fill_the_panel_has_a_drawing_below_it() -> None:
    """An edition with one short address: the frame is no higher than a stamp and an address need."""
    data = made("your-rights", ("fr",), member="benin")
    for sheet, drawn in ((data, True), (made("your-rights", ("fr",)), False)):
        below = page(sheet).crop((round(98 * MM), round(130 * MM), round(196 * MM), round(185 * MM)))
        assert any(near(colour, "#b4492c") for _, colour in below.getcolors(1 << 24)) is drawn  # a roof


def test_two_languages_have_the_next_larger_paper() -> None:
    with pikepdf.open(io.BytesIO(made("your-rights", ("fr", "ar")))) as file:
        assert len(file.pages) == 2
        width, height = (float(size) / 72 * 25.4 for size in list(file.pages[0].mediabox)[2:])
    assert (round(width), round(height)) == (420, 297)


# --- what is said to those who scan it, print it, hear it ------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "languages", "member", "addresses"),
    [
        ("your-rights", ("en",), "malta", {"https://ombudsman.org.mt"}),
        ("your-rights", ("ar",), "morocco", {"https://mediateur.ma"}),
        ("your-rights", ("fr", "ar"), "", {"https://ombudsman-med.org", "https://aomf-ombudsmans-francophonie.org"}),
        ("your-rights-card", ("en",), "spain", {"https://defensordelpueblo.es"}),
        ("your-rights-poster", ("fr",), "albania", {"https://avokatipopullit.gov.al"}),
        ("your-rights", ("en",), "north-macedonia", set()),
    ],
)
def test_codes_are_read_from_the_page(
    document: str, languages: tuple[str, ...], member: str, addresses: set[str]
) -> None:
    data = made(document, languages, member=member)
    with pikepdf.open(io.BytesIO(data)) as file:
        pages = len(file.pages)
    found = {one.text for number in range(pages) for one in zxingcpp.read_barcodes(page(data, number, 150))}
    assert found == addresses


@pytest.mark.parametrize(
    ("document", "languages", "format_"),
    [
        ("your-rights", ("en",), "press"),
        ("your-rights", ("ar",), "press"),
        ("your-rights-poster", ("fr", "ar"), "press"),
        ("rights-at-school", ("ar",), "large-print"),
        ("your-rights-card", ("es",), "large-print"),
        ("your-rights-card", ("fr", "ar"), "pdf"),
    ],
)
def test_every_printing_conforms(document: str, languages: tuple[str, ...], format_: str) -> None:
    data = made(document, languages, format_)
    assert_conforms(data)
    assert data == make(Edition(documents=tuple(assembled(document, one) for one in languages)), kit(document), format_)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_printer_has_bleed_marks_and_boxes(language: str) -> None:
    data, sheet = made("your-rights", (language,), "press"), kit("your-rights").sheet
    assert sheet is not None
    with pikepdf.open(io.BytesIO(data)) as file:
        for one in file.pages:
            boxes = {
                name: [round(float(edge) / 72 * 25.4, 1) for edge in one[name]]
                for name in ("/MediaBox", "/BleedBox", "/TrimBox")
            }
            far = sheet.width + 2 * EDGE, sheet.height + 2 * EDGE
            assert boxes == {
                "/MediaBox": [0, 0, *far],
                "/BleedBox": [EDGE - BLEED, EDGE - BLEED, far[0] - EDGE + BLEED, far[1] - EDGE + BLEED],
                "/TrimBox": [EDGE, EDGE, far[0] - EDGE, far[1] - EDGE],
            }
    picture = page(data)
    width, height = picture.size
    inside, outside = round((EDGE - BLEED + 1) * MM), round((EDGE - BLEED - 2) * MM)
    for x, y in itertools.product((inside, width - inside), (inside, height - inside)):
        assert picture.getpixel((x, y)) != (255, 255, 255)  # colour runs over the edge
    row = [picture.getpixel((x, outside // 2)) for x in range(width)]
    marks = [round(x / MM) for x, colour in enumerate(row) if sum(colour) < 600]
    assert {EDGE, EDGE + sheet.width} <= set(marks)
    assert picture.getpixel((round(EDGE / 2 * MM), round(height / 2))) == (255, 255, 255)


@pytest.mark.parametrize(("language", "folds"), [("en", ((97, 197), (100, 200))), ("ar", ((100, 200), (97, 197)))])
def test_marks_say_where_it_is_folded(language: str, folds: tuple[tuple[int, ...], ...]) -> None:
    """Outside the flap is the outermost panel, away from the cover; inside its other face: mirrored for Arabic."""
    for number, wanted in enumerate(folds):
        picture = page(made("your-rights", (language,), "press"), number, 200)
        dots = 200 / 25.4
        rows = range(2, round((EDGE - BLEED - 2) * dots))  # above the bleed, where there is nothing but marks
        dark = {x for x in range(picture.width) for y in rows if sum(picture.getpixel((x, y))) < 600}
        assert sorted({round(x / dots) - EDGE for x in dark}) == [0, *wanted, 297]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_banner_of_a_poster_runs_over_the_edge(language: str) -> None:
    picture = page(made("your-rights-poster", (language,), "press"))
    inside = round((EDGE - BLEED + 1) * MM)
    for x, y in ((inside, inside), (picture.width - inside, inside), (inside, round(50 * MM))):
        assert picture.getpixel((x, y)) != (255, 255, 255)


@pytest.mark.parametrize(("language", "fold"), [("en", 197), ("ar", 100)])
def test_no_line_of_the_cover_shows_beside_its_drawing(language: str, fold: int, tmp_path: Path) -> None:
    """On a screen the dark ground below would show at the fold, where a pixel is half covered: in poppler’s viewers."""
    program = needed(shutil.which("pdftoppm"), "pdftoppm")
    (tmp_path / "leaflet.pdf").write_bytes(made("your-rights", (language,)))
    for dpi in (72, 96, 110, 150):
        command = [program, "-r", str(dpi), "-gray", "-l", "1", str(tmp_path / "leaflet.pdf")]
        picture = Image.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout))
        y, at = round(20 * dpi / 25.4), round(fold * dpi / 25.4)
        light = [picture.getpixel((x, y)) for x in range(at - 4, at + 4)]
        assert min(light) >= min(light[0], light[-1]), (dpi, light)


@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_drawing_of_a_poster_fills_the_banner_however_high_that_is(language: str) -> None:
    picture = page(made("your-rights-poster", (language,)))
    for share in (0.6, 0.75, 0.9):
        x = round(picture.width * ((1 - share) if language == "ar" else share))
        assert not near(picture.getpixel((x, 3)), shipped().workspace.brand.accent)


def test_a_card_of_a_poster_does_not_stand_half_empty() -> None:
    """Where a member has nothing but its name, the card above, which the column is filled with, has a drawing."""
    empty = page(made("your-rights-poster", ("fr",), member="benin")).crop(
        [round(at * MM) for at in (160, 258, 272, 300)]
    )
    assert len(empty.getcolors(1 << 24)) > 1


def test_a_web_address_stands_once_beside_two_languages() -> None:
    for document in ("your-rights", "your-rights-poster", "your-rights-card"):
        said = " ".join(read_back(made(document, ("fr", "ar"))).text)
        assert said.count("ombudsman-med.org") == 1, document
    edition = Edition(documents=(assembled("your-rights", "fr"), assembled("your-rights", "ar")))
    (french, arabic) = read_docx(made("your-rights", ("fr", "ar"), "docx"), edition)
    assert [[one.text for one in side].count("ombudsman-med.org") for side in (french, arabic)] == [1, 0]
    shown = re.sub("<[^>]*>", " ", made("your-rights", ("fr", "ar"), "html").decode())
    assert shown.count("ombudsman-med.org") == 1


def test_a_name_in_latin_letters_is_as_large_among_arabic_as_beside_it() -> None:
    pages = texts(made("your-rights", ("fr", "ar"), member="malta"))
    outside = next(pages)
    said = outside.get_text_range()

    def heights(words: str) -> list[float]:
        boxes = (outside.get_charbox(found.start()) for found in re.finditer(words, said))
        return sorted(top - bottom for _, bottom, _, top in boxes)

    french, arabic = heights("Ombudsman\\s+parlementaire"), heights("Parliamentary")
    assert len(french) == len(arabic) == 2  # the cover, the back
    assert arabic == pytest.approx(french, rel=0.08)


def test_what_has_no_panels_is_not_for_the_printer() -> None:
    bare = replace(kit("your-rights"), sheet=None)
    with pytest.raises(RenderError, match="not printed to the edge"):
        make(Edition(documents=(assembled("your-rights", "en"),)), bare, "press")


@pytest.mark.parametrize(
    ("document", "language"), [*(("your-rights", language) for language in LANGUAGES), ("your-rights-card", "ar")]
)
def test_large_print_is_large(document: str, language: str) -> None:
    reading = read_back(made(document, (language,), "large-print"))
    sizes = [
        chunk.size
        for lines in reading.body
        for line in lines
        for piece in line.pieces
        if not isinstance(piece, str)
        for chunk in piece
        if "".join(chunk.clusters).strip()
    ]
    assert min(sizes) >= 13.9
    assert sorted(sizes)[len(sizes) // 2] >= 17.9


# --- colours ---------------------------------------------------------------------------------------------------------


def test_colours_have_contrast() -> None:
    """WCAG 2.2: text 7 to 1 (AAA), large headings and marks 4.5 to 1, in print and on light and dark screens."""
    colours = kit("your-rights").brand.colours
    assert len(colours) >= 6
    for colour in colours:
        assert contrast(colour, "#ffffff") >= 7  # white on the cover, pictograms on their discs
        assert contrast(INK, tint(colour)) >= 12
        assert contrast(colour, tint(colour)) >= 6
        assert contrast(WARNING, tint(colour)) >= 5.5
        assert contrast("#565b62", tint(colour)) >= 5.5
        assert contrast(readable_on(GROUND_ON_DARK, colour, 7), GROUND_ON_DARK) >= 7


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_on_the_page_have_contrast(language: str) -> None:
    """As printed: on each ground something stands that differs from it by 7 to 1, and nothing faint is all there is."""
    sheet, data = kit("your-rights").sheet, made("your-rights", (language,))
    assert sheet is not None
    for number, side in enumerate(sheet.sides):
        picture, at = page(data, number), 0
        for width in list(side.values())[::-1] if language == "ar" else list(side.values()):
            area = picture.crop((round((at + 8) * MM), round(50 * MM), round((at + width - 8) * MM), round(200 * MM)))
            counted = sorted(area.getcolors(1 << 20), reverse=True)
            paper = hexed(counted[0][1])
            dark = sum(many for many, colour in counted if contrast(paper, hexed(colour)) >= 7)
            assert dark > area.width * area.height / 200, (number, at)
            at += width


# --- languages of the members, begun ---------------------------------------------------------------------------------

BEGUN = ("sq", "mk", "mt", "tr", "nl", "de")


@pytest.mark.parametrize("language", BEGUN)
def test_a_language_that_is_begun_has_a_card_and_the_card_says_what_it_is(language: str) -> None:
    """Whole, in its own words, a draft that nobody has checked: on its cover and in every format."""
    document = assembled("your-rights-card", language)
    assert document.standing is Standing.UNCHECKED
    english = assembled("your-rights-card", "en")
    assert [part.id for part in document.parts] == [part.id for part in english.parts]
    for mine, theirs in zip(document.blocks(), english.blocks(), strict=True):
        if isinstance(mine, Paragraph | Heading) and mine.role not in ("issuer", "website"):
            assert plain(mine.inlines) != plain(theirs.inlines)  # type: ignore[union-attr]
    data = made("your-rights-card", (language,))
    words = " ".join(line.text for lines in read_back(data).body for line in lines)
    assert " ".join(document.notice.split()).replace(" ", "") in words.replace(" ", "")
    with pikepdf.open(io.BytesIO(data)) as file:
        assert str(file.Root.Lang) == language
        assert len(file.pages) == 2
    page = made("your-rights-card", (language,), "html").decode("utf-8")
    assert f'lang="{language}"' in page
    assert document.notice in page
    assert document.draft in page


@pytest.mark.parametrize(
    ("member", "language", "name"),
    [
        ("albania", "sq", "Avokati i Popullit"),
        ("north-macedonia", "mk", "Народен правобранител"),
        ("north-macedonia", "sq", "Avokati i Popullit"),
        ("malta", "mt", "Ombudsman Parlamentari"),
        ("turkiye", "tr", "Kamu Denetçiliği Kurumu"),
    ],
)
def test_a_member_has_its_card_in_its_own_language_and_name(member: str, language: str, name: str) -> None:
    document = assembled("your-rights-card", language, member)
    assert document.letterhead.names == (name,)
    assert name in " ".join(
        " ".join(text.split()) for text in read_back(made("your-rights-card", (language,), member=member)).text
    )


# --- text that is too long -------------------------------------------------------------------------------------------


def longer(document: Document, percent: int) -> Document:
    """The document with more words in each message: its own once more, as many as it takes."""

    def grown(text: str) -> str:
        words = text.split()
        return " ".join([*words, *words[: max(1, len(words) * percent // 100)]])

    parts = tuple(
        replace(
            part,
            blocks=tuple(
                replace(block, inlines=(Text(grown(plain(block.inlines))),))
                if isinstance(block, Paragraph) and part.name == "section"
                else block
                for block in part.blocks
            ),
        )
        for part in document.parts
    )
    return replace(document, parts=parts)


@pytest.mark.parametrize(("document", "language"), [*PAIRS, *(("your-rights-card", one) for one in BEGUN)])
def test_longer_text_fits_or_its_panel_is_named(document: str, language: str) -> None:
    """Forty percent more: what fits is still proved to be on its page, whole; what does not is named and not made."""
    edition, materials = Edition(documents=(longer(assembled(document, language), 40),)), kit(document)
    found = overflow(edition, materials)
    if not found:
        make(edition, materials, "pdf")
        return
    assert all(
        panel in (materials.sheet.panels if materials.sheet else ()) and lacking > 0 for panel, lacking, _ in found
    )
    with pytest.raises(PanelError) as caught:
        make(edition, materials, "pdf")
    assert caught.value.panels == found


def test_much_longer_text_never_fits() -> None:
    edition = Edition(documents=(longer(assembled("your-rights", "fr"), 400),))
    assert {panel for panel, _, _ in overflow(edition, kit("your-rights"))} >= {"first", "second", "third"}


def test_the_room_for_the_local_partner_is_never_squeezed_away() -> None:
    """Names and addresses that leave no room for an address by hand are too long for their panel."""
    document = assembled("your-rights", "en")
    parts = tuple(
        replace(part, blocks=part.blocks[:1] + 5 * part.blocks[1:]) if part.name == "publisher" else part
        for part in document.parts
    )
    found = overflow(Edition(documents=(replace(document, parts=parts),)), kit("your-rights"))
    assert [(panel, way) for panel, _, way in found] == [("back", "short")]


@pytest.mark.parametrize(
    ("document", "languages", "words", "panel"),
    [
        ("your-rights", ("en", "fr"), "You have the right to sleep in a safe place", "first"),
        ("your-rights-poster", ("ar", "fr"), "لك الحق في النوم في مكان آمن", "page"),
        ("your-rights-card", ("sq", "fr"), "Ke të drejtë të flesh në një vend të sigurt", "first"),
    ],
)
def test_overflow_is_a_finding_that_names_panel_and_language(
    document: str, languages: tuple[str, str], words: str, panel: str, tmp_path: Path
) -> None:
    """Of each form; in large print, which goes from page to page, the same words are no finding."""
    root = workspace(tmp_path)
    path = root / "statements/clauses/children/a-safe-place.yml"
    path.write_text(path.read_text("utf-8").replace(words, f"{words}. " * 60 + words), "utf-8")

    def made_as(format_: str) -> None:
        editions = tuple((one,) for one in languages)
        build(root, Request(documents=(document,), editions=editions, formats=(format_,), out=tmp_path / "out"))

    with pytest.raises(FindingsError) as caught:
        made_as("pdf")
    findings = caught.value.findings
    assert [finding.rule for finding in findings] == ["panel-overflow"]
    assert findings[0].file.endswith(f"/{document}.yml")
    assert re.search(rf"“{panel}” is \d+ mm too short .* in {languages[0]}$", findings[0].message)
    assert not list((tmp_path / "out").glob("*.pdf"))
    if document == "your-rights":
        made_as("large-print")
        assert len(list((tmp_path / "out").glob("*.pdf"))) == 2


@pytest.mark.parametrize(
    ("document", "file", "old", "new", "panel"),
    [
        ("your-rights-card", "institutions.yml", "country: AL", "country: AL\n    contact: {en: %s}", "back"),
        ("your-rights", "institutions.yml", "https://avokatipopullit", "https://%s%s", "back"),
        ("your-rights-poster", "institutions.yml", "https://avokatipopullit", "https://%s%s%s", "page"),
        ("your-rights", "clauses/children/a-safe-place.yml", "en: |-\n    ", "en: |-\n    %s ", "first"),
        ("your-rights-poster", "clauses/children/a-safe-place.yml", "en: |-\n    ", "en: |-\n    %s%s ", "page"),
        ("your-rights", "leaflets/your-rights.yml", "en: You have rights here", "en: %s", "cover"),
        ("your-rights-card", "cards/your-rights-card.yml", "en: You have rights here", "en: %s", "cover"),
        ("your-rights-poster", "posters/your-rights-poster.yml", "en: You have rights here", "en: %s", "page"),
    ],
)
def test_a_word_that_leaves_its_panel_at_the_side_is_a_finding(
    document: str, file: str, old: str, new: str, panel: str, tmp_path: Path
) -> None:
    """A line parts at spaces and hyphens only: what is wider would be printed over the next panel, or off the sheet."""
    root = workspace(tmp_path)
    path = root / "statements" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new.replace("%s", "informacion.publik" * 3)), "utf-8")
    member = ("albania",) if "institutions" in file else ()
    request = Request(
        documents=(document,), editions=(("en",),), formats=("pdf",), members=member, out=tmp_path / "out"
    )
    with pytest.raises(FindingsError) as caught:
        build(root, request)
    (finding,) = caught.value.findings
    said = rf"“{panel}” is \d+ mm too narrow for the longest word or address on it in en"
    assert re.search(said + (", in the edition of albania$" if member else "$"), finding.message)
    assert ("contact: of albania in statements/institutions.yml" in finding.advice) is bool(member)


@pytest.mark.parametrize("document", ["your-rights", "your-rights-card", "your-rights-poster"])
def test_a_long_web_address_is_never_small_print(document: str, tmp_path: Path) -> None:
    """It goes on in the next line before it cannot be read."""
    root = workspace(tmp_path)
    path = root / "statements/institutions.yml"
    site = "www.the-name-of-an-institution-of-the-republic.example.org/children/contact"
    path.write_text(path.read_text("utf-8").replace("avokatipopullit.gov.al", site), "utf-8")
    request = Request(
        documents=(document,), editions=(("en",),), formats=("pdf",), members=("albania",), out=tmp_path / "out"
    )
    (made_at,) = build(root, request).written
    assert type_of(made_at.read_bytes(), "the-name-of-an")[0] > (10 if document == "your-rights-poster" else 6.9)


def test_check_names_panel_and_language_before_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And keeps what it found: a leaflet that did not change is not set again."""
    root, cache = workspace(tmp_path), Memory()
    monkeypatch.setattr("paraph.workflow.check.FolderCache", lambda _: cache)
    monkeypatch.setattr(cache, "sweep", lambda: None, raising=False)
    others = (*LEAFLETS[1:], *FOLDED[2:])
    for name in others:
        next(root.glob(f"statements/*/{name}.yml")).unlink()
    path = root / "statements/clauses/children/a-safe-place.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("fr: |-\n    Tu", "fr: |-\n    " + "Tu peux dormir. " * 60 + "Tu"), "utf-8")

    def found() -> list[str]:
        return [one.message for one in check(root).findings if one.rule == "panel-overflow"]

    first = found()
    assert [re.sub(r"\d+ mm", "… mm", one) for one in first] == [
        "the panel “first” is … mm too short for what stands on it in en and fr",
        "the panel “first” is … mm too short for what stands on it in fr",
    ]
    monkeypatch.setattr("paraph.render.pdf.document.overflow", lambda *_: pytest.fail("set again"))
    monkeypatch.setattr("paraph.workflow.building.panels._set", lambda *_: pytest.fail("set again"))
    assert found() == first
    path.write_text(text, "utf-8")
    monkeypatch.undo()
    assert found() == []


def test_what_is_measured_has_what_a_released_sheet_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the register stood, too, which a draft has not that was put to nobody: else it would be found once the
    words are approved that they fit on no card."""
    asked = dict[str, tuple[Document, ...]]()

    def noted(question: Any) -> tuple[()]:
        asked[question.digest] = question.edition.documents
        return ()

    monkeypatch.setattr("paraph.workflow.building.panels._set", noted)
    library = shipped()
    assert [*overfull(library, (), Memory())] == []
    cards = [one for documents in asked.values() for one in documents if one.form == "card"]
    assert {one.language.code for one in cards} == {*library.manifests["your-rights-card"].languages}
    for document in cards:
        printed = [plain(block.inlines) for block in document.blocks() if isinstance(block, Paragraph)]
        assert any("100000:0123456789abcdef" in one for one in printed), document.language.code


def test_what_has_no_panel_or_no_pictogram_is_named() -> None:
    library = shipped()
    form, manifest = library.forms["leaflet"], library.manifests["your-rights"]
    assert form.sheet is not None
    panels = {name: tuple(part for part in parts if part != "rights") for name, parts in form.sheet.panels.items()}
    without = replace(
        library, forms={**library.forms, "leaflet": replace(form, sheet=replace(form.sheet, panels=panels))}
    )
    assert [one.rule for one in assemble(without, manifest, "en")[1]] == ["panel-missing"]
    undrawn = {name: data for name, data in form.files.items() if name != "school.svg"}
    without = replace(library, forms={**library.forms, "leaflet": replace(form, files=undrawn)})
    found = assemble(without, manifest, "en")[1]
    assert [(one.rule, one.file) for one in found] == [
        ("unknown-picture", "statements/clauses/children/school-for-you.yml")
    ]


def workspace(folder: Path) -> Path:
    for name in ("statements", "templates", "glossary"):
        shutil.copytree(starter() / name, folder / "desk" / name)
    shutil.copy(starter() / "paraph.yml", folder / "desk" / "paraph.yml")
    return folder / "desk"


@pytest.mark.parametrize(
    ("svg", "why"),
    [
        ("", "no SVG"),
        ("<svg/>", "no SVG"),
        ("é".encode("latin-1"), "not UTF-8"),
        ("<svg {}><path></svg>", "line 1: it is no SVG: mismatched tag"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg {}>&a;</svg>", "DOCTYPE"),
        ("<svg {}>\n<script>alert(1)</script></svg>", "line 2: <script> does more"),
        ("<svg {}><circle r='9' onload='x()'/></svg>", "onload does more"),
        ("<svg {}><foreignObject/></svg>", "<foreignObject> does more"),
        ("<svg {}><image href='http://x.example/a.png'/></svg>", "href refers to another file"),
        ("<svg {} xmlns:l='http://www.w3.org/1999/xlink'><use l:href='other.svg#a'/></svg>", "href refers to another"),
        ("<svg {}><circle fill='url(\"a.svg#b\")'/></svg>", "fill refers to another file"),
        ("<svg {}><style>@import 'a.css';</style></svg>", "refers to another file"),
    ],
)
def test_what_is_no_drawing_is_said_before_any_is_made(svg: str | bytes, why: str) -> None:
    """As a pictogram, as the drawing that goes with one, and as that below the frame."""
    library = shipped()
    manifest, form = library.manifests["your-rights"], library.forms["leaflet"]
    data = svg if isinstance(svg, bytes) else svg.format('xmlns="http://www.w3.org/2000/svg"').encode()
    for name in ("school.svg", "ombudsman-scene.svg", "near-scene.svg"):
        files = {**form.files, name: data}
        found = assemble(
            replace(library, forms={**library.forms, "leaflet": replace(form, files=files)}), manifest, "en"
        )
        said = {(one.rule, name in one.message, why in one.message) for one in found[1]}
        assert said == {("unusable-picture", True, True)}


def test_a_pictogram_is_drawn_on_its_disc_however_a_program_saved_it() -> None:
    """Word shows a picture of both: of what Inkscape writes, too."""
    plainly = (starter() / "templates/common/school.svg").read_text(encoding="utf-8")
    shown = raster(on_disc(plainly, INK, "#ffffff"), 9)
    sized = plainly.replace('viewBox="0 0 48 48"', 'width="48" height="48"')
    for saved in (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n{plainly}',
        sized,
        plainly.replace(" ", "\n"),
    ):
        assert raster(on_disc(saved, INK, "#ffffff"), 9) == shown
    with pytest.raises(RenderError, match="cannot be shown in Word"):
        raster("no drawing", 9)


@pytest.mark.parametrize("document", FOLDED)
@pytest.mark.parametrize(
    ("language", "here", "near"), [("en", "Talk to us", "Near you"), ("fr", "Parle-nous", "Près de chez")]
)
def test_in_large_print_who_is_near_stands_where_it_is_said_who_issues_it(
    document: str, language: str, here: str, near: str
) -> None:
    with pypdfium2.PdfDocument(made(document, (language,), "large-print")) as pdf:
        pages = [one.get_textpage().get_text_range() for one in pdf]
    assert [here in page and near in page for page in pages].count(True) == 1
    assert all(len(page.split()) > 30 for page in pages), "no page has a line alone"


# --- editions --------------------------------------------------------------------------------------------------------


def test_each_member_has_its_own_edition() -> None:
    """Only what institutions.yml says is printed; what it lacks is named, and leaves no gap."""
    library, _ = load(starter())
    assert library is not None
    manifest = library.manifests["your-rights"]
    for member in library.institutions.values():
        document, findings = assemble(library, manifest, "fr", member=member.id)
        lacking = [one for one in findings if one.rule == "edition-lacks"]
        assert all(one.severity is Severity.WARNING and member.id in one.message for one in lacking)
        part = next((part for part in document.parts if part.name == "publisher"), None)
        printed = [plain(block.inlines) for block in part.blocks] if part else []  # type: ignore[union-attr]
        name = member.name("fr", None)
        assert name is not None
        assert any(name.name in line for line in printed) is not member.office_open
        head = () if member.office_open else (name.name,)
        assert document.letterhead.names == head  # and no network stands in for it on the cover
        assert (member.website.removeprefix("https://") in printed) is bool(member.website)
        nowhere = any("nowhere how it is reached" in one.message for one in lacking)
        assert nowhere is (not member.office_open and not member.website)
        assert any("no web address" in one.message for one in lacking) is (member.office_open and not member.website)
        assert ("en attente de validation" in " ".join(printed)) is (member.id == "turkiye")
        assert any("awaits validation" in one.message for one in lacking) is (member.id == "turkiye")
        codes = [picture.address for picture in document.pictures.values() if picture.address]
        assert codes == ([member.website] if member.website else [])
        assert bool(part) is not (member.office_open and not member.website)


def test_an_edition_without_a_name_closes_up(tmp_path: Path) -> None:
    """Belgium: which office it is, is open, and no web address is known. No command makes it."""
    document = assembled("your-rights", "fr", "belgium")
    data = make(Edition(documents=(document,)), kit("your-rights"), "pdf")
    assert "Belgique" not in " ".join(read_back(data).text)
    assert [part.id for part in document.parts if part.name == "publisher"] == []


REACHED = """    contact:
      en: |-
        1 Example Street
        00 00 00 00
      mt: |-
        1 Triq Eżempju
        00 00 00 00
"""


def with_contacts(root: Path) -> Path:
    """A workspace in which Malta says how it is reached, and the leaflet what is for all; made up."""
    for name, before, after in (
        ("institutions.yml", r"(\n  malta:\n(?:    .*\n)*?)    website:", rf"\1{REACHED}    website:"),
        (
            "leaflets/your-rights.yml",
            r"\nfields:\n",
            "\nfields:\n  contact: {en: 99 99, fr: 99 99, ar: 99 99, es: 99 99}\n",
        ),
    ):
        path = root / "statements" / name
        text, count = re.subn(before, after, path.read_text("utf-8"))
        assert count == 1
        path.write_text(text, encoding="utf-8")
    return root


def test_how_a_member_is_reached_stands_on_no_edition_but_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(with_contacts(workspace(tmp_path)))
    out = tmp_path / "out"
    for document in FOLDED:
        assert main(["build", document, "--all-editions", "-f", "md", "-o", str(out)]) == 0
    assert main(["build", "your-rights", "-l", "fr", "-f", "md", "-o", str(out)]) == 0
    texts = {path.name: path.read_text("utf-8") for path in out.glob("*.md")}
    assert {name for name, text in texts.items() if "00 00" in text} == {
        *(f"{document}.malta.en.md" for document in FOLDED),
        "your-rights-card.malta.mt.md",
    }
    assert [name for name, text in texts.items() if "99 99" in text] == ["your-rights.fr.md"]
    said = capsys.readouterr().err
    assert "what your-rights says under contact: is not printed in the edition of a member" in said
    assert "the edition of benin in fr says nowhere how it is reached" in said
    assert "benin has no web address" not in said  # which is said once
    assert "benin says in fr" not in said
    assert "the edition of albania says in fr neither telephone nor address" in said
    assert "the edition of malta says in en" not in said


def test_two_languages_say_how_a_member_is_reached_in_both_or_in_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(with_contacts(workspace(tmp_path)))
    for languages, shown in (("fr+en", False), ("en+mt", True), ("mt+en", True)):
        assert main(["build", "your-rights-card", "--edition", "malta", "-l", languages, "-f", "pdf", "-o", "out"]) == 0
        text = " ".join(
            read_back(Path(f"out/your-rights-card.malta.{languages.replace('+', '-')}.pdf").read_bytes()).text
        )
        assert ("00 00" in text) is shown
        assert ("leaves its contact: out" in capsys.readouterr().err) is not shown


@pytest.mark.parametrize("document", ["your-rights", "your-rights-poster", "your-rights-card"])
def test_how_a_member_is_reached_stands_below_its_name_in_every_format(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is read back: in Word, it is no word of the banner of a poster."""
    monkeypatch.chdir(with_contacts(workspace(tmp_path)))
    formats = [word for one in ("pdf", "docx", "html", "large-print") for word in ("-f", one)]
    assert main(["build", document, "--edition", "malta", "-l", "en", *formats, "-o", "out"]) == 0
    assert "00 00 00 00" in " ".join(read_back(Path(f"out/{document}.malta.en.large-print.pdf").read_bytes()).text)
    with pikepdf.open(f"out/{document}.malta.en.pdf") as file:  # what leads it is no aside
        fonts = [str(one.get("/FontName", "")) for one in file.objects if isinstance(one, pikepdf.Dictionary)]
    assert any("NotoSans-Regular" in font for font in fonts)
    assert not [font for font in fonts if "Italic" in font]


def test_an_edition_that_says_no_way_to_be_reached_invites_to_none(tmp_path: Path) -> None:
    library, _ = load(with_contacts(workspace(tmp_path)))
    assert library is not None
    for member, language, invites in (("benin", "fr", False), ("malta", "en", True), ("albania", "fr", True)):
        for document in ("your-rights", "your-rights-poster", "your-rights-card"):
            made_, _ = assemble(library, library.manifests[document], language, member=member)
            part = next(part for part in made_.parts if part.name == "publisher")
            assert isinstance(part.blocks[0], Heading) is invites
            assert any(block.key == f"issuer/{member}" for block in part.blocks)
    malta = library.institutions["malta"]
    for contact, invites in ((malta.contact, True), ({}, False)):
        alone = replace(malta, website="", contact=contact)
        told = replace(library, institutions={**library.institutions, "malta": alone})
        made_, _ = assemble(told, told.manifests["your-rights"], "en", member="malta")
        assert any(block.key == "publisher/heading" for block in made_.blocks()) is invites


def test_editions_of_all_members_in_their_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(workspace(tmp_path))
    assert main(["build", "your-rights-card", "--all-editions", "-f", "md", "-o", str(tmp_path / "out")]) == 0
    names = {path.name for path in (tmp_path / "out").glob("*.md")}
    assert names == {
        f"your-rights-card.{member}.{language}.md"
        for member, languages in {
            "albania": "en fr sq", "benin": "fr", "cote-divoire": "fr", "france": "fr en",
            "malta": "en mt", "morocco": "ar fr", "north-macedonia": "en fr mk sq", "spain": "es en",
            "turkiye": "en tr",
        }.items()
        for language in languages.split()
    }  # fmt: skip
    assert "belgium has no edition" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["your-rights", "--edition", "atlantis"], "no edition of “atlantis”"),
        (["your-rights", "--edition", "belgium"], "which office sits for belgium is open"),
        (["your-rights", "--edition", "maltaa"], "Did you mean “malta”?"),
        (["joint-declaration", "--edition", "malta"], "has no editions of members"),
    ],
)
def test_an_edition_that_cannot_be_is_refused(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(starter())
    assert main(["build", *arguments, "-o", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err


def test_why_a_member_that_has_left_has_no_edition_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And who has one, once."""
    copy_workspace(starter(), tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    path = tmp_path / "w/statements/institutions.yml"
    left = r"\g<1>      - {status: active}\n      - {since: 2026-01-31, status: left}\n"
    path.write_text(
        re.sub(r"(\n  spain:\n(?:    .*\n)*?    status:\n)(?:      - .*\n)+", left, path.read_text("utf-8")), "utf-8"
    )
    assert main(["build", "your-rights", "--edition", "spain", "-f", "html"]) == 2
    before = tmp_path / "w/build/your-rights.spain.es.html"
    said = " ".join(capsys.readouterr().err.split())
    assert "your-rights has no edition of “spain”: spain left on 2026-01-31" in said
    assert main(["build", "your-rights", "--edition", "atlantis", "-f", "html"]) == 2
    assert capsys.readouterr().err.count("morocco") == 1
    before.parent.mkdir()
    before.touch()
    assert main(["build", "your-rights", "--all-editions", "-l", "en", "-f", "html"]) == 0
    told = "your-rights.spain.es.html in build: of an earlier edition, and spain left on 2026-01-31 [edition-left]"
    assert told in " ".join(capsys.readouterr().err.split())
    before.unlink()
    assert main(["build", "your-rights", "--all-editions", "-l", "en", "-f", "html", "--force"]) == 0
    assert "edition-left" not in capsys.readouterr().err


# --- Word and the web ------------------------------------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def cells(data: bytes) -> Iterator[list[str]]:
    """The texts of the panels of each side, from left to right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for table in root.iterfind(f"{W}body/{W}tbl"):
        row = next(table.iter(f"{W}tr"))
        texts = ["".join(one.text or "" for one in cell.iter(f"{W}t")) for cell in row.findall(f"{W}tc")]
        yield texts[::-1] if table.find(f"{W}tblPr/{W}bidiVisual") is not None else texts


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("ar", True)])
def test_word_has_the_panels_in_their_places(language: str, mirrored: bool) -> None:
    data, document = made("your-rights", (language,), "docx"), assembled("your-rights", language)
    outside, inside = (side[::-1] if mirrored else side for side in cells(data))
    heads = {part.id: plain(part.blocks[0].inlines) for part in document.parts if part.blocks}  # type: ignore[union-attr]
    for side, wanted in ((outside, ("who", "publisher", "title")), (inside, ("rights", "what", "free"))):
        assert [heads[part] in text for text, part in zip(side, wanted, strict=True)] == [True] * 3
    assert read_docx(data, Edition(documents=(document,)))


def test_word_has_two_languages_on_each_panel_and_the_larger_paper() -> None:
    documents = assembled("your-rights", "fr"), assembled("your-rights", "ar")
    data, edition = made("your-rights", ("fr", "ar"), "docx"), Edition(documents=documents)
    outside, inside = cells(data)
    for part, panel in (("who", outside[0]), ("publisher", outside[1]), ("title", outside[2]), ("free", inside[2])):
        for document in edition.documents:
            found = next(one for one in document.parts if one.id == part)
            assert plain(found.blocks[0].inlines) in panel  # type: ignore[union-attr]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = next(etree.fromstring(archive.read("word/document.xml")).iter(f"{W}pgSz"))
    assert [round(int(size.get(f"{W}{side}", "")) / 1440 * 25.4) for side in "wh"] == [420, 297]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_poster_has_its_columns_in_word(language: str) -> None:
    """The title beside the drawing, the sections in two columns of equal width, each on its ground; then the frame."""
    data, document = made("your-rights-poster", (language,), "docx"), assembled("your-rights-poster", language)
    heads = {part.id: plain(part.blocks[0].inlines) for part in document.parts if part.blocks}  # type: ignore[union-attr]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    (sheet,) = root.iterfind(f"{W}body/{W}tbl")
    assert (sheet.find(f"{W}tblPr/{W}bidiVisual") is not None) is (language == "ar")
    banner, columns, *_ = (row.findall(f"{W}tc") for row in sheet.findall(f"{W}tr"))
    said = ["".join(one.text or "" for one in cell.iter(f"{W}t")) for cell in (*banner, *columns)]
    assert heads["title"] in said[0]
    assert [part for part in ("rights", "free") if heads[part] in said[2]] == ["rights", "free"]
    assert [part for part in ("how", "publisher") if heads[part] in said[3]] == ["how", "publisher"]
    grounds = {one.get(f"{W}fill") for one in columns[0].iter(f"{W}shd")} - {"FFFFFF"}
    materials = kit("your-rights-poster")
    assert grounds == {tint(ground(materials, part)).removeprefix("#").upper() for part in ("rights", "free")}


def test_word_says_what_its_pictures_show() -> None:
    with zipfile.ZipFile(io.BytesIO(made("your-rights", ("fr",), "docx"))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    described = [one.get("descr", "") for one in root.iter(f"{WP}docPr")]
    assert "Un livre ouvert" in described
    assert "" not in described
    numbers = [one.get("id") for one in root.iter(f"{WP}docPr")]
    assert len(numbers) == len(set(numbers))


SHEETS = [
    *((document, (language,)) for document, language in PAIRS),
    *(("your-rights-card", (language,)) for language in ("de", "mk", "mt", "nl", "sq", "tr")),
    (FOLDED[0], ("fr", "ar")),
    (FOLDED[2], ("en", "fr")),
    (FOLDED[3], ("en", "fr")),
]


def test_libreoffice_folds_it_too(tmp_path: Path) -> None:
    soffice = needed(shutil.which("soffice"), "LibreOffice")
    for document, languages in SHEETS:
        (tmp_path / f"{document}.{'-'.join(languages)}.docx").write_bytes(made(document, languages, "docx"))
    given = sorted(tmp_path.glob("*.docx"))
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, given)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pages = {}
    for path in given:
        with pikepdf.open(path.with_suffix(".pdf")) as file:
            pages[path.stem] = len(file.pages)
    assert pages == {path.stem: 1 if "poster" in path.stem else 2 for path in given}


@pytest.mark.parametrize("document", FOLDED)
def test_a_page_holds_its_pictures(document: str) -> None:
    text = made(document, ("en",), "html").decode("utf-8")
    sources = re.findall(r'<img[^>]*src="([^"]*)"', text)
    assert sources
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert re.findall(r'<img(?![^>]*alt="[^"]+")[^>]*>', text) == []
    pictures = [base64.b64decode(source.partition(",")[2]) for source in sources]
    assert not any(b"currentColor" in picture for picture in pictures)


@pytest.mark.parametrize("languages", [("fr",), ("en", "fr")])
def test_no_line_ends_at_the_hyphen_of_a_turned_verb(languages: tuple[str, ...]) -> None:
    """“dis-le-nous” stands in one line, on the narrowest panels too, with the hyphen that was approved."""
    reading = read_back(made("your-rights-card", languages))
    texts = [line.text for lines in reading.body for line in lines]
    assert [text for text in texts if "dis-le-nous" in text]
    assert [text for text in texts if re.search(r"\w-$", text.strip())] == []
    page = made("your-rights-card", ("fr",), "html").decode("utf-8")
    assert '<span class="unparted">dis-le-nous</span>' in page
    assert '<span class="unparted">' not in made("your-rights-card", ("en",), "html").decode("utf-8")
