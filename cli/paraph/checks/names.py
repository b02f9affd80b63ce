"""One document, one name: the same concept under two names, and acronyms that nobody explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paraph.checks.scan import Named, Scan
from paraph.checks.texts import SYMBOL, Passage, RunKind
from paraph.glossary.matching import is_acronym
from paraph.glossary.tokens import WORD
from paraph.model.finding import Finding
from paraph.model.manifest import Manifest

_READ = (RunKind.OWN, RunKind.MARK)
_CAPITALS = re.compile(r"[^\W\d_a-z]{2}")
"""Two letters together that are no small ones of ASCII: few texts have any, and no acronym has none."""
_CAPITALIZED = re.compile(r"(?<!\w)[^\W\d_a-z]{2,}(?:[ \u00a0][^\W\d_a-z]{2,}){2,}(?!\w)")
"""Three words or more that are all in capitals are set so, and no acronyms: MEMBERS OF PARLIAMENT."""
_MONEY = re.compile(r"(?<!\w)[A-Z]{3}(?=[ \u00a0\u202f]?\d)|(?<=\d[ \u00a0\u202f])[A-Z]{3}(?!\w)")
"""Three capitals at a number: EUR 3.2 million, where ISO 4217 has such a currency."""
_GAP = r"[ \u00a0’'\n-]"
_LONGEST_NAME = 12
"""Words of a full name."""
_ROMAN = re.compile(r"(?:(?=.{4})M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})|X{0,3})(IX|IV|V?I{0,3})")
"""Up to 39, and long ones: parts, annexes, years; CV is no 105."""


def two_names(scan: Scan) -> Iterator[Finding]:
    """A concept that a document names by two terms, both of which may be used. An acronym is no other name."""
    seen: set[tuple[int, int, str]] = set()
    for manifest in scan.library.manifests.values():
        for language in manifest.languages:
            for passage, named, other, where in _named_twice(scan, manifest, language):
                place = (id(passage), named.line, named.concept)
                if place in seen:
                    continue
                seen.add(place)
                message = f"“{named.words}” and “{other}” name {named.concept} in one document ({manifest.id}; {where})"
                advice = "Write one of them throughout, or say under waivers: why both stand."
                yield passage.finding("two-names", message, advice, line=named.line)


def _named_twice(scan: Scan, manifest: Manifest, language: str) -> Iterator[tuple[Passage, Named, str, str]]:
    """Each second name of a concept: its passage, the name, the other one (preferred, or first), the file of that."""
    found: dict[str, dict[str, tuple[Passage, Named]]] = {}
    for passage in scan.document(manifest, language):
        for named in scan.named(passage):
            entry = named.entry
            if entry and named.kind in _READ and len(named.entries) == 1 and entry.status.usable:
                found.setdefault(entry.concept, {}).setdefault(entry.term.term, (passage, named))
    for concept, names in found.items():
        if len(names) < 2:
            continue
        preferred = scan.library.concepts[concept].preferred(language, scan.library.on(manifest))
        first = preferred.term if preferred and preferred.term in names else next(iter(names))
        for name, (passage, named) in names.items():
            if name != first:
                yield passage, named, names[first][1].words, names[first][0].source.file


def acronyms(scan: Scan) -> Iterator[Finding]:
    """Acronyms that a document neither explains nor takes up in its annex of terms."""
    seen: set[tuple[int, int, str]] = set()
    for manifest in scan.library.manifests.values():
        form = scan.library.forms.get(manifest.form)
        if form and form.plain and not form.plain.acronyms:
            continue  # acronym-plain asks for none at all
        for language in manifest.languages:
            passages = scan.document(manifest, language)
            words = "\n".join(part.text for passage in passages for part in passage.parts)
            known = _explained(scan, manifest, language, passages)
            for passage, line, acronym in _acronyms(passages):
                place = (id(passage), line, acronym)
                if acronym in known or place in seen or _spelt_out(acronym, words):
                    continue
                seen.add(place)
                message = f"“{acronym}” is explained nowhere in the document {manifest.id}"
                advice = "Write the full name, with the acronym in parentheses where it first stands."
                yield passage.finding("acronym-unexplained", message, advice, line=line)


def _spelt_out(acronym: str, words: str) -> bool:
    """Whether the acronym stands in parentheses or before some, or its full name stands in the text.

    That is a name with its initials (*the International Committee of the Red Cross*), or one that has them in another
    order, right before it (*the European Union Agency for Fundamental Rights, FRA,*) or after it (*UNICEF, the United
    Nations Children’s Fund,*).
    """
    if re.search(rf"\({acronym}s?\)|\b{acronym}s? \(", words):
        return True
    after = rf"\b{acronym}, ((?:[\w’'-]+[ \u00a0]){{1,{_LONGEST_NAME}}}[\w’'-]+)"
    for found in re.finditer(after, words):
        initials = [word[0] for word in WORD.findall(found[1]) if word[0].isupper()]
        if len(initials) > 1 and {*initials} <= {*acronym}:
            return True
    beside = rf"((?:\b[\w’'-]+[ \u00a0]){{1,{_LONGEST_NAME}}}\w+), {acronym}(?=[,;.])"
    if any({*acronym} <= {word[0] for word in WORD.findall(found[1])} for found in re.finditer(beside, words)):
        return True
    between = rf"(?:{_GAP}[^\W\d_A-Z]\w{{0,4}}){{0,3}}{_GAP}"
    name = between.join(one + r"[^\W\d_A-Z]+" for one in acronym)
    return len(acronym) > 2 and re.search(rf"\b{name}", words) is not None


def acronyms_in(text: str) -> Iterator[str]:
    """The acronyms in a text; symbols of documents, Roman numerals, currencies and what is all in capitals are none."""
    if text.isupper() or not _CAPITALS.search(text):
        return
    read = _CAPITALIZED.sub(" ", SYMBOL.sub(" ", text) if "/" in text else text)
    read = _MONEY.sub(_no_currency, read)
    for word in WORD.findall(read):
        bare = word.removesuffix("s")
        if len(bare) > 1 and bare.isupper() and bare.isalpha() and not _ROMAN.fullmatch(bare):
            yield bare


def _no_currency(found: re.Match[str]) -> str:
    from babel.numbers import is_currency

    return " " if is_currency(found[0]) else found[0]


def _acronyms(passages: tuple[Passage, ...]) -> Iterator[tuple[Passage, int, str]]:
    for passage in passages:
        for part in passage.parts:
            for run in part.runs:
                if run.kind in _READ:
                    yield from ((passage, part.at, acronym) for acronym in acronyms_in(run.text))


def _explained(scan: Scan, manifest: Manifest, language: str, passages: tuple[Passage, ...]) -> set[str]:
    """Acronyms of concepts that the document also names in full, that its annex lists, that everybody knows.

    And those that are not to be used at all, of which another finding says so.
    """
    library = scan.library
    form = library.forms.get(manifest.form)
    annex = form is not None and any(part.kind == "glossary" for part in form.parts)
    full = {
        named.concept
        for passage in passages
        for named in scan.named(passage)
        if annex or (named.entry and not is_acronym(named.entry.words) and named.kind in _READ and not named.marked)
    }
    known = {
        term.acronym
        for concept in library.concepts.values()
        if concept.everyday or concept.id in full
        for term in concept.terms.get(language, ())
        if term.acronym and (term.status.usable or not annex)
    }
    named = (one for passage in passages for one in scan.named(passage))
    barred = [one for one in named if one.entry and not one.entry.status.usable]
    known |= {word for one in barred if one.entry for word in (one.entry.words, *acronyms_in(one.words))}
    if rules := library.rules.get(language):
        known |= {*rules.everyday_acronyms}
    networks = (library.workspace.networks[one] for one in manifest.networks if one in library.workspace.networks)
    return known | {network.acronym[language] for network in networks if language in network.acronym}
