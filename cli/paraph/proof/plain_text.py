"""What Markdown or plain text says: its lines, whatever ends them."""

from __future__ import annotations

import re

from paraph.errors import BrokenError
from paraph.proof.reading import Reading, digest, letters, lines, refuse_longer

_APART = re.compile(r"\n[ \t]*(?=\n|[-*+>|#]|\d+[.)]|\[\^)")
"""Where lines do not run on: a paragraph, a heading, an item, a row or a note begins (CommonMark 0.31, 4 and 5)."""


def read(data: bytes) -> Reading:
    """The words of a text. Raises BrokenError where it is not in UTF-8, or longer than any that is read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenError("the text is not in UTF-8, as what was released is") from error
    refuse_longer(text)
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = filter(None, map(letters, _APART.split(ends)))
    return Reading(format="md", pages=(lines(text),), parts={"its paragraphs": digest(*paragraphs)})
