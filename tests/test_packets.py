"""Review packets: their names, what they say, and that they say it of the versions on record."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desk import clause, desk
from paraph.model.event import PacketWritten, Subject, SubjectKind, packet_key
from paraph.register.store import Register
from paraph.review import identity
from paraph.review.prove import sent_texts
from paraph.workflow.circulation import circulate
from paraph.workflow.packets import write_packets

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
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


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace with a rehearsal: two clauses put to the members."""
    files = {
        **clause(
            "one",
            "*Call upon* States to wait[^1]\n\n[^1]: Until then.",
            "*Demandent* aux États d’attendre[^1]\n\n[^1]: Jusque-là.",
        ),
        **clause(
            "two", "*Call upon* States\n\n1. to see\n2. to hear", "*Demandent* aux États\n\n1. de voir\n2. d’entendre"
        ),
        "statements/declarations/ours.yml": DECLARATION,
    }
    root = desk(tmp_path, files)
    circulate(root, "ours", until="2026-03-20 18:00", rule="consensus", at=AT)
    return root


def token(member: str) -> str:
    return identity.token_from(sum(member.encode()))


def packet(root: Path, member: str) -> bytes:
    (written,) = write_packets(root, "c1", (member,), None, AT, token)
    return written.files[0].read_bytes()


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def words(element: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in element.iter(f"{W}p")]


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


def test_what_nobody_wrote_is_no_answer() -> None:
    assert identity.without_hints(f"{identity.hint('Write here')} Agreed") == " Agreed"


# --- what a packet holds ---------------------------------------------------------------------------------------------


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
    assert [identity.read_code(words(one)[0]).id for one in tables] == ["one", "two", "ours"]
    for one in tables:
        fields = [
            identity.read_name(tag.get(f"{W}val", "")).field
            for row in one.iter(f"{W}tr")
            for tag in row.iter(f"{W}tag")
        ]
        assert fields == ["code", "approve", "reserve", "abstain", "object", "choice", "words"]


def test_the_same_register_gives_the_same_bytes(place: Path) -> None:
    before = (place / "register.db").read_bytes()
    first = packet(place, "morocco")
    (place / "register.db").write_bytes(before)
    assert packet(place, "morocco") == first


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
