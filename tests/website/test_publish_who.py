"""Who is said to stand behind a text on the site: exactly those that the record has. Rehearsals all."""

from __future__ import annotations

import datetime as dt
import json
import re

from desk import desk
from rehearsal import DOCUMENT, Rehearsal
from site_world import words

BODY = DOCUMENT.replace("adoption: {mode: each, rule: consensus}", "adoption: {mode: body, rule: RULE}")


def begun(rehearsal: Rehearsal, rule: str) -> None:
    """The same text, adopted by the body under `rule`, put to the members."""
    desk(rehearsal.root, {"statements/statements/rehearsal.yml": BODY.replace("RULE", rule)})
    rehearsal.circulates()


def joined(rehearsal: Rehearsal) -> list[str]:
    """Those that the catalogue names; the pages of members agree with it."""
    rehearsal.does("publish")
    (entry,) = json.loads((rehearsal.root / "site/catalog/2026.json").read_bytes())["releases"]
    found: list[str] = entry["institutions"]
    pages = {path.stem: words(path, "main", "") for path in (rehearsal.root / "site/en/members").glob("*.html")}
    assert sorted(one for one, text in pages.items() if one != "index" and "A rehearsal" in text) == sorted(found)
    return found


def page(rehearsal: Rehearsal, language: str = "en") -> str:
    return " ".join(words(rehearsal.root / f"site/{language}/AOM-2026-01.html", "body", "").split())


def test_who_is_silent_abstains_or_was_not_asked_joined_nothing(rehearsal: Rehearsal) -> None:
    begun(rehearsal, "silence 7 days")
    rehearsal.does("notice c1", "decide c1 --as spain --abstain")
    rehearsal.moves_to("2026-03-02")
    rehearsal.does("close c1", "release rehearsal -f html")
    assert joined(rehearsal) == []
    assert "under a silence procedure by 2 institutions" in page(rehearsal)
    assert "did not object in time" in page(rehearsal)


def test_who_took_it_back_is_not_counted(rehearsal: Rehearsal) -> None:
    """14: adopted by three; one took its approval back before the release, and the rule is met without it."""
    begun(rehearsal, "2 of 3")
    rehearsal.all_approve()
    rehearsal.does("close c1", "decide rehearsal -c c1 --as spain --withdraw 'Changed our mind'")
    rehearsal.does("release rehearsal -f html --confirm")
    assert joined(rehearsal) == ["albania", "malta"]
    assert "by 2 institutions" in page(rehearsal)
    assert "by 3 institutions" not in page(rehearsal)


def test_why_it_was_released_before_its_adoption_is_said_on_its_page(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.does("release rehearsal -f html --provisional 'en=in haste' --provisional 'fr=dans l’urgence'", "publish")
    assert "Reason: in haste" in page(rehearsal)
    assert "Motif : dans l’urgence" in page(rehearsal, "fr")
    feed = (rehearsal.root / "site/fr/feed.xml").read_text(encoding="utf-8")
    assert "sans avoir été adopté. Motif : dans l’urgence" in " ".join(feed.replace("\xa0", " ").split())


def test_who_agreed_and_does_not_sign_joined_nothing(rehearsal: Rehearsal) -> None:
    """22: signed by each; one is active no longer by the day of the release, and is not listed."""
    rehearsal.adopted()
    path = rehearsal.root / "statements/institutions.yml"
    text = path.read_text(encoding="utf-8")
    head, spain, rest = text.partition("\n  spain:")
    assert "status: active" in rest
    path.write_text(head + spain + rest.replace("status: active", "status: pending", 1), encoding="utf-8")
    rehearsal.does("release rehearsal -f html --confirm")
    assert joined(rehearsal) == ["albania", "malta"]


def test_who_approved_the_whole_and_objected_to_a_clause_is_said_to(rehearsal: Rehearsal) -> None:
    begun(rehearsal, "2 of 3")
    rehearsal.all_approve()
    rehearsal.does("decide schooling --as malta --object 'No school'", "close c1", "release rehearsal -f html")
    assert joined(rehearsal) == ["albania", "malta", "spain"]
    assert "approved; objected to: schooling" in page(rehearsal)
    assert "s’est opposée à : schooling" in page(rehearsal, "fr")


def test_a_text_in_the_name_of_no_network_is_that_of_those_who_joined_it(rehearsal: Rehearsal) -> None:
    alone = DOCUMENT.replace("networks: [aom]\n", "")
    assert alone != DOCUMENT
    desk(rehearsal.root, {"statements/statements/rehearsal.yml": alone})
    rehearsal.circulates()
    rehearsal.does(
        "decide c1 --as albania --approve", "decide c1 --as malta --approve", "decide c1 --as spain --abstain"
    )
    assert "released as 2026-01:" in rehearsal.does("close c1", "release rehearsal -f html")
    rehearsal.does("publish")
    text = (rehearsal.root / "site/en/2026-01.html").read_text(encoding="utf-8")
    named = ["People’s Advocate of Albania", "Parliamentary Ombudsman of Malta"]
    assert re.findall('<meta name="DCTERMS.creator" content="(.*?)">', text) == named
    linked = json.loads(re.findall("<script type=.application/ld.json.>(.*?)</script>", text)[0])
    assert [one["name"] for one in linked["author"]] == named


def test_days_are_those_where_the_workspace_is(rehearsal: Rehearsal) -> None:
    """Half past eleven at night in UTC is the next day in Paris, as the notice that is sent on has it."""
    rehearsal.circulates()
    rehearsal.all_approve()
    rehearsal.now = dt.datetime(2026, 12, 31, 23, 10, tzinfo=dt.UTC)
    rehearsal.does("close c1", "release rehearsal -f html --reference AOM-2026-01")
    rehearsal.now = dt.datetime(2027, 1, 31, 23, 30, tzinfo=dt.UTC)
    rehearsal.does("withdraw AOM-2026-01 --reason 'A rehearsal'", "publish")
    assert "Adopted by consensus on 1 January 2027" in page(rehearsal)
    assert "Published on 1 January 2027" in page(rehearsal)
    assert "withdrawn on 1 February 2027" in page(rehearsal)
    assert "retiré le 1er février 2027" in page(rehearsal, "fr")
    feed = (rehearsal.root / "site/en/feed.xml").read_text(encoding="utf-8")
    assert "withdrawn on 1 February 2027" in feed
    assert "<published>2026-12-31T23:11:00Z</published>" in feed
    made = (rehearsal.root / "site/en/AOM-2026-01.html").read_text(encoding="utf-8")
    assert '<meta name="DCTERMS.issued" content="2027-01-01">' in made
    assert '"datePublished":"2027-01-01"' in made
    (entry,) = json.loads((rehearsal.root / "site/catalog/2027.json").read_bytes())["releases"]
    assert entry["date"] == "2027-01-01"
