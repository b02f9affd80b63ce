"""What is loaded: values in their types, places in their files, and for some documents only what they need."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from paraph.errors import UsageError
from paraph.library.load import load, load_for
from paraph.library.written.index import file_index
from paraph.library.written.reader import read
from paraph.model.clause import ClauseKind
from paraph.model.finding import errors
from paraph.model.library import Library
from paraph.model.member import Status
from paraph.model.rule import Adoption
from paraph.model.value import ValueKind, ValueType
from paths import ROOT
from test_library_broken import Case, write


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    write(tmp_path, Case("base"))
    return tmp_path


@pytest.fixture
def library(desk: Path) -> Library:
    found, findings = load(desk)
    assert found is not None
    assert findings == ()
    return found


def test_shipped_content_has_no_error() -> None:
    library, findings = load(ROOT)
    assert library is not None
    assert errors(findings) == ()


def test_values_have_their_types(library: Library) -> None:
    clause, manifest = library.clauses["no-detention"], library.manifests["joint"]
    assert clause.kind is ClauseKind.CALL
    assert clause.theme == "children"
    assert clause.values == {"since": ValueKind(ValueType.DATE), "country": ValueKind(ValueType.COUNTRY)}
    assert manifest.date == dt.date(2026, 11, 24)
    assert manifest.adoption is Adoption.EACH
    assert (manifest.kind, manifest.rule) == ("declarations", "unanimity")
    assert manifest.sections[1].uses[0].values == {"since": "2017-03-01"}
    assert [use.clause for use in manifest.sections[1].uses[0].under] == ["best-interests"]
    assert library.institutions["morocco"].status_on(dt.date(2018, 5, 30)) is Status.PENDING
    assert library.institutions["morocco"].office_open is False


def test_what_is_left_out(library: Library) -> None:
    letter = library.manifests["to-ministers"]
    assert letter.languages == ("en", "fr")
    assert letter.adoption is Adoption.BODY
    assert letter.rule == "consensus"
    assert letter.sections[0].style == "paragraphs"
    assert letter.date is None


def test_languages_come_from_their_locales(library: Library) -> None:
    arabic = library.workspace.languages["ar"]
    assert (arabic.name, arabic.direction, arabic.locale) == ("العربية", "rtl", "ar_MA")


def test_a_name_may_be_one_word_or_its_forms(library: Library) -> None:
    english, french = (library.institutions["france"].name(code, None) for code in ("en", "fr"))
    assert english is not None
    assert french is not None
    assert (english.name, french.of) == ("Defender of Rights", "du Défenseur des droits")


def test_forms_take_the_common_files(desk: Path) -> None:
    for name in ("common/page.html", "common/page.css", "letter/page.html", "letter/pictures/a.svg"):
        path = desk / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    library, findings = load(desk)
    assert findings == ()
    assert library is not None
    assert dict(library.forms["letter"].files) == {
        "page.html": b"letter/page.html",
        "page.css": b"common/page.css",
        "pictures/a.svg": b"letter/pictures/a.svg",
    }


def test_scalars_are_what_stands_there() -> None:
    data, _, findings = read("x.yml", b"a: no\nb: 010\nc: 1.10\nd: null\ne:\nf: ''\ng: 2017-03-01\nh: ~\ni: [1, , 2]\n")
    assert data is None
    assert [one.rule for one in findings] == ["yaml-syntax"]
    data, _, findings = read("x.yml", b"a: no\nb: 010\nc: 1.10\nd: null\ne:\nf: ''\ng: 2017-03-01\nh: ~\n")
    assert findings == ()
    assert data == {"a": "no", "b": "010", "c": "1.10", "d": "null", "e": None, "f": "", "g": "2017-03-01", "h": "~"}


def test_places() -> None:
    raw = "a: {b: c}\nd:\n  - e\n  - f: |-\n\n      one\n      two\n    g: >\n      three\n"
    _, source, findings = read("x.yml", raw.encode())
    assert findings == ()
    assert dict(source.marks) == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", "b"): (1, 5),
        ("d",): (2, 1),
        ("d", 0): (3, 5),
        ("d", 1): (4, 5),
        ("d", 1, "f"): (4, 5),
        ("d", 1, "g"): (8, 5),
    }
    assert dict(source.text_lines) == {("d", 1, "f"): 6}
    assert source.place(("d", 1, "f"), text_line=1) == (7, 1)
    assert source.place(("a", "missing", 3)) == (1, 1)


# --- for some documents ----------------------------------------------------------------------------------------------


def test_only_what_a_document_needs(desk: Path) -> None:
    (desk / "statements/clauses/children/no-detention.yml").write_text("[")
    library, findings, needs = load_for(desk, ["to-ministers"])
    assert findings == ()
    assert library is not None
    assert [*library.clauses] == ["best-interests"]
    assert [*library.forms] == ["letter"]
    assert [*library.manifests] == ["to-ministers"]
    assert {document: tuple(paths) for document, paths in needs.items()} == {
        "to-ministers": (
            "glossary/protection.yml",
            "paraph.yml",
            "statements/clauses/children/best-interests.yml",
            "statements/countries.yml",
            "statements/institutions.yml",
            "statements/letters/to-ministers.yml",
            "templates/letter/form.yml",
            "templates/strings.yml",
        )
    }


def test_a_document_is_found_by_id_or_path(desk: Path) -> None:
    path = "statements/declarations/joint.yml"
    for name in ("joint", "declarations/joint", path, f"./{path}", str(desk / path)):
        assert [*load_for(desk, [name])[2]] == ["joint"]


def test_an_unknown_document(desk: Path) -> None:
    with pytest.raises(UsageError, match="there is no document “join”") as caught:
        load_for(desk, ["join"])
    assert "Did you mean “joint”?" in caught.value.advice


def test_a_fault_of_the_document_is_found(desk: Path) -> None:
    path = desk / "statements/declarations/joint.yml"
    path.write_text(path.read_text().replace("clauses: [best-interests]", "clauses: [best-intrests]"))
    _, findings, _ = load_for(desk, ["joint"])
    assert [(one.file, one.line, one.rule) for one in findings] == [
        ("statements/declarations/joint.yml", 15, "unknown-clause")
    ]


def test_what_is_loaded_for_a_document_is_what_is_loaded_of_it(desk: Path) -> None:
    whole, _ = load(desk)
    part, _, _ = load_for(desk, ["joint"])
    assert whole is not None
    assert part is not None
    assert part.manifests["joint"] == whole.manifests["joint"]
    assert part.forms["declaration"] == whole.forms["declaration"]
    assert dict(part.clauses) == dict(whole.clauses)


def test_the_index_opens_nothing(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> object:
        raise AssertionError

    monkeypatch.setattr(Path, "open", opened)
    index = file_index(desk)
    assert [*index.clauses] == ["best-interests", "no-detention"]
    assert index.manifests["joint"] == ("statements/declarations/joint.yml",)
    assert index.forms == {"declaration": "templates/declaration/form.yml", "letter": "templates/letter/form.yml"}
