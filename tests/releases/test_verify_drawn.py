"""What the pages of a PDF are drawn from: what one program draws and another one does not is told, whichever."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from PIL import ImageCms

from paraph.errors import BrokenError
from paraph.proof import pdf
from paraph.proof.compare import Outcome, compare
from paraph.proof.pdf_typefaces import ill_typed
from tampered_pdf import made
from test_verify import in_pdf

BOX = "60 300 300 120 re f"
PICTURE: dict[str, Any] = {"/Width": 1, "/Height": 1, "/ColorSpace": "/DeviceGray", "/BitsPerComponent": 8}
WHITE = [1, 1, 1]
TINT: dict[str, Any] = {"/FunctionType": 2, "/Domain": [0, 1], "/C0": [1], "/C1": [0], "/N": 1}


def drawn(said: str, picture: dict[str, Any] | None = None, data: bytes = b"\0", **more: dict[str, Any]) -> bytes:
    """A page with words, and `said` after them; `/X` is a `picture` or a form, `more` its other resources."""
    whole = io.BytesIO()
    with pikepdf.new() as one:
        page = one.add_blank_page(page_size=(595, 842))
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        page.Resources = made({"/Font": {"/F": font}, **{f"/{kind}": each for kind, each in more.items()}})
        kind = {"/Type": "/XObject", "/Subtype": "/Image"}
        stream = one.make_stream(data, made(kind | (picture or {})))
        page.Resources["/XObject"] = pikepdf.Dictionary({"/X": stream})
        page.Contents = one.make_stream(f"q BT /F 12 Tf 60 700 Td (They agree) Tj ET Q {said}".encode())
        one.save(whole)
    return whole.getvalue()


def odd(data: bytes) -> list[str]:
    return [one for one in pdf.read(data).oddities if "not every program draws" in one]


WRITTEN = {
    "a number with two signs": f"0 g --{BOX}",
    "a sign in a number": "0 g 60 3-00 300 120 re f",
    "a number with two points": "0 g 60 300.0.0 300 120 re f",
    "an exponent": "0 g 60 3e2 300 120 re f",
    "a number that overflows": "0 g 60 4294967596 300 120 re f",
    "a text for a number": "0 g 60 (300) 300 120 re f",
    "an operator that there is not": "0 g 60 300 300 120 ref",
    "too many operands": f"0 g 7 7 {BOX}",
    "a line of a negative width": "-120 w 60 300 m 360 300 l S",
    "dashes of no length": "[0 0] 0 d 120 w 60 300 m 360 300 l S",
    "negative dashes": "[-5 5] 0 d 120 w 60 300 m 360 300 l S",
    "a line of no length with square ends": "2 J 150 w 200 300 m 200 300 l S",
    "a line end that there is not": "5 J 60 300 m 360 300 l S",
    "a path that begins nowhere": "60 300 l 360 300 l 360 420 l f",
    "a path that is turned before its ink": "60 300 300 120 re 2 0 0 2 0 0 cm f",
    "an end of nothing": f"Q 0 g {BOX}",
    "words outside of a text": "/F 12 Tf (never) Tj",
    "a path that does not end": f"{BOX[:-2]}",
    "a text that does not end": "BT /F 12 Tf (never) Tj",
    "a colour beyond all": f"2 g {BOX}",
    "a colour of too few numbers": f"/DeviceRGB cs 0 sc {BOX}",
    "a colour space that is not there": f"/No cs 0 sc {BOX}",
    "a typeface that is not there": "BT /No 12 Tf (never) Tj ET",
    "a layer": f"/OC /No BDC {BOX} EMC",
    "a picture among the operators without colours": "q 300 0 0 200 60 300 cm BI /W 1 /H 1 /BPC 8 ID \0 EI Q",
    "a picture among the operators that is too short": "BI /W 9 /H 9 /BPC 8 /CS /G ID \0 EI",
}


@pytest.mark.parametrize("what", WRITTEN)
def test_what_one_program_draws_and_another_one_does_not(what: str) -> None:
    assert odd(drawn(WRITTEN[what]))


@pytest.mark.parametrize(
    "said",
    [
        f"q 0 g {BOX} Q q 1 0 0 RG .5 w [3 -0] 0 d 2 J 60 300 m 360 300 l S Q",
        "q 0 0 1 1 re W n Q 60 300 m 60 400 70 410 90 420 c h B* 1 J 5 w 9 9 m 9 9 l S",
        "BT /F 12 Tf 1 0 0 1 60 500 Tm [(They) -250 (agree)] TJ T* (.) ' ET",
        f"/Span <</ActualText (x)>> BDC /DeviceRGB cs 0 0 1 sc {BOX} EMC /P BMC EMC",
        "q 9 0 0 9 60 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI BI /W 1 /H 1 /IM true ID \0 EI Q",
        "q 300 0 0 200 60 300 cm /X Do Q",
    ],
)
def test_what_every_program_draws(said: str) -> None:
    assert odd(drawn(said, PICTURE)) == []


SHOWN: dict[str, tuple[dict[str, Any], bool]] = {
    "whole": ({}, False),
    "a mask": ({"/ImageMask": True, "/BitsPerComponent": 1, "/ColorSpace": None}, False),
    "of a calibrated grey": ({"/ColorSpace": ["/CalGray", {"/WhitePoint": WHITE, "/Gamma": 2}]}, False),
    "of an ink": ({"/ColorSpace": ["/Separation", "/Black", "/DeviceGray", TINT]}, False),
    "turned round": ({"/Decode": [1, 0]}, False),
    "of no white": ({"/ColorSpace": ["/CalGray", {}]}, True),
    "of a white that is black": ({"/ColorSpace": ["/CalGray", {"/WhitePoint": [0, 0, 0]}]}, True),
    "of colours that never are white": (
        {"/ColorSpace": ["/CalRGB", {"/WhitePoint": WHITE, "/Matrix": [0] * 9}]}, True,
    ),
    "of Lab without a white": ({"/ColorSpace": ["/Lab", {}]}, True),
    "of a list that is too short": (
        {"/ColorSpace": ["/Indexed", "/DeviceRGB", 255, pikepdf.String(b"\0")]}, True,
    ),
    "of an ink without a function": ({"/ColorSpace": ["/Separation", "/X", "/DeviceGray", "/Identity"]}, True),
    "of an ink of a function that lacks numbers": (
        {"/ColorSpace": ["/Separation", "/X", "/DeviceRGB", TINT]}, True,
    ),
    "of no colours": ({"/ColorSpace": None}, True),
    "of a space of patterns": ({"/ColorSpace": "/Pattern"}, True),
    "three bits deep": ({"/BitsPerComponent": 3}, True),
    "without a depth": ({"/BitsPerComponent": None}, True),
    "in short": ({"/Width": None, "/Height": None, "/W": 1, "/H": 1, "/BPC": 8, "/CS": "/G"}, True),
    "too short": ({"/Height": 1000}, True),
    "larger than any": ({"/Width": 70_000}, True),
    "decoded by half": ({"/Decode": [0]}, True),
    "masked by too much": ({"/Mask": [0, 0, 0]}, True),
    "perhaps a mask": ({"/ImageMask": pikepdf.String("true")}, True),
    "with another one for printers": ({"/Alternates": []}, True),
    "in a layer": ({"/OC": {}}, True),
    "packed in no way": ({"/Filter": "/Nope"}, True),
    "in another file": ({"/F": pikepdf.String("other.raw")}, True),
    "neither picture nor form": ({"/Subtype": "/PS"}, True),
    "a form without a box": ({"/Subtype": "/Form"}, True),
}  # fmt: skip


@pytest.mark.parametrize("what", SHOWN)
def test_a_picture_that_programs_read_otherwise(what: str) -> None:
    more, told = SHOWN[what]
    picture = {key: one for key, one in (PICTURE | more).items() if one is not None}
    assert bool(odd(drawn("q 300 0 0 200 60 300 cm /X Do Q", picture))) is told


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"/ca": 0.5, "/BM": "/Multiply", "/SMask": "/None", "/LW": 1, "/D": [[3], 0]}, False),
        ({"/LW": -3}, True),
        ({"/ca": 7}, True),
        ({"/BM": "/Nope"}, True),
        ({"/D": [[0], 0]}, True),
        ({"/TR": TINT}, True),
        ({"/Font": [{"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}, 9]}, True),
        ({"/SMask": {"/S": "/Luminosity"}}, True),
    ],
)
def test_a_way_of_drawing_that_programs_read_otherwise(state: dict[str, Any], told: bool) -> None:
    assert bool(odd(drawn(f"/S gs {BOX}", ExtGState={"/S": state}))) is told


def profile(white: int = 255) -> bytes:
    """The profile of a screen, or one in which red is `white` where there is none of it."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for place in range(132, 132 + 12 * struct.unpack_from(">I", data, 128)[0], 12):
        tag, start, size = struct.unpack_from(">4sII", data, place)
        if tag == b"rTRC" and white != 255:
            turned = struct.pack(">4sIIHH", b"curv", 0, 2, 257 * (255 - white), 257 * white)
            data[start : start + size] = turned.ljust(size, b"\0")[:size]
    return bytes(data)


