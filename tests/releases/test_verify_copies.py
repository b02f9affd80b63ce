"""Copies that other programs made of released files, in English and Arabic: the same words are told, and changed ones.

Rehearsals all.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest

import tampered_pdf
from paraph.errors import BrokenError
from paraph.proof import pdf
from paraph.proof.compare import Outcome, compare
from paraph.proof.docx import read as read_docx
from paraph.proof.garbled import _strewn
from paraph.proof.odt import read as read_odt
from paraph.proof.pdf_glyphs import codes
from paraph.proof.reading import Reading, letters
from paraph.proof.replaced import _same
from paraph.proof.reset_pages import unaddressed, unmarked
from paraph.workflow.releases.nearest import LIKE, _languages
from paraph.workflow.releases.verify import Verified, verify
from rehearsal import FILES
from site_world import ARABIC
from test_verify import Released, adopted, in_pdf, in_zip, read_here

SOFFICE = shutil.which("soffice")
CHROMIUM = shutil.which("chromium")
CAIRO = shutil.which("pdftocairo")
NOTE = "statements/clauses/test/detention.yml"
LINKS = {
    "en": "[since 2017](https://example.org/a) and [now](https://example.org/2017/en-b/)",
    "fr": "[depuis 2017](https://example.org/a) et [là](https://example.org/2017/en-b/)",
    "ar": "[منذ 2017](https://example.org/a) و[الآن](https://example.org/2017/en-b/)",
}
EXTRA = {
    "statements/clauses/test/detention.yml": ARABIC[NOTE]
    .replace("is detained", f"is detained[^1], {LINKS['en']}\n\n    [^1]: CRC, article 37 (b)")
    .replace("n’est détenu", f"n’est détenu[^1] {LINKS['fr']}\n\n    [^1]: CDE, article 37 (b)")
    .replace("يُحتجز *أي طفل*", f"يُحتجز *أي طفل*[^1] {LINKS['ar']}\n\n      [^1]: اتفاقية حقوق الطفل، المادة 37 (ب)"),
    "statements/clauses/test/schooling.yml": ARABIC["statements/clauses/test/schooling.yml"].replace(
        "إلى المدرسة", "إلى المدرسة قبل أن يكون مهاجراً، وليس العكس أبداً"
    ),
}
"""In “مهاجراً” two letters, each with a text in its place, follow each other in the PDF."""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """A rehearsal with a footnote, released in three languages and every format that is read by its words."""
    root = tmp_path_factory.mktemp("released")
    with adopted(root, {**FILES, **ARABIC, **EXTRA}) as rehearsal:
        formats = " ".join(f"-f {one}" for one in ("docx", "pdf", "html", "odt", "epub", "md", "akn", "large-print"))
        rehearsal.does(f"release rehearsal {formats} --reference AOM/2026/7 --confirm")
    return Released(root, root / "releases/AOM-2026-7")


def other_maker(data: bytes) -> bytes:
    """As if a program of another name had saved it again."""
    return in_pdf(data, lambda pdf: pdf.docinfo.__setitem__("/Producer", "Another program"))


def from_the_right(data: bytes) -> bytes:
    """With pages that begin on the right side of a sheet, of which PDFium makes lines that do."""
    told = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
    return in_pdf(data, lambda pdf: pdf.Root.__setitem__("/ViewerPreferences", told))


def shown_word_changed(data: bytes) -> bytes:
    """Another program’s copy in which two signs of the title stand in each other’s place."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        made, done = [], False
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "TJ" and not done:
                codes = list(operands[0])
                first = bytes(codes[0])
                if len(first) >= 8 and first[2:4] != first[4:6]:
                    codes[0] = pikepdf.String(first[:2] + first[4:6] + first[2:4] + first[6:])
                    operands, done = [pikepdf.Array(codes)], True
            made.append((operands, operator))
        assert done
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))

    return other_maker(in_pdf(data, change))


