"""An edition in two languages: what stands on one line is one and the same thing."""

from __future__ import annotations

from dataclasses import replace

from paraph.model.document import Document, Edition, Letterhead
from paraph.model.text import Grid, Paragraph, Row, Table, Text
from samples import of_blocks


def _signatures(*keys: str) -> Grid:
    cells = tuple((Paragraph(key=key, role="signatory", inlines=(Text(key),)),) for key in keys)
    return Grid(key="signatures", role="signatures", columns=2, cells=cells)


def _terms(*keys: str) -> Table:
    rows = tuple(Row(key=key, cells=((Text(key),),)) for key in keys)
    return Table(key="glossary", role="glossary", head=((Text("Term"),),), widths=(1,), rows=rows)


def test_members_and_terms_stand_in_the_order_of_the_first_language() -> None:
    english = of_blocks(_signatures("france", "malta", "spain"), _terms("child", "guardian"))
    french = of_blocks(_signatures("spain", "benin", "france", "malta"), _terms("guardian", "child"), language="fr")
    signatures, terms = Edition(documents=(english, french)).documents[1].blocks()
    assert isinstance(signatures, Grid)
    assert [cell[0].key for cell in signatures.cells] == ["france", "malta", "spain", "benin"]
    assert isinstance(terms, Table)
    assert [row.key for row in terms.rows] == ["child", "guardian"]


def test_an_address_that_is_the_same_in_both_languages_stands_in_the_first() -> None:
    def document(language: str, web: str, *lines: str) -> Document:
        pages = Paragraph(key="website/malta", role="website", inlines=(Text(web),))
        names = Paragraph(key="issuer/malta", role="issuer", inlines=(Text(web),))
        return replace(of_blocks(names, pages, language=language), letterhead=Letterhead(names=("N",), lines=lines))

    english = document("en", "example.org", "example.org")
    first, second = Edition(documents=(english, document("fr", "example.org", "example.org"))).documents
    assert first == english
    assert [block.key for block in second.blocks()] == ["issuer/malta"]
    assert second.letterhead == Letterhead(names=("N",))
    french = document("fr", "example.org/fr", "1, rue du Port")
    assert Edition(documents=(english, french)).documents == (english, french)


def test_alone_each_language_keeps_its_own_order() -> None:
    french = of_blocks(_signatures("spain", "france"), language="fr")
    assert Edition(documents=(french,)).documents == (french,)
