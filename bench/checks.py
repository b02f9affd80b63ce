"""How well the checks judge the corpus of tests/corpus/checks, rule by rule."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"


def table() -> str:
    """Precision and recall of each rule, over all texts, as a Markdown table."""
    sys.path.insert(0, str(TESTS))
    from checks_corpus import cases, scores

    faulty = sum(bool(case.expected) for case in cases())
    lines = [
        f"{faulty} texts with planted faults, {len(cases()) - faulty} without, in English, French, Arabic and Spanish.",
        "",
        "| rule | right | wrong | missed | precision | recall |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for rule, score in scores().items():
        figures = f"{score.right} | {score.wrong} | {score.missed} | {score.precision:.2f} | {score.recall:.2f}"
        lines.append(f"| `{rule}` | {figures} |")
    return "\n".join(lines)
