"""Markdown to nodes, the canonical form of text and its digest, the words of a text and how two texts differ."""

from paraph.markup.canonical import Problem, canonical, character_problems, digest
from paraph.markup.diff import Change, diff, marked
from paraph.markup.parse import parse, parse_inline
from paraph.model.text import Op

__all__ = [
    "Change",
    "Op",
    "Problem",
    "canonical",
    "character_problems",
    "diff",
    "digest",
    "marked",
    "parse",
    "parse_inline",
]
