"""Courtesy translations out to translators, as XLIFF, and in again.

Only the translations of a clause are ever written, in one language; the authentic texts are what is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paraph.errors import UsageError
from paraph.glossary.matching import Matcher
from paraph.library.near import did_you_mean
from paraph.markup import digest
from paraph.model.clause import Clause, Translation
from paraph.model.concept import Concept
from paraph.model.library import Library
from paraph.model.text import TermMark
from paraph.translation import xliff
from paraph.translation.job import Job, Part, State, TermPair, Unit
from paraph.translation.segments import Segment, readable, rebuilt, renumbered, segments, words
from paraph.workflow.files import write
from paraph.workflow.inventory import library_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What went out: the clauses, how many segments in all, how many of them have a translation that still holds, and
    the documents whose own texts (titles, headings) are not in the file."""

    clauses: tuple[str, ...]
    segments: int
    done: int
    documents: tuple[str, ...]


def export(
    root: Path,
    references: Sequence[str],
    language: str,
    target: Path,
    *,
    source: str = "",
    version: str = "2.1",
    force: bool = False,
) -> Sent:
    """Write the clauses, or those of the documents, that `references` name to the file `target`, for a translation.

    `source` is the authentic language to translate from, by default the first. Raises UsageError where something named
    is not there, `language` binds, or the file exists (unless `force`).
    """
    library = library_of(root)
    source = source or library.workspace.authentic[0]
    refuse_languages(library, source, language)
    if target.exists() and not force:
        raise UsageError(f"there is a file {target} already", "Name another, or add --force to replace it.")
    clauses = [one for one in _named(library, references) if source in one.texts and one.texts[source].lines]
    if not clauses:
        raise UsageError(f"none of these has a text in {source}", "Name clauses or documents that have one.")
    maker = _Maker(library, source, language)
    parts = tuple(maker.part(clause) for clause in clauses)
    write(target, xliff.write(Job(source=source, target=language, parts=parts), version))
    units = [unit for part in parts for unit in part.units]
    return Sent(
        clauses=tuple(clause.id for clause in clauses),
        segments=len(units),
        done=sum(unit.state is not State.INITIAL for unit in units),
        documents=tuple(one for one in references if one in library.manifests),
    )


def refuse_languages(library: Library, source: str, target: str) -> None:
    """Raises UsageError where `source` is not authentic, or `target` no language of translations."""
    workspace = library.workspace
    if target in workspace.authentic:
        advice = "Its texts bind: they are written by the working group, clause by clause."
        raise UsageError(f"{target} is an authentic language, not one of translations", advice)
    if target not in workspace.translations:
        advice = f"Languages of translations: {', '.join(workspace.translations) or 'none'} (paraph.yml)."
        raise UsageError(f"“{target}” is no language of translations here", advice)
    if source not in workspace.authentic:
        raise UsageError(f"“{source}” is no authentic language", f"They are: {', '.join(workspace.authentic)}.")


def _named(library: Library, references: Sequence[str]) -> Iterable[Clause]:
    """Each clause once, in the order in which it is named or stands in its document."""
    found: dict[str, Clause] = {}
    for name in references:
        if name in library.clauses:
            found[name] = library.clauses[name]
        elif name in library.manifests:
            uses = (chain[-1][1] for section in library.manifests[name].sections for chain in section.all_uses())
            found |= {use.clause: library.clauses[use.clause] for use in uses if use.clause in library.clauses}
        else:
            advice = did_you_mean(name, [*library.clauses, *library.manifests])
            raise UsageError(
                f"there is no clause or document “{name}”", f"{advice} “paraph list clauses” shows them.".strip()
            )
    return found.values()


def is_stale(clause: Clause, translation: Translation, source: str) -> bool:
    """Whether it is not a translation of the text that `source` has now."""
    return translation.source != source or translation.digest != digest(clause.texts[source].text)


class _Maker:
    def __init__(self, library: Library, source: str, target: str) -> None:
        self.concepts = library.concepts
        self.source, self.target = source, target
        self.matcher = Matcher.of(library.concepts.values(), source)

    def part(self, clause: Clause) -> Part:
        return Part(
            clause=clause.id,
            path=clause.source.file,
            notes=tuple(self._notes(clause)),
            units=tuple(self._units(clause)),
        )

    def _notes(self, clause: Clause) -> Iterator[str]:
        title = clause.title.get(self.source, clause.id)
        yield f"{title} ({clause.kind})"
        if clause.legal_basis:
            yield f"Legal basis: {'; '.join(clause.legal_basis)}"
        if clause.notes:
            yield clause.notes.strip()
        if clause.values:
            values = (f"{{{{ {name} }}}}: {kind}" for name, kind in clause.values.items())
            yield f"Values that are filled in: {', '.join(values)}"
        yield "No full stop, comma or semicolon at the end of a text or an item: the document adds it."

    def _units(self, clause: Clause) -> Iterator[Unit]:
        there = clause.translations.get(self.target)
        own = {one.id: one for one in segments(there.text.lines)} if there else {}
        stale = there is not None and is_stale(clause, there, self.source)
        for segment in segments(clause.texts[self.source].lines):
            target = renumbered(segment, own[segment.id]) if segment.id in own else ()
            if rebuilt(segment, target).problems:
                target = ()  # its marks are others: no tool could take it for a translation of this
            state = State.INITIAL
            if there is not None and target and not stale:
                state = State.FINAL if there.status == "checked" else State.TRANSLATED
            yield Unit(
                id=segment.id,
                name=f"{clause.id}, {segment.kind}",
                segment=segment,
                target=target,
                state=state,
                stale=bool(target) and stale,
                notes=(f"{segment.kind}: {readable(segment.pieces, segment.codes)}",) if segment.codes else (),
                terms=tuple(self._terms(segment)),
            )

    def _terms(self, segment: Segment) -> Iterator[TermPair]:
        text = words(segment.pieces)
        named = {match.concept: text[match.start : match.end] for match in self.matcher.find(text)}
        marked = (code.inline.concept for code in segment.codes.values() if isinstance(code.inline, TermMark))
        for concept in dict.fromkeys((*named, *marked)):
            if concept in self.concepts:
                yield self._pair(self.concepts[concept], named.get(concept, ""))

    def _pair(self, concept: Concept, said: str) -> TermPair:
        own, other = concept.preferred(self.source), concept.terms.get(self.target, ())
        usable = [term for term in other if term.status.usable and term.in_force(None)]
        return TermPair(
            term=own.term if own else said or concept.id,
            preferred=tuple(f"{term.term} ({term.acronym})" if term.acronym else term.term for term in usable),
            avoid=tuple(term.term for term in other if not term.status.usable),
            definition=concept.definition.get(self.target) or concept.definition.get(self.source, ""),
        )
