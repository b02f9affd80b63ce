"""The words of a text, for comparison: what a reader would call one word is one token.

Tokens are whole grapheme clusters (Unicode Standard Annex 29): a letter is never parted from its marks, Arabic vowel
signs included, nor an emoji from its parts. Beyond the default word boundaries of the annex, a reference is one word
(37(b), A/RES/44/25), a number with its separators is one (12 000, 3.5, 2019-02-12), and an elided word is a word of its
own (l’ + enfant), so that « l’enfant » and « l’adolescent » differ in one word. Hyphens part words, as in the annex.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regex import Pattern

_LETTER = r"(?:(?=[\p{L}\p{N}_])\X)"
_DIGIT = r"(?:(?=\p{Nd})\X)"
_JOINED = rf"(?:[/.-]{_LETTER}++)"
_LETTERED = rf"(?:(?=\()\X{_LETTER}{{1,4}}+(?=\))\X)*+"
_TOKEN = "|".join(
    (
        r"(?:(?=\s)\X)++",
        # 12 000, 3.5, 10:30, 2019-02-12, 1er, 37(b), 3(1)(a)
        rf"{_DIGIT}++(?:[.,:/\u066b\u066c\u00a0\u2009\u202f-]{_DIGIT}++)*+{_LETTER}*+{_LETTERED}",
        # A/RES/44/25, CCPR/C/21/Rev.1, COVID-19: a capital first, and a figure in it
        rf"(?=\p{{Lu}}){_LETTER}++(?={_JOINED}{{0,8}}?[/.-]{_DIGIT}){_JOINED}++{_LETTERED}",
        # l’, qu’, jusqu’, dell’ before the word that they lean on; not O’ as in O’Brien
        rf"(?:(?![oO]){_LETTER}|{_LETTER}++(?<=qu|Qu|QU|ll|LL))(?=['’])\X(?={_LETTER})",
        # child, don’t, aujourd’hui, State(s)
        rf"{_LETTER}++(?:(?=['’·])\X{_LETTER}++)*+{_LETTERED}",
        # a flag: said here, since \X looks back over all the flags before it
        r"\p{Regional_Indicator}{2}[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}]*+",
        r"\X",
    )
)
"""Quantifiers are possessive or bounded: the time is linear in the length of any text."""


@cache
def _tokens() -> Pattern[str]:
    import regex

    return regex.compile(_TOKEN, regex.VERSION1)


def words(text: str) -> tuple[str, ...]:
    """The tokens of `text`: words, each punctuation mark, and stretches of white space. Joined, they are `text`."""
    return tuple(match[0] for match in _tokens().finditer(text))


def is_space(token: str) -> bool:
    """Whether a token of `words` is white space."""
    return token[:1].isspace()
