"""DOCX before outside judges: the Open XML SDK's validator, and LibreOffice, which opens it and prints it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

import samples
from judges import assert_parted, errors
from paraph.errors import RenderError
from paraph.model.document import Edition
from paraph.model.text import Inline, Paragraph
from paraph.render.docx.document import render
from paraph.render.docx.to_pdf import print_docx
from paraph.render.kit import Kit
from paraph.render.pandoc.document import render_odt
from paths import TEMPLATES

FORMS = ("common", "letter", "leaflet")
LANGUAGES = [(one,) for one in samples.LANGUAGES] + list(itertools.combinations(samples.LANGUAGES, 2))


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
def test_the_validator_finds_nothing(validator: str, tmp_path: Path, languages: tuple[str, ...]) -> None:
    file = tmp_path / "document.docx"
    file.write_bytes(render(samples.edition(*languages), samples.kit()))
    assert errors(validator, file) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_validator_finds_nothing_in_the_templates(validator: str, form: str) -> None:
    assert errors(validator, TEMPLATES / form / "word.docx") == []


@pytest.mark.parametrize("languages", [("en",), ("ar",), ("en", "fr")], ids="-".join)
def test_libreoffice_prints_it(soffice: str, tmp_path: Path, languages: tuple[str, ...]) -> None:
    data = print_docx(render(samples.edition(*languages), samples.kit()), soffice, tmp_path)
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
        tagged = document.is_tagged()
    finally:
        document.close()
    assert 2 <= len(pages) <= 3
    assert tagged
    if "en" in languages:
        assert "Declaration of the two" in pages[0]
        assert f"Page 2 of {len(pages)}" in pages[1]
        assert "awaiting validation" in "".join(pages)


@pytest.mark.parametrize(("language", "inlines"), samples.QUOTED.values(), ids=samples.QUOTED)
@pytest.mark.parametrize("made", [render, render_odt])
def test_quoted_words_that_run_the_other_way_stand_between_their_marks(
    soffice: str,
    tmp_path: Path,
    language: str,
    inlines: tuple[Inline, ...],
    made: Callable[[Edition, Kit], bytes],
) -> None:
    """LibreOffice printed a quotation and what is said of it as one."""
    document = samples.of_blocks(Paragraph(key="p", role="reservation", inlines=inlines), language=language)
    assert_parted(print_docx(made(Edition(documents=(document,)), samples.kit()), soffice, tmp_path), language)


def test_without_libreoffice_it_says_so() -> None:
    with pytest.raises(RenderError, match="not found") as caught:
        print_docx(b"", "no-such-program")
    assert caught.value.advice
