"""Whether a file is what was released, wherever it comes from: docs/release.md, “Is this file authentic?”.

What a file says of itself (its name, its reference) only tells where to look first. A file is authentic by its digest
alone. Of any other, its words are read and compared with those of the edition that it is nearest to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from paraph.errors import BrokenError, UsageError
from paraph.model.release import RECORD, Fate
from paraph.proof.child import LARGEST, kind_of, look_alike, pdf_signatures, read
from paraph.proof.compare import Comparison, Outcome, compare, likeness
from paraph.proof.pades import beginnings
from paraph.proof.reading import Reading, letters
from paraph.proof.same_look import garbled
from paraph.proof.signatures import check_ssh, check_stamp
from paraph.workflow.record.ledger import opened_here
from paraph.workflow.releases.known_releases import Known, by_digest, known_by, known_on_record, sums_of

_LIKE = 0.25
"""Below this likeness a file is no edition of what was released; one page of four gone is far above."""

_MOST_CANDIDATES = 3
_TEXTS = {"md": (".txt", ".markdown"), "html": (".htm", ".xhtml")}
_READ = ("docx", "pdf", "html")


class Verdict(StrEnum):
    """What a file is."""

    AUTHENTIC = "authentic"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    METADATA = "metadata"
    SAME_WORDS = "same-words"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What became clear about a file: `edition` is the name of the file of `reference` that it is or comes nearest to.

    `released` is when, `fate` what became of that release; `changes` what is otherwise than released, a line each;
    `notes` what else a reader should know; `signatures` what was signed of its record, “✓” before those that hold.
    """

    path: Path
    verdict: Verdict
    digest: str = ""
    reference: str = ""
    edition: str = ""
    document: str = ""
    released: str = ""
    provisional: bool = False
    fate: Fate = field(default_factory=Fate)
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()


_VERDICTS = {
    Outcome.METADATA: Verdict.METADATA,
    Outcome.WORDS: Verdict.SAME_WORDS,
    Outcome.OTHER: Verdict.ALTERED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """Whom to believe: `signers` of records, as an allowed_signers file of SSH; `roots`, certificates as PEM, of those
    that sign PDFs and stamp times. None: signatures are told, and trusted in nothing."""

    signers: Path | None = None
    roots: Path | None = None


_NOBODY = Trust()


def verify(
    start: Path, files: Sequence[Path], records: Sequence[Path] = (), where: str = "", trust: Trust = _NOBODY
) -> tuple[Verified, ...]:
    """What each of `files` is: by the register (`where` as in `opened_here`), or by `records` alone, where any are.

    Raises UsageError for a file that cannot be read, and where there is neither a register nor a record.
    """
    with ExitStack() as stack:
        if records:
            known = known_by(records)
        else:
            register, root = stack.enter_context(opened_here(start, where))
            known = known_on_record(stack.enter_context(register.reading()), root)
        by = {digest: (one, name) for digest, one, name in reversed([*by_digest(known)])}
        readings: dict[tuple[str, str], Reading | None] = {}
        found = [_verified(path, known, by, readings, trust) for path in files]
        places = {one.reference: one for one in known}
        return tuple(replace(one, signatures=_signed(one, places, trust)) for one in found)


def _verified(
    path: Path,
    known: Sequence[Known],
    by: dict[str, tuple[Known, str]],
    readings: dict[tuple[str, str], Reading | None],
    trust: Trust,
) -> Verified:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "Name a file.") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest in by:
        return _released(path, digest, *by[digest])
    for one in known:
        if data == sums_of(one).encode():
            return _released(path, digest, one, "SHA256SUMS")
    for beginning in beginnings(data) if kind_of(data) == "pdf" else ():
        if earlier := by.get(hashlib.sha256(beginning).hexdigest()):
            return _appended(path, digest, data, beginning, *earlier, trust)
    try:
        found = read(data)
    except BrokenError as error:
        notes = (f"{error.message}: only its digest could be looked at",)
        return Verified(path=path, verdict=Verdict.UNKNOWN, digest=digest, notes=notes)
    remarks = []
    if path.suffix.lower() not in (f".{kind_of(data)}", *_TEXTS.get(kind_of(data), ())):
        remarks.append(f"it is {kind_of(data).upper()} by what it holds")
    candidates = _candidates(found, known)
    best = _nearest(found, candidates, readings)
    if best is None:
        return _unknown(path, digest, found, candidates, remarks)
    one, name, released = best
    compared = compare(released, found, _aside(one, name, readings))
    if compared.outcome is Outcome.OTHER and found.format != "pdf":
        name, released, compared = _elsewhere(one, name, found, readings) or (name, released, compared)
    verdict, changes = _VERDICTS[compared.outcome], compared.changes
    if verdict is Verdict.ALTERED and _shown_alike(one, name, data, released, found):
        verdict = Verdict.SAME_WORDS if garbled(released, found) else verdict
        said = "every page looks as released; what its letters say to a search or a reading voice does not"
        changes = (said,) if verdict is Verdict.SAME_WORDS else (*changes, said)
    if verdict is Verdict.SAME_WORDS and found.maker != released.maker:
        remarks.append(f"it was saved again by {found.maker[:80] or 'another program'}")
    if released.format != found.format:
        remarks.append(f"compared with the {released.format.upper()}, which is nearest to it")
    return _about(path, digest, verdict, one, name, changes, remarks)


