"""The words of a PDF, by poppler's pdftotext where it is installed: lines, joined to paragraphs as far as they tell."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from paraph.errors import UsageError
from paraph.guarded import refusal
from paraph.legacy.blocks import Block, BlockKind, Remarks
from paraph.legacy.clean import clean
from paraph.model.text import Text

_SECONDS = 60
_MOST = 2_000_000
_NEW = re.compile(
    r"^\s*(?:[•◦▪●■–—*·-]\s|\(?(?:\d{1,3}\s?|[a-z]|[ivx]{1,5})[.)]\s|\([a-z]\)\S|(?:\d{1,3}|[a-z])[-/]\s)"
)
_MARK = re.compile(r"[•◦▪●■]|\d{1,2}[.)]|\(?[a-z]\)")
"""A bullet, or a number that a tab parts from its words, on a line of its own."""
_ENDS = (".", ":", ";", "؛", "!", "?", "؟")
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"^\s*(?:[-–]\s*)?\d{1,3}(?:\s*[-–/]\s*\d{0,3})?\s*$")


def read(data: bytes, file: str, remarks: Remarks) -> list[Block]:
    """The paragraphs of a PDF. Raises UsageError where pdftotext is missing, FindingsError where it finds no words."""
    program = shutil.which("pdftotext")
    if program is None:
        advice = "Install poppler (poppler-utils), or save the PDF’s text from a word processor as DOCX."
        raise UsageError("a PDF cannot be read here: pdftotext is missing", advice)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.pdf"
        path.write_bytes(data)
        try:
            done = subprocess.run(  # noqa: S603  # pdftotext's own path, fixed arguments
                [program, "-enc", "UTF-8", "-q", str(path), "-"], capture_output=True, check=False, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired:
            raise refusal(file, f"the PDF takes more than {_SECONDS} seconds", "Save its text as DOCX.") from None
    text = done.stdout[:_MOST].decode("utf-8", "replace")
    if done.returncode or not text.strip():
        raise refusal(file, "no words can be read in this PDF", "It may be pictures of pages: ask for the text.")
    remarks.add("import-pdf", 0, "paragraphs and lists were guessed from a PDF", "Compare each with the page.")
    blocks: list[Block] = []
    for paragraph in _paragraphs(text, remarks):
        words = clean(paragraph, len(blocks) + 1, remarks).strip()
        if words:
            blocks.append(Block(BlockKind.PARAGRAPH, (Text(words),), at=len(blocks) + 1))
    return blocks


def _running(text: str) -> set[str]:
    """Lines that stand on most pages, but for their figures: heads, feet and numbers of pages."""
    pages = [page for page in text.split("\f") if page.strip()]
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_DIGITS.sub("#", line.strip()) for line in page.splitlines() if line.strip()})
    return {line for line, count in counts.items() if count >= 3 and count > len(pages) / 2}


def _paragraphs(text: str, remarks: Remarks) -> list[str]:
    """Lines joined. A blank line, the mark of a list, or a line before that ended something begin anew."""
    made: list[str] = []
    fresh, begun = True, False
    longest = max((len(line) for line in text.splitlines()), default=0)
    before, marks = "", list[str]()  # bullets and numbers on lines of their own, before the items that they belong to
    running = _running(text)
    if running:
        remarks.add("import-pdf", 0, f"left out, as it stands on every page: {'; '.join(sorted(running))}", sure=True)
    for line in text.replace("\f", "\n\n").splitlines():
        bare = line.strip()
        if not bare or _PAGE.match(bare) or _DIGITS.sub("#", bare) in running:
            fresh = fresh or not bare
            continue
        if _MARK.fullmatch(bare):
            marks.append(bare)
            continue
        ended = bool(made) and _ended(before, bare, longest, title=len(made) == 1)
        if marks and (fresh or ended or not begun or before.endswith(_ENDS)):
            begun = True
            made.append(f"{marks.pop(0)} {bare}")
            before, fresh = bare, False
            continue
        begun = begun and bool(marks)
        if fresh and made and made[-1] and not made[-1].endswith(_ENDS) and bare[:1].islower():
            fresh = False  # a paragraph that goes on over a page or a gap
        if fresh or ended or _NEW.match(bare) or not made:
            made.append(bare)
        elif made[-1].endswith("-") and bare[:1].islower():
            whole = f"{made[-1].split()[-1]}{bare.split()[0]}"
            message = f"“{whole}” was joined at a line’s end"
            remarks.add("import-hyphen", len(made), message, "See whether the hyphen belongs to the word.")
            made[-1] = made[-1][:-1] + bare
        else:
            made[-1] += " " + bare
        before, fresh = bare, False
    return made


def _ended(before: str, line: str, longest: int, *, title: bool) -> bool:
    """Whether a paragraph ended with the line `before`; `title`: it was the first, which ends in no mark."""
    short = len(before) < 0.75 * longest
    if short and before.endswith(_ENDS):
        return True
    if not line[:1].isupper() or line.isupper():
        return False
    if before.isupper() and len(before) > 3:  # a title in capitals, and what is below it
        return True
    if len(f"{before} {line.split()[0]}") < 0.8 * longest:  # that word would have had room
        return True
    full = len(before) > 0.9 * longest
    return before.endswith((";", ":", "؛")) or (short and before.endswith((",", "،"))) or (title and not full)
