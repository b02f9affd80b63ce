"""A release made again on a machine that has nothing but the register. Rehearsals all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from desk import desk
from paraph.model.event import DocumentVersion
from paraph.standing.fold import History
from paraph.standing.rules import positions
from rehearsal import Rehearsal
from site_world import ARABIC, released


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_from_the_register_alone_in_another_process_and_place(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """Every format and language, to the byte: no workspace, another folder, time zone, locale and hash seed."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal --reference AOM/2026/7")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(rehearsal.root / "register.db", elsewhere / "copy.db")
    shutil.rmtree(rehearsal.root / "statements")
    command = [sys.executable, "-m", "paraph", "rebuild", "AOM/2026/7", "--register", "copy.db"]
    setting = {**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}
    done = subprocess.run(command, cwd=elsewhere, env=setting, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(elsewhere / "releases/AOM-2026-7") == contents(rehearsal.root / "releases/AOM-2026-7")


def test_from_an_export_taken_in_again(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.does("release rehearsal --provisional 'We wait for one' -f html --reference P-1")
    before = contents(rehearsal.root / "releases/P-1")
    rehearsal.does("register export made/register.jsonl --evidence made/evidence.zip")
    (rehearsal.root / "register.db").unlink()
    shutil.rmtree(rehearsal.root / "releases")
    rehearsal.does("register import made/register.jsonl --evidence made/evidence.zip", "rebuild P-1 --verify")
    assert not (rehearsal.root / "releases").exists()
    rehearsal.does("rebuild P-1 -o again")
    assert contents(rehearsal.root / "again") == before


def test_decisions_that_came_later_do_not_count(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f html --reference A-1", "decide c1 --as malta --withdraw 'On reflection'")
    rehearsal.edit("detention", "is detained", "is ever detained")
    assert "comes out as it was released" in rehearsal.does("rebuild A-1 --verify")
    assert "is there already" in rehearsal.refuses("rebuild A-1", 2)
    assert "nothing was released as “A-2”" in rehearsal.refuses("rebuild A-2 --verify", 2)


def test_another_version_of_a_program_is_named(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f html -f md --reference A-1")
    monkeypatch.setattr("paraph.workflow.building.build.__version__", "99")
    monkeypatch.setattr("paraph.workflow.releases.attest.__version__", "99")
    said = rehearsal.refuses("rebuild A-1 -o again")
    assert "other bytes  rehearsal.en.html" in said
    assert "the same     rehearsal.en.md" in said
    assert "the same     record.json" in said
    assert "another version: paraph 99, then 0.1.0" in said
    assert not (rehearsal.root / "again").exists()


def test_a_source_that_was_erased_is_named(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    record = json.loads((rehearsal.root / "releases/A-1/record.json").read_bytes())
    sources = record["predicate"]["sources"]
    rehearsal.does(f"register erase {sources['paraph.yml']} --reason 'A slip'")
    assert "paraph.yml of A-1 is not kept any more" in rehearsal.refuses("rebuild A-1 --verify", 3)


LEAFLET = {
    **ARABIC,
    "statements/leaflets/leaflet.yml": ARABIC["statements/leaflets/leaflet.yml"].replace("spain]", "spain, turkiye]"),
}


def files_of(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"record.json", "SHA256SUMS"}


def test_a_leaflet_is_released_with_the_editions_of_its_members(rehearsal: Rehearsal) -> None:
    """That of all and each member's own, but none of a member that counts for nothing; made again to the byte."""
    desk(rehearsal.root, LEAFLET)
    reference = released(rehearsal, "leaflet", "c1", "-f html -f large-print")
    folder = rehearsal.root / "releases" / reference
    editions = {"en", "fr", "albania.en", "albania.fr", "malta.en", "spain.en"}
    made = {f"leaflet.{one}.{ending}" for one in editions for ending in ("html", "large-print.pdf")}
    assert files_of(folder) == made | {"leaflet.en-fr.html"}
    subject = json.loads((folder / "record.json").read_bytes())["subject"]
    said = {one["name"]: one["annotations"].get("member") for one in subject}
    assert {said["leaflet.malta.en.html"], said["leaflet.albania.fr.large-print.pdf"]} == {"malta", "albania"}
    assert said["leaflet.en.html"] is None
    rehearsal.does("publish")
    page = (rehearsal.root / "site/en" / f"{reference}.html").read_text(encoding="utf-8")
    assert f"../files/{reference}/leaflet.malta.en.html" in page
    assert "Parliamentary Ombudsman of Malta – English" in page
    before = contents(folder)
    shutil.copytree(folder, rehearsal.root / "copy")
    shutil.rmtree(folder)
    assert "authentic" in rehearsal.does("verify copy/leaflet.malta.en.html copy/leaflet.albania.fr.large-print.pdf")
    altered = rehearsal.root / "copy/leaflet.malta.en.html"
    altered.write_text(altered.read_text("utf-8").replace("You can ask us", "You can never ask us"), "utf-8")
    assert "leaflet.malta.en.html" in rehearsal.refuses("verify copy/leaflet.malta.en.html")
    rehearsal.does(f"rebuild {reference}")
    assert contents(folder) == before


def test_only_the_members_named_have_an_edition_released(rehearsal: Rehearsal) -> None:
    desk(rehearsal.root, LEAFLET)
    rehearsal.does(f"circulate leaflet --until '{rehearsal.now.year + 1}-03-01 18:00'")
    rehearsal.all_approve("c1")
    rehearsal.does("close c1")
    assert "has no edition of “benin”" in rehearsal.refuses("release leaflet --edition benin", 2)
    assert not (rehearsal.root / "releases").exists()
    rehearsal.does("decide leaflet --as turkiye --object 'Not in our name'")
    out = rehearsal.refuses("release leaflet --edition turkiye -f md --reference L-1")
    assert "leaflet@1: turkiye has objected before the deadline, recorded after the close" in out
    rehearsal.does("release leaflet --edition turkiye -f md --reference L-1 --confirm")
    assert files_of(rehearsal.root / "releases/L-1") == {"leaflet.en.md", "leaflet.fr.md", "leaflet.turkiye.en.md"}


def test_a_contact_of_the_document_is_released_in_the_edition_of_all_alone(rehearsal: Rehearsal) -> None:
    name = "statements/leaflets/leaflet.yml"
    desk(
        rehearsal.root,
        {**LEAFLET, name: LEAFLET[name].replace("fields:", "fields:\n  contact: {en: 99 99, fr: 99 99}")},
    )
    rehearsal.does(f"circulate leaflet --until '{rehearsal.now.year + 1}-03-01 18:00'")
    rehearsal.all_approve("c1")
    rehearsal.does("close c1")
    out = rehearsal.does("release leaflet --edition malta -f md --reference L-1")
    assert "What the document says under contact: stands in that of all alone." in out
    texts = {path.name: path.read_text("utf-8") for path in (rehearsal.root / "releases/L-1").glob("*.md")}
    assert {name for name, text in texts.items() if "99 99" in text} == {"leaflet.en.md", "leaflet.fr.md"}
    assert "leaflet.malta.en.md" in texts


def _circulated(rehearsal: Rehearsal, rule: str) -> None:
    desk(rehearsal.root, LEAFLET)
    rehearsal.does(f"circulate leaflet --until '2026-03-01 18:00' --rule '{rule}'")


def _own(rehearsal: Rehearsal, reference: str) -> set[str]:
    names = files_of(rehearsal.root / "releases" / reference)
    return {name.split(".")[1] for name in names} - {"en", "fr", "en-fr"}


def test_no_edition_of_a_member_that_was_outvoted_is_released_unseen(rehearsal: Rehearsal) -> None:
    _circulated(rehearsal, "2 of 3")
    rehearsal.does("decide leaflet --as malta --object 'Not in our name'")
    rehearsal.all_approve("c1")
    rehearsal.does("close c1")
    out = rehearsal.refuses("release leaflet -f md --edition spain --edition malta --reference L-1")
    assert "leaflet@1: malta has objected, and would have an edition of its own" in out
    assert "malta has objected" in rehearsal.does("release leaflet -f md --reference L-1")
    assert _own(rehearsal, "L-1") == {"albania", "spain"}


@pytest.mark.parametrize("mode", ["body", "each"])
def test_nobody_has_an_edition_in_its_name_that_did_not_agree(rehearsal: Rehearsal, mode: str) -> None:
    """One approves, one abstains, one never answers; and one that was not asked has become a member since."""
    desk(rehearsal.root, LEAFLET)
    path = rehearsal.root / "statements/leaflets/leaflet.yml"
    path.write_text(path.read_text("utf-8").replace("mode: each", f"mode: {mode}"), encoding="utf-8")
    rehearsal.does("circulate leaflet --until '2026-03-01 18:00' --rule '1 of 3'")
    rehearsal.does("decide c1 --as albania --approve", "decide c1 --as malta --abstain")
    rehearsal.does("decide c1 --as turkiye --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    _becomes_active(rehearsal)
    rehearsal.does("register members")
    out = rehearsal.words("release leaflet -f md --reference L-1")
    assert _own(rehearsal, "L-1") == {"albania"}
    told = "Without an edition of their own, which nobody asked for by name: leaflet@1: malta has abstained "
    told += "leaflet@1: spain has not decided leaflet@1: turkiye has no vote in the circulation that decides it "
    assert told in out
    every = "release leaflet -f md --reissue --reference L-2 --all-editions"
    asked = " ".join(rehearsal.refuses(every).split())
    for one in ("malta has abstained", "spain has not decided", "turkiye has no vote in the circulation that deci"):
        assert one in asked
    rehearsal.does(f"{every} --confirm")
    assert _own(rehearsal, "L-2") == {"albania", "malta", "spain", "turkiye"}
    record = json.loads((rehearsal.root / "releases/L-2/record.json").read_bytes())
    assert "leaflet@1: spain has not decided, and would have an edition" in " ".join(record["predicate"]["changed"])
    again = "release leaflet -f md --reissue --reference L-3"
    asked = " ".join(rehearsal.refuses(again).split())
    assert "the edition of malta is in L-2; it has not agreed to these words, and has none" in asked
    rehearsal.does(f"{again} --confirm", "rebuild L-3 --verify")
    assert _own(rehearsal, "L-3") == {"albania"}


def test_who_approved_a_document_and_not_its_clauses_has_no_edition(rehearsal: Rehearsal) -> None:
    """The clauses are what an edition says in the name of the member."""
    _circulated(rehearsal, "1 of 3")
    rehearsal.does("decide c1 --as albania --approve")
    rehearsal.does("decide leaflet --as malta --approve", "decide asking --as malta --abstain")
    rehearsal.does("decide leaflet --as spain --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    out = rehearsal.words("release leaflet -f md --reference L-1")
    assert _own(rehearsal, "L-1") == {"albania"}
    assert "asking@1: malta has abstained" in out
    assert "asking@1: spain has not decided" in out


def test_who_was_not_asked_about_agreed_wording_can_join_it_late(rehearsal: Rehearsal) -> None:
    """It agrees to all that it is asked, and the clause was agreed without it."""
    _circulated(rehearsal, "2 of 3")
    rehearsal.does("decide c1 --as albania --approve", "decide c1 --as malta --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1")
    path = rehearsal.root / "statements/leaflets/leaflet.yml"
    path.write_text(path.read_text("utf-8").replace("You can ask", "You may ask"), encoding="utf-8")
    assert "asking@1: agreed without spain" in rehearsal.does("circulate leaflet --until 2026-04-01 --rule '2 of 3'")
    rehearsal.all_approve("c2")
    out = rehearsal.words("close c2") + rehearsal.words("release leaflet -f md --reference L-1")
    assert "asking@1: spain has not decided" in out
    assert "“paraph decide …” and --accept-late. Once one of them agrees, “paraph release leaflet --reissue”" in out
    rehearsal.does("decide asking --as spain --approve", "decide asking --as spain --accept-late 'It joins'")
    rehearsal.does("release leaflet -f md --reissue --reference L-2")
    assert _own(rehearsal, "L-2") == {"albania", "malta", "spain"}


def _becomes_active(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / "statements/institutions.yml"
    text = path.read_text("utf-8")
    before, after = text.split("\n  turkiye:\n")
    after = after.replace("{status: pending}", "{status: active}", 1)
    path.write_text(f"{before}\n  turkiye:\n{after}", encoding="utf-8")


def test_silence_gives_an_edition_and_what_is_taken_back_ends_it(rehearsal: Rehearsal) -> None:
    _circulated(rehearsal, "silence 1 day")
    rehearsal.does("notice c1", "decide leaflet --as malta --approve", "decide c1 --as albania --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1", "release leaflet -f md --reference L-1")
    assert _own(rehearsal, "L-1") == {"albania", "malta", "spain"}


@pytest.mark.parametrize("closed", [True, False])
def test_who_kept_silent_before_has_no_edition_under_a_rule_of_number(rehearsal: Rehearsal, closed: bool) -> None:
    """16, 19: the same words were let pass once, and are put to the members again; while they are, too."""
    _circulated(rehearsal, "silence 1 day")
    rehearsal.does("notice c1", "decide c1 --as malta --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1", "circulate leaflet --until '2026-03-20 18:00' --rule '2 of 3' --whole")
    rehearsal.does("decide c2 --as albania --approve")
    more = "--provisional 'In haste'"
    if closed:
        rehearsal.moves_to("2026-03-21")
        rehearsal.does("close c2")
        more = ""
    out = rehearsal.does(f"release leaflet -f md --reference L-1 {more}")
    assert "leaflet@1: spain has not decided" in out
    assert _own(rehearsal, "L-1") == {"albania", "malta"}
    record = json.loads((rehearsal.root / "releases/L-1/record.json").read_bytes())["predicate"]
    stood = {one["institution"]: {one["state"], *one["clauses"].values()} for one in record["decisions"]}
    assert stood == {"albania": {"approved"}, "malta": {"approved"}, "spain": {"pending"}}
    again = f"release leaflet -f md --reissue --reference L-2 --edition spain {more}"
    if closed:
        assert "spain has not decided, and would have an edition of its own" in rehearsal.refuses(again)
    rehearsal.does("rebuild L-1 --verify")


def test_a_record_that_took_such_silence_for_consent_is_made_again(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the first ones did: nothing released is changed. But no other record passes for it."""
    _circulated(rehearsal, "silence 1 day")
    rehearsal.does("notice c1", "decide c1 --as malta --approve", "decide c1 --as albania --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1", "circulate leaflet --until '2026-03-20 18:00' --rule '2 of 3' --whole")
    rehearsal.moves_to("2026-03-21")
    rehearsal.does("close c2")

    def then(history: History, version: DocumentVersion, members: Collection[str]) -> object:
        return {one: positions(history, one, members) for one in (version.subject, *version.clauses)}

    with monkeypatch.context() as once:
        for name in ("workflow.releases.attest.standing_on", "standing.gate.standing_on"):
            once.setattr(f"paraph.{name}", then)
        rehearsal.does("release leaflet -f md --reference L-1")
    assert _own(rehearsal, "L-1") == {"albania", "malta", "spain"}
    record = (rehearsal.root / "releases/L-1/record.json").read_bytes()
    assert b'"tacit"' in record
    rehearsal.does("rebuild L-1 --verify", "rebuild L-1 -o again")
    assert (rehearsal.root / "again/record.json").read_bytes() == record
    monkeypatch.setattr("paraph.workflow.releases.attest._networks", lambda snap: ())
    assert "record.json" in rehearsal.refuses("rebuild L-1 --verify")


def test_who_let_a_clause_pass_elsewhere_has_no_edition_where_silence_is_no_consent(rehearsal: Rehearsal) -> None:
    """19: of a clause that is agreed by approvals as well, the silence of others is nothing."""
    _circulated(rehearsal, "silence 1 day")
    rehearsal.does("notice c1", "decide c1 --as malta --approve", "decide asking --as albania --approve")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1", "circulate leaflet --until '2026-03-20 18:00' --rule '2 of 3'")
    rehearsal.does("decide c2 --as albania --approve", "decide c2 --as spain --approve")
    rehearsal.moves_to("2026-03-21")
    rehearsal.does("close c2")
    assert "asking@1: spain has not decided" in rehearsal.does("release leaflet -f md --reference L-1")
    assert _own(rehearsal, "L-1") == {"albania", "malta"}


def test_a_provisional_release_is_out_in_the_name_of_those_that_have_agreed_so_far(rehearsal: Rehearsal) -> None:
    _circulated(rehearsal, "consensus")
    out = rehearsal.does("release leaflet -f md --provisional 'In haste' --reference L-1")
    assert "albania, malta and spain have not decided" in out
    assert _own(rehearsal, "L-1") == set()
    rehearsal.does("decide c1 --as malta --approve")
    rehearsal.does("release leaflet -f md --provisional 'In haste' --reissue --reference L-2")
    assert _own(rehearsal, "L-2") == {"malta"}


def test_what_has_no_editions_is_released_without(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    assert "has no editions of members" in rehearsal.refuses("release rehearsal --all-editions", 2)
    rehearsal.does("release rehearsal -f md --reference A-1")
    assert files_of(rehearsal.root / "releases/A-1") == {"rehearsal.en.md", "rehearsal.fr.md"}
