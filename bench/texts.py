"""What the alternative is given: the texts of a document, already assembled, and a Word template for them.

`python texts.py WORKSPACE DOCUMENT FOLDER LANGUAGE…` writes FOLDER/<document>.<language>.json and FOLDER/template.docx.
Neither is part of what is timed: paraph assembles the texts within its own time, the alternative finds them ready.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from docx import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from paraph.assembly import assemble
from paraph.library.load import load_for
from paraph.model.document import Document
from paraph.model.text import Grid, Heading, Paragraph, Table, plain


def texts(document: Document) -> dict[str, object]:
    """The document as a mail-merge script would hold it: a title, and paragraphs each with a style and a number."""
    lines = []
    for block in document.blocks():
        match block:
            case Heading():
                lines.append({"style": f"Heading {block.level}", "number": "", "text": plain(block.inlines)})
            case Paragraph():
                number = block.number.label if block.number else ""
                lines.append(
                    {"style": "Numbered" if number else "Normal", "number": number, "text": plain(block.inlines)}
                )
            case Grid():
                lines += (
                    {"style": "Normal", "number": "", "text": plain(one.inlines)}
                    for cell in block.cells
                    for one in cell
                )
            case Table():
                lines += (
                    {"style": "Normal", "number": "", "text": " | ".join(plain(cell) for cell in row.cells)}
                    for row in block.rows
                )
    return {
        "title": document.title,
        "language": document.language.code,
        "letterhead": " · ".join(document.letterhead.names),
        "draft": document.draft,
        "lines": lines,
    }


def template(path: Path) -> None:
    """A template as one makes it in Word: letterhead, draft mark, and a loop over paragraphs in four styles."""
    word = WordDocument()
    word.styles["Normal"].font.size = Pt(11)
    numbered = word.styles.add_style("Numbered", 1)
    numbered.base_style = word.styles["Normal"]
    numbered.paragraph_format.left_indent, numbered.paragraph_format.first_line_indent = Cm(1), Cm(-1)
    header = word.sections[0].header.paragraphs[0]
    header.text, header.alignment = "{{ letterhead }}", WD_ALIGN_PARAGRAPH.CENTER
    word.sections[0].footer.paragraphs[0].text = "{{ draft }}"
    word.add_paragraph("{%p for line in lines %}")
    for style, test in (("Heading 1", "if"), ("Heading 2", "elif"), ("Numbered", "elif")):
        word.add_paragraph(f'{{%p {test} line.style == "{style}" %}}')
        word.add_paragraph("{{ line.number }}\t{{ line.text }}" if style == "Numbered" else "{{ line.text }}", style)
    word.add_paragraph("{%p else %}")
    word.add_paragraph("{{ line.text }}")
    word.add_paragraph("{%p endif %}")
    word.add_paragraph("{%p endfor %}")
    word.save(str(path))


def main(root: Path, name: str, folder: Path, languages: list[str]) -> None:
    library, findings, _ = load_for(root, [name])
    assert library is not None, findings
    for language in languages:
        document, _ = assemble(library, library.manifests[name], language)
        path = folder / f"{name}.{language}.json"
        path.write_text(json.dumps(texts(document), ensure_ascii=False), encoding="utf-8")
    template(folder / "template.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4:])
