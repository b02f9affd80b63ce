"""Which editions of a document are made: in which languages, and whose own; and panels on which too much stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from paraph.errors import UsageError
from paraph.library.written.index import INSTITUTIONS
from paraph.library.written.suggest import did_you_mean
from paraph.model.document import Document, Edition, Part
from paraph.model.finding import Finding, KeyPath, Severity, Source
from paraph.model.form import CONTACT
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.member import Institution, Status

if TYPE_CHECKING:
    from paraph.render.kit import Kit

ALL = "*"
"""Asks for an edition of every member that a document speaks for; "" asks for that of all."""
Lacking: TypeAlias = tuple[tuple[str, float, str], ...]
"""Panels by name, with the millimetres that each lacks, being too “short”, or too “narrow” for a word of it."""
_REACHED = frozenset({CONTACT, "publisher/heading"})
"""The keys of what says how a member is reached, and of what invites to it."""
_PRESENT = (Status.ACTIVE, Status.PENDING)


def editions_of(
    library: Library, manifest: Manifest, asked: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...]:
    """The editions to make of a document, as tuples of languages.

    Raises UsageError where a language asked for is none of the document's.
    """
    for languages in asked:
        for language in languages:
            if language not in manifest.languages:
                raise UsageError(
                    f"{manifest.id} is not issued in “{language}”",
                    f"Its languages are {', '.join(manifest.languages)}: see languages: in {manifest.source.file}.",
                )
    if asked:
        return asked
    abreast = tuple(code for code in manifest.languages if code in library.workspace.authentic)[:2]
    return (*((code,) for code in manifest.languages), *((abreast,) if len(abreast) == 2 else ()))


def wanted(
    library: Library, manifest: Manifest, asked: tuple[tuple[str, ...], ...], members: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each edition to make: the member whose own it is ("": that of all), and its languages. No members: that of all.

    Where no language is asked for, a member's edition is made in those of the document that the member works in; where
    there are none, in the authentic ones.
    """
    if not members or "" in members:
        yield from (("", languages) for languages in editions_of(library, manifest, asked))
    own_ones = tuple(filter(None, members))
    for member in members_of(library, manifest, own_ones) if own_ones else ():
        own = [code for code in manifest.languages if code in library.institutions[member].languages]
        own = own or [code for code in manifest.languages if code in library.workspace.authentic]
        chosen = editions_of(library, manifest, asked) if asked else tuple((code,) for code in own)
        yield from ((member, languages) for languages in chosen)


def has_editions(library: Library, manifest: Manifest) -> bool:
    """Whether a document prints who issues it, so that each member can have its own."""
    return any(part.kind == "publisher" for part in library.forms[manifest.form].parts)


def released_for(library: Library, manifest: Manifest, day: dt.date) -> tuple[str, ...]:
    """The members whose own editions are released on `day` where none is asked for: those that can stand behind one.

    These are active that day, and on that of the document where it has one, and it is settled which office they are:
    nothing is published in the name of anybody else.
    """
    if not has_editions(library, manifest):
        return ()
    known = (library.institutions[one] for one in members_of(library, manifest, (ALL,)))
    days = (day, manifest.date or day)
    return tuple(one.id for one in known if all(one.status_on(on) is Status.ACTIVE for on in days))


