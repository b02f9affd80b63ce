"""Pairs of documents for redlines from the shipped library: clauses, their order and words drawn at random."""

from __future__ import annotations

import dataclasses
from functools import cache

from hypothesis import strategies as st

from paraph.assembly import assemble
from paraph.library.load import load_for
from paraph.markup import canonical
from paraph.markup.parse import parse
from paraph.model.clause import Clause, ClauseKind, ClauseText
from paraph.model.document import Document
from paraph.model.finding import Source
from paraph.model.library import Library
from paraph.model.manifest import Manifest, Section, Use
from paraph.model.rule import Adoption
from paraph.render.kit import Kit
from paraph.starter import starter

SOURCE = Source(file="test")
PIECES = {
    "en": [
        "*Call upon* States", "to end", "the **detention** of children", "12,000 children", "art. 37(b)", "A/RES/44/25",
        "[its page](https://example.org/a)", "[the guardian](term:guardian)", "[mineurs isolés]{lang=fr}", "the child",
        "the child", "and", ",", "without delay", "*without delay*", "[أطفال]{lang=ar}", "on 3 May 2026", "of", "the",
    ],
    "fr": [
        "*Demandent* aux États", "de mettre fin", "à la **détention** d’enfants", "l’enfant", "l’adolescent", "«\u00a0",
        "\u00a0»", "12\u202f000 enfants", "art.\u00a037(b)", "jusqu’à", "e\u0301te\u0301", "\u202f;", "aujourd’hui",
        "[sa page](https://example.org/a)", "*sans délai*", "sans délai", "[أطفال]{lang=ar}", "le 1er mai 2026",
    ],
    "ar": [
        "*ندعو* الدول", "إلى إنهاء", "احتجاز **الأطفال**", "الطِّفْلُ", "الطفل", "،", "المادة 37(b)", "2026/3",
        "09-08-2026",
        "[صفحتها](https://example.org/a)", "[mineurs]{lang=fr}", "دون تأخير", "A/RES/44/25", "و", "٣٧(ب)", "٪12",
    ],
}  # fmt: skip
REWRITTEN = {
    "en": (
        {
            "a": "*Call upon* States to end the **detention** of children[^n]\n\n[^n]: Under art. 37(b), *now*.",
            "b": "*Request* [the guardian](term:guardian) to:\n\n1. hear the child\n2. decide\n   - soon\n   - fairly",
            "c": "*Recall* 12,000 children", "d": "*Note* its [page](https://example.org/a)", "e": "*End*",
        },
        {
            "a": "*Call upon* all States to end at once the detention of children[^n]\n\n[^n]: Under article 37(b).",
            "b": "*Request* [the guardian](term:guardian) to:\n\n1. hear the child[^n]\n2. write it down\n3. decide\n"
            "   - soon\n\n[^n]: New.",
            "c": "*Recall* 13,000 children", "e": "*End*",
            "d": "*Note* its [page](https://example.org/b) [mineurs]{lang=fr}",
        },
    ),
    "fr": (
        {
            "a": "*Demandent* aux États de mettre fin à la **détention** d’enfants[^n]\n\n[^n]: L’art.\u00a037(b).",
            "b": "*Prient* [le tuteur](term:guardian) de\u00a0:\n\n1. voir l’enfant\n2. décider\n   - tôt\n   - bien",
            "c": "*Rappellent* 12\u202f000 enfants", "d": "*Notent* sa [page](https://example.org/a)", "e": "*Fin*",
        },
        {
            "a": "*Demandent* à tous les États de mettre fin à la détention de mineurs[^n]\n\n[^n]: Art.\u00a037(b).",
            "b": "*Prient* [le tuteur](term:guardian) de\u00a0:\n\n1. voir l’enfant[^n]\n2. l’écrire\n3. décider\n"
            "   - tôt\n\n[^n]: Neuf.",
            "c": "*Rappellent* 13\u202f000 enfants", "d": "*Notent* sa [page](https://example.org/b)", "e": "*Fin*",
        },
    ),
    "ar": (
        {
            "a": "*ندعو* الدول إلى إنهاء احتجاز **الأطفال**[^n]\n\n[^n]: المادة 37(b)",
            "b": "*نطلب* [الوصي](term:guardian)\n\n1. الطفل\n2. القرار 2026/3", "c": "الطِّفْلُ A/RES/44/25",
            "d": "[صفحتها](https://example.org/a)", "e": "دون تأخير",
        },
        {
            "a": "*ندعو* جميع الدول إلى إنهاء احتجاز الأطفال[^n]\n\n[^n]: المادة 38(b)",
            "b": "*نطلب* [الوصي](term:guardian)\n\n1. الطفل[^n]\n2. الكتابة\n3. القرار 2026/4\n\n[^n]: جديد",
            "c": "الطفل A/RES/44/25", "d": "[صفحتها](https://example.org/b)", "e": "دون تأخير",
        },
    ),
}  # fmt: skip
"""Five clauses before and after: words, emphasis, links, footnotes and lists changed."""
EMOJI = ["👩\u200d👧", "🇲🇹"]
"""Not in a PDF: its fonts have no glyph for them."""
CLAUSES = ("a", "b", "c", "d", "e")
MEMBERS = ("malta", "albania", "morocco")


