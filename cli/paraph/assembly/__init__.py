"""From a library and a manifest to one Document per language; pure, so that the same inputs give the same tree."""

from paraph.assembly.assemble import assemble
from paraph.assembly.terms import Terms

__all__ = ["Terms", "assemble"]
