"""Characters that no font has: found by check with their place and name, and by the build of a PDF alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import clause, desk
from paraph.__main__ import main
from paraph.errors import GlyphError
from paraph.model.document import Edition
from paraph.model.text import Paragraph, Text
from paraph.render.pdf.document import render
from paraph.render.pdf.glyphs import missing, refused
from samples import BRAND, kit, of_blocks

CLAUSE = "statements/clauses/test/a.yml"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = clause("a", "*We* act\n\nand see 字 twice: 字", "*Nous* agissons\n\net voyons e\u0301", kind="position")
    files[CLAUSE] = files[CLAUSE].replace("en: a,", "en: 本,") + "notes: 記 is not printed\n# nor is 註\n"
    files["statements/statements/doc.yml"] = (
        "id: doc\nform: statement\ntitle: {en: On tests, fr: Des tests 😀}\nnetworks: [aom]\nlanguages: [en, fr]\n"
        "sections:\n  - id: s\n    style: prose\n    clauses: [a]\n"
    )
    monkeypatch.chdir(desk(tmp_path, files))
    return tmp_path


def test_check_says_where_and_which(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    line = (small / CLAUSE).read_text("utf-8").splitlines().index("    and see 字 twice: 字") + 1
    assert f"{CLAUSE}:{line}:1: error: no font has “字” (U+5B57 CJK UNIFIED IDEOGRAPH-5B57) [no-glyph]" in said
    assert "statements/statements/doc.yml:3:23: error: no font has “😀” (U+1F600 GRINNING FACE) [no-glyph]" in said
    assert said.count("[no-glyph]") == 2, "titles of clauses, notes and remarks are not printed"


def test_it_is_found_where_yaml_has_its_number(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = small / "statements/statements/doc.yml"
    document.write_text(document.read_text("utf-8").replace("Des tests 😀", '"Des tests \\U0001F642"'), "utf-8")
    assert main(["check"]) == 1
    assert "doc.yml:3:23: error: no font has “🙂” (U+1F642 SLIGHTLY SMILING FACE)" in capsys.readouterr().out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_pdf_is_not_built_and_says_the_same(small: Path, capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    assert main(["build", "doc", "-l", "en", "-l", "fr", "-f", "pdf", "-f", "html", "-j", jobs]) == 1
    said = capsys.readouterr()
    assert f"{CLAUSE}:" in said.err + said.out
    assert "U+5B57" in said.err + said.out
    assert not [*small.glob("build/*.pdf")]


def test_other_formats_are_built(small: Path) -> None:
    assert main(["build", "doc", "-f", "html", "-f", "docx", "-q"]) == 0
    assert "字" in (small / "build" / "doc.en.html").read_text("utf-8")


def test_what_is_found_missing_is_what_a_page_refuses() -> None:
    characters = "aé’œ€字😀𒀀عपж\u202f\u00ad\u0301\ue000ﬁ½→✓"
    lacking = missing({*characters}, BRAND)
    assert {*"字😀𒀀\ue000"} <= {*lacking}
    assert not {*"aé’œ€عж\u202f"} & {*lacking}
    assert {char for char in characters if is_refused(char)} == {*lacking}


def is_refused(char: str) -> bool:
    made = Edition(documents=(of_blocks(Paragraph(key="p", role="prose", inlines=(Text(f"a{char}b"),))),))
    try:
        render(made, kit())
    except GlyphError:
        return True
    return False


def test_escapes_of_a_message_are_read() -> None:
    message = 'the text `"\\u{e000}"` could not be displayed; the text `"a\\\\u{41}\\""` could not be displayed'
    assert refused(message) == ("\ue000", 'a\\u{41}"')
