"""What is on record can be read for ever: the log of a clause, and the text of any version. Rehearsals all."""

from __future__ import annotations

import json
import shutil

from rehearsal import Rehearsal


def eventful(rehearsal: Rehearsal) -> None:
    """Most of what can become of a decision."""
    rehearsal.circulates()
    rehearsal.does(
        "decide detention --as malta --approve",
        "decide detention --as malta --reserve 'Our law differs' -l en",
        "decide detention --as albania --approve",
        "decide detention --as albania --withdraw 'We decide on Monday'",
        "decide detention --as albania --comment 'On Monday'",
    )
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("decide detention --as spain --approve", "decide detention --as albania --approve")
    rehearsal.does("decide detention --as spain --accept-late 'The post was late'")
    assert rehearsal.say("close c1")[0] == 1
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does("circulate rehearsal --until 2026-04-01")


def test_the_log_says_what_became_of_everything(rehearsal_anywhere: Rehearsal) -> None:
    rehearsal = rehearsal_anywhere
    eventful(rehearsal)
    out = rehearsal.does("log detention")
    told = [line.strip() for line in out.splitlines()]
    assert "text [en]: Our law differs" in told
    numbers = {one["data"].get("choice", one["kind"]): one["number"] for one in log(rehearsal)}
    for became in (
        f"→ superseded by event {numbers['reserve']}",
        f"→ taken back by event {numbers['decision-withdrawn']}",
        f"→ late, accepted by event {numbers['late-accepted']}",
        "→ late: it counts for nothing until it is accepted",
        "→ lapsed: the text has moved on to version 2",
        "→ detention@1 NOT ADOPTED: 1 pending, 1 reserved, 1 approved",
        "→ [en] *No child* is {+ever +}detained",
    ):
        assert became in told
    assert not any("schooling@1" in line for line in told)
    assert "schooling@1 NOT ADOPTED" in rehearsal.does("log c1")
    assert "nothing is on record about “nothing”" in rehearsal.refuses("log nothing", 2)


def log(rehearsal: Rehearsal) -> list[dict[str, object]]:
    return json.loads(rehearsal.does("log detention --json"))


def test_a_version_is_shown_when_its_file_is_gone(rehearsal_anywhere: Rehearsal) -> None:
    rehearsal = rehearsal_anywhere
    eventful(rehearsal)
    shutil.rmtree(rehearsal.root / "statements/clauses")
    (rehearsal.root / "statements/statements/rehearsal.yml").unlink()
    out = rehearsal.does("show detention@1")
    assert "*No child* is detained" in out
    assert "*Aucun enfant* n’est détenu" in out
    assert "*No child* is ever detained" in rehearsal.does("show detention@2 -l en")
    out = rehearsal.does("show rehearsal@1 -l fr")
    assert "Aucun enfant n’est détenu." in out
    assert "detention@1 schooling@1" in out
    assert "On record are detention@1, detention@2." in rehearsal.refuses("show detention@3", 2)
    assert "there is no “nothing@1” on record" in rehearsal.refuses("show nothing@1", 2)
    assert "Its languages: en, fr." in rehearsal.refuses("show detention@1 -l ar", 2)


def test_a_version_is_built_when_its_files_are_gone(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("build rehearsal -f md -f html -o before")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.does("circulate rehearsal --until 2026-04-01")
    shutil.rmtree(rehearsal.root / "statements/clauses")
    shutil.rmtree(rehearsal.root / "templates/statement")
    (rehearsal.root / "statements/statements/rehearsal.yml").unlink()
    out = rehearsal.does("build rehearsal@1 rehearsal@2 -f md -f html")
    assert "build/rehearsal@1.en.md" in out
    assert "build/rehearsal@2.en-fr.html" in out
    for version, words in ((1, "*No child* is detained."), (2, "*No child* is ever detained.")):
        text = (rehearsal.root / f"build/rehearsal@{version}.en.md").read_text(encoding="utf-8")
        assert words in text
        assert "Draft" in text
    before = (rehearsal.root / "before/rehearsal.fr.md").read_text(encoding="utf-8").partition("## État")[0]
    again = (rehearsal.root / "build/rehearsal@1.fr.md").read_text(encoding="utf-8")
    assert again.strip() == before.strip()
    assert "detention@1 is a clause" in rehearsal.refuses("build detention@1", 2)
    assert "On record are" in rehearsal.refuses("build rehearsal@9", 2)
    assert "does not change" in rehearsal.refuses("build rehearsal@1 --watch", 2)
