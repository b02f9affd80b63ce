"""What Markdown or plain text says: its lines, whatever ends them."""

from __future__ import annotations

from paraph.errors import BrokenError
from paraph.proof.reading import Reading, lines


def read(data: bytes) -> Reading:
    """The words of a text. Raises BrokenError where it is not in UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenError("the text is not in UTF-8, as what was released is") from error
    return Reading(format="md", pages=(lines(text),))
