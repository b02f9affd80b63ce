"""Redlines: both documents can be had again from one, in every format, and a lawyer can read it."""

from __future__ import annotations

import datetime as dt
import os

from hypothesis import given, settings

import redlines
from paraph.markup.redline import redline
from paraph.model.document import Document, printed
from paraph.model.redline import reading
from paraph.model.text import Op
from paraph.render.redline import make, make_docx

SOME = settings(max_examples=int(os.environ.get("PARAPH_REDLINES", "40")), deadline=None)
"""How many pairs are drawn at random for each property."""


@SOME
@given(redlines.pairs())
def test_both_documents_can_be_had_again(pair: tuple[Document, Document]) -> None:
    old, new = pair
    made = redline(old, new)
    assert reading(made, Op.INSERT) == printed(old)
    assert reading(made, Op.DELETE) == printed(new)
    assert [entry.old for entry in made.entries() if entry.old] == list(old.blocks())
    assert [entry.new for entry in made.entries() if entry.new] == list(new.blocks())


WHEN = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)


@SOME
@given(redlines.pairs())
def test_a_word_file_is_the_new_text_accepted_and_the_old_one_rejected(pair: tuple[Document, Document]) -> None:
    make_docx(redline(*pair), redlines.shipped()[1], "Secretariat", WHEN)  # raises FidelityError where it is not


@SOME
@given(redlines.pairs())
def test_a_page_says_either_document_without_what_is_marked(pair: tuple[Document, Document]) -> None:
    make(redline(*pair), redlines.shipped()[1], "html", "", WHEN)  # raises FidelityError where it does not
