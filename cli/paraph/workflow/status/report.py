"""What there is to know of who stands where: rows of texts, columns of members, and what is beside them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from paraph.model.event import Head, Subject, SubjectKind
from paraph.model.language import Texts
from paraph.standing.fold import Circulation
from paraph.standing.gate import Stand
from paraph.standing.rules import Cause
from paraph.workflow.approvals.silence import Silence
from paraph.workflow.status.said import Said

if TYPE_CHECKING:
    from paraph.markup.diff import Change


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A member in the matrix. `code` is short and unique there, such as the state's ISO 3166 code.

    One that is `invited`, and one of the electorate that `left` before the close, counts for nothing.
    """

    id: str
    code: str
    name: str
    invited: bool
    left: bool

    @property
    def uncounted(self) -> str:
        """Why it counts for nothing: invited, left; nothing where it counts."""
        return "left" if self.left else "invited" if self.invited else ""


Changes: TypeAlias = "Mapping[str, tuple[Change, ...]]"
"""What changed between two texts of a clause, word by word, by language; without the languages in which nothing did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A clause or document in the matrix.

    `current` is its version, None where its text is in none; `last` the number of the last version made, 0 where there
    is none; `word` how it stands: new, changed, open, called-off, agreed, not-adopted, no-longer-agreed, or
    adopted-elsewhere (in another document’s circulation, by another rule). `stands` by member; `amended`: the members
    that propose other words for the current version, whatever they decided.
    `lapses` are the changes since the last version, by language, where the text has changed; `since` those from each
    other version on which a position lapsed to the text that is asked about now, or that the file has.
    """

    id: str
    kind: SubjectKind
    title: str
    titles: Texts
    current: Subject | None
    last: int
    word: str
    circulation: str
    stands: Mapping[str, Stand]
    causes: tuple[Cause, ...] = ()
    amended: tuple[str, ...] = ()
    lapses: Changes = field(default_factory=dict)
    since: Mapping[int, Changes] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Everything there is to know of a document's standing at `at`.

    `circulation` is the one at hand: open, else the last; "" where there was none. `missing` are the subjects that each
    member has still to decide on, `unrecorded` those on which it answered what was not recorded (16a), `took_back`
    those of which it took its approval back; `blank` is when the packet of one that decided nothing came back; `untold`
    those whose silence will mean nothing, no notice being on record in time, and `silence` what that of each that is
    missing will mean, under a rule of silence: the subjects by that. `gone` those among them that have left by the
    files, and are asked no more once that is on record; `members` where the files and the record differ on who is a
    member, a line each, and `unlike` how, by member, in a word (`paraph.workflow.record.membership.unlike`). `causes`
    what stands in the way of a release (for a document), `late` what counts for nothing and is to be looked at first
    (`unheard`). `released` are the references under which its current version was released and is in force, `early` the
    provisional ones that stand, `refused` those among them that the members then did not adopt, `behind` who stands
    behind each, as `paraph.workflow.releases.behind`; of those no longer in force, with what became of them, `stranded`
    are those that lead to nothing in force, `elsewhere` the others, where none of its releases is, and `withdrawn`
    those in whose place nothing came.
    `hinders` is what else stands in the way of a release where its rule is met, a line each; `asks` what it would want
    confirmed, where nothing does.
    `now`: the rows are what the files have now; else, the versions that a circulation put.
    """

    document: str
    title: str
    titles: Texts
    at: dt.datetime
    zone: str
    circulation: str
    rule: str
    deadline: dt.datetime | None
    closed: bool
    called_off: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    missing: Mapping[str, tuple[str, ...]]
    said: tuple[Said, ...]
    causes: tuple[Cause, ...]
    head: Head
    released: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    behind: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    stranded: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    now: bool = False
    unrecorded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blank: Mapping[str, dt.datetime] = field(default_factory=dict)
    untold: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    late: tuple[Cause, ...] = ()
    silence: Mapping[str, Mapping[Silence, tuple[str, ...]]] = field(default_factory=dict)
    took_back: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    unlike: Mapping[str, str] = field(default_factory=dict)
    hinders: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """All circulations, the newest first, and where the register stands; `absent`: where none was found; `unknown`:
    what to say of releases in releases/ that it does not have."""

    circulations: tuple[Circulation, ...] = ()
    head: Head = field(default_factory=Head)
    absent: str = ""
    unknown: tuple[str, ...] = ()


def as_json(what: Report | Overview) -> str:
    """A report or an overview as JSON: the fields by their names, times in UTC."""
    return json.dumps(_plain(what), ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return value
