"""Every page of the website: the words and menus around it, and what lists print of a release.

The words come from templates/site/strings.yml, their shape from its Jinja templates, which see what docs/publish.md
lists and run in a sandbox. Which pages there are: `paraph.publish.lists`, `paraph.publish.document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jinja2 import Template, TemplateError
from markupsafe import Markup

from paraph.errors import RenderError
from paraph.model.language import Standing
from paraph.model.names import collation
from paraph.model.release import ReleaseRecord
from paraph.model.workspace import Network
from paraph.publish import assets
from paraph.publish.addresses import address_of, place, relative
from paraph.publish.card import Card
from paraph.publish.site import Site
from paraph.publish.speech import Speech
from paraph.publish.templates import environment
from paraph.render.direction import direction

LARGEST = 60_000
"""Bytes of a page at most, its pictures aside: a few seconds where a telephone has the slowest of networks."""

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
"""What every page may load: its style sheet and pictures, from its own site."""

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
        self._environment = environment(site.kit.files, site.cache)
        self._templates: dict[str, Template] = {}
        self._entries: dict[tuple[str, str, int], Markup] = {}
        self._places: dict[str, dict[str, str]] = {}
        self.site_names = {code: one.of(site.workspace.name) for code, one in site.speeches.items()}

    def render(self, template: str, speech: Speech, page: Mapping[str, Any], **more: Any) -> bytes:
        """A page in UTF-8. Raises RenderError where a template is faulty."""
        with _faults_of(template):
            return self._template(template).render(page=page, say=speech.say, **more).encode()

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(name)
        return self._templates[name]

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
        default: str = "",
        **more: Any,
    ) -> dict[str, Any]:
        """What base.html can print. `alternates` are the same page by language, `default` the one for all others,
        `names` the languages' own names."""
        site, address = self.site, self.site.workspace.address
        brand = site.workspace.brand
        known = names or {code: (one.language.name, one.language.direction) for code, one in site.speeches.items()}
        current = current or speech.code
        strange = "search" if current != speech.code else ""

        def link(target: str) -> str:
            return address_of(address, target) if address else relative(path, target)

        return {
            "lang": speech.code,
            "dir": speech.language.direction,
            "title": title,
            "description": description,
            "site": self.site_names[speech.code],
            "generator": site.generator,
            "kind": kind,
            "policy": policy,
            "root": "../" * path.count("/"),
            "home": relative(path, f"{speech.code}/index.html"),
            "canonical": address_of(address, path) if address else "",
            "alternates": [
                {"code": code, "link": link(target)}
                for code, target in {**alternates, **({"x-default": default} if default else {})}.items()
            ]
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
                {
                    "name": speech.say(key),
                    # From a text in a language without menus of its own the search begins in that language.
                    "href": relative(path, f"{speech.code}/{target}") + (f"#{current}" if key == strange else ""),
                    "current": key == menu,
                }
                for key, target in _MENU
            ],
            "feed": relative(path, f"{speech.code}/feed.xml"),
            "feed_title": self.site_names[speech.code],
            "interface_unchecked": speech.unchecked,
            "logo": f"assets/{assets.logo_name(site.logo)}" if site.logo else "",
            "logo_alt": speech.of(brand.logo_alt) or speech.of(brand.name),
            "networks": [
                {"name": called(one, speech), "href": one.website}
                for one in site.workspace.networks.values()
                if one.website
            ],
            **more,
        }

    def everywhere(self, place: str) -> dict[str, str]:
        """A page that every language of the site has at the same place below its own folder."""
        return {code: f"{code}/{place}" for code in self.site.speeches}

    def entry(self, card: Card, speech: Speech, path: str) -> Markup:
        """A release in a list on the page at `path`, as macros.html prints it.

        It stands in a dozen lists and is printed once: below the folder of a language, its addresses depend on nothing
        but how deep the page lies.
        """
        key = card.folder, speech.code, path.count("/")
        if key not in self._entries:
            shown = self._entry(card, speech, path)
            with _faults_of("macros.html"):
                printed = self._template("macros.html").module.entry(shown, speech.say)  # type: ignore[attr-defined]  # a macro
            self._entries[key] = printed
        return self._entries[key]

    def _entry(self, card: Card, speech: Speech, path: str) -> dict[str, Any]:
        voice = card.voice(speech.code, *speech.others)
        return {
            "iso": card.day.isoformat(),
            "date": speech.date(card.day),
            "form": speech.of(card.form_names),
            "marks": card.marks,
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

    def theme(self, speech: Speech, theme: str) -> str:
        """The name of a theme."""
        return speech.of(self.site.kit.themes.get(theme, {}), theme.replace("-", " "))

    def member(self, speech: Speech, member: str) -> tuple[str, str, str]:
        """The name of an institution today, its language and direction where that is another one than the page's.

        Whatever prints it has it in its mark: it changes without any release.
        """
        found = self.site.members.get(member)
        for code in (speech.code, *speech.others):
            if found and (name := found.name(code, None)):
                return name.name, *_other(code, speech)
        return member, "", ""

    def place_of(self, speech: Speech, member: str) -> str:
        """Sorts institutions as the signature block does: where `sort` in institutions.yml puts them."""
        found = self.site.members.get(member)
        for code in (speech.code, *speech.others):
            if found and (name := found.name(code, None)):
                return collation(name.sort or name.name)
        return collation(member)

    def in_order(self, speech: Speech, members: Iterable[str]) -> list[str]:
        """Institutions in the order of `place_of`. Whatever lists them so has that in its mark."""
        if speech.code not in self._places:
            self._places[speech.code] = {one: self.place_of(speech, one) for one in self.site.members}
        places = self._places[speech.code]
        return sorted(members, key=lambda one: (places.get(one) or self.place_of(speech, one), one))

    def member_then(self, speech: Speech, member: str, found: ReleaseRecord) -> tuple[str, str, str]:
        """Likewise its name when something was released, as the record has it: in the language of the page, else in
        the first authentic one; today's of an institution that the record names nowhere (`Card.unnamed`)."""
        names = next((one.names for one in found.institutions if one.id == member), {})
        authentic = (one.code for one in found.languages if one.standing is Standing.AUTHENTIC)
        for code in (speech.code, *authentic, *speech.others, *names):
            if code in names:
                return names[code], *_other(code, speech)
        return self.member(speech, member)


def _other(code: str, speech: Speech) -> tuple[str, str]:
    """A language and its direction, where it is another one than the page's."""
    return ("", "") if code == speech.code else (code, direction(code))


@contextmanager
def _faults_of(template: str) -> Iterator[None]:
    """Whatever a template does wrong is told with its file and line."""
    try:
        yield
    except TemplateError as error:
        where = f"templates/site/{template}"
        line = getattr(error, "lineno", None)
        raise RenderError(
            f"{where}{f', line {line}' if line else ''}: {error}", "Compare it with the shipped one."
        ) from error


def called(network: Network, speech: Speech) -> str:
    """The name of a network."""
    return speech.of({code: name.name for code, name in network.names.items()})
