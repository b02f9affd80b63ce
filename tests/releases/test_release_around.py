"""What stands around the words that were approved is released as it was put to the members, or was looked at.

Rehearsals all: no institution decided any of it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from desk import desk
from paraph.assembly import assemble
from paraph.errors import FindingsError
from paraph.model.document import Edition
from paraph.model.member import Status
from paraph.register.reader import Reader
from paraph.register.store import Register
from paraph.render.formats import FORMATS, make
from paraph.standing.versions import current_document
from paraph.workflow.building.build import kit_for
from paraph.workflow.building.editions import wanted
from paraph.workflow.record.ledger import history_of
from paraph.workflow.record.versions import snapshot
from paraph.workflow.releases.around import changed_since
from paraph.workflow.releases.attest import Making
from rehearsal import UNTIL, Past, Rehearsal
from site_world import ARABIC

PLACES = int(os.environ.get("PARAPH_PLACES", "12"))
STRINGS = "templates/strings.yml"


@pytest.fixture
def adopted(past: Past, rehearsal: Rehearsal) -> Rehearsal:
    """A document that is ready for release."""
    return past.come_to("adopted around", rehearsal, Rehearsal.adopted)


def written(rehearsal: Rehearsal, name: str, old: str, new: str) -> None:
    path = rehearsal.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(rehearsal: Rehearsal) -> str:
    """What a release is refused over, on a line. `paraph status` has said the same."""
    asks = json.loads(rehearsal.does("status rehearsal --json"))["asks"]
    assert "Ready for release with --confirm" in rehearsal.does("status rehearsal")
    out = rehearsal.refuses("release rehearsal -f md")
    said = " ".join(out.split())
    assert "things have changed since the members were asked" in said
    assert len(asks) == out.count("\n  - ")
    assert all(f"- {line}" in said for line in asks)
    assert not list(rehearsal.root.glob("releases/*/record.json"))
    return said


def test_words_at_the_foot_of_pages_are_named_and_noted(adopted: Rehearsal) -> None:
    dissent = "Malta and Spain do not agree with this text – {page} of {pages}"
    written(adopted, STRINGS, '"Page {page} of {pages}"', f'"{dissent}"')
    told = f"en: fixed string page is “{dissent}”, and was “Page {{page}} of {{pages}}”"
    assert told in refused(adopted)
    adopted.does("release rehearsal -f md --confirm")
    (record,) = adopted.root.glob("releases/*/record.json")
    assert json.loads(record.read_text(encoding="utf-8"))["predicate"]["changed"] == [told]
    for command in ("status rehearsal", "show AOM-2026-01", "log rehearsal", "log AOM-2026-01"):
        said = adopted.words(command)
        assert f"confirmed: {told}" in said.replace("confirmed:   ", "confirmed: ")
        assert "signed by: albania, malta, spain" in said.replace("signed by:   ", "signed by: ")


def test_a_logo_and_what_is_said_of_it_are_named(adopted: Rehearsal) -> None:
    Image.new("RGB", (30, 8), "red").save(adopted.root / "other.png")
    written(adopted, "paraph.yml", 'logo: ""', "logo: other.png")
    written(adopted, "paraph.yml", "logo_alt: {}", "logo_alt: {en: Malta objects, fr: Malte objecte}")
    said = refused(adopted)
    assert "- other.png" in said
    assert "brand: logo is “other.png”, and was empty" in said
    assert "brand: logo_alt.fr is “Malte objecte”, and was empty" in said


def test_the_same_name_of_a_logo_with_another_picture_is_named(rehearsal: Rehearsal) -> None:
    Image.new("RGB", (30, 8), "blue").save(rehearsal.root / "house.png")
    written(rehearsal, "paraph.yml", 'logo: ""', "logo: house.png")
    written(rehearsal, "paraph.yml", "logo_alt: {}", "logo_alt: {en: The house, fr: La maison}")
    rehearsal.adopted()
    Image.new("RGB", (30, 8), "red").save(rehearsal.root / "house.png")
    assert "- house.png" in refused(rehearsal)
    Image.new("RGB", (30, 8), "blue").save(rehearsal.root / "house.png")
    rehearsal.does("release rehearsal -f md")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "paraph.yml",
            "en: Joint working group AOM · AOMF",
            "en: Dissenters",
            "brand: name.en is “Dissenters”, and was “Joint working group AOM · AOMF”",
        ),
        ("paraph.yml", 'accent: "#1f4e79"', 'accent: "#7f1010"', "brand: accent is “#7f1010”, and was “#1f4e79”"),
        ("templates/statement/form.yml", "paper: a4", "paper: a5", "templates/statement/form.yml: paper, or sheet"),
        (STRINGS, 'en: "Note {number}"', 'en: "Doubt {number}"', "en: fixed string note is “Doubt {number}”"),
    ],
)
def test_names_colours_and_forms_are_named(adopted: Rehearsal, name: str, old: str, new: str, told: str) -> None:
    written(adopted, name, old, new)
    assert told in refused(adopted)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (STRINGS, "en: Draft for review", "en: Sketch for review"),
        (STRINGS, "status-agreed: {en: agreed wording", "status-agreed: {en: settled wording"),
        (STRINGS, "redline-inserted: {en: inserted", "redline-inserted: {en: added"),
        (STRINGS, "glossary-term: {en: Term,", "glossary-term: {en: Word,"),
        (STRINGS, "en: A hand that holds a heart", "en: A heart in a hand"),
        (STRINGS, 'en: "Agreed wording: {agreed}', 'en: "Settled: {agreed}'),
        (STRINGS, 'es: "Página {page}', 'es: "Hoja {page}'),
        ("paraph.yml", "es: Grupo de trabajo conjunto AOM", "es: Grupo AOM"),
    ],
)
def test_what_no_page_of_the_release_prints_holds_nobody_up(adopted: Rehearsal, name: str, old: str, new: str) -> None:
    written(adopted, name, old, new)
    assert "\nReady for release\n" in adopted.does("status rehearsal")
    adopted.does("release rehearsal -f md")


def test_of_a_release_before_its_adoption_the_words_for_that_are_named(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    written(rehearsal, STRINGS, 'en: "Agreed wording: {agreed}', 'en: "Settled: {agreed}')
    said = " ".join(rehearsal.refuses("release rehearsal -f md --provisional 'in haste'").split())
    assert "en: fixed string approvals-agreed is “Settled: {agreed} of {clauses} clauses”" in said


@pytest.fixture
def in_arabic(past: Past, rehearsal: Rehearsal) -> Rehearsal:
    """The same, with a courtesy translation; and a leaflet of which each member has an edition, adopted, too."""

    def begin(one: Rehearsal) -> None:
        desk(one.root, ARABIC)
        one.adopted()
        one.does(f"circulate leaflet --until '{UNTIL}'")
        one.all_approve("c2")
        one.does("close c2")

    return past.come_to("adopted around in Arabic", rehearsal, begin)


def test_of_a_translation_the_frame_is_compared_and_its_words_may_be_mended(in_arabic: Rehearsal) -> None:
    in_arabic.edit("schooling", "يذهب", "ويذهب")
    page, french = '"صفحة {page} من {pages}"', "fr: en français, ar: بالفرنسية"
    network = "ar: جمعية الأمبودسمان المتوسطيين"
    for name, old, new, told in (
        (STRINGS, page, page.replace("صفحة", "ورقة"), "ar: fixed string page is “ورقة {page} من {pages}”, and was"),
        (STRINGS, french, "fr: en français, ar: بالروسية", "ar: notice is “… حُرِّر بالإنكليزية وبالروسية.”, and was “"),
        ("paraph.yml", network, f"{network} المعترضين", "ar: letterhead is “جمعية الأمبودسمان المتوسطيين المعترضين"),
    ):
        before = (in_arabic.root / name).read_bytes()
        written(in_arabic, name, old, new)
        assert told in refused(in_arabic)
        (in_arabic.root / name).write_bytes(before)
    in_arabic.does("release rehearsal -f md")


def test_of_an_edition_of_a_member_what_is_said_of_that_member_is_compared(in_arabic: Rehearsal) -> None:
    written(in_arabic, "statements/institutions.yml", "https://ombudsman.org.mt", "https://dissent.example.org")
    said = " ".join(in_arabic.refuses("release leaflet -f md").split())
    assert "en, malta: dissent.example.org, which was not there" in said
    assert "en, spain" not in said
    in_arabic.does("release leaflet -f md --edition spain")


def test_what_was_put_to_the_members_last_is_what_counts(rehearsal: Rehearsal) -> None:
    """The same words put to them anew, on other paper: that paper is what they saw, and the old one is not."""
    rehearsal.circulates()
    rehearsal.does("close c1 --call-off 'The wrong paper'")
    page = '"Page {page} of {pages}"'
    written(rehearsal, STRINGS, page, '"Leaf {page} of {pages}"')
    rehearsal.does(f"circulate rehearsal --until '{UNTIL}'")
    rehearsal.all_approve("c2")
    rehearsal.does("close c2")
    written(rehearsal, STRINGS, '"Leaf {page} of {pages}"', page)
    assert "en: fixed string page is “Page {page} of {pages}”, and was “Leaf {page} of {pages}”" in refused(rehearsal)
    written(rehearsal, STRINGS, page, '"Leaf {page} of {pages}"')
    rehearsal.does("release rehearsal -f md", "register verify")
    (opened,) = (one for one in events(rehearsal) if one["kind"] == "circulation-opened" and one["data"].get("sources"))
    assert opened["data"]["circulation"] == "c2"
    digest = opened["data"]["sources"][STRINGS]
    rehearsal.does(f"register erase {digest} --reason 'A slip'", "register verify")


def events(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    rehearsal.does("register export register.jsonl")
    return [json.loads(line) for line in (rehearsal.root / "register.jsonl").read_text(encoding="utf-8").splitlines()]


OF_ALL = (STRINGS, "paraph.yml", "statements/institutions.yml", "statements/countries.yml")
LEAVES = {
    ("rehearsal", ()): (
        *OF_ALL,
        "templates/statement/form.yml",
        "statements/statements/rehearsal.yml",
        "statements/clauses/test/detention.yml",
    ),
    ("leaflet", ("malta",)): (
        *OF_ALL,
        "templates/leaflet/form.yml",
        "statements/leaflets/leaflet.yml",
        "statements/clauses/test/asking.yml",
    ),
}
"""The files with words of which some are printed, of a document and its own editions of members."""


class Words(yaml.SafeLoader):
    """Reads “on” and “no” as the words that they are here."""


Words.yaml_implicit_resolvers = {
    first: [(tag, one) for tag, one in known if not tag.endswith(":bool")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def leaves(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of every text of a file."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*at, key))
    elif isinstance(value, list):
        for position, one in enumerate(value):
            yield from leaves(one, (*at, position))
    elif isinstance(value, str):
        yield at


def places(path: Path) -> list[tuple[str | int, ...]]:
    """Where a text can be changed that is no courtesy translation, which may be mended, and leads to the register."""
    found = sorted(leaves(yaml.load(path.read_bytes(), Words)), key=str)
    aside = {"translations", "ar"} if path.parent.parent.name in ("statements", "clauses") else {"openings"}
    aside |= {"es", "sq", "mk", "mt", "tr", "nl", "de"} if path.name == "strings.yml" else set()  # no page is in these
    return [one for one in found if one != ("register",) and not aside & set(one)]


def turned(path: Path, at: tuple[str | int, ...]) -> str:
    """The file with one more word in one place of it."""
    whole = yaml.load(path.read_bytes(), Words)
    holder = whole
    for key in at[:-1]:
        holder = holder[key]
    old = holder[at[-1]]
    holder[at[-1]] = "#7f1010" if re.fullmatch("#[0-9a-f]{6}", old) else f"{old} not".strip()
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def making(reader: Reader, root: Path, document: str, members: tuple[str, ...]) -> Making | None:
    """What a release would be made from; None: the words are no longer those of the version."""
    snap = snapshot(root, document)
    history = history_of(reader, snap.keys)
    if current_document(history, snap.now) is None:
        return None
    active = [member for member, one in history.members.items() if one.status is Status.ACTIVE]
    at = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    return Making(snap=snap, history=history, active=active, reference="R 1", at=at, formats=(), members=members)


def pages(made: Making) -> dict[str, bytes]:
    """Every edition of a release in every format that is quick, without what it was made from."""
    library, manifest = made.snap.library, replace(made.snap.manifest, reference=made.reference)
    kit = replace(kit_for(library, manifest), attachments=())
    editions = [
        Edition(documents=tuple(assemble(library, manifest, code, made.printed(), None, member)[0] for code in codes))
        for member, codes in wanted(library, manifest, (), ("", *made.members) if made.members else ())
    ]
    return {
        f"{one.name}.{name}": make(one, kit, name)
        for one in editions
        for name in ("html", "docx", "akn", "md")
        if len(one.documents) == 1 or FORMATS[name].bilingual
    }


@pytest.fixture(scope="module")
def known() -> dict[str, bytes]:
    """The files of the releases as they were approved, made once."""
    return {}


@settings(
    max_examples=PLACES,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_file_of_a_release_says_anything_else_unseen(
    in_arabic: Rehearsal, known: dict[str, bytes], data: st.DataObject
) -> None:
    """Whatever text of whatever file is changed: every file of the release is as it was, or the change is named."""
    root = in_arabic.root
    document, members = data.draw(st.sampled_from(list(LEAVES)))
    path = root / data.draw(st.sampled_from(LEAVES[document, members]))
    at = data.draw(st.sampled_from(places(path)))
    before = path.read_bytes()
    with closing(Register.open("sqlite:///register.db", root)) as register, register.reading() as reader:
        if not known:
            for one in LEAVES:
                made = making(reader, root, *one)
                assert made is not None
                assert changed_since(reader, made) == ()
                known.update(pages(made))
        path.write_text(turned(path, at), encoding="utf-8")
        try:
            made = making(reader, root, document, members)
            if made is not None and not changed_since(reader, made):
                assert {name for name, one in pages(made).items() if one != known[name]} == set(), (path.name, at)
        except FindingsError:
            pass
        finally:
            path.write_bytes(before)
