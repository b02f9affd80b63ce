"""Packets answered in LibreOffice, through its own API, and sent back as DOCX, ODT and RTF: read right, or named."""

from __future__ import annotations

import io
import json
import re
import shutil
import socket
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from judges import needed
from paraph.ooxml.archive import PackageError
from paraph.ooxml.reading.shown import text_of
from paraph.review.returned.left_open import taken_for_all
from paraph.review.returned.odt import odd_in_odt
from paraph.review.returned.read import read_returned
from paraph.review.returned.rtf import odd_in_rtf, strikes_too_much, without_strays
from paraph.workflow.packets.incoming import word_of
from paths import TESTS
from test_returned import Sent, said, written
from test_returned_arabic import written as arabic

__all__ = ["arabic", "written"]

FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8", "rtf": "Rich Text Format"}
ANSWERS: Mapping[str, tuple[tuple[str, ...], list[list[object]], list[str]]] = {
    "decides": (
        ("docx", "odt", "rtf"),
        [
            ["tick", 1, "approve"],
            ["tick", 2, "object"],
            ["inside", 2, "words", "This does too little."],
            ["inside", 3, "choice", "Abstain"],
        ],
        ["1 approve", "2 object: This does too little.", "3 abstain"],
    ),
    "changes": (
        ("docx", "odt", "rtf"),
        [["change", "States to wait", "States to act", True], ["change", "d’entendre", "d’écouter", False]],
        ["1 amendment en by Unknown Author: ", "2 amendment fr, not tracked: "],
    ),
    "last words": (
        ("docx", "odt", "rtf"),
        [["change", "d’entendre", "d’écouter", True]],
        ["2 amendment fr by Unknown Author: Demandent aux États\nde voir\nd’[-entendre-]{+écouter+}"],
    ),
    "a new paragraph": (
        ("docx", "odt", "rtf"),
        [["add_below", "to see", "to ask"], ["add_below", "Jusque-là.", "Et encore."]],
        [
            "1 amendment fr by Unknown Author: ",
            "2 amendment en by Unknown Author: Call upon States\nto see\n{+to ask\n+}to",
        ],
    ),
    "first words": (
        ("docx", "odt", "rtf"),
        [["change", "Call upon States to wait", "Urge States to wait", True]],
        ["1 amendment en by Unknown Author: [-Call upon-]{+Urge+} States to wait[1]"],
    ),
    "changed and approved": (
        ("rtf",),
        [
            ["tick", 1, "approve"],
            ["change", "Until then.", "Until tomorrow.", True],
            ["change", "to see", "to hear", True],
        ],
        [
            "1 amendment en by Unknown Author: Call upon States to wait[1]\n[1] Until [-then-]{+tomorrow+}.",
            "1 unclear: approve, and the words were changed",
            "2 amendment en by Unknown Author: Call upon States\nto [-see-]{+hear+}\nto hear",
        ],
    ),
    "typed over": (
        ("docx", "odt"),
        [
            ["change", "‹Write here›", "Ana Borg", True],
            ["type", 1, "choice", "Approve"],
            ["type", 2, "object", "x"],
            ["type", 2, "words", "This does too little.\rAnd too late."],
        ],
        ["all person Ana Borg", "1 approve", "2 object: This does too little.\nAnd too late."],
    ),
    "for all": (
        ("docx", "odt", "rtf"),
        [["tick", 4, "approve"], ["tick", 2, "abstain"]],
        ["all look: approve for the 1 text left open: 1", "1 approve", "2 abstain"],
    ),
    "in bold, tracked": (
        ("docx", "odt", "rtf"),
        [["tick", 1, "approve"], ["embolden", "to wait"]],
        ["1 approve", "1 look: in the text in en is in bold “to wait”"],
    ),
    "locked": (("docx",), [["change", "to wait;", "to act;", False]], ["3 amendment en, not tracked: "]),
}


def has_uno(python: str | None) -> bool:
    return (
        python is not None
        and not subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode
    )


