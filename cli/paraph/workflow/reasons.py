"""Words that a person gives on the command line, as they go on record."""

from __future__ import annotations

from paraph.errors import UsageError
from paraph.markup.canonical import canonical, character_problems


def said(reason: str, option: str = "--reason") -> str:
    """A reason in canonical form. Raises UsageError where it is missing or holds what nobody sees."""
    words = canonical(reason)
    if not words:
        raise UsageError("the reason is missing", f"Say why after {option}: it is recorded and stays visible.")
    if problems := character_problems(words):
        raise UsageError(problems[0].message, problems[0].advice)
    return words
