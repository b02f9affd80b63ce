"""The pages that list: front pages, years, themes, institutions, leaflets; search and verification.

The words around them come from templates/site/strings.yml, their shape from its Jinja templates, which see what
docs/publish.md lists and run in a sandbox.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import BytecodeCache, StrictUndefined, Template, TemplateError
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from paraph.errors import RenderError
from paraph.publish import assets
from paraph.publish.card import Card, Voice, mark_of
from paraph.publish.site import LATEST, Kept, Listing, Site, listings
from paraph.publish.speech import Speech
from paraph.publish.unit import Files, Unit

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
"""What every page may load: its style sheet and pictures, from its own site."""

SEARCH_POLICY = POLICY + "; script-src 'self'"
"""The page of the search may run the scripts of its own site as well."""

_MENU = (
    ("home", "index.html"),
    ("themes", "index.html#site-themes"),
    ("members", "members/index.html"),
    ("leaflets", "leaflets.html"),
    ("search", "search.html"),
    ("verify", "verify.html"),
)


class Pages:
    """Makes pages from templates."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._environment = ImmutableSandboxedEnvironment(
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            loader=_loader(site.kit.files),
            bytecode_cache=_Compiled(site.kept),
        )
        self._templates: dict[str, Template] = {}
        self._home = {code: one.of(site.workspace.name) for code, one in site.speeches.items()}

    def render(self, template: str, speech: Speech, page: Mapping[str, Any], **more: Any) -> bytes:
        """A page in UTF-8. Raises RenderError where a template is faulty."""
        try:
            if template not in self._templates:
                self._templates[template] = self._environment.get_template(template)
            return self._templates[template].render(page=page, say=speech.say, **more).encode()
        except TemplateError as error:
            where = f"templates/site/{template}"
            line = getattr(error, "lineno", None)
            raise RenderError(
                f"{where}{f', line {line}' if line else ''}: {error}", "Compare it with the shipped one."
            ) from error

    def page(
        self,
        speech: Speech,
        path: str,
        title: str,
        *,
        alternates: Mapping[str, str],
        kind: str = "list",
        menu: str = "",
        description: str = "",
        policy: str = POLICY,
        names: Mapping[str, tuple[str, str]] | None = None,
        current: str = "",
        **more: Any,
    ) -> dict[str, Any]:
        """What base.html can print. `alternates` are the same page by language, `names` the languages' own names."""
        site, address = self.site, self.site.workspace.address
        brand = site.workspace.brand
        known = names or {code: (one.language.name, one.language.direction) for code, one in site.speeches.items()}
        current = current or speech.code

        def link(target: str) -> str:
            return address_of(address, target) if address else relative(path, target)

        return {
            "lang": speech.code,
            "dir": speech.language.direction,
            "title": title,
            "description": description,
            "site": self._home[speech.code],
            "generator": site.generator,
            "kind": kind,
            "policy": policy,
            "root": "../" * path.count("/"),
            "home": relative(path, f"{speech.code}/index.html"),
            "canonical": address_of(address, path) if address else "",
            "alternates": [{"code": code, "link": link(target)} for code, target in alternates.items()]
            if len(alternates) > 1
            else [],
            "languages": [
                {
                    "code": code,
                    "name": known[code][0],
                    "dir": known[code][1],
                    "href": relative(path, target),
                    "current": code == current,
                }
                for code, target in alternates.items()
            ],
            "menu": [
                {"name": speech.say(key), "href": relative(path, f"{speech.code}/{target}"), "current": key == menu}
                for key, target in _MENU
            ],
            "feed": relative(path, f"{speech.code}/feed.xml"),
            "feed_title": self._home[speech.code],
            "interface_unchecked": speech.unchecked,
            "logo": f"assets/{assets.logo_name(site.logo)}" if site.logo else "",
            "logo_alt": speech.of(brand.logo_alt) or speech.of(brand.name),
            "networks": [
                {"name": speech.of({code: name.name for code, name in one.names.items()}), "href": one.website}
                for one in site.workspace.networks.values()
                if one.website
            ],
            **more,
        }

    def everywhere(self, place: str) -> dict[str, str]:
        """A page that every language of the site has at the same place below its own folder."""
        return {code: f"{code}/{place}" for code in self.site.speeches}

    def entry(self, card: Card, speech: Speech, path: str) -> dict[str, Any]:
        """What macros.html prints of a release in a list on the page at `path`."""
        voice = card.voice(speech.code, *speech.others)
        return {
            "iso": card.day.isoformat(),
            "date": speech.date(card.day),
            "form": speech.of(card.form_names),
            "marks": marks(card),
            "href": relative(path, place(card, voice)),
            "title": voice.title,
            "subtitle": voice.subtitle,
            "code": voice.code,
            "dir": voice.direction,
            "foreign": voice.code != speech.code,
            "others": [
                {"code": one.code, "name": one.name, "dir": one.direction, "href": relative(path, place(card, one))}
                for one in card.voices
                if one is not voice
            ],
        }

    # --- units

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
        facts: Sequence[dict[str, str]] = (),
        subheading: str = "",
    ) -> Iterator[Unit]:
        """A list of releases. In another language it may have other pages: its first is what is pointed to."""
        for one in listings(f"{speech.code}/{where}", tuple(cards)):
            mark = mark_of(self.site.base, title, facts, one.earlier, one.later, *(card.mark for card in one.cards))

            def make(one: Listing = one) -> Files:
                page = self.page(
                    speech,
                    one.path,
                    title,
                    alternates=self.everywhere(f"{where}.html"),
                    menu=menu,
                    facts=facts,
                    subheading=subheading,
                    heading_lang="",
                    entries=[self.entry(card, speech, one.path) for card in one.cards],
                    earlier=one.earlier and relative(one.path, one.earlier),
                    later=one.later and relative(one.path, one.later),
                )
                yield one.path, self.render("list.html", speech, page)

            yield Unit(one.path, mark, make)

    def _years(self, speech: Speech) -> Iterator[Unit]:
        for year, cards in self.site.by_year.items():
            yield from self._list(speech, f"year/{year}", speech.say("texts-of", year=year), cards, "home")

    def _themes(self, speech: Speech) -> Iterator[Unit]:
        for theme, cards in self.site.by_theme.items():
            yield from self._list(speech, f"theme/{theme}", self.theme(speech, theme), cards, "themes")

    def theme(self, speech: Speech, theme: str) -> str:
        """The name of a theme."""
        return speech.of(self.site.kit.themes.get(theme, {}), theme.replace("-", " "))

    def member(self, speech: Speech, member: str) -> tuple[str, str, str]:
        """The name of an institution, its language and direction where that is another one than the page's."""
        found = self.site.members.get(member)
        for code in (speech.code, *speech.others):
            if found and (name := found.name(code, None)):
                language = self.site.workspace.languages[code]
                return name.name, "" if code == speech.code else code, language.direction
        return member, "", ""

    def _members(self, speech: Speech) -> Iterator[Unit]:
        for member, cards in self.site.by_member.items():
            name = self.member(speech, member)[0]
            yield from self._list(
                speech,
                f"members/{member}",
                name,
                cards,
                "members",
                self._about(speech, member),
                speech.say("texts-joined"),
            )
        counts = {member: len(cards) for member, cards in self.site.by_member.items()}
        names = {member: self.member(speech, member) for member in counts}
        path, title = f"{speech.code}/members/index.html", speech.say("members")

        def make() -> Files:
            rows = [
                {
                    "href": f"{member}.html",
                    "name": name,
                    "lang": lang,
                    "dir": direction,
                    "count": speech.count("count", counts[member]),
                }
                for member, (name, lang, direction) in sorted(names.items(), key=lambda one: _collation(one[1][0]))
            ]
            page = self.page(
                speech, path, title, alternates=self.everywhere("members/index.html"), menu="members", members=rows
            )
            yield path, self.render("members.html", speech, page)

        yield Unit(path, mark_of(self.site.base, counts, names), make)

    def _about(self, speech: Speech, member: str) -> list[dict[str, str]]:
        found = self.site.members.get(member)
        if found is None:
            return []
        facts = [
            {
                "label": speech.say("networks"),
                "text": speech.of({code: name.name for code, name in network.names.items()}),
                "href": network.website,
            }
            for id_ in found.networks
            if (network := self.site.workspace.networks.get(id_))
        ]
        if found.website:
            facts.append({"label": speech.say("website"), "text": found.website, "href": found.website})
        return facts

    def _leaflets(self, speech: Speech) -> Unit:
        from paraph.publish.leaflets import groups

        path, title = f"{speech.code}/leaflets.html", speech.say("leaflets")

        def make() -> Files:
            found = groups(self, speech, path)
            page = self.page(
                speech, path, title, alternates=self.everywhere("leaflets.html"), menu="leaflets", groups=found
            )
            yield path, self.render("leaflets.html", speech, page)

        return Unit(path, mark_of(self.site.base, *(one.mark for one in self.site.leaflets)), make)

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
                page = self.page(
                    speech,
                    path,
                    speech.say(key),
                    alternates=self.everywhere(f"{key}.html"),
                    menu=key,
                    kind=key,
                    policy=policy,
                    shards=shards,
                )
                yield path, self.render(f"{key}.html", speech, page)

            yield Unit(path, mark_of(self.site.base, key, shards), make)

    def _front(self, speech: Speech) -> Unit:
        site, path = self.site, f"{speech.code}/index.html"
        latest = tuple(reversed(site.cards[-LATEST:]))
        years = {year: len(cards) for year, cards in site.by_year.items()}
        themes = {theme: len(cards) for theme, cards in site.by_theme.items()}

        names = [{code: name.name for code, name in one.names.items()} for one in site.workspace.networks.values()]
        networks = " · ".join(speech.of(one) for one in names)

        def index(counts: Mapping[Any, int], folder: str, name: Callable[[Any], str]) -> list[dict[str, str]]:
            return [
                {"href": f"{folder}/{key}.html", "name": name(key), "count": speech.count("count", n)}
                for key, n in counts.items()
            ]

        def make() -> Files:
            page = self.page(
                speech,
                path,
                speech.say("latest"),
                alternates=self.everywhere("index.html"),
                kind="front",
                menu="home",
                lead=networks,
                entries=[self.entry(card, speech, path) for card in latest],
                years=index(years, "year", str),
                themes=index(themes, "theme", lambda theme: self.theme(speech, theme)),
                leaflets="leaflets.html" if site.leaflets else "",
            )
            yield path, self.render("front.html", speech, page)

        return Unit(path, mark_of(site.base, years, themes, bool(site.leaflets), *(one.mark for one in latest)), make)

    def _welcome(self) -> Unit:
        """The page at the root: in which language? It sends nobody anywhere by itself."""
        site = self.site
        speech = next(iter(site.speeches.values()))

        def make() -> Files:
            alternates = self.everywhere("index.html")
            page = self.page(speech, "index.html", speech.say("choose-language"), alternates=alternates, kind="welcome")
            for one in page["languages"]:
                one["site"], one["current"] = self._home[one["code"]], False
            yield "index.html", self.render("welcome.html", speech, page)

        return Unit("index.html", mark_of(site.base), make)


