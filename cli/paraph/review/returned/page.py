"""The page of an e-mail (HTML): its words and signs, and what in it may show others than those.

A page shows words in a hundred ways: from style sheets, attributes, frames, pictures. So what mail programs (Outlook,
Gmail, Apple Mail, Thunderbird) make a letter of is let through by name; anything else is named, for a person to open
the e-mail. Programs also disagree on what broken HTML says. So it is read by a narrow grammar, and from the first sign
on that this does not know, the page is shown as it stands in the file.
"""

from __future__ import annotations

import html
import re

from paraph.review.returned.let_through import names
from paraph.review.returned.page_styles import is_plain_face, is_read, is_white, odd_in_sheet, odd_in_style

_TAG = r"[a-z][a-z0-9]*(?::[a-z]+)?"
_TOKEN = re.compile(
    r"(?P<text>[^<]+)"
    r"|<!--(?!-?>)(?P<comment>(?:(?!--)[\s\S])*)-->"
    r"|<!\[(?:if [\w !()&|]+|endif)\]>|<!doctype[^<>]*>"
    rf"|</(?P<close>{_TAG})\s*>"
    rf"|<(?P<open>{_TAG})(?P<said>(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=`]+))?)*)\s*/?>",
    re.IGNORECASE,
)
"""What two programs do not read in two ways: words, comments, and tags that are whole."""
_SAID = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")
_FOR_WORD = re.compile(r"\s*\[if [\w !()&|]+\]>(?:(.*)<!\[endif\]|<!)", re.IGNORECASE | re.DOTALL)
"""A comment that Outlook shows; or the beginning of what it alone does not show."""
_TITLE = re.compile(r"[^<]*</title\s*>", re.IGNORECASE)
_STYLE = re.compile(r"</style\s*>", re.IGNORECASE)
_LINES = names("p br div tr li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote center table hr pre title")
"""Tags at which a line begins and ends."""
_TAGS = _LINES | names(
    "html head meta body style span font b strong i em u a img small big sub sup tt code cite address nobr wbr thead "
    "tbody tfoot td th col colgroup xml o:p o:shapedefaults o:shapelayout o:idmap o:officedocumentsettings "
    "o:allowpng o:pixelsperinch"
)
"""Tags of words and of how they are set, and what Outlook writes into a head; none that strikes words out (`del`)."""
_ATTRIBUTES = names(
    "style class id dir lang align valign width height href name content http-equiv link vlink alink text type cite "
    "target rel border cellpadding cellspacing color face size clear tabindex role charset nowrap colspan rowspan cols "
    "wrap alt title src start data v:ext v:shapes spidmax xml:lang"
)
_UNSEEN = re.compile(r"xmlns(:\w+)?|data-[\w-]+|_?moz[\w-]*")
"""Attributes that only a style sheet could show (`attr`), which is named."""
_SIZE_OF_FONT = re.compile(r"[1-7]|[+-][1-4]")
_HEADS = ("", "content-type", "x-ua-compatible", "content-language")


class Page:
    """`words` is what a page says, a line for each of its blocks; `odd` what in it may show something else."""

    def __init__(self, page: str) -> None:
        self._words: list[str] = []
        self._odd: dict[str, None] = {}
        self._read(page)
        lines = (" ".join(line.split()) for line in "".join(self._words).split("\n"))
        self.words = "\n".join(filter(None, lines))
        self.odd = tuple(self._odd)

    def _read(self, page: str) -> None:
        at = 0
        while at < len(page):
            token = _TOKEN.match(page, at)
            if token is None:
                self._note("HTML that no mail program writes")
                self._words.append("\n" + page[at:])
                return
            at = token.end()
            if token["text"]:
                self._words.append(html.unescape(token["text"]).replace("\n", " "))
            elif token["comment"]:
                self._comment(token["comment"])
            elif token["close"]:
                self._line(token["close"].lower())
            elif token["open"]:
                tag = token["open"].lower()
                self._tag(tag, token["said"])
                at = self._style_sheet(page, at) if tag == "style" else at
                if tag == "title" and not _TITLE.match(page, at):
                    self._note("a title with HTML in it")

    def _comment(self, comment: str) -> None:
        if said := _FOR_WORD.fullmatch(comment):
            self._read(said[1] or "")
        elif "[if" in comment.lower():
            self._note("words for Outlook alone")

    def _style_sheet(self, page: str, at: int) -> int:
        """Where the words go on behind a style sheet that begins at `at`; without an end it is shown as it stands."""
        end = _STYLE.search(page, at)
        for one in odd_in_sheet(page[at : end.start()]) if end else ("a style sheet without an end",):
            self._note(one)
        if end is None:
            self._words.append("\n" + page[at:])
        return end.end() if end else len(page)

    def _line(self, tag: str) -> None:
        if tag in _LINES:
            self._words.append("\n")

    def _tag(self, tag: str, said: str) -> None:
        if tag not in _TAGS:
            self._note(f"<{tag}>")
        self._line(tag)
        attributes = {key.lower(): html.unescape("".join(values)) for key, *values in _SAID.findall(said)}
        for key, value in attributes.items():
            if key == "style" and tag != "style":
                for one in odd_in_style(value):
                    self._note(one)
            elif key not in _ATTRIBUTES and not _UNSEEN.fullmatch(key) and not (key == "bgcolor" and is_white(value)):
                self._note(f"<{tag} {key}>")
        if tag == "meta" and attributes.get("http-equiv", "").lower() not in _HEADS:
            self._note("<meta http-equiv>")
        if not is_plain_face(attributes.get("face", "")):
            self._note("<font face>")
        for key in ("color", "text", "link", "vlink", "alink"):
            if attributes.get(key) and not is_read(attributes[key]):
                self._note(f"<{tag} {key}>")
        if tag == "font" and not _SIZE_OF_FONT.fullmatch(attributes.get("size", "3").strip()):
            self._note("<font size>")
        if tag == "img":
            self._words.append(f" [{attributes.get('alt') or 'img'}] ")
        elif attributes.get("title"):
            self._words.append(f" [{attributes['title']}] ")
        if tag == "li":
            self._words.append("• ")

    def _note(self, what: str) -> None:
        self._odd.setdefault(what)
