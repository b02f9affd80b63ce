"""The pages that list: front pages, years, themes, institutions, leaflets; search and verification."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from paraph.publish.addresses import relative
from paraph.publish.card import MARKS, Card, mark_of
from paraph.publish.pages import POLICY, Pages, called
from paraph.publish.site import LATEST, Listing, Site, listings
from paraph.publish.speech import Speech
from paraph.publish.unit import Files, Unit

SEARCH_POLICY = POLICY + "; script-src 'self'"
"""The page of the search may run the scripts of its own site as well."""

_WELCOME = "index.html"
"""The page at the root, for those of no language of the site."""


class Lists:
    """Makes the pages that list."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self.site, self.pages = site, pages
        self._listings: dict[str, tuple[Listing, ...]] = {}

    def units(self) -> Iterator[Unit]:
        """Every page that lists, and the pages that stand alone."""
        for speech in self.site.speeches.values():
            yield from self._years(speech)
            yield from self._themes(speech)
            yield from self._members(speech)
            yield self._leaflets(speech)
            yield from self._fixed(speech)
            yield self._front(speech)
        yield self._welcome()

    def _list(
        self,
        speech: Speech,
        where: str,
        title: str,
        cards: Sequence[Card],
        menu: str,
        facts: Sequence[dict[str, Any]] = (),
        subheading: str = "",
        foreign: tuple[str, str] = ("", ""),
        status: str = "",
    ) -> Iterator[Unit]:
        """A list of releases. In another language it may have other pages: its first is what is pointed to.

        `foreign` are the language and direction of a title that is in another one than the page, `status` what is said
        beside it.
        """
        if where not in self._listings:
            self._listings[where] = listings(where, tuple(cards))  # the same in every language of the site
        head = mark_of(self.site.base, title, foreign, facts, status)
        for one in self._listings[where]:
            path = f"{speech.code}/{one.path}"
            mark = mark_of(head, one.earlier, one.later, one.mark)

            def make(one: Listing = one, path: str = path) -> Files:
                page = self.pages.page(
                    speech,
                    path,
                    title,
                    alternates=self.pages.everywhere(f"{where}.html"),
                    menu=menu,
                    facts=facts,
                    subheading=subheading,
                    status=status,
                    heading_lang=foreign[0],
                    heading_dir=foreign[1],
                    entries=[self.pages.entry(card, speech, path) for card in one.cards],
                    earlier=one.earlier and relative(one.path, one.earlier),
                    later=one.later and relative(one.path, one.later),
                )
                yield path, self.pages.render("list.html", speech, page)

            yield Unit(path, mark, make)

    def _years(self, speech: Speech) -> Iterator[Unit]:
        for year, cards in self.site.by_year.items():
            yield from self._list(speech, f"year/{year}", speech.say("texts-of", year=year), cards, "home")

    def _themes(self, speech: Speech) -> Iterator[Unit]:
        for theme, cards in self.site.by_theme.items():
            yield from self._list(speech, f"theme/{theme}", self.pages.theme(speech, theme), cards, "themes")

    def _members(self, speech: Speech) -> Iterator[Unit]:
        for member, cards in self.site.by_member.items():
            name, lang, direction = self.pages.member(speech, member)
            yield from self._list(
                speech,
                f"members/{member}",
                name,
                cards,
                "members",
                self._about(speech, member),
                speech.say("texts-joined"),
                (lang, direction),
                self._status(speech, member),
            )
        counts = {member: len(cards) for member, cards in self.site.by_member.items()}
        names = {
            member: (*self.pages.member(speech, member), self._status(speech, member))
            for member in self.pages.in_order(speech, counts)
        }
        path, title = f"{speech.code}/members/index.html", speech.say("members")

        def make() -> Files:
            rows = [
                {
                    "href": f"{member}.html",
                    "name": name,
                    "lang": lang,
                    "dir": direction,
                    "status": status,
                    "count": speech.count("count", counts[member]),
                }
                for member, (name, lang, direction, status) in names.items()
            ]
            page = self.pages.page(
                speech,
                path,
                title,
                alternates=self.pages.everywhere("members/index.html"),
                menu="members",
                members=rows,
            )
            yield path, self.pages.render("members.html", speech, page)

        yield Unit(path, mark_of(self.site.base, counts, [*names.items()]), make)

    def _status(self, speech: Speech, member: str) -> str:
        """What is said today of an institution that is no active member; a workspace may be of before that was."""
        found = self.site.members.get(member)
        key = f"member-{found.status_on(None)}" if found and found.status else ""  # none: it is to join later
        return speech.say(key) if speech.has(key) else ""

    def _about(self, speech: Speech, member: str) -> list[dict[str, Any]]:
        found = self.site.members.get(member)
        if found is None:
            return []
        networks = [
            {"text": called(one, speech), "href": one.website}
            for id_ in found.networks
            if (one := self.site.workspace.networks.get(id_))
        ]
        website = [{"text": found.website.split("//")[-1].rstrip("/"), "href": found.website}] if found.website else []
        facts = (("networks", networks), ("website", website))
        return [{"label": speech.say(key), "texts": texts} for key, texts in facts if texts]

    def _leaflets(self, speech: Speech) -> Unit:
        from paraph.publish.leaflets import laid

        path, title = f"{speech.code}/leaflets.html", speech.say("leaflets")

        def make() -> Files:
            for here, more in laid(self.pages, speech, path):
                alternates = self.pages.everywhere("leaflets.html")
                page = self.pages.page(speech, here, title, alternates=alternates, menu="leaflets", **more)
                yield here, self.pages.render("leaflets.html", speech, page)

        names = [(self.pages.member(speech, one), self.pages.place_of(speech, one)) for one in self.site.members]
        return Unit(path, mark_of(self.site.base, names, *(one.mark for one in self.site.leaflets)), make)

    def _fixed(self, speech: Speech) -> Iterator[Unit]:
        from paraph.publish.search import languages

        found = languages(self.site)
        shards = [
            {"code": code, "name": name, "dir": direction, "current": code == speech.code}
            for code, (name, direction) in found.items()
        ]
        for key, policy in (("verify", POLICY), ("search", SEARCH_POLICY)):
            path = f"{speech.code}/{key}.html"

            def make(key: str = key, path: str = path, policy: str = policy) -> Files:
                page = self.pages.page(
                    speech,
                    path,
                    speech.say(key),
                    alternates=self.pages.everywhere(f"{key}.html"),
                    menu=key,
                    kind=key,
                    policy=policy,
                    shards=shards,
                    marks=json.dumps({mark: speech.say(mark) for mark in MARKS}, ensure_ascii=False),
                    locale=speech.language.locale.replace("_", "-"),
                )
                yield path, self.pages.render(f"{key}.html", speech, page)

            yield Unit(path, mark_of(self.site.base, key, shards), make)

    def _front(self, speech: Speech) -> Unit:
        site, path = self.site, f"{speech.code}/index.html"
        latest = tuple(reversed(site.cards[-LATEST:]))
        years = {year: len(cards) for year, cards in site.by_year.items()}
        themes = {theme: len(cards) for theme, cards in site.by_theme.items()}
        networks = " · ".join(called(one, speech) for one in site.workspace.networks.values())

        def index(counts: Mapping[Any, int], folder: str, name: Callable[[Any], str]) -> list[dict[str, str]]:
            return [
                {"href": f"{folder}/{key}.html", "name": name(key), "count": speech.count("count", n)}
                for key, n in counts.items()
            ]

        def make() -> Files:
            page = self.pages.page(
                speech,
                path,
                speech.say("latest"),
                alternates=self.pages.everywhere("index.html"),
                kind="front",
                default=_WELCOME,
                menu="home",
                lead=networks,
                entries=[self.pages.entry(card, speech, path) for card in latest],
                years=index(years, "year", str),
                themes=index(themes, "theme", lambda theme: self.pages.theme(speech, theme)),
                leaflets="leaflets.html" if site.leaflets else "",
            )
            yield path, self.pages.render("front.html", speech, page)

        return Unit(path, mark_of(site.base, years, themes, bool(site.leaflets), *(one.mark for one in latest)), make)

    def _welcome(self) -> Unit:
        """The page at the root: in which language? It sends nobody anywhere by itself."""
        site = self.site
        speech = next(iter(site.speeches.values()))

        def make() -> Files:
            alternates = self.pages.everywhere("index.html")
            page = self.pages.page(
                speech,
                _WELCOME,
                speech.say("choose-language"),
                alternates=alternates,
                kind="welcome",
                default=_WELCOME,
            )
            for one in page["languages"]:
                one["site"], one["current"] = self.pages.site_names[one["code"]], False
            yield _WELCOME, self.pages.render("welcome.html", speech, page)

        return Unit(_WELCOME, mark_of(site.base), make)
