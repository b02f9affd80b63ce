"""Copies of released files, tampered with in every way that was thought of, all told apart. Rehearsals all."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
import typst
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

import tampered_pdf
from desk import clause
from paraph.__main__ import main
from paraph.errors import BrokenError, UsageError
from paraph.ooxml.reading.legible import _is_pushed_out
from paraph.ooxml.reading.pages import objection_to_pages
from paraph.proof import docx, html
from paraph.proof.child import _read, read
from paraph.proof.compare import Outcome, _pieces, compare, likeness, scattered
from paraph.proof.reading import LONGEST, Reading, letters
from paraph.proof.same_look import defaced, pages_alike
from paraph.proof.seen import shown
from paraph.workflow.releases.proofs import proof
from paraph.workflow.releases.verify import Verified, verify
from paraph.workflow.times import day_in
from rehearsal import FILES, Past, Rehearsal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EDITS = int(os.environ.get("PARAPH_EDITS", "25"))
SOFFICE = shutil.which("soffice")
WORDS = (
    *("apples", "bread", "chalk", "desks", "eggs", "fields", "gardens", "hats", "ink", "jam", "keys", "lamps"),
    *("maps", "nets", "oars", "paint", "quilts", "rope"),
)
MORE = {
    f"statements/clauses/test/of-{word}.yml": text
    for word in WORDS
    for text in clause(f"of-{word}", f"*Every* child has {word}", f"*Tout* enfant : {word}", kind="position").values()
}
SECTION = """\
  - id: {0}
    style: prose
    heading: {{en: "On {0}", fr: "Au sujet de {0}"}}
    clauses: [of-{0}]
"""
LONG = "".join(SECTION.format(word) for word in WORDS)
"""Enough for three pages."""


class Quiet:
    """In place of pytest's capture: what commands print is not asked for here."""

    class Said(NamedTuple):
        out: str = ""
        err: str = ""

    def readouterr(self) -> Said:
        return self.Said()


@dataclass(frozen=True)
class Released:
    root: Path
    folder: Path

    def bytes(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def of(self, data: bytes, path: Path, **more: object) -> Verified:
        path.write_bytes(data)
        return verify(self.root, [path], **more)[0]  # type: ignore[arg-type]  # as the test gives them


@contextmanager
def adopted(root: Path, files: Mapping[str, str]) -> Iterator[Rehearsal]:
    """A rehearsal that all have approved, for what a module releases once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PARAPH_REGISTER", raising=False)
        rehearsal = Rehearsal(root, patch, Quiet(), files)  # type: ignore[arg-type]  # no more of it is used
        rehearsal.adopted()
        yield rehearsal


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """A rehearsal of three pages, released in DOCX, PDF and HTML, in two languages and side by side."""
    root = tmp_path_factory.mktemp("released")
    files = {
        **FILES,
        **MORE,
        "statements/statements/rehearsal.yml": FILES["statements/statements/rehearsal.yml"] + LONG,
    }
    with adopted(root, files) as rehearsal:
        rehearsal.does("release rehearsal -f docx -f pdf -f html --reference AOM/2026/7")
    return Released(root, root / "releases/AOM-2026-7")


@contextmanager
def read_here() -> Iterator[None]:
    """Files are read in this process, not in one of their own each: what they say is the same, at a tenth of the cost.

    That a process of its own reads them, and what becomes of it, the other tests see.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("paraph.workflow.releases.verify.read", _read)
        patch.setattr("paraph.workflow.releases.nearest.read", _read)
        patch.setattr("paraph.workflow.releases.nearest.look_alike", pages_alike)
        patch.setattr("paraph.workflow.releases.nearest.defaced_pages", defaced)
        patch.setattr("paraph.workflow.releases.nearest.shown_by", shown)
        yield


def in_zip(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A ZIP with its members changed, in the same order."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return made.getvalue()


def in_part(data: bytes, part: str, old: str, new: str) -> bytes:
    def change(name: str, member: bytes) -> bytes:
        if name != part:
            return member
        assert old.encode() in member, old
        return member.replace(old.encode(), new.encode(), 1)

    return in_zip(data, change)


def in_pdf(data: bytes, change: Callable[[pikepdf.Pdf], object], **how: bool) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(made, **how)
    return made.getvalue()


def in_html(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data, old
    return data.replace(old.encode(), new.encode(), 1)


def test_what_was_released_is_authentic_whatever_its_name(released: Released, tmp_path: Path) -> None:
    for name in sorted(path.name for path in released.folder.iterdir()):
        found = released.of(released.bytes(name), tmp_path / f"{name}.download")
        assert (found.verdict, found.reference, found.edition) == ("authentic", "AOM/2026/7", name), name
        assert found.notes == (f"it was released under the name {name}",)


def one_letter(pdf: pikepdf.Pdf) -> None:
    """Another glyph of the same font in the place of one: the third word of the text on the first page."""
    page = pdf.pages[0]
    made = []
    done = False
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "TJ" and not done and len(operands[0]) > 6:
            codes = [one for one in operands[0] if isinstance(one, pikepdf.String)]
            first, last = bytes(codes[0]), bytes(codes[-1])
            if first[:2] != last[-2:]:
                operands = [pikepdf.Array([pikepdf.String(last[-2:] + first[2:]), *list(operands[0])[1:]])]
                done = True
        made.append((operands, operator))
    assert done
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))


def white_box(pdf: pikepdf.Pdf) -> None:
    """Words are still there, under white paint."""
    pdf.pages[0].contents_add(pdf.make_stream(b"q 1 1 1 rg 60 300 400 200 re f Q"))


def hide(data: bytes, how: bytes = b"<w:vanish/>") -> bytes:
    """The run that says it is hidden, as Word hides text, or set in another way."""

    def change(name: str, member: bytes) -> bytes:
        if name != "word/document.xml":
            return member
        at = member.rindex(b"<w:r>", 0, member.index(b" is detained")) + len(b"<w:r>")
        if member[at:].startswith(b"<w:rPr>"):
            return member[: at + 7] + how + member[at + 7 :]
        return member[:at] + b"<w:rPr>" + how + b"</w:rPr>" + member[at:]

    return in_zip(data, change)


def a_note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[50, 50, 300, 90])
    note.Contents = pikepdf.String("Never adopted")
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])


