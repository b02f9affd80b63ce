"""Letters: one document to each recipient of a table, in its language.

Everything is looked at before anything is made: the document, the table with all its rows, and whether the fonts have
every character. Then letters are made by processes that each write their own files, whole or not at all; what was made
of the same before, and is still there, is left alone.

The words of a letter are those of the document, approved and released like any other (docs/approvals.md); a recipient's
data are put where the form has a place for them and are no part of what was approved. Where the document was not
released as it is now, its letters carry the draft mark.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from paraph.errors import BrokenError, RefusedError, UsageError
from paraph.model.finding import Finding
from paraph.model.letter import Recipient
from paraph.workflow.letters.index import INDEXES, file_name
from paraph.workflow.letters.places import place_for
from paraph.workflow.letters.plan import Order, Plan, planned
from paraph.workflow.letters.pool import Pool
from paraph.workflow.letters.worker import Task

PREVIEWED = 3
_AMONG = 2_000
"""Recipients of which those whose letters have one shape are taken together: to begin with another shape takes as long
as several letters."""
_CHUNK = {True: 100, False: 200}
"""Letters that a process makes at a time, at most: of PDFs fewer, which take longer."""
_SHOWN = 50
"""Files that are named, at most, of those that would be replaced."""
_SHARES = 2
"""Chunks for each process where there are few letters, so that all have something to do to the end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letters:
    """What became of an order: the document that was sent; how many files were written and left as they were; `others`
    besides the letters.

    `fallen` says how often one language stood in for another; `left` names files of an earlier run that would not be
    made now, and `before` the table of that run, where it was another one; `shown` are the first letters of a preview,
    as words.
    """

    document: str
    written: int
    unchanged: int
    recipients: int
    draft: bool
    others: tuple[Path, ...]
    findings: tuple[Finding, ...]
    fallen: dict[tuple[str, str], int]
    left: tuple[str, ...] = ()
    before: str = ""
    shown: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Progress:
    """Told of rows that are read, then of letters that are done; the command line draws a bar with it."""

    read: Callable[[int], None] = field(default=lambda count: None)
    start: Callable[[int], None] = field(default=lambda total: None)
    advance: Callable[[int], None] = field(default=lambda count: None)


def letters(root: Path, order: Order, progress: Progress | None = None) -> Letters:
    """Make the letters of `order`.

    Raises FindingsError with all that is wrong with the document and the table, UsageError, RefusedError, BrokenError,
    and what the renderers raise; letters made by then are whole and on record.
    """
    progress = progress or Progress()
    _possible(order)
    plan = planned(root, order, progress.read)
    order = replace(order, document=plan.document, out=folder_of(order))
    some = PREVIEWED if order.preview else None
    count = min(plan.judged.count, some or plan.judged.count)
    progress.start(count * len(order.formats))
    if order.scheduler and not order.preview:
        return _by_cluster(plan, order, progress)
    jobs, chunk = _shared(order, count)
    with (
        place_for(order.out, order.formats, order.batch, order.merged) as place,
        Pool(plan.job, place.writer, jobs) as pool,
    ):
        _refuse_to_replace(place.not_ours(islice(plan.people, some)), order.out)
        for result in pool.results(_tasks(plan, order, place.has, progress, chunk, some, _AMONG)):
            place.add(result)
            progress.advance(len(result))
        left = place.left(islice(plan.people, some), plan.job.key, order.merged)
        others = place.finish(lambda: islice(plan.people, some), plan.job.drafts, order.merged)
    first = tuple(islice(plan.people, some)) if order.preview else ()
    return Letters(
        document=plan.document,
        written=place.written,
        unchanged=count * len(order.formats) - place.written,
        recipients=count,
        draft=plan.draft,
        others=others,
        findings=plan.findings,
        fallen=Counter((one.asked, one.language) for one in first if one.asked != one.language)
        if order.preview
        else plan.judged.fallen,
        left=left,
        before=place.before,
        shown=tuple(map(_shown, first)),
    )


def _possible(order: Order) -> None:
    """Raise UsageError where what is asked cannot be had, before any work is done."""
    if order.merged and order.scheduler:
        raise UsageError("letters of a scheduler are not put into one PDF", "Leave --merged or --scheduler out.")
    if order.scheduler and is_zip(order):
        raise UsageError("the workers of a scheduler write no ZIP", "Name a folder after --out, or an address.")
    if order.merged and is_zip(order):
        raise UsageError("one PDF of all letters goes into a folder", "Name a folder after --out, or no --merged.")
    if order.table in (order.out, *(folder_of(order) / name for name in INDEXES)):
        raise UsageError(
            f"{order.shown} would be replaced by the index of the letters", "Name another place after --out."
        )


