"""The command line as its users meet it: what is printed, what is written, and the exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import docx
import pikepdf
import pytest

import paraph.workflow.building.build
from desk import clause, desk
from paraph.__main__ import COMMANDS, Lazy, main, root
from paraph.errors import FindingsError
from paraph.render.formats import FORMATS
from paraph.workflow.building.build import Request, build
from paraph.workflow.building.build_record import BuildRecord
from paraph.workflow.files import write
from paraph.workflow.inventory import LISTS


def manifest(*clauses: str, id_: str = "doc") -> dict[str, str]:
    uses = "".join(f"      - {one}\n" for one in clauses)
    text = f"id: {id_}\nform: statement\ntitle: {{en: On tests, fr: Des tests}}\nnetworks: [aom]\nlanguages: [en, fr]\n"
    return {f"statements/statements/{id_}.yml": text + f"sections:\n  - id: s\n    style: prose\n    clauses:\n{uses}"}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two documents that share a clause; the current folder."""
    files = clause("a", "*We* act", "*Nous* agissons", kind="position")
    files |= clause("b", "*We* wait", "*Nous* attendons", kind="position")
    files |= manifest("a", "b", id_="both") | manifest("b", id_="second")
    monkeypatch.chdir(desk(tmp_path, files))
    return tmp_path


def test_every_command_has_the_help_that_the_table_says() -> None:
    group = root
    assert isinstance(group, Lazy)
    for name, line in COMMANDS.items():
        command = group.get_command(click.Context(group), name)
        assert command is not None
        assert command.get_short_help_str(200) == line.rstrip(".") + ("." if line.endswith(".") else "")


@pytest.mark.parametrize(
    ("command", "parameter", "table"), [("build", "formats", FORMATS), ("list", "what", LISTS)], ids=["build", "list"]
)
def test_the_choices_of_a_command_are_those_of_its_table(
    command: str, parameter: str, table: Mapping[str, object]
) -> None:
    """The commands repeat the names, because help and completion must not wait for what the tables import."""
    group = root
    assert isinstance(group, Lazy)
    found = group.get_command(click.Context(group), command)
    assert found is not None
    choices = {one.name: one.type for one in found.params}[parameter]
    assert isinstance(choices, click.Choice)
    assert tuple(choices.choices) == tuple(table)


def test_help_imports_no_engine() -> None:
    code = "import sys; from paraph.__main__ import main; main(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("pydantic", "docxtpl", "typst", "lxml", "babel", "yaml", "markdown_it", "pikepdf", "paraph.library"):
        assert f"'{heavy}'" not in run.stderr


def test_a_site_after_one_release_waits_for_nothing_that_a_clause_is_read_with() -> None:
    code = "import sys, paraph.workflow.site.publish; print(sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'paraph.publish.card'" in run.stdout
    for heavy in ("paraph.model.text", "paraph.model.manifest", "pydantic", "typst", "lxml", "babel", "yaml", "jinja2"):
        assert f"'{heavy}'" not in run.stdout


def test_a_mistyped_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["biuld"]) == 2
    assert "Did you mean “build”?" in capsys.readouterr().err


def test_an_empty_folder_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["check"], ["build"], ["list"], ["show", "x"], ["new", "clause", "x"], ["schema"]):
        assert main(command) == 2
        assert "paraph init" in capsys.readouterr().err


def test_init_makes_a_workspace_that_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "new")]) == 0
    assert main(["-C", str(tmp_path / "new"), "check"]) == 0
    assert "nothing found" in capsys.readouterr().out
    assert main(["init", str(tmp_path / "new")]) == 2
    assert "not empty" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "new/paraph.yml")]) == 2
    assert "paraph.yml is a file" in capsys.readouterr().err


def test_init_here_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    assert capsys.readouterr().out == "A workspace is in this folder. Next: paraph check and paraph build.\n"


