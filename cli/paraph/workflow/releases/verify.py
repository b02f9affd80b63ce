"""Whether a file is what was released, wherever it comes from: docs/verify.md.

What a file says of itself (its name, its reference) only tells where to look first. A file is authentic by its digest
alone. Of any other, its words are read and compared with those of the edition that it is nearest to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from paraph.errors import BrokenError, UsageError
from paraph.model.release import Fate, in_force
from paraph.proof.child import LARGEST, pdf_signatures, read
from paraph.proof.compare import Comparison, Outcome, beside_signature
from paraph.proof.garbled import garbled
from paraph.proof.kinds import NAMES, kind_of, refuse_two
from paraph.proof.pades import beginnings
from paraph.proof.page_changes import Shown, pages_named
from paraph.proof.reading import Reading
from paraph.workflow.files import read_file
from paraph.workflow.record.ledger import opened_here
from paraph.workflow.releases.announce import claimed
from paraph.workflow.releases.known_releases import Known, by_digest, known_by, known_on_record, sums_of
from paraph.workflow.releases.nearest import READ, Near, Nearest, painted_on, shown_alike, shown_on
from paraph.workflow.releases.proofs import proof
from paraph.workflow.releases.shelf import folder_of, strange_notices
from paraph.workflow.releases.trusted import Trust, refuse_unreadable, roots_of, signed_beside, told_of
from paraph.workflow.times import day_in

_FEW = 3
"""Of what is named one by one in a note."""

_WHITE = b"\0\t\n\f\r "
"""White space of a PDF (ISO 32000-1, table 1): after its end, it is what a mail put there on its way."""


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

    `notice`: it is the notice that the release was “withdrawn” or “corrected”, comes nearest to it, or says it is.
    `released` and `withdrawn` are the days of that, in the zone in which its members were asked; `refusal` says of a
    provisional one that it was not adopted, `fate` what became of that release; `changes` what is otherwise than
    released, a line each; `notes` what else a reader should know; `signatures` what was signed of its record, “✓”
    before those that hold.
    """

    path: Path
    verdict: Verdict
    digest: str = ""
    reference: str = ""
    edition: str = ""
    notice: str = ""
    document: str = ""
    released: str = ""
    provisional: bool = False
    refusal: str = ""
    withdrawn: str = ""
    fate: Fate = field(default_factory=Fate)
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()


_VERDICTS = {
    Outcome.METADATA: Verdict.METADATA,
    Outcome.WORDS: Verdict.SAME_WORDS,
    Outcome.OTHER: Verdict.ALTERED,
}


_NOBODY = Trust()


def verify(
    start: Path, files: Sequence[Path], records: Sequence[Path] = (), where: str = "", trust: Trust = _NOBODY
) -> tuple[Verified, ...]:
    """What each of `files` is: by the register (`where` as in `opened_here`), or by `records` alone, where any are.

    Raises UsageError for a file that cannot be read, and where there is neither a register nor a record.
    """
    refuse_unreadable(trust)
    with ExitStack() as stack:
        root = start
        if records:
            known = known_by(records)
        else:
            register, root = stack.enter_context(opened_here(start, where))
            known = known_on_record(stack.enter_context(register.reading()), root)
        by = {digest: (one, name) for digest, one, name in reversed([*by_digest(known)])}
        what = _Known(known, by, Nearest(known), trust, root)
        places = {one.reference: one for one in known}
        fates = {one.reference: one.fate for one in known}
        adopted = {one.reference: one.document.rpartition("@")[0] for one in reversed(known) if not one.provisional}
        found = [_followed(_strayed(_verified(path, what), known), fates, adopted) for path in files]
        found = [_unheard_of(one, {} if records else fates, root) for one in found]
        return tuple(
            replace(one, signatures=signed_beside(places[one.reference], trust)) if one.reference in places else one
            for one in found
        )


class _Known(NamedTuple):
    """What files are held against: the releases, their files by digest, and whom to believe. `root` has the forms."""

    releases: Sequence[Known]
    by: Mapping[str, tuple[Known, str]]
    nearest: Nearest
    trust: Trust
    root: Path


