"""The same words everywhere: hostile text comes out as written, in every format, or is refused; never changed.

100,000 strings are made from characters and fragments that have broken template engines, XML writers and typesetters,
with a fixed seed: all go into HTML and DOCX, a tenth into PDF, some into the formats of pandoc. What the canonical form
refuses is counted; the rest goes through clauses and values, assembly, the renderer, and the independent walk back.
`PARAPH_TEST_HOSTILE` is another number of strings, for every format.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

import pytest

from paraph.assembly import assemble
from paraph.errors import FidelityError, RenderError
from paraph.library.load import load_for
from paraph.markup import canonical, character_problems
from paraph.markup.parse import parse
from paraph.model.clause import Clause, ClauseKind, ClauseText
from paraph.model.document import Document, Edition
from paraph.model.finding import Source
from paraph.model.library import Library
from paraph.model.manifest import Manifest, Section, Use
from paraph.model.value import ValueKind, ValueType
from paraph.render import formats
from paraph.render.formats import make
from paraph.render.kit import Kit
from paraph.starter import starter

SEED = 20170301
ASKED = int(os.environ.get("PARAPH_TEST_HOSTILE", "0"))
STRINGS = ASKED or 100_000
PARTS = 4
BATCH = 1_000
FRAGMENTS = [
    *"&<>\"'{}[]()*_~`#|\\/%$^=+-.,;:!?@ ",
    "{{", "}}", "{%", "%}", "{#", "{_{", "{{ x }}", "{%p if %}", "]]>", "<!--", "-->", "<w:t>", "</w:p>", "&amp;",
    "&#x41;", "&nbsp;", "#set", "#eval(", "$x$", "@ref", "<label>", "//", "/*", "\\u{41}", "\\\\", "../", "%s", "{0}",
    "=1+1", "[^1]", "[a](b)", "**", "__", "1. ", "- ", "> ", "\u00a0", "\u202f", "\u2019", "« ", " »", "—", "…",
    "é", "e\u0301", "ﬁ", "Å", "İ", "ı", "ß", "ة", "الطفل", "،", "؟", "١٢", "لا", "word", "Kind", "  ", "   ",
    "\n", "\t", "\r\n", "09-08", "A/RES/44/25", "art. 3(1)", "100 000", "\u200d", "\u200c",
]  # fmt: skip
BEYOND_THE_FONTS = ["\U0001f600", "👩\u200d👧", "𝔘", "漢字", "한국", "ไทย", "ⴰⵎ", "\u0e33", "\U00020000"]
NAMES = ("x", "word")
"""The values that fragments happen to name."""
REFUSED = [
    "\x00",
    "\x07",
    "\x1b",
    "\x85",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u00ad",
    "\u200b",
    "\ufeff",
    "\ufffe",
    "\ue000",
]


def strings(count: int, fragments: list[str], seed: int = SEED) -> Iterator[str]:
    """`count` strings of one to twelve fragments."""
    source = random.Random(seed)
    for _ in range(count):
        yield "".join(source.choice(fragments) for _ in range(source.randint(1, 12)))


def printable(text: str) -> bool:
    """Whether a value may hold `text`: no refused character, one line, no white space that would be folded away."""
    form = canonical(text)
    return bool(form) and not character_problems(form) and form == " ".join(form.split())


@cache
def shipped() -> tuple[Library, Kit]:
    library, _, _ = load_for(starter(), ["joint-declaration"])
    assert library is not None
    form = library.forms["declaration"]
    return library, Kit(files=form.files, brand=library.workspace.brand)


def document(values: list[str], texts: list[ClauseText]) -> Document:
    """A declaration whose clauses are `texts`, and one clause with a value, once for each of `values`."""
    library, _ = shipped()
    source = Source(file="test")
    parsed = {f"text-{n}": text for n, text in enumerate(texts)}
    parsed["value"] = ClauseText(text="{{ x }}", lines=parse("{{ x }}")[0])
    clauses = {
        name: Clause(
            id=name, theme="t", kind=ClauseKind.CALL, title={}, legal_basis=(), texts={"en": text}, translations={},
            values=dict.fromkeys(NAMES, ValueKind(ValueType.TEXT)), notes="", source=source,
        )
        for name, text in parsed.items()
    }  # fmt: skip
    uses = (
        *(Use(clause="value", values={"x": canonical(value)}) for value in values),
        *(Use(clause=name) for name in parsed if name != "value"),
    )
    base: Manifest = library.manifests["joint-declaration"]
    section = Section(id="s", style="through", heading={}, chapeau={}, uses=uses)
    manifest = replace(base, sections=(section,), values=dict.fromkeys(NAMES, "{{ y }}"), source=source)
    made, findings = assemble(replace(library, clauses=clauses), manifest, "en")
    assert findings == ()
    return made


def batches(fragments: list[str], count: int, seed: int = SEED) -> Iterator[tuple[list[str], list[ClauseText]]]:
    """Batches of values and of clause texts that nothing refuses."""
    made = strings(count, fragments, seed)
    for _ in range(count // BATCH):
        batch = list(islice(made, BATCH))
        parsed = [(form, *parse(form)) for form in map(canonical, batch)]
        yield (
            [text for text in batch if printable(text)],
            [ClauseText(text=form, lines=lines) for form, lines, problems in parsed if lines and not problems],
        )


@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_text_comes_out_as_written(part: int) -> None:
    """In parts, each with a seed of its own, so that the cores share them; parsed once for both formats."""
    kit, said = shipped()[1], 0
    for values, texts in batches(FRAGMENTS + BEYOND_THE_FONTS, STRINGS // PARTS, SEED + part):
        edition = Edition(documents=(document(values, texts),))
        for format_ in ("html", "docx"):
            make(edition, kit, format_)  # raises FidelityError at the first change
        said += len(values) + len(texts)
    assert said > STRINGS // PARTS


def test_hostile_text_comes_out_of_a_pdf_as_written() -> None:
    kit, said, count = shipped()[1], 0, ASKED or STRINGS // 10
    for values, texts in batches(FRAGMENTS, count):
        make(Edition(documents=(document(values, texts),)), kit, "pdf")
        said += len(values) + len(texts)
    assert said > count


@pytest.mark.parametrize("format_", ["odt", "epub", "md"])
def test_hostile_text_comes_out_of_pandoc_as_written(format_: str) -> None:
    kit = shipped()[1]
    for values, texts in batches(FRAGMENTS + BEYOND_THE_FONTS, ASKED or 2 * BATCH):
        make(Edition(documents=(document(values, texts),)), kit, format_)


@pytest.mark.parametrize("character", REFUSED)
def test_what_no_reader_could_see_is_refused(character: str) -> None:
    assert parse(f"a{character}b")[1] != ()


@pytest.mark.parametrize("text", BEYOND_THE_FONTS)
def test_a_pdf_says_which_character_its_fonts_lack_rather_than_drop_it(text: str) -> None:
    with pytest.raises(RenderError) as refusal:
        make(Edition(documents=(document([text], []),)), shipped()[1], "pdf")
    assert any(f"U+{ord(character):04X}" in refusal.value.message for character in text)


@pytest.mark.parametrize("format_", ["docx", "pdf", "html", "odt", "epub", "md"])
def test_a_file_that_says_something_else_is_never_made(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk is tried on a file of another text: one letter is enough."""
    honest = document(["the best interests of the child"], [])
    other = document(["the best interest of the child"], [])
    data = make(Edition(documents=(other,)), shipped()[1], format_)
    real = formats._call
    monkeypatch.setattr(formats, "_call", lambda name, *rest: data if ":render" in name else real(name, *rest))
    with pytest.raises(FidelityError, match="interest"):
        make(Edition(documents=(honest,)), shipped()[1], format_)
