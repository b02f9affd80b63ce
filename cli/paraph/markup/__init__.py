"""Markdown to nodes, the canonical form of text and its digest, the words of a text and how two texts differ."""

from paraph.markup.canonical import Problem, canonical, character_problems, digest

__all__ = ["Problem", "canonical", "character_problems", "digest"]