def _released(path: Path, digest: str, one: Known, name: str) -> Verified:
    """A file that is one released, to the byte."""
    verdict = Verdict.AUTHENTIC
    if one.fate.withdrawn:
        verdict = Verdict.WITHDRAWN
    elif one.fate.successor:
        verdict = Verdict.SUPERSEDED
    notes = () if path.name == name else (f"it was released under the name {name}",)
    return _about(path, digest, verdict, one, name, (), notes)


def _appended(path: Path, digest: str, data: bytes, beginning: bytes, one: Known, name: str, trust: Trust) -> Verified:
    """A PDF that begins with one released: a signed copy, or one to which something else was appended."""
    try:
        signed = pdf_signatures(data, _roots(trust))
        compared = compare(read(beginning), read(data))
    except BrokenError as error:
        why = f"something was appended to it, and {error.message}"
        return _about(path, digest, Verdict.UNKNOWN, one, name, (), (why,))
    told = tuple(
        f"{'signed' if sign.good else 'a signature that does not hold,'} by {sign.by}"
        f"{'' if sign.trusted else ', whose certificate is not among those that you trust (--trust)'}"
        for sign in signed
    )
    if compared.outcome is not Outcome.METADATA or not signed:
        notes = (*told, "something was appended to what was released")
        return _about(path, digest, Verdict.ALTERED, one, name, compared.changes, notes)
    whole = _released(path, digest, one, name)
    verdict = whole.verdict if all(sign.good and sign.trusted for sign in signed) else Verdict.SAME_WORDS
    if not all(sign.good for sign in signed):
        verdict = Verdict.ALTERED
    return replace(whole, verdict=verdict, notes=(*told, "a copy with its signature appended: all else is as released"))


def _roots(trust: Trust) -> bytes:
    return _given(trust.roots) if trust.roots else b""


