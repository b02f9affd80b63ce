"""Review packets: a declaration of 60 clauses put to 200 made-up members, a Word file and a mail for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import yaml

from bench.generate import generate
from bench.measure import PARAPH, run
from bench.measures import Row

LANGUAGES = (("en",), ("fr",), ("en", "fr"), ("fr", "en"), ("ar", "fr"))
"""The working languages of members, in turn."""

DECLARATION = "large-declaration"


def packets(source: Path, work: Path, members: int, clauses: int) -> Iterator[Row]:
    """Packets written for all members, and for a tenth of them: the memory is that of one packet."""
    root = workspace(source, work / "packets", members, clauses)
    run([PARAPH, "circulate", DECLARATION, "--until", "2099-01-01"], root)
    some = [word for number in range(max(1, members // 10)) for word in ("--member", named(number))]
    few = run([PARAPH, "packet", "write", "c1", *some], root)
    shutil.rmtree(root / "build")
    all_ = run([PARAPH, "packet", "write", "c1"], root)
    assert len(list((root / "build" / "packets" / "c1").glob("*.docx"))) == members
    yield Row(f"paraph packet write, {len(some) // 2} of {members} members, {clauses} clauses", few)
    rate = f"{members / all_.wall:,.1f} packets/s"
    yield Row(f"paraph packet write, {members} members, {clauses} clauses", all_, few, "a tenth of them", rate=rate)
    yield from _read(root, members, clauses)


def _read(root: Path, members: int, clauses: int) -> Iterator[Row]:
    """Packets that came back as they were sent, read and compared; nothing is recorded."""
    files = sorted(map(str, (root / "build" / "packets" / "c1").glob("*.docx")))
    some = files[: max(1, members // 10)]
    few = run([PARAPH, "packet", "read", "--json", *some], root)
    all_ = run([PARAPH, "packet", "read", "--json", *files], root)
    rate = f"{members / all_.wall:,.1f} packets/s"
    yield Row(f"paraph packet read, {len(some)} of {members} members, {clauses} clauses", few)
    yield Row(f"paraph packet read, {members} members, {clauses} clauses", all_, few, "a tenth of them", rate=rate)


def workspace(source: Path, root: Path, members: int, clauses: int) -> Path:
    """A workspace with one declaration and these members, all of them made up."""
    made = generate(source, root, 20 * clauses, clauses)
    institutions = {named(number): _member(number) for number in range(members)}
    _write(root / "statements" / "institutions.yml", {"institutions": institutions})
    sections: dict[str, dict[str, object]] = {}
    taken: set[str] = set()
    for path in sorted((root / "statements" / "declarations").glob("*.yml")):
        manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.unlink()
        for section in manifest["sections"]:
            uses = sections.setdefault(section["id"], {**section, "clauses": []})["clauses"]
            assert isinstance(uses, list)
            for use in section["clauses"]:
                name = use if isinstance(use, str) else use["clause"]
                if name not in taken and len(taken) < clauses:
                    taken.add(name)
                    uses.append(use)
    assert len(taken) == clauses <= len(made.paths)
    manifest = {**manifest, "id": DECLARATION, "sections": list(sections.values())}
    _write(root / "statements" / "declarations" / f"{DECLARATION}.yml", manifest)
    return root


def named(number: int) -> str:
    """The id of a made-up member."""
    return f"member-{number + 1:03}"


def _member(number: int) -> dict[str, object]:
    return {
        "country": "MT",
        "names": [{"en": f"Member {number + 1}", "fr": f"Membre {number + 1}"}],
        "status": [{"status": "active"}],
        "networks": ["aom", "aomf"],
        "languages": list(LANGUAGES[number % len(LANGUAGES)]),
    }


def _write(path: Path, data: dict[str, object]) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