@pytest.mark.parametrize(
    ("told", "parts", "odd_"),
    [
        (profile(), 3, False),
        (profile(0), 3, True),
        (profile(), 4, True),
        (b"none", 3, True),
    ],
)
def test_a_profile_that_turns_colours_into_others(told: bytes, parts: int, odd_: bool) -> None:
    picture = {"/Width": 1, "/Height": 1, "/BitsPerComponent": 8}

    def profiled(one: pikepdf.Pdf) -> None:
        stream = one.make_stream(told, {"/N": parts})
        one.pages[0].Resources.XObject.X.ColorSpace = pikepdf.Array([pikepdf.Name.ICCBased, stream])

    assert bool(odd(in_pdf(drawn("/X Do", picture, b"\0" * parts), profiled))) is odd_


@pytest.mark.parametrize(
    ("space", "told"),
    [
        (["/CalGray", {"/WhitePoint": WHITE, "/Gamma": 2}], False),
        (["/Separation", "/X", "/DeviceGray", TINT], True),
        ("/DeviceRGB", True),
    ],
)
def test_colours_in_place_of_those_of_a_device(space: Any, told: bool) -> None:
    assert bool(odd(drawn(f"0 g {BOX}", ColorSpace={"/DefaultGray": space}))) is told


WIDE: dict[str, tuple[dict[str, Any], dict[str, Any], bytes, bool]] = {
    "whole": ({}, {}, b"\0\1\0\0", False),
    "without signs": ({"/Encoding": "/Nope"}, {}, b"\0\1\0\0", True),
    "of no kind": ({"/Subtype": "/Nope"}, {}, b"\0\1\0\0", True),
    "with another one below": ({}, {"/Subtype": "/TrueType"}, b"\0\1\0\0", True),
    "of numbers that are none": ({}, {"/CIDToGIDMap": "/Nope"}, b"\0\1\0\0", True),
    "of a file that is none": ({}, {}, b"junk", True),
    "that it does not hold": ({}, {"/FontDescriptor": {}}, b"", True),
}


