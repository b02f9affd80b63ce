"""Panels on which too much stands, told before anything is built: the edition of all, in each language.

To measure a sheet takes a tenth of a second, so what came of it is kept under a key of all that decides it: the tree
that the template is given, the template, typst, and the fonts. Only leaflets whose text or form has changed are set
again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from paraph.errors import RenderError
from paraph.library.cache import Cache, lasting_key
from paraph.model.document import Edition, Record
from paraph.model.finding import Finding, errors
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.workflow.building.build import is_whole, kit_for
from paraph.workflow.building.editions import Lacking, editions_of, too_short

if TYPE_CHECKING:
    from paraph.render.kit import Kit


_LATER = Record(head="100000:0123456789abcdef")
"""What stands on a sheet once its words are put to the members: where the register stood, in as many figures as it may
come to. A text that fits without would be approved, and could then not be released."""


def overfull(library: Library, findings: Sequence[Finding], cache: Cache) -> Iterator[Finding]:
    """A finding for each panel and language; `findings` are those of reading. Members' own editions are left to
    `build`, as are templates with which nothing can be set."""
    asked = [*_questions(library, findings)]
    answers = _answers([question for _, question in asked], cache)
    for manifest, question in asked:
        if (lacking := answers.get(question)) is not None:
            yield from too_short(manifest, question.edition, question.kit, lacking)


@dataclass(frozen=True, slots=True)
class _Question:
    """What a sheet is set from; two are the same where their digests are."""

    digest: str
    edition: Edition = field(compare=False)
    kit: Kit = field(compare=False)

    @property
    def key(self) -> str:
        """Under which the answer is kept; "" where it cannot be."""
        from paraph.render.fonts import font_packages

        return lasting_key("panels", ("typst", *font_packages()), self.digest)


def _questions(library: Library, findings: Sequence[Finding]) -> Iterator[tuple[Manifest, _Question]]:
    """The sheets of each leaflet that can be assembled."""
    from paraph.assembly import Terms, assemble

    faulty = {one.file for one in errors(findings)}
    terms = Terms(library)
    for manifest in library.manifests.values():
        form = library.forms.get(manifest.form)
        if form is None or form.sheet is None or not is_whole(library, manifest, faulty):
            continue
        kit = replace(kit_for(library, manifest), attachments=())
        documents = {code: assemble(library, manifest, code, _LATER, terms) for code in manifest.languages}
        for languages in editions_of(library, manifest, ()):
            if not any(errors(documents[code][1]) for code in languages):
                edition = Edition(documents=tuple(documents[code][0] for code in languages))
                with suppress(RenderError):
                    yield manifest, _Question(_digest(edition, kit), edition, kit)


def _digest(edition: Edition, kit: Kit) -> str:
    from paraph.render.pdf.tree import edition_tree

    found = hashlib.sha256(json.dumps(edition_tree(edition, kit), sort_keys=True).encode())
    for name, data in sorted(kit.files.items()):
        found.update(f"{name} {hashlib.sha256(data).hexdigest()}".encode())
    return found.hexdigest()


def _answers(questions: Sequence[_Question], cache: Cache) -> dict[_Question, Lacking]:
    """What is lacking on each sheet, as far as it can be set: those not known are set on all cores at once."""
    answers: dict[_Question, Lacking] = {}
    for question in questions:
        with suppress(ValueError, TypeError):
            if (key := question.key) and (known := cache.get(key)) is not None:
                answers[question] = tuple((str(panel), float(mm), str(way)) for panel, mm, way in json.loads(known))
    new = [question for question in questions if question not in answers]
    if not new:
        return answers
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # typst holds no lock of Python's while it sets
        for question, answer in zip(new, pool.map(_set, new), strict=True):
            if answer is None:
                continue
            answers[question] = answer
            if key := question.key:
                cache.put(key, json.dumps(answer).encode())
    return answers


@lru_cache(maxsize=256)  # a process may check more than once, and with nothing kept between runs
def _set(question: _Question) -> Lacking | None:
    from paraph.render.pdf.document import overflow

    try:
        return overflow(question.edition, question.kit)
    except RenderError:
        return None
