"""Redlines before outside judges: LibreOffice accepts and rejects all, and the Open XML SDK's validator reads them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import libreoffice
import redlines
from judges import axe, errors, needs_browser
from paraph.markup.redline import redline
from paraph.model.document import Document, Printed, printed
from paraph.render.redline import make, make_docx
from word_files import TYPES, p, part, word

DRAWN = int(os.environ.get("PARAPH_REDLINES_JUDGED", "6"))
"""How many pairs are drawn at random for LibreOffice."""
WHEN = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
WRITTEN = [(language, moved) for language in redlines.REWRITTEN for moved in (False, True)]


def docx(pair: tuple[Document, Document]) -> bytes:
    return make_docx(redline(*pair), redlines.shipped()[1], "Secretariat", WHEN)


def drawn() -> list[tuple[Document, Document]]:
    pairs = []

    @settings(max_examples=DRAWN, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(redlines.pairs())
    def draw(pair: tuple[Document, Document]) -> None:
        pairs.append(pair)

    draw()
    return pairs


def judged(
    soffice: str, folder: Path, pairs: list[tuple[Document, Document]]
) -> Iterator[tuple[str, bool, list[tuple[str, str]], list[tuple[str, str]]]]:
    """Each redline with all accepted, and with all rejected: what LibreOffice has, and what the document says."""
    jobs, expected = [], []
    for number, pair in enumerate(pairs):
        file = folder / f"{number}.docx"
        file.write_bytes(docx(pair))
        jobs += [(file, False), (file, True)]
        expected += pair
    for (file, accept), left, document in zip(jobs, libreoffice.judge(soffice, jobs, folder), expected, strict=True):
        assert left.changes == 0
        got = [shown(Printed(*line)) for line in left.lines]
        yield file.name, accept, got, [shown(line) for line in printed(document)]


def test_libreoffice_accepts_and_rejects_all(soffice: str, tmp_path: Path) -> None:
    """Words, numbers and footnotes, with clauses, list items, members and terms that came, went and moved."""
    pairs = [redlines.rewritten(*one) for one in WRITTEN]
    for name, accept, got, expected in judged(soffice, tmp_path, pairs):
        assert got == expected, f"{name} {'accepted' if accept else 'rejected'}"


def test_libreoffice_keeps_the_words_of_any_redline(soffice: str, tmp_path: Path) -> None:
    """Not always the numbers: where much changed, LibreOffice 7.4 gives a paragraph the list of one that is gone. And
    one empty line may be left, where the first footnote was (see below)."""
    for name, accept, got, expected in judged(soffice, tmp_path, drawn()):
        said = [[text for _, text in lines if text] for lines in (got, expected)]
        assert said[0] == said[1], f"{name} {'accepted' if accept else 'rejected'}"
        assert len(got) - len(said[0]) <= 1, f"{name} {'accepted' if accept else 'rejected'}"


def test_what_libreoffice_leaves_of_a_paragraph_that_calls_the_first_footnote_of_its_file(
    soffice: str, tmp_path: Path
) -> None:
    """An empty line, in the plainest file there is: it reads all footnotes where the first is called, and forgets that
    the mark of this paragraph was deleted (7.4). At any later footnote it does not. Nothing of ours is in it."""
    files = []
    for name, calls in (("first", ("", "2")), ("later", ("2", "3"))):
        body = p("a", _call(calls[0])) + p(_gone("b", _call(calls[1])), properties=f"<w:rPr>{_GONE}</w:rPr>")
        files.append((tmp_path / f"{name}.docx", True))
        files[-1][0].write_bytes(word(body + p("c"), {"footnotes": _NOTES}, types=_TYPES))
    left = [[text for _, text in one.lines] for one in libreoffice.judge(soffice, files, tmp_path)]
    assert left == [["a", "", "c"], ["a", "c", "note"]]


_GONE = '<w:del w:id="1" w:author="Ana" w:date="2026-03-01T10:00:00Z"/>'
_NOTES = part(
    "footnotes",
    "".join(f'<w:footnote w:id="{id_}">{p("<w:r><w:footnoteRef/></w:r>", "note")}</w:footnote>' for id_ in ("2", "3")),
)
_NOTED = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_TYPES = TYPES.replace("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{_NOTED}"/></Types>')


def _call(id_: str) -> str:
    return f'<w:r><w:footnoteReference w:id="{id_}"/></w:r>' if id_ else ""


def _gone(text: str, call: str) -> str:
    return _GONE.replace("/>", f"><w:r><w:delText>{text}</w:delText></w:r>{call}</w:del>")


def shown(line: Printed) -> tuple[str, str]:
    """As LibreOffice says it: no bullet, alef without hamza in letters that count, a mark of direction at codes."""
    text = line.text.replace("\u200e", "").replace("\u200f", "")
    return line.label.replace("•", "").replace("أ", "ا"), " ".join(text.split())


@pytest.mark.parametrize(("language", "moved"), WRITTEN[1::2])
def test_the_validator_finds_nothing(validator: str, tmp_path: Path, language: str, moved: bool) -> None:
    file = tmp_path / "redline.docx"
    file.write_bytes(docx(redlines.rewritten(language, moved)))
    assert errors(validator, file) == []


def test_axe_finds_nothing_in_a_page(tmp_path: Path) -> None:
    needs_browser()
    files = []
    for language in redlines.REWRITTEN:
        files.append(tmp_path / f"{language}.html")
        pair = redlines.rewritten(language, moved=True)
        files[-1].write_bytes(make(redline(*pair), redlines.shipped()[1], "html", "", WHEN))
    assert axe(files) == []
