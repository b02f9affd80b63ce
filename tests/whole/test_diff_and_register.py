"""paraph diff and the register: what the register holds for changed is never called the same. A rehearsal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import clause, desk
from paraph.__main__ import main
from paraph.errors import FindingsError
from paraph.standing.versions import current_clause, current_document
from paraph.workflow.desk import workspace
from paraph.workflow.diff import compare
from paraph.workflow.record.ledger import history_of, opened
from paraph.workflow.record.versions import snapshot

OURS = "statements/declarations/ours.yml"
WAIT, SEE, TELL = (f"statements/clauses/test/{name}.yml" for name in ("wait", "see", "tell"))
STRINGS = "templates/strings.yml"
EDITS = {
    "a value typed": (WAIT, "after {{ until }}", "after 2030", "delà de {{ until }}", "delà de 2030"),
    "another value": (OURS, '"2030"', '"2040"'),
    "a reference typed": (SEE, "as [](clause:wait) says", "as paragraph 1 says", "[](clause:wait)", "le paragraphe 1"),
    "a reference with words that leads elsewhere": (SEE, "l](clause:wait)", "l](clause:tell)"),
    "one taken out": (SEE, "[that call](clause:wait)", "that call", "[cet appel](clause:wait)", "cet appel"),
    "a link that leads elsewhere": (SEE, "https://example.org/1", "https://example.org/2"),
    "another language": (SEE, "[Defensor]{lang=es}", "[Defensor]{lang=pt}"),
    "a term taken out": (SEE, "[children](term:child)", "children", "[enfants](term:child)", "enfants"),
    "no emphasis": (SEE, "*every*", "every", "*chacun*", "chacun"),
    "no quotation": (TELL, "> ", ""),
    "deeper in a list": (TELL, "    - in full", "      - in full", "    - en entier", "      - en entier"),
    "a footnote of another name": (TELL, "[^n]", "[^m]"),
    "a sign of no effect": (TELL, "As before.", "As before\\."),
    "another clause in the same words": (OURS, "tell]", "twin]"),
    "another order of twins": (OURS, "twice, thrice,", "thrice, twice,"),
    "who adopts it": (OURS, "mode: body", "mode: each"),
    "words around the decisions": (STRINGS, "  reservations: {en: ", "  reservations: {en: On "),
    "a word": (SEE, "to see", "to hear"),
}
"""A file, and what is put in place of what."""


@pytest.fixture(scope="module")
def put(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A declaration that Malta approved with all of its clauses; two pairs of these have the same words."""
    words = "to tell[^n]\n\n> Quoted words\n\n- at once\n- in full\n\n[^n]: As before."
    french = "de dire[^n]\n\n> Des mots cités\n\n- tout de suite\n- en entier\n\n[^n]: Comme avant."
    see = "to see *every* one of the [children](term:child), [Defensor]{lang=es}, as [](clause:wait) says"
    voir = "de voir *chacun* des [enfants](term:child), [Defensor]{lang=es}, selon [](clause:wait)"
    more = ", [that call](clause:wait), [here](https://example.org/1)"
    encore = ", [cet appel](clause:wait), [ici](https://example.org/1)"
    root = desk(
        tmp_path_factory.mktemp("put") / "desk",
        {
            OURS: """
                id: ours
                form: declaration
                title: {en: Ours, fr: La nôtre}
                networks: [aom]
                date: 2026-03-02
                languages: [en, fr]
                adoption: {mode: body, rule: consensus}
                values: {until: {en: "2030", fr: "2030"}}
                sections:
                  - {id: calls, clauses: [wait, twice, thrice, see, tell]}
            """
        }
        | clause(
            "wait",
            "to wait until {{ until }}, and not after {{ until }}",
            "d’attendre jusqu’à {{ until }}, et pas au-delà de {{ until }}",
            more="values:\n  until: text\n",
        )
        | {
            "glossary/terms.yml": """
                concepts:
                  - id: child
                    domain: children
                    definition: {en: Every person under eighteen, fr: Toute personne de moins de dix-huit ans}
                    terms:
                      en: [{term: child, status: preferred, forms: [children]}]
                      fr: [{term: enfant, status: preferred}]
                    origin: CRC art. 1
                    certainty: A
            """
        }
        | clause("see", see + more, voir + encore)
        | clause("tell", words, french)
        | clause("twin", words, french)
        | clause("twice", "to say it again", "de le redire")
        | clause("thrice", "to say it again", "de le redire"),
    )
    assert main(["-C", str(root), "circulate", "ours", "--until", "2099-03-01"]) == 0
    assert main(["-C", str(root), "decide", "c1", "--as", "malta", "--approve"]) == 0
    return root


