"""What the page of a document says of itself to machines: Dublin Core, and schema.org as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from paraph.model.language import Standing
from paraph.model.release import ReleaseRecord, Speaker, Statement
from paraph.publish.addresses import address_of, place, relative
from paraph.publish.card import Card, Voice
from paraph.publish.site import Site


def dublin_core(site: Site, card: Card, voice: Voice, found: ReleaseRecord) -> Iterator[tuple[str, str]]:
    """Dublin Core terms, https://www.dublincore.org/specifications/dublin-core/dcmi-terms/."""
    yield "title", voice.title
    yield "identifier", card.reference
    yield "language", voice.code
    yield "type", "Text"
    yield "issued", site.workspace.day(card.released).isoformat()
    if found.date:
        yield "date", found.date.isoformat()
    for one in _authors(card, found):
        yield "creator", _name(one.names, voice.code)
    for theme in _themes(site, card, voice):
        yield "subject", theme
    if found.corrects or found.replaces:
        yield "replaces", found.corrects or found.replaces
    if card.fate.successor and not card.fate.gone:
        yield "isReplacedBy", card.fate.successor


def _authors(card: Card, found: ReleaseRecord) -> tuple[Speaker, ...]:
    """Whose text it is: the networks that speak; of one in the name of none, the institutions that said they join."""
    return found.networks or tuple(one for one in found.institutions if one.id in card.joined)


def _themes(site: Site, card: Card, voice: Voice) -> Iterator[str]:
    """What it is about, in its language as far as the site has a name for that."""
    speech = site.speech(voice.code)
    for theme in card.themes:
        names = site.kit.themes.get(theme, {})
        yield names.get(voice.code) or speech.of(names, theme.replace("-", " "))


def _name(names: Mapping[str, str], code: str) -> str:
    return names.get(code) or next(iter(names.values()), "")


def linked_data(site: Site, card: Card, voice: Voice, statement: Statement, *, files: bool = True) -> str:
    """schema.org as JSON-LD, in which no end of a script can stand; without the files, where there are too many."""
    found, address = statement.record, site.workspace.address

    def where(path: str) -> str:
        return address_of(address, path) if address else relative(place(card, voice), path)

    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": voice.title,
        "identifier": card.reference,
        "inLanguage": voice.code,
        "url": where(place(card, voice)),
        "datePublished": site.workspace.day(card.released).isoformat(),
        "creativeWorkStatus": card.standing.capitalize(),
        "author": [
            {
                "@type": "Organization",
                "name": _name(one.names, voice.code),
                **({"url": one.website} if one.website else {}),
            }
            for one in _authors(card, found)
        ],
        "keywords": [*_themes(site, card, voice)],
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": where(f"files/{card.folder}/{one.name}"),
                "encodingFormat": one.media,
                "contentSize": str(one.size),
                "sha256": one.digest,
                "inLanguage": list(one.languages),
            }
            for one in statement.files
            if files and voice.code in one.languages
        ],
    }
    if voice.subtitle:
        data["alternativeHeadline"] = voice.subtitle
    if found.date:
        data["dateCreated"] = found.date.isoformat()
    for key, codes in _translations(card, voice).items():
        data[key] = [{"@type": "CreativeWork", "inLanguage": one.code, "url": where(place(card, one))} for one in codes]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _translations(card: Card, voice: Voice) -> dict[str, list[Voice]]:
    """What schema.org says of two languages of a text: of which ones it is a translation, or which are translations of
    it. It has no word for authentic texts, which are none of each other: that they exist, links to alternates say."""
    authentic = [one for one in card.voices if one.standing is Standing.AUTHENTIC]
    if voice.standing is not Standing.AUTHENTIC:
        return {"translationOfWork": authentic} if authentic else {}
    courtesy = [one for one in card.voices if one.standing is not Standing.AUTHENTIC]
    return {"workTranslation": courtesy} if courtesy else {}
