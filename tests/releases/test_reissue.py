"""The same words released anew, with a translation or a member’s edition that came later. Rehearsals all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rehearsal import ASKED, Rehearsal
from site_world import ARABIC


@pytest.fixture
def one(rehearsal: Rehearsal) -> Rehearsal:
    """A-1 is released in English and French."""
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md -f html --reference A-1")
    return rehearsal


def _translated(world: Rehearsal) -> None:
    for name in ("clauses/test/detention.yml", "clauses/test/schooling.yml", "statements/rehearsal.yml"):
        (world.root / "statements" / name).write_text(ARABIC[f"statements/{name}"], encoding="utf-8")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_translation_that_came_later(one: Rehearsal) -> None:
    first = _files(one.root / "releases/A-1")
    _translated(one)
    assert "The same words in another language or edition: --reissue." in one.refuses("release rehearsal -f md")
    out = one.does("release rehearsal -f md -f html --reissue --reference A-1bis")
    assert "rehearsal@1 is released as A-1bis: 8 files" in out
    assert "It replaces A-1, and says so." in out
    assert _files(one.root / "releases/A-1") == first
    record = json.loads((one.root / "releases/A-1bis/record.json").read_bytes())["predicate"]
    assert (record["replaces"], record["document"]["version"]) == ("A-1", 1)
    assert "Replaces A-1" in (one.root / "releases/A-1bis/rehearsal.en.md").read_text(encoding="utf-8")
    assert "no longer in force" in one.refuses("verify releases/A-1/rehearsal.fr.html")
    assert "authentic\n" in one.does("verify releases/A-1bis/rehearsal.ar.html")
    one.does("rebuild A-1 --verify", "rebuild A-1bis --verify", "register verify", "publish")
    assert "A-1bis" in (one.root / "site/fr/A-1.html").read_text(encoding="utf-8")
    assert (one.root / "site/ar/A-1bis.html").is_file()


def test_a_translation_that_was_validated_later(one: Rehearsal) -> None:
    """No file has changed: the register alone knows, and every page of that language says it."""
    _translated(one)
    again = "release rehearsal -f md -f html --reissue --reference"
    one.does(f"{again} A-2")
    assert "with all that it has now" in one.refuses(f"{again} A-3")
    one.does("translate validate rehearsal -l ar --as morocco")
    one.does(f"{again} A-3")
    assert "with all that it has now" in one.refuses(f"{again} A-4")
    records = [json.loads((one.root / f"releases/{name}/record.json").read_bytes()) for name in ("A-2", "A-3")]
    told = [{found["state"] for found in record["predicate"]["translations"]} for record in records]
    assert told == [{"unchecked"}, {"validated"}]
    one.does("rebuild A-3 --verify", "publish")
    assert "ترجمة مجاملة لم تُراجع" not in (one.root / "site/ar/A-3.html").read_text(encoding="utf-8")


def test_a_new_edition_that_says_nothing_new_or_less(one: Rehearsal) -> None:
    out = one.refuses("release rehearsal -f md -f html --reissue --reference A-1bis")
    assert "rehearsal@1 was released as A-1 with all that it has now" in out
    _translated(one)
    out = one.refuses("release rehearsal -f md --reissue --reference A-1bis")
    assert "takes the place of A-1, and would lack rehearsal.en-fr.html, rehearsal.en.html" in out
    one.edit("detention", "is detained", "is ever detained")
    assert "not ready for release" in one.refuses("release rehearsal -f md")
    assert "were not released yet" in one.refuses("release rehearsal --reissue", 2)
    assert [path.name for path in (one.root / "releases").iterdir()] == ["A-1"]


def test_words_that_were_withdrawn_are_not_said_to_be_unreleased(one: Rehearsal) -> None:
    one.does("withdraw A-1 --reason 'Too early'")
    out = one.refuses("release rehearsal --reissue", 2)
    assert "these words were last released as A-1, which was withdrawn" in out
    assert "leave --reissue out" in out


def test_words_that_were_released_provisionally_are_said_to_be(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("release rehearsal -f md --provisional urgent --reference P-1")
    out = rehearsal.refuses("release rehearsal --reissue", 2)
    assert "these words were last released provisionally alone, as P-1" in out


def test_the_last_edition_is_the_one_that_stands(one: Rehearsal) -> None:
    _translated(one)
    one.does("release rehearsal -f md -f html --reissue --reference A-1bis")
    assert "was released as A-1bis" in one.refuses("release rehearsal -f md -f html")
    out = one.refuses("release rehearsal -f md -f html --reissue")
    assert "was released as A-1bis with all that it has now" in out
    one.edit("schooling", "يذهب", "ويذهب")
    out = one.does("release rehearsal -f md -f html --reissue --reference A-1ter")
    assert "It replaces A-1bis, and says so." in out, "a translation that was mended"
    shutil.rmtree(one.root / "releases/A-1ter")
    out = one.does("release rehearsal -f md -f html --reissue")
    assert "was released; its files are made again as A-1ter" in out, "as where the move was cut off"


def test_the_edition_of_a_member_that_came_later(rehearsal: Rehearsal) -> None:
    for name in ("statements/clauses/test/asking.yml", "statements/leaflets/leaflet.yml"):
        (rehearsal.root / name).parent.mkdir(parents=True, exist_ok=True)
        (rehearsal.root / name).write_text(ARABIC[name], encoding="utf-8")
    rehearsal.does("circulate leaflet --until '2026-03-01 18:00'")
    for member in ASKED:
        rehearsal.does(f"decide c1 --as {member} --approve")
    rehearsal.does("close c1", "release leaflet -f html --edition malta --reference L-1")
    out = rehearsal.refuses("release leaflet -f html --edition spain --reissue --reference L-2")
    assert "would lack leaflet.malta.en.html" in out
    out = rehearsal.does("release leaflet -f html --edition malta --edition spain --reissue --reference L-2")
    assert "Besides that of all, the editions of malta, spain" in out
    assert (rehearsal.root / "releases/L-2/leaflet.spain.en.html").is_file()
    rehearsal.does("rebuild L-2 --verify")


def test_a_new_edition_names_who_signs_and_reserves_otherwise(rehearsal: Rehearsal) -> None:
    """13, 22: the words and the files are the same, and more stand behind them."""
    rehearsal.circulates("--rule '2 of 3'")
    rehearsal.all_approve("c1", "spain")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1", "release rehearsal -f md --reference A-1")
    for decision in ("--approve", "--reserve 'Under our law' -l en"):
        rehearsal.does(f"decide rehearsal --as spain {decision}")
        rehearsal.does("decide rehearsal --as spain --accept-late 'It joins'")
        out = rehearsal.refuses("release rehearsal -f md --reissue")
        assert "spain is listed as signing it, and is not in A-1" in out
    assert "the reservation of spain on rehearsal is printed, and is not in A-1" in out
    assert "It replaces A-1" in rehearsal.does("release rehearsal -f md --reissue --reference A-2 --confirm")
    record = json.loads((rehearsal.root / "releases/A-2/record.json").read_bytes())["predicate"]
    assert record["signed"] == ["albania", "malta", "spain"]
    assert record["changed"] == [
        "spain is listed as signing it, and is not in A-1",
        "the reservation of spain on rehearsal is printed, and is not in A-1",
    ]
    rehearsal.does("rebuild A-2 --verify", "register verify")
    assert "with all that it has now" in rehearsal.refuses("release rehearsal -f md --reissue")
    rehearsal.does("decide rehearsal --as spain --withdraw 'Not in our name'")
    out = rehearsal.refuses("release rehearsal -f md --reissue")
    assert "spain is listed as signing A-2, and would not be now" in out
    assert "the reservation of spain on rehearsal is printed in A-2, and would not be now" in out
