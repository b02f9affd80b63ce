"""`record.json` as bytes and back: an in-toto Statement v1 about the files of a release (docs/release.md).

The layout is that of https://github.com/in-toto/attestation, spec/v1/statement.md: `_type`, `subject` (each file a
ResourceDescriptor with name and digest), `predicateType`, `predicate`. What is not known is passed over in reading, as
it asks. The bytes are JSON with sorted keys, so that the same release always has the same record.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Final, Literal

import msgspec

from paraph.errors import BrokenError
from paraph.model.release import ReleasedFile, ReleaseRecord, Statement

STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE: Final = "urn:paraph:release:v1"
"""What the predicate is. A URN: it claims no address on the web."""

LARGEST = 16_000_000
"""Bytes of a record that are read: a hundred clauses and thirty members come to 200,000."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,200}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class _Annotations(msgspec.Struct, omit_defaults=True):
    """What the subject says of a file beside its digest. `member` stands only in a member's own edition."""

    format: str
    languages: tuple[str, ...]
    size: int
    member: str = ""


class _Subject(msgspec.Struct, rename="camel"):
    """A file: the ResourceDescriptor of in-toto."""

    name: str
    digest: dict[str, str]
    media_type: str
    annotations: _Annotations


class _Statement(msgspec.Struct, rename={"type_": "_type", "predicate_type": "predicateType"}):
    """The statement as it lies in the file."""

    type_: Literal["https://in-toto.io/Statement/v1"]
    subject: tuple[_Subject, ...]
    predicate_type: Literal["urn:paraph:release:v1"]
    predicate: ReleaseRecord


def write_statement(statement: Statement) -> bytes:
    """The bytes of record.json."""
    subject = tuple(
        _Subject(
            name=one.name,
            digest={"sha256": one.digest},
            media_type=one.media,
            annotations=_Annotations(format=one.format, languages=one.languages, size=one.size, member=one.member),
        )
        for one in statement.files
    )
    whole = _Statement(type_=STATEMENT_TYPE, subject=subject, predicate_type=PREDICATE_TYPE, predicate=statement.record)
    plain = msgspec.to_builtins(whole)
    return (json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def read_statement(data: bytes) -> Statement:
    """The statement in `data`, which may come from anywhere.

    Raises BrokenError where it is none of ours, too large, or names files as no release does.
    """
    if len(data) > LARGEST:
        raise BrokenError("this record is too large to be one", f"At most {LARGEST / 1e6:.0f} MB are read.")
    try:
        read = _decoder().decode(data)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise BrokenError(f"this is no record of a release: {error}", "Take record.json from the release.") from error
    files = tuple(
        ReleasedFile(
            name=one.name,
            digest=one.digest.get("sha256", ""),
            media=one.media_type,
            format=one.annotations.format,
            languages=one.annotations.languages,
            size=one.annotations.size,
            member=one.annotations.member,
        )
        for one in read.subject
    )
    for one in files:
        if not _NAME.fullmatch(one.name) or not _DIGEST.fullmatch(one.digest):
            raise BrokenError(f"this record names a file as no release does: {one.name[:80]!r}")
    if len({one.name for one in files}) != len(files):
        raise BrokenError("this record names a file twice")
    return Statement(files=files, record=read.predicate)


def schema() -> dict[str, Any]:
    """The JSON Schema of record.json, draft 2020-12, from the very types that read it."""
    made = msgspec.json.schema(_Statement)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:paraph:schema:release"}
    return {**head, **made, "title": "Paraph: release"}


@cache
def _decoder() -> msgspec.json.Decoder[_Statement]:
    return msgspec.json.Decoder(_Statement)
