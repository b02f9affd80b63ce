"""YAML as people write it: mappings, lists and words, and nothing else of the language.

Read from PyYAML's event stream, never its object constructor: no aliases (a few lines can stand for gigabytes),
anchors, merges, tags or second documents, no key twice, at most 20 levels and 1 MB. A scalar is the text that stands
there: `no`, `1.10` and `2017-03-01` are strings, converted where a schema says so; only a value left empty is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any, TypeVar

import yaml

from paraph.library.written.reading import MAX_BYTES
from paraph.library.written.unquoted import begins_with, syntax_advice
from paraph.markup import character_problems
from paraph.model.finding import Finding, KeyPath, Severity, Source

MAX_DEPTH = 20

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_T = TypeVar("_T")
_IGNORED = object()
_STARTS: dict[type, Any] = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
BOM = "\ufeff"


def read(file: str, raw: bytes) -> tuple[dict[str, Any] | None, Source, tuple[Finding, ...]]:
    """The mapping in `raw`, its source (with the place of every value), and what is wrong with the file as YAML.

    None where what is wrong leaves nothing to be trusted. `file` is the workspace path that findings name.
    """
    if len(raw) > MAX_BYTES:
        size = f"the file is longer than the {MAX_BYTES:,} bytes that are allowed"
        return None, Source(file=file), (Source(file=file).finding("file-too-large", size, "Split it."),)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, Source(file=file), (_not_utf8(file, raw, error),)
    text = one_line_end(text)
    findings = []
    if text.startswith(BOM):
        text = text.removeprefix(BOM)
        message, advice = "the file begins with a byte order mark", "Save it as UTF-8 without one (“BOM”)."
        findings.append(_at(file, 1, 1, "byte-order-mark", message, advice, Severity.WARNING))
    if problems := character_problems(text):
        findings += (_at(file, one.line + 1, 1, one.rule, one.message, one.advice) for one in problems)
        return None, Source(file=file), tuple(findings)
    places = _Places(text)
    source = Source(file=file, raw=raw, marks=_View(places, 0), text_lines=_View(places, 1))
    builder = _Builder(file)
    try:
        value = builder.build(text)
    except yaml.YAMLError as error:
        wrong = _syntax(file, text, error)
        if builder.spoilt and builder.findings[-1].line == wrong.line:
            return None, source, (*findings, *builder.findings)
        return None, source, (*findings, *builder.findings, wrong)
    findings += builder.findings
    if not builder.spoilt and " #" in text and file.startswith("statements/") and file.count("/") > 1:
        findings += _cut_short(file, text)
    if "\\" in text:
        findings += _escaped(source, value, ())
    if builder.spoilt:
        return None, source, tuple(findings)
    if value is None:
        return None, source, (*findings, source.finding("file-empty", "the file is empty", "Write it or delete it."))
    if not isinstance(value, dict):
        advice = "Begin it with a key and a colon, such as “id: …”."
        return None, source, (*findings, source.finding("not-a-mapping", "the file holds no keys", advice))
    return value, source, tuple(findings)


def one_line_end(text: str) -> str:
    """A text with its line ends as they are parsed, however they are written."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _at(
    file: str, line: int, column: int, rule: str, message: str, advice: str, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(file=file, line=line, column=column, rule=rule, message=message, advice=advice, severity=severity)


def _not_utf8(file: str, raw: bytes, error: UnicodeDecodeError) -> Finding:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _at(file, 1, 1, "not-utf8", "the file is saved as UTF-16", "Save it as UTF-8.")
    before = raw[: error.start]
    line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
    message = f"byte {raw[error.start]:#04x} is no UTF-8"
    return _at(file, line, column, "not-utf8", message, "Save the file as UTF-8 (not Windows-1252 or Latin-1).")


def _syntax(file: str, text: str, error: yaml.YAMLError) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).splitlines()[0]
    if mark is None:
        return _at(file, 0, 0, "yaml-syntax", f"this is no YAML: {problem}", syntax_advice(problem, "", 0))
    if "nesting depth" in problem:  # PyYAML from 6.0.4 stops by itself, before it gives the events of a long line
        return _too_deep(file, mark)
    line = "".join(text.split("\n")[mark.line : mark.line + 1])
    advice = syntax_advice(problem, line, mark.column)
    if "unexpected end of stream" in problem:  # what is wrong stands where it was opened
        mark = getattr(error, "context_mark", None) or mark
    return _at(file, mark.line + 1, mark.column + 1, "yaml-syntax", f"this is no YAML: {problem}", advice)


def _too_deep(file: str, mark: Any) -> Finding:
    message, advice = f"more than {MAX_DEPTH} levels", "Nothing here nests so deep."
    return _at(file, mark.line + 1, mark.column + 1, "too-deep", message, advice)


def _cut_short(file: str, text: str) -> Iterator[Finding]:
    """Texts without quotes that a number sign ends: to YAML the rest of the line is a comment, and nobody prints it."""
    lines = text.split("\n")
    event: Any
    for event in yaml.parse(text, Loader=LOADER):
        if type(event) is yaml.ScalarEvent and not event.style and " " in event.value:
            end: Any = event.end_mark
            if lines[end.line : end.line + 1] and lines[end.line][end.column :].lstrip().startswith("#"):
                message = "what follows # on this line is a comment, and is not printed"
                advice = "Put the text in quotes, or below its key after |-; put a comment on a line of its own."
                yield _at(file, end.line + 1, end.column + 1, "text-cut-short", message, advice, Severity.WARNING)


