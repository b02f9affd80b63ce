"""What a browser prints of a page in Arabic, or of two languages side by side, is read as it was set."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from paraph.proof.compare import Outcome, compare, scattered
from paraph.proof.page_edges import edges_told
from paraph.proof.reading import Reading, letters
from paraph.proof.reset_pages import settled, unaddressed
from paraph.proof.right_to_left import Sign, _read, _said

ADDRESS = "https://example.org/law?a=1&b=2"


def line_read(shown: str) -> str:
    """A line as it is read that shows these signs, from the left."""
    signs = [Sign(text=one, x=at, y=0, left=at, right=at + 1, middle=at, size=1) for at, one in enumerate(shown)]
    return "".join(_said([*_read([one for one in signs if one.text != " "])]))


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        (f"نم % 5 ،>{ADDRESS}> نوناقلا", f"القانون >{ADDRESS}>، 5 % من"),
        (f"نم 5 >{ADDRESS}> نوناقلا", f"القانون >{ADDRESS}> 5 من"),
        ("نم Malta، Spain 5 يف", "في Malta، Spain 5 من"),
        ("نم 12 rue de Malta يف", "في 12 rue de Malta من"),
    ],
)
def test_a_number_behind_the_address_of_a_link(shown: str, read: str) -> None:
    """An address is isolated: what follows it goes on from the right, and is no part of it."""
    assert letters(line_read(shown)) == letters(read)


def test_the_address_of_a_link_before_a_comma_and_a_number() -> None:
    lines = unaddressed(["انظر القانون", line_read(f"نم % 5 ،>{ADDRESS}>")], [("القانون", ADDRESS)])
    was, is_ = settled(["انظر القانون، 5 % من"], ()), settled(lines, ())
    assert was is not None
    assert is_ is not None
    assert was.alike(is_), lines


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("Alpha نص آخر", ""),
        ("11/28/26, 12:30 AM Alpha نص آخر", ""),
        ("Alpha آخر نص", "pages have at their head or foot: Alpha آخر نص"),
        ("Beta نص آخر", "pages have at their head or foot: Beta نص آخر"),
    ],
)
def test_a_title_that_a_browser_sets_from_the_left(head: str, told: str) -> None:
    pages = (("يذهب كل طفل",), ("إلى المدرسة",), ("غدا",))
    released = Reading(format="pdf", pages=pages, metadata={"Title": "نص آخر Alpha"})
    found = Reading(format="pdf", pages=tuple((head, *page) for page in pages), maker="a browser")
    assert [*edges_told(released, found, None)] == ([told] if told else [])


NOTES = ("Article 12", "Article 12")
ENGLISH = ("Every child1 goes to school by the law.", "Notes", "1 Article 12")
FRENCH = ("Tout enfant1 va à l’école par la loi.", "Notes", "1 Article 12")
ASIDE = Reading(
    format="html", pages=(("x",),), notes=NOTES, addressed=(("the law", ADDRESS), ("la loi", ADDRESS)), columns=((), ())
)


def beside(*columns: Sequence[str]) -> Reading:
    """A print with a column in each half of its only page."""
    rows = tuple(line for column in zip(*columns, strict=False) for line in column)
    return Reading(format="pdf", pages=(rows,), maker="a browser", halves=tuple((tuple(one),) for one in columns))


PRINTED = (f"Every child1 goes to school by the law <{ADDRESS}>.", "Notes", "1", "Article 12")
IMPRIME = ("Tout enfant1 va à l’école par la loi <https://example.org/law?", "a=1&b=2>.", "Notes", "1", "Article 12")


@pytest.mark.parametrize(
    ("columns", "outcome"),
    [
        ((PRINTED, IMPRIME), Outcome.WORDS),
        (((*PRINTED[:-1], "Article 13"), IMPRIME), Outcome.OTHER),
        ((PRINTED, IMPRIME[:-2]), Outcome.OTHER),
        ((PRINTED, (IMPRIME[0].replace("la loi", "le droit"), *IMPRIME[1:])), Outcome.OTHER),
        ((PRINTED, (IMPRIME[0], "a=1&b=3>.", *IMPRIME[2:])), Outcome.OTHER),
    ],
)
def test_notes_that_are_the_same_in_two_columns_with_addresses(
    columns: tuple[Sequence[str], ...], outcome: Outcome
) -> None:
    released = Reading(format="pdf", pages=((*ENGLISH, *FRENCH),), columns=(ENGLISH, FRENCH))
    assert compare(released, beside(*columns), ASIDE).outcome is outcome


@pytest.mark.parametrize(("more", "there"), [("", True), ("example", False), ("never", False)])
def test_words_that_are_all_there_beside_the_addresses_of_links(more: str, there: bool) -> None:
    """Those of an address are as many as the links have."""
    released = Reading(format="pdf", pages=((*ENGLISH, *FRENCH),), columns=(ENGLISH, FRENCH))
    found = beside((*PRINTED, more), IMPRIME)
    assert scattered(released, found, ASIDE) is there
