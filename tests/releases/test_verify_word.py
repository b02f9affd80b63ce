"""Letters and leaflets in Word whose every word is as released, and of which pictures, frames or boxes are not.

Rehearsals all.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from paraph.proof.reading import tabbed
from paraph.workflow.releases.verify import verify
from rehearsal import FILES
from test_verify import Released, adopted, in_zip, read_here
from test_verify_lists_and_notes import DOCUMENT, put
from test_verify_opendocument import MORE

SOFFICE = shutil.which("soffice")
Change = Callable[[bytes], bytes]
FOLDERS = {"dear": "D-1", "leaflet": "L-1"}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """A letter, whose address stands in a frame, and a leaflet with pictures."""
    root = tmp_path_factory.mktemp("released")
    with adopted(root, {**FILES, **MORE}) as rehearsal:
        for document, circulation in (("dear", "c2"), ("leaflet", "c3")):
            rehearsal.does(f"circulate {document} --until '2027-03-01 18:00'")
            rehearsal.all_approve(circulation)
            rehearsal.does(f"close {circulation}")
            rehearsal.does(f"release {document} -f docx --reference {FOLDERS[document]} --confirm")
    return Released(root, root / "releases")


def original(released: Released, name: str) -> bytes:
    return released.bytes(f"{FOLDERS[name.split('.')[0]]}/{name}.docx")


def other_picture(data: bytes) -> bytes:
    return in_zip(data, lambda name, one: one + b"\0" if name.startswith("word/media/") else one)


PARAGRAPH = r"<w:p>(?:(?!</w:p>).)*?{}(?:(?!</w:p>).)*</w:p>"
FRAME = r'<w:framePr [^>]*w:vAnchor="page"[^>]*/>'


def in_a_frame(data: bytes) -> bytes:
    """A paragraph of the text in a frame of its own, at the place of the address."""
    document: list[str] = []
    in_zip(data, lambda name, one: document.append(one.decode()) or one if name == DOCUMENT else one)
    (frame,) = re.findall(FRAME, document[0])
    return put(DOCUMENT, r"(<w:pPr><w:pStyle [^>]*/>)((?:(?!</w:p>).)*We write to you)", rf"\1{frame}\2", 1)(data)


def floating(wrap: str = "<wp:wrapNone/>") -> Change:
    """The first picture of a leaflet, over the page."""
    place = (
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    )
    return put(
        DOCUMENT,
        r"<wp:inline([^>]*)>(<wp:extent [^>]*/>)(.*?)</wp:inline>",
        rf'<wp:anchor\1 simplePos="0" relativeHeight="9" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        rf"{place}\2{wrap}\3</wp:anchor>",
        1,
    )


NOT_THOSE = "its pictures are not those released"
ELSEWHERE, ANYWHERE = "it holds a text box that stands elsewhere than one released", "which may stand anywhere"
CHOICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    r'xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" Requires="cx">\g<0></mc:Choice>'
    "<mc:Fallback/></mc:AlternateContent>"
)
INLINE = r"<w:r><w:drawing><wp:inline.*?</w:drawing></w:r>"
DRAWN: dict[str, tuple[str, Change, str]] = {
    "other pictures": ("leaflet.en", other_picture, "it holds a picture ("),
    "a picture more": ("leaflet.en", put(DOCUMENT, INLINE, r"\g<0>\g<0>", 1), NOT_THOSE),
    "a picture less": ("leaflet.en", put(DOCUMENT, INLINE, "", 1), NOT_THOSE),
    "a picture as large as a page": (
        "leaflet.en",
        put(DOCUMENT, r'(<(?:wp:extent|a:ext) cx=)"\d+" cy="\d+"', r'\1"6900000" cy="9900000"'),
        NOT_THOSE,
    ),
    "a picture of two sizes": ("leaflet.en", put(DOCUMENT, '<wp:extent cx="', r"\g<0>9"), "it holds a picture or"),
    "a picture over the page": ("leaflet.en", floating(), "it holds a picture or drawing"),
    "a picture that is cut": (
        "leaflet.en",
        put(DOCUMENT, "<a:stretch>", r'<a:srcRect l="50000"/>\g<0>', 1),
        "it holds a picture or drawing",
    ),
    "a picture that is hidden": (
        "leaflet.en",
        put(DOCUMENT, "<wp:docPr ", r'\g<0>hidden="1" ', 1),
        "it holds a picture or drawing",
    ),
    "another picture in its place": (
        "leaflet.en",
        put(
            DOCUMENT,
            r'(<a:blip r:embed="([^"]*)")/>',
            r'\1><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><s:svgBlip '
            r'xmlns:s="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="\2"/></a:ext></a:extLst>'
            r"</a:blip>",
            1,
        ),
        "it holds a picture or drawing",
    ),
    "a picture that only Word shows": (
        "leaflet.en",
        put(DOCUMENT, "<w:drawing><wp:inline.*?</w:drawing>", CHOICE, 1),
        "it holds a picture or drawing",
    ),
    "an address lower": ("dear.en", put(DOCUMENT, r'(<w:framePr[^>]*w:y=")\d+', r"\g<1>9000"), ELSEWHERE),
    "an address to the right": ("dear.en", put(DOCUMENT, r'(<w:framePr[^>]*w:x=")\d+', r"\g<1>13000"), ELSEWHERE),
    "an address without room": (
        "dear.en",
        put(DOCUMENT, 'w:h="[0-9]+" w:hRule="atLeast"', 'w:h="20" w:hRule="exact"'),
        ELSEWHERE,
    ),
    "an address over words": ("dear.en", put(DOCUMENT, 'w:wrap="notBeside"', 'w:wrap="none"'), ANYWHERE),
    "a text in a frame": ("dear.en", in_a_frame, ELSEWHERE),
    "a style in a frame": (
        "dear.en",
        put("word/styles.xml", r'(w:styleId="Normal">.*?)(?=</w:style>)', r'\1<w:pPr><w:framePr w:y="1"/></w:pPr>', 1),
        "text set by “framePr”",
    ),
    "white words in a frame": (
        "dear.en",
        put(DOCUMENT, rf"({FRAME}(?:(?!</w:p>).)*?<w:r><w:rPr>)", r'\1<w:color w:val="FFFFFF"/>', 1),
        "nobody can see (its colour)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DRAWN)
def test_what_stands_elsewhere_is_told(released: Released, tmp_path: Path, what: str) -> None:
    name, change, said = DRAWN[what]
    with read_here():
        one = released.of(change(original(released, name)), tmp_path / f"{name}.docx")
    assert (one.verdict, one.edition) == ("altered", f"{name}.docx"), one
    assert said in "\n".join(one.changes), one.changes


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (put(DOCUMENT, r'(w:right=")\d+("[^>]*? w:left=")\d+', r"\g<1>2180\g<2>2180"), "same-words"),
        (put(DOCUMENT, r'(<w:pgSz [^>]*?w:w=")\d+', r"\g<1>8391"), "altered"),
        (put(DOCUMENT, r'(<w:pgMar [^>]*?w:left=")\d+', r"\g<1>4500"), "altered"),
    ],
    ids=["margins a little wider", "a sheet narrower than its tables", "a margin too wide"],
)
def test_pages_set_otherwise(released: Released, tmp_path: Path, change: Change, verdict: str) -> None:
    data = original(released, "dear.en")
    assert change(data) != data
    with read_here():
        one = released.of(change(data), tmp_path / "dear.en.docx")
    assert one.verdict == verdict, one


def test_a_tab_behind_a_number_alone_is_that_of_a_list() -> None:
    assert [*tabbed("It is not\table")] == ["not\table"]
    assert [*tabbed("Article 5\t6")] == ["5\t6"]
    assert not [*tabbed("1\tTell us")]
    assert not [*tabbed("(a)\tto hear")]


BOXED: dict[str, tuple[Change, str]] = {
    "as it is": (lambda data: data, ""),
    "a box lower": (put(DOCUMENT, r"(<wp:positionV.*?<wp:posOffset>)\d+", r"\g<1>5000000", 1), ELSEWHERE),
    "a box over words": (put(DOCUMENT, "<wp:wrapTopAndBottom/>", "<wp:wrapNone/>"), ANYWHERE),
    "a box where its paragraph is": (
        put(DOCUMENT, '(<wp:positionV relativeFrom=)"page"', r'\1"paragraph"'),
        ANYWHERE,
    ),
    "a box that is turned": (put(DOCUMENT, "<wps:bodyPr ", r'\g<0>rot="5400000" '), ANYWHERE),
    "a box on black": (put(DOCUMENT, r'(<a:srgbClr val=)"FFFFFF"><a:alpha val="0"/>', r'\1"000000">'), ANYWHERE),
    "two boxes": (put(DOCUMENT, r"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<mc:AlternateContent>.*?"
                      r"</mc:AlternateContent></w:r>", r"\g<0>\g<0>"), ELSEWHERE),
}  # fmt: skip


@pytest.mark.skipif(not (SOFFICE or os.environ.get("CI")), reason="LibreOffice is not installed")
def test_a_letter_and_a_leaflet_saved_by_libreoffice(released: Released, tmp_path: Path) -> None:
    """It keeps the frame of the address in a Word file, and makes a box of it by way of an ODT."""
    names = ("dear.en", "leaflet.en", "leaflet.malta.en")
    for name in names:
        (tmp_path / f"{name}.docx").write_bytes(original(released, name))

    def saved(to: str, into: str, *files: str) -> None:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [str(SOFFICE), profile, "--headless", "--convert-to", to, "--outdir", into, *files]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)

    saved("docx", "once", *(f"{name}.docx" for name in names))
    saved("odt", "odt", *(f"{name}.docx" for name in names))
    saved("docx", "boxed", *(f"odt/{name}.odt" for name in names))
    saved("docx", "again", "boxed/dear.en.docx")
    honest = [tmp_path / folder / f"{name}.docx" for folder in ("once", "boxed") for name in names]
    honest.append(tmp_path / "again/dear.en.docx")
    honest.append(tmp_path / "odt/leaflet.en.odt")
    less = put("content.xml", r"<draw:frame [^>]*><draw:image .*?</draw:frame>", "", 1)(honest[-1].read_bytes())
    assert less != honest[-1].read_bytes()
    (tmp_path / "less.odt").write_bytes(less)
    box = (tmp_path / "boxed/dear.en.docx").read_bytes()
    changed = [tmp_path / f"{number}.docx" for number in range(len(BOXED))]
    for path, (change, _) in zip(changed, BOXED.values(), strict=True):
        path.write_bytes(change(box))
    with read_here():
        *found, last = verify(released.root, [*honest, *changed, tmp_path / "less.odt"])
    assert [str(one.verdict) for one in found[: len(honest)]] == ["same-words"] * len(honest), found
    assert (str(last.verdict), NOT_THOSE in "\n".join(last.changes)) == ("altered", True), last
    for one, (what, (_, said)) in zip(found[len(honest) :], BOXED.items(), strict=True):
        assert (what, str(one.verdict)) == (what, "altered" if said else "same-words"), one
        assert said in "\n".join(one.changes), (what, one.changes)
