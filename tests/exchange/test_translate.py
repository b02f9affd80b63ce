"""Courtesy translations out to translators’ tools and in again: protected, whole, of the text as it is, or refused."""

from __future__ import annotations

import copy
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from desk import assembled, clause, desk
from paraph.__main__ import main
from paraph.checks.pairs import pairs
from paraph.checks.scan import Scan
from paraph.errors import FindingsError
from paraph.library.files.manifests import own_digest
from paraph.library.load import load
from paraph.markup import canonical, digest
from paraph.markup.parse import parse
from paraph.markup.write import write as markdown
from paraph.model.clause import Clause, Translation
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.own_texts import own_words
from paraph.starter import starter
from paraph.translation import xliff
from paraph.translation.job import Job, Part, State, TermPair, Unit
from paraph.translation.segments import Mark, Segment, Side, filled, rebuilt, segments, words
from paraph.workflow.translation.translatable import original
from schemas import assert_xliff

ROUNDS = int(os.environ.get("PARAPH_TEST_EXCHANGE", "25")) * 2

# --- any text --------------------------------------------------------------------------------------------------------

_PARTS = st.sampled_from(
    ["a ", "bé<&>\"c", "\n\n", "- ", "1. ", "  ", "> ", "{{ country.of }} ", "\\\n", "طفل ", "*em* ", "**st *x*** ",
     "[w](term:x) ", "[](clause:c) ", "[s](clause:c)", "[*e* x](https://e.org/a_b?c=1&d) ", "[m]{lang=fr}",
     "x[^1]\n\n[^1]: note *x* {{ d }}\n\n", "\\{\\{ e \\}\\}", "\u00a0", "!"]
)  # fmt: skip


@given(st.lists(_PARTS, min_size=1, max_size=10).map("".join), st.sampled_from(xliff.VERSIONS))
@settings(deadline=None, max_examples=ROUNDS)
def test_every_word_and_mark_goes_out_and_comes_back(text: str, version: str) -> None:
    lines, problems = parse(canonical(text))
    assume(lines and not problems and "{{ e" not in text.replace("\\", ""))
    own = segments(lines)
    terms = (TermPair("child", ("niño", "<niña>"), ("menor",), "Every person."), TermPair("x", (), (), ""))
    units = tuple(
        Unit(id=one.id, name=one.kind, segment=one, target=one.pieces, state=State.FINAL, stale=False, notes=("n",),
             terms=terms)
        for one in own
    )  # fmt: skip
    part = Part(id="abc", path="statements/clauses/x/abc.yml", notes=("a < b",), units=units)
    data = xliff.write(Job(source="en", target="es", parts=(part,)), version)
    assert_xliff(data)
    back = xliff.read(data, "x.xlf")
    assert [(one.part, one.id) for one in back.units] == [("abc", one.id) for one in own]
    assert [one.source for one in back.units] == [one.pieces for one in own]
    made = {one.id: rebuilt(one, unit.target or ()) for one, unit in zip(own, back.units, strict=True)}
    assert [one.problems for one in made.values()] == [[] for _ in own]
    assert filled(lines, {id_: one.inlines for id_, one in made.items()}) == lines


# --- a small workspace -----------------------------------------------------------------------------------------------

