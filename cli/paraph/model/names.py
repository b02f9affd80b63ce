"""What names look like: for the library, which refuses others, and for `paraph new`, which makes none of those.

Ids are names of files and folders, which must be the same on every system: no capitals, and none of the names that
Windows keeps for devices, with whatever ending.
"""

from __future__ import annotations

import re
import unicodedata

_DEVICE = re.compile(r"con|prn|aux|nul|com[1-9]|lpt[1-9]")

ID = re.compile(rf"(?!({_DEVICE.pattern})$)[a-z0-9]+(-[a-z0-9]+)*")
"""Of clauses, documents, forms, members: no-child-detention. As JSON Schema reads it too."""

VALUE = re.compile(r"[a-z][a-z0-9_]*")
"""Of values: received_since."""

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""Codes of BCP 47, as far as their shape tells: fr, pt-BR."""

IN_BRACES = re.compile(r"\{(\w+)\}")
"""What stands for something in a fixed string: “Page {page} of {pages}”."""


def id_advice(text: str) -> str:
    """What to do about `text`, which is no id."""
    if _DEVICE.fullmatch(text):
        return "Windows keeps this name for a device: choose another."
    return "Use small letters a–z, digits and single hyphens, as in no-child-detention."


def collation(text: str) -> str:
    """A key that orders `text` as its language's readers expect: case and accents set aside.

    Not the whole Unicode collation algorithm: lists here hold names of states and institutions, whose order the base
    letters decide; `sort` in institutions.yml says otherwise where a name begins with an article. Arabic lists pass
    over the article, as those of the United Nations do: المغرب stands among م.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.removeprefix("ال")) if not unicodedata.combining(c))
    return bare.casefold().replace("’", " ").replace("-", " ")