def a_picture_over(data: bytes) -> bytes:
    """Another program’s copy with a white picture over words."""

    def change(pdf: pikepdf.Pdf) -> None:
        picture = pdf.make_stream(
            b"\xff", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        name = pdf.pages[0].add_resource(picture, pikepdf.Name.XObject)
        pdf.pages[0].contents_add(pdf.make_stream(f"q 400 0 0 200 60 300 cm {name} Do Q".encode()))

    return other_maker(in_pdf(data, change))


def over(word: str, paint: str) -> Callable[[bytes], bytes]:
    """Another program’s copy with `paint` where a word stands: {x0}, {x1} are its sides, {y0}, {y1} below and above it,
    {y} its middle, {w} its width, {h} its height."""

    def changed(data: bytes) -> bytes:
        with pypdfium2.PdfDocument(data) as document:
            page = document[0].get_textpage()
            place, count = page.search(word).get_next()
            boxes = [page.get_charbox(one) for one in range(place, place + count)]
        x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
        x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
        drawn = paint.format(x0=x0, x1=x1, y0=y0, y1=y1, y=(y0 + y1) / 2, w=x1 - x0, h=y1 - y0).encode()

        def change(pdf: pikepdf.Pdf) -> None:
            pdf.pages[0].contents_add(pdf.make_stream(b"q"), prepend=True)
            pdf.pages[0].contents_add(pdf.make_stream(b"Q q " + drawn + b" Q"))

        return other_maker(in_pdf(data, change))

    return changed


def turned(change: Callable[[bytes], bytes], matrix: str = "0 1 -1 0 842 0") -> Callable[[bytes], bytes]:
    """A copy changed, and of which every page is drawn from elsewhere, as by a program that prints on its side."""

    def changed(data: bytes) -> bytes:
        def turn(pdf: pikepdf.Pdf) -> None:
            for page in pdf.pages:
                page.contents_add(pdf.make_stream(f"q {matrix} cm".encode()), prepend=True)
                page.contents_add(pdf.make_stream(b"Q"))
                if matrix.startswith("0 "):
                    page.MediaBox, page.Rotate = pikepdf.Array([0, 0, 842, 595]), 90

        return in_pdf(change(data), turn)

    return changed


def moved(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """A copy changed, of which no page stands where it stood: it is not held against the page released by its looks."""
    return turned(change, "1 0 0 1 0 -3")


def on_its_side(data: bytes) -> bytes:
    """A copy whose file has a reader turn every page."""

    def turn(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Rotate = 90

    return in_pdf(data, turn)


def in_a_form(data: bytes) -> bytes:
    """A copy of which the first page is drawn from a form, in another measure, as by programs that join pages."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        form = pdf.make_stream(
            page.Contents.read_bytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=page.MediaBox,
            Matrix=[2, 0, 0, 2, 30, 0], Resources=page.Resources,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Whole=form))
        page.Contents = pdf.make_stream(b"q 0.5 0 0 0.5 -15 0 cm /Whole Do Q")

    return other_maker(in_pdf(data, change))


def words_set(before: str = "", inside: str = "") -> Callable[[bytes], bytes]:
    """Another program’s copy, a little smaller, in which some words are set with more operators: {before} those of text
    or {inside}."""

    def changed(data: bytes) -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            page = pdf.pages[0]
            page.contents_coalesce()
            pieces = page.Contents.read_bytes().split(b"BT 0 Tr")
            assert len(pieces) > 12
            last = b"BT 0 Tr".join(pieces[10:])
            drawn = b"BT 0 Tr".join(pieces[:10]) + f" {before} BT 0 Tr {inside} ".encode() + last
            page.Contents = pdf.make_stream(drawn)

        return moved(lambda one: other_maker(in_pdf(one, change)))(data)

    return changed


def signs_of_no_words(data: bytes) -> bytes:
    """Another program’s copy, a little smaller, with signs that say what nobody sees."""

    def change(pdf: pikepdf.Pdf) -> None:
        lie = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> [" + b"<200B>" * 95 + b"]"
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            ToUnicode=pdf.make_stream(b"begincmap " + lie + b" endbfrange endcmap"),
        )  # fmt: skip
        name = pdf.pages[0].add_resource(pdf.make_indirect(font), pikepdf.Name.Font)
        pdf.pages[0].contents_add(pdf.make_stream(f"BT {name} 12 Tf 300 480 Td (never adopted) Tj ET".encode()))

    return moved(lambda one: other_maker(in_pdf(one, change)))(data)


def unseen_words(data: bytes) -> bytes:
    """Another program’s copy with words that leave no ink, on which a search would come."""

    def change(pdf: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )  # fmt: skip
        name = pdf.pages[0].add_resource(pdf.make_indirect(font), pikepdf.Name.Font)
        pdf.pages[0].contents_add(pdf.make_stream(f"BT 3 Tr {name} 12 Tf 60 60 Td (never adopted) Tj ET".encode()))

    return other_maker(in_pdf(data, change))


def in_content(old: str, new: str) -> Callable[[bytes], bytes]:
    """An ODT or EPUB with other words."""

    def changed(data: bytes) -> bytes:
        made = in_zip(data, lambda _, one: one.replace(old.encode(), new.encode()))
        assert made != in_zip(data, lambda _, one: one), old
        return made

    return changed


def in_styles(old: str, new: str) -> Callable[[bytes], bytes]:
    """An ODT with other styles: what a pattern matches, wherever it does."""

    def changed(data: bytes) -> bytes:
        made = in_zip(data, lambda name, one: re.sub(old.encode(), new.encode(), one, flags=re.DOTALL))
        assert made != in_zip(data, lambda _, one: one), old
        return made

    return changed


def in_page(old: str, new: str) -> Callable[[bytes], bytes]:
    """A page of HTML with other markup, once."""

    def changed(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), 1)

    return changed


DRAWING = (
    '<draw:path text:anchor-type="page" svg:x="1cm" svg:y="6cm" svg:width="18cm" svg:height="12cm"'
    ' svg:viewBox="0 0 100 100" svg:d="M0 0 L100 100 L0 100z"/>'
)


SEEN_BY_NOBODY = "it holds text that nobody can see "
PLAIN = '<style:master-page style:name="X" style:page-layout-name="Mpm1"/></office:master-styles>'
FEET = {
    "not displayed": ("<style:footer>", '<style:footer style:display="false">', "no page has at its head or foot"),
    "gone": ("<style:footer>.*</style:footer>", "", "no page has at its head or foot"),
    **{
        f"another on the {kind}": (
            "</style:footer>",
            f"</style:footer><style:footer-{kind}><text:p/></style:footer-{kind}>",
            "not every page has at its head or foot",
        )
        for kind in ("left", "first")
    },
    "no other on the left": ("</style:footer>", '</style:footer><style:footer-left style:display="false"/>', ""),
    "none on the pages that follow": (
        "(<style:master-page )(.*)</office:master-styles>",
        rf'\1style:next-style-name="X" \2{PLAIN}',
        "not every page has at its head or foot",
    ),
    "none on the pages of a heading": (
        '(<style:style )([^>]*style:name="Heading_20_1".*)</office:master-styles>',
        rf'\1style:master-page-name="X" \2{PLAIN}',
        "not every page has at its head or foot",
    ),
    "none on pages that there are not": ("</office:master-styles>", PLAIN, ""),
}
"""What an ODT’s styles make of the foot of pages, and what is said of it."""

COLUMNS = (
    '<style:style style:name="X" style:family="section"><style:section-properties><style:columns fo:column-count="40"/>'
    "</style:section-properties></style:style>"
)
TYPEFACE = (
    '<style:font-face style:name="X" svg:font-family="X">'
    '<svg:font-face-src><svg:font-face-uri xlink:href="Fonts/a.ttf"/>'
    "</svg:font-face-src></style:font-face>"
)


def styled(properties: str) -> Callable[[bytes], bytes]:
    """An ODT in which one word looks otherwise."""
    style = f'<style:style style:name="X" style:family="text"><style:text-properties {properties}/></style:style>'
    new = (
        ("</office:automatic-styles>", f"{style}</office:automatic-styles>"),
        ("detained", '<text:span text:style-name="X">detained</text:span>'),
    )

    def changed(data: bytes) -> bytes:
        for old, one in new:
            data = in_content(old, one)(data)
        return data

    return changed


def background(name: str, one: bytes) -> bytes:
    picture = b'<style:background-image xlink:href="https://example.org/x.png"/>'
    return re.sub(rb"(<style:page-layout-properties[^>]*[^>/]>)", rb"\1" + picture, one)


def exchanged(text: str) -> str:
    """The ids of the first two links in each other’s place."""
    first, second = dict.fromkeys(re.findall(r'<w:hyperlink r:id="(\w+)"', text))
    return re.sub(r'(<w:hyperlink r:id=")(\w+)"', lambda one: f'{one[1]}{second if one[2] == first else first}"', text)


def links_changed(change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    def in_text(name: str, one: bytes) -> bytes:
        return change(one.decode()).encode() if name == "word/document.xml" else one

    return lambda data: in_zip(data, in_text)


def again(data: bytes) -> bytes:
    return in_zip(data, lambda _, one: one)


def name_changed(data: bytes) -> bytes:
    return in_zip(data, lambda name, one: one.replace(b"Malta", b"Valletta") if name == "word/document.xml" else one)


COPIES: dict[str, tuple[str, Callable[[bytes], bytes], str, str]] = {
    "pdf in Arabic, of another maker": ("rehearsal.ar.pdf", other_maker, "metadata", "Another program"),
    "pdf in Arabic, two signs changed": ("rehearsal.ar.pdf", shown_word_changed, "altered", "{+"),
    "pdf in Arabic, a picture over words": ("rehearsal.ar.pdf", a_picture_over, "altered", "paint or a picture over"),
    "pdf, a picture over words": ("rehearsal.fr.pdf", a_picture_over, "altered", "paint or a picture over words"),
    "pdf, paint over one name": (
        "rehearsal.fr.pdf", over("Malte", "1 g {x0} {y0} {w} {h} re f"), "altered", "paint or a picture over words",
    ),
    "pdf, paint over one letter": (
        "rehearsal.fr.pdf", over("7", "1 g {x0} {y0} {w} {h} re f"), "altered", "paint or a picture over words",
    ),
    "pdf, a thick white line over one name": (
        "rehearsal.fr.pdf", over("Malte", "1 G {h} w {x0} {y} m {x1} {y} l S"), "altered", "paint or a picture over",
    ),
    "pdf, of another maker, a white line under one name": (
        "rehearsal.fr.pdf", over("Malte", "1 G 1 w {x0} {y0} m {x1} {y0} l S"), "same-words", "look",
    ),
    "pdf, of another maker, white paint over the foot of one name": (
        "rehearsal.fr.pdf", moved(over("Malte", "1 g {x0} {y0} {w} 1.8 re f")), "altered",
        "paint or a picture over words",
    ),
    "pdf, a white line of a negative width over one name": (
        "rehearsal.fr.pdf", over("Malte", "1 G -{h} w {x0} {y} m {x1} {y} l S"), "altered",
        "it holds on page 1 what not every program draws: a line whose width is below 0",
    ),
    "pdf, a picture beside its words that PDFium does not draw": (
        "rehearsal.fr.pdf",
        lambda data: in_pdf(
            in_pdf(data, tampered_pdf.a_small_picture),
            lambda one: [
                each.__setitem__("/ColorSpace", pikepdf.Array([pikepdf.Name.CalGray, pikepdf.Dictionary()]))
                for each in one.pages[0].Resources.XObject.values()
            ],
        ),
        "altered",
        "page 1 drawn from more than was released",
    ),
    "pdf, its operators written anew": (
        "rehearsal.fr.pdf",
        lambda data: in_pdf(data, lambda one: None, normalize_content=True, qdf=True),
        "metadata",
        "",
    ),
    "pdf, a line through one name": (
        "rehearsal.fr.pdf", moved(over("Malte", "1.2 w {x0} {y} m {x1} {y} l S")), "altered", "struck through: Malte",
    ),
    "pdf, a thin box through one name": (
        "rehearsal.fr.pdf", moved(over("Malte", "{x0} {y} {w} 0.7 re f")), "altered", "words struck through: Malte",
    ),
    "pdf, dashes through one name": (
        "rehearsal.fr.pdf",
        moved(over("Malte", "1 w 1 0 0 1 {x0} {y} cm " + "0 0 m 2 0 l S 1 0 0 1 2.5 0 cm " * 12)),
        "altered",
        "words struck through: Malte",
    ),
    "pdf, a line that closes a path through one name": (
        "rehearsal.fr.pdf", moved(over("Malte", "{x0} {y} m {x0} 900 l {x1} 900 l {x1} {y} l s")), "altered",
        "words struck through: Malte",
    ),
    "pdf in Arabic, a line through one word": (
        "rehearsal.ar.pdf", moved(over("2017", "1 w {x0} {y} m {x1} {y} l S")), "altered", "struck through: 2017",
    ),
    "pdf, turned by a quarter, a line through one name": (
        "rehearsal.fr.pdf", turned(over("Malte", "1.2 w {x0} {y} m {x1} {y} l S")), "altered", "struck through: Malte",
    ),
    "pdf, turned by a quarter, a line under one name": (
        "rehearsal.fr.pdf", turned(over("Malte", "0.8 w {x0} {y0} m {x1} {y0} l S")), "same-words", "look",
    ),
    "pdf, moved, a line under one name, over it and beside it": (
        "rehearsal.fr.pdf",
        moved(over("Malte", "0.8 w {x0} {y0} m {x1} {y0} l {x1} {y1} l {x0} {y1} l s")),
        "same-words",
        "look",
    ),
    "pdf, of another maker, a line under one name": (
        "rehearsal.fr.pdf", over("Malte", "1 w {x0} {y0} m {x1} {y0} l S"), "altered",
        "page 1: the words stand where they stood, and more is seen there, or less",
    ),
    "pdf, moved": ("rehearsal.fr.pdf", moved(other_maker), "same-words", "page 1 looks otherwise"),
    "pdf, on its side": ("rehearsal.fr.pdf", on_its_side, "same-words", "page 1 turned"),
    "pdf in Arabic, on its side": ("rehearsal.ar.pdf", on_its_side, "same-words", "page 1 turned"),
    "pdf, on its side, of another maker": (
        "rehearsal.fr.pdf", lambda data: other_maker(on_its_side(data)), "same-words", "page 1 turned",
    ),
    "pdf, on its side, paint over one name": (
        "rehearsal.fr.pdf", lambda data: on_its_side(over("Malte", "1 g {x0} {y0} {w} {h} re f")(data)), "altered",
        "paint or a picture over words",
    ),
    **{
        f"pdf, moved, words {what}": (
            "rehearsal.fr.pdf", words_set(before, inside), "altered",
            "page 1 shows nothing, or nothing that can be read, of: “",
        )
        for what, before, inside in (
            ("in white", "1 g", ""),
            ("nearly in white", "0.97 g", ""),
            ("clipped", "0 0 1 1 re W n", ""),
            ("that only clip", "", "7 Tr"),
            ("in a white line", "1 G 1 w", "1 Tr"),
            ("as specks", "0.02 0 0 0.02 0 0 cm", ""),
            ("as thin as lines", "0.005 0 0 1 0 0 cm", ""),
        )
    },
    "pdf, in half its size": (
        "rehearsal.fr.pdf", turned(other_maker, "0.5 0 0 0.5 5 300"), "same-words", "page 1 looks otherwise",
    ),
    "pdf, moved, words far from those before them": (
        "rehearsal.fr.pdf", words_set("1 0 0 1 0 280 cm"), "altered",
        "as its words stand on its pages: …: AOM/2026/7 Aucun enfant n’est détenu1 [-depuis 2017 -]",
    ),
    "pdf, moved, words on others": (
        "rehearsal.fr.pdf", words_set("1 0 0 1 -120 24 cm"), "altered", "page 1 has signs printed on each other: “",
    ),
    "pdf, moved, signs that are none of its words": (
        "rehearsal.fr.pdf", signs_of_no_words, "altered", "page 1 shows signs that are none of its words",
    ),
    "pdf, moved, a picture beside its words": (
        "rehearsal.fr.pdf",
        lambda data: moved(lambda one: other_maker(in_pdf(one, tampered_pdf.a_small_picture)))(data),
        "altered",
        "page 1: a drawing or a picture, and none was released",
    ),
    "pdf, moved, a letter drawn as lines": (
        "rehearsal.fr.pdf",
        moved(over("Malte", "1 w 300 520 m 305 527 l S 300 527 m 305 520 l S")),
        "altered",
        "page 1: a drawing or a picture, and none was released",
    ),
    "pdf, moved, a large letter drawn": (
        "rehearsal.fr.pdf", moved(over("Malte", "0.5 g 200 150 m 230 150 l 290 330 l 260 330 l f")), "altered",
        "page 1: a drawing or a picture, and none was released",
    ),
    "pdf, moved, a dark ground": (
        "rehearsal.fr.pdf", moved(over("Malte", "0.3 g 200 150 90 80 re f")), "same-words", "page 1 looks otherwise",
    ),
    "pdf, moved, a dot before a line of text": (
        "rehearsal.fr.pdf", moved(over("Malte", "0 g 60 {y0} 3 3 re f")), "same-words", "page 1 looks otherwise",
    ),
    "pdf, in a form": ("rehearsal.fr.pdf", in_a_form, "same-words", "drawn in another way, and look the same"),
    "pdf, in a form, paint over one name": (
        "rehearsal.fr.pdf",
        lambda data: in_a_form(over("Malte", "1 g {x0} {y0} {w} {h} re f")(data)),
        "altered",
        "paint or a picture over words",
    ),
    "pdf, in a form, a white line over one name": (
        "rehearsal.fr.pdf",
        lambda data: in_a_form(over("Malte", "1 G {h} w {x0} {y} m {x1} {y} l S")(data)),
        "altered",
        "paint or a picture over words",
    ),
    "pdf, in a form, unseen words": (
        "rehearsal.fr.pdf", lambda data: in_a_form(unseen_words(data)), "altered", "words that no page shows",
    ),
    "pdf, of another maker, cut": (
        "rehearsal.fr.pdf",
        lambda data: other_maker(in_pdf(data, tampered_pdf.cut)),
        "altered",
        "words that no page shows",
    ),
    "pdf, its pages from the right": ("rehearsal.fr.pdf", from_the_right, "altered", "changed: its ViewerPreferences"),
    "pdf, of another maker, its pages from the right": (
        "rehearsal.fr.pdf",
        lambda data: other_maker(from_the_right(data)),
        "same-words",
        "changed: its ViewerPreferences",
    ),
    "pdf in Arabic, of another maker, its pages from the right": (
        "rehearsal.ar.pdf",
        lambda data: other_maker(from_the_right(data)),
        "same-words",
        "changed: its ViewerPreferences",
    ),
    "pdf, of another maker, a bookmark": (
        "rehearsal.fr.pdf",
        lambda data: other_maker(in_pdf(data, tampered_pdf.a_bookmark)),
        "altered",
        "it holds a bookmark: Spain never agreed to this",
    ),
    "pdf, of another maker, a picture page": (
        "rehearsal.fr.pdf",
        lambda data: other_maker(in_pdf(data, tampered_pdf.a_picture_page)),
        "altered",
        "page 2 added: a picture, and no words",
    ),
    "pdf, of another maker, an empty page": (
        "rehearsal.fr.pdf",
        lambda data: other_maker(in_pdf(data, tampered_pdf.a_blank_page)),
        "same-words",
        "page 2 added, and empty",
    ),
    "pdf, of another maker, a page defaced": (
        "rehearsal.fr.pdf",
        lambda data: other_maker(in_pdf(data, tampered_pdf.a_red_box)),
        "altered",
        "page 1 looks otherwise",
    ),
    "pdf in Arabic, unseen words": ("rehearsal.ar.pdf", unseen_words, "altered", "words that no page shows"),
    "docx, a name in the signature block": ("rehearsal.en.docx", name_changed, "altered", "{+Valletta+}"),
    "docx, its links exchanged": ("rehearsal.en.docx", links_changed(exchanged), "altered", "links stand in other"),
    "docx, a link taken away": (
        "rehearsal.en.docx",
        links_changed(lambda text: re.sub(r"<w:hyperlink [^>]*>(.*?)</w:hyperlink>", r"\1", text, count=1)),
        "altered",
        "no link leads to https://example.org/a any more",
    ),
    "docx, a field that leads elsewhere": (
        "rehearsal.en.docx",
        links_changed(
            lambda text: re.sub(
                r"<w:hyperlink [^>]*>(.*?)</w:hyperlink>",
                r'<w:fldSimple w:instr="HYPERLINK &quot;https://example.com/&quot;">\1</w:fldSimple>',
                text,
                count=1,
            )
        ),
        "altered",
        "a link leads to https://example.com/",
    ),
    "odt, packed again": ("rehearsal.fr.odt", again, "metadata", ""),
    "odt, one letter": ("rehearsal.fr.odt", in_content("détenu", "retenu"), "altered", "[-détenu-]{+retenu+}"),
    "odt in Arabic, one letter": ("rehearsal.ar.odt", in_content("2017", "2018"), "altered", "[-2017-]{+2018+}"),
    "odt, words hidden": (
        "rehearsal.en.odt",
        in_content("<style:text-properties ", '<style:text-properties text:display="none" '),
        "altered",
        "words that may be hidden",
    ),
    "odt, words in white": (
        "rehearsal.en.odt",
        styled('fo:color="#ffffff"'),
        "altered",
        "it holds text that nobody can see (its colour)",
    ),
    "odt, words as specks": (
        "rehearsal.en.odt",
        styled('fo:font-size="2pt"'),
        "altered",
        "it holds text that nobody can see (the size)",
    ),
    "odt, words struck through": (
        "rehearsal.en.odt",
        styled('style:text-line-through-style="solid"'),
        "altered",
        "it holds words struck through",
    ),
    "odt, signs in place of letters": (
        "rehearsal.en.odt",
        styled('fo:font-family="Wingdings"'),
        "altered",
        "it holds signs in place of letters (its font)",
    ),
    "odt, another colour": (
        "rehearsal.en.odt",
        styled('fo:color="#7f0000"'),
        "altered",
        "changed: content.xml",
    ),
    "odt, a drawing over words": (
        "rehearsal.en.odt",
        in_content("</office:text>", f"<text:p>{DRAWING}</text:p></office:text>"),
        "altered",
        "it holds a drawing",
    ),
    "odt, a picture behind words, from elsewhere": (
        "rehearsal.en.odt",
        lambda data: in_zip(data, background),
        "altered",
        "it holds a picture behind words\nit holds something from elsewhere, which was not fetched (https://example.org/",
    ),
    "odt, a text of its metadata": (
        "rehearsal.en.odt", in_content("detained", "detained<text:description/>"), "altered",
        "it holds a field that a program fills in (description)",
    ),
    **{
        f"odt, no room in {kind}": (
            "rehearsal.en.odt",
            in_content(
                "</office:automatic-styles>",
                f'<style:style style:name="X" style:family="{kind}"><style:{kind}-properties {said}/></style:style>'
                "</office:automatic-styles>",
            ),
            "altered",
            f"it holds a look that is not known (style:{kind}-properties with",
        )
        for kind, said in (
            ("table-row", 'style:row-height="0.001in"'),
            ("table-column", 'style:column-width="0.01in"'),
            ("table", 'fo:margin-left="40in"'),
            ("section", 'fo:margin-left="40in"'),
        )
    },
    **{
        f"odt, {what}": ("rehearsal.en.odt", in_styles(old, new), "altered", told)
        for what, old, new, told in (
            ("a page too low", r'fo:page-height="[^"]*"', 'fo:page-height="3in"', SEEN_BY_NOBODY + "(its page)"),
            ("margins over the page", r'fo:margin-bottom="2.4cm"', 'fo:margin-bottom="29cm"', SEEN_BY_NOBODY),
            (
                "a foot that has the page", r'fo:min-height="[^"]*"', 'fo:min-height="20in"',
                SEEN_BY_NOBODY + "(the head or foot of its pages)",
            ),
            (
                "behind words what may be their colour", r'(family="paragraph">\s*<style:paragraph-properties)',
                r'\1 fo:background-color="#101010"', SEEN_BY_NOBODY + "(its colour)",
            ),
        )
    },
    "odt, many columns": (
        "rehearsal.en.odt",
        in_content("</office:automatic-styles>", f"{COLUMNS}</office:automatic-styles>"),
        "altered",
        "it holds text that nobody can see (its columns)",
    ),
    "odt, a note after other words": (
        "rehearsal.en.odt",
        in_styles(r"(<text:note .*?</text:note>)(.*?)(</text:p>)", r"\2\1\3"),
        "altered",
        "is detained[-[1]-]",
    ),
    "odt, a note that is words": (
        "rehearsal.en.odt",
        in_content("<text:note-citation>", '<text:note-citation text:label="9">'),
        "altered",
        "{+*+}",
    ),
    "odt, notes from another number on": (
        "rehearsal.en.odt", in_styles(r'text:start-value="0"', 'text:start-value="8"'), "altered", "[[-1-]{+9+}]",
    ),
    "odt, notes that are counted anew": (
        "rehearsal.en.odt",
        in_styles(r'text:start-numbering-at="document"', 'text:start-numbering-at="page"'),
        "altered",
        "it holds notes that are counted anew",
    ),
    "odt, a typeface of its own": (
        "rehearsal.en.odt",
        in_content("</office:font-face-decls>", f"{TYPEFACE}</office:font-face-decls>"),
        "altered",
        "it holds a typeface of its own",
    ),
    "epub, one letter": ("rehearsal.en.epub", in_content("is detained", "is retained"), "altered", "{+re"),
    "epub in Arabic, packed again": ("rehearsal.ar.epub", again, "metadata", ""),
    **{
        f"epub, {what}": ("rehearsal.en.epub", in_content(old, new), "altered", "changed: what its pages are, and in")
        for what, old, new in (
            ("a page that a reader leaves out", '<itemref idref="ch002', '<itemref linear="no" idref="ch002'),
            ("its pages from the other side", 'page-progression-direction="ltr"', 'page-progression-direction="rtl"'),
        )
    },
    "epub, a record of it elsewhere": (
        "rehearsal.en.epub",
        in_content("</metadata>", '<link rel="record" href="https://example.org/x"/></metadata>'),
        "altered",
        "it holds a link to more about it (record: https://example.org/x)",
    ),
    "epub, words in a marked section": (
        "rehearsal.en.epub",
        lambda data: in_zip(data, lambda _, one: re.sub(rb"(detained.*?)(</p>)", rb"\1<![CDATA[ unless so]]>\2", one)),
        "altered",
        "unless so",
    ),
    **{
        f"html, words after what a browser takes for the end of a comment ({start} {end})": (
            "rehearsal.en.html",
            in_page("is detained", f"is detained{start} unless the law says so {end}"),
            "altered",
            "it holds a",
        )
        for start, end in (("<!-- x --!>", "<!-- y -->"), ("<!-->", "<!-- -->"), ("<!--->", "<!-- -->"))
    },
    "html, words in a marked section": (
        "rehearsal.en.html", in_page("is detained", "is detained<![CDATA[ > unless so <!-- ]]> -->"), "altered",
        "it holds a marked section",
    ),
    "html, an end with more in it": (
        "rehearsal.en.html", in_page("</footer>", "</footer x='y'>"), "altered", "programs read each in its own way",
    ),
    "html, an end before its words": (
        "rehearsal.en.html", in_page("<em>No", "<em/>No"), "metadata", "",
    ),
    "html, lines of Windows": (
        "rehearsal.en.html", lambda data: data.replace(b"\n", b"\r\n"), "metadata", "",
    ),
    **{
        f"html, what it says of itself with {what}": (
            "rehearsal.en.html", in_page(old, new), "altered", "changed: its markup",
        )
        for what, old, new in (
            ("a style", '<meta name="generator"', '<meta style="display:block" name="generator"'),
            ("a script", "<main", '<meta name="x" content="y" autofocus tabindex="0" onfocus="alert(1)"><main'),
            ("its place among the words", "<main", '<meta name="x" content="y"><main'),
            ("a sign before it that ends the head", "<meta http-equiv", "&nbsp;<meta http-equiv"),
        )
    },
    "html, without its document type": (
        "rehearsal.en.html", in_page("<!DOCTYPE html>", ""), "altered", "in the way of old ones",
    ),
    "html, saved by a browser": (
        "rehearsal.en.html", in_page("<html", "<!-- saved from url=(0027)https://example.org/a--b -->\n<html"),
        "metadata", "",
    ),
    "epub, words hidden by a style": (
        "rehearsal.en.epub",
        lambda data: in_zip(data, lambda name, one: one + b"p{display:none}" if name.endswith(".css") else one),
        "altered",
        "changed: EPUB/styles",
    ),
    "akn, one letter": (
        "rehearsal.en.akn.xml",
        lambda data: data.replace(b"is detained", b"is retained"),
        "altered",
        "is [-detained-]{+retained+}",
    ),
    "akn in Arabic, what a program reads": (
        "rehearsal.ar.akn.xml",
        lambda data: data.replace(b"<FRBRname value=", b"<FRBRname value=\"x\" a=", 1),
        "altered",
        "changed: its data",
    ),
    "akn, words moved into a footnote": (
        "rehearsal.en.akn.xml",
        lambda data: re.sub(rb"(</authorialNote>)([^<]+)", rb"\2\1", data, count=1),
        "altered",
        "changed: its markup",
    ),
    "akn, a style of its own": (
        "rehearsal.en.akn.xml",
        lambda data: data.replace(b"<akomaNtoso", b"<?xml-stylesheet href='x.css'?><akomaNtoso"),
        "altered",
        "it holds a word to programs (xml-stylesheet)",
    ),
    "akn, a comment": (
        "rehearsal.fr.akn.xml",
        lambda data: data + b"<!-- Malte n'est pas d'accord -->",
        "altered",
        "it holds a comment",
    ),
    "akn, white space": (
        "rehearsal.fr.akn.xml",
        lambda data: data.replace(b"<mainBody", b"\n  <mainBody", 1),
        "metadata",
        "",
    ),
    "md, lines of Windows": ("rehearsal.ar.md", lambda data: data.replace(b"\n", b"\r\n"), "metadata", ""),
    "md, a paragraph in two": (
        "rehearsal.en.md", lambda data: re.sub(rb"is\s+detained", b"is\n\ndetained", data), "altered",
        "changed: its paragraphs",
    ),
    "md, lines broken elsewhere": (
        "rehearsal.en.md", lambda data: re.sub(rb"is\s+detained", b"is\ndetained", data), "metadata", "",
    ),
    "md, one letter": ("rehearsal.en.md", lambda data: data.replace(b"detained", b"retained"), "altered", "{+re"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(released: Released, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verified]:
    paths = {}
    for number, (what, (name, change, _, _)) in enumerate(COPIES.items()):
        paths[what] = tmp_path_factory.mktemp(f"copy{number}") / name
        paths[what].write_bytes(change(released.bytes(name)))
    with read_here():
        return dict(zip(COPIES, verify(released.root, list(paths.values())), strict=True))


@pytest.mark.parametrize("name", ["rehearsal.en", "rehearsal.ar", "rehearsal.en.large-print"])
def test_a_copy_is_held_against_the_edition_that_it_is_of(released: Released, tmp_path: Path, name: str) -> None:
    """In large print there are the same words, on other pages."""
    data = released.bytes(f"{name}.pdf")
    copies = in_pdf(data, lambda pdf: pdf.docinfo.__setitem__("/Title", "My copy")), shown_word_changed(data)
    with read_here():
        found = [released.of(copy, tmp_path / "copy.pdf") for copy in copies]
    assert [(one.verdict, one.edition) for one in found] == [("metadata", f"{name}.pdf"), ("altered", f"{name}.pdf")]


@pytest.mark.parametrize("what", COPIES)
def test_copies_are_told_apart(found: dict[str, Verified], what: str) -> None:
    name, _, verdict, said = COPIES[what]
    one = found[what]
    assert (one.verdict, one.reference, one.edition) == (verdict, "AOM/2026/7", name), one
    assert said in "\n".join(one.changes), one.changes


@pytest.mark.parametrize("what", FEET)
def test_the_foot_of_an_odt(released: Released, what: str) -> None:
    """What every page is to say, as that a text is provisional, is on none, or not on all."""
    old, new, said = FEET[what]
    foot = r"(<style:footer>\s*<text:p[^>]*>)", r"\1Provisional, not yet adopted"
    ours = in_styles(*foot)(released.bytes("rehearsal.en.odt"))
    theirs = in_zip(in_styles(old, new)(ours), lambda _, one: one.replace(b"paraph 0.1.0", b"Another program"))
    compared = compare(read_odt(ours), read_odt(theirs))
    assert compared.outcome is (Outcome.OTHER if said else Outcome.WORDS), compared
    assert not said or f"{said}: Provisional, not yet adopted" in compared.changes, compared


def note_moved(name: str, one: bytes) -> bytes:
    """The sign of a footnote, before the words of its paragraph."""
    if name != "word/document.xml":
        return one
    sign = re.compile(rb"<w:r>(?:(?!</w:r>).)*<w:footnoteReference [^>]*/>(?:(?!</w:r>).)*</w:r>", re.DOTALL)
    found = sign.search(one)
    assert found
    before = one[: found.start()]
    start = before.index(b"</w:pPr>", before.rindex(b"<w:pPr>")) + len(b"</w:pPr>")
    return before[:start] + found[0] + before[start:] + one[found.end() :]


def wrapped(tag: str) -> Callable[[bytes], bytes]:
    return in_content("detained", f"<{tag}>detained</{tag}>")


def decoy(before: str) -> Callable[[bytes], bytes]:
    """Other words in the text, and those released in one that stands elsewhere."""

    def changed(data: bytes) -> bytes:
        def one(name: str, part: bytes) -> bytes:
            text = re.search(rb"<office:text.*</office:text>", part, re.DOTALL)
            if name != "content.xml" or text is None:
                return part
            other = part.replace(text[0], text[0].replace(b"is detained", b"is retained"))
            return other.replace(before.encode(), b"<office:meta>" + text[0] + b"</office:meta>" + before.encode())

        return in_zip(data, one)

    return changed


def property_of(kind: str, said: str, inside: str = "") -> Callable[[bytes], bytes]:
    style = f"<style:{kind}-properties {said}>{inside}</style:{kind}-properties>"
    return in_content(
        "</office:automatic-styles>",
        f'<style:style style:name="X" style:family="{kind}">{style}</style:style></office:automatic-styles>',
    )


LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
FOOT = r"(<style:footer>.*?<text:page-number)"
NOT_KNOWN = "a look that is not known"
STRANGE = {
    "the text in another place": (decoy("<office:body>"), "no part of a text (office:meta in office:document-content)"),
    "a second text": (decoy("</office:body>"), "no part of a text (office:meta in office:body)"),
    "words in an element of nobody": (wrapped("number:text"), "no part of a text (urn:oasis"),
    "words in the number of a list": (wrapped("text:number"), "a field that a program fills in (number)"),
    "words at a mark": (
        in_content("detained", '<text:bookmark-start text:name="b" text:condition="x"/>detained'),
        "no part of a text (text:bookmark-start with text:condition)",
    ),
    "a cell that another covers": (
        in_content(
            "</office:text>",
            "<table:table><table:table-row><table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>"
            "</table:table-row></table:table></office:text>",
        ),
        "no part of a text (text:p in table:covered-table-cell)",
    ),
    "the number of a page in the text": (
        in_content("detained", "detained <text:page-number>1</text:page-number>"),
        "the number of a page among its words",
    ),
    "the number of a page at a word": (in_styles(FOOT, r"\1/>A-1<text:page-number"), "a page that is one with what"),
    "words between lines": (
        in_styles(r'(<text:linenumbering[^>]*number-lines=)"false"', r'\1"true"'),
        "text:linenumbering-configuration with text:number-lines",
    ),
    "words before the number of a list": (
        in_styles('style:num-format="I"', 'style:num-format="I" style:num-prefix="No 1"'),
        "text:list-level-style-number with style:num-prefix",
    ),
    "words before the number of a note": (
        in_styles("<text:notes-configuration", '<text:notes-configuration style:num-prefix="(not "'),
        "text:notes-configuration with style:num-prefix",
    ),
    "a style that depends on something": (
        in_content(
            "</office:automatic-styles>",
            '<style:style style:name="X" style:family="text"><style:map style:condition="x"/></style:style>'
            "</office:automatic-styles>",
        ),
        "no part of a text (style:map in style:style)",
    ),
    "two styles of one name": (
        in_content(
            "</office:automatic-styles>",
            '<style:style style:name="X" style:family="text"/><style:style style:name="X" style:family="text">'
            "<style:text-properties/></style:style></office:automatic-styles>",
        ),
        "two styles of one name",
    ),
    "a page in another measure": (
        in_styles("<style:page-layout-properties", '<style:page-layout-properties style:scale-to="9%"'),
        f"{NOT_KNOWN} (style:page-layout-properties with style:scale-to)",
    ),
    "a clear word": (styled(f'{LOEXT} fo:color="#000000" loext:opacity="0%"'), "nobody can see (its colour)"),
    "a ground of the same colour": (
        in_styles(
            "(</style:style>)(?=.*</office:styles>)",
            rf'<loext:graphic-properties {LOEXT} draw:fill="solid" draw:fill-color="#000000"/>\1',
        ),
        "nobody can see (its colour)",
    ),
    "letters on each other": (styled('fo:letter-spacing="-9pt"'), f"{NOT_KNOWN} (style:text-properties with"),
    "words beside the page": (
        property_of("paragraph", 'fo:margin="-100pt"'),
        f"{NOT_KNOWN} (style:paragraph-properties with fo:margin)",
    ),
    "a table beside the page": (
        property_of("table", 'fo:margin-left="700pt"'),
        f"{NOT_KNOWN} (style:table-properties with fo:margin-left)",
    ),
    "a table as wide as a letter": (
        property_of("table", 'style:rel-width="1%"'),
        f"{NOT_KNOWN} (style:table-properties with style:rel-width)",
    ),
    "a row that cuts its words": (
        property_of("table-row", 'style:row-height="14pt"'),
        f"{NOT_KNOWN} (style:table-row-properties with style:row-height)",
    ),
    "words for a reading voice": (
        in_content(
            "</office:text>", "<text:p><draw:frame><svg:desc>Yes</svg:desc></draw:frame></text:p></office:text>"
        ),
        "words for screen readers: Yes",
    ),
}


DIGITS = "<w:r><w:t>234</w:t></w:r>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
COUNTED = f"{FIELD.format('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>{FIELD.format('separate')}{{}}"
COUNTED += FIELD.format("end")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (DIGITS, "pages have at their head or foot: AOM/2026/7234"),
        (COUNTED.format("<w:r><w:t>4</w:t></w:r>"), "the number of a page that is one with what stands beside it"),
    ],
)
def test_digits_in_the_foot_of_a_word_file(released: Released, more: str, told: str) -> None:
    """Those of a field that counts pages are none of its words."""
    data = released.bytes("rehearsal.en.docx")
    changed = in_zip(
        data,
        lambda name, one: (
            re.sub(rb"AOM/2026/7(.*?)</w:r>", rf"AOM/2026/7</w:t></w:r>{more}<w:r><w:t>\1</w:r>".encode(), one)
            if name.startswith("word/footer")
            else one
        ),
    )
    was, is_ = read_docx(data), read_docx(changed)
    assert told in "\n".join(compare(was, replace(is_, maker="Another program")).changes)
    assert "at their head or foot" not in "\n".join(compare(was, replace(was, maker="Another program")).changes)


def test_paragraphs_that_begin_from_the_other_side(released: Released) -> None:
    """Words of two directions are read in another order; of one, the mark at the end stands at the beginning."""
    told = "its paragraphs begin from the other side, and words or signs are read in another order"
    for name, pattern, by in (
        ("rehearsal.ar.docx", rb"<w:bidi/>", b""),
        ("rehearsal.en.docx", rb"(<w:pStyle [^>]*/>)", rb"\1<w:bidi/>"),
    ):
        data = released.bytes(name)
        turned = in_zip(data, lambda part, one: re.sub(pattern, by, one) if part == "word/document.xml" else one)  # noqa: B023
        assert turned != data
        found = compare(read_docx(data), replace(read_docx(turned), maker="Another program")).changes
        assert told in found, found


@pytest.mark.parametrize("what", STRANGE)
def test_what_no_program_writes_into_an_odt_is_named(released: Released, what: str) -> None:
    """Whatever a program makes of it: nobody released it."""
    changed, told = STRANGE[what]
    data = released.bytes("rehearsal.en.odt")
    assert told in "\n".join(read_odt(changed(data)).oddities)
    assert not read_odt(data).oddities


@pytest.mark.parametrize(
    ("tag", "named"),
    [("text:p", "Standard"), ('text:h text:outline-level="3"', "Heading_20_3"), ("text:a", "Internet_20_link")],
)
def test_the_style_of_what_names_none(released: Released, tag: str, named: str) -> None:
    white = '<style:text-properties fo:color="#ffffff"/></style:style>'
    family = "text" if named.startswith("Internet") else "paragraph"
    words = f"<{tag}>words</{tag.split()[0]}>"
    data = in_content(
        "</office:text>", f"{words if family == 'paragraph' else f'<text:p>{words}</text:p>'}</office:text>"
    )(
        in_styles(
            r"</office:styles>",
            f'<style:style style:name="{named}" style:family="{family}">{white}</office:styles>',
        )(released.bytes("rehearsal.en.odt"))
    )
    assert "text that nobody can see (its colour)" in read_odt(data).oddities


def test_a_style_of_the_head_of_a_page_is_none_of_the_text(released: Released) -> None:
    """Each part of the file names its own."""
    style = '<style:style style:name="MP1" style:family="paragraph">{}</style:style></office:automatic-styles>'
    data = released.bytes("rehearsal.en.odt")
    white = in_styles(
        r'(style:name="MP1"[^>]*)(/>|>.*?</style:style>)',
        r'\1><style:text-properties fo:color="#ffffff"/></style:style>',
    )(data)
    hidden = in_zip(
        white,
        lambda name, one: (
            one.replace(b"</office:automatic-styles>", style.format("").encode()) if name == "content.xml" else one
        ),
    )
    assert "text that nobody can see (its colour)" in read_odt(hidden).oddities


def test_words_that_begin_in_the_margin(released: Released) -> None:
    look = '<style:paragraph-properties fo:margin-left="{}" fo:margin-right="{}" fo:text-indent="{}"/>'

    def odd(*lengths: str) -> tuple[str, ...]:
        style = f'<style:style style:name="X" style:family="paragraph">{look.format(*lengths)}</style:style>'
        data = in_content("</office:automatic-styles>", f"{style}</office:automatic-styles>")(
            in_content("</office:text>", '<text:p text:style-name="X">words</text:p></office:text>')(
                released.bytes("rehearsal.en.odt")
            )
        )
        return read_odt(data).oddities

    assert not odd("55pt", "0pt", "-55pt")
    assert "text that nobody can see (its indents)" in odd("0pt", "0pt", "-150pt")
    assert "text that nobody can see (its indents)" in odd("300pt", "300pt", "0pt")


def test_an_odt_that_says_it_is_a_drawing(released: Released) -> None:
    def other(name: str, one: bytes) -> bytes:
        return b"application/vnd.oasis.opendocument.graphics" if name == "mimetype" else one

    with pytest.raises(BrokenError, match="another kind of OpenDocument"):
        read_odt(in_zip(released.bytes("rehearsal.en.odt"), other))


@pytest.mark.skipif(not (SOFFICE or os.environ.get("CI")), reason="LibreOffice is not installed")
def test_printed_and_saved_by_libreoffice(released: Released, tmp_path: Path) -> None:
    """DOCX printed to PDF, DOCX and ODT saved as ODT: the words are the same in both directions of writing."""

    def made(to: str, *sources: str) -> None:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [str(SOFFICE), profile, "--headless", "--convert-to", to, "--outdir", "made", *sources]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)

    for language in ("ar", "fr"):
        shutil.copy(released.folder / f"rehearsal.{language}.docx", tmp_path / f"{language}.docx")
        shutil.copy(released.folder / f"rehearsal.{language}.odt", tmp_path / f"{language}-own.odt")
    changed = released.bytes("rehearsal.ar.docx")
    (tmp_path / "changed.docx").write_bytes(
        in_zip(changed, lambda name, one: one.replace(b"2017", b"2018") if name == "word/document.xml" else one)
    )
    made("pdf", "ar.docx", "fr.docx", "changed.docx", "fr-own.odt")
    made("odt", "ar.docx", "fr.docx", "ar-own.odt", "fr-own.odt")
    made("docx", "ar-own.odt", "fr-own.odt")
    saved = (tmp_path / "made/fr-own.docx").read_bytes()
    (tmp_path / "made/note.docx").write_bytes(in_zip(saved, note_moved))
    printed = (tmp_path / "made/fr.pdf").read_bytes()
    (tmp_path / "made/picture.pdf").write_bytes(in_pdf(printed, tampered_pdf.a_picture_page))
    (tmp_path / "made/bookmark.pdf").write_bytes(in_pdf(printed, tampered_pdf.a_bookmark))
    more = {"changed.pdf", "picture.pdf", "bookmark.pdf", "note.docx"}
    names = (
        "ar.pdf",
        "fr.pdf",
        "fr-own.pdf",
        "ar.odt",
        "fr.odt",
        "ar-own.odt",
        "fr-own.odt",
        "ar-own.docx",
        "fr-own.docx",
        *more,
    )
    found = dict(zip(names, verify(released.root, [tmp_path / "made" / name for name in names]), strict=True))
    assert {name: str(one.verdict) for name, one in found.items()} == {
        **dict.fromkeys(names, "same-words"),
        **dict.fromkeys(more, "altered"),
    }, found
    assert any(one.startswith("page ") and "a picture, and no words" in one for one in found["picture.pdf"].changes)
    assert "it holds a bookmark: Spain never agreed to this" in found["bookmark.pdf"].changes
    assert "[-2017-]{+2018+}" in "\n".join(found["changed.pdf"].changes)
    assert "compared with the DOCX, which is nearest to it" in found["fr.odt"].notes
    assert "compared with the ODT, which is nearest to it" in found["fr-own.docx"].notes
    assert "{+[1]" in "\n".join(found["note.docx"].changes), found["note.docx"]


@pytest.mark.skipif(not (CHROMIUM or os.environ.get("CI")), reason="Chromium is not installed")
def test_a_browser_breaks_no_signature_over_two_pages(released: Released, tmp_path: Path) -> None:
    """Wherever on a page they come to stand: half a name in each column is read as other words."""
    page = re.sub(rb"<meta http-equiv[^>]*>", b"", released.bytes("rehearsal.en.html")).decode()
    line = '<li><p class="signatory">Firsthalf<br>Secondhalf</p></li>'
    signed = f'<div class="part signatures"><ul class="grid signatures columns-2">{line * 2}</ul></div>'
    above = (f'<p style="break-before: page; height: {height}mm; margin: 0"></p>' for height in range(200, 250, 2))
    body = "".join(f"{one}{signed}" for one in above)
    (tmp_path / "page.html").write_text(re.sub("<main.*</main>", f"<main>{body}</main>", page, flags=re.DOTALL))
    command = (str(CHROMIUM), "--headless", "--no-sandbox", "--no-pdf-header-footer", "--print-to-pdf=page.pdf")
    subprocess.run([*command, "page.html"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pages = ["".join(one) for one in pdf.read((tmp_path / "page.pdf").read_bytes()).pages]
    assert sum(one.count("Firsthalf") for one in pages) == 50, pages
    assert [one for one in pages if one.count("Firsthalf") != one.count("Secondhalf")] == []


@pytest.mark.skipif(not (CHROMIUM or os.environ.get("CI")), reason="Chromium is not installed")
def test_printed_by_a_browser(released: Released, tmp_path: Path) -> None:
    """A browser sets footnotes at the end, and its own head and foot on every page."""
    page = released.bytes("rehearsal.ar.html")
    sources = {"ar": page, "fr": released.bytes("rehearsal.fr.html"), "changed": page.replace(b"2017", b"2018")}
    for name, data in sources.items():
        (tmp_path / f"{name}.html").write_bytes(data)
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
        command = [str(CHROMIUM), *flags, f"--print-to-pdf={name}.pdf", (tmp_path / f"{name}.html").as_uri()]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    (tmp_path / "picture.pdf").write_bytes(in_pdf((tmp_path / "fr.pdf").read_bytes(), tampered_pdf.a_picture_page))
    names = (*sources, "picture")
    whole, french, changed, picture = verify(released.root, [tmp_path / f"{name}.pdf" for name in names])
    assert picture.verdict == "altered", picture
    assert any("added: a picture, and no words" in one for one in picture.changes), picture
    assert (whole.verdict, whole.edition) == ("same-words", "rehearsal.ar.pdf"), whole
    assert (french.verdict, french.edition) == ("same-words", "rehearsal.fr.pdf"), french
    assert "its pages are set anew" in french.changes
    assert changed.verdict == "altered"
    assert "2018+}" in "\n".join(changed.changes)


def one_letter_called_another(data: bytes, *, own: bool = False) -> bytes:
    """Another program’s copy, a little smaller, that shows “o” in place of the first “e” and calls it “e”; `own`: in a
    font that numbers its shapes in a way of its own, so that nothing is known of its outlines."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        fonts = page.Resources.Font
        made, font, done = [], "", False
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font, size = str(operands[0]), operands[1]
                named = {said: code.to_bytes(2) for code, said in codes(fonts[font].ToUnicode.read_bytes())}
            strings = [one for one in operands[0] if isinstance(one, pikepdf.String)] if str(operator) == "TJ" else []
            said = b"".join(map(bytes, strings))
            places = [at for at in range(0, len(said), 2) if said[at : at + 2] == named.get("e")]
            if not done and places and "o" in named:
                done, at = True, places[0]
                other = pikepdf.Dictionary(fonts[font])
                lie = b"1 beginbfchar <" + named["o"].hex().encode() + b"> <0065> endbfchar"
                space = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
                other.ToUnicode = pdf.make_stream(space + lie + b" endcmap")
                if own:
                    other.Encoding = pdf.make_stream(space + b"1 begincidrange <0000> <FFFF> 0 endcidrange endcmap")
                fonts["/lie"] = pdf.make_indirect(other)
                for name, shown in ((font, said[:at]), ("/lie", named["o"]), (font, said[at + 2 :])):
                    made.append(([pikepdf.Name(name), size], pikepdf.Operator("Tf")))
                    made.append(([pikepdf.String(shown)], pikepdf.Operator("Tj")))
                continue
            made.append((operands, operator))
        assert done
        page.Contents = pdf.make_stream(b"q .97 0 0 .97 3 2 cm\n" + pikepdf.unparse_content_stream(made) + b"\nQ")

    return other_maker(in_pdf(data, change))


def test_a_letter_that_is_called_another(released: Released, tmp_path: Path) -> None:
    """The words that are read are those released; a reader sees another one."""
    data = released.bytes("rehearsal.en.pdf")
    (tmp_path / "lie.pdf").write_bytes(one_letter_called_another(data))
    (tmp_path / "own.pdf").write_bytes(one_letter_called_another(data, own=True))
    with read_here():
        found, own = verify(released.root, [tmp_path / "lie.pdf", tmp_path / "own.pdf"])
    assert found.verdict == "altered", found
    assert found.changes[0].startswith("it holds the sign for “o”, which it calls “e”"), found
    assert own.verdict == "altered", own
    assert own.changes[0] == "one and the same sign is called “e” and “o”", own


@pytest.mark.skipif(not (CAIRO or os.environ.get("CI")), reason="pdftocairo is not installed")
def test_packed_again_by_cairo(released: Released, tmp_path: Path) -> None:
    """It strews letters among the marks of Arabic, and shows what was released, on paper of another size, too: that is
    looked at, to the dot."""
    sources = {
        "ar": released.bytes("rehearsal.ar.pdf"),
        "fr": released.bytes("rehearsal.fr.pdf"),
        "changed": shown_word_changed(released.bytes("rehearsal.ar.pdf")),
        "covered": a_picture_over(released.bytes("rehearsal.ar.pdf")),
    }
    for name, data in sources.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
        for size, how in (("again", ()), ("letter", ("-paper", "letter", "-expand"))):
            command = [str(CAIRO), "-pdf", *how, f"{name}.pdf", f"{name}-{size}.pdf"]
            subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    for size in ("again", "letter"):
        with read_here():
            found = verify(released.root, [tmp_path / f"{name}-{size}.pdf" for name in sources])
        assert [str(one.verdict) for one in found] == ["same-words", "same-words", "altered", "altered"], found
        assert len(found[0].changes) < 6


@pytest.mark.parametrize(
    ("said", "strewn"),
    [
        ("لايتفصلطفلعنوالديه", True),
        ("لايفصلطفلعنوالديهن", True),
        ("لايتنفصلطفلعنوالديه", False),
        ("لايفصلطفلعنوالدي", False),
        ("لايفصلطفلعنوالدته", False),
        ("لايفصلطفلعنوالديهx", False),
        ("لايفصلطفلعنوالديه", False),
    ],
)
def test_letters_that_a_program_strews(said: str, strewn: bool) -> None:
    """Single ones, from right to left, few, and none in the place of another one."""
    was, rest = [*"لايفصلطفلعنوالديه"], [*"كلطفللهالحقفيالتعليم"] * 5
    assert _strewn(was + rest, [*said, *rest]) is strewn
    assert not _strewn(was, [*said]), "one in so short a text is too many"


def _reading(*lines: str, maker: str = "", **more: object) -> Reading:
    return Reading(format="pdf", pages=(lines,), maker=maker, **more)  # type: ignore[arg-type]  # as the test gives them


ASIDE = Reading(format="html", pages=(("x",),), notes=("A note that is long.",), beside=("Term Meaning",))


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        (("A text", "that goes on.", "1 A note", "that is long."), Outcome.WORDS),
        (("A text", "Term Meaning", "that goes on.", "Term Meaning", "1 A note that is long."), Outcome.WORDS),
        (("A text", "that goes on."), Outcome.OTHER),
        (("A text", "1 A note that is longer.", "that goes on."), Outcome.OTHER),
        (("A text", "1 A note that is long.", "that goes on.", "1 A note that is long."), Outcome.OTHER),
        (("that goes on.", "A text", "1 A note that is long."), Outcome.OTHER),
        (("A text 1 A note that is long. that goes on.",), Outcome.METADATA),
    ],
)
def test_what_a_printer_may_move(lines: tuple[str, ...], outcome: Outcome) -> None:
    released = _reading("A text", "1 A note that is long.", "that goes on.")
    assert compare(released, _reading(*lines, maker="a printer"), ASIDE).outcome is outcome


LINKED = (("the page", "https://example.org/a"), ("a law", "https://example.org/2017/en-b/"))


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (("As the page <https://exam", "ple.org/a> says, a law", "<https://example.org/2017/en-b/>"), 0),
        (("As the page says <https://example.org/a>, a law",), 1),
        (("As the page <https://example.org/b> says, a law",), 1),
        (("As the page <https://example.org/a><https://example.org/a> says, a law",), 1),
        (("As a law <https://example.org/2017/en-b/> says, the page <https://example.org/a>",), 1),
        (
            (
                "كما تقول > <https://example.org/a الصفحة /> <https://exam",
                "ple.org/2017/en-b والقانون",
            ),
            0,
        ),
        (("كما تقول https://example.org/a الصفحة",), 1),
        (("كما تقول > <https://example.org/a الصفحة > <https://example.org/a",), 1),
        (("كما تقول > <https://example.org/a/c الصفحة",), 1),
    ],
)
def test_the_addresses_that_a_page_prints_after_its_links(lines: tuple[str, ...], left: int) -> None:
    """Each once, in order; any other one, or one elsewhere, is kept and seen."""
    said = "".join(unaddressed(lines, LINKED))
    assert len(re.findall("https", said)) == left, said
    assert left or not re.search("[<>/]", said), said


