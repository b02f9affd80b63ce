"""Nodes to Markdown: what was parsed is written so that it parses to the same again."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from paraph.library.load import load
from paraph.markup import canonical, character_problems
from paraph.markup.parse import parse
from paraph.markup.write import write
from paraph.model.text import Emphasis, Line, LineKind, Text
from paraph.starter import starter

ROUNDS = int(os.environ.get("PARAPH_TEST_EXCHANGE", "25")) * 8
_PARTS = st.sampled_from(
    ["a", "b c ", "*", "**", "_", "[", "]", "(term:x)", "(https://e.org/a_b)", "(clause:c)", "{lang=fr}", "\n", "\n\n",
     "- ", "1. ", "  ", "   ", "> ", "{{ country.of }}", "\\", "\\\n", "!", "<", "&amp;", "#", "=", "---", "é", "طفل",
     "*em* ", "**st** ", "[w](term:x)", "[^1]\n\n[^1]: note *x*", "1) ", "^", "https://a.b/c", "\\*", "\\{", "~~~"]
)  # fmt: skip


def _bare(lines: tuple[Line, ...]) -> list[Line]:
    return [replace(line, at=0) for line in lines]


@given(st.lists(_PARTS, min_size=1, max_size=12).map("".join))
@settings(deadline=None, max_examples=ROUNDS)
def test_what_parses_is_written_and_parses_to_the_same(text: str) -> None:
    lines, problems = parse(canonical(text))
    assume(lines and not problems)
    try:
        written = write(lines)
    except ValueError:
        assert "\\" in text or "*" in text or "_" in text  # marks inside words, or a backslash before two spaces
        return
    assert written == canonical(written)
    assert _bare(parse(written)[0]) == _bare(lines)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Cf", "Zl", "Zp", "Zs")), min_size=1))
@settings(deadline=None, max_examples=ROUNDS)
def test_any_words_can_be_written(text: str) -> None:
    words = Text(canonical(text))
    assume(words.text and not character_problems(words.text))
    lines = (Line(LineKind.PARAGRAPH, (words,)),)
    assert _bare(parse(write(lines))[0]) == list(lines)


def test_emphasis_inside_a_word_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="no Markdown"):
        write((Line(LineKind.PARAGRAPH, (Text("un"), Emphasis((Text("happ"),)), Text("y"))),))


def test_every_shipped_text_is_written_as_it_stands() -> None:
    """But for a blank line before a list inside an item."""
    library, _ = load(starter())
    assert library is not None
    texts = [text for clause in library.clauses.values() for text in clause.texts.values()]
    assert sum(write(text.lines) == text.text for text in texts) >= len(texts) - 8
    assert all(_bare(parse(write(text.lines))[0]) == _bare(text.lines) for text in texts)
