"""Signing a release: beside what was released, never in it. docs/release.md, “Signatures”."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NamedTuple

from paraph.errors import RefusedError, UsageError
from paraph.model.event import Released
from paraph.model.release import RECORD, Fate
from paraph.proof.child import pdf_signatures, read
from paraph.proof.compare import beside_signature
from paraph.proof.pades import Signer, sign_pdf, signer_of
from paraph.proof.signatures import sign_ssh, ssh_key_of, stamp
from paraph.workflow.files import alone, read_file, write
from paraph.workflow.record.ledger import opened_here
from paraph.workflow.releases.fates import followed_by
from paraph.workflow.releases.known_releases import Known, known_on_record
from paraph.workflow.releases.remake import released
from paraph.workflow.releases.shelf import FOLDER, SIGNATURES, folder_of, refuse_strangers

PASSPHRASE = "PARAPH_PASSPHRASE"  # noqa: S105  # the name of the variable, no passphrase


@dataclass(frozen=True, kw_only=True, slots=True)
class With:
    """What to sign with: a key and certificate for PDFs (PKCS #12), an SSH key for the record, a time-stamp authority
    for both. `ask` asks a person for a passphrase."""

    certificate: Path | None = None
    ssh: Path | None = None
    authority: str = ""
    ask: Callable[[str], str] = lambda what: ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """What became of it: the files `written`, and those that were `there`, by the same key; `standing` says why the
    release is not the adopted text in force, a line each."""

    written: tuple[Path, ...]
    there: tuple[Path, ...]
    standing: tuple[str, ...]


def sign(root: Path, reference: str, using: With, *, confirmed: bool = False) -> Signed:
    """Sign a release, into `signatures` in its folder, beside what others signed there.

    A signed PDF is a copy, to which each who signs appends a signature. Raises UsageError where there is nothing to
    sign with or no such release, RefusedError where it is not the adopted text in force and nobody `confirmed` it, the
    register does not know what lies in releases/, a file of the release is not there as it was released, what others
    signed is not that alone, or all was signed by the same key already.
    """
    if not (using.certificate or using.ssh or using.authority):
        raise UsageError("there is nothing to sign with", "Give --pades, --ssh or --timestamp.")
    with opened_here(root) as (register, _), register.reading() as reader:
        event = released(reader, reference)
        assert isinstance(event.fact, Released)
        refuse_strangers(root, reader)
        every = known_on_record(reader, root)
        (known,) = (one for one in every if one.reference == reference)
        standing = tuple(_standing(known, {one.reference: one.fate for one in every}))
        if standing and not confirmed:
            raise RefusedError(
                f"{reference} is not the adopted text in force", standing, "To sign it all the same: --confirm."
            )
        folder = root / FOLDER / folder_of(reference)
        if not folder.is_dir():
            raise RefusedError(
                f"{reference} is not in {folder}", advice=f"“paraph rebuild {reference}” makes it again."
            )
        busy = RefusedError(f"somebody else signs in {folder} just now", advice="Run it again.")
        with alone(folder, busy):  # of two who append to one copy, one would be lost
            made, there = _made(known, folder / SIGNATURES, using)
            if not made:
                raise RefusedError(f"{there[0]} is there already", advice="Move it away to sign again.")
            if meanwhile := [one.path for one in made if _read(one.path) != one.before]:
                raise RefusedError(f"{meanwhile[0]} was signed by somebody else meanwhile", advice="Run it again.")
            for one in made:
                write(one.path, one.data)
    return Signed(written=tuple(one.path for one in made), there=there, standing=standing)


def _standing(known: Known, fates: Mapping[str, Fate]) -> Iterator[str]:
    """Why a release is not the adopted text in force."""
    if known.fate.withdrawn:
        yield f"it was withdrawn: {known.fate.reason}"
    if after := followed_by(known.reference, fates):
        yield f"it was {after}"
    if known.provisional:
        refusal = known.refusal()
        yield f"it was released before its members had adopted it{refusal and f'; {refusal}'}"


class _Made(NamedTuple):
    """A file to write, and what is in its place now, if anything."""

    path: Path
    data: bytes
    before: bytes | None


def _made(known: Known, target: Path, using: With) -> tuple[list[_Made], tuple[Path, ...]]:
    """All that is to be written to `target`, and what is there already by the same keys."""

    def bytes_of(name: str) -> bytes:
        data = known.file(name)
        if data is None:
            raise RefusedError(f"{name} of {known.reference} is not there as it was released")
        return data

    made, there = [], []
    if using.ssh is not None:
        signature = sign_ssh(bytes_of(RECORD), using.ssh)
        key = ssh_key_of(bytes_of(RECORD), signature)
        others = sorted(target.glob(f"{RECORD}.*.sig"))
        if own := [path for path in others if ssh_key_of(bytes_of(RECORD), _read(path) or b"") == key]:
            there.append(own[0])
        else:
            path = _free(target, f"{RECORD}.{using.ssh.name.removesuffix('.pub')}", ".sig")
            made.append(_Made(path, signature, None))
    if using.certificate is not None:
        signer = _signer(using.certificate, using.ask)
        for name in sorted(one for one in known.files if one.endswith(".pdf")):
            path = target / f"{name.removesuffix('.pdf')}.signed.pdf"
            data, before = bytes_of(name), _read(path)
            if before is not None and signer.certificate in _signed_by(path, before, data):
                there.append(path)
            else:
                signed = sign_pdf(data if before is None else before, signer, known.reference, using.authority)
                made.append(_Made(path, signed, before))
    if using.authority:
        path = _free(target, RECORD, ".tsr")
        if made or path.name == f"{RECORD}.tsr":  # before what it goes with, whose lack tells that a run was cut off
            made.insert(0, _Made(path, stamp(bytes_of(RECORD), using.authority), None))
        else:
            there.append(target / f"{RECORD}.tsr")
    return made, tuple(there)


def _free(folder: Path, name: str, ending: str) -> Path:
    """A file that is not there yet: two institutions may call their keys the same."""
    paths = (folder / f"{name}{f'.{number}' if number > 1 else ''}{ending}" for number in count(1))
    return next(path for path in paths if not path.exists())


def _signed_by(path: Path, copy: bytes, original: bytes) -> tuple[str, ...]:
    """The certificates of those who signed a copy, each as in `PdfSignature`. Raises RefusedError where anything but
    signatures that hold was appended to what was released: whoever signs next would sign that, too."""
    whole = copy.startswith(original)
    found = pdf_signatures(copy, b"") if whole else []
    if not found or not all(one.good for one in found) or beside_signature(read(original), read(copy)):
        raise RefusedError(
            f"{path} is not the file that was released with signatures appended, and nothing else",
            advice="Ask whoever signed it, or move it away to sign anew.",
        )
    return tuple(one.certificate for one in found)


def _read(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except FileNotFoundError:
        return None


def _signer(certificate: Path, ask: Callable[[str], str]) -> Signer:
    try:
        data = read_file(certificate)
    except OSError as error:
        raise UsageError(f"{certificate} cannot be read: {error.strerror}", "Name a PKCS #12 (.p12, .pfx).") from error
    return signer_of(data, _passphrase(certificate, ask), certificate)


def _passphrase(certificate: Path, ask: Callable[[str], str]) -> str:
    """From the environment, the keyring of the system, or a person; never from a file."""
    if (given := os.environ.get(PASSPHRASE)) is not None:
        return given
    with suppress(Exception):  # no keyring, none that is open, or none that works here: then a person is asked
        import keyring

        kept: str | None = keyring.get_password("paraph", str(certificate.resolve()))
        if kept is not None:
            return kept
    return ask(f"Passphrase of {certificate}")
