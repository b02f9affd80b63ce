"""What the register holds for changed though it is printed in the same words: a redline alone would call it the same.

A clause is its texts as they are written, a document also who adopts it, which clauses it has, and the words around the
decisions (docs/approvals.md, “Versions”).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paraph.markup.diff import Change, diff
from paraph.model.clause import Clause
from paraph.model.document import Document, printed, printed_block
from paraph.model.event import ClauseVersion, DocumentVersion
from paraph.model.language import Texts
from paraph.model.redline import Redline
from paraph.model.text import Op, clause_in_key, notes, plain, runs
from paraph.standing.fold import History
from paraph.standing.versions import Now

CLAUSES, ADOPTION, FRAME = "clauses", "adoption", "frame"
"""What of a document is written otherwise, where it is no clause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What makes a version of a text: `texts` by clause and language.

    Of a document also `clauses` in the order of use, `adoption`, and `lines` and `frame` by language: None where there
    is none, or it is not known.
    """

    texts: Mapping[str, Texts]
    clauses: tuple[str, ...] | None = None
    adoption: str | None = None
    lines: Mapping[str, Sequence[str]] | None = None
    frame: Mapping[str, Sequence[str]] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """Something printed in the same words and written otherwise: the `clause` of this id, or else `of` the document
    CLAUSES, ADOPTION or FRAME.

    `language` is "" where it is of none; `printed`: whether that language was compared.
    """

    language: str
    clause: str = ""
    of: str = ""
    changes: tuple[Change, ...] = ()
    printed: bool = True


def of_clause(clause: Clause) -> Content:
    """A clause with its courtesy translations."""
    texts = {code: one.text for code, one in clause.texts.items()}
    return Content(texts={clause.id: texts | {code: one.text.text for code, one in clause.translations.items()}})


def of_now(now: Now) -> Content:
    """A document as its files have it."""
    return Content(texts=now.texts, clauses=now.clauses, adoption=now.adoption, lines=now.lines, frame=now.frame)


def of_version(history: History, version: DocumentVersion) -> Content:
    """A version of a document; `history` has its clauses."""
    texts = {}
    for subject in version.clauses:
        clause = history.versions[subject.key][subject.version - 1]
        assert isinstance(clause, ClauseVersion)
        texts[subject.id] = clause.texts
    return Content(
        texts=texts,
        clauses=tuple(one.id for one in version.clauses),
        adoption=version.adoption,
        lines=version.lines,
        frame=version.frame,
    )


def written_otherwise(
    old: Content, new: Content, redlines: Sequence[Redline], others: Collection[str]
) -> Iterator[Written]:
    """What no word of the redlines tells. `others` are the languages that were not compared, and bind all the same."""
    for one in redlines:
        yield from _clauses(old, new, one)
    compared = [one.new.language.code for one in redlines]
    for code in others:
        if code not in compared:
            for id_, texts in new.texts.items():
                before, after = old.texts.get(id_, texts).get(code, ""), texts.get(code, "")
                if before != after:
                    yield Written(language=code, clause=id_, changes=diff(before, after), printed=False)
    yield from _of_document(old, new, redlines, (*compared, *others))


def _of_document(
    old: Content, new: Content, redlines: Sequence[Redline], languages: Collection[str]
) -> Iterator[Written]:
    alike = all(printed(one.old) == printed(one.new) for one in redlines)
    if old.clauses is not None and new.clauses is not None and old.clauses != new.clauses and alike:
        yield Written(language="", of=CLAUSES, changes=diff(" ".join(old.clauses), " ".join(new.clauses)))
    if old.adoption is not None and new.adoption is not None and old.adoption != new.adoption:
        yield Written(language="", of=ADOPTION, changes=diff(old.adoption, new.adoption))
    if old.frame is not None and new.frame is not None:
        for code in dict.fromkeys(languages):
            before, after = old.frame.get(code), new.frame.get(code)
            if before != after:
                yield Written(language=code, of=FRAME, changes=_around(before, after))


def _clauses(old: Content, new: Content, redline: Redline) -> Iterator[Written]:
    code, before, after = redline.new.language.code, _words(redline.old), _words(redline.new)
    for id_, texts in new.texts.items():
        if id_ in old.texts and old.texts[id_].get(code) != texts.get(code) and before.get(id_) == after.get(id_):
            changes = diff(old.texts[id_].get(code, ""), texts.get(code, ""))
            yield Written(language=code, clause=id_, changes=changes)


def _words(document: Document) -> dict[str, list[str]]:
    """What each clause prints, without its numbers."""
    found: dict[str, list[str]] = {}
    for block in (block for part in document.parts if part.name == "section" for block in part.blocks):
        if clause := clause_in_key(block.key):
            lines = found.setdefault(clause, [])
            lines += (line.text for line in printed_block(block))
            lines += (plain(note.inlines) for run in runs(block) for note in notes(run))
    return found


def _around(old: Sequence[str] | None, new: Sequence[str] | None) -> tuple[Change, ...]:
    """The words around the decisions that went and that came; nothing where those of one are not on record."""
    if not old or not new:
        return ()
    went = [line for line in old if line not in new]
    came = [line for line in new if line not in old]
    sides = (went, came) if went or came else (old, new)  # in another order
    words = [" | ".join(line.partition("\t")[2] for line in side) for side in sides]
    ops = zip((Op.DELETE, Op.INSERT), words, strict=True)
    return tuple(Change(op, text) for op, text in ops if text)
