"""Letters of another day than today: each is judged, named and signed as of its own."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from desk import clause, desk
from rehearsal import LETTER, Past, Rehearsal, drafts

INSTITUTIONS = "statements/institutions.yml"
CHANGE = "2026-06-01"
BEFORE, AFTER = "2026-03-10", "2026-06-10"
OLD, NEW = "Parliamentary Ombudsman of Malta", "Malta renamed"
NAMED = LETTER.replace("[detention, schooling]", "[{clause: detention, values: {who: malta}}, schooling]")
FILES = {
    **clause("hello", "{{ salutation }}", "{{ salutation }}", "salutation", "values: {salutation: text}\n"),
    **clause("detention", "{{ who }} asks", "{{ who }} demande", "paragraph", "values: {who: institution}\n"),
    **clause("schooling", "Every child goes to school", "Tout enfant va à l’école", kind="paragraph"),
    "statements/statements/rehearsal.yml": NAMED,
    "one.csv": "authority,address\nOffice,Street\n",
    "both.csv": f"authority,address,date\nEarly,Street,{BEFORE}\nLate,Street,{AFTER}\n",
    "early.csv": f"authority,address,date\nEarly,Street,{BEFORE}\n",
    "late.csv": f"authority,address,date\nLate,Street,{AFTER}\n",
}
DRAFT = "Draft for review"


def letter(rehearsal: Rehearsal, name: str) -> str:
    """All words of the letter whose file has `name` in its name."""
    (path,) = (rehearsal.root / "out").rglob(f"*{name}*.docx")
    with zipfile.ZipFile(path) as package:
        parts = [package.read(one).decode() for one in package.namelist() if re.match(r"word/\w+\.xml", one)]
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", "".join(parts)))


def send(table: str, more: str = "") -> str:
    return f"letters rehearsal --to {table}.csv -o out --docx -j 1 {more}"


def status_of(root: Path, member: str, entries: str) -> None:
    """Write the status of a member anew."""
    path = root / INSTITUTIONS
    pattern = rf"(\n  {member}:\n(?:    .*\n)*?    status:\n)(?:      - .*\n)+"
    text, found = re.subn(pattern, rf"\g<1>{entries}", path.read_text(encoding="utf-8"))
    assert found == 1, member
    path.write_text(text, encoding="utf-8")


def leaves(root: Path, member: str, day: str = CHANGE) -> None:
    status_of(root, member, f"      - {{status: active}}\n      - {{since: {day}, status: left}}\n")


def renamed(root: Path) -> None:
    """Malta has another name from the change on."""
    path = root / INSTITUTIONS
    text, old = path.read_text(encoding="utf-8"), "        mt: {name: Ombudsman Parlamentari, sort: Malta}\n"
    assert text.count(old) == 1
    new = f"{old}      - since: {CHANGE}\n        en: {{name: {NEW}}}\n        fr: {{name: Malte nouvelle}}\n"
    path.write_text(text.replace(old, new), encoding="utf-8")


def all_behind(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve()
    rehearsal.does("close c1", "release rehearsal --reference R-1")


@pytest.fixture
def named(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    """Released in February, in words that name Malta; Malta will have another name in June."""

    def begin(one: Rehearsal) -> None:
        desk(one.root, FILES)
        renamed(one.root)
        all_behind(one)

    return past.come_to("letter that names", rehearsal, begin)


@pytest.fixture
def plain(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    """Released in February, in words without a name, signed by albania, malta and spain."""

    def begin(one: Rehearsal) -> None:
        said = clause("detention", "No child is detained", "Aucun enfant n’est détenu", kind="paragraph")
        desk(one.root, {**FILES, **said, "statements/statements/rehearsal.yml": LETTER})
        all_behind(one)

    return past.come_to("letter without names", rehearsal, begin)


def is_draft(text: str) -> bool:
    assert (DRAFT in text) != ("R-1" in text), text
    return DRAFT in text


def test_a_letter_of_a_later_day_is_a_draft_where_its_words_are_others_by_then(named: Rehearsal) -> None:
    said = named.words(send("both"))
    early, late = letter(named, "early"), letter(named, "late")
    assert OLD in early
    assert not is_draft(early)
    assert NEW in late
    assert OLD not in late
    assert is_draft(late), "nobody approved these words"
    assert drafts(named.root / "out") == ["no", "yes"]
    assert f"letters of {AFTER}" in said
    assert "mark of a draft" in said
    assert "1 recipient" not in said
    assert "2 recipients: 2 files written" in said


@pytest.mark.parametrize("how", ["late", f"one --date {AFTER}"])
def test_all_of_a_later_day(named: Rehearsal, how: str) -> None:
    table, _, more = how.partition(" ")
    assert "mark of a draft" in named.words(send(table, more))
    assert is_draft(letter(named, "office" if more else "late"))


@pytest.mark.parametrize("how", ["early", f"one --date {BEFORE}"])
def test_a_letter_of_an_earlier_day_is_what_was_released(named: Rehearsal, how: str) -> None:
    """However its words would read today."""
    named.moves_to("2026-07-01")
    table, _, more = how.partition(" ")
    assert "mark of a draft" not in named.words(send(table, more))
    said = letter(named, "office" if more else "early")
    assert OLD in said
    assert not is_draft(said)
    assert "mark of a draft" in named.words(send("one", "--force").replace("-o out", "-o out/today"))


def test_a_day_changes_nothing_where_no_name_does(plain: Rehearsal) -> None:
    said = plain.words(send("both"))
    assert "mark of a draft" not in said
    assert not is_draft(letter(plain, "early"))
    assert not is_draft(letter(plain, "late"))


def test_nobody_signs_a_letter_of_a_day_on_which_it_has_left(plain: Rehearsal) -> None:
    leaves(plain.root, "malta")
    said = plain.words(send("both"))
    assert OLD in letter(plain, "early")
    late = letter(plain, "late")
    assert OLD not in late
    assert "Albania" in late
    assert not is_draft(late)
    assert f"malta signed R-1, and is no active member on {AFTER}: letters of then do not list it" in said


def test_nor_one_of_a_day_before_it_joined(rehearsal: Rehearsal) -> None:
    said = clause("detention", "No child is detained", "Aucun enfant n’est détenu", kind="paragraph")
    desk(rehearsal.root, {**FILES, **said, "statements/statements/rehearsal.yml": LETTER})
    status_of(rehearsal.root, "malta", "      - {since: 2026-01-15, status: active}\n")
    all_behind(rehearsal)
    rehearsal.does(send("one", "--date 2026-01-10"))
    assert OLD not in letter(rehearsal, "office")
    rehearsal.does(send("one", "--date 2026-01-20"))
    assert OLD in letter(rehearsal, "office")


def test_who_has_left_since_signs_the_letters_of_a_day_before(plain: Rehearsal) -> None:
    """Whether that it left is on record by now or not; a record that says that it left, and a file that does not, do
    not list it."""
    leaves(plain.root, "malta")
    plain.moves_to("2026-07-01")
    for _ in range(2):
        plain.does(send("both", "--force"))
        assert OLD in letter(plain, "early")
        assert OLD not in letter(plain, "late")
        plain.does("register members --confirm")
    status_of(plain.root, "malta", "      - {status: active}\n")
    plain.does(send("both", "--force"))
    assert OLD not in letter(plain, "early")


def test_a_draft_lists_those_of_its_day_too(rehearsal: Rehearsal) -> None:
    said = clause("detention", "No child is detained", "Aucun enfant n’est détenu", kind="paragraph")
    desk(rehearsal.root, {**FILES, **said, "statements/statements/rehearsal.yml": LETTER})
    leaves(rehearsal.root, "malta")
    rehearsal.does(send("both"))
    assert OLD in letter(rehearsal, "early"), "invited"
    assert OLD not in letter(rehearsal, "late")
    rehearsal.circulates()
    rehearsal.all_approve()
    rehearsal.does(send("both"))
    assert OLD in letter(rehearsal, "early"), "joined"
    assert OLD not in letter(rehearsal, "late")


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        (f"      - {{status: active}}\n      - {{since: {CHANGE}, status: left}}\n", f"left on {CHANGE}"),
        (f"      - {{status: active}}\n      - {{since: {CHANGE}, status: observer}}\n", "is an observer"),
        (f"      - {{status: active}}\n      - {{since: {CHANGE}, status: pending}}\n", "awaits validation"),
    ],
)
def test_who_is_no_member_on_the_day_of_a_letter_sends_none(plain: Rehearsal, entries: str, why: str) -> None:
    """And it is said why: it has approved all of it."""
    status_of(plain.root, "malta", entries)
    plain.does(send("early", "--as malta"))
    for table in ("late", "both"):
        refused = " ".join(plain.refuses(send(table, "--as malta --confirm")).split())
        assert why in refused
        assert f"on {AFTER}" in refused
        assert "not approved" not in refused
    plain.moves_to("2026-07-01")
    for _ in range(2):
        assert why in " ".join(plain.refuses(send("one", "--as malta --confirm")).split())
        plain.does("register members --confirm")


def test_who_has_left_sends_no_draft_either(plain: Rehearsal) -> None:
    plain.edit("schooling", "goes to", "is at")
    leaves(plain.root, "malta")
    assert "mark of a draft" in plain.does(send("early", "--as malta"))
    plain.moves_to("2026-07-01")
    for table in ("one", "early"):  # nor with a day of before written on it
        assert f"left on {CHANGE}" in " ".join(plain.refuses(send(table, "--as malta")).split())


def test_a_member_that_there_is_not_is_called_so(plain: Rehearsal) -> None:
    assert "there is no member “mallta”" in " ".join(plain.refuses(send("one", "--as mallta"), 2).split())


def test_the_name_of_who_signs_is_that_of_the_day_and_is_looked_at(plain: Rehearsal) -> None:
    renamed(plain.root)
    plain.does(send("early"))
    assert NEW in " ".join(plain.refuses(send("both")).split()), "it was not there when the members were asked"
    plain.does(send("both", "--confirm"))
    assert OLD in letter(plain, "early")
    assert NEW in letter(plain, "late")


def test_a_letter_with_a_date_of_its_own_is_judged_by_that(rehearsal: Rehearsal) -> None:
    """Its day is part of what is approved; the members are those of that day."""
    desk(rehearsal.root, {**FILES, "statements/statements/rehearsal.yml": f"{NAMED}date: {BEFORE}\n"})
    renamed(rehearsal.root)
    all_behind(rehearsal)
    leaves(rehearsal.root, "spain")
    rehearsal.moves_to("2026-07-01")
    for _ in range(2):
        rehearsal.does(send("one", "--force"))
        said = letter(rehearsal, "office")
        assert not is_draft(said)
        assert said.count(OLD) == 2
        assert "Ombudsman of Spain" in said or "Spain" in said
        rehearsal.does("register members --confirm")


def test_a_day_before_the_release_or_far_ahead_seems_to_be_a_slip(plain: Rehearsal) -> None:
    days = "".join(f"Office {day},Street,{day}\n" for day in ("2026-01-31", "2026-02-01", "2027-02-02", "2027-02-03"))
    (plain.root / "slips.csv").write_text(f"authority,address,date\n{days}", encoding="utf-8")
    said = plain.words(send("slips"))
    assert "letters of 2026-01-31 are dated before R-1 was released, on 2026-02-01 [letter-date]" in said
    assert "letters of 2027-02-03 are dated more than a year ahead [letter-date]" in said
    assert said.count("letter-date") == 2


def test_days_between_which_no_name_changes_are_judged_once(named: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    from paraph.workflow.record import versions

    days = "".join(f"Office {day},Street,2026-0{5 + day % 3}-{day:02}\n" for day in range(1, 29))
    (named.root / "many.csv").write_text(f"authority,address,date\n{days}", encoding="utf-8")
    judged = []
    now_of = versions.now_of
    monkeypatch.setattr(versions, "now_of", lambda *given: judged.append(1) or now_of(*given))
    named.does(send("both"))
    times = len(judged)
    named.does(send("many"))
    assert len(judged) == 2 * times
