"""Wording is found again, in any language and version, with what became of it. Rehearsals all."""

from __future__ import annotations

import json

import pytest

from desk import clause, desk
from paraph.markup import digest
from paraph.markup.keywords import Keywords, written
from rehearsal import DOCUMENT, Rehearsal


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "les enfants détenus à la frontière", "enfant detenu"),
        ("fr", "l’intérêt supérieur de l’enfant", "interets superieurs"),
        ("en", "*Children* are never [detained](term:detention)", "child detain"),
        ("en", "a child", "children"),
        ("es", "las decisiones sobre niños", "decision niño"),
        ("ar", "أن تضع حداً لاحتجاز الأطفال", "احتجاز أطفال"),
        ("mk", "децата се приведени", "децата"),
    ],
)
def test_words_are_found_without_accents_and_inflected(language: str, text: str, words: str) -> None:
    keywords = Keywords()
    there = set(keywords.indexed(text, language).split())
    assert all(there & set(forms) for forms in keywords.asked(words, ("en", "fr", "es", "ar", "mk")))


def test_where_a_link_leads_is_no_word_of_the_text() -> None:
    assert "term" not in Keywords().indexed("[guardians](term:guardian) by {{ since }}", "en").split()
    assert "since" not in Keywords().indexed("by {{ since }}", "en").split()


def test_a_reference_to_a_paragraph_leaves_no_hole() -> None:
    text = "every child concerned by [](clause:no-child-detention), and by {{ since }}"
    assert written(text) == "every child concerned by …, and by …"


def test_a_word_that_stands_in_a_text_needs_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lemma is known from the time before; what stands in no text waits until nothing was found without."""
    first = Keywords()
    there = set(first.indexed("les enfants détenus", "fr").split())
    monkeypatch.setattr("paraph.markup.keywords._lemma", None)
    known = Keywords(first.met)
    assert set(known.indexed("les enfants détenus", "fr").split()) == there
    assert not known.more
    assert known.asked("Detenus enfants", ("fr", "de"), thorough=False) == (
        ("detenus", "detenu"),
        ("enfants", "enfant"),
    )
    assert known.asked("maisons", ("fr", "de"), thorough=False) == (("maisons", "maison"),)


def found(rehearsal: Rehearsal, words: str) -> list[tuple[str, int, str, str]]:
    every = json.loads(rehearsal.does(f"find --json {words}"))
    return [(one["clause"], one["version"], one["language"], one["word"]) for one in every]


def test_every_version_is_found_with_its_standing(rehearsal_anywhere: Rehearsal) -> None:
    rehearsal = rehearsal_anywhere
    assert found(rehearsal, "detain children") == [("detention", 0, "en", "draft")]
    rehearsal.adopted()
    assert found(rehearsal, "child detained")[0] == ("detention", 1, "en", "agreed")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does("circulate rehearsal --until 2026-04-01")
    assert found(rehearsal, "child detained") == [("detention", 1, "en", "adopted"), ("detention", 2, "en", "open")]
    rehearsal.edit("detention", "ever detained", "locked up")
    assert ("detention", 0, "en", "draft") in found(rehearsal, "locked")
    rehearsal.does("decide schooling --as spain --withdraw 'Our board disagrees'")
    assert found(rehearsal, "school")[0] == ("schooling", 1, "en", "no-longer-agreed")
    assert found(rehearsal, "ecoles")[0] == ("schooling", 1, "fr", "no-longer-agreed")


def test_what_is_found_is_shown_with_where_it_was_used(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    out = rehearsal.does("find enfants detenu")
    assert "detention@1 [fr]  agreed wording, adopted in c1; used in rehearsal" in out
    assert "Aucun enfant n’est détenu" in out
    assert "Nothing has these words" in rehearsal.refuses("find xyzzy")
    assert "nothing to look for" in rehearsal.refuses("find '?!'", 2)
    assert "“xx” is no language" in rehearsal.refuses("find child -l xx", 2)
    assert "[en]" not in rehearsal.does("find enfant -l fr")


def test_where_wording_was_used_is_not_forgotten(rehearsal: Rehearsal) -> None:
    """A document that took over what was agreed for another one has it, whatever becomes of the clause."""
    second = DOCUMENT.replace("id: rehearsal", "id: second").replace("[detention, schooling]", "[detention]")
    desk(rehearsal.root, {"statements/statements/second.yml": second})
    rehearsal.adopted()
    rehearsal.does("circulate second --until 2026-04-01")
    assert "used in rehearsal, second" in rehearsal.does("find child detained")
    rehearsal.edit("detention", "is detained", "is ever detained")
    assert "used in rehearsal, second" in rehearsal.does("find child detained").partition("detention@1")[2]


def test_words_that_mean_something_to_the_index_mean_nothing(rehearsal: Rehearsal) -> None:
    for words in ("'NEAR(a b)'", "'\"child'", "'child* OR'", "'words:child'", "'(child'"):
        code, out = rehearsal.say(f"find {words}")
        assert code in (0, 1, 2)
        assert "unexpected" not in out


def test_courtesy_translations_are_found(rehearsal: Rehearsal) -> None:
    more = f'translations:\n  ar:\n    source: en\n    digest: "{digest("*No child* waits")}"\n    status: unchecked\n'
    text = clause("waiting", "*No child* waits", "*Aucun enfant* n’attend", kind="position")
    for name, body in text.items():
        (rehearsal.root / name).write_text(body + more + "    text: |-\n      لا ينتظر أي طفل\n", encoding="utf-8")
    assert found(rehearsal, "الطفل")[0] == ("waiting", 0, "ar", "draft")
