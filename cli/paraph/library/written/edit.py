"""A YAML file changed in one place, every other byte as it was: comments, quotes, order, line ends.

`replace` replaces or adds whole lines: an entry of a mapping, or an item of a list, in block style; `reworded` changes
the words of one text, wherever it stands, and `worded` adds it where there is none. Files come here after
`paraph.library.written.reader` has read them without fault, so that aliases and the like cannot be in them, and are
parsed as it parses them: what it reads, can be changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any

import yaml

from paraph.errors import UsageError
from paraph.library.written.reader import BOM, LOADER, one_line_end, read
from paraph.markup import canonical
from paraph.model.finding import KeyPath, errors

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_HEADER = re.compile(r"[|>]([-+]?)[1-9]?([-+]?)")
_REMARK = re.compile(r"#[^\r\n]*")
_EASY = re.compile(r"[^\W\d_][\w ’«»…()/.;—–-]*", re.UNICODE)
_ESCAPED = re.compile(r"\\(?:\\|U([0-9A-F]{8}))")
"""What PyYAML writes of a backslash, and of a character beyond the first plane, which it might write as it is."""
_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")


def replace(text: str, path: KeyPath, block: str) -> str:
    """`text` with the entry or item at `path` (its key or dash included) given by `block`: lines without indentation.

    Where there is none, it is added: a key at the end of its mapping, which is made where it is missing, after the
    keys before it in `path`'s parent; an item at the end of its list. Raises UsageError where the mapping or list is
    written in braces or brackets.
    """
    return replaced(text, {path: block})


def replaced(text: str, blocks: Mapping[KeyPath, str]) -> str:
    """`text` with several entries or items replaced or added as `replace` does, none of which is within another.

    The remarks within what is replaced stay, above it.
    """
    its = _Text(text)
    places = [(*_place(its, path), block) for path, block in blocks.items()]
    for first, last, column, block in sorted(places, key=lambda place: place[0], reverse=True):
        rows = [*its.remarks(first, last), *block.rstrip("\n").split("\n")]
        if first == last and first and not its.lines[first - 1].endswith(("\r", "\n")):
            its.lines[first - 1] += its.end
        its.lines[first:last] = [f"{' ' * column}{row}".rstrip(" ") + its.end for row in rows]
    return its.bom + "".join(its.lines)


def reworded(text: str, path: KeyPath, words: str) -> str:
    """`text` with the value at `path`, a text, saying `words`; how it is written (|-, quotes, braces around it) stays.

    Raises KeyError where there is no text at `path`.
    """
    its = _Text(text)
    node = _node(its, path)
    if not isinstance(node, yaml.ScalarNode):
        raise KeyError(path)
    start, end = its.place(node.start_mark), its.place(node.end_mark)
    if node.style not in ("|", ">"):
        made = _quoted(words) if node.style else scalar(words)
        return f"{text[:start]}{made}{text[end:]}"
    header, *body = _LINE.findall(text[start:end])
    line_end = header[len(header.rstrip("\r\n")) :] or its.end
    first = next((line for line in body if line.strip()), "")
    line = its.lines[node.start_mark.line]
    indent = first[: len(first) - len(first.lstrip(" "))] or " " * (len(line) - len(line.lstrip(" ")) + 2)
    after = "".join(body)[len("".join(body).rstrip(" \r\n")) :].lstrip(" ")
    lines = [f"{indent}{line}" if line else "" for line in words.split("\n")]
    header = _HEADER.sub(r"|\1\2", header.rstrip("\r\n"), count=1)  # the words say how far they are indented
    return f"{text[:start]}{header}{line_end}{line_end.join(lines)}{after}{text[end:]}"


def worded(text: str, path: KeyPath, words: str) -> str:
    """`text` with the value at `path` saying `words`: as `reworded`, or in a new entry of its mapping, however written.

    Raises KeyError where there is no mapping to stand in.
    """
    try:
        return reworded(text, path, words)
    except KeyError:
        its = _Text(text)
        parent = _node(its, path[:-1])
        if not isinstance(parent, yaml.MappingNode):
            raise
        key = str(path[-1])
        if not parent.flow_style:
            block = block_text(key, words) if "\n" in words else [f"{key}: {scalar(words)}"]
            return replace(text, path, "\n".join(block))
        after = its.place(parent.value[-1][1].end_mark) if parent.value else its.place(parent.start_mark) + 1
        comma = ", " if parent.value else ""
        return f"{text[:after]}{comma}{key}: {scalar(words)}{text[after:]}"


def says_only(file: str, before: str, after: str, new: Mapping[KeyPath, str]) -> bool:
    """Whether a file reads after a change as it did `before`, but for the texts `new`; how they end does not count."""
    expected, found = read(file, before.encode("utf-8"))[0], read(file, after.encode("utf-8"))
    for path, words in new.items():
        expected = _with(expected, path, words)
    return not errors(found[2]) and _plain(found[0]) == _plain(expected)


def _with(values: Any, path: KeyPath, new: str) -> Any:
    """`values` with `new` at `path`; nothing is changed in place."""
    if not path:
        return new
    head, rest = path[0], path[1:]
    copy = list(values) if isinstance(values, list) else dict(values or {})
    copy[head] = _with(copy[head] if rest else None, rest, new)  # type: ignore[index]  # a list has positions
    return copy


def _plain(values: Any) -> Any:
    """Texts in their canonical form, as they are read."""
    if isinstance(values, dict):
        return {key: _plain(value) for key, value in values.items()}
    if isinstance(values, list):
        return [_plain(value) for value in values]
    return canonical(values) if isinstance(values, str) else values


class _Text:
    """A text with its nodes as the reader parses it, and its lines, each with the line end that it has."""

    def __init__(self, text: str) -> None:
        self.bom = text[: text.startswith(BOM)]
        self.lines: list[str] = _LINE.findall(text, len(self.bom))
        ends = Counter(line[len(line.rstrip("\r\n")) :] for line in self.lines)
        self.end = max(ends, key=lambda end: (end != "", ends[end]), default="") or "\n"  # which it has most often
        self._starts = [*accumulate(map(len, self.lines), initial=len(self.bom))]
        self._parsed = one_line_end(text.removeprefix(BOM))
        if not self._parsed.endswith("\n"):  # else libyaml counts a line more
            self._parsed += "\n"
        self.root: Any = yaml.compose(self._parsed, Loader=LOADER)

    def place(self, mark: Any) -> int:
        """Where in the text a mark is."""
        line, column = int(mark.line), int(mark.column)
        return min(self._starts[min(line, len(self.lines))] + column, self._starts[-1])

    def remarks(self, first: int, last: int) -> list[str]:
        """The comments in the lines from `first` on, before `last`."""
        return [remark for line, remark in self._remarks if first <= line < last]

    @cached_property
    def _remarks(self) -> list[tuple[int, str]]:
        return list(self._found()) if "#" in self._parsed else []

    def _found(self) -> Iterator[tuple[int, str]]:
        """The comments, each with its line: what stands behind # between the values, and behind the | of a text."""
        at = line = counted = 0
        event: Any
        for event in yaml.parse(self._parsed, Loader=LOADER):
            start, end = event.start_mark, event.end_mark
            for match in _REMARK.finditer(self._parsed, at, max(at, start.index)):
                line += self._parsed.count("\n", counted, match.start())
                counted = match.start()
                yield line, match[0]
            at = max(at, end.index)
            if getattr(event, "style", None) in ("|", ">"):
                header = self._parsed[start.index : end.index].partition("\n")[0]
                yield from ((int(start.line), remark) for remark in _REMARK.findall(header))


