"""The checks, one a row: adding one is adding a row and a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from paraph.checks import concordance, drafting, leftovers, names, pairs, plain, terms, typography
from paraph.checks.scan import Scan
from paraph.checks.waivers import waived
from paraph.model.finding import Finding
from paraph.model.library import Library

CHECKS: Mapping[str, tuple[Callable[[Scan], Iterable[Finding]], tuple[str, ...]]] = {
    "terms": (terms.not_to_be_used, ("term-deprecated", "term-forbidden", "acronym-language")),
    "dates": (terms.out_of_date, ("name-out-of-date",)),
    "marks": (terms.marks, ("term-mark",)),
    "names": (names.two_names, ("two-names",)),
    "acronyms": (names.acronyms, ("acronym-unexplained",)),
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
    "openings": (drafting.openings, ("opening",)),
    "brackets": (drafting.brackets, ("bracket-open",)),
    "titles": (drafting.titles, ("title-acronym",)),
    "order": (drafting.order, ("list-order",)),
    "plain": (
        plain.plain,
        ("sentence-long", "word-hard", "term-unexplained", "acronym-plain", "passive", "hard-to-read", "age-band"),
    ),
}
"""Name → the check and the rules of its findings, which are also those that can be waived."""

RULES = frozenset(rule for _, rules in CHECKS.values() for rule in rules)


def findings(library: Library, only: Iterable[str] = CHECKS) -> tuple[Finding, ...]:
    """What the checks find in `library`, those waived as notes, by file and line. `only`: names of CHECKS."""
    scan = Scan(library)
    found = {finding for name in only for finding in CHECKS[name][0](scan)}
    return tuple(sorted(waived(library, sorted(found), RULES)))
