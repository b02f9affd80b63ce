"""Where the files have other words than the version that a member decides on: docs/approvals.md, 2 and 10."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from paraph.errors import UsageError
from paraph.model.event import DocumentVersion, Subject
from paraph.model.language import Texts
from paraph.standing.fold import History
from paraph.standing.versions import current_clause, last_version
from paraph.workflow.record.ledger import history_of, looked, to_look
from paraph.workflow.record.versions import texts_of


def edited_since(root: Path, subjects: Sequence[Subject], circulation: str) -> dict[Subject, str]:
    """Of versions that were decided on in a circulation, those of which a clause has other words in its file now, each
    with the id of that clause. Of one that is not the last version nothing is said: that is said elsewhere."""
    with looked(root, to_look(root)) as reader:
        history = history_of(reader, [one.key for one in subjects])
        last = [last_version(history, one.key) for one in subjects]
        clauses = [clause for one in last if isinstance(one, DocumentVersion) for clause in one.clauses]
        if clauses:
            history = history_of(reader, [one.key for one in (*subjects, *clauses)])
    texts = _texts_now(root, history.circulations[circulation].opened.document)
    found = {one: _edited(history, one, texts) for one in subjects}
    return {one: clause for one, clause in found.items() if clause}


def _edited(history: History, subject: Subject, texts: Mapping[str, Texts]) -> str:
    last = last_version(history, subject.key)
    if last is None or last.subject != subject:
        return ""
    clauses = last.clauses if isinstance(last, DocumentVersion) else (subject,)
    changed = (one.id for one in clauses if one.id in texts and current_clause(history, one.id, texts[one.id]) != one)
    return next(changed, "")


def _texts_now(root: Path, document: str) -> Mapping[str, Texts]:
    """The authentic texts of a document's clauses in their files, by id; nothing of a document whose file is gone."""
    from paraph.library.load import load_for

    with suppress(UsageError):
        library, _, _ = load_for(root, (document,))
        return {id_: texts_of(clause) for id_, clause in library.clauses.items()} if library else {}
    return {}
