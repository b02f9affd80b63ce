"""What a returned packet comes to: a proposal, to be looked at before anything is recorded.

Of each subject three kinds of remarks are told apart. *Unclear* is what nobody may guess: nothing is proposed for the
subject but the amendments and comments that are plain. *Look* is what may be recorded once a person has read it, never
by a script. All else is clear.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from paraph.markup.diff import diff, marked
from paraph.model.event import Choice, Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Rewording:
    """Words that came back otherwise than they were sent, in one language: paragraphs a line.

    `tracked`: Word says what was changed; `authors` are those it names, "" among them where it names nobody for a part.
    """

    language: str
    sent: str
    came: str
    tracked: bool
    authors: tuple[str, ...] = ()

    @property
    def difference(self) -> str:
        """What was changed, as plain text: the [-best-]{+superior+} interests."""
        return marked(diff(self.sent, self.came))


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A comment that never counts: what it says, at which words, by whom ("" where the file does not say), and whether
    it is a reply or was resolved (`about`)."""

    text: str
    at: str = ""
    author: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a member says on one subject; `choice` None: no decision, or none that is certain."""

    place: int
    subject: Subject
    choice: Choice | None = None
    words: str = ""
    amendments: tuple[Rewording, ...] = ()
    comments: tuple[Comment, ...] = ()
    unclear: tuple[str, ...] = ()
    look: tuple[str, ...] = ()

    @property
    def may_decide(self) -> bool:
        """Whether it has words and no decision: they may refuse, and are no silence before a person has read them."""
        return self.choice is None and bool(self.comments)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """Words outside all texts and fields: `where` they stand, for a person, and `between` which texts, by their places;
    nothing for what stands before all of them, behind them, in a header or in a note. `author` as in `Comment`."""

    text: str
    where: str
    between: tuple[int, ...] = ()
    author: str = ""

    def __str__(self) -> str:
        return f"outside all fields stands “{self.text}”, {self.where}"


def beside_all(comment: Comment, where: str) -> Outside:
    """A comment of Word's that stands at no text: what it is about, only a person can tell."""
    by = f" by {comment.author}" if comment.author else ""
    return Outside(text=comment.text or "…", where=f"a comment{by} {where}", author=comment.author)


def left_out(answer: Answer, why: str) -> Answer:
    """`answer` without its decision, which whoever reads the file does not take for one; what was said stays said."""
    words = (Comment(text=answer.words),) if answer.words else ()
    return replace(answer, choice=None, words="", comments=(*words, *answer.comments), unclear=(*answer.unclear, why))


@dataclass(frozen=True, kw_only=True, slots=True)
class Returned:
    """What is in a file: the answers, in the order of the packet, and what concerns all of it.

    `outside` are words that stand with no text, each to be asked about by itself: it may be an answer, or a comment.
    `person` is who answers, as written in the file. `authors` are all whose hands Word names in it. `for_all` are the
    places of the texts whose decision is the one for all texts left open, and `left_open` that answer as it was read,
    where the packet asks for it; `for_none` is that decision where no clause was left open: see
    `paraph.review.returned.left_open`.
    """

    answers: tuple[Answer, ...]
    person: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    outside: tuple[Outside, ...] = ()
    for_all: tuple[int, ...] = ()
    left_open: Answer | None = None
    for_none: Choice | None = None

    @property
    def for_all_in_short(self) -> str:
        """What is to be looked at about them: “approve for the 3 texts left open: 1, 4, 5”; or ""."""
        if not self.for_all:
            return ""
        choice = next(one.choice for one in self.answers if one.place == self.for_all[0])
        texts = "text" if len(self.for_all) == 1 else "texts"
        return f"{choice} for the {len(self.for_all)} {texts} left open: {', '.join(map(str, self.for_all))}"

    def questions(self, left: Container[int] = ()) -> Iterator[str]:
        """Everything that a person has to look at, one line each; nothing of the texts that were `left` out."""
        yield from self.unclear
        yield from self.look
        yield from map(str, self.outside)
        if self.for_all:
            yield self.for_all_in_short
        for answer in (one for one in self.answers if one.place not in left):
            for one in (*answer.unclear, *answer.look):
                yield f"{answer.place} {answer.subject}: {one}"
