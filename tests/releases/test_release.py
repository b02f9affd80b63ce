"""Drafts say what is missing; a release needs the rule met for exactly the words printed. Rehearsals all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from paraph.errors import RefusedError
from paraph.model.event import RELEASES, Choice, Decided, DocumentVersion, Draft, Receipt, Released
from paraph.register.store import Register
from paraph.workflow.files import sweep
from paraph.workflow.releases import files as release_files
from paraph.workflow.releases import release as releasing
from rehearsal import Past, Rehearsal

EDITS = int(os.environ.get("PARAPH_EDITS", "12"))


def built(rehearsal: Rehearsal, language: str = "en") -> str:
    rehearsal.does("build rehearsal -f md")
    return (rehearsal.root / f"build/rehearsal.{language}.md").read_text(encoding="utf-8")


def test_a_draft_says_what_is_missing_and_where_the_register_stood(rehearsal: Rehearsal) -> None:
    assert "State of approvals" not in built(rehearsal)
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --approve", "decide schooling --as spain --object 'Too weak'")
    text = built(rehearsal)
    assert "Agreed wording: 0 of 2 clauses" in text
    assert "Ombudsman of Spain (Defensor del Pueblo) – objections: 1" in text
    assert "People’s Advocate of Albania – still to be decided: 3" in text
    head = json.loads(rehearsal.does("status --json"))["head"]
    assert f"Register of approvals: {head['number']}:{head['hash'][:16]}" in text
    assert "État des approbations" in built(rehearsal, "fr")


def test_a_build_notices_the_register(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("build rehearsal -f md")
    assert "2 files unchanged" in rehearsal.does("build rehearsal -f md")
    rehearsal.does("decide c1 --as malta --approve")
    assert "build/rehearsal.en.md" in rehearsal.does("build rehearsal -f md")


def test_signatures_and_reservations_are_those_on_record(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule consensus")
    assert "Institutions invited to sign" in built(rehearsal)
    rehearsal.does("decide c1 --as malta --approve", "decide c1 --as albania --abstain")
    rehearsal.does("decide c1 --as turkiye --approve", "decide c1 --as spain --approve")
    rehearsal.does("decide detention --as spain --reserve 'Under our law' -l en", "close c1")
    text = built(rehearsal)
    signed = text.partition("## The signatory institutions")[2].partition("##")[0]
    assert "Malta" in signed
    assert "Spain" in signed
    assert "Albania" not in signed
    assert "Rep" not in signed, "nor the one that is invited"
    assert "Ombudsman of Spain (Defensor del Pueblo), on “detention”: Under our law" in text


def test_released_once_with_every_file_on_record(rehearsal_anywhere: Rehearsal) -> None:
    rehearsal = rehearsal_anywhere
    rehearsal.adopted()
    out = rehearsal.does("release rehearsal -f html -f md")
    assert "rehearsal@1 is released as AOM-2026-01" in out
    folder = rehearsal.root / "releases/AOM-2026-01"
    names = {path.name for path in folder.iterdir()}
    assert {"rehearsal.en.md", "rehearsal.fr.html", "rehearsal.en-fr.html", "record.json", "SHA256SUMS"} <= names
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums == {name: digest(folder / name) for name in names - {"SHA256SUMS"}}
    text = (folder / "rehearsal.en.md").read_text(encoding="utf-8")
    assert "Draft" not in text
    assert "Reference: AOM-2026-01" in text
    assert "State of approvals" not in text
    assert "Register of approvals:" in text
    assert "was released as AOM-2026-01" in rehearsal.refuses("release rehearsal")
    assert "Released as AOM-2026-01" in rehearsal.does("status rehearsal")
    assert "whole" in rehearsal.does("register verify")
    assert [path.name for path in (rehearsal.root / "releases").iterdir()] == ["AOM-2026-01"]


@pytest.mark.parametrize("what", ["a folder", "an empty folder", "a link"])
def test_what_stands_in_the_place_of_a_release_never_passes_for_it(rehearsal: Rehearsal, what: str) -> None:
    rehearsal.adopted()
    there = rehearsal.root / "releases/A-1"
    there.parent.mkdir()
    if what == "a link":
        there.symlink_to(rehearsal.root / "nowhere")
    else:
        there.mkdir()
    if what == "a folder":
        (there / "rehearsal.en.md").write_text("Forged.")
    assert "is no release on record" in rehearsal.refuses("release rehearsal -f md --reference A-1")
    assert "A-1" not in rehearsal.does("register log"), "nothing was recorded"
    rehearsal.does("release rehearsal -f md --reference A-2")
    (rehearsal.root / "releases/A-2").rename(rehearsal.root / "away")
    (rehearsal.root / "releases/A-2").mkdir()
    assert "is not that release" in rehearsal.refuses("release rehearsal -f md")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_files_that_are_lost_are_made_again_the_same(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a crash between the record and the last step."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f html")
    folder = rehearsal.root / "releases/AOM-2026-01"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    shutil.rmtree(folder)
    assert "made again" in rehearsal.does("release rehearsal")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    shutil.rmtree(folder)
    monkeypatch.setattr(
        "paraph.workflow.building.build.__version__", "99"
    )  # as another version of paraph writes its name
    monkeypatch.setattr("paraph.workflow.releases.attest.__version__", "99")
    said = rehearsal.refuses("release rehearsal", 3)
    assert "come out otherwise" in said
    assert "paraph 99, then 0.1.0" in said
    assert not folder.exists()


def test_of_two_that_release_one_wins(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsal.adopted()
    make_files = release_files.make_files

    def meanwhile(*arguments: object) -> object:
        monkeypatch.setattr(release_files, "make_files", make_files)
        rehearsal.does("release rehearsal -f md")
        return make_files(*arguments)

    monkeypatch.setattr(release_files, "make_files", meanwhile)
    assert "the register moved on" in rehearsal.refuses("release rehearsal -f md")
    assert released(rehearsal) == ["AOM-2026-01"]
    assert [path.name for path in (rehearsal.root / "releases").iterdir()] == ["AOM-2026-01"]


def test_a_place_that_is_taken_once_the_release_is_recorded_is_told(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal.adopted()
    place, recorded = rehearsal.root / "releases/A-1", releasing._recorded

    def taken(*arguments: Any) -> object:
        event = recorded(*arguments)
        place.mkdir()
        (place / "mine.txt").write_text("of somebody else")
        return event

    monkeypatch.setattr(releasing, "_recorded", taken)
    said = " ".join(rehearsal.refuses("release rehearsal -f md --reference A-1", 3).split())
    assert "A-1 is released and on record, but its files cannot be moved to" in said
    assert "releases/A-1: Directory not empty" in said
    assert "“paraph rebuild A-1” makes them again" in said
    assert [path.name for path in (rehearsal.root / "releases").iterdir()] == ["A-1"]
    assert (place / "mine.txt").read_text() == "of somebody else"
    shutil.rmtree(place)
    rehearsal.does("rebuild A-1")
    assert (place / "record.json").exists()


def released(rehearsal: Rehearsal) -> list[str]:
    register = Register.open("sqlite:///register.db", rehearsal.root)
    with register.reading() as reader:
        found = [one.fact.reference for one in reader.events((RELEASES,)) if isinstance(one.fact, Released)]
    register.close()
    return found


def test_why_a_document_is_not_ready(rehearsal: Rehearsal) -> None:
    assert "was never put to the members" in rehearsal.refuses("release rehearsal")
    rehearsal.circulates()
    assert "c1: the circulation is still open" in rehearsal.refuses("release rehearsal")
    rehearsal.all_approve()
    rehearsal.does("decide schooling --as spain --object 'Too weak'")
    rehearsal.say("close c1")
    assert "schooling@1: not adopted" in rehearsal.refuses("release rehearsal")
    assert released(rehearsal) == []
    assert not (rehearsal.root / "releases").exists()


def test_corrected_and_withdrawn(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    assert "rehearsal corrects no release" in rehearsal.refuses("release rehearsal -f md --reason 'A slip'", 2)
    rehearsal.does("release rehearsal -f md --reference 'AOM/2026/7'")
    assert (rehearsal.root / "releases/AOM-2026-7").is_dir()
    rehearsal.edit("detention", "is detained", "is ever detained")
    assert "never released as “AOM/2026/8”" in rehearsal.refuses(
        "circulate rehearsal --until 2026-04-01 --corrects AOM/2026/8", 2
    )
    rehearsal.does("circulate rehearsal --until 2026-04-01 --corrects AOM/2026/7")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2")
    assert "the reference AOM/2026/7 is taken" in rehearsal.refuses("release rehearsal --reference AOM/2026/7", 2)
    assert "is no reference" in rehearsal.refuses("release rehearsal --reference ../out", 2)
    for like in ("aom/2026/7", "AOM-2026-7", "AOM.2026_7"):  # one folder on some disks, one address in WordPress
        said = " ".join(rehearsal.refuses(f"release rehearsal --reference {like}", 2).split())
        assert f"the reference {like} is too like AOM/2026/7, which is taken" in said
    for name in ("search", "Index", "leaflets-2"):  # each would be lost below a page of the site
        assert f"the site has a page “{name}”" in rehearsal.refuses(f"release rehearsal --reference {name}", 2)
    rehearsal.does("release rehearsal -f md --reference AOM/2026/8")
    assert "nothing was released as" in rehearsal.refuses("correct AOM/2026/7 --by AOM/2026/9 --reason 'A slip'", 2)
    assert "the reason is missing" in rehearsal.refuses("withdraw AOM/2026/8 --reason ' '", 2)
    assert "corrected by AOM/2026/8 (event" in rehearsal.does("show AOM/2026/7"), "recorded with the release"
    rehearsal.does("correct AOM/2026/7 --by AOM/2026/8 --reason 'A slip'")
    assert "was corrected by AOM/2026/8" in rehearsal.refuses("correct AOM/2026/7 --by AOM/2026/8 --reason 'Again'")
    shown = rehearsal.does("show AOM/2026/8")
    assert "rehearsal@2" in shown
    assert "rehearsal.en.md" in shown
    assert shown.count("corrects AOM/2026/7 (event ") == 2
    assert shown.rstrip().endswith("A slip")
    assert "nothing here is called" in rehearsal.refuses("show AOM/2026/9", 2)
    assert "was corrected by AOM/2026/8" in rehearsal.refuses("withdraw AOM/2026/7 --reason 'Twice'")
    rehearsal.does("withdraw AOM/2026/8 --reason 'A second slip'")
    assert "was withdrawn" in rehearsal.refuses("withdraw AOM/2026/8 --reason 'Twice'")
    assert (rehearsal.root / "releases/AOM-2026-8").is_dir(), "what was released stays"


def test_a_corrigendum_says_what_was_wrong_as_it_is_released(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference AOM/2026/7")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does("circulate rehearsal --until 2026-04-01 --corrects AOM/2026/7")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2")
    said = rehearsal.does("release rehearsal -f md --reference AOM/2026/8 --reason 'A slip'")
    assert "It corrects AOM/2026/7, and says so.\n" in said
    assert rehearsal.does("show AOM/2026/8").rstrip().endswith("A slip")
    assert "was corrected by AOM/2026/8" in rehearsal.refuses("correct AOM/2026/7 --by AOM/2026/8 --reason Again")


_WHERE = ("detention", "schooling")


@settings(
    max_examples=EDITS, deadline=None, derandomize=EDITS == 12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    clause=st.sampled_from(_WHERE),
    language=st.sampled_from(("en", "fr")),
    place=st.floats(0, 1, exclude_max=True),
    how=st.sampled_from(("out", "in", "other")),
    character=st.characters(codec="utf-8", categories=("L", "N", "P")),
)
def test_no_release_after_any_edit_of_one_character(
    adopted: Rehearsal, clause: str, language: str, place: float, how: str, character: str
) -> None:
    """21: whatever character of whichever authentic text is taken out, put in or replaced, through the files."""
    path = adopted.root / f"statements/clauses/test/{clause}.yml"
    before = path.read_text(encoding="utf-8")
    head, _, tail = before.partition(f"  {language}: |-\n    ")
    line, end, rest = tail.partition("\n")
    at = int(place * len(line))
    edited = line[:at] + ("" if how == "out" else character) + line[at + (how != "in") :]
    assume(edited != line)
    try:
        path.write_text(f"{head}  {language}: |-\n    {edited}{end}{rest}", encoding="utf-8")
        code, out = adopted.say("release rehearsal -f md")
        assert code == 1, f"{line!r} → {edited!r}: {out}"
        assert released(adopted) == []
        assert f"{clause}@1: changed since then" in out or "error" in out
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.fixture
def adopted(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    """Everything adopted."""
    return past.come_to("adopted", rehearsal, Rehearsal.adopted)


def test_the_gate_of_the_workflow_is_that_of_standing(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.edit("detention", "detained", "detaine")
    with pytest.raises(RefusedError):
        releasing.release(rehearsal.root, "rehearsal", releasing.ReleaseRequest(), rehearsal.now)


def test_a_file_edited_while_it_is_released_stops_the_release(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal.adopted()
    make_files = release_files.make_files

    def meanwhile(*arguments: object) -> object:
        rehearsal.edit("detention", "is detained", "is ever detained")
        return make_files(*arguments)

    monkeypatch.setattr(release_files, "make_files", meanwhile)
    assert "changed while it was read" in rehearsal.refuses("release rehearsal -f md", 2)
    assert released(rehearsal) == []
    assert list((rehearsal.root / "releases").iterdir()) == []


WORDS_AROUND = {
    "who is said to speak": ("templates/statement/form.yml", "The signatory institutions", "Adopted unanimously by"),
    "in the other language": ("templates/statement/form.yml", "Les institutions signataires", "À l’unanimité"),
    "where reservations stand": ("templates/statement/form.yml", "  - reservations\n", ""),
    "what a reservation says": ("templates/strings.yml", 'en: "{name}: {text}"', 'en: "{name} welcomes: {text}"'),
    "under which head": ("paraph.yml", "address: {}  ", "address: {en: [Close the border.], fr: [Fermez.]}"),
    "for whom": ("paraph.yml", "the: the Association of Mediterranean Ombudsmen", "the: all Ombudsmen of Europe"),
}


@pytest.mark.parametrize("what", WORDS_AROUND)
def test_no_release_after_an_edit_of_the_words_around_the_decisions(rehearsal: Rehearsal, what: str) -> None:
    """What stands around signatures and reservations can turn what they say: it was put to the members, too."""
    rehearsal.adopted()
    name, old, new = WORDS_AROUND[what]
    path = rehearsal.root / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")
    cause = "its languages, its letterhead, or the words around signatures and reservations, have changed since"
    assert f"rehearsal@1: {cause}" in rehearsal.refuses("release rehearsal -f md")
    assert released(rehearsal) == []
    path.write_text(before, encoding="utf-8")
    rehearsal.does("release rehearsal -f md")


def test_a_released_file_that_was_altered_is_found(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1", "register verify")
    folder = rehearsal.root / "releases/A-1"
    text = folder / "rehearsal.en.md"
    text.write_text(text.read_text(encoding="utf-8").replace("is detained", "is long detained"), encoding="utf-8")
    (folder / "rehearsal.fr.md").unlink()
    (folder / "annex.md").write_text("Never released.", encoding="utf-8")
    out = rehearsal.refuses("register verify")
    assert "releases/A-1/rehearsal.en.md is not the file that was released as A-1" in out
    assert "releases/A-1/rehearsal.fr.md, released as A-1, is not there" in out
    assert "releases/A-1/annex.md is no file of the release A-1" in out
    assert "3 faults" in out


def test_who_took_it_back_is_in_no_release(rehearsal: Rehearsal) -> None:
    """2 of 3 suffice: who withdrew after the close is neither among the signatures nor in the record of the release."""
    rehearsal.circulates("--rule '2 of 3'")
    rehearsal.all_approve()
    rehearsal.does("close c1", "decide rehearsal --as malta --withdraw 'On reflection'")
    rehearsal.does("release rehearsal -f md --reference A-1")
    kept = json.loads((rehearsal.root / "releases/A-1/record.json").read_text(encoding="utf-8"))["predicate"]
    states = {one["institution"]: one["state"] for one in kept["decisions"]}
    assert states == {"albania": "approved", "malta": "pending", "spain": "approved"}
    assert kept["signed"] == ["albania", "spain"]
    text = (rehearsal.root / "releases/A-1/rehearsal.en.md").read_text(encoding="utf-8")
    assert "Malta" not in text.partition("## The signatory institutions")[2]


def test_who_took_its_approval_of_a_clause_back_is_not_listed_under_it_unseen(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule '2 of 3'")
    rehearsal.all_approve()
    rehearsal.does("close c1", "decide detention --as malta --withdraw 'Our council rejects this clause'")
    out = rehearsal.refuses("release rehearsal -f md --reference A-1")
    assert "detention@1: malta took back what was decided on it, and would be listed as signing it" in out
    rehearsal.does("release rehearsal -f md --reference A-1 --confirm")


def test_nobody_is_listed_under_a_clause_that_it_objects_to(rehearsal: Rehearsal) -> None:
    """2 of 3 adopt a clause over an objection; who objects, and approves the document as a whole, says two things."""
    rehearsal.circulates("--rule '2 of 3'")
    rehearsal.does("decide detention --as malta --object 'Wrong in law'")
    rehearsal.all_approve()
    assert "detention@1  adopted: 2 approved, 1 objected" in rehearsal.does("close c1")
    assert "detention@1: malta has objected, and would be listed as signing it" in rehearsal.words("status rehearsal")
    for more in ("", "--confirm"):
        assert "malta has objected" in rehearsal.refuses(f"release rehearsal -f md --reference A-1 {more}")
    assert not (rehearsal.root / "releases").exists()
    rehearsal.does("decide detention --as malta --reserve 'Under our law' -l en")
    rehearsal.does("decide detention --as malta --accept-late 'Its board met late'")
    assert "Ready for release" in rehearsal.does("status rehearsal")
    rehearsal.does("release rehearsal -f md --reference A-1")
    text = (rehearsal.root / "releases/A-1/rehearsal.en.md").read_text(encoding="utf-8")
    assert "Parliamentary Ombudsman of Malta, on “detention”: Under our law" in text


def test_an_objection_and_no_signature_stand_in_nobodys_way(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule '2 of 3'")
    rehearsal.does("decide detention rehearsal --as malta --object 'Wrong in law'")
    rehearsal.all_approve()
    rehearsal.does("close c1", "release rehearsal -f md --reference A-1")
    text = (rehearsal.root / "releases/A-1/rehearsal.en.md").read_text(encoding="utf-8")
    assert "Malta" not in text.partition("## The signatory institutions")[2]


def test_a_release_of_what_was_not_agreed_is_found_however_it_was_written(rehearsal: Rehearsal) -> None:
    """Somebody who writes into the register as the secretariat does, past the gate."""
    rehearsal.circulates()
    with closing(Register.open("sqlite:///register.db", rehearsal.root)) as register:
        with register.reading() as reader:
            made = next(one.fact for one in reader.events() if isinstance(one.fact, DocumentVersion))
            said = Receipt(received=rehearsal.now, channel="e-mail")
        released_anyhow = Released(reference="A-1", subject=made.subject, clauses=made.clauses, files={})
        stranger = Decided(circulation="c1", member="france", subject=made.subject, choice=Choice.APPROVE, receipt=said)
        facts = (replace(released_anyhow, clauses=()), stranger)
        drafts = [Draft(fact=one, request=f"past the gate {place}") for place, one in enumerate(facts)]
        register.append(lambda reader: drafts, rehearsal.now)
    out = rehearsal.refuses("register verify")
    assert "A-1 was released although its rule was not met (c1 open)" in out
    assert "the clauses of A-1 are not those of rehearsal@1" in out
    assert "france was not asked in c1" in out


def test_no_release_in_a_form_without_a_place_for_reservations(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / "templates/statement/form.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  - reservations\n", ""), encoding="utf-8")
    rehearsal.circulates()
    rehearsal.all_approve("c1", "malta")
    rehearsal.does("decide rehearsal --as malta --reserve 'Under our law' -l en")
    rehearsal.does("decide detention schooling --as malta --approve", "close c1")
    out = rehearsal.refuses("release rehearsal -f md")
    assert "malta reserves on rehearsal" in out
    assert released(rehearsal) == []
    told = rehearsal.words("status rehearsal")
    assert "Not ready for release malta reserves on rehearsal" in told
    assert "Ready for release" not in told


def test_of_two_processes_that_release_one_wins(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    command = [sys.executable, "-m", "paraph", "release", "rehearsal", "-f", "md"]
    both = [subprocess.Popen(command, cwd=rehearsal.root, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = sorted((one.communicate(timeout=120)[1], one.returncode) for one in both)
    assert [code for _, code in said] == [0, 1], said
    assert "moved on" in said[1][0] or "was released as" in said[1][0]
    assert len(released(rehearsal)) == 1
    assert [path.name for path in (rehearsal.root / "releases").iterdir()] == released(rehearsal)


def test_square_brackets_are_not_released(rehearsal: Rehearsal) -> None:
    rehearsal.edit("detention", "No child", "No [boy or girl] child")
    rehearsal.circulates("--rule consensus")
    rehearsal.all_approve()
    rehearsal.does("close c1")
    said = rehearsal.refuses("release rehearsal")
    assert "statements/clauses/test/detention.yml:6" in said
    assert "“[boy or girl]” stands in square brackets" in said
    told = rehearsal.words("status rehearsal")
    assert "Not ready for release statements/clauses/test/detention.yml:6: “[boy or girl]”" in told
    assert "Ready for release" not in told
    assert not (rehearsal.root / "releases").exists()


def test_a_member_is_released_under_the_name_that_was_put_to_the_members(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    path = rehearsal.root / "statements/institutions.yml"
    text = path.read_text(encoding="utf-8")
    assert "Parliamentary Ombudsman of Malta" in text
    path.write_text(text.replace("Parliamentary Ombudsman of Malta", "Ombudsman of Italy"), encoding="utf-8")
    said = rehearsal.refuses("release rehearsal")
    assert "en: Ombudsman of Italy, which was not there" in said
    path.write_text(text, encoding="utf-8")
    rehearsal.does("release rehearsal")


def test_a_template_that_changed_since_is_looked_at(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    path = rehearsal.root / "templates/common/page.html"
    path.write_text(path.read_text(encoding="utf-8") + "<!-- Adopted unanimously -->\n", encoding="utf-8")
    assert "templates/common/page.html" in rehearsal.refuses("release rehearsal")
    rehearsal.does("release rehearsal --confirm -f html")
    (record,) = rehearsal.root.glob("releases/*/record.json")
    assert json.loads(record.read_text(encoding="utf-8"))["predicate"]["changed"] == ["templates/common/page.html"]


def test_what_a_killed_release_left_is_swept(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    left, fresh = (rehearsal.root / "releases" / name for name in (".paraph-abcd1234", ".paraph-zyxw9876"))
    for one in (left, fresh):
        one.mkdir(parents=True)
        (one / "half.pdf").write_bytes(b"%PDF")
    os.utime(left, (0, 0))
    rehearsal.does("release rehearsal -f md")
    assert not left.exists()
    assert fresh.exists(), "another process may be at it"


def test_only_what_no_process_holds_is_swept(tmp_path: Path) -> None:
    """However long a release takes: as long as its process lives nobody takes its folder away, and after that soon."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom paraph.workflow.files import part_folder\n"
        "with part_folder(Path(sys.argv[1])) as one:\n    print(one, flush=True)\n    time.sleep(600)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        folder = Path(child.stdout.readline().strip())
        os.utime(folder, (0, 0))
        sweep(tmp_path)
        assert folder.is_dir()
    finally:
        child.kill()
        child.communicate()
    sweep(tmp_path)
    assert folder.is_dir() is False
    folder.mkdir()
    os.utime(folder, (time.time() - 300,) * 2)
    sweep(tmp_path)
    assert not folder.is_dir(), "it need not be an hour old"
