"""What files a workspace has, from their names alone: nothing is opened.

::

    paraph.yml
    statements/institutions.yml, countries.yml
    statements/clauses/<theme>/<id>.yml
    statements/<kind>/<id>.yml                  manifests (letters/ also holds recipients: .csv, .xlsx)
    templates/strings.yml, <form>/form.yml and what belongs to it, common/ (for all forms), new/ (for “paraph new”)
    templates/packet/                           strings.yml and word.docx of review packets
    templates/site/                             strings.yml, pages, style and script of the website
    glossary/*.yml

Links are not followed: a folder could contain itself, and what a statement says must lie in its workspace.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paraph.errors import UsageError
from paraph.library.written.suggest import did_you_mean
from paraph.model.finding import Finding, Severity

WORKSPACE = "paraph.yml"
RELEASED = "releases"
INSTITUTIONS = "statements/institutions.yml"
COUNTRIES = "statements/countries.yml"
STRINGS = "templates/strings.yml"
COMMON = "templates/common"
PACKET = "templates/packet"
SITE = "templates/site"
_NO_FORMS = ("common", "new", "packet", "site")
_RECIPIENTS = (".csv", ".xlsx")
_NOT_OURS = ("README.md", "Thumbs.db", "desktop.ini")
_MAX_DEPTH = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class FileIndex:
    """Workspace paths by id: file names without their ending, folder names for forms.

    More than one path for an id is a mistake that `load` reports. `templates` holds, by folder below templates/, the
    files that belong to a form; `findings` is about files that stand where none is expected.
    """

    clauses: Mapping[str, tuple[str, ...]]
    manifests: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, str]
    templates: Mapping[str, tuple[str, ...]]
    glossary: tuple[str, ...]
    findings: tuple[Finding, ...]


def file_index(root: Path) -> FileIndex:
    """The files of the workspace at `root`, each folder in the order of its names."""
    clauses: dict[str, list[str]] = {}
    manifests: dict[str, list[str]] = {}
    forms: dict[str, str] = {}
    templates: dict[str, list[str]] = {}
    glossary: list[str] = []
    findings: list[Finding] = []
    for path in _files(root, "statements", findings):
        match path.split("/"):
            case ["statements", "institutions.yml" | "countries.yml"]:
                pass
            case ["statements", "clauses", _, name] if name.endswith(".yml"):
                clauses.setdefault(name[:-4], []).append(path)
            case ["statements", kind, name] if kind != "clauses" and name.endswith(".yml"):
                manifests.setdefault(name[:-4], []).append(path)
            case ["statements", "letters", name] if name.lower().endswith(_RECIPIENTS):
                pass
            case _:
                findings.append(_misplaced(path))
    for path in _files(root, "templates", findings):
        match path.split("/"):
            case ["templates", "strings.yml"]:
                pass
            case ["templates", folder, "form.yml"] if folder not in _NO_FORMS:
                forms[folder] = path
            case ["templates", folder, *_, _]:
                templates.setdefault(folder, []).append(path)
            case _:
                findings.append(_misplaced(path))
    for path in _files(root, "glossary", findings):
        if path.count("/") == 1 and path.endswith(".yml"):
            glossary.append(path)
        else:
            findings.append(_misplaced(path))
    for folder in sorted(templates.keys() - forms.keys() - {*_NO_FORMS}):
        advice = "Add form.yml, or move the files into templates/common/ or another form."
        message = f"templates/{folder} has no form.yml"
        findings.append(
            Finding(file=templates[folder][0], line=0, column=0, rule="form-missing", message=message, advice=advice)
        )
    return FileIndex(
        clauses={name: tuple(paths) for name, paths in clauses.items()},
        manifests={name: tuple(paths) for name, paths in manifests.items()},
        forms=forms,
        templates={folder: tuple(paths) for folder, paths in templates.items()},
        glossary=tuple(glossary),
        findings=tuple(findings),
    )


def document_named(index: FileIndex, root: Path, name: str) -> str:
    """The id of a document named by id, as folder/id, or by path (from `root`, or absolute).

    Raises UsageError where there is no such document.
    """
    path = name
    if Path(name).is_absolute() and Path(name).is_relative_to(root):
        path = Path(name).relative_to(root).as_posix()
    path = path.replace("\\", "/").removeprefix("./").removeprefix("statements/").removesuffix(".yml")
    if path in index.manifests:
        return path
    for document, paths in index.manifests.items():
        if f"statements/{path}.yml" in paths:
            return document
    advice = did_you_mean(path.rsplit("/", 1)[-1], index.manifests)
    raise UsageError(f"there is no document “{name}”", f"{advice} “paraph list documents” shows them.".strip())


def _files(root: Path, folder: str, findings: list[Finding], depth: int = 1) -> list[str]:
    files: list[str] = []
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return files
    except OSError as error:
        findings.append(_whole(folder, "unreadable-file", f"the folder cannot be read: {error.strerror}", ""))
        return files
    for entry in entries:
        name = entry.name
        path = f"{folder}/{name}"
        if name.startswith((".", "~$")) or name in _NOT_OURS:
            continue
        if not name.isascii() and not _encodable(name):
            findings.append(_whole(folder, "bad-file-name", f"the name {name!r} is no UTF-8", "Rename it."))
        elif entry.is_symlink():
            findings.append(_whole(path, "link", "this is a link, which is not followed", "Copy the file here."))
        elif entry.is_file(follow_symlinks=False):
            files.append(path)
        elif not entry.is_dir(follow_symlinks=False):
            findings.append(_whole(path, "unreadable-file", "this is no ordinary file", "Delete it."))
        elif name.endswith(".yml"):
            findings.append(_whole(path, "unreadable-file", "this is a folder, not a file", "Rename it."))
        elif depth < _MAX_DEPTH:
            files += _files(root, path, findings, depth + 1)
        else:
            findings.append(_whole(path, "wrong-folder", "folders nest too deep here", "Move it up."))
    return files


def _encodable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _whole(path: str, rule: str, message: str, advice: str, severity: Severity = Severity.ERROR) -> Finding:
    file = path.encode("utf-8", "replace").decode()
    return Finding(file=file, line=0, column=0, rule=rule, message=message, advice=advice, severity=severity)


def _misplaced(path: str) -> Finding:
    if path.endswith((".yaml", ".YML", ".YAML")):
        advice = "Rename it so that it ends in .yml; until then it is not read."
        return _whole(path, "wrong-ending", "files end in .yml here", advice)
    if not path.endswith(".yml"):
        advice = "Keep it elsewhere: nothing reads it here."
        return _whole(path, "unexpected-file", "no file of this kind is expected here", advice, Severity.NOTE)
    if path.startswith("statements/clauses/"):
        place = "a clause stands in statements/clauses/<theme>/, one folder deep"
    elif path.startswith("statements/"):
        place = "a manifest stands in statements/<kind>/, such as statements/declarations/"
    elif path.startswith("templates/"):
        place = "a form is templates/<form>/form.yml"
    else:
        place = "glossary files stand in glossary/ itself"
    return _whole(path, "wrong-folder", place, "Move it there.")
