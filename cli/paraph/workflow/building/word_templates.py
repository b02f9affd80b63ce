"""Word templates that cannot be filled, told before anything is built.

Each form's word.docx is filled once, with the first document that uses it; that it could be is kept under a key of the
template, paraph and docxtpl, so that only one that somebody has saved anew is tried again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from paraph.errors import BrokenError
from paraph.library.cache import Cache, lasting_key
from paraph.model.finding import Finding, errors
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.workflow.building.build import is_whole, kit_for

_WORD = "word.docx"
_FILLED = b"filled"


def unfillable(root: Path, library: Library, findings: Sequence[Finding], cache: Cache) -> Iterator[Finding]:
    """A finding for each template that cannot be filled; `findings` are those of reading."""
    faulty = {one.file for one in errors(findings)}
    tried = set[str]()
    for manifest in library.manifests.values():
        form = library.forms.get(manifest.form)
        if form is None or _WORD not in form.files or form.id in tried or not is_whole(library, manifest, faulty):
            continue
        tried.add(form.id)
        key = lasting_key("word-template", ("docxtpl",), f"{form.id} {hashlib.sha256(form.files[_WORD]).hexdigest()}")
        if key and cache.get(key) == _FILLED:
            continue
        if (error := _refusal(library, manifest)) is None:
            cache.put(key, _FILLED)
            continue
        own = f"templates/{form.id}/{_WORD}"
        file = own if (root / own).is_file() else f"templates/common/{_WORD}"
        message = f"it cannot be filled: {error}"
        yield Finding(file=file, line=0, column=0, rule="word-template", message=message, advice=error.advice)


def _refusal(library: Library, manifest: Manifest) -> BrokenError | None:
    """What the engine says of the form's template, filled with a document in its first language."""
    from paraph.assembly import assemble
    from paraph.render.docx.template import fill

    document, problems = assemble(library, manifest, manifest.languages[0])
    if errors(problems):
        return None  # it is not printed, and why is said elsewhere
    kit = kit_for(library, manifest)
    try:
        fill(kit.files[_WORD], document, kit)
    except BrokenError as error:
        return error
    return None
