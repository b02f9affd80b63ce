"""Courtesy translations out to translators, as XLIFF, and in again.

Only translations are ever written, of clauses and of what documents themselves say, in one language; the authentic
texts are what is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paraph.errors import UsageError
from paraph.glossary.matching import Matcher
from paraph.model.concept import Concept
from paraph.model.library import Library
from paraph.model.text import TermMark
from paraph.translation import xliff
from paraph.translation.job import Job, Part, State, TermPair, Unit
from paraph.translation.segments import Segment, readable, rebuilt, renumbered, words
from paraph.workflow.files import write
from paraph.workflow.inventory import library_of
from paraph.workflow.translation.translatable import Original, originals


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What went out: the clauses, the documents whose own texts (titles, headings) are in the file, how many segments
    in all, and how many of them have a translation that still holds."""

    clauses: tuple[str, ...]
    documents: tuple[str, ...]
    segments: int
    done: int


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
    """Write the clauses, or the documents and their clauses, that `references` name to the file `target`.

    `source` is the authentic language to translate from, by default the first. Raises UsageError where something named
    is not there, `language` binds, or the file exists (unless `force`).
    """
    library = library_of(root)
    source = source or library.workspace.authentic[0]
    refuse_languages(library, source, language)
    if target.exists() and not force:
        raise UsageError(f"there is a file {target} already", "Name another, or add --force to replace it.")
    found = tuple(originals(library, references, source, language))
    if not found:
        raise UsageError(f"none of these has a text in {source}", "Name clauses or documents that have one.")
    maker = _Maker(library, source, language)
    parts = tuple(maker.part(one) for one in found)
    write(target, xliff.write(Job(source=source, target=language, parts=parts), version))
    units = [unit for part in parts for unit in part.units]
    return Sent(
        clauses=tuple(one.id for one in found if one.what == "clause"),
        documents=tuple(one.id for one in found if one.what == "document"),
        segments=len(units),
        done=sum(unit.state is not State.INITIAL for unit in units),
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


class _Maker:
    def __init__(self, library: Library, source: str, target: str) -> None:
        self.concepts = library.concepts
        self.source, self.target = source, target
        self.matcher = Matcher.of(library.concepts.values(), source)

    def part(self, one: Original) -> Part:
        return Part(id=one.id, path=one.path, notes=one.notes, units=tuple(self._units(one)))

    def _units(self, original: Original) -> Iterator[Unit]:
        for segment in original.segments:
            own = original.there.get(segment.id)
            target = renumbered(segment, own) if own else ()
            if rebuilt(segment, target).problems:
                target = ()  # its marks are others: no tool could take it for a translation of this
            state = State.INITIAL
            if target and not original.stale:
                state = State.FINAL if original.checked else State.TRANSLATED
            yield Unit(
                id=segment.id,
                name=f"{original.id}, {segment.kind}",
                segment=segment,
                target=target,
                state=state,
                stale=bool(target) and original.stale,
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
