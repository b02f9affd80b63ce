"""A member at work in LibreOffice, through its own API; run by the Python that has `uno`, usually the system's.

    python3 member.py SOFFICE PROFILE JOBS.json

Each job: {"source": file, "saves": {filter: file}, "does": [[what, …], …]}. Subjects are named by their place; a
decision table is found by the code in its first cell, as a person would.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

ROWS = {"approve": 2, "reserve": 3, "abstain": 4, "object": 5, "choice": 6, "words": 7}


def value(name, given):
    made = PropertyValue()
    made.Name, made.Value = name, given
    return made


class Member:
    def __init__(self, document):
        self.document = document

    def table(self, place):
        tables = self.document.TextTables
        for number in range(tables.Count):
            table = tables.getByIndex(number)
            if table.getCellByName("A1").String.strip("\u200e\u200f\u2066\u2069").startswith(f"{place} · "):
                return table
        raise AssertionError(f"no decision table of {place}")

    def cell(self, place, field):
        return self.table(place).getCellByName(f"B{ROWS[field]}")

    def portions(self, text):
        for paragraph in self.each(text):
            yield from self.each(paragraph)

    def each(self, what):
        found = what.createEnumeration()
        while found.hasMoreElements():
            yield found.nextElement()

    def tick(self, place, choice):
        """Click on the box; where it is no control any more, type over it."""
        cell = self.cell(place, choice)
        for portion in self.portions(cell):
            if portion.TextPortionType == "ContentControl":
                control = portion.ContentControl
                control.Checked = True
                if "\u2612" not in cell.String:
                    for inner in self.each(control):
                        inner.setString("\u2612")
                return
        cell.setString("\u2612")

    def type(self, place, field, text):
        """Select what is in a cell, and type."""
        self.cell(place, field).setString(text)

    def inside(self, place, field, text):
        """Type in the field itself."""
        for portion in self.portions(self.cell(place, field)):
            if portion.TextPortionType == "ContentControl":
                for inner in self.each(portion.ContentControl):
                    inner.setString(text)
                    return
        self.type(place, field, text)

    def change(self, old, new, tracked):
        """Search and replace, once."""
        self.document.RecordChanges = tracked
        search = self.document.createSearchDescriptor()
        search.SearchString = old
        found = self.document.findFirst(search)
        assert found is not None, old
        found.setString(new)

    def add_below(self, words, new):
        """Press Enter at the end of the paragraph with these words, and type, tracked."""
        self.document.RecordChanges = True
        search = self.document.createSearchDescriptor()
        search.SearchString = words
        found = self.document.findFirst(search)
        cursor = found.Text.createTextCursorByRange(found.End)
        cursor.gotoEndOfParagraph(False)
        found.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        found.Text.insertString(cursor, new, False)

    def embolden(self, words):
        """Set words in bold, tracked."""
        self.document.RecordChanges = True
        search = self.document.createSearchDescriptor()
        search.SearchString = words
        self.document.findFirst(search).CharWeight = 150

    def comment(self, place, field, text, author):
        note = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author, note.Content = author, text
        cell = self.cell(place, field)
        cell.insertTextContent(cell.createTextCursor(), note, False)

    def top(self, text):
        """Write above everything."""
        self.document.Text.insertString(self.document.Text.Start, text, False)


def connected(name):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not answer")


def work(desktop, job):
    document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (value("Hidden", True),))
    try:
        member = Member(document)
        for what, *arguments in job["does"]:
            getattr(member, what)(*arguments)
        for filter_, target in job["saves"].items():
            document.storeToURL(Path(target).as_uri(), (value("FilterName", filter_),))
    finally:
        document.close(True)


def main(soffice, profile, jobs):
    name = f"member{abs(hash(profile))}"
    office = subprocess.Popen(
        [
            soffice,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={name};urp;",
        ]
    )
    try:
        context = connected(name)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        try:
            for job in json.loads(Path(jobs).read_text(encoding="utf-8")):
                work(desktop, job)
        finally:
            desktop.terminate()
    finally:
        office.wait(30)


if __name__ == "__main__":
    main(*sys.argv[1:])