def marks(card: Card) -> list[str]:
    """The strings that say what has become of a release."""
    gone = [] if card.fate.standing == "in-force" else [f"mark-{card.fate.standing}"]
    return [*gone, *(["mark-provisional"] if card.provisional else [])]


def place(card: Card, voice: Voice) -> str:
    """The path of the page of a document in one language: its address, for ever."""
    return f"{voice.code}/{card.folder}.html"


def relative(path: str, target: str) -> str:
    """The address of `target` as the page at `path` writes it: it works on a disk as on a server."""
    return posixpath.relpath(target, posixpath.dirname(path) or ".")


def address_of(address: str, path: str) -> str:
    """The address of a file of the site on the web."""
    from urllib.parse import quote

    return f"{address.rstrip('/')}/{quote(path)}"


def _collation(text: str) -> str:
    from paraph.model.names import collation

    return collation(text)


class _Compiled(BytecodeCache):
    """Templates compiled before; jinja2 itself sees whether they are still those. The cache is the user's own."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept of a template, if anything."""
        if data := self._kept.get(mark_of("template", bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self._kept.put(mark_of("template", bucket.key, bucket.checksum), bucket.bytecode_to_string())


def _loader(files: Mapping[str, bytes]) -> Any:
    from jinja2 import FunctionLoader

    def source(name: str) -> str | None:
        return files[name].decode("utf-8", "replace") if name in files else None

    return FunctionLoader(source)
