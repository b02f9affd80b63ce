"""What institutions.yml says of days to come is nobody's name or status yet: of today, in the workspace's zone."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re

import pytest

from desk import clause
from rehearsal import Rehearsal

FILE = "statements/institutions.yml"
LEAF = "statements/leaflets/leaf.yml"
LEAFLET = """
id: leaf
form: leaflet
title: {en: A leaf, fr: Une feuille}
networks: [aom]
languages: [en, fr]
fields: {readers: {en: For all, fr: Pour tous}}
adoption: {mode: body, rule: consensus}
sections:
  - {id: who, style: panel, heading: {en: Who, fr: Qui}, clauses: [asking]}
"""
LATER = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
"""A new year has begun, where clocks show Central European Time."""


@pytest.fixture(autouse=True)
def to_come(rehearsal: Rehearsal) -> None:
    """Malta will have another name, France joins and Spain leaves; a state will have another name."""
    path = rehearsal.root / FILE
    text = path.read_text(encoding="utf-8")
    for old, new in (
        (
            "        mt: {name: Ombudsman Parlamentari, sort: Malta}\n",
            "      - since: 2027-01-01\n        en: Malta, renamed\n",
        ),
        (_status("france"), r"\g<1>{since: 2027-01-01, status: active}"),
        (_status("spain"), r"\g<1>{status: active}\n      - {since: 2027-01-01, status: left}"),
    ):
        pattern = old if old.startswith("(") else f"(){re.escape(old)}"
        text, found = re.subn(pattern, new, text)
        assert found == 1, old
    path.write_text(text, encoding="utf-8")
    path = rehearsal.root / "statements/countries.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count("ar: أندورا\n") == 1
    path.write_text(
        text.replace("ar: أندورا\n", "ar: أندورا\n      - {since: 2027-01-01, en: New Andorra}\n"), encoding="utf-8"
    )


def _status(member: str) -> str:
    return rf"(\n  {member}:\n(?:    .*\n)*?    status:\n      - ){{status: \w+}}"


def listed(rehearsal: Rehearsal, what: str, first: str) -> dict[str, str]:
    rows = json.loads(rehearsal.does(f"list {what} --json"))
    return next(row for row in rows if first in row.values())


def test_lists_have_names_and_status_of_today(rehearsal: Rehearsal) -> None:
    assert listed(rehearsal, "members", "malta")["name"] == "Parliamentary Ombudsman of Malta"
    assert listed(rehearsal, "members", "spain")["status"] == "active"
    assert listed(rehearsal, "members", "france")["status"] == "not yet"
    assert re.search("status: +not yet", rehearsal.does("show france"))
    assert re.search("status: +active", rehearsal.does("show spain"))
    assert "(since 2027-01-01)" in rehearsal.does("show malta"), "what is to come is shown as such"
    rehearsal.now = LATER
    assert listed(rehearsal, "members", "malta")["name"] == "Malta, renamed"
    assert listed(rehearsal, "members", "spain")["status"] == "left"
    assert listed(rehearsal, "members", "france")["status"] == "active"


def test_states_are_listed_as_they_are_called_today(rehearsal: Rehearsal) -> None:
    assert "New" not in str(listed(rehearsal, "countries", "AD"))
    rehearsal.now = LATER
    assert "New" in str(listed(rehearsal, "countries", "AD"))


def test_status_and_differences_name_members_as_today(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("malta, spain,", "malta,"), encoding="utf-8")
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --approve")
    rehearsal.edit("detention", "is detained", "is ever detained")

    def named() -> str:
        found = json.loads(rehearsal.does("status rehearsal --json"))["columns"]
        return next(one["name"] for one in found if one["id"] == "malta")

    def pages() -> str:
        rehearsal.does("status rehearsal --html s.html")
        rehearsal.say("diff detention malta now -l en --html d.html")
        return "".join((rehearsal.root / name).read_text(encoding="utf-8") for name in ("s.html", "d.html"))

    assert named() == "Parliamentary Ombudsman of Malta"
    assert pages().count("Parliamentary Ombudsman of Malta") >= 2, "in both"
    assert "renamed" not in pages()
    rehearsal.now = LATER
    assert named() == "Malta, renamed"
    assert "Parliamentary Ombudsman" not in pages()


def test_a_release_without_a_date_is_of_who_is_there_on_its_day(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    path.write_text(re.sub("members:.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    rehearsal.circulates()
    for member in ("albania", "malta", "morocco", "north-macedonia", "spain"):
        rehearsal.does(f"decide c1 --as {member} --approve")
    rehearsal.does("close c1", "release rehearsal -f html --confirm", "publish")
    record = json.loads((rehearsal.root / "releases/AOM-2026-01/record.json").read_bytes())["predicate"]
    there = {one["id"]: one["names"]["en"] for one in record["institutions"]}
    assert {"spain", "france"} & set(there) == {"spain"}
    assert there["malta"] == "Parliamentary Ombudsman of Malta"
    page = rehearsal.root / "site/en/members/malta.html"
    assert "Malta, renamed" not in page.read_text(encoding="utf-8")
    rehearsal.now = LATER
    rehearsal.does("publish", "publish --to whole")
    assert "Malta, renamed" in page.read_text(encoding="utf-8")
    assert (rehearsal.root / "whole/en/members/malta.html").read_bytes() == page.read_bytes()


def spain_stays(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / FILE
    text = path.read_text(encoding="utf-8")
    assert text.count("2027-01-01, status: left") == 1
    path.write_text(text.replace("2027-01-01, status: left", "2028-01-01, status: left"), encoding="utf-8")


def test_an_undated_document_prints_the_names_of_its_day(rehearsal: Rehearsal) -> None:
    def page(name: str) -> str:
        return (rehearsal.root / name).read_text(encoding="utf-8")

    spain_stays(rehearsal)
    rehearsal.adopted()
    rehearsal.does("build rehearsal -f html -l en")
    assert "Parliamentary Ombudsman of Malta" in page("build/rehearsal.en.html")
    rehearsal.does("release rehearsal -f html -f docx")
    released = page("releases/AOM-2026-01/rehearsal.en.html")
    assert "Parliamentary Ombudsman of Malta" in released
    assert "Malta, renamed" not in released
    rehearsal.now = LATER
    assert "rehearsal.en.html" in rehearsal.does("build rehearsal -f html -l en"), "built anew, for names have changed"
    assert "Malta, renamed" in page("build/rehearsal.en.html")
    rehearsal.does("rebuild AOM-2026-01 --verify", "build rehearsal@1 -f html -l en")


def test_a_member_that_will_leave_is_one_until_then(rehearsal: Rehearsal) -> None:
    rehearsal.does("check")
    rehearsal.adopted()
    assert "signed by albania, malta, spain" in rehearsal.does("release rehearsal -f html")
    rehearsal.now = LATER
    assert "spain is no member today" in rehearsal.does("check")


def test_an_adopted_text_is_released_without_a_member_that_left_since(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.now = LATER
    rehearsal.does("register members --confirm")
    assert "spain agreed to rehearsal@1, is active no longer" in rehearsal.words("status rehearsal")
    assert "signed by albania, malta" in rehearsal.does("release rehearsal -f html --confirm")


def test_a_name_that_holds_since_the_members_were_asked_is_asked_about(rehearsal: Rehearsal) -> None:
    """The day is over on which anything was to come: the files are the same, and what they print is not."""
    path = rehearsal.root / FILE
    path.write_text(
        re.sub("      - {since: 2027-01-01, status: left}\n", "", path.read_text("utf-8")), encoding="utf-8"
    )
    rehearsal.adopted()
    rehearsal.now = LATER
    asks = rehearsal.words("status rehearsal")
    assert "Malta, renamed, which was not there" in asks
    assert "Malta, renamed" in rehearsal.refuses("release rehearsal -f html")
    rehearsal.does("release rehearsal -f html --confirm")
    assert "Malta, renamed" in rehearsal.does("log AOM-2027-01")


def test_what_is_put_to_members_over_midnight_is_of_the_day_on_which_it_was_begun(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    _named_in_the_text(rehearsal)
    ticks = itertools.count()
    begins = dt.datetime(2026, 12, 31, 22, 59, 59, tzinfo=dt.UTC)
    monkeypatch.setattr("paraph.workflow.times.now", lambda: begins + dt.timedelta(seconds=next(ticks)))
    rehearsal.does("circulate rehearsal --until '2027-03-01 18:00'")
    assert next(ticks) == 1, "the clock is read once"
    rehearsal.does("build rehearsal@1 -f html -l en")
    assert "Parliamentary Ombudsman of Malta" in rehearsal.words("show rehearsal@1")


def test_words_with_a_name_that_has_changed_are_asked_about_again(rehearsal: Rehearsal) -> None:
    spain_stays(rehearsal)
    _named_in_the_text(rehearsal)
    rehearsal.adopted()
    assert "Ready for release" in rehearsal.does("status rehearsal")
    rehearsal.now = LATER
    assert "rehearsal@1: changed since then" in rehearsal.words("status rehearsal")
    assert "by Malta, renamed" in rehearsal.does("show rehearsal -l en")
    assert "[-Parliamentary Ombudsman of Malta-]" in rehearsal.refuses("diff rehearsal 1 now -l en")
    assert "by Parliamentary Ombudsman of Malta" in rehearsal.words("show rehearsal@1")
    assert "changed since" in rehearsal.refuses("release rehearsal")


def _named_in_the_text(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / "statements/clauses/test/detention.yml"
    text = path.read_text(encoding="utf-8").replace("text:\n", "values: {who: institution}\ntext:\n")
    text = text.replace("is detained", "is detained by {{ who }}").replace("n’est détenu", "n’est détenu par {{ who }}")
    path.write_text(text, encoding="utf-8")
    path = rehearsal.root / "statements/statements/rehearsal.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[detention,", "[{clause: detention, values: {who: malta}},"), encoding="utf-8")


def _leaflet(rehearsal: Rehearsal, date: str) -> None:
    """A leaflet that is adopted in spring."""
    for name, text in {
        **clause("asking", "You can tell us", "Tu peux nous parler", kind="message"),
        LEAF: LEAFLET,
    }.items():
        (rehearsal.root / name).parent.mkdir(parents=True, exist_ok=True)
        (rehearsal.root / name).write_text(
            text + (f"date: {date}\n" if date and name == LEAF else ""), encoding="utf-8"
        )
    rehearsal.does("circulate leaf --until '2026-03-01 18:00'")
    for member in ("albania", "malta", "morocco", "north-macedonia", "spain"):
        rehearsal.does(f"decide c1 --as {member} --approve")
    rehearsal.does("close c1")


@pytest.mark.parametrize(
    ("date", "day"), [("2027-02-01", "2026-11-01"), ("2026-06-01", "2027-01-05"), ("", "2027-01-05")]
)
def test_members_editions_are_of_those_that_are_active_when_it_is_released(
    rehearsal: Rehearsal, date: str, day: str
) -> None:
    """In November France has not joined yet, whatever the date of the leaflet; in January Spain has left."""
    _leaflet(rehearsal, date)
    rehearsal.moves_to(day)
    rehearsal.does("register members --confirm")
    said = rehearsal.does("release leaf -f html --confirm --reference ONE")
    there = {path.name.split(".")[1] for path in rehearsal.root.glob("releases/*/leaf.*.en.html")}
    assert "malta" in there
    assert "spain" not in there
    assert "france" not in there, "it was not asked"
    named = "france has no vote in the circulation that decides it" in said
    assert named is (day > "2027" and date != "2026-06-01")


def test_a_new_edition_is_without_that_of_a_member_that_left(rehearsal: Rehearsal) -> None:
    _leaflet(rehearsal, "")
    rehearsal.does("release leaf -f html --reference ONE")
    rehearsal.now = LATER
    rehearsal.does("register members --confirm")
    asked = " ".join(rehearsal.refuses("release leaf -f html --reissue").split())
    assert "the edition of spain is in ONE; it is not active, and has none" in asked
    rehearsal.does("release leaf -f html --reissue --confirm --reference TWO", "rebuild TWO --verify")
    names = {path.name for path in (rehearsal.root / "releases/TWO").iterdir()}
    assert {"leaf.malta.en.html", "leaf.albania.en.html"} <= names
    assert "leaf.spain.en.html" not in names