def test_new_things_are_right_as_soon_as_they_are_there(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "clause", "2-new-clauses", "--theme", "test"]) == 0
    assert main(["new", "declaration", "new-document"]) == 0
    assert main(["new", "letter", "new-letter"]) == 0
    capsys.readouterr()
    main(["check", "--json"])
    assert [f for f in json.loads(capsys.readouterr().out) if "new-" in f["file"] and f["severity"] == "error"] == []


def test_a_new_document_goes_where_its_form_says(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = (small / "templates/statement/form.yml").read_text()
    for id_, folder, where in (("appeal", "", "appeal"), ("reply", "folder: replies\n", "replies")):
        path = small / f"templates/{id_}/form.yml"
        path.parent.mkdir()
        path.write_text(form.replace("id: statement\n", f"id: {id_}\n").replace("folder: statements\n", folder))
        assert main(["new", id_, f"one-{id_}"]) == 0
        assert (small / f"statements/{where}/one-{id_}.yml").is_file()
    path.write_text(form.replace("id: statement\n", "id: reply\n").replace("folder: statements", "folder: clauses"))
    capsys.readouterr()
    assert main(["new", "reply", "another"]) == 1
    assert "templates/reply/form.yml:3" in capsys.readouterr().err
    assert not (small / "statements/clauses/another.yml").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["clause", "a", "--theme", "test"], "taken"),
        (["clause", "Not An Id", "--theme", "test"], "small letters"),
        (["clause", "fresh"], "--theme"),
        (["clause", "fresh", "--theme", "../../outside"], "--theme"),
        (["clause", "com1", "--theme", "test"], "Windows"),
        (["poem", "fresh"], "declaration"),
    ],
)
def test_what_new_refuses(small: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    before = sorted(small.rglob("*"))
    assert main(["new", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert sorted(small.rglob("*")) == before


def test_check_names_the_place_and_what_to_do(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = small / "statements" / "clauses" / "test" / "a.yml"
    path.write_text(path.read_text().replace("kind:", "knid:"))
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "statements/clauses/test/a.yml:2" in said
    assert "kind" in said
    assert main(["check", "--json"]) == 1
    assert {"file", "line", "column", "rule", "message", "advice", "severity"} == set(
        json.loads(capsys.readouterr().out)[0]
    )


@pytest.mark.parametrize(
    ("field", "says"), [("{{ titel }}", "titel"), ("{{ title", "title"), (None, "not a DOCX file")]
)
def test_check_names_a_word_template_that_cannot_be_filled(
    small: Path, capsys: pytest.CaptureFixture[str], field: str | None, says: str
) -> None:
    path = small / "templates" / "common" / "word.docx"
    if field is None:
        path.write_bytes(b"saved as something else")
    else:
        template = docx.Document(str(path))
        template.add_paragraph(field)
        template.save(str(path))
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "templates/common/word.docx: error: it cannot be filled" in said
    assert says in said


def test_check_of_one_file_shows_only_its_findings(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = small / "statements" / "clauses" / "test" / "a.yml"
    path.write_text(path.read_text().replace("kind:", "knid:"))
    assert main(["check", "statements/clauses/test/b.yml"]) == 0
    assert main(["check", "statements/nothing.yml"]) == 2


def test_build_writes_every_language_and_the_two_side_by_side(small: Path) -> None:
    assert main(["build", "both", "-f", "html"]) == 0
    assert sorted(path.name for path in (small / "build").glob("*.html")) == [
        "both.en-fr.html",
        "both.en.html",
        "both.fr.html",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bothh"], "Did you mean “both”?"),
        (["both", "-l", "de"], "not issued in “de”"),
        (["both", "-l", "en+en"], "neither a language"),
        (["both", "-l", "en+fr", "-f", "odt"], "one language"),
        (["both", "-f", "doc"], "docx"),
    ],
)
def test_what_build_refuses(small: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    assert main(["build", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert not (small / "build").exists()


def test_a_fault_in_one_clause_stops_only_what_uses_it(small: Path) -> None:
    path = small / "statements" / "clauses" / "test" / "a.yml"
    path.write_text(path.read_text().replace("kind:", "knid:"))
    assert main(["build", "second", "-f", "html"]) == 0
    assert main(["build", "both", "-f", "html"]) == 1
    assert not list((small / "build").glob("both*"))


def test_a_second_build_touches_only_what_depends_on_the_change(small: Path) -> None:
    request = Request(documents=("both", "second"), formats=("html",), out=small / "build")
    assert len(build(small, request).written) == 6
    assert build(small, request).written == ()
    path = small / "statements" / "clauses" / "test" / "a.yml"
    path.write_text(path.read_text().replace("We", "They"))
    assert {file.name.split(".")[0] for file in build(small, request).written} == {"both"}
    os.utime(path)
    assert build(small, request).written == ()
    (small / "build" / "second.en.html").unlink()
    assert {file.name.split(".")[0] for file in build(small, request).written} == {"second"}
    (small / "templates" / "statement" / "page.css").write_text("body { color: black }")
    assert len(build(small, request).written) == 6


def test_a_change_that_keeps_size_and_time_is_noticed(small: Path) -> None:
    request = Request(documents=("both",), formats=("html",), out=small / "build")
    build(small, request)
    path = small / "statements" / "clauses" / "test" / "a.yml"
    before = path.stat()
    path.write_text(path.read_text().replace("act", "eat"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert build(small, request).written


def test_a_change_during_a_build_is_built_the_next_time(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(documents=("both",), editions=(("en",),), formats=("html",), out=small / "build", jobs=1)
    path = small / "statements" / "clauses" / "test" / "a.yml"
    with monkeypatch.context() as patch:
        patch.setattr("paraph.assembly.assemble", _while(lambda: path.write_text(path.read_text() + "notes: later\n")))
        build(small, request)
    assert build(small, request).written
    assert not build(small, request).written


def _while(happens: Callable[[], object]) -> Callable[..., object]:
    from paraph.assembly import assemble

    def assembling(*arguments: Any, **named: Any) -> object:
        happens()
        return assemble(*arguments, **named)

    return assembling


def test_a_file_that_another_build_replaced_is_built_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(documents=("both",), editions=(("en",),), formats=("html",), out=small / "build", jobs=1)
    file = small / "build" / "both.en.html"
    with monkeypatch.context() as patch:
        patch.setattr(
            "paraph.workflow.building.build_record.BuildRecord.note", _after(lambda: file.write_bytes(b"another's"))
        )
        build(small, request)
    assert build(small, request).written == (file,)


def _after(happens: Callable[[], object]) -> Callable[..., None]:
    note = BuildRecord.note

    def noting(*arguments: Any) -> None:
        happens()
        note(*arguments)

    return noting


def test_a_first_glossary_file_is_noticed(small: Path) -> None:
    request = Request(documents=("both",), formats=("html",), out=small / "build")
    assert not (small / "glossary").exists()
    build(small, request)
    (small / "glossary").mkdir()
    (small / "glossary" / "a.yml").write_text("concepts: [{id: act, terms: {en: [act], fr: [acte]}}]\n")
    assert build(small, request).written


@pytest.mark.parametrize(
    "record",
    [
        "[" * 100_000,
        "\x00",
        '{"version": 2, "documents": {"both": {"inputs": [1]}}}',
        '{"version": 4, "rows": [], "documents": {"both": {"inputs": [1]}}}',
        '{"version": 4, "rows": [["a", 1, 1, 1, []]], "documents": {"both": []}}',
        '{"version": 4, "rows": [], "documents": {"both": {"request": "", "root": "", "register": "", "files": 1}}}',
    ],
)
def test_the_record_may_be_spoilt_and_names_no_folder_of_this_machine(small: Path, record: str) -> None:
    request = Request(documents=("both",), formats=("html",), out=small / "build")
    build(small, request)
    path = small / "build" / ".paraph-build.json"
    assert str(small) not in path.read_text()
    path.write_text(record)
    assert build(small, request).written


def test_new_replaces_nothing_that_is_there(small: Path) -> None:
    link = small / "statements" / "statements" / "mine.yml"
    link.symlink_to(small / "paraph.yml")
    assert main(["new", "statement", "mine"]) == 2
    assert link.is_symlink()


def test_a_workspace_is_made_in_the_current_folder_which_stays_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    assert main(["init", "."]) == 0
    assert tmp_path.stat().st_ino == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["glossary", "paraph.yml", "statements", "templates"]


def test_many_documents_are_built_by_several_processes_with_the_same_bytes(small: Path) -> None:
    for number in range(4):
        for name, text in manifest("a", "b", id_=f"copy-{number}").items():
            (small / name).write_text(text)
    documents = tuple(f"copy-{number}" for number in range(4))
    one = build(small, Request(documents=documents, formats=("html", "pdf"), out=small / "one", jobs=1))
    two = build(small, Request(documents=documents, formats=("html", "pdf"), out=small / "two", jobs=2))
    assert [path.name for path in one.written] == [path.name for path in two.written]
    assert [path.read_bytes() for path in one.written] == [path.read_bytes() for path in two.written]


def test_build_says_what_it_made_to_a_program(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "second", "-l", "en", "-f", "html", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert [Path(name).name for name in first["written"]] == ["second.en.html"]
    assert main(["build", "second", "-l", "en", "-f", "html", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == first["written"]
    clause = small / "statements" / "clauses" / "test" / "a.yml"
    clause.write_text(clause.read_text(encoding="utf-8") + "titel: x\n", encoding="utf-8")
    assert main(["build", "both", "-l", "en", "-f", "html", "--json"]) == 1
    said = capsys.readouterr()
    assert [one["rule"] for one in json.loads(said.out)["findings"] if one["severity"] == "error"] == ["unknown-key"]
    assert said.err == ""


def test_watch_builds_again_after_a_change_and_goes_on_after_a_fault(small: Path) -> None:
    made, path = small / "build" / "both.en.html", small / "statements" / "clauses" / "test" / "a.yml"
    command = [sys.executable, "-m", "paraph", "build", "both", "-l", "en", "-f", "html", "--watch"]
    with subprocess.Popen(command, cwd=small, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watch:
        try:
            right = path.read_text()
            until(lambda: made.is_file())
            path.write_text(right.replace("kind:", "knid:"))
            time.sleep(3)  # for a busy machine to see it
            path.write_text(right.replace("act", "speak"))
            until(lambda: "speak" in made.read_text())
            watch.send_signal(signal.SIGINT)
            _, said = watch.communicate(timeout=20)
        finally:
            watch.kill()  # or a test that failed would wait for it for ever
    assert watch.returncode == 130
    assert "unknown-key" in said
    assert "Traceback" not in said


def until(true: Callable[[], bool]) -> None:
    """Wait for something that another process does, two minutes at most: the machine may be busy."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    pytest.fail("it never happened")


def test_colour_is_left_out_where_it_is_not_wanted(small: Path) -> None:
    code = "import sys; sys.stderr.isatty = lambda: True; from paraph.__main__ import main; sys.exit(main(['buidl']))"
    for environment, coloured in (({"NO_COLOR": "1"}, False), ({}, True)):
        run = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | environment, capture_output=True, check=False
        )
        assert (b"\x1b[" in run.stderr) is coloured


def test_list_and_show(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for what in ("documents", "clauses", "members", "terms", "forms", "countries"):
        assert main(["list", what]) == 0
        assert main(["list", what, "--json"]) == 0
    capsys.readouterr()
    assert main(["list", "clauses", "--json"]) == 0
    assert [row["clause"] for row in json.loads(capsys.readouterr().out)] == ["a", "b"]
    assert main(["show", "both", "-l", "fr"]) == 0
    assert "Nous agissons." in capsys.readouterr().out
    for reference in ("a", "malta"):
        assert main(["show", reference]) == 0
    assert main(["show", "nothing-like-it"]) == 2


@pytest.mark.parametrize("authentic", ["[en]", "[en, fr, es]"], ids=["one language", "three"])
def test_what_is_listed_has_a_column_for_each_authentic_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], authentic: str
) -> None:
    root = tmp_path / "desk"
    assert main(["init", str(root)]) == 0
    capsys.readouterr()
    path = root / "paraph.yml"
    text = path.read_text(encoding="utf-8")
    assert "authentic: [en, fr]" in text
    path.write_text(
        text.replace("authentic: [en, fr]", f"authentic: {authentic}").replace("[ar, es,", "[ar,"), encoding="utf-8"
    )
    for what, name in (("terms", "term"), ("countries", "name")):
        assert main(["-C", str(root), "list", what, "--json"]) == 0
        codes = authentic.strip("[]").split(", ")
        assert [*json.loads(capsys.readouterr().out)[0]][-len(codes) :] == [f"{name} ({code})" for code in codes]


def test_completion_knows_the_documents(small: Path) -> None:
    environment = os.environ | {
        "_PARAPH_COMPLETE": "bash_complete",
        "COMP_WORDS": "paraph build b",
        "COMP_CWORD": "2",
    }
    run = subprocess.run(
        [sys.executable, "-m", "paraph"], cwd=small, env=environment, capture_output=True, text=True, check=False
    )
    assert "both" in run.stdout
    assert main(["completion", "bash"]) == 0


def test_a_language_that_is_added_says_at_once_all_that_it_lacks(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small / "statements/statements/both.yml"
    path.write_text(path.read_text("utf-8").replace("[en, fr]", "[en, fr, ar]"), "utf-8")
    name = "statements/statements/both.yml"
    lacking = {
        (name, "language-missing", "the title has no ar"),
        (name, "translation-missing", "clause a has no ar"),
        (name, "translation-missing", "clause b has no ar"),
    }
    assert main(["check", "--json"]) == 1
    assert {(one["file"], one["rule"], one["message"]) for one in json.loads(capsys.readouterr().out)} >= lacking
    with pytest.raises(FindingsError) as refused:
        build(small, Request(documents=("both",), out=small / "build"))
    assert {(one.file, one.rule, one.message) for one in refused.value.findings} >= lacking
    assert not (small / "build").exists()


@pytest.mark.parametrize("remember", [False, True])
def test_what_travels_in_a_pdf_is_what_was_read(
    small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, remember: bool
) -> None:
    """Also where a file is saved again while the document is being made, and where the reading was kept."""
    monkeypatch.setenv("PARAPH_CACHE", str(tmp_path / "cache"))
    read = {path.name: path.read_bytes() for path in (small / "statements").rglob("*.yml")}
    wanted = Request(
        documents=("both",), editions=(("en",),), formats=("pdf",), out=small / "build", force=True, remember=remember
    )
    build(small, wanted)
    editions = paraph.workflow.building.build.wanted

    def saved_again(*arguments: Any) -> Any:
        (small / "statements/clauses/test/a.yml").write_text("id: a\n")
        return editions(*arguments)

    monkeypatch.setattr("paraph.workflow.building.build.wanted", saved_again)
    (written,) = build(small, wanted).written
    with pikepdf.open(written) as pdf:
        travelled = {name: bytes(one.get_file().read_bytes()) for name, one in pdf.attachments.items()}
    assert travelled == {name: read[name] for name in ("a.yml", "b.yml", "both.yml")}


def test_what_is_unexpected_is_one_line_and_a_log(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("paraph.workflow.check.check", lambda *_, **__: 1 / 0)
    assert main(["check"]) == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    log = Path(re.search(r"\S+\.log", said)[0])  # type: ignore[index]
    assert "ZeroDivisionError" in log.read_text()
    log.unlink()


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "file", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "file", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]
