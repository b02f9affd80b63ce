"""How recipients are addressed: templates/<form>/recipients.yml, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    "reference",
    "date",
)
"""What a table of recipients may say of each."""

SIZE, PITCH = {False: 10.0, True: 12.5}, {False: 13.5, True: 15.0}
"""Size of an address and distance of its lines in points, from left to right and from right to left (templates/letter:
Amiri draws small); where an Arabic address is shorter, its lines stand further apart."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How an office is spoken to: the line that opens a letter, and the words in the closing."""

    salutation: str
    vocative: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressing:
    """What tables of recipients are read with.

    `columns`, `genders` and `offices` give our name for what a table may write, casefolded; `spoken` how an office is
    spoken to, by office, language and gender (f, m or any).
    """

    columns: Mapping[str, str]
    genders: Mapping[str, str]
    offices: Mapping[str, str]
    spoken: Mapping[tuple[str, str, str], Spoken]
    default: str

    def speak(self, office: str, language: str, gender: str) -> Spoken | None:
        """How to speak to the holder of an office, by gender, or by neither; None where nobody has written it."""
        return self.spoken.get((office, language, gender)) or self.spoken.get((office, language, ANY))
