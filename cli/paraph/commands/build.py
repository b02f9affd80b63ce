"""paraph build."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paraph.commands.arguments import document_argument, language_option, near
from paraph.commands.report import print_findings, show_error
from paraph.errors import FindingsError, UsageError

if TYPE_CHECKING:
    from paraph.workflow.building.build import Built, Progress, Request

_FORMATS = ("docx", "pdf", "html", "odt", "epub", "md", "akn", "large-print", "press")


@click.command()
@document_argument
@language_option
@click.option("-f", "--format", "formats", multiple=True, type=click.Choice(_FORMATS), help="Default: docx, pdf, html.")
@click.option("--edition", "members", multiple=True, metavar="MEMBER", help="A member’s own edition; several times.")
@click.option("--all-editions", is_flag=True, help="Every member’s own edition.")
@click.option("--print", "press", is_flag=True, help="PDF for a print shop too: bleed, crop and fold marks.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder for the files. Default: build/.")
@click.option("--pdf-from", type=click.Choice(["typst", "docx"]), default="typst", help="docx: print the DOCX itself.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Processes. Default: one a core.")
@click.option("--force", is_flag=True, help="Build again what has not changed.")
@click.option("--watch", is_flag=True, help="Build again whenever a file changes, until Ctrl-C.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what is wrong.")
@click.option("--json", "json_", is_flag=True, help="Print what was written and found as JSON.")
@click.pass_obj
def command(
    folder: Path,
    documents: tuple[str, ...],
    editions: tuple[tuple[str, ...], ...],
    formats: tuple[str, ...],
    members: tuple[str, ...],
    all_editions: bool,
    press: bool,
    out: Path | None,
    pdf_from: str,
    jobs: int | None,
    force: bool,
    watch: bool,
    quiet: bool,
    json_: bool,
) -> int:
    """Assemble documents: DOCX, PDF, HTML and more.

    DOCUMENTS are ids or files; none means every document of the workspace. Files are named after the document and its
    languages: joint-declaration.en.pdf, joint-declaration.en-fr.docx. A version (joint-declaration@1) is built as it
    was put to the members, from what the register keeps of it.
    """
    from paraph.library.written.index import file_index
    from paraph.workflow.building.build import DEFAULT_FORMATS, Built, Request, build
    from paraph.workflow.building.editions import ALL
    from paraph.workflow.desk import documents_of, workspace

    if out is not None and out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file", "Name a folder after -o; it is made where it is not there.")
    root = workspace(folder)
    index = file_index(root)
    versions = tuple(name for name in documents if "@" in name)
    present = tuple(name for name in documents if name not in versions)
    chosen = documents_of(root, present, index) if present or not versions else ()
    if watch and versions:
        raise UsageError(f"{versions[0]} is on record and does not change", "Leave --watch out.")
    request = Request(
        documents=chosen,
        editions=editions,
        formats=tuple(dict.fromkeys((*(formats or DEFAULT_FORMATS), *(["press"] if press else [])))),
        members=(ALL,) if all_editions else tuple(dict.fromkeys(members)),
        out=(out or root / "build").resolve(),
        pdf_from=pdf_from,
        jobs=jobs or 0,
        force=force,
        remember=True,
    )
    if watch:
        return _watch(root, request)
    try:
        with _bar(quiet or json_ or len(chosen) < 2) as progress:
            built = build(root, request, progress, index)
        for version in versions:
            built = _with_version(root, built, version, request)
    except FindingsError as error:
        if not json_:
            raise
        click.echo(_as_json(Built(written=(), unchanged=(), findings=error.findings)))
        return error.exit_code
    if json_:
        click.echo(_as_json(built))
        return 0
    if built.findings:
        print_findings(built.findings)
    if not quiet:
        _say(built.written, len(built.unchanged))
    return 0


def _with_version(root: Path, built: Built, version: str, request: Request) -> Built:
    """What was built, with a version as it is on record."""
    from paraph.workflow.record.rebuild import rebuild

    again = rebuild(root, version, request)
    return replace(
        built, written=(*built.written, *again.written), findings=tuple(sorted({*built.findings, *again.findings}))
    )


@contextmanager
def _bar(hidden: bool) -> Iterator[Progress]:
    """A progress bar on a terminal: rate, time left, and the document at hand."""
    from paraph.workflow.building.build import Progress

    bars: list[Any] = []

    def start(total: int) -> None:
        if not hidden and sys.stderr.isatty():
            bar = click.progressbar(length=total, file=sys.stderr, show_pos=True, item_show_func=lambda item: item)
            bars.append(bar.__enter__())

    yield Progress(start=start, advance=lambda document: bars[0].update(1, document) if bars else None)
    for bar in bars:
        bar.__exit__(None, None, None)


def _as_json(built: Built) -> str:
    found = {
        "written": [str(path) for path in built.written],
        "unchanged": [str(path) for path in built.unchanged],
        "findings": [asdict(finding) for finding in built.findings],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _say(written: Sequence[Path], unchanged: int) -> None:
    for path in written:
        click.echo(near(path))
    if unchanged:
        click.echo(f"{unchanged} file{'s' if unchanged > 1 else ''} unchanged")


def _watch(root: Path, request: Request) -> int:
    """Build, and again after every change; what is wrong is shown and waited upon."""
    from paraph.errors import ParaphError
    from paraph.workflow.building.watch import rounds

    click.echo("Watching; Ctrl-C ends it.", err=True)
    for outcome in rounds(root, request):
        if isinstance(outcome, ParaphError):
            show_error(outcome)
        else:
            if outcome.findings:
                print_findings(outcome.findings)
            _say(outcome.written, 0 if outcome.written else len(outcome.unchanged))
    return 0
