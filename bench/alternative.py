"""The alternative to `paraph build`: docxtpl makes the DOCX, LibreOffice prints the PDF, pandoc turns it into HTML.

`python alternative.py plain|tuned SOFFICE PROFILE PANDOC TEMPLATE OUT TEXTS.json…` knows nothing of paraph. *plain* is
the script that one writes first: document by document, one program after the other. *tuned* starts LibreOffice once for
all documents, and lets pandoc work meanwhile. Neither reads back what it made, tags its PDF or makes it PDF/A.
"""

import json
import subprocess
import sys
from pathlib import Path

from docxtpl import DocxTemplate

way, soffice, profile, pandoc, template, out, *texts = sys.argv[1:]
OFFICE = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", out]


def merged(path: Path) -> Path:
    document = DocxTemplate(template)
    document.render(json.loads(path.read_bytes()), autoescape=True)
    word = Path(out, f"{path.stem}.docx")
    document.save(word)
    return word


def to_html(word: Path) -> list[str]:
    return [pandoc, "--standalone", "--output", str(word.with_suffix(".html")), str(word)]


def plain() -> None:
    for path in texts:
        word = merged(Path(path))
        subprocess.run([*OFFICE, str(word)], check=True, capture_output=True)
        subprocess.run(to_html(word), check=True)


def tuned() -> None:
    words = [merged(Path(path)) for path in texts]
    office = subprocess.Popen([*OFFICE, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for word in words:
        subprocess.run(to_html(word), check=True)
    if office.wait():
        sys.exit("LibreOffice failed")


Path(out).mkdir(parents=True, exist_ok=True)
plain() if way == "plain" else tuned()