@pytest.mark.parametrize(
    ("numbers", "outcome"),
    [(("30(b)", "12"), Outcome.WORDS), (("31(b)", "12"), Outcome.OTHER), (("30(b)", "13"), Outcome.OTHER)],
)
def test_a_note_in_arabic_with_letters_from_left_to_right(numbers: tuple[str, str], outcome: Outcome) -> None:
    """Whatever the order in which the line of it is read."""
    released = _reading("بين 12 سنة", "1 المادة ) 30(b", "طفل")
    aside = replace(ASIDE, notes=("المادة 30(b)",))
    found = _reading(f"بين {numbers[1]} سنة", "طفل", f"1 المادة {numbers[0]}", maker="a printer")
    assert compare(released, found, aside).outcome is outcome


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        (("A text", "that goes on.", "1"), Outcome.WORDS),
        (("A text", "that goes on.", "2"), Outcome.OTHER),
        (("A text", "1", "that goes on."), Outcome.OTHER),
        (("A text", "that goes on.", "1", "1"), Outcome.OTHER),
    ],
)
def test_the_number_of_the_only_page(lines: tuple[str, ...], outcome: Outcome) -> None:
    """LibreOffice sets it alone at the foot of an ODT’s pages: on one page it does not run along them."""
    released = _reading("A text that", "goes on.", maker="paraph")
    assert compare(released, _reading(*lines, maker="LibreOffice"), None).outcome is outcome


