"""Terms are found as a slow matcher finds them that tries every term at every word; inflected, in each language."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paraph.glossary.inflection import entries, readings
from paraph.glossary.keys import WORD
from paraph.glossary.matching import Matcher
from paraph.model.concept import Concept, Term, TermStatus
from paraph.model.finding import Source

WORDS = {
    "en": "lens lense Lenses axe ax axes axis man men manes party parties partie hot-spot hot-spots ibex menu menus"
    " tahini tahinis corpse corps corpses",
    "ar": "لاجئ اللاجئ للاجئ لاجئين واللاجئين طفل طفلة أطفال الأطفال والأطفال طفلاً حماية حمايتهم بحماية الحماية",
    "tr": "İnsan insan ınsan IŞIK ışık işık ülke Ülke",
    "mk": "дете детето деца децата право правото права правата",
}


def concept(number: int, *terms: str, **more: tuple[str, ...]) -> Concept:
    return Concept(
        id=f"c{number}",
        domain="",
        definition={},
        terms={"xx": tuple(Term(term=term, status=TermStatus.PREFERRED, **more) for term in terms)},
        origin="",
        certainty="",
        notes="",
        source=Source(file=""),
    )


def matcher(language: str, concepts: list[Concept]) -> Matcher:
    made = [
        Concept(
            **{name: getattr(one, name) for name in ("id", "domain", "definition", "origin", "certainty", "notes")},
            terms={language: one.terms["xx"]},
            source=one.source,
        )
        for one in concepts
    ]
    return Matcher.of(made, language)


def slowly(language: str, concepts: list[Concept], text: str, everything: bool = False) -> list[tuple[int, int, str]]:
    """Every term at every word; unless `everything`, the leftmost, and of those the longest."""
    words = [(match.span(), {reading for reading, _ in readings(match[0], language)}) for match in WORD.finditer(text)]
    terms = [
        (
            one.id if words_ in (term.term, *term.forms) else "",
            [set(entries(w, language)) for w in WORD.findall(words_)],
        )
        for one in concepts
        for term in one.terms["xx"]
        for words_ in (term.term, *term.forms, *term.exceptions)
    ]
    found, at = set(), 0
    while at < len(words):
        here = [
            (len(strings), id_)
            for id_, strings in terms
            if len(strings) <= len(words) - at and all(words[at + n][1] & wanted for n, wanted in enumerate(strings))
        ]
        longest = max((length for length, _ in here), default=0)
        for length, _ in here:
            same = {id_ for other, id_ in here if other == length}
            if "" not in same and (everything or length == longest):
                found.add((words[at][0][0], words[at + length - 1][0][1]))
        at += 1 if everything or not longest else longest
    return sorted(found)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[str], str]:
    language = draw(st.sampled_from(sorted(WORDS)))
    words = WORDS[language].split()
    phrase = st.lists(st.sampled_from(words), min_size=1, max_size=3).map(" ".join)
    terms = draw(st.lists(phrase, min_size=1, max_size=5, unique=True))
    text = draw(st.lists(st.sampled_from([*words, "und", ",", "«", "x-y"]), max_size=14).map(" ".join))
    return language, terms, text


@settings(deadline=None)
@given(texts())
@example(("en", ["lens", "big lense"], "big lenses, lenses"))
@example(("en", ["ax x", "axe y", "axis"], "axes x axes y axes"))
def test_what_a_slow_matcher_finds(case: tuple[str, list[str], str]) -> None:
    language, terms, text = case
    concepts = [concept(number, term) for number, term in enumerate(terms)]
    fast = matcher(language, concepts)
    assert [(one.start, one.end) for one in fast.find(text)] == slowly(language, concepts, text)
    every = sorted({(one.start, one.end) for one in fast.find(text, overlapping=True)})
    assert every == slowly(language, concepts, text, everything=True)


def test_many_doubtful_words_together() -> None:
    """Each of four words may be two; all sixteen ways are tried."""
    pairs = (("lens", "lense"), ("corps", "corpse"), ("ax", "axe"), ("menu", "menus"))
    for chosen in product(*pairs):
        concepts = [concept(0, " ".join(chosen)), *(concept(1 + n, *pair) for n, pair in enumerate(pairs))]
        found = matcher("en", concepts).find("of lenses corpses axes menus here")
        assert [(one.start, one.end, one.concept) for one in found] == [(3, 28, "c0")], chosen


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "unaccompanied child", "Unaccompanied children"),
        ("en", "best interests of the child", "best interests of the child"),
        ("fr", "droit de l’enfant", "les droits des enfants"),
        ("fr", "enfant non accompagné", "l’enfant non accompagnée"),
        ("fr", "lieu de privation de liberté", "aux lieux de privation de liberté"),
        ("es", "interés superior del niño", "el interés superior de los niños"),
        ("es", "tutor", "una tutora"),
        ("ar", "لاجئ", "وللاجئين"),
        ("ar", "أماكن الحرمان من الحرية", "في اماكن الحرمان من الحريّة"),
        ("tr", "ışık", "IŞIK"),
        ("it", "minore non accompagnato", "minori non accompagnati"),
        ("mk", "дете", "детето"),
    ],
)
def test_a_term_is_found_in_its_forms(language: str, term: str, text: str) -> None:
    (found,) = matcher(language, [concept(0, term)]).find(text)
    assert found.concept == "c0"


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "minor", "minority"),
        ("fr", "réserve", "réserver"),
        ("tr", "ışık", "işık"),
        ("ar", "أم", "أمن"),
        ("en", "child", "childhood"),
    ],
)
def test_other_words_are_not_its_forms(language: str, term: str, text: str) -> None:
    assert matcher(language, [concept(0, term)]).find(text) == ()


def test_phrases_that_mean_something_else_are_left_out() -> None:
    made = matcher("en", [concept(0, "minor", exceptions=("minor offence",))])
    assert [one.start for one in made.find("a minor offence of a minor")] == [21]
