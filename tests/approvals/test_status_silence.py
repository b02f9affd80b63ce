"""What `status` says of those who say nothing, and of those whose words have changed under them. Rehearsals all."""

from __future__ import annotations

import json

import openpyxl

from rehearsal import Rehearsal


def missing(rehearsal: Rehearsal) -> str:
    """What stands under “Missing”, whatever the width of the terminal."""
    return rehearsal.words("status c1").partition("Missing")[2]


def test_what_silence_will_mean_is_said_of_each_member(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule 'silence 7 days'")
    nothing = "no notice on record yet: without one in time, its silence means nothing"
    assert f"malta: everything ({nothing})" in missing(rehearsal)
    rehearsal.does("notice c1 --to malta", "notice c1 --to spain")
    consent = "at the deadline, silence is consent"
    rehearsal.does("decide detention --as malta --comment 'We cannot live with this sentence.' -l en")
    assert f"malta: everything ({consent})" in missing(rehearsal), "a comment breaks no silence"
    assert f"albania: everything ({nothing})" in missing(rehearsal)
    rehearsal.does(
        "decide detention --as malta --approve",
        "decide detention --as malta --withdraw 'Not yet'",
        "decide schooling --as spain --amend '*Each child* goes to school' -l en",
    )
    (rehearsal.root / "mail.txt").write_text("Yes, but …")
    rehearsal.does("decide rehearsal --as spain --unclear --evidence mail.txt")
    told = missing(rehearsal)
    assert "detention@1: it took back what it had decided, and is not silent" in told
    assert f"rehearsal@1: {consent}" in told
    assert "schooling@1: another member’s word breaks the silence" in told
    assert "schooling@1: it asked for other words, and is not silent" in told
    assert "rehearsal@1: it answered what is not recorded, and is not silent" in told
    kept = json.loads(rehearsal.does("status c1 --json"))["silence"]
    assert kept["spain"] == {
        "consent": ["detention@1"],
        "amended": ["schooling@1"],
        "unsettled": ["rehearsal@1"],
    }
    rehearsal.moves_to("2026-02-25")
    assert "albania: everything (no notice on record in time: its silence means nothing)" in missing(rehearsal)
    rehearsal.moves_to("2026-03-02")
    rehearsal.say("close c1 --unsettled 'Nobody can tell'")
    tallied = " ".join(rehearsal.does("log c1").split())
    assert "detention@1 pending: albania, malta" in tallied, "as was said of it"
    assert "silence is consent" not in rehearsal.does("status rehearsal")


def test_what_silence_will_mean_is_sent_on_in_each_language(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.does("notice c1 --to malta")
    for language, consent, untold in (
        ("en", "at the deadline, silence is consent", "silence means nothing"),
        ("fr", "à l’échéance, le silence vaut accord", "le silence ne vaut rien"),
    ):
        rehearsal.does(f"status c1 --html page.html --xlsx book.xlsx -l {language}")
        page = (rehearsal.root / "page.html").read_text(encoding="utf-8")
        rows = [
            [cell.value for cell in row] for row in openpyxl.load_workbook(rehearsal.root / "book.xlsx").worksheets[1]
        ]
        whole = "\n".join(str(row[1]) for row in rows)
        for text in (page, whole):
            assert text.count(consent) == 1, language
            assert text.count(untold) == 2, language
    for language in ("ar", "es"):
        rehearsal.does(f"status c1 --html page.html -l {language}")
        assert "status-silence" not in (rehearsal.root / "page.html").read_text(encoding="utf-8")


def test_no_silence_is_spoken_of_where_another_rule_asks(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    assert "silence" not in rehearsal.does("status c1")


def test_the_difference_from_what_each_approved_stays_while_the_new_text_is_asked(rehearsal: Rehearsal) -> None:
    """Malta approved version 1, spain version 2; version 3 is put to them, and then the file is edited once more."""
    rehearsal.circulates()
    rehearsal.does("decide detention --as malta --approve")
    rehearsal.edit("detention", "is detained", "is ever detained")
    assert "is {+ever +}detained" in rehearsal.does("status rehearsal")
    rehearsal.does("close c1 --call-off 'The words changed.'", "circulate rehearsal --until 2026-04-01")
    out = rehearsal.does("status rehearsal")
    assert "approved @1, lapsed: malta\n  from @1 to @2:\n  [en] *No child* is {+ever +}detained" in out
    rehearsal.does("decide detention --as spain --approve")
    rehearsal.edit("detention", "ever detained", "ever held")
    rehearsal.does("close c2 --call-off 'The words changed again.'", "circulate rehearsal --until 2026-05-01")
    out = rehearsal.does("status rehearsal")
    assert "approved @2, lapsed: spain\n  from @2 to @3:\n  [en] *No child* is ever [-detained-]{+held+}" in out
    assert "approved @1, lapsed: malta\n  from @1 to @3:\n  [en] *No child* is [-detained-]{+ever held+}" in out
    rehearsal.edit("detention", "ever held", "locked up")
    out = rehearsal.does("status rehearsal")
    assert "detention has changed since @3\n  [en] *No child* is [-ever held-]{+locked up+}" in out
    assert "from @1 to the file:\n  [en] *No child* is [-detained-]{+locked up+}" in out
    kept = json.loads(rehearsal.does("status rehearsal --json"))["rows"][0]["since"]
    assert sorted(kept) == ["1", "2"]


def test_all_that_is_asked_for_is_made(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.moves_to("2026-03-02")
    out = rehearsal.does("status rehearsal --json --html page.html --xlsx book.xlsx")
    assert json.JSONDecoder().raw_decode(out)[0]["document"] == "rehearsal"
    assert (rehearsal.root / "book.xlsx").is_file()
    page = (rehearsal.root / "page.html").read_text(encoding="utf-8")
    assert "The deadline is over." in page
    assert "Full days left" not in page
    assert "the deadline is over" in rehearsal.does("status rehearsal")


def test_no_line_is_wider_than_the_terminal(rehearsal: Rehearsal) -> None:
    rehearsal.circulates("--rule 'silence 7 days'")
    long_ = "We cannot live with this sentence, and have said so in each of the meetings that were held about it. " * 2
    rehearsal.does(
        f"decide detention schooling rehearsal --as malta --object '{long_}' -l en",
        f"decide detention schooling rehearsal --as spain --comment '{long_}' -l en",
    )
    rehearsal.edit(
        "schooling", "goes to school", "goes to a school near its home, at no cost, for as long as it lives here"
    )
    out = rehearsal.does("status rehearsal")
    assert max(map(len, out.splitlines())) <= 80
    assert " ".join(long_.split()) in " ".join(out.split())


def test_a_workspace_of_before_these_words_says_nothing_in_their_place(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / "templates/strings.yml"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "status-silence-" not in line]
    path.write_text("\n".join(one for one in kept if "status-over" not in one) + "\n", encoding="utf-8")
    rehearsal.circulates("--rule 'silence 7 days'")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("status c1 --html page.html")
    page = (rehearsal.root / "page.html").read_text(encoding="utf-8")
    assert "Full days left: 0" in page
    assert "<dd>everything</dd>" in page
    assert "status-silence-" not in page
