"""YAML to model: what people wrote, every value with its file, line and column.

`load` reads a whole workspace, `load_for` only what some documents need, `file_index` looks at names alone. Mistakes
are findings, all at once; the library returned beside them holds what could be read.
"""

from paraph.library.index import FileIndex, file_index
from paraph.library.load import load, load_for

__all__ = ["FileIndex", "file_index", "load", "load_for"]
