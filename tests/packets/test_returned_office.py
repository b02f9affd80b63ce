"""Packets answered in LibreOffice, through its own API, and sent back as DOCX, ODT and RTF: read right, or named."""

from __future__ import annotations

import io
import json
import shutil
import socket
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from judges import needed
from paraph.ooxml.archive import PackageError
from paraph.ooxml.reading.shown import text_of
from paraph.review.returned.left_open import taken_for_all
from paraph.review.returned.read import read_returned
from paraph.workflow.packets.incoming import word_of
from paths import TESTS
from test_returned import Sent, said, written

__all__ = ["written"]

FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8", "rtf": "Rich Text Format"}
ANSWERS: Mapping[str, tuple[tuple[str, ...], list[list[object]], list[str]]] = {
    "decides": (
        ("docx", "odt", "rtf"),
        [
            ["tick", 1, "approve"],
            ["tick", 2, "object"],
            ["inside", 2, "words", "Too little."],
            ["inside", 3, "choice", "Abstain"],
        ],
        ["1 approve", "2 object: Too little.", "3 abstain"],
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
            ["type", 2, "words", "Too little.\rAnd too late."],
        ],
        ["all person Ana Borg", "1 approve", "2 object: Too little.\nAnd too late."],
    ),
    "for all": (
        ("docx", "odt", "rtf"),
        [["tick", 4, "approve"], ["tick", 2, "abstain"]],
        ["all look: approve for the 1 text left open: 1", "1 approve", "2 abstain"],
    ),
    "locked": (("docx",), [["change", "to wait;", "to act;", False]], ["3 amendment en, not tracked: "]),
}


def has_uno(python: str | None) -> bool:
    return (
        python is not None
        and not subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode
    )


@pytest.fixture(scope="module")
def answered(written: Sent, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every answer in every format, by one LibreOffice."""
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
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as out:
        for one in archive.infolist():
            part = archive.read(one)
            if one.filename == "content.xml":
                part = part.replace(b"</office:text>", f"<text:p>{frames}</text:p>{sections}</office:text>".encode())
            out.writestr(one, part)
    return made.getvalue()


def test_what_libreoffice_cannot_make_a_word_file_of_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paraph.review.returned.convert.as_docx", lambda *_: b"PK\x03\x04 broken")
    with pytest.raises(PackageError, match="what LibreOffice makes of this RTF cannot be read") as caught:
        word_of(rb"{\rtf1 words}")
    assert "save it as .docx" in caught.value.advice
