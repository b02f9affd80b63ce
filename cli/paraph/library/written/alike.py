"""What a text is known by, whoever typed it: capitals, accents, apostrophes and what parts its words say nothing.

“Ministère de l’Intérieur” and “MINISTERE DE L'INTERIEUR” are one authority, “1|Street” and “1, Street” one address.
"""

from __future__ import annotations

import re
import unicodedata

_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])[^\w]+(?=[0-9])")
_SIGNS = re.compile(r"[\W_]+")


def alike(text: str) -> str:
    """Letters and digits without accents, in small letters; numbers stay apart: “1, 23” is not “12 3”."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return "-".join(_SIGNS.sub("", part) for part in _BETWEEN_NUMBERS.split(bare.casefold()))
