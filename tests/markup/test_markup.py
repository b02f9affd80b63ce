"""Markdown of clauses: what it becomes, what it refuses, and that no word is lost on the way."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraph.markup import canonical, character_problems, digest
from paraph.markup.canonical import _REFUSED, _is_plain
from paraph.markup.parse import parse, parse_inline
from paraph.model.text import (
    Break,
    ClauseRef,
    Emphasis,
    LineKind,
    Link,
    Note,
    Placeholder,
    Span,
    Strong,
    TermMark,
    Text,
    plain,
)

ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""})
ADDRESS = "https://xn--e1afmkfd.com/%C3%A9"  # decoded, it would be other letters than were written


def inlines(text: str) -> tuple[object, ...]:
    found, problems = parse_inline(text)
    assert problems == ()
    return found


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("*Call upon*", Emphasis((Text("Call upon"),))),
        ("**never**", Strong((Text("never"),))),
        ("[the page](https://example.org/a?b=c&d)", Link("https://example.org/a?b=c&d", (Text("the page"),))),
        ("[children](term:child)", TermMark("child", (Text("children"),))),
        ("[](clause:no-child-detention)", ClauseRef("no-child-detention")),
        ("[regroupement]{lang=fr}", Span("fr", (Text("regroupement"),))),
        ("{{ country.of }}", Placeholder("country", "of")),
        ("{{date}}", Placeholder("date")),
        ("a <b> &amp; `c` {_{ {% if %}", Text("a <b> &amp; `c` {_{ {% if %}")),
        (r"\{\{ not a value \}\}", Text("{{ not a value }}")),
        ("one  two\nthree", Text("one two three")),
        ("2 * 3 * 4, snake_case_word", Text("2 * 3 * 4, snake_case_word")),
        (f"<{ADDRESS}>", Link(ADDRESS, (Text(ADDRESS),))),
    ],
)
def test_what_an_inline_becomes(text: str, node: object) -> None:
    assert inlines(text) == (node,)


def test_a_backslash_at_the_end_of_a_line_breaks_it() -> None:
    assert inlines("one\\\ntwo") == (Text("one"), Break(), Text("two"))


def test_a_footnote_stands_where_it_is_called() -> None:
    lines, problems = parse("Said[^a] so\n\n[^a]: In *1989*.")
    assert problems == ()
    note = Note("a", (Text("In "), Emphasis((Text("1989"),)), Text(".")))
    assert lines[0].inlines == (Text("Said"), note, Text(" so"))


def test_lists_are_flat_lines_with_levels() -> None:
    lines, problems = parse("opening:\n\n1. a\n\n   more of a\n2. b\n   - deep\n\n> quoted\n\nclosing")
    assert problems == ()
    assert [(line.kind, line.level, line.ordinal, plain(line.inlines)) for line in lines] == [
        (LineKind.PARAGRAPH, 0, 0, "opening:"),
        (LineKind.ORDERED, 0, 1, "a"),
        (LineKind.PARAGRAPH, 1, 0, "more of a"),
        (LineKind.ORDERED, 0, 2, "b"),
        (LineKind.BULLET, 1, 0, "deep"),
        (LineKind.QUOTE, 0, 0, "quoted"),
        (LineKind.PARAGRAPH, 0, 0, "closing"),
    ]


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("one\n\n# Heading", "markup-refused", 2),
        ("```\ncode\n```", "markup-refused", 0),
        ("one\n\n---\n\ntwo", "markup-refused", 2),
        ("![alt](https://example.org/x.png)", "markup-refused", 0),
        ("[x](javascript:alert)", "link-scheme", 0),
        ("[](https://example.org)", "link-empty", 0),
        ("[](term:child)", "link-empty", 0),
        ("a" * 30_001, "markup-refused", 0),
        ('[x](https://example.org "title")', "link-title", 0),
        ("[x]{class=loud}", "span-language", 0),
        ("{{ Country }}", "placeholder-malformed", 0),
        ("{{ country.upper }}", "placeholder-form", 0),
        ("said[^z]", "footnote-missing", 0),
        ("said\n\n[^z]: never called", "footnote-unused", 0),
        ("a[^n] b[^n]\n\n[^n]: once", "footnote-twice", 0),
        ("a[^n]\n\n[^n]: one\n\n    two", "footnote-long", 4),
        ("a[^n]\n\n[^n]: one\n\n[^n]: two", "footnote-twice", 4),
        ("3. starts at three", "list-start", 0),
        ("1989. a year", "list-start", 0),
        ("1. by the end of\n2030. a year", "list-start", 1),
        ("1. one\n1. two\n5. five", "list-start", 2),
        ("1. one\n1) two", "list-start", 1),
        ("kept\n\n" + "> " * 60 + "lost", "markup-refused", 2),
        ("*" * 400 + "a" + "*" * 400, "markup-refused", 0),
        ("2*3*4", "markup-refused", 0),
        ("** never **", "markup-refused", 0),
        ("[children](term: child)", "markup-refused", 0),
        ("[children](term:child){lang=fr}", "markup-refused", 0),
        ("one\n\ntwo\x07", "control-character", 2),
        ("evil \u202etxet", "bidi-control", 0),
        ("soft\u00adhyphen", "invisible-character", 0),
        ("\ufdd0", "no-character", 0),
        ("\u00a0edge", "space-at-edge", 0),
    ],
)
def test_what_is_refused(text: str, rule: str, line: int) -> None:
    assert (rule, line) in [(problem.rule, problem.line) for problem in parse(text)[1]]


def test_a_title_is_one_paragraph() -> None:
    assert [problem.rule for problem in parse_inline("one\n\ntwo")[1]] == ["one-paragraph"]


@given(st.text(st.characters(categories=("L", "N", "Zs")) | st.sampled_from("a1 _*."), max_size=12))
def test_words_alone_are_read_as_what_markdown_makes_of_them(text: str) -> None:
    lines, problems = parse(text)
    if not problems and len(lines) == 1:
        assert parse_inline(text) == (lines[0].inlines, ())
    else:
        assert parse_inline(text)[1] or not text.strip()


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Cf", "Zl", "Zp"), exclude_characters="\u00ad"))
)
def test_escaped_text_is_printed_as_written(text: str) -> None:
    written = " ".join(canonical(text).split())
    found, problems = parse(written.translate(ESCAPED))
    assert problems == ()
    assert "".join(plain(line.inlines) for line in found) == written


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    lines, problems = parse(canonical(text))
    assert lines or problems or not canonical(text).strip()


@given(st.text())
def test_the_canonical_form_is_final(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@given(st.text(min_size=1), st.integers(min_value=0), st.characters(exclude_categories=("Cs",)))
def test_one_other_character_is_another_digest(text: str, position: int, character: str) -> None:
    position %= len(text)
    other = text[:position] + character + text[position + 1 :]
    assert (digest(text) == digest(other)) == (canonical(text) == canonical(other))


def test_arabic_letters_and_joiners_are_ordinary() -> None:
    assert character_problems("الأطفال، می\u200cخواهم 👩\u200d👧") == ()


def test_what_is_refused_is_never_taken_for_plain() -> None:
    """Of all code points: what is told at once of nearly every text holds for each."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    refused = {char for _, pattern, _ in _REFUSED for char in pattern.findall(every)}
    assert len(refused) > 130_000
    assert not [char for char in refused if _is_plain(f"une\u00a0nuit\n{char}")]
