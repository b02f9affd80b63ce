"""Texts of a cell that nobody means to be printed: an error of a spreadsheet, a sign for “nothing”, a place that nobody
filled, letters that were read in another encoding once, or lost."""

from __future__ import annotations

import re

_ERROR = re.compile(r"#(?:[^\s#]{1,14}[!?]|N/[AD]|NV)|Err:[0-9]{3}", re.IGNORECASE)
_NOTHING = re.compile(r"x{3,}|0(?:[.,]0+)?", re.IGNORECASE)
"""`XXX`, and the 0 that a spreadsheet looks up in an empty cell."""
_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|<<.*?>>")
_PLACE = re.compile(rf"{_FIELD.pattern}|«[^«»]*»|<[^<>@]*>|\{{[^{{}}]*\}}|\[[^\[\]]*[^\W\d_][^\[\]]*\]")
"""What stands for words in a form: `«name»`, `<name>`, `[name]`; neither an address for e-mail nor a year, `[2026]`."""
_QUOTED = re.compile(r"«[^«»]*\s[^«»]*»")
"""A name of several words; the fields of a form letter have one, `«Nom_du_lieu»`."""
_LOST = re.compile(r"(?:[^\W\d_]|(?<!\S))\?[^\W\d_]|\?{2,}|&(?:#[0-9]+|#x[0-9a-f]+|[a-z]{2,8}[0-9]?);", re.IGNORECASE)
"""A question mark where a letter was, `Minist?re`, and letters as a web page writes them, `Minist&egrave;re`."""
_BEYOND = re.compile(r"[^\x00-\x7f]{2,}")
_MEANT = re.compile(r"[\u00a0-\u017f\u0192\u02c6\u02dc\u0370-\u04ff\u2010-\u203a\u20ac\u2122]+|[\u0600-\u06ff]{2,}")
_MARKED = re.compile(r"\w[«»‘’‚“”„–—…‹›]+")
"""A letter before a mark, as in “CITÉ»”, may be both, and may be one letter that was read as two: “Å“” for “œ”."""


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows where it cannot compute: `#N/A`, `#REF!`, `#¿NOMBRE?`."""
    return bool(_ERROR.fullmatch(text.strip()))


def says_nothing(text: str) -> bool:
    """Whether a text has neither letter nor digit: `-`, `???`; or none that says anything: `XXX`, `0`."""
    return bool(text) and (not any(char.isalnum() for char in text) or bool(_NOTHING.fullmatch(text.strip())))


def unfilled(line: str, *, spoken: bool = False) -> bool:
    """Whether a line is, or has in it, a place of a form that nobody filled: `«name»`, `Office of {{ name }}`.

    One bracket within a line may be meant, as in the name of an office, and so may words between guillemets, `« Le
    Phare »`; not where a reader is `spoken` to.
    """
    if spoken or _FIELD.search(line):
        return bool(_PLACE.search(line))
    return bool(_PLACE.fullmatch(line.strip())) and not _QUOTED.fullmatch(line.strip())


def misread(text: str) -> str:
    """What a text said before UTF-8 was read as Windows-1252, `Towné` of `TownÃ©`; "": it never was.

    That is certain as far as letters of another encoding do not make UTF-8 by chance.
    """
    meant = _BEYOND.sub(_again, text)
    return meant if meant != text else ""


def lost(text: str) -> bool:
    """Whether a text has question marks, or the signs of a web page, where it had letters: `Minist?re`, `R&amp;D`."""
    return bool(_LOST.search(text))


def _again(found: re.Match[str]) -> str:
    run, text = found[0], found.string
    around = text[: found.start()][-1:] + text[found.end() :][:1]
    if _MARKED.fullmatch(run) and not any(map(str.islower, around)):
        return run
    try:
        meant = b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return run
    return meant if _MEANT.fullmatch(meant) else run


def _byte(char: str) -> bytes:
    """The byte that was read as `char`; what Windows-1252 leaves undefined was taken as it is. Raises UnicodeError."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
