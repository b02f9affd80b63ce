"""The words around a packet that are its own: the subject of the e-mail that it was sent with, the name of its file.

Whoever answers mostly leaves both as they are; whatever else stands there somebody wrote, and it may be the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from paraph.review.returned.normal_text import normal

_ANSWERED = re.compile(
    r"(?:re|fwd?|aw|wg|tr|rv|res|enc|sv|vb|vs|antw|odp|pd|rif|ynt|ref|رد|回复)\s?(?:\[\d+\])?\s?[:：]\s*", re.IGNORECASE
)
"""What mail programs put before a subject; no other word with a colon, such as “No:”."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`subjects` are those that a packet was sent with, one a language, `file` the pattern of the name of its file."""

    subjects: frozenset[str]
    file: re.Pattern[str]

    @classmethod
    def of(cls, subjects: Iterable[str], circulation: str, member: str) -> OwnWords:
        """Those of the packet of a circulation for a member."""
        return cls(
            subjects=frozenset(map(_plain, subjects)),
            file=re.compile(
                rf"{re.escape(circulation)}\W{re.escape(member)}[\s\d()_.-]*(?:\.(?:docx|odt|rtf))?", re.IGNORECASE
            ),
        )

    def is_subject(self, subject: str) -> bool:
        """Whether `subject` is the packet’s own, word for word, none, or what a mail program makes of it in a reply."""
        bare = _plain(subject)
        while bare and bare not in self.subjects:
            before = _ANSWERED.match(bare)
            if before is None:
                return False
            bare = bare[before.end() :]
        return True

    def is_file(self, name: str) -> bool:
        """Whether `name` is that of the packet as it was written, or what a program makes of it for a copy."""
        return self.file.fullmatch(name.strip()) is not None


def _plain(text: str) -> str:
    return " ".join(normal(text).split())
