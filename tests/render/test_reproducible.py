"""The same inputs give the same bytes: across runs, processes, hash seeds, clocks, time zones and folders."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from paraph.starter import CONTENT, starter


def digests(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Copy the shipped workspace into `folder`, build all of it in a process of its own, and hash what is made."""
    folder.mkdir(parents=True)
    for name in CONTENT:
        copy = shutil.copytree if (starter() / name).is_dir() else shutil.copyfile
        copy(starter() / name, folder / name)
    formats = [part for name in ("docx", "pdf", "html", "odt", "epub", "md") for part in ("-f", name)]
    subprocess.run(
        [sys.executable, "-m", "paraph", "build", "-j", environment.pop("JOBS"), *formats],
        cwd=folder,
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "build").iterdir()
        if not path.name.startswith(".")
    }


def test_the_same_bytes_wherever_and_whenever_they_are_made(tmp_path: Path) -> None:
    one = digests(tmp_path / "one", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "JOBS": "1"})
    other = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1", "JOBS": "2"}
    two = digests(tmp_path / "deeper down" / "ombudsmans à côté", other)
    assert len(one) > 60
    assert one == two
