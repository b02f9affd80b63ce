"""Review packets: their names, what they say, and that they say it of the versions on record."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desk import clause, desk
from judges import errors
from paraph.__main__ import main
from paraph.errors import FidelityError, FindingsError, RefusedError, UsageError
from paraph.library.files.packet import stationery
from paraph.library.load import load
from paraph.markup import digest
from paraph.model.event import Choice, Draft, HeadWitnessed, PacketWritten, Receipt, Subject, SubjectKind, packet_key
from paraph.model.writing import LanguageRules, NumberFormat, NumberStyle
from paraph.register.store import Register
from paraph.review import identity, texts
from paraph.review.writing.prove import prove, sent_texts
from paraph.workflow.approvals.circulation import circulate
from paraph.workflow.approvals.close import close
from paraph.workflow.approvals.decisions import decide
from paraph.workflow.approvals.references import Wish
from paraph.workflow.packets.compose import languages_of
from paraph.workflow.packets.write import write_packets
from pen import Pen

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINK = f"{W}hyperlink"
AT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SUBJECT = Subject(kind=SubjectKind.CLAUSE, id="no-child-detention", version=2, digest="3f9ac27d" + "0" * 56)

DECLARATION = """
    id: ours
    form: declaration
    title: {en: Ours, fr: La nôtre}
    networks: [aom, aomf]
    date: 2026-03-02
    languages: [en, fr]
    sections:
      - {id: calls, clauses: [one, two]}
"""


ARABIC = """\
translations:
  ar:
    source: en
    digest: "{digest}"
    status: unchecked
    text: |-
      *تدعو* الدول إلى الانتظار[^1]

      [^1]: المادة 09-08.
"""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a rehearsal: two clauses put to the members."""
    files = {
        **clause(
            "one",
            "*Call upon* States to wait[^1]\n\n[^1]: Until then.",
            "*Demandent* aux États d’attendre[^1]\n\n[^1]: Jusque-là.",
            more=ARABIC.format(digest=digest("*Call upon* States to wait[^1]\n\n[^1]: Until then.")),
        ),
        **clause(
            "two", "*Call upon* States\n\n1. to see\n2. to hear", "*Demandent* aux États\n\n1. de voir\n2. d’entendre"
        ),
        "statements/declarations/ours.yml": DECLARATION,
    }
    root = desk(tmp_path_factory.mktemp("begun"), files)
    circulate(root, "ours", until="2026-03-20 18:00", rule="consensus", at=AT)
    return root


@pytest.fixture
def place(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "desk")


