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
from paraph.workflow.written import Written

if TYPE_CHECKING:
    from paraph.render.kit import Kit


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """What was compared: the names of both texts, a redline for each language, and what the reader must know.

    `written` is what is printed in the same words and written otherwise; `lapsed`: a member has approved every clause
    in these words, but not the document as a whole as it is.
    """

    reference: str
    old: str
    new: str
    redlines: tuple[Redline, ...]
    kit: Kit
    author: str
    remarks: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()
    lapsed: bool = False

    @property
    def same(self) -> bool:
        """Whether nothing changed, for a reader or for the register."""
        return all(one.empty for one in self.redlines) and not self.written and not self.lapsed


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
    """Both names, what is written otherwise in the same words, and of each language every line and its fate."""
    found = {
        "reference": compared.reference,
        "old": compared.old,
        "new": compared.new,
        "same": compared.same,
        "remarks": list(compared.remarks),
        "written": [asdict(one) for one in compared.written],
        "languages": {one.new.language.code: [asdict(line) for line in told(one)] for one in compared.redlines},
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
