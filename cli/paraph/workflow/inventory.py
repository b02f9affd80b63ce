"""What a workspace holds, as rows and as text: for `paraph list` and `paraph show`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from paraph.assembly import assemble
from paraph.errors import FindingsError, UsageError
from paraph.library.cache import Cache
from paraph.library.written.suggest import did_you_mean
from paraph.model.clause import Clause
from paraph.model.concept import Concept
from paraph.model.document import printed
from paraph.model.finding import errors
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.member import Institution, Name
from paraph.workflow import times
from paraph.workflow.approvals.references import is_circulation
from paraph.workflow.record.show import released
from paraph.workflow.times import as_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """Rows under column heads; every cell is text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def library_of(root: Path, cache: Cache | None = None) -> Library:
    """Everything, for looking at; `cache` as in `load`. Raises FindingsError where paraph.yml cannot be read."""
    from paraph.library.load import load

    library, findings = load(root, cache)
    if library is None:
        raise FindingsError(errors(findings))
    return as_of(library)


def listing(root: Path, what: str) -> Listing:
    """The things of one kind, named as they are today; `what` is a key of LISTS."""
    library = library_of(root)
    day = times.today(times.now(), library.workspace.time_zone)
    library = replace(
        library,
        institutions={id_: one.until(day) for id_, one in library.institutions.items()},
        countries={code: one.until(day) for code, one in library.countries.items()},
    )
    head, rows = LISTS[what]
    authentic = library.workspace.authentic
    heads = ([name.format(code) for code in authentic] if "{}" in name else [name] for name in head)
    return Listing(head=tuple(chain.from_iterable(heads)), rows=tuple(rows(library)))


def _title(texts: Mapping[str, str], library: Library) -> str:
    return next((texts[code] for code in library.workspace.all_languages if code in texts), "")


def _named(name: Name | None) -> str:
    return name.name if name else ""


def _documents(library: Library) -> Iterator[tuple[str, ...]]:
    for one in library.manifests.values():
        yield one.id, one.form, " ".join(one.languages), _title(one.title, library)


def _clauses(library: Library) -> Iterator[tuple[str, ...]]:
    for one in library.clauses.values():
        languages = " ".join((*one.texts, *one.translations))
        yield one.id, one.kind, one.theme, languages, _title(one.title, library)


def _members(library: Library) -> Iterator[tuple[str, ...]]:
    first = library.workspace.authentic[0]
    for one in library.institutions.values():
        yield one.id, one.country, " ".join(one.networks), _status(one), _named(one.name(first, None))


def _status(member: Institution) -> str:
    """What a member is today, of one that has been without the days to come (`until`)."""
    return member.status_on(None) if member.status else "not yet"


def _terms(library: Library) -> Iterator[tuple[str, ...]]:
    for one in library.concepts.values():
        preferred = (one.preferred(code, library.day) for code in library.workspace.authentic)
        yield one.id, one.domain, *(term.term if term else "" for term in preferred)


def _forms(library: Library) -> Iterator[tuple[str, ...]]:
    for one in library.forms.values():
        yield one.id, _title(one.names, library), " ".join(one.styles)


def _countries(library: Library) -> Iterator[tuple[str, ...]]:
    for one in library.countries.values():
        yield one.code, *(_named(one.name(code, None)) for code in library.workspace.authentic)


LISTS: dict[str, tuple[tuple[str, ...], Callable[[Library], Iterator[tuple[str, ...]]]]] = {
    "documents": (("document", "form", "languages", "title"), _documents),
    "clauses": (("clause", "kind", "theme", "languages", "title"), _clauses),
    "members": (("member", "country", "networks", "status", "name"), _members),
    "terms": (("concept", "domain", "term ({})"), _terms),
    "forms": (("form", "name", "section styles"), _forms),
    "countries": (("code", "name ({})"), _countries),
}
"""What can be listed: column heads, and the rows of a library. A head with {} stands for each authentic language."""


