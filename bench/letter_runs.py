"""One way to make letters, measured in a process of its own: `python -m bench.letter_runs WAY FOLDER COUNT`.

`prepare` writes what all ways are given: the shipped letter as a template for each of them, with the same words
around the same seven values, and made-up recipients. Starting, loading and the first letter are not counted, for
anybody.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench.measures import ROOT
from paraph.model.document import Edition
from paraph.model.letter import Recipient, leaves, personal, slotted
from paraph.render.docx import document as docx
from paraph.render.docx import stencil
from paraph.render.html import page as html
from paraph.render.pdf.document import Press
from paraph.render.pdf.tree import edition_tree
from paraph.render.stencil import marked
from paraph.workflow.letters.job import Job, Maker
from paraph.workflow.letters.places import FolderWriter
from paraph.workflow.letters.plan import Order, planned
from paraph.workflow.letters.worker import made

PEOPLE = 500
_TOKEN = re.compile(r"\(?zq([0-9]{5})zq")


def job() -> Job:
    table = ROOT / "statements/letters/rehearsal.csv"
    return planned(ROOT, Order(document="letter-authorities", table=table, shown=table.name, out=Path())).job


def person(number: int) -> Recipient:
    """A made-up recipient, whose letter has the shape of all others."""
    return Recipient(
        line=number,
        name=f"{number:06}-office",
        language="en",
        asked="en",
        lines=(f"Rehearsal Office {number} & Sons <Ltd>", f"{number} Made-up Street", f"{10_000 + number} NOWHERE"),
        salutation=f"Dear Reader {number}",
        vocative=f"Reader {number}",
        reference=f"REH-2026/{number}",
    )


def prepare(folder: Path) -> None:
    """The templates, the recipients' words as JSON, and the page that WeasyPrint prints."""
    folder.mkdir(parents=True, exist_ok=True)
    given = job()
    document = given.documents["en", True, ""]
    tokens, _ = marked(document, person(0).values)
    letter = docx.render(Edition(documents=(tokens,)), given.kit)
    for name, tag in (("docxtpl", "{{{{ w{} }}}}"), ("node", "{{w{}}}")):
        with zipfile.ZipFile(io.BytesIO(letter)) as old, zipfile.ZipFile(folder / f"{name}.docx", "w", 8) as new:
            for part in old.namelist():
                text = _TOKEN.sub(lambda found, tag=tag: tag.format(int(found[1])), old.read(part).decode())
                new.writestr(part, text)
    people = [dict(zip_words(given, person(number))) for number in range(PEOPLE)]
    (folder / "people.json").write_text(json.dumps(people), encoding="utf-8")
    kit = replace(given.kit, attachments=())
    page = html.render(Edition(documents=(personal(document, person(0).values),)), kit)
    (folder / "letter.html").write_bytes(page)


def zip_words(given: Job, one: Recipient) -> list[tuple[str, str]]:
    words, _ = leaves(slotted(given.documents["en", True, ""]), one.values, rtl=False)
    return [(f"w{number}", word) for number, word in enumerate(words)]


def ours(
    folder: Path, count: int, format_: str, put: Callable[[str, str, bytes], object], isal: bool = False
) -> Callable[[], None]:
    """Each letter is made, and looked at, as `paraph letters` does it; with the checksums of zlib or of isal."""
    from isal import isal_zlib

    stencil.crc32 = isal_zlib.crc32 if isal else zlib.crc32
    maker = Maker(job())
    maker.make(person(0), format_)

    def run() -> None:
        for number in range(count):
            one = person(number)
            put(f"{one.name}.{format_}", "a key of 24 characters: x", maker.make(one, format_))

    return run


