"""The names of styles, by which LibreOffice tells them apart, where Word goes by their ids.

It has names of its own for those that every program has, takes them for Word’s, and bases some of them on others where
a file bases them on none (as LibreOffice 7.4 shows such files; `writerfilter`, StyleSheetTable).
"""

from __future__ import annotations

import re

from paraph.ooxml.names import Element, attribute, name

_WORDS = {
    "paragraph": {
        "default paragraph style": "normal",
        "default style": "normal",
        "standard": "normal",
        "text body": "body text",
        "text body indent": "body text indent",
        "first line indent": "body text first indent",
        "footnote": "footnote text",
        "endnote": "endnote text",
    },
    "character": {
        "internet link": "hyperlink",
        "visited internet link": "followedhyperlink",
        "strong emphasis": "strong",
        "default character style": "default paragraph font",
    },
}
"""LibreOffice’s names for what has another in Word."""
_CONTENTS = re.compile(r"(?:contents|toc) ?([1-9])")
_STANDS_FOR = {"footnote reference": "footnote characters", "endnote reference": "endnote characters"}
"""Of the signs of notes: LibreOffice saves both, and shows them by the second."""
_BASED = (
    (re.compile(r"heading \d|title|subtitle"), "heading"),
    (re.compile(r"body text .*|list"), "body text"),
    (re.compile(r"header|footer"), "header and footer"),
    (re.compile(r"(?:toc|index) \d"), "index"),
)
"""What a style is based on in LibreOffice where it is based on none in the file; all, in the end, on the default."""


def known_as(style: Element) -> str:
    """The name of a style as programs compare them: in small letters, and by Word’s name where it has one."""
    said = attribute(style.find(name("w:name")), "w:val") or attribute(style, "w:styleId")
    plain = " ".join(said.casefold().split())
    if contents := _CONTENTS.fullmatch(plain):
        return f"toc {contents[1]}"
    return _WORDS.get(attribute(style, "w:type") or "paragraph", {}).get(plain, plain)


def stands_for(known: str) -> str:
    """The name of the style by which LibreOffice shows text that is in one `known` by this name, or ""."""
    return _STANDS_FOR.get(known, "")


def based_on(known: str) -> str:
    """The name of the style on which LibreOffice bases one `known` by this name where a file bases it on none; or ""
    for the default."""
    return next((of for names, of in _BASED if names.fullmatch(known)), "")
