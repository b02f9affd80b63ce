"""What came in as files of the workspace: a clause a paragraph, a manifest over them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from paraph.markup import canonical, digest
from paraph.markup.write import write as markdown
from paraph.model.clause import ClauseKind
from paraph.model.text import Emphasis, Inline, Line, Strong, TermMark, Text

_LONGEST_ID = 40
_LATIN = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
"""Letters that are no letter with an accent."""
_LONGEST_TITLE = 70


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A clause to be written: its texts by language, notes for drafters, courtesy translations of the first text."""

    id: str
    kind: ClauseKind
    texts: Mapping[str, str]
    notes: str
    translations: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A section of the manifest: heading and chapeau by language, ids of clauses."""

    style: str
    heading: Mapping[str, str]
    chapeau: Mapping[str, str]
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """The manifest to be written. `remarks` become comments at its end: signatories, what nobody placed.

    `unchecked` of its languages are translations.
    """

    id: str
    form: str
    source: str
    title: Mapping[str, str]
    place: Mapping[str, str]
    date: dt.date | None
    languages: tuple[str, ...]
    unchecked: tuple[str, ...]
    sections: tuple[Section, ...]
    remarks: tuple[str, ...]


def text_of(lines: Sequence[Line]) -> tuple[str, bool]:
    """The clause text of lines, and whether emphasis had to be left out, since it stood inside words."""
    try:
        return markdown(lines), True
    except ValueError:
        bare = [Line(line.kind, _bare(line.inlines), line.level, line.ordinal) for line in lines]
        return markdown(bare), False


def _bare(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for one in inlines:
        for part in _bare(one.children) if isinstance(one, Emphasis | Strong | TermMark) else (one,):
            if isinstance(part, Text) and made and isinstance(made[-1], Text):
                made[-1] = Text(" ".join(f"{made[-1].text}{part.text}".split(" ")))
            else:
                made.append(part)
    return tuple(made)


def new_id(text: str, taken: Collection[str], base: str) -> str:
    """An id from the first long words of `text`, or from `base` where its letters are not Latin; not one of `taken`."""
    first = text.split("\n")[0].replace("’", " ").translate(_LATIN)
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if len(word) > 3 or (word.isdigit() and len(word) > 1)][
        :5
    ]
    made = ""
    for word in words:
        if len(made) + len(word) > _LONGEST_ID:
            break
        made = f"{made}-{word}".strip("-")
    made = made if len(made) > 3 else base
    if made not in taken:
        return made
    return next(f"{made}-{n}" for n in range(2, len(taken) + 3) if f"{made}-{n}" not in taken)


def clause_yaml(draft: Draft, source: str) -> str:
    """The file of a clause."""
    titles = {code: _title(text) for code, text in draft.texts.items()}
    lines = [
        f"# From {_comment(source)}: nobody has reviewed it yet.",
        f"id: {draft.id}",
        f"kind: {draft.kind}",
        "title:",
        *(f"  {code}: {quoted(title)}" for code, title in titles.items()),
        "text:",
    ]
    for code, text in draft.texts.items():
        lines += [f"  {code}: |-", *_block(text, 4)]
    source_code = next(iter(draft.texts), "")
    for number, (code, text) in enumerate(draft.translations.items()):
        lines += [*(["translations:"] if not number else []), f"  {code}:", f"    source: {source_code}"]
        lines += [f'    digest: "{digest(canonical(draft.texts[source_code]))}"', "    text: |-", *_block(text, 6)]
    lines.append(f"notes: {quoted(draft.notes)}")
    return "\n".join(lines) + "\n"


def _block(text: str, indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else "" for line in text.split("\n")]


def _title(text: str) -> str:
    first = re.sub(r"\[\^[^\]]*\]|[*_\\\[\]]|\((?:https?|mailto|term|clause):[^)]*\)", "", text.split("\n")[0]).strip()
    if len(first) <= _LONGEST_TITLE:
        return first or "…"
    return first[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def manifest_yaml(statement: Statement) -> str:
    """The file of the document."""
    lines = [
        f"# From {_comment(statement.source)}. Say who speaks (networks: or members:), and look at every section.",
        f"id: {statement.id}",
        f"form: {statement.form}",
        *_texts("title", statement.title or dict.fromkeys(statement.languages, "…")),
        *_texts("place", statement.place),
        *([f"date: {statement.date.isoformat()}"] if statement.date else []),
        "networks: []",
        f"languages: [{', '.join(statement.languages)}]",
        *([f"unchecked: [{', '.join(statement.unchecked)}]"] if statement.unchecked else []),
        "sections:",
    ]
    for number, section in enumerate(statement.sections, start=1):
        lines += [f"  - id: part-{number}", *([f"    style: {section.style}"] if section.style else [])]
        lines += [f"    {line}" for line in (*_texts("heading", section.heading), *_texts("chapeau", section.chapeau))]
        lines += ["    clauses:" if section.clauses else "    clauses: []"]
        lines += [f"      - {clause}" for clause in section.clauses]
    lines += [f"# {_comment(remark)}" for remark in statement.remarks]
    return "\n".join(lines) + "\n"


def _texts(key: str, texts: Mapping[str, str]) -> list[str]:
    return [f"{key}:", *(f"  {code}: {quoted(text)}" for code, text in texts.items())] if texts else []


def _comment(text: str) -> str:
    return " ".join(text.split())


def quoted(text: str) -> str:
    """A text as one line of YAML."""
    import yaml

    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)).strip()
