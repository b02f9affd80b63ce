"""What a website is made with: templates/site/, and `publish` in paraph.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paraph.model.language import Texts
from paraph.model.names import IN_BRACES


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteKit:
    """templates/site/: fixed words by language and name, the languages that nobody has checked, names of themes.

    `files` are its templates, style sheet and script by name; `styles` the form.css of every form that brings one.
    """

    strings: Mapping[str, Mapping[str, str]]
    unchecked: tuple[str, ...]
    themes: Mapping[str, Texts]
    files: Mapping[str, bytes]
    styles: tuple[bytes, ...] = ()

    def say(self, language: str, key: str, /, **values: object) -> str:
        """The string `key` with `{name}` filled in."""
        text = self.strings[language][key]
        return IN_BRACES.sub(lambda found: str(values.get(found[1], found[0])), text) if values else text
