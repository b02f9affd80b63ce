"""News as Atom (RFC 4287), one feed a language; the site map (sitemaps.org), a file a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from lxml import etree

from paraph.publish.addresses import address_of, place, relative
from paraph.publish.card import Card, mark_of
from paraph.publish.site import LATEST
from paraph.publish.speech import Speech
from paraph.publish.unit import Files, Unit

if TYPE_CHECKING:
    from paraph.publish.site import Site

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ATOM_ALONE: dict[Any, str] = {None: ATOM}
_SITEMAP_XHTML: dict[Any, str] = {None: SITEMAP, "xhtml": "http://www.w3.org/1999/xhtml"}
_XML = "{http://www.w3.org/XML/1998/namespace}"


def units(site: Site) -> Iterator[Unit]:
    """The feeds; the site map where the address of the site is known, without which it would say nothing."""
    newest = sorted(site.cards, key=lambda one: one.changed)[-LATEST:]
    for speech in site.speeches.values():
        mark = mark_of(site.base, *(card.mark for card in newest))
        yield Unit(f"{speech.code}/feed.xml", mark, partial(_feed, site, speech, newest[::-1]))
    if site.workspace.address:
        for year, cards in site.by_year.items():
            mark = mark_of(site.base, *(card.mark for card in cards))
            yield Unit(f"sitemap-{year}.xml", mark, partial(_sitemap, site, year, cards))
        yield Unit("sitemap.xml", mark_of(site.base, *site.by_year), partial(_index, site))


def _feed(site: Site, speech: Speech, cards: list[Card]) -> Files:
    path, address = f"{speech.code}/feed.xml", site.workspace.address

    def where(target: str) -> str:
        return address_of(address, target) if address else relative(path, target)

    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=_ATOM_ALONE)
    feed.set(f"{_XML}lang", speech.code)
    name = speech.of(site.workspace.name)
    _text(feed, "id", where(path) if address else f"urn:paraph:feed:{speech.code}")
    _text(feed, "title", name)
    _text(feed, "updated", _instant(cards[0].changed if cards else dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    _text(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", name)
    if address:
        _link(feed, where(path), rel="self", type="application/atom+xml")
    _link(feed, where(f"{speech.code}/index.html"), rel="alternate", type="text/html")
    for card in cards:
        voice = card.voice(speech.code, *speech.others)
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        if voice.code != speech.code:
            entry.set(f"{_XML}lang", voice.code)
        standing = f" ({', '.join(speech.say(mark) for mark in card.marks)})" if card.marks else ""
        _text(entry, "id", f"urn:paraph:release:{card.folder}:{voice.code}")
        _text(entry, "title", voice.title + standing)
        _text(entry, "published", _instant(card.released))
        _text(entry, "updated", _instant(card.changed))
        for one in card.voices:
            rel = "alternate" if one is voice else "related"
            _link(entry, where(place(card, one)), rel=rel, type="text/html", hreflang=one.code)
        for theme in card.themes:
            etree.SubElement(
                entry, f"{{{ATOM}}}category", term=theme, label=speech.of(site.kit.themes.get(theme, {}), theme)
            )
        _text(entry, "summary", _said(card, speech) or voice.subtitle or card.reference)
    yield path, _bytes(feed)


def _said(card: Card, speech: Speech) -> str:
    """That a text is not in force, by what and why, for whoever reads no more than this; "" where it is."""
    fate = card.fate
    if fate.standing == "in-force":
        early, (why, _) = speech.early(refused=bool(card.refused)), card.why_early.why(speech.code)
        return f"{early}. {speech.say('reason', reason=why)}" if card.provisional else ""
    day = speech.date(fate.on) if fate.on else ""
    withdrawn = [speech.say("withdrawn", date=day)] if fate.withdrawn else []
    followed = (text.replace("{reference}", reference) for text, reference in speech.followed(fate))
    what, *more = (*withdrawn, *followed)
    why, _ = fate.why(speech.code)
    return " ".join((what, *([speech.say("reason", reason=why)] if why else ()), *more))


def _sitemap(site: Site, year: int, cards: tuple[Card, ...]) -> Files:
    found = etree.Element(f"{{{SITEMAP}}}urlset", nsmap=_SITEMAP_XHTML)
    for card in cards:
        for voice in card.voices:
            url = etree.SubElement(found, f"{{{SITEMAP}}}url")
            etree.SubElement(url, f"{{{SITEMAP}}}loc").text = address_of(site.workspace.address, place(card, voice))
            etree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = _instant(card.changed)
            for other in card.voices if len(card.voices) > 1 else ():
                href = address_of(site.workspace.address, place(card, other))
                etree.SubElement(
                    url, "{http://www.w3.org/1999/xhtml}link", rel="alternate", hreflang=other.code, href=href
                )
    yield f"sitemap-{year}.xml", _bytes(found)


def _index(site: Site) -> Files:
    found = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap=_SITEMAP_XHTML)
    for year in site.by_year:
        one = etree.SubElement(found, f"{{{SITEMAP}}}sitemap")
        etree.SubElement(one, f"{{{SITEMAP}}}loc").text = address_of(site.workspace.address, f"sitemap-{year}.xml")
    yield "sitemap.xml", _bytes(found)


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{tag}").text = text


def _link(parent: etree._Element, href: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"href": href, **attributes})


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bytes(root: etree._Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made
