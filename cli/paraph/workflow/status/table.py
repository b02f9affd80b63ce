"""Who stands where as a table in words, in the language of those it is sent to: what `--html` and `--xlsx` write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paraph.errors import UsageError
from paraph.model.library import Library
from paraph.model.names import IN_BRACES
from paraph.model.rule import RuleKind, read_rule
from paraph.review.writing.circulation_words import in_advance
from paraph.standing.gate import Stand
from paraph.workflow.approvals.silence import Silence
from paraph.workflow.record.draft_record import short
from paraph.workflow.status.report import Report
from paraph.workflow.status.said import Said, gathered
from paraph.workflow.status.signs import sign
from paraph.workflow.times import shown, today


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """How a member stands on a text: a sign, what it means, and the state as a name for looks."""

    sign: str
    meaning: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A text in the table: its name (detention@2), its title, how each member stands, and how it stands itself."""

    name: str
    title: str
    cells: tuple[Cell, ...]
    standing: str
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A report in words. `heads` are the members as (code, name, why it counts for nothing: invited, left, or "");
    `missing`, `unrecorded`, `members` (those that are not what they are on record) and `said` are rows of text, `said`
    with the language of its last cell; `labels` the fixed strings by their names, without "status-"."""

    language: str
    title: str
    facts: tuple[str, ...]
    heads: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    missing: tuple[tuple[str, str], ...]
    unrecorded: tuple[tuple[str, str], ...]
    members: tuple[tuple[str, str], ...]
    said: tuple[tuple[tuple[str, str, str, str], str], ...]
    head: str
    labels: Mapping[str, str]


def table(report: Report, library: Library, language: str) -> Table:
    """`report` in `language` ("": the first of the workspace). Raises UsageError where the workspace has not got it."""
    code = language or library.workspace.authentic[0]
    if code not in library.strings:
        raise UsageError(f"“{code}” is no language of this workspace", f"It has {', '.join(library.strings)}.")
    words = _Words(library, library.strings[code], code, today(report.at, report.zone))
    return Table(
        language=code,
        title=report.titles.get(code) or report.title,
        facts=tuple(words.facts(report)),
        heads=tuple((one.code, words.member(one.id), one.uncounted) for one in report.columns),
        lines=tuple(
            Line(
                name=f"{row.id}@{row.current.version}" if row.current else row.id,
                title=row.titles.get(code) or row.title,
                cells=tuple(words.cell(row.stands[one.id], one.id in row.amended) for one in report.columns),
                standing=words.say(f"status-{row.word}", last=str(row.last), circulation=row.circulation),
                word=row.word,
            )
            for row in report.rows
        ),
        missing=words.missing(report),
        unrecorded=words.subjects(report.unrecorded, len(report.rows)),
        members=words.members(report.unlike),
        said=tuple((words.said(some, report.zone), some[0].language) for some in gathered(report.said)),
        head=words.say("approvals-head", head=short(report.head)) if report.head.number else "",
        labels={
            **{
                name.removeprefix("status-"): text for name, text in words.strings.items() if name.startswith("status-")
            },
            "members": words.say("status-members"),
            "approvals": words.say("approvals"),
        },
    )


@dataclass(frozen=True, slots=True)
class _Words:
    library: Library
    strings: Mapping[str, str]
    code: str
    day: dt.date

    def say(self, key: str, **values: str) -> str:
        """A fixed string; its name where the language has none, which is better than no table."""
        return IN_BRACES.sub(lambda found: values.get(found[1], found[0]), self.strings.get(key, key))

    def member(self, id_: str) -> str:
        found = self.library.institutions.get(id_)
        codes = (self.code, *self.library.workspace.authentic)
        names = [found.until(self.day).name(code, None) for code in codes] if found else []
        return next((name.name for name in names if name), id_)

    def subjects(self, of: Mapping[str, tuple[str, ...]], everything: int) -> tuple[tuple[str, str], ...]:
        whole = self.say("status-everything")
        return tuple(
            (self.member(member), whole if len(some) == everything else ", ".join(some)) for member, some in of.items()
        )

    def members(self, unlike: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Who is not what it is on record; nothing in a workspace that has no words for it yet."""
        known = unlike if "status-members" in self.strings else {}
        return tuple((self.member(one), self.say(f"status-member-{how}")) for one, how in known.items())

    def missing(self, report: Report) -> tuple[tuple[str, str], ...]:
        """Who has still to decide on what, and what its silence will mean."""
        listed = self.subjects(report.missing, len(report.rows))
        return tuple(
            (name, what + (self._silence(report.silence.get(member, {})) or self._took_back(report, member)))
            for (name, what), member in zip(listed, report.missing, strict=True)
        )

    def _took_back(self, report: Report, member: str) -> str:
        """That a member has taken back its approval, and of what; nothing in a workspace without words for it."""
        back, words = report.took_back.get(member, ()), self.strings.get("status-took-back", "")
        if not (back and words):
            return ""
        return f" ({words})" if len(back) == len(report.missing[member]) else f" ({', '.join(back)}: {words})"

    def _silence(self, means: Mapping[Silence, tuple[str, ...]]) -> str:
        """What the silence of a member means on what; nothing in a workspace that has no words for it yet."""
        known = {one: self.strings[f"status-silence-{one}"] for one in means if f"status-silence-{one}" in self.strings}
        parts = [f"{', '.join(means[one])}: {words}" if len(means) > 1 else words for one, words in known.items()]
        return f" ({'; '.join(parts)})" if parts else ""

    def cell(self, stand: Stand, amends: bool) -> Cell:
        meaning = self.say(f"status-{stand.state}")
        if stand.lapsed:
            meaning += f" ({self.say('status-lapsed', version=str(stand.version))})"
        if amends:
            meaning += f" ({self.say('status-amends')})"
        return Cell(
            sign=sign(stand.state, lapsed=stand.lapsed, amends=amends),
            meaning=meaning,
            state="lapsed" if stand.lapsed else str(stand.state),
        )

    def facts(self, report: Report) -> tuple[str, ...]:
        rule = self.say("status-rule", rule=self.rule(report.rule))
        if report.deadline is None:
            return (self.say("status-never"), rule)
        # isolated: in a text that runs from the right, the parts of a date would change places
        until = self.say("status-until", deadline=f"\u2066{shown(report.deadline, report.zone)}\u2069")
        if report.called_off:
            return (report.circulation, rule, until, self.say("status-ended", reason=report.called_off))
        if report.closed:
            return (report.circulation, rule, until, self.say("status-closed"))
        if report.at > report.deadline and "status-over" in self.strings:
            return (report.circulation, rule, until, self.say("status-over"))
        days = max((report.deadline - report.at).days, 0)
        return (report.circulation, rule, until, self.say("status-days", days=str(days)))

    def rule(self, text: str) -> str:
        rule = read_rule(text)
        if rule.kind is RuleKind.COUNT:
            return self.say("status-count", approvals=str(rule.approvals), members=str(rule.members))
        return self.say(f"status-{rule.kind}", notice=in_advance(rule, self.library.workspace.languages[self.code]))

    def said(self, some: Sequence[Said], zone: str) -> tuple[str, str, str, str]:
        one = some[0]
        late = "" if one.counts or one.kind in ("comment", "withdrawal") else f" ({self.say('status-late')})"
        what = f"{self.say(f'status-{one.kind}')}, {', '.join(str(each.subject) for each in some)}{late}"
        return self.member(one.member), what, shown(one.received, zone), one.text
