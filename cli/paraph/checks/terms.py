"""Terms that are not to be used, acronyms of another language, names out of date, marks that name another concept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from paraph.checks.scan import Named, Scan
from paraph.checks.texts import Passage, RunKind
from paraph.glossary.inflection import CONTRACTIONS, fold, readings
from paraph.glossary.matching import Entry
from paraph.glossary.tokens import WORD
from paraph.model.concept import Concept, TermStatus
from paraph.model.finding import Finding, Severity

_SILENT = (RunKind.LINK, RunKind.QUOTATION, RunKind.FOREIGN)
_WAIVE = "or say under waivers: why it stays"


def not_to_be_used(scan: Scan) -> Iterator[Finding]:
    """Deprecated and forbidden terms, with what to write and why; acronyms of another language."""
    for passage in scan.passages():
        for named in scan.named(passage):
            entry = named.entry
            if entry is None or named.kind in _SILENT or entry.status.usable:
                continue
            concept = scan.library.concepts[entry.concept]
            if language := entry.foreign or _whose(concept, entry, passage.language):
                yield _foreign(passage, named, language, concept, scan.library.day)
            else:
                yield _avoid(passage, named, entry, concept, scan.library.day)


def _whose(concept: Concept, entry: Entry, language: str) -> str:
    """The language of which a term that is not to be used is the acronym: HCR, listed as forbidden in English."""
    others = ((code, term) for code, terms in concept.terms.items() if code != language for term in terms)
    return next((code for code, term in others if term.acronym == entry.words and term.status.usable), "")


def _avoid(passage: Passage, named: Named, entry: Entry, concept: Concept, day: dt.date | None) -> Finding:
    reason = f": {entry.term.reason}" if entry.term.reason else ""
    where = f" ({entry.term.register})" if entry.term.register else ""
    message = f"“{named.words}” is {entry.status}{where} for {concept.id}{reason}".rstrip(".")
    forbidden = entry.status is TermStatus.FORBIDDEN
    return passage.finding(
        f"term-{entry.status}",
        message,
        f"{_instead(concept, passage.language, day)}, {_WAIVE}.",
        line=named.line,
        severity=Severity.ERROR if forbidden else Severity.WARNING,
    )


def _foreign(passage: Passage, named: Named, language: str, concept: Concept, day: dt.date | None) -> Finding:
    message = f"“{named.words}” is the {language} acronym of {concept.id}"
    preferred = concept.preferred(passage.language, day)
    own = preferred.acronym if preferred else ""
    advice = f"Write “{own}” in {passage.language}" if own else _instead(concept, passage.language, day)
    return passage.finding(
        "acronym-language", message, f"{advice}, {_WAIVE}.", line=named.line, severity=Severity.ERROR
    )


def _instead(concept: Concept, language: str, day: dt.date | None) -> str:
    preferred = concept.preferred(language, day)
    return f"Write “{preferred.term}”" if preferred else f"Write a term of {concept.id}"


def out_of_date(scan: Scan) -> Iterator[Finding]:
    """Names that are not, or not yet, in force on the date of a document that uses them."""
    for passage, dates in _dated(scan):
        for named in scan.named(passage):
            entry = named.entry
            if entry is None or named.kind in _SILENT or not (entry.term.since or entry.term.until):
                continue
            wrong = [on for on in dates if not entry.term.in_force(on)]
            if wrong and entry.status.usable:
                concept = scan.library.concepts[entry.concept]
                yield _out_of_date(passage, named, entry, concept, wrong[0], undated=wrong[0] == scan.library.day)


def _out_of_date(
    passage: Passage, named: Named, entry: Entry, concept: Concept, on: dt.date | None, *, undated: bool
) -> Finding:
    term = entry.term
    held = f"since {term.since}" if on and term.since and on < term.since else f"until {term.until}"
    preferred = concept.preferred(passage.language, on)
    what = f"Write “{preferred.term}”" if preferred else "Write the name in force"
    day = "today’s texts" if undated else f"a document of {on}"
    message = f"“{named.words}” is a name {held}, and stands in {day}"
    return passage.finding("name-out-of-date", message, f"{what}, {_WAIVE}.", line=named.line)


def _dated(scan: Scan) -> Iterator[tuple[Passage, tuple[dt.date | None, ...]]]:
    """Every text with the dates of the documents that print it (None: undated, or in no document yet)."""
    for manifest in scan.library.manifests.values():
        for passage in scan.manifests[manifest.id]:
            yield passage, (scan.library.on(manifest),)
    for clause_id, passages in scan.clauses.items():
        for passage in passages:
            yield passage, scan.dates.get(clause_id, (scan.library.day,))


def marks(scan: Scan) -> Iterator[Finding]:
    """Marked words that are the term of another concept, or share no word with any term of their own."""
    for passage in scan.passages():
        for named in scan.named(passage):
            concept = scan.library.concepts.get(named.concept)
            if named.marked and not named.entries and concept and passage.language in concept.terms:
                yield from _mark(scan, passage, named, concept)


def _mark(scan: Scan, passage: Passage, named: Named, concept: Concept) -> Iterator[Finding]:
    matches = scan.matcher(passage.language).find(named.words)
    instead = _instead(concept, passage.language, scan.library.day)
    whole = next((one for one in matches if one.end - one.start >= len(named.words.strip()) - 4), None)
    if whole:
        message = f"“{named.words}” is marked as {concept.id}, and is a term of {whole.concept}"
        if whole.concept in concept.not_synonyms:
            message += ", which is not the same"
        advice = f"Mark it term:{whole.concept}, or {instead.lower()}."
    elif _content(named.words, passage.language) & _words_of(concept, passage.language):
        return
    else:
        message = f"“{named.words}” is marked as {concept.id}, and is no term of it in {passage.language}"
        advice = f"{instead}, mark other words, or add the term to {concept.source.file}."
    yield passage.finding("term-mark", message, advice, line=named.line)


def _words_of(concept: Concept, language: str) -> set[str]:
    usable = (term for term in concept.terms[language] if term.status.usable)
    return {word for term in usable for text in (term.term, *term.forms) for word in _content(text, language)}


def _content(text: str, language: str) -> set[str]:
    """The words of a text in all their readings, without articles and prepositions."""
    small: Mapping[str, object] = CONTRACTIONS.get(language.partition("-")[0], {})
    words = (word for word in WORD.findall(text) if len(word) > 2 and fold(word, language) not in small)
    return {reading for word in words for reading, _ in readings(word, language)} - {"the", "and", "for"}
