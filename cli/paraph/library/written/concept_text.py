"""A concept as the lines of glossary/*.yml, in the style of the files that are there."""

from __future__ import annotations

from typing import Any

from paraph.library.written.edit import scalar

_ORDER = ("id", "domain", "not_synonym_of", "everyday", "definition", "terms", "origin", "certainty", "notes")
_TERM_ORDER = (
    "term",
    "status",
    "register",
    "acronym",
    "forms",
    "reason",
    "part_of_speech",
    "gender",
    "number",
    "since",
    "until",
    "except",
)
_BARE = ("since", "until", "everyday")


def concept_lines(entry: dict[str, Any]) -> str:
    """The item of `concepts:` for an entry (see paraph.glossary.concept_entry), without indentation."""
    lines: list[str] = []
    for key in _ORDER:
        value = entry.get(key)
        if not value:
            continue
        if key == "definition":
            lines += ["definition:", *(f"  {code}: {scalar(text)}" for code, text in value.items())]
        elif key == "terms":
            lines.append("terms:")
            for code, terms in value.items():
                lines += [f"  {scalar(code)}:", *(f"    - {_flow(term)}" for term in terms)]
        else:
            lines.append(f"{key}: {_value(key, value)}")
    return "\n".join(f"{'  ' if position else '- '}{line}" for position, line in enumerate(lines))


def _flow(term: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_value(key, term[key])}" for key in _TERM_ORDER if key in term) + "}"


def _value(key: str, value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(scalar, value)) + "]"
    return str(value) if key in _BARE else scalar(value)
