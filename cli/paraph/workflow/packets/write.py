"""Review packets: what each member of a circulation is asked, written as Word files and put on record."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph import __version__
from paraph.errors import FindingsError, RefusedError, UsageError
from paraph.library.files.packet import stationery
from paraph.library.written.index import PACKET
from paraph.model.event import (
    DocumentVersion,
    Draft,
    PacketWritten,
)
from paraph.model.finding import errors
from paraph.model.library import Library
from paraph.model.packet import Packet, Stationery
from paraph.review.identity import token_digest, token_from
from paraph.review.writing.blocks import Blocks
from paraph.workflow.approvals.references import circulation_in, subject_keys
from paraph.workflow.approvals.said import not_counted
from paraph.workflow.files import read_file, write
from paraph.workflow.packets.compose import Tokens, check_languages, packets, styled_document, version_in
from paraph.workflow.packets.memory import steadily
from paraph.workflow.record.ledger import history_of, opened, settings
from paraph.workflow.record.membership import leaving
from paraph.workflow.times import shown

if TYPE_CHECKING:
    from paraph.register.store import Register


@dataclass(frozen=True, slots=True)
class Written:
    """A packet that was written: for whom, its DOCX and the draft of an e-mail with it, in which languages, and whether
    the member's answer counts. `late` is the deadline, as it is shown, where that is over, or ""; `notes` what there is
    to know of the member."""

    member: str
    files: tuple[Path, ...]
    languages: tuple[str, ...]
    counted: bool
    late: str = ""
    notes: tuple[str, ...] = ()


def fresh_token(_: str) -> str:
    """A token that nobody can guess."""
    return token_from(secrets.randbits(100))


def write_packets(
    root: Path, name: str, members: Sequence[str], out: Path | None, at: dt.datetime, tokens: Tokens = fresh_token
) -> tuple[Written, ...]:
    """Write the packets of circulation `name` for `members` (none: all that are asked) into `out`, and record them.

    A packet is on record before it can reach anybody: what comes back is always recognised. Raises UsageError for a
    circulation or member that is not there, or a folder that cannot be; RefusedError where the circulation is closed,
    or a file in the place of a packet is not as it was written; FindingsError where templates/packet/ is not right.
    """
    library = settings(root)
    paper = paper_of(root)
    folder = out or root / "build" / "packets" / name
    with opened(root, library) as register:
        with register.reading() as reader:
            history = history_of(reader, keys := subject_keys(reader, name))
            circulation = circulation_in(history, name)
            version = version_in(history, circulation.opened.subjects[-1])
            styled = styled_document(reader, version) if isinstance(version, DocumentVersion) else {}
            head = str(reader.head())
            kept = {one.fact.file for one in reader.events(about=keys) if isinstance(one.fact, PacketWritten)}
        if circulation.closed:
            raise RefusedError(f"{name} is closed", advice="There is nothing left to ask in it.")
        asked = members or (*circulation.opened.electorate, *circulation.opened.invited)
        _make_room(folder, [file for one in asked for file in _files(folder, name, one)], kept)
        check_languages(library, history, circulation.opened.subjects)
        blocks = Blocks()
        late = shown(circulation.opened.deadline, circulation.opened.zone) if at > circulation.opened.deadline else ""
        return tuple(
            replace(
                _write(packet, paper, library, blocks, folder, register, at),
                late=late,
                notes=(
                    *filter(None, (not_counted(history, circulation, packet.identity.member),)),
                    *leaving(library, history, packet.identity.member, at),
                ),
            )
            for packet in steadily(packets(library, history, circulation, members, paper, tokens, styled, head))
        )


def paper_of(root: Path) -> Stationery:
    """What the workspace writes its packets on. Raises FindingsError where it is not right."""
    if not (root / PACKET).is_dir():
        raise UsageError(
            f"this workspace has no {PACKET}/, on which packets are written",
            "Make a new workspace with “paraph init DIR” and copy that folder from it.",
        )
    found, findings = stationery(root)
    if found is None or errors(findings):
        raise FindingsError(errors(findings))
    return found


def _files(folder: Path, circulation: str, member: str) -> tuple[Path, Path]:
    """Where a packet is written, and the draft of an e-mail with it."""
    path = folder / f"{circulation}-{member}.docx"
    return path, path.with_suffix(".eml")


def _make_room(folder: Path, files: Sequence[Path], kept: Collection[str]) -> None:
    """Make the folder. Raises UsageError where that cannot be, RefusedError where one of the files is there and not as
    it was written: a member may have answered in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}", "Name another folder: -o.") from error
    if found := [str(one) for one in files if one.exists() and not _is_as_written(one, kept)]:
        advice = "If they are answers: “paraph packet read”. Move them away, or write into another folder: -o."
        raise RefusedError("files stand there that are not, or no longer, as they were written", found, advice)


def _is_as_written(path: Path, kept: Collection[str]) -> bool:
    """Whether a file is the draft of an e-mail, or a packet as it was sent, of which the register has `kept` a copy."""
    from paraph.ooxml.reading.file import read_properties_alone
    from paraph.review.returned.claims import claims
    from paraph.review.returned.reply import is_draft
    from paraph.review.writing.write import without_token

    data = read_file(path)
    if path.suffix == ".eml":
        return is_draft(data)
    return any(
        hashlib.sha256(without_token(data, one.token)).hexdigest() in kept
        for one in claims(read_properties_alone(data))
    )


def _write(
    packet: Packet,
    paper: Stationery,
    library: Library,
    blocks: Blocks,
    folder: Path,
    register: Register,
    at: dt.datetime,
) -> Written:
    """Write one packet; the register keeps the file without its token, to compare what comes back with it."""
    from paraph.review.writing.mail import draft
    from paraph.review.writing.write import voices_of, without_token, write_packet

    identity = packet.identity
    data = write_packet(packet, paper, library, f"paraph {__version__}", blocks)
    fact = PacketWritten(
        circulation=identity.circulation,
        member=identity.member,
        language=identity.language,
        token=token_digest(identity.token),
        file=register.keep(without_token(data, identity.token)),
        subjects=tuple(one.subject for one in packet.questions),
    )
    register.append(lambda _: (Draft(fact=fact, request=f"packet/{fact.token}"),), at)
    path, mail = _files(folder, identity.circulation, identity.member)
    write(path, data)
    write(mail, draft(packet, voices_of(packet, paper, library), path.name, data))
    return Written(identity.member, (path, mail), packet.languages, not packet.invited)