def print_only(pdf: pikepdf.Pdf) -> None:
    """A layer that a screen does not show and a printer prints."""
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("print")))
    off = pikepdf.Dictionary(Order=pikepdf.Array([layer]), OFF=pikepdf.Array([layer]))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=off)


def a_link_that_acts(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("x.exe"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[50, 50, 300, 90], A=action)
    pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", ()), pdf.make_indirect(link)])


def heard_otherwise(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.K
    first = kids[0] if isinstance(kids, pikepdf.Array) else kids
    first.ActualText = pikepdf.String("Every child is detained")


def in_document(pattern: str, by: str) -> Callable[[bytes], bytes]:
    """With every match in the text of a Word file replaced."""

    def change(name: str, one: bytes) -> bytes:
        if name != "word/document.xml":
            return one
        made, count = re.subn(pattern.encode(), by.encode(), one)
        assert count
        return made

    return lambda data: in_zip(data, change)


TAMPERED: dict[str, tuple[str, Callable[[bytes], bytes], str, str]] = {
    "docx: one character": (
        "rehearsal.en.docx",
        lambda data: in_part(data, "word/document.xml", " is detained", " is detaineb"),
        "altered",
        "is [-detained-]{+detaineb+}",
    ),
    "docx: a letter of another alphabet": (
        "rehearsal.fr.docx",
        lambda data: in_part(data, "word/document.xml", "détenu", "détеnu"),
        "altered",
        "[-détenu-]{+détеnu+}",
    ),
    "docx: words hidden": (
        "rehearsal.en.docx",
        hide,
        "altered",
        "is detained",
    ),
    "docx: words struck through": (
        "rehearsal.en.docx",
        lambda data: hide(data, b"<w:strike/>"),
        "altered",
        "it holds words struck through",
    ),
    "docx: another reference in the foot": (
        "rehearsal.en.docx",
        lambda data: in_zip(
            data, lambda name, one: one.replace(b"AOM/2026/7", b"AOM/2026/8") if "footer" in name else one
        ),
        "altered",
        "head or foot",
    ),
    "docx: no head or foot": (
        "rehearsal.en.docx",
        in_document(r"<w:(?:header|footer)Reference[^>]*>", ""),
        "altered",
        "no page has at its head or foot",
    ),
    "docx: a head or foot on the first page alone": (
        "rehearsal.en.docx",
        in_document(r'<w:(?:header|footer)Reference w:type="default"[^>]*>', ""),
        "altered",
        "not every page has at its head or foot",
    ),
    "docx: even pages without head or foot": (
        "rehearsal.en.docx",
        lambda data: in_part(data, "word/settings.xml", "<w:compat>", "<w:evenAndOddHeaders/><w:compat>"),
        "altered",
        "not every page has at its head or foot",
    ),
    "docx: a head beyond the sheet": (
        "rehearsal.en.docx",
        in_document(r'w:header="\d+"', 'w:header="31000"'),
        "altered",
        "may leave words unseen",
    ),
    "docx: metadata": (
        "rehearsal.en.docx",
        lambda data: in_part(data, "docProps/core.xml", "A rehearsal", "Another title"),
        "metadata",
        "A rehearsal → Another title",
    ),
    "docx: packed again": ("rehearsal.en.docx", lambda data: in_zip(data, lambda _, one: one), "metadata", ""),
    "pdf: one character": ("rehearsal.en.pdf", lambda data: in_pdf(data, one_letter), "altered", "[-"),
    "pdf: a page removed": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, lambda pdf: pdf.pages.__delitem__(1)),
        "altered",
        "page 2 of 3 removed",
    ),
    "pdf: pages in another order": (
        "rehearsal.fr.pdf",
        lambda data: in_pdf(data, lambda pdf: pdf.pages.reverse()),
        "altered",
        "its pages stand in another order",
    ),
    "pdf: metadata": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, lambda pdf: pdf.docinfo.__setitem__("/Title", "Another title")),
        "metadata",
        "A rehearsal → Another title",
    ),
    "pdf: packed again": ("rehearsal.en-fr.pdf", lambda data: in_pdf(data, lambda _: None), "metadata", ""),
    "pdf: words painted over": ("rehearsal.en.pdf", lambda data: in_pdf(data, white_box), "altered", "page 1 looks"),
    "pdf: a note on a page": ("rehearsal.en.pdf", lambda data: in_pdf(data, a_note), "altered", "a mark on page 1"),
    "pdf: a layer that is only printed": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, print_only),
        "altered",
        "it holds layers",
    ),
    "pdf: a link that starts a program": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, a_link_that_acts),
        "altered",
        "a link on page 1 that does more",
    ),
    "pdf: a portfolio of other files": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, lambda pdf: pdf.Root.__setitem__("/Collection", pikepdf.Dictionary())),
        "altered",
        "it holds a portfolio",
    ),
    "pdf: other words for who listens": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, heard_otherwise),
        "altered",
        "words for screen readers: Every child is detained",
    ),
    "docx: other words for who listens": (
        "rehearsal.en.docx",
        lambda data: in_part(
            data,
            "word/document.xml",
            "<w:body>",
            '<w:body><w:tbl><w:tblPr><w:tblDescription w:val="Every child is detained"/></w:tblPr></w:tbl>',
        ),
        "altered",
        "words for screen readers: Every child is detained",
    ),
    "pdf: a page without words": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.a_blank_page),
        "altered",
        "page 4 added",
    ),
    "pdf: a page without words, and another defaced": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(in_pdf(data, tampered_pdf.a_picture_page), tampered_pdf.a_red_box),
        "altered",
        "page 4 added\npage 1 looks otherwise",
    ),
    "pdf: a page without words, and another cut": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(in_pdf(data, tampered_pdf.a_blank_page), tampered_pdf.cut),
        "altered",
        "it holds words that no page shows\npage 4 added",
    ),
    "pdf: a page in a tenth of its size": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.tiny),
        "altered",
        "page 1 in another measure\nchanged: the UserUnit of page 1",
    ),
    "pdf: pages called otherwise": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.called_otherwise),
        "altered",
        "it holds pages called: Never",
    ),
    "pdf: a bookmark": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.a_bookmark),
        "altered",
        "it holds a bookmark: Spain never agreed to this\nchanged: its bookmarks",
    ),
    "pdf: a bookmark that leads elsewhere": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.a_bookmark_elsewhere),
        "altered",
        "a link leads to https://example.org/other",
    ),
    "pdf: a bookmark that starts a program": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.a_bookmark_that_starts),
        "altered",
        "an action that does something (Launch)",
    ),
    "pdf: where its links begin": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.links_elsewhere),
        "altered",
        "an address that its links begin with: https://example.org/",
    ),
    "pdf: what nobody thought of": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.what_nobody_thought_of),
        "altered",
        "changed: its Remarks",
    ),
    "pdf: a file attached": (
        "rehearsal.en.pdf",
        lambda data: in_pdf(data, tampered_pdf.attached),
        "altered",
        "it holds the attached never.txt, which was not released",
    ),
    "pdf: a line end after its end": (
        "rehearsal.en.pdf",
        lambda data: data + b"\r\n",
        "metadata",
        "",
    ),
    "pdf: packed another way": (
        "rehearsal.fr.pdf",
        lambda data: in_pdf(data, lambda _: None, linearize=True, recompress_flate=True),
        "metadata",
        "",
    ),
    "html: one character": (
        "rehearsal.en.html",
        lambda data: in_html(data, " is detained", " is retained"),
        "altered",
        "is [-detained-]{+retained+}",
    ),
    "html: white space": (
        "rehearsal.en.html",
        lambda data: in_html(data, "<main", "\n\n  <main"),
        "metadata",
        "",
    ),
    "html: metadata": (
        "rehearsal.en.html",
        lambda data: in_html(data, "<title>A rehearsal", "<title>Another title"),
        "metadata",
        "A rehearsal → Another title",
    ),
    "html: words hidden by a style": (
        "rehearsal.fr.html",
        lambda data: in_html(data, "</style>", "p { display: none }</style>"),
        "altered",
        "changed: its styles",
    ),
    "html: a script": (
        "rehearsal.en.html",
        lambda data: in_html(data, "</body>", "<script>document.body.textContent = 'x'</script></body>"),
        "altered",
        "it holds a script",
    ),
    "html: two words run together": (
        "rehearsal.en.html",
        lambda data: in_html(data, " is detained", " isdetained"),
        "altered",
        "isdetained",
    ),
    "html: letters shown from right to left": (
        "rehearsal.en.html",
        lambda data: in_html(data, " is detained", " \u202eis detained\u202c"),
        "altered",
        "a mark that turns the order of letters (U+202E)",
    ),
    "html: another page shown in its place": (
        "rehearsal.en.html",
        lambda data: in_html(data, "<head>", '<head><meta http-equiv="refresh" content="0;url=https://example.org/">'),
        "altered",
        "changed: its markup",
    ),
    "html: another character set": (
        "rehearsal.en.html",
        lambda data: in_html(data, '<meta charset="utf-8"', '<meta charset="iso-2022-jp"'),
        "altered",
        "changed: its markup",
    ),
    "html: a word moved into the element before it": (
        "rehearsal.en.html",
        lambda data: in_html(data, "No child</em> is", "No child is</em>"),
        "altered",
        "changed: its markup",
    ),
    "docx: two words run together": (
        "rehearsal.en.docx",
        lambda data: in_part(data, "word/document.xml", " is detained", " isdetained"),
        "altered",
        "isdetained",
    ),
    "docx: letters shown from right to left": (
        "rehearsal.en.docx",
        lambda data: in_part(data, "word/document.xml", " is detained", " \u202eis detained\u202c"),
        "altered",
        "a mark that turns the order of letters (U+202E)",
    ),
    "html: a link": (
        "rehearsal.en.html",
        lambda data: in_html(data, "</main>", '<a href="https://example.org/"></a></main>'),
        "altered",
        "a link leads to https://example.org/",
    ),
}