def _verified(path: Path, what: _Known) -> Verified:
    try:
        data = read_file(path, LARGEST)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "Name a file.") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest in what.by:
        return _released(path, digest, *what.by[digest])
    for one in what.releases:
        if data == sums_of(one).encode():
            return _released(path, digest, one, "SHA256SUMS")
    if changed := proof(data, what.releases):
        verdict = Verdict.ALTERED if changed.changes else Verdict.SAME_WORDS
        if changed.untold and not changed.changes:
            verdict = Verdict.UNKNOWN
        return _about(path, digest, verdict, changed.known, changed.name, changed.changes, changed.untold)
    try:
        refuse_two(data, path.name)
    except BrokenError as error:
        return _unread(path, digest, error)
    for beginning in beginnings(data) if kind_of(data) == "pdf" else ():
        if earlier := what.by.get(hashlib.sha256(beginning).hexdigest()):
            if not data.removeprefix(beginning).strip(_WHITE):
                return _about(path, digest, Verdict.METADATA, *earlier, (), ("white space was appended",))
            return _appended(path, digest, data, beginning, *earlier, what.trust)
    try:
        found = read(data)
    except BrokenError as error:
        return _unread(path, digest, error)
    return _read(path, digest, data, found, what)


def _unread(path: Path, digest: str, why: BrokenError) -> Verified:
    notes = (f"{why.message}: only its digest could be looked at",)
    return Verified(path=path, verdict=Verdict.UNKNOWN, digest=digest, notes=notes)


def _read(path: Path, digest: str, data: bytes, found: Reading, what: _Known) -> Verified:
    """A file by what it says, held against the one released that is nearest to it."""
    remarks, nearest = [], what.nearest
    if not path.name.lower().endswith(NAMES[kind_of(data)]):
        remarks.append(f"it is {kind_of(data).upper()} by what it holds")
    candidates = nearest.candidates(found)
    notices = [notice for one in candidates if one.reference in found.text for notice in one.notices()]
    for digest_, notice, name in by_digest(notices):
        if digest_ == digest:
            return _noticed(path, digest, notice, name, candidates)
    held = nearest.held(found, [*candidates, *notices])
    if (not held or held[1].outcome is Outcome.OTHER) and (plain := nearest.as_text(found, candidates)):
        return _about(path, digest, Verdict.UNKNOWN, plain.known, plain.name, (), (*remarks, _AS_TEXT))
    if held is None:
        return _unknown(path, digest, found, candidates, remarks, what)
    near, compared = held
    verdict, changes = _VERDICTS[compared.outcome], compared.changes
    if verdict is Verdict.ALTERED and (other := nearest.stranger(near, found)):
        why = (
            f"it names {other}, which is not known here; held against {near.known.reference}, it differs as told above"
        )
        return _about(path, digest, Verdict.UNKNOWN, near.known, near.name, changes, (*remarks, why))
    verdict, changes, more = _seen(near, data, found, compared, nearest)
    remarks += more
    if verdict is Verdict.SAME_WORDS and found.maker != near.reading.maker:
        remarks.append(f"it was saved again by {found.maker[:80] or 'another program'}")
    if near.worded:
        remarks.append(f"its words are those of the {near.worded}, from which it was printed")
    if near.reading.format != found.format:
        remarks.append(f"compared with the {near.reading.format.upper()}, which is nearest to it")
    return _about(path, digest, verdict, near.known, near.name, changes, remarks)


_AS_TEXT = "it has no other words; plain text tells nothing of their order, lists and notes: ask for the file"


