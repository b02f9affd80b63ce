"""From clauses and a manifest to the printed text, in each language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desk import assembled, clause, desk, text_of
from paraph.assembly import assemble
from paraph.assembly.numbering import write_value
from paraph.library.load import load_for
from paraph.model.document import Progress, Record, Reservation, printed
from paraph.model.language import Standing
from paraph.model.text import Isolate, Paragraph, Span, Text
from paraph.model.writing import NumberStyle
from paraph.starter import starter

TITLE = "title: {en: On tests, fr: Des tests}\n"


def manifest(sections: str, more: str = "", form: str = "declaration", title: str = TITLE) -> dict[str, str]:
    head = f"id: doc\nform: {form}\n{title}networks: [aom, aomf]\nlanguages: [en, fr]\n"
    return {"statements/declarations/doc.yml": head + more + "sections:\n" + sections}


def section(*clauses: str, style: str = "through", id_: str = "s", more: str = "") -> str:
    lines = "".join(f"      - {one}\n" for one in clauses)
    return f"  - id: {id_}\n    style: {style}\n{more}    clauses:\n{lines}"


def body(root: Path, language: str, record: Record | None = None) -> list[str]:
    """The printed paragraphs between the title and the signatures."""
    lines = text_of(root, "doc", language, record)
    start = lines.index({"en": "On tests", "fr": "Des tests"}[language]) + 1
    end = next(n for n, line in enumerate(lines) if line.startswith(("For the Ass", "Pour l’Ass")))
    return lines[start:end]


def test_terminal_punctuation_is_composed_as_the_language_writes_it(tmp_path: Path) -> None:
    root = desk(
        tmp_path,
        clause("a", "to act", "d’agir") | clause("b", "to wait?", "d’attendre") | manifest(section("a", "b", "a")),
    )
    assert body(root, "en") == ["1. to act;", "2. to wait?", "3. to act."]
    assert body(root, "fr") == ["1. d’agir\u202f;", "2. d’attendre\u202f;", "3. d’agir."]


def test_the_point_of_an_abbreviation_is_no_full_stop_and_none_stands_after_it(tmp_path: Path) -> None:
    spoken = clause("a", "to act by 2 p.m.", "d’agir, d’attendre, etc.")
    root = desk(tmp_path, spoken | manifest(section("a", "a")))
    assert body(root, "en") == ["1. to act by 2 p.m.;", "2. to act by 2 p.m."]
    assert body(root, "fr") == ["1. d’agir, d’attendre, etc.\u202f;", "2. d’agir, d’attendre, etc."]


def test_a_note_call_stands_before_the_mark_in_french_and_after_it_in_english(tmp_path: Path) -> None:
    text = clause("a", "to act[^n]\n\n[^n]: A note.", "d’agir[^n]\n\n[^n]: Une note.")
    root = desk(tmp_path, text | manifest(section("a")))
    (english,) = (b for b in assembled(root, "doc", "en")[0].blocks() if b.key.startswith("s/"))
    (french,) = (b for b in assembled(root, "doc", "fr")[0].blocks() if b.key.startswith("s/"))
    assert [type(inline).__name__ for inline in english.inlines] == ["Text", "Text", "Note"]
    assert [type(inline).__name__ for inline in french.inlines] == ["Text", "Note", "Text"]


def test_levels_and_what_stands_under_are_numbered_alike_in_every_language(tmp_path: Path) -> None:
    files = clause("a", "to act\n\n1. well\n2. soon\n   1. now", "d’agir\n\n1. bien\n2. vite\n   1. déjà") | clause(
        "b", "to see", "de voir"
    )
    uses = "{clause: b, under: [b, {clause: b, under: [b]}]}"
    root = desk(tmp_path, files | manifest(section("a", uses)))
    english = [line.split(" ")[0] for line in body(root, "en")]
    french = [line.split(" ")[0] for line in body(root, "fr")]
    assert english == ["1.", "(a)", "(b)", "(i)", "2.", "(a)", "(b)", "(i)"]
    assert french == ["1.", "a)", "b)", "i)", "2.", "a)", "b)", "i)"]
    assert body(root, "en")[4:] == ["2. to see:", "(a) to see;", "(b) to see:", "(i) to see."]


def test_under_one_number_a_letter_stands_once(tmp_path: Path) -> None:
    text = clause(
        "a",
        "to act\n\n1. well\n2. soon\n\nand to know\n\n1. why",
        "d’agir\n\n1. bien\n2. vite\n\net de savoir\n\n1. où",
    )
    files = text | clause("b", "to see", "de voir")
    root = desk(tmp_path, files | manifest(section("{clause: a, under: [b, b]}")))
    assert body(root, "en") == [
        "1. to act:",
        "(a) well;",
        "(b) soon;",
        "and to know:",
        "(c) why;",
        "(d) to see;",
        "(e) to see.",
    ]


def test_numbers_run_through_or_begin_again(tmp_path: Path) -> None:
    files = clause("a", "to act", "d’agir")
    through = section("a", "a") + section("a", id_="t")
    assert [line[:2] for line in body(desk(tmp_path / "1", files | manifest(through)), "en")] == ["1.", "2.", "3."]
    again = section("a", "a", style="numbered") + section("a", style="numbered", id_="t")
    assert [line[:2] for line in body(desk(tmp_path / "2", files | manifest(again)), "en")] == ["1.", "2.", "1."]


def test_a_reference_names_the_paragraph_wherever_it_stands(tmp_path: Path) -> None:
    files = clause("a", "to do as in [](clause:c)", "de faire comme au [](clause:c)")
    files |= clause("b", "to see", "de voir") | clause("c", "to know", "de savoir")
    root = desk(tmp_path, files | manifest(section("a", "{clause: b, under: [c]}")))
    assert body(root, "en")[0] == "1. to do as in paragraph 2 (a);"
    assert body(root, "fr")[0] == "1. de faire comme au paragraphe 2 a)\u202f;"


@pytest.mark.parametrize(
    "sections",
    [
        section("a"),
        section("a", "c", "c"),
        section("a", style="numbered") + section("c", style="numbered", id_="t"),
        section("a") + section("c", style="bullets", id_="t"),
        section("a", id_="r") + section("{clause: b, under: [c]}", style="prose", id_="t"),
    ],
    ids=["not there", "twice", "other numbers", "no number", "under what has no number"],
)
def test_a_reference_that_would_mislead_is_found(tmp_path: Path, sections: str) -> None:
    files = clause("a", "as in [](clause:c)", "comme au [](clause:c)") | clause("c", "to know", "de savoir")
    files |= clause("b", "We see", "Nous voyons", kind="paragraph")
    found = assembled(desk(tmp_path, files | manifest(sections)), "doc", "en")[1]
    assert [finding.rule for finding in found if finding.rule == "reference"] == ["reference"]


def test_the_title_of_the_file_is_the_title_printed(tmp_path: Path) -> None:
    title = "title: {en: 'On {{ place }}', fr: 'À {{ place }}'}\nplace: {en: Rabat, fr: Rabat}\n"
    files = clause("a", "to do", "de faire") | manifest(section("a"), title=title)
    document, found = assembled(desk(tmp_path, files), "doc", "en")
    assert (document.title, found) == ("On Rabat", [])


@pytest.mark.parametrize(
    ("kind", "value", "english", "french"),
    [
        ("date", "2017-03-01", "1 March 2017", "1er mars 2017"),
        ("date", "2017-03-11", "11 March 2017", "11 mars 2017"),
        ("number", "12500.5", "12,500.5", "12\u202f500,5"),
        ("money", "12500 EUR", "12,500 EUR", "12\u202f500 EUR"),
        ("number", "0.12345", "0.12345", "0,12345"),
        ("money", "0.005 EUR", "0.005 EUR", "0,005 EUR"),
        ("text", "{en: one, fr: un}", "one", "un"),
        ("list[text]", "[a, b, c]", "a, b and c", "a, b et c"),
        ("list[country]", "[MA, DZ, MT]", "Algeria, Malta and Morocco", "Algérie, Malte et Maroc"),
        ("country", "TR", "Turkey", "Turquie"),
    ],
)
def test_values_are_written_as_each_language_writes_them(
    tmp_path: Path, kind: str, value: str, english: str, french: str
) -> None:
    files = clause("a", "to see {{ x }} now", "de voir {{ x }} enfin", more=f"values: {{x: '{kind}'}}\n")
    root = desk(tmp_path, files | manifest(section(f"{{clause: a, values: {{x: {value}}}}}"), "date: 2018-05-31\n"))
    assert body(root, "en")[0].replace("\u00a0", " ") == f"1. to see {english} now."
    assert body(root, "fr")[0].replace("\u00a0", " ") == f"1. de voir {french} enfin."


@pytest.mark.parametrize(
    ("country", "of", "into"),
    [
        ("MA", "du Maroc", "au Maroc"),
        ("CI", "de la Côte d’Ivoire", "en Côte d’Ivoire"),
        ("AL", "de l’Albanie", "en Albanie"),
        ("MT", "de Malte", "à Malte"),
    ],
)
def test_french_articles(tmp_path: Path, country: str, of: str, into: str) -> None:
    more = "values: {x: country}\n"
    files = clause("a", "to see {{ x }} in {{ x }}", "de voir {{ x.of }} et {{ x.into }}", more=more)
    root = desk(tmp_path, files | manifest(section(f"{{clause: a, values: {{x: {country}}}}}")))
    line = body(root, "fr")[0]
    assert line.endswith(f" et {into}.")
    assert line.split(" et ")[0] in (f"1. de voir {of}", f"1. de voir {of.replace('de l’', 'd’')}")


@pytest.mark.parametrize(
    ("date", "name"), [("2018-05-31", "Macedonia"), ("2019-02-11", "Macedonia"), ("2019-02-12", "North Macedonia")]
)
def test_names_are_those_in_force_on_the_date(tmp_path: Path, date: str, name: str) -> None:
    files = clause("a", "to see {{ x }}", "de voir {{ x }}", more="values: {x: country}\n")
    uses = section("{clause: a, values: {x: MK}}")
    assert body(desk(tmp_path, files | manifest(uses, f"date: {date}\n")), "en")[0] == f"1. to see {name}."


@pytest.mark.parametrize(("date", "rules"), [("2020-01-01", ["unknown-member"]), ("2024-01-01", [])])
def test_a_member_named_before_it_joined_is_found_and_not_listed(tmp_path: Path, date: str, rules: list[str]) -> None:
    more = f"date: {date}\nadoption: {{mode: each}}\nmembers: [benin, malta]\n"
    root = desk(tmp_path, clause("a", "to act", "d’agir") | manifest(section("a"), more=more))
    members = root / "statements" / "institutions.yml"
    before, benin, after = members.read_text().partition("  benin:\n")
    members.write_text(before + benin + after.replace("{status: active}", "{status: active, since: 2023-01-01}", 1))
    document, found = assembled(root, "doc", "en")
    assert [finding.rule for finding in found] == rules
    assert ("Benin" in str(document.parts)) is not bool(rules)


def test_members_are_sorted_again_in_each_language(tmp_path: Path) -> None:
    files = clause("a", "to act", "d’agir") | manifest(
        section("a"), "adoption: {mode: each}\nmembers: [spain, albania, malta]\n"
    )
    root = desk(tmp_path, files)
    english, french = (
        [b for b in assembled(root, "doc", code)[0].blocks() if b.key == "signatures"] for code in ("en", "fr")
    )
    assert [cell[0].key.split("/")[1] for cell in english[0].cells] == ["albania", "malta", "spain"]
    assert [cell[0].key.split("/")[1] for cell in french[0].cells] == ["albania", "spain", "malta"]


def test_a_member_awaiting_validation_is_shown_as_such_and_counts_for_nothing(tmp_path: Path) -> None:
    chapeau = "    chapeau: {en: 'We, {{ members }}, say', fr: 'Nous, {{ members }}, disons'}\n"
    more = "adoption: {mode: each}\nmembers: [malta, turkiye]\n"
    files = clause("a", "to act", "d’agir") | manifest(section("a", more=chapeau), more)
    lines = text_of(desk(tmp_path, files), "doc", "en")
    assert any("awaiting validation" in line for line in lines)
    assert lines[2] == "We, Parliamentary Ombudsman of Malta, say:"


def test_only_members_that_joined_stand_in_the_block(tmp_path: Path) -> None:
    files = clause("a", "to act", "d’agir") | manifest(
        section("a"), "adoption: {mode: each}\nmembers: [malta, spain]\n"
    )
    lines = text_of(desk(tmp_path, files), "doc", "en", Record(signed=("malta",)))
    assert any("Malta" in line for line in lines)
    assert not any("Spain" in line for line in lines)
    assert "Signatures" in lines
    assert "Institutions invited to sign" in text_of(tmp_path, "doc", "en")


@pytest.mark.parametrize(
    "record",
    [
        Record(signed=("malta", "atlantis")),
        Record(reservations=(Reservation(institution="atlantis", clause="a", text={"en": "Not so."}),)),
    ],
)
def test_a_member_on_record_that_institutions_yml_no_longer_has_is_found(tmp_path: Path, record: Record) -> None:
    files = clause("a", "to act", "d’agir") | manifest(section("a"), "adoption: {mode: each}\nmembers: [malta]\n")
    found = assembled(desk(tmp_path, files), "doc", "en", record)[1]
    assert [(one.rule, one.message.partition(" ")[0]) for one in found] == [("unknown-member", "atlantis")]


def test_the_end_of_the_text_goes_with_the_signatures(tmp_path: Path) -> None:
    root = desk(tmp_path, clause("a", "to act", "d’agir") | manifest(section("a", "a")))
    first, last = (b for b in assembled(root, "doc", "en")[0].blocks() if b.key.startswith("s/"))
    assert (first.keep_next, last.keep_next) == (False, True)


def test_reservations_on_record_are_printed(tmp_path: Path) -> None:
    record = Record(reservations=(Reservation(institution="malta", clause="a", text={"en": "Not so.", "fr": "Non."}),))
    lines = text_of(desk(tmp_path, clause("a", "to act", "d’agir") | manifest(section("a"))), "doc", "fr", record)
    assert "Réserves" in lines
    assert "Ombudsman parlementaire de Malte, sur «\u00a0a\u00a0»\u00a0: Non." in lines


def test_the_same_words_on_many_texts_are_printed_once(tmp_path: Path) -> None:
    """With the titles of the clauses; on the document as a whole they are said of all of it."""

    def lines(language: str, *places: tuple[str, str]) -> list[str]:
        said = tuple(Reservation(institution="malta", clause=on, text={"en": text}) for on, text in places)
        found = text_of(desk(tmp_path, pairs), "doc", language, Record(reservations=said))
        return [one for one in found if "Malt" in one and "Not" in one]

    pairs = clause("a", "to act", "d’agir") | clause("b", "to be", "d’être") | clause("c", "to go", "d’aller")
    pairs |= manifest(section("a", "b", "c"))
    three = (("a", "Not so."), ("b", "Not so."), ("c", "Not so."))
    (line,) = lines("en", *three)
    assert line.endswith("on “a”, “b” and “c”: Not so.")
    (line,) = lines("fr", *three)
    assert line.endswith("sur «\u00a0a\u00a0», «\u00a0b\u00a0» et «\u00a0c\u00a0»\u00a0: Not so.")
    (line,) = lines("en", *three, ("", "Not so."))
    assert line.endswith("Malta: Not so.")
    assert [one.rpartition(" on ")[2] for one in lines("en", *three[:2], ("c", "Not now."))] == [
        "“a” and “b”: Not so.",
        "“c”: Not now.",
    ]


def test_a_reservation_is_printed_in_the_language_in_which_it_was_made(tmp_path: Path) -> None:
    record = Record(reservations=(Reservation(institution="malta", clause="", text={"en": "Not so."}),))
    root = desk(tmp_path, clause("a", "to act", "d’agir") | manifest(section("a")))
    assert "Ombudsman parlementaire de Malte\u00a0: Not so." in text_of(root, "doc", "fr", record)
    (block,) = (b for b in assembled(root, "doc", "fr", record)[0].blocks() if b.key == "reservations/0")
    assert Span("en", (Text("Not so."),)) in block.inlines


def test_what_is_in_another_language_stands_apart_in_an_arabic_reservation() -> None:
    """Name, title and words, lest the marks around them jump; Malta wrote in a language that nobody named."""
    record = Record(reservations=(Reservation(institution="malta", clause="open-doors", text={"": "Within our law"}),))
    blocks = assembled(starter(), "joint-declaration", "ar", record)[0].blocks()
    block, below = (b for b in blocks if b.key.startswith("reservations/0"))
    assert isinstance(block, Paragraph)
    assert isinstance(below, Paragraph)
    assert block.inlines == (
        Span("en", (Text("Parliamentary Ombudsman of Malta"),)),
        Text("، بشأن «"),
        Span("en", (Text("Open doors"),)),
        Text("»:"),
    )
    assert block.keep_next
    assert below.inlines == (Isolate((Text("Within our law"),)),)


@pytest.mark.parametrize("language", ["ar", ""])
def test_words_are_set_as_their_letters_run(language: str, tmp_path: Path) -> None:
    """Whatever language the register has them in: French ones as Arabic, Arabic ones in one that nobody named."""
    said = {language: "نتحفظ على البروتوكول (2000)"}, {"ar": "Réserve (2000)"}
    root = desk(tmp_path, clause("a", "to act", "d’agir") | manifest(section("a")))
    places = ("morocco", said[0]), ("malta", said[1])
    record = Record(reservations=tuple(Reservation(institution=one, clause="", text=text) for one, text in places))
    blocks = [b for b in assembled(root, "doc", "fr", record)[0].blocks() if b.key.startswith("reservations/")]
    _, _, below, french = blocks
    assert below.inlines == (Span(language or "und-Arab", (Text(said[0][language]),)),)
    assert french.inlines == (Text("Ombudsman parlementaire de Malte\u00a0: "), Text("Réserve (2000)"))


def test_a_member_without_a_name_in_the_language_is_named_in_an_authentic_one(tmp_path: Path) -> None:
    progress = Progress(clauses=1, agreed=0, pending={"spain": 2})
    pairs = clause("a", "to act", "d’agir") | manifest(section("a"))
    lines = text_of(desk(tmp_path, pairs), "doc", "en", Record(progress=progress, head="1:" + "a" * 16))
    assert "Ombudsman of Spain (Defensor del Pueblo) – still to be decided: 2" in lines
    arabic = assembled(starter(), "joint-declaration", "ar", Record(progress=progress, head="1:" + "a" * 16))[0]
    assert any("Ombudsman of Spain" in line.text for line in printed(arabic))


def test_a_draft_says_so_until_it_is_released(tmp_path: Path) -> None:
    root = desk(tmp_path, clause("a", "to act", "d’agir") | manifest(section("a")))
    assert assembled(root, "doc", "fr")[0].draft.startswith("Projet")
    assert assembled(root, "doc", "fr", Record(released=True))[0].draft == ""


def test_the_annex_holds_the_terms_used_in_any_authentic_language_in_the_order_of_each(tmp_path: Path) -> None:
    glossary = """
    concepts:
      - id: guardian
        domain: test
        definition: {en: Who stands by a child., fr: Qui se tient près d’un enfant.}
        terms:
          en: [{term: guardian, status: preferred}]
          fr: [{term: tuteur, status: preferred}]
      - id: asylum
        domain: test
        definition: {en: Shelter., fr: Abri.}
        terms:
          en: [{term: shelter, status: preferred}]
          fr: [{term: asile, status: preferred}]
      - id: unused
        domain: test
        definition: {en: No., fr: Non.}
        terms:
          en: [{term: unseen, status: preferred}]
          fr: [{term: jamais vu, status: preferred}]
    """
    files = clause("a", "to name [guardians](term:guardian)", "de nommer des [tuteurs](term:guardian) et l’asile")
    root = desk(tmp_path, files | {"glossary/test.yml": glossary} | manifest(section("a")))
    (english,) = (b for b in assembled(root, "doc", "en")[0].blocks() if b.key == "glossary")
    (french,) = (b for b in assembled(root, "doc", "fr")[0].blocks() if b.key == "glossary")
    assert [row.key for row in english.rows] == ["guardian", "asylum"]
    assert [row.key for row in french.rows] == ["asylum", "guardian"]


def test_every_language_has_the_same_keys_so_that_editions_can_be_set_side_by_side() -> None:
    from paraph.starter import starter

    keys = [[b.key for b in assembled(starter(), "joint-declaration", code)[0].blocks()] for code in ("en", "fr", "ar")]
    assert keys[0] == keys[1] == keys[2]


def test_a_translation_nobody_checked_says_so() -> None:
    from paraph.starter import starter

    arabic = assembled(starter(), "joint-declaration", "ar")[0]
    assert arabic.standing is Standing.UNCHECKED
    assert arabic.notice
    assert assembled(starter(), "joint-declaration", "fr")[0].notice == ""


def noticed(authentic: tuple[str, ...], issued: tuple[str, ...], language: str, **own: str) -> tuple[str, list[str]]:
    """The notice of a shipped letter where other languages bind, with strings of `own`; and the messages about it."""
    library, _, _ = load_for(starter(), ["letter-authorities"])
    assert library is not None
    strings = {**library.strings, language: {**library.strings[language], **own}}
    turned = replace(library, workspace=replace(library.workspace, authentic=authentic), strings=strings)
    letter = replace(library.manifests["letter-authorities"], languages=(*issued, language))
    made, findings = assemble(turned, letter, language)
    return made.notice, [one.message for one in findings if one.rule == "string-missing"]


@pytest.mark.parametrize(
    ("issued", "language", "named"),
    [
        (("en",), "ar", "لا حجية إلا لما حُرِّر بالإنكليزية."),
        (("en", "es"), "ar", "لا حجية إلا لما حُرِّر بالإنكليزية وبالإسبانية."),
        (("en", "fr", "es"), "ar", "لا حجية إلا لما حُرِّر بالإنكليزية وبالفرنسية وبالإسبانية."),
        ((), "ar", "لا حجية إلا لما حُرِّر بالإنكليزية وبالفرنسية وبالإسبانية."),
        (("en",), "fr", "Seul fait foi le texte rédigé en anglais."),
        (("en", "es"), "fr", "Seul fait foi le texte rédigé en anglais et en espagnol."),
    ],
)
def test_the_notice_of_a_translation_names_the_authentic_languages_of_its_document(
    issued: tuple[str, ...], language: str, named: str
) -> None:
    authentic = tuple(code for code in ("en", "fr", "es") if code != language)
    assert noticed(authentic, issued, language)[0].endswith(named)


def test_a_notice_may_name_no_language_and_then_needs_no_name_of_one() -> None:
    assert noticed(("nl",), ("nl",), "ar", **{"notice-unchecked": "ترجمة مجاملة."}) == ("ترجمة مجاملة.", [])


def test_an_authentic_language_without_a_name_where_a_notice_needs_it_is_found() -> None:
    assert noticed(("en", "nl"), ("en", "nl"), "ar")[1] == ["the fixed string “language-nl” has no ar"]


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (4, NumberStyle.DECIMAL, "4"),
        (26, NumberStyle.LOWER_ALPHA, "z"),
        (27, NumberStyle.LOWER_ALPHA, "aa"),
        (49, NumberStyle.LOWER_ROMAN, "xlix"),
        (90, NumberStyle.UPPER_ROMAN, "XC"),
        (4, NumberStyle.ABJAD, "د"),
    ],
)
def test_numbers_as_written(value: int, style: NumberStyle, text: str) -> None:
    assert write_value(value, style) == text
