"""Packets that came back by e-mail, read from the .eml: its attachments alone, its words for a person."""

from __future__ import annotations

import base64
import contextlib
import io
import itertools
import json
import random
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import docx
import pytest

from mail_pages import PAGES, SET_OTHERWISE, STRANGE
from paraph.__main__ import main
from paraph.model.event import Choice, Decided, EvidenceClass, PacketReturned
from paraph.ooxml.archive import PackageError
from paraph.review.returned.reply import read_reply
from pen import Pen
from test_returns import RECEIVED, decided, events, known, office, pen, read, sent_back

__all__ = ["office"]

WORD = {"maintype": "application", "subtype": "octet-stream"}


def mail(*attached: tuple[str, bytes], text: str = "", html: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "ana@example.org"
    made["Date"] = "Thu, 05 Mar 2026 10:00:00 +0100"
    made["Subject"] = "Re: "
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for name, data in attached:
        made.add_attachment(data, filename=name, **WORD)
    return made


def saved(root: Path, one: EmailMessage, name: str = "reply.eml") -> str:
    (root / name).write_bytes(bytes(one))
    return str(root / name)


def approved(root: Path, member: str = "malta") -> bytes:
    one = pen(root, member)
    one.tick(1, "approve")
    return one.data()


def test_a_packet_is_read_out_of_its_mail_and_both_are_kept(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    packet = approved(office)
    text = "We approve everything,\nprovided that point 2 goes."
    file = saved(office, mail(("réponse.docx", packet), ("logo.png", b"\x89PNG"), text=text))
    assert read(office, file, "--yes", *RECEIVED) == 1
    assert decided(office) == []
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", lambda one, **_: not asked.append(one))
    assert read(office, file, *RECEIVED) == 0
    said = capsys.readouterr().out
    assert "  | provided that point 2 goes." in said
    assert "not read: logo.png" in said
    assert "reply.eml: réponse.docx: events" in said
    assert "the e-mail says: “We approve everything," in asked[0]
    assert decided(office) == [("wait@1", Choice.APPROVE, "")]
    (back,) = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    kept = [_kept(office, digest) for digest in back.receipt.evidence]
    assert kept == [packet, (office / "reply.eml").read_bytes()]


def test_a_mail_without_words_holds_nothing_to_look_at(office: Path) -> None:
    assert read(office, saved(office, mail(("c1-malta.docx", approved(office)))), "--yes", *RECEIVED) == 0
    assert len(decided(office)) == 1


def test_a_letter_beside_the_packet_may_be_a_condition(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packet = approved(office)
    unnamed = mail(("c1-malta.docx", packet))
    unnamed.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf")
    for one, said in (
        (mail(("c1-malta.docx", packet), ("reservations.pdf", b"%PDF-1.7")), "reservations.pdf"),
        (unnamed, "application/pdf"),
    ):
        assert read(office, saved(office, one), "--yes", *RECEIVED) == 1
        assert f"with it came what is not read: {said}" in capsys.readouterr().out
        assert decided(office) == []


def test_the_words_that_the_packet_was_sent_with_are_no_answer(office: Path) -> None:
    packet = approved(office)
    draft = message_from_bytes(next((office / "build").rglob("c1-malta.eml")).read_bytes(), policy=default)
    one = mail(("C1-malta (1).docx", packet))
    for said in (f"No: {draft['Subject']}", f"{draft['Subject']}: no", f"Never, {draft['Subject']}"):
        one.replace_header("Subject", said)
        assert read(office, saved(office, one), "--yes", *RECEIVED) == 1
    one.replace_header("Subject", f"RE: Re: {draft['Subject']}")
    assert read(office, saved(office, one), "--yes", *RECEIVED) == 0
    assert decided(office) == [("wait@1", Choice.APPROVE, "")]


STYLES = f"<html><head><style>{'p{color:red}' * 100_000}</style></head><body>We cannot accept this.</body></html>"


@pytest.mark.parametrize(
    ("subject", "name", "text", "html", "said"),
    [
        ("Malta cannot accept clause 1", "c1-malta.docx", "", "", "the subject of the e-mail says: “Malta cannot"),
        ("Re: NOT agreed", "c1-malta.docx", "", "", "the subject of the e-mail says: “Re: NOT agreed”"),
        ("", "NOT APPROVED - c1-malta.docx", "", "", "the file is called “NOT APPROVED"),
        ("", "c1-malta ❌.docx", "", "", "the file is called “c1-malta ❌"),
        ("", "c1-malta.docx", "ＷＥ ＯＢＪＥＣＴ", "", "the e-mail says: “ＷＥ ＯＢＪＥＣＴ”"),
        ("", "c1-malta.docx", "\uf041", "", "the e-mail says: “\ufffd”"),
        ("", "c1-malta.docx", "", STYLES, "the e-mail says: “"),
        ("", "c1-malta.docx", "", '<img src="data:image/png,A" alt="We object">', "the e-mail says: “[We object]"),
        ("", "c1-malta.docx", "", "<style>p::after{content:'We object'}</style><p></p>", "more than words: “content”"),
    ],
)  # fmt: skip
def test_words_around_a_packet_that_are_not_its_own_are_looked_at(
    office: Path, capsys: pytest.CaptureFixture[str], subject: str, name: str, text: str, html: str, said: str
) -> None:
    one = mail((name, approved(office)), text=text, html=html)
    one.replace_header("Subject", subject)
    assert read(office, saved(office, one), "--yes", *RECEIVED) == 1
    assert said in capsys.readouterr().out
    assert decided(office) == []


def test_a_subject_that_decides_is_shown(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = mail(("c1-malta.docx", approved(office)))
    one.replace_header("Subject", "Re: c1 – object!")
    assert read(office, saved(office, one), "--yes", *RECEIVED) == 1
    assert "the subject of the e-mail says: “Re: c1 – object!”" in capsys.readouterr().out


def test_each_packet_in_a_mail_is_read_by_itself(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    malta, albania = approved(office), approved(office, "albania")
    outer = mail(("c1-malta.docx", malta), ("letter.odt", b"PK\x03\x04 no ODT"))
    outer.add_attachment(mail(("c1-albania (2).docx", albania)))
    assert read(office, saved(office, outer), "--json", *RECEIVED) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["member"], bool(one["stops"])) for one in found] == [
        ("c1-malta.docx", "malta", False),
        ("letter.odt", "", True),
        ("c1-albania (2).docx", "albania", False),
    ]
    both = mail(("c1-malta.docx", malta), ("c1-albania (2).docx", albania), ("c1-malta (1).docx", malta))
    assert read(office, saved(office, both), "--yes", *RECEIVED) == 0
    members = [fact.member for event in events(office) if isinstance(fact := event.fact, Decided)]
    assert members == ["malta", "albania"]


HEADS = (
    ("From", "WE OBJECT to clause 1 <ana@example.org>", "the e-mail is from “WE OBJECT to clause 1”"),
    ("From", "ana@example.org (not agreed)", "the e-mail is from “(not agreed)”"),
    ("From", "Ana Borg <ana@example.org>, not agreed <b@example.org>", "the e-mail is from “Ana Borg"),
    ("Subject", "We OBJECT to clause 1", "the subject of the e-mail says: “We OBJECT to clause 1”"),
    ("Comments", "Do not record this", "with it came what is not read: Comments: Do not record this"),
    ("Resent-From", "b@example.org", "with it came what is not read: Resent-From: b@example.org"),
    ("Auto-Submitted", "auto-replied", "with it came what is not read: Auto-Submitted: auto-replied"),
    ("X-Unsent", "1", "a draft that was not sent yet"),
    ("To", '"We object to clause 1" <b@example.org>', "went to, or is to be answered to, “We object to clause 1”"),
    ("To", "We object: b@example.org;", "went to, or is to be answered to, “We object:"),
    ("Cc", "b@example.org (we object)", "went to, or is to be answered to, “(we object)”"),
    ("Cc", "❌ <b@example.org>", "went to, or is to be answered to, “❌”"),
    ("Reply-To", "b@example.org, Not agreed <b@example.org>", "answered to, “Not agreed”"),
)


def test_a_letter_in_word_beside_a_packet_is_looked_at(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known(office)
    letter = docx.Document()
    letter.add_paragraph("We object to text 2.")
    letter.save(written := io.BytesIO())
    one = mail(("c1-malta.docx", approved(office)), ("letter.docx", written.getvalue()))
    assert read(office, saved(office, one), "--yes", *RECEIVED) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "with it came what is not read: letter.docx. Is it a decision" in said
    assert decided(office) == []


def test_the_head_of_every_mail_in_a_mail_is_looked_at(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known(office)
    packet = approved(office)
    for depth, (head, value, said) in itertools.product((0, 2), HEADS):
        one = mail(("c1-malta.docx", packet))
        del one[head]
        one[head] = value
        for _ in range(depth):
            outer = mail()
            outer.replace_header("From", '"Ana Borg" <ana@example.org>')
            outer.replace_header("Subject", "Fwd:")
            outer.add_attachment(one)
            one = outer
        assert read(office, saved(office, one), "--yes", *RECEIVED) == 1
        assert said in capsys.readouterr().out
    assert decided(office) == []


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("To", "secretariat@example.org, Secretariat <secretariat@example.org>"),
        ("Cc", '"example.org" <ana@example.org>'),
        ("To", "undisclosed-recipients:;"),
        ("Reply-To", '"Ana Borg" <ana@example.org>'),
        ("Date", "Thu, 5 Mar 2026 10:00:00 +0000 (UTC)"),
        ("Date", "5 Mar 2026 10:00 GMT"),
        ("Auto-Submitted", "No"),
    ],
)
def test_a_head_that_says_no_more_than_heads_do_is_passed(office: Path, head: str, value: str) -> None:
    known(office)
    one = mail(("c1-malta.docx", approved(office)))
    del one[head]
    one[head] = value
    assert read(office, saved(office, one), "--json", *RECEIVED) == 0


@pytest.mark.parametrize("head", ["Subject", "From", "To", "Date"])
def test_a_head_given_twice_is_looked_at(office: Path, capsys: pytest.CaptureFixture[str], head: str) -> None:
    """Some mail programs show the first, some the last."""
    whole = bytes(mail(("c1-malta.docx", approved(office)))).replace(b"\n\n", b"\nTo: b@example.org\n\n", 1)
    (said,) = [one for one in whole.partition(b"\n\n")[0].split(b"\n") if one.startswith(head.encode())]
    for changed in (said + b"\n" + head.encode() + b": We object", head.encode() + b": We object\n" + said):
        (office / "reply.eml").write_bytes(whole.replace(said, changed, 1))
        assert read(office, str(office / "reply.eml"), "--yes", *RECEIVED) == 1
        shown = capsys.readouterr().out
        assert f"{head} twice: " in shown
        assert "We object" in shown
    assert decided(office) == []


@pytest.mark.parametrize("date", ["Thu, 05 Mar 2026 10:00:00 +0100 (we object)", "We object", "Thu, 05 NOT 2026 10:00"])
def test_words_in_a_date_are_named(date: str) -> None:
    whole = bytes(mail(("c1-malta.docx", b"PK\x03\x04"))).replace(b"Thu, 05 Mar 2026 10:00:00 +0100", date.encode())
    assert read_reply(whole).mail.others == (f"Date: {date}",)


def test_every_name_of_a_file_attached_twice_is_looked_at(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packet = approved(office)
    for names in (("c1-malta.docx", "c1-malta WE OBJECT.docx"), ("NO c1-malta.docx", "c1-malta.docx")):
        one = mail(*((name, packet) for name in names))
        assert read(office, saved(office, one), "--yes", *RECEIVED) == 1
        assert f"the file is called “{next(name for name in names if 'O' in name)}”" in capsys.readouterr().out
    assert decided(office) == []


OTHER_SUBJECTS = (
    "Object: your decision is asked by 20 March 2026 (c1)",
    "RE: Abstain: your decision is asked by 20 March 2026 (c1)",
    "Ours: your decision is asked by 1 (c1)",
    "Ours: your decision is asked by 20 March 2026 (c2)",
    "Ours: your decision is asked by 21 March 2026 (c1)",
    "Approve: votre décision est attendue au plus tard le 20 mars 2026 (c1)",
    "Re: Ours: your decision is asked by 20 March 2026 (c1)" + " " * 2000 + "not agreed",
    "Ours: your decision is asked by 20 March 2026 (c1) " + "x" * 2000,
)


def test_a_subject_that_only_looks_like_that_of_the_packet_is_looked_at(office: Path) -> None:
    one = mail(("c1-malta.docx", approved(office)))
    for subject in OTHER_SUBJECTS:
        one.replace_header("Subject", subject)
        assert read(office, saved(office, one), "--yes", *RECEIVED) == 1, subject
    for subject in (
        "Re: Ours: your decision is asked by 20 March 2026 (c1)",
        "TR: RE: La nôtre : votre décision est attendue au plus tard le 20 mars 2026 (c1)",
        "Fwd: AW: Ours: your decision is asked by 20 March 2026 (c1)",
    ):
        one.replace_header("Subject", subject)
        assert read(office, saved(office, one), "--json", *RECEIVED) == 0, subject
    assert decided(office) == []


def test_a_mail_forwarded_as_it_was_is_passed(office: Path) -> None:
    outer = mail()
    outer.add_attachment(mail(("c1-malta.docx", approved(office))))
    assert read(office, saved(office, outer), "--yes", *RECEIVED) == 0
    assert len(decided(office)) == 1


def test_what_an_attached_mail_is_called_is_looked_at(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packet = approved(office)
    for named in ("filename", "description"):
        outer = mail()
        outer.add_attachment(mail(("c1-malta.docx", packet)))
        (inner,) = outer.iter_attachments()
        if named == "filename":
            inner.set_param("filename", "We object.eml", "Content-Disposition")
        else:
            inner["Content-Description"] = "We object"
        assert read(office, saved(office, outer), "--yes", *RECEIVED) == 1
        assert "the e-mail attached is called “We object" in capsys.readouterr().out


def test_two_answers_of_one_member_are_both_looked_at_before_any_is_recorded(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    other = Pen.on(one.data())
    one.tick(1, "approve")
    other.tick(1, "object")
    other.words(1, "No.")
    first = one.data()
    both = saved(office, mail(("c1-malta.docx", first), ("c1-malta (2).docx", other.data())))
    apart = [sent_back(office, other, "c1-malta (2).docx"), str(office / "c1-malta.docx")]
    (office / "c1-malta.docx").write_bytes(first)
    for files in ([both], apart):
        assert read(office, *files, "--yes", *RECEIVED) == 1
        assert capsys.readouterr().out.count("malta answers c1 more than once here: also in") == 2
        assert decided(office) == []
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, both, *RECEIVED) == 0
    backs = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert [one.receipt.grade for one in backs] == [EvidenceClass.TOKEN, EvidenceClass.RECORDED]


def test_one_file_in_two_mails_is_looked_at(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packet = approved(office)
    first = saved(office, mail(("c1-malta.docx", packet)))
    second = saved(office, mail(("c1-malta.docx", packet), text="We object after all."), "second.eml")
    assert read(office, first, second, "--json", *RECEIVED) == 1
    (one, other) = json.loads(capsys.readouterr().out)
    assert "also in " + second in one["returned"]["look"][0]
    assert "this very file stands before it" in other["stops"]


@pytest.mark.parametrize("where", ["in its words", "in its subject", "in a letter"])
def test_one_file_in_a_later_mail_with_other_words_is_no_silence(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (office / "c1-malta.docx").write_bytes(packet := approved(office))
    assert read(office, str(office / "c1-malta.docx"), "--yes", *RECEIVED) == 0
    later = mail(("c1-malta.docx", packet), text="We object after all." if where == "in its words" else "")
    if where == "in its subject":
        later.replace_header("Subject", "We object after all")
    elif where == "in a letter":
        later.add_attachment(b"%PDF-1.4", filename="Letter of objection.pdf", **WORD)
    again = saved(office, later)
    assert read(office, again, "--yes", *RECEIVED) == 1
    assert "what comes with it now was not" in capsys.readouterr().out
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert read(office, again, *RECEIVED) == 1
    backs = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert [str(one) for one in backs[-1].unrecorded] == ["wait@1", "see@1", "ours@1"]
    count = len(events(office))
    assert read(office, again, *RECEIVED) == 1
    assert "There is nothing more to record" in capsys.readouterr().out
    assert len(events(office)) == count


def test_one_file_twice_is_recorded_once(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "c1-malta.docx").write_bytes(approved(office))
    (office / "c1-malta (1).docx").write_bytes((office / "c1-malta.docx").read_bytes())
    files = (str(office / "c1-malta.docx"), str(office / "c1-malta (1).docx"))
    assert read(office, *files, "--yes", *RECEIVED) == 1
    assert "this very file stands before it" in capsys.readouterr().out


def test_the_name_of_a_file_is_looked_at(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = pen(office)
    one.tick(1, "approve")
    assert read(office, sent_back(office, one, "c1-malta WE OBJECT.docx"), "--yes", *RECEIVED) == 1
    assert "the file is called “c1-malta WE OBJECT.docx”" in capsys.readouterr().out
    assert decided(office) == []


def test_a_page_without_plain_words_is_shown_as_words() -> None:
    found = read_reply(
        bytes(mail(("c1-malta.docx", b"PK\x03\x04"), text="", html="<style>p{}</style><p>Not &amp; so<br>yes"))
    )
    assert found.mail.text == "Not & so\nyes", "what is plain may be empty"
    made = EmailMessage()
    made.set_content("<style>p{}</style><p>Not &amp; so<br>yes</p>", subtype="html")
    made.add_attachment(b"PK\x03\x04", filename="c1-malta.docx", **WORD)
    assert read_reply(bytes(made)).mail.text == "Not & so\nyes"


@pytest.mark.parametrize(
    "page",
    [
        "<p>We approve, provided that point 2 goes",
        "<head><meta name=a><body><p>We approve, provided that point 2 goes</p>",
        "<p>We approve, provided that point 2 goes & R&D",
    ],
)
@pytest.mark.parametrize("plain", ["", "\n \n", "We approve."])
def test_a_condition_that_stands_in_the_page_alone_is_shown(page: str, plain: str) -> None:
    """Mail programs show the page; its words must reach whoever records the answer."""
    found = read_reply(bytes(mail(("c1-malta.docx", b"PK\x03\x04"), text=plain, html=page)))
    assert "provided that point 2 goes" in found.mail.text


def test_a_page_that_says_the_same_is_shown_once() -> None:
    found = read_reply(
        bytes(mail(("c1-malta.docx", b"PK\x03\x04"), text="We *approve*.", html="<p>We <b>approve</b>.</p>"))
    )
    assert found.mail.text == "We *approve*."


@pytest.mark.parametrize("program", PAGES)
def test_a_page_of_a_mail_program_without_words_says_nothing_and_with_words_just_those(program: str) -> None:
    page, packet = PAGES[program], ("c1-malta.docx", b"PK\x03\x04")
    assert read_reply(bytes(mail(packet, html=page.replace("{words}", "")))).mail.text == ""
    for words in ("We approve.", "Non, nous objectons au point 2", "👎", "لا نوافق"):
        assert read_reply(bytes(mail(packet, html=page.replace("{words}", words)))).mail.text == words
        both = mail(packet, text=f"> *{words}*\n", html=page.replace("{words}", f"<b>{words}</b>"))
        assert read_reply(bytes(both)).mail.text == f"> *{words}*"


def test_an_answer_without_words_from_any_mail_program_is_recorded(office: Path) -> None:
    packet = approved(office)
    for page in PAGES.values():
        saved(office, mail(("c1-malta.docx", packet), html=page.replace("{words}", "")))
        assert read(office, str(office / "reply.eml"), "--json", *RECEIVED) == 0
    assert read(office, str(office / "reply.eml"), "--yes", *RECEIVED) == 0
    assert decided(office) == [("wait@1", Choice.APPROVE, "")]


@pytest.mark.parametrize("page", STRANGE | SET_OTHERWISE)
def test_a_page_that_may_show_something_is_looked_at(page: str) -> None:
    given = (STRANGE | SET_OTHERWISE)[page]
    found = read_reply(bytes(mail(("c1-malta.docx", b"PK\x03\x04"), html=given))).mail.text
    assert found
    if page in SET_OTHERWISE:
        assert "[its page may show more than words: " in found


@pytest.mark.parametrize("page", ["<p>👎</p>", "<p>???", '<textarea placeholder="We object"></textarea>'])
def test_no_script_records_an_answer_beside_such_a_page(
    office: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    assert read(office, saved(office, mail(("c1-malta.docx", approved(office)), html=page)), "--yes", *RECEIVED) == 1
    assert "look: the e-mail says: “" in capsys.readouterr().out
    assert decided(office) == []


@pytest.mark.parametrize(
    ("plain", "page"),
    [
        ("We approve clause 1 and object to clause 2", "<p>We object to clause 1 and approve clause 2</p>"),
        ("OK", "<p>👎 OK ❌</p>"),
        ("We object, not we approve", "<p>We approve, not we object</p>"),
        ("We object object", "<p>We object</p>"),
        ("We approve.", "<p>We approve?</p>"),
    ],
)
def test_a_page_that_says_the_same_words_otherwise_is_shown(plain: str, page: str) -> None:
    found = read_reply(bytes(mail(("c1-malta.docx", b"PK\x03\x04"), text=plain, html=page))).mail.text
    assert found.splitlines() == [plain, "[its page, which mail programs show in place of that:]", page[3:-4]]


def test_a_page_made_to_take_long_takes_a_moment() -> None:
    begun = time.process_time()
    for one in ("<a b='", "<!--", "<style>/*", f"<p style='a:{'rgb(1)' * 9}", "<![if ", "<style>{", "&#", "<p x x x"):
        page = one * (900_000 // len(one))
        read_reply(bytes(mail(("c1-malta.docx", b"PK\x03\x04"), html=page)))
    assert time.process_time() - begun < 8


@pytest.mark.parametrize(
    ("data", "message", "advice"),
    [
        (bytes(mail(text="We approve.")), "Nothing is attached", "paraph decide"),
        (bytes(mail(("scan.pdf", b"%PDF-1.7"), text="Here.")), r"No Word file .*scan\.pdf", "paraph decide"),
        (bytes(mail(("winmail.dat", b"x"))), "winmail.dat", "Outlook"),
        (
            b"From: a\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\neJ8+",
            "winmail.dat",
            "Outlook",
        ),
        (bytes(mail(("smime.p7m", b"x"))), "encrypted", "save the Word file"),
        (b"From: a@example.org\r\n" + b"x" * 40_000_001, "more than 40 MB", "Save the Word file"),
        (b"From: a\nTo: b\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 50, "more e-mails", "Save"),
    ],
)
def test_a_mail_without_a_packet_says_what_to_do(data: bytes, message: str, advice: str) -> None:
    with pytest.raises(PackageError, match=message) as caught:
        read_reply(data)
    assert advice in caught.value.advice


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: message/rfc822\r\n",
        'Content-Type: application/octet-stream; name="Re.eml"\r\n',
        'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="Re.EML"\r\n',
    ],
)
def test_a_mail_that_came_encoded_in_another_is_opened(head: str) -> None:
    inner = mail(("c1-malta.docx", b"PK\x03\x04 packet"), text="We object to 2.")
    data = bytes(inner)
    for _ in range(2):
        encoded = base64.encodebytes(data).decode()
        data = (
            f'From: Ben <ben@example.org>\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n{head}'
            f"Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b--\r\n"
        ).encode()
    found = read_reply(data)
    assert [one.data for one in found.files] == [b"PK\x03\x04 packet"]
    assert "We object to 2." in found.mail.text
    assert [one.sender for one in found.mail.heads] == ["Ben <ben@example.org>"] * 2 + ["ana@example.org"]


def test_mails_encoded_in_each_other_have_an_end() -> None:
    data = bytes(mail(("c1-malta.docx", b"PK\x03\x04 packet")))
    for _ in range(45):
        encoded = base64.b64encode(data).decode() if len(data) < 100_000 else ""
        data = f"From: a\nContent-Type: x/y; name=a.eml\nContent-Transfer-Encoding: base64\n\n{encoded}".encode()
    with pytest.raises(PackageError, match=r"more e-mails|No Word file|Nothing"):
        read_reply(data)


@pytest.mark.parametrize(
    ("kind", "name", "about", "signature", "others"),
    [
        ("application/pkcs7-signature", "smime.p7s", "S/MIME Cryptographic Signature", b"0\x80", ()),
        ("application/x-pkcs7-signature", "", "", b"0\x80", ()),
        ("application/pkcs7-signature", "We object.p7s", "", b"0\x80", ("We object.p7s",)),
        ("application/pkcs7-signature", "smime.p7s", "", b"We object", ("smime.p7s",)),
        ("application/pkcs7-signature", "smime.p7s", "Not agreed", b"0\x80", ("smime.p7s", "Not agreed")),
        ("application/pgp-signature", "signature.asc", "", b"-----BEGIN", ("signature.asc",)),
    ],
)
def test_the_signature_of_a_mail_is_no_letter(
    kind: str, name: str, about: str, signature: bytes, others: tuple[str, ...]
) -> None:
    inner = bytes(mail(("c1-malta.docx", b"PK\x03\x04 packet"))).split(b"\n\n", 1)
    said = b"\n".join(line for line in inner[0].splitlines() if line.startswith((b"Content-Type", b" ")))
    head = f"Content-Type: {kind}{f'; name={chr(34)}{name}{chr(34)}' if name else ''}\n"
    head += f"Content-Description: {about}\n" if about else ""
    data = b'From: a\nContent-Type: multipart/signed; boundary="s"\n\n--s\n' + said + b"\n\n" + inner[1] + b"\n--s\n"
    data += f"{head}Content-Transfer-Encoding: base64\n\n{base64.b64encode(signature).decode()}\n--s--\n".encode()
    found = read_reply(data)
    assert [one.data for one in found.files] == [b"PK\x03\x04 packet"]
    assert found.mail.others == others


def test_our_own_draft_is_no_answer(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pen(office)
    (draft,) = (office / "build").rglob("*.eml")
    assert read(office, str(draft), "--yes", *RECEIVED) == 1
    said = capsys.readouterr()
    assert "a draft that was not sent yet" in said.out + said.err
    assert "Open it in the mail program and send it" in said.out + said.err


@pytest.mark.parametrize(
    "head", [b"To:\nX-Note:\n", b"From ana@example.org Thu Mar  5 10:00:00 2026\n", b"\n", b"Cc:\r\n"]
)
def test_a_mail_is_known_by_its_head(office: Path, capsys: pytest.CaptureFixture[str], head: bytes) -> None:
    path = office / "reply.eml"
    path.write_bytes(head + bytes(mail(("c1-malta.docx", approved(office)))))
    assert read(office, str(path), "--yes", *RECEIVED) == 0, capsys.readouterr()


PLIST = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "">\n<plist/>\n'


@pytest.mark.parametrize(("before", "after"), [(b"%-10d\n", PLIST), (b"%d\r\n", b""), (b"\xef\xbb\xbf", b"")])
def test_a_mail_as_apple_mail_keeps_it_or_with_a_mark_before_it_is_read(
    office: Path, capsys: pytest.CaptureFixture[str], before: bytes, after: bytes
) -> None:
    whole = bytes(mail(("c1-malta.docx", approved(office))))
    path = office / "1234.emlx"
    path.write_bytes((before % len(whole) if b"%" in before else before) + whole + after)
    assert read(office, str(path), "--yes", *RECEIVED) == 0, capsys.readouterr()
    assert decided(office) == [("wait@1", Choice.APPROVE, "")]
    (back,) = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert path.read_bytes() in [_kept(office, digest) for digest in back.receipt.evidence]


def test_a_mail_that_is_not_whole_or_in_another_encoding_is_refused(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = bytes(mail(("c1-malta.docx", approved(office))))
    elsewhere = mail(("c1-malta.docx", b""))
    next(elsewhere.iter_attachments())["X-Apple-Content-Length"] = "20000"
    words = whole.decode("ascii")
    for data, said in (
        (b"%d\n" % (len(whole) - 3) + whole, "(.emlx), and not a whole one"),
        (b"%d\n" % len(whole) + whole + b"and we object", "(.emlx), and not a whole one"),
        (bytes(elsewhere), "(.partial.emlx)"),
        (words.encode("utf-16"), "(UTF-16)"),
        (words.encode("utf-16-be"), "(UTF-16)"),
        (words.encode("utf-16-le"), "(UTF-16)"),
    ):
        (office / "c1-malta.eml").write_bytes(data)
        assert read(office, str(office / "c1-malta.eml"), "--json", *RECEIVED) == 1
        (found,) = json.loads(capsys.readouterr().out)
        assert said in found["stops"]
        assert found["advice"] == "Save the Word file that is attached to it, and read that."


def test_whatever_became_of_a_mail_nothing_else_is_raised() -> None:
    chance = random.Random(2026)
    whole = bytes(mail(("réponse.docx", b"PK\x03\x04" + bytes(300)), text="Voilà.", html="<p>Voilà"))
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(PackageError):
            assert read_reply(bytes(data)).files


def test_outlooks_own_format_is_named(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "x.msg").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "__substg1.0_".encode("utf-16-le")
    )
    assert read(office, str(office / "x.msg"), "--json", *RECEIVED) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert "(.msg)" in found["stops"]
    assert ".eml" in found["advice"]


def test_a_name_that_nobody_expects_is_to_be_looked_at(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.person("Ana Borg, Head of Office")
    file = sent_back(office, one)
    assert read(office, file, "--yes", *RECEIVED) == 1
    assert "has not answered for malta before (nobody did)" in capsys.readouterr().out
    assert decided(office) == []
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", lambda said, **_: not asked.append(said))
    assert read(office, file, *RECEIVED) == 0
    assert "“Ana Borg, Head of Office” stands for the name" in asked[0]
    capsys.readouterr()
    one.tick(2, "approve")
    for name in ("ana  borg, head of office", "Ana Borg"):
        one.person(name)
        assert read(office, sent_back(office, one, "c1-malta (2).docx"), "--json", *RECEIVED) == 1
        assert "has not answered" not in capsys.readouterr().out
    one.person("Ben Cini, People’s Advocate of Albania")
    assert read(office, sent_back(office, one, "c1-malta (3).docx"), "--json", *RECEIVED) == 1
    (found,) = json.loads(capsys.readouterr().out)
    (strange,) = [one for one in found["returned"]["look"] if "Ben Cini" in one and "before" in one]
    assert "(so far Ana Borg, Head of Office)" in strange


NO_NAMES = (
    "Ana Borg, subject to our board",
    "We refuse. Ana Borg",
    "Not agreed",
    "no",
    "Ana Borg, draft, do not record",
    "Borg",
    "Board",
)


def test_a_condition_in_the_place_of_the_name_is_passed_by_no_script(office: Path) -> None:
    known(office, "Ana Borg")
    one = pen(office)
    one.tick(1, "approve")
    for name in NO_NAMES:
        one.person(name)
        assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 1
    assert decided(office) == []


def test_what_stood_for_the_name_where_nothing_was_taken_is_no_name(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.person("We refuse")
    file = sent_back(office, one)
    monkeypatch.setattr("click.confirm", lambda said, **_: "nothing that it says" in said)
    assert read(office, file, *RECEIVED) == 1
    one.tick(2, "approve")
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 1
    assert decided(office) == []


def test_the_institution_may_answer_under_its_own_name(office: Path) -> None:
    one = pen(office)
    one.tick(1, "approve")
    one.person("Parliamentary Ombudsman of Malta")
    assert read(office, sent_back(office, one), "--yes", *RECEIVED) == 0


def test_a_no_leaves_that_it_came(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = pen(office)
    one.tick(1, "approve")
    monkeypatch.setattr("click.confirm", lambda text, **_: "nothing that it says" in text)
    assert read(office, sent_back(office, one), *RECEIVED) == 1
    assert decided(office) == []
    (back,) = [event.fact for event in events(office) if isinstance(event.fact, PacketReturned)]
    assert [str(subject) for subject in back.unrecorded] == ["wait@1", "see@1", "ours@1"]


def test_what_nobody_can_read_is_no_silence(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "broken.odt").write_bytes(b"PK\x03\x04 broken")
    decide = ["-C", str(office), "decide", "c1", "--as", "malta", "--unclear", *RECEIVED]
    assert main(decide) == 2
    assert main([*decide, "--evidence", str(office / "broken.odt")]) == 0
    assert "is not silent" in capsys.readouterr().out
    assert main(["-C", str(office), "status", "c1"]) in (0, 1)
    assert "Answered, not recorded" in capsys.readouterr().out
    assert main(["-C", str(office), "register", "verify"]) == 0
    assert main(["-C", str(office), "log", "c1"]) == 0
    assert "something on c1 came from malta; answered, not recorded: wait@1" in capsys.readouterr().out


def _kept(root: Path, digest: str) -> bytes | None:
    from paraph.register.store import Register

    register = Register.open("sqlite:///register.db", root)
    with register.reading() as reader:
        found = reader.evidence(digest)
    register.close()
    return found


@pytest.mark.parametrize("where", ["Subject", "Content-Disposition"])
def test_a_head_in_a_codec_that_takes_forever_is_read_in_a_moment(where: str) -> None:
    long = ("a" * 200_000 + "\u4e00" * 200_000).encode("punycode").decode()
    said = f"=?punycode?q?{long}?=" if where == "Subject" else f"attachment; filename*=punycode''{long}"
    head = f"From: a@example.org\n{where}: {said}\nContent-Type: application/octet-stream\n\n{{\\rtf words}}\n"
    begun = time.process_time()
    with contextlib.suppress(PackageError):
        read_reply(head.encode())
    assert time.process_time() - begun < 2
