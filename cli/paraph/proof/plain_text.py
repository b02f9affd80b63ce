"""What Markdown or plain text says: its lines, whatever ends them."""

from __future__ import annotations

import re
from collections import Counter

from paraph.errors import BrokenError
from paraph.proof.reading import Reading, digest, letters, lines, refuse_longer

_APART = re.compile(r"\n[ \t]*(?=\n|[-*+>|#]|\d+[.)]|\[\^)")
"""Where lines do not run on: a paragraph, a heading, an item, a row or a note begins (CommonMark 0.31, 4 and 5)."""

_MARKDOWN = "---\n"
"""What Markdown begins with as it is released."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")


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


def is_plain(found: Reading) -> bool:
    """Whether a text is no Markdown, as it is released."""
    return found.format == "md" and not found.text.startswith(_MARKDOWN)


def all_there(released: Reading, found: Reading) -> bool:
    """Whether a plain text has every word and number of a released one, and no other word.

    Whoever saves or copies a file as plain text has the numbers of its lists and notes as text, or not at all; its
    notes elsewhere, or none of them (LibreOffice); and what stands at the head and foot of its pages once, on each, or
    nowhere.
    """
    edges = "\n".join((*released.margins, *released.beside, *released.feet, *released.running()))
    numbers, notes = "\n".join(released.outline), "\n".join(released.notes)
    for left_out in ("", notes):
        texts = (released.text, left_out, found.text, edges)
        for signs, counted in ((_WORD, False), (_NUMBER, True)):
            said, gone, is_, around = (Counter(signs.findall(text)) for text in texts)
            was, more = said - gone, {*around, *(Counter(signs.findall(numbers)) - said)}
            if not was - is_ <= around or not (counted or (is_ - was).keys() <= more):
                break
        else:
            return True
    return False