@pytest.fixture(scope="module")
def found(released: Released, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verified]:
    """Every tampered copy, looked at in one go."""
    paths = {}
    for number, (what, (name, change, _, _)) in enumerate(TAMPERED.items()):
        paths[what] = tmp_path_factory.mktemp(f"copy{number}") / name
        data = change(released.bytes(name))
        assert data != released.bytes(name), what
        paths[what].write_bytes(data)
    with read_here():
        return dict(zip(TAMPERED, verify(released.root, list(paths.values())), strict=True))


@pytest.mark.parametrize("what", TAMPERED)
def test_tampered_copies_are_told_apart(found: dict[str, Verified], what: str) -> None:
    name, _, verdict, said = TAMPERED[what]
    one = found[what]
    assert (one.verdict, one.reference, one.edition) == (verdict, "AOM/2026/7", name), one
    assert said in "\n".join(one.changes), one.changes


@pytest.mark.skipif(not (SOFFICE or os.environ.get("CI")), reason="LibreOffice is not installed")
def test_saved_again_by_libreoffice(released: Released, tmp_path: Path) -> None:
    """The same words, and what was changed on the way is seen all the same."""

    def saved(to: str, *more: str, **sources: bytes) -> list[Path]:
        """Each source as LibreOffice saves it, all in one start of it."""
        from_, format_ = ("pdf" if more else "docx"), to.partition(":")[0]
        paths = [tmp_path / f"{name}.{from_}" for name in sources]
        for path, data in zip(paths, sources.values(), strict=True):
            path.write_bytes(data)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [str(SOFFICE), profile, "--headless", *more, "--convert-to", to, "--outdir", "made", *map(str, paths)]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        return [tmp_path / "made" / f"{name}.{format_}" for name in sources]

    docx, pdf = released.bytes("rehearsal.en.docx"), released.bytes("rehearsal.en.pdf")
    tampered = in_part(docx, "word/document.xml", " is detained", " is retained")
    paths = (
        *saved("docx", again=docx, tampered=tampered),
        *saved("pdf:writer_pdf_Export", "--infilter=writer_pdf_import", pages=pdf),
        *saved("pdf", printed=docx),
    )
    again, changed, pages, printed = verify(released.root, paths)
    for found in (again, pages, printed):
        assert found.verdict == "same-words", found
        assert any("saved again by LibreOffice" in one for one in found.notes), found.notes
    assert changed.verdict == "altered"
    assert "is [-detained-]{+retained+}" in "\n".join(changed.changes)


