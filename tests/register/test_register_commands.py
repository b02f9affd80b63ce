"""`paraph register`, as the secretariat uses it: read, verified, handed over, backed up; persons forgotten."""

from __future__ import annotations

import base64
import io
import json
import os
import quopri
import threading
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
import typst

from desk import clause, desk
from paraph.__main__ import main
from paraph.errors import UsageError
from paraph.model.event import FACTS, CirculationClosed, Decided, Draft, Head
from paraph.register.codec import read_event, write_event
from paraph.register.store import Register
from paraph.workflow.record.heads import held
from paraph.workflow.record.log import WORDS
from registers import NOON, drafts
from rehearsal import Rehearsal

NAME, ADDRESS = "Rehearsed Person", "rehearsed@example.org"


@pytest.fixture
def office(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which a rehearsal went on: a circulation, a decision by somebody, with its e-mail."""
    files = clause("open-doors", "*We* open doors", "*Nous* ouvrons les portes", kind="position")
    files["statements/statements/doc.yml"] = (
        "id: doc\nform: statement\ntitle: {en: On tests, fr: Des tests}\nnetworks: [aom]\nlanguages: [en, fr]\n"
        "sections:\n  - id: s\n    style: prose\n    clauses: [open-doors]\n"
    )
    monkeypatch.chdir(desk(tmp_path / "office", files))
    monkeypatch.setenv("PARAPH_REGISTER", address)
    Path("mail.eml").write_text(f"From: {NAME} <{ADDRESS}>\n\nWe agree.\n")
    assert main(["circulate", "doc", "--until", "2099-01-01"]) == 0
    assert main(["decide", "c1", "--as", "malta", "--approve", "--by", NAME, "--evidence", "mail.eml"]) == 0
    return Path()


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["register", *arguments]) == code
    printed = capsys.readouterr()
    return printed.out + printed.err


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Go on with a register of another name."""
    return lambda name: monkeypatch.setenv("PARAPH_REGISTER", f"sqlite:///{tmp_path}/{name}.db")


def test_every_kind_of_fact_can_be_told() -> None:
    assert set(WORDS) == set(FACTS.values())


def test_the_log_tells_what_happened(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = said(capsys, "log")
    assert "malta: approve open-doors@1 in c1" in whole
    assert "c1 opened: doc, 2 to decide on" in whole
    assert NAME not in whole
    number = int(said(capsys, "head").partition(":")[0])
    assert said(capsys, "log", "--since", str(number - 1)).split()[0] == str(number)
    assert json.loads(said(capsys, "log", "--json", "--since", str(number))) == []
    events = json.loads(said(capsys, "log", "--json"))
    assert [one["number"] for one in events] == [*range(1, number + 1)]
    assert f"{number}:{events[-1]['hash']}" == said(capsys, "head").strip()


@pytest.mark.parametrize(
    ("about", "kinds"),
    [
        ("open-doors", {"clause-version", "circulation-opened", "decided"}),
        ("open-doors@1", {"clause-version", "circulation-opened", "decided"}),
        ("doc", {"document-version", "circulation-opened", "decided"}),
        ("c1", {"circulation-opened", "decided"}),
        ("malta", {"member-joined", "decided"}),
        ("members", {"member-joined"}),
    ],
)
def test_the_log_can_be_asked_about(
    office: Path, capsys: pytest.CaptureFixture[str], about: str, kinds: set[str]
) -> None:
    assert {one["kind"] for one in json.loads(said(capsys, "log", "--json", "--about", about))} == kinds


def test_the_log_says_where_it_knows_nothing(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for about in ("nobody", "open-doors@7", "p-0", "f" * 64):
        assert "nothing is on record" in said(capsys, "log", "--about", about, code=2)


# --- handed over -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("beside", ["files", "files.zip"])
def test_a_register_is_handed_over_whole(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None], beside: str
) -> None:
    said(capsys, "export", "one.jsonl", "--evidence", beside)
    elsewhere("second")
    said(capsys, "import", "one.jsonl", "--evidence", beside)
    assert "whole" in said(capsys, "verify", "--heads", "one.jsonl")
    said(capsys, "export", "two.jsonl")
    assert Path("one.jsonl").read_bytes() == Path("two.jsonl").read_bytes()
    assert said(capsys, "import", "one.jsonl").startswith("0 new events")


def test_names_and_addresses_are_in_no_export(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert NAME in said(capsys, "persons")
    said(capsys, "export", "one.jsonl")
    text = Path("one.jsonl").read_text()
    assert json.loads(said(capsys, "persons", "--json"))[0]["id"] in text
    assert NAME not in text
    assert ADDRESS not in text
    assert "one.jsonl" not in said(capsys, "export", "-")


def test_an_import_without_its_files_says_so(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None]
) -> None:
    said(capsys, "export", "one.jsonl", "--evidence", "files")
    elsewhere("second")
    assert "import it again with --evidence" in said(capsys, "import", "one.jsonl")
    assert "is not kept" in said(capsys, "verify", code=1)
    assert "not here" not in said(capsys, "import", "one.jsonl", "--evidence", "files")
    assert "whole" in said(capsys, "verify")


def test_of_an_export_that_was_cut_the_line_is_named_and_a_mark_before_the_first_is_none_of_it(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None]
) -> None:
    said(capsys, "export", "one.jsonl")
    whole = Path("one.jsonl").read_bytes()
    elsewhere("second")
    lines = whole.splitlines(keepends=True)
    Path("cut.jsonl").write_bytes(b"".join(lines[:4]) + lines[4][:40])
    refused = said(capsys, "import", "cut.jsonl", code=3)
    assert "cut.jsonl:5: an event cannot be read" in refused
    assert "take another" in refused
    Path("marked.jsonl").write_bytes(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n"))
    assert f"{len(lines)} new events" in said(capsys, "import", "marked.jsonl")


def test_an_empty_line_in_an_export_is_named(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None]
) -> None:
    said(capsys, "export", "one.jsonl")
    first, *rest = Path("one.jsonl").read_bytes().splitlines(keepends=True)
    elsewhere("second")
    Path("parted.jsonl").write_bytes(b"".join((first, b"\n", *rest)))
    assert "parted.jsonl:2: this line is empty" in said(capsys, "import", "parted.jsonl", code=3)


def test_an_export_is_continued_and_never_overwritten_by_another_history(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None]
) -> None:
    said(capsys, "export", "one.jsonl")
    before = Path("one.jsonl").read_bytes()
    main(["decide", "c1", "--as", "spain", "--approve"])
    said(capsys, "export", "one.jsonl")
    after = Path("one.jsonl").read_bytes()
    assert after.startswith(before)
    assert len(after) > len(before)
    elsewhere("second")
    Path("short.jsonl").write_bytes(before)
    said(capsys, "import", "short.jsonl")
    assert "more events" in said(capsys, "export", "one.jsonl", code=1)
    main(["decide", "c1", "--as", "spain", "--abstain"])
    assert "differ from line" in said(capsys, "export", "one.jsonl", code=1)
    assert Path("one.jsonl").read_bytes() == after
    assert "another one" in said(capsys, "import", "one.jsonl", code=3)
    Path("letter.txt").write_text("Dear members,\n")
    assert "no earlier export" in said(capsys, "export", "letter.txt", code=1)


