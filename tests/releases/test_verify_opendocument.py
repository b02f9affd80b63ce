"""ODTs with the words released in which two are called alike, or stand where one may: some program takes the other.

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

from desk import clause
from paraph.proof.odt import read
from paraph.workflow.releases.verify import verify
from rehearsal import FILES, LETTER
from site_world import ARABIC
from test_verify import Released, adopted, in_zip, read_here

SOFFICE = shutil.which("soffice")
MORE = {
    **ARABIC,
    **clause("hello", "Dear All", "Madame, Monsieur", kind="salutation"),
    **clause("writing", "We write to you", "Nous vous écrivons", kind="paragraph"),
    "statements/letters/dear.yml": re.sub(r"values:.*?\n(?=sections)", "", LETTER, flags=re.DOTALL)
    .replace("id: rehearsal", "id: dear")
    .replace("[detention, schooling]", "[writing]"),
}
STRUCK = '<style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/>'
WHITE = '<style:text-properties fo:color="#ffffff"/>'
BLACK = '<style:text-properties fo:color="#000000"/>'
SIGNS = 'style:font-name-complex="Symbol1" style:font-family-complex="Symbol" style:font-charset="x-symbol"'
TWICE = "two styles of one name"
SECOND = "something that is no part of a text (a second {})"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    root = tmp_path_factory.mktemp("released")
    with adopted(root, {**FILES, **MORE}) as rehearsal:
        rehearsal.does("release rehearsal -f docx -f odt --reference AOM/2026/7 --confirm")
        for document, circulation, reference in (("dear", "c2", "D-1"), ("leaflet", "c3", "L-1")):
            rehearsal.does(f"circulate {document} --until '2027-03-01 18:00'")
            rehearsal.all_approve(circulation)
            rehearsal.does(f"close {circulation}", f"release {document} -f docx --reference {reference}")
    return Released(root, root / "releases/AOM-2026-7")


def put(part: str, pattern: str, by: str) -> Callable[[bytes], bytes]:
    """An ODT with the first that matches `pattern` in a part replaced."""

    def change(data: bytes) -> bytes:
        def one(name: str, member: bytes) -> bytes:
            if name != part:
                return member
            made, times = re.subn(pattern, by, member.decode(), count=1, flags=re.DOTALL)
            assert times, pattern
            return made.encode()

        return in_zip(data, one)

    return change


def style(name: str, looks: str = STRUCK, shown: str = "", family: str = "paragraph") -> str:
    said = f' style:display-name="{shown}"' if shown else ""
    return f'<style:style style:name="{name}"{said} style:family="{family}">{looks}</style:style>'


def last(one: str) -> Callable[[bytes], bytes]:
    return put("styles.xml", "</office:styles>", f"{one}</office:styles>")


def first(one: str) -> Callable[[bytes], bytes]:
    return put("styles.xml", "<office:styles>", f"<office:styles>{one}")


def own(one: str) -> Callable[[bytes], bytes]:
    return put("content.xml", "</office:automatic-styles>", f"{one}</office:automatic-styles>")


def master(said: str) -> Callable[[bytes], bytes]:
    one = f'<style:master-page {said} style:page-layout-name="Mpm1"/></office:master-styles>'
    return put("styles.xml", "</office:master-styles>", one)


def levels(*those: str) -> str:
    said = "".join(f'<text:list-level-style-number text:level="1" style:num-format="{one}"/>' for one in those)
    return f'<text:list-style style:name="X">{said}</text:list-style>'


FACE = '<style:font-face style:name="Arial" svg:font-family="Wingdings"/></office:font-face-decls>'
TAMPERED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    **{
        f"{what}, {where.__name__}": (where(style(name, shown=shown)), told)
        for where in (first, last)
        for what, name, shown, told in (
            ("a style that is shown as another is called", "zz", "prose", "a style with two names (zz, prose)"),
            ("a style that is shown as a heading", "zh", "Heading 2", "a style with two names (zh, Heading 2)"),
            ("two, but for the case", "Prose", "", TWICE),
            ("two, but for how a space is written", "Heading 2", "", TWICE),
            ("two, but for how a letter is written", "Heading_20__32_", "", TWICE),
            ("two, but for a space", "Heading2", "Heading 2", TWICE),
            ("one as LibreOffice shows its own", "Default Paragraph Style", "", "a style of no words that hides them"),
        )
    },
    "one in white as LibreOffice shows its own": (
        last(style("Default Paragraph Style", WHITE)),
        "(Default Paragraph Style): text that nobody can see (its colour)",
    ),
    "a style of the text called as one of all": (own(style("prose")), TWICE),
    "a page style that is shown as another is called": (master('style:name="Z" style:display-name="Standard"'), TWICE),
    "two page styles but for the case": (master('style:name="standard"'), TWICE),
    "two fonts of one name, in two parts": (put("content.xml", "</office:font-face-decls>", FACE), TWICE),
    "two usual styles": (
        put(
            "styles.xml",
            '<style:default-style style:family="paragraph">',
            rf'<style:default-style style:family="paragraph">{STRUCK}</style:default-style>\g<0>',
        ),
        TWICE,
    ),
    "two first levels of a list": (own(levels("1", "A")), TWICE),
    "two looks of a style": (
        own(style("X", WHITE + BLACK, family="text")),
        SECOND.format("style:text-properties in style:style"),
    ),
    "two measures of a page": (
        put("styles.xml", "<style:page-layout-properties", r"<style:page-layout-properties/>\g<0>"),
        SECOND.format("style:page-layout-properties in style:page-layout"),
    ),
    **{
        f"two of {kind}, {place}": (
            put("styles.xml", r"<style:footer>.*?</style:footer>", by.format(kind=kind)),
            SECOND.format(f"style:{kind} in style:master-page"),
        )
        for kind in ("header", "footer", "footer-left", "footer-first")
        for place, by in (
            ("in front", r"<style:{kind}><text:p/></style:{kind}><style:{kind}><text:p>x</text:p></style:{kind}>\g<0>"),
            ("behind", r'\g<0><style:{kind}/><style:{kind} style:display="false"/>'),
        )
    },
    "two signs of a note": (
        put(
            "content.xml",
            "</office:text>",
            "<text:p><text:note><text:note-citation>1</text:note-citation><text:note-citation>2</text:note-citation>"
            "<text:note-body/></text:note></text:p></office:text>",
        ),
        SECOND.format("text:note-citation in text:note"),
    ),
    "two texts": (
        put("content.xml", "</office:text>", "</office:text><office:text/>"),
        SECOND.format("office:text in office:body"),
    ),
}  # fmt: skip
"""What is otherwise in the file, and what is said of it."""


@pytest.mark.parametrize("what", TAMPERED)
def test_what_stands_twice_is_named(released: Released, what: str) -> None:
    changed, told = TAMPERED[what]
    data = released.bytes("rehearsal.en.odt")
    assert not read(data).oddities
    assert told in "\n".join(read(changed(data)).oddities)


def test_a_file_in_which_something_stands_twice_is_altered(released: Released, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.odt" for number in range(2)]
    maker = rb"<meta:generator>LibreOffice/7.4</meta:generator>"
    for path, what in zip(paths, ("two usual styles", "two of footer, behind"), strict=True):
        made = TAMPERED[what][0](released.bytes("rehearsal.en.odt"))
        path.write_bytes(in_zip(made, lambda _, one: re.sub(rb"<meta:generator>.*?</meta:generator>", maker, one)))
    with read_here():
        assert [str(one.verdict) for one in verify(released.root, paths)] == ["altered", "altered"]


@pytest.mark.parametrize(
    "changed",
    [
        last(style("zz", BLACK, shown="Z z")),
        last(style("Zz_20_z", BLACK, shown="Zz z")),
        own(style("X", BLACK) * 2),
        last(style("Paraph House Gap", '<style:text-properties fo:font-size="1pt"/>')),
        last(levels("1").replace('"X"', '"prose"')),
        put("content.xml", "<office:text[^>]*>", r'\g<0><text:tracked-changes text:track-changes="true"/>'),
        last(style("ListLabel_20_1", f"<style:text-properties {SIGNS}/>", shown="ListLabel 1", family="text")),
        last(
            levels("").replace(
                "/></text:list-style",
                f"><style:text-properties {SIGNS}/></text:list-level-style-number></text:list-style",
            )
        ),
    ],
)
def test_what_honest_files_have(released: Released, changed: Callable[[bytes], bytes]) -> None:
    assert not read(changed(released.bytes("rehearsal.en.odt"))).oddities


@pytest.mark.parametrize(
    ("inside", "odd"), [("<draw:frame><svg:desc>Yes</svg:desc></draw:frame>", False), ("Yes", True)]
)
def test_what_a_picture_on_a_dark_ground_is_called(released: Released, inside: str, odd: bool) -> None:
    """No page shows it."""
    dark = own(style("X", '<style:paragraph-properties fo:background-color="#000000"/>'))
    words = put("content.xml", "</office:text>", f'<text:p text:style-name="X">{inside}</text:p></office:text>')
    found = read(dark(words(released.bytes("rehearsal.en.odt")))).oddities
    assert ("text that nobody can see (its colour)" in found) is odd


def test_letters_of_a_font_of_signs_by_what_it_says_of_itself(released: Released) -> None:
    look = own(style("X", '<style:text-properties style:font-charset="x-symbol"/>', family="text"))
    words = put("content.xml", "detained", '<text:span text:style-name="X">detained</text:span>')
    assert "signs in place of letters (its font)" in read(look(words(released.bytes("rehearsal.en.odt")))).oddities


@pytest.mark.parametrize("kind", ["text:change", "text:change-start", "text:change-end"])
def test_a_mark_of_a_change_that_no_list_of_them_has(released: Released, kind: str) -> None:
    data = put("content.xml", "detained", f'<{kind} text:change-id="x"/>detained')(released.bytes("rehearsal.en.odt"))
    assert "tracked changes" in read(data).oddities


CONTENT = "content.xml"
ELSEWHERE = "it holds a text box that stands elsewhere than one released"
ANYWHERE = "it holds a text box, which may stand anywhere"
OTHER = "it holds a picture or an object"
BOX = r'<draw:frame draw:style-name="fr1"(?=.*?<draw:text-box).*?</draw:frame>'


def other_picture(data: bytes) -> bytes:
    return in_zip(data, lambda name, one: one + b"\0" if name.startswith("Pictures/") else one)


DRAWN: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "another picture": ("leaflet.en", other_picture, "it holds a picture ("),
    "a picture over words": ("leaflet.en", put(CONTENT, '"as-char"', '"paragraph"'), OTHER),
    "a picture that is drawn higher": ("leaflet.en", put(CONTENT, '"as-char"', '"as-char" svg:y="-3in"'), OTHER),
    "a picture as large as a page": ("leaflet.en", put(CONTENT, 'svg:height="[^"]*"', 'svg:height="9in"'), OTHER),
    "a picture in other colours": ("leaflet.en", put(CONTENT, 'inversion="false"', 'inversion="true"'), OTHER),
    "a picture that is cut": ("leaflet.en", put(CONTENT, r'fo:clip="rect\(0in', 'fo:clip="rect(1in'), OTHER),
    "a picture from elsewhere": (
        "leaflet.en",
        put(CONTENT, '"Pictures/[^"]*"', '"https://example.org/x.png"'),
        "something from elsewhere",
    ),
    "a picture with another in its place": (
        "leaflet.en",
        put(CONTENT, "(<draw:image [^>]*/>)", r"\1\1"),
        OTHER,
    ),
    "a box at another place": ("dear.en", put(CONTENT, 'svg:y="[^"]*"', 'svg:y="5in"'), ELSEWHERE),
    "a narrow box": ("dear.en", put(CONTENT, '(svg:y="[^"]*" svg:width=)"[^"]*"', r'\1"0.3in"'), ELSEWHERE),
    "two boxes at one place": ("dear.en", put(CONTENT, BOX, r"\g<0>\g<0>"), ELSEWHERE),
    "a box over words": ("dear.en", put(CONTENT, 'style:wrap="none"', 'style:wrap="run-through"'), ANYWHERE),
    "a box that stands where words do": (
        "dear.en",
        put(CONTENT, 'style:vertical-rel="page"', 'style:vertical-rel="paragraph"'),
        ANYWHERE,
    ),
    "a box that is cut": ("dear.en", put(CONTENT, "fo:min-height=", "fo:max-height="), "text-box with fo:max-height"),
    "what is no part of a text in a box": (
        "dear.en",
        put(CONTENT, "</draw:text-box>", "<text:p><text:number>not</text:number></text:p></draw:text-box>"),
        "a field that a program fills in (number)",
    ),
}  # fmt: skip


@pytest.mark.skipif(not (SOFFICE or os.environ.get("CI")), reason="LibreOffice is not installed")
def test_a_letter_and_a_leaflet_saved_by_libreoffice(released: Released, tmp_path: Path) -> None:
    """The same words: the address has a box of its own, and the pictures are those released."""
    sources = {"dear.en": "D-1", "leaflet.en": "L-1", "leaflet.malta.en": "L-1", "rehearsal.ar": "AOM-2026-7"}
    sources |= {"dear.en-fr": "D-1", "leaflet.en-fr": "L-1"}
    for name, folder in sources.items():
        shutil.copy(released.root / "releases" / folder / f"{name}.docx", tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "odt", "--outdir", "made"]
    files = [f"{name}.docx" for name in sources]
    subprocess.run([*command, *files], cwd=tmp_path, check=True, capture_output=True, timeout=240)
    honest = [tmp_path / "made" / f"{name}.odt" for name in sources]
    changed = [tmp_path / f"{number}.odt" for number in range(len(DRAWN))]
    for path, (name, change, _) in zip(changed, DRAWN.values(), strict=True):
        path.write_bytes(change((tmp_path / "made" / f"{name}.odt").read_bytes()))
    with read_here():
        found = verify(released.root, [*honest, *changed])
    assert [(one.path.name, str(one.verdict)) for one in found[: len(honest)]] == [
        (one.name, "same-words") for one in honest
    ], found
    for one, (what, (_, _, told)) in zip(found[len(honest) :], DRAWN.items(), strict=True):
        assert (what, str(one.verdict)) == (what, "altered"), one
        assert told in "\n".join(one.changes), (what, one.changes)
