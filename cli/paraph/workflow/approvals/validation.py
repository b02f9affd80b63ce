"""Courtesy translations that a member of the language has validated: docs/approvals.md, 24."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paraph.errors import LostRegisterError, NoRegisterError, RefusedError, UsageError
from paraph.library.written.suggest import did_you_mean
from paraph.markup import canonical, digest
from paraph.markup.diff import diff, marked
from paraph.model.clause import Clause
from paraph.model.event import ClauseVersion, Draft, Receipt, Subject, SubjectKind, TranslationValidated
from paraph.model.library import Library
from paraph.model.member import Status
from paraph.model.own_texts import is_translation, own_record, own_source, own_words
from paraph.standing.fold import History
from paraph.standing.gate import own_texts_validated, translation
from paraph.standing.versions import Now, current_clause, current_document
from paraph.workflow.inventory import library_of
from paraph.workflow.record.ledger import history_of, keep, new_request, opened
from paraph.workflow.record.versions import keys_of, now_of, texts_of
from paraph.workflow.times import today

if TYPE_CHECKING:
    from paraph.register.reader import Reader

_ADVICE = "“paraph circulate” puts texts on record; a translation is validated as one of exactly those words."


@dataclass(frozen=True, kw_only=True, slots=True)
class Validated:
    """A translation of a version that a member validated; `event` 0: it was validated already.

    `words` are those validated, where the version has none in the language on record; "" where it has.
    """

    subject: Subject
    event: int
    words: str = ""


class _Found(NamedTuple):
    """What is to be recorded, whether it stands validated already, the words in the language, and those that the
    version on record has: None where it has none."""

    fact: TranslationValidated
    there: bool
    words: str
    then: str | None = None


def validate(
    root: Path,
    references: Sequence[str],
    language: str,
    member: str,
    receipt: Receipt,
    evidence: Sequence[Path],
    at: dt.datetime,
    *,
    confirmed: bool = False,
) -> tuple[Validated, ...]:
    """Record that `member` validated the translations of clauses, or of documents with all their clauses, as they are.

    All of them or none. Raises UsageError for a clause, member or language that is not there; RefusedError where a
    clause or document has no current version, its translation is one of an earlier text, or, unless that is
    `confirmed`, of other words than the version on record has.
    """
    library = library_of(root)
    documents = tuple(_documents(library, references, language))
    clauses = tuple(_clauses(library, references, language, documents))
    _member_of(library, member, language, at)
    try:
        with opened(root, library) as register:
            request, done = new_request(), list[tuple[_Found, str]]()

            def decide(reader: Reader) -> list[Draft]:
                done.clear()
                keys = {f"{SubjectKind.CLAUSE}/{clause.id}" for clause in clauses}
                history = history_of(reader, sorted(keys.union(*(keys_of(now) for now in documents))))
                drafts: list[Draft] = []
                found = [
                    *(_own(history, now, library, language, member, given) for now in documents),
                    *(_fact(history, clause, language, member, given) for clause in clauses),
                ]
                if not confirmed:
                    _as_seen(found, language, member)
                for place, one in enumerate(found):
                    done.append((one, "" if one.there else f"{request}/{place}"))
                    if not one.there:
                        drafts.append(Draft(fact=one.fact, request=f"{request}/{place}"))
                return drafts

            given = replace(receipt, evidence=tuple(keep(register, path) for path in evidence))
            numbers = {event.request: event.number for event in register.append(decide, at)}
    except LostRegisterError:
        raise
    except NoRegisterError as error:
        first = documents[0].id if documents else clauses[0].id
        raise RefusedError(f"{first} was never put to the members", advice=_ADVICE) from error
    return tuple(
        Validated(
            subject=one.fact.subject,
            event=numbers.get(name, 0),
            words=one.words if one.then is None and not one.there else "",
        )
        for one, name in done
    )


def _as_seen(found: Sequence[_Found], language: str, member: str) -> None:
    """Raise RefusedError, with the differences, where words were edited since the member could see them (24)."""
    edited = [one for one in found if not one.there and one.then is not None and canonical(one.then) != one.words]
    if edited:
        raise RefusedError(
            f"the files have other words in {language} than were put on record",
            [f"{one.fact.subject}: {marked(diff(canonical(one.then or ''), one.words))}" for one in edited],
            f"--confirm if {member} has seen the words of the files.",
        )


def _documents(library: Library, references: Sequence[str], language: str) -> Iterator[Now]:
    """The documents meant, each once, whose file says that its own texts in the language are a translation."""
    for id_ in dict.fromkeys(references):
        if id_ in library.manifests and is_translation(library.manifests[id_], language):
            yield now_of(library, library.manifests[id_])[0]


def _clauses(library: Library, references: Sequence[str], language: str, documents: Sequence[Now]) -> Iterator[Clause]:
    """The clauses meant, each once, that have a translation into the language; of a clause named it is asked for."""
    ids: dict[str, bool] = {}
    for reference in references:
        if reference in library.clauses:
            ids[reference] = True
        elif reference in library.manifests:
            sections = library.manifests[reference].sections
            for chain in (chain for section in sections for chain in section.all_uses()):
                ids.setdefault(chain[-1][1].clause, False)
        else:
            near = did_you_mean(reference, (*library.clauses, *library.manifests))
            raise UsageError(f"there is no clause or document “{reference}”", near)
    for id_, named in ids.items():
        if language in library.clauses[id_].translations:
            yield library.clauses[id_]
        elif named:
            there = ", ".join(library.clauses[id_].translations) or "no language"
            raise UsageError(f"{id_} has no translation into “{language}”", f"It is translated into {there}.")
    if not documents and not any(language in library.clauses[id_].translations for id_ in ids):
        raise UsageError(f"nothing of {', '.join(references)} is translated into “{language}”", "")


def _member_of(library: Library, member: str, language: str, at: dt.datetime) -> None:
    """Raise UsageError unless `member` is an active member that works in the language."""
    found = library.institutions.get(member)
    if found is None:
        raise UsageError(f"there is no member “{member}”", did_you_mean(member, library.institutions))
    if found.status_on(today(at, library.workspace.time_zone)) is not Status.ACTIVE:
        raise UsageError(f"{member} is no active member today", "See its status: in statements/institutions.yml.")
    if language.partition("-")[0] not in {one.partition("-")[0] for one in found.languages}:
        speaks = [id_ for id_, one in library.institutions.items() if language in one.languages]
        advice = f"Of this language are {', '.join(speaks)}." if speaks else "See languages: in institutions.yml."
        raise UsageError(f"“{language}” is no working language of {member}", advice)


def _own(history: History, now: Now, library: Library, language: str, member: str, receipt: Receipt) -> _Found:
    """A document’s own texts (title, headings, …), of which a version has none in a courtesy language.

    Raises RefusedError where the document has no current version, or their translation is not whole or of earlier ones.
    """
    manifest = library.manifests[now.id]
    source = own_source(library, manifest, language)
    current = current_document(history, now)
    if current is None:
        raise RefusedError(f"{now.id} has no version on record with the words of its file", advice=_ADVICE)
    if missing := own_words(manifest, source).keys() - own_words(manifest, language).keys():
        raise RefusedError(
            f"the translation of {now.id} into {language} is not whole",
            advice=f"“paraph check” shows what is missing: {', '.join(sorted(missing))}.",
        )
    pin = manifest.translations.get(language)
    if pin and pin.stale:
        raise RefusedError(
            f"the translation of {now.id}’s own texts is of earlier ones",
            advice="“paraph check” shows it: compare them, and write the digest that it names.",
        )
    words = own_record(manifest, source, language)
    fact = TranslationValidated(
        subject=current, language=language, text=words, source=source, member=member, receipt=receipt
    )
    own = "\n".join(f"{name}: {text}" for name, text in own_words(manifest, language).items())
    return _Found(fact, own_texts_validated(history, manifest.id, language, words), own)


def _fact(history: History, clause: Clause, language: str, member: str, receipt: Receipt) -> _Found:
    """The translation of a clause, beside the one of its version."""
    texts, made = texts_of(clause), clause.translations[language]
    current = current_clause(history, clause.id, texts)
    if current is None:
        raise RefusedError(f"{clause.id} has no version on record with the words of its file", advice=_ADVICE)
    if made.digest != digest(texts[made.source]):
        raise RefusedError(
            f"the translation of {clause.id} is of an earlier text",
            advice="“paraph check” shows it: compare the two, and write the digest that it names.",
        )
    fact = TranslationValidated(
        subject=current, language=language, text=made.text.text, source=made.source, member=member, receipt=receipt
    )
    version = next(one for one in history.versions[current.key] if one.subject == current)
    then = version.translations.get(language) if isinstance(version, ClauseVersion) else None
    there = translation(history, clause.id, texts, language, made.source, made.text.text) == "validated"
    return _Found(fact, there, canonical(made.text.text), then.text if then else None)
