"""record.json: an in-toto Statement that says what was released, and is read with care. Rehearsals all."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import jsonschema
import pytest

from paraph.errors import BrokenError, RefusedError
from paraph.library.release_record import read_statement, schema, write_statement
from paraph.model.event import Released, Subject, SubjectKind
from paraph.model.release import Statement
from paraph.workflow.releases.remake import kept_record
from paraph.workflow.releases.shelf import releases_of
from rehearsal import Rehearsal

IDENTITY = ("Somebody", "somebody@example.org", "p-")


def statement(rehearsal: Rehearsal, reference: str) -> tuple[Statement, bytes]:
    data = (rehearsal.root / f"releases/{reference}/record.json").read_bytes()
    return read_statement(data), data


def test_a_record_says_who_agreed_to_which_words(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule consensus")
    rehearsal.does("decide c1 --as malta --approve --by 'Somebody at the office'")
    rehearsal.does("decide c1 --as albania --abstain", "decide c1 --as spain --approve")
    rehearsal.does("decide detention --as spain --reserve 'Under our law' -l en", "close c1")
    rehearsal.does("release rehearsal -f html -f md --reference A-1")
    found, data = statement(rehearsal, "A-1")
    record = found.record
    assert (record.reference, record.document.id, record.document.version) == ("A-1", "rehearsal", 1)
    assert (record.kind, record.form, record.adoption, record.rule) == ("statements", "statement", "each", "consensus")
    assert [(one.code, one.standing, one.title) for one in record.languages] == [
        ("en", "authentic", "A rehearsal"),
        ("fr", "authentic", "Une répétition"),
    ]
    assert [(one.id, one.acronym["en"]) for one in record.networks] == [("aom", "AOM")]
    names = {one.id: one.names["en"] for one in record.institutions}
    assert names["malta"] == "Parliamentary Ombudsman of Malta"
    assert [one.id for one in record.institutions if one.status == "pending"] == ["turkiye"]
    assert [str(one.version) for one in record.clauses] == ["detention@1", "schooling@1"]
    assert record.themes == ("test",)
    assert record.circulation is not None
    assert record.circulation.electorate == ("albania", "malta", "spain")
    assert record.circulation.closed is not None
    assert record.tally == {"abstained": 1, "approved": 2}
    decisions = {one.institution: one for one in record.decisions}
    assert decisions["spain"].clauses == {"detention@1": "reserved", "schooling@1": "approved"}
    assert decisions["albania"].state == "abstained"
    assert record.signed == ("malta", "spain")
    assert [(one.institution, one.clause, dict(one.text)) for one in record.reservations] == [
        ("spain", "detention", {"en": "Under our law"})
    ]
    assert "statements/statements/rehearsal.yml" in record.sources
    assert "templates/statement/form.yml" in record.templates
    assert set(record.program) > {"paraph", "typst"}
    assert record.head.number > 10
    assert (record.provisional, record.missing, record.corrects, record.replaces) == ({}, (), "", "")
    for word in IDENTITY:
        assert word not in data.decode()


def test_it_is_a_statement_of_in_toto_about_the_files(rehearsal: Rehearsal) -> None:
    """Field names as in https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    folder = rehearsal.root / "releases/A-1"
    plain = json.loads((folder / "record.json").read_bytes())
    assert set(plain) == {"_type", "subject", "predicateType", "predicate"}
    assert plain["_type"] == "https://in-toto.io/Statement/v1"
    jsonschema.Draft202012Validator(schema()).validate(plain)
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert {one["name"]: one["digest"]["sha256"] for one in plain["subject"]} == {
        name: digest for name, digest in sums.items() if name != "record.json"
    }
    found, data = statement(rehearsal, "A-1")
    assert write_statement(found) == data
    assert found.files[0].languages == ("en",)
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)
    rehearsal.does("schema -o made")
    made = json.loads((rehearsal.root / "made/release.json").read_text(encoding="utf-8"))
    assert made == json.loads(json.dumps(schema()))


