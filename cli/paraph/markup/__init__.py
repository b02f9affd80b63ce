"""Markdown to nodes, the canonical form of text, and its digest."""

from paraph.markup.canonical import Problem, canonical, character_problems, digest
from paraph.markup.parse import parse, parse_inline

__all__ = ["Problem", "canonical", "character_problems", "digest", "parse", "parse_inline"]
