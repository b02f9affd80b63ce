"""Many texts at once: what is found in each of them is what is found in it alone, in every script."""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paraph.glossary import matching, token_arrays, word_meanings
from paraph.glossary.edge_table import Edges
from paraph.glossary.matching import Match
from paraph.glossary.token_arrays import EIGHT, cut
from paraph.glossary.tokens import WORD, carefully
from test_matching import GAPS, WORDS, concept, made_up, matcher

LANGUAGES = {
    **WORDS,
    "fr": "droit droits enfant enfants l d du des de la aux mineure mineur mineurs œuvre Œuvres national nationaux"
    " nationale État ÉTATS lobbies été",
    "es": "niño niños niña tutor tutora tutores interés intereses del de el la los nación naciones",
    "it": "minore minori accompagnato accompagnati non",
}
STRANGE = (
    "x" * 70,
    "ß",
    "STRASSE",
    "Straße",
    "ﬁn",
    "e\u0301te\u0301",
    "\u0301",
    "İI",
    "a-",
    "--",
    "hot\u2010spot",
    "hot\u2011spot",
    "\ud800",
    "𝒜𝒷",
    "中文",
    "UNHCR",
    "UNHCRs",
    "unhcrs",
    "\0",
    "_",
    "٣٤",
    "x\u200db",
)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_MUCH", 0)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[str], list[str], list[str]]:
    """A language, terms, phrases in which they mean something else, texts."""
    language = draw(st.sampled_from(sorted(LANGUAGES)))
    words = st.sampled_from([*LANGUAGES[language].split(), *STRANGE[:20]])
    phrases = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda one: carefully(one)[0])
    terms = draw(st.lists(phrases, min_size=1, max_size=6, unique=True))
    others = draw(st.lists(phrases, max_size=2))
    said = st.one_of(st.sampled_from([*terms, *LANGUAGES[language].split(), *STRANGE]), st.text(max_size=5))
    pieces = st.tuples(st.sampled_from(GAPS), said).map("".join)
    texts = st.lists(pieces, max_size=12).map("".join)
    return language, terms, others, draw(st.lists(texts, max_size=4))


@settings(deadline=None, max_examples=int(os.environ.get("PARAPH_MATCHES", "200")))
@given(cases(), st.booleans(), st.sampled_from((1, 40, 1 << 19)))
@example(("en", ["lens", "lense"], [], ["big lenses", "", "lenses"]), False, 1)
@example(("fr", ["le", "droit de le enfant"], [], ["aux droits de l’enfant", "du", "droits des enfants"]), True, 40)
@example(("it", ["minore", "minore, minore"], [], ["minore , minore", "minore, minore", "minore… «minore"]), False, 1)
@example(("en", ["x" * 64, "x" * 65, "x" * 8, "x" * 9], [], [" ".join("x" * n for n in range(66))]), False, 40)
def test_as_one_by_one(case: tuple[str, list[str], list[str], list[str]], overlapping: bool, most: int) -> None:
    language, terms, others, texts = case
    fast = matcher(language, [concept(n, one, exceptions=tuple(others)) for n, one in enumerate(terms)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(token_arrays, "_MOST", most)
        found = [*fast.find_each(texts, overlapping=overlapping)]
    assert found == [fast.find(text, overlapping=overlapping) for text in texts]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.text(st.one_of(st.sampled_from("ab-\u2010 \n.,\u0301é"), st.characters()), max_size=20), max_size=3))
def test_words_are_cut_alike(texts: list[str]) -> None:
    block = cut(texts)
    cut_here = [(block.word(n).decode("utf-8", "surrogatepass"), bool(block.parted[n])) for n in range(len(block.at))]
    expected: list[tuple[str, bool]] = []
    for text in texts:
        words, _ = carefully(text)
        before = bool(expected)
        for word in words:
            if word:
                expected.append((word, before))
            before = not word
    assert cut_here == expected


def test_every_character_is_what_the_expression_says() -> None:
    for code, kind in enumerate(token_arrays.kinds_of_characters().tolist()):
        one = chr(code)
        assert (kind == 1) == (WORD.match(one) is not None), hex(code)
        assert (kind == 3) == one.isspace(), hex(code)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0, 1, 2**64 - 1, 2**63, 7])), max_size=40))
def test_edges_are_a_table(edges: list[tuple[int, int]]) -> None:
    made, known = Edges(), dict[tuple[int, int], int]()
    nodes, symbols = np.array([one for one, _ in edges], int), np.array([one for _, one in edges], np.uint64)
    assert not made.follow(nodes, symbols).any()
    for edge, to in zip(edges, made.add(nodes, symbols).tolist(), strict=True):
        assert known.setdefault(edge, to) == to > 0
    assert len(set(known.values())) == len(known)
    assert made.follow(nodes, symbols).tolist() == [known[edge] for edge in edges]


def test_edges_stay_as_the_table_grows() -> None:
    made = Edges()
    symbols = np.arange(50_000, dtype=np.uint64) << np.uint64(40)  # alike in their lowest bits
    nodes = np.zeros(len(symbols), int)
    first = made.add(nodes[:100], symbols[:100])
    every = made.add(nodes, symbols)
    assert (every[:100] == first).all()
    assert len({*every.tolist()}) == len(symbols)
    assert (made.follow(nodes, symbols) == every).all()


def test_what_was_seen_is_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_meanings, "_MOST_SEEN", 20)
    monkeypatch.setattr(token_arrays, "_MOST", 50)
    texts = [f"the {n}th lens of {n}" for n in range(100)]
    fast = matcher("en", [concept(0, "lens")])
    assert [*fast.find_each(texts)] == [fast.find(text) for text in texts]


def test_words_that_differ_late_are_told_apart() -> None:
    long = "a" * (EIGHT * 3)
    fast = matcher("en", [concept(0, f"{long}b"), concept(1, long)])
    found = [*fast.find_each([f"{long}b {long}c {long} {long[1:]}"])]
    assert [one.concept for one in found[0]] == ["c0", "c1"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_bench_is_found_alike(language: str) -> None:
    made, fast = made_up(3000, 200_000, language)
    assert [*fast.find_each(made.lines)] == [fast.find(line) for line in made.lines]


def test_few_texts_need_no_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_MUCH", 1_000_000)
    fast = matcher("en", [concept(0, "lens")])

    def unused(_: object) -> Iterator[tuple[Match, ...]]:
        raise AssertionError

    monkeypatch.setattr(token_arrays, "blocks", unused)
    assert [*fast.find_each(iter(["a lens", "none"]))] == [fast.find("a lens"), ()]


def test_no_terms() -> None:
    assert [*matcher("en", []).find_each(["a", "b"])] == [(), ()]
