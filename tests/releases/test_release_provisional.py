"""Released before it is adopted: every page says so, and the record says what is missing. Rehearsals all."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

from paraph.library.release_record import read_statement
from rehearsal import Rehearsal
from site_world import ARABIC

WHY = "release rehearsal --provisional 'en=awaiting Spain' --provisional 'fr=dans l’attente de l’Espagne'"


def test_provisional_before_it_is_adopted(rehearsal: Rehearsal) -> None:
    assert "never put to the members" in rehearsal.refuses(f"{WHY} -f md")
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    assert "c1: the circulation is still open" in rehearsal.refuses("release rehearsal -f html")
    out = rehearsal.does(f"{WHY} -f html --reference P-1")
    assert "released provisionally as P-1" in out
    assert "c1: the circulation is still open" in out
    folder = rehearsal.root / "releases/P-1"
    english, french = (folder / f"rehearsal.{code}.html" for code in ("en", "fr"))
    assert "Provisional, not yet adopted by the members: awaiting Spain" in english.read_text(encoding="utf-8")
    assert "Version provisoire" in french.read_text(encoding="utf-8")
    assert "dans l’attente de l’Espagne" in french.read_text(encoding="utf-8")
    assert "still to be decided: 3" in english.read_text(encoding="utf-8")
    record = read_statement((folder / "record.json").read_bytes()).record
    assert dict(record.provisional) == {"en": "awaiting Spain", "fr": "dans l’attente de l’Espagne"}
    assert [(one.why, one.subject, one.members) for one in record.missing] == [
        ("open", "c1", ()),
        ("pending", "detention@1", ("spain",)),
        ("pending", "schooling@1", ("spain",)),
        ("pending", "rehearsal@1", ("spain",)),
    ]
    assert "detention@1: spain has not decided" in out
    assert record.tally == {}
    assert {one.institution: one.state for one in record.decisions}["spain"] == "pending"
    assert "whole" in rehearsal.does("register verify")
    assert "was released as P-1" in rehearsal.refuses(f"{WHY} -f html")


def test_once_adopted_it_replaces_what_was_provisional(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("release rehearsal --provisional 'A reason in no particular language' -f md --reference P-1")
    rehearsal.all_approve()
    rehearsal.does("close c1")
    assert "Released as" not in rehearsal.does("status rehearsal")
    assert "nothing about it is provisional" in rehearsal.refuses(f"{WHY} -f md")
    assert "It replaces P-1" in rehearsal.does("release rehearsal -f md --reference A-1")
    record = json.loads((rehearsal.root / "releases/A-1/record.json").read_bytes())["predicate"]
    assert (record["replaces"], record["provisional"], record["missing"]) == ("P-1", {}, [])
    assert "whole" in rehearsal.does("register verify")


def test_reasons_that_are_none(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    assert "the reason is missing" in rehearsal.refuses("release rehearsal --provisional ' '", 2)
    assert "given twice in en" in rehearsal.refuses("release rehearsal --provisional en=a --provisional en=b", 2)
    assert "is not issued in “de”" in rehearsal.refuses("release rehearsal --provisional 'de=Eilt'", 2)
    rehearsal.edit("detention", "is detained", "is ever detained")
    assert "on record in no version" in rehearsal.refuses("release rehearsal --provisional 'It is urgent'")


def test_what_was_adopted_stays_in_force_beside_it(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f md --reference A-1")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.circulates("--corrects A-1")
    rehearsal.does("decide detention@2 --as malta --object 'Not so.'")
    out = rehearsal.does(f"{WHY} -f md --reference P-2")
    assert "replaces" not in out
    assert "Until it is adopted, A-1 stays in force" in out
    assert "A-1 stays in force" in rehearsal.refuses("correct A-1 --by P-2 --reason typo")
    old, early = (f"releases/{one}/rehearsal.en.md" for one in ("A-1", "P-2"))
    assert "in force" not in rehearsal.does(f"verify {old}")
    record = "verify --record releases/A-1/record.json --record releases/P-2/record.json"
    assert "in force" not in rehearsal.does(f"{record} {old}")
    rehearsal.does("decide detention@2 --as malta --approve")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2")
    rehearsal.does("release rehearsal -f md --reference A-4 --reason 'A word was missing.'")
    assert "corrected by A-4" in rehearsal.refuses(f"verify {old}")
    assert "replaced by A-4" in rehearsal.refuses(f"verify {early}")
    everything = " ".join(f"--record releases/{one}/record.json" for one in ("A-1", "P-2", "A-4"))
    assert "corrected by A-4" in rehearsal.refuses(f"verify {everything} {old}")
    assert "replaced by A-4" in rehearsal.refuses(f"verify {everything} {early}")


def test_what_was_replaced_before_is_not_replaced_again(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does(f"{WHY} -f md --reference P-1")
    rehearsal.all_approve()
    rehearsal.does("close c1")
    assert "It replaces P-1" in rehearsal.does("release rehearsal -f md --reference A-2")
    rehearsal.edit("detention", "is detained", "is ever detained")
    rehearsal.circulates()
    assert "replaces" not in rehearsal.does(f"{WHY} -f md --reference P-3")
    assert "Replaces" not in (rehearsal.root / "releases/P-3/rehearsal.en.md").read_text(encoding="utf-8")
    rehearsal.edit("schooling", "goes to", "must go to")
    rehearsal.does("close c2 --call-off 'Other words'")
    rehearsal.circulates()
    assert "It replaces P-3" in rehearsal.does(f"{WHY} -f md --reference P-4")
    rehearsal.does("rebuild P-3 --verify", "register verify")


def test_what_was_not_adopted_is_released_in_no_way_until_it_is_put_again(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve("c1", "spain")
    rehearsal.does("decide detention --as spain --object 'Never.'")
    rehearsal.does("decide c1 --as spain --abstain")
    assert "NOT ADOPTED" in rehearsal.refuses("close c1")
    assert "--provisional" not in rehearsal.refuses("release rehearsal -f md")
    out = rehearsal.refuses(f"{WHY} -f md")
    assert "they did not adopt it" in out
    assert "detention@1" in out
    rehearsal.circulates()
    rehearsal.does(f"{WHY} -f md --reference P-1")


def test_what_was_refused_after_its_provisional_release_is_said_to_be(rehearsal: Rehearsal) -> None:
    """22a."""
    rehearsal.circulates()
    rehearsal.does("decide c1 --as albania --approve", f"{WHY} -f md --reference P-1")
    rehearsal.does("decide detention --as malta --object 'Not so.'")
    rehearsal.moves_to("2026-03-02")
    assert "not adopted" not in rehearsal.does("verify releases/P-1/rehearsal.en.md")
    rehearsal.does("publish")
    page = rehearsal.root / "site/en/P-1.html"
    assert "Published provisionally, without having been adopted" in page.read_text(encoding="utf-8")
    assert _everywhere(rehearsal) == ("provisional", "provisional", "Provisional", True)
    told = "P-1 is out provisionally, and was not adopted: “paraph withdraw P-1 --reason …”"
    assert told in rehearsal.refuses("close c1")
    status = rehearsal.words("status rehearsal")
    assert "Provisionally released as P-1" in status
    assert "P-1 is out, and was not adopted: “paraph withdraw P-1 --reason …”" in status
    since = "not adopted since: c1, closed on 2026-03-02"
    assert f"before its members had adopted it; {since}\n" in rehearsal.does("verify releases/P-1/rehearsal.en.md")
    assert since in rehearsal.does("show P-1")
    rehearsal.does("publish")
    said = page.read_text(encoding="utf-8")
    assert "and not adopted by the members since" in said
    assert "Put to the members, and not adopted on 2 March 2026" in said
    assert "How each institution stood when it was published" in said
    assert "without having been adopted" not in said
    assert _everywhere(rehearsal) == ("not-adopted", "not adopted", "Not-adopted", False)
    rehearsal.does("circulate rehearsal --until '2026-04-01 18:00'")
    assert "not adopted" not in rehearsal.does("show P-1"), "they are being asked again"
    rehearsal.does("publish")
    assert _everywhere(rehearsal) == ("provisional", "provisional", "Provisional", True)
    rehearsal.moves_to("2026-04-02")
    rehearsal.does("withdraw P-1 --reason 'It was not adopted'")
    assert "is out" not in rehearsal.refuses("close c2")
    rehearsal.does("publish")
    said = page.read_text(encoding="utf-8")
    assert "withdrawn on 2 April 2026" in said
    assert "and not adopted by the members since" in said
    assert _everywhere(rehearsal)[::2] == ("withdrawn", "Withdrawn")
    assert "is out" not in rehearsal.does("status rehearsal")


def test_a_leaflet_that_was_not_adopted_is_no_longer_handed_out(rehearsal: Rehearsal) -> None:
    for name in ("statements/leaflets/leaflet.yml", "statements/clauses/test/asking.yml"):
        path = rehearsal.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ARABIC[name].lstrip("\n"), encoding="utf-8")
    rehearsal.does("circulate leaflet --until '2026-03-01 18:00'")
    rehearsal.does(
        "release leaflet --provisional 'en=urgent' --provisional 'fr=urgent' -f md --reference L-1", "publish"
    )
    leaflets = rehearsal.root / "site/en/leaflets.html"
    assert '<strong class="mark" lang="en" dir="ltr">provisional</strong>' in leaflets.read_text(encoding="utf-8")
    rehearsal.does("decide c1 --as malta --object 'Not so.'")
    rehearsal.moves_to("2026-03-02")
    assert "NOT ADOPTED" in rehearsal.refuses("close c1")
    rehearsal.does("publish")
    assert "L-1" not in leaflets.read_text(encoding="utf-8")


def _everywhere(rehearsal: Rehearsal) -> tuple[str, str, str, bool]:
    """What the site says of P-1 besides its page: in the catalogue; in the list of its year and the feed, which say the
    same; to search engines; and whether a member that approved it is said to have joined."""
    site = rehearsal.root / "site"
    (entry,) = json.loads((site / "catalog/2026.json").read_bytes())["releases"]
    (marks,) = {
        tuple(re.findall(r'<strong class="mark">([^<]*)</strong>', (site / "en" / name).read_text(encoding="utf-8")))
        for name in ("year/2026.html", "index.html")
    }
    feed = (site / "en/feed.xml").read_text(encoding="utf-8")
    assert f"({', '.join(marks)})</title>" in feed
    summary = ElementTree.fromstring(feed).findtext(".//{*}entry/{*}summary")
    assert summary
    assert summary.partition(". Reason:")[0] in (site / "en/P-1.html").read_text(encoding="utf-8")
    status = re.search(r'"creativeWorkStatus":"([^"]*)"', (site / "en/P-1.html").read_text(encoding="utf-8"))
    assert entry["institutions"] == (["albania"] if entry["standing"] == "provisional" else [])
    joined = "P-1.html" in (site / "en/members/albania.html").read_text(encoding="utf-8")
    return entry["standing"], ", ".join(marks), status[1] if status else "", joined
