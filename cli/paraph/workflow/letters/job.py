"""The making of letters, in any process: what it needs, and the letters that it has learnt to make.

A job is pickled once for each process. A process makes a stencil of a shape when the first letter of it comes (some
0.1 s), and keeps it; every so many letters one is read back in full, beside the proof that each stencil had.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from paraph.errors import FidelityError, GlyphError
from paraph.model.document import Document, Edition
from paraph.model.letter import Recipient, Which, leaves, personal, slotted
from paraph.model.workspace import Brand
from paraph.render.formats import differences
from paraph.render.kit import Kit
from paraph.render.stencil import Stencil

Shape: TypeAlias = tuple[Which, str]
"""Of which document a letter is, and what `leaves` says of the words."""

_KEPT = 128
"""Stencils that a process keeps, of the shapes used last: 0.1 MB each."""
READ_BACK = {"docx": 1_000, "pdf": 100}
"""Every so many letters of a process, one is read back in full."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """Everything that letters are made of, besides their recipients.

    `documents` are assembled with slots; `kit` is what they are set with, in the look of the house on each day
    (`brands`); `digests` stand for each document and all that, and for the program.
    """

    documents: Mapping[Which, Document]
    kit: Kit
    brands: Mapping[str, Brand]
    digests: Mapping[Which, str]

    @property
    def signature(self) -> str:
        """Stands for the job as a whole."""
        return hashlib.sha256("".join(sorted(self.digests.values())).encode()).hexdigest()

    @property
    def drafts(self) -> frozenset[Which]:
        """The documents that carry the mark of a draft."""
        return frozenset(which for which, document in self.documents.items() if document.draft)

    def kit_of(self, which: Which) -> Kit:
        """What letters of a document are set with."""
        return replace(self.kit, brand=self.brands[which[2]])

    def key(self, recipient: Recipient) -> str:
        """What decides the content of a recipient's files."""
        said = "\0".join((self.digests[recipient.which], *recipient.values.values()))
        return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


@dataclass(slots=True)
class Maker:
    """Makes the letters of a job."""

    job: Job
    _stencils: OrderedDict[tuple[str, Shape], Stencil] = field(default_factory=OrderedDict)
    _slots: dict[Which, tuple[str, ...]] = field(default_factory=dict)
    _made: dict[str, int] = field(default_factory=dict)

    def shape(self, recipient: Recipient) -> Shape:
        """What a letter has in common with all that are made by one stencil."""
        return self._words(recipient)[1]

    def make(self, recipient: Recipient, format_: str) -> bytes:
        """The letter to a recipient in a format. FidelityError where it does not say what it must."""
        words, shape = self._words(recipient)
        document = self.job.documents[recipient.which]
        stencil = self._stencil((format_, shape), document, recipient)
        try:
            data = stencil.letter(words)
        except GlyphError as error:
            raise GlyphError(f"line {recipient.line}: {error.message}", error.advice, error.texts) from error
        turn = self._made[format_] = self._made.get(format_, 0) + 1
        if not stencil.proves(data, words) or turn % READ_BACK[format_] == 0:
            edition = Edition(documents=(personal(document, recipient.values),))
            if difference := differences(data, edition, self.job.kit_of(recipient.which), format_):
                raise FidelityError(f"the letter of line {recipient.line} does not say what it must\n{difference}")
        return data

    def _words(self, recipient: Recipient) -> tuple[tuple[str, ...], Shape]:
        which = recipient.which
        document = self.job.documents[which]
        if which not in self._slots:
            self._slots[which] = slotted(document)
        words, shape = leaves(self._slots[which], recipient.values, rtl=document.language.direction == "rtl")
        return words, (which, shape)

    def _stencil(self, key: tuple[str, Shape], document: Document, recipient: Recipient) -> Stencil:
        if key in self._stencils:
            self._stencils.move_to_end(key)
            return self._stencils[key]
        from paraph.render.docx import stencil as docx
        from paraph.render.pdf import stencil as pdf

        make = docx.stencil if key[0] == "docx" else pdf.stencil
        self._stencils[key] = made = make(document, recipient.values, self.job.kit_of(recipient.which))
        if len(self._stencils) > _KEPT:
            self._stencils.popitem(last=False)
        return made