@pytest.mark.parametrize("what", WIDE)
def test_a_typeface_that_programs_read_otherwise(what: str) -> None:
    more, below, file, told = WIDE[what]

    def typed(one: pikepdf.Pdf) -> None:
        its = made({"/Type": "/Font", "/Subtype": "/CIDFontType2", "/CIDToGIDMap": "/Identity"} | below)
        if "/FontDescriptor" not in below:
            its.FontDescriptor = pikepdf.Dictionary({"/FontFile2": one.make_stream(file)})
        font = made({"/Type": "/Font", "/Subtype": "/Type0", "/Encoding": "/Identity-H"} | more)
        font.DescendantFonts = pikepdf.Array([its])
        one.pages[0].Resources.Font["/G"] = one.make_indirect(font)

    assert bool(odd(in_pdf(drawn("BT /G 12 Tf <0001> Tj ET"), typed))) is told


@pytest.mark.parametrize(
    ("sign", "told"),
    [
        ("9 0 0 0 9 9 d1 0 0 9 9 re f", False),
        ("9 0 d0 1 0 0 rg 0 0 9 9 re f", False),
        ("9 0 0 0 9 9 d1 0 g 0 0 9 9 re f", True),
        ("9 0 0 0 9 9 d1 /DeviceGray cs 0 sc 0 0 9 9 re f", True),
        ("0 0 9 9 re f", True),
        ("0 0 9 9 re f 9 0 d0", True),
    ],
)
def test_a_sign_that_is_drawn_as_pages_are(sign: str, told: bool) -> None:
    """What sets a colour in a sign that takes that of the words, PDFium draws, and poppler does not."""
    with pikepdf.new() as new:
        font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type3, CharProcs={"/a": new.make_stream(sign.encode())})
        assert bool([*ill_typed(font)]) is told


