"""`paraph check --fix`: what is purely typographic, in drafts only, and not a byte more."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import clause, desk
from paraph.__main__ import main
from paraph.checks.typography import edits, mended
from paraph.errors import UsageError
from paraph.library.files.manifests import own_digest
from paraph.library.load import load
from paraph.library.written.edit import replace, reworded, worded
from paraph.library.written.reader import read
from paraph.markup import canonical, digest
from paraph.model.event import ClauseVersion, Draft, Subject, SubjectKind
from paraph.register.store import Register
from paraph.starter import starter
from paraph.workflow.check import check
from paraph.workflow.fix import fix

FILE = "statements/clauses/test/heard.yml"
CALL = clause("heard", 'to hear the child\'s view, "at once"', "d'entendre l'enfant ; sans délai", "position")


def rules_of(language: str):
    library, _ = load(starter())
    assert library is not None
    return library.rules[language]


RULES = {code: rules_of(code) for code in ("en", "fr", "ar", "es")}


def put_to_the_members(root: Path, id_: str) -> None:
    """A rehearsal: a version on record, as circulating makes one; no institution decided anything."""
    version = ClauseVersion(
        subject=Subject(kind=SubjectKind.CLAUSE, id=id_, version=1, digest="a" * 64),
        clause_kind="position",
        theme="test",
        title={"en": id_},
        values={},
        legal_basis=(),
        texts={"en": "rehearsal"},
        translations={},
    )
    register = Register.open("sqlite:///register.db", root, create=True)
    register.append(lambda _: [Draft(fact=version, request="rehearsal")], dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    register.close()


# --- what is written -------------------------------------------------------------------------------------------------


def test_only_the_marks_change(tmp_path: Path) -> None:
    root = desk(tmp_path, CALL)
    before = (root / FILE).read_text("utf-8")
    fixed = fix(root)
    after = (root / FILE).read_text("utf-8")
    assert "  en: |-\n    to hear the child’s view, “at once”\n" in after
    assert "  fr: |-\n    d’entendre l’enfant\u202f; sans délai\n" in after
    assert [(line.file, line.language) for line in fixed.lines] == [(FILE, "en"), (FILE, "fr")]
    assert [line for line in after.split("\n") if line not in before.split("\n")] == [
        f"    {line.after}" for line in fixed.lines
    ]
    assert fixed.unregistered
    assert not [one for one in check(root).findings if one.rule.startswith("typography")]
    assert fix(root).lines == ()


def test_comments_quotes_braces_and_line_ends_stay(tmp_path: Path) -> None:
    text = (
        "# why\r\nid: heard\r\nkind: position\r\ntitle: {en: Heard, fr: Entendu}   # d'abord\r\ntext:\r\n"
        "  en: \"the child's view\"   # it's quoted\r\n"
        "  fr: >-   # plié\r\n    l'avis\r\n    de l'enfant\r\n\r\n# the end\r\n"
    )
    root = desk(tmp_path, {FILE: "id: heard"})
    (root / FILE).write_bytes(text.encode())
    fix(root)
    assert (root / FILE).read_bytes().decode() == text.replace("child's", "child’s").replace(
        ">-   # plié\r\n    l'avis\r\n    de l'enfant", "|-   # plié\r\n    l’avis de l’enfant"
    )


def test_what_is_read_can_be_mended(tmp_path: Path) -> None:
    text = (CALL[FILE].replace("{en: heard, fr: heard}", "{en: Heard?, fr: Entendu ?}\t# why")).replace("\n", "\r")
    root = desk(tmp_path, {FILE: "id: heard"})
    (root / FILE).write_bytes(text.encode())
    fix(root)
    made = (root / FILE).read_bytes().decode()
    assert made == text.replace("d'entendre l'enfant ;", "d’entendre l’enfant\u202f;").replace(
        'child\'s view, "at once"', "child’s view, “at once”"
    )


def test_a_translation_stays_pinned_to_the_text_that_is_mended(tmp_path: Path) -> None:
    old, new = "the child's view", "the child’s view"
    files = clause("heard", old, "l’avis de l’enfant", "position")
    for pinned, expected in ((digest(old), digest(new)), ("0" * 16, "0" * 16)):
        translation = f'translations:\n  es: {{source: en, digest: "{pinned}", text: la opinión}}\n'
        root = desk(tmp_path / pinned, {FILE: files[FILE] + translation})
        fixed = fix(root)
        read_again = yaml.safe_load((root / FILE).read_text("utf-8"))
        assert read_again["translations"]["es"] == {"source": "en", "digest": expected, "text": "la opinión"}
        assert fixed.pinned == (((FILE, "es"),) if pinned != expected else ())


def test_a_translation_of_what_a_document_says_itself_stays_pinned(tmp_path: Path) -> None:
    file = "statements/statements/view.yml"
    text = (
        "id: view\nform: statement\ntitle: {en: The child's view, fr: La parole de l’enfant, ar: رأي الطفل}\n"
        "networks: [aom]\ntranslations:\n  ar: {source: en, digest: 'DIGEST'}\n"
        "sections:\n  - {id: s, style: bullets, clauses: [heard]}\n"
    )
    then, now = own_digest({"title": "The child's view"}), own_digest({"title": "The child’s view"})
    for pinned, expected in ((then, now), ("0" * 16, "0" * 16)):
        root = desk(tmp_path / pinned, CALL | {file: text.replace("DIGEST", pinned)})
        fixed = fix(root, (str(root / file),))
        written = yaml.safe_load((root / file).read_text("utf-8"))
        assert written["title"]["en"] == "The child’s view"
        assert written["translations"]["ar"]["digest"] == expected
        assert fixed.pinned == (((file, "ar"),) if pinned != expected else ())
        stale = [one.file for one in load(root)[1] if one.rule == "translation-stale"]
        assert stale == ([] if pinned != expected else [file])


def test_what_the_members_have_seen_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = "statements/clauses/test/other.yml"
    root = desk(tmp_path, {**CALL, **clause("other", "the child's view", "l’avis", "position")})
    put_to_the_members(root, "heard")
    before = (root / FILE).read_bytes()
    assert main(["-C", str(root), "check", "--fix"]) == 0
    said = capsys.readouterr().err
    assert (root / FILE).read_bytes() == before
    assert "child’s" in (root / other).read_text("utf-8")
    assert f"{FILE}: left alone" in said
    assert "no register" not in said
    assert f"{other}:6: mended (en)\n  - the child's view\n  + the child’s view\n" in said


def test_a_register_that_cannot_be_reached_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = desk(tmp_path, CALL)
    before = (root / FILE).read_bytes()
    monkeypatch.setenv("PARAPH_REGISTER", "postgresql://nobody@127.0.0.1:1/nothing")
    assert main(["-C", str(root), "check", "--fix"]) == 3
    assert (root / FILE).read_bytes() == before


def test_no_sign_is_written_as_its_number() -> None:
    assert reworded('a: "b"\n', ("a",), "c 🙂 \\U0001F642") == 'a: "c 🙂 \\\\U0001F642"\n'


def test_lines_go_to_none_between_braces_and_remarks_stay() -> None:
    with pytest.raises(UsageError, match="line 2: text: is written in brackets"):
        replace("a: 1\ntext: {en: b}\n", ("text", "fr"), "fr: c")
    with pytest.raises(UsageError, match="line 1: the file is written in brackets"):
        replace("{a: 1}", ("b",), "b: 2")
    text = "a:\n  b: |- # one\n    x\n   # two\n\n  # three\n  c: d\n"
    assert replace(text, ("a", "b"), "b: y") == "a:\n  # one\n  # two\n  b: y\n\n  # three\n  c: d\n"


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    root = desk(tmp_path, {**CALL, "statements/clauses/tests/a.yml": CALL[FILE].replace("heard", "a")})
    assert {line.file for line in fix(root, (str(root / "statements/clauses/test"),)).lines} == {FILE}


# --- properties ------------------------------------------------------------------------------------------------------

PIECES = (
    *("l'enfant", "aujourd'hui", "*d'abord*", "Qui", "?", " ?", "!", ";", " ;", ":", " :", "…", "1,500", "10:30"),
    *(
        '"oui"',
        "'oui'",
        "'l'été'",
        "«oui»",
        "« oui »",
        "“x”",
        "‘y’",
        "{{ a }}",
        "[l'un](https://a.org/b?c:d)",
        '[it\'s "so"]{lang=en}',
    ),
    *("الأطفال,", "؟", "،", "\n\n", "- "),
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=12).map(lambda some: canonical(" ".join(some)))
MARKS = re.compile("[\\s\"'’‘“”«»„,;:?!،؛؟]")


@settings(deadline=None)
@given(WORDS, st.sampled_from(sorted(RULES)))
def test_mending_changes_no_word_and_is_done_once(text: str, language: str) -> None:
    once = mended(text, edits(text, language, RULES[language]))
    assert MARKS.sub("", once) == MARKS.sub("", text)
    assert once.count("\n") == text.count("\n")
    assert edits(once, language, RULES[language]) == ()
    for kept in ("{{ a }}", "https://a.org/b?c:d", "10:30"):
        assert once.count(kept) == text.count(kept)
    if language != "en":
        assert once.count('[it\'s "so"]{lang=en}') == text.count('[it\'s "so"]{lang=en}')


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf"]), max_size=30
)
LINES = st.lists(TEXTS, min_size=1, max_size=4).map(lambda lines: canonical("\n".join(lines)))


@settings(deadline=None)
@given(LINES, LINES.filter(bool), st.sampled_from(["|-", "|", ">-", '"', "'", "flow", "plain"]))
def test_a_text_says_other_words_and_nothing_else_changes(old: str, new: str, style: str) -> None:
    if style in ("|-", "|", ">-"):
        if not old or old[0].isspace() or new[0].isspace():
            return
        body = "".join(f"    {line}\n" if line else "\n" for line in old.split("\n"))
        value = f"{style}  # why\n{body}"
    else:
        made = {"'": "'", "plain": None}.get(style, '"')
        value = yaml.safe_dump(old, default_style=made, allow_unicode=True, width=10**9).removesuffix("...\n")
        value = f"{{x: 1, fr: {value.strip()}, y: 2}} # why\n" if style == "flow" else f"{value.strip()}  # why\n"
    path = ("text", "fr", "fr") if style == "flow" else ("text", "fr")
    text = f"# first\na: 1\ntext:\n  en: x  # two\n  fr: {value}  es: y\n\n# last\nb: [1, 2]\n"
    before = read("a.yml", text.encode())[0]
    if before is None:
        return
    after = reworded(text, path, new)
    found = read("a.yml", after.encode())[0]
    assert found is not None
    holder = found["text"]["fr"] if style == "flow" else found["text"]
    assert canonical(holder["fr"]) == new
    holder["fr"] = "same"
    (before["text"]["fr"] if style == "flow" else before["text"])["fr"] = "same"
    assert found == before
    assert after.startswith(text.partition("  fr: ")[0])
    assert after.endswith("  es: y\n\n# last\nb: [1, 2]\n")
    assert after.count("# why") == 1


@settings(deadline=None)
@given(LINES.filter(lambda text: bool(text) and not text[0].isspace()), st.sampled_from(["block", "flow", "{}", "{ }"]))
def test_a_text_is_added_and_nothing_else_changes(new: str, style: str) -> None:
    value = {"block": "\n    en: x  # two\n    fr: |-\n      y\n", "flow": " { en: x, fr: 'y, z', }  # why\n"}
    text = f"# first\na: 1\ntext:\n  title:{value.get(style, f' {style}  # why')}\n  es: y\n\n# last\nb: [1, 2]\n"
    before = read("a.yml", text.encode())[0]
    assert before is not None
    after = worded(text, ("text", "title", "ar"), new)
    found = read("a.yml", after.encode())[0]
    assert found is not None
    assert canonical(found["text"]["title"].pop("ar")) == new
    assert found == before
    comments = re.compile(r"# (?:first|two|why|last)$", re.MULTILINE)
    assert comments.findall(after) == comments.findall(text) or "#" in new
    with pytest.raises(KeyError):
        worded(text, ("text", "es", "ar"), new)
