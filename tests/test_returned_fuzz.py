"""Mutated packets: whatever became of a file, nothing but a refusal in words, and never an approval that nobody gave.

PARAPH_FUZZ_PACKETS says how many; mutations never make a tick, so that every approval but the one that was given is
wrong.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from paraph.model.event import Choice
from paraph.ooxml.archive import PackageError
from paraph.ooxml.reading.file import read_word
from paraph.review.returned.claims import claims
from paraph.review.returned.read import read_returned
from pen import DOCUMENT, SPACE, Pen, W
from test_returned import Sent, written

__all__ = ["written"]

COUNT = int(os.environ.get("PARAPH_FUZZ_PACKETS", "120"))
LETTERS = "abcdefghijklmnopqrstuvw éàعربي0123456789.,;‹›[]·@"
TICKED = "☒"
APPROVALS = (Choice.APPROVE, Choice.RESERVE)


def answered(sent: Sent) -> dict[str, bytes]:
    """1 objected to, 2 left alone, 3 approved."""
    pen = Pen.on(sent.data)
    pen.tick(1, "object")
    pen.words(1, "Too little.")
    pen.choose(3, "Approve")
    pen.comment(2, "text-en", "Why?")
    pen.data()
    return pen.parts


def elements(root: etree._Element) -> list[etree._Element]:
    return [one for one in root.iter() if isinstance(one.tag, str) and one.getparent() is not None]


def holds_tick(one: etree._Element) -> bool:
    return any(TICKED in (text or "") or "Approve" in (text or "") for text in one.itertext())


def dropped(root: etree._Element, chance: random.Random) -> None:
    one = chance.choice(elements(root))
    one.getparent().remove(one)


def unwrapped(root: etree._Element, chance: random.Random) -> None:
    one = chance.choice(elements(root))
    parent, at = one.getparent(), one.getparent().index(one)
    parent[at : at + 1] = list(one)


def doubled(root: etree._Element, chance: random.Random) -> None:
    one = chance.choice(elements(root))
    if not holds_tick(one):
        one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))


def moved(root: etree._Element, chance: random.Random) -> None:
    every = elements(root)
    one, other = chance.choice(every), chance.choice(every)
    if not holds_tick(one) and one not in other.iterancestors() and one is not other:
        other.addnext(one)


def retyped(root: etree._Element, chance: random.Random) -> None:
    texts = [one for one in root.iter(f"{W}t") if one.text]
    one = chance.choice(texts)
    at = chance.randrange(len(one.text) + 1)
    new = "".join(chance.choice(LETTERS) for _ in range(chance.randint(0, 6)))
    one.text = one.text[:at] + new + one.text[at + chance.randint(0, 4) :]
    one.set(SPACE, "preserve")


def renamed(root: etree._Element, chance: random.Random) -> None:
    """An attribute's value given to another element, as a tag, a bookmark's name or an id."""
    named = [one for one in elements(root) if one.attrib and "checked" not in one.tag.lower()]
    one, other = chance.choice(named), chance.choice(named)
    key = chance.choice(list(one.attrib))
    other.set(key, one.get(key))


def tracked(root: etree._Element, chance: random.Random) -> None:
    runs = [one for one in root.iter(f"{W}r") if not holds_tick(one)]
    one = chance.choice(runs)
    wrapper = etree.Element(W + chance.choice(["ins", "del", "moveFrom", "moveTo", "sdtContent", "hyperlink"]))
    one.addprevious(wrapper)
    wrapper.append(one)


def hidden(root: etree._Element, chance: random.Random) -> None:
    one = chance.choice(list(root.iter(f"{W}r")))
    properties = etree.Element(f"{W}rPr")
    etree.SubElement(properties, f"{W}vanish")
    one.insert(0, properties)


MUTATIONS: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    dropped, unwrapped, doubled, moved, retyped, renamed, tracked, hidden,
)  # fmt: skip


def mutated(parts: dict[str, bytes], chance: random.Random) -> bytes:
    pen = Pen(dict(parts))
    for _ in range(chance.choice([1, 1, 2, 4, 12])):
        with contextlib.suppress(IndexError):  # nothing of that kind is left in the file
            chance.choice(MUTATIONS)(pen.body, chance)
    if chance.random() < 0.1:
        name = chance.choice([one for one in pen.parts if one != DOCUMENT])
        part = bytearray(pen.parts[name])
        for _ in range(chance.randint(1, 6)):
            part[chance.randrange(len(part))] = chance.randrange(256)
        pen.parts[name] = bytes(part)
    data = pen.data()
    if chance.random() < 0.1:
        flipped = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        data = bytes(flipped[: chance.choice([len(flipped), len(flipped), chance.randrange(len(flipped))])])
    return data


@pytest.mark.parametrize("part", range(2))
def test_no_mutation_breaks_the_reader_or_makes_an_approval(written: Sent, part: int, tmp_path: Path) -> None:
    parts = answered(written)
    whole = [line.split("\t")[-1] for line in _lines(written)]
    read = 0
    for seed in range(part, COUNT, 2):
        data = mutated(parts, random.Random(seed))
        try:
            came = read_word(data)
            claims(came)
            returned = read_returned(written.shown, came, written.subjects, written.phrases, "en")
        except PackageError:
            continue
        except Exception:
            (tmp_path / f"{seed}.docx").write_bytes(data)
            raise
        read += 1
        one, two, three = returned.answers
        assert {one.choice, two.choice}.isdisjoint(APPROVALS), seed
        assert three.choice is not Choice.RESERVE, seed
        assert returned.left_open is None or returned.left_open.choice not in APPROVALS, seed
        if three.choice is Choice.APPROVE:
            there = "\n".join("".join(run.says(accepted=True) for run in line.runs) for line in came.lines)
            assert all(words in there for words in whole), seed
    assert read > COUNT // 4


def _lines(sent: Sent) -> list[str]:
    from paraph.ooxml.reading.shown import paragraphs, within
    from paraph.review.identity import name_of

    tag = name_of(3, sent.subjects[2], "text-en").tag
    control = next(one for one in sent.shown.controls if one.tag == tag)
    return list(paragraphs(within(sent.shown.lines, control=control.number), accepted=True))
