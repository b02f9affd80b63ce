"""Words that a person gives on the command line, as they go on record."""

from __future__ import annotations

from paraph.errors import UsageError
from paraph.markup.canonical import canonical, character_problems


def said(reason: str, option: str = "--reason") -> str:
    """A reason in canonical form. Raises UsageError where it is missing or holds what nobody sees."""
    return _words(reason, "the reason is missing", f"Say why after {option}: it is recorded and stays visible.")


def in_a_line(words: str, option: str) -> str:
    """A name, or how something came, in canonical form on one line. Raises UsageError as `said` does."""
    found = _words(words, f"nothing stands after {option}", f"Leave {option} out, or say it: it is recorded.")
    return " ".join(found.split("\n"))


def _words(text: str, message: str, advice: str) -> str:
    words = canonical(text)
    if not words:
        raise UsageError(message, advice)
    if problems := character_problems(words):
        raise UsageError(problems[0].message, problems[0].advice)
    return words
