"""Who stands where: a document or a circulation as a matrix of subjects by members, and what is missing from whom."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from paraph.errors import LostRegisterError, NoRegisterError
from paraph.model.clause import Clause
from paraph.model.event import (
    CIRCULATIONS,
    ClauseVersion,
    Head,
    Subject,
    SubjectKind,
)
from paraph.model.language import Texts
from paraph.model.library import Library
from paraph.model.member import Status
from paraph.model.release import Fate, leads_to
from paraph.model.rule import Adoption, Rule, read_rule
from paraph.standing.fold import Circulation, History
from paraph.standing.gate import (
    agreed,
    asked_in,
    at_hand,
    called_off,
    open_circulations,
    outcome,
    parted,
    ready,
    record,
    stands,
)
from paraph.standing.rules import Cause, amendments, electorate, undecided, untold
from paraph.standing.versions import current_clause, current_document, last_version
from paraph.workflow.approvals.causes import explained
from paraph.workflow.approvals.circulation import speaking
from paraph.workflow.approvals.references import circulation_in, subject_keys
from paraph.workflow.approvals.unheard import of_earlier_versions, unheard
from paraph.workflow.building.folder_cache import user_cache
from paraph.workflow.record.ledger import Roll, history_of, if_begun, looked, roll, to_look
from paraph.workflow.record.membership import unlike
from paraph.workflow.record.versions import Snapshot, snapshot, texts_of
from paraph.workflow.releases.fates import followed_by, recorded_fates
from paraph.workflow.releases.refused import refused_in
from paraph.workflow.status.missing import blank, silence, took_back, unrecorded
from paraph.workflow.status.report import Changes, Column, Overview, Report, Row
from paraph.workflow.status.said import said_on
from paraph.workflow.times import today


def of_document(root: Path, document: str, at: dt.datetime) -> Report:
    """How a document stands, as its files are now. Raises FindingsError where they are not right."""
    snap = snapshot(root, document, user_cache(os.environ), at=at)
    library, now = snap.library, snap.now
    history, head, fates = History(), Head(), dict[str, Fate]()
    with if_begun(), looked(root, library) as reader:
        history, head = history_of(reader, snap.keys), reader.head()
        fates = recorded_fates(reader) if history.releases else {}
    asked = at_hand(history, document)
    day = speaking(snap, roll(library, today(at, library.workspace.time_zone)))
    members = Roll(asked.opened.electorate, asked.opened.invited) if asked else day
    rule, counted = read_rule(asked.opened.rule if asked else snap.manifest.rule), electorate(asked) if asked else ()
    view = _View(library, history, document, rule, members, counted or members.active, asked, fates)
    clauses = [view.clause(library.clauses[clause]) for clause in dict.fromkeys(now.clauses)]
    whole = view.row(SubjectKind.DOCUMENT, document, snap.manifest.title, current_document(history, now))
    current = whole.current
    causes = (*ready(history, now), *parted(history, now, day.active))
    told = explained(history, causes, asked_in(history, current) if current else None)
    versions = [row.current for row in (whole, *clauses) if row.current]
    counted = tuple(one for one in view.counted if one in day.active)
    signed = record(history, now, active=day.active).signed if snap.manifest.adoption is Adoption.EACH else None
    known = {(one.why, one.subject) for one in causes}
    late = tuple(
        one for one in unheard(history, versions, counted, signed or ()) if (one.why, one.subject) not in known
    )
    if not (asked and asked.closed):  # as long as it is open, `unrecorded` has them
        late = tuple(one for one in late if one.why != "unsettled")
    report = replace(view.report((*clauses, whole), asked, head, at, told), now=True, late=late)
    return _with_releases(root, library, history, report, snap)


def of_circulation(root: Path, name: str, at: dt.datetime) -> Report:
    """How the very versions that a circulation put to the members stand. Raises UsageError where there is none."""
    library = to_look(root)
    with looked(root, library) as reader:
        history, head = history_of(reader, subject_keys(reader, name)), reader.head()
        fates = recorded_fates(reader) if history.releases else {}
    asked = circulation_in(history, name)
    members = Roll(asked.opened.electorate, asked.opened.invited)
    rule, document = read_rule(asked.opened.rule), asked.opened.document
    view = _View(library, history, document, rule, members, electorate(asked), asked, fates)
    titles = {fact.subject: fact.title for facts in history.versions.values() for fact in facts}
    rows = tuple(view.row(one.kind, one.id, titles.get(one, {}), one) for one in asked.opened.subjects)
    late = of_earlier_versions(history, asked.opened.subjects, electorate(asked)) if not asked.closed else ()
    return _with_releases(root, library, history, replace(view.report(rows, asked, head, at, ()), late=late))


def _with_releases(
    root: Path, library: Library, history: History, report: Report, snap: Snapshot | None = None
) -> Report:
    """A report with who stands behind the releases; with `snap`, and what a release of it would want confirmed."""
    standing = (*report.released, *report.early)
    if not standing and (snap is None or report.causes or report.elsewhere):
        return report  # most often; what a release is made with takes a tenth of a second to load
    from paraph.workflow.releases.before import would_ask
    from paraph.workflow.releases.behind import behind

    with if_begun(), looked(root, library) as reader:
        report = replace(report, behind={one: behind(reader, history.releases[one]) for one in standing})
        if snap is not None and not (report.causes or report.released or report.elsewhere):
            hinders, asks = would_ask(reader, snap, history, report.at, reissue=bool(report.stranded))
            report = replace(report, hinders=hinders, asks=asks)
    return report


def overview(root: Path) -> Overview:
    """What was ever put to the members of this workspace."""
    from paraph.workflow.releases.shelf import strangers

    try:
        with looked(root, to_look(root)) as reader:
            history = history_of(reader, (CIRCULATIONS,))
            every = tuple(reversed(history.circulations.values()))
            return Overview(circulations=every, head=reader.head(), unknown=strangers(root, reader))
    except LostRegisterError:
        raise
    except NoRegisterError as error:
        return Overview(absent=str(error))


@dataclass(frozen=True, slots=True)
class _View:
    """What every row of `document` is computed from: `members` are the columns, `counted` those that count (8), `asked`
    the circulation at hand, `fates` what became of each release."""

    library: Library
    history: History
    document: str
    rule: Rule
    members: Roll
    counted: tuple[str, ...]
    asked: Circulation | None
    fates: Mapping[str, Fate]

    def clause(self, clause: Clause) -> Row:
        """The row of a clause as its file has it now."""
        texts = texts_of(clause)
        current = current_clause(self.history, clause.id, texts)
        row = self.row(SubjectKind.CLAUSE, clause.id, clause.title, current)
        last = last_version(self.history, f"{SubjectKind.CLAUSE}/{clause.id}")
        if current is None and isinstance(last, ClauseVersion):
            return replace(row, lapses=_changes(last.texts, texts), since=self._since(row, texts))
        return row

    def row(self, kind: SubjectKind, id_: str, title: Texts, current: Subject | None) -> Row:
        """The row of a clause or document whose current version is `current`."""
        key = f"{kind}/{id_}"
        last = last_version(self.history, key)
        everyone = (*self.members.active, *self.members.invited)
        causes = agreed(self.history, current, self.document, self.rule, self.counted) if current else ()
        word, circulation = self._word(current, bool(last), causes)
        made = Row(
            id=id_,
            kind=kind,
            title=self.first(title),
            titles=title,
            current=current,
            last=last.subject.version if last else 0,
            word=word,
            circulation=circulation,
            stands=stands(self.history, key, current, everyone, self.rule, self.asked),
            causes=causes,
            amended=tuple(dict.fromkeys(one.member for one in amendments(self.history, current))) if current else (),
        )
        now = next((one for one in self.history.versions.get(key, ()) if one.subject == current), None)
        return replace(made, since=self._since(made, now.texts)) if isinstance(now, ClauseVersion) else made

    def _since(self, row: Row, texts: Texts) -> dict[int, Changes]:
        """From each version on which somebody’s position lapsed to `texts`; but for the last, where the file has other
        words than any version: those are the row’s `lapses`."""
        versions = self.history.versions.get(f"{row.kind}/{row.id}", ())
        lapsed = {one.version for one in row.stands.values() if one.lapsed}
        return {
            fact.subject.version: _changes(fact.texts, texts)
            for fact in versions
            if isinstance(fact, ClauseVersion) and fact.subject.version in lapsed
            if row.current or fact.subject.version != row.last
        }

    def _word(self, current: Subject | None, known: bool, causes: tuple[Cause, ...]) -> tuple[str, str]:
        """How a subject stands, in a word, and in which circulation."""
        if current is None:
            return ("changed" if known else "new"), ""
        asked = self.asked
        if asked and not asked.closed and current in asked.subjects:  # be it put again, and agreed till now
            return "open", asked.opened.circulation
        if not causes:
            return "agreed", ""
        counted = asked and asked.closed and not asked.closed.called_off and current in asked.subjects
        if not counted and (asking := open_circulations(self.history, current)):
            return "open", (self.asked if self.asked in asking else asking[-1]).opened.circulation
        closed = outcome(self.history, current, self.document) or outcome(self.history, current)
        if closed is None:
            off = called_off(self.history, current)
            return ("called-off" if off else "new"), off
        name = closed[0].opened.circulation
        if closed[1].adopted:
            return ("no-longer-agreed" if closed[0].opened.document == self.document else "adopted-elsewhere"), name
        return "not-adopted", name

    def first(self, texts: Texts) -> str:
        """A text in the first language of the workspace that has it."""
        return next((texts[code] for code in self.library.workspace.all_languages if code in texts), "")

    def report(
        self, rows: tuple[Row, ...], asked: Circulation | None, head: Head, at: dt.datetime, causes: tuple[Cause, ...]
    ) -> Report:
        """The rows with everything beside them."""
        opened_ = asked.opened if asked else None
        here = {name: fact for name, fact in self.history.releases.items() if fact.subject == rows[-1].current}
        standing = [one for one in here if self.fates[one].standing == "in-force"]
        gone = [one for one, fact in here.items() if self.fates[one].withdrawn and not self.fates[one].successor]
        left = [one for one, fact in here.items() if not fact.provisionally and self.fates[one].successor]
        after = {one: followed_by(one, self.fates) for one in left}
        nowhere = [one for one in left if not leads_to(one, self.fates)]
        others = tuple(unlike(self.library, self.history, at))
        return Report(
            document=opened_.document if opened_ else rows[-1].id,
            title=rows[-1].title,
            titles=rows[-1].titles,
            at=at,
            zone=self.library.workspace.time_zone,
            circulation=opened_.circulation if opened_ else "",
            rule=str(self.rule),
            deadline=opened_.deadline if opened_ else None,
            closed=bool(asked and asked.closed),
            called_off=asked.closed.reason if asked and asked.closed and asked.closed.called_off else "",
            columns=self._columns(asked, today(at, self.library.workspace.time_zone)),
            rows=rows,
            missing={member: tuple(map(str, some)) for member, some in undecided(self.history, asked).items()}
            if asked and not asked.closed
            else {},
            unrecorded=unrecorded(self.history, asked) if asked and not asked.closed else {},
            blank=blank(self.history, asked) if asked and not asked.closed else {},
            untold=untold(asked, electorate(asked)) if asked and not asked.closed else (),
            took_back=took_back(self.history, asked) if asked and not asked.closed else {},
            silence=silence(self.history, asked, at) if asked else {},
            gone=self._gone(asked, today(at, self.library.workspace.time_zone)) if asked and not asked.closed else (),
            members=tuple(line for *_, line in others),
            unlike={member: how for member, how, _ in others},
            said=said_on(self.history, [row.current for row in rows if row.current], asked),
            causes=causes,
            head=head,
            released=tuple(one for one in standing if not here[one].provisionally),
            early=tuple(one for one in standing if here[one].provisionally),  # nothing is settled by it
            refused=tuple(one for one in standing if refused_in(self.history, here[one])),
            stranded={one: what for one, what in after.items() if one in nowhere},
            withdrawn=tuple(gone),
            elsewhere={one: what for one, what in after.items() if not standing and one not in nowhere},
        )

    def _gone(self, asked: Circulation, day: dt.date) -> tuple[str, ...]:
        """The members that count in the circulation as far as the register knows, and have left by the files."""
        known = {member: self.library.institutions.get(member) for member in electorate(asked)}
        return tuple(member for member, one in known.items() if one and one.status_on(day) is Status.LEFT)

    def _columns(self, asked: Circulation | None, day: dt.date) -> tuple[Column, ...]:
        language = self.library.workspace.all_languages[0]
        codes = Counter(one.country for one in self.library.institutions.values())
        made = []
        for member in (*self.members.active, *self.members.invited):
            found = self.library.institutions.get(member)
            name = found.until(day).name(language, None) if found else None
            code = found.country if found and codes[found.country] == 1 else member
            made.append(
                Column(
                    id=member,
                    code=code,
                    name=name.name if name else member,
                    invited=member in self.members.invited,
                    left=asked is not None and member in asked.left,
                )
            )
        return tuple(made)


def _changes(before: Texts, after: Texts) -> Changes:
    codes = dict.fromkeys((*before, *after))
    from paraph.markup.diff import diff

    found = {code: diff(before.get(code, ""), after.get(code, "")) for code in codes}
    return {code: changes for code, changes in found.items() if len(changes) > 1}
