"""Everything that can be found wrong in a workspace, at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paraph.errors import FindingsError
from paraph.model.finding import Finding, errors
from paraph.model.library import Library
from paraph.workflow.building.folder_cache import FolderCache, user_cache
from paraph.workflow.building.glyphs import unprintable
from paraph.workflow.building.panels import overfull
from paraph.workflow.building.word_templates import unfillable
from paraph.workflow.desk import asked_for
from paraph.workflow.times import as_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """The findings in the order of files and lines, what was looked at, in words, and file by file what it is."""

    findings: tuple[Finding, ...]
    counted: str
    names: Mapping[str, str]

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return bool(errors(self.findings))


def check(root: Path, paths: tuple[str, ...] = (), *, remember: bool = False) -> Checked:
    """Load everything, assemble every document in each of its languages, run the checks, and gather what is found.

    `paths`, as the user typed them, limit what is reported. `remember` as in `build.Request`. Raises UsageError for a
    path that does not exist.
    """
    from paraph.library.load import load
    from paraph.workflow.approvals.diverged import parted
    from paraph.workflow.building.checking import reviewed

    asked = asked_for(root, paths)
    cache = user_cache(os.environ) if remember else FolderCache(None)
    library, findings = load(root, cache)
    library = as_of(library) if library is not None else None
    found = list(findings)
    if library is not None:
        found += reviewed(library, findings, cache)
        found += unprintable(root, library)
        found += parted(root, library)
        found += overfull(library, findings, cache)
        found += unfillable(root, library, findings, cache)
    cache.sweep()
    shown = sorted({finding for finding in found if asked(finding.file)})
    return Checked(findings=tuple(shown), counted=_counted(library), names=_names(library))


def report(root: Path, checked: Checked, paths: tuple[str, ...], target: Path) -> None:
    """Write the concordance report of what was checked to `target`, which may be there already."""
    from paraph.checks.scan import Scan
    from paraph.checks.sides import units
    from paraph.library.load import load
    from paraph.render.concordance import render
    from paraph.workflow.files import write

    asked = asked_for(root, paths)
    library, _ = load(root)
    if library is None:
        raise FindingsError(errors(checked.findings))
    shown = tuple(one for one in units(Scan(as_of(library)), checked.findings) if asked(one.file))
    title = next(iter(library.workspace.name.values()), root.name)
    write(target, render(shown, title, checked.counted))


def _counted(library: Library | None) -> str:
    if library is None:
        return "nothing read"
    return (
        f"{len(library.clauses)} clauses, {len(library.manifests)} documents, "
        f"{len(library.institutions)} members, {len(library.concepts)} concepts"
    )


def _names(library: Library | None) -> Mapping[str, str]:
    """File → “clause no-child-detention: No detention of children”."""
    if library is None:
        return {}
    named = [("clause", one.source.file, one.id, one.title) for one in library.clauses.values()]
    named += [("document", one.source.file, one.id, one.title) for one in library.manifests.values()]
    return {file: f"{what} {id_}: {next(iter(title.values()), '')}".rstrip(": ") for what, file, id_, title in named}
