"""What is kept from run to run: never out of date, never altered, and where it is unfit only time is lost."""

from __future__ import annotations

import ast
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import Memory, clause, desk
from paraph.__main__ import main
from paraph.assembly import Terms
from paraph.library import cache, model_json
from paraph.library.load import load, load_for
from paraph.model.finding import Finding, Source
from paraph.model.manifest import Manifest, Section, Use
from paraph.starter import starter
from paraph.workflow.building import checking, folder_cache, workers
from paraph.workflow.building.checking import reviewed
from paraph.workflow.building.folder_cache import FolderCache, sweep, user_cache
from paraph.workflow.building.panels import overfull
from paraph.workflow.building.terms import CachedTerms
from paraph.workflow.building.word_templates import unfillable
from paraph.workflow.check import check
from test_library_broken import BASE, Case, write

KEY, OTHER = "a" * 64, "b" * 64
CLAUSE = "statements/clauses/test/a.yml"
EDITS = int(os.environ.get("PARAPH_TEST_EDITS", "40"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, for this process and those it starts."""
    monkeypatch.setenv("PARAPH_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one document of one clause; the current folder."""
    files = clause("a", "*We* dawdle", "*Nous* agissons", kind="position")
    files["statements/statements/doc.yml"] = (
        "id: doc\nform: statement\ntitle: {en: On tests, fr: Des tests}\nnetworks: [aom]\nlanguages: [en, fr]\n"
        "sections:\n  - id: s\n    style: prose\n    clauses: [a]\n"
    )
    monkeypatch.chdir(desk(tmp_path / "small", files))
    return tmp_path / "small"


def sources(node: object) -> Iterator[Source]:
    if isinstance(node, Source):
        yield node
    elif is_dataclass(node):
        for one in fields(node):
            yield from sources(getattr(node, one.name))
    elif isinstance(node, dict):
        for value in node.values():
            yield from sources(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from sources(value)


def built() -> str:
    """The English page as built now."""
    assert main(["build", "doc", "-l", "en", "-f", "html", "-q"]) == 0
    return Path("build/doc.en.html").read_text("utf-8")


# --- what is kept is what is read ------------------------------------------------------------------------------------


def test_all_that_ships_is_kept_and_comes_back_as_it_was() -> None:
    memory = Memory()
    fresh = load(starter())
    assert load(starter(), memory) == fresh
    assert len(memory) == len(memory.misses) > 100, "something could not be kept"
    memory.misses.clear()
    library, findings = load(starter(), memory)
    assert not memory.misses
    assert (library, findings) == fresh
    assert library is not None
    for ours, theirs in zip(sources(library), sources(fresh[0]), strict=True):
        assert dict(ours.marks) == dict(theirs.marks)
        assert dict(ours.text_lines) == dict(theirs.text_lines)
    names = [*library.clauses, *library.concepts, *library.institutions]
    assert fresh[0] is not None
    assert names == [*fresh[0].clauses, *fresh[0].concepts, *fresh[0].institutions], "also the order is the same"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Memory]:
    """The small workspace of tests/broken, and what was kept of it and of every change to it."""
    root = tmp_path_factory.mktemp("base")
    write(root, Case("base"))
    memory = Memory()
    load(root, memory)
    return root, memory


@settings(max_examples=EDITS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_edit_anywhere_is_always_seen(base: tuple[Path, Memory], data: st.DataObject) -> None:
    root, memory = base
    path = data.draw(st.sampled_from(sorted(name for name in BASE if name.endswith(".yml"))))
    text = BASE[path]
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.integers(0, 40)))
    new = data.draw(st.sampled_from(["", "x", " ", "\n", "é", "{{ day }}", ": ", "fr", "# "]) | st.text(max_size=9))
    (root / path).write_text(text[:start] + new + text[end:], "utf-8", errors="replace", newline="")
    try:
        library, findings = fresh = load(root)
        assert load(root, memory) == fresh
        assert load(root, memory) == fresh
        if library is not None:
            found = reviewed(library, findings, Memory())
            assert reviewed(library, findings, memory) == found
            assert reviewed(library, findings, memory) == found
    finally:
        (root / path).write_text(text, "utf-8", newline="")


@pytest.mark.parametrize(
    ("file", "old", "new", "appears", "goes"),
    [
        (CLAUSE, "dawdle", "dawdle for 14 days", "numbers-differ", ""),
        ("glossary/a.yml", "status: preferred", "status: deprecated", "term-deprecated", ""),
        ("glossary/a.yml", "{term: dawdle", "{term: dawdle, until: 2001-01-01", "name-out-of-date", ""),
        ("statements/statements/doc.yml", "Des tests", "Des tests en 1999", "numbers-differ", ""),
        ("templates/strings.yml", 'apostrophe: "’"', 'apostrophe: ""', "", "typography-apostrophe"),
    ],
)
def test_what_checks_found_is_found_anew_when_what_they_see_has_changed(
    small: Path, folder: Path, file: str, old: str, new: str, appears: str, goes: str
) -> None:
    (small / "glossary").mkdir()
    term = "concepts:\n  - id: dawdle\n    terms: {en: [{term: dawdle, status: preferred}]}\n"
    (small / "glossary/a.yml").write_text(term, "utf-8")
    clause_file = small / CLAUSE
    clause_file.write_text(clause_file.read_text("utf-8").replace("agissons", "n'agissons pas"), "utf-8")
    before = check(small, remember=True)
    assert before == check(small, remember=True) == check(small)
    text = (small / file).read_text("utf-8")
    assert old in text
    (small / file).write_text(text.replace(old, new), "utf-8")
    after = check(small, remember=True)
    assert after == check(small)
    was, now = ({one.rule for one in found.findings} for found in (before, after))
    assert {appears} - {""} <= now - was
    assert {goes} - {""} <= was - now


def test_a_text_is_looked_at_again_for_the_date_of_a_document_that_prints_it(small: Path, folder: Path) -> None:
    (small / "glossary").mkdir()
    term = "concepts:\n  - id: dawdle\n    terms: {en: [{term: dawdle, until: 2001-01-01}]}\n"
    (small / "glossary/a.yml").write_text(term, "utf-8")
    document = small / "statements/statements/doc.yml"
    rules = []
    for date in ("2000-01-01", "2002-01-01", "2000-01-01"):
        undated = document.read_text("utf-8").partition("date:")[0]
        document.write_text(f"{undated}date: {date}\n", "utf-8")
        rules.append("name-out-of-date" in {one.rule for one in check(small, remember=True).findings})
    assert rules == [False, True, False]


def test_an_edit_of_one_clause_has_one_share_of_the_texts_looked_at_again(small: Path) -> None:
    copies(small, 40)
    memory = Memory()
    looked(small, memory)
    assert len(memory.misses) > 8, "or this test would prove nothing"
    assert looked(small, memory) == []
    (small / CLAUSE).write_text((small / CLAUSE).read_text("utf-8").replace("dawdle", "wait"), "utf-8")
    assert len(looked(small, memory)) == 1


@pytest.mark.parametrize("few", [0, 1000])
def test_several_processes_find_what_one_finds(small: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """Whether their terms are found before for all of them, or by each."""
    copies(small, 20)
    (small / "glossary").mkdir()
    term = "concepts:\n  - id: dawdle\n    terms: {en: [{term: dawdle, status: forbidden}], fr: [{term: agir}]}\n"
    (small / "glossary/a.yml").write_text(term, "utf-8")
    library, findings = load(small)
    assert library is not None
    once = reviewed(library, findings, FolderCache(None))
    forks = mock.Mock(wraps=checking.Workers)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(checking, "_FORK_FROM", 1)
    monkeypatch.setattr(checking, "_FEW", few)
    for module in (checking, workers):
        monkeypatch.setattr(module, "start_method", lambda: "fork")
    monkeypatch.setattr(checking, "Workers", {(int, set[Finding]): forks})
    assert reviewed(library, findings, FolderCache(None)) == once
    assert sum(one.rule == "term-forbidden" for one in once) == 21
    forks.assert_called_once()


def copies(root: Path, count: int) -> None:
    """So many clauses more, as the one that is there."""
    for number in range(count):
        (root / f"statements/clauses/test/c{number}.yml").write_text(
            (root / CLAUSE).read_text("utf-8").replace("id: a", f"id: c{number}"), "utf-8"
        )


def looked(root: Path, memory: Memory) -> list[str]:
    """The shares of texts that are not among what is kept."""
    library, findings = load(root)
    assert library is not None
    memory.misses.clear()
    reviewed(library, findings, memory)
    return memory.misses


@given(st.text(st.characters()), st.dictionaries(st.text(), st.text(st.characters()), max_size=3))
def test_any_text_comes_back_as_it_was(text: str, texts: dict[str, str]) -> None:
    use = Use(clause=text, values={"a": text, "b": (text, texts)})
    section = Section(id=text, style="s", heading=texts, chapeau={}, uses=(use, use))
    assert model_json.load(model_json.dump((section, text, None, 3, True)), lambda file: Source(file=file)) == (
        section,
        text,
        None,
        3,
        True,
    )


def test_what_is_no_model_is_not_written() -> None:
    for foreign in (object(), [], {1.5}, 1.5, b"bytes", Path()):
        with pytest.raises(TypeError):
            model_json.dump((foreign,))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[]",
        "[1]",
        '["os.system", "true"]',
        '["clause.re", "a"]',
        '["finding.Source", "a"]',
        '["clause.Clause", {"unknown": 1}]',
        '["member.Status", "no such"]',
        "[" * 9999,
    ],
)
def test_what_is_no_model_is_not_loaded(data: str) -> None:
    with pytest.raises(model_json.NO_MODEL):
        model_json.load(data.encode(), lambda file: Source(file=file))


