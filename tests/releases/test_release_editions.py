"""Nothing is released in an edition at which a build would stop, and what a build warns of is told. Rehearsals all."""

from __future__ import annotations

import pytest

from desk import desk
from paraph.markup.canonical import digest
from rehearsal import ASKED, FILES, Rehearsal
from site_world import ARABIC

_WRITE = "*Every child* may write to {{ office }}"
WHO = f"""
id: who
kind: position
title: {{en: who, fr: who}}
values: {{office: institution}}
text:
  en: "{_WRITE}"
  fr: "*Tout enfant* peut écrire à {{{{ office }}}}"
translations:
  ar: {{source: en, digest: {digest(_WRITE)}, status: unchecked, text: "يمكن *لكل طفل* أن يكتب إلى {{{{ office }}}}"}}
"""


@pytest.fixture
def adopted(rehearsal: Rehearsal) -> Rehearsal:
    """Adopted in English and French, with an Arabic translation that nobody has checked."""
    desk(rehearsal.root, {name: ARABIC[name] for name in ARABIC if name in FILES})
    rehearsal.adopted()
    return rehearsal


def _without_arabic(rehearsal: Rehearsal, name: str) -> None:
    path = rehearsal.root / name
    before, found, after = path.read_text(encoding="utf-8").partition("translations:\n")
    assert found
    assert "ar:" in after
    path.write_text(before, encoding="utf-8")


def _stopped(rehearsal: Rehearsal, told: str, more: str = "") -> None:
    """Build, status and release say the same, and nothing is on record of it."""
    head = rehearsal.does("register head")
    assert told in " ".join(rehearsal.refuses(f"release rehearsal -f md --confirm {more}").split())
    assert not (rehearsal.root / "releases").exists()
    assert rehearsal.does("register head") == head
    if not more:
        assert told in " ".join(rehearsal.refuses("build rehearsal -f md").split())
        status = rehearsal.words("status rehearsal")
        assert "Not ready for release" in status
        assert told in status


def test_a_clause_that_lost_its_translation(adopted: Rehearsal) -> None:
    assert "Ready for release" in adopted.does("status rehearsal")
    _without_arabic(adopted, "statements/clauses/test/schooling.yml")
    _stopped(adopted, "clause schooling has no ar")


def test_an_institution_that_has_no_name_in_a_language(rehearsal: Rehearsal) -> None:
    name = "statements/statements/rehearsal.yml"
    use = "[detention, {clause: who, values: {office: benin}}]"
    files = {name: ARABIC[name].replace("[detention, schooling]", use), "statements/clauses/test/who.yml": WHO}
    files["statements/clauses/test/detention.yml"] = ARABIC["statements/clauses/test/detention.yml"]
    desk(rehearsal.root, files)
    rehearsal.adopted()
    _stopped(rehearsal, "the institution benin has no name in ar")


@pytest.mark.parametrize("key", ["notice-unchecked", "provisional"])
def test_a_fixed_string_that_a_language_lacks(adopted: Rehearsal, key: str) -> None:
    """One that drafts do not print is found where it is to be printed."""
    path = adopted.root / "templates/strings.yml"
    before, found, after = path.read_text(encoding="utf-8").partition(f"  {key}:")
    head, arabic, rest = after.partition("    ar: ")
    path.write_text(before + found + head + rest.partition("\n")[2], encoding="utf-8")
    assert arabic
    told = f"the fixed string “{key}” has no ar"
    if key == "provisional":
        adopted.does("build rehearsal -f md")
        adopted.edit("schooling", "goes to", "attends")
        adopted.does("circulate rehearsal --until '2026-04-01 18:00'")
        _stopped(adopted, told, "--provisional urgent")
    else:
        _stopped(adopted, told)


def test_what_was_released_with_a_hole_is_made_again(adopted: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was released, before anybody looked."""
    _without_arabic(adopted, "statements/clauses/test/schooling.yml")
    with monkeypatch.context() as then:
        then.setattr("paraph.workflow.releases.before.found_in", lambda making: ())
        adopted.does("release rehearsal -f md --reference A-1")
    adopted.does("rebuild A-1 --verify", "rebuild A-1 -o again")
    path = adopted.root / "again/rehearsal.ar.md"
    assert path.read_bytes() == (adopted.root / "releases/A-1/rehearsal.ar.md").read_bytes()
    assert "المدرسة" not in path.read_text(encoding="utf-8")


def test_what_a_members_edition_lacks_is_told(rehearsal: Rehearsal) -> None:
    """And whose edition is left out, since it is not settled which office it is; of the others as they are made."""
    leaflet = {name: ARABIC[name] for name in ARABIC if name not in FILES}
    desk(rehearsal.root, leaflet)
    path = rehearsal.root / "statements/institutions.yml"
    before, found, after = path.read_text(encoding="utf-8").partition("\n  malta:\n")
    path.write_text(f"{before}{found}    office_open: true\n{after}", encoding="utf-8")
    rehearsal.does("circulate leaflet --until '2026-03-01 18:00'")
    for member in ASKED:
        rehearsal.does(f"decide c1 --as {member} --approve")
    rehearsal.does("close c1")
    out = rehearsal.words("release leaflet -f md --reference L-1")
    assert "malta has no edition: which office sits for it, is open" in out
    assert "the edition of spain says in en neither telephone nor address [edition-lacks]" in out
    assert "error" not in out
    out = rehearsal.words("release leaflet -f html --reissue --reference L-2 -f md --edition albania --edition spain")
    assert "malta has no edition" not in out
    assert "the edition of albania says in en neither" in out
