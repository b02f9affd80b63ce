"""Hostile text in a PDF: it comes back as written, or a glyph is missing and the build says so; never anything else."""

from __future__ import annotations

import functools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paraph.errors import RenderError
from paraph.markup.canonical import canonical, character_problems
from paraph.model.document import Edition
from paraph.model.text import Emphasis, Inline, Isolate, Link, Paragraph, Span, Strong, Text
from paraph.render.kit import Kit
from paraph.render.pdf.compare import differences
from paraph.render.pdf.document import render
from samples import BRAND, kit, of_blocks

MARKUP = "#$*_`@<>[]{}\\/=-+~'\"&%;:!?.,|^()«»…–—“”‘’°№§©€\u00a0\u202f"
LATIN = st.text(alphabet=st.characters(codec="latin-1", categories=("L", "N", "P", "S", "Z")), max_size=30)
ARABIC_LETTER = st.tuples(
    st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"), st.sampled_from(["", "", "", "ّ", "َّ", "ً", "ُ", "ِ", "ْ"])
).map("".join)
ARABIC = st.lists(st.one_of(ARABIC_LETTER, st.sampled_from(" ،؛؟.() 0123456789٠١٢٣٤%/-")), max_size=30).map("".join)
ANY = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=12)
MARKED = st.lists(
    st.tuples(st.sampled_from("ab1 .:-)ابةي،؆۝"), st.text(alphabet="ٌَّٰ́̈̋ٓٔ⃝ؐۖ‌‍", max_size=3)).map("".join), max_size=8
).map("".join)
HOSTILE = st.one_of(
    LATIN,
    ARABIC,
    ANY,
    MARKED,
    st.text(alphabet=MARKUP + "ab א0", max_size=20),
    st.sampled_from(
        ["#panic()", "{{ x }}", "{% if %}", '#eval("1")', "</w:t>", "$ x $", "// no", "/* no */", "\\u{41}"]
    ),
)


@functools.cache
def materials() -> Kit:
    return kit()


def clean(text: str) -> str:
    text = " ".join(canonical(text).split())
    return "" if character_problems(text) else text


def run(text: str, how: int) -> Inline:
    inner: tuple[Inline, ...] = (Text(text),)
    return (
        Text(text),
        Emphasis(inner),
        Strong(inner),
        Span("ar", inner),
        Span("en", inner),
        Isolate(inner),
        Link("https://example.org", inner),
    )[how]


RUNS = st.lists(st.tuples(HOSTILE.map(clean).filter(bool), st.integers(0, 6)), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(language=st.sampled_from(["en", "ar"]), paragraphs=st.lists(RUNS, min_size=1, max_size=4))
def test_hostile_text_is_printed_as_written_or_refused(language: str, paragraphs: list[list[tuple[str, int]]]) -> None:
    """Beside what runs the other way, and is isolated, the order of a PDF may not tell what stands first: that is a
    difference, and the build refuses the text."""
    made = Edition(
        documents=(
            of_blocks(
                *(
                    Paragraph(key=str(n), role="prose", inlines=tuple(run(*one) for one in runs))
                    for n, runs in enumerate(paragraphs)
                ),
                language=language,
            ),
        )
    )
    isolated = (3,) if language == "en" else (4, 5)
    try:
        found = differences(render(made, materials()), made, BRAND)
        assert found is None or any(how in isolated for runs in paragraphs for _, how in runs)
    except RenderError as refused:
        assert re.search("no font has a glyph for|cannot be read back|typst crashed", refused.message)  # noqa: PT017


@pytest.mark.parametrize(
    "text", ["#panic()", "*a* _b_ `c`", "$x^2$ // /* */", "\\u{41} #{1}", "a  b\u00a0c", "<label> @ref"]
)
def test_typst_markup_is_text(text: str) -> None:
    made = Edition(documents=(of_blocks(Paragraph(key="p", role="prose", inlines=(Text(text),))),))
    assert differences(render(made, materials()), made, BRAND) is None