# --- the key ---------------------------------------------------------------------------------------------------------


def test_another_program_has_other_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def keys() -> list[str]:
        cache._program.cache_clear()
        return [cache.key_of("clause", [("a.yml", "0" * 64)], "")]

    now = keys()
    assert keys() == now
    monkeypatch.setattr(cache.sys, "version", "4.0")
    assert keys() != now
    monkeypatch.undo()
    monkeypatch.setattr(cache, "_installed", lambda: iter([b"pydantic-9.dist-info"]))
    assert keys() != now
    monkeypatch.undo()
    for name in cache._READERS:
        shutil.copytree(cache._PACKAGE / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path)
    assert keys() == now, "compiled modules are not the program"
    for module in ("markup/parse.py", "library/files/clauses.py"):
        before = keys()
        with (tmp_path / module).open("a") as out:
            out.write("\n")
        assert keys() != before, module
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path / "none")
    assert keys() == [""], "of a program that is not known nothing is kept"
    monkeypatch.undo()
    assert keys() == now


def test_a_key_tells_apart_what_was_read() -> None:
    one, two = ("a.yml", "0" * 64), ("b.yml", "1" * 64)
    made = [
        cache.key_of(*asked)
        for asked in (
            ("clause", [one], ""),
            ("form", [one], ""),
            ("clause", [one], "also"),
            ("clause", [two], ""),
            ("clause", [one, two], ""),
            ("clause", [two, one], ""),
            ("clause", [("a.yml", "1" * 64)], ""),
        )
    ]
    assert len({*made}) == len(made)


