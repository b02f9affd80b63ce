"""A new clause or document, from a skeleton in templates/new/."""

from __future__ import annotations

from pathlib import Path

from paraph.errors import FindingsError, UsageError
from paraph.library.index import file_index
from paraph.model.finding import errors
from paraph.model.names import ID, id_advice
from paraph.starter import starter
from paraph.workflow.files import write


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
                "a clause lies in the folder of its theme", f"Add --theme with one of: {', '.join(themes)}."
            )
        path, skeleton = root / "statements" / "clauses" / theme / f"{id_}.yml", "clause.yml"
    elif kind in index.forms:
        path, skeleton = root / "statements" / _folder(root, index.forms[kind]) / f"{id_}.yml", "document.yml"
    else:
        known = ", ".join(("clause", *sorted(index.forms)))
        raise UsageError(f"there is no form “{kind}”", f"KIND is one of: {known}.")
    if path.exists() or path.is_symlink():
        raise UsageError(f"there is something at {path.relative_to(root)} already", "Choose another id, or move it.")
    text = _skeleton(root, skeleton).replace("ID-HERE", id_).replace("FORM-HERE", kind)
    write(path, text.encode())
    return path


def _folder(root: Path, form: str) -> str:
    """The folder that a form.yml names for its documents. Raises FindingsError where anything is wrong in it."""
    from paraph.library.reading import Reading
    from paraph.library.schema import FormShape

    reading = Reading(root=root)
    shape, _, _ = reading.file(form, FormShape)
    if shape is None or errors(reading.findings):
        raise FindingsError(errors(reading.findings))
    return shape.folder or shape.id


def _skeleton(root: Path, name: str) -> str:
    """The workspace's own skeleton, or the shipped one."""
    own = root / "templates" / "new" / name
    return (own if own.is_file() else starter() / "templates" / "new" / name).read_text(encoding="utf-8")
