"""In whose name letters go out, and whether each of them stands behind the words today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import RefusedError, UsageError
from paraph.library.written.index import INSTITUTIONS
from paraph.model.finding import Finding, Severity, Source
from paraph.model.manifest import Adoption, Manifest
from paraph.model.member import Status

if TYPE_CHECKING:
    from paraph.model.document import Record
    from paraph.model.library import Library
    from paraph.workflow.releases.as_released import AsReleased


def on_record(
    root: Path, library: Library, manifest: Manifest, member: str, *, confirmed: bool
) -> tuple[AsReleased | None, Record]:
    """The release of a letter, which `member` sends by itself ("": those it speaks for), and what it prints of the
    register. None: it was not released as it is now, and its letters are drafts.

    Raises RefusedError where letters would go out in the name of a member that does not stand behind them; or where
    templates, names or standing have changed since and nobody said that this was looked at.
    """
    from paraph.workflow.record.draft_record import records
    from paraph.workflow.releases.as_released import as_released

    released = as_released(root, manifest.id, library, member)
    if released is None:
        with records(root, library) as record_of:
            return None, record_of(manifest)
    _refuse_parted(manifest.id, released, member)
    if released.changed and not confirmed:
        raise RefusedError(
            f"around the words of {manifest.id}, things have changed since the members were asked",
            (*released.changed, *released.doubted),
            "Put them back as they were; or look at a --preview, see that all is right, and --confirm.",
        )
    if released.doubted and not confirmed:
        raise RefusedError(
            f"since {manifest.id} was released as {released.reference}, something was said that stands against it",
            released.doubted,
            "Ask, and record what is answered. Where the letters are to go out all the same, --confirm.",
        )
    return released, released.record


def _refuse_parted(document: str, released: AsReleased, member: str) -> None:
    """Raise RefusedError where a letter would say that somebody stands behind words that does not."""
    if member and released.parted:
        raise RefusedError(
            f"{member} does not stand behind all of {document}, and it cannot be sent in its name",
            released.parted,
            "Ask it, and record what it answers: “paraph decide”, then --accept-late, or --settle.",
        )
    if parted := (*released.parted, *released.reserved):
        raise RefusedError(
            f"{document} would be sent as it was released, as {released.reference}; since then",
            parted,
            "Release it anew with those that stand behind it now, “paraph release "
            f"{document} --reissue”; or “paraph withdraw {released.reference}”.",
        )


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


def sent_by(library: Library, manifest: Manifest, released: AsReleased | None) -> Iterator[Finding]:
    """Warnings about who sends the letters."""
    member = library.institutions.get(manifest.alone)
    if member is None and manifest.adoption is Adoption.EACH:
        message = f"each member sends {manifest.id} by itself; these letters are on the paper of all"
        advice = "Name the member that sends them, as in --as malta: they are then on its paper, and signed by it."
        yield manifest.source.finding("letter-sender", message, advice, at=("adoption",), severity=Severity.WARNING)
    if member is not None and manifest.adoption is Adoption.BODY:
        message = f"{manifest.id} speaks for all, and goes out on the paper of {member.id} alone"
        advice = "Send it without --as; or write a letter for one member, and name it here as one_member:."
        yield manifest.source.finding("letter-sender", message, advice, at=("adoption",), severity=Severity.WARNING)
    if member is not None and member.status_on(library.on(manifest)) is Status.PENDING:
        message = f"{member.id} awaits validation: its letters say so below its name"
        advice = "Send them once it is validated."
        yield Source(file=INSTITUTIONS).finding("letter-sender", message, advice, severity=Severity.WARNING)
    if released and released.provisional:
        message = f"{manifest.id} was released provisionally, as {released.reference}: each letter prints the reason"
        advice = "Send it only where that is meant; what is adopted is released in its place."
        yield manifest.source.finding("letter-sender", message, advice, severity=Severity.WARNING)