# --- a run with it ---------------------------------------------------------------------------------------------------


def test_a_change_that_keeps_size_and_time_is_built(folder: Path, small: Path) -> None:
    assert "dawdle" in built()
    assert [*folder.iterdir()]
    before = (small / CLAUSE).stat()
    (small / CLAUSE).write_text((small / CLAUSE).read_text("utf-8").replace("dawdle", "wander"), "utf-8")
    os.utime(small / CLAUSE, ns=(before.st_atime_ns, before.st_mtime_ns))
    page = built()
    assert "wander" in page
    assert "dawdle" not in page


def test_a_harmed_entry_is_read_again(folder: Path, small: Path) -> None:
    page = built()
    entries = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(entries) >= 3
    names = sorted(entries)
    harms = [
        dict.fromkeys(names, b""),
        {name: entries[name][:-1] for name in names},
        {name: entries[name] + b" " for name in names},
        {name: entries[name][:40] + b"!" + entries[name][41:] for name in names},
        {name: entries[other] for name, other in zip(names, names[1:] + names[:1], strict=True)},
    ]
    for harm in harms:
        for name, data in harm.items():
            (folder / name).write_bytes(data)
        assert main(["build", "doc", "-l", "en", "-f", "html", "-q", "--force"]) == 0
        assert Path("build/doc.en.html").read_text("utf-8") == page
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == entries, "and it was mended"


def test_an_entry_that_is_a_folder_is_no_entry(folder: Path, small: Path) -> None:
    page = built()
    for path in [*folder.iterdir()]:
        path.unlink()
        path.mkdir()
    assert main(["build", "doc", "-l", "en", "-f", "html", "-q", "--force"]) == 0
    assert Path("build/doc.en.html").read_text("utf-8") == page
    assert not [*folder.glob(".*")]


