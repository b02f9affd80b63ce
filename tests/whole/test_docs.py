"""The pages say what is true: their commands run, their examples are right, their tables and pictures are there.

`PARAPH_REGENERATE=1 pytest tests/whole/test_docs.py` writes the parts between “generated” marks anew.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from desk import clause, desk, text_of
from paraph.__main__ import COMMANDS, main
from paraph.library.load import load
from paraph.library.rules import table
from paraph.library.shapes.reference import reference
from paraph.model.document import Edition
from paraph.model.form import PART_KINDS
from paraph.model.workspace import Brand
from paraph.render.docx import template as docx_template
from paraph.render.formats import FORMATS
from paraph.render.html import page as html
from paraph.render.kit import Kit
from paraph.starter import starter
from paraph.workflow.check import check
from paraph.workflow.files import copy_workspace
from paraph.workflow.inventory import shown
from paths import ROOT
from samples import BRAND, tiny

PAGES = ("README.md", "CHANGELOG.md", "statements/README.md", *sorted(f"docs/{p.name}" for p in ROOT.glob("docs/*.md")))
_FENCE = re.compile(r"^```(\S*)[ ]?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_GENERATED = re.compile(r"(?<=<!-- generated: )(\w+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
_EXAMPLES = {
    "workspace": "paraph.yml",
    "institutions": "statements/institutions.yml",
    "countries": "statements/countries.yml",
    "clause": "statements/clauses/examples/{id}.yml",
    "manifest": "statements/appeals/{id}.yml",
    "form": "templates/{id}/form.yml",
    "strings": "templates/strings.yml",
    "glossary": "glossary/examples.yml",
}
"""Where an example of docs/formats.md stands in a workspace, by the word after “yaml”."""
_LARGEST_PICTURE = 80_000


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str) -> Iterator[tuple[str, str, str]]:
    """The fenced blocks of a page: language, what stands after it, text."""
    for match in _FENCE.finditer(page(name)):
        yield match[1], match[2], match[3]


# --- commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in PAGES if any(block[0] == "console" for block in blocks(name))])
def test_the_commands_of_a_page_work(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order: README.md in an empty folder, other pages in a workspace; files that a page shows are saved there."""
    if name != "README.md":
        copy_workspace(starter(), tmp_path / "workspace")
        tmp_path /= "workspace"
    monkeypatch.chdir(tmp_path)
    for language, more, text in blocks(name):
        if "/" in more:
            Path(more).parent.mkdir(parents=True, exist_ok=True)
            Path(more).write_text(text, encoding="utf-8")
        if language == "console":
            for line in re.findall(r"^\$ (.*)$", text, re.MULTILINE):
                match shlex.split(line, comments=True):
                    case ["cd", folder]:
                        monkeypatch.chdir(folder)
                    case ["paraph", *arguments]:
                        assert main(arguments) == 0, line
                    case _:
                        pytest.fail(f"{name}: only paraph and cd can be tried here: {line}")


