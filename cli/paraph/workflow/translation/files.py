"""Courtesy translations into the YAML of clauses and documents: nothing else there changes, not a comment.

What was written is proved by reading it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from paraph.errors import BrokenError, UsageError
from paraph.library.files.manifests import own_digest
from paraph.library.written.edit import block_text, scalar, worded
from paraph.library.written.edit import replace as edited
from paraph.markup import canonical
from paraph.markup.write import write as markdown
from paraph.model.clause import Clause, Translation
from paraph.model.finding import KeyPath, errors
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.own_texts import own_words
from paraph.model.text import Inline, Line, LineKind, plain
from paraph.workflow.translation.translatable import own_lines, own_of


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnTranslation:
    """A document’s own texts in a courtesy language, by their places in its file, pinned as the model's `Pin` says."""

    texts: Mapping[KeyPath, str]
    source: str
    digest: str
    status: str
    translator: str = ""


def put_together(
    library: Library, manifest: Manifest, source: str, translated: Mapping[str, tuple[Inline, ...]]
) -> OwnTranslation:
    """The texts that `translated`, the inlines of each segment by its id, make. ValueError: no Markdown says one."""
    texts: dict[KeyPath, str] = {}
    for one in own_of(library, manifest):
        if not (words := one.texts.get(source, "")):
            continue
        if one.marked:
            texts[one.at] = markdown([Line(LineKind.PARAGRAPH, translated[one.id])])
        else:
            lines = (plain(translated[id_]) if line else "" for id_, _, line in own_lines(one, words))
            texts[one.at] = canonical("\n".join(lines))
    return OwnTranslation(
        texts=texts, source=source, digest=own_digest(own_words(manifest, source)), status="unchecked", translator=""
    )


def is_said(library: Library, manifest: Manifest, language: str, made: OwnTranslation) -> bool:
    """Whether the file says all this already."""
    pin = manifest.translations.get(language)
    there = {one.at: one.texts.get(language, "") for one in own_of(library, manifest)}
    same = made.texts.items() <= there.items()
    return same and pin is not None and (pin.source, pin.digest) == (made.source, made.digest)


def clause_file(root: Path, clause: Clause, language: str, made: Translation) -> bytes:
    """The file of the clause as it will be: the same but for this translation, which is proved by reading it again."""
    before = (root / clause.source.file).read_bytes().decode("utf-8")
    block = {**_pin(made), "text": "\n".join(block_text("text", made.text.text))}
    text = _pinned(clause.source.file, before, language, block, clause.translations)
    after = _clause(clause.source.file, text, clause.theme)
    expected = {**clause.translations, language: made}
    if after is None or replace(after, source=clause.source) != replace(clause, translations=expected):
        raise _broken(clause.source.file)
    return text.encode("utf-8")


def _clause(path: str, text: str, theme: str) -> Clause | None:
    """The clause in a file's text, or None where anything is wrong with it."""
    from paraph.library.files.clauses import clause
    from paraph.library.shapes.statement_schema import ClauseShape
    from paraph.library.shapes.validate import validate
    from paraph.library.written.reader import read

    data, source, findings = read(path, text.encode("utf-8"))
    shape, more = validate(ClauseShape, data or {}, source)
    return clause(shape, theme, source)[0] if shape is not None and not errors((*findings, *more)) else None


def document_file(root: Path, manifest: Manifest, language: str, made: OwnTranslation) -> bytes:
    """The file of the document as it will be: the same but for its own texts in this language."""
    file = manifest.source.file
    before = (root / file).read_bytes().decode("utf-8")
    text, expected = before, _data(file, before)
    for at, words in made.texts.items():
        text = worded(text, (*at, language), words)
        _at(expected, at)[language] = words
    text = _pinned(file, text, language, _pin(made), manifest.translations)
    pin = {"source": made.source, "digest": made.digest, "status": made.status, "translator": made.translator}
    expected["translations"] = {**(expected.get("translations") or {}), language: pin}
    if _tidy(_data(file, text)) != _tidy(expected):
        raise _broken(file)
    return text.encode("utf-8")


def _data(file: str, text: str) -> Any:
    from paraph.library.written.reader import read

    data, _, findings = read(file, text.encode("utf-8"))
    if data is None or errors(findings):
        raise _broken(file)
    return data


def _at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _tidy(data: Any) -> Any:
    """With texts in canonical form: how a text is written in YAML adds a line end or none."""
    if isinstance(data, dict):
        return {key: _tidy(one) for key, one in data.items()}
    return [_tidy(one) for one in data] if isinstance(data, list) else canonical(data) if data else data


def _broken(file: str) -> BrokenError:
    return BrokenError(f"{file} would say something else; nothing is written", "Please report this.")


def _pin(made: Translation | OwnTranslation) -> dict[str, str]:
    return {
        "source": f"source: {made.source}",
        "digest": f'digest: "{made.digest}"',
        "status": f"status: {made.status}",
        "translator": f"translator: {scalar(made.translator)}",
    }


def _pinned(file: str, text: str, language: str, block: Mapping[str, str], there: Collection[str]) -> str:
    """The file with `block`, lines by key, as the translation into the language; `there` are those that it has."""
    whole = _under(f"{language}:", block.values())
    blocks: Mapping[KeyPath, str]
    if language in there:
        blocks = {("translations", language, key): lines for key, lines in block.items()}
    elif there:
        blocks = {("translations", language): whole}
    else:
        blocks = {("translations",): _under("translations:", [whole])}
    for at, lines in blocks.items():
        try:
            text = edited(text, at, lines)
        except UsageError as error:
            raise UsageError(f"{file}: {error.message}", error.advice) from error
    return text


def _under(key: str, blocks: Iterable[str]) -> str:
    lines = [line for block in blocks for line in block.split("\n")]
    return "\n".join((key, *(f"  {line}" if line else "" for line in lines)))
