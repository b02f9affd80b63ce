"""Own texts of a document that changed while their translation stayed as it was are looked at. Rehearsals all."""

from __future__ import annotations

import json

import pytest

from desk import desk
from paraph.library.files.manifests import manifest_in, own_digest
from paraph.markup.canonical import digest
from rehearsal import FILES, Past, Rehearsal

NAME = "statements/statements/rehearsal.yml"
WAIT = """
id: wait
kind: position
title: {en: Waiting, fr: Attente, ar: الانتظار}
values: {until: text}
text:
  en: "We wait until {{ until }}"
  fr: "Nous attendons {{ until }}"
translations:
  ar: {source: en, digest: DIGEST, status: unchecked, text: "ننتظر حتى {{ until }}"}
""".replace("DIGEST", digest("We wait until {{ until }}"))
OWN = {
    "title": ("A rehearsal", "Une répétition", "تدريب"),
    "section.s.heading": ("First of all", "Avant tout", "أولا"),
    "section.s.chapeau": ("So we say", "Nous disons", "نقول"),
    "section.s.wait.value.until": ("summer", "l’été", "الصيف"),
}
"""The texts of the document’s own file, by their ids: in English, in French, and translated into Arabic."""
WORDS = ["{{en: {}, fr: {}, ar: {}}}".format(*one) for one in OWN.values()]
DOCUMENT = f"""
id: rehearsal
form: statement
title: {WORDS[0]}
networks: [aom]
members: [albania, malta, spain, turkiye]
languages: [en, fr, ar]
adoption: {{mode: each, rule: consensus}}
sections:
  - id: s
    style: prose
    heading: {WORDS[1]}
    chapeau: {WORDS[2]}
    clauses: [{{clause: wait, values: {{until: {WORDS[3]}}}}}]
"""


class Office:
    """A rehearsal whose document is mended and put to the members again and again."""

    def __init__(self, rehearsal: Rehearsal, circulations: int = 0) -> None:
        self.rehearsal, self.circulations = rehearsal, circulations
        self.path = rehearsal.root / NAME

    def write(self, old: str, new: str) -> None:
        text = self.path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.path.write_text(text.replace(old, new), encoding="utf-8")

    def mend(self, *ids: str, word: str = "other") -> None:
        """Other words in English and French, the Arabic ones as they were."""
        for english, french, _ in map(OWN.__getitem__, ids):
            self.write(english, f"{english} {word}")
            self.write(french, f"{french} {word}")

    def adopt(self, more: str = "") -> None:
        self.circulations += 1
        self.rehearsal.does(f"circulate rehearsal --until '2026-03-01 18:00' {more}")
        self.rehearsal.all_approve(f"c{self.circulations}")
        self.rehearsal.does(f"close c{self.circulations}")

    def told(self) -> str:
        """What the release would ask somebody to look at, in the words of `status`."""
        said = self.rehearsal.words("status rehearsal")
        assert "Ready for release" in said
        _, found, rest = said.partition("with --confirm: see first whether all of this is meant ")
        assert bool(found) == ("confirm" in said)
        return rest.partition(" register ")[0]


@pytest.fixture
def office(rehearsal: Rehearsal, past: Past) -> Office:
    """Adopted and released as A-1; nothing says what the Arabic title, heading, … are translated from."""

    def begin(one: Rehearsal) -> None:
        (one.root / NAME).unlink()
        desk(one.root, {NAME: DOCUMENT + "unchecked: [ar]\n", "statements/clauses/test/wait.yml": WAIT})
        Office(one).adopt()
        one.does("release rehearsal -f md --reference A-1")

    assert NAME in FILES
    return Office(past.come_to("left-behind", rehearsal, begin), 1)


def _line(*ids: str, source: str = "en") -> str:
    return f"ar: the translation of rehearsal itself ({', '.join(ids)}) is of words that {source} has no longer"


