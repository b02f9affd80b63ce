"""institutions.yml against the record: an old copy of the file takes no member its say, and gives none back, unseen.

Rehearsals all: two officers with one register, of whom one has an old copy.
"""

from __future__ import annotations

import json
import re

import openpyxl
import pytest
import yaml

from rehearsal import Rehearsal

FILE = "statements/institutions.yml"
NETWORK = ("albania", "france", "malta", "morocco", "north-macedonia", "spain")
"""Who is asked where a document names nobody: the active members of its network."""


@pytest.fixture(autouse=True)
def documents(rehearsal: Rehearsal) -> None:
    """Two documents, `rehearsal` and `other`, of the same clauses, in the name of a network."""
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    text = re.sub("members: .*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    path.with_name("other.yml").write_text(text.replace("id: rehearsal", "id: other"), encoding="utf-8")


def approve(rehearsal: Rehearsal, *but: str) -> None:
    rehearsal.does(*(f"decide c1 --as {member} --approve" for member in NETWORK if member not in but))


def adopted(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    approve(rehearsal)
    rehearsal.does("close c1")


def says(rehearsal: Rehearsal, member: str, status: str) -> None:
    """The officer at hand has a file that says this of a member."""
    path = rehearsal.root / FILE
    entry = re.compile(rf"(\n  {member}:\n(?:    .*\n)*?    status:\n      - {{status: )\w+")
    text, found = entry.subn(rf"\g<1>{status}", path.read_text(encoding="utf-8"))
    assert found == 1
    path.write_text(text, encoding="utf-8")


def lacks(rehearsal: Rehearsal, member: str) -> str:
    """Take the entry of a member out of the file; what the file was."""
    path = rehearsal.root / FILE
    whole = path.read_text(encoding="utf-8")
    text, found = re.subn(rf"\n  {member}:\n(?:    .*\n)+", "\n", whole)
    assert found == 1
    path.write_text(text, encoding="utf-8")
    return whole


def test_who_has_changed_the_file_puts_it_on_record_at_once(rehearsal: Rehearsal) -> None:
    """And a colleague with an older file cannot release in the name of who has left, unseen."""
    adopted(rehearsal)
    says(rehearsal, "spain", "left")
    assert "spain left" in rehearsal.refuses("register members")
    assert "noted of spain: left" in rehearsal.does("register members --confirm")
    assert "the record has what the file says" in rehearsal.does("register members")
    says(rehearsal, "spain", "active")
    assert "spain is a member again (active), and had left" in rehearsal.refuses("release rehearsal -f md")


@pytest.mark.parametrize("was", ["pending", "observer"])
def test_who_was_active_once_is_active_again_only_when_somebody_says_so(rehearsal: Rehearsal, was: str) -> None:
    adopted(rehearsal)
    says(rehearsal, "spain", was)
    rehearsal.does("register members --confirm")
    says(rehearsal, "spain", "active")
    for command in ("release rehearsal -f md", "circulate other --until 2026-06-01"):
        assert "spain is active, and was" in rehearsal.refuses(command), command
    assert "spain is active, and was" in rehearsal.words("status rehearsal")


@pytest.mark.parametrize("date", ["", "date: 2026-01-15\n"])
def test_the_signatures_printed_are_those_on_record(rehearsal: Rehearsal, date: str) -> None:
    """Whatever the file says of the date of the document, or of a day to come (22)."""
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    path.write_text(path.read_text(encoding="utf-8") + date, encoding="utf-8")
    path = rehearsal.root / FILE
    for member, entries in (
        ("spain", "{status: active}\n      - {since: 2026-12-31, status: left}"),
        ("malta", "{since: 2026-02-01, status: active}"),
        ("france", "{status: pending}\n      - {since: 2026-02-01, status: active}"),
    ):
        entry = re.compile(rf"(\n  {member}:\n(?:    .*\n)*?    status:\n      - ){{status: \w+}}")
        text, found = entry.subn(rf"\g<1>{entries}", path.read_text(encoding="utf-8"))
        assert found == 1
        path.write_text(text, encoding="utf-8")
    adopted(rehearsal)
    out = rehearsal.does("release rehearsal -f md --reference S-1")
    page = (rehearsal.root / "releases/S-1/rehearsal.en.md").read_text(encoding="utf-8")
    names = ("Spain", "Malta", "France", "Albania", "Morocco", "North Macedonia")
    assert [name for name in names if name not in page] == []
    assert "validation" not in page
    assert "It is signed by albania, france, malta, morocco, north-macedonia, spain" in out


def test_one_that_left_stays_in_the_file(rehearsal: Rehearsal) -> None:
    """Its reservation is printed, and nobody else knows its name."""
    rehearsal.circulates()
    approve(rehearsal, "spain")
    rehearsal.does("decide c1 --as spain --reserve 'Hm.' -l en", "close c1")
    says(rehearsal, "spain", "left")
    rehearsal.does("register members --confirm")
    lacks(rehearsal, "spain")
    for command in ("release rehearsal -f md --confirm", "circulate other --until 2026-06-01", "build rehearsal -f md"):
        assert "spain is on record, and not in the file" in rehearsal.refuses(command), command


def members_on_record(rehearsal: Rehearsal) -> list[str]:
    """All that was ever noted of the members, a line each."""
    return rehearsal.does("register log --about members").splitlines()


def record_of(rehearsal: Rehearsal) -> dict[str, object]:
    (path,) = (rehearsal.root / "releases").glob("*/record.json")
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))["predicate"]
    return found


