"""The checks on a library that has been read: what was found in texts that have not changed is kept, the rest is looked
at by several processes where that pays.

Most checks look at a text by itself, beside its other languages (`checks.table.OF_TEXTS`). What they find is kept for a
share of the texts at a time, under a key of all that they see: the files of the share, the dates of the documents that
print them, the terms, rules, names and forms of the workspace, and the program. Documents are looked at each time.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeAlias

from paraph.assembly import Terms
from paraph.checks.scan import Scan
from paraph.checks.table import OF_DOCUMENTS, OF_TEXTS, found, settled
from paraph.library import model_json
from paraph.library.cache import Cache, key_of
from paraph.model.finding import Finding, Source
from paraph.model.library import Library
from paraph.workflow.building.build import assembled
from paraph.workflow.building.workers import Workers, start_method

_TOGETHER = 10
"""Documents that are assembled by a process before it is given others."""
_FORK_FROM = 200
"""Texts and documents to look at from which a second process is worth its start."""
_FEW = 1000
"""Texts and documents to look at up to which their terms are found once for all processes. In more of them each finds
those that it needs by numpy, with whose threads no process can be forked."""


_Job: TypeAlias = Callable[[], set[Finding]]


@dataclass(frozen=True, slots=True)
class _Share:
    """Files whose texts are checked together, by the ids of their clauses and documents, and the key of the outcome."""

    clauses: tuple[str, ...]
    documents: tuple[str, ...]
    key: str


def reviewed(library: Library, findings: Sequence[Finding], cache: Cache) -> set[Finding]:
    """What assembly finds, and the checks, with waivers; `findings` are those of reading."""
    scan = Scan(library)
    checking: list[_Job] = [partial(found, scan, OF_DOCUMENTS)]
    outcome: set[Finding] = set()
    documents = [*library.manifests]
    some = (documents[start : start + _TOGETHER] for start in range(0, len(documents), _TOGETHER))
    terms = Terms(library, scan.matcher)
    assembling: list[_Job] = [partial(_assembled, library, ids, findings, terms) for ids in some]
    weight, keys = len(documents), [""]
    for share in _shares(scan):
        if (known := _recalled(cache, share.key)) is not None:
            outcome |= known
        else:
            checking.append(partial(found, scan.part(share.clauses, share.documents), OF_TEXTS))
            keys.append(share.key)
            weight += len(share.clauses) + len(share.documents)
    if _FORK_FROM <= weight <= _FEW:
        scan.look()
    results = _done([*assembling, *checking], weight)
    lacking = set[Finding]().union(*islice(results, len(assembling)))
    for key, more in zip(keys, results, strict=True):
        outcome |= more
        if key:
            with suppress(TypeError, RecursionError):
                cache.put(key, model_json.dump(tuple(sorted(more))))
    return lacking.union(settled(library, outcome))


def _assembled(library: Library, documents: Sequence[str], findings: Sequence[Finding], terms: Terms) -> set[Finding]:
    return {*assembled(library, documents, findings, terms)}


def _done(jobs: Sequence[_Job], weight: int) -> Iterator[set[Finding]]:
    """The outcome of each job, in their order.

    Forked processes have the jobs in memory and are only told a job's number. Where processes cannot be forked, all
    jobs are done in this one: to pickle the library for others would take longer than the checks.
    """
    cores = os.cpu_count() or 1
    with (
        Workers[int, set[Finding]](lambda number: jobs[number](), _settle, ("check",), min(cores, len(jobs)))
        if cores > 1 and weight >= _FORK_FROM and start_method() == "fork"
        else nullcontext()
    ) as workers:
        if workers is None:
            yield from (job() for job in jobs)
        else:
            yield from (result for _, result in workers.results(range(len(jobs)), lambda _: "check"))


def _settle(_: Sequence[str]) -> None:
    """Prepare a forked process: its garbage collector leaves alone what the first process had.

    To look through it would copy the memory that both share.
    """
    gc.freeze()


def _recalled(cache: Cache, key: str) -> set[Finding] | None:
    if key and (data := cache.get(key)) is not None:
        with suppress(*model_json.NO_MODEL):
            return {*model_json.load(data, lambda path: Source(file=path))}
    return None


def _shares(scan: Scan) -> Iterator[_Share]:
    """All texts in up to 256 shares, few of them in 16, a file always in the same: an edit touches one share."""
    library = scan.library
    shared = _shared(library)
    digits = 1 if len(library.clauses) + len(library.manifests) <= _FEW else 2
    files: dict[str, list[tuple[str, str, str, Source]]] = {}
    for kind, group in (("clause", library.clauses), ("document", library.manifests)):
        for one in group.values():
            dates = str(scan.dates.get(one.id, ())) if kind == "clause" else ""
            bucket = hashlib.sha256(one.source.file.encode()).hexdigest()[:digits]
            files.setdefault(bucket, []).append((kind, one.id, dates, one.source))
    for share in files.values():
        paths = [(source.file, f"{dates} {hashlib.sha256(source.raw).hexdigest()}") for _, _, dates, source in share]
        clauses, documents = (tuple(id_ for of, id_, _, _ in share if of == kind) for kind in ("clause", "document"))
        yield _Share(clauses, documents, key_of("checks", paths, shared) if shared else "")


def _shared(library: Library) -> str:
    """A digest of all that checks see beside the text they look at; "" where it cannot be told."""
    seen = (str(library.day), library.workspace, library.countries, library.institutions, library.concepts)
    forms = {form.source.file: hashlib.sha256(form.source.raw).hexdigest() for form in library.forms.values()}
    with suppress(TypeError, RecursionError):
        written = model_json.dump((*seen, library.strings, library.rules, library.openings, forms))
        return hashlib.sha256(written).hexdigest()
    return ""
