"""What somebody may do to a PDF without touching a word of it."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String


def made(one: Any) -> Any:
    """An object of a PDF: texts are names."""
    if isinstance(one, list):
        return Array([made(each) for each in one])
    if isinstance(one, dict):
        return Dictionary({key: made(each) for key, each in one.items()})
    return Name(one) if isinstance(one, str) else one


def a_blank_page(pdf: Pdf) -> None:
    pdf.add_blank_page()


def a_picture_page(pdf: Pdf) -> None:
    """A page more, on which words may well be, as a picture."""
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[-1]
    picture = pdf.make_stream(
        b"\x80" * 100, Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    name = page.add_resource(picture, Name.XObject)
    page.contents_add(pdf.make_stream(f"q 400 0 0 400 60 300 cm {name} Do Q".encode()))


def a_small_picture(pdf: Pdf) -> None:
    """Words as a picture, of which nothing is read, where the page is white."""
    grey = bytes(0 if (x // 3 + y // 3) % 2 else 255 for y in range(12) for x in range(60))
    picture = pdf.make_stream(
        grey, Type=Name.XObject, Subtype=Name.Image, Width=60, Height=12,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    name = pdf.pages[0].add_resource(picture, Name.XObject)
    pdf.pages[0].contents_add(pdf.make_stream(f"q 60 0 0 12 300 520 cm {name} Do Q".encode()))


def a_red_box(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(b"q 0.8 0 0 rg 60 60 480 120 re f Q"))


def cut(pdf: Pdf) -> None:
    """The foot of a page is cut away; its words are in the file all the same."""
    pdf.pages[0].CropBox = Array([0, 560, 595, 842])


def tiny(pdf: Pdf) -> None:
    pdf.pages[0].UserUnit = 0.1


def called_otherwise(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String("Never "))]))


def a_bookmark(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("Spain never agreed to this", 0))


def a_bookmark_elsewhere(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org/other"))
    with pdf.open_outline() as outline:
        outline.root[0].action = action
        outline.root[0].destination = None


def a_bookmark_that_starts(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("x", action=Dictionary(S=Name.Launch, F=String("x.exe"))))


def links_elsewhere(pdf: Pdf) -> None:
    pdf.Root.URI = Dictionary(Base=String("https://example.org/"))


def what_nobody_thought_of(pdf: Pdf) -> None:
    """An entry that no standard has."""
    pdf.Root["/Remarks"] = Dictionary(Says=String("Never adopted"))


def attached(pdf: Pdf) -> None:
    pdf.attachments["never.txt"] = b"Never adopted"