def test_a_hyphen_at_the_end_of_a_line_is_one() -> None:
    """A browser breaks “non-discrimination” after its hyphen, of which PDFium then says that it is none."""
    made = io.BytesIO()
    with pikepdf.new() as new:
        page = new.add_blank_page(page_size=(200, 200))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        name = page.add_resource(new.make_indirect(font), pikepdf.Name.Font)
        said = f"BT {name} 12 Tf 14 TL 20 150 Td (A right to non-) Tj T* (discrimination) Tj ET"
        page.contents_add(new.make_stream(said.encode()))
        new.save(made)
    assert "righttonon-discrimination" in pdf.read(made.getvalue()).letters


@pytest.mark.parametrize(
    ("link", "outcome"),
    [
        ("https://example.org/", Outcome.WORDS),
        ("https://example.org/x", Outcome.OTHER),
        ("https://example.org.example/", Outcome.OTHER),
    ],
)
def test_an_address_without_a_path_is_the_same_with_one(link: str, outcome: Outcome) -> None:
    """LibreOffice writes “/” after a host; whatever else it would be, it is another address."""
    released = _reading("A text", "that goes on.", links=("https://example.org",))
    found = _reading("A text", "that goes on.", maker="a printer", links=(link,), drawn=("x",))
    assert compare(replace(released, drawn=("y",)), found).outcome is outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("بين return · retour و 12 و 18 سنة", Outcome.METADATA),
        ("بين retour · return و 12 و 18 سنة", Outcome.WORDS),
        ("بين return · retour و 18 و 12 سنة", Outcome.OTHER),
        ("بين return · retours و 12 و 18 سنة", Outcome.OTHER),
        ("بين return · retour و 21 و 18 سنة", Outcome.OTHER),
        ("بن return · retour و 12 و 18 سنة", Outcome.OTHER),
    ],
)
def test_the_order_of_words_between_those_from_right_to_left(said: str, outcome: Outcome) -> None:
    """Of “return · retour” either may come first: that is how a program sets a line. Of numbers between words none."""
    released = _reading("بين return · retour و 12 و 18 سنة", "طفل")
    assert compare(released, _reading(said, "طفل", maker="a printer")).outcome is outcome