def set_name(plain: dict[str, Any], name: str) -> None:
    plain["subject"][0]["name"] = name


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "another statement": lambda one: one.update(_type="https://in-toto.io/Statement/v0.1"),
    "of another predicate": lambda one: one.update(predicateType="https://slsa.dev/provenance/v1"),
    "a file outside": lambda one: set_name(one, "../../.ssh/authorized_keys"),
    "a hidden file": lambda one: set_name(one, ".bashrc"),
    "no digest": lambda one: one["subject"][0].update(digest={"md5": "0" * 32}),
    "a file twice": lambda one: one["subject"].append(one["subject"][0]),
    "a number for a name": lambda one: one["predicate"].update(reference=7),
    "a state that is none": lambda one: one["predicate"]["institutions"][0].update(status="president"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_record_is_refused(rehearsal: Rehearsal, what: str) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    plain = json.loads((rehearsal.root / "releases/A-1/record.json").read_bytes())
    read_statement(json.dumps(plain).encode())
    HOSTILE[what](plain)
    with pytest.raises(BrokenError):
        read_statement(json.dumps(plain).encode())


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"{", b"\xff\xfe", b" " * 16_000_001, b'{"a":' * 50_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenError):
        read_statement(data)


def released_twice(rehearsal: Rehearsal, more: str = "") -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does(f"circulate rehearsal --until 2026-04-01 {more}")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2", "release rehearsal -f md --reference A-2")


def test_a_revision_names_what_it_replaces(rehearsal: Rehearsal) -> None:
    released_twice(rehearsal)
    second, first = releases_of(rehearsal.root)
    assert (second.reference, second.record.replaces, second.record.corrects) == ("A-2", "A-1", "")
    assert second.fate.standing == "in-force"
    assert (first.fate.standing, first.fate.successor, first.fate.known) == ("replaced", "A-2", True)
    assert "replaced by A-2" in rehearsal.does("show A-1")
    text = (rehearsal.root / "releases/A-2/rehearsal.fr.md").read_text(encoding="utf-8")
    assert "Remplace A-1" in text


def test_a_corrigendum_names_what_it_corrects(rehearsal: Rehearsal) -> None:
    released_twice(rehearsal, "--corrects A-1")
    second, first = releases_of(rehearsal.root)
    assert (second.record.corrects, second.record.replaces) == ("A-1", "")
    assert (first.fate.standing, first.fate.reason) == ("corrected", "")
    rehearsal.does("correct A-1 --by A-2 --reason 'A word was missing'")
    (_, first) = releases_of(rehearsal.root)
    assert (first.fate.successor, first.fate.reason) == ("A-2", "A word was missing")
    rehearsal.does("withdraw A-2 --reason 'Never mind'")
    second, first = releases_of(rehearsal.root)
    assert (second.fate.standing, second.fate.reason) == ("withdrawn", "Never mind")
    assert first.fate.standing == "corrected"
    assert "Corrigendum to A-1" in (rehearsal.root / "releases/A-2/rehearsal.en.md").read_text(encoding="utf-8")


def test_releases_without_a_register_tell_each_other(rehearsal: Rehearsal) -> None:
    released_twice(rehearsal)
    (rehearsal.root / "register.db").unlink()
    second, first = releases_of(rehearsal.root)
    assert (first.fate.standing, first.fate.successor, first.fate.known) == ("replaced", "A-2", False)
    assert second.fate.standing == "in-force"
    assert second.file(("en",), "md") is not None
    assert second.file(("en",), "pdf") is None


def test_records_alone_have_one_text_of_a_document_in_force(rehearsal: Rehearsal) -> None:
    """Whether or not a later one names what came before: the record of one between them may not be in hand."""
    released_twice(rehearsal)
    rehearsal.does("release rehearsal -f md -f akn --reissue --reference A-3")
    one, later = (f"--record releases/A-{number}/record.json" for number in (1, 3))
    assert ": authentic\n" in rehearsal.does(f"verify releases/A-1/rehearsal.en.md {one}")
    for records in (f"{one} {later}", f"{later} {one} {one}"):
        said = rehearsal.refuses(f"verify releases/A-1/rehearsal.en.md releases/A-3/rehearsal.en.md {records}")
        assert "A-1/rehearsal.en.md: authentic, but no longer in force" in said
        assert "A-1 was replaced by A-3" in said
        assert "A-3/rehearsal.en.md: authentic\n" in said


def test_a_record_that_is_not_the_one_on_record_is_not_shown(rehearsal: Rehearsal) -> None:
    released_twice(rehearsal)
    path = rehearsal.root / "releases/A-2/record.json"
    found = read_statement(path.read_bytes())
    path.write_bytes(write_statement(replace(found, record=replace(found.record, signed=("france",)))))
    shutil.rmtree(rehearsal.root / "releases/A-1")
    shutil.copytree(path.parent, Path(rehearsal.root / "releases/A-3"))
    with pytest.raises(RefusedError) as refused:
        releases_of(rehearsal.root)
    assert refused.value.causes == (
        "releases/A-1 is not there",
        "releases/A-2: its record.json is not the one on record for A-2",
        "releases/A-3: its record.json is that of A-2",
    )