def is_zip(order: Order) -> bool:
    """Whether the letters of an order go into a ZIP."""
    return order.out.suffix.lower() == ".zip" and not order.preview


def _refuse_to_replace(files: tuple[str, ...], out: Path) -> None:
    """Raise RefusedError where letters that somebody changed by hand, or files of others, would be replaced."""
    if files:
        more = [f"and {len(files) - _SHOWN} more"] if len(files) > _SHOWN else []
        raise RefusedError(
            f"files in {out} are not as a run has made them, and would be replaced",
            (*files[:_SHOWN], *more),
            "Nothing was made. Move away what was changed by hand, or name another folder after --out; run it again.",
        )


def folder_of(order: Order) -> Path:
    """Where the letters of an order go: those of a preview into a folder of their own."""
    if not order.preview:
        return order.out
    return (order.out.with_suffix("") if order.out.suffix.lower() == ".zip" else order.out) / "preview"


def _by_cluster(plan: Plan, order: Order, progress: Progress) -> Letters:
    from paraph.workflow.letters.chunks import CHUNK, Target
    from paraph.workflow.letters.cluster import cluster

    counts = {"unchanged": 0, "written": 0}

    def done(unchanged: int, written: int) -> None:
        counts["unchanged"] += unchanged
        counts["written"] += written
        progress.advance(unchanged + written)

    with cluster(order.scheduler, plan.job) as workers:
        target = Target.of(order.target, order.batch)
        tasks = _tasks(plan, order, lambda name, key: False, Progress(), CHUNK)
        others = workers.letters(tasks, order.target, done)
    left = target.left(others, len(others), iter(plan.people))
    target.put_index(lambda: iter(plan.people), order.formats, plan.job.drafts)
    return Letters(
        document=plan.document,
        written=counts["written"],
        unchanged=counts["unchanged"],
        recipients=plan.judged.count,
        draft=plan.draft,
        others=(),
        findings=plan.findings,
        fallen=plan.judged.fallen,
        left=left,
        before=target.before,
    )


def _shared(order: Order, count: int) -> tuple[int, int]:
    """How many processes make the letters, and how many letters each makes at a time.

    A process takes longer to begin than to make 25 PDFs or 200 DOCX.
    """
    pdf = "pdf" in order.formats
    few, most = (25 if pdf else 200), _CHUNK[pdf]
    jobs = min(order.jobs or os.cpu_count() or 1, -(-count // few))
    return jobs, max(few, min(most, -(-count // (_SHARES * jobs))))


def _shown(recipient: Recipient) -> tuple[str, ...]:
    place = ("", recipient.place) if recipient.place else ()
    return (f"[{recipient.language}]", *recipient.lines, "", recipient.salutation, *place)


def _once(everyone: Iterator[Recipient]) -> Iterator[Recipient]:
    """The recipients, of whom no two have files of one name, whatever was judged of their table."""
    names: set[int] = set()
    for one in everyone:
        if (name := hash(one.stem.casefold())) in names:
            raise BrokenError(
                f"the letter to line {one.line} is called “{one.stem}”, as one before: it would take its place",
                "Give each recipient an id of its own; what was made by now is whole.",
            )
        names.add(name)
        yield one


def _tasks(
    plan: Plan,
    order: Order,
    has: Callable[[str, str], bool],
    progress: Progress,
    chunk: int,
    some: int | None = None,
    among: int = 1,
) -> Iterator[Task]:
    """Recipients with the files that are to be made for each, a chunk at a time, letters that are alike together as far
    as they are found `among` so many. Raises BrokenError where two have one name: a letter would take another's place.
    """
    everyone = _once(islice(plan.people, some))
    batch = []
    while several := list(islice(everyone, among)):
        for recipient in sorted(several, key=lambda one: (one.which, len(one.lines))):
            key = plan.job.key(recipient)
            named = [(one, file_name(recipient, one)) for one in order.formats]
            wanted = tuple((one, name) for one, name in named if order.force or not has(name, key))
            progress.advance(len(named) - len(wanted))
            if wanted:
                batch.append((recipient, key, wanted))
            if len(batch) == chunk:
                yield batch
                batch = []
    if batch:
        yield batch