@pytest.mark.parametrize(("edge", "outcome"), [("Not yet adopted", Outcome.WORDS), ("Adopted", Outcome.OTHER)])
def test_the_line_along_the_edge_of_every_page_of_a_browser(edge: str, outcome: Outcome) -> None:
    """It is what every page was to show, and stands upright, among the words of the page as the file has them."""
    made = io.BytesIO()
    with pikepdf.new() as new:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        font = new.make_indirect(font)
        for words in ("Not yet adopted", "A child"):
            page = new.add_blank_page(page_size=(200, 200))
            name = page.add_resource(font, pikepdf.Name.Font)
            upright = f"BT {name} 8 Tf 0 -1 1 0 190 180 Tm ({edge}) Tj ET"
            said = f"{upright} BT {name} 12 Tf 20 150 Td ({words}) Tj ET"
            page.contents_add(new.make_stream(said.encode()))
        new.docinfo["/Producer"] = "A browser"
        new.save(made)
    found = pdf.read(made.getvalue())
    released = replace(_reading("Not yet adopted", "A child"), edges=(("Not yet adopted",),))
    assert compare(released, found).outcome is outcome, found


RESERVED = (
    "تتحفظ Malta: Detention of adults is",
    "allowed, detention of children is never allowed. طفل",
    "كل return · retour 12",
)


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        ((RESERVED[0] + " allowed,", RESERVED[1][9:], RESERVED[2]), Outcome.METADATA),
        ((RESERVED[0], f".{RESERVED[1].replace('.', '')}", "كل 12 return · retour"), Outcome.WORDS),
        ((RESERVED[0], RESERVED[1], "كل return ·", "retour 12"), Outcome.METADATA),
        (
            (RESERVED[0].replace("adults", "children"), RESERVED[1].replace("children", "adults"), RESERVED[2]),
            Outcome.OTHER,
        ),
        ((RESERVED[0].replace("of adults", "is").replace("s is", "s of adults"), *RESERVED[1:]), Outcome.OTHER),
        ((RESERVED[0], RESERVED[1].replace("is never", "never is"), RESERVED[2]), Outcome.OTHER),
    ],
)
def test_a_sentence_from_left_to_right_in_arabic_stays_in_its_order(lines: tuple[str, ...], outcome: Outcome) -> None:
    """Wherever its lines are broken, and on which side the full stop stands: children are not adults."""
    compared = compare(_reading(*RESERVED), _reading(*lines, maker="a printer"))
    assert compared.outcome is outcome, compared


