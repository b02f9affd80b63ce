"""Terms are found as a slow matcher finds them that tries every term at every word; inflected, in each language."""

from __future__ import annotations

import os
from itertools import product

import pytest
from bench.termbase import Made, make
from bench.terms import exact, listed
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paraph.glossary import inflection
from paraph.glossary.inflection import entries, readings
from paraph.glossary.matching import Matcher, is_acronym
from paraph.glossary.tokens import WORD
from paraph.model.concept import Concept, Term, TermStatus, alternatives
from paraph.model.finding import Source

WORDS = {
    "en": "lens lense Lenses axe ax axes axis man men manes party parties partie hot-spot hot-spots ibex menu menus"
    " tahini tahinis corpse corps corpses",
    "ar": "لاجئ اللاجئ للاجئ لاجئين واللاجئين طفل طفلة أطفال الأطفال والأطفال طفلاً حماية حمايتهم بحماية الحماية",
    "tr": "İnsan insan ınsan IŞIK ışık işık ülke Ülke",
    "mk": "дете детето деца децата право правото права правата",
}
GAPS = (" ", " ", " ", " ", " ", ", ", "  ", " « ", "\n", " - ", "’", "\u00a0", "--", ". ", "\u2028", "…")


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


def cut(text: str, language: str) -> list[tuple[tuple[int, int], set[str]]]:
    """The words with what they may be forms of; nothing is found in a break, which stands between words far apart."""
    words: list[tuple[tuple[int, int], set[str]]] = []
    for match in WORD.finditer(text):
        gap = text[words[-1][0][1] : match.start()] if words else ""
        if len(gap) > 1 and not gap.isspace():
            words.append((match.span(), set()))
        words.append((match.span(), {reading for reading, _ in readings(match[0], language)}))
    return words


def slowly(language: str, concepts: list[Concept], text: str, everything: bool = False) -> list[tuple[int, int, str]]:
    """Every term at every word; unless `everything`, the leftmost, and of those the longest."""
    words = cut(text, language)
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
    phrase = st.lists(st.sampled_from([word for word in words if not is_acronym(word)]), min_size=1, max_size=3).map(
        " ".join
    )
    terms = draw(st.lists(phrase, min_size=1, max_size=5, unique=True))
    said = draw(st.lists(st.sampled_from([*words, "und", "x-y", "cœur", "ψ"]), max_size=14))
    gaps = draw(st.lists(st.sampled_from(GAPS), min_size=len(said), max_size=len(said)))
    text = "".join(gap + word for gap, word in zip(gaps, said, strict=True))
    return language, terms, text


@settings(deadline=None)
@given(texts())
@example(("en", ["lens", "big lense"], "big lenses, lenses"))
@example(("en", ["lens axe"], "lens, axe lens  axe lens\u00a0axe lens axe - lens"))
@example(("en", ["ax x", "axe y", "axis"], "axes x axes y axes"))
@example(("en", ["axe ax axe ax axe ax axe", "ax"], "axes axes axes axes axes axes axes"))
def test_what_a_slow_matcher_finds(case: tuple[str, list[str], str]) -> None:
    language, terms, text = case
    concepts = [concept(number, term) for number, term in enumerate(terms)]
    fast = matcher(language, concepts)
    assert [(one.start, one.end) for one in fast.find(text)] == slowly(language, concepts, text)
    every = sorted({(one.start, one.end) for one in fast.find(text, overlapping=True)})
    assert every == slowly(language, concepts, text, everything=True)


def made_up(terms: int, size: int, language: str) -> tuple[Made, Matcher]:
    """A termbase and a text of the bench, and the matcher for it."""
    made = make(language, terms, size)
    concepts = [concept(n, one, forms=listed(one, many, language)) for n, (one, many) in enumerate(made.terms)]
    return made, matcher(language, concepts)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_bench_misses_nothing(language: str) -> None:
    """What stands in the text in the singular or in the plural is found, or something longer about it."""
    made, fast = made_up(int(os.environ.get("PARAPH_TERMS", "3000")), 200_000, language)
    looked = exact(made, language)
    for line, wanted in zip(made.lines, looked(made.lines), strict=True):
        found = {(one.start, one.end) for one in fast.find(line)}
        assert set(wanted) <= found, line


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("migrant child", "for children, migrants, children", []),
        ("child migrant", "for the child; migrants too", []),
        ("child migrant", "a child\n migrant", ["child\n migrant"]),
        ("Torture and Other Cruel, Inhuman Treatment", "on torture and other cruel, inhuman treatment", [3]),
        ("Torture and Other Cruel, Inhuman Treatment", "on torture and other cruel inhuman treatment", [3]),
        ("hot spot", "-hot spot- hot--spot", [1]),
    ],
)
def test_what_parts_words_of_a_term(term: str, text: str, found: list[object]) -> None:
    matches = matcher("en", [concept(0, term)]).find(text)
    assert [text[one.start : one.end] if isinstance(found[0], str) else one.start for one in matches] == found


@pytest.mark.parametrize(
    ("language", "terms", "text", "found"),
    [
        ("fr", ["libération chnoque", "chnoque arméria"], "la libération chnoques armérias", ["chnoques armérias"]),
        ("fr", ["libération chnoque", "chnoque arméria"], "la libération chnoques, armérias", ["libération chnoques"]),
        ("fr", ["libération", "libération chnoque", "chnoque arméria"], "libération chnoques armérias", [
            "libération", "chnoques armérias"]),
        ("fr", ["enfant migrant", "migrant âgé"], "les enfants migrants âgés", ["enfants migrants"]),
        ("fr", ["centre d’accueil", "accueil familial"], "centre d’accueils familiaux", ["centre d’accueils"]),
        ("es", ["niño migrante", "migrante irregular"], "el niño migrantes irregulares", ["migrantes irregulares"]),
        ("fr", ["dôme antérieurs", "antérieur x"], "dôme antérieurs x", ["dôme antérieurs"]),
        ("fr", ["dôme antérieur", "antérieurs x"], "dôme antérieurs x", ["antérieurs x"]),
        ("en", ["child soldier", "soldier ant"], "child soldiers ants", ["child soldiers"]),
    ],
)  # fmt: skip
def test_a_noun_and_its_adjectives_agree(language: str, terms: list[str], text: str, found: list[str]) -> None:
    """Where they do not, one term ends and another begins; a letter that was forgotten hides no term otherwise."""
    made = matcher(language, [concept(n, one) for n, one in enumerate(terms)])
    assert [text[one.start : one.end] for one in made.find(text)] == found


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


def test_words_to_choose_from_are_found_each_in_its_forms() -> None:
    made = matcher("en", [concept(0, "flood", forms=("(wave/tide) of (migrants/asylum seekers)", "(the/) illegals"))])
    text = "Waves of migrants, a tide of asylum seekers, illegals; no wave of protests, (2011/95/EU)"
    assert [text[one.start : one.end] for one in made.find(text)] == [
        *("Waves of migrants", "tide of asylum seekers", "illegals")
    ]
    assert alternatives("Directive (2011/95/EU)") == ("Directive (2011/95/EU)",)
    assert len(alternatives("(a/b/c/d/e/f/g/h)" * 9)) == 500


@pytest.mark.parametrize("language", sorted(inflection._NO_DICTIONARY))
def test_languages_without_a_dictionary_are_named_rightly(language: str) -> None:
    import simplemma

    with pytest.raises(ValueError, match="mt"):
        simplemma.lemmatize("a", lang=language)
