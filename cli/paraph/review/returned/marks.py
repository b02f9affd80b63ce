"""What a mark in a box means, and what typed words mean: only what is certain.

A cross in a box is a tick, as on every ballot; a sign that may as well mean “no” (✗, ❌, a thumb) is not. Typed words
decide where they are, whole, the words printed beside a box, in any language of the packets; anything more is words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from paraph.model.event import Choice
from paraph.model.packet import Stationery
from paraph.review.identity import CHOICES, without_hints

_TICKS = frozenset("xXхХ×☒☑✓✔🗸🗹🗷■●⬛✅√◉⦿")
_EMPTY = frozenset("☐□◻▢○◯⬜❑❒_-–—….[](){}|/\\·:;,\u200e\u200f\u2066\u2067\u2068\u2069\ufe0e\ufe0f")
_BOX = re.compile(r"\[\s*\]|\(\s*\)|[☐□◻▢○◯⬜❑❒]")
_BROKEN_HINT = re.compile("‹|›0?$")
"""Of a hint in Arabic, RTF loses the first sign, and has a zero after the last."""
_QUOTES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'"})
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


class Mark(Enum):
    """What stands in a box."""

    NONE = "nothing"
    TICK = "a tick"
    UNCERTAIN = "something else"


def mark(text: str) -> Mark:
    """What `text`, all that stands in a box, means."""
    signs = [one for one in without_hints(text) if not one.isspace() and one not in _EMPTY]
    if not signs:
        return Mark.NONE
    return Mark.TICK if all(one in _TICKS for one in signs) else Mark.UNCERTAIN


def has_tick(text: str) -> bool:
    """Whether a sign that is a tick stands in `text`; a letter among others is none."""
    return any(one in _TICKS and not one.isalpha() for one in text)


def plain(text: str) -> str:
    """`text` for comparison with a label: without case, quotes, signs and punctuation around it."""
    folded = " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())
    return _AROUND.sub("", folded)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words that decide, as `plain` has them, and those of the fields that nobody has filled in."""

    choices: Mapping[str, Choice]
    hints: frozenset[str]

    @classmethod
    def of(cls, paper: Stationery) -> Phrases:
        """Those of every language of the stationery; `said-approve` and the like add what people write, parted by |."""
        choices: dict[str, Choice] = {}
        hints = set()
        for strings in paper.strings.values():
            for choice in CHOICES:
                variants = (strings.get(str(choice), ""), *strings.get(f"said-{choice}", "").split("|"))
                choices |= {plain(one): choice for one in variants if plain(one)}
            hints |= {plain(strings[key]) for key in ("choose-hint", "words-hint", "person-hint") if key in strings}
        return cls(choices, frozenset(hints))

    def choice(self, text: str) -> Choice | None:
        """The choice that `text` is, with or without a tick beside it; None for an empty box before it, or more."""
        ticked = any(one in "☒☑✓✔✅" for one in text) or re.search(r"[\[(]\s*[xXхХ×]\s*[\])]", text)
        if _BOX.search(text) and not ticked:
            return None
        bare = re.sub(r"[\[(]\s*[xXхХ×]?\s*[\])]|^\s*[xX×]\s+|\s+[xX×]\s*$", " ", text)
        return self.choices.get(plain("".join(one for one in bare if one not in "☒☑✓✔✅🗸🗹√■●◉")))

    def written(self, text: str) -> str:
        """What somebody wrote in a field: nothing where only its hint is there, or what RTF leaves of it. A tick alone
        is no word, and is something."""
        bare = without_hints(text).strip()
        said = plain(bare) or has_tick(bare)
        return "" if plain(_BROKEN_HINT.sub("", bare)) in self.hints or not said else bare

    def mentions(self, text: str) -> bool:
        """Whether a decision may be hidden in `text`: some of it reads like the words beside a box."""
        words = f" {plain(text)} "
        return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", words) for one in self.choices)


def distinct(choices: Iterable[Choice | None]) -> list[Choice]:
    """The choices, each once, in the order of the boxes."""
    found = set(choices)
    return [one for one in CHOICES if one in found]
