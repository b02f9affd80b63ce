"""The workspace as it was in a commit, where it is kept in git: taken out into a folder that goes again."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paraph.errors import UsageError

BEGIN = "git:"
"""Before the name of a commit, where a text is named: git:v1.0."""
_NAME = re.compile(r"[\w.][\w./~^@{}+-]{0,200}")
_MOST = 300_000_000
"""Bytes of all files together."""
_SECONDS = 60


def has_commit(root: Path, name: str) -> bool:
    """Whether the workspace is kept in git and `name` is one of its commits, a branch or a tag."""
    if not _NAME.fullmatch(name):
        return False
    try:
        return bool(_git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", missing=""))
    except UsageError:
        return False


@contextmanager
def at_commit(root: Path, name: str) -> Iterator[tuple[Path, str]]:
    """A folder with the files of the workspace as they were in commit `name`, and the first digits of its id.

    Raises UsageError where the workspace is not in git, or there is no such commit.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"“{name}” cannot be the name of a commit", "Write git: and a tag, a branch or the id of one.")
    verify = ("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    commit = _git(root, *verify, missing=f"there is no commit “{name}”").decode().strip()
    data = _git(root, "archive", "--format=tar", commit, missing=f"{name} has no file of this workspace")
    with tempfile.TemporaryDirectory(prefix="paraph-") as folder, tarfile.open(fileobj=io.BytesIO(data)) as archive:
        try:
            archive.extractall(folder, filter="data")
        except tarfile.TarError as error:
            raise UsageError(f"the files of {name} cannot be taken out: {error}", "Look at its links.") from error
        yield Path(folder), commit[:10]


def _git(root: Path, *arguments: str, missing: str) -> bytes:
    """What git says in `root`; without hooks and helpers that a configuration may name."""
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and no argument that begins with a hyphen is a user's
            ["git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-C", str(root), *arguments],  # noqa: S607
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed", "Compare with a version on record (@1), or install git.") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"git did not answer within {_SECONDS} seconds", "Try again.") from None
    if done.returncode or len(done.stdout) > _MOST:
        outside = b"not a git repository" in done.stderr
        problem = "this workspace is not kept in git" if outside else missing
        raise UsageError(problem, "“git log --oneline” shows the commits; versions on record are @1, @2.")
    return done.stdout
