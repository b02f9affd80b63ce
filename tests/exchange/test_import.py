"""Existing statements in: read, cleaned where sure, marked where not, set side by side, found in the library."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paraph.__main__ import main
from paraph.errors import FindingsError
from paraph.legacy import pandoc_in, similar
from paraph.legacy.blocks import Block, BlockKind, Remarks
from paraph.legacy.clean import clean
from paraph.legacy.outline import Role, outline, place_and_date
from paraph.legacy.pdf_in import _paragraphs
from paraph.legacy.side_by_side import side_by_side
from paraph.legacy.typed import typed
from paraph.library.load import load
from paraph.model.text import Text
from paraph.starter import starter

LIBRARY = load(starter())
ROUNDS = int(os.environ.get("PARAPH_TEST_EXCHANGE", "25")) * 2


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARAPH_CACHE", "off")
    assert main(["init", str(tmp_path / "desk")]) == 0
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


# --- what paraph itself has made -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "found"), [("docx", 25), ("odt", 25), ("html", 25), ("md", 25), ("pdf", 23)])
def test_a_declaration_comes_in_as_the_clauses_that_it_is_made_of(
    desk: Path, ending: str, found: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of its 29 clauses, those without values and references are found word for word; a PDF has no footnotes."""
    if ending == "pdf" and shutil.which("pdftotext") is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs pdftotext: see .ci/run")
        pytest.skip("pdftotext is not installed")
    assert main(["build", "joint-declaration", "-l", "en", "-l", "fr", "-f", ending, "-o", "old"]) == 0
    files = [f"old/joint-declaration.{code}.{ending}" for code in ("fr", "en")]
    capsys.readouterr()
    assert main(["import", files[0], "--lang", "fr", "--with", files[1], "--lang", "en", "--id", "old-one"]) == 0
    said = capsys.readouterr().out
    assert said.count("the same as a clause that is here: ") == found
    for clause in ("refer-cases-across-borders", "alternatives-in-the-community", "reception-for-children"):
        assert f" is near {clause} (" in said
    assert "{{ hours }}-]{+72+}" in said
    assert "nothing but its values differs: use it in the manifest, with hours: 72\n" in said
    library, _ = load(desk)
    assert library is not None
    made, old = library.manifests["old-one"], library.manifests["joint-declaration"]
    assert made.title["en"] == old.title["en"] or ending == "pdf"
    sections = [section for section in made.sections if section.chapeau]
    assert [section.style for section in sections] == ["numbered"] * 3
    if ending == "pdf":
        return  # headings and footnotes look like any line there
    assert [section.heading["fr"] for section in sections] == [section.heading["fr"] for section in old.sections]
    for mine, its in zip(sections, old.sections, strict=True):
        assert len(mine.uses) == len(its.uses)
        assert len({use.clause for use in mine.uses} & {use.clause for use in its.uses}) >= len(its.uses) - 3


# --- what others have made -------------------------------------------------------------------------------------------

FR = """<html><body><nav>Menu</nav><main><h1>Déclaration de Port-Exemple</h1>
<p>Les membres du réseau,</p>
<p><em>Rappelant</em> la Convention relative aux droits de lâ€™enfant,</p>
<p><em>Convaincus</em> que les ÃƒÂ©coles sont ouvertes,</p>
<p><b>Nos demandes</b></p>
<p>Nous demandons aux États :</p>
<p>1. de mettre fin à la détention en 12 mois ;</p>
<p>2. d’ouvrir l’éco\ufffde ;</p>
<p>4. d’informer les enfants<sup>1</sup> :</p>
<p>a) dans leur langue ;</p>
<p>b) sans délai ; et</p>
<p>• clairement.</p>
<p>Le reste est de la prose. Elle a deux phrases.</p>
<p>Fait à Port-Exemple, le 12 mars 2019</p>
<p>Médiateur de Port-Exemple</p></main><footer>Cookies</footer></body></html>
"""
EN = """# Declaration of Example Harbour

The members of the network,

*Recalling* the Convention on the Rights of the Child,

**Our requests**

We request States:

1. to end detention within 18 months;
2. to open schools;
4. to inform children:
    a. in their language;
    b. without delay; and
    - clearly.

The rest is prose. It has two sentences.

Done at Example Harbour, 12 March 2019

Ombudsman of Example Harbour
"""