@pytest.fixture(scope="module")
def answered(written: Sent, arabic: Sent, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every answer in every format, by one LibreOffice; one of them to a packet in Arabic."""
    soffice = needed(shutil.which("soffice"), "LibreOffice")
    python = shutil.which("python3", path="/usr/bin")
    needed(python if has_uno(python) else None, "python3-uno")
    folder = tmp_path_factory.mktemp("member")
    (folder / "sent.docx").write_bytes(written.data)
    jobs = [
        {
            "source": str(folder / "sent.docx"),
            "does": does,
            "saves": {FILTERS[one]: str(folder / f"{name}.{one}") for one in formats},
        }
        for name, (formats, does, _) in ANSWERS.items()
    ]
    (folder / "arabic.docx").write_bytes(arabic.data)
    saves = {FILTERS[one]: str(folder / f"in Arabic.{one}") for one in FILTERS}
    jobs.append({"source": str(folder / "arabic.docx"), "does": [["tick", 1, "approve"]], "saves": saves})
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    member = str(TESTS / "member.py")
    done = subprocess.run(
        [str(python), member, soffice, str(folder / "profile"), str(folder / "jobs.json")],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, row in ANSWERS.items() for kind in row[0]])
def test_what_was_answered_in_libreoffice(written: Sent, answered: Path, name: str, kind: str) -> None:
    data = (answered / f"{name}.{kind}").read_bytes()
    found = read_returned(written.shown, word_of(data), written.subjects, written.phrases, "en")
    assert found.left_open is not None
    lines = list(said(taken_for_all(found, found.left_open, ())))
    assert len(lines) == len(ANSWERS[name][2]), lines
    for line, expected in zip(lines, ANSWERS[name][2], strict=True):
        assert line.startswith(expected), lines


@pytest.mark.parametrize("kind", FILTERS)
def test_arabic_texts_that_nobody_touched_come_back_as_they_were(arabic: Sent, answered: Path, kind: str) -> None:
    """Their words in bold, and the letters that number their lists, are not in an RTF of LibreOffice."""
    data = (answered / f"in Arabic.{kind}").read_bytes()
    found = read_returned(arabic.shown, word_of(data), arabic.subjects, arabic.phrases, "en")
    lost = ["all look: LibreOffice loses in RTF what is struck out in Arabic: open it, or ask for DOCX or ODT"]
    assert list(said(found)) == [*lost * (kind == "rtf"), "1 approve"]


def test_nothing_is_fetched_through_libreoffice(answered: Path, tmp_path: Path) -> None:
    """A picture, a frame and two sections from elsewhere, one of them from a file of this machine."""
    (tmp_path / "secret.txt").write_text("nobody's business", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        there = f"http://127.0.0.1:{server.getsockname()[1]}"
        data = with_links((answered / "decides.odt").read_bytes(), there, (tmp_path / "secret.txt").as_uri())
        shown = word_of(data)
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    words = text_of(shown.lines, accepted=True)
    assert "was there" in words
    assert "business" not in words
    assert any("not fetched" in one for one in shown.oddities)


AFTER = {
    "meta-field": '<text:meta-field xml:id="m1"> never</text:meta-field>',
    "hidden-text": '<text:hidden-text text:condition="ooow:1==2" text:string-value=" never"> never</text:hidden-text>',
    "hidden-paragraph": '<text:hidden-paragraph text:condition="ooow:1==1" text:is-hidden="true"/>',
    "text:display": '<text:span text:style-name="T1" text:display="none"> never</text:span>',
    "what nobody knows": '<text:span xmlns:x="urn:none" x:never="yes"> never</text:span>',
}


@pytest.mark.parametrize("name", AFTER)
def test_what_libreoffice_shows_and_leaves_out_of_a_word_file_is_named(answered: Path, name: str) -> None:
    """Each stands on the page that the member sees; in the DOCX made of it there is nothing."""
    sent = (answered / "decides.odt").read_bytes()
    assert list(odd_in_odt(sent)) == []
    changed = _with_content(sent, lambda content: content.replace("</text:p>", f"{AFTER[name]}</text:p>", 1))
    assert list(odd_in_odt(changed))


@pytest.mark.parametrize("family", ["paragraph", "table-cell", "table"])
def test_a_picture_behind_words_is_named(answered: Path, family: str) -> None:
    sent = (answered / "decides.odt").read_bytes()
    properties = f"<style:{family}-properties>"
    style = f'<style:style style:name="Z" style:family="{family}">{properties}{{}}</style:{family}-properties>'
    end = "</style:style></office:automatic-styles>"
    empty, picture = "<style:background-image/>", '<style:background-image xlink:href="Pictures/x.png"/>'
    for image, named in ((empty, []), (picture, ["<style:background-image>"])):
        one = style.format(image)
        made = _with_content(sent, lambda c, one=one: c.replace("</office:automatic-styles>", one + end, 1))
        assert list(odd_in_odt(made)) == named


@pytest.mark.parametrize(("said", "shown"), [("true", "☐"), ("false", "☒")])
def test_a_box_that_shows_what_it_is_not_is_named(answered: Path, said: str, shown: str) -> None:
    sent = (answered / "decides.odt").read_bytes()
    inside = "((?!</loext:content-control>).)*?"
    box = re.compile(
        rf'(<loext:content-control loext:checkbox="true")(?: loext:checked="\w+")?(?P<rest>[^>]*>{inside})☐<'
    )
    changed = _with_content(
        sent, lambda content: box.sub(rf'\g<1> loext:checked="{said}"\g<rest>{shown}<', content, count=1)
    )
    (odd,) = odd_in_odt(changed)
    assert odd.startswith("a box that is one thing for the program")


def test_what_is_named_in_an_odt_is_looked_at(written: Sent, answered: Path) -> None:
    sent = (answered / "decides.odt").read_bytes()
    shown = word_of(_with_content(sent, lambda one: one.replace("</text:p>", f"{AFTER['meta-field']}</text:p>", 1)))
    found = read_returned(written.shown, shown, written.subjects, written.phrases, "en")
    assert any(one.startswith("the file holds <text:meta-field> in its ODT") for one in found.look)


def test_of_an_rtf_only_known_parts_are_let_through(answered: Path) -> None:
    sent = (answered / "decides.rtf").read_bytes()
    assert list(odd_in_rtf(sent)) == []
    assert list(odd_in_rtf(sent.replace(rb"{\*\bkmkstart", rb"{\*\never no}{\*\bkmkstart", 1))) == [r"{\*\never}"]
    off_the_page = rb"\lin0\li6480 \li17008 \ri-9000 \fi0006501 \line77777 \li12345678901"
    assert list(odd_in_rtf(off_the_page)) == [r"\li17008", r"\ri-9000", r"\fi0006501", r"\li12345678901"]
    assert list(odd_in_rtf(rb"{\rtf1 \\*\never \{\bullet {\*  \x}\bin3 abc}")) == [r"{\*\x}", r"\bin"]


def test_only_of_an_rtf_of_libreoffice_it_is_said_that_it_may_strike_too_much() -> None:
    head = rb"{\rtf1{\*\generator LibreOffice/7.4}"
    assert strikes_too_much(head + rb"{\deleted words}}")
    assert not strikes_too_much(head + rb"{\deletedx words}}")
    assert not strikes_too_much(rb"{\rtf1{\*\generator Word}{\deleted words}}")
    assert not strikes_too_much(rb"PK" + head + rb"{\deleted words}}")


@pytest.mark.parametrize(
    ("words", "may"),
    [
        (rb"{\deleted\revauthdel1 \b old}{\revised\b new}\par ", False),
        (rb"{\deleted\revauthdel1 \b old}{\b\loch {\*\bkmkend x}} {\u1575\'3f}\par ", False),
        (rb"{\deleted\revauthdel1 \b old}\cell\row ", False),
        (rb"{\deleted\revauthdel1 \b old \} {\*\bkmkend x}}{\b\loch }\n\par ", True),
        (rb"{\deleted\revauthdel1 \b old}\cellx900 ", True),
        (rb"{\b\loch\deleted\revauthdel1 \n old}{\b new}\par ", True),
        (rb"{\deleted\revauthdel1 old" + b"{\\b " * 50_000, True),
    ],
)
def test_what_was_taken_out_before_other_words_is_just_that(words: bytes, may: bool) -> None:
    """Where it is the last of a paragraph, the end of that may have been taken out, too; the end of a cell cannot."""
    assert strikes_too_much(rb"{\rtf1{\*\generator LibreOffice/7.4}" + words + b"}") is may


def test_of_the_end_of_a_paragraph_no_word_of_it_is_said_to_be_new() -> None:
    head, new = rb"{\rtf1{\*\generator LibreOffice/7.4}", rb"\revised\revauth1\revdttm-1477714879 "
    assert without_strays(head + rb"{\b\loch" + new + b"\nold}\n\\par {" + new + b"\\b new}}") == (
        head + b"{\\b\\loch\nold}\n\\par {" + new + b"\\b new}}"
    )
    kept = head + b"{" + new + b"\nnew}}"
    assert without_strays(kept) == kept


def test_only_times_are_taken_out_of_an_rtf() -> None:
    head = rb"{\rtf1{\*\generator LibreOffice/7.4}"
    stray = head + rb"{-2014587549 \b words}{-2014587549 {\field x}}"
    assert without_strays(stray) == head + rb"{\b words}{{\field x}}"
    for kept in (rb"{-1 \b words}", rb"{2019 \b words}", rb"{\b -2014587549 \i words}", rb"{99999999999 \b x}"):
        assert without_strays(head + kept) == head + kept
    assert without_strays(rb"{\rtf1{-2014587549 \b words}") == rb"{\rtf1{-2014587549 \b words}"


def _with_content(data: bytes, change: Callable[[str], str]) -> bytes:
    """An ODT with its content changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as out:
        for one in archive.infolist():
            part = archive.read(one)
            if one.filename == "content.xml":
                text = part.decode()
                changed = change(text)
                assert changed != text
                part = changed.encode()
            out.writestr(one, part)
    return made.getvalue()


def with_links(data: bytes, there: str, here: str) -> bytes:
    """An ODT that leads outside in every way that shows words or pictures."""
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    size = 'text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"'
    frames = "".join(
        f'<draw:frame draw:name="f{number}" {size}><draw:{kind} xlink:href="{there}/{number}" {link}/></draw:frame>'
        for number, kind in enumerate(("image", "floating-frame", "object"))
    )
    sections = "".join(
        f'<text:section text:name="s{number}"><text:section-source xlink:href="{href}" {link}/>'
        "<text:p>was there</text:p></text:section>"
        for number, href in enumerate((f"{there}/section.odt", here))
    )
    end = "</office:text>"
    return _with_content(data, lambda one: one.replace(end, f"<text:p>{frames}</text:p>{sections}{end}"))


def test_what_libreoffice_cannot_make_a_word_file_of_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paraph.review.returned.convert.as_docx", lambda *_: b"PK\x03\x04 broken")
    with pytest.raises(PackageError, match="what LibreOffice makes of this RTF cannot be read") as caught:
        word_of(rb"{\rtf1 words}")
    assert "save it as .docx" in caught.value.advice
