"""The difference of two texts: nothing is lost, words stay whole, and a lawyer can read it."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from paraph.markup.diff import diff, marked
from paraph.markup.segmentation import is_space, words
from paraph.model.text import Op

LEGAL = st.lists(
    st.sampled_from(
        [
            "the ",
            "of ",
            "l’",
            "enfant ",
            "detention ",
            "37(b) ",
            ", ",
            ".\n",
            "الطِّفْلُ ",
            "é",
            "e\u0301",
            "\u00a0",
            " ",
            "12\u202f000",
        ]
    ),
    max_size=25,
).map("".join)
TEXTS = st.text(st.characters(exclude_categories=("Cs",))) | LEGAL


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_had_again(old: str, new: str) -> None:
    changes = diff(old, new)
    assert "".join(change.text for change in changes if change.op is not Op.INSERT) == old
    assert "".join(change.text for change in changes if change.op is not Op.DELETE) == new
    assert all(change.text for change in changes)
    assert all(one.op is not other.op for one, other in pairwise(changes))
    assert all((one.op, other.op) != (Op.INSERT, Op.DELETE) for one, other in pairwise(changes))


@settings(deadline=None)
@given(TEXTS)
def test_the_same_text_is_kept(text: str) -> None:
    assert [change.op for change in diff(text, text)] == ([Op.KEEP] if text else [])


WORDS = st.lists(st.sampled_from(["the", "of", "child", "and", ",", "."]), max_size=12)


@settings(deadline=None)
@given(WORDS, WORDS, WORDS)
def test_what_is_put_in_takes_nothing_out(first: list[str], more: list[str], last: list[str]) -> None:
    """However often the words that are added stand in the text already, and the other way round."""
    old, new = " ".join([*first, *last]), " ".join([*first, *more, *last])
    assert {change.op for change in diff(old, new)} <= {Op.KEEP, Op.INSERT}
    assert {change.op for change in diff(new, old)} <= {Op.KEEP, Op.DELETE}


@settings(deadline=None)
@given(TEXTS)
def test_tokens_are_whole_characters_of_a_reader(text: str) -> None:
    """Every boundary of a token is one of an extended grapheme cluster (Unicode Standard Annex 29)."""
    boundaries = {match.end() for match in regex.finditer(r"\X", text)}
    ends, at = set(), 0
    for token in words(text):
        at += len(token)
        ends.add(at)
    assert "".join(words(text)) == text
    assert ends <= boundaries


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("children’s rights, don't", "children’s|rights|,|don't"),
        ("« L’enfant » jusqu’à aujourd’hui", "«|L’|enfant|»|jusqu’|à|aujourd’hui"),
        ("2\u202f000\u00a0enfants, art.\u00a037(b) et 3(1)(a)", "2\u202f000|enfants|,|art|.|37(b)|et|3(1)(a)"),
        ("A/RES/44/25; CMW/C/GC/4-CRC/C/GC/23, and/or", "A/RES/44/25|;|CMW/C/GC/4-CRC/C/GC/23|,|and|/|or"),
        ("الطِّفْلُ می\u200cخواهم، ٣٧(ب) ٢٠٢٤/١٢/٠٣", "الطِّفْلُ|می\u200cخواهم|،|٣٧(ب)|٢٠٢٤/١٢/٠٣"),
        ("O’Brien, f’Malta, non-refoulement", "O’Brien|,|f’|Malta|,|non|-|refoulement"),
        ("1er e\u0301te\u0301 10:30 2026-02-12 3.5 %", "1er|e\u0301te\u0301|10:30|2026-02-12|3.5|%"),
        ("👩\u200d👧🇲🇹🇫🇷", "👩\u200d👧|🇲🇹|🇫🇷"),
    ],
)
def test_what_a_word_is(text: str, tokens: str) -> None:
    assert [token for token in words(text) if not is_space(token)] == tokens.split("|")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("shall end detention.", "shall end detentions.", "shall end [-detention-]{+detentions+}."),
        (
            "the best interests of the child",
            "the superior interests of every child",
            "the [-best-]{+superior+} interests of [-the-]{+every+} child",
        ),
        (
            "end the detention of children",
            "stop the holding of children",
            "[-end the detention-]{+stop the holding+} of children",
        ),
        (
            "the right of children",
            "the right to education of migrant children",
            "the right {+to education +}of {+migrant +}children",
        ),
        ("rights of migrants", "rights of children and of migrants", "rights {+of children and +}of migrants"),
        ("A ends. C ends. D ends.", "A ends. B ends. C ends. D ends.", "A ends. {+B ends. +}C ends. D ends."),
        ("Boys, men and all.", "Boys, girls, men and all.", "Boys, {+girls, +}men and all."),
        ("One. Two.", "Un. Deux.", "[-One-]{+Un+}. [-Two-]{+Deux+}."),
        ("art. 37(b)", "art. 37(c)", "art. [-37(b)-]{+37(c)+}"),
        ("a", "a b", "a{+ b+}"),
        ("a b.", "a.", "a[- b-]."),
        ("l’enfant", "l’adolescent", "l’[-enfant-]{+adolescent+}"),
        ("un\u00a0mot\u00a0;", "un\u00a0mot neuf\u00a0;", "un\u00a0mot{+ neuf+}\u00a0;"),
        ("un mot ;", "un mot\u00a0;", "un mot[- -]{+\u00a0+};"),
        ("حق الطفل في الحماية", "حق الأطفال المهاجرين في الحماية", "حق [-الطفل-]{+الأطفال المهاجرين+} في الحماية"),
        ("الطِّفل", "الطِّفْل", "[-الطِّفل-]{+الطِّفْل+}"),
    ],
)
def test_how_it_reads(old: str, new: str, expected: str) -> None:
    assert marked(diff(old, new)) == expected


@pytest.mark.parametrize(
    "alphabet",
    [lambda side, n: f"{side}{n}", lambda _, n: str(n % 2), lambda _, n: str(n % 1000), lambda _, n: str(n)],
    ids=["different", "two words", "thousand", "every word once"],
)
def test_a_hostile_text_is_no_burden(alphabet) -> None:  # type: ignore[no-untyped-def]
    """100,000 words against 100,000: compared exactly, the last two would need a gigabyte."""
    old, new = ([alphabet(side, n) for n in range(100_000)] for side in "xy")
    random.Random(0).shuffle(new)
    changes = diff(" ".join(old), " ".join(new))
    assert "".join(change.text for change in changes if change.op is not Op.INSERT) == " ".join(old)


def test_a_long_text_is_compared_all_the_same() -> None:
    sentences = [f"Paragraph {n} of the report says what it says of the child." for n in range(3_000)]
    changed = [*sentences[:1000], "A sentence that is new.", *sentences[1000:2000], *sentences[2001:]]
    made = [change for change in diff(" ".join(sentences), " ".join(changed)) if change.op is not Op.KEEP]
    assert made == [diff("", "A sentence that is new. ")[0], diff(sentences[2000] + " ", "")[0]]