def test_processes_at_once_share_it(folder: Path, small: Path) -> None:
    run = [sys.executable, "-m", "paraph", "check", "--json"]
    processes = [subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 3
    assert len({*said}) == 1
    assert not [*folder.glob("*.part")]
    found = FolderCache(folder)
    assert all(found.get(path.name) is not None for path in folder.iterdir())


def test_what_is_kept_saves_loading_what_reads(folder: Path, small: Path) -> None:
    """What a small build waits for: a module loaded in vain is felt."""
    run = [sys.executable, "-X", "importtime", "-m", "paraph", "build", "doc", "-f", "html", "-q", "--force", "-j", "1"]
    loaded = []
    for _ in range(2):
        said = subprocess.run(run, capture_output=True, text=True, check=True).stderr
        loaded.append({line.rpartition("|")[2].strip() for line in said.splitlines()})
    assert {"pydantic", "yaml", "markdown_it"} <= loaded[0]
    spared = {"pydantic", "yaml", "markdown_it", "sqlalchemy", "docx", "typst", "pikepdf"}
    assert loaded[1] & spared == set()
    assert not {
        name for name in loaded[1] if name.startswith(("paraph.register", "paraph.standing", "paraph.model.ev"))
    }


def test_it_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PARAPH_CACHE", "XDG_CACHE_HOME", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    home = {"HOME": str(tmp_path / "home")}
    assert user_cache(home).folder == tmp_path / "home" / ".cache" / "paraph"
    assert user_cache({**home, "XDG_CACHE_HOME": str(tmp_path / "x")}).folder == tmp_path / "x" / "paraph"
    assert user_cache({**home, "PARAPH_CACHE": str(tmp_path / "own")}).folder == tmp_path / "own"
    for none in ({**home, "PARAPH_CACHE": "off"}, {**home, "PARAPH_CACHE": "here"}, {}):
        assert user_cache(none).folder is None


def test_who_names_a_folder_that_cannot_be_used_is_told_once(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "open").mkdir(mode=0o777)
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "link").symlink_to(tmp_path / "new")
    for named, wrong in {
        "here": "is no whole path",
        f"{small}/paraph.yml": "is no folder",
        f"{small}/paraph.yml/below": "is below what is no folder",
        f"{tmp_path}/open": "others can write",
        f"{tmp_path}/link": "is no folder",
        f"{tmp_path}/link/below": "cannot be used",
        f"{tmp_path}/new/deep": "",
        "off": "",
        "": "",
    }.items():
        monkeypatch.setenv("PARAPH_CACHE", named)
        assert main(["list", "members", "--json"]) == 0
        said = capsys.readouterr()
        assert json.loads(said.out)
        assert said.err.count("PARAPH_CACHE=") == bool(wrong), (named, said.err)
        assert wrong in said.err
    assert not (tmp_path / "new").exists(), "nothing is made only to see whether it can be"


