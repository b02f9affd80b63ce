"""What a person wrote wrongly, as a value with its place in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

KeyPath = tuple[str | int, ...]
"""A place inside a YAML file: keys and list positions from the root, for example ("text", "fr")."""


class Severity(StrEnum):
    """How far a finding reaches: an error stops a build, a warning is shown, a note is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Finding:
    """One mistake: where it is, what it is, and what to do about it.

    `file` is relative to the workspace, with forward slashes; `line` and `column` count from 1 (0: the file as a
    whole). `rule` is a stable id in kebab case, listed in docs/findings.md.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    advice: str = ""
    severity: Severity = Severity.ERROR


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of `findings` that stop a build."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The file that a value was read from, and the line and column of everything in it.

    `marks` maps a key path to (line, column), both from 1, of the key or list item there. `text_lines` maps the
    path of a block scalar to the file line of its first line of text (blank lines before it left aside, as in its
    canonical form), so that a fault inside a long text is named by its own line. `raw` is the file as it was read
    (empty where it could not be, or lies in no workspace).
    """

    file: str
    raw: bytes = field(default=b"", repr=False, compare=False)
    marks: Mapping[KeyPath, tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)
    text_lines: Mapping[KeyPath, int] = field(default_factory=dict, repr=False, compare=False)

    def place(self, path: KeyPath = (), text_line: int | None = None) -> tuple[int, int]:
        """Line and column of `path`, or of the nearest parent that has one, or of a line (from 0) of its text."""
        if text_line is not None and path in self.text_lines:
            return self.text_lines[path] + text_line, 1
        for end in range(len(path), -1, -1):
            if path[:end] in self.marks:
                return self.marks[path[:end]]
        return 0, 0

    def finding(
        self,
        rule: str,
        message: str,
        advice: str = "",
        *,
        at: KeyPath = (),
        text_line: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """A finding at `at` in this file."""
        line, column = self.place(at, text_line)
        return Finding(
            file=self.file, line=line, column=column, rule=rule, message=message, advice=advice, severity=severity
        )
