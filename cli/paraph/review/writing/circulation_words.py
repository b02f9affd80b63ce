"""What a packet says about a circulation: deadline, rule, silence, dates, as each language writes them."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from paraph.model.language import Language
from paraph.model.packet import Packet, Question, Stationery
from paraph.model.rule import Rule, RuleKind

LATIN = re.compile(r"\((?=[^()]*[A-Za-z])[ !-'*-~]+\)")
"""Latin letters between brackets, such as a time zone: in Arabic, one bracket would else stand at the other end."""
_NEVER = 10**6
"""Of a unit, before the next larger one is used."""


def in_advance(rule: Rule, language: Language) -> str:
    """How long before the deadline notice is due: Babel has days in every language here only as a span of time."""
    from babel.dates import format_timedelta

    unit: Literal["day", "hour"] = "hour" if rule.notice % 24 else "day"
    span = dt.timedelta(hours=rule.notice)
    return str(format_timedelta(span, granularity=unit, threshold=_NEVER, locale=language.locale))


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks one language on a stationery. `first` is how it writes the first day of a month (“1er”), or ""."""

    stationery: Stationery
    language: Language
    first: str = ""

    def say(self, key: str, /, **values: str) -> str:
        """A string of the stationery."""
        return self.stationery.say(self.language.code, key, **values)

    def date(self, at: dt.datetime, zone: str) -> str:
        """The day of an instant in a zone, in full."""
        return self._day(_local(at, zone), "long")

    def _day(self, day: dt.datetime, length: Literal["full", "long"]) -> str:
        """A day as the language’s locale writes it, with its weekday or without."""
        from babel.dates import format_date

        text = str(format_date(day, format=length, locale=self.language.locale))
        return re.sub(r"\b1\b", self.first, text, count=1) if self.first and day.day == 1 else text

    def deadline(self, packet: Packet) -> str:
        """The deadline with its weekday, its zone and that zone's distance from UTC. The last second of a minute is
        left out: whoever answers within the minute that is named is in time."""
        from babel.dates import format_time

        local, locale = _local(packet.deadline, packet.zone), self.language.locale
        return self.say(
            "deadline",
            date=self._day(local, "full"),
            time=str(format_time(local, format="medium" if local.second not in (0, 59) else "short", locale=locale)),
            zone=packet.zone,
            offset=f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:5],
        )

    def rule(self, rule: Rule) -> str:
        """What a rule asks for (docs/approvals.md, 17)."""
        given = {
            "approvals": str(rule.approvals),
            "members": str(rule.members),
            "notice": in_advance(rule, self.language),
        }
        return self.say(f"rule-{rule.kind}", **given)

    def silence(self, rule: Rule) -> str:
        """What it means under a rule not to answer."""
        match rule.kind:
            case RuleKind.SILENCE:
                return self.say("silence-tacit", notice=in_advance(rule, self.language))
            case RuleKind.COUNT:
                return self.say("silence-count")
            case _:
                return self.say("silence-pending")

    def standing(self, packet: Packet, question: Question) -> str:
        """What the member did with the text before."""
        if question.decided is not None:
            choice, at = question.decided
            return self.say("decided", choice=self.say(str(choice)), date=self.date(at, packet.zone))
        if question.before is not None:
            before = question.before
            return self.say("changed", version=str(before.version), date=self.date(before.on, packet.zone))
        return self.say("new")

    def in_short(self, question: Question) -> str:
        """The same in a word or two."""
        if question.decided is not None:
            return self.say("short-decided", choice=self.say(str(question.decided[0])))
        if question.before is not None:
            return self.say("short-changed", version=str(question.before.version))
        return self.say("short-new")

    def cover(self, packet: Packet, code: str, *, first: bool) -> Iterator[tuple[str, str]]:
        """What is asked, by when, under which rule: (label, words), the label "" for words that stand alone.

        What is the same in every language, the packet’s name and the state of the register, stands on the first alone.
        """
        if self.language.code in self.stationery.unchecked:
            yield "", self.say("unchecked")
        yield "", self.say("asked")
        yield self.say("answer-by"), self.deadline(packet)
        yield self.say("rule"), self.rule(packet.rule)
        yield self.say("silence"), self.silence(packet.rule)
        if packet.invited:
            yield self.say("not-counted"), self.say(f"not-counted-{packet.invited}")
        if first:
            yield self.say("packet"), code
            yield self.say("register"), packet.identity.head


def capital(words: str) -> str:
    """Words as they begin a line: “Français” over a column, “Your answer does not count” alone."""
    return words[:1].upper() + words[1:]


def _local(at: dt.datetime, zone: str) -> dt.datetime:
    return at.astimezone(zoneinfo.ZoneInfo(zone))