def test_a_release_that_a_restored_register_does_not_know_is_named(rehearsal: Rehearsal) -> None:
    """The register is of before A-2: nothing is said to be altered that is not, and no second A-2 is made."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    before = (rehearsal.root / "register.db").read_bytes()
    rehearsal.does("release rehearsal -f md -f html --reissue --reference A-2")
    after = (rehearsal.root / "register.db").read_bytes()
    (rehearsal.root / "register.db").write_bytes(before)
    line = "releases/A-2: it was released as A-2, which is not in this register: an older copy, or another one"
    release = "release rehearsal -f md -f html --reissue --reference A-3"
    again = "circulate rehearsal --until 2026-09-01"
    commands = ("publish", "register verify", "withdraw A-1 --reason x", release, again)
    for command in commands:
        said = " ".join(rehearsal.refuses(command).split())
        assert line in said
        assert "rebuild" not in said
    assert line in rehearsal.does("status")
    shutil.move(rehearsal.root / "releases/A-2", rehearsal.root / "away")
    assert "releases/A-2" not in rehearsal.does("status")
    rehearsal.does("register verify", "publish", release)
    (rehearsal.root / "register.db").write_bytes(after)
    shutil.rmtree(rehearsal.root / "releases/A-3")
    shutil.move(rehearsal.root / "away", rehearsal.root / "releases/A-2")
    rehearsal.does("register verify")


@pytest.mark.parametrize(
    ("command", "what"),
    [("withdraw A-1 --reason x", "withdrawn"), ("correct A-1 --by A-2 --reason x", "corrected")],
    ids=["withdrawn", "corrected"],
)
def test_a_notice_that_a_restored_register_does_not_know_is_named(
    rehearsal: Rehearsal, command: str, what: str, tmp_path: Path
) -> None:
    """The register is of before the withdrawal, or the correction: the notice of it lies beside the release."""
    released_twice(rehearsal)
    rehearsal.does("publish")  # what is on the shelf is known from then on
    before = (rehearsal.root / "register.db").read_bytes()
    rehearsal.does(command)
    after = (rehearsal.root / "register.db").read_bytes()
    rehearsal.does("register verify", "publish --to fresh")
    (rehearsal.root / "register.db").write_bytes(before)
    line = f"releases/A-1/notice: A-1-{what}.* says that A-1 was {what}, which is not in this register: an older copy"
    key = tmp_path / "office_ssh"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    commands = (
        "publish --to elsewhere",
        "register verify",
        "withdraw A-1 --reason again",
        "circulate rehearsal --until 2026-09-01",
        "release rehearsal -f md -f html --reissue --reference A-3",
        f"sign A-2 --ssh {key} --confirm",
    )
    for one in commands:
        said = " ".join(rehearsal.refuses(one).split())
        assert line in said
        assert "rebuild" not in said
    assert not (rehearsal.root / "elsewhere").exists()
    assert line in " ".join(rehearsal.does("status").split())
    assert line in rehearsal.say("verify releases/A-1/rehearsal.en.md")[1]
    notice = rehearsal.root / "releases/A-1/notice"
    (notice / "letter.docx").write_text("of somebody else, about no event")
    for path in notice.glob("A-1-*"):
        path.rename(rehearsal.root / path.name)
    assert line not in " ".join(rehearsal.does("status", "register verify", "publish --to elsewhere").split())
    (notice / "letter.docx").unlink()
    for path in rehearsal.root.glob("A-1-*"):
        path.rename(notice / path.name)
    (rehearsal.root / "register.db").write_bytes(after)
    rehearsal.does("register verify", "publish")


def test_a_release_of_before_there_were_records() -> None:
    """One clear line, and what is left to do."""
    subject = Subject(kind=SubjectKind.DOCUMENT, id="old", version=1, digest="0" * 64)
    fact = Released(reference="A-0", subject=subject, clauses=(), files={"old.en.pdf": "0" * 64})
    with pytest.raises(BrokenError, match="A-0 was released before releases had a record") as raised:
        kept_record(Mock(), fact)
    assert "circulate old" in raised.value.advice
