"""Signing a release: beside what was released, never in it. docs/release.md, “Signatures”."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from paraph.errors import RefusedError, UsageError
from paraph.model.event import Released
from paraph.model.release import RECORD
from paraph.proof.pades import sign_pdf
from paraph.proof.signatures import sign_ssh, stamp
from paraph.workflow.files import write
from paraph.workflow.record.ledger import opened_here
from paraph.workflow.releases.known_releases import known_on_record
from paraph.workflow.releases.remake import released
from paraph.workflow.releases.shelf import FOLDER, SIGNATURES, folder_of

PASSPHRASE = "PARAPH_PASSPHRASE"  # noqa: S105  # the name of the variable, no passphrase


@dataclass(frozen=True, kw_only=True, slots=True)
class With:
    """What to sign with: a key and certificate for PDFs (PKCS #12), an SSH key for the record, a time-stamp authority
    for both. `ask` asks a person for a passphrase."""

    certificate: Path | None = None
    ssh: Path | None = None
    authority: str = ""
    ask: Callable[[str], str] = lambda what: ""


def sign(root: Path, reference: str, using: With) -> tuple[Path, ...]:
    """Sign a release, into `signatures` in its folder: the files written.

    A signed PDF is a copy. Raises UsageError where there is nothing to sign with or no such release, RefusedError where
    a file of the release is not there as it was released, or one that would be written is there already.
    """
    if not (using.certificate or using.ssh or using.authority):
        raise UsageError("there is nothing to sign with", "Give --pades, --ssh or --timestamp.")
    with opened_here(root) as (register, _), register.reading() as reader:
        event = released(reader, reference)
        assert isinstance(event.fact, Released)
        (known,) = (one for one in known_on_record(reader, root) if one.reference == reference)
        folder = root / FOLDER / folder_of(reference)
        if not folder.is_dir():
            raise RefusedError(
                f"{reference} is not in {folder}", advice=f"“paraph rebuild {reference}” makes it again."
            )
        wanted: dict[str, Callable[[], bytes]] = dict(_wanted(known.file, known.files, reference, using))
        target = folder / SIGNATURES
        if there := [name for name in wanted if (target / name).exists()]:
            raise RefusedError(f"{target / there[0]} is there already", advice="Move it away to sign again.")
        made = {name: make() for name, make in wanted.items()}
    for name, data in made.items():
        write(target / name, data)
    return tuple(target / name for name in made)


def _wanted(
    file: Callable[[str], bytes | None], files: Iterable[str], reference: str, using: With
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each file to write, and how to make it."""

    def bytes_of(name: str) -> bytes:
        data = file(name)
        if data is None:
            raise RefusedError(f"{name} of {reference} is not there as it was released")
        return data

    if using.ssh is not None:
        key = using.ssh
        yield f"{RECORD}.{key.name.removesuffix('.pub')}.sig", lambda: sign_ssh(bytes_of(RECORD), key)
    if using.authority:
        yield f"{RECORD}.tsr", lambda: stamp(bytes_of(RECORD), using.authority)
    if using.certificate is not None:
        certificate = using.certificate
        passphrase = _passphrase(certificate, using.ask)
        for name in sorted(one for one in files if one.endswith(".pdf")):
            yield (
                f"{name.removesuffix('.pdf')}.signed.pdf",
                partial(_signed, bytes_of, name, certificate, passphrase, reference, using.authority),
            )


def _signed(
    bytes_of: Callable[[str], bytes], name: str, certificate: Path, passphrase: str, reference: str, authority: str
) -> bytes:
    return sign_pdf(bytes_of(name), certificate, passphrase, reference, authority)


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
