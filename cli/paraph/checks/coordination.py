"""Words that stand once for two terms: *unaccompanied and separated children*, *enfants non accompagnés et séparés*.

What is left out is put back, as short strings in which a matcher may find the other term. They serve to say that a text
names a concept, never that it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paraph.checks.languages import CONJUNCTIONS, base
from paraph.glossary.tokens import WORD

_NOUN_LAST = frozenset({"en", "de", "nl", "tr", "mk"})
"""Languages in which the noun that is shared stands after its adjectives."""
_WAW = "و"
"""The Arabic *and*, which is written with the word after it."""
_NEAR = 4
"""Words on either side of the conjunction that may belong to the terms."""


def put_back(text: str, language: str) -> Iterator[str]:
    """The strings: “unaccompanied children” of *unaccompanied and separated children*."""
    joining = CONJUNCTIONS.get(base(language), frozenset())
    words = WORD.findall(text)
    for place, word in enumerate(words):
        before = words[max(0, place - _NEAR) : place]
        after = words[place + 1 : place + 1 + _NEAR]
        if word.casefold() in joining:
            yield from _joined(before, after, base(language))
        elif base(language) == "ar" and word.startswith(_WAW) and len(word) > 3:
            yield from _joined(before, [word.removeprefix(_WAW), *after], base(language))


def _joined(before: Sequence[str], after: Sequence[str], language: str) -> Iterator[str]:
    """Before and after a conjunction without one to three of the words beside it that are not shared."""
    if language in _NOUN_LAST:
        yield from (" ".join((*before, *after[left_out:])) for left_out in range(1, len(after)))
    else:
        yield from (" ".join((*before[:-left_out], *after)) for left_out in range(1, len(before)))