def _seen(
    near: Near, data: bytes, found: Reading, compared: Comparison, nearest: Nearest
) -> tuple[Verdict, tuple[str, ...], list[str]]:
    """What a file is by its words and by how its pages look and are read, what is otherwise, and remarks."""
    verdict, changes, remarks = _VERDICTS[compared.outcome], compared.changes, list[str]()
    if verdict is Verdict.ALTERED and not compared.beside and shown_alike(near, data, found):
        verdict = Verdict.SAME_WORDS if garbled(near.reading, found) else verdict
        said = "every page looks as released; what its letters say to a search or a reading voice does not"
        return verdict, (said,) if verdict is Verdict.SAME_WORDS else (*changes, said), remarks
    if verdict is Verdict.SAME_WORDS:
        verdict, changes, remarks = _looked_at(near, data, found, changes)
        if verdict is Verdict.ALTERED:
            return verdict, (*nearest.out_of_order(near, found), *changes), remarks
        if told := nearest.out_of_order(near, found):
            verdict, changes = Verdict.ALTERED, (*told, *changes)
    if verdict is Verdict.ALTERED and not compared.beside and nearest.scattered(near, found):
        verdict = Verdict.UNKNOWN
        remarks.append("it has every word of both languages, in an order that cannot be compared: ask for the file")
    return verdict, changes, remarks


def _looked_at(
    near: Near, data: bytes, found: Reading, changes: tuple[str, ...]
) -> tuple[Verdict, tuple[str, ...], list[str]]:
    """What a file with the same words is by how its pages look, whichever program it says it was made by."""
    try:
        painted = painted_on(near, data, found)
        shown = Shown() if painted else shown_on(near, data, found)
    except BrokenError as error:
        return Verdict.UNKNOWN, changes, [f"how its pages look could not be compared: {error.message}"]
    told = shown.otherwise
    if painted:
        told = (f"{pages_named(painted)}: the words stand where they stood, and more is seen there, or less",)
    return Verdict.ALTERED if told else Verdict.SAME_WORDS, (*told, *changes), [*shown.doubts]


def _strayed(found: Verified, known: Sequence[Known]) -> Verified:
    """With a note where a file of one release lies in the folder of another one: somebody exchanged them."""
    folder = found.path.absolute().parent.name
    where = next((one.reference for one in known if folder_of(one.reference) == folder), found.reference)
    if not found.edition or where == found.reference:
        return found
    return replace(found, notes=(*found.notes, f"it lies in the folder of {where}, and is none of its files"))


def _followed(found: Verified, fates: Mapping[str, Fate], adopted: Mapping[str, str]) -> Verified:
    """With the text that is in force, where the one that came next is not: a correction may be corrected in turn; and
    what was withdrawn released anew. `adopted` as in `in_force`."""
    after = found.fate.successor
    last = in_force(found.reference, fates, adopted)
    if last in (after, found.reference) or (not last and (after not in fates or found.fate.gone)):
        return found
    said = f"the text in force is {last}" if last else "nothing that came after it is in force"
    return replace(found, notes=(*found.notes, said))


def _unheard_of(found: Verified, fates: Mapping[str, Fate], root: Path) -> Verified:
    """With a note where what became of the release since cannot be told: a record is made before that; and by its
    folder in releases/ there may be a later register than this one, whose `fates` are none where a record was asked."""
    if not found.edition or found.verdict in (Verdict.ALTERED, Verdict.UNKNOWN):
        return found
    if fates:
        notes = strange_notices(root, {found.reference: found.fate})
    else:
        notes = () if found.fate.successor else (_NO_RECORD_KNOWS,)
    return replace(found, notes=(*found.notes, *notes))


_NO_RECORD_KNOWS = "whether it was corrected, replaced or withdrawn since, its record cannot know: its page says so"


def _released(path: Path, digest: str, one: Known, name: str) -> Verified:
    """A file that is one released, to the byte."""
    verdict = Verdict.AUTHENTIC
    if one.fate.withdrawn:
        verdict = Verdict.WITHDRAWN
    elif one.fate.successor:
        verdict = Verdict.SUPERSEDED
    notes = () if path.name == name else (f"it was released under the name {name}",)
    return _about(path, digest, verdict, one, name, (), notes)


def _noticed(path: Path, digest: str, notice: Known, name: str, releases: Sequence[Known]) -> Verified:
    """A notice as it is made from what is on record, to the byte."""
    last = next(one.notices()[0] for one in releases if one.reference == notice.reference)
    if notice.holds:
        return _about(path, digest, Verdict.AUTHENTIC, notice, name, (), (), fate=last.fate)
    later = "a later notice says what became of it since"
    why = later if last is not notice else "where it says to read instead is not so any more"
    return _about(path, digest, Verdict.SUPERSEDED, notice, name, (), (why,), fate=last.fate)


