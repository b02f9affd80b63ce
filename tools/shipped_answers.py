"""What `paraph check` need not find out anew of the workspace that is shipped: `shipped_answers.py > shipped.json`.

Nothing is written where a sheet has no room for what stands on it, or a template cannot be filled.
"""

from __future__ import annotations

import json
import sys

from paraph.library.cache import version
from paraph.library.load import load
from paraph.render.fonts import font_packages
from paraph.starter import starter
from paraph.workflow.building.panels import overfull
from paraph.workflow.building.word_templates import unfillable


class Notebook(dict[str, bytes]):
    """A cache that knows nothing yet, and notes all that it is told."""

    def get(self, key: str) -> None:  # type: ignore[override]  # a cache has no default
        """Nothing: it is to be found out."""

    def put(self, key: str, data: bytes) -> None:
        """Note it."""
        self[key] = data


library, findings = load(starter())
assert library is not None, findings
notebook = Notebook()
wrong = [*overfull(library, findings, notebook), *unfillable(starter(), library, findings, notebook)]
if wrong:
    sys.exit("\n".join(f"{one.file}: {one.message}" for one in wrong))
made = {
    "versions": {name: version(name) for name in ("docxtpl", "typst", *font_packages())},
    "answers": {key: data.decode() for key, data in sorted(notebook.items())},
}
sys.stdout.write(json.dumps(made, indent=1) + "\n")
