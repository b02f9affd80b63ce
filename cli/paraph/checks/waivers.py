"""Findings that are meant: a waiver with a reason, in the file of the clause or document, turns one into a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from paraph.model.clause import Clause, Waiver
from paraph.model.finding import Finding, KeyPath, Severity
from paraph.model.library import Library
from paraph.model.manifest import Manifest


def waived(library: Library, findings: Iterable[Finding], rules: frozenset[str]) -> Iterator[Finding]:
    """`findings`, those that are waived as notes; then waivers that waive nothing. Only `rules` can be waived."""
    everything: tuple[Clause | Manifest, ...] = (*library.clauses.values(), *library.manifests.values())
    owners = {one.source.file: one for one in everything if one.waivers}
    used: set[tuple[str, int]] = set()
    for finding in findings:
        owner = owners.get(finding.file)
        position = next((n for n, one in enumerate(owner.waivers) if _covers(one, finding)), None) if owner else None
        if owner is None or position is None:
            yield finding
            continue
        used.add((finding.file, position))
        message = f"waived: {finding.message} [{finding.rule}]"
        advice = f"Reason: {owner.waivers[position].reason}"
        yield replace(finding, rule="waived", message=message, advice=advice, severity=Severity.NOTE)
    for file, owner in owners.items():
        for position, waiver in enumerate(owner.waivers):
            if (file, position) not in used:
                yield _unused(owner, waiver, position, rules)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return waiver.rule == finding.rule and (not waiver.words or f"“{waiver.words}”" in finding.message)


def _unused(owner: Clause | Manifest, waiver: Waiver, position: int, rules: frozenset[str]) -> Finding:
    at: KeyPath = ("waivers", position)
    if waiver.rule not in rules:
        message, advice = f"“{waiver.rule}” cannot be waived", "Mend what it says, or name a rule of the checks."
        return owner.source.finding("waiver-unknown", message, advice, at=(*at, "rule"))
    named = f" on “{waiver.words}”" if waiver.words else ""
    message, advice = f"nothing is found here by {waiver.rule}{named}", "Delete the waiver."
    return owner.source.finding("waiver-unused", message, advice, at=at, severity=Severity.WARNING)