def _escaped(source: Source, value: Any, path: KeyPath) -> Iterator[Finding]:
    """Characters that no text may hold, written as escapes: "\\u202e"."""
    if isinstance(value, str):
        for problem in character_problems(value):
            yield source.finding(problem.rule, problem.message, problem.advice, at=path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _escaped(source, key, (*path, key))
            yield from _escaped(source, item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _escaped(source, item, (*path, position))


class _Builder:
    """Builds values from events. With `marks` it also records where each stands: its key, or its place in a list."""

    def __init__(
        self,
        file: str,
        marks: dict[KeyPath, tuple[int, int]] | None = None,
        text_lines: dict[KeyPath, int] | None = None,
    ) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.spoilt = False
        self._marks = marks
        self._text_lines = text_lines
        self._frames: list[list[Any]] = []  # [container, key waiting for its value or None, path of the container]
        self._root: Any = None

    def build(self, text: str) -> Any:
        documents = 0
        event: Any
        for event in yaml.parse(text, Loader=LOADER):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._refuse_extras(event)
                self._add(event.value if event.value or event.style else None, event)
            elif kind in _STARTS:
                self._refuse_extras(event)
                container = _STARTS[kind]()
                path = self._add(container, event)
                self._frames.append([container, None, path])
                if len(self._frames) > MAX_DEPTH:
                    self.spoilt = True
                    self.findings.append(_too_deep(self.file, event.start_mark))
                    return self._root
            elif kind in _ENDS:
                self._frames.pop()
            elif kind is yaml.AliasEvent:
                self._spoil("yaml-alias", f"*{event.anchor} is an alias", begins_with("*"), event)
                self._add("", event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._spoil("yaml-documents", "a second document begins here", "Give it its own file.", event)
                    return self._root
        return self._root

    def _add(self, value: Any, event: Any) -> KeyPath:
        """Put `value` where it belongs; its path."""
        if not self._frames:
            self._root = value
            return ()
        frame = self._frames[-1]
        container, key, above = frame
        if isinstance(container, list):
            path = (*above, len(container))
            self._mark(path, event)
            container.append(value)
            return path
        if key is None:
            frame[1] = self._key(container, value, event, above)
            return ()
        frame[1] = None
        if key is _IGNORED:
            return ()
        container[key] = value
        path = (*above, key)
        if self._text_lines is not None and getattr(event, "style", None) == "|":
            self._text_lines[path] = event.start_mark.line + 2 + _blank_lines(value)
        return path

    def _key(self, container: dict[str, Any], value: Any, event: Any, above: KeyPath) -> Any:
        if isinstance(value, dict | list):
            self._spoil("yaml-key", "a key must be a word", "Put a word before the colon; put braces in quotes.", event)
            return _IGNORED
        key = value or ""
        if key == "<<" and not event.style:
            self._spoil("yaml-merge", "<< is a merge", "Write the keys out again here.", event)
            return _IGNORED
        if key in container:
            self._problem("duplicate-key", f"“{key}” stands here a second time", "Delete one of them.", event)
            return _IGNORED
        container[key] = None
        self._mark((*above, key), event)
        return key

    def _mark(self, path: KeyPath, event: Any) -> None:
        if self._marks is not None:
            self._marks.setdefault(path, (event.start_mark.line + 1, event.start_mark.column + 1))

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._spoil("yaml-anchor", f"&{event.anchor} is an anchor", begins_with("&"), event)
        if event.tag is not None:
            self._spoil("yaml-tag", f"{event.tag} is a tag", begins_with("!"), event)

    def _spoil(self, rule: str, message: str, advice: str, event: Any) -> None:
        self.spoilt = True
        self._problem(rule, message, advice, event)

    def _problem(self, rule: str, message: str, advice: str, event: Any) -> None:
        mark = event.start_mark
        self.findings.append(_at(self.file, mark.line + 1, mark.column + 1, rule, message, advice))


def _blank_lines(text: str) -> int:
    return next((row for row, line in enumerate(text.split("\n")) if line.strip()), 0)


class _Places:
    """Where everything stands, read from the text a second time, and only when somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def both(self) -> tuple[dict[KeyPath, tuple[int, int]], dict[KeyPath, int]]:
        marks: dict[KeyPath, tuple[int, int]] = {(): (1, 1)}
        text_lines: dict[KeyPath, int] = {}
        with suppress(yaml.YAMLError):  # what stands before the fault has its place
            _Builder("", marks, text_lines).build(self._text)
        return marks, text_lines


class _View(Mapping[KeyPath, _T]):
    """One half of `_Places` as a mapping."""

    def __init__(self, places: _Places, which: int) -> None:
        self._places = places
        self._which = which

    def _found(self) -> Mapping[KeyPath, _T]:
        found: Any = self._places.both[self._which]
        return found  # type: ignore[no-any-return]

    def __getitem__(self, path: KeyPath) -> _T:
        return self._found()[path]

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())
