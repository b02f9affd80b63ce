"""In whose name letters go out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from paraph.errors import UsageError
from paraph.library.written.index import INSTITUTIONS
from paraph.model.finding import Finding, Severity, Source
from paraph.model.manifest import Manifest
from paraph.model.member import Status
from paraph.model.rule import Adoption

if TYPE_CHECKING:
    from paraph.model.library import Library
    from paraph.workflow.letters.days import Standing


def alone(library: Library, manifest: Manifest, member: str) -> Manifest:
    """The document as `member` sends it by itself."""
    if member not in library.institutions:
        from paraph.library.written.suggest import did_you_mean

        raise UsageError(f"there is no member “{member}”", did_you_mean(member, library.institutions))
    one = library.institutions[member]
    if one.office_open:
        message = f"which office sits for {member} is open: nobody can send {manifest.id} in its name"
        raise UsageError(message, "Settle it in statements/institutions.yml, then delete office_open: there.")
    if member not in manifest.members and not set(one.networks) & set(manifest.networks):
        raise UsageError(f"{member} does not speak in {manifest.id}", f"See who does in {manifest.source.file}.")
    return replace(manifest, networks=(), members=(member,))


def sent_by(library: Library, manifest: Manifest, days: Mapping[dt.date, Standing]) -> Iterator[Finding]:
    """Warnings about who sends letters of these days."""
    member = library.institutions.get(manifest.alone)
    if member is None and manifest.adoption is Adoption.EACH:
        message = f"each member sends {manifest.id} by itself; these letters are on the paper of all"
        advice = "Name the member that sends them, as in --as malta: they are then on its paper, and signed by it."
        yield manifest.source.finding("letter-sender", message, advice, at=("adoption",), severity=Severity.WARNING)
    if member is not None and manifest.adoption is Adoption.BODY:
        message = f"{manifest.id} speaks for all, and goes out on the paper of {member.id} alone"
        advice = "Send it without --as; or write a letter for one member, and name it here as one_member:."
        yield manifest.source.finding("letter-sender", message, advice, at=("adoption",), severity=Severity.WARNING)
    if member is not None and any(member.status_on(day) is Status.PENDING for day in days):
        message = f"{member.id} awaits validation: its letters say so below its name"
        advice = "Send them once it is validated."
        yield Source(file=INSTITUTIONS).finding("letter-sender", message, advice, severity=Severity.WARNING)
    provisional = (one.reference for one in days.values() if one.released and one.released.provisional)
    for reference in dict.fromkeys(provisional):
        message = f"{manifest.id} was released provisionally, as {reference}: each letter prints the reason"
        advice = "Send it only where that is meant; what is adopted is released in its place."
        yield manifest.source.finding("letter-sender", message, advice, severity=Severity.WARNING)
