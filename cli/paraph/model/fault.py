"""Something that is wrong with the register: a value, since all of it is reported at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` names what is wrong in a word, so that a thousand of one kind can be told as one; `text` is the line.

    `event` is the number of the event that it is about, 0 where it is about none.
    """

    kind: str
    text: str
    event: int = 0

    def __str__(self) -> str:
        return self.text
