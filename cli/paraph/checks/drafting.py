"""What a form asks of its texts: how paragraphs begin, no open brackets, full names in titles, lists in their order.

The rules are data: `opens:` and `drafting:` of templates/<form>/form.yml, `openings:` of templates/strings.yml. Their
source is the United Nations editorial manual: a preambular paragraph begins with a participle or an adjective, an
operative one with a verb in the present; names in full in titles; lists of States in each language's own order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paraph.checks.languages import CONJUNCTIONS, SMALL_WORDS, base
from paraph.checks.names import acronyms_in
from paraph.checks.scan import Scan
from paraph.checks.texts import Passage, RunKind
from paraph.glossary.tokens import WORD
from paraph.markup.openings import opening_pattern
from paraph.model.finding import Finding
from paraph.model.form import Form
from paraph.model.manifest import Manifest
from paraph.model.member import DatedNames
from paraph.model.names import collation
from paraph.model.text import Emphasis, Line, Strong, Text, plain
from paraph.model.writing import Opening

_OWN = (RunKind.OWN, RunKind.MARK)


def openings(scan: Scan) -> Iterator[Finding]:
    """Clauses that do not begin as the section in which they stand asks."""
    seen: set[tuple[str, str, str]] = set()
    for manifest, form in _forms(scan):
        for section in manifest.sections:
            style = form.styles.get(section.style or form.default_style)
            for chain in section.all_uses() if style else ():
                clause = scan.library.clauses.get(chain[-1][1].clause)
                name = style.opens.get(clause.kind, "") if style and clause else ""
                opening = scan.library.openings.get(name)
                if clause is None or opening is None:
                    continue
                for passage in scan.clauses[clause.id]:
                    key = (clause.id, passage.language, name)
                    if passage.language in manifest.languages and key not in seen:
                        seen.add(key)
                        yield from _opening(passage, opening, manifest)


def _opening(passage: Passage, opening: Opening, manifest: Manifest) -> Iterator[Finding]:
    patterns = opening.words.get(passage.language)
    if not passage.lines or patterns is None:
        return
    emphasised, text = _first(passage.lines[0])
    begins = opening_pattern(patterns, opening.after.get(passage.language, ())).match(text)
    if begins and (emphasised or not opening.emphasised):
        return
    first = " ".join(text.split()[:3])
    fault = "is not emphasised" if begins else f"is not {opening.says}"
    message = f"“{first}” {fault}, with which this paragraph begins in {manifest.id}"
    examples = ", ".join([f"“{one}”" for one in patterns if "*" not in one][:3])
    advice = f"Begin with {opening.says}{f', such as {examples}' if examples else ''}."
    yield passage.finding("opening", message, advice, line=passage.lines[0].at)


def _first(line: Line) -> tuple[bool, str]:
    """Whether the first words are emphasised, and the text from there on."""
    rest = [one for one in line.inlines if not (isinstance(one, Text) and not one.text.strip())]
    emphasised = bool(rest) and isinstance(rest[0], Emphasis | Strong)
    return emphasised, (plain((rest[0],)) if emphasised else plain(line.inlines)).strip()


def brackets(scan: Scan) -> Iterator[Finding]:
    """Square brackets, between which a negotiation leaves alternatives; none may stand at adoption."""
    seen: set[int] = set()
    for manifest, form in _forms(scan):
        if form.drafting.brackets:
            continue
        for language in manifest.languages:
            for passage in scan.document(manifest, language):
                if id(passage) in seen:
                    continue
                seen.add(id(passage))
                for part in passage.parts:
                    for run in part.runs:
                        for match in re.finditer(r"\[[^\[\]]*\]", run.text) if run.kind in _OWN else ():
                            message = f"“{match[0]}” stands in square brackets"
                            advice = "Decide, and delete the brackets: a text is not released with them."
                            yield passage.finding("bracket-open", message, advice, line=part.at)


def titles(scan: Scan) -> Iterator[Finding]:
    """Acronyms where the form asks for full names."""
    for manifest, form in _forms(scan):
        for passage in scan.manifests[manifest.id]:
            if passage.what in form.drafting.full_names:
                for part in passage.parts:
                    for acronym in dict.fromkeys(acronyms_in(part.own)):
                        message = f"“{acronym}” stands for a name in the {passage.what}"
                        yield passage.finding("title-acronym", message, "Write the full name.", line=part.at)


# --- lists of states and members -------------------------------------------------------------------------------------


def order(scan: Scan) -> Iterator[Finding]:
    """States and members not listed in the order of their language. Values are sorted; typed names are not."""
    seen: set[int] = set()
    names: dict[str, tuple[re.Pattern[str], dict[str, str]]] = {}
    for manifest, form in _forms(scan):
        if not form.drafting.ordered:
            continue
        for language in manifest.languages:
            if language not in names:
                names[language] = _names(scan, language)
            for passage in scan.document(manifest, language):
                if id(passage) not in seen:
                    seen.add(id(passage))
                    yield from _unordered(passage, *names[language])


def _unordered(passage: Passage, pattern: re.Pattern[str], keys: dict[str, str]) -> Iterator[Finding]:
    for part in passage.parts:
        for listed in _lists(part.own, pattern, passage.language):
            found = [keys[name] for name in listed]
            if found != sorted(found):
                ordered = ", ".join(name for _, name in sorted(zip(found, listed, strict=True)))
                message = f"“{', '.join(listed)}” are not in the order of {passage.language}"
                advice = f"Write {ordered}, or make them a value of the type list[country]."
                yield passage.finding("list-order", message, advice, line=part.at)


def _lists(text: str, pattern: re.Pattern[str], language: str) -> Iterator[list[str]]:
    """Runs of names with nothing between them but commas, conjunctions and articles."""
    run: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        if run and not _joins(text[end : match.start("name")], language):
            if len(run) > 1:
                yield run
            run = []
        run.append(match["name"])
        end = match.end()
    if len(run) > 1:
        yield run


def _joins(between: str, language: str) -> bool:
    words = [word.casefold() for word in WORD.findall(between)]
    small, joining = SMALL_WORDS.get(base(language), frozenset()), CONJUNCTIONS.get(base(language), frozenset())
    if any(word not in small and word not in joining for word in words) or re.search(r"[.:;()«»“”]", between):
        return False
    return any(word in joining for word in words) or bool(re.search("[,،]", between))


def _names(scan: Scan, language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all names of states and members in a language, and by what each is sorted."""
    keys: dict[str, str] = {}

    def add(entries: tuple[DatedNames, ...]) -> None:
        for entry in entries:
            if name := entry.names.get(language):
                keys[name.name] = collation(name.sort or name.name)

    for country in scan.library.countries.values():
        add(country.names)
    for institution in scan.library.institutions.values():
        add(institution.names)
    either = "|".join(re.escape(name) for name in sorted(keys, key=len, reverse=True))
    conjunction = "و?" if base(language) == "ar" else ""
    return re.compile(rf"(?<!\w){conjunction}(?P<name>{either})(?!\w)" if keys else r"(?!)(?P<name>)"), keys


def _forms(scan: Scan) -> Iterator[tuple[Manifest, Form]]:
    for manifest in scan.library.manifests.values():
        if form := scan.library.forms.get(manifest.form):
            yield manifest, form