def members_of(library: Library, manifest: Manifest, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The members asked for, by id. Raises UsageError where the document has no edition of one of them."""
    if not has_editions(library, manifest):
        raise UsageError(
            f"{manifest.id} has no editions of members: a {manifest.form} does not print who issues it",
            "Name a leaflet, a poster or a card, or leave --edition out.",
        )
    speaking = _speaking(library, manifest)
    known = [one.id for one in speaking if not one.office_open]
    if ALL in asked:
        return tuple(known)
    for member in asked:
        if member not in known and member in {one.id for one in speaking}:
            raise UsageError(
                f"which office sits for {member} is open: its edition of {manifest.id} would name nobody",
                "Settle it in statements/institutions.yml, then delete office_open: there.",
            )
        if member not in known:
            raise _no_edition(library, manifest, member, known)
    return asked


def _no_edition(library: Library, manifest: Manifest, member: str, known: Collection[str]) -> UsageError:
    one = library.institutions.get(member)
    message = f"{manifest.id} has no edition of “{member}”"
    if one is not None and one.status_on(on := library.on(manifest)) not in _PRESENT:
        return UsageError(f"{message}: {one.why_inactive(on)}", f"See its status: in {INSTITUTIONS}.")
    near, everyone = did_you_mean(member, known), f"The members are {', '.join(known)}."
    return UsageError(message, f"{near} {everyone}" if near.endswith("?") else everyone)


def left_out(library: Library, manifest: Manifest, asked: tuple[str, ...]) -> Iterator[Finding]:
    """A warning for each member that has no edition where those of all are asked for: a leaflet in which children are
    told to turn to “us” says who that is."""
    for one in _speaking(library, manifest) if ALL in asked else ():
        if one.office_open:
            yield _lacks(
                f"{one.id} has no edition: which office sits for it, is open", "Settle it, then delete office_open:."
            )


def of_who_left(library: Library, manifest: Manifest, asked: tuple[str, ...], out: Path) -> Iterator[Finding]:
    """A warning for each member that has no edition any more where those of all are asked for, and files of whose own
    edition still lie in `out`: they would be printed with the others."""
    on = library.on(manifest)
    for one in library.institutions.values() if ALL in asked else ():
        files = sorted(path.name for path in out.glob(f"{manifest.id}.{one.id}.*"))
        if files and one.status_on(on) not in _PRESENT:
            more = f" and {len(files) - 1} more" if len(files) > 1 else ""
            message = f"{files[0]}{more} in {out.name}: of an earlier edition, and {one.why_inactive(on)}"
            advice = "Delete it, or move it away: it must not be printed any more."
            yield Source(file=INSTITUTIONS).finding("edition-left", message, advice, severity=Severity.WARNING)


def abreast(documents: tuple[Document, ...]) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """A member's edition side by side, in which what says how it is reached stands in all languages or in none; a
    warning where that leaves it out."""
    said = [_REACHED.intersection(block.key for block in one.blocks()) for one in documents]
    lost = frozenset[str]().union(*said).difference(_REACHED.intersection(*said))
    if not lost:
        return documents, ()
    languages = " and ".join(one.language.code for one in documents)
    finding = _lacks(
        f"the edition of {documents[0].member} in {languages} leaves its contact: out, which one of them lacks",
        "Add it in the other language, or build each language by itself.",
    )
    return tuple(replace(one, parts=tuple(_without(one.parts, lost))) for one in documents), (finding,)


def _lacks(message: str, advice: str) -> Finding:
    """What institutions.yml does not say, of no line of it."""
    return Source(file=INSTITUTIONS).finding("edition-lacks", message, advice, severity=Severity.WARNING)


def _without(parts: Iterable[Part], keys: Collection[str]) -> Iterator[Part]:
    for part in parts:
        if blocks := tuple(block for block in part.blocks if block.key not in keys):
            yield replace(part, blocks=blocks)


def _speaking(library: Library, manifest: Manifest) -> tuple[Institution, ...]:
    """The members that speak in a document, or await validation."""
    return tuple(
        one
        for one in library.institutions.values()
        if (one.id in manifest.members if manifest.members else set(one.networks) & set(manifest.networks))
        and one.status_on(library.on(manifest)) in _PRESENT
    )


def overflowing(manifest: Manifest, editions: Iterable[tuple[Edition, Kit]]) -> Iterator[Finding]:
    """A finding for each panel of each edition on which more stands than it has room for."""
    from paraph.render.pdf.document import overflow

    for edition, kit in editions:
        yield from too_short(manifest, edition, kit, overflow(edition, kit))


def too_short(manifest: Manifest, edition: Edition, kit: Kit, found: Lacking) -> Iterator[Finding]:
    """The findings about panels of an edition that lack some millimetres."""
    for panel, lacking, way in found:
        parts = kit.sheet.panels[panel] if kit.sheet else ()
        at = next((n for n, section in enumerate(manifest.sections) if section.id in parts), None)
        where: KeyPath = ("sections", at) if at is not None else ()
        member = edition.documents[0].member
        whose = f", in the edition of {member}" if member else ""
        lack = max(1, round(lacking))
        what = "the longest word or address" if way == "narrow" else "what stands"
        message = (
            f"the panel “{panel}” is {lack} mm too {way} for {what} on it in {' and '.join(edition.languages)}{whose}"
        )
        advice = _shorter(member, way, parts, clauses=at is not None)
        yield manifest.source.finding("panel-overflow", message, advice, at=where)


def _shorter(member: str, way: str, parts: Collection[str], *, clauses: bool) -> str:
    """What to do about a panel: a cover has the title, others have clauses, the back says who issues the edition."""
    what = ["its title"] if "title" in parts else []
    what += ["its clauses"] if clauses else []
    if "publisher" in parts:
        what.append(
            f"website: and contact: of {member} in {INSTITUTIONS}" if member else "the contact: of the document"
        )
    shorter = "Use shorter words in" if way == "narrow" else "Shorten"
    move = ", or move one to another panel" if clauses and way != "narrow" else ""
    return f"{shorter} {' or '.join(what or ['what stands there'])}{move}."
