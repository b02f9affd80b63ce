"""A courtesy translation is validated word for word, and is unchecked again once a word changes. Rehearsals all."""

from __future__ import annotations

import pytest

from paraph.library.files.manifests import own_digest
from paraph.library.load import load
from paraph.markup import digest
from paraph.model.own_texts import own_words
from rehearsal import DOCUMENT, FILES, Rehearsal

UNCHECKED = "لم تراجعها"
"""From the notice of an Arabic translation that nobody has checked."""


def translated(source: str, text: str) -> str:
    head = f'translations:\n  ar:\n    source: en\n    digest: "{digest(source)}"\n    status: unchecked\n'
    return f"{head}    text: |-\n      {text}\n"


@pytest.fixture
def arabic(rehearsal: Rehearsal) -> Rehearsal:
    """The rehearsal in a third language, adopted; Morocco, which speaks it, is asked too."""
    texts = {
        "detention": ("*No child* is detained", "لا يُحتجز أي طفل"),
        "schooling": ("*Every child* goes to school", "يذهب كل طفل إلى المدرسة"),
    }
    for clause, (source, text) in texts.items():
        path = f"statements/clauses/test/{clause}.yml"
        (rehearsal.root / path).write_text(FILES[path].lstrip("\n") + translated(source, text), encoding="utf-8")
    manifest = (
        DOCUMENT.lstrip("\n")
        .replace("[en, fr]", "[en, fr, ar]")
        .replace("Une répétition}", "Une répétition, ar: تجربة}")
    )
    (rehearsal.root / "statements/statements/rehearsal.yml").write_text(manifest, encoding="utf-8")
    rehearsal.adopted()
    return rehearsal


def page(rehearsal: Rehearsal) -> str:
    rehearsal.does("build rehearsal -f md -l ar")
    return (rehearsal.root / "build/rehearsal.ar.md").read_text(encoding="utf-8")


def test_a_page_drops_its_mark_once_every_translation_is_validated(arabic: Rehearsal) -> None:
    assert UNCHECKED in page(arabic)
    assert "[ar] (translation from en, unchecked)" in arabic.does("show detention")
    assert "detention@1 [ar]  validated by morocco" in arabic.does("translate validate detention -l ar --as morocco")
    assert UNCHECKED in page(arabic)
    out = arabic.does("translate validate rehearsal -l ar --as morocco")
    assert "detention@1 [ar]  validated already" in out
    assert "schooling@1 [ar]  validated by morocco" in out
    assert UNCHECKED not in page(arabic)
    assert "[ar] (translation from en, validated)" in arabic.does("show detention")
    assert "not ready" not in arabic.does("release rehearsal -f md"), "and nothing has lapsed"
    assert UNCHECKED not in (arabic.root / "releases/AOM-2026-01/rehearsal.ar.md").read_text(encoding="utf-8")


def test_a_translation_changed_by_a_character_is_unchecked_again(arabic: Rehearsal) -> None:
    arabic.does("translate validate rehearsal -l ar --as morocco")
    arabic.edit("detention", "أي طفل", "أي طفلة")
    assert "[ar] (translation from en, unchecked)" in arabic.does("show detention")
    assert UNCHECKED in page(arabic)
    arabic.edit("detention", "أي طفلة", "أي طفل")
    assert UNCHECKED not in page(arabic)


def test_words_edited_since_they_were_put_on_record_are_shown_before_they_are_validated(arabic: Rehearsal) -> None:
    arabic.edit("detention", "أي طفل", "أي طفلة")
    said = arabic.refuses("translate validate rehearsal -l ar --as morocco")
    assert "the files have other words in ar than were put on record" in said
    assert "detention@1: لا يُحتجز أي [-طفل-]{+طفلة+}" in said
    assert "schooling" not in said
    assert UNCHECKED in page(arabic), "all or none"
    out = arabic.does("translate validate rehearsal -l ar --as morocco --confirm")
    assert "detention@1 [ar]  validated by morocco" in out
    assert "طفلة" not in out
    assert "validated already" in arabic.does("translate validate detention -l ar --as morocco"), "it is asked once"
    assert UNCHECKED not in page(arabic)


def test_words_that_are_on_record_nowhere_are_shown_as_they_are_validated(arabic: Rehearsal) -> None:
    path = arabic.root / "statements/clauses/test/schooling.yml"
    added = path.read_text(encoding="utf-8").partition("translations:")[0].rstrip()
    spanish = translated("*Every child* goes to school", "Todos los niños\n\n      van a la escuela").replace(
        "ar:", "es:"
    )
    path.write_text(f"{added}\n{spanish}", encoding="utf-8")
    out = arabic.does("translate validate schooling -l es --as spain")
    assert "schooling@1 [es]  validated by spain" in out
    assert "    Todos los niños\n" in out
    assert "    van a la escuela" in out
    assert "Todos" not in arabic.does("translate validate schooling -l es --as spain")


