"""A version on record as text: what was put to the members, word for word, whatever has become of the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paraph.errors import LostRegisterError, NoRegisterError, UsageError
from paraph.model.event import (
    RELEASES,
    ClauseVersion,
    DocumentVersion,
    ReleaseCorrected,
    Released,
    ReleaseWithdrawn,
    SubjectKind,
    release_key,
)
from paraph.model.release import Fate, in_force
from paraph.workflow import times
from paraph.workflow.record.ledger import history_of, if_begun, looked, to_look
from paraph.workflow.releases.behind import behind
from paraph.workflow.releases.fates import followed_by, recorded_fates
from paraph.workflow.releases.refused import refusal


def version(root: Path, reference: str) -> ClauseVersion | DocumentVersion:
    """The version that a reference names: no-child-detention@2. Raises UsageError where it is not on record."""
    id_, _, number = reference.partition("@")
    advice = "“paraph circulate” puts texts on record as versions."
    try:
        with looked(root, to_look(root)) as reader:
            keys = [f"{kind}/{id_}" for kind in SubjectKind]
            history = history_of(reader, keys)
    except LostRegisterError:
        raise
    except NoRegisterError as error:
        raise UsageError(f"nothing is on record: there is no “{reference}”", advice) from error
    known = [one for key in keys for one in history.versions.get(key, ())]
    for one in known:
        if str(one.subject.version) == number:
            return one
    if known:
        advice = f"On record are {', '.join(str(one.subject) for one in known)}."
    raise UsageError(f"there is no “{reference}” on record", advice)


def shown(root: Path, reference: str, language: str) -> Iterator[str]:
    """The lines that show a version; `language` limits it to one ("": all)."""
    found = version(root, reference)
    parts = _clause(found) if isinstance(found, ClauseVersion) else _document(found)
    yield from (f"{name + ':':<13}{value}" for name, value in parts if value)
    texts = _texts(found)
    if language and language not in texts:
        raise UsageError(f"{reference} is not on record in “{language}”", f"Its languages: {', '.join(texts)}.")
    for code, (note, text) in texts.items():
        if language in ("", code):
            yield from ("", f"[{code}]{note}", text)


def released(root: Path, reference: str, zone: str) -> Iterator[str]:
    """The lines that show a release by its reference, with what has become of it; none where there is none."""
    corrected = list[str]()
    with if_begun(), looked(root, to_look(root)) as reader:
        for event in reader.events((release_key(reference),)):
            match event.fact:
                case Released() as fact if fact.reference == reference:
                    facts = (
                        ("release", reference),
                        ("document", str(fact.subject)),
                        ("released", f"{times.shown(event.at, zone)} (event {event.number})"),
                        *(("provisional", words) for words in fact.provisionally.values()),
                        ("refused", refusal(reader, fact)),
                        ("clauses", " ".join(map(str, fact.clauses))),
                        *behind(reader, fact),
                    )
                    yield from (f"{name + ':':<13}{value}" for name, value in facts if value)
                    yield from (f"{digest}  {name}" for name, digest in sorted(fact.files.items()))
                case ReleaseCorrected() as fact:
                    before, after = fact.reference, fact.successor
                    corrected.append(after)
                    what = f"corrected by {after}" if before == reference else f"corrects {before}"
                    yield f"{what} (event {event.number}){f': {fact.reason}' if fact.reason else ''}"
                case ReleaseWithdrawn() as fact:
                    yield f"withdrawn (event {event.number}): {fact.reason}"
                    yield from (f"  [{code}] {words}" for code, words in fact.reasons.items())
        fates = recorded_fates(reader)
        fate = fates.get(reference, Fate())
        if fate.gone or fate.replaced or fate.corrected not in ("", *corrected):
            yield followed_by(reference, fates)
        made = (event.fact for event in reader.events((RELEASES,)))
        adopted = {
            one.reference: one.subject.key for one in made if isinstance(one, Released) and not one.provisionally
        }
        if (last := in_force(reference, fates, adopted)) not in ("", reference, fate.successor):
            yield f"in force: {last}"


def _clause(found: ClauseVersion) -> tuple[tuple[str, str], ...]:
    return (
        ("clause", str(found.subject)),
        ("digest", found.subject.digest),
        ("kind", found.clause_kind),
        ("legal basis", "; ".join(found.legal_basis)),
        ("values", ", ".join(f"{name}: {kind}" for name, kind in found.values.items())),
    )


def _document(found: DocumentVersion) -> tuple[tuple[str, str], ...]:
    return (
        ("document", str(found.subject)),
        ("digest", found.subject.digest),
        ("form", found.form),
        ("adoption", found.adoption),
        ("clauses", " ".join(map(str, found.clauses))),
    )


def _texts(found: ClauseVersion | DocumentVersion) -> dict[str, tuple[str, str]]:
    """By language, what there is to know of a text, and the text."""
    if isinstance(found, DocumentVersion):
        return {
            code: ("", "\n".join(line.replace("\t", " ").strip() for line in lines))
            for code, lines in found.lines.items()
        }
    texts = {code: ("", text) for code, text in found.texts.items()}
    for code, one in found.translations.items():
        texts[code] = (f" (translation from {one.source}, {one.status})", one.text)
    return texts
