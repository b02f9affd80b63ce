"""The words around a packet that are its own: the subject of the e-mail that it was sent with, the name of its file.

Whoever answers mostly leaves both as they are; whatever else stands there somebody wrote, and it may be the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from paraph.model.packet import Stationery
from paraph.ooxml.reading.shown import Shown, text_of
from paraph.review.returned.normal_text import normal

_ANSWERED = re.compile(r"\w{1,4}\s?(?:\[\d+\])?\s?[:：]\s*")
"""What mail programs put before a subject: Re:, AW:, TR :, رد:."""
_FIELD = re.compile(r"\{\w+\}")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`text` is all that a packet says, as it was sent, `subjects` the patterns of its subject, one a language."""

    text: str
    subjects: tuple[re.Pattern[str], ...]
    file: re.Pattern[str]

    @classmethod
    def of(cls, sent: Shown, paper: Stationery, circulation: str, member: str) -> OwnWords:
        """Those of the packet of a circulation for a member."""
        said = (strings["mail-subject"] for strings in paper.strings.values() if "mail-subject" in strings)
        return cls(
            text=_plain(text_of(sent.lines, accepted=True)),
            subjects=tuple(_pattern(one.replace("{circulation}", circulation)) for one in said),
            file=re.compile(rf"{re.escape(circulation)}\W{re.escape(member)}[\W\d_]*(?:\.\w{{3,4}})?", re.IGNORECASE),
        )

    def is_subject(self, subject: str) -> bool:
        """Whether `subject` is the packet’s own, none, or what a mail program makes of it in a reply. What was filled
        in must stand in the packet: its document, the day by which it is due."""
        bare = _plain(subject[:_LONGEST])
        while bare and not any(map(self._is_filled, (one.fullmatch(bare) for one in self.subjects))):
            before = _ANSWERED.match(bare)
            if before is None:
                return False
            bare = bare[before.end() :]
        return True

    def _is_filled(self, subject: re.Match[str] | None) -> bool:
        return subject is not None and all(len(one) > 1 and one in self.text for one in subject.groups())

    def is_file(self, name: str) -> bool:
        """Whether `name` is that of the packet as it was written, or what a program makes of it for a copy."""
        return self.file.fullmatch(name.strip()) is not None


def _plain(text: str) -> str:
    return " ".join(normal(text).split())


def _pattern(subject: str) -> re.Pattern[str]:
    """The subject as a pattern, with a group for each of its fields but the circulation."""
    pieces = _FIELD.split(_plain(subject))
    return re.compile("([^{}]+?)".join(map(re.escape, pieces)))