def _built(what: str) -> bytes:
    """A PDF of two pages, whole, and with what `what` says."""
    made = io.BytesIO()
    with pikepdf.new() as new:
        for _ in range(2):
            new.add_blank_page()
        if what == "an object elsewhere":
            new.Root["/Other"] = new.make_indirect(pikepdf.Dictionary(Mark=1))
        whole = what in ("", "packed", "begun")
        mode = pikepdf.ObjectStreamMode.generate if what == "packed" else pikepdf.ObjectStreamMode.disable
        new.save(made, linearize=what.startswith("begun"), object_stream_mode=mode)
    data = made.getvalue()
    old, changed = {
        "a page too few": (rb"/Count 2", b"/Count 1"),
        "a page with pages": (rb"/Type /Page\b(?!s)", b"/Type /Page /Kids [ ]"),
        "a branch that hangs elsewhere": (rb"/Parent (\d+)", b"/Parent 1"),
        "begun with another page": (rb"/O (\d+)", b"/O 1"),
        "begun with fewer pages": (rb"/N 2", b"/N 1"),
        "begun with another table": (rb"/T (\d)", b"/T 9"),
        "a key twice": (rb"/Count 2", b"/Count 2 /Count 2"),
        "an object elsewhere": (rb"(\d+ 0 obj\s*<<\s*/Mark)", rb"   \1"),
    }.get(what, (rb"%%EOF\s*\Z", b"%%EOF\n"))
    assert whole or re.search(old, data), (what, data)
    return re.sub(old, changed, data, count=1)


@pytest.mark.parametrize("what", ["", "packed", "begun"])
def test_the_pages_that_every_program_finds(what: str) -> None:
    assert len(pdf.read(_built(what)).pages) == 2


@pytest.mark.parametrize(
    "what",
    [
        *("a page too few", "a page with pages", "begun with another page", "begun with fewer pages"),
        *("begun with another table", "a key twice", "an object elsewhere"),
    ],
)
def test_pages_that_programs_find_each_in_its_own_way(what: str) -> None:
    with pytest.raises(BrokenError, match="depends on"):
        pdf.read(_built(what))


def test_what_a_form_draws_is_read_and_counted_as_on_the_page() -> None:
    form = {"/Subtype": "/Form", "/BBox": [0, 0, 595, 842]}
    inside = drawn("/X Do", form, f"-3 w 0 g {BOX}".encode())
    assert odd(inside) == ["on page 1 what not every program draws: a line whose width is below 0"]
    twice = pdf.read(drawn("/X Do /X Do", form, BOX.encode()))
    assert twice.paints[0]["path F 1"] == 2
    itself = drawn("/X Do", form | {"/Resources": {}}, b"/X Do")
    assert odd(itself) == ["on page 1 what not every program draws: something that it does not hold (X)"]


@pytest.mark.parametrize(
    ("said", "maker", "outcome"),
    [
        ("", "", Outcome.METADATA),
        ("\n\n", "", Outcome.METADATA),  # as qpdf writes it anew
        ("q Q", "", Outcome.WORDS),
        ("1 g 700 700 30 12 re f", "", Outcome.OTHER),
        ("1 g 700 700 30 12 re f", "Another", Outcome.OTHER),
        ("q 30 0 0 12 700 700 cm /X Do Q", "Another", Outcome.OTHER),
        ("BT /F 12 Tf 700 700 Td () Tj ET", "", Outcome.OTHER),
        ("BT /F 12 Tf 700 700 Td () Tj ET", "Another", Outcome.WORDS),
    ],
)
def test_a_page_that_looks_the_same_and_is_drawn_from_more(said: str, maker: str, outcome: Outcome) -> None:
    """Beside the page nobody sees it here; another program may show it."""
    released, found = pdf.read(drawn("", PICTURE)), pdf.read(drawn(said, PICTURE))
    compared = compare(released, replace(found, maker=maker))
    assert compared.outcome is outcome, compared
    assert any("drawn from more" in one for one in compared.changes) is (outcome is Outcome.OTHER)
