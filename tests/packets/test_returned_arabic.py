"""Arabic texts in packets that members changed in Word, and paragraphs moved: what is proposed, case by case."""

from __future__ import annotations

import copy
import textwrap
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from desk import clause, desk
from paraph.markup import digest
from paraph.ooxml.reading.file import read_word
from paraph.review.returned.read import read_returned
from paraph.workflow.approvals.circulation import circulate
from pen import Pen, W, w
from test_returned import AT, DECLARATION, Sent, said, sent_to
from test_returned import returned as _returned

HAND = {"id": "77", "author": "Amal", "date": "2026-03-05T10:00:00Z"}
TEXTS = {
    "wait": (
        "*Call upon* States to wait[^1]\n\n[^1]: Until then.",
        "*Demandent* aux États d’attendre[^1]\n\n[^1]: Jusque-là.",
        "*تدعو* الدول إلى الانتظار وإنهاء احتجاز الأطفال[^1]\n\n[^1]: المادة 09-08.",
    ),
    "see": (
        "*Call upon* States\n\n1. to see\n2. to hear",
        "*Demandent* aux États\n\n1. de voir\n2. d’entendre",
        "*تدعو* الدول إلى\n\n1. أن ترى الأطفال\n2. أن تسمع الأطفال",
    ),
}
TRANSLATION = """\
translations:
  ar:
    source: en
    digest: "{digest}"
    status: unchecked
    text: |-
{text}
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    files = {"statements/declarations/ours.yml": DECLARATION}
    for name, (en, fr, ar) in TEXTS.items():
        more = TRANSLATION.format(digest=digest(en), text=textwrap.indent(ar, "      "))
        files |= clause(name, en, fr, more=more)
    made = desk(tmp_path_factory.mktemp("desk"), files)
    circulate(made, "ours", until="2026-03-20 18:00", rule="consensus", at=AT)
    return sent_to("morocco", made)


def proposed(written: Sent, do: Callable[[Pen], None]) -> list[str]:
    pen = Pen.on(written.data)
    do(pen)
    return list(said(_returned(Sent(pen.data(), written.shown, written.subjects, written.phrases), [])))


def moved(paragraph: etree._Element, after: etree._Element) -> None:
    """A paragraph dragged to below another one while changes are tracked."""
    copied = copy.deepcopy(paragraph)
    for one in list(copied.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        one.getparent().remove(one)
    for one, kind, number in ((paragraph, "moveFrom", "80"), (copied, "moveTo", "81")):
        one.find(f"{W}pPr/{W}rPr").insert(0, w(kind, **HAND))
        for run in one.findall(f"{W}r"):
            run.addprevious(around := w(kind, **HAND))
            around.append(run)
        if one is copied:
            after.addnext(one)
        one.addprevious(w(f"{kind}RangeStart", id=number, name="move1", author="Amal", date=HAND["date"]))
        one.addnext(w(f"{kind}RangeEnd", id=number))


def items(pen: Pen, place: int, language: str) -> list[etree._Element]:
    return pen.text_cell(place, language).findall(f"{W}p")


@pytest.mark.parametrize(
    ("old", "new", "rtl", "look"),
    [
        ("الانتظار", "العمل", True, ""),
        ("الانتظار", "العمل فورًا", False, ""),
        ("الأطفال", "الأطفالِ", True, ""),
        ("الانتظار", "الانتـــظار", True, ""),
        ("09-08", "٠٩-٠٨", True, ""),
        ("09-08", "10-08", False, ""),
        ("الانتظار", "العمل\u200f", True, ""),
        ("الانتظار", "الانتظار (UNHCR)", True, ""),
        ("الانتظار", "الانتظار (UNH\u0421R)", True, "U+0421 CYRILLIC CAPITAL LETTER ES"),
        ("إلى", "الی", True, "U+06CC ARABIC LETTER FARSI YEH"),
        ("الانتظار", "\ufefb", True, "U+FEFB ARABIC LIGATURE LAM WITH ALEF"),
    ],
)
def test_an_arabic_text_that_was_changed_is_an_amendment(
    written: Sent, old: str, new: str, rtl: bool, look: str
) -> None:
    amendment, *others = proposed(written, lambda pen: pen.change(1, "ar", old, new, "Amal", rtl=rtl))
    assert amendment.startswith("1 amendment ar by Amal: ")
    assert [one.startswith("1 look: its text in ar came back with") and look in one for one in others] == (
        [True] if look else []
    )


def test_approval_and_a_changed_arabic_text(written: Sent) -> None:
    def do(pen: Pen) -> None:
        pen.tick(1, "approve")
        pen.change(1, "ar", "الانتظار", "العمل", "Amal")

    assert [one.partition(":")[0] for one in proposed(written, do)] == ["1 amendment ar by Amal", "1 unclear"]


def test_an_arabic_text_that_only_looks_otherwise_in_the_file_is_approved(written: Sent) -> None:
    """As Word leaves it: a run parted by its spelling, a look that was tracked, a paragraph’s; and an insertion that
    another hand took out."""

    def do(pen: Pen) -> None:
        pen.tick(1, "approve")
        text = next(one for one in pen.text_cell(1, "ar").iter(f"{W}t") if "الدول" in (one.text or ""))
        one = text.getparent()
        one.addnext(second := copy.deepcopy(one))
        second.find(f"{W}t").text, text.text = text.text[10:], text.text[:10]
        second.addprevious(w("proofErr", type="spellStart"))
        second.find(f"{W}rPr").append(w("rPrChange", w("rPr", w("rtl")), **HAND))
        first = pen.text_cell(1, "ar").find(f"{W}p/{W}pPr")
        first.append(w("pPrChange", w("pPr", w("pStyle", val="ParaphPacketText"), w("bidi")), **HAND))
        gone = copy.deepcopy(one)
        gone.find(f"{W}t").tag = f"{W}delText"
        second.addnext(w("ins", w("del", gone, **HAND), **HAND))

    assert proposed(written, do) == ["1 approve"]


def test_two_items_run_together_and_one_put_between(written: Sent) -> None:
    def together(pen: Pen) -> None:
        items(pen, 2, "ar")[1].find(f"{W}pPr/{W}rPr").insert(0, w("del", **HAND))

    def between(pen: Pen) -> None:
        one = items(pen, 2, "ar")[1]
        one.addnext(new := copy.deepcopy(one))
        new.find(f"{W}pPr/{W}rPr").insert(0, w("ins", **HAND))
        run = new.find(f"{W}r")
        run.addprevious(around := w("ins", **HAND))
        around.append(run)

    for do in (together, between):
        (line,) = proposed(written, do)
        assert line.startswith("2 amendment ar by Amal")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_item_that_was_moved_is_an_amendment_and_approves_nothing(written: Sent, language: str) -> None:
    def do(pen: Pen) -> None:
        pen.tick(2, "approve")
        first, _, last = items(pen, 2, language)
        moved(last, first)

    assert [one.partition(":")[0] for one in proposed(written, do)] == [f"2 amendment {language} by Amal", "2 unclear"]


def test_a_paragraph_moved_out_of_its_text(written: Sent) -> None:
    def to_another(pen: Pen) -> None:
        moved(items(pen, 2, "en")[1], items(pen, 1, "en")[0])

    def below_the_table(pen: Pen) -> None:
        moved(items(pen, 2, "en")[2], pen.table(2))

    assert [one.partition(":")[0] for one in proposed(written, to_another)] == [
        "1 amendment en by Amal",
        "1 look",
        "2 amendment en by Amal",
    ]
    outside, amendment = proposed(written, below_the_table)
    assert outside.startswith("all look: outside all fields stands “to hear”, below the decision table of 2 see@1")
    assert amendment.startswith("2 amendment en by Amal")


def test_one_new_paragraph_in_place_of_a_list(written: Sent) -> None:
    def alone(pen: Pen) -> None:
        first, *others = items(pen, 2, "en")
        for one in others:
            one.getparent().remove(one)
        next(first.iter(f"{W}t")).text = "Nothing of it."

    assert proposed(written, alone)[0].startswith("2 amendment en")


def test_words_that_set_numbers_from_the_left_are_gone(written: Sent) -> None:
    def do(pen: Pen) -> None:
        pen.tick(1, "approve")
        for one in list(pen.text_cell(1, "ar").iter(f"{W}noProof")):
            run = next(one.iterancestors(f"{W}r"))
            run.getparent().remove(run)

    approval, look = proposed(written, do)
    assert (approval, look[:40]) == ("1 approve", "1 look: the text in ar is set from the o")


@pytest.mark.parametrize(("start", "known"), [("1", True), ("2", False)])
def test_what_an_rtf_of_libreoffice_loses_of_arabic_is_not_taken_for_changed(
    written: Sent, start: str, known: bool
) -> None:
    """Bold Arabic letters, and letters as numbers of lists; other numbers are looked at all the same."""
    pen = Pen.on(written.data)
    pen.tick(1, "approve")
    pen.tick(2, "approve")
    for one in [one for place in (1, 2) for one in pen.text_cell(place, "ar").iter(f"{W}rStyle")]:
        one.getparent().remove(one)
    numbering = etree.fromstring(pen.parts["word/numbering.xml"])
    for one in [one for one in numbering.iter(f"{W}numFmt") if one.get(f"{W}val") == "arabicAbjad"]:
        one.set(f"{W}val", "decimal")
        one.getparent().find(f"{W}start").set(f"{W}val", start)
    pen.parts["word/numbering.xml"] = etree.tostring(numbering)
    came = read_word(pen.data())
    for lost in (False, True):
        shown = replace(came, plain_arabic=lost)
        lines = list(said(read_returned(written.shown, shown, written.subjects, written.phrases, "en")))
        looks = [line for line in lines if "look" in line]
        assert any("loses in RTF what is struck out in Arabic" in one for one in looks) is lost
        assert len(looks) == (1 if lost and known else 2 if lost else 3), lines
        assert any("the numbers of its lists are others" in one for one in looks) is not (lost and known)
