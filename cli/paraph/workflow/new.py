"""A new clause or document, from a skeleton in templates/new/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import FindingsError, UsageError
from paraph.library.written.index import file_index
from paraph.model.finding import errors
from paraph.model.names import ID, id_advice
from paraph.starter import starter
from paraph.workflow.files import write

if TYPE_CHECKING:
    from paraph.library.shapes.schema import FormShape


def new(root: Path, kind: str, id_: str, theme: str = "") -> Path:
    """Write the skeleton of a clause (`kind` "clause") or of a document of the form `kind`; returns its path.

    Raises UsageError for an id that is taken or badly formed, an unknown form, a clause without a theme,
    FindingsError for a faulty form.yml.
    """
    index = file_index(root)
    if not ID.fullmatch(id_):
        raise UsageError(f"“{id_}” cannot be an id", id_advice(id_))
    taken = {**index.clauses, **index.manifests}.get(id_)
    if taken:
        raise UsageError(f"“{id_}” is taken by {taken[0]}", "Choose another id.")
    if kind == "clause":
        if not ID.fullmatch(theme):
            themes = sorted({Path(path).parent.name for paths in index.clauses.values() for path in paths})
            raise UsageError(
                f"“{theme}” cannot name a folder" if theme else "a clause lies in the folder of its theme",
                f"Add --theme with one of: {', '.join(themes)}; or a new one, as one word: --theme enfants-migrants.",
            )
        path, text = root / "statements" / "clauses" / theme / f"{id_}.yml", _skeleton(root, "clause.yml")
    elif kind in index.forms:
        form = _form(root, index.forms[kind])
        path, text = root / "statements" / (form.folder or form.id) / f"{id_}.yml", _skeleton(root, "document.yml")
        text = text.replace("FORM-HERE", form.id).replace("# FIELDS-HERE\n", _fields(form))
    else:
        known = ", ".join(("clause", *sorted(index.forms)))
        raise UsageError(f"there is no form “{kind}”", f"KIND is one of: {known}.")
    if path.exists() or path.is_symlink():
        raise UsageError(f"there is something at {path.relative_to(root)} already", "Choose another id, or move it.")
    write(path, text.replace("ID-HERE", id_).encode())
    return path


def _form(root: Path, path: str) -> FormShape:
    """A form as its form.yml has it. Raises FindingsError where anything is wrong in it."""
    from paraph.library.shapes.schema import FormShape
    from paraph.library.written.reading import Reading

    reading = Reading(root=root)
    shape, _, _ = reading.file(path, FormShape)
    if shape is None or errors(reading.findings):
        raise FindingsError(errors(reading.findings))
    return shape


def _fields(form: FormShape) -> str:
    """The fields that the form needs, to be written."""
    needed = [name for name, field in form.fields.items() if field.required]
    return "".join(["fields:\n" if needed else "", *(f"  {name}: {{en: …, fr: …}}\n" for name in needed)])


def _skeleton(root: Path, name: str) -> str:
    """The workspace's own skeleton, or the shipped one."""
    own = root / "templates" / "new" / name
    return (own if own.is_file() else starter() / "templates" / "new" / name).read_text(encoding="utf-8")
