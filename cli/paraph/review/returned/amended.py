"""The texts of a packet as they came back: any change, tracked or not, is an amendment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from paraph.markup.canonical import character_problems
from paraph.ooxml.reading.directions import order
from paraph.ooxml.reading.numbers import in_figures
from paraph.ooxml.reading.shown import Line, Run, text_of
from paraph.review.identity import text_field
from paraph.review.returned.answer import Rewording
from paraph.review.returned.layout import Layer
from paraph.review.returned.looks import HIGHLIGHTED, MARKS, RAISED, otherwise, relinked, unset
from paraph.review.returned.normal_text import normal
from paraph.review.returned.outside_fields import field_lines
from paraph.review.returned.pair import Notes, Pair, authors_of, short, unseen, words_of

_TEXT = text_field("")
_BREAK = Run(" ")
_WORDS = re.compile(r"\w+")
_ARABIC_OF_OTHERS = frozenset("یکہھەۀ")
"""Arabic letters of Persian, Urdu and Kurdish that look, somewhere in a word, like those of Arabic."""


def amendments(pair: Pair, place: int, notes: Notes) -> Iterator[Rewording]:
    """What became of the texts of the subject at `place`; what is not certain goes to `notes`."""
    for name in pair.texts.get(place, ()):
        language = name.field.removeprefix(_TEXT)
        sent = pair.sent.lines(name, pair.addresses.get(name))
        came = pair.came.lines(name, pair.addresses.get(name))
        for lines in came.values():
            unseen(pair, lines, f"the text in {language}", notes)
        every, came = came, _whole(sent, came)
        if not came and (again := _found_again(pair, place, sent)):
            every = came = {Layer.PLACE: again}
            unseen(pair, again, f"the text in {language}", notes)
        if not came:
            notes.unclear.append(f"its text in {language} is not to be found as it was sent")
        found = {layer: _changed(language, sent[layer], came[layer]) for layer in came if layer in sent}
        first = _surest(tuple(found.values()))
        for layer in every.keys() & sent.keys():
            _marked_up(pair, sent[layer], every[layer], language, first is not None, notes)
        if not any(found.values()) and came:
            _renumbered(pair, sent, came, language, notes)
            _turned(sent, came, language, notes)
        elif came:
            _relisted(sent, came, language, notes)
        if first and (problems := character_problems(first.came)):
            notes.unclear.append(f"its text in {language} came back with {problems[0].message}")
        elif first:
            notes.look.extend(_look_alikes(first))
            yield first
        for other in found.values():
            if other != first and (other and other.difference) != (first and first.difference):
                said = (other or first or Rewording(language=language, sent="", came="", tracked=False)).difference
                notes.unclear.append(f"something stands beside its text in {language}: “{short(said)}”")
                break


def _surest(found: Sequence[Rewording | None]) -> Rewording | None:
    """What the first layer says; where another says the same and has all that stood there before, as the cell does when
    a text was typed over from its first word on, that one: it knows that the change was tracked."""
    first = next(iter(found), None)
    if first is None:
        return None
    return next((one for one in found if one and one.tracked and one.came == first.came), first)


def _look_alikes(made: Rewording) -> Iterator[str]:
    """Signs that nobody tells apart by looking: letters of another script written from the same side, forms of letters
    (ﻻ) and Arabic letters that other languages have in their place (ی), and odd spaces."""
    had, scripts = set(made.sent), {_script(one) for one in made.sent}
    new = [one for one in dict.fromkeys(made.came) if one not in had and one != "\n"]
    sides = {(_side(one), _script(one)) for one in (*had, *new) if one.isalpha()}
    strange = [one for one in new if one.isspace() or (one.isalpha() and _is_alike(one, scripts, sides))]
    if strange:
        names = ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, '')}".rstrip() for one in strange)
        yield f"its text in {made.language} came back with {short(names)}, which may look like what was there"


def _is_alike(letter: str, scripts: set[str], sides: set[tuple[str, str]]) -> bool:
    if unicodedata.decomposition(letter).startswith("<") or letter in _ARABIC_OF_OTHERS:
        return True
    return _script(letter) not in scripts and any(
        side == _side(letter) and script != _script(letter) for side, script in sides
    )


def _side(letter: str) -> str:
    """From which side a letter is written: nobody takes an Arabic one for a Latin one."""
    return "R" if unicodedata.bidirectional(letter) in ("R", "AL") else "L"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def _renumbered(
    pair: Pair,
    sent: Mapping[Layer, tuple[Line, ...]],
    came: Mapping[Layer, tuple[Line, ...]],
    language: str,
    notes: Notes,
) -> None:
    """Words that came back as they were, in a list of other numbers; where Arabic letters that count are lost on the
    way, figures in their place are none."""
    layer = next(one for one in came if one in sent)
    before, after = (
        [line.label for line in lines if line.label or text_of([line], accepted=True).strip()]
        for lines in (sent[layer], came[layer])
    )
    if before != after and not (pair.came.shown.plain_arabic and after == [*map(in_figures, before)]):
        was, now = (" ".join(filter(None, one)) or "none" for one in (before, after))
        notes.look.append(f"in the text in {language} the numbers of its lists are others: {short(was)} → {short(now)}")


def _relisted(
    sent: Mapping[Layer, tuple[Line, ...]], came: Mapping[Layer, tuple[Line, ...]], language: str, notes: Notes
) -> None:
    """Paragraphs of a text in other words that came into a list, or out of it: an amendment is of words alone."""
    layer = next(one for one in came if one in sent)
    before, after = (
        [
            (text.strip(), _WORDS.sub("1", line.label))
            for line in lines
            if (text := text_of([line], accepted=True)).strip()
        ]
        for lines in (sent[layer], came[layer])
    )
    had = dict(before)
    for at, (text, label) in enumerate(after):
        was = before[at][1] if len(before) == len(after) else had.get(text, label)
        if was != label:
            how = (
                "in another list"
                if was and label
                else "an item of a list now"
                if label
                else "no item of a list any more"
            )
            notes.look.append(f"in the text in {language} “{short(text)}” is {how}")
        elif len(before) != len(after) and text not in had:
            beside = [one[1] for one in (*after[max(0, at - 1) : at], *after[at + 1 : at + 2])]
            if len(set(beside)) == 1 and label != beside[0]:
                notes.look.append(f"in the text in {language} the new “{short(text)}” is in no list, or another one")


def _turned(
    sent: Mapping[Layer, tuple[Line, ...]], came: Mapping[Layer, tuple[Line, ...]], language: str, notes: Notes
) -> None:
    """Words that came back as they were, set from the other side: numbers, or the parts of a line, change places."""
    others = [layer for layer in came if layer in sent and came[layer] != sent[layer]]
    if any(order(sent[layer]) != order(came[layer]) for layer in others):
        notes.look.append(
            f"the text in {language} is set from the other side: its numbers may be read in another order"
        )


def _marked_up(
    pair: Pair, sent: Sequence[Line], came: Sequence[Line], language: str, changed: bool, notes: Notes
) -> None:
    """Words that look otherwise than they were sent: whoever has coloured or raised them means to say something about
    them. Of a text that was changed that counts which nobody does without meaning it."""
    if came == sent:
        return
    before, after = ([run for line in lines for run in (*line.runs, _BREAK)] for lines in (sent, came))
    for how, words in otherwise(before, after).items():
        if how in ((HIGHLIGHTED, RAISED) if changed else MARKS):
            notes.look.append(f"in the text in {language} is {how} “{short(words)}”")
    for how, words in ({} if changed else unset(before, after, arabic=not pair.came.shown.plain_arabic)).items():
        notes.look.append(f"in the text in {language} is no longer {how} “{short(words)}”")
    for words, was, now in relinked(before, after):
        where = f"{_led(was)}, and now {_led(now)}"
        notes.look.append(f"in the text in {language} “{short(words)}” led {where}")


def _led(link: str) -> str:
    return f"to {short(link)}" if link else "nowhere"


def _whole(
    sent: Mapping[Layer, tuple[Line, ...]], came: Mapping[Layer, tuple[Line, ...]]
) -> dict[Layer, tuple[Line, ...]]:
    """The layers that lead to all of a text. RTF keeps a bookmark at its last paragraph only, or at the words that were
    taken out of it; LibreOffice puts what is typed over the last words of a text behind its bookmark: where the cell
    says more, or where all that a bookmark has is a part of what was sent, it is the bookmark that was damaged."""
    readings = {layer: words_of(lines, accepted=True) for layer, lines in came.items() if layer in sent}
    if (cell := readings.get(Layer.PLACE)) is not None:
        return {layer: came[layer] for layer, one in readings.items() if not _is_damaged(layer, one, cell)}
    return {
        layer: came[layer] for layer, one in readings.items() if not _is_part(one, words_of(sent[layer], accepted=True))
    }


def _is_part(part: list[str], whole: list[str]) -> bool:
    """Whether some paragraphs are a stretch of others, and not all of them."""
    size = len(part)
    return 0 < size < len(whole) and any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def _is_damaged(layer: Layer, part: list[str], cell: list[str]) -> bool:
    """Whether the words by a layer are a stretch of those of the cell, and not all of them; none at all are one where
    a bookmark leads to them, while a content control that was emptied says that its text is gone."""
    said, everything = "\n".join(part), "\n".join(cell)
    return (bool(said) or layer is Layer.BOOKMARK) and said != everything and said in everything


def _found_again(pair: Pair, place: int, sent: Mapping[Layer, tuple[Line, ...]]) -> tuple[Line, ...]:
    """The paragraphs of a text that has lost its names and its cell, where they stand one after the other before the
    decision table of their subject, in no other field; none where they do not."""
    wanted, sections = words_of(next(iter(sent.values()), ()), accepted=True), pair.came.sections()
    there = [
        (number, text)
        for number, line in enumerate(pair.came.shown.lines)
        if sections[number] == place
        and number not in field_lines(pair, pair.came)
        and (text := normal(text_of([line], accepted=True)))
    ]
    words = [text for _, text in there]
    for at in range(len(words) - len(wanted) + 1):
        if wanted and words[at : at + len(wanted)] == wanted:
            found = [number for number, _ in there[at : at + len(wanted)]]
            field_lines(pair, pair.came).update(found)
            return tuple(pair.came.shown.lines[number] for number in found)
    return ()


def _changed(language: str, sent: Sequence[Line], came: Sequence[Line]) -> Rewording | None:
    """What became of a text, or None where it came back as it was sent."""
    before, after = words_of(sent, accepted=True), words_of(came, accepted=True)
    if before == after:
        return None
    authors = authors_of(came)
    tracked = words_of(came, accepted=False) == before
    return Rewording(
        language=language,
        sent="\n".join(before),
        came="\n".join(after),
        tracked=tracked and bool(authors),
        authors=tuple(sorted(authors)),
    )
