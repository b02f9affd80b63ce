"""A text without quotes that begins with a sign of YAML’s own: which sign, and what to do."""

from __future__ import annotations

import re

_OPENING = re.compile(r"""(?:^ *|: +|[\[{,] *|(?<![^ ])- +)(?=([*&!%@`>|"'\[{]|[-?] ))""")
_BRACKETS = "[{"
_ADVICE = (
    ("mapping values are not allowed", "A text that holds “: ” must stand in quotes, or below the key after |-."),
    ("did not find expected ','", "In brackets, a text that holds “: ” or a comma must stand in quotes."),
    ("cannot start any token", "Indent with spaces, never tabs; put a text that begins with a sign into quotes."),
    ("found unexpected end of stream", "A quotation mark or bracket is opened and never closed."),
    ("could not find expected ':'", "Each line is “key: value”; continue a long text under |-, indented."),
    ("did not find expected", "Lines that belong together begin in the same column; texts with signs need quotes."),
)


def begins_with(sign: str) -> str:
    """What to do about a text that begins with `sign`."""
    return f"A text that begins with “{sign}” must stand in quotes, or below the key after |-."


def syntax_advice(problem: str, line: str, column: int) -> str:
    """What to do where YAML’s reader has the `problem` at `column` of `line`."""
    if "mapping values are not allowed" not in problem and (sign := _sign(problem, line, column)):
        return begins_with(sign)
    return next((advice for words, advice in _ADVICE if words in problem), "See the lines above and below.")


def _sign(problem: str, line: str, column: int) -> str:
    """The sign with which the text before `column` begins, or "". A bracket is at fault where words go on after it."""
    signs = [match[1].strip() for match in _OPENING.finditer(line) if match.end() <= column]
    if "expected key" in problem:
        return next(iter(signs), "")
    return next((sign for sign in reversed(signs) if sign not in _BRACKETS), "")
