"""Reading a returned packet against the packet as it was sent. Nothing is guessed, nothing is passed over.

Each field is read by all layers that lead to it (`layout`). A layer that says nothing is no contradiction; two that say
different things are named. Words outside all fields are compared as well, so that an answer written anywhere, a label
changed, a choice struck out or a row taken away does not go unseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from paraph.markup.canonical import canonical, character_problems
from paraph.model.event import Choice, Subject, SubjectKind
from paraph.ooxml.reading.directions import has_arabic
from paraph.ooxml.reading.shown import Line, Shown, text_of
from paraph.review.identity import (
    CHOICE,
    CHOICES,
    CODE,
    PERSON,
    WORDS,
    packet_bookmark,
    packet_tag,
    read_code,
)
from paraph.review.returned import left_open
from paraph.review.returned.amended import amendments
from paraph.review.returned.answer import Answer, Comment, Returned, Rewording, beside_all
from paraph.review.returned.labels import boxes_touched, crossed_out, labels_moved, left_over
from paraph.review.returned.layout import Layer, Layout
from paraph.review.returned.marks import Mark, Phrases, distinct, mark
from paraph.review.returned.normal_text import named, normal, tame
from paraph.review.returned.outside_fields import compare
from paraph.review.returned.pair import Notes, Pair, authors_of, short, unseen
from paraph.review.returned.remarks import Placed, reason, remarks_of

_NEEDS_WORDS, _APPROVES = (Choice.RESERVE, Choice.OBJECT), (Choice.APPROVE, Choice.RESERVE)
_LONGEST_NAME = 200
"""Characters of a name and office that are shown."""


def read_returned(sent: Shown, came: Shown, subjects: Sequence[Subject], phrases: Phrases, language: str) -> Returned:
    """What `came` says on `subjects`, the packet having been `sent` so; `language` is the one it spoke in."""
    layout, place = Layout.of(sent), len(subjects) + 1
    asked = (*subjects, left_open.subject_of(subjects)) if place in layout.decisions else tuple(subjects)
    return _Reading(
        Pair.of(layout, Layout.of(came, layout.titles()), asked, phrases), language, len(subjects)
    ).returned()


@dataclass(slots=True)
class _Reading:
    pair: Pair
    language: str
    count: int

    def returned(self) -> Returned:
        pair = self.pair
        changes = {place: tuple(amendments(pair, place, pair.notes[place])) for place in pair.notes if place}
        compare(pair)
        remarks = remarks_of(self.pair)
        answers = tuple(
            self._answer(place, subject, changes[place], remarks.get(place, []))
            for place, subject in enumerate(self.pair.subjects, 1)
        )
        answers = (*_beside_amendments(answers[: self.count]), *answers[self.count :])
        whole = self.pair.notes[0]
        whole.outside += [beside_all(one.comment, "at no text") for one in remarks.get(0, [])]
        oddities = Counter(self.pair.came.shown.oddities) - Counter(self.pair.sent.shown.oddities)
        whole.look += [f"the file holds {tame(one)}" for one in oddities]
        if self.pair.came.shown.plain_arabic and has_arabic(self.pair.sent.shown.lines):
            whole.look.append("LibreOffice loses in RTF what is struck out in Arabic: open it, or ask for DOCX or ODT")
        if whole.typed:
            said = ", ".join(whole.typed)
            whole.unclear.append(f"outside all fields stands a decision ({said}), and not on what")
        person = self._person(whole)
        hands = authors_of(self.pair.came.shown.lines) | {
            named(one.hand.author) for one in self.pair.came.shown.remarks
        }
        return Returned(
            answers=answers[: self.count],
            left_open=next(iter(answers[self.count :]), None),
            person=person,
            language=self.language,
            authors=tuple(sorted(filter(None, hands))),
            unclear=tuple(dict.fromkeys(whole.unclear)),
            look=tuple(dict.fromkeys(whole.look)),
            outside=tuple(whole.outside),
        )

    # --- one subject -------------------------------------------------------------------------------------------------

    def _answer(self, place: int, subject: Subject, changes: tuple[Rewording, ...], remarks: list[Placed]) -> Answer:
        notes = self.pair.notes[place]
        self._identity(place, subject, notes)
        choices = {
            "the boxes say": self._ticked(place, subject, notes),
            "the list says": self._chosen(place, subject, notes),
            "in words it says": distinct(notes.typed),
        }
        words = self._words(place, subject, notes)
        if typed := self.pair.phrases.choice(words):
            choices["in words it says"], words = distinct([*notes.typed, typed]), ""
        choice = self._one(choices, notes)
        crossed = crossed_out(self.pair, place)
        choice = self._labelled(place, choice, crossed, notes)
        if not notes.unclear:
            for box, how in boxes_touched(self.pair, place):
                if choice is None or (box is not choice and how == "is set apart" and box not in crossed):
                    notes.unclear.append(f"the box “{box}” {how}: is it an answer?")
        behind = notes.behind.pop(choice, "") if choice in _NEEDS_WORDS else ""
        words = "\n".join(filter(None, (words, behind)))
        if behind:
            notes.look.append(f"{choice}, and behind its tick stands “{short(behind)}”: are these the words for it?")
        comments = [Comment(text=tame(one)) for one in notes.behind.values()]
        if any(not one.remark.text for one in remarks):
            notes.look.append("a comment came back without its words: ask for them")
        beside = [one for one in remarks if one.remark.text] if words else []
        if choice in _NEEDS_WORDS and not words:
            words, remarks = reason(choice, remarks, notes)
        comments += [one.comment for one in remarks]
        if choice in _APPROVES and changes:
            notes.unclear.append(
                f"{choice}, and the words were changed: these words were not approved as they were sent"
            )
        if choice is None or choice in (Choice.APPROVE, Choice.ABSTAIN):
            if choice and not notes.unclear and self.pair.phrases.is_nothing(words):
                words = ""
            comments = [*([Comment(text=tame(words))] if words else []), *comments]
            self._conditions(choice, comments, notes)
            words = ""
        elif choice in _NEEDS_WORDS:
            self._reasons(choice, words, beside, notes)
        if problems := character_problems(words):
            notes.unclear.append(problems[0].message)
        if choice is None and not (comments or changes):  # what it says, if anything, is in how it looks: no silence
            notes.unclear, notes.look = [*notes.unclear, *notes.look], []
        sure = choice if not notes.unclear else None
        return Answer(
            place=place,
            subject=subject,
            choice=sure,
            words=words if sure else "",
            amendments=changes,
            comments=tuple(comments) if sure or not words else (Comment(text=tame(words)), *comments),
            unclear=tuple(dict.fromkeys(notes.unclear)),
            look=tuple(dict.fromkeys(notes.look)),
        )

    def _labelled(
        self, place: int, choice: Choice | None, crossed: Mapping[Choice, str], notes: Notes
    ) -> Choice | None:
        """The choice, seen with the labels beside the boxes. One that is set apart, or touched, says no more than the
        tick in its row; with another it may be an answer. The one label that is left, where all others are struck out
        and nothing is ticked, is how forms are answered; a person looks at it."""
        if (
            choice is None
            and not (notes.unclear or notes.retouched or notes.noes)
            and (left := left_over(self.pair, place))
        ):
            notes.look.append(f"no box is ticked, and all labels but “{left[0]}” are {left[1]}: is that the answer?")
            return left[0]
        for one in dict.fromkeys((*notes.apart, *crossed)):
            if choice is None or (one is choice) == (one in crossed):
                notes.unclear.append(f"the row “{one}” is set apart, or struck out")
        for one, text in notes.retouched:
            if one is not choice:
                notes.unclear.append(f"in the row “{one}” stands “{short(text)}”")
        for one, text in notes.noes.items():
            if choice in (None, one):
                notes.unclear.append(f"in the box “{one}” stands “{short(text)}”")
        return choice

    def _identity(self, place: int, subject: Subject, notes: Notes) -> None:
        prefix = self.pair.name(place, CODE).prefix
        for lines in self.pair.field(place, CODE).values():
            unseen(self.pair, lines, "its printed code", notes)
        if place not in self.pair.came.decisions:
            notes.unclear.append("its decision table is gone, or the code in its head is")
        elif (code := read_code(self.pair.came.code(place))) and (code.id, code.version, code.prefix) != (
            subject.id,
            subject.version,
            prefix,
        ):
            notes.unclear.append(f"the code printed is that of another text: {self.pair.came.code(place).strip()[:80]}")
        elif normal(self.pair.came.code(place)) != normal(self.pair.sent.code(place)):
            notes.unclear.append(f"words stand beside its printed code: “{short(self.pair.came.code(place))}”")
        if strange := self.pair.came.prefixes.get(place, set()) - {prefix}:
            notes.unclear.append(f"fields of another text stand in its place ({', '.join(sorted(strange))})")
        if place in self.pair.came.decisions and labels_moved(self.pair, place):
            notes.unclear.append("the labels of its rows are not as they were")
        if place in self.pair.came.twice:
            notes.unclear.append("it stands in the file more than once")

    def _ticked(self, place: int, subject: Subject, notes: Notes) -> list[Choice]:
        """The choices whose boxes are ticked, as every layer has them."""
        by_layer: dict[Layer, set[Choice]] = {}
        crossed = crossed_out(self.pair, place)
        for choice in CHOICES:
            seen: dict[Layer, str] = {}
            if self.pair.name(place, str(choice)) not in self.pair.sent.tags:
                continue
            layers = self.pair.field(place, str(choice))
            if not layers and place in self.pair.came.decisions:
                notes.unclear.append(f"the box “{choice}” is gone")
            for layer, lines in layers.items():
                shown = seen[layer] = self.pair.phrases.without_hints(text_of(lines, accepted=True, labels=True))
                found = self._mark(shown, choice, notes)
                without = choice in crossed and found is Mark.NONE
                unseen(self.pair, lines, f"the box “{choice}”", notes, struck=without)
                if found is Mark.UNCERTAIN:
                    if self.pair.phrases.choice(shown) is choice:
                        notes.typed.append(choice)
                    else:
                        notes.unclear.append(f"in the box “{choice}” stands “{short(shown)}”: is that a yes?")
                if found is Mark.TICK:
                    by_layer.setdefault(layer, set()).add(choice)
            if _is_beside(seen):
                where = short(seen[Layer.PLACE])
                notes.unclear.append(f"in the row “{choice}” stands “{where}” where its box was, and the box is empty")
            marked = {layer: "" if mark(shown) is Mark.NONE else shown.strip() for layer, shown in seen.items()}
            _in_its_row(marked, f"the box “{choice}”", notes)
            control = self.pair.control(place, str(choice))
            inside = text_of(layers.get(Layer.TAG, ()), accepted=True)
            if control and control.checked and self._mark(inside, choice, Notes()) is not Mark.TICK:
                notes.unclear.append(f"the box “{choice}” is ticked for the program, and empty for the eye")
        said = {frozenset(one) for one in by_layer.values()}
        if len(said) > 1:
            each = "; ".join(f"by {layer}: {', '.join(distinct(one))}" for layer, one in by_layer.items())
            notes.unclear.append(f"the boxes say different things ({each})")
        return distinct(choice for one in said for choice in one)

    def _mark(self, shown: str, choice: Choice, notes: Notes) -> Mark:
        """What stands in the box of `choice`; words behind its tick, and a “no”, go to `notes`."""
        found = self.pair.phrases.in_box(shown, choice)
        if found is Mark.UNCERTAIN and (words := self.pair.phrases.behind_tick(shown)):
            notes.behind[choice] = max(notes.behind.get(choice, ""), canonical(words), key=len)
            return Mark.TICK
        if found is Mark.NO:
            notes.noes[choice] = shown
        return found

    def _chosen(self, place: int, subject: Subject, notes: Notes) -> list[Choice]:
        """What the list says, as every layer has it."""
        said: dict[Layer, str] = {}
        for layer, lines in self.pair.field(place, CHOICE).items():
            unseen(self.pair, lines, "the list", notes)
            said[layer] = self.pair.phrases.written(text_of(lines, accepted=True, labels=True))
        _in_its_row(said, "the list", notes)
        found = {shown: self.pair.phrases.choice(shown) for shown in said.values() if shown}
        if strange := [shown for shown, choice in found.items() if choice is None]:
            notes.unclear.append(f"in the list stands “{short(strange[0])}”, which is none of its choices")
        if len(distinct(found.values())) > 1:
            notes.unclear.append("the list says different things, by its tag and by its place")
        return distinct(found.values())

    def _words(self, place: int, subject: Subject, notes: Notes) -> str:
        """The words of the member, in the field for them."""
        found: dict[Layer, str] = {}
        for layer, lines in self.pair.field(place, WORDS).items():
            unseen(self.pair, lines, "the field for words", notes)
            seen = [line._replace(runs=tuple(run for run in line.runs if not run.odd)) for line in lines]
            found[layer] = canonical(self.pair.phrases.written(text_of(seen, accepted=True, labels=True)))
        _in_its_row(found, "the field for words", notes)
        said = [one for one in found.values() if one]
        longest = max(said, key=len, default="")
        if any(one not in longest for one in said):
            notes.unclear.append("the field for words says different things, by its tag and by its place")
        if mark(longest) is Mark.TICK:
            notes.unclear.append(f"in the field for words stands a tick alone: “{short(longest)}”")
        return longest

    def _one(self, choices: Mapping[str, list[Choice]], notes: Notes) -> Choice | None:
        """The one choice; more than one is named."""
        said = {where: one for where, one in choices.items() if one}
        every = distinct(choice for one in said.values() for choice in one)
        if len(every) > 1:
            each = "; ".join(f"{where} {' and '.join(one)}" for where, one in said.items())
            notes.unclear.append(f"more than one choice: {each}")
        return every[0] if len(every) == 1 else None

    def _conditions(self, choice: Choice | None, comments: list[Comment], notes: Notes) -> None:
        """Words beside an approval may be a condition, and words without a tick a decision: a person must read them.

        No list of words could tell which: “We cannot live with this” has none of those beside the boxes.
        """
        for one in (comment for comment in comments if comment.text):
            if choice is not None:
                notes.look.append(f"{choice}, with words: “{short(one.text)}”. Is it a reservation?")
            elif not notes.unclear:
                notes.look.append(f"no box is ticked, and the words may decide: “{short(one.text)}”")

    def _reasons(self, choice: Choice, words: str, beside: list[Placed], notes: Notes) -> None:
        """Words for a reservation or an objection that are missing or may be none, and comments `beside` them, which
        may take it back: a person must read them."""
        if not words:
            what = "reservation" if choice is Choice.RESERVE else "reason"
            notes.unclear.append(f"{choice}, and the {what} is missing")
            return
        if self.pair.phrases.says_little(words) and not (notes.unclear or notes.look):
            notes.look.append(f"{choice}, and all the words for it are “{short(words)}”")
        for one in beside:
            notes.look.append(f"{choice}, and beside its words stands a comment: “{short(tame(one.remark.text))}”")

    def _person(self, whole: Notes) -> str:
        """Who answers, as written in the file; what is not seen so is to be looked at."""
        shown, tag, bookmark = self.pair.came.shown, packet_tag(PERSON), packet_bookmark(PERSON)
        controls = {one.number for one in shown.controls if one.tag == tag}
        runs = [
            run
            for line in shown.lines
            for run in line.runs
            if controls & set(run.controls) or bookmark in run.bookmarks
        ]
        odd = Notes()
        unseen(self.pair, [Line(tuple(runs))], "the place of the name", odd)
        whole.look += odd.unclear
        said = "".join(run.says(accepted=True) for run in runs)
        name = " ".join(tame(self.pair.phrases.written(said)).split())
        return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _beside_amendments(answers: Sequence[Answer]) -> Iterator[Answer]:
    """`answers`, in which a document that is approved as a whole is to be looked at where its clauses are not: other
    words are asked for in one, or it is objected to."""
    amended = [str(one.place) for one in answers if one.amendments and one.subject.kind is SubjectKind.CLAUSE]
    objected = [str(one.place) for one in answers if one.choice is Choice.OBJECT]
    said = [f"other words are asked for in {', '.join(amended)}"] if amended else []
    said += [f"{', '.join(objected)} is objected to"] if objected else []
    for one in answers:
        if said and one.choice in _APPROVES and one.subject.kind is SubjectKind.DOCUMENT:
            why = f"{one.choice} for the document as a whole, while {' and '.join(said)}. Is it meant as it was sent?"
            one = replace(one, look=(*one.look, why))
        yield one


def _is_beside(seen: Mapping[Layer, str]) -> bool:
    """Whether the place of a box has something in it that its names do not lead to: they lead to a box that stands
    elsewhere, for every eye to see, and is empty. A cell of the row was doubled, or a column put in."""
    place = seen.get(Layer.PLACE, "")
    boxes = (text.strip() for layer, text in seen.items() if layer is not Layer.PLACE)
    return mark(place) is not Mark.NONE and any(box and mark(box) is Mark.NONE and box not in place for box in boxes)


def _in_its_row(said: Mapping[Layer, str], where: str, notes: Notes) -> None:
    """Name a field whose names lead to words that do not stand in its row, where every eye looks for them."""
    place = said.get(Layer.PLACE, "")
    away = next((one for one in said.values() if one not in place), "")
    if away:
        notes.unclear.append(f"{where} stands elsewhere than in its row, and says “{short(away)}”")
