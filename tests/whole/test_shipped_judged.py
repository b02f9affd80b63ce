"""Every packet and redline that the shipped workspace can make, before the Open XML SDK's validator. Rehearsals all.

A document is put to the members, Malta approves it, a word comes into each text, and it is put to them again: there are
packets of members to whom a text is new, who approved the one before, and who do not count, each in its languages.

A validator takes a second to start, and most files differ from another by nothing but their words, which are nothing to
it: of files that are alike but for those, one is judged.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import os
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from judges import errors
from paraph.library.load import load
from paraph.model.event import Choice, Receipt
from paraph.model.library import Library
from paraph.starter import starter
from paraph.workflow.approvals.circulation import circulate
from paraph.workflow.approvals.close import close
from paraph.workflow.approvals.decisions import decide
from paraph.workflow.approvals.references import Wish
from paraph.workflow.compared import write_redline
from paraph.workflow.diff import compare
from paraph.workflow.files import copy_workspace
from paraph.workflow.packets.write import fresh_token, write_packets

EVERY = os.environ.get("PARAPH_SHIPPED_JUDGED") == "all"
"""All of it takes some seven minutes of a processor; else one document, two members and two of its clauses."""
MEMBERS = () if EVERY else ("malta", "morocco")
CLAUSES = None if EVERY else 2
AT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LANGUAGES = ("en", "fr", "ar")
BEFORE_FIRST_WORD = re.compile(r"(?m)^( +(?:en|fr|ar|text): \|-\n +(?:[-*>] |\d+\. )?)")


@cache
def library() -> Library:
    found, wrong = load(starter())
    assert found is not None, wrong
    return found


def documents() -> list[str]:
    return sorted(library().manifests) if EVERY else ["hate-speech"]


@pytest.fixture(scope="module")
def judged() -> set[bytes]:
    """The shapes of the files that were judged."""
    return set()


@pytest.mark.parametrize("document", documents())
def test_the_validator_finds_nothing(validator: str, judged: set[bytes], tmp_path: Path, document: str) -> None:
    made = [*packets(tmp_path / "desk", document), *redlines(tmp_path / "desk", document, tmp_path)]
    shapes = {shape(file): file for file in made}
    files = [file for one, file in shapes.items() if one not in judged]
    judged.update(shapes)
    with ThreadPoolExecutor(2) as threads:
        found = threads.map(lambda file: errors(validator, file), files)
        assert {file.name: wrong for file, wrong in zip(files, found, strict=True) if wrong} == {}
    assert {"packet", "redline"} <= {file.name.partition("-")[0] for file in made}


def shape(file: Path) -> bytes:
    """What a file holds beside words: two of one shape are valid both or neither."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(file) as archive:
        for name in sorted(archive.namelist()):
            data = archive.read(name)
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(data)
                for one in root.iter():
                    one.text = one.tail = None
                data = etree.tostring(root, method="c14n")
            digest.update(hashlib.sha256(name.encode() + b"\0" + data).digest())
    return digest.digest()


def packets(root: Path, document: str) -> Iterator[Path]:
    """Those of both circulations."""
    copy_workspace(starter(), root)
    for name, at, rule in (("c1", AT, "consensus"), ("c2", AT + 31 * DAY, "silence 7 days")):
        circulate(root, document, until=f"{at + 20 * DAY:%Y-%m-%d}", rule=rule, at=at, whole=True)
        for written in write_packets(root, name, MEMBERS, None, at, fresh_token):
            yield written.files[0].rename(root.parent / f"packet-{written.files[0].name}")
        if name == "c1":
            received = Receipt(received=at + DAY, channel="e-mail")
            decide(root, Wish(references=(name,), member="malta", receipt=received), Choice.APPROVE, "", "", at + DAY)
            close(root, name, at + 30 * DAY)
            for path in (root / "statements" / "clauses").rglob("*.yml"):
                text = path.read_text(encoding="utf-8")
                path.write_text(BEFORE_FIRST_WORD.sub(r"\g<1>2026 ", text), encoding="utf-8")


def redlines(root: Path, document: str, folder: Path) -> Iterator[Path]:
    """Of the document and of its clauses, from what Malta approved."""
    manifest = library().manifests[document]
    uses = (chain[-1][1].clause for section in manifest.sections for chain in section.all_uses())
    for name in (document, *itertools.islice(dict.fromkeys(uses), CLAUSES)):
        clause = library().clauses.get(name)
        codes = tuple(code for code in LANGUAGES if (clause.text(code) if clause else code in manifest.languages))
        compared = compare(root, name, "@1", "now", codes)
        assert not compared.same
        yield from write_redline(compared, "docx", folder / f"redline-{name}.docx", "", AT)
