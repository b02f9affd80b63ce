"""Who stands where, on a terminal, as a page and as a workbook. Rehearsals all."""

from __future__ import annotations

import html.parser
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from paraph.starter import starter
from paraph.workflow.files import copy_workspace
from rehearsal import Rehearsal

FORMULA = '=HYPERLINK("http://x") & <b>loi</b>'


class Page(html.parser.HTMLParser):
    """What a page prints, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.outside: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.outside += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def eventful(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does(
        "decide c1 --as malta --approve",
        f"decide detention --as albania --reserve '{FORMULA}' -l fr",
        "decide schooling --as spain --object 'Too weak'",
        "decide rehearsal --as turkiye --abstain",
    )
    rehearsal.edit("schooling", "goes to", "went to")


def test_a_page_in_the_language_of_those_it_is_sent_to(rehearsal_anywhere: Rehearsal) -> None:
    rehearsal = rehearsal_anywhere
    eventful(rehearsal)
    assert rehearsal.does("status rehearsal --html page.html -l fr").strip() == "page.html"
    page = Page()
    page.feed((rehearsal.root / "page.html").read_text(encoding="utf-8"))
    text = " ".join("".join(page.words).split())
    for said in ("Une répétition", "modifié depuis la version 1", "Jours entiers restants", FORMULA, "caduc"):
        assert said in text
    head = json.loads(rehearsal.does("status --json"))["head"]
    assert f"Registre des approbations\u00a0: {head['number']}:{head['hash'][:16]}" in " ".join(page.words)
    assert page.outside == []
    assert "script" not in page.open
    assert {"table", "caption", "thead", "th", "main"} <= set(page.open)


def test_what_a_member_said_of_many_texts_at_once_is_said_once(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --comment 'Mind the commas' -l en", "status rehearsal --xlsx book.xlsx")
    said = rehearsal.does("status rehearsal")
    assert said.count("malta, comment on ") == said.count("Mind the commas") == 1
    assert "on detention@1, schooling@1 and rehearsal@1 (" in said
    rehearsal.moves_to("2026-04-02")
    assert rehearsal.say("close c1")[0] == 1
    assert "  rehearsal@1, detention@1 and schooling@1: not adopted in c1: put" in rehearsal.does("status rehearsal")
    rows = [*openpyxl.load_workbook(rehearsal.root / "book.xlsx")["What members wrote"].iter_rows(values_only=True)]
    assert [row[1] for row in rows[1:]] == ["Comment, detention@1, schooling@1, rehearsal@1"]


def test_a_workbook_holds_text_and_never_a_formula(rehearsal: Rehearsal) -> None:
    eventful(rehearsal)
    rehearsal.does("status rehearsal --xlsx book.xlsx")
    book = openpyxl.load_workbook(io.BytesIO((rehearsal.root / "book.xlsx").read_bytes()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    values = [cell.value for cell in cells]
    assert FORMULA in values
    assert "objected (lapsed: said of version 1)" in values
    assert [sheet.title for sheet in book] == ["State of approvals", "Still to be decided", "What members wrote"]


def test_what_cannot_be_written_is_said_in_a_line(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    assert "is no language of this workspace" in rehearsal.refuses("status rehearsal --html x.html -l xx", 2)
    assert "one document or circulation" in rehearsal.refuses("status --xlsx x.xlsx", 2)
    assert not (rehearsal.root / "x.html").exists()


@pytest.mark.parametrize("language", ["en", "fr", "ar", "es"])
def test_every_language_has_every_word(rehearsal: Rehearsal, language: str) -> None:
    eventful(rehearsal)
    rehearsal.does(f"status c1 --html page.html -l {language}")
    text = (rehearsal.root / "page.html").read_text(encoding="utf-8")
    assert ">status-" not in text
    assert "{" not in text.partition("</style>")[2]


def test_ten_members_and_thirty_clauses_fit_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rehearsal = Rehearsal(tmp_path / "other", monkeypatch, capsys, {})
    shutil.rmtree(rehearsal.root)
    copy_workspace(starter(), rehearsal.root)
    monkeypatch.chdir(rehearsal.root)
    rehearsal.does("circulate joint-declaration --until 2026-03-01", "decide c1 --as malta --approve")
    out = rehearsal.does("status joint-declaration")
    assert max(map(len, out.splitlines())) <= 80
    assert sum("no-child-detention@1" in line for line in out.splitlines()) == 1, "in one table"
    monkeypatch.setenv("COLUMNS", "70")
    lines = [line for line in rehearsal.does("status joint-declaration").splitlines() if "open in c1" in line]
    assert len(lines) == 30
    assert max(map(len, lines)) <= 70
    assert any(line.startswith("detention-against-best-i") and "…@1 " in line for line in lines)


def test_a_legend_that_no_terminal_need_break(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    eventful(rehearsal)
    for width in (80, 60, 30):
        monkeypatch.setenv("COLUMNS", str(width))
        legend = rehearsal.does("status rehearsal").split("\n\n✓", 1)[1].split("\n\n")[0]
        assert max(map(len, f"✓{legend}".splitlines())) <= width
        assert "~ lapsed: said of an earlier version" in " ".join(legend.split())


def test_a_workbook_is_printed_as_wide_as_its_paper(rehearsal: Rehearsal) -> None:
    eventful(rehearsal)
    for language, side in (("en", None), ("ar", "right")):
        rehearsal.does(f"status rehearsal --xlsx book.xlsx -l {language}")
        for sheet in openpyxl.load_workbook(rehearsal.root / "book.xlsx"):
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.orientation) == (1, "landscape")
            assert sheet.print_title_rows, "the names of the columns are on each sheet of paper"
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
            assert {cell.alignment.horizontal for cell in cells} == {side}
            assert {cell.font.name for cell in cells} == {"Calibri"}


def test_an_amendment_has_a_sign_of_its_own(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does(
        "decide detention --as malta --amend '*No child* is ever detained' -l en",
        "decide detention --as spain --approve",
        "decide detention --as spain --amend '*No child* is held' -l en",
        "decide schooling --as albania --amend '*Each child* goes to school' -l en",
        "decide schooling --as albania --approve",
    )

    def signs() -> dict[str, list[str]]:
        rows = [line.split() for line in rehearsal.does("status rehearsal").splitlines()[3:7]]
        return {row[0]: row[1:5] for row in rows[1:]}

    assert signs() == {
        "detention@1": ["·", "·±", "✓±", "·"],
        "schooling@1": ["✓±", "·", "·", "·"],
        "rehearsal@1": ["·", "·", "·", "·"],
    }
    assert "± proposes an amendment" in rehearsal.does("status rehearsal")
    told = json.loads(rehearsal.does("status rehearsal --json"))
    assert [row["amended"] for row in told["rows"]] == [["malta", "spain"], ["albania"], []]
    rehearsal.does("status rehearsal --html status.html --xlsx status.xlsx -l fr")
    page = (rehearsal.root / "status.html").read_text(encoding="utf-8")
    assert "·± pas de décision (propose un amendement)</bdi></li>" in page
    cells = [cell.value for row in openpyxl.load_workbook(rehearsal.root / "status.xlsx").active for cell in row]
    assert cells.count("approuvé (propose un amendement)") == 2

    rehearsal.edit("detention", "is detained", "is ever detained")
    assert signs()["detention"] == ["·", "·", "✓~", "·"], "what was proposed for the text before is no longer pending"


def test_what_was_answered_and_not_recorded_is_sent_on_too(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    (rehearsal.root / "mail.txt").write_text("Yes, but …")
    rehearsal.does("decide c1 --as malta --unclear --evidence mail.txt", "decide schooling --as malta --approve")
    rehearsal.does("status rehearsal --html status.html --xlsx status.xlsx -l fr")
    page = Page()
    page.feed((rehearsal.root / "status.html").read_text(encoding="utf-8"))
    at = page.words.index("Réponses non enregistrées")
    assert page.words[at + 3].split(", ") == ["detention@1", "rehearsal@1"]
    sheet = openpyxl.load_workbook(rehearsal.root / "status.xlsx")["Réponses non enregistrées"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [page.words[at + 3]]
    told = json.loads(rehearsal.does("status rehearsal --json"))
    assert sorted(told["unrecorded"]["malta"]) == ["detention@1", "rehearsal@1"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "has taken back its approval"), ("fr", "a retiré son approbation"), ("ar", "سُحبت")]
)
def test_who_took_its_approval_back_is_told_on_the_page(rehearsal: Rehearsal, language: str, words: str) -> None:
    rehearsal.circulates()
    rehearsal.all_approve()
    rehearsal.does("decide schooling --as malta --withdraw 'Not our law.'", f"status c1 --html s.html -l {language}")
    assert f"schooling@1 ({words}" in (rehearsal.root / "s.html").read_text(encoding="utf-8")
    rehearsal.does(
        "decide detention --as malta --abstain --again", "decide detention --as malta --withdraw 'Nor this.'"
    )
    rehearsal.does(f"status c1 --html s.html -l {language}")
    page = (rehearsal.root / "s.html").read_text(encoding="utf-8")
    assert words in page