def _appended(path: Path, digest: str, data: bytes, beginning: bytes, one: Known, name: str, trust: Trust) -> Verified:
    """A PDF that begins with one released: a signed copy, or one to which something else was appended."""
    try:
        signed = pdf_signatures(data, roots_of(trust))
        besides = beside_signature(read(beginning), read(data))
    except BrokenError as error:
        why = f"something was appended to it, and {error.message}"
        return _about(path, digest, Verdict.UNKNOWN, one, name, (), (why,))
    told = tuple(note for sign in signed for note in told_of(sign, one.reference))
    if besides or not signed:
        notes = (*told, "something was appended to what was released")
        return _about(path, digest, Verdict.ALTERED, one, name, besides, notes)
    if not all(sign.good for sign in signed):
        notes = (*told, "what was released is all there; what was appended as a signature proves nothing")
        return _about(path, digest, Verdict.ALTERED, one, name, (), notes)
    whole = _released(path, digest, one, name)
    its = "time-stamp" if all(sign.stamp for sign in signed) else "signature"
    verdict = whole.verdict if all(sign.trusted for sign in signed) else Verdict.SAME_WORDS
    return replace(whole, verdict=verdict, notes=(*told, f"a copy with its {its} appended: all else is as released"))


def _about(
    path: Path,
    digest: str,
    verdict: Verdict,
    one: Known,
    name: str,
    changes: tuple[str, ...],
    notes: Sequence[str],
    fate: Fate | None = None,
) -> Verified:
    statement = one.statement()
    record = statement.record if statement else None
    zone = record.circulation.zone if record and record.circulation else "UTC"
    fate = fate or one.fate
    return Verified(
        path=path,
        verdict=verdict,
        digest=digest,
        reference=one.reference,
        edition=name,
        notice=one.notice,
        document=str(record.document) if record else one.document,
        released=str(day_in(record.released, zone)) if record else one.released(),
        provisional=bool(record.provisional) if record else one.provisional,
        refusal=one.refusal(),
        withdrawn=str(day_in(fate.on, zone)) if fate.on else "",
        fate=fate,
        changes=changes,
        notes=tuple(notes),
    )


def _unknown(
    path: Path, digest: str, found: Reading, candidates: Sequence[Known], notes: Sequence[str], what: _Known
) -> Verified:
    """A file near to nothing that can be read."""
    named, known = [one for one in candidates if one.reference in found.text], what.releases
    for one in named:
        if standing := claimed(what.root, found.letters, one.reference):
            about = _about(path, digest, Verdict.UNKNOWN, one, "", (), (*notes, _unheard(one, standing)))
            return replace(about, notice=standing)
    if named and not any(one.file(name) for one in named[:1] for name in one.files if name.endswith(READ)):
        why = (
            f"it names {named[0].reference}, and is none of its files to the byte; whether anything was changed, and"
            " what, can be told where the released files lie beside the record"
        )
        return _about(path, digest, Verdict.UNKNOWN, named[0], "", (), (*notes, why))
    if named:
        notes = (*notes, f"it names {named[0].reference}, but says nothing that was released as that")
    elif not found.letters:
        notes = (*notes, "it shows no words", *(f"it holds {one[:200]}" for one in found.oddities[:_FEW]))
    else:
        those = ", ".join(one.reference for one in known) if len(known) <= _FEW else f"the {len(known)} releases known"
        notes = (*notes, f"it is no file of {those}, and has the words of none")
    return Verified(path=path, verdict=Verdict.UNKNOWN, digest=digest, notes=tuple(notes))


def _unheard(one: Known, standing: str) -> str:
    """Why nobody can say that a notice is true."""
    if not one.fate.known:
        return "a record is made before any notice, and cannot know of one: ask the register, or whoever keeps it"
    if not (one.fate.withdrawn if standing == "withdrawn" else one.fate.corrected):
        return f"by the register {one.reference} was never {standing}: nobody issued such a notice"
    return f"{one.reference} was {standing}, but this is not its notice as it is made here"