@pytest.mark.parametrize(
    ("kind", "odd"),
    [("default", False), ("lines", False), ("linesAndChars", True), ("snapToChars", True)],
)
def test_only_a_grid_of_letters_moves_letters(kind: str, odd: bool) -> None:
    """LibreOffice writes how far one would, into pages that have none."""
    section = etree.fromstring(
        f'<w:sectPr xmlns:w="{W}"><w:docGrid w:type="{kind}" w:linePitch="600" w:charSpace="36864"/></w:sectPr>'
    )
    assert bool(objection_to_pages(section)) is odd


@pytest.mark.parametrize(
    ("said", "odd"),
    [
        ({"tab stop on the right": "9638"}, False),
        ({"tab stop on the right": "11000"}, True),
        ({"tab stop": "9360"}, True),
        ({"tab stop on the right": "4000", "width of the cell": "3000"}, True),
    ],
)
def test_a_stop_that_ends_words_is_not_one_that_begins_them(said: dict[str, str], odd: bool) -> None:
    """The foot of LibreOffice's own pages has one a little beyond the margin of a narrower page."""
    assert _is_pushed_out(said) is odd


def test_a_copy_under_the_name_of_another_format(released: Released, tmp_path: Path) -> None:
    data = in_part(released.bytes("rehearsal.en.docx"), "word/document.xml", " is detained", " is retained")
    found = released.of(data, tmp_path / "rehearsal.fr.pdf")
    assert (found.verdict, found.edition) == ("altered", "rehearsal.en.docx")
    assert "it is DOCX by what it holds" in found.notes


def test_an_rtf_is_called_that(released: Released, tmp_path: Path) -> None:
    found = released.of(b"\n{\\rtf1\\ansi AOM/2026/7 is detained}", tmp_path / "rehearsal.rtf")
    assert (found.verdict, found.notes) == ("unknown", ("it is RTF: only its digest could be looked at",))


def test_a_reference_that_was_taken_out_is_no_hiding_place(released: Released, tmp_path: Path) -> None:
    data = released.bytes("rehearsal.en.html").replace(b"AOM/2026/7", b"").replace(b" is detained", b" is retained")
    found = released.of(data, tmp_path / "a.html")
    assert (found.verdict, found.edition) == ("altered", "rehearsal.en.html")