def test_an_export_that_does_not_come_to_what_it_says_is_not_taken_in(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None]
) -> None:
    for member in ("spain", "albania", "greece"):
        main(["decide", "c1", "--as", member, "--approve"])
    said(capsys, "export", "one.jsonl")
    lines = Path("one.jsonl").read_bytes().splitlines()
    last = read_event(lines[-1])
    subjects = [read_event(line).fact for line in lines]
    opened = next(fact for fact in subjects if fact.kind == "circulation-opened")
    fact = CirculationClosed(circulation=opened.circulation, tallies=())
    head = Head(number=last.number, hash=last.hash)
    lines.append(write_event(Draft(fact=fact, request="forged"), head, last.at)[1])
    Path("forged.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    elsewhere("second")
    assert "the tallies are not those" in said(capsys, "import", "forged.jsonl", code=1)
    Path("forged.jsonl").write_bytes(
        b"\n".join((*lines[:-2], lines[-2].replace(b"approve", b"abstain"), lines[-1], b""))
    )
    altered = said(capsys, "import", "forged.jsonl", code=1)
    assert f"the chain is broken at event {len(lines)}, or was altered in the one before" in altered
    assert "tall" not in altered
    assert said(capsys, "head").startswith("0:")


def test_a_file_of_evidence_never_leaves_the_folder_it_is_exported_to(
    office: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    """A register that somebody else made may name its files as it likes."""
    for number, name in enumerate(("../../out", "/tmp/out", "digest")):
        tamper(address, f"INSERT INTO evidence (digest, data) VALUES ('{name}', {HOSTILE[address[:6]]})")
        for target in (f"files{number}", f"files{number}.zip"):
            assert "which is no digest" in said(capsys, "export", "one.jsonl", "--evidence", target, code=3)
        assert not Path(f"files{number}.zip").exists()
    assert [*Path().glob("**/out"), *Path().parent.glob("out")] == []
    assert not Path("/tmp/out").exists()


HOSTILE = {"sqlite": "x'00'", "postgr": "'\\x00'"}


@pytest.mark.parametrize(
    "data", [b"", b"not an event\n", b"[" * 100_000, b'{"at":1}\n', b"\xff\xfe\n"], ids=["empty", *"abcd"]
)
def test_what_is_no_export_is_refused_in_a_line(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk(tmp_path, {"file": ""}))
    Path("file").write_bytes(data)
    printed = said(capsys, "import", "file", code=3 if data else 0)
    assert printed.count("\n") <= 2
    assert not data or "event" in printed


def test_files_of_evidence_are_taken_by_what_they_are(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None]
) -> None:
    said(capsys, "export", "one.jsonl", "--evidence", "files")
    (digest,) = [one.name for one in Path("files").iterdir() if b"We agree" in one.read_bytes()]
    (Path("files") / ("0" * 64)).write_bytes(b"a stranger")
    elsewhere("second")
    (Path("files") / digest).write_bytes(b"We object.")
    assert "not the file that its name says" in said(capsys, "import", "one.jsonl", "--evidence", "files", code=2)
    assert said(capsys, "head").startswith("0:")
    (Path("files") / digest).write_bytes(Path("mail.eml").read_bytes())
    said(capsys, "import", "one.jsonl", "--evidence", "files")
    assert "no file is kept" in said(capsys, "evidence", "0" * 64, "-o", "x", code=2)


# --- backed up, upgraded ---------------------------------------------------------------------------------------------


def test_a_backup_is_a_register_with_everything(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    said(capsys, "backup", "backup.db")
    assert "is there already" in said(capsys, "backup", "backup.db", code=2)
    said(capsys, "backup", "backup.db", "--force")
    said(capsys, "export", "one.jsonl")
    monkeypatch.setenv("PARAPH_REGISTER", "sqlite:///backup.db")
    assert "whole" in said(capsys, "verify", "--heads", "one.jsonl")
    assert NAME in said(capsys, "persons")
    monkeypatch.setenv("PARAPH_REGISTER", "sqlite:///restored.db")
    said(capsys, "import", "backup.db")
    assert "whole" in said(capsys, "verify", "--heads", "one.jsonl")
    assert NAME in said(capsys, "persons")
    assert [one.name for one in Path().glob(".*")] == []


def test_a_register_is_backed_up_while_others_write(register: Register, tmp_path: Path, address: str) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        own = Register.open(address, tmp_path)
        while not stop.is_set():
            written.append(own.append(lambda reader: drafts(f"m{len(written)}"), NOON)[0].number)
        own.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            while len(written) < 5 * number + 1:
                stop.wait(0.01)
            before = written[-1]
            register.backup(tmp_path / f"backup{number}.db")
            copy = Register.open(f"sqlite:///{tmp_path}/backup{number}.db", tmp_path)
            with copy.reading() as reader, register.reading() as live:
                head = reader.head()
                assert head.number >= before
                assert live.hash(head.number) == head.hash
            copy.close()
    finally:
        stop.set()
        writer.join()


def test_an_index_that_says_something_else_is_mended(
    office: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert "in order" in said(capsys, "upgrade")
    for statement in (
        "DELETE FROM mention WHERE key = 'clause/open-doors'",
        "INSERT INTO mention VALUES (1, 'clause/other')",
        "INSERT INTO mention VALUES (99, 'members')",
    ):
        tamper(address, statement)
        assert "upgrade" in said(capsys, "verify", code=1)
        assert "mended" in said(capsys, "upgrade")
        assert "whole" in said(capsys, "verify")


def tamper(address: str, statement: str) -> None:
    register = Register.open(address, Path())
    with register._engine.begin() as connection:
        connection.exec_driver_sql(statement)
    register.close()


# --- forgotten -------------------------------------------------------------------------------------------------------


def test_a_person_is_forgotten_and_nothing_breaks(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = said(capsys, "persons").split()[0]
    head = said(capsys, "head")
    assert "malta" in said(capsys, "forget", NAME)
    assert said(capsys, "persons") == ""
    assert said(capsys, "head") == head
    assert "whole" in said(capsys, "verify")
    assert f"by {id_}" in said(capsys, "log", "--about", id_)
    assert "nobody is known" in said(capsys, "forget", id_, code=2)


def test_evidence_is_got_out_and_erased(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (digest,) = {one["data"]["receipt"]["evidence"][0] for one in logged(capsys, "decided")}
    said(capsys, "evidence", digest[:12], "-o", "out.eml")
    assert Path("out.eml").read_bytes() == Path("mail.eml").read_bytes()
    assert "already" in said(capsys, "evidence", digest, "-o", "out.eml", code=2)
    assert "e-mail address" in said(capsys, "erase", digest, "--reason", f"asked by {ADDRESS}", code=2)
    said(capsys, "erase", digest[:12], "--reason", "the sender asked for it")
    assert "was erased" in said(capsys, "evidence", digest, "-o", "again.eml", code=2)
    assert "the sender asked for it" in said(capsys, "log", "--about", digest)
    assert "whole" in said(capsys, "verify")
    assert "at least 8" in said(capsys, "evidence", digest[:7], "-o", "again.eml", code=2)


def logged(capsys: pytest.CaptureFixture[str], kind: str) -> list[dict]:
    return [one for one in json.loads(said(capsys, "log", "--json")) if one["kind"] == kind]


# --- heads -----------------------------------------------------------------------------------------------------------

HEAD = Head(number=12, hash="0123456789abcdef" * 4)


def as_message(encoding: str) -> bytes:
    body = f"Chers collègues, the register stands at 1{'0' * 60} register {HEAD}\n".encode()
    coded = base64.encodebytes(body) if encoding == "base64" else quopri.encodestring(body)
    head = f"From: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}"
    return head.encode() + b"\n\n" + coded


def as_docx() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("The register stood at ")
    for piece in (str(HEAD)[:7], str(HEAD)[7:]):
        paragraph.add_run(piece).bold = True
    document.save(out := io.BytesIO())
    return out.getvalue()


def as_pdf() -> bytes:
    source = f'#set page(footer: text(size: 7pt)[register {HEAD}])\n#set text(lang: "en")\nWe agree.'
    return typst.compile(source.encode())


def as_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["B2"] = f"Register of approvals: {HEAD}"
    book.save(out := io.BytesIO())
    return out.getvalue()


def as_attachment(*files: bytes) -> bytes:
    message = EmailMessage()
    message.set_content("The texts are attached.")
    for file in files:
        message.add_attachment(file, maintype="application", subtype="octet-stream", filename="packet")
    return message.as_bytes()


@pytest.mark.parametrize(
    "data",
    [
        f"register {HEAD}\n".encode(),
        f"seen: {HEAD.number}:{HEAD.hash[:16].upper()}.".encode(),
        f"register {HEAD}".encode("utf-16"),
        json.dumps({"circulations": [], "head": {"number": HEAD.number, "hash": HEAD.hash}}).encode(),
        as_message("quoted-printable"),
        as_message("base64"),
        as_docx(),
        as_pdf(),
        as_workbook(),
        as_attachment(b"PK\x03\x04 broken", as_docx()),
    ],
    ids=["report", "shortened", "utf-16", "json", "quoted", "base64", "docx", "pdf", "workbook", "attachment"],
)
def test_a_head_is_found_in_whatever_holds_it(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "held").write_bytes(data)
    (found,) = held(tmp_path / "held")
    assert found.number == HEAD.number
    assert HEAD.hash.startswith(found.hash)
    assert len(found.hash) in (16, 64)


@pytest.mark.parametrize(
    "data", [b"", b"12:0123456789abcde", b"at 12:30", b"%PDF-1.7 nothing", b"PK\x03\x04 nothing", b"[" * 99_999, b"{}"]
)
def test_a_file_without_a_head_is_named(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "held").write_bytes(data)
    assert main(["-C", str(desk(tmp_path / "w", {})), "register", "verify", "--heads", str(tmp_path / "held")]) in (
        2,
        3,
    )
    assert capsys.readouterr().err.count("\n") <= 2


def test_what_never_ends_holds_no_head(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/zero"), tmp_path / "pipe", tmp_path):
        with pytest.raises(UsageError, match="no ordinary file"):
            held(path)


def written_anew(export: bytes) -> bytes:
    """The same history with other words in each decision, and every hash right."""
    head, lines = Head(), []
    for line in export.splitlines():
        event = read_event(line)
        fact = replace(event.fact, text="and more") if isinstance(event.fact, Decided) else event.fact
        made, body = write_event(Draft(fact=fact, request=event.request, by=event.by), head, event.at)
        head = Head(number=made.number, hash=made.hash)
        lines.append(body + b"\n")
    return b"".join(lines)


def test_a_release_shows_a_history_written_anew(rehearsal: Rehearsal, elsewhere: Callable[[str], None]) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference R-1")
    assert "1 release in releases/ printed a head of it" in rehearsal.does("register verify")
    rehearsal.does("register export one.jsonl --evidence files")
    elsewhere("rewritten")
    Path("two.jsonl").write_bytes(written_anew(Path("one.jsonl").read_bytes()))
    rehearsal.does("register import two.jsonl --evidence files")
    assert "somebody outside holds another hash" in rehearsal.refuses("register verify")


def test_one_head_from_outside_shows_a_history_written_anew(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None]
) -> None:
    main(["status", "c1"])
    printed = capsys.readouterr().out
    Path("report.txt").write_text(printed)
    said(capsys, "export", "one.jsonl")
    elsewhere("rewritten")
    Path("two.jsonl").write_bytes(written_anew(Path("one.jsonl").read_bytes()))
    said(capsys, "import", "two.jsonl")
    assert "whole" not in said(capsys, "verify", "--heads", "report.txt", code=1)
    assert "somebody outside holds another hash" in said(capsys, "verify", "--heads", "one.jsonl", code=1)


def test_who_holds_a_head_is_on_record(office: Path, capsys: pytest.CaptureFixture[str], address: str) -> None:
    assert "malta holds it" in said(capsys, "head", "--witness", "malta")
    assert "malta holds" in said(capsys, "log", "--about", "heads")
    assert "e-mail address" in said(capsys, "head", "--witness", ADDRESS, code=2)
    assert "whole" in said(capsys, "verify")


def test_nothing_can_be_witnessed_before_it_began(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk(tmp_path, {}))
    for arguments in (["log"], ["verify"], ["head"], ["export", "x"], ["backup", "x"], ["persons"], ["upgrade"]):
        assert "there is no register" in said(capsys, *arguments, code=3)
    assert not Path("register.db").exists()


def test_of_a_thousand_faults_of_a_kind_the_first_are_told(
    office: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    register = Register.open(address, Path())
    with register._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM mention")
    register.close()
    short, long = said(capsys, "verify", code=1), said(capsys, "verify", "--all", code=1)
    count = int(said(capsys, "head").partition(":")[0])
    assert short.count("wrong: ") == 5
    assert f"and {count - 5} more of this kind, to event {count}" in short
    assert f"{count} faults in the register; --all prints each" in short
    assert long.count("wrong: ") == count
    told = json.loads(said(capsys, "verify", "--json", code=1))
    assert [one["event"] for one in told["faults"]] == [*range(1, count + 1)]
    assert {one["kind"] for one in told["faults"]} == {"mention"}


def test_a_backup_that_comes_in_says_how_many_names_came_along(
    office: Path, capsys: pytest.CaptureFixture[str], elsewhere: Callable[[str], None]
) -> None:
    assert ", 1 name of persons, head" in said(capsys, "backup", "copy.db")
    elsewhere("second")
    assert ", 1 name of persons, head" in said(capsys, "import", "copy.db")
    assert "name" not in said(capsys, "import", "copy.db")
