"""The leaflets by language, with their readers and the editions of members: found in two steps on a telephone."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from paraph.publish.article import article
from paraph.publish.card import Card, Voice, member_of

if TYPE_CHECKING:
    from paraph.publish.pages import Pages
    from paraph.publish.speech import Speech

_READERS = re.compile(r'<p class="readers\b[^>]*>(.*?)</p>', re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")


def groups(pages: Pages, speech: Speech, path: str) -> list[dict[str, Any]]:
    """The leaflets in force, by language; that of the page first, the newest first in each."""
    from paraph.publish.pages import marks, place, relative

    site = pages.site
    found: dict[str, dict[str, Any]] = {}
    order = dict.fromkeys((speech.code, *site.workspace.all_languages))
    for code in order:
        for card in reversed(site.leaflets):
            voice = next((one for one in card.voices if one.code == code), None)
            if voice is None:
                continue
            group = found.setdefault(code, {"code": code, "name": voice.name, "dir": voice.direction, "entries": []})
            group["entries"].append(
                {
                    "href": relative(path, place(card, voice)),
                    "title": voice.title,
                    "subtitle": voice.subtitle,
                    "readers": _readers(pages, card, voice),
                    "marks": [speech.say(mark) for mark in marks(card)],
                    "files": _files(pages, speech, card, code, path),
                }
            )
    return list(found.values())


def _readers(pages: Pages, card: Card, voice: Voice) -> str:
    """For whom it is written, in its own words."""
    if not voice.page:
        return ""
    said = _READERS.search(article(pages.site.shelf.file(card, voice.page), voice.page))
    return unescape(_TAGS.sub("", said[1])).strip() if said else ""


def _files(pages: Pages, speech: Speech, card: Card, code: str, path: str) -> list[dict[str, str]]:
    """What is printed: the edition of all, then that of each member."""
    from paraph.publish.pages import relative

    statement = pages.site.shelf.statement(card)
    found = []
    for one in statement.files:
        if one.format == "pdf" and one.languages == (code,):
            member = member_of(one, statement.record.document.id)
            name, lang, direction = pages.member(speech, member) if member else ("", "", "")
            found.append(
                {
                    "href": relative(path, f"files/{card.folder}/{one.name}"),
                    "media": one.media,
                    "member": name,
                    "lang": lang or speech.code,
                    "dir": direction or speech.language.direction,
                    "name": speech.say("format-pdf"),
                    "size": speech.size(one.size),
                }
            )
    return sorted(found, key=lambda one: one["member"])
