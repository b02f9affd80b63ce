"""Paraph assembles what institutions say together, from reviewed clauses, in every language."""

__version__ = "0.1.0"