@pytest.mark.parametrize(
    ("printed", "outcome"), [(("Not yet", "adopted", "A child"), "words"), (("A child",), "other")]
)
def test_what_every_page_was_to_have_at_its_head_is_on_a_printed_copy(printed: tuple[str, ...], outcome: str) -> None:
    released = _reading("A child", edges=(("Not yet adopted", "A-1 · Page 1 of 1"),))
    assert compare(released, _reading(*printed, maker="a printer")).outcome == outcome


PROVISIONAL = "Provisional, not yet adopted by the members"
PAGES = (("Joint working group", "A declaration", "No child is"), ("detained.", "Every child"), ("goes to school.",))
HTML = Reading(
    format="html", pages=((*PAGES[0], PROVISIONAL),), metadata={"title": "A declaration"},
    margins=("Joint working group", PROVISIONAL, "A-26-02 · A declaration Page of"), partly=("Joint working group",),
)  # fmt: skip


def _pages(*heads: str, foot: str = "A-26-02 · A declaration Page {} of 3", body: object = PAGES) -> Reading:
    """A print of three pages by another program, each with its head, if any, and its foot."""
    made = []
    for number, (head, lines) in enumerate(zip(heads, body, strict=True), 1):  # type: ignore[call-overload]  # lines
        made.append((*filter(None, (head,)), *lines, *filter(None, (foot.format(number),))))
    return Reading(format="pdf", pages=tuple(made), maker="a printer")


