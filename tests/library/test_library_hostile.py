"""Files made to do harm, or spoilt by accident: findings, always, and quickly; never an exception."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paraph.library.load import load
from paraph.library.written.reader import LOADER, read
from paraph.model.finding import Finding
from test_library_broken import BASE, Case, write

CLAUSE = "statements/clauses/children/best-interests.yml"
LAUGHS = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(20)
)

HOSTILE = {
    "brackets": (b"[" * 100_000, "too-deep"),
    "braces": (b"{a: " * 100_000, "too-deep"),
    "dashes": (b"- " * 100_000, "too-deep"),
    "laughs": (LAUGHS, "yaml-alias"),
    "huge": (b"id: best-interests\nnotes: " + b"x" * 2_000_000, "file-too-large"),
    "nul": (b"id: best\x00-interests\n", "control-character"),
    "latin-1": ("id: best-interests\ntitle: {fr: Intérêt}\n".encode("latin-1"), "not-utf8"),
    "utf-16": ("id: best-interests\n".encode("utf-16"), "not-utf8"),
    "surrogate": (b"id: best\xed\xa0\x80\n", "not-utf8"),
    "escaped surrogate": (b'id: "\\ud800"\n', "yaml-syntax"),
    "escaped nul": (b'id: best-interests\nnotes: "\\0"\n', "control-character"),
    "many keys": (b"".join(b"k%d: v\n" % n for n in range(60_000)), "unknown-key"),
    "many the same": (b"k: v\n" * 60_000, "duplicate-key"),
    "merge": (b"<<: {id: x}\n", "yaml-merge"),
    "binary tag": (b"id: !!binary aGk=\n", "yaml-tag"),
    "python": (b"id: !!python/object/apply:os.system ['touch /tmp/owned']\n", "yaml-tag"),
    "directive": (b"%YAML 9.9\n---\nid: x\n", "yaml-syntax"),
    "long key": (b"? " + b"k" * 5000 + b"\n: v\n", "unknown-key"),
    "quotations": (b"id: best-interests\nkind: recall\ntext: {en: '" + b"> " * 20_000 + b"x'}\n", "missing-key"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    write(tmp_path, Case("base"))
    return tmp_path


def rules(found: tuple[Finding, ...], file: str) -> set[str]:
    return {one.rule for one in found if one.file == file}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_finding(name: str, desk: Path) -> None:
    raw, rule = HOSTILE[name]
    (desk / CLAUSE).write_bytes(raw)
    started = time.process_time()
    library, findings = load(desk)
    assert time.process_time() - started < 20
    assert library is not None
    assert rule in rules(findings, CLAUSE)


@pytest.mark.parametrize("path", BASE)
def test_no_file_may_be_hostile(path: str, desk: Path) -> None:
    for raw in (b"", b"[", b"[" * 50, b"a: [b, {c: d}]\n", b"\xff", b"id:\n", b"- 1\n- {a: b}\n"):
        (desk / path).write_bytes(raw)
        assert rules(load(desk)[1], path)


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _parent(path: Path) -> None:
    path.symlink_to(path.parent.parent, target_is_directory=True)


def _outside(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (_folder, "unreadable-file"),
        (_loop, "link"),
        (_parent, "link"),
        (_outside, "link"),
        (_pipe, "unreadable-file"),
    ],
)
def test_what_is_no_file(make: Callable[[Path], None], rule: str, desk: Path) -> None:
    file = "statements/clauses/children/x.yml"
    make(desk / file)
    assert rules(load(desk)[1], file) == {rule}


@pytest.mark.parametrize("file", ["paraph.yml", "statements/countries.yml", "templates/strings.yml"])
@pytest.mark.parametrize("make", [_folder, _loop, _pipe])
def test_what_is_no_file_in_the_place_of_one(make: Callable[[Path], None], file: str, desk: Path) -> None:
    (desk / file).unlink()
    make(desk / file)
    assert rules(load(desk)[1], file)


def test_a_file_that_may_not_be_read(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, *args: object, **more: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    library, findings = load(desk)
    assert library is None
    assert {one.rule for one in findings} == {"unreadable-file"}


def test_a_name_that_is_no_text(desk: Path) -> None:
    name = os.fsencode(desk / "statements/clauses/children") + b"/\xff.yml"
    with open(name, "wb"):  # noqa: PTH123
        pass
    assert rules(load(desk)[1], "statements/clauses/children") == {"bad-file-name"}


def test_libyaml_is_used_where_it_is_installed() -> None:
    import yaml

    assert not yaml.__with_libyaml__ or LOADER is yaml.CSafeLoader


# The Python loader is slow, and reads ahead only as far as it must.
@pytest.mark.parametrize("name", [name for name, (raw, _) in HOSTILE.items() if len(raw) < 100_000])
def test_without_libyaml_it_is_refused_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    raw, _ = HOSTILE[name]
    _, _, expected = read("x.yml", raw)
    monkeypatch.setattr("paraph.library.written.reader.LOADER", yaml.SafeLoader)
    _, _, found = read("x.yml", raw)
    assert [one.severity for one in found] == [one.severity for one in expected]


_SIGNS = "- |: |{|}|[|]|,|'|\"|#|&a|*a|!!str|<<|---|\n|\n  |\n\n|\t|\x85|\u2028|\\u202e|é|{{ a }}"
_WORDS = st.sampled_from(
    ["id", "kind", "text", "en", "fr", "values", "sections", "clauses", "|-\n", " # x", "\n---\n", *_SIGNS.split("|")]
)


def test_what_follows_a_second_document_need_be_no_yaml() -> None:
    raw = b"id: wait\nkind: call\n---\n  old: note # remark\ntext: x\n"
    data, _, findings = read("statements/clauses/test/wait.yml", raw)
    assert (data, [(one.line, one.rule) for one in findings]) == (None, [(3, "yaml-documents")])


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=st.binary(max_size=400) | st.lists(_WORDS, max_size=40).map(lambda words: "".join(words).encode()))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    data, source, findings = read("statements/clauses/test/x.yml", raw)
    assert data is not None or findings
    assert all(place >= (1, 1) for place in source.marks.values())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(sorted(BASE)),
    at=st.integers(0, 5000),
    length=st.integers(0, 30),
    put=st.lists(_WORDS, max_size=6).map("".join),
)
def test_any_damage_to_any_file_gives_findings_or_a_library(
    tmp_path_factory: pytest.TempPathFactory, path: str, at: int, length: int, put: str
) -> None:
    root = tmp_path_factory.mktemp("damaged")
    text = BASE[path]
    at %= len(text)
    write(root, Case("damaged", changes=[("file", path, text[:at] + put + text[at + length :])]))
    library, findings = load(root)
    assert library is not None or findings
    assert all(one.line >= 0 and one.rule and one.message for one in findings)
