"""`paraph log` of a document and of a member: nothing that stands there may be mistaken for what stands now."""

from __future__ import annotations

from rehearsal import Rehearsal


def test_the_log_of_a_document_has_what_became_of_its_releases(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md", "withdraw AOM-2026-01 --reason Wrong")
    for reference in ("rehearsal", "rehearsal@1"):
        assert "AOM-2026-01 withdrawn" in rehearsal.words(f"log {reference}").partition("released as AOM-2026-01")[2]


def test_words_that_were_withdrawn_go_out_again_only_where_that_is_meant(rehearsal: Rehearsal) -> None:
    """21."""
    told = "these words were released as AOM-2026-01, which was withdrawn"
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md")
    assert "withdrawn" not in rehearsal.does("status rehearsal")
    rehearsal.does("withdraw AOM-2026-01 --reason Wrong")
    status = rehearsal.words("status rehearsal")
    assert "AOM-2026-01 was withdrawn Ready for release with --confirm" in status
    assert told in status
    assert told in " ".join(rehearsal.refuses("release rehearsal -f md").split())
    rehearsal.does("release rehearsal -f md --confirm")
    assert f"confirmed: {told}" in rehearsal.words("status rehearsal")
    rehearsal.edit("detention", "is detained", "is ever detained")
    assert "withdrawn" not in rehearsal.does("status rehearsal"), "other words"


def test_words_that_were_withdrawn_are_known_whatever_their_version(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md", "withdraw AOM-2026-01 --reason Wrong")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.circulates()
    rehearsal.all_approve("c2")
    rehearsal.does("close c2", "release rehearsal -f md")
    rehearsal.edit("detention", "is ever detained", "is detained")
    rehearsal.circulates("--confirm")
    rehearsal.all_approve("c3")
    rehearsal.does("close c3")
    told = "these words were released as AOM-2026-01, which was withdrawn"
    assert told in rehearsal.words("status rehearsal")
    assert told in " ".join(rehearsal.refuses("release rehearsal -f md").split())


def test_the_log_of_a_member_says_what_became_of_each_decision(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("decide c1 --as malta --approve", "decide detention --as malta --withdraw 'In doubt'")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("decide detention --as spain --approve")
    assert "taken back by event" in rehearsal.words("log malta")
    assert "late: it counts for nothing until it is accepted" in rehearsal.words("log spain")


def test_the_hour_that_comes_twice_is_told_apart(rehearsal: Rehearsal) -> None:
    """7: half past two by summer time is in time, half past two by winter time is late."""
    rehearsal.does("circulate rehearsal --until 2026-10-25T02:30+02:00")
    rehearsal.moves_to("2026-10-26")
    rehearsal.does("decide detention --as malta --approve --received 2026-10-25T02:30+02:00")
    rehearsal.does("decide detention --as spain --approve --received 2026-10-25T02:30+01:00")
    said = rehearsal.words("log detention")
    assert "received 2026-10-25 02:30+02:00 Europe/Paris, recorded" in said
    assert "received 2026-10-25 02:30+01:00 Europe/Paris" in said.partition("spain: approve")[2]
    assert "until 2026-10-25 02:30+02:00 Europe/Paris" in rehearsal.words("status rehearsal")