@pytest.fixture(scope="module")
def changed(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Malta approved both clauses, the first has changed since, and the second round is under a rule of silence."""
    root = shutil.copytree(begun, tmp_path_factory.mktemp("gone") / "desk")
    received = Receipt(received=AT + DAY, channel="e-mail")
    wish = Wish(references=("c1",), member="malta", receipt=received)
    decide(root, wish, Choice.APPROVE, "", "", AT + DAY)
    close(root, "c1", AT + 30 * DAY)
    path = root / "statements/clauses/test/one.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("to wait", "to act at once"), encoding="utf-8")
    circulate(root, "ours", until="2026-05-20", rule="silence 7 days", at=AT + 31 * DAY, whole=True)
    return root


@pytest.fixture
def gone_on(changed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(changed, tmp_path / "gone-on")


def token(member: str) -> str:
    return identity.token_from(sum(member.encode()))


def packet(root: Path, member: str, circulation: str = "c1") -> bytes:
    (written,) = write_packets(root, circulation, (member,), None, AT + 32 * DAY, token)
    return written.files[0].read_bytes()


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def field_of(control: etree._Element) -> tuple[int, str] | None:
    named = identity.read_name(control.find(f"{W}sdtPr/{W}tag").get(f"{W}val", ""))
    return (named.place, named.field) if named else None


def words(element: etree._Element) -> list[str]:
    """The words of each paragraph, without marks of direction."""
    said = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in element.iter(f"{W}p"))
    return [re.sub("[\u200e\u200f]", "", one) for one in said]


# --- names -----------------------------------------------------------------------------------------------------------


@given(st.integers(1, 9999), st.sampled_from(["code", "approve", "text-en", "text-pt-BR"]))
def test_a_name_is_read_from_tag_and_bookmark(place: int, field: str) -> None:
    named = identity.name_of(place, SUBJECT, field)
    assert identity.read_name(named.tag) == named
    assert identity.read_name(named.bookmark) == named
    assert len(named.bookmark) <= 40


def test_a_printed_code_is_read() -> None:
    code = identity.read_code(f"Texte {identity.printed_code(3, SUBJECT)}\n")
    assert code == identity.Code(3, "no-child-detention", 2, "3f9ac27d")


@given(st.integers(0, 2**100 - 1))
def test_a_token_is_read_however_it_is_typed(number: int) -> None:
    made = identity.token_from(number)
    assert identity.read_token(made) == made
    assert identity.read_token(made.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == made
    assert identity.read_token(made[:-1]) is None


# --- what a packet holds ---------------------------------------------------------------------------------------------


def test_it_is_dated_as_where_its_members_were_asked(tmp_path: Path) -> None:
    """Half an hour before midnight by UTC it is the next day in Paris."""
    files = {
        **clause("one", "*Call upon* States to wait", "*Demandent* aux États d’attendre"),
        "statements/declarations/ours.yml": DECLARATION.replace("one, two", "one"),
    }
    root = desk(tmp_path, files)
    circulate(root, "ours", until="2026-03-20 18:00", rule="consensus", at=AT.replace(hour=23, minute=30))
    made = part(packet(root, "malta"), "docProps/core.xml").findtext("{http://purl.org/dc/terms/}created")
    assert made == f"{(AT + DAY).date()}T00:00:00Z"


def test_it_carries_its_identity(place: Path) -> None:
    data = packet(place, "malta")
    values = {one.get("name", ""): one[0].text or "" for one in part(data, "docProps/custom.xml")}
    found = identity.read_properties(values)
    assert found is not None
    assert (found.circulation, found.member, found.token) == ("c1", "malta", token("malta"))
    assert [str(one) for one in found.subjects] == ["one@1", "two@1", "ours@1"]
    document = part(data, "word/document.xml")
    tags = [one.get(f"{W}val", "") for one in document.iter(f"{W}tag")]
    marks = [one.get(f"{W}name", "") for one in document.iter(f"{W}bookmarkStart")]
    assert len(set(tags)) == len(tags)
    assert len(set(marks)) == len(marks)
    assert {identity.read_name(one) for one in tags} <= {identity.read_name(one) for one in marks}
    assert (
        identity.printed_packet(found)
        in words(document)[[w.startswith("Packet:") for w in words(document)].index(True)]
    )


def test_it_says_how_the_register_stood(gone_on: Path) -> None:
    register = Register.open("sqlite:///register.db", gone_on)
    elsewhere = Draft(fact=HeadWitnessed(number=1, hash="0" * 64, witness="A rehearsal"), request="witness")
    register.append(lambda _: (elsewhere,), AT + 32 * DAY)
    with register.reading() as reader:
        head = str(reader.head())
    values = {
        one.get("name", ""): one[0].text or "" for one in part(packet(gone_on, "malta", "c2"), "docProps/custom.xml")
    }
    with register.reading() as reader:
        assert str(reader.head()) != head
    register.close()
    assert values["paraph.head"] == head


def test_its_texts_are_those_on_record(place: Path) -> None:
    document = part(packet(place, "malta"), "word/document.xml")
    sent = {}
    for control in document.iter(f"{W}sdt"):
        named = identity.read_name(control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"))
        if named and named.field.startswith("text-"):
            sent[named.place, named.field] = words(control)
    assert sent[1, "text-en"] == ["Call upon States to wait[1]", "[1] Until then."]
    assert sent[2, "text-fr"] == ["Demandent aux États", "de voir", "d’entendre"]
    assert "1. Call upon States to wait;" in sent[3, "text-en"]


def test_decision_tables_have_their_rows(place: Path) -> None:
    document = part(packet(place, "france"), "word/document.xml")
    tables = [one for one in document.iter(f"{W}tbl") if identity.read_code(words(one)[0])]
    assert [identity.read_code(words(one)[0]).id for one in tables] == ["one", "two", "ours", "left-open"]
    assert [len(one.findall(f"{W}tr")) for one in tables] == [7, 7, 7, 3]
    for one in tables:
        fields = [
            identity.read_name(tag.get(f"{W}val", "")).field
            for row in one.iter(f"{W}tr")
            for tag in row.iter(f"{W}tag")
        ]
        every = ["code", "approve", "reserve", "abstain", "object", "choice", "words"]
        assert fields == (["code", "approve", "abstain"] if one is tables[-1] else every)


def test_labels_in_two_directions_stand_on_one_line(place: Path) -> None:
    document = part(packet(place, "morocco"), "word/document.xml")
    rows = [row for row in document.iter(f"{W}tr") if words(row)[:1] == ["موافقة · J’approuve"]]
    assert rows
    for row in rows:
        (one,) = row.find(f"{W}tc").findall(f"{W}p")
        assert one.find(f"{W}pPr/{W}bidi") is not None
        runs = {each.findtext(f"{W}t"): each.find(f"{W}rPr") for each in one.findall(f"{W}r")}
        assert runs["موافقة"].find(f"{W}rtl") is not None
        assert runs["J’approuve"].find(f"{W}rtl") is None
        assert runs["J’approuve"].find(f"{W}lang").get(f"{W}val").startswith("fr")


def test_the_contents_lead_to_every_table(place: Path) -> None:
    document = part(packet(place, "malta"), "word/document.xml")
    heads = [one.get(f"{W}name", "") for one in document.iter(f"{W}bookmarkStart")]
    listed = [(one.get(f"{W}anchor"), "".join(t.text or "" for t in one.iter(f"{W}t"))) for one in document.iter(LINK)]
    assert [anchor for anchor, _ in listed if anchor] == [one for one in heads if one.endswith("_head")]
    assert listed[-1][1] == "4. Texts left open"


def test_the_same_register_gives_the_same_bytes(place: Path) -> None:
    before = (place / "register.db").read_bytes()
    first = packet(place, "morocco")
    (place / "register.db").write_bytes(before)
    shutil.rmtree(place / "build" / "packets")  # of which this register knows nothing
    assert packet(place, "morocco") == first


def test_packets_of_one_run_are_those_of_many(changed: Path, tmp_path: Path) -> None:
    """What they have in common is made once, lists and their numbers too; each file is the same as when it is alone."""
    members = ("albania", "malta", "turkiye", "north-macedonia", "morocco", "france")
    together = shutil.copytree(changed, tmp_path / "together")
    written = write_packets(together, "c2", members, None, AT + 32 * DAY, token)
    all_ = {one.member: one.files[0].read_bytes() for one in written}
    for member in members:
        alone = shutil.copytree(changed, tmp_path / member)
        assert packet(alone, member, "c2") == all_[member]


def test_it_is_on_record_by_its_token(place: Path) -> None:
    data = packet(place, "france")
    register = Register.open("sqlite:///register.db", place)
    with register.reading() as reader:
        (event,) = reader.events(about=(packet_key(identity.token_digest(token("france"))),))
        assert isinstance(event.fact, PacketWritten)
        kept = reader.evidence(event.fact.file)
    register.close()
    assert (event.fact.circulation, event.fact.member) == ("c1", "france")
    assert kept is not None
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert [name for name in archive.namelist() if token("france").encode() in archive.read(name)] == []
    assert sent_texts(kept) == sent_texts(data)
    assert token("france").encode() not in (place / "register.db").read_bytes()


# --- what a member is told -------------------------------------------------------------------------------------------


def test_a_deadline_on_the_first_of_a_month(tmp_path: Path) -> None:
    """As French writes it, and in words that leave the member that day."""
    alone = DECLARATION.replace(", two", "")
    files = {**clause("one", "*Note* this", "*Notent* ceci"), "statements/declarations/ours.yml": alone}
    root = desk(tmp_path / "desk", files)
    circulate(root, "ours", until="2026-05-01", rule="consensus", at=AT)
    (written,) = write_packets(root, "c1", ("france",), None, AT, token)
    document, mail = written.files
    said = "\n".join(words(part(document.read_bytes(), "word/document.xml")))
    assert "Répondre au plus tard le\u00a0: vendredi 1er mai 2026, 23:59 (Europe/Paris" in said.replace(" :", "\u00a0:")
    subject = message_from_bytes(mail.read_bytes(), policy=default)["Subject"]
    assert "attendue au plus tard le 1er mai 2026 (c1)" in subject


def test_what_changed_is_shown_from_what_the_member_approved(gone_on: Path) -> None:
    document = part(packet(gone_on, "malta", "c2"), "word/document.xml")
    (changed,) = [one for one in document.iter(f"{W}sdt") if field_of(one) == (1, "changes-en")]
    styled = {
        style.get(f"{W}val"): "".join(t.text or "" for t in run.iter(f"{W}t"))
        for run in changed.iter(f"{W}r")
        for style in run.iter(f"{W}rStyle")
    }
    assert styled["ParaphDeleted"] == "wait"
    assert styled["ParaphInserted"] == "act at once"
    assert "wait act at once" in "".join(words(changed)), "what went and what came have a gap between them"
    assert not list(document.iter(f"{W}ins", f"{W}del"))
    said = "\n".join(words(document))
    assert "Changed since version 1, which your institution approved on 2 March 2026." in said
    assert "Your institution has decided on these very words (“Approve”, 2 March 2026)" in said
    assert "taken to consent, provided that it was given notice at least 7 days before" in said


def test_a_change_that_no_printed_word_tells_is_said(tmp_path: Path) -> None:
    """Of a clause with its text as it is written; of the document that all of it lies elsewhere: its cell was empty."""
    files = clause("one", "*Note* [this](clause:two)", "*Notent* [ceci](clause:two)")
    files |= clause("two", "*Note* that", "*Notent* cela") | {"statements/declarations/ours.yml": DECLARATION}
    root = desk(tmp_path / "desk", files)
    circulate(root, "ours", until="2026-03-20", rule="consensus", at=AT)
    wish = Wish(references=("c1",), member="malta", receipt=Receipt(received=AT + DAY, channel="e-mail"))
    decide(root, wish, Choice.APPROVE, "", "", AT + DAY)
    close(root, "c1", AT + 30 * DAY)
    path = root / "statements/clauses/test/one.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("(clause:two)", "(clause:one)"), encoding="utf-8")
    circulate(root, "ours", until="2026-05-20", rule="consensus", at=AT + 31 * DAY)
    said = "\n".join(words(part(packet(root, "malta", "c2"), "word/document.xml")))
    assert "English: the words are printed as before, and the text is written otherwise" in said
    assert "*Note* [this](clause:two one)" in said
    assert "Français: the words are printed as before" in said
    assert "English: no printed word has changed. What has changed is one of the clauses" in said


def test_who_never_approved_sees_no_change(gone_on: Path) -> None:
    document = part(packet(gone_on, "france", "c2"), "word/document.xml")
    assert not [one for one in document.iter(f"{W}sdt") if (field_of(one) or (0, ""))[1].startswith("changes")]
    said = "\n".join(words(document))
    assert "Nouveau pour votre institution" in said
    assert "votre institution est réputée consentir" in said
    assert "Your institution is asked" in said


def test_a_courtesy_translation_says_what_it_is(place: Path, gone_on: Path) -> None:
    data = packet(place, "morocco")
    assert sent_texts(data)[1, "text-ar"] == ("تدعو الدول إلى الانتظار[1]", "[1] المادة 09-08.")
    assert (1, "text-ar") not in sent_texts(packet(place, "malta"))
    assert "العربية (ترجمة مجاملة، لم تُراجع)" in words(part(data, "word/document.xml"))
    assert "العربية (ترجمة مجاملة لنص سابق)" in words(part(packet(gone_on, "morocco", "c2"), "word/document.xml"))


def test_a_member_awaiting_validation_is_told_that_it_does_not_count(place: Path) -> None:
    (written,) = write_packets(place, "c1", ("turkiye",), None, AT, token)
    assert not written.counted
    document, mail = written.files
    assert any("does not count" in line for line in words(part(document.read_bytes(), "word/document.xml")))
    assert "does not count" in message_from_bytes(mail.read_bytes(), policy=default).get_body().get_content()


def test_the_mail_is_a_draft_with_the_packet(place: Path) -> None:
    (written,) = write_packets(place, "c1", ("morocco",), place / "out", AT, token)
    document, mail = written.files
    message = message_from_bytes(mail.read_bytes(), policy=default)
    assert (message["X-Unsent"], message["To"], message["Date"]) == ("1", "", None)
    assert "c1" in message["Subject"]
    assert "La nôtre" in message["Subject"]  # there is no Arabic title, and the packet has the French one
    said = message.get_body().get_content()
    assert "الرد في موعد أقصاه" in said
    assert "Répondre au plus tard le" in said
    assert "Ours" not in said
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == document.name == "c1-morocco.docx"
    assert attached.get_content() == document.read_bytes()
    assert token("morocco").encode() not in mail.read_bytes()


def test_changes_are_tracked_and_names_locked(place: Path) -> None:
    data = packet(place, "malta")
    assert part(data, "word/settings.xml").find(f"{W}trackRevisions") is not None
    locks = {
        field_of(one): one.find(f"{W}sdtPr/{W}lock").get(f"{W}val")
        for one in part(data, "word/document.xml").iter(f"{W}sdt")
    }
    assert locks[1, "code"] == locks[3, "text-en"] == "sdtContentLocked"
    assert locks[1, "text-en"] == locks[1, "words"] == "sdtLocked"


def test_every_field_and_table_says_what_it_is(place: Path) -> None:
    document = part(packet(place, "malta"), "word/document.xml")
    titles = [one.find(f"{W}sdtPr/{W}alias").get(f"{W}val") for one in document.iter(f"{W}sdt")]
    assert "Approve, 1. one" in titles
    assert all(titles)
    for table in document.iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


# --- what is refused -------------------------------------------------------------------------------------------------


def test_after_the_deadline_that_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (written,) = write_packets(place, "c1", ("malta",), None, AT + 18 * DAY, token)
    assert written.late == ""
    assert main(["-C", str(place), "packet", "write", "c1", "--member", "malta"]) == 0
    assert "The deadline of c1 was 2026-03-20 18:00 Europe/Paris" in capsys.readouterr().err


def test_what_is_asked_and_who_answers_stand_before_how_to_answer(place: Path) -> None:
    """In every language; the packet’s name and the state of the register stand once."""
    said = words(part(packet(place, "france"), "word/document.xml"))
    order = ["Répondre au plus tard", "Answer by", "Sommaire", "Qui répond", "Comment répondre", "How to answer"]
    found = [next(at for at, line in enumerate(said) if line.startswith(one)) for one in order]
    assert found == sorted(found)
    assert sum(line.startswith(("État du registre", "State of the register")) for line in said) == 1


def test_brackets_around_latin_letters_stay_at_their_ends_in_arabic(place: Path) -> None:
    document = part(packet(place, "morocco"), "word/document.xml")
    zone, *_ = [run for run in document.iter(f"{W}r") if "(Europe/Paris" in "".join(run.itertext())]
    assert "".join(zone.itertext()) == "(Europe/Paris, UTC+01:00)"
    assert zone.find(f"{W}rPr/{W}rtl") is None


def test_brackets_stay_at_their_ends_in_the_mail_too(place: Path) -> None:
    (written,) = write_packets(place, "c1", ("morocco",), None, AT, token)
    said = message_from_bytes(written.files[1].read_bytes(), policy=default)
    body = next(one for one in said.walk() if one.get_content_type() == "text/plain").get_content()
    assert "\u200e(Europe/Paris, UTC+01:00)\u200e" in body
    assert body.count("(Europe/Paris, UTC+01:00)") == 2


def test_who_is_not_asked_gets_none(place: Path) -> None:
    with pytest.raises(UsageError, match="narnia is not asked in c1"):
        write_packets(place, "c1", ("narnia",), None, AT, token)
    with pytest.raises(UsageError, match="no circulation “c9”"):
        write_packets(place, "c9", (), None, AT, token)


def test_a_closed_circulation_asks_nothing(gone_on: Path) -> None:
    with pytest.raises(RefusedError, match="c1 is closed"):
        write_packets(gone_on, "c1", (), None, AT, token)


def test_a_workspace_without_stationery_is_told_where_it_is(place: Path) -> None:
    shutil.rmtree(place / "templates/packet")
    with pytest.raises(UsageError, match="has no templates/packet/") as caught:
        write_packets(place, "c1", (), None, AT, token)
    assert "paraph init" in caught.value.advice


@pytest.mark.parametrize("suffix", [".docx", ".eml"])
def test_an_answer_that_was_saved_in_its_place_is_never_written_over(place: Path, suffix: str) -> None:
    (one,) = write_packets(place, "c1", ("malta",), None, AT)
    (again,) = write_packets(place, "c1", ("malta",), None, AT)  # as it was written
    assert again.files == one.files
    file = one.files[0].with_suffix(suffix)
    if suffix == ".docx":
        answered = Pen.on(file.read_bytes())
        answered.tick(1, "object")
        file.write_bytes(answered.data())
    else:
        file.write_bytes(file.read_bytes().replace(b"X-Unsent: 1", b"To: a@example.org"))
    before, written = file.read_bytes(), how_many_events(place)
    with pytest.raises(RefusedError, match="not, or no longer, as they were written") as caught:
        write_packets(place, "c1", (), None, AT)
    assert caught.value.causes == (str(file),)
    assert (file.read_bytes(), how_many_events(place)) == (before, written)
    assert write_packets(place, "c1", ("malta",), place / "elsewhere", AT)


def test_without_a_folder_nothing_is_on_record(place: Path) -> None:
    (place / "taken").write_text("a file", encoding="utf-8")
    before = how_many_events(place)
    with pytest.raises(UsageError, match="taken cannot be made") as caught:
        write_packets(place, "c1", (), place / "taken", AT)
    assert "-o" in caught.value.advice
    assert how_many_events(place) == before


def how_many_events(root: Path) -> int:
    register = Register.open("sqlite:///register.db", root)
    with register.reading() as reader:
        number = reader.head().number
    register.close()
    return number


def test_words_that_are_missing_are_found(place: Path) -> None:
    path = place / "templates/packet/strings.yml"
    text = path.read_text(encoding="utf-8").replace("  choose:", "  chose:").replace('{member}"', '{institution}"')
    path.write_text(text, encoding="utf-8")
    _, findings = load(place)
    found = {(one.rule, one.message) for one in findings if one.file == "templates/packet/strings.yml"}
    assert ("string-missing", "the string choose is missing") in found
    assert any(rule == "string-fields-differ" for rule, _ in found)
    with pytest.raises(FindingsError):
        write_packets(place, "c1", (), None, AT, token)


def test_what_people_write_is_known_in_languages_that_no_packet_speaks(place: Path) -> None:
    library, findings = load(place)
    assert library is not None
    assert [one for one in findings if one.file == "templates/packet/strings.yml"] == []
    paper, _ = stationery(place)
    assert paper is not None
    assert paper.strings["mk"].keys() >= {"said-approve", "said-yes"}
    assert {code for code in paper.strings if paper.speaks(code)} == {"en", "fr", "ar", "es"}
    assert languages_of(library, paper, "north-macedonia") == ("en", "fr")


def test_a_text_that_is_not_the_one_on_record_is_never_sent(place: Path) -> None:
    data = packet(place, "malta")
    expected = sent_texts(data)
    prove(data, expected)
    for key, lines in expected.items():
        with pytest.raises(FidelityError):
            prove(data, {**expected, key: (*lines[:-1], lines[-1] + ".")})
    with pytest.raises(FidelityError):
        prove(data, {**expected, (9, "text-en"): ("More",)})


# --- words -----------------------------------------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("aé ß\u0301ع٣«»’—…x"), min_size=1, max_size=12).map(lambda text: f"a{text.strip()}b")


RULES = LanguageRules(
    marks={},
    levels=(NumberFormat(style=NumberStyle.DECIMAL, pattern="{n}."),),
    bullet="•",
    note_before_mark=False,
    first_of_month="",
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.booleans())
def test_printed_words_are_those_written(written: list[str], rtl: bool) -> None:
    made = texts.paragraphs("\n\n".join(written), "k", RULES, rtl=rtl)
    assert texts.words_of(made) == tuple(re.sub(" +", " ", one) for one in written)


RICH = """\
*Call upon* States, as [the Committee](https://example.org/a?b=1&c=2) says {{{{ since }}}}[^1], **always**

- {0} ‹first›
  1. {0} one
  2. {0} two
- {0} second & last

> {0} quoted

[^1]: {0} *noted* <b>"""


def test_whatever_a_clause_can_hold_is_sent_and_proved(tmp_path: Path, validator: str) -> None:
    files = {
        **clause("one", RICH.format("en"), RICH.format("fr"), more="values: {since: date}\n"),
        **clause("two", "*Call upon* States to see", "*Demandent* aux États de voir"),
        "statements/declarations/ours.yml": DECLARATION.replace("date:", "values: {since: 2017-03-01}\n    date:"),
    }
    root = desk(tmp_path / "desk", files)
    circulate(root, "ours", until="2026-03-20 18:00", rule="2 of 9", at=AT)
    (first, second) = write_packets(root, "c1", ("malta", "turkiye"), None, AT, token)
    data = first.files[0].read_bytes()
    sent = sent_texts(data)
    assert sent[1, "text-fr"] == (
        "Call upon States, as the Committee says {{ since }}[1], always",
        "fr ‹first›",
        "fr one",
        "fr two",
        "fr second & last",
        "fr quoted",
        "[1] fr noted <b>",
    )
    assert sent_texts(second.files[0].read_bytes()) == sent
    assert any("1\u00a0March 2017" in line for line in sent[3, "text-en"])
    for written in (first, second):
        assert errors(validator, written.files[0]) == []


# --- outside judges --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("member", ["malta", "france", "morocco"])
def test_the_validator_finds_nothing(validator: str, gone_on: Path, tmp_path: Path, member: str) -> None:
    file = tmp_path / "packet.docx"
    file.write_bytes(packet(gone_on, member, "c2"))
    assert errors(validator, file) == []


def test_libreoffice_shows_it_and_keeps_its_names(soffice: str, place: Path, tmp_path: Path) -> None:
    file = tmp_path / "packet.docx"
    file.write_bytes(packet(place, "morocco"))
    before = part(file.read_bytes(), "word/document.xml")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("pdf", "docx"):
        done = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(file)]
        subprocess.run(done, check=True, capture_output=True, timeout=120)
    data = (tmp_path / "out" / "packet.docx").read_bytes()
    marks = {one.get(f"{W}name") for one in part(data, "word/document.xml").iter(f"{W}bookmarkStart")}
    assert {one.get(f"{W}name") for one in before.iter(f"{W}bookmarkStart")} <= marks
    values = {one.get("name", ""): one[0].text or "" for one in part(data, "docProps/custom.xml")}
    found = identity.read_properties(values)
    assert found is not None
    assert found.token == token("morocco")
    pdf = pypdfium2.PdfDocument(tmp_path / "out" / "packet.pdf")
    try:
        shown = "".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()
    assert "one@1" in shown
    assert "Répondre au plus tard le" in shown
