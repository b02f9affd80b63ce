"""How a letter speaks to the reader of a row: the office, the gender, and the words that open and close it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from paraph.library.files.recipients_cells import Cells
from paraph.library.files.recipients_head import head_word
from paraph.library.written.alike import alike
from paraph.library.written.tabular import Row
from paraph.model.addressing import opening

if TYPE_CHECKING:
    from paraph.model.addressing import Addressing

MARKS = " ,;:.،؛"


class Written(NamedTuple):
    """The language that a row asks for ("": none), that of its letter ("": not known), and whether this one `fell` in
    for those that the row names, none of which there is."""

    asked: str
    language: str
    fell: bool = False


@dataclass(slots=True)
class Speaking:
    """Finds how to speak to the readers of a table, row by row."""

    cells: Cells
    _genders: dict[str, int] = field(default_factory=dict)
    """Words for a gender, with the first row that has each."""

    @property
    def _addressing(self) -> Addressing:
        return self.cells.table.addressing

    def to(self, row: Row, written: Written) -> tuple[str, str, str]:
        """The office of the reader, the salutation and the words of the closing; "" for what is not known, of which
        there is a finding."""
        said = self.cells.one_line(row, "office")
        salutation, vocative = (self.cells.one_line(row, one).rstrip(MARKS) for one in ("salutation", "vocative"))
        office, gender = self._office(row, said, salutation), self._gender(row, said)
        own = {"salutation": salutation, "vocative": vocative}
        self._of_its_gender(row, gender, own)
        foreign = self._of_its_language(row, written, own)
        if salutation:
            if not foreign:
                self._closes(row, written, salutation, vocative)
            return office, salutation, vocative or salutation
        found = self._addressing.speak(office, written.language, gender)
        if found is None:
            if written.language and office in self._addressing.offices.values():
                message = f"nobody has written how a letter in {written.language} speaks to the office {office}"
                advice = "Write it into the column salutation, or into templates/letter/recipients.yml."
                self.cells.wrong(row.line, "office", "recipients-salutation", message, advice)
            return office, "", ""
        self.cells.look_at(row, "office", found.salutation + found.vocative)
        return office, found.salutation, vocative or found.vocative

    def _office(self, row: Row, said: str, salutation: str) -> str:
        word, offices = said.casefold(), self._addressing.offices
        if not word:
            return self._addressing.default
        office = offices.of(word)
        if not office and not salutation:
            advice = "Add it to templates/letter/recipients.yml, or write a salutation."
            advice = f"{self.cells.meant(word, offices)} {advice}".strip()
            self.cells.wrong(row.line, "office", "recipients-office", f"“{word}” is no office that is known", advice)
        return office or word

    def _gender(self, row: Row, office: str) -> str:
        """f, m, or "": not known. A word for the office that is said of women alone says it, too."""
        addressing, cell, told = self._addressing, self.cells.one_line(row, "gender"), len(self.cells.findings)
        word = cell.casefold().rstrip(".")
        hers = alike(office) in addressing.feminine
        if not word or word == "any":
            return "f" if hers else ""
        gender = addressing.genders.of(word)
        head = head_word(self.cells.head.cells[self.cells.head.columns["gender"]])
        if head in addressing.unclear.get(word, ()):
            message = f"“{cell}” may be f or m in a column that is called “{head}”"
            self._wrong(row.line, message, self._in_full(word))
        elif not gender:
            advice = "Write f or m, or leave it empty where it is not known."
            self._wrong(row.line, f"“{word}” is neither f nor m", advice)
        elif gender == "m" and hers:
            self._wrong(row.line, f"“{office}” is said of a woman, and “{cell}” of a man", "Correct one of the two.")
        if word not in addressing.unclear or told == len(self.cells.findings):  # of a cell one thing is said, once
            self._genders.setdefault(word, row.line)
        return gender

    def _of_its_gender(self, row: Row, gender: str, own: Mapping[str, str]) -> None:
        """Find words of the row’s own that speak to a man where the row is a woman’s, or to both in two ways."""
        said = {"gender": gender} | {column: self._spoken_to(words) for column, words in own.items()}
        first, *others = [column for column, one in said.items() if one] or [""]
        for column in others:
            if said[column] != said[first]:
                who = {"f": "a woman", "m": "a man"}
                by = f"the {first} is that of {who[said[first]]}"
                message = f"“{own[column]}” speaks to {who[said[column]]}, and {by}"
                self.cells.wrong(row.line, column, "recipients-gender", message, "Correct one of the two.")
                return

    def _spoken_to(self, words: str) -> str:
        """f or m, where a form of address in these words says that (Madame, Sir); "" where none does, or two do."""
        genders, unclear = self._addressing.genders, self._addressing.unclear
        said = {genders.get(word, "") for word in opening(words).split() if len(word) > 1 and word not in unclear}
        said.discard("")
        return said.pop() if len(said) == 1 else ""

    def at_last(self) -> None:
        """Find a word for a gender that may be either beside others of the table, once all rows are read."""
        for word, beside in self._addressing.unclear.items():
            others = sorted(beside.intersection(self._genders), key=self._genders.__getitem__)
            if word in self._genders and others:
                line = self._genders[others[0]]
                message = f"“{word}” may be f or m, since “{others[0]}” stands in line {line}"
                self._wrong(self._genders[word], message, self._in_full(word))

    def _in_full(self, word: str) -> str:
        """What to write in place of a word for a gender that is not clear: a word of those beside which it is not."""
        addressing = self._addressing
        beside = [one for one in sorted(addressing.unclear[word]) if len(one) > 1 and one in addressing.genders]
        return f"Write whole words{': ' if beside else ''}{' or '.join(beside)}."

    def _wrong(self, line: int, message: str, advice: str) -> None:
        self.cells.wrong(line, "gender", "recipients-gender", message, advice)

    def _of_its_language(self, row: Row, written: Written, own: Mapping[str, str]) -> bool:
        """Find words of the row’s own that are in another language than its letter, or may be since that is another one
        than it asks for; whether some are."""
        asked, language = written.asked, written.language
        for column in (one for one, words in own.items() if words and written.fell):
            message = f"the letter is in {language}, as there is none in {asked}, and this {column} may not be"
            advice = f"Write it in {language}, and the language as “{asked}, {language}”; or leave it empty."
            self.cells.wrong(row.line, column, "recipients-salutation", message, advice)
        if written.fell or not language:
            return written.fell
        foreign = {}
        for column, words in own.items():
            others = self._addressing.opens_in(words)
            if others and language.partition("-")[0] not in others and words not in foreign:
                foreign[words] = column
                message = (
                    f"“{words}” speaks to a reader in {' or '.join(sorted(others))}, and the letter is in {language}"
                )
                advice = f"Write it in {language}, or leave it empty; or correct the language of the row."
                self.cells.wrong(row.line, column, "recipients-salutation", message, advice)
        return bool(foreign)

    def _closes(self, row: Row, written: Written, salutation: str, vocative: str) -> None:
        """Find a salutation that the closing would repeat, and cannot."""
        repeated = not vocative and written.language in self.cells.table.closing
        if repeated and not self._addressing.closes_as_it_opens(salutation, written.language):
            message = f"the closing speaks to the reader, too, in which “{salutation}” would not stand well"
            advice = "Write into the column vocative how it does: Madam, Minister, Your Excellency."
            self.cells.wrong(row.line, "salutation", "recipients-salutation", message, advice)