def test_every_command_is_in_the_readme() -> None:
    table = page("README.md").partition("\n## Commands\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"`paraph (\w+)", table)) == set(COMMANDS)


# --- examples and generated parts ------------------------------------------------------------------------------------


def examples(root: Path) -> Path:
    """The examples of docs/formats.md as a workspace."""
    for language, kind, text in blocks("docs/formats.md"):
        if language == "yaml":
            named = re.search(r"^id: (\S+)$", text, re.MULTILINE)
            path = root / _EXAMPLES[kind].format(id=named[1] if named else "")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root


def test_the_examples_are_a_workspace_without_faults(tmp_path: Path) -> None:
    assert check(examples(tmp_path)).findings == ()
    assert {kind for language, kind, _ in blocks("docs/formats.md") if language == "yaml"} == set(_EXAMPLES)


def example_shown(root: Path) -> str:
    """The example document as `paraph show` prints it."""
    text = "\n".join(shown(examples(root), "heard-and-understood", "en")).replace("\u00a0", " ")
    return f"```text\n{text}\n```\n"


GENERATED: Mapping[str, Mapping[str, Callable[[Path], str]]] = {
    "docs/formats.md": {"shown": example_shown, "keys": lambda _: f"\n{reference()}\n"},
    "docs/findings.md": {"rules": lambda _: f"\n{table()}\n"},
}


@pytest.mark.parametrize("name", GENERATED)
def test_the_generated_parts_are_current(name: str, tmp_path: Path) -> None:
    made = {part: make(tmp_path) for part, make in GENERATED[name].items()}
    assert {match[1] for match in _GENERATED.finditer(page(name))} == set(made)
    text = _GENERATED.sub(lambda match: match[1] + match[2] + made[match[1]], page(name))
    if os.environ.get("PARAPH_REGENERATE"):
        (ROOT / name).write_text(text, encoding="utf-8")
    assert page(name) == text, "PARAPH_REGENERATE=1 pytest tests/whole/test_docs.py writes it anew"


def test_values_print_as_the_table_says(tmp_path: Path) -> None:
    """Each row of the table of types, and the list below it, in the shipped workspace."""
    text = page("docs/formats.md").partition("\n## Values\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)`.* \| (.+) \| (.+) \|$", text, re.MULTILINE)
    kinds = {kind: (kind, value, en, fr) for kind, value, en, fr in rows if kind not in ("text", "number")}
    for number, (value, en, fr) in enumerate((("12500", "12,500", "12 500"), ("3.5", "3.5", "3,5"))):
        assert "| `number` | `12500`, `3.5` | 12,500 and 3.5 | 12 500 et 3,5 |" in text
        kinds[f"number_{number}"] = ("number", value, en, fr)
    kinds["several"] = ("list[country]", "[MA, CI]", "Côte d’Ivoire and Morocco", "Côte d’Ivoire et Maroc")
    assert "`[MA, CI]` prints “Côte d’Ivoire and Morocco”" in text
    declared = "".join(f"  {name}: {kind[0]}\n" for name, kind in kinds.items())
    given = "".join(f"  {name}: {kind[1]}\n" for name, kind in kinds.items())
    printed = " / ".join(f"{{{{ {name} }}}}" for name in kinds)
    files = clause("all", printed, printed, kind="position", more=f"values:\n{declared}")
    files["statements/statements/types.yml"] = (
        "id: types\nform: statement\ntitle: {en: Types, fr: Types}\nnetworks: [aom]\n"
        f"values:\n{given}sections:\n  - {{id: s, style: prose, clauses: [all]}}\n"
    )
    root = desk(tmp_path, files)
    for language, column in (("en", 2), ("fr", 3)):
        lines = [re.sub("[\u00a0\u202f]", " ", line) for line in text_of(root, "types", language)]
        assert " / ".join(kind[column] for kind in kinds.values()) + "." in lines


# --- what templates may use ------------------------------------------------------------------------------------------


def named_in(name: str, heading: str) -> set[str]:
    """The names in the first column of the table under a heading: `name`, {{ name }} or page.name."""
    section = page(name).partition(f"\n{heading}\n")[2]
    rows = re.findall(r"^\| (`.*?) \|", re.split(r"^#", section, maxsplit=1, flags=re.MULTILINE)[0], re.MULTILINE)
    return {word for row in rows for word in re.findall(r"`(?:\{\{ )?(?:page\.)?([\w-]+)(?: \}\})?`", row)}


def test_every_part_is_described() -> None:
    assert named_in("docs/templates.md", "### Parts") == set(PART_KINDS)


def test_every_role_of_the_shipped_forms_is_described() -> None:
    library, _ = load(starter())
    assert library is not None
    styled = {style.role for form in library.forms.values() for style in form.styles.values()}
    roles = styled | {part.role for form in library.forms.values() for part in form.parts if part.role}
    section = page("docs/templates.md").partition("\n### Roles\n")[2]
    assert roles - set(re.findall(r"`([\w-]+)`", section)) == set()


def test_every_field_of_word_is_described() -> None:
    known = set(docx_template.values(tiny("Text"), Kit(files={}, brand=BRAND)))
    assert named_in("docs/templates-word.md", "## Fields: what the house says") == known | {"logo"}


def test_every_field_of_page_html_is_described() -> None:
    kit = Kit(files={"page.css": (starter() / "templates/common/page.css").read_bytes()}, brand=BRAND)
    assert named_in("docs/templates.md", "## HTML") == set(html.page(Edition(documents=(tiny("Text"),)), kit))


def test_every_brand_key_is_described() -> None:
    assert named_in("docs/templates.md", "## The brand: all formats at once") == {one.name for one in fields(Brand)}


# --- links, pictures, figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    prose = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page(name)))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            found = (ROOT / name).parent / path if path else ROOT / name
            assert found.exists(), target
            if anchor:
                heads = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}, target


def test_pictures_are_small_and_used() -> None:
    pictures = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in ROOT.glob("docs/img/*")}
    text = "".join(page(name) for name in PAGES)
    assert [name for name in pictures if name.removeprefix("docs/") not in text] == []
    assert [name for name, size in pictures.items() if size > _LARGEST_PICTURE] == []


def test_figures_are_those_of_what_is_shipped() -> None:
    library, _ = load(starter())
    assert library is not None
    counted = {
        "clauses": len(library.clauses),
        "documents": len(library.manifests),
        "members": len(library.institutions),
        "concepts": len(library.concepts),
    }
    text = "".join(page(name) for name in PAGES)
    claims = re.findall(r"\b(\d+) (?:glossary )?(clauses|documents|members|concepts)\b", text)
    assert {what for _, what in claims} >= {"clauses", "concepts"}
    assert [claim for claim in claims if int(claim[0]) != counted[claim[1]]] == []
    assert min(counted["clauses"], counted["concepts"]) >= 60


def test_every_format_is_in_the_readme() -> None:
    assert [name for name in FORMATS if name.upper() not in page("README.md").upper()] == []
