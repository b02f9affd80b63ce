"""The concordance report: one standalone page, without scripts and without requests to anywhere.

Each clause and document with its languages side by side, paragraph against paragraph, its terms marked and numbered by
their concepts, and what was found in it. The page speaks English, as the command line does; the texts have their own
languages and directions. A code between Arabic words is isolated, or 2011/95/EU would be read as EU/2011/95; and so is
what a finding quotes, or a message that begins with an Arabic word would be read from the right.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from importlib import resources
from itertools import zip_longest

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from paraph.model.codes import pieces
from paraph.model.concordance import Side, Unit
from paraph.render.direction import direction


def render(units: Sequence[Unit], title: str, counted: str) -> bytes:
    """The page in UTF-8. `title` names the workspace, `counted` says what was looked at."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(direction=direction, rows=_rows, pieces=pieces, parted=_parted)
    files = resources.files(__package__)
    style = (files / "concordance.css").read_text(encoding="utf-8")
    template = environment.from_string((files / "concordance.html").read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = template.render(units=units, title=title, counted=counted, style=Markup(style), digest=digest)  # noqa: S704  # our own file
    return page.encode("utf-8")


_QUOTED = re.compile("(?<=“)([^“”]+)(?=”)")


def _parted(message: str) -> list[tuple[str, bool]]:
    """A message in pieces, each with whether it is quoted from a text."""
    return [(one, bool(place % 2)) for place, one in enumerate(_QUOTED.split(message)) if one]


def _rows(sides: Sequence[Side]) -> list[tuple[object, ...]]:
    """The lines of all sides, paragraph against paragraph; None where a side has no more."""
    return list(zip_longest(*(side.lines for side in sides)))
