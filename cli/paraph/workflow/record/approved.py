"""What a member last approved of a document, clause by clause, each as it was printed when the member was asked.

A circulation puts the document beside its clauses, so a clause is approved with the values, the references and the
number that this version of the document gives it. Nothing is assembled anew from what was approved: a sentence that
refers to a clause which was not would have a gap, and a value of today would stand where the member saw another.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paraph.model.document import Document, Part
from paraph.model.event import ClauseVersion, DocumentVersion, Subject, SubjectKind
from paraph.model.redline import counted
from paraph.model.text import Block, clause_in_key
from paraph.standing.fold import History
from paraph.standing.rules import position
from paraph.workflow.record.reassemble import Desk, as_recorded, last_approved

if TYPE_CHECKING:
    from paraph.register.glance import Look


@dataclass(frozen=True, kw_only=True, slots=True)
class Approved:
    """What a member last approved of a document: as a whole (`version`), or clauses alone (None).

    `clauses` are those versions that it approved, `beside` the version of a document with which each was put to it;
    `pages` are these versions, `now` the document as it is.
    """

    version: DocumentVersion | None
    clauses: Mapping[str, ClauseVersion]
    beside: Mapping[str, Subject]
    pages: Mapping[Subject, Desk]
    now: Desk

    @property
    def elsewhere(self) -> dict[str, Subject]:
        """The clauses that were put to it in another document, with the version of that."""
        return {id_: one for id_, one in self.beside.items() if one.id != self.now.manifest.id}

    def document(self, language: str) -> Document:
        """The document in one language: its frame and order as approved with it, each clause as it was printed.

        Where only clauses were approved, they stand in the order in which they were last put, and nothing else is
        there. Raises FindingsError where one of the texts has gaps in the language.
        """
        printed = {subject: desk.whole(language) for subject, desk in self.pages.items()}
        now = self.now.document(language)  # for its order alone: no word of it is printed
        first = self.version.subject if self.version else None
        shell = printed[first] if first else now
        uses = {subject: _uses(document) for subject, document in printed.items()}
        order = _Order({id_: uses[subject].get(id_, ()) for id_, subject in self.beside.items()})
        own = [one for one in printed if one.id == self.now.manifest.id]
        for subject in sorted(own, key=lambda one: (one == first, one.version), reverse=True):
            order.take_in(_groups(printed[subject]), framed=subject == first)
        order.take_in(_groups(now), framed=False)
        return replace(shell, parts=counted(order.parts()))


def as_approved(reader: Look, history: History, now: Desk, member: str) -> Approved:
    """What `member` last approved of a document, and stands by. Raises as `as_recorded`.

    A clause is taken from the last approved version of the document where that has it in the approved words, and was
    put later; else from the one beside which it was approved. One that the document was approved without is not there,
    unless it came back since.
    """
    version = last_approved(history, f"{SubjectKind.DOCUMENT}/{now.manifest.id}", member)
    assert version is None or isinstance(version, DocumentVersion)
    there = {chain[-1][1].clause for one in now.manifest.sections for chain in one.all_uses()}
    facts = {version.subject: version} if version else dict[Subject, DocumentVersion]()
    clauses, beside = dict[str, ClauseVersion](), dict[str, Subject]()
    for key in history.versions:
        clause = last_approved(history, key, member)
        if not isinstance(clause, ClauseVersion):
            continue
        page, id_ = _put_beside(history, clause.subject, member), clause.subject.id
        ours = page.id == now.manifest.id
        if version and clause.subject in version.clauses and (not ours or page.version <= version.subject.version):
            page, ours = version.subject, True
        since = version is None or page.version >= version.subject.version
        if id_ in there or (ours and since):
            clauses[id_], beside[id_] = clause, page
    for page in beside.values():
        if page not in facts:
            facts[page] = _on_record(reader, page)
    pages = {subject: as_recorded(reader, fact) for subject, fact in facts.items()}
    return Approved(version=version, clauses=clauses, beside=beside, pages=pages, now=now)


def _put_beside(history: History, subject: Subject, member: str) -> Subject:
    """The version of a document with which a clause was put to a member when it approved it: a circulation has its
    document last.

    It may have said so in a circulation that asked about another version: then where this one was put last.
    """
    event = position(history, subject, member).event
    said_in = next(one.fact.circulation for one in history.entries[subject] if one.number == event)
    asking = [one for one in history.circulations.values() if subject in one.subjects and one.opened_at < event]
    there = next((one for one in asking if one.opened.circulation == said_in), None)
    return (there or (asking or [history.circulations[said_in]])[-1]).opened.subjects[-1]


def _on_record(reader: Look, subject: Subject) -> DocumentVersion:
    facts = (event.fact for event in reader.events((str(subject.key),)))
    return next(one for one in facts if isinstance(one, DocumentVersion) and one.subject == subject)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Group:
    """The paragraphs of a clause in one place of a document, or (`clause` is "") blocks of its frame."""

    part: Part
    use: str
    clause: str
    blocks: tuple[Block, ...]


def _groups(document: Document) -> Iterator[_Group]:
    """A document in order. The key of a paragraph of a clause is that of its place, then the clause, then its line."""
    for part in document.parts:
        for use, run in itertools.groupby(part.blocks, key=lambda block: _use(part, block)):
            blocks = tuple(run)
            yield _Group(part=part, use=use, clause=clause_in_key(blocks[0].key) if use else "", blocks=blocks)


def _use(part: Part, block: Block) -> str:
    return block.key.rpartition("/")[0] if part.name == "section" and clause_in_key(block.key) else ""


def _uses(document: Document) -> Mapping[str, Sequence[_Group]]:
    found: dict[str, list[_Group]] = defaultdict(list)
    for group in _groups(document):
        found[group.clause].append(group)
    return found


@dataclass(slots=True)
class _Order:
    """What was approved, in an order; `approved` are the places of each clause as they were printed."""

    approved: Mapping[str, Sequence[_Group]]
    groups: list[_Group] = field(default_factory=list)
    placed: dict[str, list[_Group]] = field(default_factory=lambda: defaultdict(list))

    def take_in(self, groups: Iterator[_Group], *, framed: bool) -> None:
        """Place what is not placed yet where a document has it: after what stands before it there."""
        known = {clause: list(some) for clause, some in self.placed.items()}
        seen: Counter[str] = Counter()
        before: _Group | None = None
        for group in groups:
            if not group.clause:
                before = self._insert(group, before) if framed else self._frame(group) or before
                continue
            nth = seen[group.clause]
            seen[group.clause] += 1
            there, printed = known.get(group.clause, ()), self.approved.get(group.clause, ())
            if nth < len(there):
                before = there[nth]
            elif nth < len(printed):
                before = self._insert(_as_in(group, printed[nth]), before)
                self.placed[group.clause].append(before)

    def _frame(self, group: _Group) -> _Group | None:
        """What is there of the frame of a part."""
        frames = (one for one in self.groups if not one.clause and one.part.id == group.part.id)
        return next(frames, None)

    def _insert(self, group: _Group, before: _Group | None) -> _Group:
        """Put a group after `before`, within its own part where there is one."""
        of_part = [at for at, one in enumerate(self.groups) if one.part.id == group.part.id]
        if before is None or (of_part and before.part.id != group.part.id):
            at = next((at for at in of_part if self.groups[at].clause), of_part[-1] + 1 if of_part else 0)
        else:
            at = self.groups.index(before) + 1
            while not of_part and at < len(self.groups) and self.groups[at].part.id == before.part.id:
                at += 1
        self.groups.insert(at, group)
        return group

    def parts(self) -> tuple[Part, ...]:
        """The parts that have anything in them."""
        runs = itertools.groupby(self.groups, key=lambda group: group.part.id)
        made = []
        for _, run in runs:
            groups = list(run)
            made.append(replace(groups[0].part, blocks=tuple(block for group in groups for block in group.blocks)))
        return tuple(made)


def _as_in(place: _Group, printed: _Group) -> _Group:
    """What was printed, under the keys of its place."""
    blocks = (replace(block, key=f"{place.use}/{block.key.rpartition('/')[2]}") for block in printed.blocks)
    return replace(place, blocks=tuple(blocks))