def test_a_reference_alone_proves_nothing(released: Released, tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><title>x</title><body><p>Reference: AOM/2026/7</p><p>The institutions resign.</p></body>"
    found = released.of(page, tmp_path / "a.html")
    assert found.verdict == "unknown"
    assert "it names AOM/2026/7, but says nothing that was released as that" in found.notes


HOSTILE = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "a broken pdf": b"%PDF-1.7\n" + b"0 0 obj\n" * 1000,
    "a broken zip": b"PK\x03\x04" + b"\0" * 1000,
    "html that never ends": b"<html><body>" + b"<div>" * 200_000,
    "html of half tags": b"<!DOCTYPE html>" + b"<![" * 100_000,
    "another encoding": "<html><body>détention</body></html>".encode("utf-16"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_unknown(released: Released, tmp_path: Path, what: str) -> None:
    assert released.of(HOSTILE[what], tmp_path / "x.pdf").verdict == "unknown"


def first(member: bytes, data: bytes, called: str = "a") -> bytes:
    """A ZIP with a member before the others, as it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(called, member, zipfile.ZIP_STORED)
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return made.getvalue()


PDF, DOCX, HTML = "rehearsal.en.pdf", "rehearsal.en.docx", "rehearsal.en.html"
TWO: dict[str, tuple[str, Callable[[Released], bytes]]] = {
    "a word file that begins with the pdf": ("x.docx", lambda one: first(one.bytes(PDF), one.bytes(DOCX))),
    "the pdf called html": ("x.html", lambda one: in_pdf(one.bytes(PDF), lambda pdf: None) + one.bytes(HTML)),
    "the pdf called text": ("x.txt", lambda one: in_pdf(one.bytes(PDF), lambda pdf: None)),
    "the pdf that ends with a word file": ("x.pdf", lambda one: one.bytes(PDF) + one.bytes(DOCX)),
    "a page with the pdf in a comment": (
        "x.html",
        lambda one: b"<!DOCTYPE html><!--" + one.bytes(PDF) + b"-->" + one.bytes(HTML),
    ),
    "a page that ends with a word file": ("x.docx", lambda one: one.bytes(HTML) + one.bytes(DOCX)),
    "a text before the pdf": ("x.pdf", lambda one: b"Words.\n" + one.bytes(PDF)),
    "a word file that is an odt, too": ("x.odt", lambda one: first(b"<a/>", one.bytes(DOCX), "content.xml")),
}


@pytest.mark.parametrize("what", TWO)
def test_a_file_that_programs_open_as_another_than_was_read_vouches_for_nothing(
    released: Released, tmp_path: Path, what: str
) -> None:
    name, made = TWO[what]
    found = released.of(made(released), tmp_path / name)
    assert (found.verdict, len(found.notes)) == ("unknown", 1), found
    assert "in one, and which of them is seen" in found.notes[0] or "opened as another by its name" in found.notes[0]


def test_white_space_before_a_pdf_is_no_other_file(released: Released, tmp_path: Path) -> None:
    assert released.of(b"\r\n" + released.bytes(PDF), tmp_path / "x.pdf").verdict == "metadata"


def test_a_bomb_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", b" " * 400_000_000)
    with pytest.raises(BrokenError):
        read(made.getvalue())


def test_a_text_longer_than_any_document_is_not_read() -> None:
    assert read(b"word " * (LONGEST // 5)).text
    with pytest.raises(BrokenError, match="1,000,000 letters"):
        read(b"word " * (LONGEST // 5 + 1))
    with pytest.raises(BrokenError, match="1,000,000 letters"):
        read(b"<!DOCTYPE html><p>" + b"word " * (LONGEST // 5 + 2) + b"</p>")


def test_a_locked_pdf_is_told_so(released: Released) -> None:
    with pikepdf.open(io.BytesIO(released.bytes(PDF))) as one:
        one.save(made := io.BytesIO(), encryption=pikepdf.Encryption(owner="x", user="y"))
    with pytest.raises(BrokenError, match="locked with a password"):
        read(made.getvalue())


def test_a_letter_with_hundreds_of_marks_is_not_read() -> None:
    """Who puts them in order, as every comparison does, is at it for minutes."""
    assert read("a\u0300\u0316 b — ······ c".encode()).text
    with pytest.raises(BrokenError, match="hundreds of marks"):
        read(("a" + "\u0300\u0316" * 2_000).encode())


def test_a_file_is_cut_into_pieces_once() -> None:
    """However many releases, in however many languages, it is held against."""
    _pieces.cache_clear()
    found = "what somebody found"
    assert [likeness(one, found) for one in (found, "another text altogether", "a third")] == [1.0, 0.0, 0.0]
    assert (_pieces.cache_info().misses, _pieces.cache_info().hits) == (3, 3)


def test_sums_of_many_files_take_no_minutes() -> None:
    data = "".join(f"{number:064x}  f{number}\n" for number in range(50_000)).encode()
    start = time.process_time()
    assert proof(data, ()) is None
    assert time.process_time() - start < 10


def test_offline_by_a_record_alone(released: Released, tmp_path: Path) -> None:
    """With the released files beside it the words are compared; without them, only what the digest says."""
    alone = tmp_path / "record.json"
    shutil.copy(released.folder / "record.json", alone)
    data = in_part(released.bytes("rehearsal.en.docx"), "word/document.xml", " is detained", " is retained")
    whole = released.of(released.bytes("rehearsal.fr.pdf"), tmp_path / "a.pdf", records=[alone])
    assert whole.verdict == "authentic"
    found = released.of(data, tmp_path / "a.docx", records=[alone])
    assert found.verdict == "unknown", "a press line, or a copy that a program packed again, names the reference, too"
    assert found.changes == ()
    assert "where the released files lie beside the record" in found.notes[0]
    found = released.of(data, tmp_path / "a.docx", records=[released.folder / "record.json"])
    assert "is [-detained-]{+retained+}" in "\n".join(found.changes)
    with pytest.raises(UsageError):
        verify(tmp_path, [tmp_path / "a.docx"], [tmp_path / "none.json"])


def test_two_records_that_contradict_each_other_prove_nothing(released: Released, tmp_path: Path) -> None:
    """Whoever forges a file forges its record, too; beside the true one it is told, whichever is named first."""
    true, forged = released.folder / "record.json", tmp_path / "record.json"
    data = released.bytes("rehearsal.en.html").replace(b" is detained", b" is retained")
    said = json.loads(true.read_text(encoding="utf-8"))
    for one in said["subject"]:
        if one["name"] == "rehearsal.en.html":
            one["digest"]["sha256"] = hashlib.sha256(data).hexdigest()
    forged.write_text(json.dumps(said), encoding="utf-8")
    for records in ([true, forged], [forged, true]):
        with pytest.raises(UsageError, match="both say that they are the record of AOM/2026/7, and differ"):
            released.of(data, tmp_path / "a.html", records=records)
    again = tmp_path / "again.json"
    again.write_text(json.dumps(json.loads(true.read_text(encoding="utf-8"))), encoding="utf-8")
    whole = released.of(released.bytes("rehearsal.en.html"), tmp_path / "a.html", records=[true, again])
    assert whole.verdict == "authentic", "the same in other bytes contradicts nothing"


def test_what_is_unknown_is_told_why(released: Released, tmp_path: Path) -> None:
    page = (
        b"<!DOCTYPE html><title>x</title><body><p>Nothing that anybody here has ever said, in so many words.</p></body>"
    )
    found = released.of(page, tmp_path / "a.html")
    assert found.verdict == "unknown"
    assert found.notes == ("it is no file of AOM/2026/7, and has the words of none",)
    hidden = in_part(released.bytes("rehearsal.en.docx"), "word/styles.xml", "<w:rPr>", "<w:rPr><w:vanish/>")
    found = released.of(hidden, tmp_path / "a.docx")
    assert found.verdict == "unknown"
    assert found.notes[0] == "it shows no words"
    twice = in_part(released.bytes("rehearsal.en.docx"), "word/document.xml", "<w:body>", '<w:body w:a="1" w:a="2">')
    (said,) = released.of(twice, tmp_path / "b.docx").notes
    assert said.endswith("only its digest could be looked at")
    assert "Error" not in said


def test_what_a_record_says_moves_no_terminal(
    released: Released, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statement = json.loads((released.folder / "record.json").read_text(encoding="utf-8"))
    statement["predicate"]["reference"] = "A-1\u202e\x1b]0;owned\x07\nrehearsal.en.pdf: authentic"
    record, copy = tmp_path / "record.json", tmp_path / "a.html"
    record.write_text(json.dumps(statement), encoding="utf-8")
    copy.write_bytes(released.bytes("rehearsal.en.html"))
    main(["verify", str(copy), "--record", str(record)])
    out = capsys.readouterr().out
    assert "A-1" in out
    assert all(line.isprintable() for line in out.splitlines())
    assert "\nrehearsal.en.pdf" not in out


def test_the_register_makes_again_what_is_compared(released: Released, tmp_path: Path) -> None:
    """No workspace and no released file: the register has all that is needed."""
    shutil.copy(released.root / "register.db", tmp_path / "copy.db")
    path = tmp_path / "a.html"
    path.write_bytes(in_html(released.bytes("rehearsal.fr.html"), "n’est détenu", "n’est retenu"))
    (found,) = verify(tmp_path, [path], where=str(tmp_path / "copy.db"))
    assert (found.verdict, found.edition) == ("altered", "rehearsal.fr.html")
    assert "[-détenu-]{+retenu+}" in "\n".join(found.changes)


def test_superseded_and_withdrawn(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f html --reference A-1", "verify releases/A-1/rehearsal.en.html")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does("circulate rehearsal --until 2026-04-01 --corrects A-1")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2", "release rehearsal -f html --reference A-2")
    said = rehearsal.refuses("verify releases/A-1/rehearsal.en.html releases/A-2/rehearsal.en.html")
    assert "A-1/rehearsal.en.html: authentic, but no longer in force" in said
    assert "A-2/rehearsal.en.html: authentic\n" in said
    rehearsal.does("correct A-1 --by A-2 --reason 'A word was missing'")
    assert "A-1 was corrected by A-2: A word was missing" in rehearsal.refuses("verify releases/A-1/rehearsal.en.html")
    rehearsal.does("withdraw A-2 --reason 'It was never meant'")
    said = rehearsal.refuses("verify releases/A-2/rehearsal.en.html --json")
    (found,) = json.loads(said)
    assert (found["verdict"], found["fate"]["reason"]) == ("withdrawn", "It was never meant")
    both = "--record releases/A-1/record.json --record releases/A-2/record.json"
    assert "A-1 was corrected by A-2" in rehearsal.refuses(f"verify releases/A-1/rehearsal.en.html {both}")


def test_days_are_those_where_the_members_were_asked(rehearsal: Rehearsal) -> None:
    """Half an hour after midnight in Paris, where notices and the site say so, too."""
    rehearsal.adopted()
    rehearsal.now = dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)
    rehearsal.does("release rehearsal -f html --reference A-1", "withdraw A-1 --reason 'It was never meant'")
    said = rehearsal.refuses("verify releases/A-1/rehearsal.en.html")
    assert "released 2026-07-01)" in said
    assert "A-1 was withdrawn on 2026-07-01: It was never meant" in said
    alone = rehearsal.does("verify releases/A-1/rehearsal.en.html --record releases/A-1/record.json")
    assert "released 2026-07-01)" in alone
    assert "whether it was corrected, replaced or withdrawn since, its record cannot know" in alone
    assert day_in(rehearsal.now, "Nowhere/../../At all") == dt.date(2026, 6, 30)


@pytest.fixture
def two(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    """A release and its corrigendum, A-1 and A-2."""
    return past.come_to("two releases", rehearsal, _release_two)


def _release_two(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f html -f md --reference A-1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does("circulate rehearsal --until 2026-04-01 --corrects A-1")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2", "release rehearsal -f html -f md --reference A-2 --reason 'A word was missing'")


def test_what_was_only_packed_again_is_not_said_to_be_changed(two: Rehearsal, tmp_path: Path) -> None:
    path = tmp_path / "rehearsal.en.md"
    path.write_bytes((two.root / "releases/A-2/rehearsal.en.md").read_bytes().replace(b"\n", b"\r\n"))
    assert "packed otherwise, and all that it says and shows is as released\n" in two.refuses(f"verify {path}")


def test_sums_and_records_that_somebody_changed(two: Rehearsal) -> None:
    """What was changed is named, line by line and value by value; the same in other bytes is that."""
    folder = two.root / "releases/A-1"
    sums, record = folder / "SHA256SUMS", folder / "record.json"
    other = two.root / "releases/A-2/rehearsal.en.html"
    digest = hashlib.sha256(other.read_bytes()).hexdigest()
    was, kept_as = sums.read_text(), hashlib.sha256((folder / "rehearsal.en.html").read_bytes()).hexdigest()
    swapped = re.sub(r"[0-9a-f]{64}(?=  rehearsal\.en\.html)", digest, was)
    for text, said in (
        (swapped, f"the digest of rehearsal.en.html: {kept_as} → {digest}"),
        (was[was.index("\n") + 1 :], "record.json is left out"),
        (was + f"{digest}  notice.pdf\n", "notice.pdf was not released"),
        (f"{digest}  rehearsal.en.html\n" + was, "it says “rehearsal.en.html” twice"),
        (was + "none of it holds\n", "a line that is none: none of it holds"),
    ):
        sums.write_text(text)
        out = two.refuses("verify releases/A-1/SHA256SUMS")
        assert "SHA256SUMS: ALTERED\n  nearest to SHA256SUMS of A-1" in out
        assert said in out
        assert "SHA256SUMS is not the file that was released" in two.refuses("publish", 3)
    sums.write_text(was.replace("\n", "\r\n"), newline="")
    assert "the same words in other bytes" in two.refuses("verify releases/A-1/SHA256SUMS")
    sums.write_text(was, encoding="utf-8-sig")
    assert "the same words in other bytes" in two.refuses("verify releases/A-1/SHA256SUMS")
    kept = record.read_text(encoding="utf-8")
    for old, new, said in (
        ('"approved"', '"objected"', "detention@1: approved → objected"),
        ('"reference": "A-1"', '"reference": "A-2"', "predicate.reference: A-1 → A-2"),
        ('"rule": "consensus"', '"rule": "consensus", "rule": "unanimity"', "it says “rule” twice"),
    ):
        assert old in kept
        record.write_text(kept.replace(old, new, 1), encoding="utf-8")
        out = two.refuses("verify releases/A-1/record.json")
        assert "record.json: ALTERED\n  nearest to record.json of A-1" in out
        assert said in out
    for encoding in ("utf-8", "utf-8-sig"):
        record.write_text(json.dumps(json.loads(kept)), encoding=encoding)
        assert "the same words in other bytes" in two.refuses("verify releases/A-1/record.json")


def test_what_came_later_than_all_that_is_known_is_unknown(two: Rehearsal) -> None:
    """Held against the record of before, the files of a correction are not those altered, and nobody knows them."""
    out = two.refuses("verify releases/A-2/rehearsal.en.html releases/A-2/SHA256SUMS --record releases/A-1/record.json")
    assert "rehearsal.en.html: unknown\n" in out
    assert "is {+ever +}detained" in out, "what it would be, were it the one that is known"
    assert "it names A-2, which is not known here" in out
    assert "SHA256SUMS: unknown\n" in out
    copy = two.root / "copy.html"
    told = (two.root / "releases/A-1/rehearsal.en.html").read_text(encoding="utf-8").replace("A-1", "A-2", 1)
    copy.write_text(told.replace("is detained", "is retained"), encoding="utf-8")
    assert "copy.html: ALTERED\n" in two.refuses("verify copy.html --record releases/A-1/record.json")


def test_a_record_that_the_register_does_not_keep(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was changed in it nobody can tell; that its release was provisional, the register says without it."""
    rehearsal.now = dt.datetime(2026, 2, 1, 23, 30, tzinfo=dt.UTC)  # half past midnight in Paris, where they were asked
    rehearsal.does(
        "circulate rehearsal --until 2026-03-01", "release rehearsal -f md --provisional urgent --reference P-1"
    )
    path = rehearsal.root / "releases/P-1/record.json"
    path.write_text(path.read_text(encoding="utf-8").replace("urgent", "adopted"), encoding="utf-8")
    monkeypatch.setattr("paraph.register.reader.Reader.evidence", lambda *_: None)
    out = rehearsal.refuses("verify releases/P-1/record.json")
    assert "record.json: unknown\n" in out
    assert "record.json of P-1 is not kept here" in out
    path.write_text(path.read_text(encoding="utf-8").replace('"sha256": "', '"sha256": "0', 1), encoding="utf-8")
    assert "record.json: ALTERED\n" in rehearsal.refuses("verify releases/P-1/record.json")
    out = rehearsal.does("verify releases/P-1/rehearsal.en.md")
    assert "(rehearsal@1, released 2026-02-02)" in out
    assert "a provisional release, before its members had adopted it" in out


def test_the_text_in_force_at_the_end_is_named(two: Rehearsal) -> None:
    """A correction may be replaced in turn: who holds the first text is not sent from one to the next."""
    assert "the text in force" not in two.refuses("verify releases/A-1/rehearsal.en.md")
    two.does("release rehearsal -f html -f md -f akn --reissue --reference A-3")
    said = two.refuses("verify releases/A-1/rehearsal.en.md")
    assert "A-1 was corrected by A-2: A word was missing" in said
    assert "the text in force is A-3" in said
    assert "the text in force" not in two.refuses("verify releases/A-2/rehearsal.en.md")


def test_the_notice_of_a_correction_and_of_a_withdrawal(two: Rehearsal) -> None:
    """Each says in each language what is on record, none of it taken for markup; what was released stays as it was."""
    folder = two.root / "releases"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    told = docx.read((folder / "A-1/notice/A-1-corrected.en.docx").read_bytes()).text
    for words in (
        "Correction of A-1",
        "the text “A rehearsal” was corrected",
        "A word was missing",
        "Read instead: A-2",
    ):
        assert words in told, told
    out = two.does("withdraw A-2 --reason 'en={title} was *never* <b>meant</b>' --reason 'fr=Ce n’était pas voulu'")
    assert "Its notice, to be sent on: 4 files in releases/A-2/notice" in out
    told = docx.read((folder / "A-2/notice/A-2-withdrawn.en.docx").read_bytes()).text
    assert "Reason: {title} was *never* <b>meant</b>" in told
    assert "Read instead" not in told
    assert "Motif : Ce n’était pas voulu" in docx.read(
        (folder / "A-2/notice/A-2-withdrawn.fr.docx").read_bytes()
    ).text.replace("\xa0", " ")
    assert all(path.read_bytes() == data for path, data in before.items())
    again = folder / "A-1/notice/A-1-corrected-2.en.docx"  # the one before it leads to what is withdrawn
    assert "Read instead" not in docx.read(again.read_bytes()).text


def test_a_withdrawal_needs_no_form_of_notice(two: Rehearsal) -> None:
    """A workspace of before has none; one that is faulty keeps nobody from withdrawing."""
    form = two.root / "templates/notice/form.yml"
    form.write_text(form.read_text(encoding="utf-8").replace("field: copies", "field: others"), encoding="utf-8")
    assert "the notice of A-2, A-1 could not be made" in two.does("withdraw A-2 --reason 'Not so'")
    shutil.rmtree(form.parent)
    two.does("publish")
    assert "withdrawn" in (two.root / "site/en/A-2.html").read_text(encoding="utf-8")


def test_files_of_two_releases_exchanged(two: Rehearsal) -> None:
    """Each is what it is, and where it lies it does not belong."""
    first, second = (two.root / f"releases/{name}/rehearsal.en.html" for name in ("A-1", "A-2"))
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)
    assert "of A-2 (rehearsal@2" in two.does("verify releases/A-1/rehearsal.en.html")
    assert "it lies in the folder of A-1, and is none of its files" in two.does("verify releases/A-1/rehearsal.en.html")
    assert "A-1/rehearsal.en.html is not the file that was released" in two.refuses("publish", 3)
    for name in ("A-1", "A-2"):
        (two.root / f"releases/{name}").rename(two.root / f"releases/x{name}")
    (two.root / "releases/xA-1").rename(two.root / "releases/A-2")
    (two.root / "releases/xA-2").rename(two.root / "releases/A-1")
    said = two.refuses("publish")
    assert "releases/A-1: its record.json is that of A-2" in said
    assert not (two.root / "site").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
@pytest.mark.parametrize("name", ["record.json", "rehearsal.en.html", "SHA256SUMS"])
def test_what_only_stands_in_the_place_of_a_file(two: Rehearsal, name: str) -> None:
    """From a pipe that nobody writes to nobody waits; a device has no end; a link to another file is that file."""
    path, site = two.root / "releases/A-1" / name, two.root / "site/.paraph-site"
    path.unlink()
    os.mkfifo(path)
    assert "it is no file" in two.refuses(f"verify releases/A-1/{name}", 2)
    assert "it is no file" in two.refuses("publish", 1 if name == "record.json" else 3)
    copy = two.root / "copy.html"
    copy.write_bytes((two.root / "releases/A-1/rehearsal.fr.html").read_bytes().replace(b"enfant", b"Enfant", 1))
    assert "ALTERED" in two.refuses("verify copy.html")
    path.unlink()
    path.symlink_to("/dev/zero")
    assert "it is no file" in two.refuses(f"verify releases/A-1/{name}", 2)
    path.unlink()
    path.symlink_to(two.root / "register.db")
    assert ("no record of a release" if name == "record.json" else "not the file that was released") in two.refuses(
        "publish", 1 if name == "record.json" else 3
    )
    path.unlink()
    shutil.rmtree(two.root / "releases/A-1")
    two.does("rebuild A-1")
    site.mkdir(parents=True, exist_ok=True)
    (site / "manifest.json").unlink(missing_ok=True)
    os.mkfifo(site / "manifest.json")
    assert "it is no file" in two.refuses("publish", 3)


def test_neither_workspace_nor_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert main(["verify", "a.pdf"]) == 2
    assert main(["verify", "b.pdf", "--register", "none.db"]) == 2


@settings(max_examples=EDITS, deadline=None, derandomize=EDITS == 25)
@given(
    place=st.floats(0, 1, exclude_max=True),
    letter=st.characters(codec="utf-8", categories=("L", "N")),
    name=st.sampled_from(("rehearsal.en.html", "rehearsal.fr.html", "rehearsal.en.docx", "rehearsal.fr.docx")),
)
def test_no_letter_is_changed_unseen(released: Released, place: float, letter: str, name: str) -> None:
    """Whatever letter of the text becomes whatever other one, in whichever language and format."""
    data = released.bytes(name)
    whole = data if name.endswith("html") else zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    text = whole.decode()
    words = [match for match in re.finditer(r">([^<>]*\b(?:child|enfant)\b[^<>]*)<", text) if "style" not in match[1]]
    letters_ = [at for match in words for at in range(match.start(1), match.end(1)) if text[at].isalpha()]
    at = letters_[int(place * len(letters_))]
    assume(text[at] != letter and letters(text[at]) != letters(letter) and letters(letter))
    edited = text[:at] + letter + text[at + 1 :]
    if name.endswith("html"):
        outcome = compare(html.read(data), html.read(edited.encode())).outcome
    else:
        changed = in_zip(data, lambda part, one: edited.encode() if part == "word/document.xml" else one)
        outcome = compare(docx.read(data), docx.read(changed)).outcome
    assert outcome is Outcome.OTHER


def test_files_in_another_language_are_not_read(
    released: Released, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a document in many languages, with many members’ editions, each copy would take a minute."""
    asked = list[bytes]()
    copy = in_pdf(released.bytes("rehearsal.fr.pdf"), lambda pdf: pdf.docinfo.__setitem__("/Producer", "Another"))
    with read_here():
        monkeypatch.setattr("paraph.workflow.releases.nearest.read", lambda data: asked.append(data) or _read(data))
        found = released.of(copy, tmp_path / "copy.pdf")
    assert (found.verdict, found.edition) == ("metadata", "rehearsal.fr.pdf"), found
    assert released.bytes("rehearsal.fr.pdf") in asked
    assert released.bytes("rehearsal.en.pdf") not in asked


BESIDE = """\
#set page(width: 15cm, height: 12cm, margin: 1cm)
#let given = json(bytes(sys.inputs.given))
#let column(said) = said.map(line => [#line #parbreak()]).join()
#grid(columns: (1fr, 1fr), column-gutter: 8mm, ..given.map(column))
"""


def set_beside(left: Sequence[str], right: Sequence[str]) -> bytes:
    """A print by another program: each column goes on, in its half, over as many pages as it takes."""
    made = typst.compile(BESIDE.encode(), sys_inputs={"given": json.dumps([left, right])}, format="pdf")
    return in_pdf(made, lambda pdf: pdf.docinfo.__setitem__("/Producer", "A printer"))


@pytest.mark.parametrize(
    ("what", "verdict"),
    [
        ("", "same-words"),
        ("a word", "altered"),
        ("a line in the other half", "altered"),
        ("columns exchanged", "altered"),
        ("two lines exchanged", "altered"),
    ],
)
def test_two_languages_side_by_side_printed_on_other_pages(
    released: Released, tmp_path: Path, what: str, verdict: str
) -> None:
    """Where a page ends, half a row is on one side and half on the other: the file has neither column whole."""
    left, right = ([*column] for column in html.read(released.bytes("rehearsal.en-fr.html")).columns)
    match what:
        case "a word":
            left = [line.replace("bread", "chalk") for line in left]
        case "a line in the other half":
            right.insert(9, left.pop(9))
        case "columns exchanged":
            left, right = right, left
        case "two lines exchanged":
            right[9], right[10] = right[10], right[9]
    with read_here():
        found = released.of(set_beside(left, right), tmp_path / "print.pdf")
    assert (found.verdict, found.edition) == (verdict, "rehearsal.en-fr.pdf"), found
    assert what or "its words are those of the HTML, from which it was printed" in found.notes, found


def test_a_print_of_a_page_that_says_more_than_the_pdf() -> None:
    """A poster has no room for the whole names of networks; its page of HTML has them, and where they are found."""
    page = html.read(
        b'<html><head><style>@page { @bottom-center { content: "Page " counter(page) " \\b7 " counter(pages); } }'
        b"</style></head><body><main><p>A child</p></main>"
        b'<p class="running sans"><bdi>Not yet adopted</bdi></p></body></html>'
    )
    assert page.beside == ("Not yet adopted", "Not yet adopted", "Page ·")
    assert page.columns == ()


FRAMED = """\
#set page(width: 15cm, height: 60cm, margin: 1cm)
#let given = json(bytes(sys.inputs.given))
#v(8cm)
#for line in given.slice(6) [#line #parbreak()]
#place(PLACE)[#given.slice(0, 6).join(parbreak())]
"""


@pytest.mark.parametrize(("place", "verdict"), [("top", "same-words"), ("bottom", "altered")])
def test_a_print_that_draws_last_what_stands_first(
    released: Released, tmp_path: Path, place: str, verdict: str
) -> None:
    """As LibreOffice does with the address of a letter, which stands in a frame."""
    (lines,) = html.read(released.bytes("rehearsal.en.html")).pages
    given = {"given": json.dumps(lines)}
    page = typst.compile(FRAMED.replace("PLACE", place).encode(), sys_inputs=given, format="pdf")
    print_ = in_pdf(page, lambda pdf: pdf.docinfo.__setitem__("/Producer", "A printer"))
    with read_here():
        found = released.of(print_, tmp_path / "print.pdf")
    assert (found.verdict, found.edition) == (verdict, "rehearsal.en.pdf"), found


def test_words_of_two_languages_in_an_order_that_nobody_can_tell() -> None:
    released = Reading(format="pdf", pages=(("No child 1", "Aucun enfant 1", "A note", "Une note"),))
    aside = Reading(format="html", pages=(), notes=("A note", "Une note"))
    whole = ("No", "Aucun", "child", "enfant 1", "A note Une", "note")
    for lines, alike in ((whole, True), ((*whole[:-1], "never"), False), (whole[1:], False), (whole * 2, False)):
        assert scattered(released, Reading(format="pdf", pages=(lines,), maker="a printer"), aside) is alike