EN = """\
*Call upon* States, since {{ since }}, to end

- the [detention](term:immigration-detention) of children[^1]
- its causes, see <https://example.org/a_b>

[^1]: In {{ place }} too.
"""
FR = """\
*Demandent* aux États, depuis {{ since }}, de mettre fin

- à la [rétention](term:immigration-detention) d’enfants[^1]
- à ses causes, voir <https://example.org/a_b>

[^1]: Aussi à {{ place }}.
"""
MORE = "notes: Ask the lawyers.\nvalues: {since: date, place: text}  # two\n"
ES = {
    "p1": "<1>Piden</1> a los Estados, desde <2/>, que pongan fin",
    "p2": "a la <1>detención</1> de niños<2/>",
    "n-1": "También en <1/>.",
    "p3": "a sus causas, véase <1>https://example.org/a_b</1>",
}
MADE = """\
*Piden* a los Estados, desde {{ since }}, que pongan fin

- a la [detención](term:immigration-detention) de niños[^1]
- a sus causas, véase [https://example.org/a_b](https://example.org/a_b)

[^1]: También en {{ place }}."""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARAPH_CACHE", "off")
    root = desk(tmp_path / "desk", clause("end-it", EN.strip(), FR.strip(), more=MORE) | clause("plain", "a", "un"))
    shutil.copytree(starter() / "glossary", root / "glossary")
    monkeypatch.chdir(root)
    return root


def the(root: Path, id_: str) -> Clause:
    library, findings = load(root)
    assert library is not None
    assert [one for one in findings if one.severity == "error"] == []
    return library.clauses[id_]


FILE = "statements/clauses/test/end-it.yml"


def exported(*arguments: str, file: str = "x.xlf") -> bytes:
    assert main(["translate", "export", *arguments, "-l", "es", file, "--force"]) == 0
    data = Path(file).read_bytes()
    assert_xliff(data)
    return data


def fill(file: str, targets: dict[str, str], state: str = "translated") -> None:
    """Put targets for end-it into a file as a tool does: `<1>` and `<2/>` in `targets` are codes of the source."""
    root = etree.parse(file).getroot()
    old = root.get("version") == "1.2"
    for unit in root.iter("{*}trans-unit" if old else "{*}unit"):
        text = targets.get((unit.get("id") or "").removeprefix("end-it."))
        if text is None:
            continue
        holder = unit if old else unit.find("{*}segment")
        assert holder is not None
        for target in holder.findall("{*}target"):
            holder.remove(target)
        source = holder.find("{*}source")
        assert source is not None
        made = _target(source, text)
        source.addnext(made)
        (made if old else holder).set("state", state)
    Path(file).write_bytes(etree.tostring(root, encoding="utf-8"))


def _target(source: etree._Element, text: str) -> etree._Element:
    namespace = etree.QName(source).namespace
    for code in source.iter():
        if code is not source:
            name, id_ = etree.QName(code).localname, code.get("id")
            text = text.replace(f"<{id_}>", f'<{name} id="{id_}">').replace(f"</{id_}>", f"</{name}>")
            text = text.replace(f"<{id_}/>", f'<{name} id="{id_}"/>')
    return etree.fromstring(f'<target xmlns="{namespace}">{text}</target>')