@cache
def shipped() -> tuple[Library, Kit]:
    library, _, _ = load_for(starter(), ["joint-declaration"])
    assert library is not None
    return library, Kit(files=library.forms["declaration"].files, brand=library.workspace.brand)


@st.composite
def texts(draw: st.DrawFn, language: str, emoji: bool) -> str:
    """A clause of one to three paragraphs, some with a list, some with a footnote."""
    pieces = st.sampled_from(PIECES[language] + (EMOJI if emoji else []))
    sentence = st.lists(pieces, min_size=1, max_size=7).map(" ".join)
    text = draw(sentence)
    notes = ""
    if draw(st.booleans()):
        text += "[^n]"
        notes = f"\n\n[^n]: {draw(sentence)}"
    for mark in draw(st.sampled_from([(), (), ("- ", "- "), ("1. ", "2. "), ("1. ", "   - ", "2. ")])):
        text += ("\n\n" if mark in ("- ", "1. ") and "\n" not in text else "\n") + mark + draw(sentence)
    return canonical(text + notes)


@st.composite
def sections(draw: st.DrawFn) -> tuple[Section, ...]:
    """Two sections over the clauses, in any order, some under others; a clause stands once or not at all."""
    order = draw(st.permutations(CLAUSES))
    first, second, under = draw(st.tuples(*[st.integers(0, 2)] * 3))
    chosen = [Use(clause=name) for name in order]
    uses = tuple(chosen[:first]), tuple(chosen[first : first + second])
    if uses[1] and under:
        uses = uses[0], (*uses[1][:-1], dataclasses.replace(uses[1][-1], under=tuple(chosen[-1:])))
    style = draw(st.sampled_from(["recitals", "numbered", "through", "bullets"]))
    words = draw(st.sampled_from(["What binds us", "What binds us all", ""]))
    heading = dict.fromkeys(("en", "fr", "ar"), words) if words else {}
    return (
        Section(id="one", style="recitals", heading={}, chapeau={}, uses=uses[0]),
        Section(id="two", style=style, heading=heading, chapeau=heading, uses=uses[1]),
    )


def document(
    language: str,
    words: dict[str, str],
    parts: tuple[Section, ...],
    members: tuple[str, ...] = MEMBERS,
    adoption: Adoption = Adoption.EACH,
) -> Document:
    """A declaration of `members`, signed by each of them."""
    library, _ = shipped()
    parsed = {name: parse(text) for name, text in words.items()}
    made = {
        name: Clause(
            id=name, theme="t", kind=ClauseKind.CALL, title={}, legal_basis=(), translations={}, values={}, notes="",
            texts=dict.fromkeys(("en", "fr", "ar"), ClauseText(text=words[name], lines=lines)), source=SOURCE,
        )
        for name, (lines, _) in parsed.items()
    }  # fmt: skip
    base: Manifest = library.manifests["joint-declaration"]
    manifest = dataclasses.replace(base, sections=parts, members=members, adoption=adoption, source=SOURCE)
    return assemble(dataclasses.replace(library, clauses=made), manifest, language)[0]


@st.composite
def pairs(draw: st.DrawFn, emoji: bool = True) -> tuple[Document, Document]:
    """A document and what may have become of it."""
    language = draw(st.sampled_from(["en", "fr", "ar"]))
    old = {name: draw(texts(language, emoji)) for name in CLAUSES}
    one, other = draw(st.tuples(*[st.sampled_from(PIECES[language])] * 2))
    new = {name: text.replace(one, other) for name, text in old.items()}
    for name in draw(st.sets(st.sampled_from(CLAUSES), max_size=2)):
        new[name] = draw(texts(language, emoji))
    some = st.lists(st.sampled_from(MEMBERS), min_size=1, unique=True).map(tuple)
    before = document(language, old, draw(sections()), draw(some))
    return before, document(language, new, draw(sections()), draw(some))


def rewritten(language: str, moved: bool) -> tuple[Document, Document]:
    """A document of REWRITTEN before and after; clauses come, go and move, between sections too if `moved`."""
    old, new = REWRITTEN[language]
    orders = ((("d",), ("c", "a", "b", "e")), (("d",), ("a", "c", "b")))
    if moved:
        orders = ((("a", "b"), ("c",)), (("c", "e"), ("d", "b", "a")))
    before, after = (sections_of(*order) for order in orders)
    return document(language, old, before, ("malta", "albania")), document(language, new, after, ("malta", "morocco"))


def sections_of(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[Section, ...]:
    """Recitals, then numbered paragraphs under a heading."""
    heading = {"en": "What binds us", "fr": "Ce qui nous lie", "ar": "ما يلزمنا"}
    one, two = (tuple(Use(clause=name) for name in names) for names in (first, second))
    return (
        Section(id="one", style="recitals", heading={}, chapeau={}, uses=one),
        Section(id="two", style="numbered", heading=heading, chapeau={}, uses=two),
    )
