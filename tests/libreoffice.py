"""LibreOffice as a judge of tracked changes: it accepts or rejects them all, and says by its own API what is left.

Its Python is not on every machine, its Basic is: a macro in a profile of its own does the work for many files at once.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MACRO = Path(__file__).with_name("judge.bas")
_LIBRARY = "http://openoffice.org/2000/library"
_HOUSE = "paraph house"


@dataclass(frozen=True)
class Left:
    """What LibreOffice has after all: (number, words) of each paragraph, then of each footnote."""

    lines: tuple[tuple[str, str], ...]
    changes: int


def judge(soffice: str, files: Sequence[tuple[Path, bool]], folder: Path) -> list[Left]:
    """What is left of each file, all its changes accepted (True) or rejected (False)."""
    profile = folder / "profile"
    start = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, check=False, timeout=120)
    _install(profile)  # the first start has made a library of its own in its place
    jobs, outputs = [], []
    for number, (file, accept) in enumerate(files):
        outputs.append(folder / f"left-{number}.json")
        jobs.append(f"{file.as_uri()}|{'Accept' if accept else 'Reject'}|{outputs[-1].as_uri()}")
    listing = folder / "jobs.txt"
    listing.write_text("\n".join(jobs), encoding="utf-8")  # LibreOffice takes the end of a last line for a part of it
    done = subprocess.run(
        [*start, f"macro:///Standard.Judge.Judge({listing.as_uri()})"],
        capture_output=True,
        check=False,
        timeout=60 + 5 * len(files),
    )
    assert all(output.exists() for output in outputs), done.stderr.decode("utf-8", "replace")
    return [_read(output) for output in outputs]


def _read(output: Path) -> Left:
    """One JSON value a line: [kind, style, mark, number, text]; the last is the count of changes left."""
    lines = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    shown = [(number, text) for _, style, house, number, text in lines[:-1] if not house and not _house(style)]
    return Left(tuple(shown), lines[-1])


def _house(style: str) -> bool:
    return style.casefold().startswith(_HOUSE)


def _install(profile: Path) -> None:
    """The macro as the module Judge of the library Standard."""
    standard = profile / "user" / "basic" / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    source = _MACRO.read_text(encoding="utf-8").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    (standard / "Judge.xba").write_text(
        f'{head}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Judge" '
        f'script:language="StarBasic">{source}</script:module>',
        encoding="utf-8",
    )
    named = f'xmlns:library="{_LIBRARY}" library:name="Standard" library:readonly="false"'
    (standard / "script.xlb").write_text(
        f'{head}<library:library {named} library:passwordprotected="false"><library:element library:name="Judge"/>'
        "</library:library>",
        encoding="utf-8",
    )
    (standard / "dialog.xlb").write_text(f"{head}<library:library {named} />", encoding="utf-8")
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    for kind in ("script", "dialog"):
        where = f"$(USER)/basic/Standard/{kind}.xlb/"
        (profile / "user" / "basic" / f"{kind}.xlc").write_text(
            f'{head}<library:libraries xmlns:library="{_LIBRARY}" {xlink}><library:library library:name="Standard" '
            f'xlink:href="{where}" xlink:type="simple" library:link="false"/></library:libraries>',
            encoding="utf-8",
        )
