"""ODT, EPUB and Markdown, by pandoc, from a tree that `tree` builds; one language to a file.

pandoc (3.9, from PyPI `pypandoc-binary`) runs with `--sandbox` and an empty environment, so that it reads nothing of
the machine and its clock stands still. What it leaves out is put in afterwards: `package` rewrites the archives
with the document's date, its direction and the house's look, and packs them so that the same document gives the same
bytes.
Markdown is GitHub's, with words in another language in HTML elements: it says everything, and every site reads it.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from paraph.errors import RenderError, UsageError
from paraph.model.document import Document, Edition, Printed
from paraph.render.kit import Kit
from paraph.render.pandoc import package, read
from paraph.render.pandoc.tree import Flavour, tree


def render_odt(edition: Edition, kit: Kit) -> bytes:
    """An OpenDocument text with named styles and real footnotes."""
    document = _only(edition, "ODT")
    made = _pandoc(tree(document, Flavour.ODT, {}), "json", Flavour.ODT)
    return package.odt(made, document, kit)


def render_epub(edition: Edition, kit: Kit) -> bytes:
    """An EPUB 3 with a page of names and marks before the text."""
    document = _only(edition, "EPUB")
    language = document.language
    meta = {
        "title": document.title,
        "lang": language.code,
        "identifier": f"{document.reference or document.id} ({language.code})",
        "author": document.author,
        "date": document.date.isoformat() if document.date else "",
        "description": document.subject,
        "page-progression-direction": language.direction,
    }
    made = _pandoc(tree(document, Flavour.EPUB, meta), "json", Flavour.EPUB, "--epub-title-page=false", "--toc-depth=2")
    return package.epub(made, document, kit)


def render_md(edition: Edition, kit: Kit) -> bytes:
    """GitHub's Markdown after a front matter that site generators know; `kit` has nothing to say here."""
    document = _only(edition, "Markdown")
    text = _pandoc(tree(document, Flavour.MARKDOWN, {}), "json", Flavour.MARKDOWN, "--wrap=none")
    front = {
        "title": document.title,
        "lang": document.language.code,
        "dir": document.language.direction,
        "author": document.author,
        "date": document.date.isoformat() if document.date else "",
        "draft": document.draft,
        "notice": document.notice,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in front.items() if value]
    return ("---\n" + "".join(lines) + "---\n\n").encode() + text


def read_back_odt(data: bytes, edition: Edition) -> tuple[tuple[Printed, ...], ...]:
    """What an ODT says, for comparison with its document."""
    return (read.odt(data),)


def read_back_epub(data: bytes, edition: Edition) -> tuple[tuple[Printed, ...], ...]:
    """What an EPUB says, for comparison with its document."""
    return (read.epub(data),)


def read_back_md(data: bytes, edition: Edition) -> tuple[tuple[Printed, ...], ...]:
    """What a Markdown file says to a reader of its dialect, for comparison with its document."""
    text = data.partition(b"\n---\n")[2]
    return (read.markdown(json.loads(_run(text, "gfm", "json"))),)


def _only(edition: Edition, name: str) -> Document:
    if len(edition.documents) > 1:
        raise UsageError(
            f"{name} holds one language, not {' and '.join(edition.languages)} side by side",
            "Ask for each language by itself, or for docx, pdf or html.",
        )
    return edition.documents[0]


def _pandoc(made: dict[str, Any], source: str, target: str, *options: str) -> bytes:
    return _run(json.dumps(made).encode("ascii"), source, target, *options)


def _run(data: bytes, source: str, target: str, *options: str) -> bytes:
    import pypandoc

    command: Sequence[str] = (
        pypandoc.get_pandoc_path(), "--sandbox", f"--from={source}", f"--to={target}", *options, "--output=-",
    )  # fmt: skip
    environment = {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run(command, input=data, capture_output=True, env=environment, check=False)  # noqa: S603
    if done.returncode:
        raise RenderError(f"pandoc could not write {target}: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout
