"""What is handed out, by language, by readers, and in the edition of each member: found in two steps on a telephone."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from paraph.publish.addresses import place, relative
from paraph.publish.article import article
from paraph.publish.card import Card, Voice
from paraph.publish.pages import Pages

if TYPE_CHECKING:
    from paraph.publish.speech import Speech

_READERS = re.compile(r'<p class="readers\b[^>]*>(.*?)</p>', re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_NUMBERS = re.compile(r"\d+")


def groups(pages: Pages, speech: Speech, path: str) -> list[dict[str, Any]]:
    """The leaflets, posters and cards that stand, by language and by readers.

    The language of the page comes first, in each the youngest readers, and for these the newest.
    """
    site = pages.site
    found: dict[str, dict[str, Any]] = {}
    order = dict.fromkeys((speech.code, *site.workspace.all_languages))
    for code in order:
        for card in reversed(site.leaflets):
            voice = next((one for one in card.voices if one.code == code), None)
            if voice is None:
                continue
            group = found.setdefault(code, {"code": code, "name": voice.name, "dir": voice.direction, "readers": {}})
            group["readers"].setdefault(_readers(pages, card, voice), []).append(
                {
                    "form": card.form_names.get(code, ""),
                    "href": relative(path, place(card, voice)),
                    "title": voice.title,
                    "subtitle": voice.subtitle,
                    "marks": [speech.say(mark) for mark in card.marks],
                    "files": _files(pages, speech, card, code, path),
                }
            )
    for group in found.values():
        group["readers"] = sorted(group["readers"].items(), key=lambda one: _age(one[0]))
    return list(found.values())


def _age(readers: str) -> tuple[bool, list[int], str]:
    """Sorts readers by the ages in their name, in whatever script; those without any come last."""
    ages = [int(one) for one in _NUMBERS.findall(readers)]
    return not ages, ages, readers


def _readers(pages: Pages, card: Card, voice: Voice) -> str:
    """For whom a leaflet is written, as its released page says; "" where it has no page or does not say."""
    if not voice.page:
        return ""
    said = _READERS.search(article(pages.site.shelf.file(card, voice.page), voice.page))
    return unescape(_TAGS.sub("", said[1])).strip() if said else ""


def _files(pages: Pages, speech: Speech, card: Card, code: str, path: str) -> list[dict[str, str]]:
    """What is printed: the edition of all, then that of each member."""
    statement = pages.site.shelf.statement(card)
    found = []
    for one in statement.files:
        if one.format == "pdf" and one.languages == (code,):
            name, lang, direction = pages.member(speech, one.member) if one.member else ("", "", "")
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
