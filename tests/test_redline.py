"""Redlines: both documents can be had again from one, in every format, and a lawyer can read it."""

from __future__ import annotations

from hypothesis import given

import redlines
from paraph.markup.redline import redline
from paraph.model.document import Document, printed
from paraph.model.redline import reading
from paraph.model.text import Op


@given(redlines.pairs())
def test_both_documents_can_be_had_again(pair: tuple[Document, Document]) -> None:
    old, new = pair
    made = redline(old, new)
    assert reading(made, Op.INSERT) == printed(old)
    assert reading(made, Op.DELETE) == printed(new)
    assert [entry.old for entry in made.entries() if entry.old] == list(old.blocks())
    assert [entry.new for entry in made.entries() if entry.new] == list(new.blocks())
