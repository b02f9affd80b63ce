"""The corpus (tests/corpus/checks/): small texts with planted faults, and small texts without, judged by the checks.

Each case is a clause, or two (`also`), in a document of its own, with the rules of all that must be found in it; the
languages under `courtesy` are translations from the first. They are judged together, as one workspace with the shipped
glossary and forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from paraph.checks.table import findings
from paraph.library.load import load
from paraph.markup import canonical
from paraph.markup.parse import parse
from paraph.model.clause import Clause, ClauseKind, ClauseText, Translation
from paraph.model.finding import Finding, Source
from paraph.model.form import Drafting, Form
from paraph.model.library import Library
from paraph.model.manifest import Manifest, Section, Use
from paraph.model.rule import Adoption
from paraph.starter import starter

CORPUS = Path(__file__).parent / "corpus" / "checks"
LANGUAGES = ("en", "fr", "ar", "es")
_KEYS = {*LANGUAGES, "also", "courtesy", "date", "fields", "finds", "form", "kind", "missed", "style", "title", "wrong"}


@dataclass(frozen=True)
class Case:
    """One case: `name` is its file and number; `expected` the rules, each as often as it is found."""

    name: str
    given: Mapping[str, Any]

    @property
    def expected(self) -> Counter[str]:
        return Counter(self.given.get("finds", ()))

    @property
    def known(self) -> Counter[str]:
        """What is known to be found: where the checks are at their limits, not quite what is expected."""
        return self.expected - Counter(self.given.get("missed", ())) + Counter(self.given.get("wrong", ()))

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(code for code in LANGUAGES if code in self.given)


@cache
def cases() -> tuple[Case, ...]:
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for path in sorted(CORPUS.glob("*.yml")):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, given in enumerate(read["cases"], 1):
            assert given.keys() <= _KEYS, (path.name, number)
            yield Case(f"{path.stem}-{number:03}", {"form": read.get("form", "free"), **given})


@cache
def judged() -> Mapping[str, tuple[Finding, ...]]:
    """Case → what is found in it."""
    found: dict[str, list[Finding]] = {case.name: [] for case in cases()}
    for finding in findings(_library(cases())):
        found[finding.file].append(finding)
    return {name: tuple(one) for name, one in found.items()}


def judge(case: Case, only: Iterable[str]) -> tuple[Finding, ...]:
    """What some of the checks find in one case."""
    return findings(_library((case,)), only)


@cache
def _shipped() -> Library:
    library, wrong = load(starter())
    assert library is not None, wrong
    return library


def _library(some: tuple[Case, ...]) -> Library:
    shipped = _shipped()
    free = {**shipped.forms, "free": _free(shipped.forms["declaration"])}
    clauses = {clause.id: clause for case in some for clause in _clauses(case)}
    return replace(shipped, forms=free, clauses=clauses, manifests={case.name: _manifest(case) for case in some})


def _free(form: Form) -> Form:
    """A form that asks nothing of its texts, and has no annex of terms."""
    styles = {name: replace(style, opens={}) for name, style in form.styles.items()}
    parts = tuple(part for part in form.parts if part.kind != "glossary")
    return replace(form, id="free", styles=styles, parts=parts, drafting=Drafting())


def _clauses(case: Case) -> Iterator[Clause]:
    for number, given in enumerate((case.given, case.given.get("also", {}))):
        texts = {code: canonical(given[code]) for code in LANGUAGES if code in given}
        parsed = {code: parse(text) for code, text in texts.items()}
        assert not any(problems for _, problems in parsed.values()), case.name
        read = {code: ClauseText(text=texts[code], lines=lines) for code, (lines, _) in parsed.items()}
        courtesy = {code: read.pop(code) for code in case.given.get("courtesy", ()) if code in read}
        if texts:
            yield Clause(
                id=f"{case.name}-{number}",
                theme="corpus",
                kind=ClauseKind(case.given.get("kind", "position")),
                title={},
                legal_basis=(),
                values={},
                texts=read,
                translations={
                    code: Translation(text=text, source=next(iter(read)), digest="", status="unchecked")
                    for code, text in courtesy.items()
                },
                notes="",
                source=Source(file=case.name),
            )


def _manifest(case: Case) -> Manifest:
    uses = tuple(Use(clause=clause.id) for clause in _clauses(case))
    style = case.given.get("style", "")
    assert not style or style in _shipped().forms[case.given["form"]].styles, (case.name, style)
    return Manifest(
        id=case.name,
        kind="corpus",
        form=case.given["form"],
        title=case.given.get("title", {}),
        subtitle={},
        place={},
        date=case.given.get("date"),
        reference="",
        networks=("aom", "aomf"),
        members=(),
        adoption=Adoption.BODY,
        rule="",
        languages=case.languages,
        unchecked=(),
        values={},
        fields=case.given.get("fields", {}),
        sections=(Section(id="all", style=style, heading={}, chapeau={}, uses=uses),),
        source=Source(file=case.name),
    )


@dataclass(frozen=True)
class Score:
    """Of one rule: findings that were planted and found, found and not planted, planted and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def scores() -> Mapping[str, Score]:
    """Rule → its score over all cases."""
    counted: Counter[tuple[str, str]] = Counter()
    for case in cases():
        found = Counter(finding.rule for finding in judged()[case.name])
        for rule in found.keys() | case.expected.keys():
            right = min(found[rule], case.expected[rule])
            counted += Counter(
                {
                    (rule, "right"): right,
                    (rule, "wrong"): found[rule] - right,
                    (rule, "missed"): case.expected[rule] - right,
                }
            )
    rules = sorted({rule for rule, _ in counted})
    return {rule: Score(*(counted[rule, what] for what in ("right", "wrong", "missed"))) for rule in rules}