@pytest.mark.parametrize("version", xliff.VERSIONS)
def test_a_translation_comes_in_and_touches_nothing_else(
    small: Path, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (small / FILE).read_text(encoding="utf-8").replace("kind: call\n", "kind: call  # or a position?\n")
    (small / FILE).write_text(before, encoding="utf-8")
    exported("end-it", "--xliff", version)
    fill("x.xlf", ES)
    assert main(["translate", "import", "x.xlf", "--by", "Rosa: “la traductora”"]) == 0
    assert "es: 1 translated, 0 as they were" in capsys.readouterr().out
    after = (small / FILE).read_text(encoding="utf-8")
    assert after.startswith(before)
    made = the(small, "end-it")
    there = made.translations["es"]
    assert there.text.text == MADE
    assert (there.source, there.digest, there.status) == ("en", digest(EN), "unchecked")
    assert there.translator == "Rosa: “la traductora”"
    assert main(["translate", "import", "x.xlf", "--by", "somebody else"]) == 0  # the same again changes nothing
    assert "es: 0 translated, 1 as they were" in capsys.readouterr().out
    assert (small / FILE).read_text(encoding="utf-8") == after


def test_what_is_translated_goes_out_with_its_state_and_comments_stay(small: Path) -> None:
    exported("end-it")
    fill("x.xlf", ES)
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    path = small / FILE
    text = path.read_text(encoding="utf-8").replace(
        "    status: unchecked\n", "    # Seen by Ana.\n    status: checked\n"
    )
    path.write_text(text, encoding="utf-8")
    assert exported("end-it").count(b'state="final"') == 4
    assert exported("end-it", "--xliff", "1.2").count(b'state="final"') == 4
    exported("end-it")
    fill("x.xlf", {"n-1": "Y en <1/>."})
    assert main(["translate", "import", "x.xlf", "--by", "Eva"]) == 0
    now = path.read_text(encoding="utf-8")
    assert "    # Seen by Ana.\n    status: unchecked\n" in now
    assert "    translator: Eva\n" in now
    assert the(small, "end-it").translations["es"].text.text == MADE.replace("También en", "Y en")


def test_when_the_source_changes_its_translation_goes_out_as_stale(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exported("end-it")
    fill("x.xlf", ES)
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    path = small / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("its causes", "all its causes"), encoding="utf-8")
    assert exported("end-it").count(b'state="initial" subState="paraph:stale"') == 4
    assert exported("end-it", "--xliff", "1.2").count(b'state="needs-review-translation"') == 4
    fill("x.xlf", {"p3": "a todas sus causas, véase <1>https://example.org/a_b</1>"})
    capsys.readouterr()
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    said = capsys.readouterr().out
    assert "to be looked at: end-it: paragraph (p1), list item (p2), footnote 1 (n-1) as before" in said
    assert the(small, "end-it").translations["es"].digest == digest(EN.replace("its causes", "all its causes"))


def test_a_source_that_moved_on_is_refused_by_segment(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exported("end-it", "plain")
    fill("x.xlf", {**ES})
    path = small / FILE
    text = (
        path.read_text(encoding="utf-8")
        .replace("its causes", "all its causes")
        .replace("{{ place }} too", "{{ place }}")
    )
    path.write_text(text, encoding="utf-8")
    assert main(["translate", "import", "x.xlf", "--by", "Rosa", "--partial"]) == 1
    said = capsys.readouterr().err
    assert "list item (p3) has another source text: “its causes, see" in said
    assert "footnote 1 (n-1) has another source text" in said
    assert "(p1)" not in said
    assert "(p2)" not in said
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("segment", "target", "says"),
    [
        ("n-1", "También.", "“{{ place }}” is missing"),
        ("n-1", "<1/> y <1/>", "“{{ place }}” is there 2 times"),
        ("n-1", "En {{ place }}.", "“{{ place }}” is missing"),
        ("n-1", "<1/>, {{ place }}.", "braces are typed as words"),
        ("p2", "la detención de niños<2/>", "“[…](term:immigration-detention)” is missing"),
        ("p2", "la <1>detención</1> de niños", "“[^1]” is missing"),
        ("p2", "la <1></1>detención de niños<2/>", "is around no words"),
        ("n-1", 'a <x id="9"/> <1/>', "the source has no mark 9"),
        ("n-1", "<1/> a\u202eb", "a bidirectional control character"),
        ("p1", "a<1>b</1>c <2/>", "marks stand inside words"),
    ],
)
def test_broken_marks_are_refused(
    small: Path, segment: str, target: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (small / FILE).read_bytes()
    exported("end-it", "--xliff", "1.2")
    fill("x.xlf", ES | {segment: target})
    assert main(["translate", "import", "x.xlf", "--by", "Rosa", "--partial"]) == 1
    assert says in capsys.readouterr().err
    assert (small / FILE).read_bytes() == before


def test_emphasis_may_be_left_out_and_marks_may_change_places(small: Path) -> None:
    exported("end-it")
    fill("x.xlf", ES | {"p1": "Desde <2/>, piden *algo* a los Estados"})
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    text = the(small, "end-it").translations["es"].text.text
    assert text.startswith("Desde {{ since }}, piden \\*algo\\* a los Estados\n")


@pytest.mark.parametrize("version", xliff.VERSIONS)
def test_empty_targets_are_named(small: Path, version: str, capsys: pytest.CaptureFixture[str]) -> None:
    exported("end-it", "plain", "--xliff", version)
    fill("x.xlf", {key: text for key, text in ES.items() if key != "p3"})
    before = {path: path.read_bytes() for path in small.rglob("*.yml")}
    fill("x.xlf", {"n-1": " "}, state="final")
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 1
    said = capsys.readouterr().err
    assert "end-it: list item (p3) is not translated" in said
    assert "end-it: footnote 1 (n-1) is not translated" in said
    fill("x.xlf", ES | {"p3": ""})
    assert main(["translate", "import", "x.xlf", "--by", "Rosa", "--partial"]) == 0
    assert "left out: end-it: not translated: list item (p3)" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in before} == before


def test_what_export_and_import_refuse(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exported("end-it")
    for arguments, says in (
        (["export", "end-it", "-l", "fr", "y.xlf"], "fr is an authentic language"),
        (["export", "end-it", "-l", "tlh", "y.xlf"], "no language of translations"),
        (["export", "end-it", "-l", "es", "--from", "ar", "y.xlf"], "no authentic language"),
        (["export", "end-itt", "-l", "es", "y.xlf"], "Did you mean “end-it”?"),
        (["export", "end-it", "-l", "es", "x.xlf"], "there is a file x.xlf already"),
        (["import", "y.xlf", "--by", "Rosa"], "there is no file y.xlf"),
        (["import", "x.xlf", "--by", " "], "no translator is named"),
        (["import", "statements", "--by", "Rosa"], "statements is a folder"),
    ):
        assert main(["translate", *arguments]) == 2
        assert says in capsys.readouterr().err
    data = Path("x.xlf").read_bytes()
    Path("x.xlf").write_bytes(data.replace(b'trgLang="es"', b'trgLang="fr"'))
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 2
    assert "x.xlf: fr is an authentic language" in capsys.readouterr().err
    Path("x.xlf").write_bytes(data.replace(b' trgLang="es"', b""))
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 2
    assert "x.xlf does not say from which language into which" in capsys.readouterr().err
    Path("x.xlf").write_bytes(data.replace(b'version="2.1"', b'version="3.0"'))
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 1
    assert "no XLIFF of version 1.2" in capsys.readouterr().err
    Path("x.xlf").write_bytes(data.replace(b'id="end-it"', b'id="end-its"'))
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 1
    assert "there is no clause or document “end-its”" in capsys.readouterr().err


@pytest.mark.parametrize("version", xliff.VERSIONS)
def test_a_target_that_says_that_it_is_in_another_language_is_refused(
    small: Path, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exported("end-it", "--xliff", version)
    fill("x.xlf", ES)
    data = Path("x.xlf").read_bytes()
    plain = data.replace(b' xml:lang="es"', b"")
    Path("x.xlf").write_bytes(plain.replace(b"<target", b'<target xml:lang="es-MX"'))
    assert main(["translate", "import", "x.xlf", "--by", "Rosa", "--dry-run"]) == 0
    Path("x.xlf").write_bytes(plain.replace(b"<target", b'<target xml:lang="pt"'))
    assert main(["translate", "import", "x.xlf", "--by", "Rosa", "--dry-run"]) == 1
    assert "its target says that it is in pt, and the file is in es" in capsys.readouterr().err


@pytest.mark.parametrize(
    "data",
    [b"", b"<xliff/>", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>', b"<a>" * 400,
     b'<xliff version="3.0" xmlns="urn:oasis:names:tc:xliff:document:3.0"/>', b" " * 31_000_000]
)  # fmt: skip
def test_hostile_files_are_refused(data: bytes) -> None:
    with pytest.raises(FindingsError):
        xliff.read(data, "x.xlf")


def test_a_language_with_windows_line_ends_and_an_empty_mapping(small: Path) -> None:
    path = small / FILE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    exported("end-it")
    fill("x.xlf", ES)
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert the(small, "end-it").translations["es"].text.text == MADE


# --- what a document itself says -------------------------------------------------------------------------------------

LETTER = """\
# A rehearsal: sent to nobody.
id: visit
form: letter
title: {en: "A visit to *{{ place }}*", fr: "Une visite à *{{ place }}*"}  # of the state
place: {en: Rabat, fr: Rabat}
networks: [aom]
values:
  audience: {en: "the press, all of it", fr: la presse}
fields:
  recipient:
    en: |-
      The Minister  and

      1,\u00a0Long Street
    fr: |-
      Le Ministre et

      1, rue Longue
  # What it is about.
  subject: {en: Asking, fr: Demande}
sections:
  - id: body
    style: paragraphs
    heading:
      en: Why   # a question
      fr: Pourquoi
    clauses:
      - clause: wish
        values:
          what: {en: words, fr: des mots}
"""
SAID = {
    "title": "A VISIT TO *{{ place }}*",
    "place": "RABAT",
    "field.recipient": "THE MINISTER AND\n\n1,\u00a0LONG STREET",
    "field.subject": "ASKING",
    "section.body.heading": "WHY",
    "value.audience": "THE PRESS, ALL OF IT",
    "section.body.wish.value.what": "WORDS",
}
WISH = clause(
    "wish",
    "We ask {{ audience }} for {{ what }}",
    "Nous demandons à {{ audience }} {{ what }}",
    kind="paragraph",
    more="values: {audience: text, what: text}\n",
)
LETTER_FILE = "statements/letters/visit.yml"


@pytest.fixture
def letter(small: Path) -> Path:
    for path, text in {**WISH, LETTER_FILE: LETTER}.items():
        (small / path).parent.mkdir(exist_ok=True)
        (small / path).write_text(text, encoding="utf-8")
    return small


LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def shout(file: str, *but: str) -> None:
    """Translate every segment of a file, `but` these, by its words in capitals."""
    root = etree.parse(file).getroot()
    for source in root.iter("{*}source"):
        unit = next(one for one in source.iterancestors() if one.get("id") != "s1")
        for target in source.getparent().findall("{*}target"):  # type: ignore[union-attr]  # it stands in a unit
            source.getparent().remove(target)  # type: ignore[union-attr]  # as above
        if unit.get("id") in but:
            continue
        made = etree.fromstring(etree.tostring(source, with_tail=False))
        made.tag = f"{{{etree.QName(source).namespace}}}target"
        if LANG in made.attrib:
            made.set(LANG, next(root.iter("{*}file")).get("target-language", ""))
        for one in made.iter():
            one.text, one.tail = (one.text or "").upper(), (one.tail or "").upper()
        source.addnext(made)
    Path(file).write_bytes(etree.tostring(root, encoding="utf-8"))


def document(root: Path, id_: str = "visit") -> Manifest:
    library, findings = load(root)
    assert library is not None
    assert [one for one in findings if one.severity == "error"] == []
    return library.manifests[id_]


@pytest.mark.parametrize("version", xliff.VERSIONS)
def test_what_a_document_says_itself_comes_in_and_its_file_keeps_all_else(
    letter: Path, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exported("visit", "--xliff", version)
    assert "with the title, headings and other texts of visit itself" in capsys.readouterr().out
    shout("x.xlf")
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    said = capsys.readouterr().out
    assert "es: 2 translated, 0 as they were" in said
    assert "visit is not issued in es: add it to its languages: to build it" in said
    made = document(letter)
    assert own_words(made, "es") == SAID
    pin = made.translations["es"]
    assert (pin.source, pin.status, pin.translator, pin.stale) == ("en", "unchecked", "Rosa", False)
    after = (letter / LETTER_FILE).read_text(encoding="utf-8")
    assert re.findall("#.*", after) == re.findall("#.*", LETTER)
    for line in LETTER.split("\n"):
        assert line.split("}")[0] in after  # with a language more before the brace
    assert main(["translate", "import", "x.xlf", "--by", "somebody else"]) == 0  # the same again changes nothing
    assert "es: 0 translated, 2 as they were" in capsys.readouterr().out
    assert (letter / LETTER_FILE).read_text(encoding="utf-8") == after


def test_a_document_that_moved_on_is_refused_by_segment_and_its_translation_is_stale(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exported("visit")
    shout("x.xlf")
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    path = letter / LETTER_FILE
    text = (
        path.read_text(encoding="utf-8")
        .replace("en: Asking", "en: Asking again")
        .replace("1,\u00a0Long", "2,\u00a0Long")
    )
    path.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["translate", "import", "x.xlf", "--by", "Rosa", "--partial"]) == 1
    said = capsys.readouterr().err
    assert "visit: the field subject (field.subject) has another source text: “Asking”, now “Asking again”" in said
    assert "the field recipient, line 3 (field.recipient.3)" in said
    assert "The document has changed since the export" in said
    assert "(title)" not in said
    assert path.read_text(encoding="utf-8") == text
    found = [one for one in load(letter)[1] if one.rule == "translation-stale"]
    assert [one.file for one in found] == [LETTER_FILE]
    assert own_digest(own_words(document(letter), "en")) in found[0].advice
    made = exported("visit")
    assert made.count(b'subState="paraph:stale"') == len(SAID) + 1  # an address of two lines
    shout("x.xlf", "visit.title")
    fill("x.xlf", {"visit.title": "Otra visita a <1><2/></1>"})
    assert main(["translate", "import", "x.xlf", "--by", "Eva"]) == 0
    said = capsys.readouterr().out
    assert "to be looked at: visit: the place (place), the field recipient, line 1 (field.recipient.1)" in said
    assert "the title (title)" not in said
    now = document(letter)
    assert now.title["es"] == "Otra visita a *{{ place }}*"
    assert (now.translations["es"].stale, now.translations["es"].translator) == (False, "Eva")


def test_a_translation_is_compared_with_the_texts_that_it_was_made_from(letter: Path) -> None:
    exported("visit", "--from", "fr")
    shout("x.xlf")
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    assert document(letter).translations["es"].source == "fr"
    library, _ = load(letter)
    assert library is not None
    compared = [
        (one.language, other.language) for one, other in pairs(Scan(library)) if other.source.file == LETTER_FILE
    ]
    assert set(compared) == {("en", "fr"), ("fr", "es")}


def test_a_segment_of_a_document_that_is_not_translated_is_named(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exported("visit")
    shout("x.xlf", "visit.section.body.heading")
    before = (letter / LETTER_FILE).read_bytes()
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 1
    said = capsys.readouterr().err
    assert "visit: the heading of section body (section.body.heading) is not translated: “Why”" in said
    assert main(["translate", "import", "x.xlf", "--by", "Rosa", "--partial"]) == 0
    said = capsys.readouterr().out
    assert "es: 1 translated" in said
    assert "left out: visit: not translated: the heading of section body" in said
    assert (letter / LETTER_FILE).read_bytes() == before


def test_the_mark_of_a_page_follows_what_the_file_says_of_its_own_texts(letter: Path) -> None:
    exported("visit")
    shout("x.xlf")
    assert main(["translate", "import", "x.xlf", "--by", "Rosa"]) == 0
    path, wish = letter / LETTER_FILE, letter / "statements/clauses/test/wish.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("networks: [aom]", "networks: [aom]\nlanguages: [en, fr, es]"), "utf-8"
    )
    assert standing(letter) == "unchecked"
    for file in (wish, path):
        assert standing(letter) == "unchecked"
        file.write_text(file.read_text(encoding="utf-8").replace("status: unchecked", "status: checked"), "utf-8")
    assert standing(letter) == "translation"
    exported("visit")
    assert Path("x.xlf").read_bytes().count(b'state="final"') == len(SAID) + 2
    checked = path.read_text(encoding="utf-8")
    path.write_text(checked.replace("en: Asking", "en: Asking again"), "utf-8")
    assert standing(letter) == "unchecked", "checked, but of another subject"
    path.write_text(checked.replace("networks: [aom]", "networks: [aom]\nunchecked: [es]"), "utf-8")
    assert standing(letter) == "unchecked", "the older key says so, too"
    path.write_text(checked, "utf-8")
    wish.write_text(wish.read_text(encoding="utf-8").replace("We ask", "We beg"), "utf-8")
    assert standing(letter) == "unchecked", "checked, but of another clause text"


def standing(root: Path) -> str:
    made, findings = assembled(root, "visit", "es")
    assert [one for one in findings if one.severity == "error"] == []
    return str(made.standing)


# --- the whole statement, with translators' own programs -------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARAPH_CACHE", "off")
    assert main(["init", str(tmp_path / "desk")]) == 0
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def texts(root: Path, language: str) -> dict[str, Translation]:
    library, _ = load(root)
    assert library is not None
    return {one.id: one.translations[language] for one in library.clauses.values() if language in one.translations}


def rehearsed(root: Path) -> dict[str, Translation]:
    """The Spanish texts that came back, apart from those that are shipped."""
    return {id_: one for id_, one in texts(root, "es").items() if one.translator.startswith("A rehearsal")}


def assert_translated(root: Path, change: Callable[[str], str]) -> None:
    """Every clause of the declaration, and itself, has in Spanish its English text, with its words changed and its
    marks not."""
    library, _ = load(root)
    assert library is not None
    made = rehearsed(root)
    assert len(made) == 29
    for id_, one in made.items():
        lines = library.clauses[id_].texts["en"].lines
        wanted = {}
        for segment in segments(lines):
            pieces = tuple(change(piece) if isinstance(piece, str) else piece for piece in segment.pieces)
            wanted[segment.id] = rebuilt(segment, pieces).inlines
        assert one.text.text == markdown(filled(lines, wanted))
    own, made_of_it = (own_segments(library, "joint-declaration", code) for code in ("en", "es"))
    assert len(own) == 8
    for segment in own.values():
        assert made_of_it[segment.id].pieces == tuple(
            change(piece) if isinstance(piece, str) else piece for piece in segment.pieces
        )
    pin = library.manifests["joint-declaration"].translations["es"]
    assert (pin.source, pin.status, pin.stale) == ("en", "unchecked", False)


def own_segments(library: Library, document: str, language: str) -> dict[str, Segment]:
    """What a document itself says in a language, by segment."""
    found = original(library, document, language, "ar")
    assert found is not None
    return {one.id: one for one in found.segments}


def test_translate_toolkit_fills_in_version_1_2(shipped: Path) -> None:
    before = {path: path.read_bytes() for path in (shipped / "statements").rglob("*.yml")}
    exported("joint-declaration", "--xliff", "1.2", file="a.xlf")
    tool = Path(sys.executable).with_name("podebug")
    subprocess.run([tool, "--rewrite=unicode", "--progress=none", "a.xlf", "b.xlf"], check=True)
    assert main(["translate", "import", "b.xlf", "--by", "A rehearsal: podebug"]) == 0
    library, _ = load(shipped)
    assert library is not None
    said = {unit.get("id"): unit for unit in etree.parse("b.xlf").iter("{*}trans-unit")}
    pairs = [
        (id_, own, other)
        for id_, one in rehearsed(shipped).items()
        for own, other in zip(segments(library.clauses[id_].texts["en"].lines), segments(one.text.lines), strict=True)
    ]
    made = own_segments(library, "joint-declaration", "es")
    for one_id, one_segment in own_segments(library, "joint-declaration", "en").items():
        pairs.append(("joint-declaration", one_segment, made[one_id]))
    for id_, own, other in pairs:
        target = said[f"{id_}.{own.id}"].find("{*}target")
        assert target is not None
        assert "".join(map(str, target.itertext())) == words(other.pieces) != words(own.pieces)
        assert [piece for piece in own.pieces if isinstance(piece, Mark)] == [
            piece for piece in other.pieces if isinstance(piece, Mark)
        ]
    del before[shipped / "statements/declarations/joint-declaration.yml"]  # what it says itself is in its midst
    for path, data in before.items():
        assert path.read_bytes() == data or path.read_bytes().startswith(data.partition(b"translations:")[0])


def test_translate_toolkit_fills_in_version_2_1(shipped: Path) -> None:
    from translate.storage.xliff2 import Xliff2File

    exported("joint-declaration", file="a.xlf")
    store = Xliff2File.parsefile("a.xlf")
    for unit in store.units:
        rich = [copy.deepcopy(one) for one in unit.rich_source]
        for leaf in (leaf for one in rich for leaf in one.flatten()):
            leaf.sub = [part.upper() if isinstance(part, str) else part for part in leaf.sub]
        unit.rich_target = rich
        unit.marktranslated()
    store.savefile("b.xlf")
    assert main(["translate", "import", "b.xlf", "--by", "A rehearsal"]) == 0
    assert_translated(shipped, str.upper)


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>en</source_lang><target_lang>es</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
creationtoolversion="3.6" segtype="paragraph" srclang="en"/><body>{}</body></tmx>
"""


def omegat_text(pieces: tuple[object, ...], change: Callable[[str], str]) -> str:
    """A segment as OmegaT shows it to the translator: codes by a letter and their number from 0, `<g0>` and `<x1/>`;
    those that stand alone at either end are left out."""
    numbers: dict[str, int] = {}
    shown = ""
    while isinstance(pieces[-1], Mark) and pieces[-1].side is Side.ALONE:
        pieces = pieces[:-1]
    for piece in pieces:
        if not isinstance(piece, Mark):
            shown += change(str(piece))
            continue
        number = numbers.setdefault(piece.code, len(numbers))
        shown += {Side.ALONE: f"<x{number}/>", Side.OPEN: f"<g{number}>", Side.CLOSE: f"</g{number}>"}[piece.side]
    return escape(shown)


def test_omegat_fills_in_version_1_2(shipped: Path, tmp_path: Path) -> None:
    """Its project is the exported file; what a translator typed lies in its memory; it writes the target file."""
    if shutil.which("omegat") is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs OmegaT: see .ci/run")
        pytest.skip("OmegaT is not installed")
    project = tmp_path / "omegat"
    for name in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    exported("joint-declaration", "--xliff", "1.2", file=str(project / "source" / "a.xlf"))
    (project / "omegat.project").write_text(PROJECT, encoding="utf-8")
    made = ""
    for one in xliff.read((project / "source" / "a.xlf").read_bytes(), "a.xlf").units:
        own, other = omegat_text(one.target or (), str), omegat_text(one.source, str.upper)
        made += f'<tu><tuv lang="en"><seg>{own}</seg></tuv><tuv lang="es"><seg>{other}</seg></tuv></tu>'
    (project / "omegat" / "project_save.tmx").write_text(MEMORY.format(made), encoding="utf-8")
    subprocess.run(
        ["omegat", str(project), "--mode=console-translate", f"--config-dir={tmp_path / 'config'}"],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    data = (project / "target" / "a.xlf").read_bytes()
    assert_xliff(data)
    assert main(["translate", "import", str(project / "target" / "a.xlf"), "--by", "A rehearsal: OmegaT"]) == 0
    assert_translated(shipped, str.upper)
