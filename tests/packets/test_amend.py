"""Amendments taken over into clauses: the member's words to the letter, and nothing else changed."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import clause, desk
from paraph.__main__ import main
from paraph.markup import digest
from paraph.review import texts
from paraph.review.returned.wording import fitted
from paraph.workflow.approvals.amendments import amendments
from paraph.workflow.approvals.circulation import circulate
from paraph.workflow.times import now
from test_packets import RULES
from test_returned import AT, DECLARATION
from test_returned_arabic import TRANSLATION
from test_returns import RECEIVED, office, pen, read, sent_back

__all__ = ["office"]
CLAUSE = "statements/clauses/test/wait.yml"


def amend(root: Path, *arguments: str) -> int:
    return main(["-C", str(root), "amend", *arguments])


def asked_for(root: Path, *changes: tuple[int, str, str, str], member: str = "malta") -> int:
    """The number of the last amendment, which asks for these changes."""
    one = pen(root, member)
    for change in changes:
        one.change(*change, "Ana")
    assert read(root, sent_back(root, one, f"c1-{member}.docx"), "--yes", *RECEIVED) == 0
    return amendments(root)[-1].number


def test_it_is_listed_shown_and_taken_over(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = asked_for(office, (1, "en", "wait", "act at once"))
    capsys.readouterr()
    assert amend(office, "list") == 0
    assert f"{number}  wait@1  en  malta  c1, 2026-03-05 10:00" in capsys.readouterr().out
    assert amend(office, "show", str(number)) == 0
    assert "Call upon States to [-wait-]{+act at once+}[1]" in capsys.readouterr().out
    before = (office / CLAUSE).read_text(encoding="utf-8")
    assert amend(office, "accept", str(number)) == 0
    after = (office / CLAUSE).read_text(encoding="utf-8")
    assert "*Call upon* States to act at once[^1]" in after
    assert before.replace("States to wait", "States to act at once") in after
    assert f"notes: |-\n  en: wording of malta (amendment {number} to wait@1, c1), taken over " in after
    assert amend(office, "accept", str(number)) == 0
    assert "has these words already" in capsys.readouterr().out
    assert amend(office, "list") == 0
    assert "Paris: taken over; fr still says what wait@1 said" in capsys.readouterr().out
    assert main(["-C", str(office), "check"]) == 0
    said = capsys.readouterr().out
    assert f"en has what malta asked for (amendment {number}), and fr still says what wait@1 said" in said
    assert said.count("[languages-parted]") == 1
    change(office, "d’attendre", "d’agir sur-le-champ")
    assert main(["-C", str(office), "check"]) == 0
    assert "[languages-parted]" not in capsys.readouterr().out
    assert amend(office, "list") == 0
    assert "Paris: taken over\n" in capsys.readouterr().out


def test_languages_part_also_where_it_was_taken_back_or_written_on(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = asked_for(office, (1, "en", "wait", "act at once"))
    assert amend(office, "accept", str(number)) == 0
    back = ["-C", str(office), "decide", "wait", "--as", "malta", "--withdraw", "So be it", "--event", str(number)]
    assert main([*back, "--received", "2026-03-05 11:00"]) == 0
    capsys.readouterr()
    assert main(["-C", str(office), "check"]) == 0
    said = f"en has what malta asked for, and took back (amendment {number}), and fr still says what wait@1 said"
    assert said in capsys.readouterr().out
    change(office, "act at once", "act today")
    assert main(["-C", str(office), "check"]) == 0
    said = f"en has other words than wait@1, from amendment {number} on, and fr still says what wait@1 said"
    assert said in capsys.readouterr().out
    change(office, "act today", "wait")
    assert main(["-C", str(office), "check"]) == 0
    assert "[languages-parted]" not in capsys.readouterr().out


def test_what_became_of_it(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked_for(office, (1, "en", "wait", "act at once"), (2, "en", "hear", "listen"))
    change(office, "to wait", "to hurry")
    decide = [
        "-C",
        str(office),
        "decide",
        "see",
        "--as",
        "malta",
        "--withdraw",
        "No more.",
        "--received",
        "2026-03-06 00:00",
    ]
    assert main(decide) == 0
    capsys.readouterr()
    assert amend(office, "list") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith(": the file has moved on")
    assert said[1].endswith(": withdrawn")
    circulate(office, "ours", until="2099-04-20", rule="consensus", at=now())
    assert amend(office, "list", "wait") == 0
    assert capsys.readouterr().out.rstrip().endswith(": moved on to version 2")


def test_what_was_taken_over_is_so_after_the_clause_has_another_name(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked_for(office, (1, "en", "wait", "act at once"), (2, "en", "hear", "listen"))
    change(office, "to wait", "to act at once")
    circulate(office, "ours", until="2099-04-20", rule="consensus", at=now())
    text = (office / CLAUSE).read_text(encoding="utf-8")
    (office / CLAUSE).unlink()
    (office / CLAUSE).with_name("act.yml").write_text(text.replace("id: wait", "id: act"), encoding="utf-8")
    document = office / "statements/declarations/ours.yml"
    document.write_text(document.read_text(encoding="utf-8").replace("wait, ", "act, "), encoding="utf-8")
    capsys.readouterr()
    assert amend(office, "list", "wait") == 0
    assert capsys.readouterr().out.rstrip().endswith(": taken over")


def test_words_in_a_language_that_the_clause_has_not(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide = ["decide", "wait", "--as", "malta", "--amend", "Esperar", "-l", "es", "--received", "2026-03-06 00:00"]
    assert main(["-C", str(office), *decide]) == 0
    number = amendments(office)[-1].number
    for what, code in (("show", 0), ("accept", 1)):
        capsys.readouterr()
        assert amend(office, what, str(number)) == code
        assert f"{CLAUSE} has no text in es" in "".join(capsys.readouterr())


def change(root: Path, old: str, new: str) -> None:
    file = root / CLAUSE
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_note_and_a_list(office: Path) -> None:
    first = asked_for(office, (1, "fr", "Jusque-là.", "Jusqu’alors."))
    assert amend(office, "accept", str(first)) == 0
    assert "[^1]: Jusqu’alors." in (office / CLAUSE).read_text(encoding="utf-8")


def test_a_remark_beside_the_notes_of_a_clause_stays(office: Path) -> None:
    number = asked_for(office, (1, "en", "wait", "wait calmly"))
    file = office / CLAUSE
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\nnotes: Old note  # keep\n", encoding="utf-8")
    assert amend(office, "accept", str(number)) == 0
    assert "\n# keep\nnotes: |-\n  Old note\n  en: wording of malta" in file.read_text(encoding="utf-8")


LAYOUTS = {
    "a question mark in braces": lambda raw: raw.replace(b"title: {en: wait,", b"title: {en: Wait?,"),
    "a tab before a remark": lambda raw: raw.replace(b"kind: call", b"kind: call\t# remark"),
    "a tab after a colon": lambda raw: raw.replace(b"kind: ", b"kind:\t"),
    "a remark without a space": lambda raw: raw.replace(b"en: |-", b"en: |-#"),
    "a remark with a sign of YAML": lambda raw: raw.replace(b"en: |-", b"en: |- # a > b, or 2"),
    "old line ends": lambda raw: raw.replace(b"\n", b"\r"),
    "an old line end in a remark": lambda raw: b"# one\r# two\n" + raw,
    "a byte order mark": lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
    "all of it indented": lambda raw: (
        b" " + raw.rstrip(b"\n").replace(b"\n", b"\n ").replace(b"\n \n", b"\n\n") + b"\n"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_read_can_be_changed_and_all_else_stays(office: Path, layout: str) -> None:
    number = asked_for(office, (1, "en", "wait", "wait calmly"))
    file = office / CLAUSE
    laid_out = LAYOUTS[layout](file.read_bytes())
    file.write_bytes(laid_out)
    assert main(["-C", str(office), "check"]) == 0
    assert amend(office, "accept", str(number)) == 0
    words = laid_out.replace(b"wait[^1]", b"wait calmly[^1]")
    line_end = b"\r\n" if b"\r\n" in words else b"\n" if b"\n" in words else b"\r"
    indent = b" " if laid_out.startswith(b" ") else b""
    made = file.read_bytes()
    assert made.startswith(words)
    note, *more = made.removeprefix(words).split(line_end)
    assert (note, len(more)) == (indent + b"notes: |-", 2)
    assert more[0].startswith(indent + b"  en: wording of malta (amendment %d to wait@1, c1), taken over " % number)


def test_a_file_in_braces_and_one_that_others_may_not_read(office: Path) -> None:
    number = asked_for(office, (1, "en", "wait", "wait calmly"))
    file = office / CLAUSE
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(f"{json.dumps(said, ensure_ascii=False)}  # why\n", encoding="utf-8")
    file.chmod(0o640)
    assert amend(office, "accept", str(number)) == 0
    says = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert says.pop("notes").startswith(f"en: wording of malta (amendment {number} to wait@1, c1), taken over ")
    said["text"]["en"] = said["text"]["en"].replace("wait", "wait calmly")
    assert says == said
    assert file.read_text(encoding="utf-8").endswith("}  # why\n")
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("notes", ["Old note\n  # keep", "|-  # keep\n  Old note", "\n  # keep\n  Old note"])
def test_a_remark_in_the_notes_of_a_clause_is_none_of_their_words(office: Path, notes: str) -> None:
    number = asked_for(office, (1, "en", "wait", "wait calmly"))
    file = office / CLAUSE
    file.write_text(f"notes: {notes}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    assert amend(office, "accept", str(number)) == 0
    made = file.read_text(encoding="utf-8")
    assert made.startswith("# keep\nnotes: |-\n  Old note\n  en: wording of malta")
    assert made.count("#") == 1


def test_notes_that_begin_with_a_space_and_a_text_indented_by_number(office: Path) -> None:
    number = asked_for(office, (1, "en", "wait", "wait calmly"))
    change(office, "en: |-", "en: |2-")
    file = office / CLAUSE
    file.write_text(f'notes: "  a\\nb"\n{file.read_text(encoding="utf-8")}', encoding="utf-8")
    assert amend(office, "accept", str(number)) == 0
    says = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert says["notes"].startswith("  a\nb\nen: wording of malta")
    assert says["text"]["en"].startswith("*Call upon* States to wait calmly[^1]")


def test_what_has_lost_a_link_or_a_term_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = "[the Convention](https://c.example)"
    office = desk(
        tmp_path / "desk",
        {"statements/declarations/ours.yml": DECLARATION}
        | clause("wait", f"to act under {link}", f"d’agir selon {link}, *Toujours* et de voir")
        | clause("see", "to see", "de voir"),
    )
    circulate(office, "ours", until="2026-03-20", rule="consensus", at=AT)
    asked_for(
        office,
        (1, "en", "Convention", "Charter"),
        (1, "fr", "Toujours", "de voir"),
        (1, "fr", "et de voir", "et toujours"),
    )
    for one in amendments(office):
        assert amend(office, "accept", str(one.number)) == 0
    said = capsys.readouterr().out
    assert "“the Convention” led to https://c.example; other words may now, or none" in said
    assert "“Toujours” stood in emphasis, or as another language, and does not now" in said


def test_a_new_paragraph_at_a_list_is_said(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.under(2, "en", "to act")
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, sent_back(office, one), *RECEIVED) == 0
    number = amendments(office)[-1].number
    assert amend(office, "accept", str(number)) == 0
    assert "2. to hear\n    3. to act" in (office / CLAUSE.replace("wait", "see")).read_text(encoding="utf-8")
    said = "Look at the file that came back whether “to act” is an item of the list, and of this level."
    assert said in capsys.readouterr().out


NESTED = (
    "*Recommend* that States\n\n- train **all** guards\n  - in law\n  - in practice\n"
    "- fund [schools](https://x.org) at once\n  - in towns\n\nand meet again"
)
CHILD = (
    "to lay down how interests are assessed\n\n1. by a body\n2. after hearing\n\n   1. the child\n"
    "   2. the [guardian](term:guardian)\n\n3. by a decision"
)


@pytest.mark.parametrize(
    ("source", "came", "made", "said"),
    [
        ("a\n\n- b\n- c", "a\nb\nd\nc", "a\n\n- b\n- d\n- c", []),
        ("a\n\n- b\n- c", "a\nd\nb\nc", "a\n\n- d\n- b\n- c", [("d", True)]),
        ("a\n\n- b\n- c", "d\na\nb\nc", "d\n\na\n\n- b\n- c", []),
        ("- b", "b\nd", "- b\n- d", [("d", True)]),
        ("1. a\n   - b\n2. c", "a\nb\nd\nc", "1. a\n   - b\n   - d\n2. c", [("d", True)]),
        ("1. a\n2. b\n   - c\n   - d", "a\nc\nb\nd", "1. a\n2. c\n3. b\n   - d", [("c", True)]),
        ("1. a\n2. b", "a\nc", "1. a\n2. c", []),
        ("a\n\n1. b\n2. c", "a\nb", "a\n\n1. b", []),
        # worded anew as a whole where it stood, or struck there and another put in: what it was, and that is said
        (
            NESTED,
            "fund schools at once>report every year",
            "- fund [schools](https://x.org) at once>- report every year",
            [("report every year", True)],
        ),
        (NESTED, "in towns>in every city", "  - in towns>  - in every city", []),
        (
            CHILD,
            "the guardian>any adult whom the child trusts",
            "the [guardian](term:guardian)>any adult whom the child trusts",
            [("any adult whom the child trusts", True)],
        ),
        (
            "It said:\n\n> No child.\n\n1. see",
            "It said:\nNobody ever.\nsee",
            "It said:\n\n> Nobody ever.\n\n1. see",
            [],
        ),
        # struck beside another that changed: what stayed is where it was
        (NESTED, "in practice\n>|guards>guards now", "  - in practice\n>|guards>guards now", []),
        # moved in its level, and out of its list
        (
            CHILD,
            "the child\nthe guardian>the guardian\nthe child",
            "1. the child\n   2. the [guardian](term:guardian)>1. the [guardian](term:guardian)\n   2. the child",
            [("the guardian", True)],
        ),
        ("*Call* on\n\n1. see\n2. hear", "hear\nCall on\nsee", "hear\n\n*Call* on\n\n1. see", [("hear", False)]),
        ("1. see\n2. hear\n\nWe act", "hear\nWe act\nsee", "1. hear\n\nWe act\n\nsee", [("see", False)]),
        # an item that went leaves those below it to another, and two lists become one
        ("1. a\n2. b\n   - c", "a\nc", "1. a\n   - c", [("c", True)]),
        ("- b\n  - c", "c", "- c", [("c", True)]),
        ("1. a\n\nto\n\n1. b\n2. c", "a\nb\nc", "1. a\n2. b\n3. c", [("b", True)]),
        # two levels, of which nobody can tell which was struck
        ("1. a\n   - b\n2. c", "a\nnew", "1. a\n   - new", [("new", True)]),
        # a chapeau and its first item in one
        ("see\n\n1. wait\n2. act", "see wait\nact", "see wait\n\n1. act", [("see wait", False)]),
    ],
)
def test_a_paragraph_keeps_its_level_and_list_or_that_is_said(
    source: str, came: str, made: str, said: list[tuple[str, bool]]
) -> None:
    if ">" in came:
        came, made = changed(printed(source), came), changed(source, made)
    fit = fitted(source, came, printed)
    assert (fit.text, list(fit.listed)) == (made, said)


def changed(text: str, how: str) -> str:
    """`text` with what stands before a > as what stands after it."""
    for one in how.split("|"):
        old, _, new = one.partition(">")
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("source", "came", "made", "lost"),
    [
        (
            "the training and supervision of [guardians](term:guardian)",
            "the training of guardians and of judges",
            "the training of [guardians](term:guardian) and of judges",
            [],
        ),
        (
            "in accordance with [the Convention](https://c.org)",
            "under the Convention and its Protocols",
            "under [the Convention](https://c.org) and its Protocols",
            [],
        ),
        (
            "see [all children](term:x) now",
            "see all small children now",
            "see [all small children](term:x) now",
            [("all children", "term:x")],
        ),
        ("*Call upon* all [States](term:s)", "Urge all nations", "*Urge* all nations", [("States", "term:s")]),
        (
            "under [the Convention](https://c.org)",
            "under the Charter",
            "under the Charter",
            [("the Convention", "https://c.org")],
        ),
        ("[Children](term:c) and **all**", "all and Children", "**all** and [Children](term:c)", []),
        ("**every child** is", "child every is", "**child every** is", []),
        ("see [Children](term:c)", "see children", "see [children](term:c)", []),
        (
            "see[^1] it\n\n[^1]: As in [A](https://a.org).",
            "see[1]\n[1] Now as in A, too.",
            "see[^1]\n\n[^1]: Now as in [A](https://a.org), too.",
            [],
        ),
        ("a\\\nb\n\n1. c", "a\nd\nc", "a\\\nd\n\n1. c", []),
        (  # the words of a link that was struck are those of another, too
            "under [article 3](https://c.org) of the first and [article 3](https://e.org) of the second",
            "under article 3 of the second",
            "under [article 3](https://c.org) of the second",
            [("article 3", "https://c.org"), ("article 3", "https://e.org")],
        ),
        (
            "see [article 37](https://c.org)",
            "see article 24",
            "see [article](https://c.org) 24",
            [("article 37", "https://c.org")],
        ),
        (  # a sentence that moved into another paragraph
            "We wait. See [the Convention](https://c.org).\n\nWe act.",
            "We wait.\nWe act. See the Convention.",
            "We wait.\n\nWe act. See the Convention.",
            [("the Convention", "https://c.org")],
        ),
        (  # so that it begins with a capital there no more
            "[The Convention](https://c.org) binds. We wait.\n\nWe act.",
            "We wait.\nWe act, as the Convention binds.",
            "We wait.\n\nWe act, as the Convention binds.",
            [("The Convention", "https://c.org")],
        ),
        (  # whose “the Committee” was struck?
            "ask [the Committee](https://c.org) and the Committee of Ministers",
            "ask the Committee of Ministers",
            "ask [the Committee](https://c.org) of Ministers",
            [("the Committee", "https://c.org")],
        ),
        (
            "ask the Committee of Ministers and [the Committee](https://c.org)",
            "ask the Committee",
            "ask the Committee",
            [("the Committee", "https://c.org")],
        ),
        (
            "act[^1]\n\n[^1]: See [comment 6](https://c.org) and comment 6 of others.",
            "act[1]\n[1] See comment 6 of others.",
            "act[^1]\n\n[^1]: See [comment 6](https://c.org) of others.",
            [("comment 6", "https://c.org")],
        ),
        (  # a part of the words of a link stands once more
            "[the Committee](https://c.org) met and one Committee acted",
            "the Committee acted",
            "[the Committee](https://c.org) acted",
            [("the Committee", "https://c.org")],
        ),
        (  # two that changed places
            "follow [the report](https://a.org) of 2019 and [the report](https://b.org) of 2020",
            "follow the report of 2020 and the report of 2019",
            "follow [the report](https://a.org) of 2020 and [the report](https://b.org) of 2019",
            [("the report", "https://a.org"), ("the report", "https://b.org")],
        ),
        (
            "See [the report](https://a.org) of 2019.\n\nSee the report of 2020.",
            "See the report of 2020.\nSee the report of 2019.",
            "See [the report](https://a.org) of 2020.\n\nSee the report of 2019.",
            [("the report", "https://a.org")],
        ),
        (  # the same words put in before
            "see [the report](https://a.org) of 2019",
            "see the report of 2018 and the report of 2019",
            "see [the report](https://a.org) of 2018 and the report of 2019",
            [("the report", "https://a.org")],
        ),
        (  # nothing is left of what stood around
            "We thank [the Committee](https://c.org) for all",
            "States join the Committee of Ministers",
            "States join [the Committee](https://c.org) of Ministers",
            [("the Committee", "https://c.org")],
        ),
        (  # the same words elsewhere, which stayed where they are
            "hear [children](term:c) now\n\nmany children of all",
            "hear all children of here\nmany children of all",
            "hear all [children](term:c) of here\n\nmany children of all",
            [],
        ),
        (  # one paragraph made three
            "*Recalling* that [children](https://c.org) are heard, and noting their rights, and asking for more",
            "Recalling that children are heard\nand noting their rights\nand asking for more",
            "*Recalling* that [children](https://c.org) are heard\n\nand noting their rights\n\nand asking for more",
            [],
        ),
    ],
)
def test_a_mark_covers_the_words_that_it_covered(
    source: str, came: str, made: str, lost: list[tuple[str, str]]
) -> None:
    fit = fitted(source, came, printed)
    assert (fit.text, list(fit.lost)) == (made, lost)


@pytest.mark.parametrize(
    ("source", "came", "bare"),
    [
        ("We *wait* now.\n\nWe act.", "We act, and Wait.", ["wait"]),
        (  # a paragraph that moved, and was joined
            "*Recalling* them, [ven]{lang=es} at once.\n\nStates hear.\n\nWe wait for all of it.",
            "States hear.\nWe wait for all of it. Recalling them, ven at once.",
            ["Recalling", "ven"],
        ),
        ("*Recalling* it, and recalling them", "recalling them", []),
        ("We *wait* and *act*, *wait*", "We act", []),
        ("We *wait*, and act", "We act, and wait", []),
    ],
)
def test_words_that_have_lost_their_emphasis(source: str, came: str, bare: list[str]) -> None:
    assert list(fitted(source, came, printed).plain) == bare


def test_a_translation_in_other_words_is_unchecked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = textwrap.indent("*تدعو* الدول إلى الانتظار", "      ")
    checked = TRANSLATION.replace("unchecked", "checked").format(digest=digest("*Call upon* States to wait"), text=text)
    files = clause("wait", "*Call upon* States to wait", "*Demandent* aux États d’attendre", more=checked)
    files["statements/declarations/ours.yml"] = DECLARATION.replace("wait, see", "wait")
    root = desk(tmp_path, files)
    circulate(root, "ours", until="2026-03-20 18:00", rule="consensus", at=AT)
    number = asked_for(root, (1, "ar", "الانتظار", "العمل"), member="morocco")
    capsys.readouterr()
    assert amend(root, "accept", str(number)) == 0
    out = capsys.readouterr().out
    assert "The translation in ar is unchecked again" in out
    assert "Nobody decides on a translation. morocco is not silent until it takes this back." in out
    after = (root / CLAUSE).read_text(encoding="utf-8")
    assert "    status: unchecked\n" in after
    assert "إلى العمل" in after


def test_both_languages_of_one_member(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = asked_for(office, (1, "en", "wait", "act"), (1, "fr", "attendre", "agir"))
    assert amend(office, "accept", str(number - 1)) == 0
    assert amend(office, "accept", str(number)) == 0
    text = (office / CLAUSE).read_text(encoding="utf-8")
    assert "to act[^1]" in text
    assert "d’agir[^1]" in text
    assert text.count("wording of malta") == 2
    capsys.readouterr()
    assert main(["-C", str(office), "check"]) == 0
    assert "[languages-parted]" not in capsys.readouterr().out


def test_two_members_in_two_languages_have_parted_until_a_hand_changes_one(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "PARAPH_CLOCK", "right"
    )  # the second packet is written on an earlier day than the first was read
    numbers = [
        asked_for(office, (1, "en", "wait", "act")),
        asked_for(office, (1, "fr", "Jusque", "D’ici"), member="spain"),
    ]
    for number in numbers:
        assert amend(office, "accept", str(number)) == 0
    assert "Look at en: it has what malta asked for, and no more." in capsys.readouterr().out
    assert main(["-C", str(office), "check"]) == 0
    assert capsys.readouterr().out.count("[languages-parted]") == 2
    assert amend(office, "list") == 0
    assert "taken over; fr has what spain asked for, and no more" in capsys.readouterr().out
    change(office, "d’attendre", "d’agir")
    assert main(["-C", str(office), "check"]) == 0
    assert "[languages-parted]" not in capsys.readouterr().out


def test_it_is_refused_when_the_file_has_moved_on(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = asked_for(office, (1, "en", "wait", "act"))
    file = office / CLAUSE
    file.write_text(file.read_text(encoding="utf-8").replace("to wait", "to hurry"), encoding="utf-8")
    before = file.read_bytes()
    assert amend(office, "accept", str(number)) == 1
    assert "has changed since malta saw it (wait@1)" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_it_is_refused_for_a_document_and_for_what_is_no_amendment(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = asked_for(office, (3, "en", "wait", "act"))
    assert amend(office, "accept", str(number)) == 1
    assert "about ours@1 as a whole" in capsys.readouterr().err
    assert amend(office, "accept", "1") == 2
    assert amend(office, "list", "nowhere") == 0


def test_what_a_clause_cannot_hold_is_named_with_its_place(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = asked_for(office, (1, "en", "wait", "wait  calmly"))
    before = (office / CLAUSE).read_bytes()
    cause = "  2 spaces stand one after the other at “Call upon States to wait␣␣calmly[1] ↵ [1] Until then.”"
    capsys.readouterr()
    assert amend(office, "accept", str(number)) == 1
    assert cause[2:] in capsys.readouterr().err
    assert (office / CLAUSE).read_bytes() == before
    assert amend(office, "show", str(number)) == 0
    assert cause in capsys.readouterr().out


def test_written_by_hand_with_one_space_it_is_taken_over(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = asked_for(office, (1, "en", "wait", "wait  calmly"))
    change(office, "to wait", "to wait calmly")
    assert amend(office, "list") == 0
    assert "taken over; fr still says what wait@1 said" in capsys.readouterr().out
    assert amend(office, "accept", str(number)) == 0
    assert "has these words already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("source", "came", "cause"),
    [
        ("to wait", "1. to wait", "“1. to wait” begins as an item of a list does"),
        ("to wait", "to wait\n2. to see", "“2. to see” begins as an item of a list does"),
        ("to wait", "to\twait", "a tab stands at “to⇥wait”"),
        ("to wait", "to wa\u200bit", "an invisible character: U+200B ZERO WIDTH SPACE, in line 1"),
        ("to wait", "to wait\xa0", "a line begins or ends with a space: “to wait[U+00A0]”"),
        ("to wait", "", "nothing is left of the text"),
        ("to wait", "to {{ may }} wait", "“{{ may }}” would be read as a value, which the member has not seen there"),
        ("since {{ day }}", "since {{ day }} or {{ day }}", "“{{ day }}” would be read as a value"),
        ("see [](clause:due)", "see [due] and [due]", "“[due]” would be read as a reference, which the member has"),
        ("to wait", "to wait[1]\n[1] Or see.", "“[1]” is how a footnote is called in a packet: write the note by hand"),
        ("It said:\n\n> No child.", "It said:\nand we agree:\nNo child.", "new paragraph “and we agree:” is quoted"),
        ("> No child.\n\nWe act.", "No child.\nNot one.\nWe act.", "whether the new paragraph “Not one.” is quoted"),
        ("> No child.\n>\n> Not one.", "No child.\nNever.\nNot one.", "whether the new paragraph “Never.” is quoted"),
        ("Since {{since}} now", "Since {{ since now", "a part of a value is left at “Since {{ since now”"),
        ("**«see»** all", "«see»all", "no Markdown says this"),
    ],
)
def test_why_there_is_no_result_is_said(source: str, came: str, cause: str) -> None:
    fit = fitted(source, came, printed)
    assert fit.text is None
    assert cause in "; ".join(fit.causes)


SOURCES = [
    "*Call upon* States to end the [detention](term:immigration-detention) of children",
    "States shall, since {{ since }},\n\n- see **all** children\n- hear them",
    "to wait[^1] and to see\n\n[^1]: Until then.",
    "de mettre fin, en droit et en fait, à la [rétention](term:x) des enfants",
    "أن تضع حداً [لاحتجاز الأطفال](term:x)",
    "*Urge* States\n\n1. to hear them\n2. to see **children**\n   - all\n3. to inform them",
]
NOTED = (
    "*Urge* States[^1]\n\n1. to hear them\n2. to see **all children**\n3. to inform [them](term:x)\n\n[^1]: Until then."
)
LIST = "*Urge* States\n\n1. to hear them\n2. to see **children**\n3. to inform them"
WORDS = st.text(st.sampled_from("abc déé ,;’ *_[]<العأ"), min_size=1, max_size=12)


def printed(text: str) -> str:
    return "\n".join(texts.words_of(texts.paragraphs(text, "k", RULES, rtl=False)))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SOURCES), st.integers(0, 60), st.integers(0, 12), WORDS)
def test_the_words_are_the_members_or_there_is_no_result(source: str, at: int, cut: int, words: str) -> None:
    before = printed(source)
    came = "\n".join(line.strip() for line in f"{before[:at]}{words}{before[at + cut :]}".split("\n"))
    fit = fitted(source, came, printed)
    if fit.text is not None:
        assert printed(fit.text) == came
    else:
        assert fit.causes


@pytest.mark.parametrize(
    ("source", "came", "made"),
    [
        (
            SOURCES[0],
            "Call upon States to end the holding of children",
            "*Call upon* States to end the holding of children",
        ),
        (
            SOURCES[0],
            "Urge States to end the detention of children",
            "*Urge* States to end the [detention](term:immigration-detention) of children",
        ),
        (
            SOURCES[0],
            "Call upon all States to end the detention of children",
            "*Call upon* all States to end the [detention](term:immigration-detention) of children",
        ),
        (
            SOURCES[1],
            "States shall, since {{ since }},\nsee all children\nhear them\nact",
            "States shall, since {{ since }},\n\n- see **all** children\n- hear them\n- act",
        ),
        (
            SOURCES[1],
            "States shall, since {{ since }},\nalways see all children\nat once hear them",
            "States shall, since {{ since }},\n\n- always see **all** children\n- at once hear them",
        ),
        (
            LIST,
            "Urge States\nto see children\nto inform them",
            "*Urge* States\n\n1. to see **children**\n2. to inform them",
        ),
        (LIST, "Urge States\nto hear them\nto inform them", "*Urge* States\n\n1. to hear them\n2. to inform them"),
        (
            LIST,
            "Urge States\nto hear them\nto see children",
            "*Urge* States\n\n1. to hear them\n2. to see **children**",
        ),
        (
            LIST,
            "Urge States\nto hear them\nto act\nto see children\nto inform them",
            "*Urge* States\n\n1. to hear them\n2. to act\n3. to see **children**\n4. to inform them",
        ),
        (
            LIST,
            "Urge States\nto hear them\nto inform them\nto see children",
            "*Urge* States\n\n1. to hear them\n2. to inform them\n3. to see **children**",
        ),
        (
            LIST,
            "Urge States\nto hear them and to see children\nto inform them",
            "*Urge* States\n\n1. to hear them and to see **children**\n2. to inform them",
        ),
        (
            "1. to see [children](term:child)\n2. to act",
            "to see children\nto hear children\nto act",
            "1. to see [children](term:child)\n2. to hear children\n3. to act",
        ),
        (
            LIST,
            "Urge States\nto see children\nto hear them\nto inform them",
            "*Urge* States\n\n1. to see **children**\n2. to hear them\n3. to inform them",
        ),
        (
            NOTED,
            "Urge States[1]\nto hear them\nto inform them\n[1] Until then.",
            "*Urge* States[^1]\n\n1. to hear them\n2. to inform [them](term:x)\n\n[^1]: Until then.",
        ),
        (
            NOTED,
            "Urge States[1]\nto hear them\nto see all children\n[1] Until then.",
            "*Urge* States[^1]\n\n1. to hear them\n2. to see **all children**\n\n[^1]: Until then.",
        ),
        ("see [children](term:child)", "see children and families", "see [children](term:child) and families"),
        ("see *all*\n\nor none", "see all, now\nor none", "see *all*, now\n\nor none"),
        ("see *all*", "see allies", "see *allies*"),
        (
            "since {{since}}, _wait_\n\n* see\n\n* hear",
            "since {{ since }}, wait\nsee\nhear all",
            "since {{since}}, _wait_\n\n* see\n\n* hear all",
        ),
        ("wait\n\n- see\n- hear\n- act", "wait\nsee\nact", "wait\n\n- see\n- act"),
        ("wait\n\n1. see\n1. hear\n1. act", "wait\nhear\nact", "wait\n\n1. hear\n1. act"),
        ("One is.\n\nTwo are.\n\nWe act.", "One is.\nWe act.", "One is.\n\nWe act."),
        (
            "States:\n\n1. see\n   - all\n   - some\n2. hear\n   1. us\n   2. them",
            "States:\nsee\nsome\nhear\nthem",
            "States:\n\n1. see\n   - some\n2. hear\n   1. them",
        ),
        ("since {{ day }}, wait", "wait since {{ day }}", "wait since {{ day }}"),
        ("One is.\n\nTwo are.", "One is.\nThe two are.", "One is.\n\nThe two are."),
    ],
)
def test_marks_stay_where_they_are(source: str, came: str, made: str) -> None:
    assert fitted(source, came, printed).text == made
