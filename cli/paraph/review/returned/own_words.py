"""The words around a packet that are its own: the subject of the e-mail that it was sent with, the name of its file.

Whoever answers mostly leaves both as they are; whatever else stands there somebody wrote, and it may be the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from paraph.model.packet import Stationery
from paraph.ooxml.reading.shown import Shown, text_of
from paraph.review.returned.normal_text import normal

_ANSWERED = re.compile(
    r"(?:re|fwd?|aw|wg|tr|rv|res|enc|sv|vb|vs|antw|odp|pd|rif|ynt|ref|رد|回复)\s?(?:\[\d+\])?\s?[:：]\s*", re.IGNORECASE
)
"""What mail programs put before a subject; no other word with a colon, such as “No:”."""
_FIELD = re.compile(r"\{\w+\}")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`lines` is what a packet says, as it was sent, a paragraph a line, `subjects` the patterns of its subject, one a
    language, `file` that of the name of its file."""

    lines: frozenset[str]
    subjects: tuple[re.Pattern[str], ...]
    file: re.Pattern[str]

    @classmethod
    def of(cls, sent: Shown, paper: Stationery, circulation: str, member: str) -> OwnWords:
        """Those of the packet of a circulation for a member."""
        said = (strings["mail-subject"] for strings in paper.strings.values() if "mail-subject" in strings)
        return cls(
            lines=frozenset(map(_plain, text_of(sent.lines, accepted=True).splitlines())),
            subjects=tuple(_pattern(one.replace("{circulation}", circulation)) for one in said),
            file=re.compile(
                rf"{re.escape(circulation)}\W{re.escape(member)}[\s\d()_.-]*(?:\.(?:docx|odt|rtf))?", re.IGNORECASE
            ),
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
        """Whether what fills a subject is a line of the packet, such as the title, or a day in one."""
        return subject is not None and all(
            one in self.lines or (any(map(str.isdigit, one)) and any(one in line for line in self.lines))
            for one in subject.groups()
        )

    def is_file(self, name: str) -> bool:
        """Whether `name` is that of the packet as it was written, or what a program makes of it for a copy."""
        return self.file.fullmatch(name.strip()) is not None


def _plain(text: str) -> str:
    return " ".join(normal(text).split())


def _pattern(subject: str) -> re.Pattern[str]:
    """The subject as a pattern, with a group for each of its fields but the circulation."""
    pieces = _FIELD.split(_plain(subject))
    return re.compile("([^{}]+?)".join(map(re.escape, pieces)))