def _node(text: _Text, path: KeyPath) -> Any:
    """What stands at `path`. Raises KeyError where nothing does."""
    node = text.root
    for step in path:
        entry = None if isinstance(node, yaml.ScalarNode) else _entry(node, step)
        if entry is None:
            raise KeyError(path)
        node = entry[1]
    return node


def _place(text: _Text, path: KeyPath) -> tuple[int, int, int]:
    """First line, line after the last, and column of the entry at `path`; where there is none, of its place."""
    node, first, column, lines = text.root, 0, 0, text.lines
    if node is None:  # nothing but comments
        return len(lines), len(lines), 0
    for depth, step in enumerate(path):
        if node.flow_style:
            where = " ".join(f"{one}:" for one in path[:depth]) or "the file"
            message = f"line {node.start_mark.line + 1}: {where} is written in brackets"
            raise UsageError(message, "Write it line by line, each key on its own line.")
        column = node.start_mark.column
        entry = _entry(node, step)
        if entry is None:
            after = _end(node, lines, column - 1)
            return after, after, column
        first, node = entry
        empty = depth + 1 < len(path) and (
            isinstance(node, yaml.ScalarNode) or (node.flow_style and not node.value and step != path[-1])
        )
        if empty:
            return first, _end(node, lines, column), column
    return first, _end(node, lines, column), column


def _entry(node: Any, step: str | int) -> tuple[int, Any] | None:
    """The line on which the entry begins, and its value."""
    if isinstance(node, yaml.SequenceNode):
        if isinstance(step, int) and step < len(node.value):
            return node.value[step].start_mark.line, node.value[step]
        return None
    return next(((key.start_mark.line, value) for key, value in node.value if key.value == step), None)


def _end(node: Any, lines: list[str], column: int) -> int:
    """The line after the last of `node`, whose key stands in `column`, and of the comments below that are deeper."""
    mark = node.end_mark
    after = int(mark.line) + (1 if mark.column and lines[mark.line : mark.line + 1] else 0)
    if mark.column and _is_next(node, mark, lines):
        after = int(mark.line)
    while after > node.start_mark.line + 1 and _is_apart(lines[after - 1], column):
        after -= 1
    after = here = min(after, len(lines))
    while here < len(lines) and (not (bare := lines[here].strip()) or bare.startswith("#")):
        here += 1
        if not _is_apart(lines[here - 1], column):
            after = here
    return after


def _is_apart(line: str, column: int) -> bool:
    """Whether a line is blank, or a comment no deeper than `column`."""
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip(" ")) <= max(column, 0))


def _is_next(node: Any, mark: Any, lines: list[str]) -> bool:
    """Whether `mark`, the end of `node`, is on the line of what follows, where YAML ends blocks and long texts."""
    block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    folded = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return (block or folded) and not lines[mark.line][: mark.column].strip()


def scalar(text: str) -> str:
    """A text as one line of YAML: bare where that is safe, else in double quotes."""
    if _EASY.fullmatch(text) and text.lower() not in _WORDS and not text.endswith(" "):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    made = str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)).strip()
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[0], made)


def block_text(key: str, text: str) -> list[str]:
    """A text below its key, after |-: as clauses are written; in quotes where it begins with a space."""
    if text.lstrip("\n").startswith(" "):
        return [f"{key}: {_quoted(text)}"]
    return [f"{key}: |-", *(f"  {line}" if line else "" for line in text.split("\n"))]