def shapes(folder: Path, count: int) -> Callable[[], None]:
    """PDFs of 16 shapes, as a table of recipients in four languages has them, in chunks of a hundred of the order in
    which a run takes two thousand."""
    maker, people = Maker(job()), []
    for number in range(count):
        one = person(number)
        lines = (*one.lines, *(f"Floor {line}" for line in range(number // 4 % 4)))
        people.append(replace(one, language=("en", "fr", "es", "ar")[number % 4], lines=lines))
    for one in people[:16]:
        maker.make(one, "pdf")
    people.sort(key=lambda one: (one.which, len(one.lines)))

    def run() -> None:
        for at in range(0, count, 100):
            made(
                maker,
                lambda name, key, data: b"",
                [(one, "", (("pdf", one.name),)) for one in people[at : at + 100]],
            )

    return run


def plain_pdf(folder: Path, count: int) -> Callable[[], None]:
    """A plain loop: one compiler, which is given the whole letter each time; nothing is proved."""
    given = job()
    document = given.documents["en", True, ""]
    editions = [Edition(documents=(personal(document, person(n).values),)) for n in range(count + 1)]
    press = Press.of(editions[0], given.kit)

    def one(edition: Edition) -> None:
        press.set(json.dumps(edition_tree(edition, given.kit), ensure_ascii=False))

    one(editions.pop())
    return lambda: [one(edition) for edition in editions]  # type: ignore[return-value]  # nobody looks at it


def docxtpl(folder: Path, count: int, files: bool) -> Callable[[], None]:
    """As docxtpl's documentation has it: a template is opened, rendered and saved for each letter; values escaped."""
    from docxtpl import DocxTemplate

    people = json.loads((folder / "people.json").read_text())
    out = folder / "docxtpl"
    out.mkdir(exist_ok=True)

    def run() -> None:
        for number in range(count):
            template = DocxTemplate(folder / "docxtpl.docx")
            template.render(people[number % PEOPLE], autoescape=True)
            template.save(out / f"{number:06}.docx" if files else io.BytesIO())

    return run


def weasyprint(folder: Path, count: int) -> Callable[[], None]:
    from weasyprint import HTML

    page = (folder / "letter.html").read_text(encoding="utf-8")

    def run() -> None:
        for number in range(count):
            text = page.replace("Dear Reader 0", f"Dear Reader {number}")
            HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")

    return run


def libreoffice(folder: Path, count: int) -> Callable[[], None]:
    """One start for all files, as fast as it can be asked to."""
    source, out = folder / "to-print", folder / "printed"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    maker = Maker(job())
    for number in range(count):
        (source / f"{number:06}.docx").write_bytes(maker.make(person(number), "docx"))
    command = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "pdf"]
    files = [str(path) for path in sorted(source.iterdir())]
    subprocess.run([*command, "--outdir", str(out), files[0]], check=True, capture_output=True)  # makes its profile
    return lambda: subprocess.run([*command, "--outdir", str(out), *files], check=True, capture_output=True)  # type: ignore[return-value]


def deflate(folder: Path, count: int) -> Callable[[], None]:
    """Only packing: the parts of a letter, which are there already, deflated by zlib 6 into a ZIP."""
    data = Maker(job()).make(person(0), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def run() -> None:
        for _ in range(count):
            with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                for name, part in parts.items():
                    archive.writestr(name, part)

    return run


def write(folder: Path, count: int) -> Callable[[], None]:
    """Only writing: the same bytes, under one name after another."""
    out = fresh(folder / "written")
    data, put = Maker(job()).make(person(0), "docx"), FolderWriter(str(out))

    def run() -> None:
        for number in range(count):
            put(f"{number:06}.docx", "a key of 24 characters: x", data)

    return run


def zipped(folder: Path, count: int) -> Callable[[], None]:
    path = folder / "letters.zip"
    opened: list[zipfile.ZipFile] = []
    make = ours(folder, count, "docx", lambda name, key, data: opened[0].writestr(name, data))

    def run() -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            opened[:] = [archive]
            make()

    return run


def fresh(path: Path) -> Path:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


WAYS: dict[str, Callable[[Path, int], Callable[[], None]]] = {
    "paraph-docx": lambda folder, count: ours(folder, count, "docx", lambda name, key, data: None),
    "paraph-docx-isal": lambda folder, count: ours(folder, count, "docx", lambda name, key, data: None, isal=True),
    "paraph-docx-files": lambda folder, count: ours(folder, count, "docx", FolderWriter(str(fresh(folder / "files")))),
    "paraph-docx-zip": zipped,
    "docxtpl": lambda folder, count: docxtpl(folder, count, files=False),
    "docxtpl-files": lambda folder, count: docxtpl(folder, count, files=True),
    "paraph-pdf": lambda folder, count: ours(folder, count, "pdf", lambda name, key, data: None),
    "paraph-pdf-shapes": shapes,
    "plain-pdf": plain_pdf,
    "weasyprint": weasyprint,
    "libreoffice": libreoffice,
    "deflate": deflate,
    "write": write,
}


def same(folder: Path) -> None:
    """What docxtpl makes of its template is what paraph makes: every part of XML, in canonical form."""
    from docxtpl import DocxTemplate
    from lxml import etree

    template, filled = DocxTemplate(folder / "docxtpl.docx"), io.BytesIO()
    template.render(json.loads((folder / "people.json").read_text())[7], autoescape=True)
    template.save(filled)
    ours = Maker(job()).make(person(7), "docx")
    with zipfile.ZipFile(filled) as theirs, zipfile.ZipFile(io.BytesIO(ours)) as own:
        for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/footer2.xml"):
            one, other = (etree.tostring(etree.fromstring(each.read(name)), method="c14n") for each in (theirs, own))
            assert one == other, name


def main() -> None:
    way, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if way == "prepare":
        prepare(folder)
        same(folder)
        return
    run = WAYS[way](folder, count)
    before, children, wall = time.process_time(), os.times(), time.perf_counter()
    run()
    after = os.times()
    used = time.process_time() - before
    used += after.children_user + after.children_system - children.children_user - children.children_system
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"cpu": used, "wall": time.perf_counter() - wall, "peak": peak}))


if __name__ == "__main__":
    main()
