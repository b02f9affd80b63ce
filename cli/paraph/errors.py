"""The exceptions of paraph; this module imports nothing.

::

    ParaphError                    anything that stops a command; carries a message and what to do
    ├── UsageError                 the command line asks for something that is not there        (exit 2)
    ├── FindingsError              what people wrote is wrong: carries the findings             (exit 1)
    ├── RefusedError               what is on record does not allow it: carries the causes      (exit 1)
    └── BrokenError                something failed that no edit to a text would mend           (exit 3)
        ├── FidelityError          a rendered file does not say what its document says
        ├── RenderError            an engine (typst, pandoc, LibreOffice, docxtpl) refused
        │   ├── GlyphError         a page has characters that no font has: carries them
    │   └── PanelError         more stands on a panel than it has room for: carries the panels
        └── RegisterError          the register is busy, damaged, or written by a newer paraph
            ├── NewerError         it holds what only a newer paraph understands
            └── NoRegisterError    there is none yet: nothing was ever put to the members
                └── LostRegisterError  and there seems to have been one

What a person wrote wrongly is a value, a `paraph.model.Finding`, reported with all others at once; an exception means
that the command cannot go on. Only the boundary in `paraph.__main__` prints one or exits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ParaphError(Exception):
    """A command stops here. `message` says what happened, `advice` what to do next (may be empty)."""

    exit_code = 3

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class UsageError(ParaphError):
    """The command line names something that does not exist or cannot be combined."""

    exit_code = 2


class FindingsError(ParaphError):
    """Findings of severity *error* stand in the way; `findings` is the tuple of all of them, or of the first, where
    `advice` says where to find the others."""

    exit_code = 1

    def __init__(self, findings: Sequence[Any], advice: str = "") -> None:
        super().__init__(f"{len(findings)} finding(s)", advice)
        self.findings = tuple(findings)


class BrokenError(ParaphError):
    """Something failed that no edit to a text would mend."""


class FidelityError(BrokenError):
    """A rendered file read back differs from its document: no file is written."""


class RenderError(BrokenError):
    """The engine behind a format refused its input or is missing."""


class GlyphError(RenderError):
    """A page has `texts` that no font can show; who knows the files makes findings of it."""

    def __init__(self, message: str, advice: str = "", texts: Sequence[str] = ()) -> None:
        super().__init__(message, advice)
        self.texts = tuple(texts)


class PanelError(RenderError):
    """More stands on `panels` of a folded sheet than they have room for: names, with how many mm are lacking, and
    whether they are too “short” or too “narrow”."""

    def __init__(self, message: str, advice: str = "", panels: Sequence[tuple[str, float, str]] = ()) -> None:
        super().__init__(message, advice)
        self.panels = tuple(panels)


class RegisterError(BrokenError):
    """The register cannot be read or written: it is busy, damaged, or of another version. Nothing was written."""


class NewerError(RegisterError):
    """The register holds what only a newer paraph understands."""


class NoRegisterError(RegisterError):
    """There is no register yet: it begins with the first circulation."""


class LostRegisterError(NoRegisterError):
    """There is none where it should be, and there seems to have been one: what was asked and decided is not known."""


class RefusedError(ParaphError):
    """What is on record does not allow it; `causes` says why, a line each. Nothing was written."""

    exit_code = 1

    def __init__(self, message: str, causes: Sequence[str] = (), advice: str = "") -> None:
        super().__init__(message, advice)
        self.causes = tuple(causes)
