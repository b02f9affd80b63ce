"""How paragraphs begin, as templates/strings.yml writes it (`openings`), as a regular expression."""

from __future__ import annotations

import re
from functools import cache


@cache
def opening_pattern(openings: tuple[str, ...], after: tuple[str, ...]) -> re.Pattern[str]:
    """Matches the start of a text that begins with one of `openings`, whatever its case; `*` stands for any letters.

    So “*ing” matches *Recalling*. One word of `after` may stand before it, as *Deeply* before *concerned*.
    """

    def pattern(words: str) -> str:
        escaped = re.escape(words).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s+")
        return escaped.replace("’", "['’]")

    either, before = ("|".join(map(pattern, some)) for some in (openings, after))
    led = rf"(?:(?:{before})\s+)?" if after else ""
    return re.compile(rf"{led}(?:{either})(?![\w-])", re.IGNORECASE)
