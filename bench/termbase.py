"""A termbase and a text, always the same: for what finds terms (bench/terms.py).

The words are those of simplemma's dictionaries that have a regular plural there, so that what is a form of what is
known from elsewhere than paraph's own rules. A term is one to four words; its plural is that of its last word in
English, of all its words in French. In the text a term stands in the singular or in the plural, one for about every ten
other words; the others are no terms by themselves, but mostly words of terms.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate

_LENGTHS = (1, 2, 2, 2, 3, 3, 4)


@dataclass(frozen=True, slots=True)
class Made:
    """Terms with their plurals, and the lines of a text."""

    terms: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]


def plurals(language: str) -> dict[str, str]:
    """Word → its plural, of words that have one."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    found: dict[str, list[str]] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        one, other = (word.decode() if isinstance(word, bytes) else word for word in (lemma, form))
        if all(word.isalpha() and word.islower() for word in (one, other)) and _plural(one, other):
            found.setdefault(one, []).append(other)
    return {one: forms[0] for one, forms in sorted(found.items()) if len(forms) == 1}


def _plural(one: str, other: str) -> bool:
    infinitive = one.endswith(("er", "ir", "re", "oir"))
    return len(one) > 2 and not infinitive and other.endswith(("s", "x")) and other[: len(one) - 2] == one[:-2] != other


def make(language: str, terms: int, size: int) -> Made:
    """So many terms, and a text of about `size` bytes."""
    chance = random.Random(2026)  # the same each time
    forms = plurals(language)
    words = list(forms)
    chance.shuffle(words)
    found: dict[str, str] = {}
    while len(found) < terms:
        some = chance.choices(words, k=chance.choice(_LENGTHS))
        many = [*map(forms.__getitem__, some)] if language == "fr" else [*some[:-1], forms[some[-1]]]
        found[" ".join(some)] = " ".join(many)
    pairs = tuple(found.items())
    alone = {form for pair in pairs for form in pair if " " not in form}
    others = [word for word in words if word not in alone]
    weights = [*accumulate(1 / rank for rank in range(10, len(others) + 10))]
    lines, written = [], 0
    while written < size:
        drawn = chance.choices(others, cum_weights=weights, k=60)
        line = [chance.choice(chance.choice(pairs)) if chance.random() < 0.1 else word for word in drawn]
        text = ", ".join(" ".join(line[n : n + 12]) for n in range(0, 60, 12)).capitalize() + "."
        lines.append(text)
        written += len(text.encode()) + 1
    return Made(pairs, tuple(lines))
