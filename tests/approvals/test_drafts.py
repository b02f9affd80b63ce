"""What drafts say of the register: built again when something about them was recorded; made also where it is not there.

Rehearsals all.
"""

from __future__ import annotations

import pytest

from desk import clause
from paraph.register.store import Register
from rehearsal import DOCUMENT, Rehearsal

OTHER = DOCUMENT.replace("id: rehearsal", "id: other").replace("[detention, schooling]", "[health]")
BUILD = "build -l en -f html -o build"


def with_another(rehearsal: Rehearsal) -> Rehearsal:
    files = clause("health", "*Every child* is cared for", "*Tout enfant* est soigné", kind="position")
    for name, text in (files | {"statements/statements/other.yml": OTHER}).items():
        (rehearsal.root / name).write_text(text, encoding="utf-8")
    rehearsal.circulates()
    rehearsal.does("circulate other --until '2026-03-01 18:00'", BUILD)
    return rehearsal


def page(rehearsal: Rehearsal, document: str = "rehearsal") -> str:
    return (rehearsal.root / f"build/{document}.en.html").read_text(encoding="utf-8")


def built(rehearsal: Rehearsal) -> set[str]:
    """The documents whose files were written anew."""
    before = {path: path.stat().st_mtime_ns for path in (rehearsal.root / "build").glob("*.html")}
    rehearsal.does(BUILD)
    return {path.name.partition(".")[0] for path, then in before.items() if path.stat().st_mtime_ns != then}


def test_only_what_something_was_recorded_about_is_built_again(
    rehearsal_anywhere: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal = with_another(rehearsal_anywhere)
    assert built(rehearsal) == set()
    rehearsal.does("decide schooling --as malta --object 'Too weak'")
    assert built(rehearsal) == {"rehearsal"}
    assert "objections: 1" in page(rehearsal)
    rehearsal.does("register head --witness 'the minutes'")
    assert built(rehearsal) == set()
    if (rehearsal.root / "register.db").exists():  # of PostgreSQL there is no file to look at
        with monkeypatch.context() as patch:
            patch.setattr(Register, "open", lambda *_, **__: pytest.fail("what is as it was need not be asked again"))
            assert built(rehearsal) == set()
    rehearsal.does("decide schooling --as malta --withdraw 'Settled'", "decide other --as spain --approve")
    assert built(rehearsal) == {"rehearsal", "other"}
    for member in ("albania", "malta", "spain"):
        rehearsal.does(f"decide c2 --as {member} --approve")
    rehearsal.does("close c2")
    assert built(rehearsal) == {"other"}


def test_a_draft_says_where_the_register_cannot_be_read(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    with_another(rehearsal)
    known = page(rehearsal)
    assert "Register of approvals: " in known
    monkeypatch.setenv("PARAPH_REGISTER", "postgresql://nobody@127.0.0.1:1/rehearsal")
    out = rehearsal.does(BUILD)
    assert "[register-unread]" in out
    assert out.count("register-unread") == 1
    assert "Not known: the register of approvals could not be read" in page(rehearsal)
    assert "Register of approvals: " not in page(rehearsal)
    for command in ("release rehearsal", "status rehearsal", "decide c1 --as malta --approve", "close c1"):
        assert "could not be read" in rehearsal.refuses(command, 3)
    assert not (rehearsal.root / "releases").exists()
    monkeypatch.delenv("PARAPH_REGISTER")
    rehearsal.does(BUILD)
    assert page(rehearsal) == known
