"""How recipients are addressed: templates/<form>/recipients.yml, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ANY = "any"
"""The gender of an office whose holder is not known."""

COLUMNS = (
    "id",
    "authority",
    "attention",
    "address",
    "country",
    "language",
    "office",
    "gender",
    "salutation",
    "vocative",
    "place",
    "reference",
    "date",
)
"""What a table of recipients may say of each."""

SIZE, PITCH = {False: 10.0, True: 12.5}, {False: 13.5, True: 15.0}
"""Size of an address and distance of its lines in points, from left to right and from right to left (templates/letter:
Amiri draws small); where an Arabic address is shorter, its lines stand further apart."""


class Words(dict[str, str]):
    """Our names for what a table may write, casefolded, which are found however that is typed: PREFET for *préfet*.

    `bare` says how words are compared; those that are alike and mean different things are found only as they are
    written here.
    """

    def __init__(self, words: Mapping[str, str], bare: Callable[[str], str]) -> None:
        super().__init__(words)
        self._bare = bare
        self._alike: dict[str, str] = {}
        for word, key in words.items():
            known = self._alike.setdefault(bare(word), key)
            if known != key:
                self._alike[bare(word)] = ""

    def of(self, word: str) -> str:
        """Our name for a word, or ""."""
        return self.get(word.casefold(), "") or self._alike.get(self._bare(word) or word, "")


@dataclass(frozen=True, slots=True)
class Spoken:
    """How an office is spoken to: the line that opens a letter, and the words in the closing."""

    salutation: str
    vocative: str


def opening(text: str) -> str:
    """The words of a text as their beginnings are compared: in small letters, without marks between them."""
    return " ".join(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.casefold()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressing:
    """What tables of recipients are read with.

    `columns`, `genders`, `offices` and `languages` give our name for what a table may write; `spoken` how an office is
    spoken to, by office, language and gender (f, m or any). `feminine` are words for offices that say f, as they are
    compared (library/written/alike.py);
    `unclear` are words for a gender, with those beside which they may be either; `parts` are heads of columns that hold
    parts of an address; `nothing` are cells that say nothing; `openings` give the languages in which words that speak
    to a reader begin with these (see `opening`).
    """

    columns: Words
    genders: Words
    offices: Words
    spoken: Mapping[tuple[str, str, str], Spoken]
    default: str
    feminine: frozenset[str] = frozenset()
    unclear: Mapping[str, frozenset[str]] = field(default_factory=dict)
    languages: Words
    parts: frozenset[str] = frozenset()
    nothing: frozenset[str] = frozenset()
    openings: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def speak(self, office: str, language: str, gender: str) -> Spoken | None:
        """How to speak to the holder of an office, by gender, or by neither; None where nobody has written it."""
        return self.spoken.get((office, language, gender)) or self.spoken.get((office, language, ANY))

    def opens_in(self, text: str) -> frozenset[str]:
        """The languages in which words that speak to a reader begin as `text` does; none: not known."""
        said = f"{opening(text)} "
        longest = max((word for word in self.openings if said.startswith(f"{word} ")), key=len, default="")
        return self.openings.get(longest, frozenset())

    def closes_as_it_opens(self, salutation: str, language: str) -> bool:
        """Whether the words that open a letter can speak to its reader in the middle of a sentence, too: in French they
        do, and “Dear Ms Smith” does not."""
        usual = self.speak(self.default, language, "")
        repeats = usual is not None and usual.salutation == usual.vocative
        return repeats or any(
            said.vocative == salutation for (_, code, _), said in self.spoken.items() if code == language
        )