def edited(root: Path, name: str) -> None:
    file, *words = EDITS[name]
    text = (root / file).read_text(encoding="utf-8")
    for old, new in zip(words[::2], words[1::2], strict=True):
        assert old in text, name
        text = text.replace(old, new)
    (root / file).write_text(text, encoding="utf-8")


@contextmanager
def as_it_was(root: Path) -> Iterator[Path]:
    """The workspace, as it was again afterwards."""
    files = {file: (root / file).read_bytes() for file in (OURS, WAIT, SEE, TELL, STRINGS)}
    try:
        yield root
    finally:
        for file, data in files.items():
            (root / file).write_bytes(data)


@pytest.fixture
def edit(put: Path) -> Iterator[Path]:
    """The workspace, which a test may edit."""
    with as_it_was(put) as root:
        yield root


def changed(root: Path) -> set[str]:
    """The names of what the register holds for changed."""
    root = workspace(root)
    snap = snapshot(root, "ours")
    with opened(root, snap.library) as register, register.reading() as reader:
        history = history_of(reader, snap.keys)
    found = {id_ for id_, texts in snap.now.texts.items() if current_clause(history, id_, texts) is None}
    return found | (set() if current_document(history, snap.now) else {"ours"})


def is_told(root: Path) -> None:
    """Nothing that the register holds for changed is called the same, since its version or since a member approved."""
    told = changed(root)
    for reference in told - {"twin"}:  # which is on record nowhere
        assert not compare(root, reference).same, reference
        assert not compare(root, reference, "malta").same, reference


@pytest.mark.parametrize("name", EDITS)
def test_each_of_these_changes_is_told(edit: Path, name: str) -> None:
    edited(edit, name)
    assert "ours" in changed(edit)
    is_told(edit)


@settings(max_examples=8, deadline=None)
@given(names=st.sets(st.sampled_from([*EDITS]), min_size=2, max_size=4))
def test_and_any_of_them_together(put: Path, names: set[str]) -> None:
    """Where one takes the words of another, that is left out; where one takes a clause that another leads to, both."""
    with as_it_was(put):
        for name in sorted(names):
            if all(old in (put / EDITS[name][0]).read_text(encoding="utf-8") for old in EDITS[name][1::2]):
                edited(put, name)
        with suppress(FindingsError):
            is_told(put)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("a value typed", "= wait: to wait until {{ until }}, and not after [-{{ until }}-]{+2030+}"),
        ("a footnote of another name", "= tell: to tell[^[-n-]{+m+}]"),
        ("another clause in the same words", "= its clauses: wait twice thrice see [-tell-]{+twin+}"),
        ("who adopts it", "= who adopts it: [-body-]{+each+}"),
        ("words around the decisions", "= the words around the decisions: [-Reservations-]{+On Reservations+}"),
    ],
)
def test_what_no_mark_shows_is_said_in_a_line(
    edit: Path, name: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(edit, name)
    assert main(["-C", str(edit), "diff", "ours", "-l", "en"]) == 1
    shown = capsys.readouterr().out
    assert line in shown
    assert "the same\n" not in shown
    assert main(["-C", str(edit), "diff", "ours", "-l", "en", "--json"]) == 1
    (written,) = json.loads(capsys.readouterr().out)["written"]
    assert written["printed"]


def test_and_in_files(edit: Path, tmp_path: Path) -> None:
    edited(edit, "a value typed")
    page = tmp_path / "changes.html"
    assert main(["-C", str(edit), "diff", "ours", "-l", "en", "--html", str(page)]) == 1
    said = "but written otherwise (a value, a mark, or where a link leads): wait."
    assert said in page.read_text(encoding="utf-8")
    edited(edit, "who adopts it")
    assert main(["-C", str(edit), "diff", "ours", "-l", "fr", "--html", str(page)]) == 1
    assert "L’auteur de l’adoption du texte a changé." in page.read_text(encoding="utf-8")
    assert main(["-C", str(edit), "diff", "ours", "-l", "en", "--pdf", str(tmp_path / "changes.pdf")]) == 1
    assert main(["-C", str(edit), "diff", "ours", "-l", "en", "--docx", str(tmp_path / "changes.docx")]) == 1