def test_a_translation_of_a_changed_text_is_stale(arabic: Rehearsal) -> None:
    arabic.does("translate validate rehearsal -l ar --as morocco")
    arabic.edit("detention", "is detained", "is ever detained")
    assert "[ar] (translation from en, stale)" in arabic.does("show detention")
    assert "no version on record" in arabic.refuses("translate validate detention -l ar --as morocco")
    arabic.say("circulate rehearsal --until 2026-04-01")
    assert "of an earlier text" in arabic.refuses("translate validate detention -l ar --as morocco")


def test_a_translation_is_of_its_source_text_alone(arabic: Rehearsal) -> None:
    """24: what changes in another language makes it no older."""
    arabic.does("translate validate rehearsal -l ar --as morocco")
    french = arabic.root / "statements/clauses/test/detention.yml"
    assert "enfant" in french.read_text(encoding="utf-8")
    arabic.edit("detention", "enfant", "mineur")
    assert "[ar] (translation from en, validated)" in arabic.does("show detention")


MANIFEST = "statements/statements/rehearsal.yml"


def change(rehearsal: Rehearsal, old: str, new: str) -> None:
    path = rehearsal.root / MANIFEST
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("pinned", [False, True])
def test_what_the_document_says_itself_is_validated_with_it(arabic: Rehearsal, pinned: bool) -> None:
    library, _ = load(arabic.root)
    assert library is not None
    pin = (
        f'translations:\n  ar: {{source: en, digest: "{own_digest(own_words(library.manifests["rehearsal"], "en"))}"}}'
    )
    change(arabic, "networks:", f"{pin if pinned else 'unchecked: [ar]'}\nnetworks:")
    arabic.does("translate validate detention schooling -l ar --as morocco")
    assert UNCHECKED in page(arabic), "its title is not validated"
    out = arabic.does("translate validate rehearsal -l ar --as morocco")
    assert "rehearsal@1 [ar]  validated by morocco" in out
    assert "detention@1 [ar]  validated already" in out
    assert UNCHECKED not in page(arabic)
    assert "rehearsal@1 [ar]  validated already" in arabic.does("translate validate rehearsal -l ar --as morocco")
    assert "morocco validated the translation of rehearsal@1 into ar" in arabic.does("log rehearsal")
    arabic.does("register verify")
    assert "not ready" not in arabic.does("release rehearsal -f md"), "and nothing has lapsed"
    assert UNCHECKED not in (arabic.root / "releases/AOM-2026-01/rehearsal.ar.md").read_text(encoding="utf-8")
    change(arabic, "ar: تجربة", "ar: التجربة")
    assert UNCHECKED in page(arabic)
    change(arabic, "ar: التجربة", "ar: تجربة")
    assert UNCHECKED not in page(arabic)


def test_what_the_document_says_itself_is_validated_of_no_earlier_text_and_whole(arabic: Rehearsal) -> None:
    change(arabic, "networks:", "translations:\n  ar: {source: en, digest: '0000000000000000'}\nnetworks:")
    said = arabic.refuses("translate validate rehearsal -l ar --as morocco")
    assert "the translation of rehearsal’s own texts is of earlier ones" in said
    change(arabic, "title:", "subtitle: {en: Only, fr: Rien, ar: تجربة فقط}\ntitle:")
    assert "no version on record" in arabic.refuses("translate validate rehearsal -l ar --as morocco")
    arabic.does("circulate rehearsal --until 2026-04-01")
    change(arabic, ", ar: تجربة فقط", "")
    said = arabic.refuses("translate validate rehearsal -l ar --as morocco")
    assert "the translation of rehearsal into ar is not whole" in said
    assert "subtitle" in said


def test_only_a_member_of_the_language_validates(arabic: Rehearsal) -> None:
    assert "no working language of malta" in arabic.refuses("translate validate detention -l ar --as malta", 2)
    assert "no active member" in arabic.refuses("translate validate detention -l ar --as turkiye", 2)
    assert "there is no member" in arabic.refuses("translate validate detention -l ar --as maroc", 2)
    assert "no translation into “es”" in arabic.refuses("translate validate detention -l es --as spain", 2)
    assert "no clause or document" in arabic.refuses("translate validate nothing -l ar --as morocco", 2)


def test_nothing_is_validated_before_there_is_a_version(rehearsal: Rehearsal) -> None:
    path = rehearsal.root / "statements/clauses/test/detention.yml"
    more = translated("*No child* is detained", "لا يُحتجز أي طفل")
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert "was never put to the members" in rehearsal.refuses("translate validate detention -l ar --as morocco")
