"""A small declaration in three languages, made by hand: everything a renderer meets, without the library or assembly.

Recitals, numbered paragraphs with (a) and (i), a continuation, bullets, footnotes, a quotation, a table, the signature
block, emphasis, links, words in another language, and what must keep its direction in Arabic. Invented, nobody's words.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from paraph.model.document import Document, Edition, Letterhead, Part
from paraph.model.language import Language, Standing
from paraph.model.text import (
    Block,
    Break,
    Emphasis,
    Grid,
    Heading,
    Inline,
    Isolate,
    Link,
    Note,
    Number,
    Paragraph,
    Row,
    Span,
    Strong,
    Table,
    TermMark,
    Text,
)
from paraph.model.workspace import Brand
from paraph.model.writing import NumberStyle
from paraph.render.kit import Kit
from paths import TEMPLATES

LANGUAGES = {
    "en": Language(code="en", name="English", direction="ltr", locale="en_GB"),
    "fr": Language(code="fr", name="français", direction="ltr", locale="fr_FR"),
    "ar": Language(code="ar", name="العربية", direction="rtl", locale="ar_MA"),
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "page": "Page {page} of {pages}", "notes": "Notes", "note": "Note {number}",
        "note-back": "Back to the call of note {number}", "glossary": "Terms used in this document",
        "missing": "(no text in this language)",
    },
    "fr": {
        "page": "Page {page} sur {pages}", "notes": "Notes", "note": "Note {number}",
        "note-back": "Retour à l’appel de la note {number}", "glossary": "Termes employés dans ce document",
        "missing": "(pas de texte dans cette langue)",
    },
    "ar": {
        "page": "صفحة {page} من {pages}", "notes": "الحواشي", "note": "الحاشية {number}",
        "note-back": "العودة إلى موضع الحاشية {number}", "glossary": "المصطلحات المستخدمة في هذه الوثيقة",
        "missing": "(لا يوجد نص بهذه اللغة)",
    },
}  # fmt: skip

BRAND = Brand(
    name={"en": "Two Shores Network", "fr": "Réseau des deux rives", "ar": "شبكة الضفتين"},
    logo_alt={"en": "Two Shores", "fr": "Deux rives", "ar": "الضفتان"},
    address={
        "en": ("1 Harbour Street", "Example Town"),
        "fr": ("1, rue du Port", "Exempleville"),
        "ar": ("1 شارع الميناء",),
    },
)

EDITIONS = (("en",), ("fr",), ("ar",), ("en", "fr"), ("fr", "ar"), ("ar", "en"))
"""Every language alone, and side by side with another."""

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The smallest PNG."""


def kit(form: str = "common", **more: object) -> Kit:
    """What a renderer needs besides the document, with the templates of a form."""
    files = {path.name: path.read_bytes() for path in (TEMPLATES / "common").iterdir() if path.is_file()}
    files |= {path.name: path.read_bytes() for path in (TEMPLATES / form).iterdir() if path.is_file()}
    return replace(Kit(files=files, brand=BRAND), **more)  # type: ignore[arg-type]


Words = str | tuple[Inline, ...]


def document(language: str, *, draft: bool = True) -> Document:
    """The declaration in "en", "fr" or "ar"."""
    return _Sample(language).document(draft=draft)


def edition(*languages: str, draft: bool = True) -> Edition:
    """The declaration in one language, or in two side by side."""
    return Edition(documents=tuple(document(language, draft=draft) for language in languages))


def tiny(*texts: str, language: str = "en") -> Document:
    """A document that holds `texts` as plain paragraphs and nothing else: for hostile strings."""
    return of_blocks(
        *(Paragraph(key=f"p/{n}", role="prose", inlines=(Text(text),)) for n, text in enumerate(texts)),
        language=language,
    )


def of_blocks(*blocks: Block, language: str = "en") -> Document:
    """A document of one section."""
    return Document(
        id="tiny",
        form="statement",
        language=LANGUAGES[language],
        standing=Standing.AUTHENTIC,
        title="Tiny",
        subject="",
        reference="",
        date=None,
        letterhead=Letterhead(names=()),
        draft="",
        notice="",
        parts=(Part(name="section", id="only", blocks=blocks),),
        labels=LABELS[language],
    )