EVERY = (PROVISIONAL,) * 3


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (_pages(*EVERY), ""),
        (_pages(*EVERY, foot=""), ""),
        (_pages(*EVERY, foot="27.11.26, 8:32 AM · A declaration https://example.org/a {}/3"), ""),
        (_pages(*(f"{PROVISIONAL} · {number}" for number in (1, 2, 3)), foot="Page {} of 3"), ""),
        (_pages("", *EVERY[1:]), f"not every page has at its head or foot: {PROVISIONAL}"),
        (_pages(PROVISIONAL, "", ""), f"not every page has at its head or foot: {PROVISIONAL}"),
        (_pages("", "", ""), f"no page has at its head or foot: {PROVISIONAL}"),
        (_pages(*(f"{PROVISIONAL} of Spain",) * 3), f"pages have at their head or foot: {PROVISIONAL} of Spain"),
        (_pages(*EVERY, foot="A-26-03 · A declaration Page {} of 3"), "pages have at their head or foot: A-26-03"),
        (_pages(*EVERY, foot="Spain agreed to nothing"), "pages have at their head or foot: Spain agreed to nothing"),
        (_pages(*EVERY, body=(PAGES[0][1:], *PAGES[1:])), "no page has: Joint working group"),
        (_pages(f"adopted by the members\n{PROVISIONAL}", *EVERY[1:]), "adopted by the members"),
        (_pages(f"0\n{PROVISIONAL}", *EVERY[1:]), "{+0"),
    ],
)  # fmt: skip
def test_what_stands_at_the_head_and_foot_of_a_printed_copy(found: Reading, told: str) -> None:
    """What every page was to show is on every one; and on none is what nobody released, or a number of another text."""
    edges = tuple((PROVISIONAL, f"A-26-02 · A declaration Page {number} of 3") for number in (1, 2, 3))
    released = Reading(format="pdf", pages=PAGES, edges=edges)
    found = replace(found, pages=tuple(tuple("\n".join(page).split("\n")) for page in found.pages))
    compared = compare(released, found, HTML)
    assert compared.outcome is (Outcome.OTHER if told else Outcome.WORDS), compared
    assert told in "\n".join(compared.changes), compared


@pytest.mark.parametrize(("second", "told"), [("", ""), ("Spain agreed to nothing · ", "Spain agreed to nothing")])
def test_a_reference_with_the_number_of_a_page_in_it(second: str, told: str) -> None:
    """“A-1” stays “A-1” on page 1, too."""
    foot = "A-1 · A declaration Page {} of 3"
    released = Reading(format="pdf", pages=PAGES, edges=tuple((foot.format(number),) for number in (1, 2, 3)))
    found = _pages("", "", "", foot=f"{second}{foot}")
    assert "A-1 · A declaration Page # of #" in "".join(found.running())
    compared = compare(released, found, replace(HTML, margins=("A-1 · A declaration Page of",), partly=()))
    assert compared.outcome is (Outcome.OTHER if told else Outcome.WORDS), compared
    assert told in "\n".join(compared.changes), compared


def test_what_a_reading_voice_was_told_of_a_picture_is_told_by_a_print() -> None:
    released, odd = _reading("A text that", "goes on."), ("words for screen readers: A pencil",)
    found = _reading("A text", "that goes on.", maker="a browser", oddities=odd)
    assert compare(released, found, replace(ASIDE, notes=(), spoken=("A pencil",))).outcome is not Outcome.OTHER
    compared = compare(released, found, replace(ASIDE, notes=(), spoken=("A pen",)))
    assert (compared.outcome, compared.beside) == (Outcome.OTHER, ("it holds words for screen readers: A pencil",))


def test_a_foot_that_is_missing_on_one_page_only() -> None:
    edges = tuple((f"A-26-02 · A declaration Page {number} of 3",) for number in (1, 2, 3))
    released = Reading(format="pdf", pages=PAGES, edges=edges)
    pages = _pages("", "", "").pages
    found = Reading(format="pdf", pages=(pages[0], pages[1][:-1], pages[2]), maker="a printer")
    compared = compare(released, found)
    assert compared.outcome is Outcome.OTHER, compared
    assert "not every page has at its head or foot: A-26-02" in "\n".join(compared.changes), compared


def _drawn(said: str) -> Reading:
    """A page with a font, on which `said` is drawn."""
    made = io.BytesIO()
    with pikepdf.new() as new:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page = new.add_blank_page(page_size=(200, 200))
        name = page.add_resource(new.make_indirect(font), pikepdf.Name.Font)
        page.contents_add(new.make_stream(said.replace("/F", str(name)).encode()))
        new.save(made)
    return pdf.read(made.getvalue())


def test_what_stands_among_the_words_of_a_page_is_read_with_them_whatever_it_is_marked_as() -> None:
    """A reader sees no mark: 90 days are 90 days, and 900 are 900."""
    text = "BT /F 12 Tf 20 150 Td (Within 90) Tj 0 -60 Td (days.) Tj ET"
    marked = "/Artifact BMC BT /F 12 Tf {} Td ({}) Tj ET EMC"
    (page,), (edge,) = (
        getattr(_drawn(f"{text} {marked.format('80 150', '0')} {marked.format('20 20', 'Page 1')}"), name)
        for name in ("pages", "edges")
    )
    assert ("".join(page).replace(" ", ""), edge) == ("Within90days.0", ("Page 1",))


INSTEAD = "/Span <</ActualText ({})>> BDC ({}) Tj EMC"


@pytest.mark.parametrize(
    ("text", "shown", "told"),
    [
        ("detained", "detained", ""),
        ("fi", "f", ""),
        ("detained", "retained", "“detained” in place of what it shows, “retained”"),
        ("", "not", "“” in place of what it shows, “not”"),
        ("not", " ", "“not” in place of what it shows, “”"),
        ("d", "r", "“d” in place of what it shows, “r”"),
        ("90", "9", "“90” in place of what it shows, “9”"),
    ],
)
def test_words_that_a_pdf_says_in_place_of_those_it_shows(text: str, shown: str, told: str) -> None:
    """A search reads “detained”, and a reader of the page “retained”."""
    span = INSTEAD.format(text, shown)
    found = _drawn(f"BT /F 12 Tf 20 150 Td (No child is ) Tj {span} ET")
    assert found.oddities == ((told,) if told else ())
    within = _drawn(f"BT /F 12 Tf 20 150 Td {INSTEAD.format('x', 'x').replace('(x) Tj', span)} ET")
    assert not told or told in within.oddities, within


def test_a_hyphen_that_is_there_because_a_line_ends() -> None:
    found = _drawn("BT /F 12 Tf 20 150 Td (non) Tj /Span <</ActualText <FEFF00AD>>> BDC (-) Tj EMC ET")
    assert found.oddities == ()


