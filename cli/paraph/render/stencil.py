"""Stencils: a letter rendered once, with the words that are each recipient's own cut out of it.

A letter of a shape (see `model.letter`) is rendered with a *token* in the place of each of those words, and proved like
any file. What stands between the tokens is the same for all letters of the shape; a letter is these pieces with its own
words between them, escaped as the format has it. So a template is compiled once, and what it can print is no more than
it was proved to print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from paraph.errors import FidelityError
from paraph.model.codes import stands_fast
from paraph.model.document import Document
from paraph.model.letter import Values, personal

_TOKEN = re.compile(rb"\(?zq([0-9]{5})zq")


class Stencil(Protocol):
    """Makes letters of one shape."""

    def letter(self, words: Sequence[str]) -> bytes:
        """The file in which `words` (as `model.letter.leaves` gives them) stand where the tokens stood."""

    def proves(self, data: bytes, words: Sequence[str]) -> bool:
        """Whether such a file, looked at again, says what the proved one says, with `words` in their places.

        False is no fault yet: it must then be read back in full.
        """


def marked(document: Document, values: Values) -> tuple[Document, int]:
    """`document` with tokens in the place of a recipient's words, and how many those are.

    `values` are of a recipient with a letter of the shape. A code that word processors turn round gets a token that
    they would turn round as well.
    """
    count = 0

    def token(text: str, isolated: bool) -> str:
        nonlocal count
        count += 1
        turns = isolated and not stands_fast(text)
        return f"{'(' if turns else ''}zq{count - 1:05}zq" if text else ""

    return personal(document, values, token), count


@dataclass(frozen=True, slots=True)
class Cut:
    """Bytes cut at the tokens: `pieces`, and between them the words by their numbers."""

    pieces: tuple[bytes, ...]
    words: tuple[int, ...]

    @classmethod
    def of(cls, data: bytes) -> Cut:
        """`data` in pieces."""
        found = _TOKEN.split(data)
        return cls(tuple(found[::2]), tuple(map(int, found[1::2])))

    def filled(self, words: Sequence[bytes]) -> list[bytes]:
        """The pieces with the words between them."""
        made = [b""] * (2 * len(self.words) + 1)
        made[::2] = self.pieces
        made[1::2] = [words[number] for number in self.words]
        return made


def check_tokens(cuts: Sequence[Cut], words: Sequence[str], name: str) -> None:
    """Raise FidelityError where a word has no place in what was rendered."""
    placed = {number for cut in cuts for number in cut.words}
    if missing := [word for number, word in enumerate(words) if word and number not in placed]:
        raise FidelityError(
            f"the {name} of the letter has no place for “{missing[0]}”",
            "A template changes what it is given, or leaves it out: compare it with the shipped one.",
        )
