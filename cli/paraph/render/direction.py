"""Which way a language is written, from its BCP 47 tag: for words in another language inside a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paraph.model.text import Paragraph

_RTL_LANGUAGES = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_RTL_SCRIPTS = frozenset(["adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"])


def direction(lang: str) -> str:
    """ "rtl" or "ltr"; a script subtag decides before the language (`az-Arab`, `ku-Latn`)."""
    primary, *others = lang.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"


def turned(block: Paragraph, *, rtl: bool) -> bool:
    """Whether a paragraph of a document that is written from the right (`rtl`) or the left runs the other way.

    Of reservations alone: what stands in columns or lists, such as those who sign, keeps its place.
    """
    if block.role != "reservation":
        return False
    from paraph.model.text import Isolate, Span  # late: the website needs no texts, only which way a language runs

    match block.inlines:
        case (Span(lang),):
            return (direction(lang) == "rtl") != rtl
        case (Isolate(),):  # from the left, whatever it is: what nobody named and runs from the right is a span
            return rtl
    return False
