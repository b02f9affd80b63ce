"""A small workspace for a test: the shipped forms, members and states, and the files that the test writes."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping
from pathlib import Path

from paraph.assembly import assemble
from paraph.library.load import load_for
from paraph.model.document import Document, Record, printed
from paraph.model.finding import Finding, errors
from paraph.starter import starter

SHARED = ("paraph.yml", "statements/institutions.yml", "statements/countries.yml", "templates")


def desk(root: Path, files: Mapping[str, str]) -> Path:
    """`root` as a workspace with `files` (path → text, indented as the test likes)."""
    for name in SHARED:
        source, target = starter() / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return root


def clause(id_: str, en: str, fr: str, kind: str = "call", more: str = "") -> dict[str, str]:
    """One clause file."""
    body = {language: textwrap.indent(text, "    ") for language, text in (("en", en), ("fr", fr))}
    text = f"id: {id_}\nkind: {kind}\ntitle: {{en: {id_}, fr: {id_}}}\n{more}text:\n"
    text += f"  en: |-\n{body['en']}\n  fr: |-\n{body['fr']}\n"
    return {f"statements/clauses/test/{id_}.yml": text}


def assembled(root: Path, document: str, language: str, record: Record | None = None) -> tuple[Document, list[Finding]]:
    """The document with all findings about it, of the library and of its assembly."""
    library, findings, _ = load_for(root, [document])
    assert library is not None, findings
    made, more = assemble(library, library.manifests[document], language, record or Record())
    return made, [*findings, *more]


def text_of(root: Path, document: str, language: str, record: Record | None = None) -> list[str]:
    """What the document prints, a string a paragraph; no finding may be an error."""
    made, findings = assembled(root, document, language, record)
    assert errors(findings) == ()
    return [f"{line.label} {line.text}".strip() for line in printed(made)]


class Memory(dict[str, bytes]):
    """Keeps what was read in memory; `misses` are the keys that were asked for in vain."""

    def __init__(self) -> None:
        super().__init__()
        self.misses: list[str] = []

    def get(self, key: str) -> bytes | None:  # type: ignore[override]  # as Cache has it
        if key not in self:
            self.misses.append(key)
        return super().get(key)

    def put(self, key: str, data: bytes) -> None:
        self[key] = data
