"""Mutated packets: whatever became of a file, nothing but a refusal in words, and never a decision that is not there.

PARAPH_FUZZ_PACKETS says how many, from PARAPH_FUZZ_FROM on; a seed gives the same packet each time. What is decided in
one, `eye` sees for itself: a choice that a person with the file before him would not read there, or would read beside
another, is wrong, and so is an approval of a text that is not all there.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from lxml import etree

from eye import GREY, Eye, look, page_of
from paraph.model.event import Choice
from paraph.ooxml.archive import PackageError
from paraph.ooxml.reading.file import read_word
from paraph.ooxml.reading.shown import paragraphs, within
from paraph.review.identity import CHOICES, name_of, printed_code
from paraph.review.returned.answer import Answer
from paraph.review.returned.claims import claims
from paraph.review.returned.left_open import subject_of
from paraph.review.returned.read import read_returned
from paraph.starter import starter
from pen import DOCUMENT, SPACE, W14, Pen, W
from test_returned import Sent, written

__all__ = ["written"]

COUNT = int(os.environ.get("PARAPH_FUZZ_PACKETS", "120"))
FIRST = int(os.environ.get("PARAPH_FUZZ_FROM", "0"))
LETTERS = "abcdefghijklmnopqrstuvw éàعربي0123456789.,;‹›[]·@☒☐x"
APPROVALS = (Choice.APPROVE, Choice.RESERVE)
SIGNS = (
    "☒", "☒", "☑", "x", "✓", "☐", "[x]", "✗", "Yes", "No", "OK", "Oui", "V", "+", "☒ so", "x, but", "☒ not so", "Yes?",
)  # fmt: skip
SETTINGS = (
    "vanish", "specVanish", "webHidden", "strike", "dstrike", "caps", "b", "color=FFFFFF", "sz=2", "highlight=yellow",
    "highlight=black", "shd=clear", "effect=sparkle", "position=-400", "spacing=-300", "rStyle=none", "rtl",
)  # fmt: skip
STRINGS = yaml.safe_load((starter() / "templates" / "packet" / "strings.yml").read_text(encoding="utf-8"))["strings"]
LABELS = {STRINGS[choice]["en"]: str(choice) for choice in CHOICES}
PHRASES = {
    phrase.casefold(): str(choice)
    for choice in CHOICES
    for key in (str(choice), f"said-{choice}")
    for said in STRINGS[key].values()
    for phrase in said.split("|")
}
YESES = frozenset(
    word.casefold() for key in ("said-yes", "said-good") for said in STRINGS[key].values() for word in said.split("|")
)
NAMED = re.compile(r"paraph[._](\d+)[._][0-9a-f]{8}[._](approve|reserve|abstain|object)")


def answered(sent: Sent) -> dict[str, bytes]:
    """1 objected to, 2 left alone, 3 approved."""
    pen = Pen.on(sent.data)
    pen.tick(1, "object")
    pen.words(1, "Too little.")
    pen.choose(3, "Approve")
    pen.comment(2, "text-en", "Why?")
    pen.data()
    return pen.parts


def elements(root: etree._Element, chance: random.Random) -> list[etree._Element]:
    """All, or, every other time, those of one decision table."""
    within_, codes = root, [one for one in root.iter(f"{W}tag") if one.get(f"{W}val", "").endswith(".code")]
    if codes and chance.random() < 0.5:
        within_ = next(chance.choice(codes).iterancestors(f"{W}tbl"), root)
    return [one for one in within_.iter() if isinstance(one.tag, str) and one.getparent() is not None]


def dropped(root: etree._Element, chance: random.Random) -> None:
    one = chance.choice(elements(root, chance))
    one.getparent().remove(one)


def unwrapped(root: etree._Element, chance: random.Random) -> None:
    one = chance.choice(elements(root, chance))
    parent, at = one.getparent(), one.getparent().index(one)
    parent[at : at + 1] = list(one)


def doubled(root: etree._Element, chance: random.Random) -> None:
    one = chance.choice(elements(root, chance))
    one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))


def moved(root: etree._Element, chance: random.Random) -> None:
    one, other = chance.choice(elements(root, chance)), chance.choice(elements(root, chance))
    if one not in other.iterancestors() and one is not other:
        other.addnext(one)


def exchanged(root: etree._Element, chance: random.Random) -> None:
    """Two of a kind, each in the place of the other: labels, boxes, rows, cells, tables."""
    one = chance.choice(elements(root, chance))
    other = chance.choice([there for there in elements(root, chance) if there.tag == one.tag])
    if one not in other.iterancestors() and other not in one.iterancestors() and one is not other:
        mark = etree.Comment("here")
        one.addprevious(mark)
        other.addprevious(one)
        mark.addprevious(other)
        mark.getparent().remove(mark)


def retyped(root: etree._Element, chance: random.Random) -> None:
    one = _text(root, chance)
    at = chance.randrange(len(one.text) + 1)
    new = "".join(chance.choice(LETTERS) for _ in range(chance.randint(0, 6)))
    one.text = one.text[:at] + new + one.text[at + chance.randint(0, 4) :]
    one.set(SPACE, "preserve")


def copied(root: etree._Element, chance: random.Random) -> None:
    """The words of one text in another: of a label in another row, in a box, between paragraphs."""
    _text(root, chance).text = _text(root, chance).text


def ticked(root: etree._Element, chance: random.Random) -> None:
    """A sign in place of any words, or before or after them."""
    one, sign = _text(root, chance), chance.choice(SIGNS)
    one.text = chance.choice([sign, f"{sign} {one.text}", f"{one.text} {sign}"])


def checked(root: etree._Element, chance: random.Random) -> None:
    """The state of a box, whatever it shows."""
    chance.choice(list(root.iter(f"{W14}checked"))).set(f"{W14}val", chance.choice("01"))


def _text(root: etree._Element, chance: random.Random) -> etree._Element:
    return chance.choice([one for one in elements(root, chance) if one.tag == f"{W}t" and one.text])


def renamed(root: etree._Element, chance: random.Random) -> None:
    """An attribute's value given to another element, as a tag, a bookmark's name or an id."""
    named = [one for one in elements(root, chance) if one.attrib]
    one, other = chance.choice(named), chance.choice(named)
    key = chance.choice(list(one.attrib))
    other.set(key, one.get(key))


def tracked(root: etree._Element, chance: random.Random) -> None:
    one = chance.choice([one for one in elements(root, chance) if one.tag == f"{W}r"])
    wrapper = etree.Element(W + chance.choice(["ins", "del", "moveFrom", "moveTo", "sdtContent", "hyperlink"]))
    one.addprevious(wrapper)
    wrapper.append(one)


def reset(root: etree._Element, chance: random.Random) -> None:
    """A run set otherwise: hidden, struck, white, a speck."""
    one = chance.choice([one for one in elements(root, chance) if one.tag == f"{W}r"])
    properties = one.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        one.insert(0, properties)
    tag, _, value = chance.choice(SETTINGS).partition("=")
    made = etree.SubElement(properties, W + tag)
    if value:
        made.set(f"{W}val", value)


def crossed(root: etree._Element, chance: random.Random) -> None:
    """The labels of a table struck out or grey, all but one or two."""
    boxed = [one for one in root.iter(f"{W}tbl") if next(one.iter(f"{W14}checkbox"), None) is not None]
    rows = chance.choice(boxed).findall(f"{W}tr")
    labelled = [row for row in rows if next(row.iter(f"{W14}checkbox"), None) is not None]
    tag, _, value = chance.choice(("strike", "strike", "dstrike", f"color={GREY}")).partition("=")
    few = min(len(labelled), max(1, len(labelled) - chance.choice((1, 1, 2))))
    for row in chance.sample(labelled, few):
        for one in (row if chance.random() < 0.5 else row[1]).iter(f"{W}rPr"):
            etree.SubElement(one, W + tag).set(f"{W}val", value or "1")


MUTATIONS: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    dropped, unwrapped, doubled, moved, exchanged, retyped, copied, ticked, checked, renamed, tracked, reset,
    crossed,
)  # fmt: skip


def mutated(parts: dict[str, bytes], chance: random.Random, *, count: int | None = None) -> bytes:
    pen = Pen(dict(parts))
    for _ in range(chance.choice([1, 1, 2, 4, 12]) if count is None else count):
        with contextlib.suppress(IndexError):  # nothing of that kind is left in the file
            chance.choice(MUTATIONS)(pen.body, chance)
    if count is None and chance.random() < 0.1:
        name = chance.choice([one for one in pen.parts if one != DOCUMENT])
        part = bytearray(pen.parts[name])
        for _ in range(chance.randint(1, 6)):
            part[chance.randrange(len(part))] = chance.randrange(256)
        pen.parts[name] = bytes(part)
    data = pen.data()
    if count is None and chance.random() < 0.1:
        flipped = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        data = bytes(flipped[: chance.choice([len(flipped), len(flipped), chance.randrange(len(flipped))])])
    return data


def overreach(sent: Sent, data: bytes) -> Iterator[str]:
    """What the reader proposes of a file that nobody may read in it. Raises PackageError where it refuses the file."""
    came = read_word(data)
    claims(came)
    returned = read_returned(sent.shown, came, sent.subjects, sent.phrases, "en")
    answers = [one for one in (*returned.answers, returned.left_open) if one is not None and one.choice]
    if answers:
        eye = look(data, LABELS, PHRASES, STRINGS["words"]["en"], YESES)
        named = ticked_by_name(data)
        for one in answers:
            yield from (f"{one.place} {one.choice}: {why}" for why in _against(sent, one, eye, named))


def _against(sent: Sent, answer: Answer, eye: Eye, named: dict[int, set[str]]) -> Iterator[str]:
    subjects = (*sent.subjects, subject_of(sent.subjects))
    code = printed_code(answer.place, subjects[answer.place - 1])
    if not eye.allows(str(answer.choice), code):
        yield f"seen is {[sorted(one) for one in eye.tables.get(code, [])]}"
    if others := named.get(answer.place, set()) - {str(answer.choice)}:
        yield f"ticked by their names are {sorted(others)}"
    texts = words_of(sent, answer.place) if answer.choice in APPROVALS and answer.place <= len(sent.subjects) else ()
    if gone := [line for line in texts if line not in eye.lines]:
        yield f"not to be seen is {gone}"


def ticked_by_name(data: bytes) -> dict[int, set[str]]:
    """The choices of each place in whose controls a tick stands, wherever they are."""
    found: dict[int, set[str]] = {}
    for control in page_of(data).iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        name = NAMED.fullmatch(tag.get(f"{W}val", "")) if tag is not None else None
        words = "".join(one.text or "" for one in control.iter(f"{W}t"))
        if name and "☒" in words:
            found.setdefault(int(name[1]), set()).add(name[2])
    return found


def words_of(sent: Sent, place: int) -> Iterator[str]:
    """The lines of the texts of a subject as they were sent."""
    for control in sent.shown.controls:
        if control.tag.startswith(name_of(place, sent.subjects[place - 1], "text-").tag):
            for line in paragraphs(within(sent.shown.lines, control=control.number), accepted=True):
                if words := " ".join(line.replace("\u200e", "").split()):
                    yield words


@pytest.mark.parametrize("part", range(2))
def test_no_mutation_breaks_the_reader_or_makes_a_decision(written: Sent, part: int, tmp_path: Path) -> None:
    parts = answered(written)
    read = 0
    for seed in range(FIRST + part, FIRST + COUNT, 2):
        data = mutated(parts, random.Random(seed))
        try:
            wrong = list(overreach(written, data))
        except PackageError:
            continue
        except Exception:
            (tmp_path / f"{seed}.docx").write_bytes(data)
            raise
        read += 1
        assert wrong == [], seed
    assert read > COUNT // 4


def test_the_eye_sees_what_was_decided(written: Sent) -> None:
    """Else nothing that it sees could ever be wrong."""
    data = mutated(answered(written), random.Random(0), count=0)
    eye = look(data, LABELS, PHRASES, STRINGS["words"]["en"], YESES)
    codes = [printed_code(place, one) for place, one in enumerate(written.subjects, 1)]
    assert [eye.tables[code] for code in codes] == [[{"object"}], [set()], [{"approve"}]]
    assert list(words_of(written, 1))
    assert {line for place in (1, 2, 3) for line in words_of(written, place)} <= eye.lines
    assert list(overreach(written, data)) == []


def test_the_box_of_another_text_before_the_list_leaves_it_unclear(written: Sent) -> None:
    """Whoever looks at the table sees a box that is ticked, and another choice beside it."""
    pen = Pen(answered(written))
    pen.label(3, "choice").find(f"{W}p").addnext(pen.cell(1, "object").find(f"{W}p"))
    assert list(overreach(written, pen.data())) == []
