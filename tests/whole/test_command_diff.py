"""paraph diff: which texts are compared, how it reads, what it writes. A rehearsal: nobody decided any of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from desk import clause, desk
from paraph.__main__ import main
from paraph.starter import starter
from paraph.workflow.files import copy_workspace


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose declaration was circulated; Malta approved two clauses and rehearses nothing else; then edited.

    What changed: words of a clause, the order of two, one gone, one new, a value.
    """
    root = tmp_path_factory.mktemp("rehearsal") / "desk"
    copy_workspace(starter(), root)
    assert run(root, "circulate", "joint-declaration", "--until", "2099-03-01", "--rule", "consensus") == 0
    assert run(root, "decide", "no-child-detention", "train-staff", "--as", "malta", "--approve") == 0
    clause = root / "statements/clauses/protection/no-child-detention.yml"
    edit(clause, "whether they are alone or with their families", "alone or with their family")
    manifest = root / "statements/declarations/joint-declaration.yml"
    order = "      - {}\n      - {}\n"
    both = "no-discrimination", "best-interests-primary"
    edit(manifest, order.format(*both), order.format(*reversed(both)))
    edit(manifest, "      - train-staff\n", "      - learn-from-one-another\n")
    edit(manifest, "{days: 90}", "{days: 60}")
    return root


