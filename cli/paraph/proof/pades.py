"""Signatures in a PDF (PAdES, ETSI EN 319 142-1) with an institution’s certificate, by pyHanko, where it is there.

A signature is appended: the bytes released are the beginning of the signed copy, to the last one.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from paraph.errors import BrokenError, UsageError

_FIELD = "Signature{}"
_TIME_STAMP = "/DocTimeStamp"
_END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
_MOST_REVISIONS = 20
_LAST = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
"""How a revision ends (ISO 32000-1, 7.5.5), and white space."""

_WHITE = b"\0\t\n\f\r "

_SHOWN = ("/Reason", "/Name", "/Location", "/ContactInfo")
"""What programs show of a signature beside its certificate (ISO 32000-1, table 252)."""

_USUAL = re.compile(r"(Sig|Signature|Timestamp|TimeStamp)[-_ 0-9a-f]*")
"""Names of fields as programs give them; any other was written by somebody."""


class PdfSignature(msgspec.Struct):
    """A signature in a PDF. `good`: its bytes are those signed, to the end of the file, and nothing came after that
    changes a page, or that it forbids; `trusted`: by a certificate under the roots given; `stamp`: an authority’s word
    for when it was, and nobody’s for what it says (a document time-stamp, ETSI EN 319 142-1, 5.4.3). `says`: the words
    that programs show with it, such as its reason; whoever signs can write any. `certificate` is the SHA-256 of that by
    which it was made."""

    by: str
    certificate: str
    good: bool
    trusted: bool
    when: str = ""
    stamp: bool = False
    says: tuple[str, ...] = ()


def beginnings(data: bytes) -> Iterator[bytes]:
    """What of a PDF may be an earlier revision of it, the longest first."""
    ends = [match.end() for match in _END.finditer(data)][:_MOST_REVISIONS]
    for end in reversed(ends):
        yield data[:end]
        yield data[:end].rstrip(b"\r\n")


class Signer(NamedTuple):
    """A key with its certificate, as pyHanko has them, and the SHA-256 of the certificate."""

    key: Any
    certificate: str


def signer_of(file: bytes, passphrase: str, name: Path) -> Signer:
    """The key and certificate in the bytes of a file (PKCS #12) of that name.

    Raises UsageError where pyHanko is missing or the file cannot be opened.
    """
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError as error:
        raise UsageError("a PDF is signed with pyHanko", 'Install it: pip install "paraph[sign]"') from error
    try:
        # Not from the file: what reads that writes its own account of what failed to the terminal.
        key = SimpleSigner.load_pkcs12_data(file, other_certs=(), passphrase=passphrase.encode() or None)
        found = hashlib.sha256(key.signing_cert.dump()).hexdigest()
    except Exception as error:  # of many kinds: another passphrase, no key in it, no certificate
        raise UsageError(
            f"{name} cannot be opened", "Is it PKCS #12 (.p12, .pfx) with a key, and the passphrase right?"
        ) from error
    return Signer(key, found)


def sign_pdf(data: bytes, signer: Signer, reason: str, authority: str = "") -> bytes:
    """`data` with a signature appended, be there others or none; with a time-stamp, where there is an `authority`.

    Raises BrokenError where it does not sign: whoever signed before may have forbidden it.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
    from pyhanko.sign.timestamps import HTTPTimeStamper

    made = io.BytesIO()
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        taken = {str(name) for name, *_ in enumerate_sig_fields(writer.prev)}
        name = next(one for number in count(1) if (one := _FIELD.format(number)) not in taken)
        meta = signers.PdfSignatureMetadata(
            field_name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason
        )
        timestamper = HTTPTimeStamper(authority) if authority else None
        signers.PdfSigner(meta, signer=signer.key, timestamper=timestamper).sign_pdf(writer, output=made)
    except Exception as error:  # pyHanko raises of many kinds, from the file, the key and the network
        raise BrokenError(f"the PDF could not be signed: {error}") from error
    return made.getvalue()


def signatures(data: bytes, roots: bytes) -> list[PdfSignature]:
    """The signatures in a PDF, held against `roots` (certificates as PEM, and lists of those revoked; b"": none). For
    `child`'s process."""
    from asn1crypto import crl, pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
    from pyhanko.sign.validation.status import DocumentTimestampStatus, SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    blocks = [*pem.unarmor(roots, multiple=True)] if roots else []
    trusted = [x509.Certificate.load(data) for kind, _, data in blocks if kind == "CERTIFICATE"]
    lists = [crl.CertificateList.load(data)["tbs_cert_list"] for kind, _, data in blocks if kind == "X509 CRL"]
    # Whoever names a list of revoked certificates vouches for it, as for the certificates beside it.
    revoked = {(one["issuer"].dump(), each["user_certificate"].native) for one in lists for each in _each(one)}
    found = []
    reader = PdfFileReader(io.BytesIO(data))
    closed = _closed(data, max((sum([*one.byte_range][2:4]) for one in reader.embedded_signatures), default=0))
    for one in reader.embedded_signatures:
        context = ValidationContext(trust_roots=trusted, allow_fetching=False)
        status = (
            validate_pdf_timestamp(one, validation_context=context)
            if one.sig_object_type == _TIME_STAMP
            else validate_pdf_signature(one, signer_validation_context=context)
        )
        whole = status.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
        untouched = status.modification_level in (
            None,
            ModificationLevel.NONE,
            ModificationLevel.LTA_UPDATES,
            ModificationLevel.FORM_FILLING,
        )
        stamp = isinstance(status, DocumentTimestampStatus)
        signer, path = status.signing_cert, status.validation_path
        led = [signer, *(path.iter_certs(include_root=False) if path else ())]
        when = status.timestamp if stamp else status.signer_reported_dt
        found.append(
            PdfSignature(
                by=signer.subject.human_friendly,
                certificate=hashlib.sha256(signer.dump()).hexdigest(),
                good=status.intact
                and status.valid
                and whole
                and untouched
                and closed
                and status.docmdp_ok is not False,
                trusted=status.trusted and not any((each.issuer.dump(), each.serial_number) in revoked for each in led),
                when=when.isoformat() if when else "",
                stamp=stamp,
                says=tuple(_words(one.sig_object, one.field_name)),
            )
        )
    return found


def _closed(data: bytes, end: int) -> bool:
    """Whether nothing follows the bytes signed last but white space, or revisions: what belongs to none, a reader that
    mends files may find."""
    rest = data[end:]
    last = _LAST.search(rest)
    return not rest.strip(_WHITE) or (last is not None and end <= int(last[1]) < len(data))


def _each(revoked: Any) -> Iterable[Any]:
    """The entries of a list of revoked certificates; one without any has no such field (RFC 5280, 5.1.2.6)."""
    entries = revoked["revoked_certificates"]
    return entries if entries.native else ()


def _words(signature: object, field: str) -> Iterator[str]:
    """What is shown of a signature in words of its own."""
    assert isinstance(signature, dict)
    yield from (str(signature[key]) for key in _SHOWN if str(signature.get(key, "")).strip())
    if not _USUAL.fullmatch(field):
        yield str(field)  # pyHanko has a class of its own for it
