"""What exists in the workspace by name, so that what a file refers to can be checked, and a slip named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from paraph.library.model_json import keepable
from paraph.library.written.suggest import did_you_mean
from paraph.markup import canonical
from paraph.model.finding import Finding, KeyPath, Severity, Source
from paraph.model.language import Texts
from paraph.model.workspace import Workspace

_UNWRITTEN = re.compile(r"(\S+ )?…")


@keepable
@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Ids by kind. A file that could not be read counts as there: its own finding is enough.

    None: nothing is known of this kind (its file could not be read), so nothing is said of it.
    """

    workspace: Workspace
    clauses: Collection[str] = ()
    forms: Collection[str] = ()
    networks: Collection[str] | None = None
    concepts: Collection[str] | None = None
    institutions: Collection[str] | None = None
    countries: Collection[str] | None = None
    country_codes: Mapping[str, str] = field(default_factory=dict)  # by casefolded name, for who writes names

    def texts(
        self, source: Source, texts: Mapping[str, object], at: KeyPath, what: str, needed: Collection[str] | None = None
    ) -> Iterator[Finding]:
        """Languages that are missing (`needed`: by default the authentic ones) and those that nobody knows."""
        for code in self.workspace.authentic if needed is None else needed:
            if code not in texts:
                yield source.finding("language-missing", f"{what} has no {code}", f"Add {code}: below it.", at=at)
        yield from self.languages(source, {code: (*at, code) for code in texts})

    def languages(self, source: Source, codes: Mapping[str, KeyPath]) -> Iterator[Finding]:
        """Codes that are no language of the workspace."""
        known = self.workspace.all_languages
        for code, at in codes.items():
            if known and code not in known:
                advice = did_you_mean(code, known) or f"The languages in paraph.yml are {', '.join(known)}."
                yield source.finding("unknown-language", f"“{code}” is no language of this workspace", advice, at=at)


def unknown(
    source: Source,
    what: str,
    name: str,
    options: Collection[str] | None,
    at: KeyPath,
    where: str,
    text_line: int | None = None,
) -> Iterator[Finding]:
    """A finding `unknown-<what>` where `name` is none of `options`; `where` says where such a thing is declared."""
    if options is None or name in options:
        return
    advice = f"{did_you_mean(name, options)} {where}".strip()
    yield source.finding(f"unknown-{what}", f"there is no {what} “{name}”", advice, at=at, text_line=text_line)


def twice(what: str, name: str, first: Source, second: Source, at: KeyPath = ("id",)) -> Finding:
    """The finding, in `second`, that an id is already in `first`."""
    message, advice = f"the {what} “{name}” is also in {first.file}", "Give one of them another id."
    return second.finding("duplicate-id", message, advice, at=at)


def unwritten(source: Source, texts: Mapping[str, str], at: KeyPath) -> Iterator[Finding]:
    """Texts that are still those of a skeleton."""
    for code, text in texts.items():
        if _UNWRITTEN.fullmatch(text.strip()):
            message, advice = f"“{text.strip()}” is still to be written", "Write the text in place of the dots."
            yield source.finding("to-be-written", message, advice, at=(*at, code), severity=Severity.WARNING)


def clean(texts: Mapping[str, str]) -> Texts:
    """Texts per language in canonical form."""
    return {code: canonical(text) for code, text in texts.items()}


@cache
def language_of(word: str) -> str:
    """The code of a language that CLDR knows, however it is written, `FRA`, `fr_fr`, as we write it: `fr`, `fr-FR`; ""
    where it is none."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    first, *rest = word.casefold().replace("_", "-").split("-")
    try:
        found = Locale.parse("-".join((get_global("language_aliases").get(first, first), *rest)), sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    return "-".join(filter(None, (found.language, found.script, found.territory)))


@cache
def is_language(code: str) -> bool:
    """Whether CLDR knows the language, whatever this workspace uses."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True