def shown(root: Path, reference: str, language: str) -> Iterator[str]:
    """The lines that show one thing by its id: a document, a clause, a member, a concept; a release by its reference.

    `language` limits it to one language ("": all). Raises UsageError where nothing has that id.
    """
    library = library_of(root)
    if reference in library.manifests:
        return _show_document(library, library.manifests[reference], language)
    if reference in library.clauses:
        return _show_clause(root, library, library.clauses[reference], language)
    if reference in library.institutions:
        return _show_member(library, library.institutions[reference], language)
    if reference in library.concepts:
        return _show_concept(library, library.concepts[reference], language)
    if lines := tuple(released(root, reference, library.workspace.time_zone)):
        return iter(lines)
    if is_circulation(reference):
        raise UsageError(
            f"{reference} is a circulation", f"“paraph status {reference}”, “paraph log {reference}” show it."
        )
    known = [*library.manifests, *library.clauses, *library.institutions, *library.concepts]
    advice = f"{did_you_mean(reference, known)} “paraph list clauses” names the clauses.".strip()
    raise UsageError(f"nothing here is called “{reference}”", advice)


def _show_document(library: Library, manifest: Manifest, language: str) -> Iterator[str]:
    if language and language not in manifest.languages:
        raise UsageError(
            f"{manifest.id} is not issued in “{language}”", f"Its languages: {', '.join(manifest.languages)}."
        )
    yield from _facts(("document", manifest.id), ("form", manifest.form), ("file", manifest.source.file))
    for code in (language,) if language else manifest.languages:
        document, findings = assemble(library, manifest, code)
        if faults := errors(findings):
            raise FindingsError(faults)
        yield from ("", f"[{code}] {document.draft}")
        for line in printed(document):
            yield f"{line.label} {line.text}".strip()


def _show_clause(root: Path, library: Library, clause: Clause, language: str) -> Iterator[str]:
    from paraph.workflow.record.draft_record import translations

    used = [m.id for m in library.manifests.values() if clause.id in _used(m)]
    yield from _facts(
        ("clause", clause.id),
        ("kind", clause.kind),
        ("file", clause.source.file),
        ("legal basis", "; ".join(clause.legal_basis)),
        ("values", ", ".join(f"{name}: {kind}" for name, kind in clause.values.items())),
        ("used in", ", ".join(used)),
    )
    states = translations(root, library, clause) if clause.translations else {}
    for code in (*clause.texts, *clause.translations):
        text = clause.text(code)
        if text and language in ("", code):
            translation = clause.translations.get(code)
            note = (
                f" (translation from {translation.source}, {states.get(code, translation.status)})"
                if translation
                else ""
            )
            yield from ("", f"[{code}]{note}", text.text)


def _show_member(library: Library, member: Institution, language: str) -> Iterator[str]:
    yield from _facts(
        ("member", member.id),
        ("country", member.country),
        ("networks", ", ".join(member.networks)),
        ("status", _status(member.until(times.today(times.now(), library.workspace.time_zone)))),
        ("languages", ", ".join(member.languages)),
        ("website", member.website),
        *(
            (f"contact {code}", " · ".join(text.split("\n")))
            for code, text in member.contact.items()
            if language in ("", code)
        ),
    )
    for entry in member.names:
        for code, name in entry.names.items():
            if language in ("", code):
                yield f"[{code}] {name.name}{f' (since {entry.since})' if entry.since else ''}"


def _show_concept(library: Library, concept: Concept, language: str) -> Iterator[str]:
    yield from _facts(("concept", concept.id), ("domain", concept.domain), ("source", concept.origin))
    for code, terms in concept.terms.items():
        if language in ("", code):
            yield from ("", f"[{code}] {concept.definition.get(code, '')}".rstrip())
            for term in terms:
                reason = f": {term.reason}" if term.reason else ""
                yield f"  {term.status:<10} {term.term}{f' ({term.register})' if term.register else ''}{reason}"


def _used(manifest: Manifest) -> set[str]:
    return {chain[-1][1].clause for section in manifest.sections for chain in section.all_uses()}


def _facts(*facts: tuple[str, str]) -> Iterator[str]:
    for name, value in facts:
        if value:
            yield f"{name + ':':<13}{value}"
