"""Who stands behind a release, and what the secretariat confirmed with it, as its record has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from paraph.errors import BrokenError
from paraph.workflow.releases.remake import kept_record

if TYPE_CHECKING:
    from paraph.model.event import Released
    from paraph.model.release import ReleaseRecord
    from paraph.register.glance import Look


def behind(reader: Look, fact: Released) -> tuple[tuple[str, str], ...]:
    """What there is to know, by what it is about; nothing where the record of the release is not kept here."""
    with suppress(BrokenError):
        return tuple(_facts(kept_record(reader, fact)[0].record))
    return ()


def _facts(record: ReleaseRecord) -> Iterator[tuple[str, str]]:
    if record.circulation:
        yield "asked in", f"{record.circulation.circulation}, {record.rule}"
    if record.signed:
        yield "signed by", ", ".join(record.signed)
    on: dict[str, list[str]] = {}
    for one in record.reservations:
        on.setdefault(one.institution, []).append(one.clause or record.document.id)
    yield from (("reserved", f"{member} on {', '.join(some)}") for member, some in on.items())
    yield from (("confirmed", line) for line in record.changed)
