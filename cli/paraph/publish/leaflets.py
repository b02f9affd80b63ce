"""What is handed out, by language, by readers, and in the edition of each member: found in two steps on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from paraph.publish.addresses import place, relative
from paraph.publish.article import article
from paraph.publish.card import Card, Voice
from paraph.publish.pages import LARGEST, Pages

if TYPE_CHECKING:
    from paraph.publish.speech import Speech

_TEMPLATE = "leaflets.html"
_READERS = re.compile(r'<p class="readers\b[^>]*>(.*?)</p>', re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_NUMBERS = re.compile(r"\d+")
_FRAME, _AROUND, _FILE = 6_000, 450, 190
"""Bytes of a page around its leaflets; around the words of a leaflet; around the name of a file of it, at most."""


def laid(pages: Pages, speech: Speech, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the pages of the leaflets print, each with its address: the first at `path`, and further ones where that
    would be too heavy."""
    groups = _groups(pages, speech, path)
    leads = b"page.sheets" in pages.site.kit.files.get(_TEMPLATE, b"")  # a workspace may have it from before
    sheets = [*_sheets(groups)] if leads else [groups]
    paths = [path, *(f"{path.removesuffix('.html')}-{number}.html" for number in range(2, len(sheets) + 1))]
    names = [relative(path, one) for one in paths]
    first = {one["code"]: name for name, sheet in zip(names[::-1], sheets[::-1], strict=True) for one in sheet}
    for at, here, sheet in zip(paths, names, sheets, strict=True):
        ways = [
            {**one, "href": f"{'' if first[one['code']] == here else first[one['code']]}#leaflets-{one['code']}"}
            for one in groups
        ]
        others = [
            {"href": name, "name": speech.say("sheet", n=n, all=len(names)), "current": name == here}
            for n, name in enumerate(names, 1)
        ]
        yield at, {"groups": sheet, "ways": ways, "sheets": others if len(others) > 1 else []}


def _sheets(groups: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The groups on as few pages as hold them, cut between two leaflets."""
    sheet: list[dict[str, Any]] = []
    left = LARGEST - _FRAME
    for group in groups:
        for readers, entries in group["readers"]:
            for one in entries:
                if (weight := _weight(one)) > left and sheet:
                    yield sheet
                    sheet, left = [], LARGEST - _FRAME
                left -= weight
                if not sheet or sheet[-1]["code"] != group["code"]:
                    sheet.append({**group, "readers": []})
                if not sheet[-1]["readers"] or sheet[-1]["readers"][-1][0] != readers:
                    sheet[-1]["readers"].append((readers, []))
                sheet[-1]["readers"][-1][1].append(one)
    yield sheet


def _weight(one: dict[str, Any]) -> int:
    """Bytes that a leaflet takes up on the page, at most."""

    def octets(*texts: str) -> int:
        return sum(len(escape(text).encode()) for text in texts)

    title = octets(one["title"])
    files = sum(_FILE + title + octets(file["href"], file["member"], file["name"]) for file in one["files"])
    return _AROUND + title + octets(one["form"], one["href"], one["subtitle"], *one["marks"]) + files


def _groups(pages: Pages, speech: Speech, path: str) -> list[dict[str, Any]]:
    """The leaflets, posters and cards that stand, by language and by readers.

    The language of the page comes first, in each the youngest readers, and for these the newest.
    """
    site = pages.site
    found: dict[str, dict[str, Any]] = {}
    voices = (voice.code for card in site.leaflets for voice in card.voices)
    order = dict.fromkeys((speech.code, *site.workspace.all_languages, *voices))
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
                    "place": pages.place_of(speech, one.member) if one.member else "",
                    "lang": lang or speech.code,
                    "dir": direction or speech.language.direction,
                    "name": speech.say("format-pdf"),
                    "size": speech.size(one.size),
                }
            )
    return sorted(found, key=lambda one: one["place"])
