"""What translators translate: a clause, or a document’s own texts, in the segments of its source language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paraph.errors import UsageError
from paraph.library.written.suggest import did_you_mean
from paraph.markup import digest
from paraph.model.clause import Clause, Translation
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.own_texts import OwnText, every_text
from paraph.model.text import Text
from paraph.translation.segments import Segment, segment, segments

_SPACES = re.compile("[ \t]+")
"""Spaces that a translator’s file does not keep apart; those that do not break lines are signs of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """A clause or a document (`what`), its segments in the source language, and `there` those of its translation.

    `stale`: that was made from other words than the source has now; `checked`: a member of its language has checked it,
    by the file. `path` is that of the file.
    """

    id: str
    what: str
    path: str
    notes: tuple[str, ...]
    segments: tuple[Segment, ...]
    there: Mapping[str, Segment]
    stale: bool
    checked: bool


def originals(library: Library, references: Sequence[str], source: str, target: str) -> Iterator[Original]:
    """Each of `references` once, a document with its clauses after it, as far as they have texts in `source`.

    Raises UsageError where there is no such clause or document, or a text of its own cannot be read.
    """
    done: set[str] = set()
    for name in references:
        if name not in library.clauses and name not in library.manifests:
            advice = did_you_mean(name, [*library.clauses, *library.manifests])
            advice = f"{advice} “paraph list clauses” shows them.".strip()
            raise UsageError(f"there is no clause or document “{name}”", advice)
    for id_ in (one for name in references for one in _with_clauses(library, name)):
        made = None if id_ in done else original(library, id_, source, target)
        done.add(id_)
        if made is not None:
            yield made


def _with_clauses(library: Library, name: str) -> Iterator[str]:
    yield name
    if name not in library.clauses:
        uses = (chain[-1][1] for section in library.manifests[name].sections for chain in section.all_uses())
        yield from (use.clause for use in uses if use.clause in library.clauses)


def original(library: Library, id_: str, source: str, target: str) -> Original | None:
    """The clause or document, or None where there is none, or none with texts in `source`."""
    if id_ in library.clauses:
        return _of_clause(library.clauses[id_], source, target)
    return _of_document(library, library.manifests[id_], source, target) if id_ in library.manifests else None


def _of_clause(clause: Clause, source: str, target: str) -> Original | None:
    if source not in clause.texts or not clause.texts[source].lines:
        return None
    there = clause.translations.get(target)
    return Original(
        id=clause.id,
        what="clause",
        path=clause.source.file,
        notes=tuple(_notes(clause, source)),
        segments=segments(clause.texts[source].lines),
        there={one.id: one for one in segments(there.text.lines)} if there else {},
        stale=there is not None and is_stale(clause, there, source),
        checked=there is not None and there.status == "checked",
    )


def is_stale(clause: Clause, translation: Translation, source: str) -> bool:
    """Whether it is not a translation of the text that `source` has now."""
    return translation.source != source or translation.digest != digest(clause.texts[source].text)


def _notes(clause: Clause, source: str) -> Iterator[str]:
    yield f"{clause.title.get(source, clause.id)} ({clause.kind})"
    if clause.legal_basis:
        yield f"Legal basis: {'; '.join(clause.legal_basis)}"
    if clause.notes:
        yield clause.notes.strip()
    if clause.values:
        values = (f"{{{{ {name} }}}}: {kind}" for name, kind in clause.values.items())
        yield f"Values that are filled in: {', '.join(values)}"
    yield "No full stop, comma or semicolon at the end of a text or an item: the document adds it."


def _of_document(library: Library, manifest: Manifest, source: str, target: str) -> Original | None:
    texts = own_of(library, manifest)
    own = tuple(one for text in texts for one in own_segments(manifest, text, source))
    if not own:
        return None
    pin = manifest.translations.get(target)
    return Original(
        id=manifest.id,
        what="document",
        path=manifest.source.file,
        notes=(f"The document’s own texts ({manifest.form}); its clauses follow.",),
        segments=own,
        there={one.id: one for text in texts for one in own_segments(manifest, text, target)},
        stale=pin is not None and (pin.stale or pin.source != source),
        checked=pin is not None and pin.status == "checked",
    )


def own_of(library: Library, manifest: Manifest) -> tuple[OwnText, ...]:
    """The texts in a document’s own file."""
    return every_text(manifest, library.forms.get(manifest.form))


def own_segments(manifest: Manifest, text: OwnText, language: str) -> tuple[Segment, ...]:
    """A text of a document’s own in its segments: of lines, as an address has, one each."""
    words = text.texts.get(language, "")
    if not words:
        return ()
    if not text.marked:
        return tuple(segment(id_, what, (Text(line),)) for id_, what, line in own_lines(text, words) if line)
    if words not in manifest.inlines:
        raise UsageError(f"{manifest.id}: {text.what} cannot be read in {language}", "“paraph check” says why.")
    return (segment(text.id, text.what, manifest.inlines[words]),)


def own_lines(text: OwnText, words: str) -> Iterator[tuple[str, str, str]]:
    """The lines of a text that prints as it stands: the id of the segment of each, what it is, and its words."""
    lines = [_SPACES.sub(" ", line).strip(" ") for line in words.split("\n")]
    for number, line in enumerate(lines, start=1):
        several = len(lines) > 1
        yield (f"{text.id}.{number}", f"{text.what}, line {number}", line) if several else (text.id, text.what, line)