def run(root: Path, *arguments: str) -> int:
    return main(["-C", str(root), *arguments])


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_clause_since_its_last_version(rehearsal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(rehearsal, "diff", "no-child-detention", "-l", "en") == 1
    shown = capsys.readouterr().out
    assert "--- no-child-detention@1\n+++ no-child-detention, as its file is\n" in shown
    assert "children, [-whether they are -]alone or with their [-families-]{+family+}\n" in shown


def test_nothing_changed(rehearsal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(rehearsal, "diff", "no-pushbacks") == 0
    assert capsys.readouterr().out.endswith("[en] the same\n\n[fr] the same\n")


def test_a_document_is_had_again_as_it_was_circulated(rehearsal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(rehearsal, "diff", "joint-declaration", "c1", "-l", "en") == 1
    shown = capsys.readouterr().out
    for line in (
        "< 3. [moved away (to 4.)] [-that each State respects",
        "  4. → 3. that the best interests",
        "> 4. [moved here (from 3.)] {+that each State respects",
        "- 5. [-to train those",
        "~ 12. to answer the recommendations of the ombudsman institutions",
    ):
        assert f"\n{line}" in shown
    assert " within [-90-]{+60+} days" in shown


def test_since_a_member_shows_all_that_it_has_not_approved(rehearsal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(rehearsal, "diff", "joint-declaration", "--since", "malta", "-l", "en", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["remarks"] == ["malta has approved no version of the document as a whole: only clauses"]
    fates = {line["key"]: line["fate"] for line in found["languages"]["en"]}
    assert fates["request/no-child-detention/0"] == "changed"
    of_clauses = ("recall/", "commit/", "request/")
    known = {key: fate for key, fate in fates.items() if key.startswith(of_clauses) and fate != "added"}
    assert known == {"request/no-child-detention/0": "changed", "commit/train-staff/0": "removed"}


OURS = """
    id: ours
    form: declaration
    title: {en: Ours, fr: La nôtre}
    networks: [aom]
    date: 2026-03-02
    languages: [en, fr]
    adoption: {mode: body, rule: consensus}
    values: {until: {en: "2030", fr: "2030"}}
    sections:
      - {id: calls, clauses: [wait, see, {clause: urge, under: [hear]}]}
"""
VALUE = "values:\n  until: text\n"


@pytest.fixture
def put(tmp_path: Path) -> Path:
    """A declaration of four calls, put to the members: one with a value, one that refers to the next, one under
    another."""
    root = desk(
        tmp_path / "desk",
        {"statements/declarations/ours.yml": OURS}
        | clause("wait", "to wait until {{ until }}", "d’attendre jusqu’à {{ until }}", more=VALUE)
        | clause("see", "to see children as [](clause:wait) says", "de voir les enfants, selon [](clause:wait)")
        | clause("urge", "to urge", "d’exhorter")
        | clause("hear", "to hear children", "d’entendre les enfants"),
    )
    assert run(root, "circulate", "ours", "--until", "2099-03-01") == 0
    return root


def since_malta(root: Path, capsys: pytest.CaptureFixture[str], expected: int = 1) -> list[str]:
    """What changed since Malta approved, in English: the lines after the names of both texts. In Word, too: the file
    says the same accepted and rejected, or is not written."""
    assert run(root, "diff", "ours", "--since", "malta", "-l", "en", "--docx", str(root / "changes.docx")) == expected
    capsys.readouterr()
    assert run(root, "diff", "ours", "--since", "malta", "-l", "en") == expected
    return capsys.readouterr().out.splitlines()[2:]


def test_since_a_member_values_are_those_that_it_saw(put: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value of today stood for what it had approved, and a clause that went since was not shown as gone."""
    assert run(put, "decide", "wait", "see", "hear", "--as", "malta", "--approve") == 0
    ours = put / "statements/declarations/ours.yml"
    edit(ours, '"2030"', '"2040"')
    edit(ours, "wait, see, ", "wait, ")
    shown = since_malta(put, capsys)
    assert shown[0] == "malta has approved no version of the document as a whole: only clauses"
    assert "~ 1. to wait until [-2030-]{+2040+};" in shown
    assert "- 2. [-to see children as paragraph 1 says;-]" in shown


def test_since_a_member_references_are_those_that_it_saw(put: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """“as  says”: a reference to what it had not approved was left out, and the sentence called approved."""
    assert run(put, "decide", "see", "--as", "malta", "--approve") == 0
    assert "    … 1 unchanged" in since_malta(put, capsys)
    assert run(put, "decide", "c1", "--as", "malta", "--approve") == 0
    assert run(put, "decide", "wait", "--as", "malta", "--object", "Not yet.") == 0
    shown = since_malta(put, capsys)
    changed = [line for line in shown if line.startswith(("+", "~", "-", "<", ">", "  "))]
    assert [line for line in changed if "…" not in line] == ["+ 1. {+to wait until 2030;+}"]


def test_since_a_member_a_clause_under_another_is_approved_by_itself(
    put: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(put, "decide", "c1", "--as", "malta", "--approve") == 0
    assert run(put, "decide", "urge", "--as", "malta", "--object", "Not so.") == 0
    shown = since_malta(put, capsys)
    assert [line for line in shown if "…" not in line] == ["", "[en]", "+ 3. {+to urge:+}"]


def test_since_a_member_a_clause_that_came_and_was_approved_alone(
    put: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a version of the document that is not approved yet: it was all inserted."""
    assert run(put, "decide", "c1", "--as", "malta", "--approve") == 0
    (put / "statements/clauses/test/tell.yml").write_text(
        clause("tell", "to tell them", "de leur dire")["statements/clauses/test/tell.yml"], encoding="utf-8"
    )
    ours = put / "statements/declarations/ours.yml"
    edit(ours, "wait, see, ", "wait, tell, see, ")
    assert run(put, "circulate", "ours", "--until", "2099-04-01") == 0
    assert run(put, "decide", "tell", "--as", "malta", "--approve") == 0
    shown = [line for line in since_malta(put, capsys) if "…" not in line]
    assert shown == [
        "",
        "[en]",
        "  2. → 3. to see children as paragraph 1 says;",
        "  3. → 4. to urge:",
    ]
    (put / "letter.txt").write_text("We approve.", encoding="utf-8")  # or it were said already, in the same second
    again = ("decide", "see", "-c", "c2", "--as", "malta", "--approve", "--evidence", str(put / "letter.txt"))
    assert run(put, *again) == 0  # and its number with it
    assert "  2. → 3. to see children as paragraph 1 says;" not in since_malta(put, capsys)


def test_since_a_member_a_clause_that_it_approved_in_another_document(
    put: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = OURS.replace("id: ours", "id: other").replace("wait, see, ", "").replace("2030", "2040")
    (put / "statements/declarations/other.yml").write_text(other.replace("\n    ", "\n").lstrip(), encoding="utf-8")
    edit(put / "statements/declarations/other.yml", "[{clause: urge, under: [hear]}]", "[urge, hear, wait]")
    assert run(put, "circulate", "other", "--until", "2099-04-01") == 0
    assert run(put, "decide", "wait", "-c", "c2", "--as", "malta", "--approve") == 0
    shown = since_malta(put, capsys)
    assert "wait: as malta approved it in other@1" in shown
    assert "~ 3. → 1. to wait until [-2040.-]{+2030;+}" in shown


def test_a_text_with_gaps_is_not_compared(put: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a courtesy language, in which a clause that others refer to is missing, or a value."""
    for name, words in (("see", "[](clause:wait)"), ("hear", "الأطفال")):
        file = put / f"statements/clauses/test/{name}.yml"
        pin = 'translations:\n  ar:\n    source: en\n    digest: "0000000000000000"\n    status: unchecked\n'
        edit(file, "text:\n  en", f'{pin}    text: "{words}"\ntext:\n  en')
    assert run(put, "diff", "ours", "-l", "ar") == 2
    assert "clause wait, which this one refers to, is not in this document" in capsys.readouterr().err


def test_a_redline_names_the_member_in_its_own_language(rehearsal: Path, tmp_path: Path) -> None:
    page = tmp_path / "changes.html"
    assert run(rehearsal, "diff", "no-child-detention", "--since", "malta", "--html", str(page)) == 1
    english, french = (page.with_suffix(f".{code}.html").read_text(encoding="utf-8") for code in ("en", "fr"))
    assert "what Parliamentary Ombudsman of Malta last approved" in english
    assert "en dernier lieu (Ombudsman parlementaire de Malte)" in french


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("no-child-detention", "@7"), "no-child-detention has no version 7"),
        (("no-child-detention", "v7"), "no-child-detention has no version 7"),
        (("no-child-detentoin",), "Did you mean “no-child-detention”?"),
        (("speak-out", "no-pushbacks@1"), "Write @1."),
        (("speak-out", "c9"), "there is no circulation “c9”"),
        (("speak-out", "atlantis"), "“atlantis” is no version of speak-out"),
        (("speak-out", "--since", "malta"), "malta has approved no version of speak-out"),
        (("speak-out", "@1", "--since", "c1"), "Leave one of them out."),
        (("act-after-visits",), "was never put to the members"),
    ],
)
def test_what_cannot_be_compared_is_said(
    rehearsal: Path, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(rehearsal, "diff", *arguments) == 2
    said = capsys.readouterr().err
    assert words in said
    assert len(said.splitlines()) <= 2


def test_a_broken_text_is_not_compared(rehearsal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy_workspace(starter(), tmp_path / "desk")
    edit(tmp_path / "desk/statements/declarations/joint-declaration.yml", "{days: 90}", "{}")
    assert run(tmp_path / "desk", "diff", "joint-declaration") == 2
    assert "the value “days” is not given" in capsys.readouterr().err


def test_files_of_every_format_one_for_each_language(rehearsal: Path, tmp_path: Path) -> None:
    files = [f"--{ending}={tmp_path / f'changes.{ending}'}" for ending in ("docx", "html", "pdf")]
    assert run(rehearsal, "diff", "joint-declaration", *files) == 1
    names = {f"changes.{language}.{ending}" for language in ("en", "fr") for ending in ("docx", "html", "pdf")}
    assert {one.name for one in tmp_path.iterdir()} == names
    assert "[moved here from 3.]" in (tmp_path / "changes.en.html").read_text(encoding="utf-8")


def test_a_clause_alone_in_one_language(rehearsal: Path, tmp_path: Path) -> None:
    """Its Arabic has not changed: the file is written all the same."""
    file = tmp_path / "clause.pdf"
    assert run(rehearsal, "diff", "no-child-detention", "-l", "ar", "--pdf", str(file)) == 0
    assert file.read_bytes().startswith(b"%PDF-")


def test_a_language_that_nobody_has(rehearsal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(rehearsal, "diff", "no-child-detention", "-l", "xx") == 2
    assert "“xx” is no language of this workspace" in capsys.readouterr().err


def test_versions_are_compared_whatever_became_of_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those of a document one of whose clauses is broken, whose clause is gone, which is gone itself."""
    files = clause("open-doors", "*We* open doors", "*Nous* ouvrons les portes", kind="position")
    files["statements/statements/doc.yml"] = (
        "id: doc\nform: statement\ntitle: {en: On tests, fr: Des tests}\nnetworks: [aom]\nlanguages: [fr]\n"
        "sections:\n  - id: s\n    style: prose\n    clauses: [open-doors]\n"
    )
    root = desk(tmp_path, files)
    text, document = root / "statements/clauses/test/open-doors.yml", root / "statements/statements/doc.yml"
    assert run(root, "circulate", "doc", "--until", "2099-03-01") == 0
    edit(text, "les portes", "nos portes")
    assert run(root, "circulate", "doc", "--until", "2099-04-01") == 0
    assert run(root, "diff", "open-doors@1", "open-doors@2") == run(root, "diff", "open-doors@1", "@2") == 1
    assert run(root, "diff", "open-doors@1", "1", "2") == 2
    whole = text.read_text(encoding="utf-8")
    for change in (lambda: text.write_text(whole + "colour: red\n"), text.unlink, document.unlink):
        change()
        capsys.readouterr()
        assert run(root, "diff", "doc", "1", "2") == run(root, "diff", "doc@1", "@2") == 1
        shown = capsys.readouterr().out
        assert shown.startswith("--- doc@1\n+++ doc@2\n\n[fr]\n")
        assert "[-les-]{+nos+} portes" in shown
        assert "[en]" not in shown
        assert run(root, "diff", "doc", "1", "now") == 2
        said = capsys.readouterr().err
        assert "open-doors" in said if document.exists() else "the file of doc is gone" in said
    assert run(root, "diff", "doc") == 1
    assert capsys.readouterr().out.startswith("--- doc@1\n+++ doc@2\n")


def test_a_clause_whose_file_is_gone(rehearsal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "desk"
    copy_workspace(rehearsal, root)
    (root / "register.db").write_bytes((rehearsal / "register.db").read_bytes())
    (root / "statements/clauses/protection/no-pushbacks.yml").unlink()
    assert run(root, "diff", "no-pushbacks") == 0
    assert "--- no-pushbacks@1\n+++ no-pushbacks@1\n" in capsys.readouterr().out
    assert run(root, "diff", "no-pushbacks", "@1", "now") == 2
    assert "the file of no-pushbacks is gone" in capsys.readouterr().err
    assert run(root, "diff", "no-pushback") == 2
    assert "there is no clause or document" in capsys.readouterr().err


def test_files_of_a_clause(rehearsal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = tmp_path / "ours.yml", tmp_path / "theirs.yml"
    ours.write_bytes((rehearsal / "statements/clauses/protection/no-pushbacks.yml").read_bytes())
    theirs.write_bytes(ours.read_bytes())
    assert run(rehearsal, "diff", str(ours), str(theirs)) == 0
    edit(theirs, "to prohibit [", "to end [")
    said = "to [-prohibit-]{+end+} pushbacks"
    capsys.readouterr()
    assert run(rehearsal, "diff", str(ours), str(theirs), "-l", "en") == 1
    shown = capsys.readouterr().out
    assert f"--- {ours}\n+++ {theirs}\n" in shown
    assert said in shown
    assert run(rehearsal, "diff", "no-pushbacks", "@1", str(theirs), "-l", "en") == 1
    assert said in capsys.readouterr().out
    assert run(rehearsal, "diff", str(theirs), "-l", "en") == 1
    assert "to [-end-]{+prohibit+} pushbacks" in capsys.readouterr().out
    for file in (ours, theirs):
        edit(file, "id: no-pushbacks", "id: of-nobody-here")
    assert run(rehearsal, "diff", str(ours), str(theirs), "-l", "en", "--html", str(tmp_path / "changes.html")) == 1
    page = (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert "between the file ours.yml and the file theirs.yml" in page
    assert run(rehearsal, "diff", str(ours)) == 2
    theirs.write_text("id: [", encoding="utf-8")
    assert run(rehearsal, "diff", str(ours), str(theirs)) == 2
    assert run(rehearsal, "diff", "joint-declaration", str(ours)) == 2
    capsys.readouterr()
    assert run(rehearsal, "diff", str(tmp_path / "nothing.yml")) == 2
    assert "nothing.yml" in capsys.readouterr().err


def test_a_pdf_of_what_stands_on_a_card(rehearsal: Path, tmp_path: Path) -> None:
    """Its links were underlined, as words that came are, and its steps had two numbers where one is set."""
    old, new = tmp_path / "old.yml", tmp_path / "new.yml"
    text = "*Write* to [us](https://o.example) or [them](https://t.example)\\n\\n1. at once\\n2. by hand"
    words = f'id: of-nobody-here\nkind: call\ntitle: {{en: a, fr: b}}\ntext:\n  en: "{text}"\n  fr: "{text}"\n'
    old.write_text(words, encoding="utf-8")
    fewer = words.replace("[us](https://o.example)", "all").replace("\\n1. at once\\n2.", "\\n1.")
    new.write_text(fewer, encoding="utf-8")
    assert run(rehearsal, "diff", str(old), str(new), "-l", "en", "--pdf", str(tmp_path / "changes.pdf")) == 1
    assert run(rehearsal, "diff", str(old), str(old), "-l", "en", "--pdf", str(tmp_path / "same.pdf")) == 0


def test_a_language_that_came_had_no_title(tmp_path: Path) -> None:
    files = clause("doors", "*We* open doors", "*Nous* ouvrons les portes", kind="position")
    files["statements/statements/doc.yml"] = (
        "id: doc\nform: statement\ntitle: {fr: Des tests}\nnetworks: [aom]\nlanguages: [fr]\n"
        "sections:\n  - id: s\n    style: prose\n    clauses: [doors]\n"
    )
    root = desk(tmp_path / "desk", files)
    assert run(root, "circulate", "doc", "--until", "2099-03-01") == 0
    manifest = root / "statements/statements/doc.yml"
    edit(manifest, "{fr: Des tests}", "{fr: Des tests, en: On tests}")
    edit(manifest, "languages: [fr]", "languages: [fr, en]")
    page, pdf, word = (tmp_path / f"changes.{ending}" for ending in ("html", "pdf", "docx"))
    more = "--html", str(page), "--pdf", str(pdf), "--docx", str(word)
    assert run(root, "diff", "doc", "@1", "-l", "en", *more) == 1
    assert "before-title" not in page.read_text(encoding="utf-8")


def test_since_a_commit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "desk"
    copy_workspace(starter(), root)
    assert run(root, "diff", "no-pushbacks", "--since", "git:v1") == 2
    assert "not kept in git" in capsys.readouterr().err
    name = ("-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.org")
    for arguments in (("init", "-q"), ("add", "-A"), (*name, "commit", "-qm", "first"), ("tag", "v1")):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
    clause = root / "statements/clauses/protection/no-child-detention.yml"
    edit(clause, "whether they are alone or with their families", "alone or with their family")
    assert run(root, "diff", "no-child-detention", "--since", "git:v1", "-l", "en") == 1
    said = capsys.readouterr().out
    assert "--- no-child-detention, as of commit " in said
    assert "[-whether they are -]alone or with their [-families-]{+family+}" in said
    assert run(root, "diff", "joint-declaration", "--since", "git:v1", "-l", "en") == 1
    assert "alone or with their [-families-]{+family+}" in capsys.readouterr().out
    for commit in ("HEAD", "HEAD~0", "master^{commit}", "v1.0", "malta"):
        subprocess.run(["git", "-C", str(root), "branch", "-M", "master"], check=True)
        subprocess.run(["git", "-C", str(root), "tag", "-f", "v1.0"], check=True, capture_output=True)
        subprocess.run(["git", "-C", str(root), "tag", "-f", "malta"], check=True, capture_output=True)
        expected = 2 if commit == "malta" else 1  # a member, who has approved nothing
        assert run(root, "diff", "no-child-detention", "--since", commit, "-l", "en") == expected
        assert ("as of commit " in capsys.readouterr().out) is (expected == 1)
    assert run(root, "diff", "no-child-detention", "--since", "git:malta", "-l", "en") == 1
    assert run(root, "diff", "no-child-detention", "v1", "-l", "en") == 2  # a version on record, not the tag
    assert "was never put to the members" in capsys.readouterr().err
    assert run(root, "diff", "no-pushbacks", "--since", "nothing") == 2
    assert run(root, "diff", "no-pushbacks", "--since", "git:nothing") == 2
    assert run(root, "diff", "no-pushbacks", "--since", "git:--output=x") == 2
