"""In whose name letters go out: nobody’s, under words that it has not approved, took back, or objects to since."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desk import clause, desk
from rehearsal import LETTER, Past, Rehearsal, drafts

FILES = {
    **clause("hello", "{{ salutation }}", "{{ salutation }}", "salutation", "values: {salutation: text}\n"),
    **clause("detention", "No child is detained", "Aucun enfant n’est détenu", kind="paragraph"),
    **clause("schooling", "Every child goes to school", "Tout enfant va à l’école", kind="paragraph"),
    "statements/statements/rehearsal.yml": LETTER,
    "t.csv": "authority,address\nOffice,Street\n",
}
SEND = "letters rehearsal --to t.csv --docx"
ALONE = f"{SEND} --as malta"
STANDS = "does not stand behind all of rehearsal"


def text_of(letter: Path) -> str:
    """All that the parts of a DOCX hold."""
    with zipfile.ZipFile(letter) as package:
        return b"".join(map(package.read, package.namelist())).decode("utf-8", "replace")


@pytest.fixture
def released(rehearsal: Rehearsal, past: Past) -> Rehearsal:
    """Under 2 of 3: albania and malta approved, spain abstained."""

    def begin(one: Rehearsal) -> None:
        desk(one.root, FILES)
        one.circulates("--rule '2 of 3'")
        one.all_approve("c1", "spain")
        one.does("decide c1 --as spain --abstain", "close c1", "release rehearsal --reference R-1")

    return past.come_to("letter", rehearsal, begin)


def test_letters_of_what_was_released_are_no_drafts(rehearsal: Rehearsal) -> None:
    """Until one character of the words has changed; and a member sends by itself only what it has approved."""
    desk(rehearsal.root, FILES)
    send = "letters rehearsal --to t.csv -o out --docx"
    assert "mark of a draft" in rehearsal.does(send)
    assert drafts(rehearsal.root / "out") == ["yes"]
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.does("decide c1 --as turkiye --approve", "decide c1 --as spain --abstain", "close c1")
    assert "mark of a draft" in rehearsal.does(send)
    rehearsal.does("release rehearsal --reference R-1")
    assert "mark of a draft" not in rehearsal.does(send)
    (letter,) = (rehearsal.root / "out").glob("*.docx")
    text = text_of(letter)
    assert "R-1" in text
    assert "Draft for review" not in text
    assert drafts(rehearsal.root / "out") == ["no"]
    assert "1 file written" in rehearsal.does(f"{send.replace('out', 'malta')} --as malta")
    assert "spain has not approved rehearsal" in rehearsal.refuses(f"{send} --as spain")
    assert "turkiye awaits validation" in rehearsal.refuses(f"{send} --as turkiye")
    spoken = rehearsal.root / "templates/letter/recipients.yml"
    spoken.write_text(
        spoken.read_text(encoding="utf-8").replace("[Dear Madam or Sir,", "[Dear dissenter,"), encoding="utf-8"
    )
    assert "- templates/letter/recipients.yml" in rehearsal.refuses(send), "how they begin, no member was asked about"
    assert "mark of a draft" not in rehearsal.does(f"{send} --confirm")
    rehearsal.edit("schooling", "goes to school", "is at school")
    assert "mark of a draft" in rehearsal.does(send)
    assert drafts(rehearsal.root / "out") == ["yes"]


@pytest.mark.parametrize(
    ("says", "answered"),
    [
        ("decide detention --as malta --object No", "malta objected to detention@1, too late to count"),
        ("decide detention --as malta --withdraw No", "malta took back what it had decided on detention@1"),
        ("decide rehearsal --as malta --object No", "malta objected to rehearsal@1, too late to count"),
        ("decide rehearsal --as malta --withdraw No", "malta took back what it had decided on rehearsal@1"),
        (
            "decide detention --as malta --reserve 'Not here'",
            "malta made a reservation on detention@1, too late to count",
        ),
        ("decide rehearsal --as malta --abstain", "malta abstained on rehearsal@1, too late to count"),
    ],
)
def test_a_member_sends_nothing_that_it_took_back_or_objects_to(released: Rehearsal, says: str, answered: str) -> None:
    """Nor with --confirm; the others send it as before, and it does again once it approves."""
    assert "1 file" in released.does(ALONE)
    released.does(says)
    for command in (ALONE, f"{ALONE} --confirm"):
        refused = " ".join(released.refuses(command).split())
        assert STANDS in refused
        assert answered in refused
    assert "1 file" in released.does(f"{SEND} --as albania")
    subject = says.split()[1]
    released.does(f"decide {subject} --as malta --approve", f"decide {subject} --as malta --accept-late 'It wrote so'")
    assert "1 unchanged" in released.does(ALONE)


def test_what_is_said_in_a_new_circulation_of_the_same_words_holds_at_once(released: Rehearsal) -> None:
    released.does("circulate rehearsal --until 2026-04-01 --whole", "decide detention --as malta --object No -c c2")
    assert "malta objects to detention@1" in " ".join(released.refuses(ALONE).split())
    assert "1 file" in released.does(f"{SEND} --as albania")
    assert "malta objects to detention@1" in " ".join(released.refuses(f"{SEND} --confirm").split())


def test_an_answer_that_is_not_recorded_is_looked_at_first(released: Rehearsal, tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_text("?", encoding="utf-8")
    released.does("decide c1 --as malta --unclear --evidence answer.txt")
    assert "malta gave an answer on rehearsal@1 that is not recorded" in " ".join(released.refuses(ALONE).split())


@pytest.mark.parametrize(
    ("says", "told", "accepted"),
    [
        ("decide detention --as malta --reserve 'Not here'", "malta reserved too late to count", True),
        ("decide rehearsal --as malta --abstain", "malta abstained too late to count", True),
        ("decide detention --as malta --unclear --evidence t.csv", "too late to count: ask what it says", False),
    ],
)
def test_a_late_word_is_looked_at_before_letters_go_out(
    released: Rehearsal, says: str, told: str, accepted: bool
) -> None:
    """Accepted, it counts, and the letters of all wait for a new edition; settled, it is nobody’s concern."""
    released.moves_to("2026-04-01")
    subject = says.split()[1]
    released.does(SEND, says)
    assert told in " ".join(released.refuses(SEND).split())
    assert STANDS in released.refuses(f"{ALONE} --confirm")
    released.does(f"{SEND} --confirm")
    if accepted:
        released.does(f"decide {subject} --as malta --accept-late 'It wrote so'")
        assert "--reissue" in " ".join(released.refuses(f"{SEND} --confirm").split())
    else:
        released.does(f"decide {subject} --as malta --settle 'It meant thanks'", SEND, ALONE)


def test_a_late_word_that_says_the_same_again_holds_nobody_up(rehearsal: Rehearsal) -> None:
    desk(rehearsal.root, FILES)
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.does("decide c1 --as spain --reserve 'Not here'", "close c1", "release rehearsal --reference R-1")
    rehearsal.moves_to("2026-04-01")
    rehearsal.does("decide detention --as spain --reserve 'Not here'", SEND)


def test_nobody_is_printed_as_signing_what_it_took_back(released: Rehearsal) -> None:
    """The letters of all go out again once the document is released with those that stand behind it now."""
    folder = released.root / "build/letters/rehearsal"
    released.does("decide c1 --as spain --approve --again")
    for subject in ("hello", "detention", "schooling", "rehearsal"):
        released.does(f"decide {subject} --as spain --accept-late 'It wrote so'")
    released.does(SEND, "decide rehearsal --as malta --withdraw No")
    for command in (SEND, f"{SEND} --confirm"):
        refused = " ".join(released.refuses(command).split())
        assert "malta took back what it had decided on rehearsal@1" in refused
        assert "paraph release rehearsal --reissue" in refused
    released.does("release rehearsal --reference R-2 --reissue --confirm", SEND)
    (letter,) = folder.glob("*.docx")
    assert "R-2" in text_of(letter)
    assert "Malta" not in text_of(letter)


def test_what_was_said_since_the_release_is_looked_at(released: Rehearsal) -> None:
    """As at a release: what counts for nothing goes by with --confirm, and so does a rule that is met no longer."""
    released.does("decide detention --as malta --object No")
    refused = " ".join(released.refuses(SEND).split())
    assert "detention@1: malta objected too late to count" in refused
    released.does(f"{SEND} --confirm", "decide schooling --as albania --withdraw No")
    assert "schooling@1" in " ".join(released.refuses(SEND).split())
    released.does(f"{SEND} --confirm")


def test_a_member_that_writes_alone_prints_its_own_reservations(rehearsal: Rehearsal) -> None:
    """As they were released: another one, taken down since, is a reason to release it anew."""
    desk(rehearsal.root, FILES)
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain", "malta")
    for member, words in (("spain", "Only by day."), ("malta", "Only at night.")):
        rehearsal.does(f"decide detention --as {member} --reserve '{words}'")
        rehearsal.does(f"decide c1 --as {member} --approve")
    rehearsal.does("close c1", "release rehearsal --reference R-1", SEND, ALONE)
    out = rehearsal.root / "build/letters/rehearsal"
    (joint,), (alone,) = out.glob("*.docx"), out.glob("malta/*.docx")
    assert "Only by day" in text_of(joint)
    assert "Only at night" in text_of(alone)
    assert "Only by day" not in text_of(alone)
    late = "decide schooling --as malta"
    rehearsal.does(f"{late} --reserve 'Not always.'", f"{late} --accept-late 'It wrote so'")
    for command in (SEND, ALONE):
        refused = " ".join(rehearsal.refuses(f"{command} --confirm").split())
        assert "the reservation of malta on schooling is not as it was released" in refused


def test_letters_of_a_provisional_release_say_so(rehearsal: Rehearsal) -> None:
    desk(rehearsal.root, FILES)
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --approve", "release rehearsal --provisional 'en: In haste' --reference R-1")
    assert "rehearsal was released provisionally, as R-1" in rehearsal.words(SEND)
    (letter,) = (rehearsal.root / "build/letters/rehearsal").glob("*.docx")
    assert "In haste" in text_of(letter)
