"""The words of a released HTML page: what stands in its `<main>`, letter by letter.

The file was proved against its document when it was made, and its digest when it was read; so its words are taken as
they are, and nothing is rendered again. What is not of the shape that our renderer gives is refused: a page of the site
holds nothing active, whatever the file says.
"""

from __future__ import annotations

import re
from html import unescape

from paraph.errors import BrokenError

_MAIN = re.compile(rb"<main>\n(.*?)\n</main>", re.DOTALL)
_ACTIVE = re.compile(
    rb"<(?:script|style|iframe|object|embed|form|link|meta|base|svg|math|template)\b|\son[a-z]+=|javascript:", re.I
)
_TAGS = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")
_UNREAD = re.compile(r'<a [^>]*role="doc-(?:noteref|backlink)"[^>]*>.*?</a>')


def article(page: bytes, name: str) -> str:
    """The markup inside `<main>` of the released page `name`. Raises BrokenError where it is not one of ours."""
    found = _MAIN.findall(page) if page.count(b"<main") == page.count(b"</main") == 1 else []
    if len(found) != 1 or (active := _ACTIVE.search(found[0])) is not None:
        why = "it has no text in one <main>" if len(found) != 1 else f"it holds {active[0].decode()!r}"  # type: ignore[index]  # mypy loses the walrus
        raise BrokenError(f"{name} cannot be shown on a page: {why}", "Release it with the shipped page.html.")
    text: str = found[0].decode("utf-8")
    return text


def words(markup: str) -> str:
    """The words of an article as one line, for search and summaries."""
    return _SPACES.sub(" ", unescape(_TAGS.sub(" ", _UNREAD.sub("", markup)))).strip()