def _given(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error


def _signed(found: Verified, known: dict[str, Known], trust: Trust) -> tuple[str, ...]:
    """What was signed beside the release that a file belongs to, its record as it is known."""
    one = known.get(found.reference)
    record = one.file(RECORD) if one and one.signatures.is_dir() else None
    if one is None or record is None:
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


def _about(
    path: Path,
    digest: str,
    verdict: Verdict,
    one: Known,
    name: str,
    changes: tuple[str, ...],
    notes: Sequence[str],
) -> Verified:
    statement = one.statement()
    record = statement.record if statement else None
    return Verified(
        path=path,
        verdict=verdict,
        digest=digest,
        reference=one.reference,
        edition=name,
        document=str(record.document) if record else "",
        released=f"{record.released:%Y-%m-%d}" if record else "",
        provisional=bool(record and record.provisional),
        fate=one.fate,
        changes=changes,
        notes=tuple(notes),
    )


def _unknown(path: Path, digest: str, found: Reading, candidates: Sequence[Known], notes: Sequence[str]) -> Verified:
    """A file near to nothing that can be read."""
    named = [one for one in candidates if one.reference in found.text]
    if named and not any(one.file(name) for one in named[:1] for name in one.files if name.endswith(_READ)):
        why = (
            f"it names {named[0].reference}, and is none of its files to the byte; what was changed can be told where"
            " the released files lie beside the record"
        )
        return _about(path, digest, Verdict.ALTERED, named[0], "", (), (*notes, why))
    if named:
        notes = (*notes, f"it names {named[0].reference}, but says nothing that was released as that")
    return Verified(path=path, verdict=Verdict.UNKNOWN, digest=digest, notes=tuple(notes))


def _candidates(found: Reading, known: Sequence[Known]) -> list[Known]:
    """The releases that a file may be an edition of: those that it names, then those whose words it has."""
    said = "\n".join((found.text, *found.margins, *found.metadata.values()))
    named = sorted((one for one in known if one.reference in said), key=lambda one: -len(one.reference))
    if named:
        return named[:_MOST_CANDIDATES]
    here = found.letters
    worded = []
    for release in known:
        lines = release.lines()
        how = max((likeness(letters("".join(one)), here) for one in lines.values()), default=_LIKE)
        worded.append((how, release))
    worded = sorted((one for one in worded if one[0] >= _LIKE), key=lambda one: -one[0])
    return [release for _, release in worded][:_MOST_CANDIDATES]


def _nearest(
    found: Reading, candidates: Sequence[Known], readings: dict[tuple[str, str], Reading | None]
) -> tuple[Known, str, Reading] | None:
    """The file released that a file is nearest to by its words, in its own format where there is one."""
    best: tuple[float, Known, str, Reading] | None = None
    for one in candidates:
        own = [name for name in one.files if name.endswith(f".{found.format}")]
        for name in own or [name for name in one.files if name.endswith(_READ)]:
            released = _reading(one, name, readings)
            how = likeness(released.letters, found.letters) if released else 0.0
            if released and how >= _LIKE and (best is None or how > best[0]):
                best = how, one, name, released
    return best[1:] if best else None


def _elsewhere(
    one: Known, name: str, found: Reading, readings: dict[tuple[str, str], Reading | None]
) -> tuple[str, Reading, Comparison] | None:
    """The same edition in another format, where a file has its very words, or more of them: it was made from that."""
    stem, own = name.rpartition(".")[0], _reading(one, name, readings)
    best = likeness(own.letters, found.letters) if own else 0.0
    kept = None
    for other in (f"{stem}.{format_}" for format_ in (*_READ, "odt", "md")):
        released = _reading(one, other, readings) if other in one.files and other != name else None
        if released is None:
            continue
        compared, how = compare(released, found, released), likeness(released.letters, found.letters)
        if compared.outcome is not Outcome.OTHER:
            return other, released, compared
        if how > best:
            best, kept = how, (other, released, compared)
    return kept


def _shown_alike(one: Known, name: str, data: bytes, released: Reading, found: Reading) -> bool:
    """Whether a PDF packed again by another program shows the very pages released, whatever its letters say."""
    if found.format != "pdf" or len(found.pages) != len(released.pages) or set(found.oddities) - set(released.oddities):
        return False
    original = one.file(name)
    try:
        return original is not None and released.maker != found.maker and look_alike(original, data)
    except BrokenError:
        return False


def _aside(one: Known, name: str, readings: dict[tuple[str, str], Reading | None]) -> Reading | None:
    """The same edition in a format that keeps footnotes apart: a PDF does not, and programs print them elsewhere."""
    stem, _, format_ = name.rpartition(".")
    found = [_reading(one, other, readings) for other in (f"{stem}.html", f"{stem}.docx") if other in one.files]
    kept = [one for one in found if one] if format_ == "pdf" else []
    return replace(kept[0], margins=tuple(line for other in kept for line in other.margins)) if kept else None


def _reading(one: Known, name: str, readings: dict[tuple[str, str], Reading | None]) -> Reading | None:
    if (one.reference, name) not in readings:
        data = one.file(name)
        readings[one.reference, name] = read(data) if data else None
    return readings[one.reference, name]
