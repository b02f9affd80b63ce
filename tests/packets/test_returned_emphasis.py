"""Emphasis and links are part of what is approved: a text that came back without them, or with others, is looked at."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from lxml import etree

from desk import clause, desk
from paraph.ooxml.reading.file import read_word
from paraph.review.returned.read import read_returned
from paraph.workflow.approvals.circulation import circulate
from pen import Pen, W, w
from test_returned import AT, DECLARATION, Sent, said, sent_to
from test_returned_counted import made

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "word/_rels/document.xml.rels"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    root = tmp_path_factory.mktemp("desk")
    text = "*{call}* States to act in **3 years**, as [the Convention](https://example.org/c) and [others]({other}) ask"
    text = text.replace("{other}", "https://b.example/é")
    wait = clause("wait", text.format(call="Call upon"), text.format(call="Demandent"))
    see = clause("see", "*Call upon* States to see", "*Demandent* aux États de voir")
    desk(root, {**wait, **see, "statements/declarations/ours.yml": DECLARATION})
    circulate(root, "ours", until="2026-03-20 18:00", rule="consensus", at=AT)
    return sent_to("malta", root)


def links(pen: Pen, language: str = "en") -> list[etree._Element]:
    return list(pen.text(1, language).iter(f"{W}hyperlink"))


def leads(old: str, new: str) -> Callable[[Pen], None]:
    def change(pen: Pen) -> None:
        target = links(pen)[0 if "/c" in old else 1].get(f"{_R}id")
        for one in (rels := etree.fromstring(pen.parts[_RELS])):
            if one.get("Id") == target:
                assert one.get("Target") == old
                one.set("Target", new)
        pen.parts[_RELS] = etree.tostring(rels)

    return change


def unlinked(pen: Pen) -> None:
    link = links(pen)[0]
    for run in link:
        link.addprevious(run)
    link.getparent().remove(link)


def exchanged(pen: Pen) -> None:
    one, other = links(pen)
    for link, target in ((one, other.get(f"{_R}id")), (other, one.get(f"{_R}id"))):
        link.set(f"{_R}id", str(target))


def linked(pen: Pen) -> None:
    run = next(one for one in pen.text(1, "en").iter(f"{W}t") if "States" in (one.text or "")).getparent()
    link = copy.copy(links(pen)[0])
    del link[:]
    run.addprevious(link)
    link.append(run)


def anchored(pen: Pen) -> None:
    links(pen)[0].set(f"{W}anchor", "art-4")


def split(pen: Pen) -> None:
    """As word processors part a link into runs."""
    link = links(pen)[0]
    for run in list(link):
        twin = copy.deepcopy(run)
        text, rest = (next(one.iter(f"{W}t")) for one in (run, twin))
        text.text, rest.text = (text.text or "")[:3], (text.text or "")[3:]
        run.addnext(twin)


def unset(kind: str) -> Callable[[Pen], None]:
    def change(pen: Pen) -> None:
        for run in pen.text(1, "en").iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            style = properties.find(f"{W}rStyle") if properties is not None else None
            if style is not None and kind in str(style.get(f"{W}val")):
                run.remove(properties)

    return change


def in_german(pen: Pen) -> None:
    for run in pen.text(1, "en").iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        if properties is not None:
            for one in properties.findall(f"{W}lang"):
                properties.remove(one)
            properties.append(w("lang", val="de-DE"))


def doubled(xml: str) -> Callable[[Pen], None]:
    def change(pen: Pen) -> None:
        run = next(one for one in pen.text(1, "en").iter(f"{W}t") if "States" in (one.text or "")).getparent()
        properties = run.find(f"{W}rPr")
        for one in list(properties if properties is not None else ()):
            properties.remove(one)
        if properties is None:
            properties = w("rPr")
            run.insert(0, properties)
        properties.extend(made(xml))

    return change


COLOUR, FACE = '<w:color w:val="1B1C1E"/>', '<w:rFonts w:cs="Amiri"/>'
LOOKED_AT: dict[str, tuple[Callable[[Pen], None], str]] = {
    "a link to elsewhere": (
        leads("https://example.org/c", "https://evil.example/c"),
        "in the text in en “the Convention” led to https://example.org/c, and now to https://evil.example/c",
    ),
    "a link to another article": (anchored, "and now to https://example.org/c#art-4"),
    "a link gone": (unlinked, "in the text in en “the Convention” led to https://example.org/c, and now nowhere"),
    "a link more": (linked, "led nowhere, and now to https://example.org/c"),
    "two links exchanged": (exchanged, "in the text in en “the Convention” led to https://example.org/c, and now to h"),
    "no italics": (unset("Emphasis"), "in the text in en is no longer in italics “Call upon”"),
    "no bold": (unset("Strong"), "in the text in en is no longer in bold “3 years”"),
    "two colours at once": (doubled(f'{COLOUR}<w:color w:val="FF0000"/>'), "properties that stand twice"),
    "two typefaces at once": (
        doubled(f'{FACE}<w:rFonts w:ascii="Wingdings" w:cs="Amiri"/>'),
        "properties that stand twice",
    ),
}
PASSED: dict[str, Callable[[Pen], None]] = {
    "as it was": lambda _: None,
    "a stroke at the end": leads("https://example.org/c", "https://example.org/c/"),
    "a link in several runs": split,
    "letters as bytes": leads("https://b.example/%C3%A9", "https://b.example/é"),
    "a language that Word took it for": in_german,
    "one colour twice": doubled(COLOUR * 2),
    "one typeface twice": doubled(f'{FACE}<w:rFonts w:ascii="Noto Serif" w:hAnsi="Noto Serif" w:cs="Amiri"/>'),
}


def lines(written: Sent, change: Callable[[Pen], None]) -> list[str]:
    pen = Pen.on(written.data)
    pen.tick(1, "approve")
    change(pen)
    found = read_returned(written.shown, read_word(pen.data()), written.subjects, written.phrases, "en")
    return [one for one in said(found) if one.startswith("1 ")]


@pytest.mark.parametrize("case", LOOKED_AT)
def test_an_approval_beside_other_emphasis_or_links_is_looked_at(written: Sent, case: str) -> None:
    change, expected = LOOKED_AT[case]
    found = lines(written, change)
    assert any(expected in one for one in found), found


@pytest.mark.parametrize("case", PASSED)
def test_what_word_processors_do_to_them_is_passed(written: Sent, case: str) -> None:
    assert lines(written, PASSED[case]) == ["1 approve"]
