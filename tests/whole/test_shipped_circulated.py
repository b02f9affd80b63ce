"""What ships, once it was put to the members: every sheet then says where the register stood. A rehearsal."""

from __future__ import annotations

from pathlib import Path

import pytest

from paraph.__main__ import main
from paraph.assembly import assemble
from paraph.library.load import load_for
from paraph.model.document import Record
from paraph.model.finding import errors
from paraph.starter import starter
from paraph.workflow.desk import documents_of
from paraph.workflow.files import copy_workspace


def test_every_language_can_say_where_the_register_stood() -> None:
    library, _, _ = load_for(starter(), [*documents_of(starter(), ())])
    assert library is not None
    for manifest in library.manifests.values():
        for language in manifest.languages:
            _, found = assemble(library, manifest, language, Record(head=f"1:{'a' * 16}"))
            assert errors(tuple(found)) == (), (manifest.id, language)


@pytest.mark.parametrize("document", ["your-rights", "your-rights-card", "your-rights-poster"])
def test_a_sheet_is_built_in_every_format(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_workspace(starter(), tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    assert main(["circulate", document, "--until", "2099-03-01"]) == 0, capsys.readouterr()
    formats = ("docx", "html", "large-print", "odt", "pdf")
    asked = ["build", document, "-l", "en", "-o", str(tmp_path / "out"), *(f"-f{one}" for one in formats)]
    assert main(asked) == 0, capsys.readouterr()
    made = {path.name.removeprefix(f"{document}.en.") for path in (tmp_path / "out").iterdir()}
    assert {"docx", "html", "large-print.pdf", "odt", "pdf"} <= made
