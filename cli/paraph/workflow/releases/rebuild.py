"""A release made again where it belongs, with its notice, or only compared with what is on record: docs/release.md."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from paraph.errors import UsageError
from paraph.model.event import Released
from paraph.workflow.record.ledger import opened_here
from paraph.workflow.releases.announce import notice_again
from paraph.workflow.releases.files import put
from paraph.workflow.releases.remake import Remade, released, remade
from paraph.workflow.releases.shelf import FOLDER, NOTICE, folder_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilt:
    """A release made again: its files and those of its notice, as notice/NAME; those that came out otherwise, what
    makes files otherwise than then, and where they were written (None: nowhere)."""

    reference: str
    files: tuple[str, ...]
    others: tuple[str, ...]
    programs: tuple[str, ...]
    folder: Path | None


def rebuild(start: Path, reference: str, *, out: Path | None, verify: bool, where: str = "") -> Rebuilt:
    """Make the files of a release from the register alone, into `out` (None: its place in releases/).

    `verify`: nothing is written, and nothing either where a file comes out otherwise. `where` as in `opened_here`.
    Raises UsageError where nothing was released as `reference`, or its folder is there already.
    """
    with opened_here(start, where) as (register, root), register.reading() as reader:
        event = released(reader, reference)
        target = out or root / FOLDER / folder_of(reference)
        if not verify and target.exists():
            advice = (
                "“--verify” compares it without writing. To make it again, move it away, or name a new folder (-o)."
            )
            raise UsageError(f"{target} is there already", advice)
        if not verify:
            target.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            beside = Path(stack.enter_context(tempfile.TemporaryDirectory())) if verify else target.parent
            found = stack.enter_context(remade(reader, event, beside))
            notice, others = notice_again(reader, reference)
            others = (*found.others, *(f"{NOTICE}/{name}" for name in others))
            if written := not verify and not others:
                _write(found, notice)
                put(found.folder, target, reference)
    assert isinstance(event.fact, Released)
    return Rebuilt(
        reference=reference,
        files=(*sorted(event.fact.files), *(f"{NOTICE}/{name}" for name in sorted(notice))),
        others=others,
        programs=found.programs,
        folder=target if written else None,
    )


def _write(found: Remade, notice: dict[str, bytes]) -> None:
    """The notice beside the files of a release."""
    if notice:
        (found.folder / NOTICE).mkdir()
    for name, data in notice.items():
        (found.folder / NOTICE / name).write_bytes(data)
