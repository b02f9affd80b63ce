"""Building a version of a document as it was put to the members, from the files that the register keeps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from paraph.errors import UsageError
from paraph.model.document import Record
from paraph.model.event import DocumentVersion
from paraph.workflow.building.build import Built, Request, make_files, tasks_of
from paraph.workflow.record.ledger import opened, to_look
from paraph.workflow.record.reassemble import desk_of, files_of, recorded_at
from paraph.workflow.record.show import version


def rebuild(root: Path, reference: str, request: Request) -> Built:
    """Make the files of a version (joint-declaration@1), be its own files changed or gone.

    They are drafts: who joined since is not printed. Raises UsageError where there is no such version of a document,
    RegisterError where its files are not kept any more, FidelityError where it would print other words than those on
    record.
    """
    found = version(root, reference)
    if not isinstance(found, DocumentVersion):
        raise UsageError(f"{reference} is a clause", f"“paraph show {reference}” shows it; documents are built.")
    with opened(root, to_look(root)) as register, register.reading() as reader, files_of(reader, found) as folder:
        desk = desk_of(folder, found, recorded_at(reader, found.subject))
        wanted = replace(request, documents=(found.subject.id,))
        tasks, findings = tasks_of(desk.library, desk.manifest, wanted, Record())
        named = [replace(task, path=task.path.with_name(_name(task.path.name, reference))) for task in tasks]
        written = tuple(make_files(named, wanted))
    return Built(written=written, unchanged=(), findings=tuple(findings))


def _name(file: str, reference: str) -> str:
    """joint-declaration@1.en.pdf, beside the joint-declaration.en.pdf of today."""
    return reference + file.removeprefix(reference.partition("@")[0])