# --- where it cannot be ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["link", "file", "open to others", "of somebody else", "below a file"])
def test_a_folder_that_is_not_ours_alone_is_left_alone(
    how: str, folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = built()
    for path in folder.iterdir():
        path.write_bytes(b"")
    match how:
        case "link":
            folder.rename(folder.with_name("real"))
            folder.symlink_to(folder.with_name("real"))
        case "file":
            monkeypatch.setenv("PARAPH_CACHE", str(small / "paraph.yml"))
        case "open to others":
            folder.chmod(0o770)
        case "of somebody else":
            monkeypatch.setattr(folder_cache.os, "geteuid", lambda: os.getuid() + 1)
        case "below a file":
            monkeypatch.setenv("PARAPH_CACHE", str(small / "paraph.yml" / "below"))
    assert user_cache(os.environ).folder is None
    assert main(["build", "doc", "-l", "en", "-f", "html", "-q", "--force"]) == 0
    assert Path("build/doc.en.html").read_text("utf-8") == page
    assert all(path.read_bytes() == b"" for path in folder.iterdir()), "nothing was put there"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_cannot_be_written_is_not_kept_and_what_is_there_serves(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = FolderCache(tmp_path / "kept")
    found.put(KEY, b"one")

    class Full:
        def __init__(self, handle: int, mode: str) -> None:
            os.close(handle)

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def write(self, data: bytes) -> int:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(folder_cache.os, "fdopen", Full)
    found.put(OTHER, b"two")
    monkeypatch.undo()
    assert found.get(OTHER) is None
    assert found.get(KEY) == b"one"
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [KEY]


def test_too_much_is_swept_the_oldest_first(tmp_path: Path) -> None:
    found = FolderCache(tmp_path, most=10 * 4096)
    keys = [f"{number:064x}" for number in range(16)]
    for number, key in enumerate(keys):
        found.put(key, key.encode())
        os.utime(tmp_path / key, (number, number))
    (tmp_path / ".killed.part").write_bytes(b"half")
    os.utime(tmp_path / ".killed.part", (0, 0))
    found.sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == keys[-5:]
    sweep(tmp_path / "none", 1)


# --- what ships -----------------------------------------------------------------------------------------------------


def test_what_ships_is_looked_at_before_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sheet and Word template of it has its answer (else: make shipped), and no answer is left over. That they
    are true is shown where everything is built. Of other versions than those written down, all is answered anew."""
    written = json.loads(folder_cache.SHIPPED.read_bytes())
    asked = dict[str, bytes]()

    class Watched(FolderCache):
        def get(self, key: str) -> bytes | None:
            found = super().get(key)
            asked.update({key: found} if found else {})
            return found

    monkeypatch.setattr("paraph.library.cache.version", written["versions"].__getitem__)
    monkeypatch.setattr("paraph.workflow.building.panels._set", lambda *_: pytest.fail("set: make shipped"))
    monkeypatch.setattr("paraph.workflow.building.word_templates._refusal", lambda *_: pytest.fail("make shipped"))
    library, findings = load(starter())
    assert library is not None
    known = Watched(tmp_path / "new")
    assert not [*overfull(library, findings, known), *unfillable(starter(), library, findings, known)]
    assert asked == {key: answer.encode() for key, answer in written["answers"].items()}
    assert not [*(tmp_path / "new").iterdir()]


def test_another_version_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = set()
    for paraph, typst in (("1", "1"), ("1", "2"), ("2", "1")):
        monkeypatch.setattr("paraph.library.cache.__version__", paraph)
        monkeypatch.setattr("paraph.library.cache.version", {"typst": typst}.__getitem__)
        keys |= {cache.lasting_key("panels", ("typst",), digest) for digest in "ab"}
    assert len(keys) == 6
    monkeypatch.undo()
    assert cache.lasting_key("panels", ("no-such-package-as-this",), "a") == ""


# --- what goes on record ---------------------------------------------------------------------------------------------


def test_only_what_looks_knows_the_cache() -> None:
    """Whatever else the program does, also what is added to it, reads the files: it may go on record."""
    package = Path(main.__code__.co_filename).parent
    importing, remembering = set(), set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module == "paraph.workflow.building.folder_cache":
                if [one.name for one in node.names] == ["misnamed"]:
                    continue  # it says that a folder cannot be used, and keeps nothing
                importing.add(path.relative_to(package).as_posix())
            if isinstance(node, ast.keyword) and node.arg == "remember":
                remembering.add(path.relative_to(package).as_posix())
    assert importing == {
        f"workflow/{name}.py" for name in ("building/build", "check", "find", "look", "site/publish", "status/matrix")
    }
    assert remembering == {"commands/build.py", "commands/check.py"}


def test_the_record_is_made_from_the_files(
    folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even where an entry was made to lie: what members decide on is what the file says."""
    monkeypatch.setenv("PARAPH_REGISTER", f"sqlite:///{small}/register.db")
    assert main(["check"]) == 0
    lies = 0
    for path in folder.iterdir():
        data = path.read_bytes()[32:].replace(b"dawdle", b"hasten")
        lies += b"hasten" in data
        path.write_bytes(folder_cache._digest(path.name, data) + data)
    assert lies
    assert "hasten" in built(), "or this test would prove nothing"
    monkeypatch.setattr(FolderCache, "get", lambda *_: pytest.fail("the cache was asked"))
    monkeypatch.setattr(FolderCache, "put", lambda *_: pytest.fail("the cache was given something"))
    assert main(["circulate", "doc", "--until", "2099-01-01"]) == 0
    assert main(["decide", "c1", "--as", "malta", "--approve", "--by", "A rehearsal"]) == 0
    for command in (["show", "a"], ["list", "documents"], ["register", "log"]):
        assert main(command) == 0
    assert "dawdle" in capsys.readouterr().out
    record = (small / "register.db").read_bytes()
    assert b"*We* dawdle" in record
    assert b"hasten" not in record


def test_the_concepts_of_a_document_are_those_found_whether_kept_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    name, memory = "joint-declaration", Memory()
    library, _, files = load_for(starter(), [name])
    assert library is not None
    manifest = library.manifests[name]
    expected = Terms(library).used(manifest)
    assert len(expected) > 20
    assert CachedTerms(library, files, memory).used(manifest) == expected

    def sought(self: Terms, manifest: Manifest) -> frozenset[str]:
        raise AssertionError

    monkeypatch.setattr(Terms, "named", sought)
    assert CachedTerms(library, files, memory).used(manifest) == expected
    for changed in files[name]:
        other = {name: {**files[name], changed: "0" * 64}}
        with pytest.raises(AssertionError):
            CachedTerms(library, other, memory).used(manifest)
