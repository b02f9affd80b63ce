"""Redlines: both documents can be had again from one, in every format, and a lawyer can read it."""

from __future__ import annotations

import datetime as dt
import os
import re

import pytest
from hypothesis import Phase, given, settings

import redlines
from judges import assert_conforms
from paraph.errors import RenderError
from paraph.markup.redline import redline
from paraph.model.document import Document, printed
from paraph.model.redline import reading
from paraph.model.rule import Adoption
from paraph.model.text import Op
from paraph.render.redline import make, make_docx

SOME = settings(
    max_examples=int(os.environ.get("PARAPH_REDLINES", "15")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
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


@SOME
@given(redlines.pairs(emoji=False))
def test_a_pdf_says_either_document_without_what_is_marked(pair: tuple[Document, Document]) -> None:
    try:
        make(redline(*pair), redlines.shipped()[1], "pdf", "", WHEN)  # raises FidelityError where it does not
    except RenderError as error:  # refused, as any PDF with heaped vowel signs that typst cuts up may be
        if "cannot be read back" not in error.message:
            raise


MIXED = (
    ("en", "*Call upon* States [«أَطْفَالٌ» و«قُصَّر» 2026]{lang=ar} at once",
     "*Call upon* States [«أَطْفَالٌ» و«أَحْدَاث» 2026]{lang=ar} now"),
    ("fr", "*Demandent* [أطفال قصر كثيرون 2026]{lang=ar} enfin",
     "*Demandent* [أطفال أحداث كثيرون 2027]{lang=ar} enfin"),
    ("ar", "*ندعو* الدول وفق [Convention on the Rights of the Child, 1989 (art. 3)]{lang=en} و12,000 طفل",
     "*ندعو* الدول بموجب [Convention on the Rights of the Child, 2026 (art. 4)]{lang=en} و13,500 طفل"),
    ("ar", "*نَدْعُو* الدُّوَلَ إِلَى إِنْهَاءِ احْتِجَازِ الأَطْفَالِ فَوْرًا، إِنَّ مَصْلَحَةَ الطِّفْلِ",
     "*نَدْعُو* الدُّوَلَ إِلَى إِنْهَاءِ احْتِجَازِ القُصَّرِ دُونَ تَأْخِيرٍ، إِنَّ مَصْلَحَةَ الطِّفْلَةِ"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "old", "new"), MIXED)
@pytest.mark.parametrize("times", [1, 8])
def test_words_of_another_script_keep_their_places_in_a_pdf(language: str, old: str, new: str, times: int) -> None:
    """A changed word in an Arabic phrase of an English text stood where the last of it belongs, and was refused."""
    parts = redlines.sections_of(("a", "b"), ("c", "d", "e"))
    pair = [
        redlines.document(language, {**redlines.REWRITTEN[language][0], "a": " ".join([text] * times)}, parts)
        for text in (old, new)
    ]
    make(redline(pair[0], pair[1]), redlines.shipped()[1], "pdf", "", WHEN)


@pytest.mark.parametrize(("language", "old", "new"), MIXED[:3])
def test_a_phrase_in_another_language_is_one_with_what_changed_in_it(language: str, old: str, new: str) -> None:
    """In pieces, each isolated from the next, its words stood in the order of the text around it."""
    parts = redlines.sections_of(("a", "b"), ("c", "d", "e"))
    pair = [redlines.document(language, {**redlines.REWRITTEN[language][0], "a": text}, parts) for text in (old, new)]
    page = make(redline(pair[0], pair[1]), redlines.shipped()[1], "html", "", WHEN).decode()
    (line,) = re.findall(r'<p class="recital[^>]* id="one-a-0">.*</p>', page)
    spoken = re.sub(r'<span class="unseen aside"[^>]*>(\[| )[^<]*</span>', "", line)
    (phrase,) = re.findall(r'<span lang="(?:ar|en)" dir="[rl]t[lr]">(.*?)</span>', spoken)
    shown = [re.sub("<[^>]+>", "", re.sub(f"<{gone}>.*?</{gone}>", "", phrase)) for gone in ("ins", "del")]
    assert shown == [text.partition("[")[2].partition("]")[0] for text in (old, new)]
    inside = line.partition(phrase[:6])[2].partition("</ins></span>")[0]
    assert inside.count('class="unseen aside"') == inside.count(f'aside" lang="{language}" dir=') > 0


@pytest.mark.parametrize("language", redlines.REWRITTEN)
def test_a_pdf_is_open_to_everyone(language: str) -> None:
    data = make(redline(*redlines.rewritten(language, moved=True)), redlines.shipped()[1], "pdf", "", WHEN)
    assert_conforms(data)


def test_a_change_goes_on_from_page_to_page_past_a_footnote() -> None:
    """Where a page ended inside underlined words, the footnotes of that page were underlined to a screen reader."""
    old, new = redlines.REWRITTEN["en"]
    parts = redlines.sections_of(("a", "b"), ("c", "d", "e"))
    long = {**new, "b": " ".join(["*Request* States to hear the child and to decide without delay,"] * 120)}
    pair = redlines.document("en", old, parts), redlines.document("en", long, parts)
    assert_conforms(make(redline(*pair), redlines.shipped()[1], "pdf", "", WHEN))


def test_what_moved_is_said_in_the_language_of_the_text() -> None:
    pair = redlines.rewritten("fr", moved=False)
    page = make(redline(*pair), redlines.shipped()[1], "html", "", WHEN).decode()
    assert "[déplacé ici depuis" in page
    assert ">[ajouté: <" in page


def test_a_paragraph_that_became_another_stands_before_the_table_of_the_next_part() -> None:
    """In Word such a paragraph may not be tracked right before a table: the file was refused."""
    words, parts = redlines.REWRITTEN["en"][0], redlines.sections_of(("a", "b"), ("c", "d", "e"))
    old, new = (
        redlines.document("en", {**words, "e": f"*End*\n\n{mark} all of it"}, parts, adoption=Adoption.BODY)
        for mark in ("-", "1.")
    )
    make_docx(redline(old, new), redlines.shipped()[1], "Secretariat", WHEN)
