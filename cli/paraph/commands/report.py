"""Findings on the terminal, by file and line, in the form that editors make clickable; legible without colour."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paraph.commands import colour
from paraph.errors import FindingsError, ParaphError, RefusedError
from paraph.model.finding import Finding, Severity

if TYPE_CHECKING:
    from paraph.workflow.releases.announce import Finished
    from paraph.workflow.releases.corrections import Told

_MOVING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal or turns its words: a server's answer or a file's name may hold it."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def _say(line: str, *, err: bool = True) -> None:
    click.echo(line, err=err, color=colour())


def print_findings(findings: Sequence[Finding], names: Mapping[str, str] | None = None, *, err: bool = True) -> None:
    """Print findings, with a count at the end; under the name of its file, where `names` has one.

    To standard error, as what stands in the way of something else; where they are what was asked for, `err` is False.
    """
    last, say = "", partial(_say, err=err)
    for finding in sorted(findings):
        if names and finding.file != last:
            last = finding.file
            say(click.style(_tame(names.get(last, last)), bold=True, underline=True))
        place = _tame(f"{finding.file}:{finding.line}:{finding.column}" if finding.line else finding.file)
        severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
        say(f"{click.style(place, bold=True)}: {severity}: {_tame(finding.message)} [{finding.rule}]")
        if finding.advice:
            say(f"    {_tame(finding.advice)}")
    say(summary(findings))


def summary(findings: Sequence[Finding]) -> str:
    """ "2 errors, 1 warning", or "nothing found"."""
    counts = [(severity, sum(f.severity is severity for f in findings)) for severity in Severity]
    said = [f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count]
    return ", ".join(said) or "nothing found"


def as_json(findings: Sequence[Finding]) -> str:
    """The findings as a JSON array, sorted by place."""
    return json.dumps([asdict(finding) for finding in sorted(findings)], ensure_ascii=False, indent=2)


def show_error(error: ParaphError) -> None:
    """An exception as its user should read it: what happened, then what to do."""
    if isinstance(error, FindingsError):
        print_findings(error.findings)
        if error.advice:
            _say(_tame(error.advice))
        return
    _say(click.style("error: ", fg="red", bold=True) + _tame(error.message))
    for cause in error.causes if isinstance(error, RefusedError) else ():
        _say(f"  - {_tame(cause)}")
    if error.advice:
        _say(_tame(error.advice))


def show_notice(told: Told) -> None:
    """Where the notice of a withdrawal or a correction lies, or why there is none."""
    if told.problem:
        again = "and “paraph publish” or the next release or withdrawal will try again"
        _say(_tame(f"the notice of {', '.join(told.due)} could not be made, {again}: {told.problem}"))
    elif told.notice:
        click.echo(f"Its notice, to be sent on: {_several(told.notice)}")
    for reference, files in told.others.items():
        click.echo(f"The last notice of {reference} holds no more; the new one, to be sent on: {_several(files)}")
    for reference in told.elsewhere:
        _say(f"the notice of {reference} is on record, its folder not here: “paraph rebuild {reference}” makes both")


def show_finished(done: Finished) -> None:
    """The notices that were on record and not in their place, since a run was cut off."""
    for reference, files in done.written.items():
        click.echo(f"The notice of {reference}, which was not written then, to be sent on: {_several(files)}")
    for reference, problem in done.problems.items():
        _say(_tame(f"the notice of {reference} is on record, and could not be written: {problem}"))


def _several(files: Sequence[Path]) -> str:
    """Files of one notice: “4 files in releases/A-1/notice, A-1-corrected.*”."""
    from paraph.commands.arguments import near

    called = files[0].name.rsplit(".", 2)[0]
    return f"{len(files)} files in {near(files[0].parent)}, {called}.*"


def show_members(noted: Sequence[str]) -> None:
    """What a command noted of the members, before all that it did."""
    for line in noted:
        click.echo(f"noted of {_tame(line)}")


def _tame(text: str) -> str:
    return _MOVING.sub("\ufffd", text)
