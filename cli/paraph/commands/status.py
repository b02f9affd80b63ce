"""paraph status."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paraph.commands import colour
from paraph.commands.arguments import complete_documents, near
from paraph.commands.status_matrix import matrix
from paraph.errors import UsageError

if TYPE_CHECKING:
    from paraph.workflow.status.report import Changes, Overview, Report

_SILENCES = {
    "consent": "at the deadline, silence is consent",
    "untold": "no notice on record in time: its silence means nothing",
    "untold-yet": "no notice on record yet: without one in time, its silence means nothing",
    "amended": "it asked for other words, and is not silent",
    "unsettled": "it answered what is not recorded, and is not silent",
    "took-back": "it took back what it had decided, and is not silent",
    "spoke": "it spoke in another circulation, and is not silent",
    "broken": "another member’s word breaks the silence: as long as it stands, this one’s is no consent",
}
"""What the silence of a member will mean, under a rule of silence (`paraph.workflow.approvals.silence`)."""
_LATE = {
    "Objected too late to count": "late-objection",
    "Reserved too late to count": "late-reservation",
    "Abstained too late to count": "late-abstention",
    "Objected before the deadline, recorded after the close": "found-objection",
    "Answered, not recorded": "unsettled",
    "Answered too late, not recorded": "late-answer",
    "Spoke against an earlier version since": "earlier-version",
    "Taken back since": "signs-without",
}
"""What nothing counts with, by the cause that says of whom."""


@click.command()
@click.argument("reference", default="", shell_complete=complete_documents)
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write it as a page to send on.")
@click.option("--xlsx", type=click.Path(path_type=Path), metavar="FILE", help="Write it as a workbook to send on.")
@click.option("-l", "--language", default="", help="The language of the page or workbook.")
@click.pass_obj
def command(folder: Path, reference: str, json_: bool, html: Path | None, xlsx: Path | None, language: str) -> int:
    """Show who stands where on what, and what is missing.

    REFERENCE is a document, as its files are now, or a circulation (c1), with the versions that it put to the members.
    Without one, all circulations are listed.
    """
    from paraph.workflow.approvals.references import is_circulation
    from paraph.workflow.desk import documents_of, workspace
    from paraph.workflow.status.matrix import of_circulation, of_document, overview
    from paraph.workflow.status.report import as_json
    from paraph.workflow.times import now

    root, at = workspace(folder), now()
    if not reference and (html or xlsx):
        raise UsageError("a page is about one document or circulation", "Name it: paraph status DOC --html FILE.")
    if not reference:
        every = overview(root)
        click.echo(as_json(every) if json_ else "\n".join(_list(every, at)))
        return 0
    if is_circulation(reference):
        report = of_circulation(root, reference, at)
    else:
        (document,) = documents_of(root, (reference,))
        report = of_document(root, document, at)
    if html or xlsx:
        from paraph.workflow.status.files import write_files

        for path in write_files(root, report, html, xlsx, language):
            click.echo(near(path), err=json_)
        if not json_:
            return 0
    click.echo(as_json(report) if json_ else "\n".join(_lines(report)), color=colour())
    return 0


def _list(every: Overview, at: dt.datetime) -> Iterator[str]:
    from paraph.workflow.times import left, shown

    if every.absent:  # another one may be meant: a name mistyped in paraph.yml, a file that was lost
        yield f"{every.absent[:1].upper()}{every.absent[1:]}: “paraph circulate DOCUMENT --until …” begins one."
    elif not every.circulations:
        yield "Nothing was ever put to the members: “paraph circulate DOCUMENT --until …” begins."
    for one in every.circulations:
        fact = one.opened
        state = f"open, {left(fact.deadline, at)} left"
        if one.closed and one.closed.called_off:
            state = f"called off: {one.closed.reason}"
        elif one.closed:
            adopted = sum(tally.adopted for tally in one.closed.tallies)
            state = f"closed, {adopted} of {len(fact.subjects)} adopted"
        what = f"{fact.rule}, until {shown(fact.deadline, fact.zone)}"
        yield f"{fact.circulation:<5} {fact.document}  {what}: {state}"
    yield from every.unknown
    if every.head.number:
        yield f"register {every.head}"


def _lines(report: Report) -> Iterator[str]:
    yield from _folded(_top(report))
    yield ""
    yield from matrix(report)
    yield from _folded(chain(_changes(report), _beside(report), _missing(report), _released(report), _ready(report)))
    if report.head.number:
        yield f"register {report.head}"


def _top(report: Report) -> Iterator[str]:
    from paraph.workflow.times import left, shown

    yield click.style(report.title, bold=True) + f" ({report.document})"
    if not report.circulation or report.deadline is None:
        yield f"never put to the members; its rule is {report.rule}"
        return
    until = f"until {shown(report.deadline, report.zone)}"
    if report.called_off:
        state = f"called off: {report.called_off}"
    elif report.closed:
        state = "closed"
    else:
        remaining = left(report.deadline, report.at)
        state = "the deadline is over: “paraph close”" if remaining == "over" else f"{remaining} left"
    yield f"{report.circulation}: {report.rule}, {until}, {state}"


def _folded(lines: Iterable[str]) -> Iterator[str]:
    """Lines as wide as the terminal; what goes on stands further in. A colour goes on, too."""
    width = shutil.get_terminal_size((80, 24)).columns
    for line in lines:
        body = line.lstrip(" ")
        row = lead = line[: len(line) - len(body)]
        for word in body.split(" "):
            longer = f"{row} {word}" if row.strip() else f"{row}{word}"
            if row.strip() and len(click.unstyle(longer)) > width:
                yield row
                longer = f"{lead}  {word}"
            row = longer
        yield row


def _changes(report: Report) -> Iterator[str]:
    """Of each text that changed: what, and who stood where on which version."""
    for row in report.rows:
        lapsed = {member: one for member, one in row.stands.items() if one.lapsed}
        if not row.lapses and not lapsed:
            continue
        yield ""
        since = f" since @{row.last}" if row.current is None else ""
        yield click.style(f"{row.id} has changed{since}", bold=True)
        yield from _marked(row.lapses)
        by_stand: dict[tuple[int, str], list[str]] = {}
        for member, one in lapsed.items():
            by_stand.setdefault((one.version, str(one.state)), []).append(member)
        for version, stands in groupby(sorted(by_stand, key=lambda one: -one[0]), key=lambda one: one[0]):
            for stand in stands:
                yield f"  {stand[1]} @{version}, lapsed: {', '.join(by_stand[stand])}"
            if changes := row.since.get(version):
                yield f"  from @{version} to {f'@{row.current.version}' if row.current else 'the file'}:"
                yield from _marked(changes)


def _marked(changes: Changes) -> Iterator[str]:
    """What changed, a line a language."""
    for language, some in changes.items():
        yield f"  [{language}] {''.join(_change(one.op, one.text) for one in some)}"


def _change(op: str, text: str) -> str:
    from paraph.markup.diff import MARKS
    from paraph.model.text import Op

    before, after = MARKS[Op(op)]
    shade = {Op.DELETE: "red", Op.INSERT: "green"}.get(Op(op))
    return click.style(f"{before}{text}{after}", fg=shade)


def _beside(report: Report) -> Iterator[str]:
    from paraph.workflow.approvals.causes import named
    from paraph.workflow.approvals.said import NO_CONSENT
    from paraph.workflow.status.said import gathered
    from paraph.workflow.times import shown

    for some in gathered(report.said):
        one, events = some[0], f"event {some[0].event}"
        if len(some) > 1:
            events = f"{len(some)} events from {one.event} to {some[-1].event}"
        late = "" if one.counts or one.kind == "comment" else ", late: it counts for nothing"
        if late and one.kind == "amendment" and not one.no_silence:
            late = ", late where it was said: it counts for nothing there"
        if one.kind == "withdrawal":
            late = ", late: the tally counts what it takes back, for which the member stands no longer"
        elif late and one.kind != "amendment":
            late += "" if one.final else " until it is accepted"
        if one.no_silence:
            late = f"{late.replace('late', 'recorded after the close', 1)}; {NO_CONSENT}"
        yield ""
        when = shown(one.received, report.zone)
        subjects = named([str(each.subject) for each in some])
        yield f"{one.member}, {one.kind} on {subjects} ({when}, {events}{late}){':' if one.text else ''}"
        yield from (f"  {line}" for line in one.text.splitlines())


def _came_blank(report: Report, member: str) -> str:
    from paraph.workflow.times import shown

    if member not in report.blank:
        return ""
    return f" (its packet came back on {shown(report.blank[member], report.zone)}, and decides nothing: ask)"


def _why_missing(report: Report, member: str, subjects: Sequence[str]) -> str:
    """What to know of a member that is missing: it has left, answered elsewhere too late, or what its silence means."""
    from paraph.workflow.approvals.causes import named

    if member in report.gone:
        return " (has left, by institutions.yml: it is asked no more once “paraph register members” notes that)"
    stands = {str(row.current): row.stands[member] for row in report.rows if row.current}
    late = [one for one in subjects if one in stands and stands[one].event and not stands[one].lapsed]
    means = report.silence.get(member, {})
    if late:
        silent = f"; {_SILENCES[next(iter(means))]}" if len(means) == 1 else ""
        where = "" if len(late) == len(subjects) else f" on {named(late)}"
        what = f"answered{where} in another circulation after this deadline: record it here, then --accept-late"
        return f" ({what}{silent})"
    if not means and (back := report.took_back.get(member)):
        return f" (has taken back its approval{'' if len(back) == len(subjects) else f' of {named(back)}'})"
    if len(means) == 1:
        return f" ({_SILENCES[next(iter(means))]})"
    parts = "; ".join(f"{named(some)}: {_SILENCES[one]}" for one, some in means.items())
    return f" ({parts})" if parts else ""


def _missing(report: Report) -> Iterator[str]:
    from paraph.workflow.approvals.causes import named

    yield ""
    if report.missing:
        yield click.style("Missing", bold=True)
        for member, subjects in report.missing.items():
            whole = len(subjects) == len(report.rows)
            what = "everything" if whole else named(subjects)
            yield f"  {member}: {what}{_came_blank(report, member)}{_why_missing(report, member, subjects)}"
    if report.unrecorded:
        yield click.style("Answered, not recorded: see the packet", fg="red", bold=True)
        yield from (f"  {member}: {named(subjects)}" for member, subjects in report.unrecorded.items())
    if report.members and not report.asks:
        yield click.style("By institutions.yml, members are not what they are on record", fg="yellow", bold=True)
        yield from (f"  {line}" for line in report.members)


def _released(report: Report) -> Iterator[str]:
    """What was released of it, who stands behind that, and what became of it."""
    from paraph.workflow.approvals.causes import named

    if report.released:
        yield click.style(f"Released as {named(report.released)}", fg="green", bold=True)
        yield from _behind(report, report.released)
    if report.early:
        yield click.style(f"Provisionally released as {named(report.early)}", fg="yellow")
        yield from _behind(report, report.early)
    for one in report.withdrawn:
        yield click.style(f"{one} was withdrawn", fg="yellow")
    for one in report.refused:
        yield click.style(f"{one} is out, and was not adopted: “paraph withdraw {one} --reason …”", fg="red")
    for one, what in report.elsewhere.items():
        yield click.style(f"{one} was {what}", fg="yellow")
    for one, what in report.stranded.items():
        again = f": “paraph release {report.document} --reissue” makes a new edition" if report.now else ""
        again = again if not (report.causes or report.hinders or report.released) else ""
        yield click.style(f"{one} was {what}{again}", fg="yellow")


def _ready(report: Report) -> Iterator[str]:
    """Whether it can be released, or what stands in the way of that, and what is to be looked at first."""
    from paraph.workflow.approvals.causes import gathered

    if report.causes or report.hinders:
        yield click.style("Not ready for release", bold=True)
        yield from (f"  {sentence}" for sentence in (*gathered(report.causes), *report.hinders))
    for what, why in _LATE.items():
        if some := [one for one in report.late if one.why == why and not report.asks]:
            yield click.style(f"{what}: look at it before a release", fg="yellow")
            yield from (f"  {sentence}" for sentence in gathered(some))
    if report.asks:
        ready = "A new edition wants" if report.stranded else "Ready for release with"
        yield click.style(f"{ready} --confirm: see first whether all of this is meant", fg="yellow")
        yield from (f"  {line}" for line in report.asks)
    elif report.now and not (report.causes or report.hinders or report.released or report.stranded or report.elsewhere):
        yield click.style("Ready for release", fg="green", bold=True)


def _behind(report: Report, references: Iterable[str]) -> Iterator[str]:
    """Who stands behind releases, and what was confirmed with them."""
    for one in references:
        which = f"{one}, " if len(report.behind) > 1 else ""
        yield from (f"  {which}{what}: {said}" for what, said in report.behind[one])