@pytest.mark.parametrize("ids", [*((one,) for one in OWN), tuple(OWN)], ids=lambda ids: str(len(ids)) + ids[0])
def test_a_corrigendum_that_leaves_a_translation_behind(office: Office, ids: tuple[str, ...]) -> None:
    office.mend(*ids)
    office.adopt("--corrects A-1")
    assert office.told() == _line(*ids)
    assert f"- {_line(*ids)}\n" in office.rehearsal.refuses("release rehearsal -f md --reference A-2")
    assert not (office.rehearsal.root / "releases/A-2").exists()
    office.rehearsal.does("release rehearsal -f md --reference A-2 --confirm")
    record = json.loads((office.rehearsal.root / "releases/A-2/record.json").read_bytes())["predicate"]
    assert record["changed"] == [_line(*ids)]
    office.rehearsal.does("rebuild A-2 --verify")


def test_it_need_not_be_said_to_be_unchecked(office: Office) -> None:
    office.mend("title")
    office.write("unchecked: [ar]\n", "")
    office.adopt()
    assert office.told() == _line("title")


def test_one_that_french_alone_has_changed_beside(office: Office) -> None:
    office.write("Avant tout", "D’abord")
    office.mend("title")
    office.adopt()
    assert office.told() == f"{_line('title')} {_line('section.s.heading', source='fr')}"


def test_it_is_said_of_each_version_until_it_is_mended(office: Office) -> None:
    """One in which nothing of it changed, or that was not adopted, makes it no translation of the words of now."""
    office.mend("title")
    office.circulations += 1
    office.rehearsal.does("circulate rehearsal --until '2026-03-01 18:00'")
    office.mend("section.s.chapeau")
    office.write("نقول", "نقول الآن")
    office.adopt()
    assert office.told() == _line("title")
    office.write("تدريب", "تدريب آخر")
    assert office.told() == ""


@pytest.mark.parametrize("how", ["translated", "pinned", "validated", "back"])
def test_a_translation_of_the_words_of_now_is_not_named(office: Office, how: str) -> None:
    ids = ("title", "section.s.wait.value.until")
    office.mend(*ids)
    office.adopt()
    assert office.told() == _line(*ids)
    if how == "translated":
        office.write("تدريب", "تدريب آخر")
        office.write("الصيف", "الشتاء")
    elif how == "pinned":
        now = own_digest({id_: f"{one[0]} other" if id_ in ids else one[0] for id_, one in OWN.items()})
        office.write("unchecked: [ar]", f'translations: {{ar: {{source: en, digest: "{now}", status: unchecked}}}}')
    elif how == "validated":
        office.rehearsal.does("translate validate rehearsal -l ar --as morocco")
    else:
        for english, french, _ in map(OWN.__getitem__, ids):
            office.write(f"{english} other", english)
            office.write(f"{french} other", french)
        office.adopt("--confirm")
    assert office.told() == ""


def test_what_a_member_validated_stays_so_when_another_text_is_mended(office: Office) -> None:
    office.mend("title")
    office.adopt()
    office.rehearsal.does("translate validate rehearsal -l ar --as morocco")
    office.mend("section.s.heading")
    office.write("أولا", "قبل كل شيء")
    office.adopt()
    assert office.told() == ""
    office.mend("section.s.chapeau")
    office.adopt()
    assert office.told() == _line("section.s.chapeau")


def test_a_section_that_is_called_otherwise(office: Office) -> None:
    office.write("id: s\n", "id: first\n")
    office.mend("title")
    office.write("تدريب", "تدريب آخر")
    office.adopt()
    assert office.told() == "", "the same words stand beside each other"
    office.mend("section.s.heading", "section.s.wait.value.until")
    office.adopt()
    assert office.told() == _line("section.first.heading", "section.first.wait.value.until")
    office.rehearsal.does("translate validate rehearsal -l ar --as morocco")
    office.write("id: first\n", "id: last\n")
    office.mend("section.s.chapeau")
    office.adopt()
    assert office.told() == _line("section.last.chapeau"), "the others were validated, whatever they were called"


@pytest.mark.parametrize("to", ["section", "document"])
def test_words_that_stand_elsewhere_now(office: Office, to: str) -> None:
    """A clause moved to another section, or what is given for its value to the head of the document."""
    use = f"[{{clause: wait, values: {{until: {WORDS[3]}}}}}]"
    if to == "section":
        office.write(f"clauses: {use}", f"clauses: []\n  - id: t\n    style: prose\n    clauses: {use}")
    else:
        office.write(use, "[wait]")
        office.write("sections:", f"values: {{until: {WORDS[3]}}}\nsections:")
    office.mend("section.s.wait.value.until")
    office.adopt("--corrects A-1")
    assert office.told() == _line("section.t.wait.value.until" if to == "section" else "value.until")


