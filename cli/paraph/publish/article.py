"""The words of a released HTML page: what stands in its `<main>`, letter by letter.

The file was proved against its document when it was made, and its digest when it was read; so its words are taken as
they are, and nothing is rendered again. What is not of the shape that our renderer gives is refused: a page of the site
holds nothing active, whatever the file says.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from paraph.errors import BrokenError

_MAIN = re.compile(rb"<main>\n(.*?)\n</main>", re.DOTALL)
_ACTIVE_TAGS = "script style iframe frame object embed applet form input button link meta base svg math template"
_SUSPECT = tuple(
    re.compile(one.encode())
    for one in (
        rf"<(?:[!?]|(?:{_ACTIVE_TAGS.replace(' ', '|')})\b)",
        r"on[a-z]+\s*=",
        r"style\s*=",
        r"href\s*=\s*(?!\"(?:https?://|mailto:|tel:|#))",
        r"(?:src|action|background|poster|data|srcset)\s*=\s*(?!\"data:image/)",
    )
)
"""What no page of ours holds, unless in its words: then the page is read tag by tag, which takes far longer. In small
letters, and each beginning with what is rare: thousands of pages are looked through."""

_LOADING = ("src", "action", "formaction", "background", "poster", "data", "srcset")
"""Attributes by which a browser asks somebody, or sends something."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_UNSEEN = re.compile("[\0-\x20]")
"""What browsers take out of an address before they look at its scheme, or may."""
_TAGS = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")
_UNREAD = re.compile(r'<a [^>]*role="doc-(?:noteref|backlink)"[^>]*>.*?</a>')


def article(page: bytes, name: str) -> str:
    """The markup inside `<main>` of the released page `name`. Raises BrokenError where it is not one of ours."""
    found = _MAIN.findall(page) if page.count(b"<main") == page.count(b"</main") == 1 else []
    why = "" if len(found) == 1 else "it has no text in one <main>"
    text: str = found[0].decode("utf-8") if found else ""
    small = found[0].lower() if found else b""
    if any(one.search(small) for one in _SUSPECT):
        why = why or _Active(text).found
    if why:
        raise BrokenError(f"{name} cannot be shown on a page: {why}", "Release it with the shipped page.html.")
    return text


class _Active(HTMLParser):
    """What a browser would act on in markup; `found` is the first of it, in words, or ""."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE_TAGS.split():
            self._find(f"<{tag}>")
        for name, value in attrs:
            address = _UNSEEN.sub("", value or "").lower()
            scheme = _SCHEME.match(address)
            picture = (tag, name) == ("img", "src") and address.startswith("data:image/")
            if name.startswith("on") or name == "style" or (name in _LOADING and not picture):
                self._find(f"{name}=")
            elif name == "href" and scheme and scheme[1] not in ("http", "https", "mailto", "tel"):
                self._find(f"{name}={scheme[0]}")

    def handle_comment(self, data: str) -> None:
        self._find("a comment")

    def handle_decl(self, decl: str) -> None:
        self._find("<!")

    def unknown_decl(self, data: str) -> None:
        self._find("<![")

    def handle_pi(self, data: str) -> None:
        self._find("<?")

    def _find(self, what: str) -> None:
        self.found = self.found or f"it holds {what}"


def words(markup: str) -> str:
    """The words of an article as one line, for search and summaries."""
    return _SPACES.sub(" ", unescape(_TAGS.sub(" ", _UNREAD.sub("", markup)))).strip()
