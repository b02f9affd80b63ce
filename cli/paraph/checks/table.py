"""The checks, one a row: adding one is adding a row and a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from paraph.checks import concordance, drafting, leftovers, names, pairs, plain_language, terms, typography
from paraph.checks.scan import Scan
from paraph.checks.waivers import waived
from paraph.model.finding import Finding
from paraph.model.library import Library

_Checks: TypeAlias = Mapping[str, tuple[Callable[[Scan], Iterable[Finding]], tuple[str, ...]]]

OF_TEXTS: _Checks = {
    "terms": (terms.not_to_be_used, ("term-deprecated", "term-forbidden", "acronym-language")),
    "dates": (terms.out_of_date, ("name-out-of-date",)),
    "marks": (terms.marks, ("term-mark",)),
    "pairs": (pairs.missing, ("concept-missing",)),
    "concordance": (
        concordance.differing,
        (
            "dates-differ",
            "symbols-differ",
            "references-differ",
            "numbers-differ",
            "links-differ",
            "emphasis-differs",
            "acronyms-differ",
        ),
    ),
    "untranslated": (leftovers.untranslated, ("untranslated",)),
    "lengths": (leftovers.lengths, ("length-differs",)),
    "languages": (leftovers.declared, ("language-suspect",)),
    "typography": (
        typography.slips,
        ("typography-apostrophe", "typography-quotes", "typography-space", "typography-marks"),
    ),
    "questions": (typography.unopened, ("mark-unopened",)),
}
"""Checks that see a clause, or the own texts of a document, and of other files nothing but what all share: terms,
rules, names, forms, and the dates of the documents that print a clause."""

OF_DOCUMENTS: _Checks = {
    "names": (names.two_names, ("two-names",)),
    "acronyms": (names.acronyms, ("acronym-unexplained",)),
    "openings": (drafting.openings, ("opening",)),
    "brackets": (drafting.brackets, ("bracket-open",)),
    "titles": (drafting.titles, ("title-acronym",)),
    "order": (drafting.order, ("list-order",)),
    "plain": (
        plain_language.plain,
        ("sentence-long", "word-hard", "term-unexplained", "acronym-plain", "passive", "hard-to-read", "age-band"),
    ),
}
"""Checks that see documents whole, with their clauses."""

CHECKS: _Checks = {**OF_TEXTS, **OF_DOCUMENTS}
"""Name → the check and the rules of its findings, which are also those that can be waived."""

RULES = frozenset(rule for _, rules in CHECKS.values() for rule in rules)


def found(scan: Scan, only: Iterable[str] = CHECKS) -> set[Finding]:
    """What the checks find, waived or not. `only`: names of CHECKS."""
    return {finding for name in only for finding in CHECKS[name][0](scan)}


def settled(library: Library, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was found in `library`, those waived as notes, by file and line."""
    return tuple(sorted(waived(library, sorted(findings), RULES)))


def findings(library: Library, only: Iterable[str] = CHECKS) -> tuple[Finding, ...]:
    """What the checks find in `library`, those waived as notes, by file and line. `only`: names of CHECKS."""
    return settled(library, found(Scan(library), only))
