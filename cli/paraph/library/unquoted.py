"""A text without quotes that begins with a sign of YAML’s own: which sign, and what to do."""

from __future__ import annotations

import re

_OPENING = re.compile(r"""(?:^|: +|[\[{,] *|(?<![^ ])- +)(?=([*&!%@`>|"'\[{]|[-?] ))""")
_BRACKETS = "[{"
_COLON = "A text that holds “: ” must stand in quotes, or below the key after |-."
_ADVICE = (
    ("mapping values are not allowed", _COLON),
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
    """The sign at which the value begins that holds `column`, or "". Brackets are at fault only outside of others."""
    found = ""
    for match in _OPENING.finditer(line.lstrip(" ")):
        sign = match[1].strip()
        if match.end() + len(line) - len(line.lstrip(" ")) > column:
            break
        if sign not in _BRACKETS or "expected key" in problem:
            found = found if found in _BRACKETS and found else sign
    return found