def test_a_use_that_another_of_the_same_clause_was_put_before(office: Office) -> None:
    office.write("[{clause: wait", "[{clause: wait, values: {until: {en: May, fr: mai, ar: مايو}}}, {clause: wait")
    office.mend("section.s.wait.value.until")
    office.adopt()
    assert office.told() == _line("section.s.wait.2.value.until")


def test_a_translation_that_a_version_was_without(office: Office) -> None:
    for old, new in ((", ar: تدريب", ""), ("[en, fr, ar]", "[en, fr]"), ("unchecked: [ar]\n", "")):
        office.write(old, new)
    office.mend("section.s.chapeau")
    office.adopt()
    assert office.told() == ""
    office.mend("title")
    for new, old in ((f"{OWN['title'][1]} other", f"{OWN['title'][1]} other, ar: تدريب"), ("[en, fr]", "[en, fr, ar]")):
        office.write(new, old)
    office.adopt()
    assert office.told() == _line("title", "section.s.chapeau")


def _reserved(office: Office, more: str = "") -> None:
    """Put again and adopted, where Malta reserves on the clause, whose title its reservation prints."""
    office.circulations += 1
    office.rehearsal.does(
        f"circulate rehearsal --until '2026-03-01 18:00' --whole {more}",
        "decide wait --as malta --reserve 'Not us' -l en",
    )
    office.rehearsal.all_approve(f"c{office.circulations}")
    office.rehearsal.does(f"close c{office.circulations}")


_TITLE = "ar: the translation of wait (title) is of words that en has no longer"


def _asked(office: Office) -> str:
    """What a new edition of the words that were released would ask somebody to look at."""
    return " ".join(office.rehearsal.refuses("release rehearsal -f md --reissue").split())


def _title(office: Office, old: str, new: str) -> None:
    path = office.rehearsal.root / "statements/clauses/test/wait.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_title_of_a_clause_that_a_reservation_prints(office: Office) -> None:
    _title(office, "Waiting", "Acting at once")
    _reserved(office)
    assert _TITLE in _asked(office)
    office.rehearsal.does("release rehearsal -f md --reissue --reference A-2 --confirm")
    record = json.loads((office.rehearsal.root / "releases/A-2/record.json").read_bytes())["predicate"]
    assert _TITLE in record["changed"]
    office.mend("title")
    _reserved(office)
    assert (
        office.told()
        == "ar: the translation of rehearsal itself (title), wait (title) is of words that en has no longer"
    )
    _title(office, "الانتظار", "العمل فورا")
    assert office.told().endswith(_line("title"))


def test_the_title_of_a_clause_is_not_looked_at_where_nothing_prints_it(office: Office) -> None:
    _title(office, "Waiting", "Acting at once")
    office.mend("title")
    office.adopt()
    assert office.told() == _line("title")


def test_a_title_that_changed_after_the_reservation_was_made(office: Office) -> None:
    _reserved(office)
    assert "(title)" not in _asked(office)
    _title(office, "Waiting", "Acting at once")
    assert _TITLE in _asked(office)


@pytest.mark.parametrize("when", ["released", "circulated"])
def test_a_translation_mended_after_its_version_was_put(office: Office, when: str) -> None:
    """The register keeps the file as it was released, and as it was put again, too."""
    office.write("تدريب", "تدريب آخر")
    if when == "released":
        office.rehearsal.does("release rehearsal -f md --reissue --reference A-2")
    else:
        office.adopt("--whole")
    office.mend("title")
    office.adopt()
    assert office.told() == _line("title")


def test_an_earlier_file_that_is_not_read_any_more_is_passed_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.mend("title")
    office.adopt()
    office.mend("section.s.heading")
    office.adopt()
    name = "paraph.workflow.releases.left_behind._manifest_in"
    with monkeypatch.context() as lost:
        lost.setattr(name, lambda path, data: None if b"rehearsal other" in data else manifest_in(path, data))
        assert office.told() == _line("title", "section.s.heading")
        lost.setattr(name, lambda path, data: None)
        assert office.told() == ""
