"""Whom to believe that something was signed, and what is told of each signature: docs/release.md, “Signatures”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paraph.errors import UsageError
from paraph.model.release import RECORD
from paraph.proof.pades import PdfSignature
from paraph.proof.signatures import check_ssh, check_stamp
from paraph.workflow.files import read_file
from paraph.workflow.releases.known_releases import Known

_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """Whom to believe: `signers` of records, as an allowed_signers file of SSH; `roots`, certificates as PEM, of those
    that sign PDFs and stamp times. None: signatures are told, and trusted in nothing."""

    signers: Path | None = None
    roots: Path | None = None


def refuse_unreadable(trust: Trust) -> None:
    """Whom to believe is there to be read, before anything is held against it. Raises UsageError where it is not."""
    if trust.signers:
        _given(trust.signers)
    if trust.roots and _CERTIFICATE not in _given(trust.roots):
        raise UsageError(
            f"{trust.roots} holds no certificate as PEM",
            "Name the certificates that you believe, each from “-----BEGIN CERTIFICATE-----”; no key is needed.",
        )


def roots_of(trust: Trust) -> bytes:
    """The certificates to believe, as PEM; b"" for none. Raises UsageError where they cannot be read."""
    return _given(trust.roots) if trust.roots else b""


def _given(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}", "Name the file of those whom you trust."
        ) from error


def told_of(sign: PdfSignature, reference: str) -> Iterator[str]:
    """Who signed, and which words a program shows with that: no more than the reference, where paraph signed."""
    why = (
        ", whose certificate leads to none of those that you trust (--trust), is revoked or not valid today, or which"
        " is by a digest that proves nothing"
    )
    trusted = "" if sign.trusted else why
    yield f"{_called(sign)} by {sign.by}{trusted}"
    if words := "; ".join(one[:200] for one in sign.says if one != reference):
        yield f"with the signature goes, in the words of whoever signed: “{words}”"


def _called(sign: PdfSignature) -> str:
    if sign.stamp:
        return f"time-stamped {sign.when}" if sign.good else "a time-stamp that does not hold,"
    return "signed" if sign.good else "a signature that does not hold,"


def signed_beside(one: Known, trust: Trust) -> tuple[str, ...]:
    """What was signed beside a release, its record as it is known: a line each. Raises UsageError as
    `refuse_unreadable`."""
    record = one.file(RECORD) if one.signatures.is_dir() else None
    if record is None:
        return ()
    told = []
    for path in sorted(one.signatures.glob(f"{RECORD}.*")):
        if path.suffix == ".sig":
            good, words = check_ssh(record, _given(path), trust.signers)
        elif path.suffix == ".tsr":
            good, words = check_stamp(record, _given(path), trust.roots)
        else:
            continue
        told.append(f"{'✓' if good else '?'} {RECORD} of {one.reference}: {words}")
    return tuple(told)
