"""YAML to model: what people wrote, every value with its file, line and column.

`load.load` reads a whole workspace, `load.load_for` only what some documents need, `written.index.file_index` looks at
names alone (import it by itself: it is quick, the others bring pydantic). Mistakes are findings, all at once; the
library returned beside them holds what could be read.

`written` knows what YAML and tables are, `shapes` what a file may hold, `files` what the model makes of each kind.
"""
