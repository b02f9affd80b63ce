"""What goes out keeps the rules that no schema says, and a file that breaks any of them is known by it.

That each of the files of paraph keeps them is a matter of the tests in which one is written: `assert_xliff`,
`assert_tbx`.
"""

from __future__ import annotations

from functools import cache

import pytest
from lxml import etree

from exchange_rules import TBX, XLIFF1, XLIFF2, Rule, broken, plant
from paraph.glossary import tbx
from paraph.markup.parse import parse
from paraph.translation import xliff
from paraph.translation.job import Job, Part, State, TermPair, Unit
from paraph.translation.segments import segments
from schemas import tbx_valid, xliff_valid

TEXT = """\
*Call upon* {{ country.the }}, since {{ since }}, to end the [detention](term:immigration-detention) of children[^1]

**Ask** [it](https://example.org) to say [mineur]{lang=fr}\\
no longer

[^1]: In {{ place }} too."""


@cache
def translated(version: str) -> bytes:
    """A file with every kind of code, a part of it translated, one that is stale, and one that is untouched."""
    lines, _ = parse(TEXT)
    terms = (TermPair("child", ("niño",), ("menor",), "Every person."), TermPair("detention", ("detención",), (), ""))
    states = ((State.FINAL, False), (State.TRANSLATED, False), (State.INITIAL, True))
    units = [
        Unit(id=one.id, name=one.kind, segment=one, target=one.pieces, state=state, stale=stale, notes=("a",),
             terms=terms)
        for one, (state, stale) in zip(segments(lines), states, strict=True)
    ]  # fmt: skip
    plain = segments(parse("Nothing")[0])[0]
    untouched = Unit(id="p1", name="", segment=plain, target=(), state=State.INITIAL, stale=False, notes=(), terms=())
    parts = (
        Part(id="end-it", path="statements/clauses/x/end-it.yml", notes=("a",), units=tuple(units)),
        Part(id="plain", path="statements/clauses/x/plain.yml", notes=(), units=(untouched,)),
    )
    return xliff.write(Job(source="en", target="es", parts=parts), version)


@cache
def glossary(style: str) -> bytes:
    """A glossary with every category that is written."""
    entries = [
        {"id": "child", "domain": "children", "terms": {"en": [{"term": "child", "status": "preferred"}]}},
        {
            "id": "minor",
            "domain": "children",
            "origin": "CRC",
            "not_synonym_of": ["child"],
            "definition": {"en": "Not a child."},
            "terms": {
                "en": [
                    {
                        "term": "minor",
                        "status": "preferred",
                        "register": "UN",
                        "part_of_speech": "noun",
                        "acronym": "MIN",
                    }
                ],
                "fr": [{"term": "mineur", "status": "admitted", "gender": "masculine", "forms": ["mineurs"]}],
            },
        },
    ]
    return tbx.write(entries, style=style, title="Terms")


CASES = [
    *[pytest.param("2.1", XLIFF2, rule, id=f"2.1 {rule.says}") for rule in XLIFF2],
    *[pytest.param("1.2", XLIFF1, rule, id=f"1.2 {rule.says}") for rule in XLIFF1],
    *[pytest.param(style, rules, rule, id=f"{style} {rule.says}") for style, rules in TBX.items() for rule in rules],
]


@pytest.mark.parametrize(("kind", "rules", "rule"), CASES)
def test_a_fault_is_known_by_its_rule(kind: str, rules: tuple[Rule, ...], rule: Rule) -> None:
    root = etree.fromstring(glossary(kind) if kind in TBX else translated(kind))
    valid = tbx_valid if kind in TBX else xliff_valid
    assert valid(root)
    assert broken(root, rules) == []
    plant(root, rule.fault)
    assert rule.says in broken(root, rules)
    if kind not in TBX:
        assert valid(root), "the schema says it already"