QUOTED: Mapping[str, tuple[str, tuple[Inline, ...]]] = {
    "a title and words in other languages": (
        "ar",
        (Text("بشأن «"), Span("en", (Text("Open doors"),)), Text("»: "), Span("es", (Text("la ley"),))),
    ),
    "words whose language nobody named": (
        "ar",
        (Text("بشأن «"), Span("en", (Text("Open doors"),)), Text("»: "), Isolate((Text("la ley"),))),
    ),
    "two codes": ("ar", (Text("بشأن «"), Isolate((Text("(O) 1/2"),)), Text("»: "), Isolate((Text("(l) 3-4"),)))),
    "Arabic in French": (
        "fr",
        (Text("sur «"), Span("ar", (Text("أبواب"),)), Text("»: "), Span("ar", (Text("القانون"),))),
    ),
}
"""A quotation and what is said of it, parted by nothing that has a direction of its own; `judges.assert_parted`."""


class _Sample:
    """One language of the declaration."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, en: Words, fr: Words, ar: Words) -> tuple[Inline, ...]:
        words = {"en": en, "fr": fr, "ar": ar}[self.language]
        return (Text(words),) if isinstance(words, str) else words

    def number(self, series: str, path: tuple[int, ...]) -> Number:
        """As the languages write them: 4. (a) (i), in French 4. a) i), in Arabic 4. (أ) (i)."""
        value, level = path[-1], len(path) - 1
        prefix, suffix = ("", ".") if level == 0 else ("", ")") if self.language == "fr" else ("(", ")")
        style = (NumberStyle.DECIMAL, NumberStyle.LOWER_ALPHA, NumberStyle.LOWER_ROMAN)[level]
        written = (str(value), "abcdef"[value - 1], ("i", "ii", "iii", "iv")[value - 1])[level]
        if level == 1 and self.language == "ar":
            style, written = NumberStyle.ABJAD, "أبجدهو"[value - 1]
        label = prefix + written + suffix
        return Number(series=series, path=path, value=value, style=style, label=label, prefix=prefix, suffix=suffix)

    def bullet(self, series: str) -> Number:
        return Number(series=series, path=(), value=0, style=NumberStyle.BULLET, label="•")

    def document(self, *, draft: bool) -> Document:
        authentic = self.language != "ar"
        marks = {"en": "Draft for review", "fr": "Projet soumis à examen", "ar": "مشروع معروض للمراجعة"}
        return Document(
            id="two-shores",
            form="declaration",
            language=LANGUAGES[self.language],
            standing=Standing.AUTHENTIC if authentic else Standing.UNCHECKED,
            title={"en": "Declaration of the two shores", "fr": "Déclaration des deux rives", "ar": "إعلان الضفتين"}[
                self.language
            ],
            subject={"en": "Joint declaration", "fr": "Déclaration conjointe", "ar": "إعلان مشترك"}[self.language],
            reference="TSN 2026/3",
            date=dt.date(2026, 11, 20),
            letterhead=Letterhead(
                names=(
                    {"en": "Two Shores Network", "fr": "Réseau des deux rives", "ar": "شبكة الضفتين"}[self.language],
                    {"en": "Harbour Association", "fr": "Association du Port", "ar": "جمعية الميناء"}[self.language],
                ),
                lines=BRAND.address[self.language],
            ),
            draft=marks[self.language] if draft else "",
            notice="" if authentic else "ترجمة مجاملة. لا حجية إلا لما حُرِّر بالإنكليزية وبالفرنسية.",
            parts=tuple(self.parts()),
            labels=LABELS[self.language],
            author=BRAND.name[self.language],
            keywords=("children", "rights"),
        )

    def parts(self) -> list[Part]:
        return [
            self.one("label", self.say("Joint declaration", "Déclaration conjointe", "إعلان مشترك")),
            Part(
                name="title",
                id="title",
                blocks=(
                    Heading(
                        key="title",
                        role="title",
                        level=1,
                        inlines=self.say(
                            "Declaration of the two shores", "Déclaration des deux rives", "إعلان الضفتين"
                        ),
                    ),
                ),
            ),
            self.one(
                "subtitle",
                self.say("One child, the same rights", "Un enfant, les mêmes droits", "طفل واحد، والحقوق نفسها"),
            ),
            self.one(
                "reference",
                self.say(
                    "Reference: TSN 2026/3",
                    "Référence : TSN 2026/3",
                    (Text("المرجع: "), Isolate((Text("TSN 2026/3"),))),
                ),
            ),
            Part(name="section", id="recitals", blocks=self.recitals()),
            Part(name="section", id="commit", blocks=self.commitments()),
            Part(name="section", id="request", blocks=self.requests()),
            self.one(
                "place-date",
                self.say(
                    "Example Town, 20 November 2026",
                    "Fait à Exempleville, le 20 novembre 2026",
                    (Text("مدينة المثال، "), Isolate((Text("20"),)), Text(" نوفمبر "), Isolate((Text("2026"),))),
                ),
            ),
            Part(name="signatures", id="signatures", blocks=self.signatures()),
            Part(name="glossary", id="glossary", blocks=self.glossary()),
        ]

    def one(self, name: str, words: tuple[Inline, ...]) -> Part:
        return Part(name=name, id=name, blocks=(Paragraph(key=name, role=name, inlines=words),))

    def recitals(self) -> tuple[Block, ...]:
        return (
            Paragraph(
                key="recitals/chapeau",
                role="chapeau",
                keep_next=True,
                inlines=self.say("We, the members,", "Nous, membres,", "نحن، الأعضاء،"),
            ),
            Paragraph(
                key="recitals/best/0",
                role="recital",
                inlines=self.say(
                    (
                        Emphasis((Text("Recalling"),)),
                        Text(" that the best interests of the child shall be "),
                        Strong((Text("a primary consideration"),)),
                        Text(" in all actions concerning children"),
                        Note("crc", (Text("Convention on the Rights of the Child, art. 3."),), 1),
                        Text(","),
                    ),
                    (
                        Emphasis((Text("Rappelant"),)),
                        Text(" que l’intérêt supérieur de l’enfant doit être "),
                        Strong((Text("une considération primordiale"),)),
                        Text(" dans toutes les décisions qui concernent les enfants"),
                        Note("crc", (Text("Convention relative aux droits de l’enfant, art. 3."),), 1),
                        Text(","),
                    ),
                    (
                        Emphasis((Text("إذ نذكّر"),)),
                        Text(" بأن "),
                        Strong((Text("مصالح الطفل الفضلى"),)),
                        Text(" تولى الاعتبار الأول في جميع الإجراءات التي تتعلق بالأطفال"),
                        Note("crc", (Text("اتفاقية حقوق الطفل، المادة "), Isolate((Text("3"),)), Text(".")), 1),
                        Text("،"),
                    ),
                ),
            ),
            Paragraph(
                key="recitals/term/0",
                role="recital",
                inlines=self.say(
                    (
                        Emphasis((Text("Considering"),)),
                        Text(" that "),
                        TermMark("unaccompanied-child", (Text("unaccompanied children"),)),
                        Text(", called "),
                        Span("fr", (Emphasis((Text("mineurs non accompagnés"),)),)),
                        Text(" in French and "),
                        Span("ar", (Text("أطفال غير مصحوبين"),)),
                        Text(" in Arabic, have the same rights,"),
                    ),
                    (
                        Emphasis((Text("Considérant"),)),
                        Text(" que les "),
                        TermMark("unaccompanied-child", (Text("enfants non accompagnés"),)),
                        Text(", appelés "),
                        Span("en", (Emphasis((Text("unaccompanied children"),)),)),
                        Text(" en anglais et "),
                        Span("ar", (Text("أطفال غير مصحوبين"),)),
                        Text(" en arabe, ont les mêmes droits,"),
                    ),
                    (
                        Emphasis((Text("وإذ نرى"),)),
                        Text(" أن "),
                        TermMark("unaccompanied-child", (Text("الأطفال غير المصحوبين"),)),
                        Text("، الذين يسمون بالفرنسية "),
                        Span("fr", (Emphasis((Text("mineurs non accompagnés"),)),)),
                        Text("، لهم الحقوق نفسها،"),
                    ),
                ),
            ),
        )

    def commitments(self) -> tuple[Block, ...]:
        visits = self.say(
            (
                Text("to visit, without notice, the places where children are kept, as "),
                Link("https://www.ohchr.org/en/treaty-bodies/crc", (Text("the Committee’s page"),)),
                Text(" explains:"),
            ),
            (
                Text("à visiter, sans préavis, les lieux où des enfants sont retenus, comme l’explique "),
                Link("https://www.ohchr.org/en/treaty-bodies/crc", (Text("la page du Comité"),)),
                Text(" :"),
            ),
            (
                Text("بزيارة الأماكن التي يُحتجز فيها الأطفال دون إشعار مسبق، كما تشرح "),
                Link("https://www.ohchr.org/en/treaty-bodies/crc", (Text("صفحة اللجنة"),)),
                Text(":"),
            ),
        )
        return (
            Heading(
                key="commit/heading",
                role="section",
                level=2,
                inlines=self.say("What we undertake", "Ce à quoi nous nous engageons", "ما نتعهد به"),
            ),
            Paragraph(
                key="commit/chapeau",
                role="chapeau",
                keep_next=True,
                inlines=self.say("We commit ourselves:", "Nous nous engageons :", "نلتزم:"),
            ),
            Paragraph(
                key="commit/hear/0",
                role="operative",
                number=self.number("commit", (1,)),
                inlines=self.say(
                    "to hear every child in a language that the child understands;",
                    "à entendre chaque enfant dans une langue qu’il comprend ;",
                    "بالاستماع إلى كل طفل بلغة يفهمها؛",
                ),
            ),
            Paragraph(
                key="commit/visit/0",
                role="operative",
                number=self.number("commit", (2,)),
                keep_next=True,
                inlines=visits,
            ),
            Paragraph(
                key="commit/visit/1",
                role="item",
                level=1,
                number=self.number("commit/visit", (2, 1)),
                inlines=self.say("reception centres:", "les centres d’accueil :", "مراكز الاستقبال:"),
            ),
            Paragraph(
                key="commit/visit/2",
                role="item",
                level=2,
                number=self.number("commit/visit/1", (2, 1, 1)),
                inlines=self.say("open ones;", "ouverts ;", "المفتوحة؛"),
            ),
            Paragraph(
                key="commit/visit/3",
                role="item",
                level=2,
                number=self.number("commit/visit/1", (2, 1, 2)),
                inlines=self.say("closed ones;", "fermés ;", "المغلقة؛"),
            ),
            Paragraph(
                key="commit/visit/4",
                role="item",
                level=1,
                number=self.number("commit/visit", (2, 2)),
                inlines=self.say(
                    (
                        Text("airports and ports, within 48 hours"),
                        Note("ports", (Text("See "), Emphasis((Text("Two Shores"),)), Text(", para. 7.")), 2),
                        Text(";"),
                    ),
                    (
                        Text("les aéroports et les ports, dans les 48 heures"),
                        Note("ports", (Text("Voir "), Emphasis((Text("Deux rives"),)), Text(", par. 7.")), 2),
                        Text(" ;"),
                    ),
                    (
                        Text("المطارات والموانئ خلال "),
                        Isolate((Text("48"),)),
                        Text(" ساعة"),
                        Note("ports", (Text("انظر "), Emphasis((Text("الضفتان"),)), Text("، الفقرة 7.")), 2),
                        Text("؛"),
                    ),
                ),
            ),
            Paragraph(
                key="commit/visit/5",
                role="operative",
                level=1,
                inlines=self.say(
                    "every visit ends with a report;",
                    "chaque visite donne lieu à un rapport ;",
                    "تنتهي كل زيارة بتقرير؛",
                ),
            ),
            Paragraph(
                key="commit/refer/0",
                role="operative",
                number=self.number("commit", (3,)),
                inlines=self.say(
                    "to refer cases across borders, as paragraph 2 says.",
                    "à transmettre les dossiers par-delà les frontières, comme le dit le paragraphe 2.",
                    (Text("بإحالة الحالات عبر الحدود، كما تنص الفقرة "), Isolate((Text("2"),)), Text(".")),
                ),
            ),
        )

    def requests(self) -> tuple[Block, ...]:
        return (
            Heading(
                key="request/heading",
                role="section",
                level=2,
                inlines=self.say("What we ask", "Ce que nous demandons", "ما نطلبه"),
            ),
            Paragraph(
                key="request/states/0",
                role="operative",
                number=self.number("request", (1,)),
                keep_next=True,
                inlines=self.say(
                    (Emphasis((Text("Call upon"),)), Text(" States:")),
                    (Emphasis((Text("Demandent"),)), Text(" aux États :")),
                    (Emphasis((Text("ندعو"),)), Text(" الدول:")),
                ),
            ),
            Paragraph(
                key="request/states/1",
                role="item",
                level=1,
                number=self.bullet("request/states/1"),
                inlines=self.say(
                    "to appoint a guardian without delay;",
                    "à désigner un tuteur sans délai ;",
                    "أن تعيّن وصياً دون تأخير؛",
                ),
            ),
            Paragraph(
                key="request/states/2",
                role="item",
                level=1,
                number=self.bullet("request/states/1"),
                inlines=self.say(
                    "to end the detention of children.",
                    "à mettre fin à la détention d’enfants.",
                    "أن تنهي احتجاز الأطفال.",
                ),
            ),
            Paragraph(
                key="request/quote/0",
                role="quote",
                inlines=self.say(
                    ("“Children are children first.”"),
                    "« Les enfants sont d’abord des enfants. »",
                    "«الأطفال أطفال أولاً.»",
                ),
            ),
        )

    def signatures(self) -> tuple[Block, ...]:
        names = self.say(
            (Text("For the Two Shores Network"), Text("For the Harbour Association"), Text("For the Island")),
            (Text("Pour le Réseau des deux rives"), Text("Pour l’Association du Port"), Text("Pour l’Île")),
            (Text("عن شبكة الضفتين"), Text("عن جمعية الميناء"), Text("عن الجزيرة")),
        )
        waiting = self.say("awaiting validation", "en attente de validation", "في انتظار التثبيت")
        ids = ("two-shores", "harbour", "island")
        return (
            Heading(
                key="signatures/heading",
                role="section",
                level=2,
                inlines=self.say("The signatory institutions", "Les institutions signataires", "المؤسسات الموقعة"),
            ),
            Grid(
                key="signatures",
                role="signatures",
                columns=2,
                cells=tuple(
                    (
                        Paragraph(
                            key=f"signatures/{one}",
                            role="signatory",
                            inlines=(name, Break(), Emphasis(waiting)) if one == "island" else (name,),
                        ),
                    )
                    for one, name in zip(ids, names, strict=True)
                ),
            ),
        )

    def glossary(self) -> tuple[Block, ...]:
        rows = (
            Row(
                key="unaccompanied-child",
                cells=(
                    self.say("unaccompanied child", "enfant non accompagné", "طفل غير مصحوب"),
                    self.say(
                        "a child separated from both parents and not cared for by a responsible adult",
                        "enfant séparé de ses deux parents et qui n’est pris en charge par aucun adulte responsable",
                        "طفل منفصل عن والديه ولا يرعاه شخص بالغ مسؤول",
                    ),
                ),
            ),
            Row(
                key="guardian",
                cells=(
                    self.say("guardian", "tuteur", "وصي"),
                    self.say(
                        (Text("the person who "), Strong((Text("speaks for the child"),))),
                        (Text("la personne qui "), Strong((Text("parle pour l’enfant"),))),
                        (Text("الشخص الذي "), Strong((Text("يتكلم باسم الطفل"),))),
                    ),
                ),
            ),
        )
        return (
            Heading(
                key="glossary/heading",
                role="annex",
                level=2,
                inlines=(Text(LABELS[self.language]["glossary"]),),
            ),
            Table(
                key="glossary",
                role="glossary",
                head=(
                    self.say("Term", "Terme", "المصطلح"),
                    self.say("Meaning here", "Sens retenu ici", "المعنى المقصود هنا"),
                ),
                rows=rows,
                widths=(1, 2),
            ),
        )