def test_two_dirty_files_are_set_side_by_side(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("fr.html").write_text(FR, encoding="utf-8")
    Path("en.md").write_text(EN, encoding="utf-8")
    assert main(["import", "fr.html", "--lang", "fr", "--with", "en.md", "--lang", "en", "--id", "harbour"]) == 0
    said = capsys.readouterr().err
    assert "letters in a wrong encoding were put right (in paragraphs 3, 4)" in said
    assert "a letter was lost before this file was made: “l’éco\ufffde" in said
    assert "the numbering goes from 2 to 4" in said
    assert "paragraph 9: [1] looks like the call of a footnote" in said
    assert "paragraph “Convaincus que les écoles sont ouvertes” stands in fr alone" in said
    assert "figures differ: 12 in one only, 18 in the other only" in said
    assert Path("statements/declarations/harbour.yml").read_text(encoding="utf-8") == (
        "# From fr.html, en.md. Say who speaks (networks: or members:), and look at every section.\n"
        "id: harbour\n"
        "form: declaration\n"
        "title:\n"
        '  fr: "Déclaration de Port-Exemple"\n'
        '  en: "Declaration of Example Harbour"\n'
        "place:\n"
        '  fr: "Port-Exemple"\n'
        '  en: "Example Harbour"\n'
        "date: 2019-03-12\n"
        "networks: []\n"
        "languages: [fr, en]\n"
        "sections:\n"
        "  - id: part-1\n"
        "    style: recitals\n"
        "    chapeau:\n"
        '      fr: "Les membres du réseau"\n'
        '      en: "The members of the network"\n'
        "    clauses:\n"
        "      - recalling-convention-rights-child\n"
        "      - convaincus-ecoles-sont-ouvertes\n"
        "  - id: part-2\n"
        "    style: numbered\n"
        "    heading:\n"
        '      fr: "Nos demandes"\n'
        '      en: "Our requests"\n'
        "    chapeau:\n"
        '      fr: "Nous demandons aux États"\n'
        '      en: "We request States"\n'
        "    clauses:\n"
        "      - detention-within-18-months\n"
        "      - open-schools\n"
        "      - inform-children\n"
        "  - id: part-3\n"
        "    style: prose\n"
        "    clauses:\n"
        "      - rest-prose-sentences\n"
        "# Place and date in the file: Fait à Port-Exemple, le 12 mars 2019\n"
        "# Place and date in the file: Done at Example Harbour, 12 March 2019\n"
        "# Signatory? Médiateur de Port-Exemple\n"
        "# Signatory? Ombudsman of Example Harbour\n"
    )
    library, _ = load(desk)
    assert library is not None
    informed = library.clauses["inform-children"]
    assert informed.texts["en"].text == "to inform children\n\n1. in their language\n2. without delay\n- clearly"
    assert (
        informed.texts["fr"].text == "d’informer les enfants\\[1\\]\n\n1. dans leur langue\n2. sans délai\n- clairement"
    )
    assert library.clauses["open-schools"].texts["fr"].text == r"d’ouvrir l’éco\[?\]e"
    assert library.clauses["recalling-convention-rights-child"].kind == "recital"
    assert main(["import", "fr.html", "--lang", "fr", "--id", "harbour"]) == 2  # there is one
    assert "“harbour” is taken" in capsys.readouterr().err


AR = """<html dir="rtl"><body><nav><ul><li><a href="/">الرئيسية</a></li></ul></nav><h1>إعلان الميناء</h1>
<p>نحن أعضاء الشبكة،</p><p>نطلب من الدول:</p>
<ol><li>أن تستمع إلى الأطفال&nbsp;؛</li><li>ألا تحتجز أي طفل&nbsp;؛</li></ol>
<p>ملاحظة للصحافة وحدها</p></body></html>"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type
content="text/html; charset=windows-1252"><style><!-- p.MsoNormal {mso-style-parent:"";} --></style></head>
<body lang=FR>
<p class=MsoNormal align=center><b>Déclaration du port<o:p></o:p></b></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Nous, membres du réseau,</p><p class=MsoNormal>Nous demandons aux États&nbsp;:</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>d’entendre les enfants&nbsp;;</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>de ne détenir aucun enfant.</p>
</body></html>"""


def test_a_web_page_of_word_and_its_arabic_translation(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The Arabic is a courtesy here: it is pinned to the French, unchecked, and never a text that binds."""
    Path("fr.html").write_bytes(WORD.encode("cp1252"))
    Path("ar.html").write_text(AR, encoding="utf-8")
    asked = ["import", "fr.html", "--lang", "fr", "--with", "ar.html", "--lang", "ar", "--id", "port"]
    assert main(asked) == 0
    assert "stands in ar alone" in capsys.readouterr().err
    manifest = Path("statements/declarations/port.yml").read_text(encoding="utf-8")
    assert "languages: [fr, ar]\nunchecked: [ar]\n" in manifest
    assert "# In ar alone: ملاحظة للصحافة وحدها" in manifest
    library, findings = load(desk)
    assert library is not None
    assert not [one for one in findings if one.rule.startswith("translation")], findings
    heard = library.clauses["entendre-enfants"]
    assert heard.texts.keys() == {"fr"}
    assert heard.texts["fr"].text == "d’entendre les enfants"
    assert (heard.translations["ar"].source, heard.translations["ar"].status) == ("fr", "unchecked")
    assert heard.translations["ar"].text.text == "أن تستمع إلى الأطفال"
    assert main(["import", "ar.html", "--lang", "ar"]) == 2
    assert "--with FILE --lang ar" in capsys.readouterr().err


def test_a_file_in_two_languages_is_said_to_be_one(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a page of two columns comes in: paragraph by paragraph, in turns."""
    pairs = (
        ("We request States", "Nous demandons aux États"),
        (
            "1. to hear every child before any decision is taken about its life",
            "1. d’entendre tout enfant avant que soit prise une décision sur sa vie",
        ),
        ("2. to detain no child at all, and never at night", "2. de ne détenir aucun enfant, et jamais dans la nuit"),
    )
    Path("both.md").write_text("\n\n".join(one for pair in pairs for one in pair), encoding="utf-8")
    main(["import", "both.md", "--lang", "en", "--id", "both", "--dry-run"])
    said = capsys.readouterr().err
    assert "look like fr, not en" in said
    assert "make one file of each" in said


def test_a_word_file_with_footnotes_lists_and_tracked_changes(desk: Path) -> None:
    made = docx.Document()
    made.add_heading("Statement", 1)
    made.add_paragraph("We call upon States:")
    for words in ("to act;", "to answer."):
        made.add_paragraph(words, style="List Number")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "One Ombudsman", "Another Ombudsman"
    made.save("s.docx")
    assert main(["import", "s.docx", "--lang", "en", "--id", "word"]) == 0
    library, _ = load(desk)
    assert library is not None
    ids = [use.clause for section in library.manifests["word"].sections for use in section.uses]
    assert [library.clauses[one].texts["en"].text for one in ids[:2]] == ["to act", "to answer"]


def test_what_word_styles_as_a_title_stays_in_the_text(desk: Path) -> None:
    """Pandoc would take the first paragraphs with these styles away, and of two titles keep one."""
    made = docx.Document()
    made.core_properties.title = "Not in the text"
    for words, style in (("DECLARATION OF EXAMPLE HARBOUR", "Title"), ("On children", "Title"), ("Spring", "Subtitle")):
        made.add_paragraph(words, style=style)
    made.add_paragraph("We call upon States to act.")
    made.save("titled.docx")
    blocks = pandoc_in.read(Path("titled.docx").read_bytes(), "titled.docx", ".docx", Remarks())
    assert [one.text for one in blocks] == [
        *("DECLARATION OF EXAMPLE HARBOUR", "On children", "Spring", "We call upon States to act.")
    ]
    assert main(["import", "titled.docx", "--lang", "en", "--id", "titled"]) == 0
    library, _ = load(desk)
    assert library is not None
    assert library.manifests["titled"].title == {"en": "DECLARATION OF EXAMPLE HARBOUR"}


def test_paragraphs_parted_by_empty_lines_words_parted_by_runs_and_an_abbreviation_at_the_end(desk: Path) -> None:
    Path("old.html").write_text(
        "<main><h1>On the night</h1><p><i>Recalling</i> the Convention;<br/> <br>"
        "<i>Deeply</i> <i>concerned</i> that many sleep outdoors"
        "<br>until 2 a.m.;</p><p>Declare:</p><p>1. Nobody shall wait.</p></main>",
        encoding="utf-8",
    )
    assert main(["import", "old.html", "--lang", "en", "--id", "old"]) == 0
    library, _ = load(desk)
    assert library is not None
    texts = [one.texts["en"].text for one in library.clauses.values() if one.theme == "imported"]
    assert "*Recalling* the Convention" in texts
    assert "*Deeply concerned* that many sleep outdoors\\\nuntil 2 a.m." in texts


def test_a_table_of_signatures_is_no_clause_and_a_recital_with_a_date_is_one(desk: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Declaration of Example Harbour")
    made.add_paragraph("We, the members, meeting in Example Harbour:")
    made.add_paragraph("Recalling the Convention on the Rights of the Child of 20 November 1989,")
    made.add_paragraph("Request States:")
    made.add_paragraph("1) to hear every child;")
    made.add_paragraph("2) to detain no child.")
    made.add_paragraph("Done in Tunis, on 14 October 2022.")
    table = made.add_table(2, 2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells),
        ("The Mediator of Example Harbour", "Signature:", "Ms A. Example, Commissioner.", "__________"),
        strict=True,
    ):
        cell.text = words
    made.save("s.docx")
    assert main(["import", "s.docx", "--lang", "en", "--id", "signed"]) == 0
    library, _ = load(desk)
    assert library is not None
    signed = library.manifests["signed"]
    texts = [library.clauses[use.clause].texts["en"].text for one in signed.sections for use in one.uses]
    assert texts == [
        "Recalling the Convention on the Rights of the Child of 20 November 1989",
        "to hear every child",
        "to detain no child",
    ]
    assert (signed.place["en"], str(signed.date)) == ("Tunis", "2022-10-14")
    said = signed.source.file and (desk / signed.source.file).read_text(encoding="utf-8")
    assert "# Signatory? The Mediator of Example Harbour\n# Signatory? Signature:\n# Signatory? Ms A." in said
    assert "____" not in said


def test_a_page_of_wordpress_without_what_is_about_it(desk: Path) -> None:
    Path("x.html").write_text(
        "<article><h1>Statement</h1><div class='entry-meta posted'>Posted on 20/10/2022 by admin</div>"
        "<p>We call upon States:</p><ol><li>to act;</li><li>to answer.</li></ol><p>Tunis, 14 October 2022</p>"
        "<div class='sharedaddy sd-sharing'><h3>Share this:</h3><ul><li>by mail</li></ul></div></article>",
        encoding="utf-8",
    )
    assert main(["import", "x.html", "--lang", "en", "--id", "page"]) == 0
    library, _ = load(desk)
    assert library is not None
    page = library.manifests["page"]
    assert str(page.date) == "2022-10-14"
    assert [len(one.uses) for one in page.sections] == [2]
    assert "Posted" not in (desk / page.source.file).read_text(encoding="utf-8")


def test_lines_of_a_pdf_become_paragraphs() -> None:
    lines = (
        "DECLARATION OF EXAMPLE HARBOUR ON HEARING EVERY",
        "CHILD",
        "We, the members, meeting in Example Harbour:",
        "Recalling the Convention on the Rights of the Child of",
        "1989,",
        "Concerned that many children sleep outdoors; and that",
        "nobody asks them;",
        "Request States:",
        "1) to hear every child in Port-Exemple and in Rabat,",
        "Tunis and wherever it is.",
    )
    assert _paragraphs("\n".join(lines), Remarks()) == [
        "DECLARATION OF EXAMPLE HARBOUR ON HEARING EVERY CHILD",
        "We, the members, meeting in Example Harbour:",
        "Recalling the Convention on the Rights of the Child of 1989,",
        "Concerned that many children sleep outdoors; and that nobody asks them;",
        "Request States:",
        "1) to hear every child in Port-Exemple and in Rabat, Tunis and wherever it is.",
    ]


def test_a_line_of_a_pdf_that_had_room_for_the_next_word_ends_a_paragraph() -> None:
    lines = (
        "DECLARATION OF EXAMPLE HARBOUR",
        "On the schooling of children",
        "Example Harbour, 4 May 2011",
        "We, the ombudsmen of the coast, meeting in Example Harbour on 3 and 4 May",
        "2011,",
        "1/ Ask that fees be waived for:",
        "a- children under twelve,",
        "b- children in reception centres.",
    )
    assert _paragraphs("\n".join(lines), Remarks()) == [
        *lines[:3],
        "We, the ombudsmen of the coast, meeting in Example Harbour on 3 and 4 May 2011,",
        *lines[5:],
    ]
    blocks = [Block(BlockKind.PARAGRAPH, (Text(line),)) for line in lines[5:]]
    assert [(one.number, one.level, one.text) for one in typed(blocks, Remarks())] == [
        (1, 0, "Ask that fees be waived for:"),
        (1, 1, "children under twelve,"),
        (2, 1, "children in reception centres."),
    ]


def test_bullets_of_a_pdf_on_lines_of_their_own_are_put_to_their_items() -> None:
    lines = (
        "We ask the authorities",
        "•",
        "•",
        "",
        "to heat every room by 1 December;",
        "to give each",
        "two blankets.",
    )
    assert _paragraphs("\n".join((*lines, "", "We will come back in spring.")), Remarks()) == [
        "We ask the authorities",
        "• to heat every room by 1 December;",
        "• to give each two blankets.",
        "We will come back in spring.",
    ]
    numbered = ("We ask the authorities:", "1. to heat every room;", "2.", "to give each", "two blankets.")
    assert _paragraphs("\n".join(numbered), Remarks()) == [*numbered[:2], "2. to give each two blankets."]


def test_articles_numbered_in_words_and_letters_close_to_their_text() -> None:
    def items(*lines: str) -> list[tuple[int, int, str]]:
        blocks = [Block(BlockKind.PARAGRAPH, (Text(line),)) for line in lines]
        return [(one.number, one.level, one.text) for one in typed(blocks, Remarks())]

    assert items("Article premier – Un pupitre.", "Article 2 – Un livre.") == [
        (1, 0, "Un pupitre."),
        (2, 0, "Un livre."),
    ]
    assert items("المادة الأولى: مقعد.", "المادة 2: كتاب.") == [(1, 0, "مقعد."), (2, 0, "كتاب.")]
    assert items("1. Asks:", "(a)to listen;", "(b)to answer.")[1:] == [(1, 1, "to listen;"), (2, 1, "to answer.")]


def test_a_clause_is_set_in_the_style_in_which_such_clauses_open(desk: Path) -> None:
    text = "# Resolution\n\n1. *Takes note* of the report;\n2. *{}* the Chair to write;\n3. *Decides* to meet again."
    for id_, verb in (("verbs", "Requests"), ("other", "Beseeches")):
        Path("x.md").write_text(text.format(verb), encoding="utf-8")
        assert main(["import", "x.md", "--lang", "en", "--id", id_, "--form", "resolution"]) == 0
    library, _ = load(desk)
    assert library is not None
    for id_ in ("verbs", "other"):  # one that opens otherwise stays with those before it
        assert [(one.style, len(one.uses)) for one in library.manifests[id_].sections] == [("verbs", 3)]


def test_declarations_as_they_were_typed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Articles, a point apart from its number, bullets in a line, capitals for headings, letters under a call."""
    pages = {
        "en": """<p>STATEMENT OF RABAT</p><p>Rabat, 4 May 2011</p><p>The Assembly,</p><p>Noting the harm(1),</p>
<p>I. ON SCHOOLS</p><p>1 . Asks that:<br>(a) 2,000 places be opened<br>(b) no child be sent away</p>
<p>3/ Thanks Tunis.</p><p>WHAT WE ASK</p><p>• That lists be kept; • That doors stay open; • That names be known.</p>
<p>Article 1st - Offices report by 31/12/2019.</p>
<p>Article 2 - They do so in every language of the camps they visit.</p>
<p>Page 2 of 2</p><p>Done in Rabat, both texts being authentic</p><p>The President The Secretary</p>""",
        "fr": """<p>DÉCLARATION DE RABAT</p><p>Rabat, le 4 mai 2011</p><p>L'Assemblée,</p><p>S'étant réunie(1),</p>
<p>I. SUR L'ÉCOLE</p><p>1 . Demande que:<br>(a) 2 000 places soient ouvertes<br>(b) nul enfant ne soit renvoyé</p>
<p>3/ Remercie Tunis.</p><p>CE QUE NOUS DEMANDONS</p>
<p>• Que les listes soient tenues; • Que les portes restent ouvertes; • Que les noms soient connus.</p>
<p>Article 1er - Les bureaux rendent compte de leur action commune au plus tard le 31/12/2019.</p>
<p>Article 2 - Ils le font dans chaque langue des camps visités.</p><p>Page 2 sur 2</p>
<p>Fait à Rabat, les deux textes faisant foi</p><p>Le Président La Secrétaire</p>""",
    }
    for code, page in pages.items():
        (desk / f"{code}.html").write_text(f"<main>{page}</main>", encoding="utf-8")
    assert main(["import", "en.html", "--lang", "en", "--with", "fr.html", "--lang", "fr", "--id", "old"]) == 0
    said = capsys.readouterr()
    assert "figures differ" not in said.err
    assert "(1) looks like the call of a footnote" in said.err
    assert "the numbering goes from 1 to 3" in said.err
    library, _ = load(desk)
    assert library is not None
    made = library.manifests["old"]
    texts = [library.clauses[use.clause].texts for section in made.sections for use in section.uses]
    assert [one["fr"].text for one in texts] == [
        "S'étant réunie(1)",
        "Demande que\n\n1. 2 000 places soient ouvertes\n2. nul enfant ne soit renvoyé",
        "Remercie Tunis",
        "Que les listes soient tenues",
        "Que les portes restent ouvertes",
        "Que les noms soient connus",
        "Les bureaux rendent compte de leur action commune au plus tard le 31/12/2019",
        "Ils le font dans chaque langue des camps visités",
    ]
    assert [section.heading.get("en") for section in made.sections if section.heading] == [
        "I. ON SCHOOLS", "WHAT WE ASK"
    ]  # fmt: skip
    written = (desk / made.source.file).read_text(encoding="utf-8")
    assert "# Signatory? The President The Secretary" in written


def test_what_was_pasted_from_word(desk: Path) -> None:
    """Headings A., B.; recitals as bullets; bullets that are none; a list below an item that Word holds as another."""
    word = docx.Document()
    word.add_paragraph("Declaration of the two networks")
    word.add_paragraph("We, the members,")
    for text, style in (
        ("A. General principles", "Normal"),
        ("Recalling the Convention;", "List Bullet"),
        ("Bearing in mind the Protocol;", "List Bullet"),
        ("Considering that children are at risk,", "List Bullet"),
        ("B. What we undertake", "Normal"),
        ("We commit ourselves to:", "Normal"),
        ("Ensuring that complaints are answered;", "List Bullet"),
        ("Supporting our staff;", "List Bullet"),
        ("Publishing:", "List Bullet"),
        ("the number of children;", "List Bullet 2"),
        ("the answers;", "List Bullet 2"),
        ("Sharing our findings.", "List Bullet"),
        ("C. What we ask", "Normal"),
        ("We ask States:", "Normal"),
        ("to appoint a guardian:", "List Number"),
        ("who is independent;", "List Bullet"),
        ("to open schools.", "List Number"),
        ("D. What else", "Normal"),
        ("a) to visit centres:", "Normal"),
        ("i. by day;", "Normal"),
        ("ii. by night;", "Normal"),
        ("b) to report.", "Normal"),
    ):
        word.add_paragraph(text, style=style)
    word.save("pasted.docx")
    assert main(["import", "pasted.docx", "--lang", "en", "--id", "pasted"]) == 0
    library, _ = load(desk)
    assert library is not None
    sections = library.manifests["pasted"].sections[1:]
    clauses = [[library.clauses[use.clause] for use in section.uses] for section in sections]
    assert [(one.style, one.heading["en"], one.chapeau.get("en", "")) for one in sections] == [
        ("recitals", "A. General principles", ""),
        ("bullets", "B. What we undertake", "We commit ourselves to"),
        ("numbered", "C. What we ask", "We ask States"),
        ("numbered", "D. What else", ""),
    ]
    assert {one.kind for one in clauses[0]} == {"recital"}
    assert [one.texts["en"].text for some in clauses[1:] for one in some] == [
        "Ensuring that complaints are answered",
        "Supporting our staff",
        "Publishing\n\n- the number of children\n- the answers",
        "Sharing our findings",
        "to appoint a guardian\n\n- who is independent",
        "to open schools",
        "to visit centres\n\n1. by day\n2. by night",
        "to report",
    ]


def test_a_list_of_links_is_no_part_of_a_statement(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    links = "".join(f'<li><a href="https://example.org/{n}">Report {n}</a>;</li>' for n in range(3))
    Path("x.html").write_text(
        "<h1>Statement</h1><p>Published on 3 June 2021</p><p>We recall:</p>"
        f"<ol>{links}</ol><p>Nobody was heard at sea.</p><h2>Further reading</h2><ul>{links}</ul>"
        "<p>Contact: press@example.org</p><p>Share this: <a href='https://x.example'>X</a> | <a href='https://y.example'>Y</a></p>",
        encoding="utf-8",
    )
    assert main(["import", "x.html", "--lang", "en", "--id", "linked"]) == 0
    assert "looks like" not in capsys.readouterr().err
    library, _ = load(desk)
    assert library is not None
    made = library.manifests["linked"]
    assert [len(section.uses) for section in made.sections] == [3, 2]  # what is recalled stays, though it is linked
    assert not made.place
    written = (desk / made.source.file).read_text(encoding="utf-8")
    assert "# In a list of links, left out: [Report 2](https://example.org/2)" in written
    assert "# In a list of links, left out: Share this: [X](https://x.example)" in written


@pytest.mark.parametrize(
    ("language", "items", "recitals"),
    [
        ("fr", ["Considérant que tout enfant a des droits ;", "Préoccupés par leur situation,"], True),
        ("fr", ["Garantissant l’accès à l’école ;", "Formant nos agents."], False),
        ("es", ["Considerando sus derechos;", "Preocupados por su situación,"], True),
        ("ar", ["وإذ تشير إلى الاتفاقية؛", "وإذ يساورها القلق،"], True),
        ("en", ["Recalling the Convention;", "The Protocol."], False),
        ("en", ["Deeply concerned by what we saw,"], True),
        ("mt", ["Ifakkar", "Jinnota"], False),
    ],
)
def test_lists_of_recitals(language: str, items: list[str], recitals: bool) -> None:
    library, _ = LIBRARY
    assert library is not None
    blocks = [Block(BlockKind.PARAGRAPH, (Text("Title"),)), *(Block(BlockKind.ITEM, (Text(one),)) for one in items)]
    units = outline(blocks, language, library.openings, frozenset())
    assert [unit.kind == "recital" for unit in units[1:]] == [recitals] * len(items)


@pytest.mark.parametrize("text", ["A. Smith spoke first", "B. Jones answered"])
def test_a_letter_alone_begins_no_heading(text: str) -> None:
    library, _ = LIBRARY
    assert library is not None
    blocks = [Block(BlockKind.PARAGRAPH, (Text(one),)) for one in ("Title", text, "Nobody was heard.")]
    assert [unit.role for unit in outline(blocks, "en", library.openings, frozenset())][1] is not Role.HEADING


def test_the_shape_that_networks_use(desk: Path) -> None:
    """We, the members, / Recall: / We commit to: / Ask States to: with lists; Roman numbers are headings."""
    Path("x.html").write_text(
        "<h1>DECLARATION</h1><p>Nous, membres du réseau, réunis à Port-Exemple,</p><p><b>Rappelons :</b></p>"
        "<ol><li>La Convention.</li><li>Le Protocole.</li></ol><p><b>Demandons aux États de :</b></p>"
        "<ul><li>Garantir ces droits,</li><li>Agir.</li></ul><p>I. Contexte</p><p>Des enfants sont arrivés.</p>",
        encoding="utf-8",
    )
    assert main(["import", "x.html", "--lang", "fr", "--id", "shape"]) == 0
    library, _ = load(desk)
    assert library is not None
    sections = library.manifests["shape"].sections
    assert [(one.style, one.heading.get("fr", ""), one.chapeau.get("fr", ""), len(one.uses)) for one in sections] == [
        ("numbered", "", "Nous, membres du réseau, réunis à Port-Exemple, Rappelons", 2),
        ("bullets", "", "Demandons aux États de", 2),
        ("prose", "I. Contexte", "", 1),
    ]


def test_what_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("Words", encoding="utf-8")
    Path("b.md").write_text("Words", encoding="utf-8")
    Path("a.doc").write_bytes(b"x")
    for arguments, says in (
        (["a.md", "--lang", "fr", "--lang", "en"], "do not go together"),
        (["a.md", "--lang", "fr", "--with", "b.md", "--lang", "fr"], "both files are in fr"),
        (["a.md", "--lang", "ar"], "no authentic language"),
        (["a.md", "--lang", "en", "--form", "declaraton"], "Did you mean “declaration”?"),
        (["a.md", "--lang", "en", "--id", "Ä"], "cannot be an id"),
        (["a.doc", "--lang", "en"], "of no kind that is read"),
        (["c.md", "--lang", "en"], "there is no file"),
    ):
        assert main(["import", *arguments]) == 2
        assert says in capsys.readouterr().err
    for name, data in (
        ("l.md", b"ab " * 11_000),
        ("e.md", b""),
        ("e.docx", b"PK\x03\x04no"),
        ("e.html", b""),
        ("e.pdf", b"%PDF-no"),
    ):
        Path(name).write_bytes(data)
        assert main(["import", name, "--lang", "en"]) in (1, 2)
        assert "Traceback" not in capsys.readouterr().err
    assert not Path("statements/clauses/imported").exists()


def test_a_bomb_and_deep_nesting_are_refused_or_cut() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * 300_000_000)
    with pytest.raises(FindingsError):
        pandoc_in.read(out.getvalue(), "x.docx", ".docx", Remarks())
    remarks = Remarks()
    blocks = pandoc_in.read(b"<div>" * 5000 + b"words", "x.html", ".html", remarks)
    assert len(blocks) <= 1


# --- the parts -------------------------------------------------------------------------------------------------------


@given(st.text("aé€’“œÀŒñ–…ß", min_size=1, max_size=20))
def test_letters_in_a_wrong_encoding_are_put_right(text: str) -> None:
    """Once or twice read as Windows-1252; text that is right stays as it is."""
    assert clean(text, 1, Remarks()) == text
    broken = text
    for _ in range(2):
        broken = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in broken.encode())
        assert clean(broken, 1, Remarks()) == text


@pytest.mark.parametrize(
    ("text", "language", "place", "date"),
    [
        ("Tirana, le 8 septembre 2016", "fr", "Tirana", "2016-09-08"),
        ("Fait à La Valette, le 1er mars 2017", "fr", "La Valette", "2017-03-01"),
        ("Done at Skopje on 3 May 2018", "en", "Skopje", "2018-05-03"),
        ("May 3, 2018", "en", "", "2018-05-03"),
        ("Pristina, 03.05.2018", "en", "Pristina", "2018-05-03"),
        ("Madrid, 12 de marzo de 2015", "es", "Madrid", "2015-03-12"),
    ],
)
def test_place_and_date(text: str, language: str, place: str, date: str) -> None:
    found = place_and_date(text, language)
    assert (found[0], str(found[1])) == (place, date)


WORDS = st.text("abcé ", min_size=1, max_size=12).map(str.strip).filter(bool)
MARKS = st.sampled_from(["", "1. ", "2. ", "3) ", "(a) ", "b) ", "i) ", "ii) ", "A. ", "• ", "- "])
ENDS = st.sampled_from(["", ".", ";", ",", " :", " ; et", "؛"])
BLOCKS = st.lists(st.tuples(MARKS, WORDS, ENDS, st.sampled_from(list(BlockKind))), min_size=1, max_size=9)


@given(BLOCKS)
@settings(deadline=None, max_examples=ROUNDS)
def test_no_word_is_lost(made: list[tuple[str, str, str, BlockKind]]) -> None:
    """Whatever a paragraph is taken for, its words are in the outline, but for marks of lists and the last “and”."""
    blocks = [
        Block(kind, (Text(mark + words + end),), at=at) for at, (mark, words, end, kind) in enumerate(made, start=1)
    ]
    library, _ = LIBRARY
    assert library is not None
    units = outline(typed(blocks, Remarks()), "fr", library.openings, frozenset())
    own = Counter(word for unit in units for word in re.findall(r"\w+", unit.text))
    every = Counter(word for _, words, _, _ in made for word in re.findall(r"\w+", words))
    lost = every - own
    assert sum(lost.values()) <= sum(end == " ; et" for _, _, end, _ in made)


@given(st.integers(0, 7), st.integers(0, 7))
@settings(deadline=None, max_examples=ROUNDS)
def test_a_paragraph_that_one_language_lacks_is_found(gone: int, numbers: int) -> None:
    texts = [f"{'word ' * (3 + 5 * place % 17)}{100 + place};" for place in range(8)]
    blocks = [Block(BlockKind.ITEM, (Text(text),), number=place + 1, at=place) for place, text in enumerate(texts)]
    library, _ = LIBRARY
    assert library is not None
    one = outline(blocks, "en", library.openings, frozenset())
    pairs = side_by_side(one, tuple(unit for place, unit in enumerate(one) if place != gone))
    assert [pair.one is not None and pair.other is None for pair in pairs] == [place == gone for place in range(8)]
    assert {unit.role for unit in one} == {Role.CLAUSE}


@pytest.mark.parametrize(
    ("clause", "came", "values"),
    [
        ("since {{ a }}, in {{ b }}", "Since 1 May, in Rabat", {"a": "1 May", "b": "Rabat"}),
        ("{{ a }} and {{ a }}", "two and two", {"a": "two"}),
        ("{{ a }} and {{ a }}", "two and three", {}),
        ("{{ a }}{{ b }}", "two", {}),
        ("since {{ a }}, in Rabat", "since 1 May, in Tunis", {}),
        ("since {{ a }}", "since ", {}),
        ("{{ a.of }} {{ a }}", "du Maroc Maroc", {"a": "Maroc Maroc"}),
        ("without values", "without values", {}),
        ("in {{ a }} or {{ b }} or {{ c }}" * 4, "in " + "a or " * 5_000, {}),
    ],
)
def test_what_stands_in_the_place_of_values(clause: str, came: str, values: dict[str, str]) -> None:
    assert similar._values(clause, came) == values


NOTED = """<p>Rappelant la Convention(1), article 37(2), et le Protocole(2) du 25 mai,</p>
<p>1. Demandons une réponse<sup>[3]</sup> ;</p>"""


@pytest.mark.parametrize(
    ("below", "sure"),
    [
        ("<p>(1) Adoptée en 1989.</p><p>(2) Voir <em>le texte</em>.</p>", True),
        ("<p>(1) Adoptée en 1989.</p>", False),
        ("<p>(1) Adoptée en 1989.</p><p>Autre chose.</p><p>(2) Voir le texte.</p>", False),
        ("<p>(1) D’ouvrir les portes ;</p><p>(2) De les fermer.</p>", False),
        ("<p>(1) Adoptée(1) en 1989.</p><p>(2) Voir le texte.</p>", False),
        ("<p>(1) Adoptée en 1989.</p><p>(2)</p>", False),
    ],
)
def test_notes_that_were_typed_are_put_to_their_calls_where_that_is_sure(
    desk: Path, capsys: pytest.CaptureFixture[str], below: str, sure: bool
) -> None:
    page = NOTED.replace("<sup>[3]</sup>", "")
    Path("fr.html").write_text(f"<main><h1>Sur l’enfant</h1>{page}{below}</main>", encoding="utf-8")
    assert main(["import", "fr.html", "--lang", "fr", "--id", "noted"]) == 0
    said = capsys.readouterr().err
    assert ("notes that were text were put to their calls: (1), (2)" in said) == sure
    assert ("looks like the call of a footnote" in said) != sure
    library, _ = load(desk)
    assert library is not None
    texts = "\n".join(one.texts["fr"].text for one in library.clauses.values() if one.theme == "imported")
    assert "article 37(2)" in texts
    words = re.findall(r"\w+", re.sub(r"<[^>]+>|\[\^\d\]:?", " ", texts))
    assert ("Convention[^1], article" in texts and "[^2]: Voir *le texte*" in texts) == sure
    if not sure:  # nothing is lost, wherever it went
        assert {"Convention", "Protocole", "Adoptée", "ouvrir"} & {*words}


@pytest.mark.parametrize(
    ("text", "below", "sure"),
    [
        ("les mots des enfants (1) ;", "<p>(1) Recueillis en mai.</p>", True),
        ("de (1) les entendre et de (2) leur répondre ;", "<p>(1) Recueillis en mai.</p>", False),
        ("de (1) les entendre et de (2) leur répondre ;", "", False),
    ],
)
def test_a_call_after_a_space_is_one_where_its_note_stands_below(
    desk: Path, capsys: pytest.CaptureFixture[str], text: str, below: str, sure: bool
) -> None:
    Path("fr.html").write_text(f"<main><h1>Sur l’enfant</h1><p>Rappelant {text}</p>{below}</main>", encoding="utf-8")
    assert main(["import", "fr.html", "--lang", "fr", "--id", "spaced"]) == 0
    said = capsys.readouterr().err
    assert ("notes that were text were put to their calls: (1)" in said) == sure
    assert "looks like the call" not in said


def test_a_raised_call_and_its_raised_note_are_one(desk: Path) -> None:
    page = "<p>Demandons une réponse<sup>1</sup> ;</p><p>Fin du texte.</p><p><sup>1</sup> Avant mai.</p>"
    Path("fr.html").write_text(f"<main><h1>Sur l’enfant</h1>{page}</main>", encoding="utf-8")
    assert main(["import", "fr.html", "--lang", "fr", "--id", "raised"]) == 0
    library, _ = load(desk)
    assert library is not None
    texts = [one.texts["fr"].text for one in library.clauses.values() if one.theme == "imported"]
    assert "Demandons une réponse[^1]\n\n[^1]: Avant mai." in texts
