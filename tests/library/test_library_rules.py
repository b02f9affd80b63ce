"""`paraph.library.rules` describes every rule, and no rule that does not exist; docs/findings.md is made from it."""

from __future__ import annotations

import ast
import re
from itertools import chain

from paraph.library.rules import RULES
from paths import ROOT
from test_library_broken import CASES

KNOWN = set(chain.from_iterable(RULES.values()))
_MAKERS = ("finding", "problem", "Problem", "refusal", "_at", "_whole", "_problem", "_spoil")
_RULE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def named_in_code() -> set[str]:
    """The rule ids that are arguments of what makes a finding, and those of `unknown(source, what, …)`."""
    found = set()
    for path in chain.from_iterable(
        (ROOT / "cli/paraph" / part).rglob("*.py")
        for part in ("library", "markup", "assembly", "checks", "glossary", "workflow")
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            words += [
                one.value.value for one in node.keywords if one.arg == "rule" and isinstance(one.value, ast.Constant)
            ]
            if name == "unknown":
                found.add(f"unknown-{words[0]}")
            elif name in _MAKERS and words and _RULE.fullmatch(words[0]):
                found.add(words[0])
    return found


def test_every_rule_is_described() -> None:
    assert named_in_code() - KNOWN == set()


def test_every_description_is_of_a_rule() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "cli/paraph").rglob("*.py") if path.name != "rules.py")
    assert {rule for rule in KNOWN if f'"{rule}"' not in code} - named_in_code() == set()


def test_no_rule_is_described_twice() -> None:
    assert len(KNOWN) == sum(len(rules) for rules in RULES.values())


def test_what_is_expected_of_broken_workspaces_is_described() -> None:
    assert {place.split()[-1] for case in CASES for place, _ in case.expected} <= KNOWN
