"""The website: thousands of releases in four languages, against generators that make as many pages of Markdown.

One statement is released in earnest; the others are that one under other names, references and dates, each with its
files, digests and record, all of them in the register. Pelican and MkDocs are given the same texts; MkDocs, which
repeats its menu of all pages on every page, with a menu of nothing but the first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.measure import PARAPH, middle, run
from bench.measures import Row
from paraph.library.release_record import read_statement, write_statement
from paraph.model.event import Draft, Released, Subject
from paraph.model.release import RECORD, SUMS, Statement
from paraph.register.store import Register
from paraph.workflow.releases.shelf import folder_of

DOCUMENT = "hate-speech"
LANGUAGES = {"en": "en", "fr": "fr", "ar": "en", "es": "fr"}
"""Each language with the one whose words stand for it."""
MORE = 5
"""Releases after which the site is made again, one by one."""
YEARS = 20


def website(source: Path, work: Path, releases: int) -> Iterator[Row]:
    """Everything made, against Pelican and MkDocs; then after each of some releases more."""
    root = workspace(source, work / "site", releases)
    pages = releases * len(LANGUAGES)
    pelican = run(["pelican", "content", "-o", "out", "-s", "conf.py", "-q"], _pelican(root))
    yield Row(f"Pelican, {pages:,} pages", pelican)
    mkdocs = run(["mkdocs", "build", "-q"], _mkdocs(root))
    yield Row(f"MkDocs, {pages:,} pages", mkdocs)
    full = run([PARAPH, "publish"], root)
    name, rate = f"paraph publish, {pages:,} texts", f"{pages / full.wall:,.0f} texts/s"
    yield Row(name, full, pelican, "Pelican", goal="≥ 1", rate=rate)
    yield Row(name, full, mkdocs, "MkDocs", goal="≥ 1", rate=rate)
    costs = []
    for number in range(releases, releases + MORE):
        _add(root, number, 1)
        costs.append(run([PARAPH, "publish"], root))
    yield Row("paraph publish, after one release", middle(costs), full, "all", goal="≥ 50")
    yield Row("the first of them, where lists begin another page", costs[0], full, "all")
    yield Row("paraph publish, nothing new", run([PARAPH, "publish"], root), full, "all")


def workspace(source: Path, root: Path, releases: int) -> Path:
    """A workspace with so many releases but one."""
    if root.exists():
        shutil.rmtree(root)
    for name in ("paraph.yml", "statements", "templates", "glossary"):
        copy = shutil.copytree if (source / name).is_dir() else shutil.copy
        root.mkdir(parents=True, exist_ok=True)
        copy(source / name, root / name)
    run([PARAPH, "circulate", DOCUMENT, "--until", "2099-01-01"], root)
    for member in (
        "albania",
        "belgium",
        "benin",
        "cote-divoire",
        "france",
        "malta",
        "morocco",
        "north-macedonia",
        "spain",
    ):
        run([PARAPH, "decide", "c1", "--as", member, "--approve"], root)
    run([PARAPH, "close", "c1"], root)
    run([PARAPH, "release", DOCUMENT, "--reference", "R-0", "-f", "html", "-f", "md"], root)
    _add(root, 1, releases - 1)
    return root


def _add(root: Path, first: int, count: int) -> None:
    """Releases like the first one, by number."""
    model = root / "releases" / "R-0"
    statement = read_statement((model / RECORD).read_bytes())
    register = Register.open("sqlite:///register.db", root)
    begin = statement.record.released - dt.timedelta(days=365 * YEARS)
    drafts = []
    for number in range(first, first + count):
        released = begin + dt.timedelta(days=365 * YEARS * number / (first + count))
        reference = f"R-{number}"
        document = _document(statement, number)
        files = _files(
            model,
            root / "releases" / folder_of(reference),
            statement,
            document,
            reference,
            released.replace(microsecond=0),
        )
        fact = Released(
            reference=reference,
            subject=document,
            clauses=(),
            files=files,
            sources=statement.record.sources,
        )
        drafts.append(Draft(fact=fact, request=reference))
    register.append(lambda reader: drafts, statement.record.released)
    register.close()


def _document(statement: Statement, number: int) -> Subject:
    """A document of its own, so that none takes the place of another."""
    return replace(statement.record.document, id=f"{DOCUMENT}-{number}")


def _files(
    model: Path, folder: Path, statement: Statement, document: Subject, reference: str, released: dt.datetime
) -> dict[str, str]:
    folder.mkdir()
    made = []
    for code, words in LANGUAGES.items():
        for ending in ("html", "md"):
            data = (model / f"{DOCUMENT}.{words}.{ending}").read_bytes().replace(b"R-0", reference.encode())
            old = next(one for one in statement.files if one.name == f"{DOCUMENT}.{words}.{ending}")
            name, digest = f"{document.id}.{code}.{ending}", hashlib.sha256(data).hexdigest()
            (folder / name).write_bytes(data)
            made.append(replace(old, name=name, digest=digest, languages=(code,), size=len(data)))
    record = statement.record
    issues = {one.code: one for one in record.languages}
    languages = tuple(
        replace(issues[words], code=code, title=f"{issues[words].title} {reference}")
        for code, words in LANGUAGES.items()
    )
    record = replace(record, reference=reference, document=document, released=released, languages=languages)
    data = write_statement(Statement(files=tuple(made), record=record))
    (folder / RECORD).write_bytes(data)
    digests = {one.name: one.digest for one in made} | {RECORD: hashlib.sha256(data).hexdigest()}
    (folder / SUMS).write_text("".join(f"{digests[name]}  {name}\n" for name in sorted(digests)))
    return digests


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    """Name and Markdown of every text, without its front matter."""
    for folder in sorted((root / "releases").iterdir()):
        for path in sorted(folder.glob("*.md")):
            yield f"{folder.name}-{path.name.split('.')[1]}", path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]


def _pelican(root: Path) -> Path:
    folder = root.parent / "pelican"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "content").mkdir(parents=True)
    for n, (name, text) in enumerate(_texts(root)):
        head = f"Title: {name}\nDate: {2007 + n % YEARS}-01-01\nSlug: {name}\nCategory: theme-{n % 8}\n\n"
        (folder / "content" / f"{name}.md").write_text(head + text, encoding="utf-8")
    (folder / "conf.py").write_text(
        "SITENAME='x'\nSITEURL=''\nTIMEZONE='UTC'\nDEFAULT_LANG='en'\nDEFAULT_PAGINATION=50\n"
    )
    return folder


def _mkdocs(root: Path) -> Path:
    folder = root.parent / "mkdocs"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "docs").mkdir(parents=True)
    for name, text in _texts(root):
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# x\n")
    (folder / "mkdocs.yml").write_text("site_name: x\nnav: [index.md]\nvalidation: {nav: {omitted_files: ignore}}\n")
    return folder