def test_a_print_that_says_what_was_released_and_shows_something_else(released: Released, tmp_path: Path) -> None:
    """Its pages are set anew, so that nothing stands where it stood; a word of it stands in a form."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        listed = pikepdf.Dictionary(MC0=pikepdf.Dictionary(ActualText="not"))
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)), Properties=listed)
        form = pdf.make_stream(b"/Span /MC0 BDC BT /F 12 Tf 20 20 Td (ever) Tj ET EMC")
        form.update(pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 99, 99]))
        form.Resources = resources
        name = page.add_resource(pdf.make_indirect(form), pikepdf.Name.XObject)
        page.contents_add(pdf.make_stream(b"q .97 0 0 .97 3 2 cm"), prepend=True)
        page.contents_add(pdf.make_stream(f"{name} Do Q".encode()))

    (tmp_path / "print.pdf").write_bytes(other_maker(in_pdf(released.bytes("rehearsal.en.pdf"), change)))
    with read_here():
        (found,) = verify(released.root, [tmp_path / "print.pdf"])
    assert found.verdict == "altered", found
    assert "it holds “not” in place of what it shows, “ever”" in found.changes, found


NO_LINE = {"/Border": pikepdf.Array([0, 0, 0])}
LINES: dict[str, dict[str, pikepdf.Object]] = {
    "a border": {"/Border": pikepdf.Array([0, 0, 14])},
    "a style": {**NO_LINE, "/BS": pikepdf.Dictionary(W=14)},
    "nothing of a line": {},
}


@pytest.mark.parametrize("what", LINES)
def test_a_link_with_a_line_around_it(released: Released, what: str) -> None:
    """Readers draw it, and what draws pages here does not."""

    def linked(said: dict[str, pikepdf.Object]) -> tuple[str, ...]:
        link = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/Rect": pikepdf.Array([50, 50, 90, 51])}
        mark = pikepdf.Dictionary({**link, **said})
        return pdf.read(
            in_pdf(
                released.bytes("rehearsal.en.pdf"),
                lambda one: setattr(one.pages[0], "Annots", one.make_indirect(pikepdf.Array([mark]))),
            )
        ).oddities

    told = "a link on page 1 with a line of its own, which may lie over words"
    assert told in linked(LINES[what])
    assert told not in linked(NO_LINE)
    assert told not in linked({"/BS": pikepdf.Dictionary(W=0)})


COLOURS = {
    "a curve that makes all white": (["/CalGray", {"/WhitePoint": [1, 1, 1], "/Gamma": 0.0001}], True),
    "three curves": (["/CalRGB", {"/WhitePoint": [1, 1, 1], "/Gamma": [2.2, 2.2, 0.0001]}], True),
    "the curve of a screen": (["/CalRGB", {"/WhitePoint": [1, 1, 1], "/Gamma": [2.2, 2.2, 2.2]}], False),
    "no ink": (["/Separation", "/None", "/DeviceGray", {}], True),
    "no inks": (["/DeviceN", ["/None"], "/DeviceGray", {}], True),
    "an ink": (["/Separation", "/Red", "/DeviceGray", {}], False),
}


@pytest.mark.parametrize("what", COLOURS)
def test_a_colour_that_programs_show_otherwise(released: Released, what: str) -> None:
    space, odd = COLOURS[what]

    def coloured(one: pikepdf.Pdf) -> None:
        one.pages[0].Resources["/ColorSpace"] = pikepdf.Dictionary({"/X": tampered_pdf.made(space)})

    data = in_pdf(released.bytes("rehearsal.en.pdf"), coloured)
    assert ("a colour that programs show otherwise" in pdf.read(data).oddities) is odd


def test_a_file_in_a_pdf_that_its_list_does_not_name(released: Released) -> None:
    def attached(one: pikepdf.Pdf) -> None:
        file = one.make_stream(b"They resign.", {"/Type": pikepdf.Name.EmbeddedFile})
        more = pikepdf.Dictionary({"/Type": pikepdf.Name.Filespec, "/UF": "more.txt", "/EF": {"/F": file}})
        one.Root["/AF"] = pikepdf.Array([more])

    original = released.bytes("rehearsal.en.pdf")
    compared = compare(pdf.read(original), replace(pdf.read(in_pdf(original, attached)), maker="Another printer"))
    assert "it holds the attached more.txt, which was not released" in compared.changes


def test_a_page_of_which_most_stands_upright() -> None:
    """PDFium breaks the few words that are level after every sign."""
    edge = "BT /F 8 Tf 0 1 -1 0 190 10 Tm (Provisional, which the members have not yet adopted) Tj ET"
    found = _drawn(f"BT /F 10 Tf 20 150 Td (Page 3) Tj ET {edge}")
    assert found.pages[0][0] == "Page 3", found.pages


def test_the_foot_of_a_page_that_is_drawn_first_puts_no_column_before_another() -> None:
    """As browsers print a page that begins with rows of a table."""
    rows = [(x, 90 - 15 * row, f"Words {row} of {x}") for row in range(3) for x in (10, 110)]
    said = " ".join(f"BT /F 7 Tf {x} {y} Td ({one}) Tj ET" for x, y, one in ((110, 10, "Page 1"), *rows))
    assert _drawn(said).seen == ((*(one for *_, one in rows), "Page 1"),)


@pytest.mark.parametrize(
    ("left", "seen"),
    [("Words of the left column", False), ("1.", True)],
)
def test_a_column_after_the_other_one_whichever_comes_first(left: str, seen: bool) -> None:
    """As the panels of a leaflet that Word folds; the number before an item is no column."""
    said = [
        f"BT /F 7 Tf {x} {y} Td ({one}) Tj ET" for x, one in ((110, "Words of the right"), (10, left)) for y in (90, 80)
    ]
    assert bool(_drawn(" ".join(said)).seen) is seen


def test_a_copy_without_a_reference_in_a_courtesy_translation_is_known_by_its_title() -> None:
    release = SimpleNamespace(
        lines=lambda: {"en": ("Every child goes to school",)},
        statement=lambda: SimpleNamespace(
            record=SimpleNamespace(languages=(SimpleNamespace(code="es", title="Tienes derechos"),))
        ),
    )
    assert _languages(release, letters("Tienes derechos aquí"))["es"] == LIKE  # type: ignore[arg-type]  # all that is asked
    assert _languages(release, letters("Tienes deberes aquí"))["es"] == 0.0  # type: ignore[arg-type]  # as above


def test_letters_that_are_one_shape_stand_in_one_piece() -> None:
    """In a large type “fi” is so wide that what follows seems to begin before its end."""
    told = "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <57> <00660069> endbfchar endcmap"
    made = io.BytesIO()
    with pikepdf.new() as new:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        font.ToUnicode = new.make_stream(told.encode())
        page = new.add_blank_page(page_size=(300, 200))
        name = page.add_resource(new.make_indirect(font), pikepdf.Name.Font)
        page.contents_add(new.make_stream(f"BT {name} 30 Tf 20 150 Td (Wrst) Tj ET".encode()))
        new.save(made)
    found = pdf.read(made.getvalue())
    assert found.halves == ((("first",),), ((),)), found


def test_a_letter_as_macedonian_draws_it() -> None:
    assert _same("б", "\uf6c5")
    assert not _same("п", "\uf6c5")


def test_letters_that_lean_stand_on_a_level_line() -> None:
    """Of a typeface that has no italics, LibreOffice makes them."""
    found = _drawn("BT /F 12 Tf 1 0 0.3 1 20 150 Tm (A right) Tj ET")
    assert (found.pages, found.upright) == ((("A right",),), frozenset())


@pytest.mark.parametrize(
    ("margins", "partly", "told"),
    [
        (("A-26-02 · A text Page of 3", "Provisional"), (), ""),
        (("A-26-02 · A text Page of 3 Provisional",), (), ""),
        (("A-26-02 · A text Page of 3",), (), "no page has at its head or foot: Provisional"),
        (("A-26-02 · A text Page of", "Provisional"), ("Provisional",), "not every page has at its head or foot: Prov"),
        (("A-26-03 · A text Page of 3", "Provisional"), (), "no page has at its head or foot: A-26-02"),
        (
            ("A-26-02 · A text Page of", "A-26-03 · A text Page of", "Provisional"), (),
            "pages have at their head or foot: A-26-03",
        ),
        (("A-26-02 · A text Page of", "Provisional", "Spain"), (), "pages have at their head or foot: Spain"),
    ],
)  # fmt: skip
def test_heads_and_feet_in_another_format(margins: tuple[str, ...], partly: tuple[str, ...], told: str) -> None:
    """They are there on all pages, in other lines perhaps; what a program counts is none of their numbers."""
    own = ("A-26-02 · A text Page of", "Provisional")
    released = Reading(format="odt", pages=(("A child",),), margins=own, maker="paraph")
    found = Reading(format="docx", pages=(("A child",),), margins=margins, partly=partly, maker="Another program")
    compared = compare(released, found)
    assert (compared.outcome is Outcome.OTHER) is bool(told), compared
    assert told in "\n".join(compared.changes), compared


RELEASED = (("Any child of 15 is not able to be heard within 72 hours.", "1. A note"),)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("Any child of 15 is not able to be heard within 72 hours.", "1. A note"), ""),
        (("Any child of 15", "is not able to be heard within 72 hours. 1.", "A note"), ""),
        (("Any child of \u202e15\u202c is not able to be heard within 72 hours.", "1. A note"), "(U+202E)"),
        (("Any child of 15 is notable to be heard within 72 hours.", "1. A note"), "[-not able-]{+notable+}"),
        (("Any child of 15 is not able to be heard with in 72 hours.", "1. A note"), "[-within-]{+with in+}"),
    ],
)
@pytest.mark.parametrize("format_", ["odt", "docx", "html"])
def test_a_text_of_what_was_released_as_no_text(format_: str, said: tuple[str, ...], told: str) -> None:
    released = Reading(format=format_, pages=RELEASED, maker="paraph")
    compared = compare(released, Reading(format="md", pages=(said,)))
    assert (compared.outcome is Outcome.OTHER) is bool(told)
    assert told in "\n".join(compared.changes)


def test_words_run_together_where_a_note_stands_elsewhere() -> None:
    """What another program set anew is read word by word, too."""
    released = Reading(
        format="docx", pages=(("Any child", "is not able to be heard.", "1 A note"),), notes=("A note",), maker="paraph"
    )
    for said, outcome in (("is not able to be heard.", Outcome.WORDS), ("is notable to be heard.", Outcome.OTHER)):
        found = Reading(format="odt", pages=(("Any child", "1 A note", said),), maker="Another", notes=("A note",))
        assert compare(released, found, released).outcome is outcome


def test_a_text_that_overrides_the_order_of_letters_in_a_pdf() -> None:
    released = Reading(format="pdf", pages=RELEASED, maker="paraph")
    for mark, odd in (("\u202b", False), ("\u202e", True)):
        pages = ((RELEASED[0][0].replace("15", f"{mark}15\u202c"), "1. A note"),)
        assert (compare(released, Reading(format="md", pages=pages)).outcome is Outcome.OTHER) is odd


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        (("We recall:", "• • that 10 days", "are enough", "1. 1 Tell us", "1.", "(a) now", "• Spain"), Outcome.WORDS),
        (("We recall:", "• • that 10 days", "are enough", "1.", "1 Tell us", "1. (a) now", "Spain"), Outcome.WORDS),
        (("We recall:", "• • that 10 days", "• never are enough", "1 Tell us", "(a) now", "Spain"), Outcome.OTHER),
        (("We recall:", "• that", "4. 10 days", "are enough", "1 Tell us", "(a) now", "Spain"), Outcome.OTHER),
        (("We recall:", "that 10 days", "are enough", "1 Tell us", "(a) now", "Spain"), Outcome.OTHER),
    ],
)
def test_marks_that_a_program_sets_before_those_of_a_list(lines: tuple[str, ...], outcome: Outcome) -> None:
    """LibreOffice gives every item of a page one more; of none the mark is gone."""
    released = _reading("We recall:", "• that 10 days are", "enough", "1 Tell us", "(a) now", "Spain")
    assert compare(released, _reading(*lines, maker="a printer")).outcome is outcome


@pytest.mark.skipif(not (SOFFICE or os.environ.get("CI")), reason="LibreOffice is not installed")
def test_plain_text_of_a_file_is_not_told_altered(released: Released, tmp_path: Path) -> None:
    """LibreOffice writes the numbers of lists and notes as text, and none of the notes. Other words are told."""
    names = ("rehearsal.en.docx", "rehearsal.fr.docx", "rehearsal.en-fr.docx")
    for name in names:
        (tmp_path / name).write_bytes(released.bytes(name))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", *names]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    honest = [tmp_path / name.replace(".docx", ".txt") for name in names]
    text = honest[0].read_text(encoding="utf-8")
    assert "detained1" in text
    assert "article 37" not in text
    made = {
        "a word more": text.replace("Every child", "Not every child"),
        "a word less": text.replace("Every child", "Every"),
        "another word": text.replace("school", "work"),
        "a number less": text.replace("2017", ""),
        "half a note": text + "\narticle",
    }
    for name, words in made.items():
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    with read_here():
        found = verify(released.root, [*honest, *(tmp_path / f"{name}.txt" for name in made)])
    told = ["plain text tells nothing of their order" in one.notes[-1] for one in found]
    assert told == [*[True] * len(honest), *[False] * len(made)], found
    assert {str(one.verdict) for one in found[: len(honest)]} == {"unknown"}
    assert {str(one.verdict) for one in found[len(honest) :]} <= {"unknown", "altered"}


def test_a_number_alone_on_its_line_is_the_mark_of_what_follows() -> None:
    """Behind a footnote that a program prints elsewhere, where words are not where they were, none is taken out."""
    lines = "A note", "We ask:", "1.", "that 10 days are enough"
    assert unmarked(("We ask:", "1. that 10 days are enough", "A note"), lines) == lines
    assert unmarked(("We ask:", "that 10 days are enough"), lines[1:]) == ("We ask:", "", "that 10 days are enough")


@pytest.mark.parametrize("format_", ["html", "docx", "odt", "md", "akn.xml"])
@pytest.mark.parametrize("sign", ["\u200c", "\u200d"])
def test_a_mark_that_parts_arabic_letters_is_told(released: Released, tmp_path: Path, format_: str, sign: str) -> None:
    """Nobody sees it, and one word is read as two."""
    data = released.bytes(f"rehearsal.ar.{format_}")
    old, new = "طفل".encode(), f"ط{sign}فل".encode()
    made = in_zip(data, lambda _, one: one.replace(old, new)) if format_ in ("docx", "odt") else data.replace(old, new)
    assert made != data
    with read_here():
        one = released.of(made, tmp_path / f"copy.{format_}")
    assert one.verdict == "altered", one
    assert f"it holds a mark that changes how letters join (U+{ord(sign):04X})" in one.changes
