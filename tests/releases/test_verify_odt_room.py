"""ODTs with the words released in which words have no room, stand on each other or begin from the other side: each
value of a style within its own bounds. Rehearsals all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from paraph.proof.compare import compare
from paraph.proof.odt import read
from rehearsal import FILES
from site_world import ARABIC
from test_verify import Released, adopted
from test_verify_opendocument import own, put

ROOM = "text that nobody can see (its room on the page)"
CELLS = "a table that programs set each in its own way"
LINE = "text that nobody can see (the height of the line)"
SQUEEZED = "text that nobody can see (its letters on each other)"
TAB = "words that a tab may set apart, or not"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    root = tmp_path_factory.mktemp("released")
    with adopted(root, {**FILES, **ARABIC}) as rehearsal:
        rehearsal.does("release rehearsal -f odt --reference AOM/2026/7 --confirm")
    return Released(root, root / "releases/AOM-2026-7")


def with_body(styles: str, words: str) -> Callable[[bytes], bytes]:
    return lambda data: own(styles)(put("content.xml", "</office:text>", f"{words}</office:text>")(data))


def style(kind: str, said: str = "", inside: str = "", name: str = "X", family: str = "") -> str:
    looks = f"<style:{kind}-properties {said}>{inside}</style:{kind}-properties>"
    return f'<style:style style:name="{name}" style:family="{family or kind}">{looks}</style:style>'


def paragraph(said: str = "", text: str = "", inside: str = "", words: str = "words") -> Callable[[bytes], bytes]:
    looks = style("paragraph", said, inside).replace("</style:style>", f"<style:text-properties {text}/></style:style>")
    return with_body(looks, f'<text:p text:style-name="X">{words}</text:p>')


def section(said: str = "", inside: str = "") -> Callable[[bytes], bytes]:
    words = '<text:section text:name="s" text:style-name="X"><text:p>words</text:p></text:section>'
    return with_body(style("section", said, inside), words)


def item(said: str, inside: str = "") -> Callable[[bytes], bytes]:
    place = f"<style:list-level-properties {said}>{inside}</style:list-level-properties>"
    level = f'<text:list-level-style-number text:level="1" style:num-format="">{place}</text:list-level-style-number>'
    words = '<text:list text:style-name="L"><text:list-item><text:p>words</text:p></text:list-item></text:list>'
    return with_body(f'<text:list-style style:name="L">{level}</text:list-style>', words)


def cell(said: str = "", words: str = "<text:p>words</text:p>", named: str = "X") -> str:
    return f'<table:table-cell table:style-name="{named}" {said}>{words}</table:table-cell>'


COVERED = "<table:covered-table-cell/>"
NAMES = count(1)


def row(*cells: str) -> str:
    return f'<table:table-row table:style-name="R">{"".join(cells)}</table:table-row>'


def table(
    *rows: str, columns: int | tuple[str, ...] = 2, styles: str = "", head: bool = False
) -> Callable[[bytes], bytes]:
    given = (
        (f'<table:table-column table:number-columns-repeated="{columns}"/>',) if isinstance(columns, int) else columns
    )
    inside = "".join(rows)
    inside = f"<table:table-header-rows>{inside}</table:table-header-rows>" if head else inside
    made = f'<table:table table:name="t{next(NAMES)}" table:style-name="T">{"".join(given)}{inside}</table:table>'
    return with_body(styles, made)


def column(width: str, name: str, kind: str = "style:column-width") -> str:
    return style("table-column", f'{kind}="{width}"', name=name)


def at(name: str, times: int = 1) -> str:
    return f'<table:table-column table:style-name="{name}" table:number-columns-repeated="{times}"/>'


LEADER = '<style:tab-stop style:position="200pt" style:leader-style="solid"/>'
TWO = 'table:number-columns-spanned="2"'
BOTH = f'{TWO} table:number-rows-spanned="2"'
EMPTY = cell(words="<text:p/>")
LOW = style("table-row", 'style:min-row-height="800pt"', name="R")
MIDDLE = style("table-row", 'style:min-row-height="400pt"', name="R")
FAR = '<style:tab-stop style:position="500pt"/>'
TAMPERED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "fewer columns than cells": (table(row(EMPTY, cell()), columns=1), CELLS),
    "more columns than cells": (table(row(cell())), CELLS),
    "a cell behind a wide one": (table(row(cell(TWO), cell())), CELLS),
    "a cell under a wide and high one": (table(row(cell(BOTH), COVERED), row(COVERED, cell())), CELLS),
    "a cell that is higher than its table": (table(row(cell('table:number-rows-spanned="2"'), cell())), CELLS),
    "a cell that nothing covers": (table(row(COVERED, cell())), CELLS),
    "a table beside the page": (
        table(row(EMPTY, cell()), styles=style("table", 'style:width="1200pt" table:align="left"', name="T")), ROOM,
    ),
    "a last column of no width": (
        table(
            row(*[EMPTY] * 5, cell()), columns=(at("A", 5), at("B")),
            styles=column("999pt", "A") + column("11pt", "B"),
        ),
        ROOM,
    ),
    "a last column of no share": (
        table(
            row(*[EMPTY] * 20, cell()), columns=(at("A", 20), at("B")),
            styles=column("99999*", "A", "style:rel-column-width") + column("2000*", "B", "style:rel-column-width"),
        ),
        ROOM,
    ),
    "a cell that its padding fills": (
        table(
            row(*[cell()] * 4), columns=4,
            styles=style("table-cell", 'fo:padding-left="60pt" fo:padding-right="50pt"'),
        ),
        ROOM,
    ),
    "tables within tables": (
        table(
            row(cell(words='<table:table table:name="t" table:style-name="T"><table:table-column/>'
                f"{row(cell())}</table:table>")),
            columns=1, styles=style("table", 'fo:margin-left="200pt" fo:margin-right="30pt"', name="T"),
        ),
        ROOM,
    ),
    "a row that is higher than the page": (table(row(cell()), columns=1, styles=LOW), ROOM),
    "heads of a table that fill the page": (table(row(cell()), columns=1, styles=MIDDLE, head=True), ROOM),
    "a column of no share in a section": (
        section(inside='<style:columns fo:column-count="2"><style:column style:rel-width="1*"/>'
        '<style:column style:rel-width="65534*"/></style:columns>'),
        ROOM,
    ),
    "columns that their gaps fill": (
        section(
            'fo:margin-left="60pt" fo:margin-right="60pt"', '<style:columns fo:column-count="4" fo:column-gap="100pt"/>'
        ),
        ROOM,
    ),
    "a section that its margins fill": (section('fo:margin-left="300pt" fo:margin-right="300pt"'), ROOM),
    "a list beside the page": (item('text:space-before="840pt"'), ROOM),
    "a list before the page": (
        item("", '<style:list-level-label-alignment fo:margin-left="0pt" fo:text-indent="-199pt"/>'), ROOM,
    ),
    "a border as high as the page": (paragraph('fo:border-top="800pt solid #ffffff"'), ROOM),
    "a tab to beside the page": (paragraph('fo:margin-left="100pt"', inside=f"<style:tab-stops>{FAR}</style:tab-stops>",
        words="one:<text:tab/>two"), ROOM),
    "a line too low for its letters": (paragraph('fo:line-height="6pt"', 'fo:font-size="30pt"'), LINE),
    "a line too low for raised letters": (paragraph('fo:line-height="8pt"', 'style:text-position="39% 100%"'), LINE),
    "letters larger than a page": (paragraph(text='fo:font-size="900pt"'), "text that nobody can see (the size)"),
    "Arabic letters of no size": (
        paragraph(text='style:font-size-complex="4pt"'), "text that nobody can see (the size)",
    ),
    "letters on each other": (
        paragraph(text='fo:font-size="5pt" style:text-scale="33%" fo:letter-spacing="-1pt"'), SQUEEZED,
    ),
    "a gap of no width": (
        with_body(
            style("text", 'fo:font-size="5pt" style:text-scale="33%" fo:letter-spacing="-1pt"'),
            '<text:p>one<text:span text:style-name="X"> </text:span>two</text:p>',
        ),
        SQUEEZED,
    ),
    "a gap of no width, spelt out": (
        with_body(
            style("text", 'fo:font-size="5pt" style:text-scale="33%" fo:letter-spacing="-1pt"'),
            '<text:p>one<text:span text:style-name="X"><text:s/></text:span>two</text:p>',
        ),
        SQUEEZED,
    ),
    "a tab between words": (paragraph(words="one<text:tab/>two"), TAB),
    "a line between words": (
        paragraph(inside=f"<style:tab-stops>{LEADER}</style:tab-stops>", words="1.<text:tab/>two"),
        "a look that is not known (style:tab-stop with style:leader-style)",
    ),
    "pages that letters count": (
        put("styles.xml", "<text:page-number ", '<text:page-number style:num-format="A" '),
        "something that is no part of a text (text:page-number with style:num-format)",
    ),
    "pages whose style has letters count": (
        put("styles.xml", 'style:num-format="1" style:print', 'style:num-format="A" style:print'),
        "a look that is not known (style:page-layout-properties with style:num-format)",
    ),
    "a foot of a height of its own": (
        put("styles.xml", "fo:min-height=", "svg:height="),
        "a look that is not known (style:header-footer-properties with svg:height)",
    ),
    "a paragraph from the other side": (
        paragraph('style:writing-mode="rl-tb"', words="1. words"), "words that are set from right to left",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_what_leaves_words_no_room_is_named(released: Released, what: str) -> None:
    changed, told = TAMPERED[what]
    data = released.bytes("rehearsal.en.odt")
    assert not read(data).oddities
    assert read(changed(data)).oddities == (told,)


@pytest.mark.parametrize(
    "changed",
    [
        table(row(cell(BOTH), COVERED), row(COVERED, COVERED), row(cell(), cell())),
        table(row(cell('table:number-rows-spanned="2"'), cell()), row(COVERED, cell())),
        table(row(cell(), cell()), styles=MIDDLE),
        table(row(cell()), columns=1, styles=style("table", 'style:width="460pt" fo:margin-left="-20pt"', name="T")),
        section('fo:margin-left="100pt" fo:margin-right="100pt"', '<style:columns fo:column-count="2"/>'),
        item('text:space-before="36pt" text:min-label-width="18pt"'),
        item("", '<style:list-level-label-alignment fo:margin-left="36pt" fo:text-indent="-18pt"/>'),
        paragraph('fo:line-height="9pt"', 'fo:font-size="9pt"'),
        paragraph(words="1.<text:tab/>words"),
        paragraph(words="(a)<text:tab/>words"),
        paragraph(words="1<text:tab/>words"),
    ],
)  # fmt: skip
def test_what_has_room(released: Released, changed: Callable[[bytes], bytes]) -> None:
    assert not read(changed(released.bytes("rehearsal.en.odt"))).oddities


def test_paragraphs_of_two_directions_that_begin_from_the_other_side(released: Released) -> None:
    """By their own style, by that of their cell, or by their page."""
    told = "its paragraphs begin from the other side, and words or signs are read in another order"
    words = "رسالة A-1"
    data = released.bytes("rehearsal.ar.odt")

    def found(mode: str, of_cell: str = "page", page: str = "rl-tb") -> tuple[bool, ...]:
        styles = style("paragraph", f'style:writing-mode="{mode}"', name="P") + style(
            "table-cell", f'style:writing-mode="{of_cell}"'
        )
        made = table(row(cell(words=f'<text:p text:style-name="P">{words}</text:p>')), columns=1, styles=styles)(data)
        turned = put("styles.xml", r'(<style:page-layout-properties[^>]*writing-mode=)"[^"]*"', rf'\1"{page}"')(made)
        return read(turned).sides

    assert [
        found(*one)[-1]
        for one in (
            *(("rl-tb",), ("page",), ("page", "rl-tb", "lr-tb")),
            *(("lr-tb",), ("page", "lr-tb"), ("page", "page", "lr-tb")),
        )
    ] == [True, True, True, False, False, False]
    was = replace(read(data), sides=found("rl-tb"))
    assert told in compare(was, replace(was, sides=found("lr-tb"), maker="Another program")).changes
