"""A YAML file changed in one place, every other byte as it was: comments, quotes, order, line ends.

`replace` replaces or adds whole lines: an entry of a mapping, or an item of a list, in block style; `reworded` changes
the words of one text, wherever it stands, and `worded` adds it where there is none. Files come here after
`paraph.library.written.reader` has read them without fault, so that aliases and the like cannot be in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from paraph.errors import UsageError
from paraph.model.finding import KeyPath

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
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
    """`text` with several entries or items replaced or added as `replace` does, none of which is within another."""
    lines = _LINE.findall(text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    root = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
    places = [(*_place(root, path, lines), block) for path, block in blocks.items()]
    for first, last, column, block in sorted(places, key=lambda place: place[0], reverse=True):
        if first == last and first and not lines[first - 1].endswith("\n"):
            lines[first - 1] += end
        lines[first:last] = [f"{' ' * column}{line}".rstrip(" ") + end for line in block.rstrip("\n").split("\n")]
    return "".join(lines)


def reworded(text: str, path: KeyPath, words: str) -> str:
    """`text` with the value at `path`, a text, saying `words`; how it is written (|-, quotes, braces around it) stays.

    Raises KeyError where there is no text at `path`.
    """
    mark = text[: text.startswith("\ufeff")]
    node = _node(text, path)
    text = text.removeprefix("\ufeff")
    if not isinstance(node, yaml.ScalarNode):
        raise KeyError(path)
    start, end = node.start_mark.index, node.end_mark.index
    if node.style not in ("|", ">"):
        made = scalar(words) if node.style is None else _quoted(words)
        return f"{mark}{text[:start]}{made}{text[end:]}"
    header, _, body = text[start:end].partition("\n")
    indent = re.search(r"^ *(?=[^ \r\n])", body, re.MULTILINE)
    after = body[len(body.rstrip(" \r\n")) :]
    line_end = "\r\n" if header.endswith("\r") else "\n"
    lines = [f"{indent[0] if indent else '  '}{line}" if line else "" for line in words.split("\n")]
    return f"{mark}{text[:start]}{header.replace('>', '|', 1)}\n{line_end.join(lines)}{after}{text[end:]}"


def worded(text: str, path: KeyPath, words: str) -> str:
    """`text` with the value at `path` saying `words`: as `reworded`, or in a new entry of its mapping, however written.

    Raises KeyError where there is no mapping to stand in.
    """
    try:
        return reworded(text, path, words)
    except KeyError:
        parent = _node(text, path[:-1])
        if not isinstance(parent, yaml.MappingNode):
            raise
        key = str(path[-1])
        if not parent.flow_style:
            block = block_text(key, words) if "\n" in words else [f"{key}: {scalar(words)}"]
            return replace(text, path, "\n".join(block))
        after = len(text[: text.startswith("\ufeff")])
        after += parent.value[-1][1].end_mark.index if parent.value else parent.start_mark.index + 1
        comma = ", " if parent.value else ""
        return f"{text[:after]}{comma}{key}: {scalar(words)}{text[after:]}"


def comments(text: str, paths: Iterable[KeyPath]) -> dict[KeyPath, list[str]]:
    """The comments inside the entries at `paths`, which a replacement would lose."""
    lines = _LINE.findall(text)
    root = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
    places = {path: _place(root, path, lines) for path in paths}
    return {path: _comments("".join(lines[first:last])) for path, (first, last, _) in places.items()}


def _comments(part: str) -> list[str]:
    if "#" not in part:
        return []
    found, at = [], 0
    for token in yaml.scan(part, Loader=yaml.SafeLoader):
        gap = part[at : token.start_mark.index]
        found += re.findall(r"#[^\r\n]*", gap) if at <= token.start_mark.index else []
        at = max(at, token.end_mark.index)
    return found


def _node(text: str, path: KeyPath) -> Any:
    """What stands at `path`. Raises KeyError where nothing does."""
    node = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
    for step in path:
        entry = None if isinstance(node, yaml.ScalarNode) else _entry(node, step)
        if entry is None:
            raise KeyError(path)
        node = entry[1]
    return node


def _place(root: Any, path: KeyPath, lines: list[str]) -> tuple[int, int, int]:
    """First line, line after the last, and column of the entry at `path`; where there is none, of its place."""
    node, first, column = root, 0, 0
    if node is None:  # nothing but comments
        return len(lines), len(lines), 0
    for depth, step in enumerate(path):
        if node.flow_style:
            where = "".join(f" {one}:" for one in path[:depth])
            raise UsageError(
                f"{where.strip()} is written in brackets", "Write it line by line, each key on its own line."
            )
        column = node.start_mark.column if depth else 0
        entry = _entry(node, step)
        if entry is None:
            after = _end(node, lines, column - 1 if depth else -1)
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
    """The line after the last of `node`: blank lines, and comments no deeper than its key, belong to what follows."""
    mark = node.end_mark
    after = int(mark.line) + (1 if mark.column and lines[mark.line : mark.line + 1] else 0)
    if mark.column and _is_next(node, mark, lines):
        after = int(mark.line)
    while after > node.start_mark.line + 1:
        line = lines[after - 1]
        bare = line.strip()
        if bare and not (bare.startswith("#") and len(line) - len(line.lstrip(" ")) <= max(column, 0)):
            break
        after -= 1
    return min(after, len(lines))


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
    """A text below its key, after |-: as clauses are written. `text` is canonical."""
    return [f"{key}: |-", *(f"  {line}" if line else "" for line in text.split("\n"))]