def test_an_old_file_takes_nobody_out_while_decisions_are_recorded(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    before = members_on_record(rehearsal)
    rehearsal.does("decide c1 --as spain --object 'Not these words'")
    says(rehearsal, "spain", "left")
    approve(rehearsal, "spain")
    gone = "by statements/institutions.yml it has left; on record it has not"
    assert f"spain: {gone}" in rehearsal.words("notice c1")
    assert gone in rehearsal.words("packet write c1 --member spain")
    told = rehearsal.words("decide detention --as spain --comment 'We wrote to you'")
    assert gone in told
    assert members_on_record(rehearsal) == before, "only circulate, close and release note anything"
    assert "spain left" in rehearsal.words("status c1")
    refused = rehearsal.refuses("close c1")
    assert "members are not what they are on record" in refused
    assert "spain left: it no longer counts in c1, nor will it by coming back" in refused
    assert "If that is so, --confirm; else put statements/institutions.yml right" in " ".join(refused.split())
    assert members_on_record(rehearsal) == before
    says(rehearsal, "spain", "active")
    code, out = rehearsal.say("close c1")
    assert (code, out.count("spain has objected")) == (1, 3)
    assert "adopted" not in out.replace("NOT ADOPTED", "")


def test_one_that_has_left_is_noted_once_somebody_says_so(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    approve(rehearsal, "spain")
    rehearsal.does("decide c1 --as spain --object 'Not these words'")
    says(rehearsal, "spain", "left")
    out = rehearsal.does("close c1 --confirm")
    assert "noted of spain: left" in out
    assert "detention@1  adopted: 5 approved" in out
    assert members_on_record(rehearsal)[-1].endswith("  spain left")
    assert "By institutions.yml" not in rehearsal.does("status rehearsal")
    assert "noted of" not in rehearsal.does("release rehearsal -f md"), "once"


def test_calling_off_asks_nothing_about_members(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    before = members_on_record(rehearsal)
    says(rehearsal, "spain", "left")
    rehearsal.does("close c1 --call-off 'A wrong year.'")
    assert members_on_record(rehearsal) == before


def test_one_that_had_left_is_not_listed_again_by_an_old_file(rehearsal: Rehearsal) -> None:
    adopted(rehearsal)
    says(rehearsal, "spain", "left")
    assert "spain left" in rehearsal.refuses("circulate other --until 2026-04-01")
    assert "noted of spain: left" in rehearsal.does("circulate other --until 2026-04-01 --confirm")
    says(rehearsal, "spain", "active")
    assert "spain is a member again (active), and had left" in rehearsal.refuses("release rehearsal -f md")
    assert not (rehearsal.root / "releases").exists()
    says(rehearsal, "spain", "left")
    refused = " ".join(rehearsal.refuses("release rehearsal -f md").split())
    assert "who stands behind rehearsal, or how, is not as when the members decided" in refused
    line = "spain agreed to rehearsal@1, is active no longer, and is not listed as signing"
    assert line in refused
    rehearsal.does("release rehearsal -f md --confirm")
    assert record_of(rehearsal)["changed"] == [line]
    assert record_of(rehearsal)["signed"] == [one for one in NETWORK if one != "spain"]


def test_an_old_file_drops_nobody_who_signs(rehearsal: Rehearsal) -> None:
    adopted(rehearsal)
    says(rehearsal, "malta", "pending")
    head = rehearsal.does("register head")
    refused = rehearsal.refuses("release rehearsal -f md")
    assert "malta is awaiting validation, and was active" in refused
    assert "malta agreed to rehearsal@1, is active no longer, and is not listed as signing" in refused
    assert rehearsal.does("register head") == head, "what is refused leaves nothing on record"
    says(rehearsal, "malta", "active")
    assert "noted" not in rehearsal.does("release rehearsal -f md")
    assert record_of(rehearsal)["signed"] == [*NETWORK]


def test_what_was_confirmed_at_a_release_is_in_its_record(rehearsal: Rehearsal) -> None:
    adopted(rehearsal)
    says(rehearsal, "malta", "pending")
    says(rehearsal, "benin", "left")  # it has nothing to do with the document
    refused = rehearsal.refuses("release rehearsal -f md")
    assert "benin left" in refused
    _, _, asked = rehearsal.words("status rehearsal").partition("Ready for release with --confirm")
    for line in ("benin left", "malta is awaiting validation, and was active", "malta agreed to rehearsal@1"):
        assert line in asked
    out = rehearsal.does("release rehearsal -f md --confirm")
    assert "noted of malta: awaiting validation, and was active" in out
    assert "noted of benin: left" in out
    assert record_of(rehearsal)["changed"] == [
        "malta is awaiting validation, and was active",
        "malta agreed to rehearsal@1, is active no longer, and is not listed as signing",
    ]
    assert record_of(rehearsal)["signed"] == [one for one in NETWORK if one != "malta"]
    rehearsal.does("register verify", f"rebuild {record_of(rehearsal)['reference']} --verify")


def test_a_release_that_is_refused_notes_nothing(rehearsal: Rehearsal) -> None:
    """Nor with --confirm, as long as something else stands in the way."""
    rehearsal.circulates()
    says(rehearsal, "malta", "left")
    before = rehearsal.does("register head")
    rehearsal.refuses("release rehearsal -f md --confirm")
    rehearsal.refuses("close c1 --confirm")  # spain has not decided
    rehearsal.refuses("circulate rehearsal --until 2026-04-01 --confirm")
    assert rehearsal.does("register head") == before


def test_a_circulation_that_would_leave_out_a_member_names_it(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    says(rehearsal, "albania", "left")
    refused = rehearsal.refuses("circulate other --until 2026-04-01")
    assert "albania left: it no longer counts in c1, nor will it by coming back" in refused
    says(rehearsal, "albania", "active")
    assert "albania everything" in rehearsal.words("circulate other --until 2026-04-01")


def test_who_joins_is_validated_or_has_another_name_is_noted_and_told(rehearsal: Rehearsal) -> None:
    out = rehearsal.does("circulate rehearsal --until 2026-03-01")
    assert "albania, " in out.partition(": joined\n")[0]
    assert "turkiye: joined, awaiting validation" in out
    says(rehearsal, "turkiye", "active")
    path = rehearsal.root / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Parliamentary Ombudsman of Malta", "Ombudsman of Malta"), encoding="utf-8")
    out = rehearsal.does("circulate other --until 2026-04-01")
    assert "noted of turkiye: active, and was awaiting validation" in out
    assert "noted of malta: on record under other names from now on" in out


@pytest.mark.parametrize("command", ["circulate other --until 2026-04-01", "close c1", "release rehearsal -f md"])
def test_a_member_that_is_not_in_the_file_stops_what_needs_it(rehearsal: Rehearsal, command: str) -> None:
    rehearsal.circulates()
    approve(rehearsal)
    if command.startswith("release"):
        rehearsal.does("close c1")
    whole = lacks(rehearsal, "spain")
    assert "Ready for release" not in rehearsal.words("status rehearsal")
    assert "spain has no entry there that can be read, and is on record" in rehearsal.words("status rehearsal")
    for confirmed in ("", " --confirm"):
        refused = " ".join(rehearsal.refuses(command + confirmed).split())
        assert "spain is on record, and not in the file" in refused
        assert "Put it back as it was; a member that has left stays in the file, with the date" in refused
    rehearsal.does("decide detention --as spain --comment 'We are still here'")
    (rehearsal.root / FILE).write_text(whole, encoding="utf-8")
    rehearsal.does(command)
    if command.startswith("release"):
        assert "spain" in record_of(rehearsal)["signed"]


@pytest.mark.parametrize("language", ["en", "fr", "ar", "es"])
def test_who_is_not_what_it_is_on_record_is_sent_on_too(rehearsal: Rehearsal, language: str) -> None:
    rehearsal.circulates()
    says(rehearsal, "malta", "pending")
    says(rehearsal, "benin", "left")
    lacks(rehearsal, "spain")
    rehearsal.does(f"status rehearsal --html page.html --xlsx book.xlsx -l {language}")
    page = (rehearsal.root / "page.html").read_text(encoding="utf-8")
    strings = yaml.safe_load((rehearsal.root / "templates/strings.yml").read_text(encoding="utf-8"))["strings"]
    said = [strings[f"status-member-{how}"][language] for how in ("inactive", "left", "absent")]
    heading = strings["status-members"][language]
    assert [page.partition(f"<h2>{heading}</h2>")[2].count(f"<dd>{one}</dd>") for one in said] == [1, 1, 1]
    sheet = openpyxl.load_workbook(rehearsal.root / "book.xlsx")[heading]
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == set(said)
