"""Two texts as they were compared, and the files on which that is sent on."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.markup.redline_text import told
from paraph.model.redline import Redline
from paraph.workflow.files import write

if TYPE_CHECKING:
    from paraph.render.kit import Kit


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """What was compared: the names of both texts, a redline for each language, and what the reader must know."""

    reference: str
    old: str
    new: str
    redlines: tuple[Redline, ...]
    kit: Kit
    author: str
    remarks: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return all(one.empty for one in self.redlines)


def write_redline(compared: Compared, format_: str, path: Path, author: str, at: dt.datetime) -> tuple[Path, ...]:
    """Write the redlines in a format (docx, html, pdf), a file a language; of several, each is named by its own.

    `author` ("": the workspace) and `at` are those of the tracked changes. Raises FidelityError where a file does not
    say what both texts say: then none is written.
    """
    from paraph.render.redline import make

    made = {}
    for one in compared.redlines:
        code = one.new.language.code
        target = path if len(compared.redlines) == 1 else path.with_name(f"{path.stem}.{code}{path.suffix}")
        made[target] = make(one, compared.kit, format_, author or compared.author, at)
    for target, data in made.items():
        write(target, data)
    return tuple(made)


def as_json(compared: Compared) -> str:
    """Both names, and for each language every line that changed."""
    found = {
        "reference": compared.reference,
        "old": compared.old,
        "new": compared.new,
        "same": compared.same,
        "remarks": list(compared.remarks),
        "languages": {one.new.language.code: [asdict(line) for line in told(one)] for one in compared.redlines},
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
