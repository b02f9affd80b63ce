"""One language of the site's words: fixed strings, numbers with their plural, dates, sizes, names of languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from paraph.model.language import Language, Texts
from paraph.model.release import Fate
from paraph.model.site import SiteKit
from paraph.model.workspace import Workspace

if TYPE_CHECKING:
    from babel import Locale

_KB = 1000
_BEFORE = {
    "provisional-refused": "provisional",
    "mark-not-adopted": "mark-provisional",
    "stood-then": "stood",
}
"""Strings that were shipped later than the first, by what says less of the same."""


@dataclass(slots=False)
class Speech:
    """A language that the site of a workspace speaks."""

    language: Language
    kit: SiteKit
    workspace: Workspace
    first_of_month: str = ""
    _dates: dict[dt.date, str] = field(default_factory=dict)
    _sizes: dict[tuple[float, bool], str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Its BCP 47 code."""
        return self.language.code

    @property
    def others(self) -> tuple[str, ...]:
        """The languages to fall back on for what has no text in this one."""
        return self.workspace.all_languages

    @property
    def unchecked(self) -> bool:
        """Whether nobody has read its words."""
        return self.code in self.kit.unchecked

    @cached_property
    def locale(self) -> Locale:
        """How it writes dates and numbers."""
        from babel import Locale

        return Locale.parse(self.language.locale)

    def say(self, key: str, /, **values: object) -> str:
        """A fixed string; where the workspace is of before it was shipped, one that says less."""
        return self.kit.say(self.code, key if self.has(key) else _BEFORE.get(key, key), **values)

    def early(self, *, refused: bool) -> str:
        """How what its members had not adopted was published, and whether they since did not (approvals.md, 22a)."""
        return self.say("provisional-refused" if refused else "provisional")

    def instead(self, fate: Fate) -> str:
        """What is to be read instead of a release that has a successor, with {reference} in it; if nothing is, why."""
        key = "replaced" if fate.replaced else "corrected"
        return self._ended(key, "back" if fate.back else "gone") if fate.back or fate.gone else self.say(key)

    def _ended(self, key: str, how: str) -> str:
        """That a text was corrected or replaced by what is to be read no more. A workspace of before that was said has
        the first sentence of `key`, which sends nobody there, or else a word."""
        if self.has(f"{key}-{how}"):
            return self.say(f"{key}-{how}")
        sentence, more, _ = self.say(key).partition(". ")
        return f"{sentence}." if more and "{" not in sentence else self.say(f"mark-{key}")

    def followed(self, fate: Fate) -> Iterator[tuple[str, str]]:
        """What followed a release, if anything did, each with the reference that stands for {reference} in it: where
        something else replaced what corrected it, that it was corrected first."""
        if fate.corrected and fate.replaced:
            yield self._ended("corrected", "back"), fate.corrected
        if fate.successor:
            yield self.instead(fate), fate.successor

    def has(self, key: str) -> bool:
        """Whether the workspace has a fixed string."""
        return key in self.kit.strings[self.code]

    def count(self, key: str, n: int) -> str:
        """A fixed string for a number of things."""
        form = f"{key}-{self.locale.plural_form(n)}"
        return self.say(form if form in self.kit.strings[self.code] else f"{key}-other", n=n)

    def date(self, day: dt.date) -> str:
        """A day in full, as documents write it: 1 March 2026, 1er mars 2026; of an instant, the workspace’s day."""
        if isinstance(day, dt.datetime):
            day = self.workspace.day(day)
        if day not in self._dates:
            from babel.dates import format_date

            text, first = format_date(day, "long", locale=self.locale), self.first_of_month
            self._dates[day] = re.sub(r"^1\b", first, text) if first and day.day == 1 else text
        return self._dates[day]

    def size(self, octets: int) -> str:
        """The size of a file."""
        whole = octets < _KB * _KB
        number = max(round(octets / _KB), 1) if whole else round(octets / _KB / _KB, 1)
        if (number, whole) not in self._sizes:
            from babel.numbers import format_decimal

            shown = format_decimal(number, "#,##0" if whole else "#,##0.0", locale=self.locale)
            self._sizes[number, whole] = self.say("kilobytes" if whole else "megabytes", size=shown)
        return self._sizes[number, whole]

    def of(self, texts: Texts, default: str = "") -> str:
        """A text in this language, or in the first that it has of the others."""
        return next((texts[code] for code in (self.code, *self.others) if texts.get(code)), default)

    def named(self, code: str) -> str:
        """The name of a language in this one."""
        from babel import Locale

        return Locale.parse(code, sep="-").get_display_name(self.locale) or code

    def listed(self, words: Iterable[str]) -> str:
        """Words as a list: English and French."""
        from babel.lists import format_list

        return format_list(list(words), locale=self.locale)
