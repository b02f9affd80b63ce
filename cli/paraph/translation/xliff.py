"""XLIFF, in the version that a tool reads."""

from __future__ import annotations

from paraph.guarded import parse, refusal
from paraph.translation import xliff1, xliff2
from paraph.translation.job import Back, Job

VERSIONS = ("2.1", "1.2")


def write(job: Job, version: str) -> bytes:
    """The file; `version` is one of VERSIONS."""
    return xliff1.write(job) if version == "1.2" else xliff2.write(job)


def read(data: bytes, file: str) -> Back:
    """What came back, by whatever version. Raises FindingsError where it is no XLIFF, or none that is read here."""
    root = parse(data, file)
    if root.tag == f"{{{xliff2.CORE}}}xliff" and root.get("version", "").startswith("2."):
        return xliff2.read(root)
    if root.tag == f"{{{xliff1.CORE}}}xliff":
        return xliff1.read(root)
    raise refusal(file, "this is no XLIFF of version 1.2, 2.0 or 2.1", "Save it again as one of these.")
